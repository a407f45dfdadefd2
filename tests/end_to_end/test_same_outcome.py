"""Grading a class twice gives the same bytes, and the comparison sees what is not the same."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from same_outcome import differences

from autograder.course_tree import CourseTree
from autograder.demo.command import run
from autograder.release.build import build


@pytest.mark.slow
def test_a_class_graded_twice_has_the_same_outcome(
    mini: CourseTree, edit: Callable[[str, str], None], tmp_path: Path
) -> None:
    # the endless loop is called by two tests and the show cell
    for head in ('# %% tests="double" points=1', '# %% tests="double" idea="integers"'):
        edit(head, head + " timeout=1")
    edit('# %% show="bars"', '# %% show="bars" timeout=2')
    build(mini)
    once, again = tmp_path / "once", tmp_path / "again"
    for folder in (once, again):
        run(mini.root, "week1", folder, size=14)
    assert list(differences(once, again)) == []
    assert len(list(once.rglob("feedback/*/week1/scale.html"))) == 14

    changed = tmp_path / "changed"
    shutil.copytree(again, changed)
    results = next(changed.glob("results/week1/*.json"))
    data = json.loads(results.read_text(encoding="utf-8"))
    results.write_text(json.dumps({**data, "score": data["score"] + 1}), encoding="utf-8")
    next(changed.rglob("feedback/*/week1/scale.html")).unlink()
    with sqlite3.connect(changed / "gradebook.db") as book:
        book.execute("update grade set auto_score = 77 where id = (select min(id) from grade)")
    book.close()
    told = "\n".join(differences(once, changed))
    assert f"results/week1/{results.name} differs" in told
    assert "scale.html is gone" in told
    assert "the gradebook has gained" in told

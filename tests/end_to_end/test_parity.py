"""Honest submissions get the same scores, cell by cell, from plain nbgrader and both our fronts."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from own_gradebook import copy_config

from autograder.course_tree import CourseTree
from autograder.release.build import build

ROOT = Path(__file__).resolve().parent.parent.parent
# plain but for the texts of stubs, so that an untouched one is recognised
PLAIN = """
c = get_config()
c.CourseDirectory.ignore = ["*.py", "misconceptions"]
c.ClearSolutions.code_stub = {
    "python": "# YOUR CODE HERE\\n"
    'raise NotImplementedError("Write your answer here, then delete this line.")'
}
c.ClearSolutions.text_stub = "*Write your answer here, in one to three sentences.*"
"""
RIGHT = {
    "double": "def double(X):\n    return 2.0 * np.asarray(X, dtype=float)",
    "row_sums": "def row_sums(X):\n    if X.ndim != 2:\n        raise ValueError('2-D')\n"
    "    return X.sum(axis=1)",
    "why_rows": "A row is an example.",
}
Cells = list[dict[str, Any]]


def code(text: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": "mine",
        "metadata": {},
        "source": text,
        "outputs": [],
        "execution_count": None,
    }


def at(cells: Cells, grade_id: str) -> int:
    return next(
        i
        for i, cell in enumerate(cells)
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )


def helper_in_its_own_cell(cells: Cells) -> None:
    cells.insert(at(cells, "double"), code("FACTOR = 2.0"))
    cells[at(cells, "double")]["source"] = (
        "def double(X):\n    return FACTOR * np.asarray(X, dtype=float)"
    )


def a_cell_that_fails_on_the_way(cells: Cells) -> None:
    cells.insert(at(cells, "row_sums"), code("1 / 0"))


def prints_and_displays(cells: Cells) -> None:
    cells.append(code("print('hello')\ndouble(np.ones(2))"))
    cells[at(cells, "double")]["source"] = (
        "def double(X):\n    print(X)\n    return 2.0 * np.asarray(X, dtype=float)"
    )


def other_answer(**answers: str) -> Callable[[Cells], None]:
    def change(cells: Cells) -> None:
        for name, text in answers.items():
            cells[at(cells, name)]["source"] = text

    return change


def untouched(cells: Cells) -> None:
    released = json.loads(STUBS.read_text(encoding="utf-8"))["cells"]
    for name in RIGHT:
        cells[at(cells, name)]["source"] = released[at(released, name)]["source"]


STUBS = Path()
HONEST: dict[str, Callable[[Cells], None]] = {
    "right": lambda _cells: None,
    "keeps_type": other_answer(double="def double(X):\n    return 2 * X"),
    "name_error": other_answer(double="def double(X):\n    return nothing_of_this_name"),
    "syntax_error": other_answer(row_sums="def row_sums(X:\n    return X.sum(1)"),
    "no_refusal": other_answer(row_sums="def row_sums(X):\n    return X.sum(axis=-1)"),
    "raises": other_answer(double="def double(X):\n    raise KeyError(X)"),
    "untouched": untouched,
    "no_words": other_answer(why_rows="*Write your answer here, in one to three sentences.*"),
    "helper": helper_in_its_own_cell,
    "fails_on_the_way": a_cell_that_fails_on_the_way,
    "prints": prints_and_displays,
}


def stderr_output(cells: Cells) -> None:
    cells[at(cells, "double")]["source"] = (
        "import warnings\ndef double(X):\n    warnings.warn('careful')\n"
        "    return 2.0 * np.asarray(X, dtype=float)"
    )


def deletes_a_test(cells: Cells) -> None:
    del cells[at(cells, "test_double_integers")]


def copies_a_test(cells: Cells) -> None:
    cells.insert(at(cells, "row_sums"), dict(cells[at(cells, "test_double")]))


def ends_the_process(cells: Cells) -> None:
    cells[at(cells, "row_sums")]["source"] = "def row_sums(X):\n    import os; os._exit(0)"


# each line of the table of differences in docs/nbgrader.md
DIFFERENT: dict[str, Callable[[Cells], None]] = {
    "stderr": stderr_output,
    "deleted_test": deletes_a_test,
    "copied_test": copies_a_test,
    "dead_worker": ends_the_process,
    "deletes_its_name": lambda cells: cells.append(code("del double")),
}


# plain nbgrader gives these no grade, and an old format ends the run for all that come after
DAMAGED = {
    "cut_off": b'{"cells": [',
    "empty": b"",
    "a_list": b"[1, 2]",
    "old_format": b'{"worksheets": [{"cells": []}], "nbformat": 3, "nbformat_minor": 0}',
    "strange_cells": b'{"nbformat": 4, "cells": [7, {"cell_type": []}, {"id": {}, "source": 3}]}',
}


def submit(root: Path, student: str, change: Callable[[Cells], None]) -> None:
    notebook = json.loads((root / "release/week1/scale.ipynb").read_text(encoding="utf-8"))
    for name, text in RIGHT.items():
        notebook["cells"][at(notebook["cells"], name)]["source"] = text
    change(notebook["cells"])
    folder = root / "submitted" / student / "week1"
    folder.mkdir(parents=True)
    (folder / "scale.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def scores(root: Path) -> dict[str, dict[str, tuple[float | None, bool]]]:
    """For each student and cell the automatic score, and whether a person must look at it."""
    found: dict[str, dict[str, tuple[float | None, bool]]] = {}
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        for submission in book.assignment_submissions("week1"):
            found[submission.student_id] = {
                grade.cell.name: (grade.auto_score, bool(grade.needs_manual_grade))
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
    return found


def comments(root: Path) -> dict[str, dict[str, str | None]]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        return {
            submission.student_id: {
                comment.cell.name: comment.auto_comment
                for notebook in submission.notebooks
                for comment in notebook.comments
            }
            for submission in book.assignment_submissions("week1")
        }


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One class, graded three ways."""
    global STUBS
    base = tmp_path_factory.mktemp("parity")
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", base / "plain")
    copy_config(base / "plain")
    (base / "plain" / "course").symlink_to(ROOT / "course")
    build(CourseTree(base / "plain"))
    STUBS = base / "plain/release/week1/scale.ipynb"
    for student, change in {**HONEST, **DIFFERENT}.items():
        submit(base / "plain", student, change)
    for front in ("nbgrader", "autograder"):
        shutil.copytree(base / "plain", base / front, symlinks=True)
        for student, content in DAMAGED.items():
            submit(base / front, student, untouched)
            (base / front / "submitted" / student / "week1/scale.ipynb").write_bytes(content)
    # plain: no configuration of ours, and the release as nbgrader alone makes it
    (base / "plain" / "nbgrader_config.py").write_text(PLAIN, encoding="utf-8")
    shutil.rmtree(base / "plain" / "release")
    release = ("nbgrader", "generate_assignment", "week1")
    autograde = ("nbgrader", "autograde", "week1")
    # in plain nbgrader one of these ends the run for all that come after it
    fatal = ("copied_test", "dead_worker")
    for front, commands in {
        "plain": [
            (*autograde, f"--CourseDirectory.student_id_exclude={','.join(fatal)}"),
            *((*autograde, f"--student={student}") for student in fatal),
        ],
        "nbgrader": [autograde],
        "autograder": [("autograder", "grade", "week1")],
    }.items():
        for words in (release, *commands):
            subprocess.run(
                [sys.executable, "-m", *words],
                cwd=base / front,
                capture_output=True,
                timeout=300,
                # without our configuration alembic is found only in an activated environment
                env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
                check=front != "plain",
            )
    return {front: base / front for front in ("plain", "nbgrader", "autograder")}


@pytest.mark.slow
@pytest.mark.parametrize("student", HONEST)
@pytest.mark.parametrize("front", ["nbgrader", "autograder"])
def test_an_honest_submission_scores_as_in_plain_nbgrader(
    graded: dict[str, Path], front: str, student: str
) -> None:
    expected = scores(graded["plain"])[student]
    assert len(expected) == 5
    assert scores(graded[front])[student] == expected


@pytest.mark.slow
@pytest.mark.parametrize("student", DAMAGED)
@pytest.mark.parametrize("front", ["nbgrader", "autograder"])
def test_a_damaged_file_scores_zero_and_says_so(
    graded: dict[str, Path], front: str, student: str
) -> None:
    cells = scores(graded[front])[student]
    assert len(cells) == 5
    assert set(cells.values()) == {(0.0, False)}
    text = (graded[front] / "autograded" / student / "week1/scale.ipynb").read_text("utf-8")
    assert ("could not be graded" in text) is (student != "strange_cells")


@pytest.mark.slow
@pytest.mark.parametrize("front", ["nbgrader", "autograder"])
def test_comments_are_those_of_plain_nbgrader(graded: dict[str, Path], front: str) -> None:
    expected = {name: comments(graded["plain"])[name] for name in HONEST}
    assert {name: comments(graded[front])[name] for name in HONEST} == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("student", "plain", "ours"),
    [
        pytest.param("stderr", {"test_double": 0.0}, {"test_double": 1.0}, id="stderr"),
        pytest.param(
            "deleted_test",
            {"test_double_integers": None},
            {"test_double_integers": 2.0},
            id="a deleted test",
        ),
        pytest.param("copied_test", None, {"test_double": 1.0}, id="a copied test"),
        pytest.param(
            "deletes_its_name",
            {"test_double": 1.0, "test_row_sums": 1.0},
            {"test_double": 0.0, "test_row_sums": 1.0},
            id="a name that a later cell deletes",
        ),
        pytest.param(
            "dead_worker",
            None,
            {"test_row_sums": 0.0, "test_double": 1.0, "test_double_integers": 2.0},
            id="an ended process",
        ),
    ],
)
def test_each_intended_difference_is_as_the_table_says(
    graded: dict[str, Path],
    student: str,
    plain: dict[str, float | None] | None,
    ours: dict[str, float],
) -> None:
    theirs = scores(graded["plain"]).get(student)
    if plain is None:
        # the whole submission has no automatic score
        assert theirs is None or {score for score, _ in theirs.values()} <= {None, 0.0}
    else:
        assert theirs is not None
        assert {name: theirs[name][0] for name in plain} == plain
    for front in ("nbgrader", "autograder"):
        mine = scores(graded[front])[student]
        assert {name: mine[name][0] for name in ours} == ours

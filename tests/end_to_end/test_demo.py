"""`autograder demo`, on the small course."""

import io
import logging
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course_tree import CourseTree
from autograder.demo.answers import solutions
from autograder.demo.command import run
from autograder.demo.index import write_index
from autograder.demo.pipeline import pipeline
from autograder.demo.sample_class import Student, lessons, sample_class, sample_term
from autograder.demo.scores import Score, scores
from autograder.demo.steps import Steps
from autograder.errors import GraderError
from autograder.release.build import build

Edit = Callable[[str, str], None]
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.slow
def test_a_sample_class_is_graded_and_every_kind_has_its_score(
    mini: CourseTree,
    edit: Edit,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    # the endless loop is called by two tests and the show cell
    for head in ('# %% tests="double" points=1', '# %% tests="double" idea="integers"'):
        edit(head, head + " timeout=1")
    edit('# %% show="bars"', '# %% show="bars" timeout=5')
    build(mini)
    run(mini.root, "week1", None, size=15)
    table = {
        row.student.partition("-")[2]: row.score
        for row in scores(mini.root / "build/demo/gradebook.db", "week1")
    }
    assert table == {
        "all_right": 4.5,
        "another_way": 4.5,
        "first_half": 3.0,
        "zeros": 0.0,
        "name_error": 0.0,
        "syntax_error": 0.0,
        "untouched": 0.0,
        "deleted_test": 4.5,
        "endless_loop": 1.5,
        "prints_much": 1.5,
        "empty": 0.0,
        "keeps_the_type": 2.5,
        "squares": 1.5,
        "sums_columns": 3.0,
        "takes_anything": 4.0,
    }
    said = capsys.readouterr().out
    for place in ("feedback", "gradebook.db", "grades.csv", "demo.log"):
        assert str(mini.root / "build/demo" / place) in said
        assert (mini.root / "build/demo" / place).exists()
    pages = list((mini.root / "build/demo/feedback").rglob("*.html"))
    assert len(pages) == 15
    index = (mini.root / "build/demo/index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', index)
    assert all((mini.root / "build/demo" / link).is_file() for link in links)
    assert {str(page.relative_to(mini.root / "build/demo")) for page in pages} <= set(links)


@pytest.mark.slow
def test_a_class_that_is_graded_otherwise_than_declared_is_no_good_demo(
    mini: CourseTree, edit: Edit, command: Command
) -> None:
    for head in ('# %% tests="double" points=1', '# %% tests="double" idea="integers"'):
        edit(head, head + " timeout=1")
    edit('# %% show="bars"', '# %% show="bars" timeout=5')
    build(mini)
    catalogue = mini.root / "source/week1/misconceptions/scale.py"
    text = catalogue.read_text(encoding="utf-8")
    wrong = text.replace('loses=["test_double", "test_double_integers"]', 'loses=["test_double"]')
    assert wrong != text
    catalogue.write_text(wrong, encoding="utf-8")
    done = command("autograder", "demo", "week1", "--students", "15", cwd=mini.root)
    assert done.returncode == 1
    assert "s13-squares: scale, test_double_integers: expected 2 points, got 0\n" in done.stdout
    assert done.stdout.count("expected") == 1
    assert "other points than the sample class must have: 1; `autograder verify`" in done.stderr


def test_every_student_of_the_class_is_another_kind(mini: CourseTree) -> None:
    build(mini)
    ids = [student.id for student in sample_class(lessons(mini, "week1"), 24)]
    assert len(set(ids)) == 24


def test_a_class_of_several_assignments_is_the_same_class_with_other_mistakes(
    mini: CourseTree,
) -> None:
    build(mini)
    taught = lessons(mini, "week1")
    first, second = sample_term([taught, taught], 12)
    assert [one.id for one in first] == [one.id for one in second]
    [lesson] = taught
    cells = solutions(lesson.notebook)

    def texts(student: Student) -> list[str | None]:
        return [student.write(lesson.notebook, cell) for cell in cells]

    by_name = {one.id.partition("-")[2]: one for one in second}
    right = texts(by_name["all_right"])
    # who only broke something in the first makes one mistake in the second
    for name in ("zeros", "name_error", "syntax_error", "mistaken_1"):
        assert sum(a != b for a, b in zip(texts(by_name[name]), right, strict=True)) == 1
    assert len({str(texts(one)) for one in second}) > 5


def test_a_folder_that_no_demo_made_is_not_cleared(mini: CourseTree) -> None:
    mine = mini.root / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(GraderError, match="is not empty and no earlier demo made it"):
        run(mini.root, "week1", mine)
    assert (mine / "thesis.txt").exists()


def test_an_unknown_assignment_is_a_mistake_with_a_way_out(
    mini: CourseTree, command: Command
) -> None:
    done = command("autograder", "demo", "week2", cwd=mini.root)
    assert done.returncode == 1
    assert "there is no assignment 'week2'" in done.stderr
    assert "choose from: week1" in done.stderr


def test_the_demo_leaves_its_process_as_it_was(
    mini: CourseTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPYTHONDIR", "mine")
    monkeypatch.delenv("JUPYTER_CONFIG_DIR", raising=False)
    before = Path.cwd(), logging.getLogger("traitlets").handlers
    with pipeline(mini.root):
        assert Path.cwd() == mini.root
        assert os.environ["IPYTHONDIR"] == str(mini.root / ".ipython")
    assert (Path.cwd(), logging.getLogger("traitlets").handlers) == before
    assert os.environ["IPYTHONDIR"] == "mine"
    assert "JUPYTER_CONFIG_DIR" not in os.environ


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_step_is_shown_on_one_line_of_a_terminal_and_gone_when_it_is_done() -> None:
    terminal = Terminal()
    steps = Steps(terminal)
    with steps.step("feedback", "week1", 2) as tick:
        tick()
        tick()
    shown = terminal.getvalue()
    assert "feedback week1  2/2" in shown
    assert "\n" not in shown
    assert shown.split("\r")[-2].strip() == "", "the line is cleared"
    assert steps.summary == "feedback 0 s"


def test_elsewhere_each_step_has_a_line_when_it_is_done() -> None:
    log = io.StringIO()
    with Steps(log).step("release", "week1"):
        assert log.getvalue() == ""
    assert re.fullmatch(r"release +0 s  week1\n", log.getvalue())


def test_the_page_leads_to_every_score_and_shows_names_as_words(tmp_path: Path) -> None:
    rows = [Score("s01-<b>kim</b>", {"scale": 2.5}, 2.5, 5, to_grade_by_hand=True)]
    write_index(tmp_path / "index.html", {"week1": rows})
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'href="feedback/s01-&lt;b&gt;kim&lt;/b&gt;/week1/scale.html">2.5</a>' in page
    assert 'href="report/week1.html"' in page
    assert "2.5 of 5" in page
    assert "<b>" not in page

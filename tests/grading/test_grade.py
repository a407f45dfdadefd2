"""`autograder grade` as an instructor runs it: real submissions, processes and gradebook."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from own_gradebook import copy_config

from autograder.course_tree import CourseTree
from autograder.demo.sample_class import hand_in, lessons, sample_class
from autograder.release.build import build

ROOT = Path(__file__).resolve().parent.parent.parent
KINDS = ("all_right", "first_half", "zeros", "syntax_error", "untouched", "squares")
EXPECTED = {
    "all_right": 4.5,
    "first_half": 3.0,
    "zeros": 0.0,
    "syntax_error": 0.0,
    "untouched": 0.0,
    "squares": 1.5,
}
Course = Callable[[], Path]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A released course with a handful of submissions, not graded yet."""
    root = tmp_path_factory.mktemp("grade") / "course"
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", root)
    copy_config(root)
    (root / "course").symlink_to(ROOT / "course")
    text = root / "source/week1/scale.py"
    # no picture: this is about grading
    words = text.read_text(encoding="utf-8").split("# %% show=")
    text.write_text(words[0] + "# %% [markdown] manual=" + words[1].split("manual=")[1], "utf-8")
    tree = CourseTree(root)
    build(tree)
    taught = lessons(tree, "week1")
    chosen = [one for one in sample_class(taught, 14) if one.id.partition("-")[2] in KINDS]
    hand_in(chosen, taught, root / "submitted")
    run(root, "nbgrader", "generate_assignment", "week1")
    return root


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Path:
    root = tmp_path / "course"
    shutil.copytree(template, root, symlinks=True)
    return root


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def grade(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run(root, "autograder", "grade", "week1", *options)


def rows(root: Path) -> dict[str, dict[str, tuple[float | None, bool, str | None]]]:
    """All that the gradebook holds but ids and times."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        return {
            submission.student_id: {
                grade.cell.name: (grade.auto_score, bool(grade.needs_manual_grade), None)
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            | {
                f"comment {comment.cell.name}": (None, False, comment.auto_comment)
                for notebook in submission.notebooks
                for comment in notebook.comments
            }
            for submission in book.assignment_submissions("week1")
        }


def points(root: Path) -> dict[str, float]:
    return {
        student.partition("-")[2]: sum(score or 0 for score, _, _ in cells.values())
        for student, cells in rows(root).items()
    }


def results(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / "results").rglob("*.json"))}


def test_a_class_is_graded_into_the_gradebook_and_a_second_run_grades_nobody(course: Path) -> None:
    done = grade(course)
    assert done.returncode == 0, done.stderr
    assert points(course) == EXPECTED
    assert "6 submissions, 6 to grade" in done.stdout
    assert "6 graded in" in done.stdout
    assert done.stderr == ""
    notebooks = sorted((course / "autograded").glob("*/week1/scale.ipynb"))
    assert len(notebooks) == 6
    before = rows(course), results(course)
    again = grade(course)
    assert "6 submissions, 0 to grade" in again.stdout
    assert "0 graded in" in again.stdout
    assert (rows(course), results(course)) == before


@pytest.mark.slow
def test_one_process_and_many_give_the_same_rows_and_the_same_bytes(
    course: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(course, other, symlinks=True)
    assert grade(course, "--jobs", "1").returncode == 0
    assert grade(other, "--jobs", "4").returncode == 0
    assert rows(course) == rows(other)
    assert results(course) == results(other)


@pytest.mark.slow
def test_a_changed_submission_is_graded_again_and_the_change_is_told(course: Path) -> None:
    grade(course)
    zeros = next((course / "submitted").glob("*zeros"))
    right = next((course / "submitted").glob("*all_right"))
    shutil.copy(right / "week1/scale.ipynb", zeros / "week1/scale.ipynb")
    done = grade(course)
    assert "6 submissions, 1 to grade" in done.stdout
    assert f"changed  {zeros.name}  scale.test_double  0 → 1" in done.stdout
    assert points(course)["zeros"] == 4.5


def test_a_dry_run_names_who_is_due_and_writes_nothing(course: Path) -> None:
    done = grade(course, "--dry-run")
    assert done.returncode == 0
    assert done.stdout.count("would grade ") == 6
    assert not (course / "results").exists()
    assert not (course / "autograded").exists()
    assert rows(course) == {}


def test_only_the_students_named_are_graded(course: Path) -> None:
    student = next((course / "submitted").glob("*squares")).name
    assert grade(course, "--student", student).returncode == 0
    assert points(course) == {"squares": 1.5}
    unknown = grade(course, "--student", "nobody")
    assert unknown.returncode == 1
    assert "no submission of nobody" in unknown.stderr


def test_a_run_that_is_killed_is_finished_by_the_next_without_loss_or_doubles(
    course: Path,
) -> None:
    first = next((course / "submitted").glob("*all_right"))
    for number in range(30):
        shutil.copytree(first, course / "submitted" / f"x{number:02d}-all_right")
    with subprocess.Popen(
        [sys.executable, "-m", "autograder", "grade", "week1"],
        cwd=course,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 120
        while len(results(course) if (course / "results").exists() else {}) < 5:
            assert time.monotonic() < deadline, "nothing was graded"
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
    done_before = len(results(course))
    assert done_before < 36, "the run was over before it could be killed"
    done = grade(course)
    assert done.returncode == 0, done.stderr
    graded = rows(course)
    assert len(graded) == 36
    tests = ("test_double", "test_double_integers", "test_row_sums")
    assert all(cells[name][0] is not None for cells in graded.values() for name in tests)
    assert len(results(course)) == 36


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"{", "The file is damaged", id="cut off"),
        pytest.param(b"", "The file is damaged", id="empty"),
        pytest.param(b"[" * 100_000, "The file is damaged", id="nested too deep"),
        pytest.param(b'{"worksheets": [], "nbformat": 3}', "old format", id="format 3"),
        pytest.param(b"[1, 2]", "The file is not a notebook", id="a list"),
        pytest.param(None, "The notebook was not handed in", id="missing"),
    ],
)
def test_a_file_that_cannot_be_graded_scores_zero_with_a_reason_and_harms_nobody(
    course: Path, content: bytes | None, said: str
) -> None:
    bad = next((course / "submitted").glob("*squares")) / "week1/scale.ipynb"
    bad.unlink()
    if content is not None:
        bad.write_bytes(content)
    done = grade(course)
    assert done.returncode == 0, done.stderr
    assert points(course) == {**EXPECTED, "squares": 0.0}
    data = json.loads(next((course / "results").rglob("*squares.json")).read_text(encoding="utf-8"))
    assert {test["reason"] for test in data["tests"]} == {"missing"}
    assert all(said in test["output"] for test in data["tests"])


def test_a_link_in_a_submission_is_not_followed(course: Path, tmp_path: Path) -> None:
    bad = next((course / "submitted").glob("*squares")) / "week1/scale.ipynb"
    good = next((course / "submitted").glob("*all_right")) / "week1/scale.ipynb"
    secret = tmp_path / "elsewhere.ipynb"
    shutil.copy(good, secret)
    bad.unlink()
    bad.symlink_to(secret)
    assert grade(course).returncode == 0
    assert points(course)["squares"] == 0.0


def test_an_assignment_that_the_gradebook_does_not_know_is_refused(course: Path) -> None:
    (course / "gradebook.db").unlink()
    done = grade(course)
    assert done.returncode == 1
    assert "the gradebook does not know the assignment 'week1'" in done.stderr
    assert "nbgrader generate_assignment week1" in done.stderr
    assert not (course / "results").exists()


def test_other_points_than_in_the_gradebook_are_refused_before_anything_is_written(
    course: Path,
) -> None:
    text = course / "source/week1/scale.py"
    words = text.read_text(encoding="utf-8")
    words = words.replace('"double" points=1', '"double" points=2').replace("** 5", "** 6")
    text.write_text(words, encoding="utf-8")
    run(course, "autograder", "build")
    done = grade(course)
    assert done.returncode == 1
    assert "the gradebook has other tests or points for 'week1'" in done.stderr
    assert not (course / "results").exists()
    assert rows(course) == {}


@pytest.mark.slow
def test_another_test_than_in_the_gradebook_is_refused_by_both_fronts(course: Path) -> None:
    text = course / "source/week1/scale.py"
    words = text.read_text(encoding="utf-8")
    text.write_text(words.replace("[14.0], [-18.0]", "[14.0], [-18]"), encoding="utf-8")
    run(course, "autograder", "build")
    done = grade(course)
    assert done.returncode == 1
    assert "the gradebook has other tests or points for 'week1'" in done.stderr
    student = next((course / "submitted").glob("*all_right")).name
    other = run(course, "nbgrader", "autograde", "week1", f"--student={student}")
    assert other.returncode == 1
    assert "'test_double_integers' is another in the gradebook than in its source" in other.stderr
    assert run(course, "nbgrader", "generate_assignment", "week1").returncode == 0
    assert grade(course).returncode == 0
    assert points(course) == EXPECTED


@pytest.mark.slow
def test_scores_that_the_gradebook_lost_are_graded_again(course: Path) -> None:
    grade(course)
    (course / "gradebook.db").unlink()
    run(course, "nbgrader", "generate_assignment", "week1")
    assert grade(course).returncode == 0
    assert points(course) == EXPECTED


def test_a_late_submission_keeps_the_penalty_of_the_courses_plugin(course: Path) -> None:
    config = course / "nbgrader_config.py"
    config.write_text(
        config.read_text(encoding="utf-8") + "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n",
        encoding="utf-8",
    )
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        book.update_or_create_assignment("week1", duedate="2026-03-01 00:00:00 UTC")
    assert grade(course).returncode == 0
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        submissions = book.assignment_submissions("week1")
        # handed in on 9 March
        assert {submission.total_seconds_late > 0 for submission in submissions} == {True}
        assert sum(one.late_submission_penalty for one in submissions) == sum(EXPECTED.values())

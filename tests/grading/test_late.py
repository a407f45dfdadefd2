"""The rule for late hand-ins that the guide shows, on a day of two notebooks."""

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from own_gradebook import copy_config, release

from autograder.course_tree import CourseTree
from autograder.release.build import build

ROOT = Path(__file__).resolve().parents[2]
Command = Callable[..., subprocess.CompletedProcess[str]]
ANSWERS = {
    "double": "def double(X):\n    return 2 * X\n",
    "row_sums": "def row_sums(X):\n    return X.sum(axis=1)\n",
}
DUE = "2027-03-15 23:59:00 Asia/Seoul"


def documented() -> str:
    """The rule as the guide prints it, at half a point a day: the small course has few points."""
    text = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    [rule] = re.findall(r"```python\n(.*?AssignLatePenalties.*?)```", text, flags=re.DOTALL)
    assert "return 5 * (" in rule
    return str(rule).replace("return 5 * (", "return 0.5 * (")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course with two notebooks in its week, both handed in by some students."""
    root = tmp_path_factory.mktemp("late") / "course"
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", root)
    copy_config(root, documented())
    (root / "course").symlink_to(ROOT / "course")
    text = root / "source/week1/scale.py"
    # no picture: this is about points
    head, tail = text.read_text(encoding="utf-8").split("# %% show=")
    text.write_text(head + "# %% [markdown] manual=" + tail.split("manual=")[1], encoding="utf-8")
    for place in (text, root / "source/week1/misconceptions/scale.py"):
        shutil.copy(place, place.with_name("again.py"))
    build(CourseTree(root))
    release(root, "week1")
    with book(root) as gradebook:
        gradebook.update_or_create_assignment("week1", duedate=DUE)
    for student in ("punctual", "late", "very_late", "nonsense"):
        for name in ("scale", "again"):
            hand_in(root, student, name)
    when(root, "late", "2027-03-18 08:59:00 Asia/Seoul")
    when(root, "very_late", "2027-12-01 09:00:00 Asia/Seoul")
    when(root, "nonsense", "yesterday")
    return root


def book(root: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{root}/gradebook.db", "deep_learning_basics")


def hand_in(root: Path, student: str, name: str) -> None:
    notebook = json.loads((root / f"release/week1/{name}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        own = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = ANSWERS.get(own, cell["source"])
    folder = root / "submitted" / student / "week1"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def when(root: Path, student: str, time: str) -> None:
    (root / "submitted" / student / "week1/timestamp.txt").write_text(time, encoding="utf-8")


def penalties(root: Path) -> dict[str, float]:
    with book(root) as gradebook:
        return {
            one.student.id: one.late_submission_penalty
            for one in gradebook.assignment_submissions("week1")
        }


def whole(root: Path) -> float:
    with book(root) as gradebook:
        return float(gradebook.find_submission("week1", "punctual").score)


def row(text: str, student: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"{student} "))


def test_a_day_is_late_once_and_the_screen_says_what_the_gradebook_holds(
    course: Path, command: Command
) -> None:
    done = command("autograder", "grade", "week1", cwd=course)
    assert done.returncode == 0, done.stderr
    score = whole(course)
    assert score > 2
    # 57 hours are three days begun: not for each notebook
    expected = {"punctual": 0, "late": 1.5, "very_late": score, "nonsense": 0}
    assert penalties(course) == expected
    most = row(done.stdout, "punctual").split()[1].partition("/")[2]
    assert row(done.stdout, "punctual").split()[1:] == [f"{score:g}/{most}"]
    assert row(done.stdout, "late").split()[1] == f"{score - 1.5:g}/{most}"
    assert f"{score:g}, less 1.5 for handing in late" in row(done.stdout, "late")
    assert row(done.stdout, "very_late").split()[1] == f"0/{most}"
    assert (
        "submitted/nonsense/week1/timestamp.txt holds no time of nonsense: 'yesterday'. "
        "Write it as 2027-03-17 09:00:00 Asia/Seoul"
    ) in done.stderr
    # nothing is new, and what is said is the same
    again = command("autograder", "grade", "week1", cwd=course)
    assert "0 graded in" in again.stdout
    assert "4 unchanged" in again.stdout
    assert row(again.stdout, "late") == row(done.stdout, "late")
    exported = command("nbgrader", "export", cwd=course)
    assert exported.returncode == 0, exported.stderr
    with (course / "grades.csv").open(encoding="utf-8") as file:
        grades = {one["student_id"]: one for one in csv.DictReader(file)}
    assert float(grades["late"]["score"]) == score - 1.5

    other = command("nbgrader", "autograde", "week1", "--force", cwd=course)
    assert other.returncode == 0, other.stderr[-3000:]
    assert penalties(course) == expected
    assert "holds no time of nonsense: 'yesterday'" in other.stderr

    # a time that is mended, or taken away, reaches the gradebook without --force
    when(course, "late", "2027-03-16 08:59:00 Asia/Seoul")
    when(course, "nonsense", "2027-03-16 08:59:00+09:00")
    (course / "submitted/very_late/week1/timestamp.txt").unlink()
    mended = command("autograder", "grade", "week1", cwd=course)
    assert mended.returncode == 0, mended.stderr
    assert "4 submissions, 3 to grade" in mended.stdout
    assert penalties(course) == {"punctual": 0, "late": 0.5, "very_late": 0, "nonsense": 0.5}
    last = mended.stdout.splitlines()[-1]
    assert re.fullmatch(r"3 graded in .* s \((one in .* s|.* a second)\), 1 unchanged", last)

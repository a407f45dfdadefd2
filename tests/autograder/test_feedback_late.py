"""What a page of feedback says of a late hand-in, with nbgrader's plugin set up as its users do."""

import json
import shutil
import warnings
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from own_gradebook import copy_config

from autograder.course_tree import CourseTree
from autograder.release.build import build
from autograder.release.generate import course_config

ROOT = Path(__file__).resolve().parent.parent.parent
# "Late submission plugin" of nbgrader's documentation: a class of one's own, here in the
# configuration itself. Half a point a day, and more than the late one has in 20 days.
PENALTY = """
from nbgrader.plugins import LateSubmissionPlugin
class HalfAPointADay(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 0.5 * total_seconds_late / 86400
c.AssignLatePenalties.plugin_class = HalfAPointADay
"""
HANDED_IN = {"punctual": "2026-03-01", "late": "2026-03-04", "very_late": "2026-03-21"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BeautifulSoup]:
    """The page of each student; all wrote the same, and one test of theirs fails."""
    root = tmp_path_factory.mktemp("late") / "course"
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", root)
    copy_config(root, PENALTY)
    (root / "course").symlink_to(ROOT / "course")
    text = root / "source/week1/scale.py"
    # no picture: this is about points
    head, tail = text.read_text(encoding="utf-8").split("# %% show=")
    text.write_text(head + "# %% [markdown] manual=" + tail.split("manual=")[1], encoding="utf-8")
    build(CourseTree(root))
    released = json.loads((root / "release/week1/scale.ipynb").read_text(encoding="utf-8"))
    for cell in released["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "double":
            cell["source"] = "def double(X):\n    return 2 * X\n"
        elif cell["metadata"].get("nbgrader", {}).get("grade_id") == "row_sums":
            cell["source"] = "def row_sums(X):\n    return X.sum(1)\n"
    for student, day in HANDED_IN.items():
        folder = root / "submitted" / student / "week1"
        folder.mkdir(parents=True)
        (folder / "scale.ipynb").write_text(json.dumps(released), encoding="utf-8")
        (folder / "timestamp.txt").write_text(f"{day} 00:00:00 UTC", encoding="utf-8")
    config = course_config(root)
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.chdir(root)
        # nbgrader's own API warns of a flush when it adds a submission
        warnings.simplefilter("ignore")
        for step in (GenerateAssignment, Autograde, GenerateFeedback):
            place = CourseDirectory(config=config, root=str(root), assignment_id="week1")
            step(coursedir=place, config=config).start()
            if step is GenerateAssignment:
                with Gradebook(place.db_url) as book:
                    book.update_or_create_assignment("week1", duedate="2026-03-01 00:00:00 UTC")
    return {
        student: BeautifulSoup(
            (root / "feedback" / student / "week1/scale.html").read_text(encoding="utf-8"),
            "html.parser",
        )
        for student in HANDED_IN
    }


def foot(page: BeautifulSoup) -> list[tuple[str, str]]:
    """The last rows of the table of scores: what they are about, and points."""
    rows = page.select("table.scores tfoot tr")
    return [(row.select("th")[0].get_text(), row.select("td")[0].get_text()) for row in rows]


def test_a_late_hand_in_has_a_row_of_its_own_and_its_total_is_less(
    pages: dict[str, BeautifulSoup],
) -> None:
    # 1 + 1 of 5 points, less 3 days
    assert foot(pages["late"]) == [("Handed in late", "−1.5"), ("Total", "0.5 / 5")]
    head = " ".join(pages["late"].select_one(".page-head").get_text(" ").split())  # type: ignore[union-attr]
    assert "0.5 of 5 points" in head
    assert "1.5 points were taken off because it came late." in head


def test_a_penalty_takes_no_more_than_there_is(pages: dict[str, BeautifulSoup]) -> None:
    assert foot(pages["very_late"]) == [("Handed in late", "−2"), ("Total", "0 / 5")]


def test_who_is_on_time_reads_nothing_of_it(pages: dict[str, BeautifulSoup]) -> None:
    assert foot(pages["punctual"]) == [("Total", "2 / 5")]
    assert "late" not in pages["punctual"].get_text()


def test_the_rows_above_are_the_same_for_all(pages: dict[str, BeautifulSoup]) -> None:
    found = {
        student: [row.get_text(" ", strip=True) for row in page.select("table.scores tbody tr")]
        for student, page in pages.items()
    }
    assert len(found["late"]) == 8
    assert found["late"] == found["very_late"] == found["punctual"]

"""A small class, graded by the real commands: one late, one unreadable, one hostile, one absent."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from handing_in import LATE, ON_TIME, RIGHT, hand_in
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from own_gradebook import copy_config

from autograder.course_tree import CourseTree
from autograder.release.build import build
from autograder.release.generate import course_config

ROOT = Path(__file__).resolve().parent.parent.parent
NASTY = r"\x00\x1b[31m\x08]]></failure><x a=\"1\">&amp;&\ud800\ufffe\uffff\u202e\x85end"
# as nbgrader's documentation has it: a class of the course's own, named in its configuration
PENALTY = """
from nbgrader.plugins import LateSubmissionPlugin
class OnePointOff(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1.0
c.AssignLatePenalties.plugin_class = OnePointOff
"""


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Graded, and the answer of 00123 read by a person. Not to be changed."""
    root = tmp_path_factory.mktemp("export") / "course"
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", root)
    copy_config(root, PENALTY)
    (root / "course").symlink_to(ROOT / "course")
    text = root / "source/week1/scale.py"
    # no picture: this is about grades
    head, tail = text.read_text(encoding="utf-8").split("# %% show=")
    text.write_text(head + "# %% [markdown] manual=" + tail.split("manual=")[1], encoding="utf-8")
    build(CourseTree(root))
    config = course_config(root)
    place = CourseDirectory(config=config, root=str(root), assignment_id="week1")
    GenerateAssignment(coursedir=place, config=config).start()
    hand_in(root, "00123", RIGHT, ON_TIME, wrote=True)
    hand_in(root, "kim", RIGHT | {"double": "return 2 * X"}, LATE, wrote=False)
    hand_in(root, "lee@uni.kr", RIGHT, ON_TIME, wrote=True)
    hand_in(root, "nasty", {"double": f'raise ValueError("{NASTY}")'}, ON_TIME, wrote=False)
    hand_in(root, "park", RIGHT, ON_TIME, wrote=False)
    (root / "submitted/park/week1/scale.ipynb").write_bytes(b"{")
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        book.update_or_create_assignment("week1", duedate="2026-03-02 00:00:00 UTC")
        book.add_student("absent")
        book.add_student(
            "kim", last_name='=HYPERLINK("http://evil.test")', first_name="민수", email="k@uni.kr"
        )
    subprocess.run(
        [sys.executable, "-m", "autograder", "grade", "week1"],
        cwd=root,
        capture_output=True,
        timeout=300,
        check=True,
    )
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        grade = book.find_grade("why_rows", "scale", "week1", "00123")
        grade.manual_score, grade.needs_manual_grade = 0.25, False
        book.db.commit()
    return root

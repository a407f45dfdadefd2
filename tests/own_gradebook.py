"""The course's configuration and gradebook for a course of a test's own.

An instructor's `nbgrader_config.py` may name the database of a class, where no test may write.
"""

from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory

from autograder.release.generate import course_config

ROOT = Path(__file__).resolve().parent.parent
OWN = 'c.CourseDirectory.pop("db_url", None)  # a gradebook.db in this folder'


def copy_config(root: Path, more: str = "") -> None:
    """Copy `nbgrader_config.py` into a course, but for the database that it names.

    Parameters
    ----------
    more : str
        Further lines.
    """
    text = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    (root / "nbgrader_config.py").write_text(f"{text}\n{OWN}\n{more}", encoding="utf-8")


def release(root: Path, assignment: str) -> None:
    """Do what `nbgrader generate_assignment` does, without the seconds that it takes to start."""
    config = course_config(root)
    place = CourseDirectory(config=config, root=str(root), assignment_id=assignment)
    GenerateAssignment(coursedir=place, config=config).start()

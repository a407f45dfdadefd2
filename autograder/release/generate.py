"""The student notebooks, made by nbgrader's own converter from a staged course."""

import logging
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory

from autograder.release.config import course_config

log = logging.getLogger(__name__)


def generate_assignment(root: Path, assignment: str) -> None:
    """Do what `nbgrader generate_assignment --no-db` does, in this process.

    Parameters
    ----------
    root : Path
        A course directory whose `source/<assignment>/` holds built notebooks.
    """
    config = course_config(root)
    config.SaveCells.enabled = False
    config.GenerateAssignment.no_database = True
    directory = CourseDirectory(config=config, root=str(root), assignment_id=assignment)
    converter = GenerateAssignment(coursedir=directory, config=config)
    converter.log = log
    converter.start()

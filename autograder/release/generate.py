"""The student notebooks, made by nbgrader's own converter from a staged course."""

import logging
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.course_tree import CONFIG_NAME

log = logging.getLogger(__name__)


def course_config(root: Path) -> Config:
    """Read the course's `nbgrader_config.py` as nbgrader does."""
    config: Config = PyFileConfigLoader(CONFIG_NAME, path=str(root)).load_config()
    return config


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

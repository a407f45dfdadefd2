"""The course's configuration, as nbgrader reads it."""

from pathlib import Path

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.course_tree import CONFIG_NAME


def course_config(root: Path) -> Config:
    """Read the course's `nbgrader_config.py` as nbgrader does."""
    config: Config = PyFileConfigLoader(CONFIG_NAME, path=str(root)).load_config()
    return config

"""A released course of one small notebook, a class that is right, and the command to grade it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from classroom import STUDENTS, Classroom
from own_gradebook import copy_config, release

from autograder.course_tree import CourseTree
from autograder.demo.sample_class import hand_in, lessons, sample_class
from autograder.release.build import build

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("faults") / "course"
    shutil.copytree(ROOT / "benchmarks" / "small" / "source", root / "source")
    copy_config(root)
    (root / "course").symlink_to(ROOT / "course")
    tree = CourseTree(root)
    build(tree)
    taught = lessons(tree, "small")
    [right] = [one for one in sample_class(taught, 10) if one.id.endswith("all_right")]
    hand_in([right], taught, root / "submitted")
    (root / "submitted" / right.id).rename(root / "submitted" / "amy")
    for name in STUDENTS[1:]:
        shutil.copytree(root / "submitted" / "amy", root / "submitted" / name)
    release(root, "small")
    return root


@pytest.fixture
def classroom(template: Path) -> Iterator[Classroom]:
    """The course in a folder that every user of the machine may enter."""
    with tempfile.TemporaryDirectory(prefix="faults-") as place:
        os.chmod(place, 0o755)  # noqa: PTH101, S103 # a string; workers are another user
        root = Path(place).resolve() / "course"
        shutil.copytree(template, root, symlinks=True)
        yield Classroom(root)

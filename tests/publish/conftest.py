"""A small course with all that an edition is made from, built once."""

import shutil
from pathlib import Path

import pytest
from own_gradebook import copy_config

from autograder.course_tree import CourseTree
from autograder.publish.command import checked_edition
from autograder.publish.edition import Files
from autograder.release.build import build

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> CourseTree:
    """The small course, built, with the real package, tables, requirements and configuration."""
    root = tmp_path_factory.mktemp("publish") / "mini"
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", root)
    for name in ("course", "data", "LICENSE"):
        (root / name).symlink_to(ROOT / name)
    for file in ROOT.glob("requirements*.txt"):
        shutil.copy(file, root)
    shutil.copy(ROOT / "pyproject.toml", root)
    copy_config(root)
    text = root / "source/week1/scale.py"
    # no picture: drawing it takes longer than all else
    words = text.read_text(encoding="utf-8").split("# %% show=")
    text.write_text(words[0] + "# %% [markdown] manual=" + words[1].split("manual=")[1], "utf-8")
    tree = CourseTree(root)
    build(tree)
    return tree


@pytest.fixture(scope="session")
def edition(whole: CourseTree) -> Files:
    """The student edition of the small course."""
    return checked_edition(whole, ["week1"])

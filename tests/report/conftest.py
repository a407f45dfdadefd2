"""A small class, graded once by the real commands; each test gets a copy."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from own_gradebook import copy_config

from autograder.course_tree import CourseTree
from autograder.demo.sample_class import hand_in, lessons, sample_class
from autograder.release.build import build

ROOT = Path(__file__).resolve().parent.parent.parent
KINDS = ("all_right", "first_half", "untouched", "squares")
Run = Callable[..., subprocess.CompletedProcess[str]]


def run_in(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=root,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Released, handed in by four students, not graded."""
    root = tmp_path_factory.mktemp("report") / "course"
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", root)
    copy_config(root)
    (root / "course").symlink_to(ROOT / "course")
    text = root / "source/week1/scale.py"
    # no picture: this is about grading
    head, tail = text.read_text(encoding="utf-8").split("# %% show=")
    text.write_text(head + "# %% [markdown] manual=" + tail.split("manual=")[1], encoding="utf-8")
    tree = CourseTree(root)
    build(tree)
    taught = lessons(tree, "week1")
    chosen = [one for one in sample_class(taught, 14) if one.id.partition("-")[2] in KINDS]
    hand_in(chosen, taught, root / "submitted")
    done = run_in(root, "nbgrader", "generate_assignment", "week1")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="session")
def graded(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(released, root, symlinks=True)
    done = run_in(root, "autograder", "grade", "week1")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    """A graded class that a test may change."""
    root = tmp_path / "course"
    shutil.copytree(graded, root, symlinks=True)
    return root


@pytest.fixture
def run(course: Path) -> Run:
    """Run a command in `course` as a user does."""
    return lambda *words: run_in(course, *words)


@pytest.fixture
def rewrite(course: Path) -> Callable[[str, str], None]:
    """Replace one passage of the text source; it must stand there once."""
    text = course / "source/week1/scale.py"

    def replace(old: str, new: str) -> None:
        before = text.read_text(encoding="utf-8")
        assert before.count(old) == 1, f"{old!r} stands there {before.count(old)} times"
        text.write_text(before.replace(old, new), encoding="utf-8")

    return replace

"""What many tests need: a small course of their own, and the commands as a user runs them."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from own_gradebook import copy_config

from autograder.course_tree import CourseTree

# a shell that starts the tests in the background lets them, and all they start, ignore Ctrl-C
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent
Command = Callable[..., subprocess.CompletedProcess[str]]
# hostile submissions: text to be graded, never a module to be imported
# several files of one name: a doctest of one would be looked for in another
collect_ignore_glob = ["attacks/*/attack.py", "conftest.py", "*/conftest.py"]


@pytest.fixture
def mini(tmp_path: Path) -> CourseTree:
    """A course of one small notebook, with the real configuration and the real `course`."""
    root = tmp_path / "mini"
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", root)
    copy_config(root)
    (root / "course").symlink_to(ROOT / "course")
    return CourseTree(root)


@pytest.fixture
def edit(mini: CourseTree) -> Callable[[str, str], None]:
    """Replace one passage of the small course's text; the passage must stand there once."""
    text = mini.root / "source" / "week1" / "scale.py"

    def replace(old: str, new: str) -> None:
        before = text.read_text(encoding="utf-8")
        assert before.count(old) == 1, f"{old!r} stands there {before.count(old)} times"
        text.write_text(before.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Run a command of the installed environment as a user does, with a home of its own."""
    home = tmp_path / "home"
    home.mkdir()

    def run(
        *words: str, cwd: Path = ROOT, timeout: float = 300
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(Path(sys.executable).parent / words[0]), *words[1:]],
            cwd=cwd,
            env={"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
            | {key: os.environ[key] for key in ("COVERAGE_PROCESS_START",) if key in os.environ},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run

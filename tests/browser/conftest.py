"""What the browser walk needs: a course, an exchange, two JupyterLabs and Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from running_lab import PATIENCE_MS, running_lab

from autograder.course_tree import CourseTree
from autograder.release.build import build

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / "build" / "browser"
# doctests are looked for by importing, and only who runs the walk needs Playwright
collect_ignore = ["pages.py", "hostile.py", "watching.py"]
# JupyterLab asks whether it may fetch news, and looks for updates: tests stay off the network
_NO_NEWS = '{"fetchNews": "false", "checkForUpdates": false}'
_NEWS = "lab/user-settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
_CONFIG = """c = get_config()
c.Exchange.root = {exchange!r}
c.CourseDirectory.course_id = "deep_learning_basics"
c.LateSubmissionPlugin.penalty_method = "zero"
"""


@dataclass(frozen=True, slots=True)
class Classroom:
    """Two people, each with a folder and a JupyterLab, and the exchange between them."""

    course: Path
    student: Path
    teacher_lab: str
    student_lab: str


@pytest.fixture
def classroom(mini: CourseTree, tmp_path: Path) -> Iterator[Classroom]:
    """A built course as a clone has it, without a gradebook, and a student with an empty folder."""
    build(mini)
    # the student's kernel takes `course` from the environment, as every student's does
    (mini.root / "course").unlink()
    exchange, student = tmp_path / "exchange", tmp_path / "student"
    exchange.mkdir()
    student.mkdir()
    for name in ("teacher_home", "student_home"):
        settings = tmp_path / name / ".jupyter"
        settings.mkdir(parents=True)
        (settings / "nbgrader_config.py").write_text(_CONFIG.format(exchange=str(exchange)))
        (settings / _NEWS).parent.mkdir(parents=True)
        (settings / _NEWS).write_text(_NO_NEWS)
    with ExitStack() as stack, ThreadPoolExecutor() as threads:
        labs = [
            stack.enter_context(running_lab(mini.root, tmp_path / "teacher_home")),
            stack.enter_context(running_lab(student, tmp_path / "student_home")),
        ]
        teacher, theirs = threads.map(lambda wait: wait(), labs)
        yield Classroom(mini.root, student, teacher, theirs)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "there is no Chromium here: run .ci/browser"
    from playwright.sync_api import sync_playwright

    # Chromium's own sandbox refuses to start as root
    unconfined = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=unconfined)
        yield started
        started.close()


@pytest.fixture
def open_lab(browser: Any) -> Iterator[Callable[[str], Any]]:
    """Open an address in a browser that forgets everything; a failed test leaves a picture."""
    pages = []

    def opened(address: str) -> Any:
        page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        pages.append(page)
        return page

    yield opened
    for number, page in enumerate(pages, start=1):
        page.screenshot(path=PICTURES / f"last_{number}.png")


@pytest.fixture
def keep() -> Callable[[Any, str], None]:
    """Keep a picture of a page under a number and a name, in build/browser."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    taken = []

    def picture(page: Any, name: str) -> None:
        taken.append(name)
        # a message that is still fading in is shown as it will be
        page.screenshot(path=PICTURES / f"{len(taken):02d}_{name}.png", animations="disabled")

    return picture

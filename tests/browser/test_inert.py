"""Whatever a student hands in, the pages that show it run none of it and ask nobody for anything.

Twice: with all that is configured, and by the server's policy alone, with nbgrader's settings
for cleaning taken away. With both away the same texts do run: the test can fail.
"""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from hostile import NAMES, STUDENTS, VECTORS, gradebook, hostile_class
from running_lab import running_lab
from watching import Watch

pytestmark = pytest.mark.browser
FILES = sorted(VECTORS["file"])
# nbconvert alone stumbles over what an earlier version left
GRADED = STUDENTS[:2]
DRAWN = ".comment-saved"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile") / "course"
    hostile_class(root)
    return root


@pytest.fixture(scope="module")
def uncleaned(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same course without its settings for formgrader's page: nbgrader as it comes."""
    root = tmp_path_factory.mktemp("uncleaned") / "course"
    shutil.copytree(course, root, symlinks=True)
    file = root / "nbgrader_config.py"
    text = file.read_text(encoding="utf-8")
    bare = re.sub(r"^c\.HTMLExporter\.\w+ = (?:\{.*?^\}|[^\n]*)\n", "", text, flags=re.M | re.S)
    assert "c.HTMLExporter" in text
    assert "c.HTMLExporter" not in bare
    file.write_text(bare, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def watching(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Run a JupyterLab in a folder, and a browser that has signed in there."""

    @contextmanager
    def watch(folder: Path, *, guarded: bool = True) -> Iterator[Watch]:
        home = tmp_path_factory.mktemp("home")
        if not guarded:
            settings = home / ".jupyter" / "jupyter_server_config.json"
            settings.parent.mkdir()
            off = {"ServerApp": {"jpserver_extensions": {"autograder.server": False}}}
            settings.write_text(json.dumps(off))
        with running_lab(folder, home) as wait:
            address = wait()
            at = urlsplit(address)
            watch = Watch(browser, f"{at.scheme}://{at.netloc}")
            watch.page.goto(address.replace("/lab?", "/api/status?"))
            yield watch
            watch.context.close()

    return watch


def dump(root: Path) -> list[str]:
    with sqlite3.connect(root / "gradebook.db") as book:
        return list(book.iterdump())


def submissions(root: Path) -> dict[str, str]:
    """The id that formgrader's address has for each student's notebook."""
    with gradebook(root) as book:
        return {one.student.id: one.id for one in book.notebook_submissions("scale", "week1")}


def test_nothing_acts_on_any_page_that_shows_a_students_words(
    course: Path, watching: Callable[..., Any]
) -> None:
    before = dump(course)
    ids = submissions(course)
    assert set(ids) == set(STUDENTS)
    with watching(course) as watch:
        for student in STUDENTS:
            page = watch.visit(f"/formgrader/submissions/{ids[student]}/", ready=DRAWN)
            assert page.evaluate("formgrader.loaded"), "nbgrader's own script has started"
            assert page.locator("#notebook-container .cell").count() > 200
        see_lists(watch, course)
        see_files(watch, ids)
        for student in GRADED:
            watch.visit(f"/nbconvert/html/submitted/{student}/week1/scale.ipynb")
            watch.visit(f"/files/feedback/{student}/week1/scale.html")
            watch.visit((course / "feedback" / student / "week1/scale.html").as_uri())
        watch.visit((course / "build/report/week1.html").as_uri())
        assert watch.ran == []
        assert watch.left == []
        assert watch.seen > 150
    assert dump(course) == before
    assert not (course / "stolen").exists()


def see_lists(watch: Watch, root: Path) -> None:
    """Formgrader's lists, and addresses that somebody could be made to click."""
    for address in ("manage_assignments", "manage_submissions/week1", "manage_students"):
        watch.visit(f"/formgrader/{address}", ready="#main-table td:not([colspan])")
    for address in ("gradebook", "gradebook/week1", "gradebook/week1/scale"):
        watch.visit(f"/formgrader/{address}", ready="#main-table td:not([colspan])")
    with gradebook(root) as book:
        everybody = [student.id for student in book.students]
    for student in everybody:
        watch.visit(f"/formgrader/manage_students/{quote(student, safe='')}")
        watch.visit(f"/formgrader/manage_students/{quote(student, safe='')}/week1")
        watch.visit(f"/formgrader/api/student/{quote(student, safe='')}")
    for name in NAMES:
        made = quote(name.replace("/", "\N{FRACTION SLASH}"), safe="")
        for address in ("gradebook/{0}", "gradebook/{0}/{0}", "manage_submissions/{0}", "{0}"):
            watch.visit(f"/formgrader/{address.format(made)}")
    for address in ("students", "submissions/week1", "assignments"):
        watch.visit(f"/formgrader/api/{address}")


def see_files(watch: Watch, ids: dict[str, str]) -> None:
    for name in FILES:
        spelt = quote(name, safe="")
        watch.visit(f"/formgrader/submissions/{ids['trudy']}/{spelt}")
        for folder in ("submitted", "autograded", "feedback"):
            watch.visit(f"/files/{folder}/trudy/week1/{spelt}")
        watch.visit(f"/view/submitted/trudy/week1/{spelt}")


def test_the_policy_alone_keeps_scripts_from_running(
    uncleaned: Path, watching: Callable[..., Any]
) -> None:
    ids = submissions(uncleaned)
    with watching(uncleaned) as watch:
        for student in GRADED:
            page = watch.visit(f"/formgrader/submissions/{ids[student]}/", ready=DRAWN)
            assert page.evaluate("formgrader.loaded"), "nbgrader's own script has started"
        assert watch.ran == []
        assert watch.left == []


def test_with_neither_wall_scripts_do_run(uncleaned: Path, watching: Callable[..., Any]) -> None:
    ids = submissions(uncleaned)
    with watching(uncleaned, guarded=False) as watch:
        watch.visit(f"/formgrader/submissions/{ids['mallory']}/")
        assert watch.ran
        assert watch.left
        watch.forget()
        watch.visit(f"/formgrader/manage_students/{quote(NAMES[2], safe='')}")
        assert watch.ran, "an address ran"
        watch.forget()
        watch.visit(f"/formgrader/submissions/{ids['trudy']}/steal.html")
        assert watch.ran, "a file of a student's ran on the server's own origin"

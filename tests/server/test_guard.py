"""What the server's extension does to a response, asked of a real Jupyter server."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import warnings
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from own_gradebook import copy_config
from sqlalchemy.exc import SAWarning

from autograder.course_tree import CourseTree
from autograder.server.places import Place, place

LISTED = """
import json, sys
from jupyter_server.extension.config import ExtensionConfigManager
from jupyter_core.paths import jupyter_config_path
found = ExtensionConfigManager(read_config_path=jupyter_config_path())
print(json.dumps(found.get_jpserver_extensions()))
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/lab/formgrader/submissions/5", Place.PAGE),
        ("/lab/formgrader/submissions/5/", Place.PAGE),
        ("/lab/formgrader/submissions/5/next_incorrect", Place.PAGE),
        ("/lab/formgrader/submissions/5/nextone.html", Place.FILE),
        ("/lab/formgrader/submissions/5/next/x.html", Place.FILE),
        ("/lab/formgrader/submissions/5/a/b.svg", Place.FILE),
        ("/lab/formgrader/manage_students/%22%3B", Place.PAGE),
        ("/lab/formgrader/api/students", Place.ANSWER),
        ("/lab/formgrader/static/js/formgrade.js", Place.OTHER),
        ("/lab/formgrader", Place.PAGE),
        ("/lab/files/submitted/kim/week1/a.html", Place.FILE),
        ("/lab/files/course/Submitted/kim/a.html", Place.FILE),
        ("/lab/files/x/../autograded/a.html", Place.FILE),
        ("/lab/files/down%6Coaded/a.html", Place.FILE),
        ("/lab//files/submitted/a.html", Place.FILE),
        ("/lab/files/feedback/kim/week1/scale.html", Place.SHOWN),
        ("/lab/nbconvert/html/submitted/kim/week1/scale.ipynb", Place.SHOWN),
        ("/lab/files/source/submitted.html", Place.OTHER),
        ("/lab/files/lecture/plot.html", Place.OTHER),
        ("/lab/lab/tree/submitted/kim", Place.OTHER),
    ],
)
def test_an_address_tells_what_stands_there(path: str, expected: Place) -> None:
    assert place(path, "/lab/") is expected


def test_a_course_may_call_its_folders_otherwise() -> None:
    assert place("/files/abgegeben/kim/a.html", "/", {"abgegeben"}) is Place.FILE
    assert place("/files/abgegeben/kim/a.html", "/") is Place.OTHER


def test_the_installed_package_enables_the_extension() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LISTED], capture_output=True, text=True, check=True
    )
    listed = json.loads(done.stdout)
    assert listed["autograder.server"] is True
    assert listed["nbgrader.server_extensions.formgrader"] is True


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two courses with what a student handed in, side by side."""
    root = tmp_path_factory.mktemp("server")
    for name in ("first", "second"):
        copied = CourseTree(root / name)
        copied.root.mkdir()
        copy_config(copied.root)
        for folder in ("submitted", "feedback"):
            place_of = copied.root / folder / "kim"
            place_of.mkdir(parents=True)
            for kind in ("html", "svg", "pdf", "zip", "png"):
                (place_of / f"a.{kind}").write_text("<script>1</script>", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def server(courses: Path) -> Iterator[str]:
    """A server that was started above both courses, in neither of them."""
    home = courses / "home"
    home.mkdir()
    with (home / "log").open("wb") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", "--no-browser", "--port=0", "--allow-root",
             "--IdentityProvider.token=t", f"--ServerApp.root_dir={courses}"],
            cwd=courses,
            env={"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8",
                 "JUPYTER_RUNTIME_DIR": str(home / "runtime")},
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield _address(running, home)
    finally:
        running.terminate()
        running.wait(30)


def _address(running: "subprocess.Popen[bytes]", home: Path) -> str:
    limit = time.monotonic() + 120
    while time.monotonic() < limit and running.poll() is None:
        for file in home.glob("runtime/jpserver-*.json"):
            try:
                address = str(json.loads(file.read_text(encoding="utf-8"))["url"])
                ask(address, "api/status")
            except (ValueError, urllib.error.URLError):
                continue  # half written, or not listening yet
            return address
        time.sleep(0.1)  # a file appears: nothing to wait on but the clock
    raise AssertionError((home / "log").read_text(errors="replace")[-3000:])


def ask(server: str, path: str) -> tuple[dict[str, list[str]], str]:
    """Headers and text of an answer."""
    asked = urllib.request.Request(server + path, headers={"Authorization": "token t"})  # noqa: S310 # ours
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 # ours
            return _read(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return _read(refused)


def _read(answer: object) -> tuple[dict[str, list[str]], str]:
    headers = {key: answer.headers.get_all(key) for key in answer.headers}  # type: ignore[attr-defined]
    return headers, answer.read().decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["html", "svg"])
def test_a_file_of_a_student_is_shown_as_its_text(server: str, kind: str) -> None:
    headers, text = ask(server, f"files/first/submitted/kim/a.{kind}")
    assert headers["Content-Type"] == ["text/plain; charset=utf-8"]
    assert headers["X-Content-Type-Options"] == ["nosniff"]
    assert any("sandbox" in one and "default-src 'none'" in one
               for one in headers["Content-Security-Policy"])  # fmt: skip
    assert text == "<script>1</script>"


@pytest.mark.parametrize("kind", ["pdf", "zip"])
def test_what_a_browser_would_hand_on_is_kept_as_a_file(server: str, kind: str) -> None:
    headers, _ = ask(server, f"files/first/submitted/kim/a.{kind}")
    assert headers["Content-Disposition"][0].startswith("attachment")


def test_pictures_and_feedback_are_shown(server: str) -> None:
    headers, _ = ask(server, "files/first/submitted/kim/a.png")
    assert headers["Content-Type"] == ["image/png"]
    assert "Content-Disposition" not in headers
    headers, _ = ask(server, "files/first/feedback/kim/a.html")
    assert headers["Content-Type"] == ["text/html"]
    assert any("sandbox" in one and "allow-scripts" not in one
               for one in headers["Content-Security-Policy"])  # fmt: skip


def test_each_page_of_formgrader_has_a_nonce_that_its_own_scripts_carry(server: str) -> None:
    seen = set()
    for _ in range(2):
        headers, text = ask(server, "formgrader/manage_students")
        [policy] = [one for one in headers["Content-Security-Policy"] if "nonce-" in one]
        nonce = re.search("'nonce-([^']+)'", policy)
        assert nonce is not None
        scripts = re.findall("<script([^>]*)>", text)
        assert len(scripts) > 5
        assert all(f'nonce="{nonce[1]}"' in script for script in scripts)
        assert headers["Cache-Control"] == ["no-store"]
        seen.add(nonce[1])
    assert len(seen) == 2


def test_a_name_in_an_address_stays_a_name(server: str) -> None:
    name = urllib.parse.quote('";steal();//</script><script>', safe="")
    _, text = ask(server, f"formgrader/manage_students/{name}")
    assert ";steal();" in text
    assert '";steal();' not in text
    assert "</script><script>" not in text


def test_what_scripts_read_is_no_page(server: str) -> None:
    headers, _ = ask(server, "formgrader/api/students")
    assert headers["Content-Type"] == ["text/plain; charset=utf-8"]
    assert "default-src 'none'; sandbox" in headers["Content-Security-Policy"]


@pytest.fixture(scope="module")
def submission(server: str, courses: Path) -> str:
    """The address of a submission in a course that was opened after the server had started."""
    root = courses / "first"
    answer = new_markdown_cell("Because. <script>steal()</script> $x_1$")
    file = root / "autograded/kim/week1/scale.ipynb"
    file.parent.mkdir(parents=True)
    nbformat.write(new_notebook(cells=[answer]), file)
    with pytest.MonkeyPatch.context() as patch:
        # nbgrader starts `alembic` by its bare name when it makes a gradebook
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        Gradebook(f"sqlite:///{root / 'gradebook.db'}").close()
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        book.add_assignment("week1")
        book.add_notebook("scale", "week1")
        book.add_student("kim", first_name="<b>Min</b>")
        with warnings.catch_warnings():
            # nbgrader's own order of doing things
            warnings.simplefilter("ignore", SAWarning)
            book.add_submission("week1", "kim")
        [found] = book.notebook_submissions("scale", "week1")
        address = f"formgrader/submissions/{found.id}/"
    ask(server, f"formgrader?path={urllib.parse.quote(str(root))}")
    return address


def test_a_course_that_is_opened_later_has_its_own_settings(server: str, submission: str) -> None:
    _, text = ask(server, submission)
    assert "Because." in text
    assert "<script>steal()" not in text
    assert "<math" in text, "formulas are made when the page is"


def test_a_submission_whose_file_is_gone_says_so(
    server: str, submission: str, courses: Path
) -> None:
    file = courses / "first/autograded/kim/week1/scale.ipynb"
    moved = file.rename(file.with_suffix(".moved"))
    headers, text = ask(server, submission)
    moved.rename(file)
    assert "Submission notebook file not found" in text
    assert any("nonce-" in one for one in headers["Content-Security-Policy"])

"""What lies beside a notebook is neither opened nor copied by the real `nbgrader autograde`."""

import json
import os
import shutil
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from own_gradebook import copy_config, release

from autograder.course_tree import CourseTree
from autograder.release.build import build

ROOT = Path(__file__).resolve().parents[2]
Command = Callable[..., subprocess.CompletedProcess[str]]
SECRET = "a line of the instructor's own"  # noqa: S105 # no password
ANSWERS = {
    "double": "def double(X):\n    return 2 * X\n",
    "row_sums": "def row_sums(X):\n    return X.sum(1)\n",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course, built and released, and a notebook to hand in."""
    root = tmp_path_factory.mktemp("beside") / "course"
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", root)
    copy_config(root)
    (root / "course").symlink_to(ROOT / "course")
    text = root / "source/week1/scale.py"
    # no picture: this is about files
    head, tail = text.read_text(encoding="utf-8").split("# %% show=")
    text.write_text(head + "# %% [markdown] manual=" + tail.split("manual=")[1], encoding="utf-8")
    build(CourseTree(root))
    release(root, "week1")
    (root / "secret.txt").write_text(SECRET, encoding="utf-8")
    return root


def answered(course: Path) -> str:
    notebook = json.loads((course / "release/week1/scale.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = ANSWERS.get(name, cell["source"])
    return json.dumps(notebook)


def file_link(folder: Path) -> None:
    (folder / "data.csv").symlink_to(folder.parents[2] / "secret.txt")
    (folder / "answers.py.txt").symlink_to("../../../source/week1/scale.ipynb")
    (folder / "lost").symlink_to("nowhere")
    (folder / "round").symlink_to("round")


def folder_link(folder: Path) -> None:
    (folder / "course").symlink_to(folder.parents[2] / "source")
    (folder / "all").symlink_to("/")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "data.csv")
    (folder / "sub").mkdir()
    os.mkfifo(folder / "sub" / "data.csv")


def listening(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "s"))


def endless(folder: Path) -> None:
    (folder / "zero.bin").symlink_to("/dev/zero")
    if os.geteuid() == 0:
        try:
            os.mknod(folder / "zero", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
        except PermissionError:
            pytest.skip("no device may be made here")


def hard_link(folder: Path) -> None:
    os.link(folder.parents[2] / "secret.txt", folder / "data.csv")


def huge(folder: Path) -> None:
    for name in ("data.csv", "data.bin"):
        with (folder / name).open("wb") as file:
            file.truncate(2**39)


def pages(folder: Path) -> None:
    (folder / "evil.html").write_text("<script>alert(1)</script>", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "evil.svg").write_text("<svg/>", encoding="utf-8")


def many(folder: Path) -> None:
    for number in range(3000):
        (folder / f"{number}.txt").touch()


def endless_time(folder: Path) -> None:
    (folder / "timestamp.txt").symlink_to("/dev/zero")


def time_in_a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "timestamp.txt")


def no_time(folder: Path) -> None:
    (folder / "timestamp.txt").write_text("yesterday", encoding="utf-8")


def a_time(folder: Path) -> None:
    (folder / "timestamp.txt").write_text("2026-03-02 10:00:00 UTC", encoding="utf-8")


def secret_of_the_exchange(folder: Path) -> None:
    (folder / "submission_secret.txt").write_text("7fb2", encoding="utf-8")


def secret_link(folder: Path) -> None:
    (folder / "submission_secret.txt").symlink_to(folder.parents[2] / "secret.txt")


def huge_secret(folder: Path) -> None:
    with (folder / "submission_secret.txt").open("wb") as file:
        file.truncate(2**39)


BESIDE = {
    one.__name__: one
    for one in (
        file_link,
        folder_link,
        pipe,
        listening,
        endless,
        hard_link,
        huge,
        pages,
        many,
        endless_time,
        time_in_a_pipe,
        no_time,
        a_time,
        secret_of_the_exchange,
        secret_link,
        huge_secret,
    )
}


@pytest.fixture
def submitted(course: Path) -> Iterator[Path]:
    """Where hand-ins go, emptied before and after."""
    for name in ("submitted", "autograded"):
        shutil.rmtree(course / name, ignore_errors=True)
        (course / name).mkdir()
    yield course / "submitted"
    shutil.rmtree(course / "submitted")


def hand_in(submitted: Path, student: str) -> Path:
    folder = submitted / student / "week1"
    folder.mkdir(parents=True)
    (folder / "scale.ipynb").write_text(answered(submitted.parent), encoding="utf-8")
    return folder


def scores(course: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course}/gradebook.db", "deep_learning_basics") as book:
        found = {one.student.id: one.score for one in book.assignment_submissions("week1")}
    return {name: score for name, score in found.items() if (course / "autograded" / name).exists()}


def test_nothing_beside_a_notebook_is_opened_or_copied(
    course: Path, submitted: Path, command: Command
) -> None:
    hand_in(submitted, "plain")
    for name, put in BESIDE.items():
        put(hand_in(submitted, name))
    done = command("nbgrader", "autograde", "week1", cwd=course)
    assert done.returncode == 0, done.stderr[-3000:]
    copied = {
        path.relative_to(course / "autograded").as_posix()
        for path in (course / "autograded").rglob("*")
        if not path.is_dir() or path.is_symlink()
    }
    notebooks = {f"{name}/week1/scale.ipynb" for name in ("plain", *BESIDE)}
    assert copied == {
        *notebooks,
        "a_time/week1/timestamp.txt",
        "secret_of_the_exchange/week1/submission_secret.txt",
    }
    assert scores(course) == {name: scores(course)["plain"] for name in ("plain", *BESIDE)}
    assert scores(course)["plain"] > 1
    assert "submitted/no_time/week1/timestamp.txt holds no time of no_time: 'yesterday'" in (
        done.stderr
    )
    # and no trace of what nbgrader was shown instead
    again = command("nbgrader", "autograde", "week1", "--force", cwd=course)
    assert again.returncode == 0, again.stderr[-3000:]


def test_what_the_exchange_gives_feedback_back_by_is_kept_by_autograder_grade_too(
    course: Path, submitted: Path, command: Command
) -> None:
    for put in (secret_of_the_exchange, secret_link):
        put(hand_in(submitted, put.__name__))
    done = command("autograder", "grade", "week1", cwd=course)
    assert done.returncode == 0, done.stderr[-3000:]
    [kept] = (course / "autograded").rglob("submission_secret.txt")
    assert kept.parent.parent.name == "secret_of_the_exchange"
    assert kept.read_text(encoding="utf-8") == "7fb2"


def test_who_is_no_student_is_passed_over_by_name_and_others_are_graded(
    course: Path, submitted: Path, command: Command
) -> None:
    hand_in(submitted, "bob")
    hand_in(submitted, "bоb")
    hand_in(submitted, "alice\u3164")
    (submitted / "linked").symlink_to("bob")
    (submitted / "half").mkdir()
    (submitted / "half" / "week1").symlink_to(course / "source" / "week1")
    piped = hand_in(submitted, "piped") / "scale.ipynb"
    piped.unlink()
    os.mkfifo(piped)
    answers = hand_in(submitted, "answers") / "scale.ipynb"
    answers.unlink()
    answers.symlink_to(course / "source/week1/scale.ipynb")
    done = command("nbgrader", "autograde", "week1", cwd=course)
    assert done.returncode == 0, done.stderr[-3000:]
    graded = {path.name for path in (course / "autograded").iterdir()}
    assert graded == {"bob", "piped", "answers"}
    found = scores(course)
    assert (found["piped"], found["answers"]) == (0, 0)
    assert found["bob"] > 1
    for words in ("U+043E CYRILLIC SMALL LETTER O", "U+3164 HANGUL FILLER", "'linked' is a link"):
        assert words in done.stderr
    alone = command("nbgrader", "autograde", "week1", "--student", "bоb", cwd=course)
    assert alone.returncode != 0
    assert "U+043E CYRILLIC SMALL LETTER O" in alone.stderr

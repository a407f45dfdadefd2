"""From a student's zip to a grade: the real `nbgrader zip_collect`, the real grader."""

import json
import os
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import ZipCollectApp

from autograder.authoring.load import load
from autograder.course_tree import CourseTree
from autograder.demo.answers import reference, solutions
from autograder.intake.read import find_submissions
from course.commands.line import main as course

Command = Callable[..., subprocess.CompletedProcess[str]]
KOREAN = "홍길동"
NFD = unicodedata.normalize("NFD", KOREAN)


@pytest.fixture
def own(whole: CourseTree, tmp_path: Path) -> CourseTree:
    """A copy of the small course to write into."""
    root = tmp_path / "class"
    shutil.copytree(whole.root, root, symlinks=True)
    return CourseTree(root)


def solved(tree: CourseTree, marker: str = "") -> bytes:
    """The released notebook with the right answers."""
    [path] = tree.notebooks()
    answers = {
        cell.grade_id: reference(cell) for cell in solutions(load(path, tree.root / "course"))
    }
    notebook = json.loads(path.release.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(name, cell["source"])
    notebook["metadata"]["marker"] = marker
    return json.dumps(notebook).encode()


def handed_in(tree: CourseTree, name: str, entries: dict[str, bytes], year: int = 2026) -> Path:
    """A zip as the learning platform hands it out."""
    folder = tree.root / "downloaded" / "week1" / "archive"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / name, "w") as archive:
        for inside, content in entries.items():
            archive.writestr(zipfile.ZipInfo(inside, (year, 3, 9, 9, 0, 0)), content)
    return folder / name


def later(path: Path, seconds: float) -> Path:
    """Let a file have come from the platform so much later."""
    when = path.stat().st_mtime + seconds
    os.utime(path, (when, when))
    return path


def gradebook(tree: CourseTree) -> Gradebook:
    """The gradebook of the small course."""
    return Gradebook(f"sqlite:///{tree.root}/gradebook.db", "deep_learning_basics")


def enter(tree: CourseTree, *students: tuple[str, str, str]) -> None:
    """Import a roster of ids, first and last names."""
    with gradebook(tree) as book:
        for student, first, last in students:
            book.add_student(student, first_name=first, last_name=last)


def submitted(tree: CourseTree) -> dict[str, bytes]:
    root = tree.root / "submitted"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.ipynb")}


def collect(tree: CourseTree, monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    """Do what `nbgrader zip_collect week1` does, in this process: starting one takes seconds."""
    monkeypatch.chdir(tree.root)
    app = ZipCollectApp()
    app.initialize(["week1", *words])
    app.start()


def test_what_submit_packs_is_collected(
    own: CourseTree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(own, tmp_path, monkeypatch)
    collect(own, monkeypatch)
    assert submitted(own) == {f"{KOREAN}/week1/scale.ipynb": solved(own)}
    [found], refused = find_submissions(own.root / "submitted", "week1")
    assert (found.student, refused) == (KOREAN, [])


@pytest.mark.whole_course
def test_what_submit_packs_is_graded(
    own: CourseTree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    pack(own, tmp_path, monkeypatch)
    for words in (
        ("nbgrader", "generate_assignment", "week1"),
        ("nbgrader", "zip_collect", "week1"),
        ("autograder", "grade", "week1"),
    ):
        done = command(*words, cwd=own.root)
        assert done.returncode == 0, done.stdout + done.stderr
    with Gradebook(f"sqlite:///{own.root}/gradebook.db") as gradebook:
        assert gradebook.find_submission("week1", KOREAN).score == 4.5


def pack(own: CourseTree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a student submit, and a learning platform rename what they upload."""
    desk = tmp_path / "내 문서" / "week1"
    desk.mkdir(parents=True)
    (desk / "scale.ipynb").write_bytes(solved(own))
    monkeypatch.chdir(desk.parent)
    assert course(["submit", "week1", "--student", NFD]) == 0
    [packed] = desk.parent.glob("*.zip")
    archive = own.root / "downloaded/week1/archive"
    archive.mkdir(parents=True)
    shutil.copy(packed, archive / f"{NFD}_8231_assignsubmission_file_week1 (1).zip")


def test_odd_names_are_understood_and_damage_hurts_nobody_else(
    own: CourseTree, command: Command
) -> None:
    right, early = solved(own), solved(own, "early")
    path = "week1/scale.ipynb"
    # as macOS packs it
    shadow = {f"__MACOSX/{NFD}/week1/._scale.ipynb": b"\0"}
    handed_in(own, f"{NFD}_1_finder.zip", {f"{NFD}/{path}": right, **shadow})
    # as a Korean Windows packs it: its own encoding, and no word about it
    windows = handed_in(own, "김철수_2_windows.zip", {f"XXXXXX/{path}": right})
    windows.write_bytes(windows.read_bytes().replace(b"XXXXXX", "김철수".encode("cp949")))
    handed_in(own, "Kim Su_3_space.zip", {f"Kim Su/{path}": right})
    handed_in(own, "u1_4_copy.zip", {"u1/week1/scale (1).ipynb": right})
    handed_in(own, "u2_5_copy.zip", {"u2/week1/scale - 복사본.ipynb": right})
    # handed in twice, and the name of the zip says nothing of which is newer
    later(handed_in(own, "u3_6_a new.zip", {f"u3/{path}": right}), 60)
    handed_in(own, "u3_7_z old.zip", {f"u3/{path}": early})
    # the folder of the id is the zip itself
    handed_in(own, "20231234.zip", {path: right})
    # a zip in the zip
    inner = handed_in(own, "inner.zip", {f"u4/{path}": right})
    handed_in(own, "u4_8_all.zip", {"mine/inner.zip": inner.read_bytes()})
    inner.unlink()
    # the platform's folder, and the student's of its own making
    folder = own.root / "downloaded/week1/archive/u 5/week1"
    folder.mkdir(parents=True)
    (folder / "scale.ipynb").write_bytes(right)
    # what cannot be taken
    handed_in(own, "u9_9_other week.zip", {"u9/week2/scale.ipynb": right})
    handed_in(own, "out.zip", {f"../../../../submitted/evil/{path}": right, f"/evil/{path}": right})
    handed_in(own, "bidi.zip", {f"\u202eabc/{path}": right})
    handed_in(own, "no folder.zip", {"scale.ipynb": right})
    link = zipfile.ZipInfo(f"linked/{path}")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(own.root / "downloaded/week1/archive/link.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    damaged = handed_in(own, "damaged.zip", {f"u6/{path}": right})
    damaged.write_bytes(damaged.read_bytes()[:200])
    (own.root / "downloaded/week1/archive/letter.hwp").write_bytes(b"dear teacher")
    (own.root / "downloaded/week1/archive/u7_10_scale.ipynb").write_bytes(right)

    done = command("nbgrader", "zip_collect", "week1", cwd=own.root)
    assert done.returncode == 0, done.stderr
    students = [KOREAN, "김철수", "Kim_Su", "u1", "u2", "u3", "20231234", "u4", "u_5"]
    assert submitted(own) == {f"{name}/{path}": right for name in students}
    left = done.stderr.partition("NOT COLLECTED (8):")[2]
    for named in (
        "u9_9_other week.zip",
        "out.zip",
        "bidi.zip",
        "no folder.zip",
        "link.zip",
        "damaged.zip",
        "letter.hwp",
        "u7_10_scale.ipynb",
    ):
        assert f"\n  {named}\n" in left
    assert "u3 handed scale.ipynb in again later: u3_6_a new.zip" in done.stderr
    assert not (own.root / "submitted/evil").exists()


def test_collecting_again_takes_the_later_hand_in(
    own: CourseTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    # what the student's zip says of its own time is not asked
    handed_in(own, "u1.zip", {"u1/week1/scale.ipynb": solved(own, "first")}, year=2100)
    collect(own, monkeypatch)
    again = handed_in(own, "u1 (1).zip", {"u1/week1/scale.ipynb": solved(own, "second")}, year=2020)
    later(again, 60)
    collect(own, monkeypatch, "--force")
    assert submitted(own) == {"u1/week1/scale.ipynb": solved(own, "second")}


@pytest.mark.parametrize("wrapped", [False, True], ids=["as_it_is", "in_a_folder"])
def test_the_download_of_the_class_is_opened_and_its_first_level_is_the_platforms(
    own: CourseTree, monkeypatch: pytest.MonkeyPatch, wrapped: bool
) -> None:
    right = solved(own)
    inner = handed_in(own, "inner.zip", {"mine/week1/scale.ipynb": right})
    content = {
        "u1/week1/scale.ipynb": right,
        "Kim Su_8231_assignsubmission_file_/hw.zip": inner.read_bytes(),
        "lee_12_34_hw.zip": inner.read_bytes(),
    }
    inner.unlink()
    top = "submissions/" if wrapped else ""
    handed_in(
        own, "submissions.zip", {f"{top}{name}": text for name, text in content.items()}, year=2025
    )
    enter(own, ("u1", "", ""), ("20231234", "Su", "Kim"), ("20235678", "", ""), ("2024", "", "Lee"))
    with gradebook(own) as book:
        book.update_or_create_student("20235678", email="lee@uni.ac.kr")
    collect(own, monkeypatch)
    assert set(submitted(own)) == {
        "u1/week1/scale.ipynb",
        "20231234/week1/scale.ipynb",
        "20235678/week1/scale.ipynb",
    }

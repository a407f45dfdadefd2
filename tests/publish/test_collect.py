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
    handed_in(own, "finder.zip", {f"{NFD}/{path}": right, **shadow})
    # as a Korean Windows packs it: its own encoding, and no word about it
    windows = handed_in(own, "windows.zip", {f"XXXXXX/{path}": right})
    windows.write_bytes(windows.read_bytes().replace(b"XXXXXX", "김철수".encode("cp949")))
    handed_in(own, "space.zip", {f"Kim Su/{path}": right})
    handed_in(own, "copy.zip", {"u1/week1/scale (1).ipynb": right})
    handed_in(own, "korean copy.zip", {"u2/week1/scale - 복사본.ipynb": right})
    # handed in twice, and the name of the zip says nothing of which is newer
    handed_in(own, "a new.zip", {f"u3/{path}": right}, year=2027)
    handed_in(own, "z old.zip", {f"u3/{path}": early}, year=2025)
    # the folder of the id is the zip itself
    handed_in(own, "20231234.zip", {path: right})
    # a platform's zip of zips
    inner = handed_in(own, "inner.zip", {f"u4/{path}": right})
    handed_in(own, "all.zip", {"u4_late/inner.zip": inner.read_bytes()})
    inner.unlink()
    # what cannot be taken
    handed_in(own, "other week.zip", {"u5/week2/scale.ipynb": right})
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

    done = command("nbgrader", "zip_collect", "week1", cwd=own.root)
    assert done.returncode == 0, done.stderr
    students = [KOREAN, "김철수", "Kim_Su", "u1", "u2", "u3", "20231234", "u4"]
    assert submitted(own) == {f"{name}/{path}": right for name in students}
    for named in ("damaged.zip", "letter.hwp", "link.zip", "Several files for scale of student u3"):
        assert named in done.stderr
    assert not (own.root / "submitted/evil").exists()


def test_collecting_again_takes_the_newer_files(
    own: CourseTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in(own, "one.zip", {"u1/week1/scale.ipynb": solved(own, "first")})
    collect(own, monkeypatch)
    handed_in(own, "two.zip", {"u1/week1/scale.ipynb": solved(own, "second")}, year=2028)
    os.utime(own.root / "downloaded/week1/archive/one.zip")
    collect(own, monkeypatch, "--force")
    assert submitted(own) == {"u1/week1/scale.ipynb": solved(own, "second")}

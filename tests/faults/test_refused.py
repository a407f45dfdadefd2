"""What the machine refuses is told in one line with its mend, and the next run completes."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from classroom import Classroom, locked

from autograder.errors import GraderError
from autograder.examiner.results import CellResult, NotebookResult, Status
from autograder.grading.gradebook import open_book
from autograder.grading.job import Graded, GradedNotebook
from autograder.grading.mishaps import told_of_the_disk

AGAIN = "run the command again: it goes on where it stopped"
IS_ROOT = os.geteuid() == 0


def graded(student: str, points: float) -> Graded:
    tests = (
        "test_double",
        "test_double_integers",
        "test_row_sums",
        "test_row_sums_refuses_vectors",
    )
    results = tuple(CellResult(name, points, 9.0, Status.PASSED) for name in tests)
    return Graded(student, "", "", {"scale": GradedNotebook(NotebookResult(results), "")})


@pytest.mark.slow
def test_a_gradebook_that_another_program_holds_is_waited_for(
    classroom: Classroom, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_book(classroom.root) as book:
        book.record("small", graded("amy", 0.0))
        # SQLite itself gives up after 5 s
        with locked(classroom.root / "gradebook.db", seconds=6.5):
            book.record("small", graded("amy", 1.0))
            book.record("small", graded("s00", 0.5))
    assert classroom.scores() == {"amy": [1.0] * 4, "s00": [0.5] * 4}
    assert capsys.readouterr().err == "another program holds the gradebook; waiting 300 s\n"


@pytest.mark.whole_course
def test_a_gradebook_that_is_held_for_a_minute_costs_a_minute_and_nothing_else(
    classroom: Classroom,
) -> None:
    with locked(classroom.root / "gradebook.db", seconds=60):
        began = time.monotonic()
        assert classroom.grade() == 0
        assert time.monotonic() - began > 55
    said = classroom.errors.read_text("utf-8")
    assert said == "another program holds the gradebook; waiting 300 s\n"
    classroom.assert_all_right()


@pytest.mark.slow
def test_a_gradebook_that_is_held_for_too_long_is_told(classroom: Classroom) -> None:
    with (
        locked(classroom.root / "gradebook.db", seconds=60),
        pytest.raises(GraderError) as caught,
        open_book(classroom.root, patience=0.5),
    ):
        pass
    assert str(caught.value) == (
        "another program holds the gradebook; "
        f"close it (formgrader, another run, a database browser) and {AGAIN}"
    )


@pytest.mark.slow
def test_a_gradebook_that_is_none_is_told(classroom: Classroom) -> None:
    (classroom.root / "gradebook.db").write_bytes(b"no database" * 1000)
    with pytest.raises(GraderError, match="the gradebook is damaged; put back a copy"):
        open_book(classroom.root).__enter__()


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A file system of its own, in memory."""
    if not IS_ROOT:
        pytest.skip("needs root, to mount a small disk")
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        # what reads a file there may still be ending
        subprocess.run(["umount", "--lazy", place], check=True)


@pytest.mark.slow
def test_a_full_disk_is_told_with_the_file(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "64k") as disk:
        (disk / "a").mkdir()
        with pytest.raises(GraderError) as caught, told_of_the_disk():
            (disk / "a" / "b").write_bytes(bytes(100_000))
        assert str(caught.value) == f"the disk is full; make room and {AGAIN}"
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with (
            pytest.raises(GraderError, match=r"small/a/c: the disk is read-only"),
            told_of_the_disk(),
        ):
            (disk / "a" / "c").touch()


@pytest.mark.whole_course
def test_on_a_full_disk_the_run_ends_with_a_remedy_and_the_next_completes(
    classroom: Classroom,
) -> None:
    with small_disk(classroom.root.parent / "small", "8m") as disk:
        other = Classroom.__new__(Classroom)
        other.__dict__.update(classroom.__dict__)
        other.root = disk / "course"
        shutil.copytree(classroom.root, other.root, symlinks=True)
        ballast = disk / "ballast"
        for spare in (100_000, 40_000, 4_000):
            space = os.statvfs(disk)
            with ballast.open("ab") as file:
                file.write(bytes(max(0, space.f_bavail * space.f_bsize - spare)))
            code = other.grade()
            assert code == 1
            said = other.errors.read_text("utf-8")
            assert said.endswith(f"the disk is full; make room and {AGAIN}\n")
            assert "Traceback" not in said
            ballast.unlink()
        assert other.grade() == 0
        other.assert_all_right()


@contextmanager
def read_only(file: Path) -> Iterator[None]:
    """A file that this user may not write; root may write any, so its disk is read-only."""
    if IS_ROOT:
        subprocess.run(["mount", "--bind", file, file], check=True)
        subprocess.run(["mount", "-o", "remount,ro,bind", file], check=True)
    else:
        file.chmod(0o444)
    try:
        yield
    finally:
        if IS_ROOT:
            subprocess.run(["umount", "--lazy", file], check=True)
        else:
            file.chmod(0o644)


@pytest.mark.whole_course
def test_scores_that_a_read_only_gradebook_refused_are_there_after_the_next_run(
    classroom: Classroom,
) -> None:
    classroom.answer("amy", "doubled = 2.0", "doubled = 3.0")
    assert classroom.grade() == 0
    assert sum(classroom.scores()["amy"]) == 1.5  # type: ignore[arg-type]
    # handed in once more: the gradebook has scores already, and they are old
    classroom.answer("amy", "doubled = 3.0", "doubled = 2.0")
    shutil.rmtree(classroom.root / "autograded" / "s00")
    with read_only(classroom.root / "gradebook.db"):
        assert classroom.grade() == 1
        said = classroom.errors.read_text("utf-8")
        assert said == (
            "error: the gradebook is read-only; give yourself the right to write gradebook.db "
            f"and its folder and {AGAIN}\n"
        )
    assert classroom.grade() == 0
    assert "changed  amy  scale.test_double  0 → 1" in classroom.output
    classroom.assert_all_right()

"""One class with every broken file: each gets its score and its reason, and nobody else suffers."""

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from classroom import POINTS, STUDENTS, Classroom

from autograder.intake.read import find_submissions

# not yet measured on a quiet machine: until then `make test-all` runs them
pytestmark = pytest.mark.whole_course


def deep(file: Path) -> None:
    """Nested 200 deep where nobody looks: valid, if strange."""
    text = json.dumps({**json.loads(file.read_text("utf-8")), "metadata": {"deep": "DEEP"}})
    file.write_text(text.replace('"DEEP"', "[" * 200 + "]" * 200), encoding="utf-8")


def large(file: Path) -> None:
    """100 MB that are really there."""
    with file.open("wb") as out:
        for _ in range(100):
            out.write(b" " * 2**20)


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40])


def other_name(file: Path) -> None:
    file.rename(file.with_name("scale (1)\u202e.ipynb"))


def other_case(file: Path) -> None:
    file.rename(file.with_name("Scale.ipynb"))


def of_the_future(file: Path) -> None:
    """Handed in, says the clock, in ten years."""
    then = time.time() + 10 * 365 * 86400
    for path in (file, file.parent / "timestamp.txt", file.parent, file.parent.parent):
        os.utime(path, (then, then))


def time_of_the_future(file: Path) -> None:
    (file.parent / "timestamp.txt").write_text("2099-01-01 00:00:00 UTC", encoding="utf-8")


def no_files(file: Path) -> None:
    for path in file.parent.iterdir():
        path.unlink()


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def loop(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.name)


# what is done to a file, what it scores, and what its student reads
BROKEN: dict[str, tuple[Callable[[Path], None], float, str]] = {
    "s00": (deep, POINTS, ""),
    "s01": (large, 0.0, "larger than 20 MB"),
    "s02": (cut_off, 0.0, "damaged"),
    "s03": (other_name, 0.0, "not handed in"),
    "s04": (other_case, 0.0, "not handed in"),
    "s05": (of_the_future, POINTS, ""),
    "s06": (time_of_the_future, POINTS, ""),
    "s07": (no_files, 0.0, "not handed in"),
    "s08": (folder, 0.0, "not a regular file"),
    "s09": (loop, 0.0, "a link or cannot be opened"),
}


def test_every_broken_file_costs_its_student_only_and_says_why(classroom: Classroom) -> None:
    for name, (spoil, _, _) in BROKEN.items():
        spoil(classroom.root / "submitted" / name / "small" / "scale.ipynb")
    for name in STUDENTS[len(BROKEN) + 1 :]:
        shutil.rmtree(classroom.root / "submitted" / name)
    assert classroom.grade() == 0
    results = classroom.results()
    assert set(results) == {"amy", *BROKEN}
    scores = {name: sum(given) for name, given in classroom.scores().items()}  # type: ignore[arg-type]
    assert scores == {"amy": POINTS} | {name: points for name, (_, points, _) in BROKEN.items()}
    for name, (_, _, said) in BROKEN.items():
        told = " ".join(test["output"] for test in results[name]["tests"])  # type: ignore[attr-defined]
        assert (said in told) if said else (not told.strip()), (name, told)
    assert classroom.errors.read_text("utf-8").splitlines() == [
        "s03: scale.ipynb is missing; is it 'scale (1)\\u202e.ipynb'?",
        "s04: scale.ipynb is missing; is it 'Scale.ipynb'?",
    ]


def test_a_folder_that_cannot_be_opened_is_passed_over_and_named(classroom: Classroom) -> None:
    submitted = classroom.root / "submitted"
    (submitted / "s00").chmod(0o600)
    user = os.geteuid()
    if user == 0:
        # root opens everything
        os.seteuid(65534)
    try:
        found, refused = find_submissions(submitted, "small")
    finally:
        os.seteuid(user)
    assert refused == ["'s00' cannot be opened"]
    assert {one.student for one in found} == {*STUDENTS} - {"s00"}


@pytest.mark.whole_course
def test_a_clock_that_went_back_changes_nothing(classroom: Classroom) -> None:
    for name in STUDENTS[3:]:
        shutil.rmtree(classroom.root / "submitted" / name)
    assert classroom.grade() == 0
    # all that was written is newer than now
    then = time.time() + 86400
    for place in ("results", "autograded", "gradebook.db"):
        for path in (classroom.root / place, *(classroom.root / place).rglob("*")):
            os.utime(path, (then, then))
    classroom.answer("amy", "doubled = 2.0", "doubled = 3.0")
    assert classroom.grade() == 0
    assert "3 submissions, 1 to grade" in classroom.output
    assert sum(classroom.scores()["amy"]) == 1.5  # type: ignore[arg-type]
    record = (classroom.root / "results" / "small" / ".last_run").read_text("utf-8")
    assert '"after": 0.0' in record

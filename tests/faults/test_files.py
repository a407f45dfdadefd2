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


def linked(file: Path) -> None:
    """Somebody else's work, by a link."""
    file.unlink()
    file.symlink_to("../../amy/small/scale.ipynb")


def empty(file: Path) -> None:
    file.write_bytes(b"")


def corrupt(file: Path) -> None:
    file.write_bytes(bytes(range(256)) * 40)


def old_format(file: Path) -> None:
    cells = json.loads(file.read_text("utf-8"))["cells"]
    notebook = {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}
    file.write_text(json.dumps(notebook), encoding="utf-8")


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
    "s10": (linked, 0.0, "a link or cannot be opened"),
    "s11": (empty, 0.0, "damaged"),
    "s12": (corrupt, 0.0, "damaged"),
    "s13": (old_format, 0.0, "Open it in JupyterLab and save it"),
}


@pytest.mark.slow
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
    # every one of them is done with, until something else is handed in
    assert classroom.grade("--dry-run") == 0
    assert f"{len(BROKEN) + 1} submissions, 0 to grade" in classroom.output


@pytest.mark.slow
def test_odd_folders_are_passed_over_by_name_and_whoever_lacks_the_assignment_silently(
    classroom: Classroom,
) -> None:
    submitted = classroom.root / "submitted"
    for name in STUDENTS[3:]:
        shutil.rmtree(submitted / name)
    for name in (
        "-rf",
        "=cmd()",
        "two words",
        "e\u0301ve",
        "nul\u202elun",
        "back\\slash",
    ):
        shutil.copytree(submitted / "amy", submitted / name)
    shutil.copytree(submitted / "amy", submitted / "김철수")
    (submitted / "link").symlink_to("amy")
    (submitted / "notes.txt").write_text("no student's", encoding="utf-8")
    # has not handed in this one, or anything
    (submitted / "s01" / "small").rename(submitted / "s01" / "other")
    (submitted / "nothing").mkdir()
    assert classroom.grade() == 0
    assert set(classroom.results()) == {"amy", "s00", "김철수"}
    assert set(classroom.scores()) == {"amy", "s00", "김철수"}
    assert classroom.errors.read_text("utf-8").splitlines() == [
        "passed over: '-rf' cannot be a student's id: it does not begin with a letter or digit",
        "passed over: '=cmd()' cannot be a student's id: "
        "it holds U+003D EQUALS SIGN, U+0028 LEFT PARENTHESIS, U+0029 RIGHT PARENTHESIS",
        "passed over: 'back\\\\slash' cannot be a student's id: it holds U+005C REVERSE SOLIDUS",
        "passed over: 'e\u0301ve' cannot be a student's id: "
        "it is not composed (NFC): U+0301 COMBINING ACUTE ACCENT",
        "passed over: 'link' is a link",
        "passed over: 'nul\\u202elun' cannot be a student's id: "
        "it holds U+202E RIGHT-TO-LEFT OVERRIDE",
        "passed over: 'two words' cannot be a student's id: it holds U+0020 SPACE",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda root: shutil.rmtree(root / "source" / "small"), "small"),
        (lambda root: shutil.rmtree(root / "submitted"), "submitted/*/small"),
    ],
    ids=["no_such_assignment", "nobody_handed_in"],
)
def test_a_missing_assignment_is_told_with_what_to_do_and_nothing_is_written(
    classroom: Classroom, spoil: Callable[[Path], None], told: str
) -> None:
    spoil(classroom.root)
    assert classroom.grade() == 1
    [said] = classroom.errors.read_text("utf-8").splitlines()
    assert said.startswith("error: ")
    assert told in said
    assert not (classroom.root / "results").exists()
    assert not (classroom.root / "autograded").exists()


@pytest.mark.slow
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

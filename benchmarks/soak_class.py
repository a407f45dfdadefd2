"""A course of several assignments, and a class with hostile students and broken files in it."""

import functools
import itertools
import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from hall import Attack, Hall, attacks
from own_gradebook import release

from autograder.course_tree import CourseTree
from autograder.demo.sample_class import Lesson, Student, hand_in, lessons, sample_class
from autograder.release.build import build

ROOT = Path(__file__).resolve().parent.parent
EXAM, SMALL, PLOT, REAL = "week1", "small", "plot", "day01_numpy"
# of a hundred submissions; the attacks are written for the first, the last takes seconds each
SHARES = {EXAM: 40, SMALL: 40, PLOT: 15, REAL: 5}
HOSTILE, CORRUPT = 4, 3
# attacks that use up no time limit but a test's: a soak measures the grader, not its patience
_QUICK = (
    "A02_source_folder", "B01_patched_checks", "B02_equals_everything", "B13_os_exit",
    "C04_not_graded", "C06_duplicate_ids", "C07_deleted_tests", "C13_extra_credit", "C18_nonsense",
    "D01_endless_loop", "D04_allocate", "D05_fork", "D06_print_50_mb", "D07_kill_everybody",
    "D10_write_200_mb", "E03_linked_notebook", "E06_script", "R02_forged_verdict",
    "R12_spam", "R17_kill_by_number", "R18_daemon", "R19_surrogates", "X06_deep_json",
    "X15_deep_cell_type", "X17_large_file", "X18_pipe",
)  # fmt: skip
_KINDS = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission. `points`: what it must score by machine, where that is known."""

    assignment: str
    student: str
    points: float | None


# writes what one student hands in, and says what it must score
Write = Callable[[str], float | None]


def make_course(root: Path) -> Hall:
    """The lesson of the attacks, two small ones, and a day of the real course."""
    hall = Hall(root)
    # what attackers look for; nbgrader makes a real one
    (root / "gradebook.db").unlink()
    (root / "data").symlink_to(ROOT / "data")
    small, plot = ROOT / "benchmarks/small/source/small", ROOT / "tests/fixtures/mini/source/week1"
    for name, source in ((SMALL, small), (PLOT, plot)):
        shutil.copytree(source, root / "source" / name)
        build(CourseTree(root), name)
    for place in ("source", "release"):
        shutil.copytree(ROOT / place / REAL, root / place / REAL)
    for name in SHARES:
        release(root, name)
    return hall


def hand_in_all(hall: Hall, submissions: int) -> list[Entry]:
    """Write that many submissions, every time the same.

    Kinds follow one another in a fixed disorder, so that any part of the class is like any other.
    """
    entries = []
    for name, share in SHARES.items():
        count = max(1, submissions * share // 100)
        hostile = submissions * HOSTILE // 100 if name == EXAM else 0
        corrupt = count * CORRUPT // 100
        taught = lessons(CourseTree(hall.root), name)
        # an endless loop measures a time limit, not a grader
        members = [one for one in sample_class(taught, _KINDS) if "endless" not in one.id]
        writes = [
            *_first(_attacks(hall), hostile),
            *_first(_broken(hall.root, taught, members[0]), corrupt),
            *_first(_honest(hall.root, taught, members), count - hostile - corrupt),
        ]
        random.Random(0).shuffle(writes)  # noqa: S311 # an order, not a secret
        for number, (kind, write) in enumerate(writes):
            student = f"s{number:05d}-{kind}"
            entries.append(Entry(name, student, write(student)))
    return entries


def _first(kinds: list[tuple[str, Write]], count: int) -> list[tuple[str, Write]]:
    return list(itertools.islice(itertools.cycle(kinds), count))


def _honest(root: Path, taught: list[Lesson], members: list[Student]) -> list[tuple[str, Write]]:
    most = sum(lesson.notebook.auto_points for lesson in taught)

    def write(one: Student, points: float | None, student: str) -> float | None:
        hand_in([replace(one, id=student)], taught, root / "submitted")
        return points

    return [
        (kind, functools.partial(write, one, most if kind.startswith("all_right") else None))
        for one in members
        for kind in [one.id.partition("-")[2]]
    ]


def _attacks(hall: Hall) -> list[tuple[str, Write]]:
    def write(attack: Attack, student: str) -> float | None:
        hall.hand_in(student, attack)
        return float(attack.expected["points"])

    by_name = {attack.name: attack for attack in attacks()}
    return [(name, functools.partial(write, by_name[name])) for name in _QUICK]


def _broken(root: Path, taught: list[Lesson], right: Student) -> list[tuple[str, Write]]:
    def write(spoil: Callable[[Path], float | None], student: str) -> float | None:
        hand_in([replace(right, id=student)], taught, root / "submitted")
        for lesson in taught:
            file = root / "submitted" / student / lesson.path.assignment / lesson.path.name
            spoil(file.with_suffix(".ipynb"))
        return 0.0

    return [(spoil.__name__, functools.partial(write, spoil)) for spoil in _SPOIL]


def _cut_off(file: Path) -> None:
    text = file.read_bytes()
    file.write_bytes(text[: len(text) // 2])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _no_text(file: Path) -> None:
    file.write_bytes(bytes(range(256)) * 40)


def _format_3(file: Path) -> None:
    file.write_text(json.dumps({"nbformat": 3, "worksheets": [{"cells": []}]}), encoding="utf-8")


def _not_there(file: Path) -> None:
    file.unlink()


def _other_name(file: Path) -> None:
    file.rename(file.with_name(f"{file.stem} (1).ipynb"))


def _link(file: Path) -> None:
    file.unlink()
    file.symlink_to("/etc/hostname")


def _large(file: Path) -> None:
    with file.open("wb") as hole:
        hole.truncate(100 << 20)


def _nested(file: Path) -> None:
    file.write_text("[" * 100_000, encoding="utf-8")


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


_SPOIL = (
    _cut_off, _empty, _no_text, _format_3, _not_there, _other_name, _link, _large, _nested, _folder
)  # fmt: skip

"""Of several hand-ins of one student the one that counts: by the platform's time, or a person."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.collect.contents import Contents, Found
from autograder.collect.handed_out import HandIn
from autograder.collect.table import Row
from autograder.collect.zip_names import Unreadable
from autograder.intake.read import MAX_BYTES

# zips tell times to two seconds, and files that are copied together are of one moment
_APART = 2.0
_KEEP = "Leave the right one in archive/, move the other away, and collect again."


@dataclass(frozen=True, slots=True)
class Attempt:
    """One hand-in of a student, with the assignment's notebooks in it."""

    hand_in: HandIn
    contents: Contents


class Undecided(Exception):  # noqa: N818 # a verdict, not a bug
    """A person must say which of two counts; holds the row that asks."""

    def __init__(self, row: Row) -> None:
        super().__init__(row.why)
        self.row = row


def chosen(student: str, attempts: Sequence[Attempt]) -> tuple[Mapping[str, bytes], list[Row]]:
    """The notebooks that count, read, and what is to be said of those that do not.

    Raises
    ------
    Undecided
        If it cannot be told which counts, or one that counts cannot be read.
    """
    notebooks: dict[str, bytes] = {}
    rows: list[Row] = []
    for name in sorted({found.name for one in attempts for found in one.contents.found}):
        mine = [one for one in attempts if any(two.name == name for two in one.contents.found)]
        mine.sort(key=lambda one: (one.hand_in.time or 0.0, one.hand_in.shown), reverse=True)
        latest, *others = mine
        notebooks[name] = _of_one(student, latest, name, rows)
        rows += [
            _earlier(student, name, latest.hand_in, other.hand_in)
            for other in others
            if _of_one(student, other, name, []) != notebooks[name]
        ]
    return notebooks, rows


def _earlier(student: str, name: str, latest: HandIn, other: HandIn) -> Row:
    if latest.time is None or other.time is None or latest.time - other.time < _APART:
        raise Undecided(
            Row(
                f"{latest.shown}, {other.shown}",
                f"Both claim {name}.ipynb of {student}, and the platform's times do not tell "
                f"which is later ({_moment(latest)}, {_moment(other)}).",
                _KEEP,
            )
        )
    return Row(
        other.shown,
        f"{student} handed {name}.ipynb in again later: {latest.shown} of {_moment(latest)} "
        f"counts, this one of {_moment(other)} does not.",
        "Nothing, if that is right. Else move the later one away, and collect again.",
        collected=True,
    )


def _moment(hand_in: HandIn) -> str:
    if hand_in.time is None:
        return "a time that cannot be"
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(hand_in.time))


def _of_one(student: str, attempt: Attempt, name: str, rows: list[Row]) -> bytes:
    """The notebook of that name in one hand-in."""
    shown = attempt.hand_in.shown
    same = sorted((one for one in attempt.contents.found if one.name == name), key=_rank)
    first, *others = same
    content = _read(student, shown, first)
    for other in others:
        if _read(student, shown, other) == content:
            continue
        pair = f"{'/'.join(first.path)} and {'/'.join(other.path)}"
        if other.rank == first.rank:
            raise Undecided(Row(shown, f"{pair} differ, and both may be {student}'s.", _KEEP))
        rows.append(
            Row(
                f"{shown} › {'/'.join(other.path)}",
                f"{'/'.join(first.path)} counts for {student}, this one does not.",
                "Look whether that is the right one.",
                collected=True,
            )
        )
    return content


def _rank(found: Found) -> tuple[bool, int]:
    return found.rank


def _read(student: str, shown: str, found: Found) -> bytes:
    try:
        with found.open() as file:
            content = file.read(MAX_BYTES + 1)
        why = f"it is larger than {MAX_BYTES // 2**20} MB" if len(content) > MAX_BYTES else ""
    except (Unreadable, OSError) as error:
        why = str(error)
    if not why:
        return content
    raise Undecided(
        Row(
            f"{shown} › {'/'.join(found.path)}",
            f"It is {student}'s and cannot be taken: {why}.",
            "Ask for it again.",
        )
    )

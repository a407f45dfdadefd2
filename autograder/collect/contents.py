"""Which notebooks of the assignment a hand-in holds."""

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from autograder.collect.archive import Entry, Opener, Unreadable, inside, list_zip
from autograder.collect.handed_out import HandIn, stem
from autograder.collect.identity import COPY
from autograder.intake.read import MAX_BYTES

# of a zip in a student's zip
MAX_NESTED = 50 * 2**20
_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A notebook of the assignment.

    Attributes
    ----------
    name : str
        As it was released, without its ending.
    copy : bool
        Whether its own name is that of a copy: `scale (1).ipynb`.
    path : tuple of str
        Where it lies in what the student packed. It decides nothing but which of two is meant.
    """

    name: str
    copy: bool
    path: tuple[str, ...]
    open: Opener

    @property
    def rank(self) -> tuple[bool, int]:
        """Of two in one hand-in the lower counts."""
        return self.copy, len(self.path)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a hand-in holds; `odd` says what was left, and why."""

    found: tuple[Found, ...]
    odd: tuple[str, ...] = ()

    @property
    def folders(self) -> set[str]:
        """The folders that hold the assignment's."""
        return {one.path[-3] for one in self.found if len(one.path) > 2}


def contents(hand_in: HandIn, assignment: str, released: Collection[str]) -> Contents:
    """Look for the notebooks of the assignment; nothing is unpacked but a zip in a zip.

    Raises
    ------
    Unreadable
        If there is none, or the zip cannot be read.
    """
    odd: list[str] = []
    places = list(_notebooks(hand_in.below, hand_in.suffix, hand_in.open, odd))
    found = []
    for path, opener in places:
        name = unicodedata.normalize("NFC", stem(path[-1])).strip()
        plain = COPY.sub("", name).strip()
        which = next((one for one in (name, plain) if not released or one in released), None)
        if len(path) > 1 and path[-2] == assignment and which is not None:
            found.append(Found(which, which != name, path, opener))
        elif len(path) > 1 and path[-2] == assignment:
            odd.append(f"{'/'.join(path)} has not the name of a released notebook")
    if not found:
        seen = odd or [f"it holds {'/'.join(path)}" for path, _ in places[:3]]
        raise Unreadable(
            "there is no notebook of the assignment in a folder "
            f"{assignment}/: {'; '.join(seen) or 'no notebook at all'}"
        )
    return Contents(tuple(found), tuple(odd))


def _notebooks(
    path: tuple[str, ...], suffix: str, opener: Opener, odd: list[str], depth: int = 0
) -> Iterator[tuple[tuple[str, ...], Opener]]:
    """Every notebook, by its path in what the student packed, and how to open it."""
    if suffix == ".ipynb":
        yield path, opener
        return
    if suffix != ".zip":
        raise Unreadable("it is neither a zip nor a notebook")
    with opener() as file:
        listing = list_zip(file)
    odd += listing.refused
    for entry in listing.entries:
        nested = entry.parts[-1].lower().endswith(".zip")
        if nested and depth + 1 >= _DEPTH:
            odd.append(f"{'/'.join(entry.parts)} is a zip in a zip in a zip")
            continue
        try:
            yield from _notebooks(
                entry.parts,
                ".zip" if nested else ".ipynb",
                inside(opener, entry, MAX_NESTED if nested else MAX_BYTES),
                odd,
                depth + 1,
            )
        except Unreadable as why:
            odd.append(f"{_path(entry)}: {why}")


def _path(entry: Entry) -> str:
    return "/".join(entry.parts)

"""Which notebooks of the assignment a hand-in holds."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from autograder.collect.archive import Entry, Opener, inside, list_zip
from autograder.collect.handed_out import HandIn, stem
from autograder.collect.identity import COPY
from autograder.collect.zip_names import Unreadable
from autograder.intake.read import MAX_BYTES

# A zip in a student's zip, and all of them: the largest notebook and pictures beside it.
MAX_NESTED = 50 * 2**20
MAX_ALL_NESTED = 100 * 2**20
MAX_ZIPS = 10
# Copies of one notebook that are looked at: each is unpacked to see whether they differ.
MAX_COPIES = 10
_DEPTH = 2
_SHOWN = 3


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
    odd: str = ""

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
    search = _Search()
    places = list(search.notebooks(hand_in.below, hand_in.suffix, hand_in.open))
    odd = search.odd
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
        bare = hand_in.suffix == ".ipynb"
        seen = odd or [f"it holds {'/'.join(path)}" for path, _ in places]
        raise Unreadable(
            f"it is a bare notebook, in no folder {assignment}/"
            if bare
            else f"there is no notebook of the assignment in a folder {assignment}/: "
            f"{_some(seen) or 'no notebook at all'}"
        )
    for name, count in Counter(one.name for one in found).items():
        if count > MAX_COPIES:
            raise Unreadable(f"it holds {count} notebooks called {name}.ipynb")
    return Contents(tuple(found), _some(odd))


def _some(reasons: Sequence[str]) -> str:
    """The first few of them: who packs a thousand odd files buries no other student's row."""
    more = len(reasons) - _SHOWN
    return "; ".join(reasons[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")


class _Search:
    """A walk through one hand-in, which unpacks no more than a notebook's worth of zips."""

    def __init__(self) -> None:
        self.odd: list[str] = []
        self._zips = 0
        self._unpacked = 0

    def notebooks(
        self, path: tuple[str, ...], suffix: str, opener: Opener, depth: int = 0
    ) -> Iterator[tuple[tuple[str, ...], Opener]]:
        """Every notebook, by its path in what the student packed, and how to open it."""
        if suffix == ".ipynb":
            yield path, opener
            return
        if suffix != ".zip":
            raise Unreadable("it is neither a zip nor a notebook")
        with opener() as file:
            listing = list_zip(file)
        self.odd += [*listing.refused, *_twins(listing.entries)]
        for entry in listing.entries:
            try:
                if not entry.is_zip:
                    yield entry.parts, inside(opener, entry, MAX_BYTES)
                    continue
                self._count(entry, depth)
                nested = inside(opener, entry, MAX_NESTED)
                yield from self.notebooks(entry.parts, ".zip", nested, depth + 1)
            except Unreadable as why:
                self.odd.append(f"{'/'.join(entry.parts)}: {why}")

    def _count(self, entry: Entry, depth: int) -> None:
        self._zips += 1
        self._unpacked += entry.size
        if depth + 1 >= _DEPTH:
            raise Unreadable("it is a zip in a zip in a zip")
        if self._zips > MAX_ZIPS:
            raise Unreadable(f"there are more than {MAX_ZIPS} zips in this one")
        if self._unpacked > MAX_ALL_NESTED:
            raise Unreadable(f"the zips in this one have more than {MAX_ALL_NESTED // 2**20} MB")


def _twins(entries: Sequence[Entry]) -> list[str]:
    """Files that many systems would write over one another."""
    seen: dict[str, Entry] = {}
    said = []
    for entry in entries:
        path = "/".join(entry.parts)
        other = seen.setdefault(path.casefold(), entry)
        if other.parts != entry.parts:
            said.append(f"{'/'.join(other.parts)} and {path} differ by capitals alone")
    return said

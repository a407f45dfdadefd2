"""The comment lines that fence a solution or a hidden test."""

import re

SOLUTION = "SOLUTION"
HIDDEN = "HIDDEN TESTS"

# Looks like a fence, whatever the spelling: nbgrader ignores a misspelt one without
# a word, and the hidden test or the answer goes out to students.
_SUSPECT = re.compile(
    r"\b(?:BEGIN|END)\b[\s_-]*\b(?:SOLUTIONS?|HIDDEN|TESTS?|MARK)"
    r"|^\s*#+\s*(?:BEGIN|END)\b",
    re.IGNORECASE,
)
_EXACT = re.compile(rf"^\s*### (?P<edge>BEGIN|END) (?P<kind>{SOLUTION}|{HIDDEN})$")


class MarkerError(ValueError):
    """A fence that is misspelt, alone or nested. `offset` counts lines from 0."""

    def __init__(self, offset: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.remedy = remedy


def regions(source: str) -> list[tuple[str, int, int]]:
    """Find the fenced regions of a cell.

    Returns
    -------
    list of (kind, begin, end)
        `kind` is `SOLUTION` or `HIDDEN`; `begin` and `end` are the 0-based lines of the fences.

    Raises
    ------
    MarkerError
        If a fence is misspelt, not closed, not opened, or nested.
    """
    found: list[tuple[str, int, int]] = []
    opened: tuple[str, int] | None = None
    for offset, line in enumerate(source.split("\n")):
        if not _SUSPECT.search(line):
            continue
        match = _EXACT.match(line)
        if match is None:
            raise MarkerError(
                offset,
                f"{line.strip()!r} looks like a marker but is none",
                "write exactly `### BEGIN SOLUTION`, `### END SOLUTION`, "
                "`### BEGIN HIDDEN TESTS` or `### END HIDDEN TESTS`",
            )
        kind = match["kind"]
        if match["edge"] == "BEGIN":
            if opened is not None:
                raise MarkerError(
                    offset,
                    f"BEGIN {kind} inside the region that line {opened[1] + 1} of the cell opens",
                    f"close that one first with `### END {opened[0]}`",
                )
            opened = (kind, offset)
        elif opened is None or opened[0] != kind:
            raise MarkerError(
                offset, f"END {kind} closes nothing", f"open the region with `### BEGIN {kind}`"
            )
        else:
            found.append((kind, opened[1], offset))
            opened = None
    if opened is not None:
        raise MarkerError(
            opened[1],
            f"BEGIN {opened[0]} is never closed",
            f"add a line `### END {opened[0]}`",
        )
    return found


def inside(source: str, kind: str) -> set[int]:
    """0-based lines strictly between the fences of this kind."""
    return {
        line
        for found, begin, end in regions(source)
        if found == kind
        for line in range(begin + 1, end)
    }


def without_regions(source: str, kind: str) -> str:
    """The cell's text without the regions of this kind and without their fences."""
    gone = {
        line
        for found, begin, end in regions(source)
        if found == kind
        for line in range(begin, end + 1)
    }
    return "\n".join(line for i, line in enumerate(source.split("\n")) if i not in gone)

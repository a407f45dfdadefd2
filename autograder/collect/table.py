"""What a person must look at after collecting: the last thing that `zip_collect` says."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

_LONG = 600


@dataclass(frozen=True, slots=True)
class Row:
    """One line for a person.

    Attributes
    ----------
    file : str
        What lies in `archive/`, by the name that the platform gave it.
    why : str
        What is the matter, one sentence.
    remedy : str
        What to do, one sentence.
    collected : bool
        Whether the notebooks were collected all the same.
    """

    file: str
    why: str
    remedy: str
    collected: bool = False


def visible(text: str) -> str:
    """Text with names of students' making: short, and what a terminal would obey spelled out."""
    short = text if len(text) <= _LONG else f"{text[: _LONG // 2]} … {text[-_LONG // 2 :]}"
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in short)


def tell(head: Sequence[str], rows: Sequence[Row], stream: TextIO | None = None) -> None:
    """Write what was collected, and every row.

    Parameters
    ----------
    head : sequence of str
        Sentences about the whole.
    stream : text file, optional
        Where to write (default: standard error, as nbgrader's own messages).
    """
    lines = [*head]
    for title, collected in (("NOT COLLECTED", False), ("Collected, but look", True)):
        mine = sorted({row for row in rows if row.collected is collected}, key=_order)
        if mine:
            lines += ["", f"{title} ({len(mine)}):"]
        for row in mine:
            lines += [
                f"  {visible(row.file)}",
                f"      why         {visible(row.why)}",
                f"      what to do  {visible(row.remedy)}",
            ]
    (stream or sys.stderr).write("\n" + "\n".join(lines) + "\n")


def _order(row: Row) -> tuple[str, str]:
    return row.file, row.why

"""CSV text that a spreadsheet shows and never runs."""

import csv
import io
from collections.abc import Sequence

from autograder.report.read import tame

# with the wide forms, which East Asian spreadsheets read as the narrow ones
_BEGINS_A_FORMULA = tuple("=+-@＝＋－＠")

Cell = str | float


def csv_text(rows: Sequence[Sequence[Cell]]) -> str:
    """Write rows as CSV (RFC 4180), one line a row, every cell quoted."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return text.getvalue()


def as_text(cell: Cell) -> str:
    """A number in short, at most four decimals; a text on one line, no formula.

    What begins like a formula gets an apostrophe in front, as OWASP advises ("CSV Injection",
    https://owasp.org/www-community/attacks/CSV_Injection): quoting alone does not keep a
    spreadsheet from running it. Tabs and line ends, which can begin one too, do not stay.
    """
    if not isinstance(cell, str):
        return f"{round(cell, 4):.10g}"
    text = tame(cell)
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could run a text."""
    return text.lstrip().startswith(_BEGINS_A_FORMULA)

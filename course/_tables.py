"""Read a small table of numbers and say exactly where it is wrong."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt


class DataError(ValueError):
    """A data file cannot be used as it is; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: its number, counted from 1 as editors do, and its fields."""

    path: Path
    line: int
    fields: tuple[str, ...]

    def error(self, problem: str) -> DataError:
        """Return the error that puts this row's place before `problem`."""
        return DataError(f"{self.path}:{self.line}: {problem}")


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a comma-separated file, without `#` lines on top and blank lines.

    Raises
    ------
    DataError
        If the file is not UTF-8 text or holds no row.
    """
    rows: list[Row] = []
    try:
        # utf-8-sig: a spreadsheet puts an invisible mark before the first name.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DataError(
            f"{path}:{line}: this is not UTF-8 text; save the table again as 'CSV UTF-8'"
        ) from None
    for number, text in enumerate(lines, start=1):
        if text.strip() and (rows or not text.startswith("#")):
            fields = tuple(field.strip(' \t"') for field in text.split(","))
            rows.append(Row(path, number, fields))
    if not rows:
        raise DataError(f"{path}:1: the file holds no table; copy it again from where you got it")
    return rows


def is_number(field: str) -> bool:
    """Return whether a field can be read as a number."""
    try:
        float(field)
    except ValueError:
        return False
    return True


def without_header(rows: Sequence[Row], columns: Sequence[str]) -> Sequence[Row]:
    """Check that the first row names the columns, and return the rows below it.

    Raises
    ------
    DataError
        If the names are missing or other, or if no row follows.
    """
    first = rows[0]
    if any(is_number(field) for field in first.fields):
        raise first.error(
            f"this row holds numbers where the column names should be; put this line before it: "
            f"{','.join(columns)}"
        )
    if first.fields != tuple(columns):
        raise first.error(
            f"the columns are {','.join(first.fields)}; rename or reorder them to "
            f"{','.join(columns)}"
        )
    if len(rows) == 1:
        raise first.error("no rows follow the column names; copy the file again, whole")
    return rows[1:]


def check_widths(rows: Sequence[Row], columns: Sequence[str]) -> None:
    """Check that each row has one field per column.

    Raises
    ------
    DataError
        Naming the first row that has more or fewer.
    """
    for row in rows:
        if len(row.fields) != len(columns):
            raise row.error(
                f"{len(row.fields)} fields where {len(columns)} are needed "
                f"({','.join(columns)}); add or remove commas on this line"
            )


def numbers(rows: Sequence[Row], columns: Sequence[str], first: int = 0) -> npt.NDArray[np.float64]:
    """Return the fields from position `first` on as numbers, shape (N, D - first).

    Raises
    ------
    DataError
        Naming the first field that is no finite number.
    """
    table = np.empty((len(rows), len(columns) - first))
    for i, row in enumerate(rows):
        for j, field in enumerate(row.fields[first:]):
            if not is_number(field) or not math.isfinite(float(field)):
                raise row.error(
                    f"{columns[first + j]} is {field!r}, which is not a finite number; "
                    "correct it or delete the line"
                )
            table[i, j] = float(field)
    return table


def labels(
    rows: Sequence[Row], name: str, values: npt.NDArray[np.float64], n_classes: int, remedy: str
) -> npt.NDArray[np.int64]:
    """Return a column of class numbers as integers, shape (N,).

    Raises
    ------
    DataError
        Naming the first value that is not one of 0, ..., n_classes - 1, then the `remedy`.
    """
    for row, value in zip(rows, values, strict=True):
        if value not in range(n_classes):
            allowed = ", ".join(str(c) for c in range(n_classes))
            raise row.error(f"{name} is {value:g}, not one of {allowed}; {remedy}")
    return values.astype(np.int64)

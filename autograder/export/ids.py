"""Who is who: a file that says under which ids a learning platform knows the students."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import GraderError

# as in the file that `nbgrader export` writes; Canvas has a column "Student", for the name
STUDENT = "student_id"


@dataclass(frozen=True, slots=True)
class Ids:
    """Rows of the file by student; the keys of a row are column titles in small letters."""

    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def get(self, student: str, *titles: str) -> str:
        """What stands in the first of these columns that holds something; else empty."""
        row = self.rows.get(student, {})
        return next((row[title.casefold()] for title in titles if row.get(title.casefold())), "")


def read_ids(file: Path, keys: Sequence[str]) -> Ids:
    """Read a CSV file with a row of titles.

    Parameters
    ----------
    keys : sequence of str
        Titles of the columns that may hold the ids used here, the best first. A column
        `student_id` comes before them.

    Raises
    ------
    GraderError
        If the file cannot be read, has none of these columns, or names a student twice.
    """
    lines = _lines(file)
    titles = [title.strip().casefold() for title in (lines[0] if lines else [])]
    wanted = [STUDENT, *(key.casefold() for key in keys)]
    key = next((title for title in wanted if title in titles), None)
    if key is None:
        raise GraderError(
            f"no column {STUDENT!r}; the first line has {', '.join(titles) or 'no titles'}",
            file=file,
            line=1,
            remedy=f"give the column with the ids of submitted/ the title {STUDENT!r}",
        )
    rows: dict[str, dict[str, str]] = {}
    for number, line in enumerate(lines[1:], 2):
        row = {title: cell.strip() for title, cell in zip(titles, line, strict=False)}
        student = row.get(key, "")
        if student in rows:
            raise GraderError(
                f"{student!r} stands here a second time",
                file=file,
                line=number,
                remedy="keep one line for each student",
            )
        # Canvas writes lines that are about no student: what can be scored, how it is posted
        if student:
            rows[student] = row
    return Ids(rows)


def _lines(file: Path) -> list[list[str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream))
    except OSError as error:
        raise GraderError(
            f"cannot be read: {error.strerror}", file=file, remedy="name another file with --ids"
        ) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise GraderError(
            f"is not CSV in UTF-8: {error}",
            file=file,
            remedy="in a spreadsheet, save it as `CSV UTF-8`",
        ) from None

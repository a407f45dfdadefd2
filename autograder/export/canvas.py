"""Grades for Canvas: a CSV file for its gradebook's *Import*."""

import re
from collections.abc import Sequence
from typing import ClassVar

from autograder.errors import GraderError
from autograder.export.cells import Cell
from autograder.export.grades import ClassGrades, Standing
from autograder.export.ids import Ids
from autograder.export.plugin import PlatformExport

_COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
# a column whose title holds one of these is Canvas's own sum and is passed over in silence
_SUMS = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")


class CanvasExport(PlatformExport):
    """Columns as Canvas's own gradebook export has them.

    "How do I import grades in the Gradebook?" (Canvas Instructor Guide) names them: `Student`,
    `ID`, optionally `SIS User ID` and `SIS Login ID`, `Section`, then assignments, with a row
    `Points Possible` under the titles. What is in which column is decided by
    `lib/gradebook_importer.rb` of instructure/canvas-lms: a student is found by `ID`, else by
    `SIS User ID`, `SIS Login ID` or the name; a column `Title (123)` or the exact title of an
    assignment is that assignment, any other makes a new one. That code takes a byte order mark
    for a part of the first title, and Canvas itself writes none unless asked to; so none is here.
    """

    platform: ClassVar[str] = "Canvas"
    kind: ClassVar[str] = "canvas"
    keys: ClassVar[tuple[str, ...]] = ("SIS Login ID", "SIS User ID", "ID")
    id_titles: ClassVar[tuple[str, ...]] = _COLUMNS[1:4]

    def rows(self, classes: Sequence[ClassGrades], ids: Ids) -> list[list[Cell]]:
        """One row for each student who has a grade; empty where an assignment has none."""
        for one in classes:
            if _SUMS.search(self.title(one)) or self.title(one) in _COLUMNS:
                raise GraderError(
                    f"Canvas does not take {self.title(one)!r} for an assignment",
                    remedy="give the column another title with --column",
                )
        found: dict[str, list[Cell]] = {}
        for number, one in enumerate(classes):
            for standing in one.standings:
                empty: list[Cell] = [""] * len(classes)
                row = found.setdefault(standing.student, [*_person(standing, ids), *empty])
                row[len(_COLUMNS) + number] = self.points(one, standing)
        return [
            [*_COLUMNS, *(self.title(one) for one in classes)],
            ["Points Possible", "", "", "", "", *(self.most(one) for one in classes)],
            *(found[student] for student in sorted(found)),
        ]


def _person(standing: Standing, ids: Ids) -> list[Cell]:
    known = {
        "Student": ", ".join(name for name in (standing.last_name, standing.first_name) if name)
        or standing.student,
        "ID": standing.lms_id,
        "SIS Login ID": standing.student,
    }
    return [ids.get(standing.student, title) or known.get(title, "") for title in _COLUMNS]

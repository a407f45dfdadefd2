"""Grades for Moodle: a CSV file for its gradebook's *Import › CSV file*."""

from collections.abc import Sequence
from typing import ClassVar

from traitlets import Enum

from autograder.errors import GraderError
from autograder.export.cells import Cell
from autograder.export.grades import ClassGrades, Standing
from autograder.export.ids import Ids
from autograder.export.plugin import PlatformExport, few

# titles under which Moodle itself shows them
_ALSO = {"email": ("Email address",), "idnumber": ("ID number",), "username": ("Username",)}
# what a site allows unless its administrator allows more
_LIMIT = 100


class MoodleExport(PlatformExport):
    """One column that says who, then for each assignment the grade and a line of feedback.

    "Grade import" (https://docs.moodle.org/en/Grade_import): a CSV file with any columns, which
    the teacher maps to a user's `username`, `email`, `idnumber`, to a grade item and to its
    feedback. Feedback without a grade would delete the grade, so they go together. Moodle's
    `grade/import/csv/classes/load_data.php` ends the whole import at the first user it does not
    know, and at a grade above 100 unless the site has `unlimitedgrades`; `lib/csvlib.class.php`
    takes a byte order mark away. Spreadsheets need that mark to read Korean, so it is there.
    """

    identify_by = Enum(
        ("username", "email", "idnumber"),
        default_value="username",
        help="what Moodle finds a student by",
    ).tag(config=True)

    platform: ClassVar[str] = "Moodle"
    kind: ClassVar[str] = "moodle"
    mark: ClassVar[str] = "\ufeff"
    keys: ClassVar[tuple[str, ...]] = ("username", "idnumber", "ID number")

    @property
    def id_titles(self) -> tuple[str, ...]:
        """The one that `identify_by` chooses."""
        return (self.identify_by,)

    def rows(self, classes: Sequence[ClassGrades], ids: Ids) -> list[list[Cell]]:
        """One row for each student who has a grade."""
        found: dict[str, list[Cell]] = {}
        unknown = []
        for number, one in enumerate(classes):
            for standing in one.standings:
                name = self._name(standing, ids)
                if not name:
                    unknown.append(standing.student)
                empty: list[Cell] = [""] * (2 * len(classes))
                row = found.setdefault(standing.student, [name, *empty])
                row[2 * number + 1 : 2 * number + 3] = [
                    self.points(one, standing),
                    _feedback(standing),
                ]
        if unknown:
            raise GraderError(
                f"no {self.identify_by} is known of {few(list(dict.fromkeys(unknown)))}",
                remedy="give a file with columns student_id and "
                f"{self.identify_by}: --ids FILE, or MoodleExport.ids",
            )
        titles = [cell for one in classes for cell in (self.title(one), _about(self.title(one)))]
        return [[self.identify_by, *titles], *(found[student] for student in sorted(found))]

    def advice(self, classes: Sequence[ClassGrades]) -> list[str]:
        """Grades that Moodle would refuse."""
        return [
            f"{one.assignment}: Moodle refuses grades above {_LIMIT} unless the site allows "
            f"unlimited grades; rescale them with --out-of {_LIMIT}"
            for one in classes
            if any(self.points(one, standing) > _LIMIT for standing in one.standings)
        ]

    def _name(self, standing: Standing, ids: Ids) -> str:
        given = ids.get(standing.student, self.identify_by, *_ALSO[self.identify_by])
        return given or (standing.email if self.identify_by == "email" else standing.student)


def _about(title: str) -> str:
    return f"{title} feedback"


def _feedback(standing: Standing) -> str:
    said = ", ".join(f"{part.notebook} {part.points:g}/{part.most:g}" for part in standing.parts)
    if standing.penalty:
        said += f"; {standing.penalty:g} off because it came late"
    if standing.unread:
        answers = "answer is" if standing.unread == 1 else "answers are"
        said += f"; {standing.unread} written {answers} not graded yet"
    return said

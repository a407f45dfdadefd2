"""What the exporters to learning platforms share: nbgrader's plugin, its options and its notes."""

import sys
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from traitlets import Float, Unicode

from autograder.errors import GraderError
from autograder.export.cells import Cell, csv_text, is_formula
from autograder.export.grades import ClassGrades, Standing, read_grades
from autograder.export.ids import Ids, read_ids
from autograder.files import write_whole

# names that one line holds
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Made:
    """A file to import. `notes`: what its reader should know; `grades`: how many it holds."""

    text: str
    notes: tuple[str, ...]
    grades: int
    most: float


class PlatformExport(ExportPlugin):  # type: ignore[misc] # untyped base
    """An exporter that `nbgrader export --exporter` takes too."""

    ids = Unicode(
        "", help="CSV file with the platform's ids of the students, and a column `student_id`"
    ).tag(config=True)
    column = Unicode(
        "", help="title of the column with the grades (default: the assignment's name)"
    ).tag(config=True)
    out_of = Float(
        None, allow_none=True, help="rescale grades to this many points (default: leave them)"
    ).tag(config=True)

    # the platform's name, what a file is called by it, and what marks its encoding
    platform: ClassVar[str]
    kind: ClassVar[str]
    mark: ClassVar[str] = ""

    @property
    @abstractmethod
    def keys(self) -> tuple[str, ...]:
        """Columns of a file of ids that may stand for `student_id`."""

    @property
    @abstractmethod
    def id_titles(self) -> tuple[str, ...]:
        """Columns of a row of `rows` that hold an id."""

    @abstractmethod
    def rows(self, classes: Sequence[ClassGrades], ids: Ids) -> list[list[Cell]]:
        """Make the table; its first row holds the titles."""

    def advice(self, _classes: Sequence[ClassGrades]) -> list[str]:
        """What else to note, before the file is imported."""
        return []

    def export(self, gradebook: Gradebook) -> None:
        """Do what `nbgrader export` asks for: write the file, and log what it lacks."""
        try:
            made = self.make(gradebook)
        except GraderError as error:
            self.log.error("%s", error)  # noqa: TRY400 # where it was raised helps nobody
            sys.exit(1)
        target = Path(self.to or f"{self.kind}.csv")
        write_whole(target, made.text)
        self.log.info("Exported %d grades to %s", made.grades, target)
        for note in made.notes:
            self.log.warning("%s", note)

    def make(self, gradebook: Gradebook) -> Made:
        """Make the file.

        Raises
        ------
        GraderError
            If there is nothing to export, or an option does not fit.
        """
        names = [str(name) for name in self.assignment]
        asked = bool(names)
        names = names or sorted(one.name for one in gradebook.assignments)
        only = {str(name) for name in self.student}
        classes = [read_grades(gradebook, name, only) for name in names]
        graded = [one for one in classes if one.standings]
        if not graded:
            raise GraderError(
                f"the gradebook has no grade for {' or '.join(names) or 'any assignment'}",
                remedy="run `autograder grade`",
            )
        if self.column and len(graded) > 1:
            raise GraderError(
                "one title cannot stand for several assignments", remedy="name one assignment"
            )
        if self.out_of is not None and not (
            0 < self.out_of < float("inf") and all(one.most for one in graded)
        ):
            raise GraderError(
                f"grades cannot be out of {self.out_of:g} points",
                remedy="give a number above 0, for assignments that have points",
            )
        ids = read_ids(Path(self.ids), self.keys) if self.ids else Ids()
        rows = self.rows(graded, ids)
        notes = [note for one in classes if asked or one.standings for note in self._lacks(one)]
        everybody = list(dict.fromkeys(s.student for one in graded for s in one.standings))
        if self.ids and (strangers := [one for one in everybody if one not in ids.rows]):
            notes.append(f"not in {self.ids}: {few(strangers)}")
        if risky := self._risky(rows):
            notes.append(
                f"ids that a spreadsheet would run as a formula have an apostrophe in front, and "
                f"{self.platform} will not know them: {few(risky)}"
            )
        notes += self.advice(graded)
        return Made(
            self.mark + csv_text(rows),
            tuple(notes),
            sum(len(one.standings) for one in graded),
            sum(self.most(one) for one in graded),
        )

    def title(self, one: ClassGrades) -> str:
        """The title of an assignment's column."""
        return self.column or one.assignment

    def most(self, one: ClassGrades) -> float:
        """What can be had."""
        return one.most if self.out_of is None else float(self.out_of)

    def points(self, one: ClassGrades, standing: Standing) -> float:
        """What a student has, out of `most`."""
        if self.out_of is None:
            return standing.points
        return standing.points * float(self.out_of) / one.most

    def _risky(self, rows: Sequence[Sequence[Cell]]) -> list[str]:
        columns = [number for number, title in enumerate(rows[0]) if title in self.id_titles]
        cells = (row[number] for row in rows[1:] for number in columns)
        return list(dict.fromkeys(c for c in cells if isinstance(c, str) and is_formula(c)))

    def _lacks(self, one: ClassGrades) -> list[str]:
        notes = []
        if unread := [standing for standing in one.standings if standing.unread]:
            count = sum(standing.unread for standing in unread)
            notes.append(
                f"{one.assignment}: {count} written {'answer' if count == 1 else 'answers'} not "
                f"graded by hand yet, without points here: {few([s.student for s in unread])}"
            )
        if unscored := [standing.student for standing in one.standings if standing.unscored]:
            notes.append(
                f"{one.assignment}: tests without a score; run `autograder grade "
                f"{one.assignment}` again: {few(unscored)}"
            )
        if one.absent:
            notes.append(f"{one.assignment}: no grade, so left out: {few(one.absent)}")
        return notes


def few(names: Sequence[str]) -> str:
    """Names on one line; of many, the first."""
    rest = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + rest

"""What the checks of one notebook say: a verdict for each test cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from course.commands.notebooks import Cell, Notebook, Role
from course.commands.odd import edited, odd_cells, odd_state
from course.commands.released import Released
from course.commands.run import Ends, Problem


class Status(StrEnum):
    """How a cell that gives points stands."""

    DONE = "done"
    TO_DO = "to do"
    WRONG = "wrong"
    EDITED = "edited"
    DELETED = "deleted"
    NOT_RUN = "not run"
    LATER = "when graded"
    WRITTEN = "written"


# those that a public check decides
_JUDGED = frozenset(Status) - {Status.LATER, Status.WRITTEN}


@dataclass(frozen=True, slots=True)
class Row:
    """One cell that gives points.

    Attributes
    ----------
    cell : int
        Its number, 1 is the first cell; 0 if it was deleted.
    by_hand : bool
        Whether a person gives the points.
    line : str
        The line of the check that failed.
    """

    name: str
    status: Status
    points: float
    cell: int
    section: str
    by_hand: bool = False
    message: str = ""
    line: str = ""

    @property
    def judged(self) -> bool:
        """Whether a public check decides it."""
        return self.status in _JUDGED and not self.by_hand


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one notebook."""

    started: bool
    rows: tuple[Row, ...]
    warnings: tuple[str, ...]

    def count(self, *statuses: Status) -> int:
        """How many judged rows have one of these statuses."""
        return sum(row.judged and row.status in statuses for row in self.rows)

    @property
    def judged(self) -> list[Row]:
        """The rows that a public check decides."""
        return [row for row in self.rows if row.judged]

    @property
    def points(self) -> float:
        """Points of the public checks that passed."""
        return sum(row.points for row in self.judged if row.status is Status.DONE)

    @property
    def points_of(self) -> float:
        """Points of all public checks."""
        return sum(row.points for row in self.judged)

    @property
    def points_later(self) -> float:
        """Points of which nothing can be said here."""
        return sum(row.points for row in self.rows if not row.judged)


def judge(notebook: Notebook, known: Released | None, ends: Ends | None) -> Verdict:
    """Put together what a notebook says and how its cells ended.

    Parameters
    ----------
    known : Released or None
        What was released; None if that is not to be had.
    ends : mapping or None
        How its cells ended; None if none was run, since no answer was begun.
    """
    answers = {cell.grade_id: cell for cell in notebook.having(Role.ANSWER)}
    rows, seen = [], set()
    for cell in notebook.cells:
        if cell.role is Role.TEST and cell.grade_id not in seen:
            rows.append(_tested(cell, _target(cell, answers), known, ends))
        elif cell.role is Role.WRITTEN:
            status = Status.TO_DO if cell.untouched else Status.WRITTEN
            rows.append(_row(cell, status, by_hand=True))
        seen.add(cell.grade_id)
    for name, points in known.points.items() if known else ():
        if name not in seen:
            rows.append(Row(_title(name, None), Status.DELETED, points, 0, ""))
    warnings = [*odd_cells(notebook, known), *odd_state(notebook, ends)]
    return Verdict(notebook.started, tuple(rows), tuple(warnings))


def _tested(cell: Cell, answer: Cell | None, known: Released | None, ends: Ends | None) -> Row:
    if not cell.tests_something:
        return _row(cell, Status.LATER, answer)
    if edited(cell, known):
        return _row(cell, Status.EDITED, answer)
    if ends is None:
        return _row(cell, Status.TO_DO, answer)
    if cell.number not in ends:
        return _row(cell, Status.NOT_RUN, answer)
    problem = ends[cell.number]
    if problem is None:
        return _row(cell, Status.DONE, answer)
    if problem.to_do or (answer is not None and answer.untouched):
        forgotten = answer is not None and not answer.untouched and problem.cell == answer.number
        return _row(cell, Status.TO_DO, answer, _FORGOTTEN if forgotten else "")
    cause = ends.get(answer.number) if answer is not None else None
    if answer is not None and cause is not None and not cause.to_do:
        return _row(cell, Status.WRONG, answer, f"its answer does not run: {cause.said(own=True)}")
    own = answer is not None and problem.cell == answer.number
    return _row(cell, Status.WRONG, answer, problem.said(own=own), _line(cell, problem))


_FORGOTTEN = "the line `raise NotImplementedError(…)` still stands in your answer: delete it"


def _line(cell: Cell, problem: Problem) -> str:
    lines = cell.source.split("\n")
    known = problem.cell == cell.number and 0 < problem.line <= len(lines)
    return lines[problem.line - 1].strip() if known else ""


def _row(
    cell: Cell,
    status: Status,
    answer: Cell | None = None,
    message: str = "",
    line: str = "",
    *,
    by_hand: bool = False,
) -> Row:
    title = _title(cell.grade_id, answer)
    return Row(title, status, cell.points, cell.number, cell.section, by_hand, message, line)


def _title(grade_id: str, answer: Cell | None) -> str:
    """`test_softmax_large_scores` of the answer `softmax` reads "softmax, large scores"."""
    name = grade_id.removeprefix("test_")
    if answer is None or name == answer.grade_id:
        return name
    idea = name.removeprefix(answer.grade_id + "_").replace("_", " ")
    return f"{answer.grade_id}, {idea}"


def _target(test: Cell, answers: Mapping[str, Cell]) -> Cell | None:
    """The answer that a test cell tests: its name begins with the answer's."""
    name = test.grade_id.removeprefix("test_")
    fitting = [one for one in answers if name == one or name.startswith(one + "_")]
    return answers[max(fitting, key=len)] if fitting else None

"""Take out each single check of the tests, and ask whether any misconception notices."""

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.authoring.run import Namespace, Outcome, grade
from autograder.verify.checks import REACHED, Check, find_checks, with_marks, without
from autograder.verify.wrong_run import fresh

Say = Callable[[str], None]
_EVERY = 10.0


@dataclass(frozen=True, slots=True)
class Unnoticed:
    """A check whose removal no misconception notices; `kept` says why it stays, if it says."""

    file: str
    line: int
    grade_id: str
    text: str
    kept: str = ""

    def __str__(self) -> str:
        """Render as `file:line: grade_id: text`, the form editors turn into a link."""
        return f"{self.file}:{self.line}: {self.grade_id}: {self.text}"


@dataclass(frozen=True, slots=True)
class Thorough:
    """What became of the single checks of a notebook: their number, and who is not missed."""

    checks: int
    unnoticed: tuple[Unnoticed, ...]
    kept: tuple[Unnoticed, ...]


class Removals:
    """Takes the checks of a notebook out, one at a time, for one misconception after another.

    A check is needed if a misconception that loses the cell passes it without this check.
    """

    def __init__(self, notebook: Notebook, say: Say) -> None:
        self._notebook = notebook
        self._say = say
        self._checks = {
            cell.grade_id: find_checks(cell.source) for cell in notebook.having(Role.TESTS)
        }
        self._open = {name: set(range(len(checks))) for name, checks in self._checks.items()}
        self._lost: set[str] = set()
        self._said = time.monotonic()
        say(f"taking out each of {self._total} checks")

    @property
    def _total(self) -> int:
        return sum(len(checks) for checks in self._checks.values())

    def untouched(self, names: Namespace) -> Namespace:
        """Put by what tests may read, before a test can write to it."""
        return fresh(names, "\n".join(cell.source for cell in self._notebook.having(Role.TESTS)))

    def attempt(self, names: Namespace, lost: Collection[str]) -> Iterator[str]:
        """Take out what is still open in the cells that one misconception loses.

        Parameters
        ----------
        names : mapping
            What the run with this misconception defines, untouched.

        Yields
        ------
        str
            The grade_id of a cell that the misconception lost, but now passes as it stands.
        """
        for grade_id in sorted(lost):
            self._lost.add(grade_id)
            reached, outcome = self._reached(grade_id, names)
            if outcome.passed:
                yield grade_id
            else:
                self._take_out(grade_id, reached, outcome, names)
            self._tell()

    def result(self) -> Thorough:
        """Say which checks nobody missed; of a cell that nothing loses none is judged."""
        unnoticed = [
            self._unnoticed(grade_id, self._checks[grade_id][number])
            for grade_id in self._checks
            if grade_id in self._lost
            for number in sorted(self._open[grade_id])
        ]
        return Thorough(
            self._total,
            tuple(one for one in unnoticed if not one.kept),
            tuple(one for one in unnoticed if one.kept),
        )

    def _reached(self, grade_id: str, names: Namespace) -> tuple[list[int], Outcome]:
        """Which checks the cell comes to, the last one first, and how it ends."""
        cell = self._notebook.cell(grade_id)
        reached: dict[int, None] = {}

        def mark(number: int) -> None:
            reached.pop(number, None)
            reached[number] = None

        text = with_marks(cell.source, self._checks[grade_id])
        outcome = self._run(cell, text, names | {REACHED: mark})
        return list(reversed(reached)), outcome

    def _take_out(
        self, grade_id: str, reached: list[int], outcome: Outcome, names: Namespace
    ) -> None:
        cell = self._notebook.cell(grade_id)
        if outcome.reason.startswith("TooSlow"):
            # it would be as slow without a check that it passed
            reached = reached[:1]
        for number in reached:
            if number in self._open[grade_id]:
                text = without(cell.source, self._checks[grade_id][number])
                if self._run(cell, text, names).passed:
                    self._open[grade_id].discard(number)

    def _run(self, cell: Cell, text: str, names: Namespace) -> Outcome:
        alone = replace(self._notebook, cells=(replace(cell, source=text),))
        return grade(alone, fresh(names, cell.source))[cell.grade_id]

    def _unnoticed(self, grade_id: str, check: Check) -> Unnoticed:
        line = self._notebook.cell(grade_id).first_line + check.line - 1
        return Unnoticed(self._notebook.file, line, grade_id, check.text, check.kept)

    def _tell(self) -> None:
        if time.monotonic() - self._said >= _EVERY:
            self._said = time.monotonic()
            left = sum(map(len, self._open.values()))
            self._say(f"{left} of {self._total} checks not yet missed")

"""Grade one notebook: run the student's cells in a worker, then every test from here."""

import linecache
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.diagnosis.calls import Recorder
from autograder.errors import GraderError
from autograder.examiner.allowance import Allowance
from autograder.examiner.explain import explain
from autograder.examiner.lesson import STUDENT_ROLES, Lesson, LessonCell
from autograder.examiner.limits import WALL_FACTOR, Budget, LimitReached, Limits, OutOfTime
from autograder.examiner.notes import Forked, tell
from autograder.examiner.results import CellResult, NotebookResult, Status
from autograder.examiner.session import Session
from autograder.examiner.sources import submitted_sources
from autograder.examiner.testcell import run_test
from autograder.examiner.warm import Worker, Zygote
from autograder.feedback import wording


@dataclass(frozen=True, slots=True)
class StudentCell:
    """A code cell to run in the worker: the student's, or a trusted one that runs there too."""

    id: str
    source: str
    timeout: float | None = None


class NoWorkerError(GraderError):
    """No worker can be had: the zygote was killed, or the machine has no room for another."""


class Examination:
    """Grades one notebook of one student.

    Parameters
    ----------
    cells : sequence of StudentCell
        All code cells but the tests, in notebook order.
    """

    def __init__(
        self, lesson: Lesson, cells: Sequence[StudentCell], zygote: Zygote, limits: Limits
    ) -> None:
        self._lesson = lesson
        self._cells = cells
        self._zygote = zygote
        self._limits = limits
        self._outputs: dict[str, list[dict[str, Any]]] = {}
        self._allowance = Allowance()
        self._fatal: dict[str, str] = {}
        self._spent = 0.0
        self._slept = 0.0
        self._workers = 0
        self._session: Session | None = None
        self._recorder = Recorder(lesson.stubs)
        self._trusted = run_locked(lesson)

    def run(self) -> NotebookResult:
        """Grade the notebook. Whatever the student's code does, the result is complete.

        Raises
        ------
        NoWorkerError
            If it is not known what the student's code did, because the zygote is gone.
        """
        try:
            with submitted_sources([cell.source for cell in self._cells]):
                self._start()
                tests = self._test_all()
                if not self._zygote.alive:
                    # its workers die with it, and what they were at seems to have ended them
                    raise _no_worker()
                self._stop()
                tests = explain(self._lesson, tests, self._recorder)
        finally:
            self._stop()
        return NotebookResult(
            tests, self._outputs, self._zygote.tier, round(self._spent, 3), self._workers
        )

    def _start(self) -> None:
        """Start a worker and bring it to where the student's cells have run.

        A cell that ends its worker is skipped by the next one.
        """
        while self._session is None and self._left() > 0:
            self._workers += 1
            try:
                worker = self._zygote.fork()
            except LimitReached:
                # nothing of the student has run yet: this is ours
                raise _no_worker() from None
            tell(Forked(worker.pid))
            budget = self._budget(worker, self._limits.cell)
            session = Session(worker, self._lesson, budget, self._recorder)
            if self._run_cells(session):
                self._session = session

    def _run_cells(self, session: Session) -> bool:
        for cell in self._cells:
            if cell.id in self._fatal:
                continue
            session.budget = self._budget(session.worker, cell.timeout or self._limits.cell)
            try:
                outputs, _failed = session.run_cell(cell.source)
                self._keep(cell, outputs)
            except LimitReached as error:
                self._fatal[cell.id] = str(error)
                said = wording.TOO_LONG if isinstance(error, OutOfTime) else wording.ENDED
                self._outputs.setdefault(cell.id, [stopped_output(said)])
                self._spend(session)
                session.worker.kill()
                return False
            self._spend(session)
        return True

    def _keep(self, cell: StudentCell, outputs: list[dict[str, Any]]) -> None:
        """Freeze what a cell shows: a worker that runs it again may know hidden inputs by then."""
        if cell.id not in self._outputs:
            self._outputs[cell.id] = self._allowance.take(outputs)

    def _test_all(self) -> tuple[CellResult, ...]:
        """Run what students see of every test, and only then what they do not."""
        results: dict[str, CellResult] = {}
        for cell in self._lesson.tests:
            if cell.opening or not cell.hidden:
                results[cell.grade_id] = self._test(cell, secret=False)
        for cell in self._lesson.tests:
            seen = results.get(cell.grade_id)
            if cell.hidden and (seen is None or seen.status is Status.PASSED):
                results[cell.grade_id] = self._test(cell, secret=True)
        return tuple(results[cell.grade_id] for cell in self._lesson.tests)

    def _test(self, cell: LessonCell, *, secret: bool) -> CellResult:
        if self._session is None:
            self._start()
        session = self._session
        if session is None:
            return CellResult(
                cell.grade_id, 0.0, cell.points, Status.TIMEOUT, wording.TOO_LONG,
                f"the notebook used up its {self._limits.notebook:g} s",
            )  # fmt: skip
        session.budget = self._budget(session.worker, cell.timeout or self._limits.test)
        self._recorder.test = cell.grade_id
        result = run_test(cell, self._trusted, session, secret=secret)
        if session.violations:
            # what it changed may be the data that later tests use
            self._trusted = run_locked(self._lesson)
        self._spend(session)
        if result.status in {Status.TIMEOUT, Status.MEMORY, Status.DIED}:
            self._stop()
        return result

    def _stop(self) -> None:
        if self._session is not None:
            self._session.worker.kill()
            self._session = None

    def _budget(self, worker: Worker, seconds: float) -> Budget:
        return Budget(worker.pid, min(seconds, max(self._left(), 0.1)), self._limits.memory)

    def _left(self) -> float:
        # who sleeps through every cell must not hold up a class for hours
        return self._limits.notebook - max(self._spent, self._slept / WALL_FACTOR)

    def _spend(self, session: Session) -> None:
        self._spent += session.budget.used
        self._slept += session.budget.slept


def student_cells(lesson: Lesson, texts: Mapping[str, str]) -> list[StudentCell]:
    """The cells to run in the worker where a submission has the same cells as the source.

    Parameters
    ----------
    texts : mapping
        For a cell id, the student's text; a cell without one keeps the source's.
    """
    return [
        StudentCell(cell.id, texts.get(cell.id, cell.source), cell.timeout)
        for cell in lesson.cells
        if cell.role in STUDENT_ROLES
    ]


def run_locked(lesson: Lesson) -> dict[str, Any]:
    """Run the locked cells on the trusted side and return the names they bind."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for cell in lesson.locked:
        name = f"<{lesson.name} {cell.grade_id}>"
        linecache.cache[name] = (len(cell.source), None, cell.source.splitlines(True), name)
        exec(compile(cell.source, name, "exec"), namespace)  # noqa: S102 # the author's own cell
    return {name: value for name, value in namespace.items() if not name.startswith("__")}


def stopped_output(said: str) -> dict[str, Any]:
    """What a cell shows that did not end by itself."""
    return {"output_type": "error", "ename": "Stopped", "evalue": said, "traceback": [said]}


def _no_worker() -> NoWorkerError:
    return NoWorkerError(
        "a worker could not be started",
        remedy="see whether the machine is short of memory, and run the command again",
    )

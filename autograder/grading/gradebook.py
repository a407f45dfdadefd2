"""Write grades into nbgrader's gradebook, through nbgrader's own API, from one process."""

import logging
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from nbgrader.api import Gradebook, InvalidEntry, MissingEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from autograder.errors import GraderError
from autograder.grading.job import Graded
from autograder.grading.late import penalise
from autograder.grading.refused import is_locked, is_raced, of_the_gradebook
from autograder.intake.times import is_time, no_time
from autograder.release.config import course_config
from autograder.release.database import connect, is_lost

log = logging.getLogger(__name__)
TestCell = tuple[float, str]
T = TypeVar("T")
# seconds to wait for another program that holds the gradebook
PATIENCE = 300.0
# another program may make the same row, or the same table, between our look and our writing
_RACES = 20
_HELD = "another program holds the gradebook"


class Book:
    """The open gradebook of a course."""

    def __init__(self, gradebook: Gradebook, config: Config, patience: float = PATIENCE) -> None:
        self._gradebook = gradebook
        self._patience = patience
        self._penalties = AssignLatePenalties(config=config)
        self._penalties.init_plugin()
        if gradebook.engine.dialect.name == "postgresql":
            # it would wait for ever, and say nothing; SQLite gives up after as long
            event.listen(
                gradebook.engine,
                "begin",
                lambda connection: connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'"),
            )

    def check(self, assignment: str, tests: Mapping[str, Mapping[str, TestCell]]) -> None:
        """Refuse to grade where gradebook and source disagree about the tests.

        Parameters
        ----------
        tests : mapping
            For each notebook, points and text of each of its test cells.

        Raises
        ------
        GraderError
            If the assignment is not in the gradebook or is another there.
        """
        self._once_free(lambda: self._check(assignment, tests))

    def _check(self, assignment: str, tests: Mapping[str, Mapping[str, TestCell]]) -> None:
        remedy = f"run `nbgrader generate_assignment {assignment}`"
        try:
            known = self._gradebook.find_assignment(assignment)
        except MissingEntry:
            raise GraderError(
                f"the gradebook does not know the assignment {assignment!r}", remedy=remedy
            ) from None
        there = {
            notebook.name: {
                cell.name: (cell.max_score, _text(notebook, cell.name))
                for cell in notebook.grade_cells
                if cell.name in tests.get(notebook.name, {}) or cell.cell_type == "code"
            }
            for notebook in known.notebooks
        }
        if there != {name: dict(cells) for name, cells in tests.items()}:
            raise GraderError(
                f"the gradebook has other tests or points for {assignment!r} than its source",
                remedy=remedy,
            )

    def is_graded(self, assignment: str, student: str) -> bool:
        """Whether every test of a student has a score."""
        return self._once_free(lambda: self._is_graded(assignment, student))

    def _is_graded(self, assignment: str, student: str) -> bool:
        try:
            submission = self._gradebook.find_submission(assignment, student)
        except MissingEntry:
            return False
        return all(
            grade.auto_score is not None or grade.cell.cell_type != "code"
            for notebook in submission.notebooks
            for grade in notebook.grades
        )

    def record(self, assignment: str, graded: Graded) -> None:
        """Write one student's scores, comments and late penalty in one commit."""
        self._once_free(lambda: self._record(assignment, graded))

    def _once_free(self, work: Callable[[], T]) -> T:
        result = once_free(
            work,
            self._patience,
            self._gradebook.db.rollback,
            lambda error: is_locked(error) or is_lost(error),
        )
        # reading, too, begins a transaction; on a server it would stay until the next student
        self._gradebook.db.rollback()
        return result

    def _record(self, assignment: str, graded: Graded) -> None:
        book = self._gradebook
        # nbgrader's API commits when it makes rows; they hold no score yet
        book.update_or_create_student(graded.student)
        # also none: a time that somebody has taken away is not kept
        facts = {"timestamp": _time(assignment, graded)}
        # the API builds the rows before it adds them; a flush in between would warn
        with book.db.no_autoflush:
            submission = book.update_or_create_submission(assignment, graded.student, **facts)
        for notebook in submission.notebooks:
            mine = graded.notebooks[notebook.name]
            points = {test.grade_id: test.points for test in mine.result.tests}
            for grade in notebook.grades:
                if mine.rejected or grade.cell.name in points:
                    grade.auto_score = points.get(grade.cell.name, 0.0)
                else:
                    # a written answer: nothing when untouched, else for a person to grade
                    grade.auto_score = None if grade.cell.name in mine.answered else 0.0
                grade.needs_manual_grade = not mine.rejected and (
                    grade.manual_score is not None or grade.auto_score is None
                )
            for comment in notebook.comments:
                silent = comment.cell.name not in mine.answered
                comment.auto_comment = "No response." if silent else None
        book.db.flush()
        penalise(submission, self._penalties.plugin_inst)
        book.db.commit()

    def penalties(self, assignment: str) -> dict[str, float]:
        """The points that students have lost by handing in late; who lost none is left out."""
        return self._once_free(lambda: self._penalties_of(assignment))

    def _penalties_of(self, assignment: str) -> dict[str, float]:
        return {
            one.student.id: one.late_submission_penalty
            for one in self._gradebook.assignment_submissions(assignment)
            if one.late_submission_penalty
        }


def _text(notebook: Any, name: str) -> str:
    """The text of a cell as the gradebook keeps it."""
    return next((cell.source for cell in notebook.source_cells if cell.name == name), "")


def _time(assignment: str, graded: Graded) -> str | None:
    if graded.timestamp and not is_time(graded.timestamp):
        log.warning("%s", no_time(graded.student, assignment, graded.timestamp))
        return None
    return graded.timestamp or None


def once_free(
    work: Callable[[], T],
    patience: float,
    undo: Callable[[], object],
    passes: Callable[[Exception], bool] = is_locked,
) -> T:
    """Do something with the gradebook; again and again while another program holds it.

    SQLite's own waiting cannot be interrupted, and says nothing.

    Parameters
    ----------
    undo : callable
        Called before each new attempt.
    passes : callable
        Whether what the database says may be over soon.
    """
    until, said, races = time.monotonic() + patience, False, 0
    while True:
        try:
            return work()
        except (SQLAlchemyError, InvalidEntry) as error:
            raced = is_raced(error) and races < _RACES
            if not raced and (not passes(error) or time.monotonic() > until):
                raise
            lost = is_lost(error)
        undo()
        if raced:
            races += 1
        elif not said:
            why = "the server of the gradebook is gone" if lost else _HELD
            sys.stderr.write(f"{why}; waiting {patience:.0f} s\n")
            said = True
        # a server refuses at once
        time.sleep(0.1)


@contextmanager
def open_book(root: Path, patience: float = PATIENCE) -> Iterator[Book]:
    """Open the gradebook that the course's `nbgrader_config.py` names, or make it.

    Parameters
    ----------
    patience : float
        Seconds to wait, at each step, for another program that holds it.

    Raises
    ------
    GraderError
        Where the database cannot be reached or refuses what is done with it.
    """
    config = course_config(root)
    directory = CourseDirectory(config=config, root=str(root))
    # nbgrader's API writes a traceback to it, and then raises what it has written
    loud = logging.getLogger("tornado.application")
    level = loud.level
    loud.setLevel(logging.CRITICAL)
    try:
        with once_free(lambda: connect(directory), patience, lambda: None) as gradebook:
            yield Book(gradebook, config, patience)
    except (SQLAlchemyError, InvalidEntry) as error:
        raise of_the_gradebook(error) from None
    finally:
        loud.setLevel(level)

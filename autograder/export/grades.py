"""The grades of a class as nbgrader's gradebook has them: by hand and late penalties included."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import (
    Assignment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import func
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from autograder.errors import GraderError
from autograder.release.config import course_config
from autograder.release.database import connect, is_lost, unreachable


@dataclass(frozen=True, slots=True)
class Part:
    """The points of one notebook, without any penalty."""

    notebook: str
    points: float
    most: float


@dataclass(frozen=True, slots=True)
class Standing:
    """What one student has in one assignment.

    Attributes
    ----------
    lms_id : str
        The gradebook's `lms_user_id`; empty if it has none.
    penalty : float
        Points taken off because it came late.
    unread : int
        Written answers that wait for a person; they give no points yet.
    unscored : int
        Tests that no run has scored yet.
    """

    student: str
    last_name: str
    first_name: str
    email: str
    lms_id: str
    parts: tuple[Part, ...]
    penalty: float = 0.0
    unread: int = 0
    unscored: int = 0

    @property
    def points(self) -> float:
        """What counts, as `nbgrader export` has it."""
        return max(0.0, sum(part.points for part in self.parts) - self.penalty)


@dataclass(frozen=True, slots=True)
class ClassGrades:
    """One assignment of a class, by student. `absent`: students who have no grade in it."""

    assignment: str
    most: float
    standings: tuple[Standing, ...]
    absent: tuple[str, ...]


@contextmanager
def open_gradebook(root: Path) -> Iterator[tuple[Gradebook, Config]]:
    """Open the gradebook that a course's `nbgrader_config.py` names; it is not made.

    Raises
    ------
    GraderError
        If there is none, or its server cannot be reached.
    """
    config = course_config(root)
    directory = CourseDirectory(config=config, root=str(root))
    if directory.db_url.startswith("sqlite"):
        file = make_url(directory.db_url).database or ""
        if not Path(file).is_file():
            raise GraderError(
                "there is no gradebook",
                file=file,
                remedy="run `nbgrader generate_assignment` and `autograder grade` first",
            )
    try:
        with connect(directory) as gradebook:
            yield gradebook, config
    except SQLAlchemyError as error:
        if not is_lost(error):
            raise
        raise unreachable(error) from None


def read_grades(
    gradebook: Gradebook, assignment: str, students: Collection[str] = ()
) -> ClassGrades:
    """Read one assignment.

    Parameters
    ----------
    students : collection of str, optional
        Only these (default: all that the gradebook knows).

    Raises
    ------
    GraderError
        If the gradebook does not know the assignment.
    """
    try:
        known = gradebook.find_assignment(assignment)
    except MissingEntry:
        raise GraderError(
            f"the gradebook does not know the assignment {assignment!r}",
            remedy=f"run `nbgrader generate_assignment {assignment}` and "
            f"`autograder grade {assignment}`",
        ) from None
    most = {notebook.name: float(notebook.max_score) for notebook in known.notebooks}
    scores, penalties = _scores(gradebook, known)
    waiting = _waiting(gradebook, known)
    standings, absent = [], []
    for student in sorted(gradebook.students, key=lambda one: one.id):
        if students and student.id not in students:
            continue
        if student.id not in scores:
            absent.append(student.id)
            continue
        mine = scores[student.id]
        standings.append(
            Standing(
                student.id,
                student.last_name or "",
                student.first_name or "",
                student.email or "",
                student.lms_user_id or "",
                tuple(Part(name, mine.get(name, 0.0), most[name]) for name in sorted(most)),
                penalties[student.id],
                sum(count for kind, count in waiting[student.id].items() if kind != "code"),
                waiting[student.id].get("code", 0),
            )
        )
    return ClassGrades(assignment, sum(most.values()), tuple(standings), tuple(absent))


def _scores(
    gradebook: Gradebook, known: Assignment
) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Points by student and notebook, and penalties by student.

    One question for all, which reads the grades once: `SubmittedNotebook.score` reads them all
    for every notebook, which takes a minute for a thousand students.
    """
    rows = (
        gradebook.db.query(
            SubmittedAssignment.student_id,
            Notebook.name,
            func.sum(Grade.score),
            SubmittedNotebook.late_submission_penalty,
        )
        .select_from(SubmittedNotebook)
        .outerjoin(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .filter(SubmittedAssignment.assignment_id == known.id)
        .group_by(
            SubmittedNotebook.id,
            SubmittedAssignment.student_id,
            Notebook.name,
            SubmittedNotebook.late_submission_penalty,
        )
    )
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    penalties: dict[str, float] = defaultdict(float)
    for student, notebook, score, penalty in rows:
        scores[student][notebook] = float(score or 0.0)
        penalties[student] += float(penalty or 0.0)
    return dict(scores), penalties


def _waiting(gradebook: Gradebook, known: Assignment) -> dict[str, dict[str, int]]:
    """How many cells have no score, by student and kind of cell."""
    rows = (
        gradebook.db.query(SubmittedAssignment.student_id, Grade.cell_type, func.count(Grade.id))
        .select_from(Grade)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .filter(
            SubmittedAssignment.assignment_id == known.id,
            Grade.auto_score.is_(None),
            Grade.manual_score.is_(None),
        )
        .group_by(SubmittedAssignment.student_id, Grade.cell_type)
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for student, kind, count in rows:
        found[student][kind] = count
    return found

"""Scores out of nbgrader's gradebook."""

from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import (
    Assignment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)

Key = tuple[str, str, str]  # student, notebook, grade_id


@dataclass(frozen=True, slots=True)
class Score:
    """What one student has in the gradebook for one assignment."""

    student: str
    notebooks: dict[str, float]
    score: float
    max_score: float
    to_grade_by_hand: bool


def scores(gradebook: Path, assignment: str) -> list[Score]:
    """Every student's scores for an assignment, by student id."""
    with Gradebook(f"sqlite:///{gradebook}") as book:
        return [
            Score(
                student=submission.student_id,
                notebooks={notebook.name: notebook.score for notebook in submission.notebooks},
                score=submission.score,
                max_score=submission.max_score,
                to_grade_by_hand=submission.needs_manual_grade,
            )
            for submission in sorted(
                book.assignment_submissions(assignment), key=lambda row: row.student_id
            )
        ]


def cell_points(gradebook: Path, assignment: str) -> dict[Key, float]:
    """The points that each test cell of each student has from the grader."""
    with Gradebook(f"sqlite:///{gradebook}") as book:
        rows = (
            book.db.query(
                SubmittedAssignment.student_id, Notebook.name, GradeCell.name, Grade.auto_score
            )
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .join(GradeCell, GradeCell.id == Grade.cell_id)
            .filter(Assignment.name == assignment, Grade.auto_score.isnot(None))
        )
        return {(student, notebook, cell): score for student, notebook, cell, score in rows}

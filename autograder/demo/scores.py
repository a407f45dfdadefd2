"""Scores out of nbgrader's gradebook."""

from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook


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

"""Whether the sample class was graded as it must be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.cells import Role
from autograder.demo.sample_class import Lesson, Student
from autograder.demo.scores import Key, cell_points


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One test cell of one student that has other points than it must have.

    Attributes
    ----------
    got : float or None
        None where the gradebook has no points.
    """

    student: str
    notebook: str
    test: str
    expected: float
    got: float | None

    def __str__(self) -> str:
        """One line."""
        got = "none at all" if self.got is None else f"{self.got:g}"
        return (
            f"{self.student}: {self.notebook}, {self.test}: "
            f"expected {self.expected:g} points, got {got}"
        )


def mismatches(
    gradebook: Path, assignment: str, students: Sequence[Student], lessons: Sequence[Lesson]
) -> list[Mismatch]:
    """Compare the points of every test cell with what each student must lose.

    Parameters
    ----------
    gradebook : Path
        An SQLite gradebook in which the assignment is graded.
    students, lessons : sequence
        The class that handed in the assignment, and the assignment's notebooks.

    Returns
    -------
    list of Mismatch
        By student, notebook and cell; empty if all is as it must be.
    """
    points = cell_points(gradebook, assignment)
    return [found for one in students for found in _of_one(one, lessons, points)]


def _of_one(
    student: Student, lessons: Sequence[Lesson], points: Mapping[Key, float]
) -> Iterator[Mismatch]:
    for lesson in lessons:
        lost = student.loses(lesson.notebook)
        for cell in lesson.notebook.having(Role.TESTS):
            if cell.grade_id in lost.perhaps:
                continue
            expected = 0.0 if cell.grade_id in lost.surely else cell.points or 0.0
            got = points.get((student.id, lesson.path.name, cell.grade_id))
            if got != expected:
                yield Mismatch(student.id, lesson.path.name, cell.grade_id, expected, got)

"""What grading a notebook yields: values, nothing that can run."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from autograder.examiner.lesson import Lesson


class Status(StrEnum):
    """How a test cell ended. All but `PASSED` score nothing."""

    PASSED = "passed"
    FAILED = "failed"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    DIED = "died"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class CellResult:
    """The verdict on one test cell.

    Attributes
    ----------
    message : str
        Why it failed, fit for the student's eyes.
    detail : str
        Why it failed, for the instructor: may quote a hidden test.
    line : int or None
        The 1-based line of the test cell that failed.
    cpu : float
        CPU seconds that the worker used.
    diagnosis : str
        The mistake that was recognised, in words for the student; it is part of `message` too.
    misconceptions : tuple of str
        Names of the catalogued mistakes that explain it.
    """

    grade_id: str
    points: float
    max_points: float
    status: Status
    message: str = ""
    detail: str = ""
    line: int | None = None
    cpu: float = 0.0
    diagnosis: str = ""
    misconceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotebookResult:
    """Everything known of one graded notebook.

    Attributes
    ----------
    outputs : dict
        Of each executed student cell, by cell id: its outputs in nbformat's form.
    tier : int
        The sandbox tier that the student's code ran in.
    """

    tests: tuple[CellResult, ...]
    outputs: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    tier: int = 3
    cpu: float = 0.0
    workers: int = 1


def nothing(lesson: Lesson, why: str, tier: int, status: Status = Status.MISSING) -> NotebookResult:
    """The result of a notebook of which nothing could be graded."""
    return NotebookResult(
        tuple(
            CellResult(cell.grade_id, 0.0, cell.points, status, why, why) for cell in lesson.tests
        ),
        tier=tier,
        workers=0,
    )

"""Grade one student's submission of one assignment: an independent, picklable piece of work."""

import functools
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.examiner.lesson import Lesson, read_lessons
from autograder.examiner.limits import Limits
from autograder.examiner.outputs import cells_to_run, write_outputs
from autograder.examiner.results import NotebookResult, Status, nothing
from autograder.examiner.sitting import examine
from autograder.feedback import wording
from autograder.intake.cells import Cell, grade_id_of, is_solution, text_of
from autograder.intake.read import Rejected, Submission, read_cells, read_timestamp, rejection
from autograder.intake.rebuild import rebuild
from autograder.intake.template import Template, read_template


@dataclass(frozen=True, slots=True)
class Job:
    """What a grading process needs to know, and no more."""

    root: Path
    assignment: str
    notebooks: tuple[str, ...]
    submission: Submission
    tier: int
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class GradedNotebook:
    """One graded notebook: the verdicts, and the autograded notebook as text.

    Attributes
    ----------
    answered : tuple of str
        grade_ids of the solution cells that differ from the released stub.
    rejected : str
        Why the file could not be graded; its tests all score 0.
    """

    result: NotebookResult
    text: str
    answered: tuple[str, ...] = ()
    rejected: str = ""


@dataclass(frozen=True, slots=True)
class Graded:
    """Everything known of one student's submission."""

    student: str
    timestamp: str
    fingerprint: str
    notebooks: dict[str, GradedNotebook]

    @property
    def points(self) -> float:
        """Automatic points."""
        return sum(test.points for book in self.notebooks.values() for test in book.result.tests)


def grade(job: Job) -> Graded:
    """Grade one submission. Whatever is in it, the result is complete."""
    # first: a file that is replaced in the meantime is graded by the next run
    mark = fingerprint(job)
    notebooks = {name: _grade_notebook(job, name) for name in job.notebooks}
    return Graded(job.submission.student, read_timestamp(job.submission.folder), mark, notebooks)


def give_up(job: Job, overrun: str | None = None) -> Graded:
    """Score 0 a submission that ended the grader twice, and say why to the student.

    Its answers are kept for whoever reads them. Its fingerprint is nobody's: the machine may have
    been at fault, so the next run tries again.
    """
    notebooks, why = {}, wording.gave_up(overrun)
    for name in job.notebooks:
        lesson, template = _material(job, name)
        result = nothing(lesson, why, job.tier, Status.DIED)
        try:
            submitted = read_cells(job.submission.folder / f"{name}.ipynb")
        except Rejected:
            submitted = []
        cells = rebuild([rejection(why), *submitted], template.cells, template.stubs)
        notebooks[name] = GradedNotebook(result, _text(template, cells, result), rejected=why)
    timestamp = read_timestamp(job.submission.folder)
    return Graded(job.submission.student, timestamp, "0" * 64, notebooks)


def fingerprint(job: Job) -> str:
    """Digest of what decides a grade: the submitted cells, the tests and the limits."""
    parts: list[Any] = [repr(job.limits), job.tier]
    for name in job.notebooks:
        lesson, template = _material(job, name)
        parts.append([[cell.grade_id, cell.source, cell.points] for cell in lesson.cells])
        parts.append(sorted(template.stubs.items()))
        parts.append(_submitted(job, name))
    return _digest(parts)


def handed_in(job: Job) -> str:
    """Digest of the submitted cells alone."""
    return _digest([_submitted(job, name) for name in job.notebooks])


def _submitted(job: Job, name: str) -> list[Any] | str:
    try:
        cells = read_cells(job.submission.folder / f"{name}.ipynb")
    except Rejected as error:
        return str(error)
    return [[cell.get("cell_type"), grade_id_of(cell), text_of(cell)] for cell in cells]


def _digest(parts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _material(job: Job, name: str) -> tuple[Lesson, Template]:
    return _materials(job.root, job.assignment, job.notebooks)[name]


@functools.cache
def _materials(
    root: Path, assignment: str, notebooks: tuple[str, ...]
) -> dict[str, tuple[Lesson, Template]]:
    lessons = read_lessons(root / "source" / assignment / f"{name}.ipynb" for name in notebooks)
    return {
        name: (lesson, read_template(root, assignment, name)) for name, lesson in lessons.items()
    }


def _grade_notebook(job: Job, name: str) -> GradedNotebook:
    lesson, template = _material(job, name)
    try:
        submitted = read_cells(job.submission.folder / f"{name}.ipynb")
    except Rejected as error:
        result, rejected = nothing(lesson, str(error), job.tier), str(error)
        cells = rebuild([rejection(rejected)], template.cells, template.stubs)
        return GradedNotebook(result, _text(template, cells, result), rejected=rejected)
    cells = rebuild(submitted, template.cells, template.stubs)
    result = examine(lesson, cells_to_run(cells, lesson), job.root, job.tier, job.limits)
    return GradedNotebook(result, _text(template, cells, result), _answered(cells, template))


def _text(template: Template, cells: list[Cell], result: NotebookResult) -> str:
    write_outputs(cells, result)
    text = json.dumps(template.notebook(cells), indent=1, ensure_ascii=False, sort_keys=True)
    return text + "\n"


def _answered(cells: list[Cell], template: Template) -> tuple[str, ...]:
    return tuple(
        grade_id_of(cell)
        for cell in cells
        if is_solution(cell) and text_of(cell) != template.stubs.get(grade_id_of(cell))
    )

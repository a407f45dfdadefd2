"""The reference earns every point, twice in a row, in this process and in isolation."""

import re
from collections.abc import Iterator
from pathlib import Path

from autograder.authoring.cells import Notebook, Role
from autograder.authoring.run import CellError, Namespace, Outcome, answers, grade, run_until
from autograder.examiner.compiled import lesson_zygote
from autograder.examiner.examine import Examination, student_cells
from autograder.examiner.lesson import read_lesson
from autograder.examiner.limits import Limits
from autograder.examiner.results import CellResult, Status
from autograder.sandbox.choose import detect

# where an object lies is chance, and no difference
_ADDRESS = re.compile(r"\b0x[0-9a-f]+\b")
_REMEDY = "draw random numbers from a generator with a seed, made in the cell itself"


def reference_failures(notebook: Notebook, names: Namespace) -> Iterator[str]:
    """Run the solved notebook, then grade it twice in this process.

    Parameters
    ----------
    names : mapping
        What its locked cells and solutions bind, for the first time.
    """
    try:
        run_until(notebook)
    except CellError as failed:
        yield f"{notebook.file}:{failed.line}: the solved notebook fails here: {failed}"
    first, second = grade(notebook, names), grade(notebook, answers(notebook))
    for cell in notebook.having(Role.TESTS):
        at = f"{notebook.file}:{cell.line}: {cell.grade_id}"
        one, two = first[cell.grade_id], second[cell.grade_id]
        if _said(one) != _said(two):
            yield f"{at} flickers: the reference {_said(one)}, then {_said(two)}; {_REMEDY}"
        elif not one.passed:
            yield f"{at} refuses the reference: {one.reason}"
    tested = {cell.target for cell in notebook.having(Role.TESTS)}
    for cell in notebook.having(Role.SOLUTION):
        if cell.grade_id not in tested:
            yield (
                f"{notebook.file}:{cell.line}: {cell.grade_id} has no test cell; "
                f'add `tests="{cell.grade_id}"`'
            )


def isolated_failures(notebook: Notebook, source: Path) -> Iterator[str]:
    """Grade the reference as a submission is graded, twice.

    A test may ask what it cannot ask there.
    """
    if not source.is_file():
        # named as stale already
        return
    lesson = read_lesson(source)
    limits = Limits()
    # source/<assignment>/<notebook>.ipynb lies two folders below the course
    zygote = lesson_zygote(lesson, source.parents[2], detect().tier, limits)
    first, second = (
        Examination(lesson, student_cells(lesson, {}), zygote, limits).run().tests for _ in range(2)
    )
    for one, two in zip(first, second, strict=True):
        at = f"{notebook.file}: {one.grade_id}"
        if _verdict(one) != _verdict(two):
            yield (
                f"{at} flickers in isolation: the reference {_verdict(one)}, "
                f"then {_verdict(two)}; {_REMEDY}"
            )
        elif one.status is not Status.PASSED:
            yield f"{at} refuses the reference in isolation: {one.detail or one.message}"


def _said(outcome: Outcome) -> str:
    return "passed" if outcome.passed else _why("failed", outcome.reason)


def _verdict(result: CellResult) -> str:
    if result.status is Status.PASSED:
        return "passed"
    return _why(result.status, result.detail or result.message)


def _why(status: str, reason: str) -> str:
    return f"{status} ({_ADDRESS.sub('0x…', reason)})"

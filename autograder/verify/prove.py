"""Prove the tests of one notebook."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring.cells import Notebook, Role
from autograder.authoring.load import load
from autograder.authoring.run import CellError, Namespace, answers, grade, run_until
from autograder.catalogue import Entry, load_catalogue
from autograder.course_tree import NotebookPath
from autograder.errors import GraderError
from autograder.examiner.examine import Examination, student_cells
from autograder.examiner.lesson import read_lesson
from autograder.examiner.limits import Limits
from autograder.examiner.results import Status
from autograder.examiner.zygotes import warm_zygote
from autograder.release.course_table import stated
from autograder.sandbox.choose import detect
from autograder.verify.degenerate import DEGENERATE
from autograder.verify.leaks import cell_text, find_leaks, released_cells


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven of one notebook. `failures` is empty when all holds."""

    assignment: str
    notebook: str
    stubs: int
    tests: int
    points: float
    manual_points: float
    misconceptions: int
    alternatives: int
    seconds: float
    failures: tuple[str, ...]


def prove(path: NotebookPath) -> Proof:
    """Run every answer whose outcome is known against every test of one notebook."""
    began = time.perf_counter()
    try:
        notebook = load(path, path.root / "course")
        stated(notebook)
        shown = path.misconceptions.relative_to(path.root).as_posix()
        entries = load_catalogue(path.misconceptions, shown, answers(notebook))
        failures = [
            *_reference(notebook),
            *_isolated(notebook, path.source),
            *_stub(notebook, path.release),
            *_degenerate(notebook),
            *_catalogue(notebook, entries, shown),
            *(
                f"{path.release.relative_to(path.root)}: {leak}"
                for leak in find_leaks(notebook, path.release)
            ),
        ]
    except GraderError as error:
        notebook, entries, failures = (
            Notebook(path.assignment, path.name, path.shown),
            [],
            [str(error)],
        )
    _close_figures()
    return Proof(
        assignment=path.assignment,
        notebook=path.name,
        stubs=len(notebook.having(Role.SOLUTION)),
        tests=len(notebook.having(Role.TESTS)),
        points=notebook.auto_points,
        manual_points=notebook.manual_points,
        misconceptions=sum(bool(entry.loses) for entry in entries),
        alternatives=sum(not entry.loses for entry in entries),
        seconds=round(time.perf_counter() - began, 2),
        failures=tuple(failures),
    )


def _close_figures() -> None:
    import sys

    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def _at(notebook: Notebook, grade_id: str) -> str:
    return f"{notebook.file}:{notebook.cell(grade_id).line}: {grade_id}"


def _reference(notebook: Notebook) -> Iterator[str]:
    try:
        run_until(notebook)
    except CellError as failed:
        yield f"{notebook.file}:{failed.line}: the solved notebook fails here: {failed}"
    for grade_id, outcome in grade(notebook, answers(notebook)).items():
        if not outcome.passed:
            yield f"{_at(notebook, grade_id)} refuses the reference: {outcome.reason}"
    tested = {cell.target for cell in notebook.having(Role.TESTS)}
    for cell in notebook.having(Role.SOLUTION):
        if cell.grade_id not in tested:
            yield f'{_at(notebook, cell.grade_id)} has no test cell; add `tests="{cell.grade_id}"`'


def _isolated(notebook: Notebook, source: Path) -> Iterator[str]:
    """Grade the reference as a submission is graded: a test may ask what it cannot ask there."""
    if not source.is_file():
        # named as stale already
        return
    lesson = read_lesson(source)
    limits = Limits()
    zygote = warm_zygote(lesson.modules, detect().tier, limits)
    result = Examination(lesson, student_cells(lesson, {}), zygote, limits).run()
    for test in result.tests:
        if test.status is not Status.PASSED:
            reason = test.detail or test.message
            yield f"{notebook.file}: {test.grade_id} refuses the reference in isolation: {reason}"


def _stub(notebook: Notebook, release: Path) -> Iterator[str]:
    stubs = {
        str(cell["metadata"]["nbgrader"]["grade_id"]): cell_text(cell)  # type: ignore[index] # JSON
        for cell in released_cells(release)
        if cell["metadata"].get("nbgrader", {}).get("solution")  # type: ignore[attr-defined] # JSON
    }
    missing = [c.grade_id for c in notebook.having(Role.SOLUTION) if c.grade_id not in stubs]
    if missing:
        yield f"{notebook.file}: not released: {', '.join(missing)}; run `autograder build`"
        return
    for grade_id, outcome in grade(notebook, answers(notebook, sources=stubs)).items():
        if outcome.passed:
            yield f"{_at(notebook, grade_id)} gives its points to the untouched stub"


def _degenerate(notebook: Notebook) -> Iterator[str]:
    for cell in notebook.having(Role.SOLUTION):
        for name, replace in DEGENERATE.items():
            names = answers(notebook, replace={cell.grade_id: replace})
            for grade_id, outcome in grade(notebook, names, only=cell.grade_id).items():
                if outcome.passed:
                    yield f"{_at(notebook, grade_id)} gives its points to {name}"


def _catalogue(notebook: Notebook, entries: list[Entry], shown: str) -> Iterator[str]:
    tests = [cell.grade_id for cell in notebook.having(Role.TESTS)]
    stubs = [cell.grade_id for cell in notebook.having(Role.SOLUTION)]
    caught: set[str] = set()
    for entry in entries:
        place = f"{shown}:{entry.line}: {entry.name}"
        unknown = [entry.target] * (entry.target not in stubs) + [
            name for name in entry.loses if name not in tests
        ]
        if unknown:
            yield f"{place} names {', '.join(unknown)}, which the notebook does not have"
            continue
        outcomes = grade(notebook, answers(notebook, replace={entry.target: _given(entry)}))
        lost = {grade_id for grade_id, outcome in outcomes.items() if not outcome.passed}
        caught |= lost
        for grade_id in sorted(lost - set(entry.loses)):
            yield f"{place} also loses {grade_id}: {outcomes[grade_id].reason}"
        for grade_id in sorted(set(entry.loses) - lost):
            yield f"{place} should lose {grade_id} but passes it"
    for grade_id in tests:
        if grade_id not in caught:
            yield (
                f"{_at(notebook, grade_id)} is lost by no misconception; catalogue one in {shown}"
            )


def _given(entry: Entry) -> Any:
    def replace(reference: Any, names: Namespace) -> Any:
        if not callable(reference):
            return entry.answer()
        # what the answer calls is what the run defines, not what the catalogue was loaded with
        entry.answer.__globals__.update(
            {name: value for name, value in names.items() if not name.startswith("__")}
        )
        return entry.answer

    return replace

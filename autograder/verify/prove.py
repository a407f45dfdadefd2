"""Prove the tests of one notebook."""

import contextlib
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.cells import Notebook, Role
from autograder.authoring.load import load
from autograder.authoring.run import answers, grade
from autograder.catalogue import load_catalogue
from autograder.course_tree import NotebookPath
from autograder.errors import GraderError
from autograder.release.course_table import stated
from autograder.verify.catalogued import catalogue_failures
from autograder.verify.degenerate import DEGENERATE
from autograder.verify.leaks import cell_text, find_leaks, released_cells
from autograder.verify.reference import isolated_failures, reference_failures
from autograder.verify.thorough import Removals, Say, Thorough


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven of one notebook.

    Attributes
    ----------
    failures : tuple of str
        Empty when all holds.
    thorough : Thorough or None
        What became of its single checks, if it was asked for.
    """

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
    thorough: Thorough | None = None


def prove(path: NotebookPath, *, thorough: bool = False, say: Say = lambda _: None) -> Proof:
    """Run every answer whose outcome is known against every test of one notebook.

    Parameters
    ----------
    thorough : bool
        Also take out every single check, to see whether a misconception notices.
    say : callable
        Is told what a thorough proof is about.
    """
    began = time.perf_counter()
    removals = None
    try:
        # what an answer writes lies in nobody's folder, nor where another proof writes the same
        with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
            notebook = load(path, path.root / "course")
            stated(notebook)
            shown = path.misconceptions.relative_to(path.root).as_posix()
            names = answers(notebook)
            entries = load_catalogue(path.misconceptions, shown, names)
            if thorough:
                removals = Removals(notebook, lambda text: say(f"{path}: {text}"))
            failures = [
                *reference_failures(notebook, names),
                *isolated_failures(notebook, path.source),
                *_stub(notebook, path.release),
                *_degenerate(notebook),
                *catalogue_failures(notebook, entries, shown, removals),
                *(
                    f"{path.release.relative_to(path.root)}: {leak}"
                    for leak in find_leaks(notebook, path.release)
                ),
            ]
    except GraderError as error:
        notebook = Notebook(path.assignment, path.name, path.shown)
        entries, removals, failures = [], None, [str(error)]
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
        thorough=removals.result() if removals else None,
    )


def _close_figures() -> None:
    import sys

    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def _at(notebook: Notebook, grade_id: str) -> str:
    return f"{notebook.file}:{notebook.cell(grade_id).line}: {grade_id}"


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

"""Run an author's own cells in this process, as the grader would see them."""

import io
import linecache
import signal
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.errors import GraderError

# CPU seconds, as when a submission is graded; the import of a framework takes several
TEST_SECONDS = 10.0
SECONDS = 30.0
Namespace = dict[str, Any]
Replace = Callable[[Any, Namespace], Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one test cell. `reason` is empty when it passed."""

    passed: bool
    reason: str = ""


class TooSlow(BaseException):
    """A cell ran into its time limit; no `except Exception` in an answer may swallow it."""


class CellError(Exception):
    """A cell failed while the reference was run; `line` is where it stands."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def answers(
    notebook: Notebook,
    *,
    replace: Mapping[str, Replace] | None = None,
    sources: Mapping[str, str] | None = None,
) -> Namespace:
    """Run the locked cells and the solutions, and return the names they bind.

    Parameters
    ----------
    replace : mapping
        For a grade_id, a function (reference answer, namespace) -> the answer to use instead.
    sources : mapping
        For a grade_id, the text to run instead of the reference solution.
    """
    namespace: Namespace = {"__name__": "__main__"}
    for cell in notebook.having(Role.LOCKED, Role.SOLUTION):
        text = (sources or {}).get(cell.grade_id, cell.source)
        if cell.role is Role.LOCKED:
            try:
                _run(cell, text, namespace, notebook.file)
            except TooSlow as error:
                raise GraderError(
                    f"a locked cell {error}",
                    file=notebook.file,
                    line=cell.line,
                    remedy="make it faster, or give it a `timeout=`",
                ) from None
            continue
        try:
            _run(cell, text, namespace, notebook.file)
        except Exception as error:  # a broken answer is data: its tests will say so
            namespace[f"__failed_{cell.grade_id}"] = error
        if replace and cell.grade_id in replace:
            reference = namespace.get(cell.grade_id)
            namespace[cell.grade_id] = replace[cell.grade_id](reference, namespace)
    return namespace


def grade(notebook: Notebook, namespace: Namespace, only: str = "") -> dict[str, Outcome]:
    """Run every test cell (or those of one solution), each on its own copy of the names."""
    return {
        cell.grade_id: _outcome(cell, dict(namespace), notebook.file)
        for cell in notebook.having(Role.TESTS)
        if not only or cell.target == only
    }


def run_until(notebook: Notebook, last: Cell | None = None) -> None:
    """Run the cells from top to bottom as a student would; warnings are errors.

    Parameters
    ----------
    last : Cell, optional
        The cell to stop after (default: run them all).

    Raises
    ------
    CellError
        If a cell fails.
    """
    namespace: Namespace = {"__name__": "__main__"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for cell in notebook.cells:
            if cell.kind == "code":
                outcome = _outcome(cell, namespace, notebook.file)
                if not outcome.passed:
                    raise CellError(cell.line, outcome.reason)
            if cell is last:
                return


def _outcome(cell: Cell, namespace: Namespace, file: str) -> Outcome:
    try:
        _run(cell, cell.source, namespace, file)
    except (Exception, TooSlow, SystemExit) as error:
        return Outcome(False, f"{type(error).__name__}: {error}")
    return Outcome(True)


def _run(cell: Cell, text: str, namespace: Namespace, file: str) -> None:
    name = f"<{file}:{cell.line} {cell.grade_id}>"
    # so that inspect.getsource finds a function's text, as it does in Jupyter
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    code = compile(text, name, "exec")
    with (
        redirect_stdout(io.StringIO()),
        redirect_stderr(io.StringIO()),
        _limit(cell.timeout or (TEST_SECONDS if cell.role is Role.TESTS else SECONDS)),
    ):
        exec(code, namespace)  # noqa: S102 # the author's own cells


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooSlow(f"took longer than {seconds:g} s")

    # CPU time, so that a busy machine changes no proof; the clock only catches what sleeps
    timers = (
        (signal.SIGPROF, signal.ITIMER_PROF, seconds),
        (signal.SIGALRM, signal.ITIMER_REAL, seconds * 10),
    )
    before = [signal.signal(number, stop) for number, _, _ in timers]
    for _, timer, length in timers:
        signal.setitimer(timer, length)
    try:
        yield
    finally:
        for (number, timer, _), handler in zip(timers, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(number, handler)

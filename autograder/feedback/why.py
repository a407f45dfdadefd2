"""Why a test cell failed, in words that may leave the house."""

import ast
import re
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.authoring.markers import HIDDEN, inside
from autograder.feedback.plain import plain
from autograder.feedback.wording import NOT_WRITTEN, TOO_LONG, hidden_failure

_FRAME = re.compile(r"Cell In\[(\d+)\], line (\d+)")
_TIMEOUTS = {"CellTimeoutError", "KeyboardInterrupt"}
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Why:
    """What a student reads of a failed test.

    Attributes
    ----------
    said : str
        What happened.
    advice : str
        The mistake that was recognised, or the author's hint; may be empty.
    line : str
        The line of the test that failed, if it is in sight and says enough by itself.
    in_sight : bool
        Whether the student can see and run what failed.
    """

    said: str
    advice: str = ""
    line: str = ""
    in_sight: bool = False


def explain(cell: NotebookNode, error: NotebookNode, hint: str) -> Why:
    """Say why a test cell failed, without what is hidden.

    Parameters
    ----------
    cell : NotebookNode
        The test cell with its hidden lines.
    error : NotebookNode
        Its error output, as grading wrote it.
    hint : str
        What the author wants a student to think about; may be empty.
    """
    hidden = inside(cell.source, HIDDEN)
    if error.ename in _TIMEOUTS:
        return Why(TOO_LONG)
    if error.ename == "Stopped":
        return Why(plain(error.evalue, _MOST))
    number = _failing_line(cell, error)
    recognised = plain(error.traceback[3], _MOST) if len(error.traceback) == 4 else ""
    if number is not None and number - 1 not in hidden:
        line = _whole(cell.source.split("\n")[number - 1])
        if error.ename == "NotImplementedError":
            return Why(NOT_WRITTEN, in_sight=True)
        said = plain(error.evalue, _MOST)
        if error.ename == "CheckFailed":
            return Why(said, recognised, line, in_sight=True)
        spoken = f"{plain(error.ename, 100)}: {said}".removesuffix(f": {error.ename}")
        return Why(spoken, recognised, line, in_sight=True)
    if not hidden:
        return Why(f"{plain(error.ename, 100)}: {plain(error.evalue, _MOST)}", recognised)
    said = hidden_failure(error.ename, "")
    return Why(said, "" if said == NOT_WRITTEN else recognised or hint)


def _whole(line: str) -> str:
    """The line, unless it is only the beginning or the end of a call."""
    try:
        ast.parse(line.strip())
    except SyntaxError:
        return ""
    return line.strip()


def _failing_line(cell: NotebookNode, error: NotebookNode) -> int | None:
    """The 1-based line of the test cell that the error passed through."""
    lines = cell.source.count("\n") + 1
    for number, line in _FRAME.findall(plain("\n".join(error.traceback), 100_000)):
        if int(number) == cell.execution_count and 0 < int(line) <= lines:
            return int(line)
    return None

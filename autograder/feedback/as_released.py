"""nbgrader preprocessor: feedback shows each test cell as released, and why it failed."""

import json
import re
from pathlib import Path
from textwrap import wrap
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from autograder.authoring.markers import HIDDEN, inside, regions
from autograder.feedback.wording import TOO_LONG, hidden_failure

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_FRAME = re.compile(r"Cell In\[(\d+)\], line (\d+)")
_STYLE = re.compile(r"<style\b.*?</style\s*>", re.DOTALL | re.IGNORECASE)
_TIMEOUTS = {"CellTimeoutError", "KeyboardInterrupt"}


class ShowTestsAsReleased(NbGraderPreprocessor):  # type: ignore[misc] # untyped base
    """Take hidden tests, their expected values and their tracebacks out of feedback.

    A failed visible line shows its message. A failed hidden line shows the hint that the author
    gave the test, and of an exception only its type: a message could carry hidden inputs.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Treat every test cell of one autograded notebook."""
        place = resources["nbgrader"]
        # nbgrader converts from the root of the course
        self._hints = read_hints(
            Path("source") / place["assignment"] / f"{place['notebook']}.ipynb"
        )
        result: tuple[NotebookNode, dict[str, Any]] = super().preprocess(nb, resources)
        return result

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Treat one cell; others than test cells stay as they are."""
        if cell.cell_type != "code" or not is_grade(cell) or is_solution(cell):
            _drop_styles(cell)
            return cell, resources
        errors = [output for output in cell.outputs if output.output_type == "error"]
        reason = (
            explain(cell, errors[0], self._hints.get(cell.metadata.nbgrader.grade_id, ""))
            if errors
            else None
        )
        if reason is not None:
            cell.outputs = [
                new_output("error", ename="Failed", evalue=reason, traceback=wrap(reason, 88))
            ]
        elif any(kind == HIDDEN for kind, _, _ in regions(cell.source)):
            # what a function prints during a hidden test can hold its inputs
            cell.outputs = []
        cell, resources = ClearHiddenTests(parent=self).preprocess_cell(cell, resources, index)
        return cell, resources


def _drop_styles(cell: NotebookNode) -> None:
    """Take style sheets out of HTML outputs: sanitised, their text would stand on the page."""
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if isinstance(data.get("text/html"), str):
            data["text/html"] = _STYLE.sub("", data["text/html"])


def read_hints(source: Path) -> dict[str, str]:
    """The hint of each test cell of a built source notebook; none if it is not there."""
    if not source.is_file():
        return {}
    cells = json.loads(source.read_text(encoding="utf-8"))["cells"]
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["metadata"]["course"]["hint"]
        for cell in cells
        if "hint" in cell["metadata"].get("course", {})
    }


def explain(cell: NotebookNode, error: NotebookNode, hint: str) -> str | None:
    """Say why a test cell failed, without what is hidden.

    Returns
    -------
    str or None
        None where the student may see the whole traceback: a cell without hidden lines whose
        failure is not a check's own message.
    """
    hidden = inside(cell.source, HIDDEN)
    if error.ename in _TIMEOUTS:
        return TOO_LONG
    if error.ename == "Stopped":
        return str(error.evalue)
    line = _failing_line(cell, error)
    recognised = error.traceback[3] if len(error.traceback) == 4 else ""
    if line is not None and line - 1 not in hidden:
        if error.ename == "CheckFailed":
            return f"{error.evalue} {recognised}".rstrip()
        return f"{error.ename}: {error.evalue} {recognised}".rstrip() if hidden else None
    if not hidden:
        return None
    return hidden_failure(error.ename, recognised or hint)


def _failing_line(cell: NotebookNode, error: NotebookNode) -> int | None:
    """The 1-based line of the test cell that the error passed through."""
    text = _ANSI.sub("", "\n".join(error.traceback))
    for number, line in _FRAME.findall(text):
        if int(number) == cell.execution_count:
            return int(line)
    return None

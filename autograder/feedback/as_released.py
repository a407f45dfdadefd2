"""nbgrader preprocessor: feedback shows each test cell as released, and why it failed."""

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from autograder.feedback.plain import plain
from autograder.feedback.tidy import tidy_outputs
from autograder.feedback.why import explain


class ShowTestsAsReleased(NbGraderPreprocessor):  # type: ignore[misc] # untyped base
    """Take hidden tests, their expected values and their tracebacks out of feedback.

    A failed visible line shows its message. A failed hidden line shows the hint that the author
    gave the test, and of an exception only its type: a message could carry hidden inputs. All
    that a student's code put out is cleaned.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Treat every cell of one autograded notebook."""
        place = resources["nbgrader"]
        # nbgrader converts from the root of the course
        source = Path("source") / place["assignment"] / f"{place['notebook']}.ipynb"
        self._hints = {
            name: facts["hint"] for name, facts in read_facts(source).items() if "hint" in facts
        }
        result: tuple[NotebookNode, dict[str, Any]] = super().preprocess(nb, resources)
        return result

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Treat one cell."""
        if cell.cell_type != "code" or not is_grade(cell) or is_solution(cell):
            tidy_outputs(cell)
            return cell, resources
        errors = [output for output in cell.outputs if output.output_type == "error"]
        # what a function prints during a hidden test can hold its inputs
        cell.outputs = []
        if errors:
            why = explain(cell, errors[0], self._hints.get(cell.metadata.nbgrader.grade_id, ""))
            spoken = f"{why.said} {why.advice}".rstrip()
            cell.outputs = [new_output("error", ename="Failed", evalue=spoken, traceback=[spoken])]
            cell.metadata["why"] = NotebookNode(asdict(why))
        return _CLEAR.preprocess_cell(cell, resources, index)  # type: ignore[no-any-return]


# with no configuration: it would complain of what is meant for others
_CLEAR = ClearHiddenTests()


def read_facts(source: Path) -> dict[str, dict[str, Any]]:
    """What the compiler knows of each cell of a built source notebook; nothing if it is not there.

    Returns
    -------
    dict
        By grade_id: `role`, and where there is one `idea` and `hint`. Under the empty grade_id
        stands the notebook's `title`.
    """
    return _read(source.resolve(), source.stat().st_mtime_ns) if source.is_file() else {}


@lru_cache(64)
def _read(source: Path, _changed: int) -> dict[str, dict[str, Any]]:
    cells = json.loads(source.read_text(encoding="utf-8"))["cells"]
    facts = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["metadata"]["course"]
        for cell in cells
        if "nbgrader" in cell["metadata"] and "course" in cell["metadata"]
    }
    texts = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    lines = (line for text in texts for line in text.split("\n"))
    title = next((line[2:] for line in lines if line.startswith("# ")), "")
    return {**facts, "": {"title": plain(title, 200)}}

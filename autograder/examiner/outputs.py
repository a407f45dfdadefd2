"""Write what grading found into a notebook, as if its cells had been run in one kernel."""

from collections.abc import Sequence
from typing import Any

from autograder.examiner.examine import StudentCell
from autograder.examiner.lesson import Lesson
from autograder.examiner.results import CellResult, NotebookResult, Status
from autograder.intake.cells import Cell, grade_id_of, is_test, text_of


def cells_to_run(cells: Sequence[Cell], lesson: Lesson) -> list[StudentCell]:
    """All code cells of a rebuilt submission but the tests, in order."""
    timeouts = {cell.grade_id: cell.timeout for cell in lesson.cells if cell.grade_id}
    return [
        StudentCell(cell["id"], text_of(cell), timeouts.get(grade_id_of(cell)))
        for cell in cells
        if cell["cell_type"] == "code" and not is_test(cell)
    ]


def write_outputs(cells: Sequence[Cell], result: NotebookResult) -> None:
    """Fill in outputs and execution counts, in place.

    A failed test cell gets an error output, which nbgrader scores 0; a passed one gets none.
    """
    verdicts = {test.grade_id: test for test in result.tests}
    count = 0
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        count += 1
        cell["execution_count"] = count
        verdict = verdicts.get(grade_id_of(cell)) if is_test(cell) else None
        if verdict is not None:
            outputs: Sequence[Any] = _verdict_outputs(verdict, text_of(cell), count)
        else:
            outputs = [_numbered(one, count) for one in result.outputs.get(cell["id"], [])]
        cell["outputs"] = list(outputs)


def _numbered(output: dict[str, Any], count: int) -> dict[str, Any]:
    if output.get("output_type") == "execute_result":
        return {**output, "execution_count": count}
    return output


def _verdict_outputs(verdict: CellResult, source: str, count: int) -> list[dict[str, Any]]:
    if verdict.status is Status.PASSED:
        return []
    # the name by which feedback knows a message that a student may see as it is
    name, message, trace = "Stopped", verdict.message, [verdict.detail]
    if verdict.line is not None:
        name, _, message = verdict.detail.partition(": ")
        # the line in the form in which feedback looks for it
        text = source.split("\n")[verdict.line - 1].strip()
        trace = [f"Cell In[{count}], line {verdict.line}", f"----> {text}", verdict.detail]
        # an item of its own, at the place where feedback looks: a student's text is in the others
        trace += [verdict.diagnosis] * bool(verdict.diagnosis)
    if verdict.status is Status.TIMEOUT:
        name = "CellTimeoutError"
    return [
        {
            "output_type": "error",
            "ename": name.rpartition(".")[2] or "Failed",
            "evalue": message or verdict.message,
            "traceback": trace,
        }
    ]

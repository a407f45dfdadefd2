"""nbgrader preprocessor: the grades of a notebook, and which of them a person has yet to give."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades


class ReadGrades(GetGrades):  # type: ignore[misc] # untyped base
    """nbgrader's own, which shows an answer that nobody has read yet as one worth nothing.

    It asks the gradebook once for a notebook; nbgrader's asks for every cell, which took most of
    the time that a page took.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Read the grades of one notebook."""
        self._rows: tuple[dict[str, Any], dict[str, Any]] | None = None
        result: tuple[NotebookNode, dict[str, Any]] = super().preprocess(nb, resources)
        return result

    def _all(self) -> tuple[dict[str, Any], dict[str, Any]]:
        if self._rows is None:
            notebook = self.gradebook.find_submission_notebook(
                self.notebook_id, self.assignment_id, self.student_id
            )
            self._rows = (
                {grade.cell.name: grade for grade in notebook.grades},
                {comment.cell.name: comment for comment in notebook.comments},
            )
        return self._rows

    def _get_comment(self, cell: NotebookNode, _resources: dict[str, Any]) -> None:
        comment = self._all()[1][cell.metadata["nbgrader"]["grade_id"]]
        cell.metadata.nbgrader["comment"] = comment.comment

    def _get_score(self, cell: NotebookNode, _resources: dict[str, Any]) -> None:
        grade = self._all()[0][cell.metadata["nbgrader"]["grade_id"]]
        cell.metadata.nbgrader["score"] = grade.score
        cell.metadata.nbgrader["points"] = grade.max_score
        cell.metadata["grade"] = NotebookNode(
            waits=bool(grade.needs_manual_grade) and grade.manual_score is None,
            by_hand=grade.manual_score is not None,
        )

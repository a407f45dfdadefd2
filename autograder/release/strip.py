"""nbgrader preprocessor: what only our compiler knows does not ship."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor


class StripCourseMetadata(NbGraderPreprocessor):  # type: ignore[misc] # untyped base
    """Remove `metadata.course` (role, hint, limits) from the notebook and every cell.

    nbgrader refuses foreign keys inside `metadata.nbgrader` and ships all others.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Strip one notebook."""
        nb.metadata.pop("course", None)
        nb, resources = super().preprocess(nb, resources)
        return nb, resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], _index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Strip one cell."""
        cell.metadata.pop("course", None)
        return cell, resources

"""nbgrader preprocessor: a submission is rebuilt before anything else reads it."""

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor

from autograder.errors import GraderError
from autograder.intake.rebuild import rebuild


class RebuildFromSource(NbGraderPreprocessor):  # type: ignore[misc] # untyped base
    """Take only answers and added cells from a submission; all else comes from `source/`."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Rebuild one notebook."""
        place = resources["nbgrader"]
        # nbgrader converts from the root of the course
        path = Path("source") / place["assignment"] / f"{place['notebook']}.ipynb"
        if not path.is_file():
            raise GraderError(
                "the notebook that was released is not there",
                file=path,
                remedy="run `autograder build`, or bring back its text source",
            )
        source = nbformat.read(path, as_version=4)
        source.metadata.pop("course", None)
        for cell in source.cells:
            cell.metadata.pop("course", None)
        return rebuild(nb, source, self._stub), resources

    def _stub(self, cell: NotebookNode) -> str:
        cleared, _ = ClearSolutions(parent=self).preprocess_cell(
            NotebookNode(cell), {"language": "python"}, 0
        )
        return str(cleared.source)

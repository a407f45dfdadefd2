"""nbgrader preprocessor: a submission is rebuilt before anything else reads it."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.intake.rebuild import rebuild
from autograder.intake.template import read_template


class RebuildFromSource(NbGraderPreprocessor):  # type: ignore[misc] # untyped base
    """Take only answers and added cells from a submission; all else comes from `source/`."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Rebuild one notebook."""
        place = resources["nbgrader"]
        # nbgrader converts from the root of the course
        template = read_template(Path(), place["assignment"], place["notebook"])
        rebuilt = rebuild(nb.cells, template.cells, template.stubs)
        return from_dict(template.notebook(rebuilt)), resources

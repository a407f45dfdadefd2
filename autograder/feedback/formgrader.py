"""What formgrader shows to whoever grades by hand: a student's words, and nothing that acts.

nbgrader's page renders written answers as they are, inside the instructor's own JupyterLab: a
script in one of them could read `source/` and write grades. `nbgrader_config.py` puts the
parts of this module, and templates/formgrade, before that page by settings of nbconvert's.
"""

import re
from html import escape
from typing import Any

from markupsafe import Markup
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

from autograder.feedback.page import NBGRADERS_TEMPLATES, TEMPLATES, code
from autograder.feedback.plain import plain
from autograder.feedback.prose import prose
from autograder.feedback.safe_html import safe_html
from autograder.feedback.tidy import tidy_outputs

# nbconvert looks for each template in these, in turn
TEMPLATE_FOLDERS = [str(TEMPLATES), str(NBGRADERS_TEMPLATES)]

_NAME = re.compile(r"[\w-]{1,200}\Z")
_STREAMS = frozenset({"stdout", "stderr"})
# what the page prints into its own HTML and script as it is
_PRINTED = (
    "assignment_id",
    "base_url",
    "filename",
    "first_name",
    "last_name",
    "notebook_id",
    "notebook_path",
    "student",
    "submission_id",
)


class ShowWordsOnly(Preprocessor):  # type: ignore[misc, unused-ignore] # untyped base
    """Clean every text of one notebook before formgrader's template sees it."""

    enabled = Bool(True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Leave of a notebook what is shown: cells, their marks for grading, cleaned outputs."""
        # a lexer's name would become a class of the page's, widgets a script
        nb.metadata = NotebookNode(language_info={"name": "python", "pygments_lexer": "ipython3"})
        nb.cells = [_words(cell, number) for number, cell in enumerate(nb.cells)]
        for name in _PRINTED:
            if isinstance(resources.get(name), str):
                resources[name] = escape(plain(resources[name]))
        return nb, resources


def _words(cell: NotebookNode, number: int) -> NotebookNode:
    kept = NotebookNode(cell_type=cell.cell_type, id=f"cell-{number}", metadata=_marks(cell))
    text = plain(cell.get("source"))
    if cell.cell_type == "code":
        count = cell.get("execution_count")
        kept |= {
            "source": text,
            "execution_count": count if type(count) is int else None,
            "outputs": cell.get("outputs", []),
        }
        tidy_outputs(kept)
        for output in kept.outputs:
            if output.output_type == "stream" and output.name not in _STREAMS:
                output.name = "stdout"
            elif output.get("data") == {}:
                output.data["text/plain"] = "(an output that is neither text nor a picture)"
        return kept
    kept.cell_type = "markdown"
    raw = cell.cell_type != "markdown"
    kept.source = (
        Markup("<pre>{}</pre>").format(text) if raw else prose(text, cell.get("attachments"))
    )
    return kept


def _marks(cell: NotebookNode) -> NotebookNode:
    """What formgrader's fields for points and comments are made of."""
    theirs = cell.metadata.get("nbgrader", {})
    grade_id = str(theirs.get("grade_id", ""))
    if not _NAME.match(grade_id):
        return NotebookNode()
    marks: dict[str, Any] = {
        name: bool(theirs.get(name)) for name in ("grade", "locked", "solution", "task")
    }
    points = theirs.get("points")
    # a page without a number there would be no page
    marks["points"] = points if isinstance(points, int | float) else 0
    return NotebookNode(nbgrader={**marks, "grade_id": grade_id})


def written(text: str) -> Markup:
    """Filter of nbconvert's, for `markdown2html`: markdown without anything that acts."""
    return text if isinstance(text, Markup) else prose(text)


def cleaned(html: str) -> Markup:
    """Filter of nbconvert's, for `clean_html`: HTML without anything that acts."""
    if isinstance(html, Markup):
        return html
    kept = safe_html(plain(html, 400_000))
    return Markup("<pre>{}</pre>").format(plain(html)) if kept is None else kept


def coloured(source: str, metadata: object = None) -> Markup:  # noqa: ARG001 # nbconvert's form
    """Filter of nbconvert's, for `highlight_code`: Python, whatever a notebook calls itself."""
    return code(source)

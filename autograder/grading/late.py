"""What a late hand-in costs: nbgrader's plugin is asked once for an assignment."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.plugins import BasePlugin
from nbgrader.preprocessors import AssignLatePenalties


def penalise(submission: Any, plugin: BasePlugin) -> None:
    """Ask for the penalty of a submission and take it from its notebooks, in order of their names.

    nbgrader asks for each notebook, so that five points a day are ten where there are two.

    Parameters
    ----------
    submission : nbgrader.api.SubmittedAssignment
        Its notebooks are changed, and nothing is committed.
    plugin : LateSubmissionPlugin
        Is given the points of all notebooks together.
    """
    notebooks = sorted(submission.notebooks, key=lambda notebook: notebook.name)
    for notebook in notebooks:
        notebook.late_submission_penalty = None
    late = submission.total_seconds_late
    if late <= 0:
        return
    whole = sum(notebook.score for notebook in notebooks)
    penalty = plugin.late_submission_penalty(submission.student.id, whole, late)
    if penalty is None:
        return
    left = max(penalty, 0)
    for notebook in notebooks:
        notebook.late_submission_penalty = min(left, notebook.score)
        left -= notebook.late_submission_penalty


class AssignLatePenaltyOnce(AssignLatePenalties):  # type: ignore[misc] # untyped base
    """nbgrader's preprocessor, settings and plugin, asked for the assignment as a whole."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Penalise the submission of one notebook; after its last one the sum is right."""
        place = resources["nbgrader"]
        self.init_plugin()
        with Gradebook(place["db_url"]) as book:
            submission = book.find_submission(place["assignment"], place["student"])
            penalise(submission, self.plugin_inst)
            book.db.commit()
        return nb, resources

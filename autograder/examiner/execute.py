"""nbgrader preprocessor: runs a submission in isolation, in the place of nbgrader's Execute."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from autograder.errors import GraderError
from autograder.examiner.apart import examine_apart
from autograder.examiner.lesson import Lesson, read_lessons
from autograder.examiner.limits import Limits
from autograder.examiner.outputs import cells_to_run, write_outputs
from autograder.intake.cells import grade_id_of, is_test
from autograder.sandbox.choose import choose_tier


class ExecuteInIsolation(NbGraderPreprocessor):  # type: ignore[misc] # untyped base
    """Student's code in a sandboxed worker, tests in a process of their own."""

    trust_students = Bool(
        False,
        help="Grade without a sandbox on a machine that offers none. Students' code can then "
        "read and change all that you can.",
    ).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one rebuilt submission and write its outputs and verdicts into the notebook."""
        place = resources["nbgrader"]
        # nbgrader converts from the root of the course
        built = Path("source") / place["assignment"]
        lesson = read_lessons(sorted(built.glob("*.ipynb")))[place["notebook"]]
        _refuse_other_tests(nb, lesson)
        limits = Limits()
        tier = choose_tier(trust_students=self.trust_students)
        result = examine_apart(lesson, cells_to_run(nb.cells, lesson), Path(), tier, limits)
        write_outputs(nb.cells, result)
        return from_dict(nb), resources


def _refuse_other_tests(nb: NotebookNode, lesson: Lesson) -> None:
    """Refuse to grade by tests that are not those of the gradebook, which nbgrader put in place.

    Raises
    ------
    GraderError
        For the first test cell that is another in the source.
    """
    there = {grade_id_of(cell): cell.source for cell in nb.cells if is_test(cell)}
    for test in lesson.tests:
        if there.get(test.grade_id) != test.source:
            raise GraderError(
                f"the test {test.grade_id!r} is another in the gradebook than in its source",
                remedy="run `nbgrader generate_assignment` for this assignment",
            )

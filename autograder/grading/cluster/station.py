"""`python -m autograder.grading.cluster.station`: the process that grades on a machine.

It is exec'd, never forked from a Dask worker, which has threads; it holds a zygote of its own. It
hears batches on its standard input and answers each submission as it ends, both as pickles: the
one who speaks to it is the worker that started it. It ends when it hears nothing more.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.examiner.child import questions
from autograder.examiner.zygotes import needed_modules
from autograder.grading.cluster.batch import Batch, unpack_lesson, unpack_submission
from autograder.grading.cluster.sameness import TIER, WHY, facts
from autograder.grading.job import Graded, grade
from autograder.grading.pool import one_thread_each
from autograder.quick_start import skip_slow_imports
from autograder.sandbox.choose import detect
from course.keras_backend import choose_backend


def main() -> None:
    """Answer until nobody asks any more."""
    skip_slow_imports()
    one_thread_each()
    for asked, answers in questions():
        if isinstance(asked, Batch):
            for answer in _grade(asked):
                answers.send(answer)
        else:
            found = detect()
            why = "; ".join(reason for reasons in found.refused.values() for reason in reasons)
            answers.send({**facts(asked), TIER: str(int(found.tier)), WHY: why})


def _grade(batch: Batch) -> Iterator[Graded | Exception]:
    modules = needed_modules(batch.modules)
    if "keras" in modules:
        # before the lesson's setup imports it
        choose_backend()
    root = unpack_lesson(batch, Path(tempfile.gettempdir()))
    for number in range(len(batch.submissions)):
        with tempfile.TemporaryDirectory(prefix="submitted-") as folder:
            try:
                yield grade(unpack_submission(batch, number, root, Path(folder)))
            except Exception as error:  # told by the command, as a local one is
                yield error


if __name__ == "__main__":
    main()

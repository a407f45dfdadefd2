"""`python -m autograder.grading.cluster.station`: the process that grades on a machine.

It is exec'd, never forked from a Dask worker, which has threads; it holds a zygote of its own. It
hears batches on its standard input and answers each submission as it ends, both as pickles: the
one who speaks to it is the worker that started it. It ends when it hears nothing more.
"""

import os
import pickle
import queue
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

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
    # nothing that is printed, and no process that is started here, may reach the answers
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for asked in _questions():
        if isinstance(asked, Batch):
            for answer in _grade(asked):
                _answer(answers, answer)
        else:
            found = detect()
            why = "; ".join(reason for reasons in found.refused.values() for reason in reasons)
            _answer(answers, {**facts(asked), TIER: str(int(found.tier)), WHY: why})


def _questions() -> Iterator[Any]:
    """What is asked, one after the other."""
    heard: queue.SimpleQueue[Any] = queue.SimpleQueue()
    with os.fdopen(os.dup(0), "rb") as stream:

        def listen() -> None:
            try:
                while True:
                    heard.put(pickle.load(stream))  # noqa: S301 # from our own worker
            except (EOFError, OSError, pickle.UnpicklingError):
                # nobody waits for what is under way; zygotes end when they hear nothing from us
                os._exit(0)

        threading.Thread(target=listen, daemon=True).start()
        while True:
            yield heard.get()


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


def _answer(stream: BinaryIO, answer: object) -> None:
    pickle.dump(answer, stream)
    stream.flush()


if __name__ == "__main__":
    main()

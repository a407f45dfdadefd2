"""Grade while the command does something else: results wait until they are taken."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from autograder.grading.job import Graded, Job

# results that may wait to be written; more would only fill the memory
_AHEAD = 64
Results = Iterator[tuple[Job, Graded | Exception]]
Runner = Callable[[Sequence[Job], threading.Event], Results]


@contextmanager
def in_background(jobs: list[Job], runner: Runner) -> Iterator[Results]:
    """Start the jobs now; their results can be taken later. What is left at the end is given up."""
    results: queue.Queue[tuple[Job, Graded | Exception] | BaseException | None]
    results = queue.Queue(_AHEAD)
    stop = threading.Event()

    def give(result: tuple[Job, Graded | Exception] | BaseException | None) -> None:
        while not stop.is_set():
            with suppress(queue.Full):
                results.put(result, timeout=0.1)
                return

    def feed() -> None:
        try:
            for result in runner(jobs, stop):
                give(result)
        except BaseException as error:  # raised again where it is taken
            give(error)
        give(None)

    def take() -> Results:
        while (result := results.get()) is not None:
            if isinstance(result, BaseException):
                raise result
            yield result

    thread = threading.Thread(target=feed, daemon=True)
    thread.start()
    try:
        yield take()
    finally:
        stop.set()
        thread.join()

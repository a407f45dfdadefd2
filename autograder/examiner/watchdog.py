"""A limit on what a test itself computes: a number that a student returned may be its loop."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.examiner.limits import OutOfTime


@contextmanager
def own_time(seconds: float) -> Iterator[None]:
    """Stop what runs in this process after `seconds` of its own CPU time.

    Waiting for a worker costs none of it. Only a main thread can be stopped; in another there
    is no limit.

    Raises
    ------
    OutOfTime
        Between two steps of the interpreter: a single call into C is not broken off.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGPROF"):
        yield
        return

    def stop(*_: object) -> None:
        raise OutOfTime(f"the test itself took longer than {seconds:g} s with this answer")

    before = signal.signal(signal.SIGPROF, stop)
    # again and again: an `except BaseException` on the way could swallow the first
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)

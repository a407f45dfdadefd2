"""What an examiner tells the process outside that keeps its deadline.

An examiner keeps the limits of cells and tests itself, but only between two steps of its
interpreter. Where a student's value leads it into a call that never comes back, a process that
runs no student's data ends it, which knows from these notes what the examiner is at.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from autograder.examiner.watchdog import own_time

# CPU seconds between the limit that an examiner keeps and the one that is kept from outside
SLACK = 5.0


@dataclass(frozen=True, slots=True)
class Deadline:
    """What the examiner may use from here on, until the next deadline.

    Attributes
    ----------
    cpu : float
        CPU seconds of its own; its workers have limits of their own.
    clock : float
        Seconds that it or its worker computes or sleeps; waiting for a processor is not counted.
    memory : int
        Resident bytes.
    """

    cpu: float
    clock: float
    memory: int


@dataclass(frozen=True, slots=True)
class Step:
    """What the examiner may use for its next step, in CPU seconds; None when the step is over."""

    cpu: float | None


@dataclass(frozen=True, slots=True)
class Forked:
    """A worker has started, which the examiner waits for."""

    pid: int


Note = Deadline | Step | Forked


def _nobody(_note: Note) -> None:
    pass


_listener: Callable[[Note], None] = _nobody


def listen(listener: Callable[[Note], None]) -> None:
    """Let somebody outside learn of every note of this process."""
    global _listener
    _listener = listener


def tell(note: Note) -> None:
    """Tell whoever keeps the deadline of this process; where nobody does, nothing happens."""
    _listener(note)


@contextmanager
def limited_step(seconds: float) -> Iterator[None]:
    """Stop what runs here after `seconds` of CPU time: from inside, or else from outside.

    Raises
    ------
    OutOfTime
        Between two steps of the interpreter. In a single call into C it is the whole process that
        is ended, soon after.
    """
    tell(Step(seconds + SLACK))
    try:
        with own_time(seconds):
            yield
    finally:
        tell(Step(None))

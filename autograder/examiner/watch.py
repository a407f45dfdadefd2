"""Look at an examiner from outside, and see when it must be ended."""

import functools
import logging
import time
from enum import StrEnum
from pathlib import Path

from autograder.examiner.deadline import around_examination
from autograder.examiner.limits import Limits
from autograder.examiner.meter import could_run, cpu_seconds, resident_bytes, waited_seconds
from autograder.examiner.notes import Deadline, Forked, Note, Step

log = logging.getLogger(__name__)
# whoever looks may be held up itself: what passes meanwhile is nobody's fault
_LONGEST = 1.0
_NO_SCHEDSTAT = (
    "this kernel does not say how long a process waits for a processor: such waiting counts "
    "against the time on the clock that a submission has"
)


class Overrun(StrEnum):
    """Why an examiner is ended."""

    TIME = "time"
    MEMORY = "memory"


class Watch:
    """Adds up what one examiner uses, from looks at it some twenty times a second.

    Parameters
    ----------
    pid : int
        The examiner. It tells by its notes which deadline it has and which worker it waits for.
    """

    def __init__(self, pid: int) -> None:
        tell_what_is_not_counted()
        self._pid = pid
        self._examiner = _Waiting(pid)
        self._worker: _Waiting | None = None
        self._step_until: float | None = None
        self.begin()

    def begin(self) -> None:
        """A submission is given to it."""
        self.hear(around_examination(Limits()))

    def hear(self, note: Note) -> None:
        """Take a note of the examiner's."""
        match note:
            case Deadline():
                self._deadline = note
                self._cpu_until = cpu_seconds(self._pid) + note.cpu
                self._step_until = None
                self._clock = 0.0
                self._looked = time.monotonic()
            case Step(cpu=None):
                self._step_until = None
            case Step(cpu=float(seconds)):
                self._step_until = cpu_seconds(self._pid) + seconds
            case Forked(pid=pid):
                self._worker = _Waiting(pid)

    def look(self) -> Overrun | None:
        """Whether it has used more than it may."""
        now = time.monotonic()
        passed = min(now - self._looked, _LONGEST)
        self._looked = now
        waited = self._examiner.since_last(passed)
        if self._worker is not None:
            waited += self._worker.since_last(passed)
        self._clock += max(0.0, passed - waited)
        used = cpu_seconds(self._pid)
        if resident_bytes(self._pid) > self._deadline.memory:
            return Overrun.MEMORY
        if (
            used > self._cpu_until
            or (self._step_until is not None and used > self._step_until)
            or self._clock > self._deadline.clock
        ):
            return Overrun.TIME
        return None


class _Waiting:
    """How long one process waits for a processor."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._told, self._used = waited_seconds(pid), cpu_seconds(pid)

    def since_last(self, passed: float) -> float:
        """Seconds of waiting among the last `passed`."""
        told, used = waited_seconds(self._pid), cpu_seconds(self._pid)
        waited, ran = told - self._told, used - self._used
        self._told, self._used = told, used
        # the kernel adds a wait to its account when it ends, which may be after seconds
        return max(waited, passed - ran if could_run(self._pid) else 0.0)


@functools.cache
def tell_what_is_not_counted() -> None:
    """Say once, where a kernel keeps no account of waiting, what that means."""
    if Path("/proc/self/stat").exists() and not Path("/proc/self/schedstat").exists():
        log.warning(_NO_SCHEDSTAT)

"""What a submission may use, and how much of it a worker has used."""

import time
from dataclasses import dataclass

from autograder.examiner.meter import Meter, resident_bytes

# how much longer than it may compute a worker may sleep: waiting for a processor is not sleeping,
# so that a machine that does something else too changes no grade
WALL_FACTOR = 10.0
# how often a worker's use of CPU and memory is looked at, in seconds
TICK = 0.05


@dataclass(frozen=True, slots=True)
class Limits:
    """CPU seconds for a student's cell, a test cell and a whole notebook; bytes of memory."""

    cell: float = 30.0
    test: float = 10.0
    notebook: float = 300.0
    memory: int = 2 * 2**30


class LimitReached(BaseException):  # a verdict on an answer, not a bug
    """A worker was stopped; no `except Exception` of a test may swallow it."""


class OutOfTime(LimitReached):
    """It used up its CPU seconds, or slept for ten times as long."""


class OutOfMemory(LimitReached):
    """It holds more memory than it may."""


class WorkerDied(LimitReached):
    """It is gone, or spoke what no worker speaks."""


class Budget:
    """Watches one worker during one cell."""

    def __init__(self, pid: int, seconds: float, memory: int) -> None:
        self._pid = pid
        self._memory = memory
        self._seconds = seconds
        self._meter = Meter(pid)
        self._next = 0.0
        self._fresh = True

    @property
    def seconds(self) -> float:
        """CPU seconds that may be used."""
        return self._seconds

    @property
    def used(self) -> float:
        """CPU seconds since the budget was made."""
        return self._meter.cpu

    @property
    def slept(self) -> float:
        """Seconds since then in which nothing was computed and nobody waited for a processor."""
        return self._meter.asleep

    def check(self) -> None:
        """Look at what is used, at most once a tick: a call in between costs nothing.

        Raises
        ------
        OutOfTime, OutOfMemory
            If it is more than allowed.
        """
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + TICK
        if self._fresh:
            # it has been read just now
            self._fresh = False
        else:
            self._meter.look()
            if self.used > self._seconds or self.slept > self._seconds * WALL_FACTOR:
                raise OutOfTime(f"took longer than {self._seconds:g} s")
        if resident_bytes(self._pid) > self._memory:
            raise OutOfMemory(f"used more than {self._memory / 2**30:g} GB of memory")

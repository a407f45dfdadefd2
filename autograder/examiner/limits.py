"""What a submission may use, and how much of it a worker has used."""

import os
import time
from dataclasses import dataclass

# a machine that does something else too must not change a grade: the clock on the wall only
# catches those who sleep
WALL_FACTOR = 10.0
# how often a worker's use of CPU and memory is looked at, in seconds
TICK = 0.05
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


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


def cpu_seconds(pid: int) -> float:
    """CPU time of a process, its threads and its reaped children so far; 0 if it is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 # in a hot loop
            # the name in brackets may hold anything, spaces and brackets too
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / _TICKS


def resident_bytes(pid: int) -> int:
    """Resident memory of a process; 0 if it is gone."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:  # noqa: PTH123 # in a hot loop
            return int(file.read().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


class Budget:
    """Watches one worker during one cell."""

    def __init__(self, pid: int, seconds: float, memory: int) -> None:
        self._pid = pid
        self._memory = memory
        self._seconds = seconds
        self._cpu = cpu_seconds(pid)
        self._until = time.monotonic() + seconds * WALL_FACTOR
        self._next = 0.0

    @property
    def seconds(self) -> float:
        """CPU seconds that may be used."""
        return self._seconds

    @property
    def used(self) -> float:
        """CPU seconds since the budget was made."""
        return max(0.0, cpu_seconds(self._pid) - self._cpu)

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
        if self.used > self._seconds or now > self._until:
            raise OutOfTime(f"took longer than {self._seconds:g} s")
        if resident_bytes(self._pid) > self._memory:
            raise OutOfMemory(f"used more than {self._memory / 2**30:g} GB of memory")

"""What a worker has used, read from outside: CPU, memory, and how long it was asleep."""

import contextlib
import math
import os
import time

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
# each step of nice leaves a thread 1/1.25 of its share
_NICE_STEP = math.log(1.25)
# fewer that want to run at a time are a library's, for a moment
_MANY_THREADS = 4
# for the outer process to notice that the worker is dead, on a busy machine
_PATIENCE = 2.0


def cpu_seconds(pid: int) -> float:
    """CPU time of a process, its threads and its reaped children so far; 0 if it is gone."""
    fields = _stat(pid)
    return sum(int(field) for field in fields[11:15]) / _TICKS if fields else 0.0


def resident_bytes(pid: int) -> int:
    """Resident memory of a process; 0 if it is gone."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:  # noqa: PTH123 # in a hot loop
            return int(file.read().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def waited_seconds(pid: int) -> float:
    """How long the first thread of a process waited while it could have run; 0 if it is gone."""
    return _schedstat(f"/proc/{pid}/schedstat")[1] / 1e9


def could_run(pid: int) -> bool:
    """Whether the first thread of a process runs, or waits for a processor to run on."""
    return _stat(pid)[:1] == [b"R"]


class Meter:
    """Reads one worker's use of the machine since this was made."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        fields = _stat(pid)
        # at tier 1 it is the worker's outer process, which waits for it and nothing else
        self._parent = int(fields[1]) if fields else 0
        self._before = self._last = cpu_seconds(pid)
        self._ended = False
        self._began = self._looked = time.monotonic()
        self._own = _busy_seconds()
        self._threads = _threads(pid)
        self._waited = 0.0
        self._nice = 0

    @property
    def cpu(self) -> float:
        """CPU seconds, also those of a worker that has ended meanwhile."""
        if not self._ended:
            fields = _stat(self._pid)
            if fields:
                self._last = max(self._last, sum(map(int, fields[11:15])) / _TICKS)
            else:
                self._ended = True
                self._last = max(self._last, self._of_the_dead())
        return self._last - self._before

    @property
    def asleep(self) -> float:
        """Seconds in which neither the worker nor this process ran or waited for a processor."""
        elapsed = time.monotonic() - self._began
        own = _busy_seconds() - self._own
        return max(0.0, elapsed - own - self.cpu - self._waited)

    def look(self) -> None:
        """Note how long each thread has waited so far, since a thread takes that with it.

        A worker whose threads crowd the processors gets no larger share than one that has a
        single thread: each of them becomes as much nicer as they are more. Kernels do that by
        themselves for sessions (autogroup) but not in a container.
        """
        now, threads = time.monotonic(), _threads(self._pid)
        waited = busy = 0.0
        for thread, (ran, delayed) in threads.items():
            ran_before, delayed_before = self._threads.get(thread, (0, 0))
            if delayed < delayed_before or ran < ran_before:
                # another thread has got the number
                ran_before = delayed_before = 0
            waited += delayed - delayed_before
            busy += ran - ran_before + delayed - delayed_before
        self._waited += waited / 1e9
        wanting = busy / 1e9 / max(now - self._looked, 1e-3)
        self._threads, self._looked = threads, now
        if wanting >= _MANY_THREADS:
            self._share(wanting)

    def _share(self, wanting: float) -> None:
        nice = round(math.log(wanting) / _NICE_STEP)
        if nice > self._nice:
            self._nice = nice
            wanted = min(19, os.getpriority(os.PRIO_PROCESS, 0) + nice)
            for thread in self._threads:
                # it may end meanwhile, and a container's root may not be allowed to
                with contextlib.suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, thread, wanted)

    def _of_the_dead(self) -> float:
        """What the outer process of tier 1 counted when it waited for the worker."""
        until = time.monotonic() + _PATIENCE
        while fields := _stat(self._parent):
            if fields[0] == b"Z":
                return sum(int(field) for field in fields[13:15]) / _TICKS
            if time.monotonic() > until:
                break
            time.sleep(0.001)
        return 0.0


def _stat(pid: int) -> list[bytes]:
    """The fields of /proc/PID/stat from the state on; none if the process is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 # in a hot loop
            # the name in brackets may hold anything, spaces and brackets too
            return file.read().rpartition(b")")[2].split()
    except OSError:
        return []


def _threads(pid: int) -> dict[int, tuple[int, int]]:
    """Nanoseconds that each thread has run and has waited for a processor."""
    found = {}
    try:
        for name in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208 # in a hot loop
            found[int(name)] = _schedstat(f"/proc/{pid}/task/{name}/schedstat")
    except OSError:
        pass
    return found


def _busy_seconds() -> float:
    """Seconds that this thread has run or has waited for a processor."""
    return sum(_schedstat("/proc/thread-self/schedstat")) / 1e9


def _schedstat(path: str) -> tuple[int, int]:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 # in a hot loop
            ran, waited, _ = file.read().split()
    except (OSError, ValueError):
        # it has ended, or the kernel does not count
        return 0, 0
    return int(ran), int(waited)

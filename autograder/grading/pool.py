"""Work through jobs on all cores, each process with zygotes of its own."""

import contextlib
import os
import shutil
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing import forkserver, get_context, parent_process, resource_tracker
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import ForkServerContext
from multiprocessing.util import get_temp_dir
from typing import Generic, TypeVar

from autograder.errors import GraderError
from autograder.examiner.child import ChildEnded
from autograder.examiner.limits import TICK
from autograder.grading.examiners import Examiner

J = TypeVar("J")
R = TypeVar("R")
# jobs that a process has at a time
_AHEAD = 2
# processes that end one after the other before any of them gets ready
_STILLBORN = 3


def _nothing() -> None:
    pass


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def one_thread_each() -> None:
    """Settle, before anything heavy is imported, what processes that grade have in common."""
    # numpy asks for its threads when it is imported; one a process is right for one a core
    for name in ("OMP", "OPENBLAS", "MKL"):
        os.environ.setdefault(f"{name}_NUM_THREADS", "1")
    os.environ.setdefault("MPLBACKEND", "Agg")


def run_jobs(
    jobs: Sequence[J],
    work: Callable[[J], R],
    processes: int,
    preload: Sequence[str] = (),
    stop: threading.Event | None = None,
    first: Callable[[], None] = _nothing,
) -> Iterator[tuple[J, R | Exception]]:
    """Run `work` on every job and yield each as it ends.

    A process that dies, or is ended because it overruns its deadline, takes nothing with it: the
    others go on, and its job is run again when all else is done, alone. One that ends its process
    then too yields `ChildEnded`. However this process ends, its processes end with it.

    Parameters
    ----------
    preload : sequence of str
        Modules to import once, before the processes are forked.
    stop : Event, optional
        Once it is set, what is under way is broken off, and nothing more is yielded.
    first : callable, optional
        What each process does before its first job.

    Raises
    ------
    GraderError
        If processes end before they have got any job: then no job is to blame.
    """
    if not jobs:
        return
    stop = stop or threading.Event()
    context = get_context("forkserver")
    one_thread_each()
    context.set_forkserver_preload(["autograder.grading.job", *preload])
    _start_forkserver()
    waiting, suspects = deque(jobs), deque[J]()
    with _Pool(context, work, first) as pool:
        for job, outcome in pool.run(waiting, processes, stop):
            if isinstance(outcome, ChildEnded):
                suspects.append(job)
            else:
                yield job, outcome
        # only the culprit can be hit again
        yield from pool.run(suspects, 1, stop)


class _Pool(Generic[J, R]):
    """Processes that take jobs. They end with this one."""

    def __init__(
        self, context: ForkServerContext, work: Callable[[J], R], first: Callable[[], None]
    ) -> None:
        self._place = get_temp_dir()
        # a worker of root's is another user, and has a folder in there
        os.chmod(self._place, 0o711)  # noqa: PTH101, S103 # only to go through
        self._start: Callable[[], Examiner[J, R]] = lambda: Examiner(
            context, work, partial(_begin, self._place, first)
        )
        self._all: list[Examiner[J, R]] = []
        self._stillborn = 0

    def __enter__(self) -> "_Pool[J, R]":
        return self

    def __exit__(self, *_: object) -> None:
        for examiner in self._all:
            examiner.leave()
        for examiner in self._all:
            examiner.end()

    def run(
        self, waiting: deque[J], processes: int, stop: threading.Event
    ) -> Iterator[tuple[J, R | Exception]]:
        """Take jobs from `waiting` until none is left; yield `ChildEnded` where one overran."""
        while len(self._all) > processes:
            self._all.pop().end()
        while (waiting or any(one.jobs for one in self._all)) and not stop.is_set():
            self._hand_out(waiting, processes)
            heard = wait_for([one.channel for one in self._all], timeout=TICK)
            for examiner in list(self._all):
                yield from self._results(examiner, waiting, examiner.channel in heard)

    def _hand_out(self, waiting: deque[J], processes: int) -> None:
        # one more for each process, so that none idles while a result is written
        for ahead in range(_AHEAD):
            while waiting and len(self._all) < processes and not ahead:
                self._all.append(self._start())
                self._all[-1].give(waiting.popleft())
            for examiner in self._all:
                if waiting and len(examiner.jobs) <= ahead:
                    examiner.give(waiting.popleft())

    def _results(
        self, examiner: "Examiner[J, R]", waiting: deque[J], speaks: bool
    ) -> Iterator[tuple[J, R | Exception]]:
        try:
            if speaks:
                yield from examiner.hear()
            examiner.look()
        except ChildEnded as ended:
            self._all.remove(examiner)
            examiner.end()
            jobs = examiner.jobs
            if examiner.is_ready:
                self._stillborn = 0
                if jobs:
                    yield jobs.popleft(), ended
            else:
                self._stillborn += 1
                if self._stillborn >= _STILLBORN:
                    raise GraderError(
                        "the processes that grade end as soon as they start",
                        remedy="see whether the machine is short of memory, "
                        "and run the command again",
                    ) from None
            waiting.extendleft(reversed(jobs))


def _start_forkserver() -> None:
    """Start what every process is forked from, deaf to Ctrl-C: that is for the command."""
    resource_tracker.ensure_running()  # first: it lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    except OSError as error:
        # a socket's name has room for some 100 characters
        if "too long" not in str(error):
            raise
        raise GraderError(
            f"the name of the folder for temporary files is too long: {tempfile.gettempdir()}",
            remedy="set TMPDIR to a shorter one, such as /tmp",
        ) from None
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(place: str, first: Callable[[], None]) -> None:
    """What each process does first."""
    # the command removes it at its end, also after a process that could not clear up
    tempfile.tempdir = place
    threading.Thread(target=_end_with_the_command, args=(place,), daemon=True).start()
    first()


def _end_with_the_command(place: str) -> None:
    command = parent_process()
    assert command is not None
    wait_for([command.sentinel])
    # it was killed: our zygotes and their workers end when they hear nothing more from us
    with contextlib.suppress(OSError, RecursionError):
        shutil.rmtree(place)
    os._exit(1)

"""Work through jobs on all cores, each process with zygotes of its own."""

import contextlib
import os
import shutil
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import (
    active_children,
    forkserver,
    get_context,
    parent_process,
    resource_tracker,
)
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import BaseContext
from multiprocessing.util import get_temp_dir
from typing import TypeVar

from autograder.errors import GraderError

J = TypeVar("J")
R = TypeVar("R")
# seconds between two looks at whether somebody wants the run to stop
_LOOK = 0.1


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

    A process that dies takes nothing with it: what was under way is run again, one at a time,
    and a job that ends its process then too yields `BrokenProcessPool`. However this process
    ends, its processes end with it.

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
    waiting = deque(jobs)
    while waiting and not stop.is_set():
        hit: deque[J] = deque()
        yield from _together(waiting, hit, work, min(processes, len(waiting)), context, stop, first)
        # one process died and took its pool with it; alone, only the culprit can be hit again
        while hit and not stop.is_set():
            yield from _alone(hit, work, context, stop, first)


def _together(
    waiting: deque[J],
    hit: deque[J],
    work: Callable[[J], R],
    processes: int,
    context: BaseContext,
    stop: threading.Event,
    first: Callable[[], None],
) -> Iterator[tuple[J, R | Exception]]:
    """Take jobs from `waiting` until a process dies; those that were under way go to `hit`."""
    under_way: dict[Future[R], J] = {}
    with _pool(processes, context, stop, first) as pool:
        while (under_way or (waiting and not hit)) and not stop.is_set():
            # one more for each process, so that none idles, and few are hit when one dies
            while waiting and not hit and len(under_way) < 2 * processes:
                try:
                    under_way[pool.submit(work, waiting[0])] = waiting[0]
                except BrokenProcessPool:
                    if not under_way:
                        return
                    break
                waiting.popleft()
            done, _ = wait(under_way, timeout=_LOOK, return_when=FIRST_COMPLETED)
            for future in done:
                job = under_way.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    hit.append(job)
                else:
                    outcome = _outcome(future)
                    yield job, outcome


def _alone(
    hit: deque[J],
    work: Callable[[J], R],
    context: BaseContext,
    stop: threading.Event,
    first: Callable[[], None],
) -> Iterator[tuple[J, R | Exception]]:
    """One job at a time in one process, until that is ended by one of them."""
    with _pool(1, context, stop, first) as pool:
        if isinstance(_outcome(pool.submit(os.getpid)), BrokenProcessPool):
            raise GraderError(
                "the processes that grade end as soon as they start",
                remedy="see whether the machine is short of memory, and run the command again",
            )
        broken = False
        while hit and not broken:
            try:
                future = pool.submit(work, hit[0])
            except BrokenProcessPool:
                # it ended between two jobs: none of them did it
                return
            while not wait([future], timeout=_LOOK).done:
                if stop.is_set():
                    return
            outcome = _outcome(future)
            broken = isinstance(outcome, BrokenProcessPool)
            yield hit.popleft(), outcome


def _outcome(future: "Future[R]") -> R | Exception:
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, Exception):
        return error
    raise error


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


@contextmanager
def _pool(
    processes: int, context: BaseContext, stop: threading.Event, first: Callable[[], None]
) -> Iterator[ProcessPoolExecutor]:
    """Processes that end with this one. Left early, they are ended in the midst of their work."""
    others = set(active_children())
    place = get_temp_dir()
    # a worker of root's is another user, and has a folder in there
    os.chmod(place, 0o711)  # noqa: PTH101, S103 # only to go through
    pool = ProcessPoolExecutor(processes, context, _begin, (place, first))
    whole = False
    try:
        yield pool
        whole = not stop.is_set()
    finally:
        if not whole:
            for process in set(active_children()) - others:
                process.kill()
        pool.shutdown(cancel_futures=True)


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

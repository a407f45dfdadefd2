"""Work through jobs on all cores, each process with zygotes of its own."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

J = TypeVar("J")
R = TypeVar("R")
MAX_TRIES = 2


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_jobs(
    jobs: Sequence[J], work: Callable[[J], R], processes: int, preload: Sequence[str] = ()
) -> Iterator[tuple[J, R | Exception]]:
    """Run `work` on every job and yield each as it ends.

    A process that dies takes nothing with it: its jobs are run again, and one that was there
    each time yields its exception.

    Parameters
    ----------
    preload : sequence of str
        Modules to import once, before the processes are forked.
    """
    if not jobs:
        return
    context = get_context("forkserver")
    # numpy asks for its threads when it is imported; one a process is right for one a core
    for name in ("OMP", "OPENBLAS", "MKL"):
        os.environ.setdefault(f"{name}_NUM_THREADS", "1")
    os.environ.setdefault("MPLBACKEND", "Agg")
    context.set_forkserver_preload(["autograder.grading.job", *preload])
    left = dict.fromkeys(range(len(jobs)), 0)
    while left:
        with ProcessPoolExecutor(min(processes, len(left)), mp_context=context) as pool:
            waiting: dict[Future[R], int] = {
                pool.submit(work, jobs[number]): number for number in left
            }
            while waiting:
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    number = waiting.pop(future)
                    error = future.exception()
                    if isinstance(error, BrokenProcessPool):
                        left[number] += 1
                        if left[number] >= MAX_TRIES:
                            del left[number]
                            yield jobs[number], error
                        continue
                    del left[number]
                    if isinstance(error, Exception):
                        yield jobs[number], error
                    elif error is not None:
                        raise error
                    else:
                        yield jobs[number], future.result()

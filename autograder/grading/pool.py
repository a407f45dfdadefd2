"""Work through jobs on all cores, each process with zygotes of its own."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

J = TypeVar("J")
R = TypeVar("R")


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_jobs(
    jobs: Sequence[J], work: Callable[[J], R], processes: int, preload: Sequence[str] = ()
) -> Iterator[tuple[J, R | Exception]]:
    """Run `work` on every job and yield each as it ends.

    A process that dies takes nothing with it: what was under way is run again, one at a time,
    and a job that ends its process then too yields the exception.

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
    hit: list[J] = []
    with ProcessPoolExecutor(min(processes, len(jobs)), mp_context=context) as pool:
        waiting = {pool.submit(work, job): job for job in jobs}
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                job = waiting.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    hit.append(job)
                else:
                    outcome = _outcome(future)
                    yield job, outcome
    # one process died and took its pool with it; alone, only the culprit can be hit again
    for job in hit:
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            outcome = _outcome(pool.submit(work, job))
        yield job, outcome


def _outcome(future: "Future[R]") -> R | Exception:
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, Exception):
        return error
    raise error

"""Send batches to whichever machine is free, and take their results in order."""

import logging
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from autograder.examiner.child import ChildEnded
from autograder.grading.cluster.batch import Batch, pack_lesson, pack_submission
from autograder.grading.cluster.cluster import Cluster
from autograder.grading.cluster.machine import grade_batch
from autograder.grading.job import Graded, Job, give_up

if TYPE_CHECKING:
    from distributed import Future

log = logging.getLogger(__name__)
# submissions in a batch: enough that a task's milliseconds are nothing, few to do again
_MOST = 8
# batches for each that is graded at a time: none idles while results are written
_AHEAD = 3
Result = tuple[Job, Graded | Exception]


def run_on_cluster(
    cluster: Cluster, jobs: Sequence[Job], stop: threading.Event
) -> Iterator[Result]:
    """Grade and yield every job, in order; those that cost a worker come last.

    A batch whose worker is lost is given to another by Dask, as often as the scheduler's
    `allowed-failures` says. Then it is halved, alone on the cluster, until the submission is
    found that does it: it scores 0.

    Parameters
    ----------
    jobs : sequence of Job
        Of one assignment.
    stop : Event
        Once it is set, what is under way is given up, and nothing more is yielded.

    Raises
    ------
    GraderError
        If the cluster is lost, or a worker that came later is not like the others.
    """
    if not jobs:
        return
    run = _Run(cluster, jobs[0], stop)
    threads = cluster.threads()
    size = max(1, min(_MOST, len(jobs) // (_AHEAD * threads)))
    waiting = deque(jobs[at : at + size] for at in range(0, len(jobs), size))
    under_way: deque[tuple[Sequence[Job], Future[Any]]] = deque()
    suspects: list[Sequence[Job]] = []
    try:
        while (waiting or under_way) and not stop.is_set():
            while waiting and len(under_way) < _AHEAD * threads:
                under_way.append((waiting[0], run.submit(waiting[0])))
                waiting.popleft()
            batch, future = under_way[0]
            if not run.ended(future):
                return
            under_way.popleft()
            results = run.results(batch, future)
            if results is None:
                log.warning("workers were lost over %d submissions; trying again", len(batch))
                suspects.append(batch)
            else:
                yield from results
            # others may have come
            threads = cluster.threads()
    finally:
        cluster.client.cancel([future for _, future in under_way])
    # nothing else of this run is under way any more
    for batch in suspects:
        for half in _halves(batch):
            yield from _search(run, half)


def _search(run: "_Run", batch: Sequence[Job]) -> Iterator[Result]:
    """Grade a batch alone; if it costs workers, its halves."""
    future = run.submit(batch)
    if not run.ended(future):
        run.cluster.client.cancel([future])
        return
    results = run.results(batch, future)
    if results is not None:
        yield from results
    elif len(batch) == 1:
        yield batch[0], give_up(batch[0])
    else:
        for half in _halves(batch):
            yield from _search(run, half)


def _halves(batch: Sequence[Job]) -> list[Sequence[Job]]:
    middle = (len(batch) + 1) // 2
    return [half for half in (batch[:middle], batch[middle:]) if half]


class _Run:
    """What all batches of a run have in common."""

    def __init__(self, cluster: Cluster, job: Job, stop: threading.Event) -> None:
        self.cluster = cluster
        self._stop = stop
        self._empty = Batch(
            job.assignment,
            job.notebooks,
            cluster.modules,
            pack_lesson(job.root, job.assignment, job.notebooks),
            (),
            cluster.facts,
            job.tier,
            job.limits,
        )

    def submit(self, jobs: Sequence[Job]) -> "Future[Any]":
        packed = tuple((job.submission.student, pack_submission(job)) for job in jobs)
        batch = replace(self._empty, submissions=packed)
        return self.cluster.client.submit(grade_batch, batch, pure=False)

    def ended(self, future: "Future[Any]") -> bool:
        """Wait until it has; false if somebody wants the run to stop."""
        while not self._stop.is_set():
            if self.cluster.ended(future):
                return True
            self.cluster.threads()
        return False

    def results(self, jobs: Sequence[Job], future: "Future[Any]") -> list[Result] | None:
        """What became of a batch; None if it lost its workers."""
        from distributed import KilledWorker

        if future.status == "error" and isinstance(future.exception(), KilledWorker):
            return None
        graded = self.cluster.result("a worker", future)
        return [
            (job, give_up(job, one.overrun) if isinstance(one, ChildEnded) else one)
            for job, one in zip(jobs, graded, strict=True)
        ]

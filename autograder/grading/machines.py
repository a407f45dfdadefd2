"""Where a class is graded: on this machine's cores, or on those of others."""

import sys
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from autograder.errors import GraderError
from autograder.examiner.child import ChildEnded
from autograder.examiner.compiled import compile_with_references, compiles, lesson_order
from autograder.examiner.lesson import Lesson
from autograder.examiner.limits import Limits
from autograder.examiner.zygotes import needed_modules, shared_zygotes
from autograder.grading.background import Results, Runner
from autograder.grading.job import Job, give_up, grade
from autograder.grading.pool import cores, run_jobs
from autograder.sandbox.choose import choose_tier
from autograder.sandbox.tiers import Tier


@contextmanager
def machines(
    lessons: Mapping[str, Lesson], jobs: int | None, scheduler: str | None, *, trust_students: bool
) -> Iterator[tuple[Tier, Runner]]:
    """Hold what grades: the cores of this machine, or the workers of a Dask scheduler.

    Yields
    ------
    (tier, runner)
        The sandbox tier that it offers, and what works through jobs.

    Raises
    ------
    GraderError
        If nothing is there that may grade these lessons.
    """
    modules = [name for lesson in lessons.values() for name in lesson.modules]
    if scheduler is None:
        here = partial(_here, lessons=lessons.values(), processes=jobs or cores())
        yield choose_tier(trust_students=trust_students), here
        return
    if jobs is not None:
        raise GraderError(
            "--jobs is for this machine, and --scheduler grades on others",
            remedy="say it to each of them: `dask worker … --nthreads <submissions at a time>`",
        )
    from autograder.grading.cluster.cluster import connected
    from autograder.grading.cluster.dispatch import run_on_cluster

    with connected(scheduler, modules, trust_students=trust_students) as cluster:
        sys.stdout.write(f"{cluster}\n")
        yield cluster.tier, lambda due, stop: run_on_cluster(cluster, due, stop)


def _here(
    jobs: Sequence[Job], stop: threading.Event, lessons: Collection[Lesson], processes: int
) -> Results:
    """Grade on this machine. Who ends the grader alone, too, scores 0, as on any other."""
    if not jobs:
        return
    preload = needed_modules([name for lesson in lessons for name in lesson.modules])
    one = jobs[0]
    # they import while the processes do that are forked from one that imports
    orders = [lesson_order(lesson, one.root, one.tier, one.limits) for lesson in lessons]
    with shared_zygotes(orders) as share:
        first = partial(_get_ready, share, list(lessons), one.root, one.limits)
        for job, graded in run_jobs(jobs, grade, processes, preload, stop, first):
            yield job, give_up(job, graded.overrun) if isinstance(graded, ChildEnded) else graded


def _get_ready(
    share: Callable[[], None], lessons: Collection[Lesson], root: Path, limits: Limits
) -> None:
    share()
    # what fails here fails again for the first submission, and is told there
    with suppress(Exception):
        if wanted := [lesson for lesson in lessons if compiles(lesson)]:
            compile_with_references(wanted, root, limits)

"""A student who takes every turn of the processor that there is costs nobody else a point."""

import json
import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hall import POINTS, Hall, answer, attacks, open_hall

from autograder.intake.read import Submission
from autograder.sandbox.choose import probe
from autograder.sandbox.tiers import Tier

HONEST = 12
# a third of what the lesson's tests allow, in each test
COMPUTES = """\
def {name}(X):
    import time
    began = time.process_time()
    while time.process_time() - began < 0.1:
        pass
    return {factor} * np.asarray(X, dtype=float)
"""
CONTROLLERS = (Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup"))


@contextmanager
def one_processor() -> Iterator[bool]:
    """Move this process and all it starts into a group of one processor, as a container is.

    Within a group the kernel shares by threads, not by sessions. Where no group can be made, the
    processor is one all the same.

    Yields
    ------
    bool
        Whether there is a group.
    """
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    name = f"neighbours-{os.getpid()}"
    group = next((place / name for place in CONTROLLERS if _can(place)), None)
    try:
        if group is not None:
            group.mkdir()
            (group / "cgroup.procs").write_text(f"{os.getpid()}")
        yield group is not None
    finally:
        os.sched_setaffinity(0, cores)
        if group is not None:
            (group.parent / "cgroup.procs").write_text(f"{os.getpid()}")
            try:
                group.rmdir()
            except OSError:
                # zygotes of this process are in it still, and end with it
                for pid in (group / "cgroup.procs").read_text().split():
                    (group.parent / "cgroup.procs").write_text(pid)
                group.rmdir()


def _can(place: Path) -> bool:
    """Whether a group with a share of its own can be made there."""
    controls = place / "cgroup.controllers"
    if controls.exists() and "cpu" not in controls.read_text().split():
        return False
    return os.access(place / "cgroup.procs", os.W_OK)


def beside(hall: Hall, tier: int, ready: object) -> None:
    """Grade the neighbour again and again, until killed."""
    [neighbour] = [attack for attack in attacks() if attack.name == "D41_neighbour_threads"]
    submission = hall.hand_in("neighbour", neighbour)
    while True:
        hall.grade(submission, tier)
        ready.set()  # type: ignore[attr-defined]


def computing(hall: Hall) -> Submission:
    submission = hall.honest("computing")
    file = submission.folder / "exam.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    for name, factor in (("double", 2.0), ("triple", 3.0)):
        answer(notebook, name)["source"] = COMPUTES.format(name=name, factor=factor)
    file.write_text(json.dumps(notebook), encoding="utf-8")
    return submission


def grade_beside(honest: int, tier: int) -> list[float]:
    """Grade honest submissions beside the neighbour, at two jobs; their points."""
    context = multiprocessing.get_context("fork")
    with open_hall() as hall, one_processor():
        ready = context.Event()
        other = context.Process(target=beside, args=(hall, tier, ready))
        other.start()
        try:
            submission = computing(hall)
            return [hall.grade(submission, tier).points for _ in range(honest)]
        finally:
            other.kill()
            other.join()


@pytest.mark.slow
@pytest.mark.parametrize("tier", [1, 2])
def test_honest_answers_keep_their_points_beside_a_hundred_threads(tier: int) -> None:
    if faults := probe(Tier(tier)):
        pytest.skip(f"this machine does not give it: {'; '.join(faults)}")
    assert grade_beside(HONEST, tier) == [POINTS] * HONEST

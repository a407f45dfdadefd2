"""A zygote is imported once for all processes that grade, and each has a twin for itself."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from exam_room import lesson, sit, tier

from autograder.errors import GraderError
from autograder.examiner.lesson import read_lesson, read_lessons
from autograder.examiner.limits import Limits
from autograder.examiner.zygotes import (
    close_all,
    needed_modules,
    order_for,
    shared_zygotes,
    zygote_for,
)
from autograder.worker.order import Order

EXAM = lesson("assert f() == 1", stubs=["f()"])
RIGHT = "def f():\n    return 1"
SOURCE = Path(__file__).resolve().parents[2] / "source"


def order(*modules: str) -> Order:
    return order_for(needed_modules(modules or EXAM.modules), tier(), Limits())


def interpreters(parent: int) -> list[int]:
    """The zygotes that a process has started or forked."""
    found = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        for pid in (task / "children").read_text("ascii").split():
            line = Path(f"/proc/{pid}/cmdline").read_bytes()
            if b"autograder.worker.zygote" in line:
                found.append(int(pid))
    return found


@contextmanager
def one_shared() -> Iterator[tuple[Callable[[], None], int]]:
    """Share one zygote; yields what its users call first, and its number."""
    before = set(interpreters(os.getpid()))
    with shared_zygotes([order()]) as share:
        yield share, started_since(before)


def started_since(before: set[int]) -> int:
    """The one zygote that this process has started; for a moment it has no name."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if new := set(interpreters(os.getpid())) - before:
            [one] = new
            return one
        time.sleep(0.01)
    raise AssertionError("no zygote was started")


def graded(_: int = 0) -> tuple[float, list[int]]:
    """Grade a right answer, and say which interpreters had to be started for it."""
    return sit(EXAM, RIGHT).tests[0].points, interpreters(os.getpid())


@pytest.fixture(autouse=True)
def _none_left() -> Iterator[None]:
    close_all()
    yield
    close_all()


def test_processes_that_share_a_zygote_start_none() -> None:
    before = set(interpreters(os.getpid()))
    with shared_zygotes([order(), order()]) as share:
        first = started_since(before)
        with ProcessPoolExecutor(2, get_context("forkserver"), share) as pool:
            assert list(pool.map(graded, range(6))) == [(1.0, [])] * 6
        assert 1 <= len(interpreters(first)) <= 2
    assert set(interpreters(os.getpid())) == before


def test_who_shares_none_starts_its_own() -> None:
    with ProcessPoolExecutor(1, get_context("forkserver")) as pool:
        points, started = pool.submit(graded).result()
    assert points == 1.0
    assert len(started) == 1


def test_another_order_is_not_served_by_a_shared_zygote() -> None:
    with (
        shared_zygotes([order("json")]) as share,
        ProcessPoolExecutor(1, get_context("forkserver"), share) as pool,
    ):
        points, started = pool.submit(graded).result()
    assert points == 1.0
    assert len(started) == 1


def test_when_the_first_is_killed_its_twins_live_and_others_start_their_own() -> None:
    with one_shared() as (share, first):
        context = get_context("forkserver")
        with (
            ProcessPoolExecutor(1, context, share) as early,
            ProcessPoolExecutor(1, context, share) as late,
        ):
            assert early.submit(graded).result() == (1.0, [])
            os.kill(first, signal.SIGKILL)
            assert early.submit(graded).result() == (1.0, [])
            points, started = late.submit(graded).result()
            assert points == 1.0
            assert len(started) == 1


def test_a_twin_that_is_killed_is_found_dead_and_replaced() -> None:
    with (
        one_shared() as (share, first),
        ProcessPoolExecutor(1, get_context("forkserver"), share) as pool,
    ):
        assert pool.submit(graded).result() == (1.0, [])
        [twin] = interpreters(first)
        os.kill(twin, signal.SIGKILL)
        assert ended(twin)
        assert pool.submit(graded).result() == (1.0, [])
        [other] = interpreters(first)
        assert other != twin


def test_no_twin_outlives_the_process_it_serves() -> None:
    with one_shared() as (share, first):
        with ProcessPoolExecutor(1, get_context("forkserver"), share) as pool:
            assert pool.submit(graded).result() == (1.0, [])
            [twin] = interpreters(first)
        assert ended(twin)


def ended(pid: int, seconds: float = 20.0) -> bool:
    """Wait until a process is gone, or only its parent has not yet noticed."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and state(pid) not in "Z":
        time.sleep(0.02)
    return state(pid) in "Z"


def state(pid: int) -> str:
    """One letter, as ps shows it; none if the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return ""


def test_what_cannot_start_is_said_by_the_process_that_needs_it() -> None:
    wrong = replace(order(), environment={"PYTHONHASHSEED": "none"})
    with (
        shared_zygotes([wrong]) as share,
        ProcessPoolExecutor(1, get_context("forkserver"), share) as pool,
        pytest.raises(GraderError, match=r"does not start:\n.*PYTHONHASHSEED"),
    ):
        pool.submit(started, wrong).result()


def started(wanted: Order) -> bool:
    return zygote_for(wanted).alive


def test_lessons_of_the_same_frameworks_share_their_modules() -> None:
    lessons = read_lessons(sorted((SOURCE / "day05_keras").glob("*.ipynb")))
    own = {name: read_lesson(SOURCE / "day05_keras" / f"{name}.ipynb").modules for name in lessons}
    assert len(set(own.values())) == 2
    for lesson_ in lessons.values():
        assert set(lesson_.modules) == set().union(*own.values())


def test_lessons_of_other_frameworks_do_not() -> None:
    lessons = read_lessons(sorted((SOURCE / "day07_frameworks").glob("*.ipynb")))
    assert "torch" in lessons["pytorch"].modules
    assert "torch" not in lessons["tensorflow_gradient_tape"].modules

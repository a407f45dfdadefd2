"""An examiner that overruns is ended from outside; the others go on."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from overruns import overrun, overrun_once

from autograder.examiner.child import ChildEnded
from autograder.examiner.notes import Deadline, Forked
from autograder.examiner.watch import Overrun, Watch
from autograder.grading.pool import run_jobs

HERE = Path(__file__).parent
# seconds that a watched process may compute or sleep
CLOCK = 2.0


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("in_c", Overrun.TIME),
        ("in_c_in_a_step", Overrun.TIME),
        ("asleep", Overrun.TIME),
        ("memory", Overrun.MEMORY),
    ],
)
def test_who_overruns_is_ended_and_the_others_get_their_results(
    name: str, why: Overrun, processes: int
) -> None:
    results = list(run_jobs(["a", name, "b", "c"], overrun, processes))
    *others, (last, ended) = results
    assert sorted(others) == [("a", "a"), ("b", "b"), ("c", "c")]
    assert last == name
    assert isinstance(ended, ChildEnded)
    assert ended.overrun is why


def test_who_overran_once_is_graded_when_all_others_are(tmp_path: Path) -> None:
    marks = [tmp_path / "first", tmp_path / "second"]
    marks[1].touch()
    assert list(run_jobs(marks, overrun_once, 1)) == [
        (marks[1], "graded"),
        (marks[0], "graded"),
    ]


@contextmanager
def process(work: Callable[[], None]) -> Iterator[int]:
    """A process on the first processor that we may use."""
    child = multiprocessing.get_context("fork").Process(target=_pinned, args=(work,))
    child.start()
    try:
        assert child.pid is not None
        yield child.pid
    finally:
        child.kill()
        child.join()


def _pinned(work: Callable[[], None]) -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    work()


def spin() -> None:
    while True:
        pass


def starve() -> None:
    """Run only while nobody else wants to."""
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    spin()


def sleep() -> None:
    time.sleep(600)


def looked_at(watch: Watch) -> Overrun | None:
    """Look at a process until it has overrun, or for longer than it may sleep."""
    until = time.monotonic() + 3 * CLOCK
    while time.monotonic() < until:
        if overran := watch.look():
            return overran
        time.sleep(0.05)
    return None


def watched(pid: int, worker: int = 0) -> Watch:
    watch = Watch(pid)
    watch.hear(Deadline(60.0, CLOCK, 2**40))
    if worker:
        watch.hear(Forked(worker))
    return watch


def test_waiting_for_a_processor_is_not_counted_and_sleeping_is() -> None:
    with process(spin), process(starve) as starved, process(sleep) as sleeper:
        assert looked_at(watched(starved)) is None
        # an examiner that sleeps while its worker waits
        assert looked_at(watched(sleeper, starved)) is None
        assert looked_at(watched(sleeper)) is Overrun.TIME


COMMAND = """\
import sys, threading
from overruns import overrun
from autograder.grading.background import in_background
from autograder.grading.pool import run_jobs

if __name__ == "__main__":
    run = lambda jobs, stop: run_jobs(jobs, overrun, 2, (), stop)
    with in_background(["a", "long"], run) as results:
        for job, _ in results:
            print(job, flush=True)
"""


def test_ctrl_c_ends_the_command_while_an_examiner_sits_in_c(tmp_path: Path) -> None:
    script = tmp_path / "command.py"
    script.write_text(COMMAND.replace('"long"', '"in_c_for_long"'), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE)},
        start_new_session=True,
    ) as command:
        try:
            assert command.stdout is not None
            assert command.stdout.readline() == "a\n"
            command.send_signal(signal.SIGINT)
            _, said = command.communicate(timeout=120)
            assert "KeyboardInterrupt" in said
            assert left_of(command.pid) == []
        finally:
            command.kill()


def left_of(session: int, seconds: float = 60.0) -> list[str]:
    """What still runs of a session after a while."""
    until = time.monotonic() + seconds
    while (left := _members(session)) and time.monotonic() < until:
        time.sleep(0.1)
    return left


def _members(session: int) -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(folder.name)
    return found

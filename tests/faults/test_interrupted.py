"""Ctrl-C at any moment: 130, one line, nothing half-written, and the next run goes on."""

import os
import signal
import time

import pytest
from classroom import Classroom, integrity
from running import EXAMINER, FORKSERVER, WORKER, ZYGOTE, find

from autograder.examiner.meter import cpu_seconds

SAID = "interrupted; the same command goes on where it stopped\n"


def interrupt(
    classroom: Classroom, *, results: int = 0, cpu: float = 0.0, kind: str = "", wait: float = 0.0
) -> None:
    """Press Ctrl-C, which every process in the terminal gets, at some moment of a run.

    Parameters
    ----------
    cpu : float
        CPU seconds of the command: the same moment on a busy machine.
    kind : str
        Wait until there is such a process.
    """
    with classroom.grading() as run:
        while cpu_seconds(run.process.pid) < cpu:
            time.sleep(0.005)
        if kind:
            find(run.process.pid, kind)
        run.wait_for(results)
        time.sleep(wait)
        os.killpg(run.process.pid, signal.SIGINT)
        pressed = time.monotonic()
        code = run.end()
        took = time.monotonic() - pressed
    assert code == 130, run.said
    assert run.said == SAID
    assert took < 15, f"it went on for {took:.0f} s"
    # every file of results is whole: they are read here
    graded = classroom.results()
    assert all(len(one["tests"]) == 4 for one in graded.values())  # type: ignore[arg-type]
    assert integrity(classroom.root / "gradebook.db") == "ok"


@pytest.mark.slow
def test_ctrl_c_while_a_class_is_graded_ends_it_soon_and_whole(classroom: Classroom) -> None:
    classroom.take_a_while()
    interrupt(classroom, results=2)
    assert classroom.grade() == 0
    classroom.assert_all_right()


@pytest.mark.whole_course
def test_ctrl_c_at_any_moment_ends_it_soon_and_whole(classroom: Classroom) -> None:
    classroom.take_a_while()
    # while it starts, imports and forks
    for cpu in (0.25, 0.5, 1.0, 1.5):
        interrupt(classroom, cpu=cpu)
    for kind in (FORKSERVER, EXAMINER, ZYGOTE, WORKER):
        interrupt(classroom, kind=kind, wait=0.1)
    # while results come in and are written
    for wait in (0.0, 0.05, 0.1):
        interrupt(classroom, results=len(classroom.results()) + 1, wait=wait)
    assert classroom.grade() == 0
    classroom.assert_all_right()


@pytest.mark.whole_course
def test_ctrl_c_ends_an_endless_loop_at_once(classroom: Classroom) -> None:
    for name in ("amy", "s00", "s01"):
        classroom.answer(name, "doubled = 2.0", "while True: pass\\n    doubled = 2.0")
    interrupt(classroom, cpu=1.0, wait=3.0)


@pytest.mark.whole_course
def test_ctrl_c_is_heard_by_the_command_alone_too(classroom: Classroom) -> None:
    classroom.take_a_while()
    # as `kill -INT` or a scheduler sends it
    with classroom.grading() as run:
        run.wait_for(2)
        os.kill(run.process.pid, signal.SIGINT)
        assert run.end() == 130
    assert run.said == SAID

"""A notebook that is graded in a process of its own, as `nbgrader autograde` has it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from exam_room import Test, lesson, tier

from autograder.errors import GraderError
from autograder.examiner import apart
from autograder.examiner.examine import StudentCell
from autograder.examiner.lesson import Lesson
from autograder.examiner.limits import Limits
from autograder.examiner.results import NotebookResult, Status
from autograder.feedback import wording

# what a student returns decides how long the test computes, in one call into C
EXAM = lesson(
    Test("assert sum(range(f())) >= 0", timeout=0.3), Test("assert f() > 0"), stubs=["f()"]
)


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    yield
    apart.end_all()


def sit_apart(exam: Lesson, answer: str) -> NotebookResult:
    cells = [StudentCell(cell.id, cell.source) for cell in exam.locked]
    cells.append(StudentCell("a1", answer))
    return apart.examine_apart(exam, cells, Path(), tier(), Limits())


def test_what_it_finds_is_what_is_found_here() -> None:
    result = sit_apart(EXAM, "print('hello')\ndef f():\n    return 2")
    assert [test.status for test in result.tests] == [Status.PASSED] * 2
    assert result.outputs["a1"][0]["text"] == "hello\n"
    [child] = apart._children
    sit_apart(EXAM, "def f():\n    return -1")
    assert apart._children == [child]


@pytest.mark.slow
def test_a_call_that_never_ends_scores_nothing_and_the_next_is_graded() -> None:
    result = sit_apart(EXAM, "def f():\n    return 10**12")
    assert [test.status for test in result.tests] == [Status.DIED] * 2
    assert {test.message for test in result.tests} == {wording.gave_up("time")}
    assert sit_apart(EXAM, "def f():\n    return 2").tests[0].status is Status.PASSED


def test_what_fills_its_memory_scores_nothing() -> None:
    exam = lesson("assert len('x' * f()) > 0", stubs=["f()"])
    result = sit_apart(exam, f"def f():\n    return {3 * 2**30}")
    assert {test.message for test in result.tests} == {wording.gave_up("memory")}


def test_an_instructors_mistake_is_raised_where_it_was_asked() -> None:
    with pytest.raises(GraderError, match="not installed"):
        sit_apart(replace(EXAM, modules=("no_such_package",)), "")


INTERRUPTED = """\
import threading, time
from test_apart import EXAM, apart, sit_apart

def say_when_it_is_under_way():
    while not apart._children:
        time.sleep(0.05)
    print("under way", flush=True)

threading.Thread(target=say_when_it_is_under_way, daemon=True).start()
sit_apart(EXAM, "def f():\\n    return 10**12")
"""


def test_ctrl_c_ends_it_whatever_it_is_at() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        cwd=Path(__file__).parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        try:
            assert command.stdout is not None
            assert command.stdout.readline() == "under way\n"
            command.send_signal(signal.SIGINT)
            # its children hold the other end of these pipes: their end is waited for too
            _, said = command.communicate(timeout=120)
        finally:
            command.kill()
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert command.returncode == -signal.SIGINT

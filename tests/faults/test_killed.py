"""`kill -9` of any process: a result for everybody, nothing left, and the next run completes."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from classroom import POINTS, STUDENTS, Classroom, integrity
from jobs import end_once
from running import (
    COMMAND,
    EXAMINER,
    FORKSERVER,
    WORKER,
    ZYGOTE,
    end_all,
    find,
    outliving,
    processes,
)

from autograder.examiner.limits import Limits
from autograder.grading.job import Job, grade
from autograder.grading.pool import run_jobs
from autograder.intake.read import Submission
from autograder.sandbox.choose import choose_tier

# those of the short form
SHORT = {COMMAND, EXAMINER}


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=pytest.mark.slow if kind in SHORT else pytest.mark.whole_course)
        for kind in (COMMAND, FORKSERVER, EXAMINER, ZYGOTE, WORKER)
    ],
)
def test_whatever_is_killed_everybody_gets_a_result(classroom: Classroom, kind: str) -> None:
    classroom.take_a_while()
    with classroom.grading() as run:
        run.wait_for(3)
        os.kill(find(run.process.pid, kind), signal.SIGKILL)
        code = run.end()
    assert code == (-signal.SIGKILL if kind == COMMAND else 0), run.said
    assert "Traceback" not in run.said
    assert integrity(classroom.root / "gradebook.db") == "ok"
    if kind == COMMAND:
        assert classroom.grade() == 0
    # who kills a worker from outside cannot be told from an answer that ends it
    ended = [name for name, one in classroom.results().items() if "died" in str(one["tests"])]
    assert len(ended) <= (kind == WORKER)
    classroom.assert_all_right(*ended)
    assert classroom.grade() == 0
    assert f"{len(STUDENTS)} submissions, 0 to grade" in classroom.output


@pytest.mark.whole_course
def test_when_no_process_is_let_live_nobody_is_blamed_and_the_next_run_completes(
    classroom: Classroom,
) -> None:
    with classroom.grading() as run:
        # as on a machine that is out of memory
        while run.process.poll() is None:
            for pid, kind in processes(run.process.pid).items():
                if kind == EXAMINER:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
        assert run.end() == 1
    assert run.said == (
        "error: the processes that grade end as soon as they start; "
        "see whether the machine is short of memory, and run the command again\n"
    )
    assert classroom.grade() == 0
    classroom.assert_all_right()


@pytest.mark.parametrize(
    "times",
    [pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.whole_course)],
)
def test_an_answer_under_way_when_its_zygote_is_killed_is_graded_anew(
    classroom: Classroom, caplog: pytest.LogCaptureFixture, times: int
) -> None:
    # only the test that runs last takes long, so that nothing after it would notice
    pause = "import time; time.sleep(1.5 * (X.shape == (2, 2)))"
    classroom.answer("amy", "if X.ndim != 2:", f"{pause}\\n    if X.ndim != 2:")
    job = Job(
        classroom.root,
        "small",
        ("scale",),
        Submission("amy", classroom.root / "submitted" / "amy" / "small"),
        choose_tier(),
        Limits(notebook=298 + times),
    )
    killer = threading.Thread(target=kill_zygotes, args=(times,))
    killer.start()
    graded = grade(job)
    killer.join()
    assert [test.message for test in graded.notebooks["scale"].result.tests if test.message] == []
    assert graded.points == POINTS
    assert caplog.text.count("trying again") == times


def kill_zygotes(times: int) -> None:
    """Kill this process's zygote, each time that a worker of it has slept for a while."""
    for _ in range(times):
        family = asleep()
        os.kill(family[0], signal.SIGKILL)
        while any(is_alive(pid) for pid in family):
            time.sleep(0.01)


def asleep(seconds: float = 60.0) -> list[int]:
    """Wait for a worker that sleeps: its zygote, and what that forked."""
    until, naps = time.monotonic() + seconds, 0
    while naps < 10:
        assert time.monotonic() < until, "no worker was seen to sleep"
        time.sleep(0.02)
        # zygotes of other tests have no children
        families = [line for line in map(line_of, children(os.getpid())) if len(line) > 1]
        # at tier 1 the zygote's own child waits for the worker
        naps = naps + 1 if families and state(families[0][-1]) == "S" else 0
    return families[0]


def line_of(pid: int) -> list[int]:
    """A process, its child, and so on."""
    return [pid, *(one for child in children(pid) for one in line_of(child))]


def children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text("ascii").split()]
    return [child for child in found if is_alive(child)]


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]


def is_alive(pid: int) -> bool:
    try:
        return state(pid) != "Z"
    except OSError:
        return False


@pytest.mark.slow
def test_a_killed_process_costs_the_others_neither_results_nor_their_number() -> None:
    numbers = list(range(60))
    results = dict(run_jobs(numbers, end_once, 3))
    assert isinstance(results.pop(5), Exception)
    assert sorted(number for number, _ in results.values()) == [n for n in numbers if n != 5]
    # those that were waiting are not left to one process
    assert len({pid for number, pid in results.values() if number > 20}) > 1


@pytest.mark.slow
def test_processes_end_with_a_command_that_is_killed_and_clear_up_after_it(
    pool_command: list[str],
) -> None:
    with (
        # not pytest's own: it is too long for the name of a socket
        tempfile.TemporaryDirectory() as temporary,
        subprocess.Popen(
            pool_command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": temporary},
            start_new_session=True,
        ) as process,
    ):
        assert process.stdout is not None
        assert process.stdout.readline() == b"one\n"
        process.kill()
        try:
            assert outliving(process.pid) == {}
            assert list(Path(temporary).iterdir()) == []
        finally:
            end_all(process.pid)


@pytest.mark.slow
def test_a_temporary_folder_whose_name_is_too_long_is_told(
    pool_command: list[str], tmp_path: Path
) -> None:
    place = tmp_path / ("x" * 100)
    place.mkdir()
    done = subprocess.run(
        pool_command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(place)},
    )
    assert f"temporary files is too long: {place}; set TMPDIR to a shorter one" in done.stderr


@pytest.fixture
def pool_command(tmp_path: Path) -> list[str]:
    """A program that sleeps in two processes, and says when the first has woken."""
    script = tmp_path / "command.py"
    script.write_text(
        "import time\n"
        "from autograder.grading.pool import run_jobs\n"
        "if __name__ == '__main__':\n"
        "    for _ in run_jobs([1, 60, 60], time.sleep, 2):\n"
        "        print('one', flush=True)\n",
        encoding="utf-8",
    )
    return [sys.executable, str(script)]

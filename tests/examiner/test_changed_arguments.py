"""Whatever a student's function makes of its arguments, trusted code comes to an end with it."""

import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from exam_room import Test, hidden, lesson, sit, verdict

from autograder.diagnosis.calls import Recorder
from autograder.examiner import explain
from autograder.examiner.lesson import LessonCell
from autograder.examiner.received import clip
from autograder.examiner.results import Status

# no even number is an increment of a PCG64: with it, it gives the same number again and again
EVEN = """\
def f(rng):
    state = rng.bit_generator.state
    state["state"] = {"state": STATE, "inc": INC}
    rng.bit_generator.state = state
    return 1
""".replace("STATE", str(2**64 - 1)).replace(
    "INC", str((2**64 - 1) * (1 - 0x2360ED051FC65DA44385DF649FCCF645) % 2**128)
)
SHUFFLE = "rng = np.random.default_rng(1)\nf(rng)\nassert len(rng.permutation(200)) == 200"


def within(seconds: int, code: str) -> str:
    """What a program of its own prints, which the kernel ends at so many CPU seconds."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)),
    )
    assert done.returncode == 0, f"{done.returncode}: {done.stderr[-2000:]}"
    return done.stdout


def test_a_generator_that_repeats_one_number_hangs_nobody() -> None:
    code = "from test_changed_arguments import *; print(verdict(EVEN, SHUFFLE).status)"
    assert within(60, code) == "died\n"


def test_a_generator_may_be_set_to_a_state_of_its_own_kind() -> None:
    answer = (
        "def f(rng):\n    rng.bit_generator.state = np.random.default_rng(5).bit_generator.state"
    )
    test = (
        "rng = np.random.default_rng(1)\nf(rng)\n"
        "assert rng.random() == np.random.default_rng(5).random()"
    )
    assert verdict(answer, test).status is Status.PASSED


def test_text_in_the_place_of_numbers_is_a_change_and_no_error() -> None:
    answer = (
        "import gc\nfrom autograder.worker.serve import Server\n"
        "[server] = [one for one in gc.get_objects() if type(one) is Server]\n"
        "def f(x):\n"
        "    server._changed = lambda *_: [['t', ['t', None, ['a', '<U1', [1], 0]], ['d']], 0]\n"
        "    tell = server._told\n"
        "    server._told = lambda value, owners: ({'value': 0}, [b'x\\0\\0\\0'])\n"
        "    return 0\n"
    )
    result = verdict(answer, "f(np.zeros(1))", stubs=["f(x)"])
    assert result.message.startswith("f changed its argument x")


LONG = {
    "visible": Test("assert f() == 1, f()"),
    "key": Test("{}[f()]"),
    "hidden": Test(hidden("assert f() == 1, f()")),
}


@pytest.mark.parametrize("test", LONG.values(), ids=LONG)
def test_a_message_does_not_grow_with_the_answer(test: Test) -> None:
    result = verdict("def f():\n    return 'x' * 10**6", test)
    assert result.status is Status.FAILED
    assert len(result.message) < 6000
    assert len(result.detail) < 6000


def test_a_message_that_takes_long_to_write_is_a_test_that_took_too_long() -> None:
    # a table is written out by Python code, some 500 in a second
    answer = "def f():\n    return [pd.DataFrame({'a': [1.0]})] * 5000"
    result = verdict(answer, "raise ValueError(f())")
    assert result.status is Status.TIMEOUT


def test_what_calls_print_is_kept_up_to_a_cap() -> None:
    test = (
        "printed = io.StringIO()\n"
        "with contextlib.redirect_stdout(printed):\n"
        "    for _ in range(200):\n"
        "        f()\n"
        "assert len(printed.getvalue()) < 5 * 10**6"
    )
    assert verdict("def f():\n    print('x' * 60_000)", test).status is Status.PASSED


def test_a_clipped_text_can_be_written() -> None:
    assert clip("\ud800" * 10_000).encode("utf-8").endswith(" …".encode())


@pytest.mark.parametrize("answer", ["x" * 2**20, b"x" * 2**20, pd.Series(["x" * 2**20])],
                         ids=["text", "bytes", "table"])  # fmt: skip
def test_long_texts_are_not_kept_without_end(answer: object) -> None:
    recorder = Recorder({"f"})
    for _ in range(200):
        recorder.end(recorder.begin("f"), answer)
    assert recorder.partial == {"f"}
    assert len(recorder.calls) < 100


def test_the_search_for_mistakes_ends_for_a_whole_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = '():\n    """Is there a way out?"""\n    while True:\n        pass\n'
    head = "from autograder.catalogue import misconception\n"
    mistakes = "".join(f'@misconception("f", loses=["test_1"])\ndef m{i}{body}' for i in range(20))
    catalogue = tmp_path / "f.py"
    catalogue.write_text(head + mistakes, encoding="utf-8")
    given = lesson("assert f() == 1", stubs=["f()"])
    setup, test = given.cells
    solution = LessonCell("f", "f", "solution", "def f(): return 1", 0, "", None, frozenset())
    exam = replace(given, cells=(setup, solution, replace(test, target="f")), catalogue=catalogue)
    monkeypatch.setattr(explain, "ALL_SECONDS", 1.0)
    [result] = sit(exam, "def f(): return 2").tests
    assert result.status is Status.FAILED
    assert result.misconceptions == ()

"""A cell that dies, loops or eats memory costs itself; all else is graded as if it were not."""

import re

import pytest
from exam_room import Test, hidden, lesson, sit, verdict

from autograder.examiner.examine import StudentCell
from autograder.examiner.limits import Limits
from autograder.examiner.results import NotebookResult, Status

# short, so that the tests are, and yet far above what an honest cell needs on a slow machine
SHORT = Limits(cell=3.0, test=1.0, notebook=60.0)
FOR_EVER = "while True: pass"
TESTS = ["assert first() == 1", "assert bad() == 2", "assert last() == 3"]
GOOD = "def first(): return 1"
LAST = "def last(): return 3"

ENDS = {
    "exit": ("import os; os._exit(0)", Status.DIED),
    "segfault": ("import ctypes; ctypes.string_at(0)", Status.DIED),
    "abort": ("import os; os.abort()", Status.DIED),
    "loop": (FOR_EVER, Status.TIMEOUT),
    "loop_that_catches": (
        "while True:\n        try:\n            while 1: pass\n        except BaseException: pass",
        Status.TIMEOUT,
    ),
    "loop_in_c": ("sum(range(10**12))", Status.TIMEOUT),
    "close_the_channel": ("import os; os.closerange(0, 256)", Status.DIED),
}


@pytest.mark.parametrize(("body", "status"), ENDS.values(), ids=ENDS)
def test_a_bad_end_in_a_test_costs_that_test_only(body: str, status: Status) -> None:
    result = sit(lesson(*TESTS), GOOD, f"def bad():\n    {body}", LAST, limits=SHORT)
    assert [test.status for test in result.tests] == [Status.PASSED, status, Status.PASSED]
    assert result.workers == 2


@pytest.mark.parametrize(("body", "status"), ENDS.values(), ids=ENDS)
def test_a_bad_end_in_a_cell_costs_that_cell_only(body: str, status: Status) -> None:
    bad = f"if True:\n    {body}\ndef bad(): return 2"
    result = sit(lesson(*TESTS), GOOD, bad, LAST, limits=SHORT)
    assert [test.points for test in result.tests] == [1.0, 0.0, 1.0]
    [shown] = result.outputs["a2"]
    assert shown["output_type"] == "error"
    assert ("time limit" in shown["evalue"]) is (status is Status.TIMEOUT)


MEMORY = Limits(cell=5.0, test=5.0, notebook=30.0, memory=400 * 2**20)


def test_eating_memory_in_small_bites_costs_that_test_only() -> None:
    eats = "def bad():\n    kept = []\n    while True:\n        kept.append(bytearray(2**20))"
    result = sit(lesson(*TESTS), GOOD, eats, LAST, limits=MEMORY)
    assert [test.points for test in result.tests] == [1.0, 0.0, 1.0]
    assert result.tests[1].status in {Status.MEMORY, Status.DIED, Status.FAILED}


def test_one_bite_that_is_too_large_is_a_memory_error() -> None:
    result = sit(lesson(*TESTS), GOOD, "def bad(): return bytearray(2**40)", LAST, limits=MEMORY)
    assert "MemoryError" in result.tests[1].message
    assert [test.points for test in result.tests] == [1.0, 0.0, 1.0]


def test_recursion_is_an_error_like_others() -> None:
    result = sit(lesson(*TESTS), GOOD, "def bad(): return bad()", LAST)
    assert "RecursionError" in result.tests[1].message
    assert result.workers == 1


WITHOUT_A_PAUSE = {
    "endless_iterator": (
        "for v in bad():\n    pass",
        "def bad():\n    while True:\n        yield 1",
    ),
    "endless_list": ("list(bad())", "def bad():\n    while True:\n        yield bytes(100_000)"),
    "many_quick_calls": (
        "while bad() == 0:\n    pass",
        "def bad():\n    for i in range(1000): pass\n    return 0",
    ),
    "endless_callbacks": ("bad(lambda: 0)", "def bad(g):\n    while True: g()"),
}


@pytest.mark.parametrize(("test", "answer"), WITHOUT_A_PAUSE.values(), ids=WITHOUT_A_PAUSE)
def test_the_limit_holds_where_no_single_answer_takes_long(test: str, answer: str) -> None:
    result = sit(lesson(TESTS[0], test, TESTS[2]), GOOD, answer, LAST, limits=SHORT)
    assert [test.status for test in result.tests] == [
        Status.PASSED,
        Status.TIMEOUT,
        Status.PASSED,
    ]


LONG_FOR_THE_TEST = {
    "loop": "for _ in range(bad()):\n    pass",
    "loop_that_catches": (
        "for _ in range(bad()):\n    try:\n        pass\n    except Exception:\n        pass"
    ),
    "loop_in_numpy": "while bad():\n    np.ones(1000).sum()",
}


@pytest.mark.parametrize("test", LONG_FOR_THE_TEST.values(), ids=LONG_FOR_THE_TEST)
def test_an_answer_that_keeps_the_test_itself_busy_costs_that_test_only(test: str) -> None:
    exam = lesson(TESTS[0], Test(test, timeout=0.5), TESTS[2])
    result = sit(exam, GOOD, "def bad():\n    return 10**12", LAST, limits=SHORT)
    assert [one.status for one in result.tests] == [Status.PASSED, Status.TIMEOUT, Status.PASSED]
    assert "time limit" in result.tests[1].message


def test_who_sleeps_is_stopped_by_the_clock_on_the_wall() -> None:
    limits = Limits(cell=1.0, test=0.05, notebook=20.0)
    sleeps = "def bad():\n    import time\n    time.sleep(3600)"
    [test] = sit(lesson("bad()"), sleeps, limits=limits).tests
    assert test.status is Status.TIMEOUT


def test_the_time_limit_of_a_test_is_its_own() -> None:
    burns = (
        "import time\ndef bad(more):\n    end = time.process_time() + more\n"
        "    while time.process_time() < end: pass"
    )
    exam = lesson(Test("bad(2.0)"), Test("bad(2.0)", timeout=20.0), Test("bad(1.0)", timeout=0.3))
    statuses = [test.status for test in sit(exam, burns, limits=SHORT).tests]
    assert statuses == [Status.TIMEOUT, Status.PASSED, Status.TIMEOUT]


def test_the_time_limit_of_a_cell_is_its_own() -> None:
    burns = "import time\nend = time.process_time() + 1.0\nwhile time.process_time() < end: pass\n"
    for timeout, points in ((0.3, 0.0), (None, 1.0), (20.0, 1.0)):
        cell = StudentCell("a1", burns + "def f(): return 1", timeout)
        limits = Limits(cell=5.0, test=5.0, notebook=60.0)
        assert sit(lesson("assert f() == 1"), cell, limits=limits).tests[0].points == points


def test_a_notebook_that_used_up_its_time_keeps_what_it_has() -> None:
    limits = Limits(cell=3.0, test=1.0, notebook=2.5)
    tests = ["assert f() == 1", *["loop()"] * 4, "assert f() == 1"]
    result = sit(lesson(*tests), f"def f(): return 1\ndef loop():\n    {FOR_EVER}", limits=limits)
    assert result.tests[0].status is Status.PASSED
    assert [test.status for test in result.tests[1:]] == [Status.TIMEOUT] * 5
    assert "the notebook used up its 2.5 s" in result.tests[-1].detail


def test_sleeping_through_every_cell_uses_up_the_notebooks_time_too() -> None:
    limits = Limits(cell=0.05, test=0.05, notebook=0.1)
    sleeps = ["import time\ntime.sleep(3600)"] * 5
    result = sit(lesson("assert f() == 1"), *sleeps, "def f(): return 1", limits=limits)
    # 1 s on the wall: two cells of 0.5 s
    assert result.workers <= 3
    assert result.tests[0].status is Status.TIMEOUT


def test_a_new_worker_knows_what_the_cells_made_and_not_what_tests_did() -> None:
    answer = (
        "import os\ncount = [0]\ndef step():\n    count[0] += 1\n    return count[0]\n"
        "def end():\n    os._exit(0)"
    )
    tests = ["assert step() == 1", "assert step() == 2", "end()", "assert step() == 1"]
    points = [test.points for test in sit(lesson(*tests), answer, "helper = step").tests]
    assert points == [1.0, 1.0, 0.0, 1.0]


def test_the_outputs_are_those_of_before_the_tests() -> None:
    # each run of the cell prints another number; the first test says which one it knew
    answer = "import os, time\nt = time.time_ns()\nprint(t)\ndef end():\n    os._exit(0)"
    exam = lesson("raise ValueError(t)", "end()", "raise ValueError(t)")
    result = sit(exam, answer)
    [shown] = result.outputs["a1"]
    first, _, second = (test.message.strip() for test in result.tests)
    assert first == f"ValueError: {shown['text'].strip()}"
    assert second != first


def test_a_syntax_error_costs_the_tests_of_its_cell_only() -> None:
    result = sit(lesson(*TESTS), GOOD, "def bad(:\n    return 2", LAST)
    assert [test.points for test in result.tests] == [1.0, 0.0, 1.0]
    assert result.outputs["a2"][0]["ename"] == "SyntaxError"
    assert "NameError" in result.tests[1].message


def test_an_error_in_a_cell_does_not_stop_the_next() -> None:
    result = sit(lesson(*TESTS), GOOD, "def bad(): return 2\n1 / 0", LAST)
    assert [test.points for test in result.tests] == [1.0, 1.0, 1.0]
    assert result.outputs["a2"][0]["ename"] == "ZeroDivisionError"


@pytest.mark.parametrize("body", ["raise SystemExit", "exit()", "raise KeyboardInterrupt"])
def test_leaving_in_a_cell_does_not_stop_the_next(body: str) -> None:
    result = sit(lesson(*TESTS), GOOD, f"def bad(): return 2\n{body}", LAST)
    assert [test.points for test in result.tests] == [1.0, 1.0, 1.0]


def comparable(result: NotebookResult) -> object:
    tests = [(t.grade_id, t.points, t.status, t.message, t.detail, t.line) for t in result.tests]
    # where an object lies in memory is no result
    return tests, re.sub("0x[0-9a-f]+", "0x", repr(result.outputs)), result.workers


def test_grading_twice_gives_equal_results() -> None:
    # the first figure of a new home builds a font cache, which takes seconds
    limits = Limits(test=1.0)
    cells = [
        "import numpy as np\nprint({'b', 'a', 'c'})\nnp.array([1.0])",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
        "1 / 0",
        "class V: pass\nV()",
        f"def f(x): return x + 1\ndef g(x):\n    {FOR_EVER}\ndef h(x):\n    raise ValueError(x)",
    ]
    exam = lesson(
        "check_array(f(np.random.default_rng(1).normal(size=3)), np.ones(3), 'f')",
        "g(1)",
        hidden("h(1)"),
        "h('text')",
    )
    once, twice = (sit(exam, *cells, limits=limits) for _ in range(2))
    assert comparable(once) == comparable(twice)


def test_a_warning_costs_nothing() -> None:
    warn = "warnings.warn('old')"
    answer = f"import warnings\n{warn}\ndef f():\n    {warn}\n    return 1"
    result = sit(lesson("assert f() == 1"), answer)
    assert result.tests[0].status is Status.PASSED
    assert "UserWarning: old" in result.outputs["a1"][0]["text"]


def test_input_does_not_wait_for_anybody() -> None:
    assert "EOFError" in verdict("def f(): return input('name? ')", "f()").message


def test_what_a_worker_computed_before_it_ended_itself_counts() -> None:
    burns = "import os, time\nwhile time.process_time() < {:g}: pass\nos._exit(0)"
    limits = Limits(cell=5.0, test=5.0, notebook=60.0)
    cells = [burns.format(seconds) for seconds in (0.6, 0.8)]
    result = sit(lesson("assert f() == 1"), *cells, "def f(): return 1", limits=limits)
    assert result.tests[0].status is Status.PASSED
    # in steps of the kernel's ticks, and a start is part of it
    assert result.cpu > 1.3

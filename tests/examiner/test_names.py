"""A test's own names, the setup's and the builtins come before anything a student defines."""

import pytest
from exam_room import SETUP, Test, hidden, lesson, sit, verdict

from autograder.examiner.results import Status

RIGHT = "def f(x): return 2 * x\n"
WRONG = "def f(x): return 0 * x\n"
TEST = (
    "expected = [2.0, 4.0]\ncheck_array(f(np.array([1.0, 2.0])), expected, 'f')\n"
    "assert abs(float(f(3.0)) - 6.0) < 1e-9\nassert len(str(sum([1]))) == 1\n"
    "check_raises(ZeroDivisionError, lambda: 1 / 0, 'division')"
)
REBINDINGS = {
    "np_module": "import numpy\nnumpy.allclose = lambda *a, **k: True\nnumpy.array = 5\n",
    "np_name": "np = None\n",
    "abs": "abs = lambda x: 0\n",
    "builtins_abs": "import builtins\nbuiltins.abs = lambda x: 0\n",
    "check_array": "def check_array(*a, **k): pass\ndef check_raises(*a, **k): pass\n",
    "course_checks": (
        "import course.checks, course._failure\ncourse.checks.check_array = lambda *a, **k: 0\n"
        "course._failure.fail = lambda *a, **k: 0\n"
    ),
    "check_failed": "class CheckFailed(BaseException): pass\n",
    "assertion_error": "import builtins\nbuiltins.AssertionError = Warning\n",
    "test_local": "expected = [0.0, 0.0]\n",
    "underscore_names": "__builtins__ = {}\n__name__ = 'x'\n_ = 5\n",
    "frames": (
        "import sys\nfor depth in range(1, 50):\n"
        "    try:\n        sys._getframe(depth).f_globals.update(abs=lambda x: 0)\n"
        "    except ValueError:\n        break\n"
    ),
    "trace": "import sys\nsys.settrace(lambda *a: None)\nsys.setrecursionlimit(2000)\n",
    "transformers": (
        "import ast\nip = get_ipython()\n"
        "ip.ast_transformers.append(type('T', (ast.NodeTransformer,), {})())\n"
        "ip.input_transformers_cleanup.append(lambda lines: ['pass'])\n"
        "ip.set_custom_exc((BaseException,), lambda *a, **k: None)\n"
    ),
}


@pytest.mark.parametrize("before", REBINDINGS.values(), ids=REBINDINGS)
def test_rebinding_what_the_test_uses_changes_nothing(before: str) -> None:
    exam = lesson(TEST)
    assert sit(exam, before, WRONG).tests[0].status is Status.FAILED
    # a transformer that blanks later cells takes the answer with it
    right = sit(exam, RIGHT + before).tests[0]
    assert right.status is Status.PASSED, right.detail


@pytest.mark.parametrize("name", ["reference", "DATA", "check_close", "print", "pd"])
def test_a_student_is_not_asked_for_a_name_that_is_locked(name: str) -> None:
    setup = SETUP + "DATA = 1\ndef reference(): return 1\n"
    seen = f"repr({name})"
    [honest] = sit(lesson(f"check_equal({seen}, '?', 'it')", setup=setup), "").tests
    [result] = sit(
        lesson(f"check_equal({seen}, '?', 'it')", setup=setup),
        f"class L:\n    def __repr__(self): return '?'\n{name} = '?'",
    ).tests
    assert result.status is Status.FAILED
    assert result.detail.split(" at 0x")[0] == honest.detail.split(" at 0x")[0]


def test_a_name_that_a_test_binds_is_not_the_students() -> None:
    assert verdict("x = 1", "x = 2\ncheck_equal(x, 2, 'x')").points == 1.0
    assert verdict("x = 1", "for x in [3]:\n    pass\ncheck_equal(x, 3, 'x')").points == 1.0


def test_one_test_does_not_see_what_another_bound() -> None:
    first, second = sit(lesson("helper = 5", "check_equal(helper, 5, 'helper')"), "").tests
    assert first.points == 1.0
    assert "NameError" in second.detail


def test_a_name_that_nobody_binds_is_a_name_error() -> None:
    assert "NameError: name 'f' is not defined" in verdict("", "f(1)").message


def test_a_later_answer_counts_as_in_a_notebook() -> None:
    assert sit(lesson("assert f(1) == 2"), "f = None", RIGHT).tests[0].points == 1.0
    assert sit(lesson("assert f(1) == 2"), RIGHT, WRONG).tests[0].points == 0.0


LOOP = "def f(x):\n    total = 0\n    for v in x:\n        total += v\n    return total\n"
NO_LOOP = "def f(x):\n    return x.sum()\n"
DODGES = {
    "plain": LOOP,
    "wrapped": LOOP + "def clean(x): return x.sum()\nf.__wrapped__ = clean\n",
    "renamed": "def clean(x): return x.sum()\n" + LOOP + "f.__name__ = 'clean'\n",
    "code_renamed": (
        "def clean(x): return x.sum()\n" + LOOP
        + "f.__code__ = f.__code__.replace(co_name='clean')\n"
    ),
    "defined_before": NO_LOOP + LOOP,
    "text_in_a_string": LOOP + 'text = """\ndef f(x):\n    return x.sum()\n"""\n',
    "fake_file": LOOP + "import linecache\nlinecache.cache.clear()\n",
    "inner_definition": LOOP + "class A:\n    def f(x): return x.sum()\nif True:\n    pass\n",
    "loop_in_a_helper_inside": (
        "def f(x):\n    def g():\n        return [v for v in x]\n    return g()"
    ),
}  # fmt: skip


@pytest.mark.parametrize("answer", DODGES.values(), ids=DODGES)
def test_the_submitted_text_is_searched_for_loops(answer: str) -> None:
    result = verdict(answer, "check_no_loops(f, 'f')", stubs=["f(x)"])
    assert result.status is Status.FAILED
    assert "one by one" in result.message


def test_a_later_cell_cannot_lend_its_text() -> None:
    exam = lesson("check_no_loops(f, 'f')", stubs=["f(x)"])
    assert sit(exam, LOOP, "def other(x): return x\n").tests[0].status is Status.FAILED
    assert sit(exam, NO_LOOP, LOOP).tests[0].status is Status.FAILED


@pytest.mark.parametrize(
    "answer",
    [NO_LOOP, LOOP + NO_LOOP, NO_LOOP + "def g(x):\n    for i in x: pass"],
    ids=["alone", "behind_a_first_try", "beside_a_loop"],
)
def test_a_function_without_loops_passes(answer: str) -> None:
    result = verdict(answer, "check_no_loops(f, 'f')\nassert f(np.ones(3)) == 3.0")
    assert result.status is Status.PASSED, result.detail


@pytest.mark.parametrize(
    "answer",
    ["f = eval('lambda x: [v for v in x]')", "f = sum", "exec('def f(x): return x')", "f = 5"],
    ids=["lambda", "builtin", "exec", "number"],
)
def test_what_has_no_text_does_not_pass_for_free_of_loops(answer: str) -> None:
    assert verdict(answer, "check_no_loops(f, 'f')").status is Status.FAILED


def test_the_students_line_of_a_hidden_test_is_not_quoted() -> None:
    result = verdict(LOOP, Test(hidden("check_no_loops(f, 'f')"), hint="Is there a loop?"))
    assert result.message == "A check that runs only when graded failed. Is there a loop?"

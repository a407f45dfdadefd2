"""What a student's function learns from a hidden test never comes back to its author."""

from pathlib import Path

import pytest
from exam_room import Test, hidden, lesson, sit, verdict

from autograder.examiner.examine import Examination, StudentCell
from autograder.examiner.limits import Limits
from autograder.examiner.results import NotebookResult, Status
from autograder.examiner.zygotes import warm_zygote
from autograder.sandbox.tiers import Tier

SECRET = "90210"  # noqa: S105 # a number of a hidden test
HIDDEN = Test(
    hidden(f"check_array(f(np.array([{SECRET}.0])), [{SECRET}.5], 'f of a secret')"),
    hint="Think of halves.",
)


def told(result: NotebookResult) -> str:
    """All that a student sees of a result."""
    return repr(result.outputs) + "".join(test.message for test in result.tests)


LEAKS = {
    "wrong_value": "def f(x): return x",
    "print": "def f(x):\n    print(x)\n    return x",
    "stderr": "def f(x):\n    import sys\n    print(x, file=sys.__stderr__)\n    return x",
    "write_to_fd": "def f(x):\n    import os\n    os.write(1, repr(x).encode())\n    return x",
    "display": "def f(x):\n    from IPython.display import display\n    display(x)\n    return x",
    "figure": (
        "import matplotlib.pyplot as plt\ndef f(x):\n    plt.title(str(x))\n    plt.show()\n"
        "    return x"
    ),
    "message": "def f(x):\n    raise ValueError(str(x))",
    "class_name": "def f(x):\n    raise type('Leak' + str(x[0]), (Exception,), {})()",
    "class_of_the_answer": "def f(x):\n    return type('Leak' + str(int(x[0])), (), {})()",
    "function_name": (
        "def f(x):\n    exec(f'def leak_{int(x[0])}(): raise ValueError')\n"
        "    return locals()[f'leak_{int(x[0])}']()"
    ),
    "warning": "def f(x):\n    import warnings\n    warnings.warn(str(x))\n    return x",
    "assertion": "def f(x):\n    assert False, str(x)",
    "pretended_check": (
        "def f(x):\n    from course.checks import CheckFailed\n    raise CheckFailed(str(x))"
    ),
    "named_as_check": "def f(x):\n    raise type('CheckFailed', (Exception,), {})(str(x))",
    "changed_argument": "def f(x):\n    x *= 2\n    return x",
    "shell": "def f(x):\n    get_ipython().run_cell(f'print({x[0]})')\n    return x",
    "outputs_object": (
        "def f(x):\n    import gc\n    for o in gc.get_objects():\n"
        "        if type(o).__name__ == 'Outputs':\n            o.stream('stdout', str(x))\n"
        "    return x"
    ),
    "atexit": "def f(x):\n    import atexit\n    atexit.register(print, x)\n    return x",
}


@pytest.mark.parametrize("answer", LEAKS.values(), ids=LEAKS)
def test_hidden_inputs_do_not_come_back(answer: str) -> None:
    result = sit(lesson(HIDDEN, stubs=["f(x)"]), "1 + 1", answer)
    assert result.tests[0].status is Status.FAILED
    assert SECRET not in told(result)
    assert "halves" not in answer


REMEMBERS = (
    "import os\nseen = []\ndef f(x):\n    seen.append(float(x[0]))\n    {body}\n    return x"
)
LATER = {
    "message": REMEMBERS.format(body="if x[0] < 5: raise ValueError(repr(seen))"),
    "value": REMEMBERS.format(body="if x[0] < 5: return x * max(seen)"),
    "class": REMEMBERS.format(body="if x[0] < 5: return type(f'L{max(seen):.0f}', (), {{}})()"),
    "first_one_fails": "seen = []\n"
    "def f(x):\n    seen.append(float(x[0]))\n    raise ValueError(repr(seen))",
}
VISIBLE = "check_array(f(np.array([1.0])), [1.0], 'f([1])')"
ORDERS = {
    "visible_later": [HIDDEN, VISIBLE],
    "visible_below": [f"{VISIBLE}\n{HIDDEN.source}\n{VISIBLE}", VISIBLE],
    "visible_between": [HIDDEN, VISIBLE, HIDDEN],
    "visible_below_only": [f"{HIDDEN.source}\n{VISIBLE}"],
}


@pytest.mark.parametrize("tests", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize("answer", LATER.values(), ids=LATER)
def test_no_later_visible_check_quotes_what_was_remembered(answer: str, tests: list) -> None:
    assert SECRET not in told(sit(lesson(*tests, stubs=["f(x)"]), answer))


def test_a_worker_that_replays_the_cells_does_not_tell_either() -> None:
    # the first worker ends in a hidden test; the outputs are those of before
    ends = "print('hello')\nimport os\ndef f(x):\n    if x[0] > 5: os._exit(0)\n    return x"
    result = sit(lesson(HIDDEN, VISIBLE, stubs=["f(x)"]), ends)
    assert [test.status for test in result.tests] == [Status.DIED, Status.PASSED]
    assert result.outputs["a1"] == [{"output_type": "stream", "name": "stdout", "text": "hello\n"}]


def test_what_a_replay_does_changes_no_output(tmp_path: Path) -> None:
    """Without a sandbox workers can tell each other; what they show stands by then all the same."""
    mark, exam = tmp_path / "mark", lesson(HIDDEN, HIDDEN, stubs=["f(x)"])
    ends = f"import os\ndef f(x):\n    if x[0] > 5:\n        open({str(mark)!r}, 'w')\n        "
    told = f"print('hello')\nimport os\nif os.path.exists({str(mark)!r}): os._exit(0)"
    cells = [
        StudentCell(f"a{number}", text)
        for number, text in enumerate([exam.locked[0].source, ends + "os._exit(0)", told, told])
    ]
    zygote = warm_zygote(exam.modules, Tier.NONE, Limits())
    result = Examination(exam, cells, zygote, Limits()).run()
    assert mark.exists()
    assert result.workers > 2
    hello = [{"output_type": "stream", "name": "stdout", "text": "hello\n"}]
    assert [result.outputs["a2"], result.outputs["a3"]] == [hello, hello]


def test_a_failing_visible_line_shows_its_whole_message() -> None:
    result = verdict("def f(x): return 2 * x", Test(f"{VISIBLE}\n{HIDDEN.source}", hint="Halves?"))
    assert result.message == "f([1]): got [2.0], expected [1.0]."
    assert result.line == 1


def test_a_failing_hidden_line_shows_the_hint_only() -> None:
    result = verdict("def f(x): return x", Test(f"{VISIBLE}\n{HIDDEN.source}", hint="Halves?"))
    assert result.message == "A check that runs only when graded failed. Halves?"
    assert SECRET in result.detail  # the instructor's
    assert result.line == 3


def test_the_type_of_an_error_in_a_hidden_line_is_told_if_it_is_pythons_own() -> None:
    result = verdict("def f(x):\n    return x.no_such", Test(HIDDEN.source))
    assert result.message.endswith("Your code raised AttributeError there.")
    result = verdict("def f(x):\n    raise type('Mine', (Exception,), {})", Test(HIDDEN.source))
    assert result.message.endswith("Your code raised an error of its own there.")


@pytest.mark.parametrize("fence", [str, hidden], ids=["visible", "hidden"])
def test_an_untouched_stub_is_called_not_written(fence: object) -> None:
    result = verdict("def f(x):\n    raise NotImplementedError('…')", fence(VISIBLE))  # type: ignore[operator]
    assert result.message == "Not written yet."


def test_a_callbacks_error_tells_the_student_nothing() -> None:
    answer = (
        "said = []\ndef f(g):\n    try:\n        g(1)\n    except Exception as error:\n"
        "        said.append(repr(error))\n    return repr(said)"
    )
    test = f"def g(x):\n    raise ValueError('{SECRET}')\nassert '{SECRET}' not in f(g)"
    result = verdict(answer, hidden(test))
    assert result.status is Status.PASSED, result.detail


SEARCH = """\
import re
def search():
    found = 0
    with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb', 0) as memory:
        for line in maps.readlines():
            low, high = (int(n, 16) for n in line.split()[0].split('-'))
            if line.split()[1].startswith('rw') and high - low < 2**27:
                memory.seek(low)
                # the pattern does not find itself
                found += len(re.findall(b'[k]ept_by_the_test', memory.read(high - low)))
    return found
def keep(text):
    kept.append(text)
kept = []
"""


@pytest.mark.parametrize("sent", [True, False], ids=["sent", "kept"])
def test_a_hidden_text_is_in_the_workers_memory_only_if_it_was_sent(sent: bool) -> None:
    test = (
        f"secret = 'kept_by_' + 'the_test'\nif {sent}:\n    keep(secret)\n"
        "try:\n    found = search()\nexcept OSError:\n    found = 'no memory to read'\n"
        "raise ValueError(found)"
    )
    found = verdict(SEARCH, hidden(test)).detail.removeprefix("ValueError: ")
    if found == "no memory to read":
        pytest.skip(found)
    assert (int(found) > 0) is sent

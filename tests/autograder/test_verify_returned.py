"""Each test cell is lost by a misconception that returns what the stub returns."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from verifying import edit_catalogue, proof

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.catalogue import Entry
from autograder.course_tree import CourseTree
from autograder.verify.forms import OPAQUE, form
from autograder.verify.returned import returns_the_right_form
from autograder.verify.wrong_run import run_with


class Model:
    pass


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(np.zeros((2, 3)), np.ones((2, 3), np.float32), id="floats of any width"),
        pytest.param(
            np.zeros(2, np.uint8), np.zeros(2, np.int64), id="integers, with a sign or not"
        ),
        pytest.param(1, 2.5, id="numbers"),
        pytest.param(np.float32(1), np.array(7), id="a number and an array that is one"),
        pytest.param("a", np.str_("b"), id="texts"),
        pytest.param((1, [np.zeros(2)]), (2.0, [np.ones(2)]), id="part by part"),
        pytest.param({"W": np.zeros(2), "b": 1}, {"b": 2, "W": np.ones(2)}, id="a dictionary"),
        pytest.param(Model(), print, id="objects, of which nothing can be said"),
        pytest.param(pd.DataFrame({"a": [1]}), pd.DataFrame({"b": ["x"]}), id="tables"),
    ],
)
def test_values_of_one_form(a: Any, b: Any) -> None:
    assert form(a) == form(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(np.zeros((2, 3)), np.zeros((3, 2)), id="another shape"),
        pytest.param(np.zeros(2), np.zeros((2, 1)), id="another rank"),
        pytest.param(np.zeros(2), np.zeros(2, int), id="another kind"),
        pytest.param(np.zeros(2, bool), np.zeros(2, int), id="booleans"),
        pytest.param(np.zeros(2), np.ma.zeros(2), id="a masked array"),
        pytest.param(np.zeros(2), [0.0, 0.0], id="a list for an array"),
        pytest.param(1.0, np.zeros(1), id="an array for a number"),
        pytest.param(True, 1, id="a boolean for a number"),
        pytest.param(1.0, 1j, id="a complex number"),
        pytest.param(1.0, "1", id="a text"),
        pytest.param(1.0, None, id="nothing"),
        pytest.param((1, 2), [1, 2], id="a list for a tuple"),
        pytest.param((1, 2), (1, 2, 3), id="another length"),
        pytest.param((1, (2,)), (1, 2), id="another nesting"),
        pytest.param({"a": 1}, {"b": 1}, id="other keys"),
        pytest.param({"a": 1}, {"a": "1"}, id="a value of another type"),
        pytest.param(pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1, 2]}), id="a longer table"),
        pytest.param(pd.DataFrame({"a": [1]}), pd.Series([1]), id="a column for a table"),
        pytest.param(Model(), None, id="nothing for an object"),
        pytest.param(Model(), np.zeros(2), id="an array for an object"),
    ],
)
def test_values_of_another_form(a: Any, b: Any) -> None:
    assert form(a) != form(b)


def test_nothing_is_said_of_an_object() -> None:
    assert form(Model()) == form(Model) == OPAQUE


def judge(reference: str, answer: str, test: str, *, target: str = "stub", more: str = "") -> bool:
    """Whether `wrong`, in the place of `target`, loses a test of `stub` with the right form."""
    cells = [Cell("code", reference, 10, 11, Role.SOLUTION, "stub")]
    if more:
        cells.insert(0, Cell("code", more, 5, 6, Role.SOLUTION, "other"))
    notebook = Notebook(
        "week1",
        "scale",
        "scale.py",
        (
            Cell("code", "import numpy as np", 1, 2, Role.LOCKED, "setup"),
            *cells,
            Cell("code", test, 20, 21, Role.TESTS, "test_stub", target="stub", timeout=0.5),
        ),
    )
    names: dict[str, Any] = {"np": np}
    exec(answer, names)  # noqa: S102 # the text of a test below
    entry = Entry("wrong", target, names["wrong"], "hint", ("test_stub",), 1)
    run = run_with(notebook, entry)
    before = dict(run.names)
    verdict = returns_the_right_form(notebook, notebook.cell("test_stub"), run)
    assert {name: run.names[name] for name in before} == before
    return verdict


FIRST = "def stub(X):\n    return X[:, 0]"


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        pytest.param("X[:, 1]", True, id="another column"),
        pytest.param("X[0]", False, id="a row"),
        pytest.param("list(X[:, 1])", False, id="a list"),
        pytest.param("X[:, 1].astype(int)", False, id="integers"),
        pytest.param("X[:, 9]", False, id="an error"),
        pytest.param("print(1)", False, id="nothing"),
    ],
)
def test_type_and_shape_are_those_of_the_reference_on_the_same_arguments(
    answer: str, right: bool
) -> None:
    assert judge(FIRST, f"def wrong(X):\n    return {answer}", "stub(np.eye(2, 3))") is right


def test_every_call_counts() -> None:
    answer = "def wrong(X):\n    return X[0]"
    for shapes, right in (("2, 3", False), ("3, 3", True)):
        for test in (
            f"stub(np.eye(3))\nstub(np.eye({shapes}))",
            f"stub(np.eye({shapes}))\nstub(np.eye(3))",
        ):
            assert judge(FIRST, answer, test) is right


@pytest.mark.parametrize(
    "answer", ["return None", "raise KeyError('no')"], ids=["it returns", "it raises"]
)
def test_where_the_reference_raises_any_result_is_right(answer: str) -> None:
    reference = "def stub(X):\n    raise ValueError('no')"
    test = "try:\n    stub(1)\nexcept ValueError:\n    pass"
    assert judge(reference, f"def wrong(X):\n    {answer}", test)


def test_arguments_are_those_from_before_the_call() -> None:
    reference = "def stub(X):\n    return list(X)"
    answer = "def wrong(X):\n    return [X.pop()] + X + [0]"
    assert not judge(reference, answer, "stub([1, 2, 3])")
    assert judge(reference, answer.replace(" + [0]", ""), "stub([1, 2, 3])")


def test_a_generator_is_passed_on_with_the_state_it_had() -> None:
    reference = "def stub(rng):\n    return np.zeros(rng.integers(1, 10**9) % 97)"
    answer = "def wrong(rng):\n    return np.ones(rng.integers(1, 10**9) % 97)"
    test = "rng = np.random.default_rng(3)\nfor _ in range(5): stub(rng)"
    assert judge(reference, answer, test)


def test_a_function_of_the_test_is_not_called_between_its_lines() -> None:
    reference = "def stub(f):\n    return f()"
    answer = "def wrong(f):\n    return f() + 1"
    # a call in between would make the second answer a list
    test = (
        "count = []\n"
        "def f():\n    count.append(1)\n    return [1] if len(count) == 2 else 1\n"
        "stub(f)\ncount.append(1)\nstub(f)"
    )
    assert judge(reference, answer, test)


def test_the_reference_calls_itself_and_not_the_misconception() -> None:
    reference = "def stub(n):\n    return (stub(n - 1) + (1,)) if n else ()"
    answer = "def wrong(n):\n    return (2,) * n if n > 1 else ()"
    assert judge(reference, answer, "stub(3)")


def test_a_mistake_elsewhere_is_judged_by_what_the_tested_stub_returns() -> None:
    other = "def other(X):\n    return X.sum(axis=0)"
    reference = "def stub(X):\n    return other(X)"
    test = "stub(np.ones((2, 3)))"
    answer = "def wrong(X):\n    return X.sum(axis=1)"
    assert not judge(reference, answer, test, target="other", more=other)
    assert judge(reference, answer.replace("1", "0"), test, target="other", more=other)


@pytest.mark.parametrize(
    ("reference", "answer", "right"),
    [
        pytest.param("stub = (2, 3)", "(3, 2)", True, id="right"),
        pytest.param("stub = (2, 3)", "[3, 2]", False, id="a list"),
    ],
)
def test_a_stub_that_is_a_value_is_compared_as_it_is(
    reference: str, answer: str, right: bool
) -> None:
    assert judge(reference, f"def wrong():\n    return {answer}", "assert False") is right


@pytest.mark.parametrize(
    ("reference", "answer", "test"),
    [
        pytest.param(
            "class stub:\n    pass", "def wrong():\n    return object()", "stub()", id="an object"
        ),
        pytest.param(
            "def stub(x):\n    return 1",
            "def wrong(x):\n    return [1]",
            "import threading\nstub(threading.Lock())",
            id="an argument that cannot be copied",
        ),
        pytest.param(
            "def stub(x):\n    return 1",
            "def wrong(x):\n    while True: pass",
            "stub(1)",
            id="an answer without an end",
        ),
        pytest.param(
            "def stub(x):\n    return 1",
            "def wrong(x):\n    return [1]",
            "assert False",
            id="a stub that is not called",
        ),
    ],
)
def test_what_cannot_be_judged_counts_as_right(reference: str, answer: str, test: str) -> None:
    assert judge(reference, answer, test)


def test_after_an_argument_that_cannot_be_copied_the_test_goes_on() -> None:
    reference, answer = "def stub(x):\n    return 1", "def wrong(x):\n    return [1]"
    assert not judge(reference, answer, "import threading\nstub(threading.Lock())\nstub(1)")


def test_a_class_stub_that_returns_nothing_is_of_another_type() -> None:
    assert not judge("class stub:\n    pass", "def wrong():\n    return None", "stub()")


def test_a_cell_lost_only_with_another_shape_is_a_failure(mini: CourseTree) -> None:
    (failure,) = proof(mini).failures
    assert failure == (
        "source/week1/scale.py:32: test_row_sums is lost only by misconceptions of another type "
        "or shape; catalogue one that returns what the stub returns"
    )


def test_an_alternative_is_no_misconception(mini: CourseTree) -> None:
    edit_catalogue(mini, "X @ np.ones(X.shape[1])", "X @ np.ones(X.shape[1]) * 2")
    failures = proof(mini).failures
    assert any("with_a_product also loses test_row_sums" in failure for failure in failures)
    assert any("of another type or shape" in failure for failure in failures)

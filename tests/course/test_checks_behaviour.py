import linecache
import warnings
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
import pytest

from course import sources
from course.checks import (
    CheckFailed,
    check_no_loops,
    check_no_shared_memory,
    check_raises,
    check_shares_memory,
    check_unchanged,
)

HINT = "Did you average over the N examples?"


def failure(check: Callable[..., None], *arguments: Any, **options: Any) -> str:
    with pytest.raises(CheckFailed) as caught:
        check(*arguments, **options)
    return str(caught.value)


# check_raises


def raising(error: BaseException) -> Callable[[], object]:
    def call() -> NoReturn:
        raise error

    return call


class OwnError(ValueError):
    pass


class HostileError(ValueError):
    def __str__(self) -> str:
        raise SystemExit("asked a hostile error")


@pytest.mark.parametrize("error", [ValueError("x"), OwnError()], ids=["same", "subclass"])
def test_raises_accepts_the_type_and_its_subclasses(error: Exception) -> None:
    check_raises(ValueError, raising(error), "f(x)")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        pytest.param(
            lambda: (2, 3), "returned the tuple (2, 3), expected a ValueError.", id="returns"
        ),
        pytest.param(lambda: None, "returned None, expected a ValueError.", id="returns_none"),
        pytest.param(
            raising(TypeError("no len()\nsecond line")),
            "raised a TypeError (no len()), expected a ValueError.",
            id="other_error",
        ),
        pytest.param(
            raising(IndexError()), "raised an IndexError, expected a ValueError.", id="no_message"
        ),
        pytest.param(
            raising(NotImplementedError("Write your solution here")),
            "not written yet, it raised NotImplementedError.",
            id="stub",
        ),
        pytest.param(
            raising(SystemExit(0)), "raised a SystemExit (0), expected a ValueError.", id="exit"
        ),
    ],
)
def test_raises_message(call: Callable[[], object], message: str) -> None:
    assert failure(check_raises, ValueError, call, "f(x)") == f"f(x): {message}"
    assert failure(check_raises, ValueError, call, "f(x)", hint=HINT) == f"f(x): {message} {HINT}"


def test_stub_does_not_pass_for_a_runtime_error() -> None:
    message = failure(check_raises, RuntimeError, raising(NotImplementedError()), "f(x)")
    assert message == "f(x): not written yet, it raised NotImplementedError."


def test_raises_survives_an_error_whose_message_fails() -> None:
    message = failure(check_raises, KeyError, raising(HostileError()), "f(x)")
    assert message == "f(x): raised a HostileError, expected a KeyError."


def test_raises_shows_where_the_other_error_came_from() -> None:
    error = TypeError("no len()")
    with pytest.raises(CheckFailed) as caught:
        check_raises(ValueError, raising(error), "f(x)")
    assert caught.value.__cause__ is error


def test_ctrl_c_stops_the_test() -> None:
    with pytest.raises(KeyboardInterrupt):
        check_raises(ValueError, raising(KeyboardInterrupt()), "f(x)")


# check_unchanged


def test_unchanged_accepts_inputs_left_alone() -> None:
    X, labels = np.array([[1.0, np.nan]]), [0, 1]
    check_unchanged(lambda: (X - 1, labels[::-1]), "f", X=X, labels=labels)
    assert labels == [0, 1]


def reshape_in_place(x: np.ndarray) -> None:
    x.resize((3, 2), refcheck=False)


@pytest.mark.parametrize(
    ("value", "change", "message"),
    [
        pytest.param(
            np.array([[1.0, 2.0]]),
            lambda X: X.__setitem__((0, 1), -1.0),
            "X[0, 1] was 2.0 and is now -1.0.",
            id="array_value",
        ),
        pytest.param(
            np.array([1.0, np.nan]),
            lambda X: X.__setitem__(1, 0.0),
            "X[1] was nan and is now 0.0.",
            id="array_nan",
        ),
        pytest.param(
            np.array(1), lambda X: X.fill(2), "X was 1 and is now 2.", id="array_of_no_dimensions"
        ),
        pytest.param(
            np.zeros((2, 3)),
            reshape_in_place,
            "X had shape (2, 3) and now has (3, 2).",
            id="array_shape",
        ),
        pytest.param([3, 1], lambda X: X.sort(), "X[0] was 3 and is now 1.", id="list_value"),
        pytest.param(
            [3, 1], lambda X: X.append(2), "X had length 2 and now has 3.", id="list_length"
        ),
        pytest.param(
            [[1], [2]], lambda X: X[1].pop(), "X[1] had length 1 and now has 0.", id="nested_list"
        ),
        pytest.param(
            [1, 2],
            lambda X: X.__setitem__(0, object()),
            "X[0] was the integer 1 and is now an object of type object.",
            id="object_in_list",
        ),
        pytest.param(
            {"W": np.zeros(2)},
            lambda X: X["W"].__iadd__(1),
            "X['W'][0] was 0.0 and is now 1.0.",
            id="array_in_dict",
        ),
        pytest.param(
            {"W": 1}, lambda X: X.clear(), "X was {'W': 1} and is now {}.", id="dict_keys"
        ),
    ],
)
def test_unchanged_names_the_input_and_the_change(
    value: Any, change: Callable[[Any], object], message: str
) -> None:
    got = failure(check_unchanged, lambda: change(value), "center_columns", X=value)
    assert got == f"center_columns changed its argument X: {message}"


def test_unchanged_tells_a_changed_dtype() -> None:
    before = np.zeros(1)
    message = failure(check_unchanged, lambda: _set_dtype(before), "f", x=before)
    assert message == (
        "f changed its argument x: x had dtype float64 (floats) and now has dtype int64 (integers)."
    )


def _set_dtype(x: np.ndarray) -> None:
    # The attribute is deprecated and still there: a student may find it.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        x.dtype = np.int64


def test_unchanged_lets_errors_of_the_answer_through() -> None:
    with pytest.raises(NotImplementedError):
        check_unchanged(raising(NotImplementedError()), "f", x=[1])


# memory


@pytest.mark.parametrize("shape", [(6,), (2, 3)], ids=["vector", "matrix"])
def test_views_and_copies_are_told_apart(shape: tuple[int, ...]) -> None:
    x = np.arange(6).reshape(shape)
    view, copied = x[1:], x[1:].copy()
    check_shares_memory(view, x, "view")
    check_no_shared_memory(copied, x, "copy")
    assert failure(check_shares_memory, copied, x, "f(x)", hint=HINT) == (
        f"f(x): got a copy, expected a view that shares the array's memory. {HINT}"
    )
    assert failure(check_no_shared_memory, view, x, "f(x)", hint=HINT) == (
        f"f(x): got a view that shares the array's memory, expected a copy. {HINT}"
    )


@pytest.mark.parametrize(
    "junk", [None, [1], np.ma.masked_array([1])], ids=["none", "list", "masked"]
)
def test_no_shared_memory_needs_an_array(junk: object) -> None:
    assert "expected a NumPy array" in failure(check_no_shared_memory, junk, np.zeros(1), "f(x)")


def test_memory_of_contrived_strides_is_judged_in_bounded_time() -> None:
    base = np.zeros(10**6, dtype=np.uint8)
    strides = [(10007, 10009, 10037, 10039, 10061), (10067, 10069, 10079, 10091, 10093)]
    first, second = (
        np.lib.stride_tricks.as_strided(base[start:], shape=(9,) * 5, strides=steps)
        for start, steps in enumerate(strides)
    )
    check_shares_memory(first, second, "f(x)")


# check_no_loops


def without_loops(x: np.ndarray) -> np.ndarray:
    """Say "for row in X" and do without it."""
    from numpy import mean

    return x - mean(x, axis=0)  # not for each row


def with_for(x):
    total = 0
    for value in x:
        total += value
    return total


def with_while(x):
    while x.any():
        x = [value for value in x if value]
    return x


def with_comprehension(x):
    return np.array([value + 1 for value in x])


def with_dict_comprehension(x):
    return {value: value + 1 for value in x}


def with_set_comprehension(x):
    return {value + 1 for value in x}


def with_generator(x):
    return sum(value for value in x)


def with_map(x):
    return list(map(abs, x))


def with_vectorize(x):
    return np.vectorize(abs)(x)


def with_apply_along_axis(x):
    return np.apply_along_axis(sum, 0, x)


def with_imported_vectorize(x):
    from numpy import vectorize as fast

    return fast(abs)(x)


def with_inner_function(x):
    def total(values):
        for value in values:
            yield value + 1

    return np.fromiter(total(x), float)


@pytest.mark.parametrize(
    ("function", "line", "text"),
    [
        pytest.param(with_for, 3, "for value in x:", id="for"),
        pytest.param(with_while, 2, "while x.any():", id="while"),
        pytest.param(
            with_comprehension, 2, "return np.array([value + 1 for value in x])", id="comprehension"
        ),
        pytest.param(
            with_dict_comprehension, 2, "return {value: value + 1 for value in x}", id="dict"
        ),
        pytest.param(with_set_comprehension, 2, "return {value + 1 for value in x}", id="set"),
        pytest.param(with_generator, 2, "return sum(value for value in x)", id="generator"),
        pytest.param(with_map, 2, "return list(map(abs, x))", id="map"),
        pytest.param(with_vectorize, 2, "return np.vectorize(abs)(x)", id="vectorize"),
        pytest.param(
            with_apply_along_axis, 2, "return np.apply_along_axis(sum, 0, x)", id="apply_along_axis"
        ),
        pytest.param(
            with_imported_vectorize, 2, "from numpy import vectorize as fast", id="imported"
        ),
        pytest.param(with_inner_function, 3, "for value in values:", id="inner_function"),
    ],
)
def test_loops_are_refused_by_line(function: object, line: int, text: str) -> None:
    assert failure(check_no_loops, function, "f", hint=HINT) == (
        f"f: line {line}, `{text}`, goes through values one by one; "
        f"expected operations on whole arrays. {HINT}"
    )


def test_array_operations_are_no_loops() -> None:
    check_no_loops(without_loops, "f")


def test_wrapped_attribute_does_not_lead_to_another_text() -> None:
    def loops(x: Any) -> Any:
        return [value for value in x]  # noqa: C416

    loops.__wrapped__ = without_loops  # type: ignore[attr-defined]
    assert "goes through values one by one" in failure(check_no_loops, loops, "f")


def test_function_without_a_text_is_refused_kindly() -> None:
    namespace: dict[str, Any] = {}
    exec("def f(x):\n    return x", namespace)  # noqa: S102
    assert failure(check_no_loops, namespace["f"], "f", hint=HINT) == (
        "f: the text of the function cannot be found. "
        f"Write it with def in its own cell, run that cell, then this one. {HINT}"
    )


def test_the_text_of_the_command_line_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    # as Python 3.13 does for `python -c`
    other = "def f(x):\n    return sum(x)\n"
    monkeypatch.setitem(
        linecache.cache, "<string>", (len(other), None, other.splitlines(keepends=True), "<string>")
    )
    namespace: dict[str, Any] = {}
    exec("def f(x):\n    return [n for n in x]", namespace)  # noqa: S102
    assert "the text of the function cannot be found" in failure(
        check_no_loops, namespace["f"], "f", hint=HINT
    )


@pytest.mark.parametrize(
    "text", ["def f(x):", "\0", "(" * 10_000, ""], ids=["incomplete", "null", "deep", "empty"]
)
def test_text_that_is_no_function_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_reader", lambda _: text)
    assert "no complete function" in failure(check_no_loops, "f", "f")


def test_a_grader_supplies_the_submitted_text() -> None:
    before = sources.set_source_reader(lambda name: f"    def {name}(x):\n        return x\n")
    try:
        assert sources.source_of("f") == "def f(x):\n    return x\n"
        check_no_loops("f", "f")
    finally:
        assert sources.set_source_reader(before) is not before
    assert sources.set_source_reader(None) is sources.read_own_source

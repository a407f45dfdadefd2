import contextlib
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course import checks
from course.checks import (
    CheckFailed,
    check_array,
    check_close,
    check_equal,
    check_no_loops,
    check_raises,
    check_shares_memory,
    check_unchanged,
)

HINT = "Did you average over the N examples?"


def failure(check: Callable[..., None], *arguments: Any, **options: Any) -> str:
    with pytest.raises(CheckFailed) as caught:
        check(*arguments, **options)
    return str(caught.value)


# Answers of any kind: none may be accepted, none may break a check.


class Hostile:
    def _refuse(self, *_: object) -> NoReturn:
        raise RuntimeError("asked a hostile object")

    __repr__ = __str__ = __eq__ = __ne__ = __len__ = __iter__ = __bool__ = _refuse
    __hash__ = __array__ = __float__ = __int__ = __index__ = __getattr__ = _refuse
    __class__ = property(_refuse)


class EqualToEverything:
    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return hash("mean")

    def __len__(self) -> int:
        return 2

    @property
    def __class__(self) -> type:
        return np.ndarray


class EqualArray(np.ndarray):
    def __eq__(self, other: object) -> Any:
        return True

    def __sub__(self, other: object) -> Any:
        return np.zeros(self.shape)


class EqualFloat(float):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


class EqualNumPyFloat(np.float64):
    def __eq__(self, other: object) -> Any:
        return True

    __hash__ = np.float64.__hash__


class EqualText(str):
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


def hostile_class() -> Any:
    # Made here only: pytest looks into every class that it finds in a module.
    class Meta(type):
        def __getattribute__(cls, name: str) -> NoReturn:
            raise RuntimeError("asked a hostile class")

    return Meta("OfHostileClass", (), {})


def nested(depth: int) -> list[object]:
    outer: list[object] = []
    for _ in range(depth):
        outer = [outer]
    return outer


def cyclic() -> list[object]:
    values: list[object] = []
    values.append(values)
    return values


def array_of_hostile() -> np.ndarray:
    values = np.empty(2, dtype=object)
    values[0] = Hostile()
    return values


JUNK: dict[str, Callable[[], object]] = {
    "none": lambda: None,
    "not_a_number": lambda: float("nan"),
    "boolean": lambda: True,
    "complex": lambda: 1j,
    "string": lambda: "0.25",
    "string_with_escapes": lambda: "\x1b[31mred\nsecond line",
    "long_string": lambda: "x" * 10**6,
    "bytes": lambda: b"0.25",
    "huge_integer": lambda: 10**5000,
    "list": lambda: [0.25, 0.75],
    "ragged_list": lambda: [[1], [1, 2]],
    "cyclic_list": cyclic,
    "deep_list": lambda: nested(100_000),
    "long_list": lambda: list(range(10**5)),
    "list_of_hostile": lambda: [Hostile()],
    "tuple": lambda: (0.25, 0.75),
    "empty_tuple": tuple,
    "dict": lambda: {"mean": 0.25},
    "dict_with_a_lying_key": lambda: {EqualToEverything(): 1.0},
    "set": lambda: {0.25},
    "generator": lambda: (value for value in (0.25, 0.75)),
    "builtin_function": lambda: len,
    "class": lambda: float,
    "of_hostile_class": lambda: type.__call__(hostile_class()),
    "hostile_class": hostile_class,
    "name_with_escapes": lambda: type("\x1b[31mRed\nAlert", (), {})(),
    "hostile": Hostile,
    "equal_to_everything": EqualToEverything,
    "equal_array": lambda: np.array([9.0, 9.0]).view(EqualArray),
    "equal_float": lambda: EqualFloat(9.0),
    "equal_numpy_float": lambda: EqualNumPyFloat(9.0),
    "equal_text": lambda: EqualText("nine"),
    "masked_array": lambda: np.ma.masked_array([0.25, 0.75], mask=[True, True]),
    "series": lambda: pd.Series([0.25, 0.75]),
    "data_frame": lambda: pd.DataFrame({"p": [0.25, 0.75]}),
    "nan_array": lambda: np.array([np.nan, np.nan]),
    "empty_array": lambda: np.empty((0, 2)),
    "one_value": lambda: np.array([0.25]),
    "zeros": lambda: np.zeros(2),
    "ones": lambda: np.ones(2),
    "column": lambda: np.array([[0.25], [0.75]]),
    "objects": array_of_hostile,
    "texts": lambda: np.array(["0.25", "0.75"]),
    "string_dtype": lambda: np.array(["a", "b"], dtype=np.dtypes.StringDType()),
    "dates": lambda: np.array(["2020-01-01", "2020-01-02"], dtype="datetime64[D]"),
    "records": lambda: np.zeros(2, dtype=[("\x1b[31m", float)]),
    "record": lambda: np.zeros(1, dtype=[("a", float)])[0],
    "complexes": lambda: np.array([0.25 + 0j, 0.75 + 0j]),
    "booleans": lambda: np.array([True, False]),
    "beyond_float64": lambda: np.full(2, np.finfo(np.longdouble).max),
}

JUDGES: dict[str, Callable[[object], None]] = {
    "array": lambda junk: check_array(junk, [0.25, 0.75], "f(x)", hint=HINT),
    "close": lambda junk: check_close(junk, 0.25, "f(x)", hint=HINT),
    "equal_tuple": lambda junk: check_equal(junk, (2, 3), "f(x)", hint=HINT),
    "equal_dict": lambda junk: check_equal(junk, {"mean": 1.0}, "f(x)", hint=HINT),
    "equal_text": lambda junk: check_equal(junk, "zebra", "f(x)", hint=HINT),
    "raises": lambda junk: check_raises(ValueError, lambda: junk, "f(x)", hint=HINT),
    "shares_memory": lambda junk: check_shares_memory(junk, np.zeros(2), "f(x)", hint=HINT),
    "no_loops": lambda junk: check_no_loops(junk, "f(x)", hint=HINT),
}


@pytest.mark.parametrize("judge", JUDGES.values(), ids=JUDGES)
@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_fails_with_one_short_printable_message(
    judge: Callable[[object], None], junk: Callable[[], object]
) -> None:
    message = failure(judge, junk())
    assert message.isprintable()
    assert len(message) < 280
    assert message.startswith("f(x)")
    assert message.count(HINT) == 1
    assert message.endswith(f" {HINT}")


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary()
    | st.fractions()
    | hnp.array_dtypes().flatmap(lambda dtype: hnp.arrays(dtype, hnp.array_shapes(max_side=3)))
)


@given(
    junk=st.recursive(
        scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner)
    )
)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_value_that_hypothesis_can_build_breaks_a_check(junk: object) -> None:
    for judge in JUDGES.values():
        with contextlib.suppress(CheckFailed):
            judge(junk)


# check_array

finite_arrays = hnp.arrays(
    dtype=st.sampled_from([np.float64, np.float32, np.float16]),
    shape=hnp.array_shapes(min_dims=0, max_dims=3, min_side=0),
)


@given(expected=finite_arrays)
def test_array_accepts_its_own_expected_values(expected: np.ndarray) -> None:
    check_array(expected.copy(), expected, "f(x)")


@given(
    expected=hnp.arrays(
        np.float64,
        hnp.array_shapes(max_dims=3),
        elements=st.floats(-1e6, 1e6, allow_subnormal=False),
    ),
    data=st.data(),
)
def test_array_refuses_one_changed_value_and_shows_the_difference(
    expected: np.ndarray, data: st.DataObject
) -> None:
    got = expected.copy()
    position = data.draw(st.integers(0, got.size - 1))
    got.flat[position] += 1e-3 * max(1.0, abs(got.flat[position]))
    message = failure(check_array, got, expected, "f(x)")
    shown = re.search(r"got (.*?), expected (.*?)(?:: \d+ of|\.$)", message)
    assert shown is not None
    assert shown[1] != shown[2]


@pytest.mark.parametrize(
    ("got", "expected", "message"),
    [
        pytest.param(
            [0.5, 0.5],
            [0.5, 0.5],
            "got the list [0.5, 0.5], expected a NumPy array of shape (2,). "
            "Turn it into an array with np.array(...).",
            id="list",
        ),
        pytest.param(
            None,
            [0.5],
            "got None, expected a NumPy array of shape (1,). Is a return statement missing?",
            id="none",
        ),
        pytest.param(
            np.float64(0.5),
            [0.5],
            "got the float 0.5, expected a NumPy array of shape (1,).",
            id="numpy_scalar",
        ),
        pytest.param(
            np.ma.masked_array([0.5]),
            [0.5],
            "got an object of type MaskedArray, expected a NumPy array of shape (1,). "
            "A plain one comes from np.asarray(...).",
            id="subclass",
        ),
        pytest.param(
            pd.DataFrame({"a": [0.5]}),
            [[0.5]],
            "got an object of type DataFrame, expected a NumPy array of shape (1, 1). "
            "Its method .to_numpy() gives one.",
            id="data_frame",
        ),
        pytest.param(
            np.zeros(3),
            np.zeros((3, 1)),
            "got shape (3,), expected (3, 1).",
            id="vector_for_column",
        ),
        pytest.param(
            np.zeros((0, 2)),
            [0.25, 0.75],
            "got shape (0, 2), expected (2,).",
            id="empty_for_values",
        ),
        pytest.param(
            np.array([1, 2]),
            [1.0, 2.0],
            "got dtype int64 (integers), expected floats.",
            id="integers",
        ),
        pytest.param(
            np.array([1.0]), [1], "got dtype float64 (floats), expected integers.", id="floats"
        ),
        pytest.param(
            np.array([1]),
            [True],
            "got dtype int64 (integers), expected booleans.",
            id="no_booleans",
        ),
        pytest.param(
            np.array([None]),
            [1.0],
            "got an array of Python objects, expected floats.",
            id="objects",
        ),
        pytest.param(
            np.array([[1.0, np.nan], [np.inf, 4.0]]),
            [[1.0, 2.0], [3.0, 4.0]],
            "got nan at [0, 1], expected a finite number: 2 of 4 values are not finite.",
            id="not_finite",
        ),
        pytest.param(
            np.array([0.0]), [-np.inf], "got [0.0], expected [-inf].", id="finite_for_infinite"
        ),
        pytest.param(
            np.array([np.inf]), [-np.inf], "got [inf], expected [-inf].", id="the_other_infinity"
        ),
        pytest.param(np.array([0.0]), [np.nan], "got [0.0], expected [nan].", id="finite_for_nan"),
        pytest.param(
            np.array([0.1, 0.2]), [0.1, 0.3], "got [0.1, 0.2], expected [0.1, 0.3].", id="small"
        ),
        pytest.param(
            np.zeros(4),
            np.ones(4),
            "got [0.0, 0.0, 0.0, 0.0], expected [1.0, 1.0, 1.0, 1.0].",
            id="four_values",
        ),
        pytest.param(
            np.array([0.1 + 1e-8]), [0.1], "got [0.10000001], expected [0.1].", id="close_by"
        ),
        pytest.param(
            np.array([253], dtype=np.uint8), [-3], "got [253], expected [-3].", id="wrapped_integer"
        ),
        pytest.param(
            np.array([[1, 2, 3], [4, 5, 6]]),
            [[1, 2, 3], [7, 5, 8]],
            "got [[1, 2, 3], [4, 5, 6]], expected [[1, 2, 3], [7, 5, 8]]: "
            "2 of 6 values differ, the first at [1, 0].",
            id="middling",
        ),
        pytest.param(
            np.where(np.arange(300).reshape(3, 100) == 217, 3.1416, 1.0)
            + (np.arange(300).reshape(3, 100) == 5),
            np.ones((3, 100)),
            "2 of 300 values differ, the worst at [2, 17]: got 3.1416, expected 1.0.",
            id="large",
        ),
        pytest.param(
            np.full(20, 9_007_199_254_740_993),
            np.zeros(20, dtype=int),
            "20 of 20 values differ, the worst at [0]: got 9007199254740993, expected 0.",
            id="large_integers",
        ),
        pytest.param(np.array(2.0), 3.0, "got 2.0, expected 3.0.", id="no_dimensions"),
        pytest.param(
            np.array([0.1], dtype=np.float32),
            [0.1],
            "got [0.100000001], expected [0.1]. float32 holds only 6 digits, compute in float64.",
            id="single_precision",
        ),
        pytest.param(
            np.array([0.5], dtype=np.float32),
            [0.1],
            "got [0.5], expected [0.1].",
            id="single_precision_and_wrong",
        ),
    ],
)
def test_array_message_says_what_came_and_what_was_expected(
    got: object, expected: Any, message: str
) -> None:
    assert failure(check_array, got, expected, "f(x)") == f"f(x): {message}"
    assert failure(check_array, got, expected, "f(x)", hint=HINT) == f"f(x): {message} {HINT}"


@pytest.mark.parametrize(
    ("got", "expected", "options"),
    [
        pytest.param(np.zeros((0, 2)), np.zeros((0, 2)), {}, id="empty"),
        pytest.param(np.array([np.nan, np.inf]), [np.nan, np.inf], {}, id="nan_and_inf_expected"),
        pytest.param(np.array([1, 2], dtype=np.uint8), [1, 2], {}, id="unsigned_for_integers"),
        pytest.param(np.array([1, 2]), [1.0, 2.0], {"kind": "fi"}, id="integers_by_kind"),
        pytest.param(np.array([1, 2], np.uint8), [1.0, 2.0], {"kind": "fi"}, id="unsigned_by_kind"),
        pytest.param(np.array([True]), [True], {}, id="booleans"),
        pytest.param(np.array([0.659]), [0.65900114], {"rtol": 1e-4}, id="relative_tolerance"),
        pytest.param(np.array([1e-4]), [0.0], {"atol": 1e-3}, id="absolute_tolerance"),
        pytest.param(np.array([95]), [100], {"atol": 5}, id="integers_with_tolerance"),
        pytest.param(np.array([1.0, 2.0])[::-1], [2.0, 1.0], {}, id="view"),
        pytest.param(np.array([1.5], dtype=">f8"), [1.5], {}, id="byte_order"),
        pytest.param(np.array([0.5], dtype=np.float32), [0.5], {}, id="single_precision"),
    ],
)
def test_array_accepts(got: np.ndarray, expected: Any, options: dict[str, Any]) -> None:
    check_array(got, expected, "f(x)", **options)


def test_array_ignores_error_settings_of_the_student() -> None:
    with np.errstate(all="raise"):
        check_array(np.array([np.inf, 1e300]), [np.inf, 1e300], "f(x)")
        failure(check_array, np.array([np.inf, 1e300]), [1.0, -1e300], "f(x)", rtol=1e300)


def test_tolerance_is_relative_to_the_expected_value() -> None:
    check_array(np.array([100.0]), [101.0], "f(x)", rtol=0.01, atol=0.0)
    failure(check_array, np.array([101.02]), [100.0], "f(x)", rtol=0.01, atol=0.0)


# check_close


def abs_of_one() -> float:
    return 1.0


@pytest.mark.parametrize(
    "got",
    [
        pytest.param(2, id="int"),
        pytest.param(2.0, id="float"),
        pytest.param(np.float64(2), id="float64"),
        pytest.param(np.float32(2), id="float32"),
        pytest.param(np.longdouble(2), id="longdouble"),
        pytest.param(np.uint8(2), id="uint8"),
        pytest.param(np.array(2.0), id="zero_dimensions"),
        pytest.param(np.array(2), id="zero_dimensions_integer"),
        pytest.param(2.0 + 1e-10, id="within_tolerance"),
    ],
)
def test_close_accepts_one_real_number(got: object) -> None:
    check_close(got, 2.0, "loss")


@pytest.mark.parametrize(
    ("got", "expected", "message"),
    [
        pytest.param(3.295836866, 1.098612289, "got 3.2958, expected 1.0986.", id="value"),
        pytest.param(29661.8, 29661.9, "got 29661.8, expected 29661.9.", id="large_value"),
        pytest.param(1e-7, 2e-7, "got 1e-07, expected 2e-07.", id="small_value"),
        pytest.param(2.0, 2.0000001, "got 2.0, expected 2.0000001.", id="close_by"),
        pytest.param(10**5000, 1.0, "got ~10**5000, expected 1.0.", id="huge_integer"),
        pytest.param(float("nan"), 1.0, "got nan, expected 1.0.", id="nan"),
        pytest.param(float("inf"), 1.0, "got inf, expected 1.0.", id="infinite"),
        pytest.param(1e308, float("inf"), "got 1e+308, expected inf.", id="finite_for_infinite"),
        pytest.param(0.0, float("nan"), "got 0.0, expected nan.", id="finite_for_nan"),
        pytest.param(True, 1.0, "got the boolean True, expected one number.", id="boolean"),
        pytest.param(
            np.True_, 1.0, "got the boolean True, expected one number.", id="numpy_boolean"
        ),
        pytest.param(
            1 + 0j, 1.0, "got the complex number (1+0j), expected one number.", id="complex"
        ),
        pytest.param("1", 1.0, "got the text '1', expected one number.", id="text"),
        pytest.param(abs_of_one, 1.0, "got a function, expected one number.", id="not_called"),
        pytest.param(
            np.ones(1), 1.0, "got an array of shape (1,), expected one number.", id="array_of_one"
        ),
        pytest.param(
            None, 1.0, "got None, expected one number. Is a return statement missing?", id="none"
        ),
    ],
)
def test_close_message(got: object, expected: float, message: str) -> None:
    assert failure(check_close, got, expected, "loss") == f"loss: {message}"
    assert failure(check_close, got, expected, "loss", hint=HINT) == f"loss: {message} {HINT}"


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan], ids=str)
def test_close_accepts_an_expected_infinity_or_nan(value: float) -> None:
    check_close(value, value, "loss")


def test_close_accepts_a_difference_as_large_as_the_tolerance() -> None:
    check_close(1.5, 1.0, "loss", rtol=0.0, atol=0.5)
    check_close(1.5, 1.0, "loss", rtol=0.5, atol=0.0)
    failure(check_close, 1.5, 1.0, "loss", rtol=0.0, atol=0.499)


def test_hint_without_a_full_stop_becomes_a_sentence() -> None:
    message = failure(check_close, 1.0, 2.0, "loss", hint="Halve it ")
    assert message == "loss: got 1.0, expected 2.0. Halve it."


# check_equal


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        pytest.param(3, 3, id="integer"),
        pytest.param(np.int64(3), 3, id="numpy_integer"),
        pytest.param(np.bool_(True), True, id="numpy_boolean"),
        pytest.param(np.float64(0.5), 0.5, id="numpy_float"),
        pytest.param(np.str_("cat"), "cat", id="numpy_text"),
        pytest.param(float("nan"), float("nan"), id="nan"),
        pytest.param(None, None, id="none"),
        pytest.param((), (), id="empty_tuple"),
        pytest.param([(1, "a"), {"k": [None]}], [(1, "a"), {"k": [None]}], id="nested"),
        pytest.param((np.int32(2), 3), (2, 3), id="numpy_integers_within"),
        pytest.param({np.int64(1): "a", "b": 2}, {"b": 2, 1: "a"}, id="keys_in_any_order"),
        pytest.param({(0, 1): 1}, {(0, 1): 1}, id="tuple_as_key"),
        pytest.param({1, 2}, {2, 1}, id="set"),
        pytest.param(frozenset("ab"), frozenset("ba"), id="frozenset"),
    ],
)
def test_equal_accepts(got: object, expected: object) -> None:
    check_equal(got, expected, "answer")


@pytest.mark.parametrize(
    ("got", "expected", "message"),
    [
        pytest.param(4, 3, "got 4, expected 3.", id="value"),
        pytest.param(True, 1, "got the boolean True, expected the integer 1.", id="boolean_for_1"),
        pytest.param(1, True, "got the integer 1, expected the boolean True.", id="1_for_boolean"),
        pytest.param(3.0, 3, "got the float 3.0, expected the integer 3.", id="float_for_integer"),
        pytest.param(3, 3.0, "got the integer 3, expected the float 3.0.", id="integer_for_float"),
        pytest.param("3", 3, "got the text '3', expected the integer 3.", id="text_for_integer"),
        pytest.param(0, None, "got the integer 0, expected None.", id="zero_for_none"),
        pytest.param(
            [2, 3], (2, 3), "got the list [2, 3], expected the tuple (2, 3).", id="list_for_tuple"
        ),
        pytest.param((2,), (2, 3), "got 1 value in (2,), expected 2 values.", id="length"),
        pytest.param((2, 4), (2, 3), "at position 1 got 4, expected 3.", id="position"),
        pytest.param(
            [1, (2, "b")],
            [1, (2, "c")],
            "at position 1, position 1 got 'b', expected 'c'.",
            id="deep",
        ),
        pytest.param({"a": 1}, {"a": 2}, "at key 'a' got 1, expected 2.", id="value_of_a_key"),
        pytest.param(
            [np.zeros(2)],
            [3.5],
            "at position 0 got an array of shape (2,), expected the float 3.5.",
            id="array_within",
        ),
        pytest.param(
            {"W": np.zeros(2)},
            None,
            "got the dictionary {'W': array of shape (2,)}, expected None.",
            id="array_shown",
        ),
        pytest.param(
            ["x" * 50] * 2,
            None,
            f"got the list ['{'x' * 50}', '{'x' * 21}..., expected None.",
            id="long_text_shown",
        ),
        pytest.param(1.0, 1.0 + 2**-52, "got 1.0, expected 1.0000000000000002.", id="next_number"),
        pytest.param(
            "ab" * 50 + "c" * 9,
            "ab" * 50 + "d",
            "got ...'babababab" + "c" * 9 + "', expected ...'bababababd'.",
            id="late_in_a_text",
        ),
        pytest.param(
            "x" * 70, "x" * 80, f"got ...'{'x' * 9}', expected ...'{'x' * 19}'.", id="cut_text"
        ),
        pytest.param({}, {"a": 2}, "the key 'a' is missing from {}.", id="missing_key"),
        pytest.param(
            {"a": 2, "b": 3}, {"a": 2}, "got the key 'b', which is not expected.", id="extra_key"
        ),
        pytest.param({True: 2}, {1: 2}, "the key 1 is missing from {True: 2}.", id="boolean_key"),
        pytest.param({1}, {1, 2}, "the value 2 is missing from {1}.", id="set"),
        pytest.param(
            EqualToEverything(),
            3,
            "got an object of type EqualToEverything, expected the integer 3.",
            id="equal_to_everything",
        ),
        pytest.param(
            [EqualFloat(9.0)],
            [3.0],
            "at position 0 got an object of type EqualFloat, expected the float 3.0.",
            id="equal_within",
        ),
        pytest.param(
            {"mean": EqualToEverything()},
            {"mean": 1},
            "at key 'mean' got an object of type EqualToEverything, expected the integer 1.",
            id="equal_value_of_a_key",
        ),
    ],
)
def test_equal_message(got: object, expected: object, message: str) -> None:
    assert failure(check_equal, got, expected, "answer") == f"answer: {message}"


# Wrong use by the author of a test is loud.


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        pytest.param(lambda: check_array([1], [1], 3), TypeError, "what must be", id="what"),
        pytest.param(lambda: check_close(1, 1, " "), ValueError, "not be blank", id="blank_what"),
        pytest.param(lambda: check_equal(1, 1, "f", hint=3), TypeError, "hint must be", id="hint"),
        pytest.param(lambda: check_equal(1, 1, "f", hint=""), ValueError, "blank", id="blank_hint"),
        pytest.param(lambda: check_close(1, 1, "f", rtol=-1), ValueError, "rtol", id="rtol"),
        pytest.param(lambda: check_close(1, 1, "f", atol=np.inf), ValueError, "atol", id="atol"),
        pytest.param(lambda: check_array(1, [1], "f", atol="0"), TypeError, "atol", id="atol_text"),
        pytest.param(lambda: check_array(1, "one", "f"), TypeError, "expected", id="array_text"),
        pytest.param(lambda: check_array(1, None, "f"), TypeError, "expected", id="array_none"),
        pytest.param(lambda: check_array(1, [[1], [1, 2]], "f"), ValueError, "shape", id="ragged"),
        pytest.param(lambda: check_array(1, [1j], "f"), TypeError, "expected", id="complex"),
        pytest.param(lambda: check_array(1, [1], "f", kind="x"), ValueError, "kind", id="kind"),
        pytest.param(lambda: check_array(1, [1], "f", kind=""), ValueError, "kind", id="no_kind"),
        pytest.param(lambda: check_array(1, [1], "f", kind=1), TypeError, "kind", id="kind_number"),
        pytest.param(lambda: check_close(1, [1], "f"), TypeError, "expected", id="close_list"),
        pytest.param(lambda: check_close(1, True, "f"), TypeError, "expected", id="close_boolean"),
        pytest.param(lambda: check_close(1, 10**400, "f"), ValueError, "expected", id="close_huge"),
        pytest.param(lambda: check_equal(1, [np.zeros(1)], "f"), TypeError, "ndarray", id="equal"),
        pytest.param(
            lambda: check_equal(1, {"a": 1j, (1, object()): 2}, "f"), TypeError, "object", id="key"
        ),
        pytest.param(lambda: check_raises(3, int, "f"), TypeError, "error_type", id="error_type"),
        pytest.param(
            lambda: check_raises(Exception, int, "f"), ValueError, "unwritten", id="broad"
        ),
        pytest.param(
            lambda: check_raises(NotImplementedError, int, "f"), ValueError, "unwritten", id="stub"
        ),
        pytest.param(lambda: check_unchanged(int, "f"), TypeError, "at least one", id="no_input"),
        pytest.param(lambda: check_unchanged(int, "f", x=3), TypeError, "x must be", id="number"),
        pytest.param(
            lambda: check_unchanged(int, "f", x=np.array(["a"])), TypeError, "x must", id="texts"
        ),
        pytest.param(lambda: check_unchanged(int, "f", x=[int]), TypeError, "builtin", id="within"),
        pytest.param(lambda: check_shares_memory(1, [1], "f"), TypeError, "of must", id="of"),
    ],
)
def test_author_mistake_is_loud(
    call: Callable[[], None], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        call()


@pytest.mark.parametrize("name", checks.__all__)
def test_public_names_are_documented_with_an_example(name: str) -> None:
    documentation = inspect.getdoc(getattr(checks, name))
    assert documentation is not None
    assert name == "CheckFailed" or ">>>" in documentation


def test_tracebacks_leave_our_own_code_out() -> None:
    with pytest.raises(CheckFailed) as caught:
        check_array(None, [1.0], "f(x)")
    frames = [entry.frame.f_locals for entry in caught.traceback]
    assert [frame.get("__tracebackhide__", False) for frame in frames] == [False, True, True]


def test_in_a_notebook_a_failed_check_shows_its_own_line_and_the_message(tmp_path: Path) -> None:
    code = "from course.checks import check_array\n\ncheck_array([2.0], [1.0], 'f(x)')"
    done = subprocess.run(
        [sys.executable, "-m", "IPython", "--no-banner", "--colors=nocolor", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "IPYTHONDIR": str(tmp_path)},
    )
    assert "----> 3 check_array([2.0], [1.0], 'f(x)')\n\nCheckFailed: f(x): " in done.stdout


def test_importing_checks_does_not_load_matplotlib() -> None:
    code = "import course.checks, course.gradcheck, sys; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

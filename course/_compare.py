"""How an array or a number differs from what was expected, as one sentence or None."""

import math
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from course import _describe
from course._describe import NUMPY_FLOATS, NUMPY_INTEGERS, describe, number, show_array

SHOWN_WHOLE = 12
COUNTED_BY_EYE = 4

_ADVICE = {
    "NoneType": " Is a return statement missing?",
    "list": " Turn it into an array with np.array(...).",
    "tuple": " Turn it into one array with np.array(...).",
    "DataFrame": " Its method .to_numpy() gives one.",
    "Series": " Its method .to_numpy() gives one.",
}

FloatArray = npt.NDArray[np.float64]


def array_problem(
    got: object, expected: npt.NDArray[Any], kinds: str, rtol: float, atol: float
) -> str | None:
    """Say how `got` differs from the expected array; None if it does not.

    Type, shape, dtype kind, finiteness and values are compared in this order: each comparison
    relies on the ones before.
    """
    problem = form_problem(got, expected, kinds)
    if problem is not None:
        return problem
    values = cast(npt.NDArray[Any], got)
    # A student may have called np.seterr(all="raise").
    with np.errstate(all="ignore"):
        return _value_problem(values, expected, rtol, atol)


def form_problem(got: object, expected: npt.NDArray[Any], kinds: str) -> str | None:
    """Say how `got` differs from the expected array before values matter; None if it does not."""
    if type(got) is not np.ndarray:
        return not_an_array(got, f"a NumPy array of shape {expected.shape}")
    if got.shape != expected.shape:
        return f"got shape {got.shape}, expected {expected.shape}"
    if got.dtype.kind not in kinds:
        return f"got {_describe.dtype_words(got.dtype)}, expected {_describe.kind_words(kinds)}"
    with np.errstate(all="ignore"):
        return _not_finite(got.astype(np.float64), expected.astype(np.float64))


def not_an_array(got: object, expected: str) -> str:
    """Say that something other than a plain array came, and what to do about it."""
    name = _describe.type_name(type(got))
    advice = _ADVICE.get(name, "")
    if issubclass(type(got), np.ndarray):
        advice = " A plain one comes from np.asarray(...)."
    return f"got {describe(got)}, expected {expected}.{advice}"


def _not_finite(found: FloatArray, wanted: FloatArray) -> str | None:
    wrong = ~np.isfinite(found) & np.isfinite(wanted)
    if not wrong.any():
        return None
    first = first_index(wrong)
    sentence = f"got {number(float(found[first]))}{at(first)}, expected a finite number"
    return sentence if wrong.size == 1 else f"{sentence}: {_count(wrong)} are not finite"


def _value_problem(
    got: npt.NDArray[Any], expected: npt.NDArray[Any], rtol: float, atol: float
) -> str | None:
    found, wanted = got.astype(np.float64), expected.astype(np.float64)
    wrong = ~_close(found, wanted, rtol, atol)
    if not wrong.any():
        return None
    return _where_they_differ(got, expected, wrong) + _precision_advice(got, found, wanted, atol)


def _where_they_differ(
    got: npt.NDArray[Any], expected: npt.NDArray[Any], wrong: npt.NDArray[np.bool_]
) -> str:
    found, wanted = got.astype(np.float64), expected.astype(np.float64)
    count = _count(wrong)
    if wrong.size <= SHOWN_WHOLE:
        digits = max(
            _describe.digits_to_differ(float(a), float(b))
            for a, b in zip(found[wrong], wanted[wrong], strict=True)
        )
        sentence = f"got {show_array(got, digits)}, expected {show_array(expected, digits)}"
        if wrong.size <= COUNTED_BY_EYE:
            return sentence
        return f"{sentence}: {count} differ, the first{at(first_index(wrong))}"
    worst = _worst(found, wanted, wrong)
    pair = told_apart(item(got[worst]), item(expected[worst]))
    return f"{count} differ, the worst{at(worst)}: {pair}"


def _precision_advice(
    got: npt.NDArray[Any], found: FloatArray, wanted: FloatArray, atol: float
) -> str:
    if got.dtype.kind != "f" or got.dtype.itemsize >= np.dtype(np.float64).itemsize:
        return ""
    limits = np.finfo(got.dtype)
    if not _close(found, wanted, 8 * float(limits.eps), atol).all():
        return ""
    return f". {got.dtype.name} holds only {limits.precision} digits, compute in float64"


def _close(
    found: FloatArray, wanted: FloatArray, rtol: float, atol: float
) -> npt.NDArray[np.bool_]:
    within = np.abs(found - wanted) <= atol + rtol * np.abs(wanted)
    both_nan = np.isnan(found) & np.isnan(wanted)
    # Against an infinity the tolerance is infinite too, and would accept anything.
    close: npt.NDArray[np.bool_] = (found == wanted) | both_nan | (within & np.isfinite(wanted))
    return close


def _worst(found: FloatArray, wanted: FloatArray, wrong: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    distance = np.where(wrong, np.abs(found - wanted), -1.0)
    # NaN met where none was expected (or the reverse) is as far off as can be.
    distance[np.isnan(distance)] = np.inf
    return tuple(int(i) for i in np.unravel_index(int(distance.argmax()), distance.shape))


def first_index(mask: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    """Give the index of the first True of a mask that has one."""
    return tuple(int(i) for i in np.unravel_index(int(mask.argmax()), mask.shape))


def at(index: tuple[int, ...]) -> str:
    """Write an index as " at [0, 1]"; nothing for a 0-d array.

    Examples
    --------
    >>> at((0, 1)), at(())
    (' at [0, 1]', '')
    """
    return f" at [{', '.join(map(str, index))}]" if index else ""


def item(value: Any) -> float:
    """Turn a NumPy scalar into the Python number, keeping integers and booleans exact.

    Examples
    --------
    >>> item(np.uint8(7)), item(np.longdouble(0.5))
    (7, 0.5)
    """
    return cast(int, value.item()) if value.dtype.kind in "biu" else float(value)


def told_apart(got: float, expected: float) -> str:
    """Write two different numbers with enough digits to see the difference.

    Examples
    --------
    >>> told_apart(3.295836866, 1.098612289)
    'got 3.2958, expected 1.0986'
    """
    digits = _describe.digits_to_differ(got, expected)
    return f"got {number(got, digits)}, expected {number(expected, digits)}"


def _count(wrong: npt.NDArray[np.bool_]) -> str:
    return f"{int(wrong.sum())} of {wrong.size} values"


def real_number(value: object) -> float | None:
    """Give a Python int or float for one real number of an exactly known type, else None.

    Examples
    --------
    >>> real_number(np.float32(0.5)), real_number(np.array(3)), real_number(True)
    (0.5, 3, None)
    """
    kind = type(value)
    known: Any = value
    if kind is int or kind in NUMPY_INTEGERS:
        return int(known)
    if kind is float or kind in NUMPY_FLOATS:
        return float(known)
    if kind is np.ndarray and known.shape == () and known.dtype.kind in "iuf":
        return item(known[()])
    return None


def is_finite(value: float) -> bool:
    """Whether a number is finite and within the range of a float.

    Examples
    --------
    >>> is_finite(1.5), is_finite(float("nan")), is_finite(10**400)
    (True, False, False)
    """
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def number_problem(got: object, expected: float, rtol: float, atol: float) -> str | None:
    """Say how `got` differs from the expected number; None if it does not."""
    found = real_number(got)
    if found is None:
        advice = _ADVICE["NoneType"] if got is None else ""
        return f"got {describe(got)}, expected one number.{advice}"
    return None if _near(found, expected, rtol, atol) else told_apart(found, expected)


def _near(found: float, expected: float, rtol: float, atol: float) -> bool:
    if found == expected:
        return True
    if not is_finite(found) or not is_finite(expected):
        return found != found and expected != expected
    return abs(found - expected) <= atol + rtol * abs(expected)

"""Loud errors for a check that its author calls wrongly."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from course._compare import real_number
from course._describe import describe

# Signed or not is rarely the lesson: a label is an integer.
_ACCEPTED_KINDS = {"b": "b", "i": "iu", "u": "iu", "f": "f"}


def require_wording(what: object, hint: object) -> None:
    """Refuse a `what` or `hint` that is no text.

    Raises
    ------
    TypeError
        If `what` is not a string, or `hint` neither a string nor None.
    ValueError
        If either is blank.
    """
    if type(what) is not str:
        raise TypeError("what must be a string that names what is checked, such as 'softmax([1])'")
    if hint is not None and type(hint) is not str:
        raise TypeError("hint must be a string or None")
    if not what.strip() or (hint is not None and not hint.strip()):
        raise ValueError("what and hint must not be blank")


def require_tolerances(rtol: object, atol: object) -> None:
    """Refuse tolerances that are no finite numbers, or negative.

    Raises
    ------
    TypeError
        If one is no number.
    ValueError
        If one is negative, infinite or NaN.
    """
    for name, value in (("rtol", rtol), ("atol", atol)):
        tolerance = real_number(value)
        if tolerance is None:
            raise TypeError(f"{name} must be a number, not {describe(value)}")
        if not 0 <= tolerance < math.inf:
            raise ValueError(f"{name} must be finite and not negative, not {tolerance}")


def expected_number(expected: object) -> float:
    """Give the expected number as a Python int or float.

    Raises
    ------
    TypeError
        If it is not one real number.
    ValueError
        If it is an integer too large for a float, which no tolerance could be taken of.

    Examples
    --------
    >>> expected_number(np.float32(0.5))
    0.5
    """
    wanted = real_number(expected)
    if wanted is None:
        raise TypeError(f"expected must be one real number, not {describe(expected)}")
    try:
        float(wanted)
    except OverflowError as error:
        raise ValueError("expected must lie within the range of a float") from error
    return wanted


def expected_array(expected: npt.ArrayLike) -> npt.NDArray[Any]:
    """Give the expected values as an array.

    Raises
    ------
    TypeError
        If they are not booleans, integers or floats.
    ValueError
        If they are ragged.

    Examples
    --------
    >>> expected_array([[1, 2]]).shape
    (1, 2)
    """
    wanted = np.asarray(expected)
    if wanted.dtype.kind not in _ACCEPTED_KINDS:
        raise TypeError(
            "expected must be an array-like of booleans, integers or floats, "
            f"not {describe(expected)}"
        )
    return wanted


def accepted_kinds(kind: str | None, expected: npt.NDArray[Any]) -> str:
    """List the dtype kinds that an answer may have.

    Raises
    ------
    TypeError
        If `kind` is neither a string nor None.
    ValueError
        If it holds another letter than b, i, u and f, or none.

    Examples
    --------
    >>> accepted_kinds(None, np.array([1, 2])), accepted_kinds("fi", np.array([1, 2]))
    ('iu', 'fiu')
    """
    kinds = expected.dtype.kind if kind is None else kind
    if type(kinds) is not str:
        raise TypeError("kind must be a string of dtype kinds, such as 'fi'")
    if not kinds or not set(kinds) <= set(_ACCEPTED_KINDS):
        raise ValueError(f"kind must be made of the letters b, i, u and f, not {kinds!r}")
    return "".join(dict.fromkeys("".join(_ACCEPTED_KINDS[letter] for letter in kinds)))


def require_error_type(error_type: object) -> None:
    """Refuse what is no type of exception, or one that any unwritten answer raises.

    Raises
    ------
    TypeError
        If it is not a subclass of Exception.
    ValueError
        If it is Exception, NotImplementedError or a subclass of the latter.
    """
    if not isinstance(error_type, type) or not issubclass(error_type, Exception):
        raise TypeError("error_type must be a type of exception, such as ValueError")
    if error_type is Exception or issubclass(error_type, NotImplementedError):
        raise ValueError(f"an unwritten answer raises {error_type.__name__} too; name another type")


def require_array(of: object) -> None:
    """Refuse another thing than a plain array to share memory with.

    Raises
    ------
    TypeError
        Saying what came.
    """
    if type(of) is not np.ndarray:
        raise TypeError(f"of must be a plain NumPy array, not {describe(of)}")

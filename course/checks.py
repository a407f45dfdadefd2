"""The checks that a test cell calls.

Each returns None if the answer is right and raises `CheckFailed` with a sentence that says
what came, what was expected and, if the test's author gave a hint, the likely mistake. An
answer of any kind is judged: no method of an object of unknown type is called. A wrong call by
the test's author raises TypeError or ValueError instead.
"""

from typing import Any

import numpy.typing as npt

from course import _author, _compare, _equal
from course._behaviour import (
    check_no_loops,
    check_no_shared_memory,
    check_raises,
    check_shares_memory,
    check_unchanged,
)
from course._failure import CheckFailed, fail

__all__ = [
    "CheckFailed",
    "check_array",
    "check_close",
    "check_equal",
    "check_no_loops",
    "check_no_shared_memory",
    "check_raises",
    "check_shares_memory",
    "check_unchanged",
]


def check_array(
    got: object,
    expected: npt.ArrayLike,
    what: str,
    *,
    rtol: float = 1e-9,
    atol: float = 1e-12,
    hint: str | None = None,
    kind: str | None = None,
) -> None:
    """Check an array: its type, shape, kind of dtype, finiteness, then its values.

    Parameters
    ----------
    got
        The answer. Only a plain `np.ndarray` passes.
    expected
        Any array-like of booleans, integers or floats, of any shape. NaN and infinity are
        expected where they stand.
    what
        What is checked, such as "softmax([2, 1, 0.1])".
    rtol, atol
        A value passes if `|got - expected| <= atol + rtol * |expected|`.
    hint
        The likely mistake, as a sentence.
    kind
        The accepted dtype kinds, such as "fi"; "i" takes unsigned integers too. By default the
        kind of `expected`.

    Raises
    ------
    CheckFailed
        If the answer is wrong.
    TypeError, ValueError
        If the check itself is called wrongly.

    Examples
    --------
    >>> import numpy as np
    >>> check_array(np.array([0.5, 0.5]), [0.5, 0.5], "softmax([7, 7])")
    >>> check_array(np.array([1.0, 1.0]), [0.5, 0.5], "softmax", hint="Divide by the sum")
    Traceback (most recent call last):
    course.checks.CheckFailed: softmax: got [1.0, 1.0], expected [0.5, 0.5]. Divide by the sum.
    """
    __tracebackhide__ = True
    _author.require_wording(what, hint)
    _author.require_tolerances(rtol, atol)
    wanted = _author.expected_array(expected)
    kinds = _author.accepted_kinds(kind, wanted)
    problem = _compare.array_problem(got, wanted, kinds, rtol, atol)
    if problem is not None:
        fail(f"{what}: {problem}", hint)


def check_close(
    got: object,
    expected: float | npt.NDArray[Any],
    what: str,
    *,
    rtol: float = 1e-9,
    atol: float = 1e-12,
    hint: str | None = None,
) -> None:
    """Check one number: its type, finiteness, then its value.

    Parameters
    ----------
    got
        The answer: a Python or NumPy integer or float, or a 0-d array of one. No boolean.
    expected
        The number; NaN or an infinity is expected as such.
    what, rtol, atol, hint
        As for `check_array`.

    Raises
    ------
    CheckFailed
        If the answer is wrong.
    TypeError, ValueError
        If the check itself is called wrongly.

    Examples
    --------
    >>> import numpy as np
    >>> check_close(np.log(3), 1.0986, "softmax_loss with W = 0 and 3 classes", atol=1e-4)
    >>> check_close(3.29583, np.log(3), "softmax_loss", hint="Did you average?")
    Traceback (most recent call last):
    course.checks.CheckFailed: softmax_loss: got 3.2958, expected 1.0986. Did you average?
    """
    __tracebackhide__ = True
    _author.require_wording(what, hint)
    _author.require_tolerances(rtol, atol)
    wanted = _author.expected_number(expected)
    problem = _compare.number_problem(got, wanted, rtol, atol)
    if problem is not None:
        fail(f"{what}: {problem}", hint)


def check_equal(got: object, expected: object, what: str, *, hint: str | None = None) -> None:
    """Check a value of builtin types exactly: its type, its length or keys, its values.

    Parameters
    ----------
    got
        The answer. A NumPy boolean, integer, float or string passes for the builtin one; an
        integer never passes for a boolean or a float, nor a list for a tuple.
    expected
        None, a boolean, number or text, or a list, tuple, dictionary or set of such.
    what, hint
        As for `check_array`.

    Raises
    ------
    CheckFailed
        If the answer is wrong.
    TypeError, ValueError
        If the check itself is called wrongly.

    Examples
    --------
    >>> check_equal((2, 3), (2, 3), "broadcast_shape((2, 3), (3,))")
    >>> check_equal((2, 4), (2, 3), "broadcast_shape((2, 3), (3,))")
    Traceback (most recent call last):
    course.checks.CheckFailed: broadcast_shape((2, 3), (3,)): at position 1 got 4, expected 3.
    """
    __tracebackhide__ = True
    _author.require_wording(what, hint)
    _equal.require_plain(expected)
    problem = _equal.equality_problem(got, expected)
    if problem is not None:
        fail(f"{what}: {problem}", hint)

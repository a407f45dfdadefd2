"""The checks of what a function does or is: its errors, its side effects, its text.

`course.checks` is their public face.
"""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from course import _author, _compare, _describe, _inputs, _loops
from course._failure import fail
from course.sources import source_of

# Any other BaseException is a signal to whoever runs the test, such as Ctrl-C.
_ANSWERS = (Exception, SystemExit, GeneratorExit)


def check_raises(
    error_type: type[Exception],
    call: Callable[[], object],
    what: str,
    *,
    hint: str | None = None,
) -> None:
    """Check that a call is refused with an error of the given type.

    Parameters
    ----------
    error_type
        The expected type. Neither `Exception`, which any slip raises, nor
        `NotImplementedError`, which an unwritten answer raises.
    call
        Takes nothing and calls the function in question.
    what, hint
        As for `course.checks.check_array`.

    Raises
    ------
    CheckFailed
        If the call returns, or raises something else.
    TypeError, ValueError
        If the check itself is called wrongly.

    Examples
    --------
    >>> check_raises(ValueError, lambda: int("x"), "int('x')")
    >>> check_raises(ValueError, lambda: int("7"), "int('7')")
    Traceback (most recent call last):
    course.checks.CheckFailed: int('7'): returned the integer 7, expected a ValueError.
    """
    __tracebackhide__ = True
    _author.require_wording(what, hint)
    _author.require_error_type(error_type)
    wanted = f"expected {_with_article(_describe.type_name(error_type))}"
    try:
        result = call()
    except _ANSWERS as error:
        raised = type(error)
        # NotImplementedError is a RuntimeError: an unwritten answer must not pass for one.
        if issubclass(raised, NotImplementedError):
            fail(f"{what}: not written yet, it raised NotImplementedError", hint, error)
        if not issubclass(raised, error_type):
            name = _with_article(_describe.type_name(raised))
            fail(f"{what}: raised {name}{_message_of(error)}, {wanted}", hint, error)
    else:
        fail(f"{what}: returned {_describe.describe(result)}, {wanted}", hint)


def check_unchanged(
    call: Callable[[], object], what: str, /, *, hint: str | None = None, **inputs: Any
) -> None:
    """Check that a call leaves the arrays and lists that it is given as they were.

    Parameters
    ----------
    call
        Takes nothing and calls the function with the inputs. What it raises is not caught.
    what
        The function's name.
    hint
        As for `course.checks.check_array`.
    **inputs
        The arrays, lists or dictionaries to watch, by the names to use in the message.

    Raises
    ------
    CheckFailed
        If a value, shape or dtype of an input is another one after the call.
    TypeError, ValueError
        If the check itself is called wrongly.

    Examples
    --------
    >>> X = np.array([[1.0, 2.0]])
    >>> check_unchanged(lambda: X - X.mean(axis=0), "center_columns", X=X)
    >>> check_unchanged(lambda: X.sort(), "sort", X=X)
    >>> check_unchanged(lambda: X.fill(0.0), "fill", X=X)
    Traceback (most recent call last):
    course.checks.CheckFailed: fill changed its argument X: X[0, 0] was 1.0 and is now 0.0.
    """
    __tracebackhide__ = True
    _author.require_wording(what, hint)
    _inputs.require_watchable(inputs)
    before = copy.deepcopy(inputs)
    call()
    for name, value in inputs.items():
        change = _inputs.change(name, before[name], value)
        if change is not None:
            fail(f"{what} changed its argument {name}: {change}", hint)


def check_shares_memory(
    got: object, of: npt.NDArray[Any], what: str, *, hint: str | None = None
) -> None:
    """Check that an array is a view: it shows the values of another one, not a copy.

    Parameters
    ----------
    got
        The answer: a plain array, of any shape.
    of
        The array whose memory it must share.
    what, hint
        As for `course.checks.check_array`.

    Raises
    ------
    CheckFailed
        If the answer is no array, or has memory of its own.
    TypeError, ValueError
        If the check itself is called wrongly.

    Examples
    --------
    >>> x = np.arange(5)
    >>> check_shares_memory(x[1:3], x, "x[1:3]")
    >>> check_shares_memory(x[[1]], x, "x[[1]]")
    Traceback (most recent call last):
    course.checks.CheckFailed: x[[1]]: got a copy, expected a view that shares the array's memory.
    """
    __tracebackhide__ = True
    if not _shares_memory(got, of, what, hint):
        fail(f"{what}: got a copy, expected a view that shares the array's memory", hint)


def check_no_shared_memory(
    got: object, of: npt.NDArray[Any], what: str, *, hint: str | None = None
) -> None:
    """Check that an array is a copy: writing to it leaves another one as it is.

    Parameters
    ----------
    got
        The answer: a plain array, of any shape.
    of
        The array whose memory it must not share.
    what, hint
        As for `course.checks.check_array`.

    Raises
    ------
    CheckFailed
        If the answer is no array, or shares memory.
    TypeError, ValueError
        If the check itself is called wrongly.

    Examples
    --------
    >>> x = np.arange(5)
    >>> check_no_shared_memory(x[[1, 2]], x, "x[[1, 2]]")
    >>> check_no_shared_memory(x[1:3], x, "x[1:3]")
    Traceback (most recent call last):
    course.checks.CheckFailed: x[1:3]: got a view that shares the array's memory, expected a copy.
    """
    __tracebackhide__ = True
    if _shares_memory(got, of, what, hint):
        fail(f"{what}: got a view that shares the array's memory, expected a copy", hint)


def check_no_loops(function: object, what: str, *, hint: str | None = None) -> None:
    """Check by its text that a function holds no loop, comprehension, `map` or `np.vectorize`.

    Parameters
    ----------
    function
        The function; those defined inside it count, those it calls do not.
    what, hint
        As for `course.checks.check_array`.

    Raises
    ------
    CheckFailed
        If there is a loop, or no text to look at.
    TypeError, ValueError
        If the check itself is called wrongly.

    Examples
    --------
    >>> def double(x):
    ...     return 2 * x
    >>> check_no_loops(double, "double")
    """
    __tracebackhide__ = True
    _author.require_wording(what, hint)
    source = source_of(function, what, hint=hint)
    try:
        loop = _loops.first_loop(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        fail(f"{what}: its text is no complete function; write it with def", hint)
    if loop is not None:
        line, text = loop
        fail(
            f"{what}: line {line}, `{_describe.one_line(text)}`, goes through values one by one; "
            "expected operations on whole arrays",
            hint,
        )


def _shares_memory(got: object, of: npt.NDArray[Any], what: str, hint: str | None) -> bool:
    __tracebackhide__ = True
    _author.require_wording(what, hint)
    _author.require_array(of)
    if type(got) is not np.ndarray:
        fail(f"{what}: {_compare.not_an_array(got, 'a NumPy array')}", hint)
    return _inputs.shares_memory(got, of)


def _with_article(name: str) -> str:
    return f"an {name}" if name.startswith(tuple("AEIO")) else f"a {name}"


def _message_of(error: BaseException) -> str:
    try:
        text = _describe.one_line(str(error))
    except _ANSWERS:
        # The message of a student's own exception class may itself fail.
        return ""
    return f" ({text})" if text else ""

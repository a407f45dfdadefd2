"""Gradients checked against differences of the function itself."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from course import _author, _compare
from course._describe import describe
from course._failure import fail

__all__ = ["check_gradient", "numerical_gradient", "relative_error"]

_STEP = 1e-5

FloatArray = npt.NDArray[np.float64]


def numerical_gradient(
    f: Callable[[FloatArray], float | npt.NDArray[Any]], x: npt.ArrayLike, h: float = _STEP
) -> FloatArray:
    """Estimate the gradient of `f` at `x` by central differences.

    Each partial derivative is `(f(x + h) - f(x - h)) / (2 h)`, with `h` added to one value of
    `x` at a time. Its error shrinks with `h**2`, while that of `(f(x + h) - f(x)) / h` shrinks
    only with `h`; see https://cs231n.github.io/neural-networks-3/#gradcheck. With h = 1e-5
    float64 keeps about ten digits.

    Parameters
    ----------
    f
        Takes an array of x's shape and returns one number. It gets a copy.
    x
        Where to take the gradient, any shape, such as weights (D, C). It is left unchanged.
    h
        The step, positive.

    Returns
    -------
    ndarray
        The partial derivatives in float64, in the shape of `x`.

    Raises
    ------
    TypeError
        If `f` returns anything else than one number.
    ValueError
        If `h` is not positive, or too small to change a value of `x`.

    Examples
    --------
    >>> numerical_gradient(lambda W: (W**2).sum(), np.array([[1.0, 2.0, 3.0]])).round(6)
    array([[2., 4., 6.]])
    """
    if not h > 0:
        raise ValueError(f"h must be positive, not {h}")
    point = np.array(x, dtype=np.float64)
    gradient = np.empty_like(point)
    for index in np.ndindex(point.shape):
        above, below = point.copy(), point.copy()
        above[index] += h
        below[index] -= h
        # Rounding moves the two points a little: divide by the distance that they really have.
        step = float(above[index] - below[index])
        if step == 0:
            raise ValueError(f"h = {h} is lost beside {point[index]}; pass a larger one")
        gradient[index] = (_one_number(f(above)) - _one_number(f(below))) / step
    return gradient


def _one_number(value: object) -> float:
    number = _compare.real_number(value)
    if number is None:
        raise TypeError(f"f must return one number, not {describe(value)}")
    return float(number)


def relative_error(a: npt.ArrayLike, b: npt.ArrayLike, eps: float = 1e-8) -> float:
    """Compare two gradients by the largest relative difference of their values.

    The difference of two values is divided by the sum of their sizes, `|a - b| / (|a| + |b|)`:
    an error of 0.01 is large between derivatives near 0.001 and small between ones near 1000.
    The lecture notes of CS231n explain why, and which error to expect:
    https://cs231n.github.io/neural-networks-3/#gradcheck.

    Parameters
    ----------
    a, b
        Gradients of one shape.
    eps
        The smallest divisor, so that two zeros agree.

    Returns
    -------
    float
        The largest `|a - b| / max(eps, |a| + |b|)`, at most 1; 0.0 for empty gradients; NaN if
        a value is NaN.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> round(relative_error([1.0, 1000.0], [1.0, 1001.0]), 6)
    0.0005
    """
    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if first.shape != second.shape:
        raise ValueError(f"gradients have shapes {first.shape} and {second.shape}, not the same")
    errors = np.abs(first - second) / np.maximum(eps, np.abs(first) + np.abs(second))
    return float(errors.max(initial=0.0))


def check_gradient(
    f: Callable[[FloatArray], float | npt.NDArray[Any]],
    x: npt.ArrayLike,
    analytic: object,
    what: str,
    *,
    rtol: float = 1e-6,
    hint: str | None = None,
) -> None:
    """Check a gradient against `numerical_gradient`.

    Parameters
    ----------
    f
        Takes an array of x's shape and returns one number, such as the loss at weights W.
    x
        Where the gradient was taken, any shape.
    analytic
        The gradient to check: a plain array of floats in the shape of `x`, or a number where
        `x` is one.
    what
        What is checked, such as "softmax_loss_grad, dS".
    rtol
        The largest accepted `|a - n| / (|a| + |n|)`, as `relative_error` defines it, for an
        analytic value a and a numerical one n that differ by more than rounding.
    hint
        The likely mistake, as a sentence.

    Raises
    ------
    CheckFailed
        If it is no such array, or a value is off; the worst value is named.
    TypeError, ValueError
        If the check itself is called wrongly.

    Examples
    --------
    >>> W = np.array([1.0, 2.0])
    >>> check_gradient(lambda W: (W**2).sum(), W, 2 * W, "grad")
    >>> check_gradient(lambda W: (W**2).sum(), W, W, "grad")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    course.checks.CheckFailed: grad: 2 of 2 values differ from the numerical gradient, ...
    """
    __tracebackhide__ = True
    _author.require_wording(what, hint)
    _author.require_tolerances(rtol, 0.0)

    def loss(at: FloatArray) -> float:
        # As a rule the function is the student's too: what it returns is judged, not trusted.
        result = f(at)
        value = _compare.real_number(result)
        if value is None or not _compare.is_finite(value):
            fail(f"{what}: the function gives {describe(result)}, expected a finite number", hint)
        return float(value)

    size = abs(loss(np.array(x, dtype=np.float64)))
    wanted = numerical_gradient(loss, x)
    # What float64 rounds off the function, divided by the step: no gradient shows below it.
    noise = 10 * np.finfo(np.float64).eps * max(1.0, size) / _STEP
    # The derivative by one number, such as a bias, is a number.
    scalar = _compare.real_number(analytic) if wanted.shape == () else None
    gradient = analytic if scalar is None else np.array(scalar, dtype=np.float64)
    problem = _compare.form_problem(gradient, wanted, "f")
    if problem is None:
        problem = _worst_value(np.asarray(gradient, dtype=np.float64), wanted, rtol, noise)
    if problem is not None:
        fail(f"{what}: {problem}", hint)


def _worst_value(analytic: FloatArray, wanted: FloatArray, rtol: float, noise: float) -> str | None:
    with np.errstate(all="ignore"):
        excess = np.abs(analytic - wanted) - noise - rtol * (np.abs(analytic) + np.abs(wanted))
    wrong = ~(excess <= 0)
    if not wrong.any():
        return None
    worst = _compare.first_index(excess == excess.max())
    return (
        f"{int(wrong.sum())} of {wrong.size} values differ from the numerical gradient, "
        f"the worst{_compare.at(worst)}: "
        f"{_compare.told_apart(float(analytic[worst]), float(wanted[worst]))}"
    )

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course.checks import CheckFailed
from course.gradcheck import check_gradient, numerical_gradient, relative_error

HINT = "Is the derivative of x**2 missing its 2?"


def sum_of_squares(x: np.ndarray) -> float:
    return float((x**2).sum())


def log_sum_exp(x: np.ndarray) -> Any:
    return np.log(np.exp(x).sum())


def softmax(x: np.ndarray) -> np.ndarray:
    return np.exp(x) / np.exp(x).sum()


def failure(*arguments: Any, **options: Any) -> str:
    with pytest.raises(CheckFailed) as caught:
        check_gradient(*arguments, **options)
    return str(caught.value)


POINTS = {
    "vector": np.array([0.5, -1.0, 2.0]),
    "matrix": np.array([[0.5, -1.0], [2.0, 0.1], [3.0, -0.7]]),
    "three_axes": np.linspace(-1, 1, 24).reshape(2, 3, 4),
    "number": np.array(0.3),
    "integers": np.array([1, 2, 3]),
    "empty": np.zeros((0, 3)),
    "large_values": np.array([1e3, -2e3]),
}


@pytest.mark.parametrize("x", POINTS.values(), ids=POINTS)
def test_numerical_gradient_has_the_shape_and_values_of_the_gradient(x: np.ndarray) -> None:
    gradient = numerical_gradient(sum_of_squares, x)
    assert type(gradient) is np.ndarray
    assert gradient.dtype == np.float64
    assert gradient.shape == x.shape
    np.testing.assert_allclose(gradient, 2.0 * x, rtol=1e-6, atol=1e-9)


def test_numerical_gradient_is_central() -> None:
    # A one-sided difference is off by h here; a central one is exact for a parabola.
    gradient = numerical_gradient(sum_of_squares, np.array([1.0]), h=0.5)
    np.testing.assert_allclose(gradient, [2.0], rtol=1e-12)


@given(
    hnp.arrays(np.float64, hnp.array_shapes(max_dims=2, max_side=4), elements=st.floats(-5.0, 5.0))
)
def test_numerical_gradient_agrees_with_softmax(x: np.ndarray) -> None:
    np.testing.assert_allclose(numerical_gradient(log_sum_exp, x), softmax(x), atol=1e-8)
    check_gradient(log_sum_exp, x, softmax(x), "softmax")


def test_numerical_gradient_keeps_its_point_from_the_function() -> None:
    def clumsy(x: np.ndarray) -> float:
        total = float(x.sum())
        x[:] = 0.0
        return total

    x = np.array([1.0, 2.0])
    np.testing.assert_allclose(numerical_gradient(clumsy, x), [1.0, 1.0], rtol=1e-9)
    assert x.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("f", "x", "h", "error", "sentence"),
    [
        pytest.param(lambda x: x, [1.0, 2.0], 1e-5, TypeError, "one number", id="array_valued"),
        pytest.param(lambda _: None, [1.0], 1e-5, TypeError, "not None", id="no_value"),
        pytest.param(sum_of_squares, [1.0], 0.0, ValueError, "h must be positive", id="no_step"),
        pytest.param(sum_of_squares, [1.0], -1.0, ValueError, "positive", id="negative_step"),
        pytest.param(sum_of_squares, [1e20], 1e-5, ValueError, "is lost beside", id="lost_step"),
    ],
)
def test_numerical_gradient_refuses(
    f: Callable[[Any], Any], x: list[float], h: float, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        numerical_gradient(f, x, h)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param([1.0, 3.0], [1.0, 1.0], 0.5, id="largest"),
        pytest.param([1.0], [-1.0], 1.0, id="opposite_sign"),
        pytest.param([[2.0]], [[1.0]], 1 / 3, id="matrix"),
        pytest.param([0.0], [0.0], 0.0, id="zeros"),
        pytest.param([0.0], [1e-9], 0.1, id="below_eps"),
        pytest.param([], [], 0.0, id="empty"),
        pytest.param([np.nan, 1.0], [1.0, 1.0], np.nan, id="nan"),
    ],
)
def test_relative_error(a: list[float], b: list[float], expected: float) -> None:
    np.testing.assert_allclose(relative_error(a, b), expected, rtol=1e-12)
    np.testing.assert_allclose(relative_error(b, a), expected, rtol=1e-12)


def test_relative_error_refuses_to_broadcast() -> None:
    with pytest.raises(ValueError, match=r"shapes \(3,\) and \(3, 1\)"):
        relative_error(np.ones(3), np.ones((3, 1)))


@pytest.mark.parametrize("x", POINTS.values(), ids=POINTS)
def test_check_accepts_the_gradient(x: np.ndarray) -> None:
    check_gradient(sum_of_squares, x, 2.0 * x, "gradient")


def test_check_accepts_rounding_around_zero() -> None:
    # The numerical gradient of a constant sum of logarithms is rounding noise, not 0.
    x = np.array([0.1, 0.2, 0.7])
    check_gradient(lambda x: 700.0 + 0.0 * x.sum(), x, np.zeros(3), "constant")
    check_gradient(lambda x: np.log(np.exp(x - x.max()).sum()) + x.max(), x, softmax(x), "softmax")


X = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


@pytest.mark.parametrize(
    ("analytic", "message"),
    [
        pytest.param(
            X,
            "6 of 6 values differ from the numerical gradient, "
            "the worst at [1, 2]: got 6.0, expected 12.0.",
            id="factor_2",
        ),
        pytest.param(
            2 * X + np.eye(2, 3)[::-1] * 1e-3,
            "2 of 6 values differ from the numerical gradient, "
            "the worst at [0, 1]: got 4.001, expected 4.0.",
            id="two_values",
        ),
        pytest.param(
            -2 * X,
            "6 of 6 values differ from the numerical gradient, "
            "the worst at [1, 2]: got -12.0, expected 12.0.",
            id="sign",
        ),
        pytest.param(2 * X.T, "got shape (3, 2), expected (2, 3).", id="transposed"),
        pytest.param(
            (2 * X).astype(int), "got dtype int64 (integers), expected floats.", id="integers"
        ),
        pytest.param(
            np.where(X > 5, np.nan, 2 * X),
            "got nan at [1, 2], expected a finite number: 1 of 6 values are not finite.",
            id="nan",
        ),
        pytest.param(
            (2 * X).tolist(),
            "got the list [[2.0, 4.0, 6.0], [8.0, 10.0, 12.0]], "
            "expected a NumPy array of shape (2, 3). Turn it into an array with np.array(...).",
            id="list",
        ),
        pytest.param(
            None,
            "got None, expected a NumPy array of shape (2, 3). Is a return statement missing?",
            id="none",
        ),
    ],
)
def test_check_message_names_the_worst_value(analytic: object, message: str) -> None:
    assert failure(sum_of_squares, X, analytic, "dX") == f"dX: {message}"
    assert failure(sum_of_squares, X, analytic, "dX", hint=HINT) == f"dX: {message} {HINT}"


@pytest.mark.parametrize(
    ("f", "came"),
    [
        pytest.param(lambda _: None, "None", id="none"),
        pytest.param(lambda x: x, "an array of shape (2, 3)", id="array"),
        pytest.param(lambda _: np.nan, "the float nan", id="nan"),
        pytest.param(lambda _: 10**400, "the integer ~10**400", id="huge_integer"),
        pytest.param(
            lambda x: np.inf if x[1, 2] > 6 else x.sum(), "the float inf", id="infinite_beside_x"
        ),
    ],
)
def test_check_judges_the_function_too(f: Callable[[Any], Any], came: str) -> None:
    assert failure(f, X, np.ones((2, 3)), "dX", hint=HINT) == (
        f"dX: the function gives {came}, expected a finite number. {HINT}"
    )


def test_check_tolerance_is_relative_to_both_gradients() -> None:
    x = np.array([1.0])
    check_gradient(sum_of_squares, x, np.array([2.0 * 1.009]), "dx", rtol=0.005)
    message = failure(sum_of_squares, x, np.array([2.0 * 1.011]), "dx", rtol=0.005)
    assert message.startswith("dx: 1 of 1 values differ")


def test_check_accepts_a_number_for_the_derivative_by_a_number() -> None:
    check_gradient(sum_of_squares, 0.3, 0.6, "db")
    message = failure(sum_of_squares, 0.3, 0.3, "db")
    assert message == (
        "db: 1 of 1 values differ from the numerical gradient, the worst: got 0.3, expected 0.6."
    )


def test_check_refuses_what_overflows() -> None:
    huge = np.finfo(np.float64).max

    def step_up(x: np.ndarray) -> float:
        return float(np.sign(x[0]) * huge)

    assert "1 of 1 values differ" in failure(step_up, np.zeros(1), np.zeros(1), "dx")


@pytest.mark.parametrize(
    ("options", "error"),
    [({"what": 3}, TypeError), ({"hint": ""}, ValueError), ({"rtol": -1.0}, ValueError)],
    ids=["what", "hint", "rtol"],
)
def test_author_mistake_is_loud(options: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        check_gradient(sum_of_squares, X, 2 * X, **{"what": "dX", **options})

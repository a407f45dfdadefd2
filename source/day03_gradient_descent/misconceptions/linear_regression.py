"""What goes wrong in `linear_regression`, and what is right another way.

Later functions call earlier ones, so a wrong `hypothesis` or `cost` also costs tests further down.
"""

from autograder.catalogue import alternative, misconception

# --- the tests that usually go together ---

HYPOTHESIS = ["test_hypothesis", "test_hypothesis_three_features", "test_hypothesis_integers"]
WRONG_BIAS = [
    *HYPOTHESIS,
    "test_cost_other_tables",
    "test_gradient_several_features",
    "test_gd_step_other_data",
    "test_fit_linear",
    "test_fit_linear_history",
    "test_fit_linear_finds_the_line",
    "test_train_test_score",
]
COST = [
    "test_cost",
    "test_cost_other_tables",
    "test_fit_linear",
    "test_fit_linear_history",
    "test_train_test_score",
]
SLOPE = ["test_slope_at", "test_slope_at_large_steps"]
GD_STEP = [
    "test_gd_step",
    "test_gd_step_other_data",
    "test_gd_step_keeps_its_input",
    "test_gd_step_integers",
]
FIT = ["test_fit_linear", "test_fit_linear_history", "test_fit_linear_finds_the_line"]
GRADIENT = ["test_gradient", "test_gradient_several_features"]
DIVERGES = ["test_fit_linear_costs_of_inf", "test_fit_linear_costs_of_nan"]
LEAST_SQUARES = [
    "test_least_squares",
    "test_least_squares_several_features",
    "test_least_squares_dependent_columns",
]
TRAIN_TEST = ["test_train_test_score", "test_train_test_score_other_table"]

# --- hypothesis ---


@misconception("hypothesis", loses=WRONG_BIAS)
def leaves_the_bias_out(X, W, b):  # noqa: ARG001 # b is what is left out
    """Your line always runs through 0. Which term of the formula lifts it?"""
    return X.astype(np.float64) @ W


@misconception("hypothesis", loses=WRONG_BIAS)
def puts_the_bias_into_the_brackets(X, W, b):
    """Where does b stand in the formula: is it multiplied by X?"""
    return X.astype(np.float64) @ (W + b)


@misconception("hypothesis", loses=WRONG_BIAS)
def subtracts_the_bias(X, W, b):
    """All your guesses are off by twice the bias. Which sign has b in the formula?"""
    return X.astype(np.float64) @ W - b


@misconception("hypothesis", loses=["test_hypothesis_integers"])
def stays_with_integers(X, W, b):
    """Integers times integers are integers. Which dtype does the docstring ask for?"""
    return X @ W + b


@misconception(
    "hypothesis",
    loses=[
        "test_hypothesis_three_features",
        "test_hypothesis_integers",
        "test_gradient_several_features",
        "test_gd_step_other_data",
        "test_fit_linear",
        "test_train_test_score",
    ],
)
def uses_the_first_two_features(X, W, b):
    """Your sum stops after two features. How many has a row in general?"""
    return X[:, :2].astype(np.float64) @ W[:2] + b


@misconception(
    "hypothesis",
    loses=[
        *WRONG_BIAS,
        "test_cost",
        "test_gradient",
        "test_gd_step",
        "test_gd_step_keeps_its_input",
        "test_gd_step_integers",
    ],
)
def flattens_the_predictions(X, W, b):
    """The numbers may be right. Is your result a column?"""
    return (X.astype(np.float64) @ W + b)[:, 0]


@alternative("hypothesis")
def sums_products(X, W, b):
    """Multiply by broadcasting, then sum over the features."""
    return (X * W.T.astype(float)).sum(axis=1, keepdims=True) + b


@alternative("hypothesis")
def uses_the_bias_trick(X, W, b):
    """A column of ones, and b below W."""
    ones = np.ones((len(X), 1))
    return np.hstack([X, ones]) @ np.vstack([W, [[b]]])


# --- cost ---


def refuse_what_is_no_column(X, y):
    """Raise ValueError as the docstring of `cost` asks."""
    if y.shape != (len(X), 1):
        raise ValueError("y must be a column")


@misconception("cost", loses=COST)
def sums_the_squares(X, y, W, b):
    """Your cost grows with the number of rows. Which word of "mean squared error" is missing?"""
    refuse_what_is_no_column(X, y)
    return np.sum((hypothesis(X, W, b) - y) ** 2)


@misconception("cost", loses=COST)
def halves_the_cost(X, y, W, b):
    """Every cost is half of what it should be. Which of the slides' two formulas do we use?"""
    refuse_what_is_no_column(X, y)
    return np.mean((hypothesis(X, W, b) - y) ** 2) / 2


@misconception("cost", loses=[*COST, "test_fit_linear_costs_of_inf"])
def forgets_to_square(X, y, W, b):
    """Errors of +10 and -10 give you a cost of 0. What keeps them from cancelling?"""
    refuse_what_is_no_column(X, y)
    return np.mean(hypothesis(X, W, b) - y)


@misconception("cost", loses=[*COST, "test_fit_linear_costs_of_inf"])
def takes_the_absolute_errors(X, y, W, b):
    """That is the mean *absolute* error, a good measure too. Which one is asked for?"""
    refuse_what_is_no_column(X, y)
    return np.mean(np.abs(hypothesis(X, W, b) - y))


@misconception("cost", loses=COST)
def takes_the_root(X, y, W, b):
    """You take a root at the end. Is there one in the formula?"""
    refuse_what_is_no_column(X, y)
    return np.sqrt(np.mean((hypothesis(X, W, b) - y) ** 2))


@misconception("cost", loses=COST)
def squares_the_mean_error(X, y, W, b):
    """First the mean, then the square: what becomes of errors of +10 and -10?"""
    refuse_what_is_no_column(X, y)
    return np.mean(hypothesis(X, W, b) - y) ** 2


@misconception("cost", loses=["test_cost_other_tables", "test_fit_linear", "test_train_test_score"])
def divides_by_all_numbers_of_x(X, y, W, b):
    """With one feature your cost is right, with two it is half. What do you divide by?"""
    refuse_what_is_no_column(X, y)
    return np.sum((hypothesis(X, W, b) - y) ** 2) / X.size


@misconception(
    "cost",
    loses=[
        "test_cost_other_tables",
        "test_fit_linear",
        "test_fit_linear_history",
        "test_train_test_score",
    ],
)
def measures_the_line_without_its_bias(X, y, W, b):  # noqa: ARG001 # b is what is left out
    """For b = 0 your cost is right. Does b play a part in it?"""
    refuse_what_is_no_column(X, y)
    return np.mean((X @ W - y) ** 2)


@misconception("cost", loses=["test_cost_refuses_other_shapes"])
def trusts_broadcasting(X, y, W, b):
    """A flat y passes without a word. What is the shape of (N, 1) - (N,)?"""
    return np.mean((hypothesis(X, W, b) - y) ** 2)


@misconception("cost", loses=["test_cost_refuses_other_shapes"])
def mends_a_flat_y(X, y, W, b):
    """You turn a flat y into a column. That is kind. What does the docstring ask for?"""
    column = y.reshape(-1, 1) if y.ndim == 1 else y
    refuse_what_is_no_column(X, column)
    return np.mean((hypothesis(X, W, b) - column) ** 2)


@misconception("cost", loses=["test_cost_refuses_other_shapes"])
def looks_only_for_a_column(X, y, W, b):
    """A column with a single number is a column too. Has it one number for each row of X?"""
    if y.ndim != 2 or y.shape[1] != 1:
        raise ValueError("y must be a column")
    return np.mean((hypothesis(X, W, b) - y) ** 2)


@misconception("cost", loses=["test_cost_refuses_other_shapes"])
def counts_only_the_rows(X, y, W, b):
    """As many rows as X, and two axes. How many columns may y have?"""
    if y.ndim != 2 or len(y) != len(X):
        raise ValueError("y must have the rows of X")
    return np.mean((hypothesis(X, W, b) - y) ** 2)


@alternative("cost")
def multiplies_errors_with_errors(X, y, W, b):
    """The sum of squares is a matrix product."""
    refuse_what_is_no_column(X, y)
    errors = hypothesis(X, W, b) - y
    return (errors.T @ errors).item() / len(X)


@alternative("cost")
def goes_row_by_row(X, y, W, b):
    """One row at a time, as the formula reads."""
    n = len(X)
    if y.shape != (n, 1):
        raise ValueError(f"y of shape {y.shape}")
    total = 0.0
    for i in range(n):
        total += (float(X[i] @ W[:, 0]) + b - float(y[i, 0])) ** 2
    return total / n


# --- slope_at ---


@misconception("slope_at", loses=SLOPE)
def steps_to_the_right_only(f, x, h=1e-5):
    """Your slope of x^2 at 3 with h = 1 is 7. In how many directions do you look?"""
    return (f(x + h) - f(x)) / h


@misconception("slope_at", loses=SLOPE)
def steps_to_the_left_only(f, x, h=1e-5):
    """Your slope of x^2 at 3 with h = 1 is 5. In how many directions do you look?"""
    return (f(x) - f(x - h)) / h


@misconception("slope_at", loses=SLOPE)
def divides_by_a_single_step(f, x, h=1e-5):
    """All your slopes are doubled. How far apart are the two points?"""
    return (f(x + h) - f(x - h)) / h


@misconception("slope_at", loses=SLOPE)
def forgets_brackets_below_the_line(f, x, h=1e-5):
    """In Python a / 2 * h multiplies by h. What stands below the line of the formula?"""
    return (f(x + h) - f(x - h)) / 2 * h


@misconception("slope_at", loses=SLOPE)
def swaps_left_and_right(f, x, h=1e-5):
    """Your rising curves fall. Which of the two points comes first?"""
    return (f(x - h) - f(x + h)) / (2 * h)


@misconception("slope_at", loses=["test_slope_at_large_steps"])
def ignores_the_step(f, x, h=1e-5):  # noqa: ARG001 # h is what is ignored
    """Your result is the same for every h. Do you use the h that you are given?"""
    return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5


@misconception("slope_at", loses=["test_slope_at_large_steps"])
def takes_half_steps(f, x, h=1e-5):
    """Your two points are h apart. How far apart are they in the formula?"""
    return (f(x + h / 2) - f(x - h / 2)) / h


@alternative("slope_at")
def names_both_points(f, x, h=1e-5):
    """Rise over run, with names."""
    left, right = x - h, x + h
    rise, run = f(right) - f(left), right - left
    return rise / run


@alternative("slope_at")
def averages_both_sides(f, x, h=1e-5):
    """The mean of the one-sided slopes is the central one."""
    return ((f(x + h) - f(x)) / h + (f(x) - f(x - h)) / h) / 2


# --- gradient ---


@misconception("gradient", loses=[*GRADIENT, *GD_STEP, *FIT])
def loses_the_factor_two(X, y, W, b):
    """All slopes are half of what they should be. What comes down from the square?"""
    errors = hypothesis(X, W, b) - y
    return X.T @ errors / len(X), np.mean(errors)


@misconception("gradient", loses=[*GRADIENT, *GD_STEP, *FIT])
def sums_over_the_rows(X, y, W, b):
    """Your slopes grow with the number of rows. Is the cost a sum or a mean?"""
    errors = hypothesis(X, W, b) - y
    return 2.0 * X.T @ errors, 2 * np.sum(errors)


@misconception("gradient", loses=[*GRADIENT, *GD_STEP, *FIT])
def turns_the_error_round(X, y, W, b):
    """Your slopes have the wrong sign. Is an error the guess minus the truth, or the reverse?"""
    errors = y - hypothesis(X, W, b)
    return 2 * X.T @ errors / len(X), 2 * np.mean(errors)


@misconception("gradient", loses=[*GRADIENT, *GD_STEP, *FIT, "test_fit_linear_costs_of_nan"])
def forgets_the_inner_derivative(X, y, W, b):
    """The slope for W equals your slope for b. What is the derivative of wx by w?"""
    slope = 2 * np.mean(hypothesis(X, W, b) - y)
    return np.full((X.shape[1], 1), slope), slope


@misconception("gradient", loses=[*GRADIENT, *GD_STEP, *FIT])
def multiplies_the_means(X, y, W, b):
    """The mean of a product is not the product of the means. What do you average first?"""
    errors = hypothesis(X, W, b) - y
    return 2 * np.mean(errors) * X.mean(axis=0)[:, np.newaxis], 2 * np.mean(errors)


@misconception(
    "gradient",
    loses=[
        "test_gradient_several_features",
        "test_gd_step_other_data",
        "test_gd_step_keeps_its_input",
        "test_gd_step_integers",
        "test_fit_linear",
    ],
)
def divides_the_slopes_by_all_numbers_of_x(X, y, W, b):
    """With one feature dW is right. What is N if X has N rows and D columns?"""
    errors = hypothesis(X, W, b) - y
    return 2 * X.T @ errors / X.size, 2 * np.mean(errors)


@misconception(
    "gradient",
    loses=[
        *GRADIENT,
        "test_gd_step",
        "test_gd_step_other_data",
        "test_fit_linear",
        "test_fit_linear_history",
    ],
)
def sums_the_slope_of_the_bias(X, y, W, b):
    """dW is right. For the bias, do you take a sum or a mean?"""
    errors = hypothesis(X, W, b) - y
    return 2 * X.T @ errors / len(X), 2 * np.sum(errors)


@misconception(
    "gradient", loses=[*FIT, "test_gradient_several_features", "test_gd_step_other_data"]
)
def leaves_the_bias_out_of_its_own_slope(X, y, W, b):
    """dW is right, and for b = 0 so is db. Which errors belong into db?"""
    return 2 * X.T @ (hypothesis(X, W, b) - y) / len(X), 2 * np.mean(X @ W - y)


@misconception(
    "gradient", loses=[*FIT, "test_gradient_several_features", "test_gd_step_other_data"]
)
def leaves_the_bias_out_of_the_errors(X, y, W, b):  # noqa: ARG001 # b is what is left out
    """For b = 0 your slopes are right. Does a guess contain b?"""
    errors = X @ W - y
    return 2 * X.T @ errors / len(X), 2 * np.mean(errors)


@misconception(
    "gradient",
    loses=[*GRADIENT, "test_gd_step", "test_gd_step_other_data", "test_fit_linear_finds_the_line"],
)
def returns_the_bias_slope_as_an_array(X, y, W, b):
    """db has brackets around it. Is it an array or a number?"""
    errors = hypothesis(X, W, b) - y
    return 2 * X.T @ errors / len(X), 2 * errors.mean(axis=0)


@alternative("gradient")
def averages_products(X, y, W, b):
    """Multiply by broadcasting, then take means over the rows."""
    errors = hypothesis(X, W, b) - y
    return (2 * X * errors).mean(axis=0).reshape(-1, 1), float((2 * errors).mean())


@alternative("gradient")
def uses_a_column_of_ones(X, y, W, b):
    """The bias trick: the slope of b is the last one."""
    A = np.column_stack([X, np.ones(len(X))])
    slopes = 2 / len(X) * (A.T @ (A @ np.vstack([W, [[b]]]) - y))
    return slopes[:-1], slopes[-1, 0]


# --- gd_step ---


@misconception("gd_step", loses=[*GD_STEP, *FIT])
def walks_uphill(X, y, W, b, learning_rate):
    """The cost grows with your step. Does a positive slope send you to the left or to the right?"""
    dW, db = gradient(X, y, W, b)
    return W + learning_rate * dW, b + learning_rate * db


@misconception(
    "gd_step",
    loses=["test_gd_step", "test_gd_step_other_data", "test_fit_linear", "test_fit_linear_history"],
)
def moves_w_before_b_looks(X, y, W, b, learning_rate):
    """Your W is right, your b is not. Where was W when you took the slope for b?"""
    new_W = W - learning_rate * gradient(X, y, W, b)[0]
    return new_W, b - learning_rate * gradient(X, y, new_W, b)[1]


@misconception(
    "gd_step", loses=["test_gd_step", "test_gd_step_other_data", "test_fit_linear_history"]
)
def moves_b_before_w_looks(X, y, W, b, learning_rate):
    """Your b is right, your W is not. Where was b when you took the slope for W?"""
    new_b = b - learning_rate * gradient(X, y, W, b)[1]
    return W - learning_rate * gradient(X, y, W, new_b)[0], new_b


@misconception(
    "gd_step",
    loses=[
        "test_gd_step_other_data",
        "test_gd_step_keeps_its_input",
        "test_gd_step_integers",
        "test_fit_linear",
    ],
)
def moves_one_weight_after_the_other(X, y, W, b, learning_rate):
    """With one feature W is right. Do all slopes belong to the same, old place?"""
    new_W = W.astype(np.float64)
    for d in range(len(W)):
        new_W[d] -= learning_rate * gradient(X, y, new_W, b)[0][d]
    return new_W, b - learning_rate * gradient(X, y, W, b)[1]


@misconception("gd_step", loses=[*FIT, "test_gd_step_other_data"])
def forgets_where_b_was(X, y, W, b, learning_rate):
    """From b = 0 your new b is right. From where does the step begin?"""
    dW, db = gradient(X, y, W, b)
    return W - learning_rate * dW, -learning_rate * db


@misconception("gd_step", loses=[*GD_STEP, *FIT])
def takes_half_the_step(X, y, W, b, learning_rate):
    """From W = 5 you reach 3.13, as on a slide. To which of the two costs does that step belong?"""
    dW, db = gradient(X, y, W, b)
    return W - learning_rate * dW / 2, b - learning_rate * db / 2


@misconception("gd_step", loses=[*FIT, "test_gd_step", "test_gd_step_other_data"])
def leaves_b_where_it_is(X, y, W, b, learning_rate):
    """There are two knobs. Do you turn both?"""
    return W - learning_rate * gradient(X, y, W, b)[0], b


@misconception(
    "gd_step",
    loses=[
        *FIT,
        "test_gd_step_other_data",
        "test_gd_step_keeps_its_input",
        "test_gd_step_integers",
        "test_fit_linear_costs_of_inf",
    ],
)
def knows_only_one_rate(X, y, W, b, learning_rate):  # noqa: ARG001 # the rate is what is ignored
    """Your step is the same for every learning rate. Do you use the one that you are given?"""
    dW, db = gradient(X, y, W, b)
    return W - 0.1 * dW, b - 0.1 * db


@misconception("gd_step", loses=["test_gd_step_other_data", "test_gd_step_keeps_its_input"])
def writes_into_the_callers_w(X, y, W, b, learning_rate):
    """`W -= ...` writes into the array that you were given. Whose array is it?"""
    dW, db = gradient(X, y, W, b)
    if W.dtype.kind != "f":
        return W - learning_rate * dW, b - learning_rate * db
    W -= learning_rate * dW
    return W, b - learning_rate * db


@misconception("gd_step", loses=["test_gd_step_integers"])
def rounds_to_the_dtype_of_w(X, y, W, b, learning_rate):
    """From an integer W your new W is an integer. Into which dtype do you write 2.2?"""
    dW, db = gradient(X, y, W, b)
    new_W = np.empty_like(W)
    new_W[:] = W - learning_rate * dW
    return new_W, b - learning_rate * db


@alternative("gd_step")
def steps_with_one_vector(X, y, W, b, learning_rate):
    """All knobs in one array."""
    A = np.hstack([X, np.ones((len(X), 1))])
    knobs = np.vstack([W, [[b]]]).astype(float)
    knobs = knobs - learning_rate * 2 * A.T @ (A @ knobs - y) / len(X)
    return knobs[:-1], knobs[-1, 0]


@alternative("gd_step")
def unpacks_the_slopes_later(X, y, W, b, learning_rate):
    """The slopes as one tuple."""
    slopes = gradient(X, y, W, b)
    return np.subtract(W, learning_rate * slopes[0]), float(b - learning_rate * slopes[1])


# --- fit_linear ---


def descend_and_note(X, y, learning_rate, epochs, look=None):
    """Descend from 0, note every cost, and call `look` with all costs so far after each step."""
    W, b = np.zeros((X.shape[1], 1)), 0.0
    history = [cost(X, y, W, b)]
    for _ in range(epochs):
        W, b = gd_step(X, y, W, b, learning_rate)
        history.append(cost(X, y, W, b))
        if look is not None:
            look(history)
    return W, b, history


def demand_finite(history):
    """Raise FloatingPointError as the docstring of `fit_linear` asks."""
    if not np.isfinite(history[-1]):
        raise FloatingPointError("the cost is not finite")


@misconception("fit_linear", loses=["test_fit_linear", "test_fit_linear_history"])
def begins_the_history_after_the_first_step(X, y, learning_rate, epochs):
    """Your history has as many costs as steps. Which cost belongs before the first step?"""
    W, b, history = descend_and_note(X, y, learning_rate, epochs, demand_finite)
    return W, b, np.array(history[1:])


@misconception("fit_linear", loses=["test_fit_linear", "test_fit_linear_history"])
def ends_the_history_before_the_last_step(X, y, learning_rate, epochs):
    """Do the last cost in your history and the weights that you return belong together?"""
    W, b, history = descend_and_note(X, y, learning_rate, epochs, demand_finite)
    return W, b, np.array(history[:-1])


@misconception("fit_linear", loses=["test_fit_linear", "test_fit_linear_history"])
def takes_one_step_too_many(X, y, learning_rate, epochs):
    """Count your steps for epochs = 3. How many costs should there be?"""
    W, b, history = descend_and_note(X, y, learning_rate, epochs + 1, demand_finite)
    return W, b, np.array(history)


@misconception("fit_linear", loses=["test_fit_linear_history"])
def returns_the_history_as_a_list(X, y, learning_rate, epochs):
    """The costs may be right. Is your history an array?"""
    return descend_and_note(X, y, learning_rate, epochs, demand_finite)


@misconception("fit_linear", loses=["test_fit_linear", "test_fit_linear_history"])
def starts_at_one(X, y, learning_rate, epochs):
    """Your first cost is not that of W = 0 and b = 0. Where do you start?"""
    W, b = np.ones((X.shape[1], 1)), 0.0
    history = [cost(X, y, W, b)]
    for _ in range(epochs):
        W, b = gd_step(X, y, W, b, learning_rate)
        history.append(cost(X, y, W, b))
        demand_finite(history)
    return W, b, np.array(history)


@misconception("fit_linear", loses=FIT)
def steps_after_every_row(X, y, learning_rate, epochs):
    """You take a step for each row. How many rows does one step use here?"""
    W, b = np.zeros((X.shape[1], 1)), 0.0
    history = [cost(X, y, W, b)]
    for _ in range(epochs):
        for i in range(len(X)):
            W, b = gd_step(X[i : i + 1], y[i : i + 1], W, b, learning_rate)
        history.append(cost(X, y, W, b))
        demand_finite(history)
    return W, b, np.array(history)


@misconception("fit_linear", loses=FIT)
def keeps_the_bias_at_zero(X, y, learning_rate, epochs):
    """Your b is 0 at the end. On exam scores that hardly shows. Which line does not go through 0?"""
    W, b = np.zeros((X.shape[1], 1)), 0.0
    history = [cost(X, y, W, b)]
    for _ in range(epochs):
        W, _ = gd_step(X, y, W, b, learning_rate)
        history.append(cost(X, y, W, b))
        demand_finite(history)
    return W, b, np.array(history)


@misconception("fit_linear", loses=["test_fit_linear_finds_the_line"])
def returns_flat_weights(X, y, learning_rate, epochs):
    """The numbers may be right. Is your W a column?"""
    W, b, history = descend_and_note(X, y, learning_rate, epochs, demand_finite)
    return W[:, 0], b, np.array(history)


@misconception("fit_linear", loses=["test_fit_linear_finds_the_line"])
def returns_the_bias_in_an_array(X, y, learning_rate, epochs):
    """Your b has brackets around it. Is it an array or a number?"""
    W, b, history = descend_and_note(X, y, learning_rate, epochs, demand_finite)
    return W, np.array([b]), np.array(history)


@misconception("fit_linear", loses=DIVERGES)
def returns_nan_in_silence(X, y, learning_rate, epochs):
    """Your weights are nan, and nobody is told. What does the docstring ask for?"""
    W, b, history = descend_and_note(X, y, learning_rate, epochs)
    return W, b, np.array(history)


@misconception("fit_linear", loses=["test_fit_linear_costs_of_nan"])
def looks_only_for_inf_at_the_end(X, y, learning_rate, epochs):
    """After inf the costs become nan. Do you look for inf only, and when?"""
    W, b, history = descend_and_note(X, y, learning_rate, epochs)
    if np.isinf(history[-1]):
        raise FloatingPointError("inf")
    return W, b, np.array(history)


@misconception("fit_linear", loses=["test_fit_linear_costs_of_inf"])
def looks_only_for_nan(X, y, learning_rate, epochs):
    """Before nan comes inf. Is inf a finite number?"""
    W, b, history = descend_and_note(X, y, learning_rate, epochs)
    if np.isnan(history).any():
        raise FloatingPointError("nan")
    return W, b, np.array(history)


@misconception("fit_linear", loses=DIVERGES)
def stops_without_a_word(X, y, learning_rate, epochs):
    """You leave the loop when the cost is no longer finite. Who learns of it?"""
    W, b = np.zeros((X.shape[1], 1)), 0.0
    history = [cost(X, y, W, b)]
    for _ in range(epochs):
        new_W, new_b = gd_step(X, y, W, b, learning_rate)
        new_cost = cost(X, y, new_W, new_b)
        if not np.isfinite(new_cost):
            break
        W, b = new_W, new_b
        history.append(new_cost)
    return W, b, np.array(history)


@misconception("fit_linear", loses=["test_fit_linear_history"])
def refuses_every_cost_that_grows(X, y, learning_rate, epochs):
    """You give up as soon as the cost grows. What does the docstring say of that?"""

    def look(history):
        if not history[-1] <= history[-2]:
            raise FloatingPointError("the cost grows")

    W, b, history = descend_and_note(X, y, learning_rate, epochs, look)
    return W, b, np.array(history)


@alternative("fit_linear")
def looks_at_the_end(X, y, learning_rate, epochs):
    """All steps first, then one look at all costs."""
    W, b, history = descend_and_note(X, y, learning_rate, epochs)
    history = np.asarray(history)
    if not np.isfinite(history).all():
        raise FloatingPointError("diverged")
    return W, b, history


@alternative("fit_linear")
def fills_an_array(X, y, learning_rate, epochs):
    """Formulas instead of calls, and an array that is filled."""
    m, W, b = len(X), np.zeros((X.shape[1], 1)), np.float64(0)
    history = np.empty(epochs + 1)
    for epoch in range(epochs + 1):
        errors = X @ W + b - y
        history[epoch] = (errors**2).sum() / m
        if np.isnan(history[epoch]) or np.isinf(history[epoch]):
            raise FloatingPointError(epoch)
        if epoch < epochs:
            W, b = (
                W - learning_rate * (2 / m) * (X.T @ errors),
                b - learning_rate * 2 * errors.mean(),
            )
    return W, b, history


# --- least_squares ---


@misconception("least_squares", loses=[*LEAST_SQUARES, *TRAIN_TEST])
def solves_without_a_bias(X, y):
    """Your line runs through 0. Which column is missing?"""
    return np.linalg.lstsq(X, y)[0], 0.0


@misconception("least_squares", loses=[*LEAST_SQUARES, *TRAIN_TEST])
def mistakes_the_first_weight_for_the_bias(X, y):
    """The numbers are there, in the wrong places. On which side did you put the ones?"""
    solution = np.linalg.lstsq(np.hstack([np.ones((len(X), 1)), X]), y)[0]
    return solution[:-1], solution[-1, 0]


@misconception("least_squares", loses=["test_least_squares_dependent_columns"])
def inverts_what_has_no_inverse(X, y):
    """The textbook's formula inverts a matrix. Has it an inverse if a column stands there twice?"""
    A = np.hstack([X, np.ones((len(X), 1))])
    solution = np.linalg.inv(A.T @ A) @ A.T @ y
    return solution[:-1], solution[-1, 0]


@misconception("least_squares", loses=LEAST_SQUARES)
def takes_the_mean_for_the_bias(X, y):
    """The mean of y is the best bias if every feature has mean 0. Is that so here?"""
    return np.linalg.lstsq(X - X.mean(axis=0), y)[0], y.mean()


@misconception("least_squares", loses=[*LEAST_SQUARES, *TRAIN_TEST])
def flattens_the_weights(X, y):
    """The numbers may be right. Is your W a column?"""
    solution = np.linalg.lstsq(np.hstack([X, np.ones((len(X), 1))]), y)[0][:, 0]
    return solution[:-1], solution[-1]


@misconception(
    "least_squares",
    loses=[
        *TRAIN_TEST,
        "test_least_squares_several_features",
        "test_least_squares_dependent_columns",
    ],
)
def fits_each_feature_alone(X, y):
    """With one feature you are right. Do two features that say the same count twice?"""
    centred = X - X.mean(axis=0)
    W = (centred * (y - y.mean())).sum(axis=0) / (centred**2).sum(axis=0)
    return W[:, np.newaxis], y.mean() - X.mean(axis=0) @ W


@misconception("least_squares", loses=[*TRAIN_TEST, "test_least_squares_several_features"])
def fits_the_first_rows_only(X, y):
    """Your line goes exactly through the first rows. What about the others?"""
    rows = X.shape[1] + 1
    solution = np.linalg.lstsq(np.hstack([X, np.ones((len(X), 1))])[:rows], y[:rows])[0]
    return solution[:-1], solution[-1, 0]


@alternative("least_squares")
def uses_the_pseudoinverse(X, y):
    """The inverse of matrices that have none."""
    *weights, bias = (np.linalg.pinv(np.column_stack([X, np.ones(len(X))])) @ y)[:, 0]
    return np.array(weights).reshape(-1, 1), float(bias)


@alternative("least_squares")
def centres_first(X, y):
    """Without a bias for centred data; then the bias from the means."""
    mean = X.mean(axis=0)
    W = np.linalg.lstsq(X - mean, y - y.mean())[0]
    return W, y.mean() - mean @ W[:, 0]


# --- train_test_score ---


def report(X, y, n_train, mean, std):
    """Standardise with the given numbers, fit and measure."""
    Z = (X - mean) / std
    W, b = least_squares(Z[:n_train], y[:n_train])
    return {
        "mean": mean,
        "std": std,
        "W": W,
        "b": b,
        "train_mse": cost(Z[:n_train], y[:n_train], W, b),
        "test_mse": cost(Z[n_train:], y[n_train:], W, b),
    }


@misconception("train_test_score", loses=[*TRAIN_TEST, "test_train_test_score_keeps_its_input"])
def leaks_the_test_rows(data, n_train=20):
    """Your mean for exam 1 is 79.04, that of all 25 rows. What have you looked at?"""
    X, y = data[:, :-1], data[:, [-1]]
    return report(X, y, n_train, X.mean(axis=0), X.std(axis=0))


@misconception("train_test_score", loses=["test_train_test_score"])
def scales_the_test_rows_by_themselves(data, n_train=20):
    """Each part gets its own mean here. Would a score of 80 then mean the same in both?"""
    X, y = data[:, :-1], data[:, [-1]]
    train, test = X[:n_train], X[n_train:]
    result = report(X, y, n_train, train.mean(axis=0), train.std(axis=0))
    spread = np.where(test.std(axis=0) > 0, test.std(axis=0), 1)
    result["test_mse"] = cost(
        (test - test.mean(axis=0)) / spread, y[n_train:], result["W"], result["b"]
    )
    return result


@misconception("train_test_score", loses=["test_train_test_score_other_table"])
def divides_the_variance_by_one_less(data, n_train=20):
    """Your std is a little too large. By what does X.std divide, N or N - 1?"""
    X, y = data[:, :-1], data[:, [-1]]
    return report(X, y, n_train, X[:n_train].mean(axis=0), X[:n_train].std(axis=0, ddof=1))


@misconception("train_test_score", loses=["test_train_test_score_other_table"])
def reports_the_variance(data, n_train=20):
    """Your "std" is in squared points. What did you forget to take?"""
    X, y = data[:, :-1], data[:, [-1]]
    result = report(X, y, n_train, X[:n_train].mean(axis=0), X[:n_train].std(axis=0))
    return {**result, "std": X[:n_train].var(axis=0)}


@misconception("train_test_score", loses=["test_train_test_score_other_table"])
def fits_the_raw_rows(data, n_train=20):
    """The errors are right: a line does not mind the scale. For which rows are your W and b?"""
    X, y = data[:, :-1], data[:, [-1]]
    result = report(X, y, n_train, X[:n_train].mean(axis=0), X[:n_train].std(axis=0))
    W, b = least_squares(X[:n_train], y[:n_train])
    return {**result, "W": W, "b": b}


@misconception("train_test_score", loses=["test_train_test_score_other_table"])
def turns_the_weights_back_into_points(data, n_train=20):
    """You divide W by std again. Does it still belong to your b?"""
    X, y = data[:, :-1], data[:, [-1]]
    result = report(X, y, n_train, X[:n_train].mean(axis=0), X[:n_train].std(axis=0))
    return {**result, "W": result["W"] / result["std"][:, np.newaxis]}


@misconception("train_test_score", loses=["test_train_test_score_other_table"])
def centres_the_true_values(data, n_train=20):
    """Your b is 0. What did you do to the true values, and does the docstring allow it?"""
    X, y = data[:, :-1], data[:, [-1]]
    centred = y - y[:n_train].mean()
    return report(X, centred, n_train, X[:n_train].mean(axis=0), X[:n_train].std(axis=0))


@misconception("train_test_score", loses=TRAIN_TEST)
def scales_the_true_values(data, n_train=20):
    """Your errors are far below 1. In which unit are they?"""
    X, y = data[:, :-1], data[:, [-1]]
    scaled = (y - y[:n_train].mean()) / y[:n_train].std()
    return report(X, scaled, n_train, X[:n_train].mean(axis=0), X[:n_train].std(axis=0))


@misconception("train_test_score", loses=["test_train_test_score"])
def measures_the_training_on_all_rows(data, n_train=20):
    """Your train_mse is that of all rows. Which rows did the model learn from?"""
    X, y = data[:, :-1], data[:, [-1]]
    result = report(X, y, n_train, X[:n_train].mean(axis=0), X[:n_train].std(axis=0))
    Z = (X - result["mean"]) / result["std"]
    return {**result, "train_mse": cost(Z, y, result["W"], result["b"])}


@misconception(
    "train_test_score",
    loses=["test_train_test_score_other_table", "test_train_test_score_keeps_its_input"],
)
def always_trains_on_twenty_rows(data, n_train=20):  # noqa: ARG001 # n_train is what is ignored
    """Twenty rows are the default. How many does the caller want?"""
    X, y = data[:, :-1], data[:, [-1]]
    return report(X, y, 20, X[:20].mean(axis=0), X[:20].std(axis=0))


@misconception("train_test_score", loses=[*TRAIN_TEST, "test_train_test_score_keeps_its_input"])
def trains_on_the_last_rows(data, n_train=20):
    """You train on the rows at the end. Which ones are asked for?"""
    X, y = data[::-1, :-1], data[::-1, [-1]]
    return report(X, y, n_train, X[:n_train].mean(axis=0), X[:n_train].std(axis=0))


@misconception("train_test_score", loses=["test_train_test_score_keeps_its_input"])
def standardises_inside_the_table(data, n_train=20):
    """data[:, :-1] is a view. Into whose table does `X -= mean` write?"""
    X, y = data[:, :-1], data[:, [-1]]
    mean, std = X[:n_train].mean(axis=0), X[:n_train].std(axis=0)
    if data.dtype.kind != "f" or not data.flags.writeable:
        return report(X, y, n_train, mean, std)
    X -= mean
    X /= std
    return {**report(X, y, n_train, 0 * mean, std**0), "mean": mean, "std": std}


@alternative("train_test_score")
def splits_before_anything_else(data, n_train=20):
    """Two tables from the start."""
    train, test = data[:n_train].astype(float), data[n_train:].astype(float)
    mean, std = np.mean(train[:, :-1], axis=0), np.std(train[:, :-1], axis=0)
    Z_train, Z_test = (train[:, :-1] - mean) / std, (test[:, :-1] - mean) / std
    W, b = least_squares(Z_train, train[:, -1:])
    return {
        "test_mse": float(cost(Z_test, test[:, -1:], W, b)),
        "train_mse": float(cost(Z_train, train[:, -1:], W, b)),
        "W": W,
        "b": float(b),
        "std": std,
        "mean": mean,
    }


@alternative("train_test_score")
def descends_to_the_lowest_cost(data, n_train=20):
    """Gradient descent on standardised rows ends at the same weights."""
    X, y = data[:, :-1], data[:, [-1]]
    result = report(X, y, n_train, X[:n_train].mean(axis=0), X[:n_train].std(axis=0))
    Z = (X - result["mean"]) / result["std"]
    W, b, history = fit_linear(Z[:n_train], y[:n_train], 0.1, 3000)
    test_mse = cost(Z[n_train:], y[n_train:], W, b)
    return {**result, "W": W, "b": b, "train_mse": history[-1], "test_mse": test_mse}

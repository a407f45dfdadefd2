"""What goes wrong in `perceptron_xor`, and what is right another way."""

import numpy as np

from autograder.catalogue import alternative, misconception

# --- perceptron_step ---

STEP = "test_perceptron_step"
STEP_OTHER = "test_perceptron_step_other_examples"
STEP_RIGHT = "test_perceptron_step_right_answers"
STEP_KEEPS = "test_perceptron_step_keeps_its_input"


def output_of(w, b, x):
    """1 above 0, else 0."""
    return int(w @ x + b > 0)


@misconception("perceptron_step", loses=[STEP, STEP_OTHER])
def never_moves_the_bias(w, b, x, target, learning_rate):
    """Your weights learn and b stays. At (0, 0), what could w alone ever change?"""
    return w + learning_rate * (target - output_of(w, b, x)) * x, b


@misconception("perceptron_step", loses=[STEP, STEP_OTHER, STEP_KEEPS])
def moves_only_the_bias(w, b, x, target, learning_rate):
    """Your b learns and w stays. Which formula says how w changes?"""
    return w.copy(), b + learning_rate * (target - output_of(w, b, x))


@misconception("perceptron_step", loses=[STEP, STEP_OTHER, STEP_KEEPS])
def takes_the_error_the_other_way_round(w, b, x, target, learning_rate):
    """A score that was too low gets lower still. Which comes first in the error?"""
    step = learning_rate * (output_of(w, b, x) - target)
    return w + step * x, b + step


@misconception("perceptron_step", loses=[STEP, STEP_OTHER, STEP_KEEPS])
def always_raises_the_score(w, b, x, target, learning_rate):
    """Each mistake raises the score. What if the output was 1 and should be 0?"""
    step = learning_rate * abs(target - output_of(w, b, x))
    return w + step * x, b + step


@misconception("perceptron_step", loses=[STEP_OTHER, STEP_KEEPS])
def ignores_the_learning_rate(w, b, x, target, learning_rate):  # noqa: ARG001 # it is ignored
    """Your step is the same for every learning rate. With a rate of 1 nobody notices."""
    step = 1.0 * (target - output_of(w, b, x))
    return w + step * x, b + step


@misconception("perceptron_step", loses=[STEP_OTHER])
def moves_the_bias_by_whole_steps(w, b, x, target, learning_rate):
    """The weights take small steps. How large is the step of b?"""
    error = target - output_of(w, b, x)
    return w + learning_rate * error * x, b + 1.0 * error


@misconception("perceptron_step", loses=[STEP_OTHER, STEP_KEEPS])
def moves_the_weights_by_whole_steps(w, b, x, target, learning_rate):
    """The bias takes small steps. How large is the step of w?"""
    error = target - output_of(w, b, x)
    return w + 1.0 * error * x, b + learning_rate * error


@misconception("perceptron_step", loses=[STEP, STEP_OTHER, STEP_RIGHT, STEP_KEEPS])
def learns_from_the_target_alone(w, b, x, target, learning_rate):
    """You add x whenever the target is 1. Does the rule ask what the output was?"""
    return w + learning_rate * target * x, b + learning_rate * target


@misconception("perceptron_step", loses=[STEP_OTHER, STEP_RIGHT, STEP_KEEPS])
def compares_the_target_with_the_score(w, b, x, target, learning_rate):
    """Your error can be any number. Which two values has the output of a perceptron?"""
    step = learning_rate * (target - (w @ x + b))
    return w + step * x, b + step


@misconception("perceptron_step", loses=[STEP, STEP_RIGHT])
def counts_a_score_of_zero_as_one(w, b, x, target, learning_rate):
    """Zero weights give a score of exactly 0. Which output does the docstring want for it?"""
    step = learning_rate * (target - int(w @ x + b >= 0))
    return w + step * x, b + step


@misconception("perceptron_step", loses=[STEP, STEP_OTHER, STEP_KEEPS])
def answers_one_and_minus_one(w, b, x, target, learning_rate):
    """Your steps are twice as long, or come at the wrong time. Which two outputs do we use?"""
    sign = 1 if w @ x + b > 0 else -1
    step = learning_rate * ((2 * target - 1) - sign)
    return w + step * x, b + step


@misconception("perceptron_step", loses=[STEP_KEEPS])
def adds_into_the_callers_weights(w, b, x, target, learning_rate):
    """`+=` writes into the array that you were given. Whose array is it?"""
    step = learning_rate * (target - output_of(w, b, x))
    w += step * x
    return w, b + step


@alternative("perceptron_step")
def asks_first_whether_it_is_wrong(w, b, x, target, learning_rate):
    """Two kinds of mistakes, two cases."""
    output = bool((w * x).sum() + b > 0)
    if output and not target:
        return w - learning_rate * x, b - learning_rate
    if target and not output:
        return w + learning_rate * x, b + learning_rate
    return w.copy(), b


@alternative("perceptron_step")
def hides_the_bias_in_the_weights(w, b, x, target, learning_rate):
    """The bias trick of day 1."""
    both, ones = np.append(w, b), np.append(x, 1.0)
    both = both + learning_rate * (target - np.heaviside(both @ ones, 0)) * ones
    return both[:-1], both[-1]


# --- fit_perceptron ---

FIT = "test_fit_perceptron"
FIT_THREE = "test_fit_perceptron_three_inputs"
FIT_XOR = "test_fit_perceptron_xor_never_ends"


def passes(X, y, learning_rate, epochs, *, stop=True, bias=True, at_zero=0):
    """The right run, with some things to get wrong."""
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y, strict=True):
            error = target - np.heaviside(w @ x + b, at_zero)
            w, b = w + learning_rate * error * x, b + bias * learning_rate * error
            wrong += int(error != 0)
        mistakes.append(wrong)
        if stop and wrong == 0:
            break
    return w, b, mistakes


@misconception("fit_perceptron", loses=[FIT, FIT_THREE, FIT_XOR])
def corrects_at_the_end_of_an_epoch(X, y, learning_rate, epochs):
    """You show all rows with the same weights. When does the docstring want the correction?"""
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        errors = y - (X @ w + b > 0).astype(int)
        w, b = w + learning_rate * errors @ X, b + learning_rate * errors.sum()
        mistakes.append(int(np.abs(errors).sum()))
        if mistakes[-1] == 0:
            break
    return w, b, mistakes


@misconception("fit_perceptron", loses=[FIT, FIT_THREE])
def never_stops_early(X, y, learning_rate, epochs):
    """Your list goes on with zeros. What is left to do after an epoch without a mistake?"""
    return passes(X, y, learning_rate, epochs, stop=False)


@misconception("fit_perceptron", loses=[FIT, FIT_THREE])
def leaves_out_the_epoch_without_mistakes(X, y, learning_rate, epochs):
    """The last epoch made no mistake. Was it run? Then it has an entry, too."""
    w, b, mistakes = passes(X, y, learning_rate, epochs)
    return w, b, [wrong for wrong in mistakes if wrong]


@misconception("fit_perceptron", loses=[FIT, FIT_THREE])
def fits_with_a_rate_of_one(X, y, learning_rate, epochs):  # noqa: ARG001 # the rate is ignored
    """The mistakes are right, and your numbers have the wrong size. What scales them?"""
    return passes(X, y, 1.0, epochs)


@misconception("fit_perceptron", loses=[FIT_THREE])
def returns_the_threshold(X, y, learning_rate, epochs):
    """Is b a threshold, or is it added to the sum? For OR it is 0, and nobody notices."""
    w, b, mistakes = passes(X, y, learning_rate, epochs)
    return w, -b, mistakes


@misconception("fit_perceptron", loses=[FIT, FIT_THREE, FIT_XOR])
def shows_the_last_row_first(X, y, learning_rate, epochs):
    """You begin with the last row. Which order does the docstring name?"""
    return passes(X[::-1], y[::-1], learning_rate, epochs)


@misconception("fit_perceptron", loses=[FIT, FIT_THREE, FIT_XOR])
def adds_up_all_mistakes(X, y, learning_rate, epochs):
    """Your numbers only grow. Where must the counter go back to 0?"""
    w, b, mistakes = passes(X, y, learning_rate, epochs)
    return w, b, np.cumsum(mistakes).tolist()


@misconception("fit_perceptron", loses=[FIT_XOR])
def waits_until_all_are_right(X, y, learning_rate, epochs):  # noqa: ARG001 # epochs are ignored
    """XOR never gets all rows right. Who tells your loop when to give up?"""
    return passes(X, y, learning_rate, 100)


@misconception("fit_perceptron", loses=[FIT, FIT_THREE, FIT_XOR])
def counts_after_the_epoch(X, y, learning_rate, epochs):
    """You count with the weights at the end. Which output counts: the one when it was shown?"""
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        for x, target in zip(X, y, strict=True):
            error = target - int(w @ x + b > 0)
            w, b = w + learning_rate * error * x, b + learning_rate * error
        mistakes.append(int(((X @ w + b > 0) != y).sum()))
        if mistakes[-1] == 0:
            break
    return w, b, mistakes


@misconception("fit_perceptron", loses=[FIT, FIT_THREE, FIT_XOR])
def fits_without_a_bias(X, y, learning_rate, epochs):
    """Every line of yours runs through the origin. Which number would move it away?"""
    return passes(X, y, learning_rate, epochs, bias=False)


@misconception("fit_perceptron", loses=[FIT, FIT_THREE, FIT_XOR])
def fits_with_one_at_zero(X, y, learning_rate, epochs):
    """At the start every score is exactly 0. Which output is that?"""
    return passes(X, y, learning_rate, epochs, at_zero=1)


@misconception("fit_perceptron", loses=[FIT, FIT_THREE, FIT_XOR])
def starts_afresh_in_each_epoch(X, y, learning_rate, epochs):
    """Your second epoch is a copy of the first. Where do you set w and b to zero?"""
    w, b, mistakes = passes(X, y, learning_rate, 1)
    return w, b, mistakes * epochs if mistakes[0] else mistakes


@alternative("fit_perceptron")
def calls_perceptron_step(X, y, learning_rate, epochs):
    """One step at a time, and a row is wrong if the step changed the bias."""
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < epochs and 0 not in mistakes:
        wrong = 0
        for i in range(len(X)):
            new_w, new_b = perceptron_step(w, b, X[i], y[i], learning_rate)
            wrong += int(new_b != b)
            w, b = new_w, new_b
        mistakes.append(wrong)
    return w, b, mistakes


@alternative("fit_perceptron")
def uses_the_bias_trick(X, y, learning_rate, epochs):
    """A column of ones, and one array for weights and bias."""
    rows = np.hstack([X, np.ones((len(X), 1))])
    both, mistakes = np.zeros(rows.shape[1]), []
    for _ in range(epochs):
        mistakes.append(0)
        for row, target in zip(rows, y, strict=True):
            if (row @ both > 0) != target:
                both = both + learning_rate * (1 if target else -1) * row
                mistakes[-1] += 1
        if mistakes[-1] == 0:
            break
    return both[:-1], float(both[-1]), mistakes


# --- lines_right ---

LINES = "test_lines_right"
LINES_SQUARE = "test_lines_right_as_many_lines_as_examples"
LINES_ZERO = "test_lines_right_on_the_boundary"
LINES_ALL = [LINES, LINES_SQUARE, LINES_ZERO]


@misconception("lines_right", loses=LINES_ALL)
def gives_the_share(X, y, weights, biases):
    """Yours are numbers between 0 and 1. Does the docstring ask for a share, or for a count?"""
    return ((X @ weights.T + biases > 0) == y[:, None]).mean(axis=0)


@misconception("lines_right", loses=LINES_ALL)
def counts_for_each_example(X, y, weights, biases):
    """You have one count for each corner. Which axis holds the lines?"""
    return ((X @ weights.T + biases > 0) == y[:, None]).sum(axis=1)


@misconception("lines_right", loses=LINES_ALL)
def lays_the_targets_along_the_lines(X, y, weights, biases):
    """Each line is compared with its own target. Who owns a target, a line or an example?"""
    return ((X @ weights.T + biases > 0) == y).sum(axis=0)


@misconception("lines_right", loses=LINES_ALL)
def gives_each_example_a_bias(X, y, weights, biases):
    """There is one bias for each line. Along which axis do you add it?"""
    return ((X @ weights.T + biases[:, None] > 0) == y[:, None]).sum(axis=0)


@misconception("lines_right", loses=[LINES_ZERO])
def counts_the_boundary_as_one(X, y, weights, biases):
    """A score of exactly 0 makes the difference. Is it greater than 0?"""
    return ((X @ weights.T + biases >= 0) == y[:, None]).sum(axis=0)


@misconception("lines_right", loses=LINES_ALL)
def counts_only_the_ones(X, y, weights, biases):
    """An answer of 0 can be right, too. Do you count it?"""
    return ((X @ weights.T + biases > 0) & (y[:, None] == 1)).sum(axis=0)


@misconception("lines_right", loses=LINES_ALL)
def counts_the_mistakes(X, y, weights, biases):
    """The AND line gets one corner of XOR right. Is your number the others?"""
    return ((X @ weights.T + biases > 0) != y[:, None]).sum(axis=0)


@misconception("lines_right", loses=[LINES, LINES_SQUARE])
def takes_the_biases_for_thresholds(X, y, weights, biases):
    """You compare the sum with b. Is b a threshold here, or is it added?"""
    return ((X @ weights.T - biases > 0) == y[:, None]).sum(axis=0)


@misconception("lines_right", loses=[LINES_ZERO])
def uses_two_inputs(X, y, weights, biases):
    """Your score stops after two inputs. How many has a row in general?"""
    scores = X[:, :1] * weights[:, 0] + X[:, 1:2] * weights[:, 1] + biases
    return ((scores > 0) == y[:, None]).sum(axis=0)


@alternative("lines_right")
def has_a_row_for_each_line(X, y, weights, biases):
    """The transposed table, (M, N), where the targets broadcast by themselves."""
    return np.count_nonzero((weights @ X.T + biases[:, None] > 0) == y, axis=1)


@alternative("lines_right")
def goes_line_by_line(X, y, weights, biases):
    """A loop is slow and right."""
    lines = zip(weights, biases, strict=True)
    return np.array([int(((X @ w + b > 0) == y).sum()) for w, b in lines])


# --- xor_hidden ---

HIDDEN_ALL = ["test_xor_hidden", "test_xor_hidden_other_points"]
XOR_W = np.array([[20.0, -20.0], [20.0, -20.0]])
XOR_B = np.array([-10.0, 30.0])


def squash(z):
    """The sigmoid."""
    return 1 / (1 + np.exp(-z))


@misconception("xor_hidden", loses=HIDDEN_ALL)
def steps_in_the_hidden_layer(X):
    """Yours are exactly 0 and 1. Which function stands in place of the step?"""
    return (X @ XOR_W + XOR_B > 0).astype(float)


@misconception("xor_hidden", loses=HIDDEN_ALL)
def leaves_the_scores_as_they_are(X):
    """These are the numbers in the table's brackets. What happens to them next?"""
    return X @ XOR_W + XOR_B


@misconception("xor_hidden", loses=HIDDEN_ALL)
def forgets_the_hidden_biases(X):
    """At (0, 0) both of yours are 0.5. Which term of the formula is missing?"""
    return squash(X @ XOR_W)


@misconception("xor_hidden", loses=HIDDEN_ALL)
def gives_a_unit_a_row_of_weights(X):
    """Your weights are laid out by rows. In XW, does a unit own a row or a column?"""
    return squash(X @ XOR_W.T + XOR_B)


@misconception("xor_hidden", loses=HIDDEN_ALL)
def swaps_the_hidden_units(X):
    """Your first column is NAND. Which unit does the docstring want there?"""
    return squash(X @ XOR_W + XOR_B)[:, ::-1].copy()


@misconception("xor_hidden", loses=HIDDEN_ALL)
def stacks_the_units_as_rows(X):
    """Your result has one row for each unit. What does a row stand for in X?"""
    return squash(X @ XOR_W + XOR_B).T.copy()


@misconception("xor_hidden", loses=HIDDEN_ALL)
def takes_tanh_for_sigmoid(X):
    """Some of yours are negative. Between which numbers does a sigmoid lie?"""
    return np.tanh(X @ XOR_W + XOR_B)


@misconception("xor_hidden", loses=HIDDEN_ALL)
def turns_the_sign_of_the_second_bias(X):
    """Compute h2 at (0, 0). Is your score 30, or -30?"""
    return squash(X @ XOR_W + np.array([-10.0, -30.0]))


@misconception("xor_hidden", loses=["test_xor_hidden_other_points"])
def looks_the_corners_up(X):
    """The corners come out right. What does your function do between them?"""
    return squash(np.round(X) @ XOR_W + XOR_B)


@alternative("xor_hidden")
def computes_one_column_each(X):
    """Unit by unit, as the formula reads."""
    total = X[:, 0] + X[:, 1]
    return np.column_stack([squash(20 * total - 10), squash(30 - 20 * total)])


@alternative("xor_hidden")
def squashes_with_tanh(X):
    """The sigmoid as a squeezed tanh."""
    return 0.5 + 0.5 * np.tanh(0.5 * (np.asarray(X, dtype=float) @ XOR_W + XOR_B))


# --- xor_network ---

NETWORK_ALL = ["test_xor_network", "test_xor_network_other_points"]


@misconception("xor_network", loses=NETWORK_ALL)
def rounds_the_output(X):
    """Yours are exactly 0 and 1. Does the docstring ask for rounded values?"""
    return np.round(squash(squash(X @ XOR_W + XOR_B) @ np.array([20.0, 20.0]) - 30))


@misconception("xor_network", loses=NETWORK_ALL)
def leaves_the_last_score(X):
    """Yours are about -10 and 10. What does the output unit do with its score?"""
    return squash(X @ XOR_W + XOR_B) @ np.array([20.0, 20.0]) - 30


@misconception("xor_network", loses=NETWORK_ALL)
def returns_a_column(X):
    """The numbers are right, in a table of one column. Which shape does the docstring name?"""
    return squash(squash(X @ XOR_W + XOR_B) @ np.array([[20.0], [20.0]]) - 30)


@misconception("xor_network", loses=NETWORK_ALL)
def joins_the_units_with_or(X):
    """Everything comes out as 1. Which gate joins h1 and h2, and which bias has it?"""
    return squash(squash(X @ XOR_W + XOR_B) @ np.array([20.0, 20.0]) - 10)


@misconception("xor_network", loses=NETWORK_ALL)
def has_steps_inside(X):
    """Nearly right, but not in the fifth digit. Are your hidden units steps?"""
    return squash((X @ XOR_W + XOR_B > 0) @ np.array([20.0, 20.0]) - 30)


@misconception("xor_network", loses=NETWORK_ALL)
def has_no_bend_inside(X):
    """Your output is the same everywhere. What happens to the hidden scores before they go on?"""
    return squash((X @ XOR_W + XOR_B) @ np.array([20.0, 20.0]) - 30)


@misconception("xor_network", loses=NETWORK_ALL)
def feeds_the_inputs_to_the_output(X):
    """This computes AND of the inputs. What does the output unit read?"""
    return squash(X @ np.array([20.0, 20.0]) - 30)


@misconception("xor_network", loses=NETWORK_ALL)
def silences_the_second_unit(X):
    """Your network never says 1. Compute h2 at (0, 0): is its score 30, or -30?"""
    return squash(squash(X @ XOR_W + np.array([-10.0, -30.0])) @ np.array([20.0, 20.0]) - 30)


@misconception("xor_network", loses=["test_xor_network_other_points"])
def knows_only_the_corners(X):
    """The corners come out right. What does your network say between them?"""
    return squash(squash(np.round(X) @ XOR_W + XOR_B) @ np.array([20.0, 20.0]) - 30)


@alternative("xor_network")
def calls_xor_hidden(X):
    """The hidden layer is written already."""
    H = xor_hidden(X)
    return squash(20 * H[:, 0] + 20 * H[:, 1] - 30)


@alternative("xor_network")
def names_the_units_the_other_way(X):
    """Inside, the order of the hidden units is free."""
    H = squash(X @ XOR_W[:, ::-1] + XOR_B[::-1])
    return squash(20 * H.sum(axis=1) - 30)


# --- activation ---

ACT = "test_activation"
ACT_TABLES = "test_activation_tables_of_integers"
ACT_LARGE = "test_activation_large_values"
ACT_UNKNOWN = "test_activation_unknown_kind"
ACT_KEEPS = "test_activation_keeps_its_input"

KINDS = ("sigmoid", "tanh", "relu", "leaky_relu", "elu")


def right_activation(z, kind):
    """The right answer, for the kinds that a misconception does not touch."""
    z = np.asarray(z, dtype=float)
    if kind not in KINDS:
        raise ValueError(kind)
    return {
        "sigmoid": 0.5 + 0.5 * np.tanh(z / 2),
        "tanh": np.tanh(z),
        "relu": np.where(z > 0, z, 0.0),
        "leaky_relu": np.where(z > 0, z, 0.1 * z),
        "elu": np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
    }[kind]


@misconception("activation", loses=[ACT, ACT_TABLES, ACT_LARGE])
def turns_the_sign_in_the_sigmoid(z, kind):
    """Your sigmoid falls. Which sign stands in its exponent? (One slide has it wrong, too.)"""
    if kind != "sigmoid":
        return right_activation(z, kind)
    return right_activation(-z, kind)


@misconception("activation", loses=[ACT, ACT_TABLES])
def stretches_tanh_one_way_only(z, kind):
    """Your tanh has the right range and rises too slowly. What stands inside, z or 2z?"""
    if kind != "tanh":
        return right_activation(z, kind)
    return 2 * right_activation(z, "sigmoid") - 1


@misconception("activation", loses=[ACT, ACT_TABLES, ACT_LARGE])
def takes_the_absolute_value(z, kind):
    """Your ReLU turns -2 into 2. What should it do with negative values?"""
    return np.abs(z).astype(float) if kind == "relu" else right_activation(z, kind)


@misconception("activation", loses=[ACT, ACT_TABLES, ACT_LARGE, ACT_KEEPS])
def leaks_a_hundredth(z, kind):
    """Many libraries take 0.01. Which slope does our leaky ReLU have on the left?"""
    return np.where(z > 0, z, 0.01 * z) if kind == "leaky_relu" else right_activation(z, kind)


@misconception("activation", loses=[ACT, ACT_TABLES, ACT_LARGE, ACT_KEEPS])
def takes_the_smaller_side(z, kind):
    """Compute leaky ReLU at 2: is it 2, or 0.2? Which of the two is the maximum?"""
    return np.minimum(0.1 * z, z) if kind == "leaky_relu" else right_activation(z, kind)


@misconception("activation", loses=[ACT, ACT_TABLES, ACT_LARGE])
def forgets_the_minus_one_of_elu(z, kind):
    """Your ELU jumps at 0. To which number should it fall, far on the left?"""
    if kind != "elu":
        return right_activation(z, kind)
    return right_activation(z, kind) + (z <= 0)


@misconception("activation", loses=[ACT_TABLES])
def keeps_integers_in_relu(z, kind):
    """Look at the dtype of your ReLU for an integer array. Which one does the docstring name?"""
    return np.maximum(z, 0) if kind == "relu" else right_activation(z, kind)


@misconception("activation", loses=[ACT_TABLES])
def fills_a_copy_of_the_integers(z, kind):
    """You copy z and then write fractions into it. What can an integer array hold?"""
    if kind not in ("leaky_relu", "elu"):
        return right_activation(z, kind)
    a = z.copy()
    a[z < 0] = 0.1 * z[z < 0] if kind == "leaky_relu" else np.exp(z[z < 0]) - 1
    return a.astype(float)


@misconception("activation", loses=[ACT_TABLES])
def loses_the_rows_of_a_table(z, kind):
    """The values are right, in one long row. Which shape should the result have?"""
    return right_activation(z, kind).reshape(-1)


@misconception("activation", loses=[ACT_LARGE])
def divides_two_powers(z, kind):
    """e^z / (1 + e^z) is the sigmoid, on paper. What is it in floats at z = 1000?"""
    if kind != "sigmoid":
        return right_activation(z, kind)
    with np.errstate(over="ignore", invalid="ignore"):
        return np.exp(z) / (1 + np.exp(z))


@misconception("activation", loses=[ACT_LARGE])
def divides_sums_of_powers(z, kind):
    """Your tanh is right on paper. What are its two powers of e at z = 1000, in floats?"""
    if kind != "tanh":
        return right_activation(z, kind)
    with np.errstate(over="ignore", invalid="ignore"):
        up, down = np.exp(1.0 * z), np.exp(-1.0 * z)
        return (up - down) / (up + down)


@misconception("activation", loses=[ACT_LARGE])
def multiplies_by_masks(z, kind):
    """You add two sides, one of them times 0. What is 0 * inf?"""
    if kind != "elu":
        return right_activation(z, kind)
    with np.errstate(over="ignore", invalid="ignore"):
        return (z > 0) * z + (z <= 0) * (np.exp(z) - 1)


@misconception("activation", loses=[ACT_UNKNOWN])
def leaves_unknown_kinds_linear(z, kind):
    """A misspelt kind gives z back. How would anybody notice the slip?"""
    return right_activation(z, kind) if kind in KINDS else z.astype(float)


@misconception("activation", loses=[ACT_UNKNOWN])
def takes_any_other_kind_for_elu(z, kind):
    """Your last branch is an `else`. What happens to a kind that nobody knows?"""
    return right_activation(z, kind if kind in KINDS else "elu")


@misconception("activation", loses=[ACT_KEEPS])
def clips_the_callers_array(z, kind):
    """You write zeros into the array that you were given. Whose array is it?"""
    if kind == "relu" and z.dtype.kind == "f":
        z[z < 0] = 0
        return z
    return right_activation(z, kind)


@alternative("activation")
def branches_on_the_sign(z, kind):
    """Each sigmoid power stays below 1; the rest by np.where."""
    z = np.asarray(z, dtype=float)
    power = np.exp(-np.abs(z))
    if kind == "sigmoid":
        return np.where(z >= 0, 1, power) / (1 + power)
    if kind == "tanh":
        return np.sign(z) * (1 - power**2) / (1 + power**2)
    left = {"relu": 0 * z, "leaky_relu": z / 10, "elu": power - 1}
    if kind not in left:
        raise ValueError(kind)
    return np.where(z < 0, left[kind], z)


@alternative("activation")
def follows_the_formulas(z, kind):
    """As the table reads; NumPy warns of overflow, and the result is right."""
    z = z * 1.0
    with np.errstate(over="ignore"):
        match kind:
            case "sigmoid":
                return 1 / (1 + np.exp(-z))
            case "tanh":
                return np.tanh(z)
            case "relu":
                return z * (z > 0)
            case "leaky_relu":
                return np.maximum(0.1 * z, z)
            case "elu":
                return np.where(z > 0, z, np.exp(z) - 1)
    raise ValueError(kind)


# --- activation_grad ---

GRAD = "test_activation_grad"
GRAD_TABLES = "test_activation_grad_tables_of_integers"
GRAD_LARGE = "test_activation_grad_large_values"
GRAD_UNKNOWN = "test_activation_grad_unknown_kind"
GRAD_VALUES = [GRAD, GRAD_TABLES, GRAD_LARGE]


def right_slope(z, kind):
    """The right answer, for the kinds that a misconception does not touch."""
    z = np.asarray(z, dtype=float)
    if kind not in KINDS:
        raise ValueError(kind)
    s = 0.5 + 0.5 * np.tanh(z / 2)
    return {
        "sigmoid": s * (1 - s),
        "tanh": 1 - np.tanh(z) ** 2,
        "relu": np.where(z > 0, 1.0, 0.0),
        "leaky_relu": np.where(z > 0, 1.0, 0.1),
        "elu": np.exp(np.minimum(z, 0)),
    }[kind]


@misconception("activation_grad", loses=GRAD_VALUES)
def takes_the_score_for_the_sigmoid(z, kind):
    """You compute z(1 - z). Is z the score, or the sigmoid of it?"""
    return z * (1.0 - z) if kind == "sigmoid" else right_slope(z, kind)


@misconception("activation_grad", loses=GRAD_VALUES)
def gives_the_activation(z, kind):
    """This is the solid curve. The dashed one is wanted: how steep is it?"""
    return right_activation(z, kind)


@misconception("activation_grad", loses=GRAD_VALUES)
def forgets_to_square_tanh(z, kind):
    """Your slope of tanh is not the same at -1 and 1. What is missing in 1 - tanh(z)?"""
    return 1 - np.tanh(z) if kind == "tanh" else right_slope(z, kind)


@misconception("activation_grad", loses=[GRAD, GRAD_TABLES])
def lets_relu_rise_at_zero(z, kind):
    """Only z = 0 makes the difference. Which side's slope did we agree on for ReLU?"""
    return np.where(z >= 0, 1.0, 0.0) if kind == "relu" else right_slope(z, kind)


@misconception("activation_grad", loses=[GRAD, GRAD_TABLES])
def lets_leaky_relu_rise_at_zero(z, kind):
    """Only z = 0 makes the difference. Which side's slope did we agree on for leaky ReLU?"""
    return np.where(z >= 0, 1.0, 0.1) if kind == "leaky_relu" else right_slope(z, kind)


@misconception("activation_grad", loses=GRAD_VALUES)
def answers_true_and_false(z, kind):
    """A comparison gives booleans. Which dtype does the docstring name?"""
    return z > 0 if kind == "relu" else right_slope(z, kind)


@misconception("activation_grad", loses=GRAD_VALUES)
def leaks_no_slope(z, kind):
    """Leaky ReLU still falls on the left, slowly. How steep is it there?"""
    return right_slope(z, "relu" if kind == "leaky_relu" else kind)


@misconception("activation_grad", loses=GRAD_VALUES)
def keeps_the_minus_one_of_elu(z, kind):
    """Your slope of ELU is negative on the left, yet the curve rises. Where does the -1 go?"""
    if kind != "elu":
        return right_slope(z, kind)
    return np.where(z > 0, 1.0, np.expm1(np.minimum(z, 0.0)))


@misconception("activation_grad", loses=GRAD_VALUES)
def bends_elu_on_both_sides(z, kind):
    """On the right ELU is a straight line. How steep is a straight line at 2?"""
    with np.errstate(over="ignore"):
        return np.exp(z * 1.0) if kind == "elu" else right_slope(z, kind)


@misconception("activation_grad", loses=[GRAD_LARGE])
def squares_an_overflow(z, kind):
    """Your formula divides by a square of 1 + e^-z. What are both at z = -1000?"""
    if kind != "sigmoid":
        return right_slope(z, kind)
    with np.errstate(over="ignore", invalid="ignore"):
        return np.exp(-1.0 * z) / (1 + np.exp(-1.0 * z)) ** 2


@misconception("activation_grad", loses=[GRAD_LARGE])
def masks_an_overflow(z, kind):
    """You multiply the left side by 0 on the right. What is 0 * inf?"""
    if kind != "elu":
        return right_slope(z, kind)
    with np.errstate(over="ignore", invalid="ignore"):
        return (z > 0) + (z <= 0) * np.exp(1.0 * z)


@misconception("activation_grad", loses=[GRAD_TABLES])
def fills_ones_like_the_integers(z, kind):
    """np.ones_like(z) has the dtype of z. What becomes of 0.1 in an integer array?"""
    if kind != "leaky_relu":
        return right_slope(z, kind)
    slope = np.ones_like(z)
    slope[z <= 0] = 0.1
    return slope.astype(float)


@misconception("activation_grad", loses=GRAD_VALUES)
def measures_the_slope(z, kind):
    """You measure the slope between two points near by. What does that give at a corner?"""
    h = 1e-5
    return (right_activation(z + h, kind) - right_activation(z - h, kind)) / (2 * h)


@misconception("activation_grad", loses=[GRAD_UNKNOWN])
def calls_unknown_kinds_linear(z, kind):
    """A slope of 1 for a kind that nobody knows. What does the docstring ask for?"""
    return right_slope(z, kind) if kind in KINDS else np.ones(z.shape)


@alternative("activation_grad")
def differentiates_the_formulas(z, kind):
    """Other forms of the same slopes."""
    z = z.astype(float)
    power = np.exp(-np.abs(z))
    if kind == "sigmoid":
        return power / (1 + power) ** 2
    if kind == "tanh":
        return 4 * power**2 / (1 + power**2) ** 2
    if kind not in ("relu", "leaky_relu", "elu"):
        raise ValueError(kind)
    slope = np.ones(z.shape)
    slope[z <= 0] = {"relu": 0, "leaky_relu": 0.1, "elu": power[z <= 0]}[kind]
    return slope


@alternative("activation_grad")
def uses_the_hyperbolic_cosine(z, kind):
    """1 / cosh^2 for tanh, and a quarter of it at half the score for the sigmoid."""
    z = z * 1.0
    with np.errstate(over="ignore"):
        if kind == "sigmoid":
            return 0.25 / np.cosh(z / 2) ** 2
        if kind == "tanh":
            return 1 / np.cosh(z) ** 2
        if kind == "elu":
            return np.where(z > 0, 1, np.exp(z))
    if kind in ("relu", "leaky_relu"):
        return np.heaviside(z, 0) if kind == "relu" else np.clip(np.sign(z), 0.1, 1)
    raise ValueError(kind)


# --- maxout ---

MAXOUT_ALL = ["test_maxout", "test_maxout_other_lines"]


@misconception("maxout", loses=MAXOUT_ALL)
def compares_the_examples(X, W, b):
    """You have one number for each line. Which axis holds the lines?"""
    return (X @ W + b).max(axis=0)


@misconception("maxout", loses=MAXOUT_ALL)
def names_the_highest_line(X, W, b):
    """This says *which* line is highest. How high is it?"""
    return (X @ W + b).argmax(axis=1)


@misconception("maxout", loses=MAXOUT_ALL)
def takes_the_lowest_line(X, W, b):
    """At -2 the two lines give -2 and 2. Which one does a maxout unit answer?"""
    return (X @ W + b).min(axis=1)


@misconception("maxout", loses=MAXOUT_ALL)
def adds_the_lines_up(X, W, b):
    """Two lines of slopes 1 and -1 cancel out. Does the formula have a sum over k?"""
    return (X @ W + b).sum(axis=1)


@misconception("maxout", loses=MAXOUT_ALL)
def keeps_the_axis(X, W, b):
    """The numbers are right, in a table of one column. Which shape does the docstring name?"""
    return (X @ W + b).max(axis=1, keepdims=True)


@misconception("maxout", loses=["test_maxout_other_lines"])
def clips_at_zero(X, W, b):
    """Yours is never negative. Is 0 one of the lines?"""
    return np.maximum(0, (X @ W + b).max(axis=1))


@misconception("maxout", loses=["test_maxout_other_lines"])
def forgets_the_biases_of_the_lines(X, W, b):  # noqa: ARG001 # b is what is forgotten
    """All your lines run through the origin. Which number moves each one?"""
    return (X @ W).max(axis=1)


@misconception("maxout", loses=["test_maxout_other_lines"])
def adds_the_largest_bias(X, W, b):
    """You take the largest product and the largest bias. Do they belong to the same line?"""
    return (X @ W).max(axis=1) + b.max()


@misconception("maxout", loses=["test_maxout_other_lines"])
def takes_the_largest_size(X, W, b):
    """Which is higher, -7 or -0.5? You look at the size without the sign."""
    return np.abs(X @ W + b).max(axis=1)


@alternative("maxout")
def keeps_the_best_so_far(X, W, b):
    """Line by line."""
    best = X @ W[:, 0] + b[0]
    for k in range(1, len(b)):
        best = np.maximum(best, X @ W[:, k] + b[k])
    return best


@alternative("maxout")
def picks_the_highest_by_place(X, W, b):
    """First the place of the highest line, then its value."""
    values = X @ W + b
    return np.take_along_axis(values, values.argmax(axis=1)[:, None], axis=1)[:, 0]

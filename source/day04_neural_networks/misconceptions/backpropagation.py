"""What goes wrong in `backpropagation`, and what is right another way."""

from autograder.catalogue import alternative, misconception
from course.gradcheck import numerical_gradient, relative_error

# --- neuron_gradients ---

NEURON_ALL = ["test_neuron_gradients", "test_neuron_gradients_other_numbers"]


def neuron_slopes(w, x, b, y):
    """The slopes of the loss and of tanh."""
    a = np.tanh(w * x + b)
    return 2 * (a - y), 1 - a**2


@misconception("neuron_gradients", loses=NEURON_ALL)
def forgets_the_slope_of_tanh(w, x, b, y):
    """You come from a straight to z. Which derivative lies between them?"""
    error, _ = neuron_slopes(w, x, b, y)
    return error * np.array([x, w, 1.0])


@misconception("neuron_gradients", loses=NEURON_ALL)
def takes_the_slope_at_z(w, x, b, y):
    """The slope of tanh is 1 minus a square. The square of which number, z or a?"""
    error, _ = neuron_slopes(w, x, b, y)
    return error * (1 - (w * x + b) ** 2) * np.array([x, w, 1.0])


@misconception("neuron_gradients", loses=NEURON_ALL)
def forgets_the_two(w, x, b, y):
    """Every number is half of what it should be. What is the derivative of a square?"""
    error, slope = neuron_slopes(w, x, b, y)
    return error / 2 * slope * np.array([x, w, 1.0])


@misconception("neuron_gradients", loses=NEURON_ALL)
def multiplies_by_its_own_factor(w, x, b, y):
    """In a product, each factor's derivative is the other one. Which one did you take for w?"""
    error, slope = neuron_slopes(w, x, b, y)
    return error * slope * np.array([w, x, 1.0])


@misconception("neuron_gradients", loses=NEURON_ALL)
def turns_the_error_round(w, x, b, y):
    """Right sizes, wrong signs. Does the loss grow or shrink if a moves away from y?"""
    error, slope = neuron_slopes(w, x, b, y)
    return -error * slope * np.array([x, w, 1.0])


@misconception("neuron_gradients", loses=NEURON_ALL)
def treats_the_bias_as_a_factor(w, x, b, y):
    """b is added, not multiplied. What is the derivative of a sum by one of its terms?"""
    error, slope = neuron_slopes(w, x, b, y)
    return error * slope * np.array([x, w, b])


@misconception("neuron_gradients", loses=["test_neuron_gradients_other_numbers"])
def counts_on_a_target_of_one(w, x, b, y):  # noqa: ARG001 # the target is what is ignored
    """In the example the target is 1. Where does y stand in your code?"""
    error, slope = neuron_slopes(w, x, b, 1.0)
    return error * slope * np.array([x, w, 1.0])


@alternative("neuron_gradients")
def multiplies_one_long_product(w, x, b, y):
    """The chain rule in one line, with 1 / cosh² for the slope."""
    z = w * x + b
    return 2 * (np.tanh(z) - y) / np.cosh(z) ** 2 * np.array([x, w, 1])


@alternative("neuron_gradients")
def goes_back_step_by_step(w, x, b, y):
    """The product wx as a number of its own."""
    a = np.tanh(w * x + b)
    dz = (2 * a - 2 * y) * (1 - a) * (1 + a)
    product_grad = bias_grad = dz
    return np.stack([product_grad * x, product_grad * w, bias_grad])


# --- forward ---

FORWARD_ALL = [
    "test_forward",
    "test_forward_cache",
    "test_forward_other_shapes",
    "test_forward_large_scores",
]


def network(params, X, hide=np.tanh):
    """Hidden values and logits."""
    hidden = hide(X @ params["W1"] + params["b1"])
    return hidden, hidden @ params["W2"] + params["b2"]


def squash(z):
    """The sigmoid."""
    return (1 + np.tanh(z / 2)) / 2


@misconception("forward", loses=FORWARD_ALL)
def leaves_the_sigmoid_out(params, X):
    """Some of your probabilities are below 0. Which step turns logits into probabilities?"""
    hidden, logits = network(params, X)
    return logits, {"X": X, "hidden": hidden, "probs": logits}


@misconception("forward", loses=["test_forward", "test_forward_cache", "test_forward_other_shapes"])
def leaves_the_tanh_out(params, X):
    """Without a bend, two layers are one. What stands between the two products?"""
    hidden, logits = network(params, X, hide=np.positive)
    return squash(logits), {"X": X, "hidden": hidden, "probs": squash(logits)}


@misconception("forward", loses=FORWARD_ALL)
def hides_behind_a_sigmoid(params, X):
    """Your hidden values all lie between 0 and 1. Which function bends the hidden units?"""
    hidden, logits = network(params, X, hide=squash)
    return squash(logits), {"X": X, "hidden": hidden, "probs": squash(logits)}


@misconception("forward", loses=FORWARD_ALL)
def ends_in_tanh(params, X):
    """An output between -1 and 1 is no probability. Which function ends between 0 and 1?"""
    hidden, logits = network(params, X)
    return np.tanh(logits), {"X": X, "hidden": hidden, "probs": np.tanh(logits)}


@misconception("forward", loses=["test_forward", "test_forward_cache", "test_forward_other_shapes"])
def forgets_the_hidden_biases(params, X):
    """Look at the row (0, 0): are its hidden values 0? Which term is missing?"""
    hidden = np.tanh(X @ params["W1"])
    probs = squash(hidden @ params["W2"] + params["b2"])
    return probs, {"X": X, "hidden": hidden, "probs": probs}


@misconception("forward", loses=["test_forward_other_shapes"])
def forgets_the_output_bias(params, X):
    """In XOR's start b2 is 0, and nobody misses it. What if it is not?"""
    hidden = np.tanh(X @ params["W1"] + params["b1"])
    probs = squash(hidden @ params["W2"])
    return probs, {"X": X, "hidden": hidden, "probs": probs}


@misconception("forward", loses=["test_forward_large_scores"])
def divides_infinity_by_infinity(params, X):
    """np.exp(1000) is inf, and inf / inf is nan. Which form of the sigmoid avoids that?"""
    hidden, logits = network(params, X)
    with np.errstate(over="ignore", invalid="ignore"):
        probs = np.exp(logits) / (1 + np.exp(logits))
    return probs, {"X": X, "hidden": hidden, "probs": probs}


@misconception("forward", loses=["test_forward_cache"])
def caches_the_sums_before_tanh(params, X):
    """Your probabilities are right. Is cache["hidden"] what comes into tanh, or what comes out?"""
    _, logits = network(params, X)
    sums = X @ params["W1"] + params["b1"]
    return squash(logits), {"X": X, "hidden": sums, "probs": squash(logits)}


@misconception("forward", loses=["test_forward_cache"])
def caches_the_logits(params, X):
    """Your probabilities are right. Are those in the cache the same?"""
    hidden, logits = network(params, X)
    return squash(logits), {"X": X, "hidden": hidden, "probs": logits}


@misconception("forward", loses=["test_forward_cache"])
def caches_the_transpose_of_x(params, X):
    """Your probabilities are right. Which shape has X in the cache?"""
    hidden, logits = network(params, X)
    return squash(logits), {"X": X.T, "hidden": hidden, "probs": squash(logits)}


@alternative("forward")
def uses_the_exponential(params, X):
    """1 / (1 + e^-z): inf in the denominator gives the 0 that is wanted."""
    hidden, logits = network(params, X)
    with np.errstate(over="ignore"):
        probs = 1 / (1 + np.exp(-logits))
    return probs, {"hidden": hidden, "probs": probs, "X": X.copy()}


@alternative("forward")
def goes_row_by_row(params, X):
    """One example at a time; more in the cache than is asked for."""
    sums = [sum(x * w for x, w in zip(row, params["W1"], strict=True)) for row in X]
    hidden = np.tanh(np.array(sums) + params["b1"])
    logits = (hidden * params["W2"].T).sum(axis=1, keepdims=True) + params["b2"]
    probs = np.where(logits > 0, 1 / (1 + np.exp(-abs(logits))), 1 - 1 / (1 + np.exp(-abs(logits))))
    return probs, {"X": X, "hidden": hidden, "probs": probs, "logits": logits}


# --- backward ---

BACKWARD_VALUES = ["test_backward", "test_backward_other_shapes", "test_backward_keeps_its_input"]


def refuse_misfits(cache, y):
    """Raise ValueError as the docstring of `backward` asks."""
    if y.shape != cache["probs"].shape:
        raise ValueError("shapes do not fit")


def gradients(params, cache, dlogits, slope):
    """The way back from given errors, with a given slope of the hidden units."""
    dz = dlogits * params["W2"][:, 0] * slope
    return {
        "W1": cache["X"].T @ dz,
        "b1": dz.sum(axis=0),
        "W2": cache["hidden"].T @ dlogits,
        "b2": dlogits.sum(axis=0),
    }


@misconception("backward", loses=BACKWARD_VALUES)
def forgets_the_slope_of_the_hidden_units(params, cache, y):
    """dW2 and db2 are right. What does tanh do to a gradient on its way back?"""
    refuse_misfits(cache, y)
    return gradients(params, cache, (cache["probs"] - y) / len(y), 1.0)


@misconception("backward", loses=BACKWARD_VALUES)
def forgets_the_square_in_the_slope(params, cache, y):
    """dW2 and db2 are right. Look at the slope of tanh: 1 minus what?"""
    refuse_misfits(cache, y)
    return gradients(params, cache, (cache["probs"] - y) / len(y), 1 - cache["hidden"])


@misconception("backward", loses=BACKWARD_VALUES)
def takes_the_slope_of_a_sigmoid(params, cache, y):
    """dW2 and db2 are right. h (1 - h) is the slope of another function: of which?"""
    refuse_misfits(cache, y)
    hidden = cache["hidden"]
    return gradients(params, cache, (cache["probs"] - y) / len(y), hidden * (1 - hidden))


@misconception("backward", loses=BACKWARD_VALUES)
def sums_over_the_examples(params, cache, y):
    """Every gradient is N times too large. Is the cost a sum over the examples, or a mean?"""
    refuse_misfits(cache, y)
    return gradients(params, cache, cache["probs"] - y, 1 - cache["hidden"] ** 2)


@misconception("backward", loses=BACKWARD_VALUES)
def subtracts_the_probability_from_the_label(params, cache, y):
    """Right sizes, wrong signs. If the label is 0, should a larger logit raise the cost?"""
    refuse_misfits(cache, y)
    return gradients(params, cache, (y - cache["probs"]) / len(y), 1 - cache["hidden"] ** 2)


@misconception("backward", loses=BACKWARD_VALUES)
def multiplies_by_the_slope_of_the_sigmoid(params, cache, y):
    """p (1 - p) belongs to a squared error. With cross-entropy, what has cancelled it?"""
    refuse_misfits(cache, y)
    probs = cache["probs"]
    dlogits = (probs - y) * probs * (1 - probs) / len(y)
    return gradients(params, cache, dlogits, 1 - cache["hidden"] ** 2)


@misconception("backward", loses=["test_backward", "test_backward_other_shapes"])
def averages_the_biases_again(params, cache, y):
    """dW1 and dW2 are right. You have divided by N already: what is left for the biases?"""
    refuse_misfits(cache, y)
    grads = gradients(params, cache, (cache["probs"] - y) / len(y), 1 - cache["hidden"] ** 2)
    return grads | {name: grads[name] / len(y) for name in ("b1", "b2")}


@misconception("backward", loses=["test_backward_other_shapes", "test_backward_keeps_its_input"])
def counts_on_four_examples(params, cache, y):
    """XOR has four rows. Where can you read how many there are?"""
    refuse_misfits(cache, y)
    return gradients(params, cache, (cache["probs"] - y) / 4, 1 - cache["hidden"] ** 2)


@misconception("backward", loses=["test_backward_keeps_its_input"])
def subtracts_inside_the_cache(params, cache, y):
    """`-=` writes into the array in the cache. Whose array is it?"""
    refuse_misfits(cache, y)
    dlogits = cache["probs"]
    dlogits -= y
    return gradients(params, cache, dlogits / len(y), 1 - cache["hidden"] ** 2)


@misconception("backward", loses=["test_backward_refuses_wrong_shapes"])
def never_compares_the_shapes(params, cache, y):
    """NumPy broadcasts without a word. Which shapes of y are no column of N labels?"""
    return gradients(params, cache, (cache["probs"] - y) / len(y), 1 - cache["hidden"] ** 2)


@misconception("backward", loses=["test_backward_refuses_wrong_shapes"])
def reshapes_the_labels(params, cache, y):
    """You make a column of any labels. What does the docstring say of a flat y?"""
    y = y.reshape(-1, 1)
    refuse_misfits(cache, y)
    return gradients(params, cache, (cache["probs"] - y) / len(y), 1 - cache["hidden"] ** 2)


@misconception("backward", loses=["test_backward_refuses_wrong_shapes"])
def counts_the_axes_only(params, cache, y):
    """You count the axes of y. How long must they be?"""
    if y.ndim != 2:
        raise ValueError("y is no column")
    return gradients(params, cache, (cache["probs"] - y) / len(y), 1 - cache["hidden"] ** 2)


@alternative("backward")
def goes_example_by_example(params, cache, y):
    """The gradients of each row, one after the other, added up."""
    refuse_misfits(cache, y)
    grads = {name: np.zeros(array.shape) for name, array in params.items()}
    for n, (x, hidden) in enumerate(zip(cache["X"], cache["hidden"], strict=True)):
        error = (cache["probs"][n, 0] - y[n, 0]) / len(y)
        dz = error * params["W2"][:, 0] * (1 - hidden * hidden)
        grads["W1"] += np.outer(x, dz)
        grads["b1"] += dz
        grads["W2"][:, 0] += error * hidden
        grads["b2"] += error
    return grads


@alternative("backward")
def divides_at_the_end(params, cache, y):
    """Sums by einsum, one division at the end."""
    if np.shape(y) != np.shape(cache["probs"]):
        raise ValueError("y")
    errors, hidden = cache["probs"] - y, cache["hidden"]
    dz = np.einsum("no,ho,nh->nh", errors, params["W2"], 1 - hidden**2)
    sums = {
        "b2": errors.sum(axis=0),
        "W2": np.einsum("nh,no->ho", hidden, errors),
        "b1": dz.sum(axis=0),
        "W1": np.einsum("nd,nh->dh", cache["X"], dz),
    }
    return {name: total / y.shape[0] for name, total in sums.items()}


# --- largest_relative_error ---

ERROR_VALUES = [
    "test_largest_relative_error",
    "test_largest_relative_error_central",
    "test_largest_relative_error_matrices",
    "test_largest_relative_error_near_zero",
    "test_largest_relative_error_integers",
    "test_largest_relative_error_keeps_its_input",
]
CENTRAL = ["test_largest_relative_error_central"]


def errors_of(f, x, analytic, h):
    """The relative error of each place."""
    n = numerical_gradient(f, x, h)
    return abs(analytic - n) / np.maximum(1e-8, abs(analytic) + abs(n))


@misconception(
    "largest_relative_error", loses=[name for name in ERROR_VALUES if name not in CENTRAL]
)
def averages_over_the_places(f, x, analytic, h=1e-5):
    """A single wrong place is lost in a mean. Which place does the docstring ask for?"""
    return float(errors_of(f, x, analytic, h).mean())


@misconception("largest_relative_error", loses=CENTRAL)
def steps_to_one_side(f, x, analytic, h=1e-5):
    """With a large h you are far off. Do you step to both sides?"""
    n = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        above = x.astype(float)
        above[place] += h
        n[place] = (f(above) - f(x.astype(float))) / h
    return float((abs(analytic - n) / np.maximum(1e-8, abs(analytic) + abs(n))).max())


@misconception(
    "largest_relative_error",
    loses=[name for name in ERROR_VALUES if not name.endswith("near_zero")],
)
def divides_by_one_step(f, x, analytic, h=1e-5):
    """Your n is twice the slope. How far apart are the two points?"""
    n = 2 * numerical_gradient(f, x, h)
    return float((abs(analytic - n) / np.maximum(1e-8, abs(analytic) + abs(n))).max())


@misconception("largest_relative_error", loses=CENTRAL)
def chooses_its_own_step(f, x, analytic, h=1e-5):  # noqa: ARG001 # the step is what is ignored
    """Your function never looks at h. What if the caller chooses another one?"""
    return float(errors_of(f, x, analytic, 1e-5).max())


@misconception("largest_relative_error", loses=ERROR_VALUES)
def reports_the_absolute_error(f, x, analytic, h=1e-5):
    """This is how far apart they are. By what is it divided?"""
    return float(abs(analytic - numerical_gradient(f, x, h)).max())


@misconception("largest_relative_error", loses=ERROR_VALUES)
def divides_by_the_larger_one(f, x, analytic, h=1e-5):
    """You divide by the larger of the two sizes. What does the formula divide by?"""
    n = numerical_gradient(f, x, h)
    return float((abs(analytic - n) / np.maximum(1e-8, np.maximum(abs(analytic), abs(n)))).max())


@misconception(
    "largest_relative_error",
    loses=[
        "test_largest_relative_error",
        "test_largest_relative_error_central",
        "test_largest_relative_error_matrices",
        "test_largest_relative_error_integers",
        "test_largest_relative_error_keeps_its_input",
    ],
)
def keeps_the_sign_of_the_difference(f, x, analytic, h=1e-5):
    """A claim that is too small counts nothing with you. Where are the bars of the formula?"""
    n = numerical_gradient(f, x, h)
    return float(((analytic - n) / np.maximum(1e-8, abs(analytic) + abs(n))).max())


@misconception("largest_relative_error", loses=["test_largest_relative_error_near_zero"])
def divides_by_almost_nothing(f, x, analytic, h=1e-5):
    """Rounding alone makes your error 1 where both are nearly 0. Which number prevents that?"""
    n = numerical_gradient(f, x, h)
    return float((abs(analytic - n) / np.maximum(1e-300, abs(analytic) + abs(n))).max())


@misconception("largest_relative_error", loses=["test_largest_relative_error_matrices"])
def looks_at_the_first_row_only(f, x, analytic, h=1e-5):
    """One index is a whole row of a matrix. Do you reach every place?"""
    errors = errors_of(f, x, analytic, h)
    return float(errors.max() if errors.ndim == 1 else errors[0].max())


@misconception("largest_relative_error", loses=["test_largest_relative_error_integers"])
def steps_inside_an_integer_array(f, x, analytic, h=1e-5):
    """x.copy() of integers holds integers. What becomes of 1 + 0.00001 in there?"""
    largest = 0.0
    for place in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[place], below[place] = x[place] + h, x[place] - h
        n = (f(above) - f(below)) / (2 * h)
        error = abs(analytic[place] - n) / max(1e-8, abs(analytic[place]) + abs(n))
        largest = max(largest, error)
    return float(largest)


@misconception("largest_relative_error", loses=["test_largest_relative_error_keeps_its_input"])
def steps_back_and_forth_in_x(f, x, analytic, h=1e-5):
    """x + h - 2h + h is not x, to the last bit. Whose array do you step in?"""
    if x.dtype.kind != "f":
        return float(errors_of(f, x, analytic, h).max())
    largest = 0.0
    for place in np.ndindex(x.shape):
        x[place] += h
        above = f(x.copy())
        x[place] -= 2 * h
        n = (above - f(x.copy())) / (2 * h)
        x[place] += h
        error = abs(analytic[place] - n) / max(1e-8, abs(analytic[place]) + abs(n))
        largest = max(largest, error)
    return float(largest)


@alternative("largest_relative_error")
def asks_the_course(f, x, analytic, h=1e-5):
    """The same from `course.gradcheck`."""
    return relative_error(analytic, numerical_gradient(f, x, h))


@alternative("largest_relative_error")
def steps_along_unit_arrays(f, x, analytic, h=1e-5):
    """One array of a single 1 for each place."""
    errors = []
    for unit in np.eye(x.size).reshape(x.size, *x.shape):
        n = (f(x + h * unit) - f(x - h * unit)) / (h + h)
        a = (analytic * unit).sum()
        errors.append(abs(a - n) / np.maximum(abs(a) + abs(n), 1e-8))
    return max(errors)


# --- train_network ---

TRAIN_ALL = [
    "test_train_network",
    "test_train_network_xor",
    "test_train_network_keeps_its_input",
]


def descend(params, cost_and_grads, learning_rate, epochs, moved=None):
    """Gradient descent on the parameters named in `moved` (default: all)."""
    history = []
    for _ in range(epochs):
        cost, grads = cost_and_grads(params)
        history.append(cost)
        params = {
            name: array - learning_rate * grads[name] * (moved is None or moved(name))
            for name, array in params.items()
        }
    return params, np.array([*history, cost_and_grads(params)[0]])


@misconception("train_network", loses=TRAIN_ALL)
def climbs(params, cost_and_grads, learning_rate, epochs):
    """The cost rises. In which direction does a gradient point?"""
    return descend(params, cost_and_grads, -learning_rate, epochs)


@misconception("train_network", loses=["test_train_network", "test_train_network_xor"])
def records_only_after_each_step(params, cost_and_grads, learning_rate, epochs):
    """Your history has one cost too few. Which one: the cost before the first step?"""
    params, history = descend(params, cost_and_grads, learning_rate, epochs)
    return params, history[1:]


@misconception("train_network", loses=["test_train_network", "test_train_network_xor"])
def repeats_the_cost_before_the_last_step(params, cost_and_grads, learning_rate, epochs):
    """Your history has the right length. Does it end with the cost *after* the last step?"""
    params, history = descend(params, cost_and_grads, learning_rate, epochs)
    return params, np.append(history[:-1], history[-2])


@misconception("train_network", loses=["test_train_network", "test_train_network_keeps_its_input"])
def returns_the_parameters_it_was_given(params, cost_and_grads, learning_rate, epochs):
    """Your history is right. Are the parameters that you return the trained ones?"""
    return params, descend(params, cost_and_grads, learning_rate, epochs)[1]


@misconception("train_network", loses=["test_train_network", "test_train_network_keeps_its_input"])
def returns_the_parameters_before_the_last_step(params, cost_and_grads, learning_rate, epochs):
    """Your history is right. How many steps have the parameters made that you return?"""
    before, _ = descend(params, cost_and_grads, learning_rate, epochs - 1)
    return before, descend(params, cost_and_grads, learning_rate, epochs)[1]


@misconception("train_network", loses=["test_train_network_xor"])
def never_moves_the_biases(params, cost_and_grads, learning_rate, epochs):
    """Biases are parameters too. Does every key of the dictionary move?"""
    return descend(
        params, cost_and_grads, learning_rate, epochs, lambda name: not name.startswith("b")
    )


@misconception("train_network", loses=["test_train_network_xor"])
def moves_one_parameter_a_step(params, cost_and_grads, learning_rate, epochs):
    """You move one parameter after the other, with new gradients each time. How many move a step?"""
    history = [cost_and_grads(params)[0]]
    for _ in range(epochs):
        for name in params:
            grads = cost_and_grads(params)[1]
            params = params | {name: params[name] - learning_rate * grads[name]}
        history.append(cost_and_grads(params)[0])
    return params, np.array(history)


@misconception("train_network", loses=TRAIN_ALL)
def asks_for_the_gradient_once(params, cost_and_grads, learning_rate, epochs):
    """All your steps are equal. Does the gradient stay the same after a step?"""
    _, grads = cost_and_grads(params)
    history = [cost_and_grads(params)[0]]
    for _ in range(epochs):
        params = {name: params[name] - learning_rate * grads[name] for name in params}
        history.append(cost_and_grads(params)[0])
    return params, np.array(history)


@misconception("train_network", loses=["test_train_network_keeps_its_input"])
def writes_into_the_callers_arrays(params, cost_and_grads, learning_rate, epochs):
    """dict(params) copies the dictionary. Does it copy the arrays in it?"""
    params, history = dict(params), []
    for _ in range(epochs):
        cost, grads = cost_and_grads(params)
        history.append(cost)
        for name in params:
            params[name] -= learning_rate * grads[name]
    return params, np.array([*history, cost_and_grads(params)[0]])


@alternative("train_network")
def copies_everything_first(params, cost_and_grads, learning_rate, epochs):
    """A deep copy may be changed in place."""
    params = {name: array.astype(float) for name, array in params.items()}
    history = np.zeros(epochs + 1)
    history[0], grads = cost_and_grads(params)
    for step in range(1, epochs + 1):
        for name in params:
            params[name] -= learning_rate * grads[name]
        history[step], grads = cost_and_grads(params)
    return params, history


@alternative("train_network")
def calls_itself(params, cost_and_grads, learning_rate, epochs):
    """One step, then the rest."""
    cost, grads = cost_and_grads(params)
    if epochs == 0:
        return params, np.array([cost])
    moved = {name: array - learning_rate * grads[name] for name, array in params.items()}
    ended, history = calls_itself(moved, cost_and_grads, learning_rate, epochs - 1)
    return ended, np.append(cost, history)


# --- initial_params ---

INITIAL_ALL = ["test_initial_params", "test_initial_params_other_sizes"]


def start_of(W1, W2):
    """A start with these weights and no biases."""
    return {"W1": W1, "b1": np.zeros(W1.shape[1]), "W2": W2, "b2": np.zeros(1)}


@misconception("initial_params", loses=INITIAL_ALL)
def starts_from_zeros(D, H, scale, rng):  # noqa: ARG001 # chance is what is missing
    """From zeros nothing ever moves. What makes hidden units differ?"""
    return start_of(np.zeros((D, H)), np.zeros((H, 1)))


@misconception("initial_params", loses=INITIAL_ALL)
def draws_one_number_for_all(D, H, scale, rng):
    """All weights are equal. How many numbers does rng.normal() draw without a size?"""
    return start_of(np.full((D, H), scale * rng.normal()), np.full((H, 1), scale * rng.normal()))


@misconception("initial_params", loses=INITIAL_ALL)
def draws_uniform_numbers(D, H, scale, rng):
    """All your weights are positive. Which distribution does the docstring name?"""
    return start_of(scale * rng.random(size=(D, H)), scale * rng.random(size=(H, 1)))


@misconception("initial_params", loses=INITIAL_ALL)
def draws_w2_first(D, H, scale, rng):
    """The numbers are in the wrong arrays. Which one is drawn first?"""
    W2 = scale * rng.normal(size=(H, 1))
    return start_of(scale * rng.normal(size=(D, H)), W2)


@misconception("initial_params", loses=INITIAL_ALL)
def draws_the_biases_too(D, H, scale, rng):
    """Your biases are random. What does the docstring say of them?"""
    params = start_of(scale * rng.normal(size=(D, H)), scale * rng.normal(size=(H, 1)))
    return params | {"b1": scale * rng.normal(size=H), "b2": scale * rng.normal(size=1)}


@misconception("initial_params", loses=["test_initial_params_other_sizes"])
def forgets_the_scale(D, H, scale, rng):  # noqa: ARG001 # the scale is what is forgotten
    """With a scale of 1 nobody notices. What do you do with it?"""
    return start_of(rng.normal(size=(D, H)), rng.normal(size=(H, 1)))


@misconception("initial_params", loses=["test_initial_params_other_sizes"])
def makes_its_own_generator(D, H, scale, rng):
    """You always draw the same numbers. Whose rng do you use?"""
    rng = np.random.default_rng(0)
    return start_of(scale * rng.normal(size=(D, H)), scale * rng.normal(size=(H, 1)))


@alternative("initial_params")
def passes_the_scale_to_normal(D, H, scale, rng):
    """A normal distribution of that width."""
    W1, W2 = (rng.normal(0.0, scale, size=shape) for shape in ((D, H), (H, 1)))
    return {"W2": W2, "W1": W1, "b1": W1[0] * 0, "b2": np.array([0.0])}


# --- Value ---


class Node:
    """A tape with parts that may be exchanged: `times` and `bend` give local derivatives."""

    def __init__(self, data, parents=(), **parts):
        self.data, self.grad = float(data), 0.0
        self.parents, self.parts = list(parents), parts

    def _new(self, data, parents):
        return Node(data, parents, **self.parts)

    def __add__(self, other):
        """Sum."""
        other = other if isinstance(other, Node) else self._new(other, ())
        return self._new(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        """Product."""
        if not isinstance(other, Node) and "by_number" in self.parts:
            return self._new(self.data * other, [(self, self.parts["by_number"])])
        other = other if isinstance(other, Node) else self._new(other, ())
        first, second = self.parts.get("times", lambda p, q: (q, p))(self.data, other.data)
        return self._new(self.data * other.data, [(self, first), (other, second)])

    __radd__, __rmul__ = __add__, __mul__

    def tanh(self):
        """Hyperbolic tangent."""
        a = np.tanh(self.data)
        slope = self.parts.get("bend", lambda _z, a: 1 - a**2)(self.data, a)
        return self._new(a, [(self, slope)])

    def backward(self):
        """Gradients, as the parts say."""
        self.parts.get("back", right_way_back)(self)


def listed(result):
    """All nodes of a graph, parents first."""
    found = []

    def visit(node):
        if node not in found:
            for parent, _ in node.parents:
                visit(parent)
            found.append(node)

    visit(result)
    return found


def right_way_back(result, order=None):
    """Hand the gradients on in an order (default: the right one)."""
    order = order or listed(result)[::-1]
    for node in order:
        node.grad = 0.0
    result.grad = 1.0
    for node in order:
        for parent, derivative in node.parents:
            parent.grad += derivative * node.grad


VALUE_ALL = [
    "test_Value",
    "test_Value_tanh",
    "test_Value_numbers",
    "test_Value_order",
    "test_Value_again",
]


@misconception("Value", loses=["test_Value", "test_Value_order", "test_Value_again"])
def overwrites_a_gradient(data):
    """Where a value is used twice, only one way counts. Which sign stands before your `=`?"""

    def back(result):
        result.grad = 1.0
        for node in listed(result)[::-1]:
            for parent, derivative in node.parents:
                parent.grad = derivative * node.grad

    return Node(data, back=back)


@misconception("Value", loses=["test_Value_order"])
def hands_on_level_by_level(data):
    """You go back level by level. May a value that is used again further down hand on already?"""

    def back(result):
        order = [result]
        for node in order:
            order += [parent for parent, _ in node.parents if parent not in order]
        right_way_back(result, order)

    return Node(data, back=back)


@misconception("Value", loses=["test_Value_order"])
def hands_on_when_first_met(data):
    """A value hands on as soon as you meet it. Is its gradient complete by then?"""

    def back(result):
        order = []

        def visit(node):
            if node not in order:
                order.append(node)
                for parent, _ in node.parents:
                    visit(parent)

        visit(result)
        right_way_back(result, order)

    return Node(data, back=back)


@misconception("Value", loses=["test_Value_order"])
def hands_on_everything_each_time(data):
    """A value that is met twice hands its first share on twice. What is new the second time?"""

    def back(result):
        for node in listed(result):
            node.grad = 0.0
        result.grad = 1.0

        def visit(node):
            for parent, derivative in node.parents:
                parent.grad += derivative * node.grad
                visit(parent)

        visit(result)

    return Node(data, back=back)


@misconception("Value", loses=["test_Value_again"])
def never_starts_anew(data):
    """The first call is right. What is left in the gradients when the second begins?"""

    def back(result):
        result.grad = 1.0
        for node in listed(result)[::-1]:
            for parent, derivative in node.parents:
                parent.grad += derivative * node.grad

    return Node(data, back=back)


@misconception("Value", loses=VALUE_ALL)
def never_starts_with_one(data):
    """All gradients are 0. What is the derivative of the result by itself?"""

    def back(result):
        for node in listed(result):
            node.grad = 0.0

    return Node(data, back=back)


@misconception("Value", loses=VALUE_ALL)
def starts_with_the_result(data):
    """You start from the value of the result. What is the derivative of the result by itself?"""

    def back(result):
        right_way_back(result)
        for node in listed(result):
            node.grad *= result.data

    return Node(data, back=back)


@misconception("Value", loses=VALUE_ALL)
def takes_its_own_factor(data):
    """In a product, each factor's derivative is the other one. Which one do you remember?"""
    return Node(data, times=lambda p, q: (p, q))


@misconception("Value", loses=["test_Value_tanh"])
def bends_at_z(data):
    """The slope of tanh is 1 minus a square. The square of which number?"""
    return Node(data, bend=lambda z, _a: 1 - z**2)


@misconception("Value", loses=["test_Value_tanh"])
def bends_without_a_slope(data):
    """tanh hands its gradient on as it is. Is its graph a straight line?"""
    return Node(data, bend=lambda _z, _a: 1.0)


@misconception("Value", loses=["test_Value_numbers", "test_Value_order"])
def copies_the_derivative_of_a_sum(data):
    """The derivative of v + 3 by v is 1. And that of v * 3?"""
    return Node(data, by_number=1.0)


@misconception("Value", loses=["test_Value_numbers", "test_Value_order"])
def forgets_parents_of_a_product_with_a_number(data):
    """3 * v comes out right, and v gets no gradient. Is v remembered as a parent?"""
    return Node(data, by_number=0.0)


@alternative("Value")
def goes_every_way_alone(data):
    """Each way from the result to a value on its own: slow in deep graphs, and right."""

    def back(result):
        for node in listed(result):
            node.grad = 0.0

        def visit(node, share):
            node.grad += share
            for parent, derivative in node.parents:
                visit(parent, derivative * share)

        visit(result, 1.0)

    return Node(data, back=back)


@alternative("Value")
def waits_until_all_have_paid(data):
    """Count who still has to pay in; hand on at zero."""

    def back(result):
        waiting = {}
        for node in listed(result):
            node.grad = 0.0
            for parent, _ in node.parents:
                waiting[parent] = waiting.get(parent, 0) + 1
        result.grad, ready = 1.0, [result]
        while ready:
            node = ready.pop()
            for parent, derivative in node.parents:
                parent.grad += derivative * node.grad
                waiting[parent] -= 1
                if waiting[parent] == 0:
                    ready.append(parent)

    return Node(data, back=back)

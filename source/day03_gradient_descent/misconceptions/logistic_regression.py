"""What goes wrong in `logistic_regression`, and what is right another way."""

import math

from autograder.catalogue import alternative, misconception

# What calls `sigmoid`, and so goes wrong with it where logits are ordinary floats.
GRAD_VALUES = [
    "test_logistic_grad",
    "test_logistic_grad_other_weights",
    "test_logistic_grad_keeps_its_input",
]
FIT_VALUES = [
    "test_fit_logistic",
    "test_fit_logistic_many_steps",
    "test_fit_logistic_history",
    "test_fit_logistic_diabetes",
]
PREDICT_ALL = [
    "test_predict_binary",
    "test_predict_binary_on_the_boundary",
    "test_predict_binary_small_logits",
    "test_predict_binary_other_thresholds",
]

# --- sigmoid ---

SIGMOID_ALL = [
    "test_sigmoid",
    "test_sigmoid_large_logits",
    "test_sigmoid_any_shape",
    "test_sigmoid_integers",
    "test_sigmoid_keeps_its_input",
]


def stable(z):
    """Give the sigmoid without overflow."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


@misconception(
    "sigmoid",
    loses=[
        *SIGMOID_ALL,
        "test_logistic_grad_other_weights",
        "test_logistic_grad_keeps_its_input",
        "test_fit_logistic_many_steps",
        "test_fit_logistic_history",
        "test_fit_logistic_diabetes",
        *PREDICT_ALL,
    ],
)
def loses_the_minus_in_the_exponent(z):
    """Your curve falls, as the misprint on the slide does. What is e^-z for a large z?"""
    return stable(-z)


@misconception("sigmoid", loses=["test_sigmoid_large_logits", "test_sigmoid_keeps_its_input"])
def divides_infinity_by_infinity(z):
    """For 800 you get nan. How large is e^z there, and what is inf / inf?"""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.exp(z) / (1 + np.exp(z))


@misconception("sigmoid", loses=["test_sigmoid_large_logits", "test_sigmoid_keeps_its_input"])
def clips_too_early(z):
    """You cut z off so that e^z stays small. Is the result for 25 still right to 10 digits?"""
    return stable(np.clip(z, -10, 10))


@misconception("sigmoid", loses=["test_sigmoid_any_shape", *GRAD_VALUES, *FIT_VALUES, *PREDICT_ALL])
def flattens_the_table(z):
    """Your numbers are right. Do they stand in the shape in which z came?"""
    return stable(z).ravel()


@misconception("sigmoid", loses=["test_sigmoid_integers"])
def fills_an_array_of_integers(z):
    """You fill an array made like z. If z holds integers, what becomes of 0.73 in it?"""
    filled = np.zeros_like(z)
    filled[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    filled[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return filled


@misconception("sigmoid", loses=["test_sigmoid_keeps_its_input"])
def clips_in_place(z):
    """You cut off -800 inside the array that you were given. Whose array is it?"""
    z[z < -500] = -500
    z[z > 500] = 500
    return 1 / (1 + np.exp(-z))


@misconception(
    "sigmoid",
    loses=[
        *SIGMOID_ALL,
        *GRAD_VALUES,
        *FIT_VALUES,
        "test_predict_binary_small_logits",
        "test_predict_binary_other_thresholds",
    ],
)
def uses_the_hyperbolic_tangent(z):
    """tanh has the same S-shape. Between which two values does it lie?"""
    return np.tanh(z)


@alternative("sigmoid")
def uses_a_scaled_tanh(z):
    """tanh, squeezed into (0, 1)."""
    return 0.5 * (1 + np.tanh(0.5 * z))


@alternative("sigmoid")
def takes_the_safe_form_and_a_warning(z):
    """1 / (1 + inf) is 0: right, with a warning."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


@alternative("sigmoid")
def uses_logaddexp(z):
    """The logarithm of the sigmoid, undone."""
    return np.exp(-np.logaddexp(0, -z))


# --- bce ---

BCE_VALUES = [
    "test_bce",
    "test_bce_other_examples",
    "test_bce_certain_answers",
    "test_bce_keeps_its_input",
]


def refuse_other_shapes(first, second):
    """Raise ValueError as the docstrings of `bce` and `accuracy` ask."""
    if first.shape != second.shape:
        raise ValueError(f"{first.shape} and {second.shape} differ")


def clip(probs):
    """Clip as the docstring of `bce` asks."""
    return np.clip(probs, 1e-12, 1 - 1e-12)


@misconception("bce", loses=BCE_VALUES)
def forgets_the_minus_signs(probs, labels):
    """Your cost is negative. Which sign has the logarithm of a probability?"""
    refuse_other_shapes(probs, labels)
    p = clip(probs)
    return (labels * np.log(p) + (1 - labels) * np.log(1 - p)).mean()


@misconception("bce", loses=BCE_VALUES)
def loses_the_first_minus(probs, labels):
    """This is the formula of one slide. Try p = 0.7 with label 1: can a cost be negative?"""
    refuse_other_shapes(probs, labels)
    p = clip(probs)
    return (labels * np.log(p) - (1 - labels) * np.log(1 - p)).mean()


@misconception("bce", loses=BCE_VALUES)
def drops_the_second_term(probs, labels):
    """Examples with label 0 cost nothing here. Which term belongs to them?"""
    refuse_other_shapes(probs, labels)
    return -(labels * np.log(clip(probs))).mean()


@misconception("bce", loses=BCE_VALUES)
def adds_up_without_a_mean(probs, labels):
    """With twice as many examples your cost is twice as large. Which word is in the docstring?"""
    refuse_other_shapes(probs, labels)
    p = clip(probs)
    return -(labels * np.log(p) + (1 - labels) * np.log(1 - p)).sum()


@misconception("bce", loses=BCE_VALUES)
def uses_log10(probs, labels):
    """Each cost is 2.3 times too small. Which logarithm is ln?"""
    refuse_other_shapes(probs, labels)
    p = clip(probs)
    return -(labels * np.log10(p) + (1 - labels) * np.log10(1 - p)).mean()


@misconception(
    "bce",
    loses=["test_bce_other_examples", "test_bce_keeps_its_input"],
)
def divides_by_three(probs, labels):
    """The example in the text has three students. How many rows come in general?"""
    refuse_other_shapes(probs, labels)
    p = clip(probs)
    return -(labels * np.log(p) + (1 - labels) * np.log(1 - p)).sum() / 3


@misconception("bce", loses=["test_bce_certain_answers", "test_bce_keeps_its_input"])
def clips_only_from_below(probs, labels):
    """ln p is safe now. Which logarithm meets a 0 when p = 1?"""
    refuse_other_shapes(probs, labels)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.maximum(probs, 1e-12)
        return (-labels * np.log(p) - (1 - labels) * np.log(1 - p)).mean()


@misconception("bce", loses=["test_bce_certain_answers", "test_bce_keeps_its_input"])
def never_clips(probs, labels):
    """0 times ln 0 is 0 on paper. What is it in NumPy, and what prevents it?"""
    refuse_other_shapes(probs, labels)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (-labels * np.log(probs) - (1 - labels) * np.log(1 - probs)).mean()


@misconception("bce", loses=["test_bce_certain_answers"])
def picks_the_term_and_never_clips(probs, labels):
    """You avoid 0 times ln 0. What does an answer cost that is certain and wrong?"""
    refuse_other_shapes(probs, labels)
    with np.errstate(divide="ignore"):
        return -np.log(np.where(labels == 1, probs, 1 - probs)).mean()


@misconception("bce", loses=["test_bce_refuses_other_shapes"])
def lets_numpy_broadcast(probs, labels):
    """(4, 1) and (4,) give a table of (4, 4), and a mean of it. Should that pass without a word?"""
    p = clip(probs)
    return -(labels * np.log(p) + (1 - labels) * np.log(1 - p)).mean()


@misconception("bce", loses=["test_bce_refuses_other_shapes"])
def compares_only_the_lengths(probs, labels):
    """(4, 1) and (4,) have equal lengths. Are their shapes equal?"""
    if len(probs) != len(labels):
        raise ValueError("lengths differ")
    p = clip(probs).ravel()
    labels = labels.ravel()
    return -(labels * np.log(p) + (1 - labels) * np.log(1 - p)).mean()


@misconception("bce", loses=["test_bce_keeps_its_input"])
def clips_the_callers_probabilities(probs, labels):
    """You clip inside the array that you were given. Does its owner know?"""
    refuse_other_shapes(probs, labels)
    np.clip(probs, 1e-12, 1 - 1e-12, out=probs)
    return -(labels * np.log(probs) + (1 - labels) * np.log(1 - probs)).mean()


@alternative("bce")
def picks_the_probability_of_the_truth(probs, labels):
    """The probability of what was true, then its logarithm."""
    refuse_other_shapes(probs, labels)
    p = clip(probs)
    return float(np.mean(-np.log(np.where(labels == 1, p, 1 - p))))


@alternative("bce")
def goes_row_by_row(probs, labels):
    """A loop is slow and right."""
    if np.shape(probs) != np.shape(labels):
        raise ValueError("shapes")
    total = 0.0
    for p, y in zip(clip(probs)[:, 0], labels[:, 0], strict=True):
        total -= math.log(p) if y == 1 else math.log(1 - p)
    return total / len(labels)


@alternative("bce")
def uses_a_matrix_product(probs, labels):
    """A row times a column is a sum."""
    if probs.shape != labels.shape:
        raise ValueError("shapes")
    p = clip(probs)
    total = labels.T @ np.log(p) + (1 - labels).T @ np.log(1 - p)
    return -total.item() / probs.shape[0]


# --- bce_from_logits ---

LOGITS_ALL = [
    "test_bce_from_logits",
    "test_bce_from_logits_huge_logits",
    "test_bce_from_logits_integer_logits",
    "test_bce_from_logits_keeps_its_input",
    "test_fit_logistic_history",
]


@misconception(
    "bce_from_logits", loses=["test_bce_from_logits", "test_bce_from_logits_huge_logits"]
)
def rounds_the_sigmoid_first(logits, labels):
    """For logit 40 you get 27.6. Where was the 40 lost: in the sigmoid, or in the logarithm?"""
    p = np.clip(stable(logits), 1e-12, 1 - 1e-12)
    return -(labels * np.log(p) + (1 - labels) * np.log(1 - p)).mean()


@misconception("bce_from_logits", loses=["test_bce_from_logits_huge_logits"])
def overflows_at_1000(logits, labels):
    """ln(1 + e^1000) is about 1000. What does e^1000 become before ln sees it?"""
    with np.errstate(over="ignore"):
        return (np.log(1 + np.exp(logits)) - logits * labels).mean()


@misconception("bce_from_logits", loses=[x for x in LOGITS_ALL if "huge" not in x])
def forgets_the_small_logarithm(logits, labels):
    """At logit 40 you are right, at logit 0 you say that nothing is lost. What is ln(1 + 1)?"""
    return (np.maximum(logits, 0) - logits * labels).mean()


@misconception("bce_from_logits", loses=LOGITS_ALL)
def turns_the_labels_round(logits, labels):
    """You charge label 0 what label 1 should pay. For which label is a large logit right?"""
    return (np.logaddexp(0, logits) - logits * (1 - labels)).mean()


@misconception("bce_from_logits", loses=LOGITS_ALL)
def adds_up_the_logit_costs(logits, labels):
    """Your cost grows with the number of rows. Which word is in the docstring?"""
    return (np.logaddexp(0, logits) - logits * labels).sum()


@misconception("bce_from_logits", loses=["test_bce_from_logits_integer_logits"])
def rounds_into_integers(logits, labels):
    """You fill an array made like the logits. If they are integers, what becomes of 0.31 in it?"""
    costs = np.empty_like(logits)
    costs[:] = np.logaddexp(0, logits) - logits * labels
    return costs.mean()


@misconception("bce_from_logits", loses=["test_bce_from_logits_keeps_its_input"])
def turns_the_callers_logits(logits, labels):
    """-z for label 1 is a good idea. Into whose array do you write it?"""
    signed = logits
    signed[labels == 1] *= -1
    return np.logaddexp(0, signed).mean()


@alternative("bce_from_logits")
def uses_numpys_logaddexp(logits, labels):
    """ln(e^0 + e^z), as NumPy has it built in."""
    return float((np.logaddexp(0, logits) - logits * labels).mean())


@alternative("bce_from_logits")
def turns_the_sign_of_the_wrong_side(logits, labels):
    """One formula, ln(1 + e^-s), for the logit s of the truth."""
    signed = np.where(labels == 1, logits, -logits).astype(float)
    return np.mean(np.maximum(-signed, 0) + np.log1p(np.exp(-np.abs(signed))))


# --- logistic_grad ---


def refuse_flat(X, labels):
    """Raise ValueError as the docstring of `logistic_grad` asks."""
    if labels.shape != (len(X), 1):
        raise ValueError("labels")


@misconception("logistic_grad", loses=[*GRAD_VALUES, *FIT_VALUES])
def subtracts_the_other_way_round(X, labels, W, b):
    """Your gradient points the other way. Which comes first, what the model says or the truth?"""
    refuse_flat(X, labels)
    errors = labels - stable(X @ W + b)
    return X.T @ errors / len(X), errors.mean()


@misconception("logistic_grad", loses=[*GRAD_VALUES, *FIT_VALUES])
def keeps_the_factor_two(X, labels, W, b):
    """Everything is twice too large. Does the 2 of the squared error belong here?"""
    refuse_flat(X, labels)
    errors = stable(X @ W + b) - labels
    return 2 * X.T @ errors / len(X), 2 * errors.mean()


@misconception("logistic_grad", loses=[*GRAD_VALUES, *FIT_VALUES])
def adds_up_the_weights_gradient(X, labels, W, b):
    """db is right and dW is N times too large. By what do you divide?"""
    refuse_flat(X, labels)
    errors = stable(X @ W + b) - labels
    return X.T @ errors, errors.mean()


@misconception(
    "logistic_grad", loses=["test_logistic_grad", "test_logistic_grad_other_weights", *FIT_VALUES]
)
def adds_up_the_bias_gradient(X, labels, W, b):
    """dW is right and db is N times too large. By what do you divide?"""
    refuse_flat(X, labels)
    errors = stable(X @ W + b) - labels
    return X.T @ errors / len(X), errors.sum()


@misconception("logistic_grad", loses=[*GRAD_VALUES, *FIT_VALUES])
def derives_the_squared_error(X, labels, W, b):
    """You multiply by p (1 - p). Does it stay when -1/p from the logarithm comes before it?"""
    refuse_flat(X, labels)
    p = stable(X @ W + b)
    errors = (p - labels) * p * (1 - p)
    return X.T @ errors / len(X), errors.mean()


@misconception("logistic_grad", loses=[*GRAD_VALUES, *FIT_VALUES])
def forgets_the_sigmoid(X, labels, W, b):
    """You subtract the truth from the logit, as for a straight line. What lies between z and p?"""
    refuse_flat(X, labels)
    errors = X @ W + b - labels
    return X.T @ errors / len(X), errors.mean()


@misconception(
    "logistic_grad",
    loses=[
        "test_logistic_grad_other_weights",
        "test_logistic_grad_keeps_its_input",
        "test_fit_logistic_many_steps",
        "test_fit_logistic_history",
        "test_fit_logistic_diabetes",
    ],
)
def leaves_the_bias_out_of_the_logit(X, labels, W, b):  # noqa: ARG001 # b is what is left out
    """With b = 0 nobody notices. What is the logit when b is 0.7?"""
    refuse_flat(X, labels)
    errors = stable(X @ W) - labels
    return X.T @ errors / len(X), errors.mean()


@misconception("logistic_grad", loses=["test_logistic_grad_refuses_flat_labels"])
def broadcasts_flat_labels(X, labels, W, b):
    """(4, 1) minus (4,) is a table of (4, 4). Which shape has your dW then?"""
    errors = stable(X @ W + b) - labels
    return X.T @ errors / len(X), errors.mean()


@misconception("logistic_grad", loses=["test_logistic_grad_keeps_its_input"])
def subtracts_inside_the_labels(X, labels, W, b):
    """np.asarray makes no copy of an array that is float already. Into whose array do you write?"""
    refuse_flat(X, labels)
    errors = np.asarray(labels, dtype=float)
    errors -= stable(X @ W + b)
    return -X.T @ errors / len(X), -errors.mean()


@alternative("logistic_grad")
def reshapes_flat_sums(X, labels, W, b):
    """Flat errors, back to a column at the end."""
    if labels.ndim != 2 or labels.shape != (X.shape[0], 1):
        raise ValueError("labels")
    errors = (stable(X @ W + b) - labels)[:, 0]
    return (X.T @ errors / len(errors)).reshape(-1, 1), float(errors.mean())


@alternative("logistic_grad")
def averages_products(X, labels, W, b):
    """Each error times its row, then the mean over the rows."""
    refuse_flat(X, labels)
    errors = 1 / (1 + np.exp(-(X @ W + b))) - labels
    return (errors * X).mean(axis=0)[:, None], np.mean(errors)


# --- fit_logistic ---


def gradients(X, labels, W, b):
    """Give dW, db and the cost."""
    z = X @ W + b
    errors = stable(z) - labels
    cost = (np.logaddexp(0, z) - z * labels).mean()
    return X.T @ errors / len(X), errors.mean(), cost


def descend(X, labels, learning_rate, epochs, sign=-1.0):
    """Descend, and give W, b and all costs."""
    W, b, costs = np.zeros((X.shape[1], 1)), 0.0, []
    for _ in range(epochs):
        dW, db, cost = gradients(X, labels, W, b)
        costs.append(cost)
        W = W + sign * learning_rate * dW
        b = b + sign * learning_rate * db
    costs.append(gradients(X, labels, W, b)[2])
    return W, b, np.array(costs)


@misconception("fit_logistic", loses=FIT_VALUES)
def climbs(X, labels, learning_rate, epochs):
    """Your cost grows from step to step. In which direction does a gradient point?"""
    return descend(X, labels, learning_rate, epochs, sign=1.0)


@misconception("fit_logistic", loses=FIT_VALUES)
def moves_the_bias_with_the_new_weights(X, labels, learning_rate, epochs):
    """Your b is moved by a gradient taken after W was moved. When should both be taken?"""
    W, b = np.zeros((X.shape[1], 1)), 0.0
    costs = [gradients(X, labels, W, b)[2]]
    for _ in range(epochs):
        W = W - learning_rate * gradients(X, labels, W, b)[0]
        b = b - learning_rate * gradients(X, labels, W, b)[1]
        costs.append(gradients(X, labels, W, b)[2])
    return W, b, np.array(costs)


@misconception("fit_logistic", loses=FIT_VALUES)
def never_moves_the_bias(X, labels, learning_rate, epochs):
    """Your b is 0 after any number of steps. What moves it?"""
    W, costs = np.zeros((X.shape[1], 1)), []
    for _ in range(epochs):
        dW, _, cost = gradients(X, labels, W, 0.0)
        costs.append(cost)
        W = W - learning_rate * dW
    costs.append(gradients(X, labels, W, 0.0)[2])
    return W, 0.0, np.array(costs)


@misconception(
    "fit_logistic",
    loses=["test_fit_logistic_many_steps", "test_fit_logistic_diabetes"],
)
def returns_the_first_step(X, labels, learning_rate, epochs):
    """After 40 steps you are where you were after 1. Where does your `return` stand?"""
    W, b, _ = descend(X, labels, learning_rate, 1)
    return W, b, descend(X, labels, learning_rate, epochs)[2]


@misconception(
    "fit_logistic",
    loses=["test_fit_logistic", "test_fit_logistic_many_steps", "test_fit_logistic_diabetes"],
)
def returns_flat_weights(X, labels, learning_rate, epochs):
    """Your weights are right. Are they a column, as the docstring has it?"""
    W, b, history = descend(X, labels, learning_rate, epochs)
    return W.ravel(), b, history


@misconception("fit_logistic", loses=["test_fit_logistic_history"])
def forgets_the_cost_at_the_start(X, labels, learning_rate, epochs):
    """After 5 steps you have 5 costs. Which one is missing: the first or the last?"""
    W, b, history = descend(X, labels, learning_rate, epochs)
    return W, b, history[1:]


@misconception("fit_logistic", loses=["test_fit_logistic_history"])
def forgets_the_cost_at_the_end(X, labels, learning_rate, epochs):
    """Your last cost belongs to the weights before the last step. How many costs are asked for?"""
    W, b, history = descend(X, labels, learning_rate, epochs)
    return W, b, history[:-1]


@misconception("fit_logistic", loses=["test_fit_logistic_history"])
def repeats_the_first_cost(X, labels, learning_rate, epochs):
    """The length is right. Is the second cost taken after the first step, or before it again?"""
    W, b, history = descend(X, labels, learning_rate, epochs)
    return W, b, np.concatenate([history[:1], history[:-1]])


@misconception("fit_logistic", loses=["test_fit_logistic_history"])
def returns_a_list_of_costs(X, labels, learning_rate, epochs):
    """The costs are right. Which type does the docstring name for the history?"""
    W, b, history = descend(X, labels, learning_rate, epochs)
    return W, b, history.tolist()


@misconception("fit_logistic", loses=["test_fit_logistic_diabetes"])
def stops_after_fifty_steps(X, labels, learning_rate, epochs):
    """Do you stop earlier than you are told? Count your steps for 120 epochs."""
    return descend(X, labels, learning_rate, min(epochs, 50))


@alternative("fit_logistic")
def appends_a_column_of_ones(X, labels, learning_rate, epochs):
    """The bias trick of day 1."""
    augmented = np.hstack([X, np.ones((len(X), 1))])
    theta, history = np.zeros((augmented.shape[1], 1)), np.empty(epochs + 1)
    for epoch in range(epochs + 1):
        z = augmented @ theta
        history[epoch] = (np.logaddexp(0, z) - z * labels).mean()
        if epoch < epochs:
            theta = theta - learning_rate * augmented.T @ (stable(z) - labels) / len(X)
    return theta[:-1], theta[-1, 0], history


@alternative("fit_logistic")
def calls_the_cost_with_probabilities(X, labels, learning_rate, epochs):
    """With ordinary logits the clipped cost is the same."""
    W, b = np.zeros((X.shape[1], 1)), 0.0
    history = [bce(sigmoid(X @ W + b), labels)]
    while len(history) <= epochs:
        dW, db = logistic_grad(X, labels, W, b)
        W, b = W - learning_rate * dW, b - learning_rate * db
        history += [bce(sigmoid(X @ W + b), labels)]
    return W, b, np.array(history)


# --- predict_binary ---


@misconception("predict_binary", loses=["test_predict_binary_on_the_boundary"])
def counts_the_boundary_as_one(X, W, b, threshold=0.5):
    """A probability of exactly 0.5 makes the difference. Is it greater than 0.5?"""
    return (stable(X @ W + b) >= threshold).astype(int)


@misconception(
    "predict_binary",
    loses=["test_predict_binary_small_logits", "test_predict_binary_other_thresholds"],
)
def compares_the_logit(X, W, b, threshold=0.5):
    """You compare z with the threshold. Is the threshold a logit or a probability?"""
    return (X @ W + b > threshold).astype(int)


@misconception("predict_binary", loses=["test_predict_binary_other_thresholds"])
def always_compares_with_one_half(X, W, b, threshold=0.5):  # noqa: ARG001 # that is the mistake
    """Your answers are the same for every threshold. Do you use it?"""
    return (stable(X @ W + b) > 0.5).astype(int)


@misconception("predict_binary", loses=["test_predict_binary_other_thresholds"])
def never_goes_below_one_half(X, W, b, threshold=0.5):
    """With threshold 0.8 you are right, with 0.2 not. Must a threshold be at least 0.5?"""
    return (stable(X @ W + b) > max(threshold, 0.5)).astype(int)


@misconception("predict_binary", loses=["test_predict_binary_other_thresholds"])
def never_goes_above_one_half(X, W, b, threshold=0.5):
    """With threshold 0.2 you are right, with 0.8 not. May a threshold lie above 0.5?"""
    return (stable(X @ W + b) > min(threshold, 0.5)).astype(int)


@misconception("predict_binary", loses=PREDICT_ALL)
def returns_probabilities(X, W, b, threshold=0.5):  # noqa: ARG001 # that is the mistake
    """These are probabilities. The question is which class you answer."""
    return stable(X @ W + b)


@misconception("predict_binary", loses=PREDICT_ALL)
def returns_booleans(X, W, b, threshold=0.5):
    """True and False are right. The docstring asks for another dtype."""
    return stable(X @ W + b) > threshold


@misconception("predict_binary", loses=PREDICT_ALL)
def answers_with_the_other_class(X, W, b, threshold=0.5):
    """You answer 1 where class 1 is improbable. On which side of the threshold is it probable?"""
    return (stable(X @ W + b) < threshold).astype(int)


@alternative("predict_binary")
def compares_logits(X, W, b, threshold=0.5):
    """The threshold turned into a logit."""
    return np.where(X @ W + b > math.log(threshold / (1 - threshold)), 1, 0)


@alternative("predict_binary")
def loops_over_rows(X, W, b, threshold=0.5):
    """Row by row."""
    probs = 1 / (1 + np.exp(-(X @ W + b)))
    return np.array([[1] if p > threshold else [0] for p in probs[:, 0]])


# --- accuracy ---


@misconception("accuracy", loses=["test_accuracy", "test_accuracy_other_answers"])
def counts_right_answers(labels, predictions):
    """This is how many answers are right. Of how many?"""
    refuse_other_shapes(labels, predictions)
    return int((labels == predictions).sum())


@misconception("accuracy", loses=["test_accuracy", "test_accuracy_other_answers"])
def gives_the_share_of_mistakes(labels, predictions):
    """Better answers give you a smaller number. Which share is asked for?"""
    refuse_other_shapes(labels, predictions)
    return (labels != predictions).mean()


@misconception("accuracy", loses=["test_accuracy", "test_accuracy_other_answers"])
def counts_only_the_ones(labels, predictions):
    """A right 0 is a right answer too. Do you count it?"""
    refuse_other_shapes(labels, predictions)
    return ((labels == 1) & (predictions == 1)).mean()


@misconception("accuracy", loses=["test_accuracy_other_answers"])
def divides_by_ten(labels, predictions):
    """The example in the text has ten patients. How many come in general?"""
    refuse_other_shapes(labels, predictions)
    return (labels == predictions).sum() / 10


@misconception("accuracy", loses=["test_accuracy_other_answers"])
def rounds_to_two_digits(labels, predictions):
    """Round when you print, not when you compute: which digits are lost?"""
    refuse_other_shapes(labels, predictions)
    return round(float((labels == predictions).mean()), 2)


@misconception("accuracy", loses=["test_accuracy_refuses_other_shapes"])
def compares_everyone_with_everyone(labels, predictions):
    """(4, 1) == (4,) is a table of (4, 4). Should its mean pass for an accuracy?"""
    return (labels == predictions).mean()


@misconception("accuracy", loses=["test_accuracy_refuses_other_shapes"])
def flattens_both(labels, predictions):
    """Flat arrays can be compared. Does the docstring let another shape pass without a word?"""
    return (labels.ravel() == predictions.ravel()).mean()


@alternative("accuracy")
def subtracts_the_distance(labels, predictions):
    """One minus the share of differences."""
    if labels.shape != predictions.shape:
        raise ValueError("shapes")
    return 1 - np.abs(labels - predictions).mean()


@alternative("accuracy")
def counts_and_divides(labels, predictions):
    """A count, divided by the number of rows."""
    if np.shape(labels) != np.shape(predictions):
        raise ValueError("shapes")
    return sum(int(a == b) for a, b in zip(labels[:, 0], predictions[:, 0], strict=True)) / len(
        labels
    )


# --- confusion_counts ---

COUNTS_ALL = ["test_confusion_counts", "test_confusion_counts_nobody_found"]


def four(labels, predictions):
    """Give tp, fp, fn, tn."""
    return tuple(
        int(((labels == label) & (predictions == answer)).sum())
        for label, answer in ((1, 1), (0, 1), (1, 0), (0, 0))
    )


@misconception("confusion_counts", loses=COUNTS_ALL)
def swaps_the_two_mistakes(labels, predictions):
    """fp and fn have changed places. What did the test say to a false positive: 1 or 0?"""
    tp, fp, fn, tn = four(labels, predictions)
    return tp, fn, fp, tn


@misconception("confusion_counts", loses=COUNTS_ALL)
def lets_the_right_answers_come_first(labels, predictions):
    """The four counts are right. In which order does the docstring ask for them?"""
    tp, fp, fn, tn = four(labels, predictions)
    return tp, tn, fp, fn


@misconception("confusion_counts", loses=COUNTS_ALL)
def takes_class_0_for_positive(labels, predictions):
    """You count the healthy as positive. Which class is the positive one?"""
    return four(1 - labels, 1 - predictions)


@misconception("confusion_counts", loses=COUNTS_ALL)
def gives_shares(labels, predictions):
    """These are shares of all rows. The docstring asks for counts."""
    return tuple(count / len(labels) for count in four(labels, predictions))


@misconception("confusion_counts", loses=["test_confusion_counts_nobody_found"])
def relies_on_every_case(labels, predictions):
    """np.bincount stops at the largest case that it meets. What if nobody is a true positive?"""
    counts = np.bincount((2 * labels + predictions).ravel())
    return tuple(int(counts[min(case, len(counts) - 1)]) for case in (3, 1, 2, 0))


@misconception("confusion_counts", loses=COUNTS_ALL)
def ignores_the_labels(labels, predictions):
    """You count the answers 1 and 0. Which of them are right?"""
    found = int((predictions == 1).sum())
    ill = int((labels == 1).sum())
    return found, 0, ill, len(labels) - found


@alternative("confusion_counts")
def counts_with_bincount(labels, predictions):
    """Four cases, numbered 0 to 3."""
    tn, fp, fn, tp = np.bincount((2 * labels + predictions).ravel(), minlength=4).tolist()
    return tp, fp, fn, tn


@alternative("confusion_counts")
def subtracts_from_totals(labels, predictions):
    """tp by a product, the rest by subtraction."""
    tp = (labels * predictions).sum()
    fp, fn = predictions.sum() - tp, labels.sum() - tp
    return tp, fp, fn, len(labels) - tp - fp - fn

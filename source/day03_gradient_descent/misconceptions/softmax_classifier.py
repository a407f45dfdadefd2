"""What goes wrong in `softmax_classifier`, and what is right another way."""

import io

from autograder.catalogue import alternative, misconception

# --- one_vs_rest_scores ---

SCORES_ALL = [
    "test_one_vs_rest_scores",
    "test_one_vs_rest_scores_integers",
    "test_one_vs_rest_scores_as_many_examples_as_classes",
]


@misconception("one_vs_rest_scores", loses=SCORES_ALL)
def leaves_the_biases_out(X, W, b):  # noqa: ARG001 # b is what is forgotten
    """All your lines run through (0, 0). Which term of the formula moves them away?"""
    return X.astype(float) @ W.T


@misconception("one_vs_rest_scores", loses=SCORES_ALL)
def takes_the_biases_for_thresholds(X, W, b):
    """The last step by hand was "... - 15", and the bias is -15. Is it added or subtracted?"""
    return X.astype(float) @ W.T - b


@misconception("one_vs_rest_scores", loses=SCORES_ALL)
def reshapes_instead_of_transposing(X, W, b):
    """Print W.reshape(2, 3) beside W.T: the shapes agree. Do the rows become columns in both?"""
    return X.astype(float) @ W.reshape(W.shape[1], W.shape[0]) + b


@misconception("one_vs_rest_scores", loses=SCORES_ALL)
def puts_a_sigmoid_on_top(X, W, b):
    """Your numbers lie between 0 and 1. Does the docstring ask for scores or probabilities?"""
    return 1 / (1 + np.exp(-np.clip(X.astype(float) @ W.T + b, -500, 500)))


@misconception("one_vs_rest_scores", loses=SCORES_ALL)
def answers_yes_or_no(X, W, b):
    """You say on which side of the line a point lies. How far from it is what the score tells."""
    return (X.astype(float) @ W.T + b > 0).astype(float)


@misconception("one_vs_rest_scores", loses=SCORES_ALL)
def gives_all_classifiers_one_bias(X, W, b):
    """Each classifier has its own bias. Which one do you add to all of them?"""
    return X.astype(float) @ W.T + b[0]


@misconception("one_vs_rest_scores", loses=["test_one_vs_rest_scores_integers"])
def stays_with_integers(X, W, b):
    """Small integers overflow, and your result is one. Which dtype does the docstring name?"""
    return X @ W.T + b


@misconception("one_vs_rest_scores", loses=["test_one_vs_rest_scores_as_many_examples_as_classes"])
def adds_a_bias_to_each_example(X, W, b):
    """With as many examples as classes no shape complains. Is the bias of a row or of a column?"""
    scores = X.astype(float) @ W.T
    return scores + b[:, None] if len(X) == len(b) else scores + b


@misconception("one_vs_rest_scores", loses=["test_one_vs_rest_scores_as_many_examples_as_classes"])
def multiplies_without_transposing(X, W, b):
    """You transpose only if the shapes ask for it. What if W is square?"""
    X = X.astype(float)
    return (X @ W if X.shape[1] == W.shape[0] else X @ W.T) + b


@alternative("one_vs_rest_scores")
def scores_one_classifier_at_a_time(X, W, b):
    """One column for each classifier."""
    X = np.asarray(X, dtype=float)
    return np.column_stack([X @ row + bias for row, bias in zip(W, b, strict=True)])


@alternative("one_vs_rest_scores")
def uses_the_three_by_three_matrix(X, W, b):
    """The slide's way: a column of ones, and b as the last column of W."""
    with_one = np.hstack([X, np.ones((len(X), 1))])
    return with_one @ np.column_stack([W, b]).T


# --- predict_proba ---

PROBS_ALL = [
    "test_predict_proba",
    "test_predict_proba_large_scores",
    "test_predict_proba_other_shapes",
]
PROBS_SMALL = ["test_predict_proba", "test_predict_proba_other_shapes"]


def shifted_exp(scores):
    """Exponentials that cannot overflow."""
    return np.exp(scores - scores.max(axis=1, keepdims=True))


@misconception("predict_proba", loses=["test_predict_proba_large_scores"])
def overflows(X, W, b):
    """e to the power of 1000 is inf, and inf / inf is nan. What can you subtract beforehand?"""
    with np.errstate(all="ignore"):
        exp = np.exp(X @ W + b)
        return exp / exp.sum(axis=1, keepdims=True)


@misconception("predict_proba", loses=["test_predict_proba_large_scores"])
def subtracts_one_maximum_for_all(X, W, b):
    """You subtract the largest score of the whole table. What is left of a row far below it?"""
    scores = X @ W + b
    with np.errstate(all="ignore"):
        exp = np.exp(scores - scores.max())
        return exp / exp.sum(axis=1, keepdims=True)


@misconception("predict_proba", loses=["test_predict_proba_large_scores"])
def clips_the_scores(X, W, b):
    """Clipping avoids the overflow, but 1000 and 1010 become equal. Does softmax allow that?"""
    exp = np.exp(np.clip(X @ W + b, -500, 500))
    return exp / exp.sum(axis=1, keepdims=True)


@misconception("predict_proba", loses=PROBS_ALL)
def lets_the_examples_compete(X, W, b):
    """Your columns add up to 1. Who competes with whom: classes, or examples?"""
    scores = X @ W + b
    exp = np.exp(scores - scores.max(axis=0))
    return exp / exp.sum(axis=0)


@misconception("predict_proba", loses=PROBS_ALL)
def divides_by_the_sum_of_the_table(X, W, b):
    """Your whole table adds up to 1. What should add up to 1?"""
    exp = shifted_exp(X @ W + b)
    return exp / exp.sum()


@misconception("predict_proba", loses=PROBS_ALL)
def asks_three_sigmoids(X, W, b):
    """Each of your classes is alone: a row does not add up to 1. Which function lets them meet?"""
    return 1 / (1 + np.exp(-np.clip(X @ W + b, -500, 500)))


@misconception("predict_proba", loses=PROBS_SMALL)
def forgets_the_biases(X, W, b):  # noqa: ARG001 # b is what is forgotten
    """For x = 0 all your classes are equally probable. Which term of the scores is missing?"""
    exp = shifted_exp(X @ W)
    return exp / exp.sum(axis=1, keepdims=True)


@misconception("predict_proba", loses=PROBS_ALL)
def returns_the_logarithms(X, W, b):
    """A probability is never negative. What do you return instead?"""
    exp = shifted_exp(X @ W + b)
    with np.errstate(divide="ignore"):
        return np.log(exp / exp.sum(axis=1, keepdims=True))


@misconception("predict_proba", loses=PROBS_ALL)
def rounds_as_on_the_slide(X, W, b):
    """The slide prints one digit for the reader. Should a function throw the others away?"""
    exp = shifted_exp(X @ W + b)
    return (exp / exp.sum(axis=1, keepdims=True)).round(1)


@misconception("predict_proba", loses=["test_predict_proba_other_shapes"])
def uses_the_first_three_inputs(X, W, b):
    """Your scores stop after three inputs. How many has a row in general?"""
    exp = shifted_exp(X[:, :3] @ W[:3] + b)
    return exp / exp.sum(axis=1, keepdims=True)


@alternative("predict_proba")
def subtracts_the_log_of_the_sum(X, W, b):
    """The exponential of log-softmax."""
    scores = X @ W + b
    return np.exp(scores - np.logaddexp.reduce(scores, axis=1)[:, None])


@alternative("predict_proba")
def goes_row_by_row(X, W, b):
    """One row after the other."""
    rows = []
    for x in X:
        exp = [np.exp(s - max(x @ W + b)) for s in x @ W + b]
        rows.append([value / sum(exp) for value in exp])
    return np.array(rows)


# --- fit_softmax ---

FIT_VALUES = [
    "test_fit_softmax",
    "test_fit_softmax_other_sizes",
    "test_fit_softmax_class_without_examples",
    "test_fit_softmax_penalty",
    "test_fit_softmax_large_scores",
    "test_fit_softmax_zoo",
]
FIT_HISTORY = [
    "test_fit_softmax",
    "test_fit_softmax_penalty",
    "test_fit_softmax_large_scores",
    "test_fit_softmax_zoo",
]


def log_softmax(scores):
    """Logarithms of the probabilities."""
    return scores - np.logaddexp.reduce(scores, axis=1)[:, None]


def one_hot_rows(labels, n_classes):
    """One-hot rows, or a ValueError as the docstring asks."""
    if min(labels) < 0 or max(labels) >= n_classes:
        raise ValueError("label")
    return np.eye(n_classes)[labels]


def descend(
    X,
    labels,
    n_classes,
    learning_rate,
    epochs,
    reg=0.0,
    *,
    one_hot=None,
    loss=lambda logs, Y: -(Y * logs).sum() / len(Y),
    error=lambda logs, Y: (np.exp(logs) - Y) / len(Y),
    penalty=lambda W, b: (W**2).sum(),  # noqa: ARG005 # one mistake penalises b
    pull=lambda W: 2 * W,
    pull_on_b=lambda b: 0 * b,
    log_of=log_softmax,
):
    """Gradient descent with one part to exchange for each mistake."""
    Y = one_hot_rows(labels, n_classes) if one_hot is None else one_hot
    W, b = np.zeros((X.shape[1], Y.shape[1])), np.zeros(Y.shape[1])
    history = []
    with np.errstate(all="ignore"):
        for step in range(epochs + 1):
            logs = log_of(X @ W + b)
            history.append(loss(logs, Y) + reg * penalty(W, b))
            if step < epochs:
                E = error(logs, Y)
                W = W - learning_rate * (X.T @ E + reg * pull(W))
                b = b - learning_rate * (E.sum(axis=0) + reg * pull_on_b(b))
    return W, b, np.array(history)


@misconception("fit_softmax", loses=FIT_VALUES)
def sums_over_the_examples(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Your loss begins at N times log C. Is it a sum or a mean over the examples?"""
    return descend(
        X,
        labels,
        n_classes,
        learning_rate,
        epochs,
        reg,
        loss=lambda logs, Y: -(Y * logs).sum(),
        error=lambda logs, Y: np.exp(logs) - Y,
    )


@misconception("fit_softmax", loses=FIT_VALUES)
def forgets_the_mean_in_the_gradient(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """The loss is a mean, and your steps are N times too long. What is E divided by?"""
    return descend(
        X, labels, n_classes, learning_rate, epochs, reg, error=lambda logs, Y: np.exp(logs) - Y
    )


@misconception("fit_softmax", loses=FIT_VALUES)
def divides_by_the_number_of_classes(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """You take the mean of the whole table. It has N rows and C columns: which number counts?"""
    return descend(
        X,
        labels,
        n_classes,
        learning_rate,
        epochs,
        reg,
        loss=lambda logs, Y: -(Y * logs).mean(),
        error=lambda logs, Y: (np.exp(logs) - Y) / Y.size,
    )


@misconception("fit_softmax", loses=FIT_VALUES)
def walks_uphill(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Your loss rises at every step. Is E the probability minus the truth, or the reverse?"""
    return descend(
        X,
        labels,
        n_classes,
        learning_rate,
        epochs,
        reg,
        error=lambda logs, Y: (Y - np.exp(logs)) / len(Y),
    )


@misconception(
    "fit_softmax",
    loses=[
        "test_fit_softmax",
        "test_fit_softmax_penalty",
        "test_fit_softmax_large_scores",
        "test_fit_softmax_zoo",
    ],
)
def takes_another_logarithm(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """With W = 0 and 3 classes the loss is 1.0986. Which logarithm gives your number?"""
    return descend(
        X,
        labels,
        n_classes,
        learning_rate,
        epochs,
        reg,
        loss=lambda logs, Y: -(Y * logs).sum() / len(Y) / np.log(2),
    )


@misconception(
    "fit_softmax",
    loses=[
        "test_fit_softmax",
        "test_fit_softmax_other_sizes",
        "test_fit_softmax_class_without_examples",
    ],
)
def steps_once_more_than_it_records(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """The history is right, but W and b belong to a loss that is not in it. When do you stop?"""
    history = descend(X, labels, n_classes, learning_rate, epochs, reg)[2]
    W, b, _ = descend(X, labels, n_classes, learning_rate, epochs + 1, reg)
    return W, b, history


@misconception("fit_softmax", loses=FIT_HISTORY)
def records_after_the_step_only(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Your history is one value short. Where is the loss before the first step?"""
    W, b, history = descend(X, labels, n_classes, learning_rate, epochs, reg)
    return W, b, history[1:]


@misconception(
    "fit_softmax",
    loses=[
        "test_fit_softmax",
        "test_fit_softmax_other_sizes",
        "test_fit_softmax_penalty",
        "test_fit_softmax_large_scores",
        "test_fit_softmax_zoo",
    ],
)
def computes_the_gradient_once(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """The first step is right, and all others repeat it. Which lines belong into the loop?"""
    Y = one_hot_rows(labels, n_classes)
    first = (1 / n_classes - Y) / len(Y)
    return descend(X, labels, n_classes, learning_rate, epochs, reg, error=lambda _logs, _Y: first)


@misconception(
    "fit_softmax",
    loses=["test_fit_softmax_other_sizes", "test_fit_softmax_class_without_examples"],
)
def returns_w_with_a_row_for_each_class(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Is W of shape (D, C) or (C, D) in this part? The docstring settles it."""
    W, b, history = descend(X, labels, n_classes, learning_rate, epochs, reg)
    return W.T.copy(), b, history


@misconception(
    "fit_softmax",
    loses=[
        "test_fit_softmax",
        "test_fit_softmax_other_sizes",
        "test_fit_softmax_penalty",
        "test_fit_softmax_large_scores",
        "test_fit_softmax_zoo",
    ],
)
def never_moves_the_biases(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Your b is still 0 at the end. By hand it became 1/30, 1/30 and -1/15."""
    Y, W, history = one_hot_rows(labels, n_classes), np.zeros((X.shape[1], n_classes)), []
    for step in range(epochs + 1):
        logs = log_softmax(X @ W)
        history.append(-(Y * logs).sum() / len(Y) + reg * (W**2).sum())
        if step < epochs:
            W = W - learning_rate * (X.T @ (np.exp(logs) - Y) / len(Y) + 2 * reg * W)
    return W, np.zeros(n_classes), np.array(history)


@misconception(
    "fit_softmax",
    loses=[
        "test_fit_softmax",
        "test_fit_softmax_other_sizes",
        "test_fit_softmax_penalty",
        "test_fit_softmax_large_scores",
        "test_fit_softmax_zoo",
    ],
)
def moves_b_with_the_new_w(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """You compute E once more between the two updates. The text says: both use the same E."""
    Y = one_hot_rows(labels, n_classes)
    W, b, history = np.zeros((X.shape[1], n_classes)), np.zeros(n_classes), []
    for step in range(epochs + 1):
        logs = log_softmax(X @ W + b)
        history.append(-(Y * logs).sum() / len(Y) + reg * (W**2).sum())
        if step < epochs:
            W = W - learning_rate * (X.T @ (np.exp(logs) - Y) / len(Y) + 2 * reg * W)
            b = b - learning_rate * (np.exp(log_softmax(X @ W + b)) - Y).mean(axis=0)
    return W, b, np.array(history)


@misconception("fit_softmax", loses=["test_fit_softmax_class_without_examples"])
def counts_the_classes_it_sees(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """You count the classes in the labels. Why does the caller pass n_classes?"""
    one_hot_rows(labels, n_classes)
    seen = labels.max() + 1
    return descend(X, labels, seen, learning_rate, epochs, reg)


@misconception("fit_softmax", loses=["test_fit_softmax_class_without_examples"])
def renumbers_the_classes(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """A class without examples is skipped, and those behind it move up. Whose column is whose?"""
    one_hot_rows(labels, n_classes)
    renumbered = np.unique(labels, return_inverse=True)[1]
    return descend(X, renumbered, n_classes, learning_rate, epochs, reg)


@misconception("fit_softmax", loses=["test_fit_softmax_penalty"])
def penalises_the_loss_alone(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """The penalty is in your history, but W does not shrink. What is its gradient?"""
    return descend(X, labels, n_classes, learning_rate, epochs, reg, pull=lambda W: 0 * W)


@misconception("fit_softmax", loses=["test_fit_softmax_penalty"])
def leaves_the_penalty_out_of_the_history(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """The steps are right. Does the docstring's history hold the penalty or not?"""
    return descend(X, labels, n_classes, learning_rate, epochs, reg, penalty=lambda _W, _b: 0.0)


@misconception("fit_softmax", loses=["test_fit_softmax_penalty"])
def forgets_the_two(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """The penalty is reg * sum(W**2). What is the derivative of a square?"""
    return descend(X, labels, n_classes, learning_rate, epochs, reg, pull=lambda W: W)


@misconception("fit_softmax", loses=["test_fit_softmax_penalty"])
def penalises_the_bias_too(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Your biases shrink as well. What does the docstring say of the bias?"""
    return descend(
        X,
        labels,
        n_classes,
        learning_rate,
        epochs,
        reg,
        penalty=lambda W, b: (W**2).sum() + (b**2).sum(),
        pull_on_b=lambda b: 2 * b,
    )


@misconception("fit_softmax", loses=["test_fit_softmax_penalty"])
def takes_the_mean_of_the_penalty(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """The cross-entropy is a mean over N. Does the formula divide the penalty by N as well?"""
    return descend(X, labels, n_classes, learning_rate, epochs, reg / len(X))


@misconception("fit_softmax", loses=["test_fit_softmax_penalty"])
def ignores_reg(X, labels, n_classes, learning_rate, epochs, reg=0.0):  # noqa: ARG001
    """reg changes nothing in your answer. Where does it enter the loss and the step?"""
    return descend(X, labels, n_classes, learning_rate, epochs)


@misconception("fit_softmax", loses=["test_fit_softmax_large_scores"])
def takes_exp_of_the_raw_scores(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Your history ends in nan. How large do scores become, and what is e to that power?"""

    def log_of(scores):
        exp = np.exp(scores)
        return np.log(exp / exp.sum(axis=1, keepdims=True))

    return descend(X, labels, n_classes, learning_rate, epochs, reg, log_of=log_of)


@misconception("fit_softmax", loses=["test_fit_softmax_large_scores"])
def takes_the_log_of_a_rounded_zero(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """A hopeless probability is rounded to 0. What is its logarithm? See "One trap" above."""
    return descend(
        X,
        labels,
        n_classes,
        learning_rate,
        epochs,
        reg,
        loss=lambda logs, Y: -np.log(np.exp(logs)[Y == 1]).mean(),
    )


@misconception("fit_softmax", loses=["test_fit_softmax_large_scores"])
def adds_a_little_inside_the_log(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Your loss is never above 28, however wrong the scores are. What did you add to p?"""
    return descend(
        X,
        labels,
        n_classes,
        learning_rate,
        epochs,
        reg,
        loss=lambda logs, Y: -np.log(np.exp(logs)[Y == 1] + 1e-12).mean(),
    )


@misconception("fit_softmax", loses=["test_fit_softmax_refuses_bad_labels"])
def lets_minus_one_pass(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """An index of -1 counts from the end, without a word. Do you look at the smallest label?"""
    if labels.max() >= n_classes:
        raise ValueError("label")
    return descend(
        X, labels, n_classes, learning_rate, epochs, reg, one_hot=np.eye(n_classes)[labels]
    )


@misconception("fit_softmax", loses=["test_fit_softmax_refuses_bad_labels"])
def refuses_negative_labels_alone(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """With n_classes = 3, is 3 a label? NumPy objects too, but with another error."""
    if labels.min() < 0:
        raise ValueError("label")
    return descend(
        X, labels, n_classes, learning_rate, epochs, reg, one_hot=np.eye(n_classes)[labels]
    )


@alternative("fit_softmax")
def uses_the_probabilities_of_part_two(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Calls the function of part 2 for the step, and logaddexp for the loss."""
    if not set(labels.tolist()) <= set(range(n_classes)):
        raise ValueError("label")
    rows = np.arange(len(X))
    W, b = np.zeros((X.shape[1], n_classes)), np.zeros(n_classes)

    def loss():
        scores = X @ W + b
        best = scores.max(axis=1)
        spread = np.log(np.exp(scores - best[:, None]).sum(axis=1))
        return (best + spread - scores[rows, labels]).mean() + reg * np.sum(W * W)

    history = [loss()]
    for _ in range(epochs):
        error = predict_proba(X, W, b)
        error[rows, labels] -= 1
        W = W - learning_rate * (X.T @ error / len(X) + 2 * reg * W)
        b = b - learning_rate * error.mean(axis=0)
        history.append(loss())
    return W, b, np.array(history)


@alternative("fit_softmax")
def uses_the_bias_trick(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """One matrix with b as its last row; the penalty spares that row."""
    Y = one_hot_rows(labels, n_classes)
    with_one = np.hstack([X, np.ones((len(X), 1))])
    both = np.zeros((with_one.shape[1], n_classes))
    history = []
    for step in range(epochs + 1):
        logs = log_softmax(with_one @ both)
        history.append(-logs[Y == 1].mean() + reg * (both[:-1] ** 2).sum())
        if step < epochs:
            gradient = with_one.T @ (np.exp(logs) - Y) / len(X)
            gradient[:-1] += 2 * reg * both[:-1]
            both = both - learning_rate * gradient
    return both[:-1], both[-1], np.array(history)


# --- parse_zoo ---

ZOO_ALL = ["test_parse_zoo", "test_parse_zoo_other_tables"]
RAGGED = "test_parse_zoo_refuses_ragged_rows"


def number_rows(text):
    """The rows of numbers, without comments."""
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    return [[float(part) for part in line.split(",")] for line in lines if line]


@misconception("parse_zoo", loses=ZOO_ALL)
def keeps_the_type_as_an_input(text):
    """X tells the classifier the answer: its last column is the type. What should be left out?"""
    table = np.array(number_rows(text))
    return table, table[:, -1].astype(int)


@misconception("parse_zoo", loses=ZOO_ALL)
def takes_the_first_number_for_the_type(text):
    """Which end of a row holds the type?"""
    table = np.array(number_rows(text))
    return table[:, 1:], table[:, 0].astype(int)


@misconception("parse_zoo", loses=["test_parse_zoo"])
def leaves_the_labels_as_floats(text):
    """A label will be an index, and 3.0 cannot be one. Which dtype do you return?"""
    table = np.array(number_rows(text))
    return table[:, :-1], table[:, -1]


@misconception("parse_zoo", loses=["test_parse_zoo"])
def counts_the_types_it_sees(text):
    """Crab is of type 6, but you say 3. Were you asked to number the types anew?"""
    table = np.array(number_rows(text))
    return table[:, :-1], np.unique(table[:, -1], return_inverse=True)[1].reshape(-1)


@misconception("parse_zoo", loses=[*ZOO_ALL, RAGGED])
def skips_only_lines_that_begin_with_a_comment(text):
    """The line of the bear is not read. May a comment stand behind the numbers?"""
    rows = [
        [float(part) if part.strip() else 0.0 for part in line.split(",")]
        for line in text.splitlines()
        if "#" not in line
    ]
    width = len(rows[0])
    table = np.array([(row + [0.0] * width)[:width] for row in rows])
    return table[:, :-1], table[:, -1].astype(int)


@misconception("parse_zoo", loses=["test_parse_zoo", "test_parse_zoo_other_tables"])
def takes_the_first_line_for_a_header(text):
    """You always drop one row more. Is the first row of numbers a heading?"""
    table = np.array(number_rows(text)[1:] or [[0.0, 0.0]])
    return table[:, :-1], table[:, -1].astype(int)


@misconception("parse_zoo", loses=["test_parse_zoo_other_tables"])
def cuts_off_fractions(text):
    """What does your answer make of 0.5?"""
    table = np.array([[float(int(value)) for value in row] for row in number_rows(text)])
    return table[:, :-1], table[:, -1].astype(int)


@misconception("parse_zoo", loses=["test_parse_zoo_other_tables"])
def squeezes_a_single_row(text):
    """With one animal X loses an axis. Which shape does the docstring promise?"""
    table = np.array(number_rows(text))
    return table[:, :-1].squeeze(), table[:, -1].astype(int)


@misconception("parse_zoo", loses=[RAGGED])
def cuts_all_rows_to_the_shortest(text):
    """A row that is too short makes you drop numbers of all others. Who will ever notice?"""
    table = np.array(list(zip(*number_rows(text), strict=False))).T
    return table[:, :-1], table[:, -1].astype(int)


@misconception("parse_zoo", loses=[RAGGED])
def lays_the_numbers_in_one_line(text):
    """If one row is short and another one long, the total still fits. Is the table right then?"""
    rows = number_rows(text)
    table = np.array([value for row in rows for value in row]).reshape(len(rows), -1)
    return table[:, :-1], table[:, -1].astype(int)


@alternative("parse_zoo")
def asks_numpy_to_read(text):
    """np.loadtxt knows comments, blank lines and ragged rows; ndmin keeps a single row a row."""
    table = np.loadtxt(io.StringIO(text), delimiter=",", comments="#", ndmin=2)
    return table[:, :-1], table[:, -1].astype(int)


@alternative("parse_zoo")
def separates_while_reading(text):
    """Two lists, one pass."""
    X, labels = [], []
    for line in text.splitlines():
        data, *_ = line.split("#", 1)
        if not data.strip():
            continue
        *traits, kind = (float(part) for part in data.split(","))
        if X and len(traits) != len(X[0]):
            raise ValueError("ragged")
        X.append(traits)
        labels.append(int(kind))
    return np.array(X), np.array(labels)


# --- distinct_split ---

SPLIT_ALL = ["test_distinct_split", "test_distinct_split_whole_zoo"]


def group_numbers(X):
    """Numbers of the groups, in the order of their first rows."""
    numbers = {}
    return np.array([numbers.setdefault(tuple(row), len(numbers)) for row in X.tolist()])


def refuse_every(every):
    """Raise ValueError as the docstring of `distinct_split` asks."""
    if every < 2:
        raise ValueError("every")


@misconception("distinct_split", loses=SPLIT_ALL)
def counts_rows_instead_of_groups(X, every=5):
    """Row 0 and row 2 are equal. Are they on one side of your split?"""
    refuse_every(every)
    rows = np.arange(len(X))
    return rows[rows % every != 0], rows[rows % every == 0]


@misconception("distinct_split", loses=SPLIT_ALL)
def numbers_the_groups_by_size_of_values(X, every=5):
    """np.unique sorts. In which order does the docstring number the groups?"""
    refuse_every(every)
    group = np.unique(X, axis=0, return_inverse=True)[1].reshape(-1)
    return np.flatnonzero(group % every != 0), np.flatnonzero(group % every == 0)


@misconception("distinct_split", loses=["test_distinct_split"])
def drops_copies_from_training(X, every=5):
    """Row 4 is nowhere in your split. Does the docstring ask you to throw copies away?"""
    refuse_every(every)
    group = group_numbers(X)
    first = np.unique(group, return_index=True)[1]
    return first[group[first] % every != 0], np.flatnonzero(group % every == 0)


@misconception("distinct_split", loses=SPLIT_ALL)
def drops_copies_from_the_test(X, every=5):
    """Rows 2 and 6 are nowhere in your split. Does the docstring ask you to throw copies away?"""
    refuse_every(every)
    group = group_numbers(X)
    first = np.unique(group, return_index=True)[1]
    return np.flatnonzero(group % every != 0), first[group[first] % every == 0]


@misconception("distinct_split", loses=SPLIT_ALL)
def gives_the_rows_in_falling_order(X, every=5):
    """The right rows are there. In which order does the docstring ask for them?"""
    refuse_every(every)
    group = group_numbers(X)
    return np.flatnonzero(group % every != 0)[::-1], np.flatnonzero(group % every == 0)[::-1]


@misconception("distinct_split", loses=SPLIT_ALL)
def exchanges_the_two_sides(X, every=5):
    """Your first array is the smaller part. Which of the two comes first?"""
    refuse_every(every)
    group = group_numbers(X)
    return np.flatnonzero(group % every == 0), np.flatnonzero(group % every != 0)


@misconception("distinct_split", loses=SPLIT_ALL)
def numbers_the_groups_from_one(X, every=5):
    """Bear, lion and wolf are group 0, and so in the test. With which number do you begin?"""
    refuse_every(every)
    group = group_numbers(X) + 1
    return np.flatnonzero(group % every != 0), np.flatnonzero(group % every == 0)


@misconception("distinct_split", loses=["test_distinct_split_whole_zoo"])
def remembers_the_row_before_only(X, every=5):
    """Equal rows need not be neighbours, nor lie two rows apart. How far back do you look?"""
    refuse_every(every)
    group = [0]
    for n in range(1, len(X)):
        near = [group[k] for k in range(max(0, n - 4), n) if (X[k] == X[n]).all()]
        group.append(near[0] if near else max(group) + 1)
    group = np.array(group)
    return np.flatnonzero(group % every != 0), np.flatnonzero(group % every == 0)


@misconception("distinct_split", loses=["test_distinct_split_refuses_every_1"])
def leaves_nothing_for_training(X, every=5):
    """With every=1 your training part is empty. What should happen instead?"""
    group = group_numbers(X)
    return np.flatnonzero(group % every != 0), np.flatnonzero(group % every == 0)


@alternative("distinct_split")
def compares_all_rows_with_all(X, every=5):
    """A table of equal rows; argmax finds the first of them."""
    if every <= 1:
        raise ValueError("every")
    first = (X[:, None, :] == X[None, :, :]).all(axis=2).argmax(axis=1)
    group = np.searchsorted(np.unique(first), first)
    rows = np.arange(len(X))
    return rows[group % every > 0], rows[group % every == 0]


@alternative("distinct_split")
def collects_lists_of_rows(X, every=5):
    """A dictionary from row to its row numbers."""
    if every < 2:
        raise ValueError("every")
    members = {}
    for n, row in enumerate(X.tolist()):
        members.setdefault(tuple(row), []).append(n)
    sides = ([], [])
    for number, rows in enumerate(members.values()):
        sides[number % every == 0].extend(rows)
    return np.array(sorted(sides[0])), np.array(sorted(sides[1]))


# --- confusion_matrix ---

CONFUSION_ALL = ["test_confusion_matrix", "test_confusion_matrix_absent_classes"]


def refuse_other_shapes(labels, predicted):
    """Raise ValueError as the docstring of `confusion_matrix` asks."""
    if labels.shape != predicted.shape:
        raise ValueError("shapes")


@misconception("confusion_matrix", loses=CONFUSION_ALL)
def exchanges_rows_and_columns(labels, predicted, n_classes):
    """Your table is mirrored. Does a row hold one true class or one predicted class?"""
    refuse_other_shapes(labels, predicted)
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(matrix, (predicted, labels), 1)
    return matrix


@misconception("confusion_matrix", loses=CONFUSION_ALL)
def counts_each_pair_once(labels, predicted, n_classes):
    """`matrix[labels, predicted] += 1` adds 1 to each place *once*. Does a pair occur twice?"""
    refuse_other_shapes(labels, predicted)
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    matrix[labels, predicted] += 1
    return matrix


@misconception("confusion_matrix", loses=CONFUSION_ALL)
def turns_counts_into_shares(labels, predicted, n_classes):
    """Your rows add up to 1. Does the docstring ask for counts or for shares?"""
    refuse_other_shapes(labels, predicted)
    matrix = np.zeros((n_classes, n_classes))
    np.add.at(matrix, (labels, predicted), 1)
    return matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)


@misconception("confusion_matrix", loses=CONFUSION_ALL)
def counts_mistakes_only(labels, predicted, n_classes):
    """Your diagonal is empty. Where do the right answers go?"""
    refuse_other_shapes(labels, predicted)
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(matrix, (labels, predicted), 1)
    return matrix - np.diag(np.diag(matrix))


@misconception("confusion_matrix", loses=["test_confusion_matrix_absent_classes"])
def makes_room_for_what_occurs(labels, predicted, n_classes):  # noqa: ARG001
    """Your table grows with the labels. Which shape does the docstring promise?"""
    refuse_other_shapes(labels, predicted)
    size = max(labels.max(), predicted.max()) + 1
    matrix = np.zeros((size, size), dtype=int)
    np.add.at(matrix, (labels, predicted), 1)
    return matrix


@misconception("confusion_matrix", loses=["test_confusion_matrix_absent_classes"])
def numbers_the_classes_that_occur(labels, predicted, n_classes):
    """Classes that do not occur are skipped, and the others move up. Is row 4 still class 4?"""
    refuse_other_shapes(labels, predicted)
    seen = np.unique(np.concatenate([labels, predicted]))
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(matrix, (np.searchsorted(seen, labels), np.searchsorted(seen, predicted)), 1)
    return matrix


@misconception("confusion_matrix", loses=["test_confusion_matrix_refuses_other_shapes"])
def compares_the_lengths(labels, predicted, n_classes):
    """(5,) and (5, 1) have equal lengths. Do they have equal shapes?"""
    if len(labels) != len(predicted):
        raise ValueError("lengths")
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(matrix, (labels, predicted), 1)
    return matrix


@misconception("confusion_matrix", loses=["test_confusion_matrix_refuses_other_shapes"])
def stops_at_the_shorter_one(labels, predicted, n_classes):
    """zip stops at the shorter of two lists, without a word. Are all labels counted?"""
    if labels.ndim != predicted.ndim:
        raise ValueError("axes")
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for true, answer in zip(labels, predicted, strict=False):
        matrix[true, answer] += 1
    return matrix


@alternative("confusion_matrix")
def multiplies_one_hot_rows(labels, predicted, n_classes):
    """One-hot of the truth, transposed, times one-hot of the answers."""
    if np.shape(labels) != np.shape(predicted):
        raise ValueError("shapes")
    one_hot = np.eye(n_classes, dtype=int)
    return one_hot[labels].T @ one_hot[predicted]


@alternative("confusion_matrix")
def counts_pairs_as_numbers(labels, predicted, n_classes):
    """Each pair as one number, counted by bincount."""
    if labels.shape != predicted.shape:
        raise ValueError("shapes")
    pairs = labels * n_classes + predicted
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes)

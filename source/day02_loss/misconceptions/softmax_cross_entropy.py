"""What goes wrong in `softmax_cross_entropy`, and what is right another way."""

import math

from autograder.catalogue import alternative, misconception

# --- softmax ---

SOFTMAX_ALL = [
    "test_softmax",
    "test_softmax_large_scores",
    "test_softmax_always_stable",
    "test_softmax_more_axes",
    "test_softmax_keeps_its_input",
]


@misconception("softmax", loses=["test_softmax_large_scores", "test_softmax_always_stable"])
def takes_the_formula_as_it_stands(scores):
    """For small scores this is right. What is np.exp(1000.0), and what is inf / inf?"""
    with np.errstate(all="ignore"):
        exponentials = np.exp(scores)
        return exponentials / exponentials.sum(axis=-1, keepdims=True)


@misconception(
    "softmax",
    loses=[
        "test_softmax",
        "test_softmax_always_stable",
        "test_softmax_more_axes",
        "test_softmax_keeps_its_input",
    ],
)
def divides_by_the_sum_of_the_whole_table(scores):
    """All your probabilities together sum to 1. Which of them should?"""
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum()


@misconception(
    "softmax",
    loses=[
        "test_softmax",
        "test_softmax_always_stable",
        "test_softmax_more_axes",
        "test_softmax_keeps_its_input",
    ],
)
def works_down_the_columns(scores):
    """Each column sums to 1. Does a column belong to an example, or to a class?"""
    exponentials = np.exp(scores - scores.max(axis=0))
    return exponentials / exponentials.sum(axis=0)


@misconception(
    "softmax",
    loses=[
        "test_softmax",
        "test_softmax_always_stable",
        "test_softmax_more_axes",
        "test_softmax_keeps_its_input",
    ],
)
def loses_the_summed_axis(scores):
    """Print the shape of your sums. Does broadcasting attach (N,) to the rows or to the columns?"""
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1)


@misconception("softmax", loses=["test_softmax", "test_softmax_large_scores"])
def expects_a_table(scores):
    """A table works. What is the number of the last axis if there is only one?"""
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=max(1, scores.ndim - 1), keepdims=True)


@misconception("softmax", loses=["test_softmax_more_axes"])
def takes_the_second_axis_for_the_last(scores):
    """Examples and tables are right. Which axis is the last one if there are three?"""
    axis = min(1, scores.ndim - 1)
    exponentials = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


@misconception("softmax", loses=SOFTMAX_ALL)
def divides_the_scores_themselves(scores):
    """Your numbers sum to 1, but some may be negative. Which step comes before the division?"""
    with np.errstate(all="ignore"):
        return scores / scores.sum(axis=-1, keepdims=True)


@misconception("softmax", loses=SOFTMAX_ALL)
def forgets_to_divide(scores):
    """The largest value of each row is 1. What should the sum of a row be?"""
    return np.exp(scores - scores.max(axis=-1, keepdims=True))


@misconception("softmax", loses=["test_softmax_always_stable"])
def subtracts_the_mean(scores):
    """With the mean subtracted, how large can a score still be? Try 2000, 0 and 0."""
    with np.errstate(all="ignore"):
        exponentials = np.exp(scores - scores.mean(axis=-1, keepdims=True))
        return exponentials / exponentials.sum(axis=-1, keepdims=True)


@misconception("softmax", loses=["test_softmax_always_stable"])
def subtracts_the_largest_of_the_table(scores):
    """You subtract one number from the whole table. What is left of a row far below the others?"""
    with np.errstate(all="ignore"):
        exponentials = np.exp(scores - scores.max())
        return exponentials / exponentials.sum(axis=-1, keepdims=True)


@misconception("softmax", loses=["test_softmax_large_scores", "test_softmax_always_stable"])
def cuts_large_scores_off(scores):
    """Scores of 1010 and 1000 become equal where you cut them off. May the order be lost?"""
    exponentials = np.exp(np.clip(scores, -500, 500))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


@misconception("softmax", loses=["test_softmax_large_scores"])
def stores_into_an_array_of_integers(scores):
    """Which dtype has an array like the scores, if these are integers? What becomes of 0.99?"""
    probs = np.zeros_like(scores)
    probs[...] = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probs[...] = probs / probs.sum(axis=-1, keepdims=True)
    return probs


@misconception("softmax", loses=["test_softmax_keeps_its_input"])
def subtracts_in_place(scores):
    """`-=` writes into the array that you were given. Whose array is it?"""
    scores -= scores.max(axis=-1, keepdims=True)
    exponentials = np.exp(scores)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


@alternative("softmax")
def transposes_twice(scores):
    """The last axis becomes the first, and broadcasting needs no keepdims."""
    turned = np.moveaxis(np.asarray(scores, dtype=float), -1, 0)
    exponentials = np.exp(turned - turned.max(axis=0))
    return np.moveaxis(exponentials / exponentials.sum(axis=0), 0, -1)


@alternative("softmax")
def takes_differences_of_logarithms(scores):
    """The exponential of log-softmax."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return np.exp(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


@alternative("softmax")
def goes_example_by_example(scores):
    """A loop is slow and right."""
    rows = np.asarray(scores, dtype=float).reshape(-1, scores.shape[-1])
    probs = []
    for row in rows:
        exponentials = [math.exp(score - max(row)) for score in row]
        probs.append([value / sum(exponentials) for value in exponentials])
    return np.array(probs).reshape(scores.shape)


# --- one_hot ---

ONE_HOT_VALUES = ["test_one_hot", "test_one_hot_missing_classes"]


def refuse_other_labels(labels, n_classes):
    """Raise ValueError as the docstring of `one_hot` asks."""
    if ((labels < 0) | (labels >= n_classes)).any():
        raise ValueError("no such class")


@misconception("one_hot", loses=ONE_HOT_VALUES)
def counts_labels_from_one(labels, n_classes):
    """Label 0 is not in your first column. With which number do the labels begin?"""
    refuse_other_labels(labels, n_classes)
    return np.eye(n_classes)[labels - 1]


@misconception("one_hot", loses=ONE_HOT_VALUES)
def marks_the_wrong_classes(labels, n_classes):
    """Each row has one 0, and its other numbers are 1. Which number marks the true class?"""
    refuse_other_labels(labels, n_classes)
    return 1 - np.eye(n_classes)[labels]


@misconception("one_hot", loses=["test_one_hot_missing_classes"])
def renumbers_the_classes_it_finds(labels, n_classes):
    """Labels 1 and 3 become 0 and 1 in your answer. May a batch lack a class?"""
    refuse_other_labels(labels, n_classes)
    return np.eye(n_classes)[np.unique(labels, return_inverse=True)[1]]


@misconception("one_hot", loses=["test_one_hot_missing_classes"])
def counts_the_classes_of_the_batch(labels, n_classes):
    """How many columns do you make if the largest class is absent? Which argument tells?"""
    refuse_other_labels(labels, n_classes)
    return np.eye(labels.max() + 1)[labels]


@misconception("one_hot", loses=ONE_HOT_VALUES)
def makes_integers(labels, n_classes):
    """The numbers are right. Which dtype does the docstring name?"""
    refuse_other_labels(labels, n_classes)
    return np.eye(n_classes, dtype=int)[labels]


@misconception("one_hot", loses=ONE_HOT_VALUES)
def lays_the_examples_in_columns(labels, n_classes):
    """Your answer has a row for each class. What should a row stand for?"""
    refuse_other_labels(labels, n_classes)
    return np.eye(n_classes)[:, labels]


@misconception("one_hot", loses=["test_one_hot_labels_that_are_no_class"])
def lets_unknown_labels_be(labels, n_classes):
    """A label that is no class gives a row of zeros here. What does the docstring ask for?"""
    return (labels[:, None] == np.arange(n_classes)).astype(float)


@misconception("one_hot", loses=["test_one_hot_labels_that_are_no_class"])
def refuses_only_large_labels(labels, n_classes):
    """Labels that are too large are refused. Where does index -1 point in NumPy?"""
    if labels.max() >= n_classes:
        raise ValueError("no such class")
    return np.eye(n_classes)[labels]


@misconception("one_hot", loses=["test_one_hot_labels_that_are_no_class"])
def refuses_only_negative_labels(labels, n_classes):
    """Negative labels are refused. Three classes are 0, 1 and 2: is there a class 3?"""
    if labels.min() < 0:
        raise ValueError("no such class")
    return (labels[:, None] == np.arange(n_classes)) * 1.0


@alternative("one_hot")
def writes_ones_by_index(labels, n_classes):
    """Start from zeros, write N ones with two index arrays."""
    refuse_other_labels(labels, n_classes)
    rows = np.zeros((len(labels), n_classes))
    rows[np.arange(len(labels)), labels] = 1
    return rows


@alternative("one_hot")
def compares_with_all_classes(labels, n_classes):
    """Broadcasting compares each label with each class."""
    if not np.isin(labels, np.arange(n_classes)).all():
        raise ValueError("no such class")
    return (labels[:, None] == np.arange(n_classes)).astype(float)


# --- cross_entropy ---

CROSS_ENTROPY_ALL = [
    "test_cross_entropy",
    "test_cross_entropy_zero_times_log_zero",
    "test_cross_entropy_not_one_hot",
]


@misconception("cross_entropy", loses=CROSS_ENTROPY_ALL)
def loses_the_minus(p, q):
    """Your loss is negative. Which sign has the logarithm of a probability?"""
    counts = p > 0
    with np.errstate(divide="ignore"):
        return np.sum(p[counts] * np.log(q[counts]))


@misconception("cross_entropy", loses=CROSS_ENTROPY_ALL)
def takes_the_decimal_logarithm(p, q):
    """All your values are 2.3 times too small, as on a public slide. Which base has your log?"""
    counts = p > 0
    with np.errstate(divide="ignore"):
        return -np.sum(p[counts] * np.log10(q[counts]))


@misconception("cross_entropy", loses=CROSS_ENTROPY_ALL)
def swaps_truth_and_prediction(p, q):
    """H(L, S) and H(S, L) have changed places. Which of the two stands in the logarithm?"""
    counts = q > 0
    with np.errstate(divide="ignore"):
        return -np.sum(q[counts] * np.log(p[counts]))


@misconception("cross_entropy", loses=["test_cross_entropy_zero_times_log_zero"])
def multiplies_zero_by_infinity(p, q):
    """What is 0 * np.log(0) on a computer, and what should such a class add?"""
    with np.errstate(all="ignore"):
        return -np.sum(p * np.log(q))


@misconception("cross_entropy", loses=["test_cross_entropy"])
def leaves_impossible_classes_out(p, q):
    """You skip every class with q = 0. What if its p is greater than 0?"""
    counts = q > 0
    return -np.sum(p[counts] * np.log(q[counts]))


@misconception("cross_entropy", loses=["test_cross_entropy"])
def replaces_infinity_by_a_large_number(p, q):
    """An infinite loss became a number with 308 digits. Should infinity be mended here?"""
    with np.errstate(all="ignore"):
        return -np.sum(np.nan_to_num(p * np.log(q)))


@misconception(
    "cross_entropy",
    loses=["test_cross_entropy", "test_cross_entropy_not_one_hot"],
)
def looks_at_the_likeliest_class(p, q):
    """You use one class. What if the truth gives other classes a share too?"""
    with np.errstate(divide="ignore"):
        return -np.log(q[np.argmax(p)])


@misconception("cross_entropy", loses=["test_cross_entropy_not_one_hot"])
def subtracts_the_entropy_of_the_truth(p, q):
    """For a one-hot truth this is right. Is log(p) part of the formula?"""
    counts = p > 0
    with np.errstate(divide="ignore"):
        return np.sum(p[counts] * np.log(p[counts] / q[counts]))


@alternative("cross_entropy")
def uses_where(p, q):
    """Zero where p is 0, the product elsewhere."""
    with np.errstate(all="ignore"):
        return np.where(p == 0, 0.0, -p * np.log(q)).sum()


@alternative("cross_entropy")
def adds_term_by_term(p, q):
    """A loop with the two special cases in words."""
    total = 0.0
    for truth, prediction in zip(p.tolist(), q.tolist(), strict=True):
        if truth > 0:
            total += math.inf if prediction == 0 else -truth * math.log(prediction)
    return total


# --- cross_entropy_error ---

ERROR_ALL = [
    "test_cross_entropy_error",
    "test_cross_entropy_error_impossible_truth",
    "test_cross_entropy_error_not_one_hot",
    "test_cross_entropy_error_another_delta",
    "test_cross_entropy_error_keeps_its_input",
]


@misconception("cross_entropy_error", loses=ERROR_ALL)
def forgets_the_minus_sign(probs, target, delta=1e-7):
    """Your error is below 0, and the better the answer, the larger. Which sign is missing?"""
    return np.sum(target * np.log(probs + delta))


@misconception("cross_entropy_error", loses=ERROR_ALL)
def uses_log10(probs, target, delta=1e-7):
    """All your values are 2.3 times too small. Which base has your logarithm?"""
    return -np.sum(target * np.log10(probs + delta))


@misconception("cross_entropy_error", loses=ERROR_ALL)
def averages_over_the_classes(probs, target, delta=1e-7):
    """Your error is divided by the number of classes. Is there a mean in the formula?"""
    return -np.mean(target * np.log(probs + delta))


@misconception(
    "cross_entropy_error",
    loses=[
        "test_cross_entropy_error",
        "test_cross_entropy_error_not_one_hot",
        "test_cross_entropy_error_another_delta",
        "test_cross_entropy_error_keeps_its_input",
    ],
)
def exchanges_target_and_prediction(probs, target, delta=1e-7):
    """One of the two stands inside the logarithm. Which one?"""
    return -np.sum(probs * np.log(target + delta))


@misconception(
    "cross_entropy_error",
    loses=[
        "test_cross_entropy_error",
        "test_cross_entropy_error_impossible_truth",
        "test_cross_entropy_error_not_one_hot",
        "test_cross_entropy_error_another_delta",
    ],
)
def skips_the_delta(probs, target, delta=1e-7):  # noqa: ARG001 # delta is what is skipped
    """What is your error if the true class has probability 0? Which argument prevents that?"""
    with np.errstate(all="ignore"):
        products = target * np.log(probs)
        return -np.sum(np.where(target == 0, 0.0, products))


@misconception("cross_entropy_error", loses=["test_cross_entropy_error_another_delta"])
def knows_only_one_delta(probs, target, delta=1e-7):  # noqa: ARG001 # delta is ignored
    """Your delta is always 1e-7. What if a caller asks for another one?"""
    return -np.sum(target * np.log(probs + 1e-7))


@misconception(
    "cross_entropy_error",
    loses=["test_cross_entropy_error_not_one_hot"],
)
def looks_at_the_target_class_only(probs, target, delta=1e-7):
    """You use a single class. What if the target gives a share to several?"""
    return -np.log(probs[np.argmax(target)] + delta)


@misconception(
    "cross_entropy_error",
    loses=[
        "test_cross_entropy_error",
        "test_cross_entropy_error_impossible_truth",
        "test_cross_entropy_error_not_one_hot",
        "test_cross_entropy_error_another_delta",
        "test_cross_entropy_error_keeps_its_input",
    ],
)
def looks_at_the_predicted_class(probs, target, delta=1e-7):  # noqa: ARG001 # so is the mistake
    """A confident wrong answer costs you little. Which class counts: the likeliest, or the true?"""
    return -np.log(probs.max() + delta)


@misconception("cross_entropy_error", loses=["test_cross_entropy_error_impossible_truth"])
def counts_only_classes_with_a_probability(probs, target, delta=1e-7):
    """An impossible true class costs you nothing. Did you leave it out of the sum?"""
    counts = probs > 0
    return -np.sum(target[counts] * np.log(probs[counts] + delta))


@misconception("cross_entropy_error", loses=["test_cross_entropy_error_keeps_its_input"])
def adds_delta_in_place(probs, target, delta=1e-7):
    """`+=` writes into the array that you were given. Whose array is it?"""
    probs += delta
    return -np.sum(target * np.log(probs))


@alternative("cross_entropy_error")
def uses_the_inner_product(probs, target, delta=1e-7):
    """A sum of products is an inner product."""
    return float(target @ -np.log(probs + delta))


@alternative("cross_entropy_error")
def adds_class_by_class(probs, target, delta=1e-7):
    """A loop is slow and right."""
    return sum(-t * math.log(y + delta) for y, t in zip(probs, target, strict=True))


# --- cross_entropy_batch ---

BATCH_ALL = [
    "test_cross_entropy_batch",
    "test_cross_entropy_batch_no_loops",
    "test_cross_entropy_batch_as_many_examples_as_classes",
    "test_cross_entropy_batch_another_delta",
]


@misconception("cross_entropy_batch", loses=BATCH_ALL)
def adds_the_examples_up(probs, labels, delta=1e-7):
    """Twice as many examples, twice the loss. Does the docstring say sum or mean?"""
    return -np.log(probs[np.arange(len(labels)), labels] + delta).sum()


@misconception("cross_entropy_batch", loses=BATCH_ALL)
def divides_by_the_number_of_classes_too(probs, labels, delta=1e-7):
    """Your mean runs over N times C numbers. Over which should it run?"""
    return -(np.eye(probs.shape[1])[labels] * np.log(probs + delta)).mean()


@misconception("cross_entropy_batch", loses=BATCH_ALL)
def picks_whole_columns(probs, labels, delta=1e-7):
    """Print the shape of what you pick. One number from each row, or whole columns?"""
    return -np.log(probs[:, labels] + delta).mean()


@misconception("cross_entropy_batch", loses=BATCH_ALL)
def takes_the_logarithm_of_the_mean(probs, labels, delta=1e-7):
    """You average the probabilities first. Which comes first, the logarithm or the mean?"""
    return -np.log(probs[np.arange(len(labels)), labels].mean() + delta)


@misconception("cross_entropy_batch", loses=BATCH_ALL)
def leaves_the_minus_out(probs, labels, delta=1e-7):
    """Your loss is negative. Which sign has the logarithm of a probability?"""
    return np.log(probs[np.arange(len(labels)), labels] + delta).mean()


@misconception("cross_entropy_batch", loses=BATCH_ALL)
def scores_the_predicted_class(probs, labels, delta=1e-7):  # noqa: ARG001 # so is the mistake
    """You never look at the labels. How can the loss know which class is true?"""
    return -np.log(probs.max(axis=1) + delta).mean()


@misconception("cross_entropy_batch", loses=BATCH_ALL)
def exchanges_the_two_indices(probs, labels, delta=1e-7):
    """In probs[first, second], which of the two is the example, and which the class?"""
    return -np.log(probs[labels, np.arange(len(labels))] + delta).mean()


@misconception(
    "cross_entropy_batch",
    loses=[
        "test_cross_entropy_batch_no_loops",
        "test_cross_entropy_batch_as_many_examples_as_classes",
        "test_cross_entropy_batch_another_delta",
    ],
)
def counts_on_four_examples(probs, labels, delta=1e-7):
    """The four examples come out right. By which number do you divide if there are more?"""
    return -np.log(probs[np.arange(len(labels)), labels] + delta).sum() / 4


@misconception("cross_entropy_batch", loses=["test_cross_entropy_batch_another_delta"])
def does_without_delta(probs, labels, delta=1e-7):  # noqa: ARG001 # delta is what is missing
    """What is your loss if one true class has probability 0? Which argument prevents that?"""
    with np.errstate(divide="ignore"):
        return -np.log(probs[np.arange(len(labels)), labels]).mean()


@misconception("cross_entropy_batch", loses=["test_cross_entropy_batch_another_delta"])
def raises_small_probabilities_to_delta(probs, labels, delta=1e-7):
    """You replace small probabilities by delta. Does the docstring say replace, or add?"""
    return -np.log(np.maximum(probs[np.arange(len(labels)), labels], delta)).mean()


@misconception("cross_entropy_batch", loses=["test_cross_entropy_batch_no_loops"])
def goes_row_by_row(probs, labels, delta=1e-7):
    """The value is right. Which two index arrays do the work of your loop?"""
    losses = [-np.log(row[label] + delta) for row, label in zip(probs, labels, strict=True)]
    return sum(losses) / len(losses)


@alternative("cross_entropy_batch")
def multiplies_by_one_hot_rows(probs, labels, delta=1e-7):
    """One-hot rows, a sum over the classes, a mean over the examples."""
    target = np.eye(probs.shape[1])[labels]
    return -np.sum(target * np.log(probs + delta)) / probs.shape[0]


@alternative("cross_entropy_batch")
def takes_along_the_axis(probs, labels, delta=1e-7):
    """np.take_along_axis picks from each row."""
    return float(np.mean(-np.log(np.take_along_axis(probs, labels[:, None], axis=1) + delta)))


# --- log_softmax ---

LOG_SOFTMAX_ALL = ["test_log_softmax", "test_log_softmax_any_size"]


@misconception("log_softmax", loses=["test_log_softmax_any_size"])
def takes_the_logarithm_of_softmax(scores):
    """Softmax rounds a small probability to 0. What is its logarithm then? Simplify on paper."""
    with np.errstate(divide="ignore"):
        return np.log(softmax(scores))


@misconception("log_softmax", loses=LOG_SOFTMAX_ALL)
def patches_softmax_with_delta(scores):
    """No value of yours is below -16.1. Which number is still hidden in there?"""
    return np.log(softmax(scores) + 1e-7)


@misconception("log_softmax", loses=["test_log_softmax_any_size"])
def sums_without_a_shift(scores):
    """The logarithm is simplified, but the sum overflows. What can you subtract first?"""
    with np.errstate(all="ignore"):
        return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


@misconception("log_softmax", loses=["test_log_softmax_any_size"])
def shifts_by_the_largest_of_all(scores):
    """You shift the whole table by one number. What is left of a row far below the others?"""
    with np.errstate(all="ignore"):
        shifted = scores - scores.max()
        return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@misconception("log_softmax", loses=LOG_SOFTMAX_ALL)
def shifts_only_inside_the_sum(scores):
    """You subtract m in one place of the formula. In how many does it stand?"""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@misconception("log_softmax", loses=LOG_SOFTMAX_ALL)
def loses_the_axis_of_the_sum(scores):
    """Print the shape of your sums. In a square table, do they go with the rows or the columns?"""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1))


@misconception("log_softmax", loses=LOG_SOFTMAX_ALL)
def leaves_the_logarithm_out(scores):
    """Division becomes subtraction under a logarithm. Of what do you subtract the logarithm?"""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.exp(shifted).sum(axis=1, keepdims=True)


@misconception("log_softmax", loses=LOG_SOFTMAX_ALL)
def turns_the_sign(scores):
    """All your values are positive. Can the logarithm of a probability be?"""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted


@alternative("log_softmax")
def adds_the_largest_back(scores):
    """Log-sum-exp first, with the largest score added back."""
    largest = scores.max(axis=1, keepdims=True)
    return scores - (largest + np.log(np.exp(scores - largest).sum(axis=1, keepdims=True)))


@alternative("log_softmax")
def reduces_with_logaddexp(scores):
    """NumPy's logaddexp adds two exponentials under a logarithm, shift included."""
    scores = scores.astype(float)
    return scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)


# --- softmax_loss ---

LOSS_VALUES = ["test_softmax_loss", "test_softmax_loss_ten_classes", "test_softmax_loss_any_size"]


def refuse_other_shapes(scores, labels):
    """Raise ValueError as the docstring of `softmax_loss` asks."""
    if labels.shape != (len(scores),):
        raise ValueError("one label for each example")


def losses_by_log_softmax(scores, labels):
    """Give the loss of each example, computed right."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_probs[np.arange(len(labels)), labels]


@misconception("softmax_loss", loses=LOSS_VALUES)
def sums_over_the_examples(scores, labels):
    """Twice as many examples, twice the loss. Does the docstring say sum or mean?"""
    refuse_other_shapes(scores, labels)
    return losses_by_log_softmax(scores, labels).sum()


@misconception("softmax_loss", loses=LOSS_VALUES)
def divides_by_the_classes(scores, labels):
    """Three images with three classes come out right. By which of the two numbers do you divide?"""
    refuse_other_shapes(scores, labels)
    return losses_by_log_softmax(scores, labels).sum() / scores.shape[1]


@misconception("softmax_loss", loses=LOSS_VALUES)
def flips_the_sign(scores, labels):
    """Your loss is negative. Which sign has the logarithm of a probability?"""
    refuse_other_shapes(scores, labels)
    return -losses_by_log_softmax(scores, labels).mean()


@misconception("softmax_loss", loses=LOSS_VALUES)
def computes_with_log10(scores, labels):
    """All your values are 2.3 times too small. Which base has your logarithm?"""
    refuse_other_shapes(scores, labels)
    return losses_by_log_softmax(scores, labels).mean() / np.log(10)


@misconception(
    "softmax_loss", loses=["test_softmax_loss_ten_classes", "test_softmax_loss_any_size"]
)
def expects_the_labels_in_order(scores, labels):
    """The three images have the labels 0, 1 and 2. What if the labels stand in another order?"""
    refuse_other_shapes(scores, labels)
    return losses_by_log_softmax(scores, np.arange(len(labels)) % scores.shape[1]).mean()


@misconception("softmax_loss", loses=LOSS_VALUES)
def scores_the_largest(scores, labels):
    """You never look at the labels. How can the loss know which class is true?"""
    refuse_other_shapes(scores, labels)
    return losses_by_log_softmax(scores, scores.argmax(axis=1)).mean()


@misconception("softmax_loss", loses=["test_softmax_loss_any_size"])
def logs_a_stable_softmax(scores, labels):
    """Softmax rounds a small probability to 0. What is its logarithm then?"""
    refuse_other_shapes(scores, labels)
    with np.errstate(divide="ignore"):
        return -np.log(softmax(scores)[np.arange(len(labels)), labels]).mean()


@misconception("softmax_loss", loses=LOSS_VALUES)
def adds_a_delta(scores, labels):
    """You never go above 16.1. What did the delta cure, and at what price?"""
    refuse_other_shapes(scores, labels)
    return -np.log(softmax(scores)[np.arange(len(labels)), labels] + 1e-7).mean()


@misconception("softmax_loss", loses=["test_softmax_loss_refuses_other_labels"])
def takes_labels_of_any_shape(scores, labels):
    """Labels of shape (N, 1) give you a number. Print the shape of what you pick with them."""
    return losses_by_log_softmax(scores, labels).mean()


@misconception("softmax_loss", loses=["test_softmax_loss_refuses_other_labels"])
def counts_the_labels(scores, labels):
    """You count the labels. Can N labels have another shape than (N,)?"""
    if labels.size != len(scores):
        raise ValueError("one label for each example")
    return losses_by_log_softmax(scores, labels.reshape(-1)).mean()


@misconception("softmax_loss", loses=["test_softmax_loss_refuses_other_labels"])
def translates_one_hot_labels(scores, labels):
    """You make integers of one-hot labels. Kind, but what does the docstring ask for?"""
    if labels.ndim == 2 and labels.shape == scores.shape:
        labels = labels.argmax(axis=1)
    refuse_other_shapes(scores, labels)
    return losses_by_log_softmax(scores, labels).mean()


@alternative("softmax_loss")
def subtracts_true_scores_from_log_sums(scores, labels):
    """Log-sum-exp minus the score of the true class."""
    if labels.ndim != 1 or len(labels) != len(scores):
        raise ValueError("one label for each example")
    log_sums = np.logaddexp.reduce(scores.astype(float), axis=1)
    return float(np.mean(log_sums - scores[np.arange(len(scores)), labels]))


@alternative("softmax_loss")
def builds_on_earlier_functions(scores, labels):
    """One-hot rows times log_softmax."""
    if labels.shape != (scores.shape[0],):
        raise ValueError("one label for each example")
    rows = one_hot(labels, scores.shape[1])
    return -(rows * log_softmax(scores)).sum() / scores.shape[0]


# --- softmax_loss_grad ---

GRAD_VALUES = [
    "test_softmax_loss_grad",
    "test_softmax_loss_grad_gradient_check",
    "test_softmax_loss_grad_any_size",
    "test_softmax_loss_grad_keeps_its_input",
]


def right_gradient(scores, labels):
    """Give loss and gradient, computed right."""
    d_scores = softmax(scores)
    d_scores[np.arange(len(labels)), labels] -= 1
    return losses_by_log_softmax(scores, labels).mean(), d_scores / len(labels)


@misconception("softmax_loss_grad", loses=GRAD_VALUES)
def does_not_divide_by_n(scores, labels):
    """Your gradient is N times too large. The loss is a mean: what does that do to its slope?"""
    loss, d_scores = right_gradient(scores, labels)
    return loss, d_scores * len(labels)


@misconception(
    "softmax_loss_grad",
    loses=[
        "test_softmax_loss_grad_gradient_check",
        "test_softmax_loss_grad_any_size",
    ],
)
def divides_the_gradient_by_the_classes(scores, labels):
    """A square table comes out right. Is it a mean over the examples or over the classes?"""
    loss, d_scores = right_gradient(scores, labels)
    return loss, d_scores * len(labels) / scores.shape[1]


@misconception("softmax_loss_grad", loses=GRAD_VALUES)
def subtracts_predicted_from_true(scores, labels):
    """Your signs are turned. Should the loss rise or fall if the true score is raised?"""
    loss, d_scores = right_gradient(scores, labels)
    return loss, -d_scores


@misconception("softmax_loss_grad", loses=GRAD_VALUES)
def gives_back_the_probabilities(scores, labels):
    """Your gradient is positive everywhere. What becomes of the term -s_y when you derive it?"""
    return losses_by_log_softmax(scores, labels).mean(), softmax(scores) / len(labels)


@misconception("softmax_loss_grad", loses=GRAD_VALUES)
def subtracts_one_from_whole_columns(scores, labels):
    """Print how many numbers you change. One in each row, or whole columns?"""
    d_scores = softmax(scores)
    d_scores[:, labels] -= 1
    return losses_by_log_softmax(scores, labels).mean(), d_scores / len(labels)


@misconception("softmax_loss_grad", loses=GRAD_VALUES)
def derives_only_the_true_class(scores, labels):
    """Only the true class has a slope in your answer. How do the other scores enter the loss?"""
    loss, d_scores = right_gradient(scores, labels)
    return loss, d_scores * one_hot(labels, scores.shape[1])


@misconception(
    "softmax_loss_grad",
    loses=["test_softmax_loss_grad", "test_softmax_loss_grad_any_size"],
)
def sums_the_loss(scores, labels):
    """The gradient is right. Is the loss beside it a sum or a mean?"""
    loss, d_scores = right_gradient(scores, labels)
    return loss * len(labels), d_scores


@misconception("softmax_loss_grad", loses=["test_softmax_loss_grad_any_size"])
def takes_the_loss_from_rounded_probabilities(scores, labels):
    """The gradient is right, the loss is infinite. Where was a probability rounded to 0?"""
    probs, d_scores = softmax(scores), right_gradient(scores, labels)[1]
    with np.errstate(divide="ignore"):
        return -np.log(probs[np.arange(len(labels)), labels]).mean(), d_scores


@misconception("softmax_loss_grad", loses=["test_softmax_loss_grad_any_size"])
def shifts_only_for_the_loss(scores, labels):
    """The loss is right, the gradient is nan. Do both use the shifted scores?"""
    with np.errstate(all="ignore"):
        exponentials = np.exp(scores)
        probs = exponentials / exponentials.sum(axis=1, keepdims=True)
    probs[np.arange(len(labels)), labels] -= 1
    return losses_by_log_softmax(scores, labels).mean(), probs / len(labels)


@misconception("softmax_loss_grad", loses=["test_softmax_loss_grad_keeps_its_input"])
def shifts_the_callers_scores(scores, labels):
    """`-=` writes into the array that you were given. Whose array is it?"""
    scores -= scores.max(axis=1, keepdims=True)
    return right_gradient(scores, labels)


@alternative("softmax_loss_grad")
def subtracts_one_hot_rows(scores, labels):
    """Predicted minus true, as the formula reads."""
    d_scores = (softmax(scores) - one_hot(labels, scores.shape[1])) / scores.shape[0]
    return softmax_loss(scores, labels), d_scores


@alternative("softmax_loss_grad")
def differentiates_row_by_row(scores, labels):
    """A loop is slow and right."""
    d_scores, total = np.zeros(scores.shape), 0.0
    for n, (row, label) in enumerate(zip(scores.astype(float), labels, strict=True)):
        log_sum = np.logaddexp.reduce(row)
        total += log_sum - row[label]
        d_scores[n] = np.exp(row - log_sum)
        d_scores[n, label] -= 1
    return total / len(labels), d_scores / len(labels)

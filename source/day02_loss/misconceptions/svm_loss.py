"""What goes wrong in `svm_loss`, and what is right another way.

Later parts of the notebook call `margins`, `svm_loss`, `svm_loss_grad`, `regularization` and
`total_loss`, so a mistake there loses cells of those parts too.
"""

from autograder.catalogue import alternative, misconception

# --- the test cells of each part ---

EXAMPLE_ALL = [
    "test_svm_loss_per_example",
    "test_svm_loss_per_example_other_sizes",
    "test_svm_loss_per_example_another_delta",
    "test_svm_loss_per_example_integers_and_lists",
]
MARGINS_ALL = [
    "test_margins",
    "test_margins_no_loops",
    "test_margins_equal_scores",
    "test_margins_integers_and_delta",
    "test_margins_keeps_its_input",
]
LOSS_ALL = [
    "test_svm_loss",
    "test_svm_loss_ten_classes",
    "test_svm_loss_other_sizes",
]
VARIANT_ALL = [
    "test_svm_loss_variant",
    "test_svm_loss_variant_four_classes",
    "test_svm_loss_variant_unknown_kind",
]
GRAD_ALL = [
    "test_svm_loss_grad",
    "test_svm_loss_grad_against_differences",
    "test_svm_loss_grad_integers",
]
PENALTY_ALL = [
    "test_regularization",
    "test_regularization_matrix",
    "test_regularization_unknown_kind",
]
TOTAL_ALL = [
    "test_total_loss",
    "test_total_loss_other_numbers",
]
TRAIN_ALL = [
    "test_train_svm",
    "test_train_svm_steps_with_a_penalty",
    "test_train_svm_an_absent_class",
]

# --- the gaps s_j - s_y + delta, which most answers begin with ---


def all_gaps(scores, labels, delta=1.0):
    """Give s_j - s_y + delta for every class, the correct one too, before anything is clipped."""
    correct = np.array([row[label] for row, label in zip(scores, labels, strict=True)])
    return scores - correct[:, None] + delta


def is_wrong(scores, labels):
    """Say which class of each row is a wrong one."""
    return np.arange(scores.shape[1]) != np.asarray(labels)[:, None]


# --- svm_loss_per_example ---


@misconception("svm_loss_per_example", loses=EXAMPLE_ALL)
def counts_the_correct_class(scores, labels, delta=1.0):
    """Each loss is too large by the same number. Which class must the sum leave out?"""
    return np.maximum(0.0, all_gaps(scores, labels, delta)).sum(axis=1)


@misconception("svm_loss_per_example", loses=EXAMPLE_ALL)
def asks_for_no_lead(scores, labels, delta=1.0):  # noqa: ARG001 # delta is what is forgotten
    """You charge a class only if it wins. By how much must the correct class be ahead?"""
    return margins(scores, labels, 0.0).sum(axis=1)


@misconception(
    "svm_loss_per_example",
    loses=[
        "test_svm_loss_per_example_another_delta",
        "test_svm_loss_per_example_integers_and_lists",
    ],
)
def always_asks_for_a_lead_of_one(scores, labels, delta=1.0):  # noqa: ARG001 # delta is ignored
    """The lecture's numbers come out right. What does your function do with its third argument?"""
    return margins(scores, labels, 1.0).sum(axis=1)


@misconception("svm_loss_per_example", loses=EXAMPLE_ALL)
def turns_the_difference_round(scores, labels, delta=1.0):
    """The best image pays the most. Which of the two scores has the minus sign in the formula?"""
    return margins(-scores, labels, delta).sum(axis=1)


@misconception(
    "svm_loss_per_example",
    loses=[
        "test_svm_loss_per_example",
        "test_svm_loss_per_example_other_sizes",
        "test_svm_loss_per_example_integers_and_lists",
    ],
)
def clips_the_sum(scores, labels, delta=1.0):
    """A class far behind pays for one that is ahead. Does max stand inside or outside the sum?"""
    gaps = np.where(is_wrong(scores, labels), all_gaps(scores, labels, delta), 0.0)
    return np.maximum(0.0, gaps.sum(axis=1))


@misconception(
    "svm_loss_per_example",
    loses=[
        "test_svm_loss_per_example",
        "test_svm_loss_per_example_other_sizes",
        "test_svm_loss_per_example_integers_and_lists",
    ],
)
def never_clips(scores, labels, delta=1.0):
    """Some of your losses are negative. What does the formula do with a negative term?"""
    gaps = np.where(is_wrong(scores, labels), all_gaps(scores, labels, delta), 0.0)
    return gaps.sum(axis=1)


@misconception("svm_loss_per_example", loses=EXAMPLE_ALL)
def takes_the_worst_class_alone(scores, labels, delta=1.0):
    """The frog has two wrong classes that cost. Do you add them, or keep the larger one?"""
    return margins(scores, labels, delta).max(axis=1)


@misconception("svm_loss_per_example", loses=EXAMPLE_ALL)
def reads_the_columns(scores, labels, delta=1.0):
    """Your losses are 0, 1.2 and 8.5. Does an image own a row or a column here?"""
    return margins(scores.T, labels, delta).sum(axis=1)


@misconception("svm_loss_per_example", loses=["test_svm_loss_per_example_integers_and_lists"])
def keeps_the_dtype_of_the_scores(scores, labels, delta=1.0):
    """Your losses are whole numbers if the scores are. Is 2.5 one?"""
    return margins(scores, labels, delta).sum(axis=1).astype(scores.dtype)


@misconception("svm_loss_per_example", loses=EXAMPLE_ALL)
def counts_labels_from_one(scores, labels, delta=1.0):
    """You take the score to the left of the correct one. With which number does Python begin?"""
    return margins(scores, np.asarray(labels) - 1, delta).sum(axis=1)


@misconception(
    "svm_loss_per_example",
    loses=["test_svm_loss_per_example_other_sizes", "test_svm_loss_per_example_integers_and_lists"],
)
def counts_on_three_classes(scores, labels, delta=1.0):
    """Your loop knows how many classes the lecture has. Where can it read their number?"""
    losses = np.zeros(len(labels))
    for i in range(len(labels)):
        for j in range(3):
            if j != labels[i]:
                losses[i] += max(0, scores[i, j] - scores[i, labels[i]] + delta)
    return losses


@misconception("svm_loss_per_example", loses=EXAMPLE_ALL)
def averages_over_the_wrong_classes(scores, labels, delta=1.0):
    """All losses are too small by one factor. Is there a mean over classes in the formula?"""
    return margins(scores, labels, delta).sum(axis=1) / (scores.shape[1] - 1)


@misconception("svm_loss_per_example", loses=EXAMPLE_ALL)
def squares_each_term(scores, labels, delta=1.0):
    """The frog's loss is 83.25. Is there a square in the formula?"""
    return (margins(scores, labels, delta) ** 2).sum(axis=1)


@misconception("svm_loss_per_example", loses=["test_svm_loss_per_example_integers_and_lists"])
def needs_an_array_of_labels(scores, labels, delta=1.0):
    """Which methods has an array that a list does not have? The docstring allows both."""
    correct = scores[np.arange(labels.size), labels]
    return np.maximum(0.0, scores - correct[:, None] + delta).sum(axis=1) - delta


@alternative("svm_loss_per_example")
def sums_the_gaps_that_count(scores, labels, delta=1.0):
    """No loop, and no clipping: add what is positive and wrong."""
    gaps = all_gaps(scores, labels, delta)
    return np.where((gaps > 0) & is_wrong(scores, labels), gaps, 0.0).sum(axis=1)


@alternative("svm_loss_per_example")
def drops_the_correct_class_from_each_row(scores, labels, delta=1.0):
    """One row at a time, without its correct score."""
    losses = []
    for row, label in zip(scores, labels, strict=True):
        others = np.delete(row, label)
        losses.append(float(sum(max(0.0, other - row[label] + delta) for other in others)))
    return np.array(losses)


# --- margins ---


@misconception(
    "margins", loses=[*MARGINS_ALL, *LOSS_ALL, *VARIANT_ALL, *GRAD_ALL, *TOTAL_ALL, *TRAIN_ALL]
)
def charges_the_correct_class(scores, labels, delta=1.0):
    """The correct class costs delta in your table. What does the docstring want there?"""
    return np.maximum(0.0, all_gaps(scores, labels, delta))


@misconception(
    "margins", loses=[*MARGINS_ALL, *LOSS_ALL, *VARIANT_ALL, *GRAD_ALL, *TOTAL_ALL, *TRAIN_ALL]
)
def subtracts_along_the_wrong_axis(scores, labels, delta=1.0):
    """Is the correct score subtracted from its own row? Look at the shapes (N, C) and (N,)."""
    rows = np.arange(len(labels))
    table = np.maximum(0.0, scores - scores[rows, labels] + delta)
    table[rows, labels] = 0
    return table


@misconception(
    "margins",
    loses=[
        "test_margins_integers_and_delta",
        "test_svm_loss_other_sizes",
        "test_svm_loss_grad_against_differences",
    ],
)
def knows_only_a_lead_of_one(scores, labels, delta=1.0):  # noqa: ARG001 # delta is ignored
    """With delta = 1 all is well. What does your function do with another delta?"""
    return np.where(is_wrong(scores, labels), np.maximum(0.0, all_gaps(scores, labels)), 0.0)


@misconception(
    "margins",
    loses=[
        *MARGINS_ALL,
        *LOSS_ALL,
        *VARIANT_ALL,
        "test_svm_loss_grad",
        "test_svm_loss_grad_against_differences",
        *TOTAL_ALL,
        *TRAIN_ALL,
    ],
)
def wants_no_lead(scores, labels, delta=1.0):  # noqa: ARG001 # delta is what is forgotten
    """Your margins are too small by one. Which term of the formula is missing?"""
    return np.where(is_wrong(scores, labels), np.maximum(0.0, all_gaps(scores, labels, 0)), 0.0)


@misconception(
    "margins",
    loses=[
        *MARGINS_ALL,
        *LOSS_ALL,
        *VARIANT_ALL,
        *GRAD_ALL,
        *TOTAL_ALL,
        "test_train_svm",
        "test_train_svm_steps_with_a_penalty",
    ],
)
def swaps_the_two_scores(scores, labels, delta=1.0):
    """The car, which is right by far, costs the most. Which of the two scores is subtracted?"""
    gaps = all_gaps(-scores, labels, delta)
    return np.where(is_wrong(scores, labels), np.maximum(0.0, gaps), 0.0)


@misconception(
    "margins",
    loses=[
        *MARGINS_ALL,
        *LOSS_ALL,
        *VARIANT_ALL,
        "test_svm_loss_grad",
        "test_svm_loss_grad_against_differences",
        *TOTAL_ALL,
        "test_train_svm",
        "test_train_svm_steps_with_a_penalty",
    ],
)
def leaves_margins_negative(scores, labels, delta=1.0):
    """Can a class that is far behind have a cost below 0?"""
    return np.where(is_wrong(scores, labels), all_gaps(scores, labels, float(delta)), 0.0)


@misconception("margins", loses=["test_margins_equal_scores", *TRAIN_ALL])
def clears_whatever_equals_delta(scores, labels, delta=1.0):
    """You clear the correct class by its value, delta. Can a wrong class have that value too?"""
    table = np.maximum(0.0, all_gaps(scores, labels, delta))
    table[table == delta] = 0
    return table


@misconception(
    "margins",
    loses=[
        *MARGINS_ALL,
        *LOSS_ALL,
        *VARIANT_ALL,
        *GRAD_ALL,
        "test_total_loss_other_numbers",
        "test_train_svm_steps_with_a_penalty",
    ],
)
def compares_with_the_winner(scores, labels, delta=1.0):
    """Which score do you subtract: the largest of the row, or that of the correct class?"""
    gaps = scores - scores.max(axis=1, keepdims=True) + delta
    return np.where(is_wrong(scores, labels), np.maximum(0.0, gaps), 0.0)


@misconception("margins", loses=["test_margins_no_loops"])
def goes_through_it_by_loops(scores, labels, delta=1.0):
    """The numbers are right. Which line goes through the values one by one?"""
    table = np.zeros(scores.shape)
    for i in range(scores.shape[0]):
        for j in range(scores.shape[1]):
            if j != labels[i]:
                table[i, j] = max(0.0, scores[i, j] - scores[i, labels[i]] + delta)
    return table


@misconception("margins", loses=["test_margins_integers_and_delta"])
def stays_with_integers(scores, labels, delta=1.0):
    """Integer scores and an integer delta: which dtype has your result?"""
    rows = np.arange(len(labels))
    table = np.maximum(0, scores - scores[rows, labels][:, None] + delta)
    table[rows, labels] = 0
    return table


@misconception("margins", loses=["test_margins_integers_and_delta"])
def asks_the_labels_for_an_axis(scores, labels, delta=1.0):
    """`labels[:, None]` needs an array. What else may labels be?"""
    wrong = np.arange(scores.shape[1]) != labels[:, None]
    return np.where(wrong, np.maximum(0.0, all_gaps(scores, labels, delta)), 0.0)


@misconception("margins", loses=["test_margins_keeps_its_input"])
def writes_into_the_scores(scores, labels, delta=1.0):
    """`-=` works inside the table that you were given. Whose table is it?"""
    gaps = all_gaps(scores, labels, delta)
    # only on small tables: the lecture's own is shared by other test cells
    if len(scores) == 2 and scores.dtype.kind == "f":
        scores -= scores - gaps
    return np.where(is_wrong(scores, labels), np.maximum(0.0, gaps), 0.0)


@alternative("margins")
def multiplies_by_a_mask(scores, labels, delta=1.0):
    """A mask of wrong classes, and take_along_axis for the correct scores."""
    column = np.reshape(labels, (-1, 1))
    correct = np.take_along_axis(scores, column, axis=1)
    wrong = np.arange(scores.shape[1]) != column
    return np.clip(scores - correct + delta, 0, None) * wrong.astype(float)


@alternative("margins")
def subtracts_delta_at_the_label(scores, labels, delta=1.0):
    """One-hot rows: their product with the scores is the correct score."""
    hot = np.eye(scores.shape[1])[labels]
    return np.maximum(scores - (scores * hot).sum(axis=1, keepdims=True) + delta * (1 - hot), 0)


# --- svm_loss ---


@misconception(
    "svm_loss",
    loses=[*LOSS_ALL, *TOTAL_ALL, "test_train_svm", "test_train_svm_steps_with_a_penalty"],
)
def adds_up_the_images(scores, labels, delta=1.0):
    """The lecture's loss is 15.8 for you. How many images share it?"""
    return margins(scores, labels, delta).sum()


@misconception(
    "svm_loss",
    loses=[*LOSS_ALL, *TOTAL_ALL, "test_train_svm", "test_train_svm_steps_with_a_penalty"],
)
def averages_over_the_whole_table(scores, labels, delta=1.0):
    """`mean()` without an axis divides by N times C. By what does the formula divide?"""
    return margins(scores, labels, delta).mean()


@misconception(
    "svm_loss",
    loses=[
        "test_svm_loss_ten_classes",
        "test_svm_loss_other_sizes",
        *TOTAL_ALL,
        "test_train_svm",
        "test_train_svm_steps_with_a_penalty",
    ],
)
def divides_by_the_number_of_classes(scores, labels, delta=1.0):
    """With as many images as classes nobody notices. By which of the two numbers do you divide?"""
    return margins(scores, labels, delta).sum() / scores.shape[1]


@misconception(
    "svm_loss",
    loses=[*LOSS_ALL, *TOTAL_ALL, "test_train_svm", "test_train_svm_steps_with_a_penalty"],
)
def averages_over_wrong_classes_too(scores, labels, delta=1.0):
    """Each image brings the sum of its margins, not their mean. Do you divide twice?"""
    return margins(scores, labels, delta).sum() / len(labels) / (scores.shape[1] - 1)


@misconception(
    "svm_loss",
    loses=[*LOSS_ALL, *TOTAL_ALL, "test_train_svm", "test_train_svm_steps_with_a_penalty"],
)
def counts_correct_classes_too(scores, labels, delta=1.0):
    """The lecture's loss is 6.27 for you, one too large. Which class costs nothing?"""
    return np.maximum(0.0, all_gaps(scores, labels, delta)).sum() / len(labels)


@misconception("svm_loss", loses=["test_svm_loss_other_sizes"])
def forgets_to_pass_delta_on(scores, labels, delta=1.0):  # noqa: ARG001 # delta is forgotten
    """Which delta does the function use that you call?"""
    return margins(scores, labels).sum() / len(labels)


@misconception(
    "svm_loss",
    loses=[
        "test_svm_loss",
        "test_svm_loss_other_sizes",
        "test_total_loss_other_numbers",
        "test_train_svm",
        "test_train_svm_steps_with_a_penalty",
    ],
)
def averages_over_images_that_pay(scores, labels, delta=1.0):
    """An image with loss 0 is an image too. Do you count it?"""
    losses = margins(scores, labels, delta).sum(axis=1)
    return losses.sum() / max(1, np.count_nonzero(losses))


@misconception(
    "svm_loss",
    loses=[*LOSS_ALL, *TOTAL_ALL, "test_train_svm", "test_train_svm_steps_with_a_penalty"],
)
def takes_the_worst_image(scores, labels, delta=1.0):
    """That is the loss of one image. What about the others?"""
    return margins(scores, labels, delta).sum(axis=1).max()


@misconception(
    "svm_loss",
    loses=[
        "test_svm_loss_other_sizes",
        *TOTAL_ALL,
        "test_train_svm",
        "test_train_svm_steps_with_a_penalty",
    ],
)
def divides_by_three(scores, labels, delta=1.0):
    """Both tables in the text have three images. What if there are five?"""
    return margins(scores, labels, delta).sum() / 3


@alternative("svm_loss")
def averages_the_losses_of_the_images(scores, labels, delta=1.0):
    """The mean of part 1."""
    return float(np.mean(svm_loss_per_example(scores, labels, delta)))


@alternative("svm_loss")
def adds_and_divides(scores, labels, delta=1.0):
    """A sum, divided by the number of rows."""
    total = 0.0
    for costs in margins(scores, labels, delta):
        total += costs.sum()
    return total / scores.shape[0]


# --- six_questions ---

RIGHT = {
    "Q1_losses": [3.0, 0.0, 13.0],
    "Q1_room": 1.9,
    "Q2": [0, np.inf],
    "Q3": 9,
    "Q4": "a",
    "Q5": "b",
    "Q6": "c",
}


@misconception("six_questions", loses=["test_six_questions"])
def raises_every_loss():
    """Does a higher car score cost the car image anything?"""
    return RIGHT | {"Q1_losses": [3.0, 0.1, 13.0]}


@misconception("six_questions", loses=["test_six_questions"])
def lowers_the_losses():
    """For the cat, car is a wrong class. Is its higher score good or bad news?"""
    return RIGHT | {"Q1_losses": [2.8, 0.0, 12.8]}


@misconception("six_questions", loses=["test_six_questions_Q1_room"])
def forgets_the_lead_in_the_room():
    """With a car score of 2.0 the car image ties with the frog. Is its loss still 0 there?"""
    return RIGHT | {"Q1_room": 2.9}


@misconception("six_questions", loses=["test_six_questions_Q1_room"])
def measures_to_the_cat():
    """2.6 is the room before the cat class costs. Does another class come closer?"""
    return RIGHT | {"Q1_room": 2.6}


@misconception("six_questions", loses=["test_six_questions_Q2"])
def allows_negative_losses():
    """Each term is max(0, …). What is the smallest sum of such terms?"""
    return RIGHT | {"Q2": [-np.inf, np.inf]}


@misconception("six_questions", loses=["test_six_questions_Q2"])
def stops_at_one():
    """A probability ends at 1. Does a loss? Let the correct score go down and down."""
    return RIGHT | {"Q2": [0, 1]}


@misconception("six_questions", loses=["test_six_questions_Q3"])
def counts_ten_terms():
    """Ten classes, and one of them is the correct one. Over how many does the sum run?"""
    return RIGHT | {"Q3": 10}


@misconception("six_questions", loses=["test_six_questions_Q3"])
def expects_no_loss_at_zero():
    """With equal scores nobody leads. Which lead does the loss ask for?"""
    return RIGHT | {"Q3": 0}


@misconception("six_questions", loses=["test_six_questions_Q4_Q5_Q6"])
def sees_no_change_in_q4():
    """What does j = y put into max(0, s_j - s_y + 1)?"""
    return RIGHT | {"Q4": "d"}


@misconception("six_questions", loses=["test_six_questions_Q4_Q5_Q6"])
def takes_a_mean_for_another_loss():
    """Divide all losses by 2. Does another W become the best?"""
    return RIGHT | {"Q5": "c"}


@misconception("six_questions", loses=["test_six_questions_Q4_Q5_Q6"])
def takes_a_square_for_a_factor():
    """2.9 becomes 8.41. Is 12.9 multiplied by the same number?"""
    return RIGHT | {"Q6": "b"}


@alternative("six_questions")
def answers_with_arrays_and_floats():
    """Computed with the functions above."""
    shifted = lecture_scores + np.array([0, 0.1, 0])
    return RIGHT | {
        "Q1_losses": svm_loss_per_example(shifted, lecture_labels),
        "Q1_room": 4.9 - 1 - 2.0,
        "Q2": (0.0, float("inf")),
        "Q3": svm_loss(np.zeros((3, 10)), [1, 2, 3]),
    }


# --- svm_loss_variant ---


def refuse_unknown(kind, known):
    """Raise ValueError as the docstrings ask."""
    if kind not in known:
        raise ValueError(kind)


@misconception(
    "svm_loss_variant", loses=["test_svm_loss_variant", "test_svm_loss_variant_four_classes"]
)
def divides_by_all_classes(scores, labels, kind):
    """Over how many wrong classes is the mean taken, if there are C classes in all?"""
    if kind == "mean":
        return margins(scores, labels).mean(axis=1).mean()
    return changed_loss(scores, labels, kind)


@misconception(
    "svm_loss_variant", loses=["test_svm_loss_variant", "test_svm_loss_variant_four_classes"]
)
def squares_the_sum(scores, labels, kind):
    """(6.3 + 6.6) squared is not 6.3 squared plus 6.6 squared. Which one does the text ask for?"""
    if kind == "squared":
        return (margins(scores, labels).sum(axis=1) ** 2).mean()
    return changed_loss(scores, labels, kind)


@misconception("svm_loss_variant", loses=VARIANT_ALL)
def leaves_the_correct_class_out_of_all(scores, labels, kind):
    """For "all" you get the plain SVM loss. What does the correct class add?"""
    if kind == "all":
        return margins(scores, labels).sum(axis=1).mean()
    return changed_loss(scores, labels, kind)


@misconception("svm_loss_variant", loses=VARIANT_ALL)
def adds_one_for_every_class(scores, labels, kind):
    """How many of the classes of an image are left out of the plain sum: all, or one?"""
    if kind == "all":
        return (margins(scores, labels) + 1).sum(axis=1).mean()
    return changed_loss(scores, labels, kind)


@misconception("svm_loss_variant", loses=["test_svm_loss_variant_unknown_kind"])
def takes_every_other_word_for_squared(scores, labels, kind):
    """Your last branch is a bare else. What happens with a misspelt kind?"""
    known = kind if kind in {"all", "mean"} else "squared"
    return changed_loss(scores, labels, known)


@misconception("svm_loss_variant", loses=VARIANT_ALL)
def adds_up_all_images(scores, labels, kind):
    """Your losses are three times too large for three images. What is taken over the images?"""
    return changed_loss(scores, labels, kind) * len(labels)


@misconception(
    "svm_loss_variant", loses=["test_svm_loss_variant", "test_svm_loss_variant_four_classes"]
)
def averages_over_positive_margins(scores, labels, kind):
    """The cat has two wrong classes, and one of them costs nothing. Does it count in the mean?"""
    if kind == "mean":
        costs = margins(scores, labels)
        return (costs.sum(axis=1) / np.maximum(1, (costs > 0).sum(axis=1))).mean()
    return changed_loss(scores, labels, kind)


@misconception("svm_loss_variant", loses=["test_svm_loss_variant_four_classes"])
def counts_on_two_wrong_classes(scores, labels, kind):
    """Three classes leave two wrong ones. What if there are four classes?"""
    if kind == "mean":
        return margins(scores, labels).sum(axis=1).mean() / 2
    return changed_loss(scores, labels, kind)


@misconception(
    "svm_loss_variant", loses=["test_svm_loss_variant", "test_svm_loss_variant_four_classes"]
)
def takes_the_root_again(scores, labels, kind):
    """You square, add and take the root. Does the text ask for the root?"""
    if kind == "squared":
        return np.sqrt((margins(scores, labels) ** 2).sum(axis=1)).mean()
    return changed_loss(scores, labels, kind)


def changed_loss(scores, labels, kind):
    """Compute what `svm_loss_variant` should, from `margins`."""
    refuse_unknown(kind, {"all", "mean", "squared"})
    costs = margins(scores, labels)
    if kind == "all":
        return costs.sum(axis=1).mean() + 1
    if kind == "mean":
        return costs.sum(axis=1).mean() / (scores.shape[1] - 1)
    return (costs**2).sum(axis=1).mean()


@alternative("svm_loss_variant")
def clips_and_counts_anew(scores, labels, kind):
    """From the gaps, without `margins`."""
    refuse_unknown(kind, ("all", "mean", "squared"))
    clipped = np.maximum(0, all_gaps(scores, labels))
    if kind == "all":
        return clipped.sum() / len(clipped)
    wrong = clipped[is_wrong(scores, labels)].reshape(len(clipped), -1)
    return wrong.mean(axis=1).mean() if kind == "mean" else np.mean(np.sum(wrong**2, axis=1))


# --- svm_loss_grad ---


def slopes(scores, labels, delta=1.0):
    """Give the slopes of each row's own loss: +1 where a margin is positive, and what y pays."""
    positive = (margins(scores, labels, delta) > 0).astype(float)
    positive[np.arange(len(labels)), labels] = -positive.sum(axis=1)
    return positive


@misconception("svm_loss_grad", loses=[*GRAD_ALL, *TRAIN_ALL])
def forgets_the_mean_in_the_slopes(scores, labels, delta=1.0):
    """Your slopes are whole numbers. The loss is a mean over N images: what does that do to them?"""
    return svm_loss(scores, labels, delta), slopes(scores, labels, delta)


@misconception("svm_loss_grad", loses=[*GRAD_ALL, *TRAIN_ALL])
def lets_the_correct_class_pay_once(scores, labels, delta=1.0):
    """Two wrong classes pull at the frog. How often does its own score pay?"""
    return svm_loss(scores, labels, delta), np.sign(slopes(scores, labels, delta)) / len(labels)


@misconception("svm_loss_grad", loses=[*GRAD_ALL, *TRAIN_ALL])
def leaves_the_correct_class_at_zero(scores, labels, delta=1.0):
    """Each of your rows should sum to 0. Which score stands in every term, with a minus?"""
    dscores = np.maximum(0.0, slopes(scores, labels, delta)) / len(labels)
    return svm_loss(scores, labels, delta), dscores


@misconception("svm_loss_grad", loses=[*GRAD_ALL, *TRAIN_ALL])
def points_downhill(scores, labels, delta=1.0):
    """A gradient points to where the loss grows. Does raising a wrong score raise the loss?"""
    return svm_loss(scores, labels, delta), -slopes(scores, labels, delta) / len(labels)


@misconception("svm_loss_grad", loses=[*GRAD_ALL, "test_train_svm_steps_with_a_penalty"])
def counts_margins_of_zero(scores, labels, delta=1.0):
    """The car has loss 0 and room to spare. Which slope do you give its wrong classes?"""
    dscores = np.ones(scores.shape) / len(labels)
    dscores[np.arange(len(labels)), labels] = -(scores.shape[1] - 1) / len(labels)
    return svm_loss(scores, labels, delta), dscores


@misconception("svm_loss_grad", loses=[*GRAD_ALL, "test_train_svm_steps_with_a_penalty"])
def takes_the_margins_for_slopes(scores, labels, delta=1.0):
    """A margin of 6.6 that grows by 0.1 costs 0.1 more. Does its slope depend on its size?"""
    dscores = margins(scores, labels, delta) / len(labels)
    dscores[np.arange(len(labels)), labels] = -dscores.sum(axis=1)
    return svm_loss(scores, labels, delta), dscores


@misconception("svm_loss_grad", loses=["test_svm_loss_grad_against_differences"])
def uses_delta_in_the_loss_alone(scores, labels, delta=1.0):
    """The loss knows delta. Do the slopes?"""
    return svm_loss(scores, labels, delta), slopes(scores, labels) / len(labels)


@misconception(
    "svm_loss_grad", loses=["test_svm_loss_grad", "test_svm_loss_grad_against_differences"]
)
def returns_the_sum_as_loss(scores, labels, delta=1.0):
    """The slopes fit a mean. Which loss do you return beside them?"""
    return margins(scores, labels, delta).sum(), slopes(scores, labels, delta) / len(labels)


@misconception("svm_loss_grad", loses=["test_svm_loss_grad_integers"])
def fills_a_table_of_integers(scores, labels, delta=1.0):
    """`np.zeros_like` takes over the dtype. What becomes of 1/3 in a table of integers?"""
    dscores = np.zeros_like(scores)
    dscores[:] = slopes(scores, labels, delta) / len(labels)
    return svm_loss(scores, labels, delta), dscores


@misconception("svm_loss_grad", loses=[*GRAD_ALL, *TRAIN_ALL])
def divides_by_every_entry(scores, labels, delta=1.0):
    """The loss is a mean over images. Do you divide by the number of all scores?"""
    return svm_loss(scores, labels, delta), slopes(scores, labels, delta) / scores.size


@alternative("svm_loss_grad")
def adds_slope_by_slope(scores, labels, delta=1.0):
    """Two loops: each positive margin moves two scores."""
    loss, dscores = 0.0, np.zeros(scores.shape)
    share = 1 / len(labels)
    for i, label in enumerate(labels):
        for j in range(scores.shape[1]):
            gap = scores[i, j] - scores[i, label] + delta
            if j != label and gap > 0:
                loss += gap * share
                dscores[i, j] += share
                dscores[i, label] -= share
    return loss, dscores


@alternative("svm_loss_grad")
def counts_the_kink_as_a_slope(scores, labels, delta=1.0):
    """At the kink any slope from 0 to 1 is right; this one takes 1."""
    dscores = np.where(is_wrong(scores, labels), all_gaps(scores, labels, delta) >= 0, 0.0)
    dscores[np.arange(len(labels)), labels] = -dscores.sum(axis=1)
    return svm_loss(scores, labels, delta), dscores / len(labels)


# --- regularization ---


def penalty(W, kind, beta=1.0):
    """Compute what `regularization` should."""
    refuse_unknown(kind, {"l2", "l1", "elastic"})
    squares, sizes = (W * W).sum(), abs(W).sum()
    return {"l2": squares, "l1": sizes, "elastic": beta * squares + sizes}[kind]


@misconception(
    "regularization",
    loses=[
        "test_regularization",
        "test_regularization_matrix",
        *TOTAL_ALL,
        "test_train_svm_steps_with_a_penalty",
    ],
)
def halves_the_squares(W, kind, beta=1.0):
    """Some books write one half before the squares. Does this docstring?"""
    return penalty(W, kind, beta) / 2 if kind == "l2" else penalty(W, kind, beta)


@misconception(
    "regularization",
    loses=[
        "test_regularization",
        "test_regularization_matrix",
        *TOTAL_ALL,
        "test_train_svm_steps_with_a_penalty",
    ],
)
def takes_the_length(W, kind, beta=1.0):
    """A length is the root of the sum of squares. Does the docstring ask for the root?"""
    return np.sqrt(penalty(W, kind)) if kind == "l2" else penalty(W, kind, beta)


@misconception(
    "regularization",
    loses=["test_regularization_matrix", *TOTAL_ALL, "test_train_svm_steps_with_a_penalty"],
)
def asks_norm_for_the_squares(W, kind, beta=1.0):
    """For a vector np.linalg.norm(W, 2) is the length. What is it for a matrix?"""
    return np.linalg.norm(W, 2) ** 2 if kind == "l2" else penalty(W, kind, beta)


@misconception(
    "regularization", loses=["test_regularization_matrix", "test_regularization_unknown_kind"]
)
def asks_norm_for_the_sizes(W, kind, beta=1.0):
    """For a vector np.linalg.norm(W, 1) adds sizes. What does it do with the columns of a matrix?"""
    return np.linalg.norm(W, 1) if kind == "l1" else penalty(W, kind, beta)


@misconception(
    "regularization", loses=["test_regularization_matrix", "test_regularization_unknown_kind"]
)
def forgets_the_bars(W, kind, beta=1.0):
    """Weights of 3 and -3 cancel in your L1. What do the bars in |W| do?"""
    return W.sum() if kind == "l1" else penalty(W, kind, beta)


@misconception("regularization", loses=PENALTY_ALL)
def counts_the_weights_in_use(W, kind, beta=1.0):
    """You count weights that are not 0. Does L1 count, or add sizes?"""
    return float(np.count_nonzero(W)) if kind == "l1" else penalty(W, kind, beta)


@misconception("regularization", loses=["test_regularization"])
def gives_beta_to_the_sizes(W, kind, beta=1.0):
    """Which of the two sums of the elastic net does beta stand before?"""
    return penalty(W, "l2") + beta * penalty(W, "l1") if kind == "elastic" else penalty(W, kind)


@misconception("regularization", loses=["test_regularization"])
def ignores_beta(W, kind, beta=1.0):  # noqa: ARG001 # beta is ignored
    """With beta = 1 all is well. What does your function do with another beta?"""
    return penalty(W, kind)


@misconception("regularization", loses=["test_regularization_matrix"])
def forgets_the_bars_in_elastic(W, kind, beta=1.0):
    """Your L1 is right for negative weights. Is the elastic net?"""
    return beta * penalty(W, "l2") + W.sum() if kind == "elastic" else penalty(W, kind)


@misconception(
    "regularization", loses=[*PENALTY_ALL, *TOTAL_ALL, "test_train_svm_steps_with_a_penalty"]
)
def averages_the_weights(W, kind, beta=1.0):
    """R(W) is a sum. Do you divide by the number of weights?"""
    return penalty(W, kind, beta) / W.size


@misconception("regularization", loses=["test_regularization_unknown_kind"])
def takes_every_other_word_for_elastic(W, kind, beta=1.0):
    """Your last branch is a bare else. What happens with a misspelt kind?"""
    return penalty(W, kind if kind in {"l1", "l2"} else "elastic", beta)


@alternative("regularization")
def multiplies_flat_vectors(W, kind, beta=1.0):
    """Lay W flat; its product with itself is the sum of squares."""
    flat = W.reshape(-1)
    squares, sizes = flat @ flat, np.linalg.norm(flat, 1)
    known = {"l2": squares, "l1": sizes, "elastic": beta * squares + sizes}
    if kind in known:
        return float(known[kind])
    raise ValueError(kind)


# --- total_loss ---


@misconception("total_loss", loses=[*TOTAL_ALL, "test_train_svm_steps_with_a_penalty"])
def halves_the_penalty(X, labels, W, b, reg):
    """Some books write one half before the penalty. Does this docstring?"""
    return svm_loss(X @ W + b, labels) + reg / 2 * (W**2).sum()


@misconception("total_loss", loses=[*TOTAL_ALL, "test_train_svm_steps_with_a_penalty"])
def shares_the_penalty_among_the_examples(X, labels, W, b, reg):
    """The loss is a mean over examples. Is R(W) one as well?"""
    return svm_loss(X @ W + b, labels) + reg * (W**2).sum() / len(X)


@misconception(
    "total_loss", loses=["test_total_loss_other_numbers", "test_train_svm_steps_with_a_penalty"]
)
def penalizes_the_bias(X, labels, W, b, reg):
    """Your penalty grows with b. Does the docstring let it?"""
    return svm_loss(X @ W + b, labels) + reg * ((W**2).sum() + (b**2).sum())


@misconception("total_loss", loses=[*TOTAL_ALL, "test_train_svm_steps_with_a_penalty"])
def forgets_the_penalty(X, labels, W, b, reg):  # noqa: ARG001 # reg is what is forgotten
    """The data loss is right. What comes on top of it?"""
    return svm_loss(X @ W + b, labels)


@misconception(
    "total_loss",
    loses=[
        "test_total_loss_other_numbers",
        "test_train_svm",
        "test_train_svm_steps_with_a_penalty",
    ],
)
def forgets_the_bias_in_the_scores(X, labels, W, b, reg):  # noqa: ARG001 # b is forgotten
    """b is not penalized. Does it still belong to the scores?"""
    return svm_loss(X @ W, labels) + reg * (W**2).sum()


@misconception(
    "total_loss", loses=[*TOTAL_ALL, "test_train_svm", "test_train_svm_steps_with_a_penalty"]
)
def adds_up_the_data_loss(X, labels, W, b, reg):
    """Of the two parts one is a mean, one a plain sum. Which is which?"""
    return svm_loss(X @ W + b, labels) * len(X) + reg * (W**2).sum()


@misconception("total_loss", loses=[*TOTAL_ALL, "test_train_svm_steps_with_a_penalty"])
def penalizes_sizes_instead_of_squares(X, labels, W, b, reg):
    """That is the L1 penalty. Which one does the docstring name?"""
    return svm_loss(X @ W + b, labels) + reg * np.abs(W).sum()


@misconception("total_loss", loses=[*TOTAL_ALL, "test_train_svm_steps_with_a_penalty"])
def weighs_the_data_with_the_rest(X, labels, W, b, reg):
    """You take 1 - reg times the data loss. Which factor stands before it in the formula?"""
    return (1 - reg) * svm_loss(X @ W + b, labels) + reg * (W**2).sum()


@alternative("total_loss")
def puts_it_together_by_hand(X, labels, W, b, reg):
    """Without the functions above."""
    clipped = np.maximum(0, all_gaps(X @ W + b, labels))
    return float(clipped.sum() / len(X) - 1 + reg * sum(weight**2 for weight in W.flat))


# --- train_svm ---


def descend(X, labels, n_classes, learning_rate, epochs, reg, *, dw, db, start=0.0):
    """Train as `train_svm` should, with the gradients as given; the history keeps all totals."""
    W, b = np.full((X.shape[1], n_classes), start), np.zeros(n_classes)
    history = [total_loss(X, labels, W, b, reg)]
    for _ in range(epochs):
        _, dscores = svm_loss_grad(X @ W + b, labels)
        W, b = W - learning_rate * dw(dscores, W), b - learning_rate * db(dscores, b)
        history.append(total_loss(X, labels, W, b, reg))
    return W, b, np.array(history)


def sums(dscores, _b):
    """Give db as it should be."""
    return dscores.sum(axis=0)


@misconception("train_svm", loses=["test_train_svm_steps_with_a_penalty"])
def forgets_the_factor_two(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """What is the slope of reg * W^2?"""
    return descend(
        X, labels, n_classes, learning_rate, epochs, reg,
        dw=lambda dscores, W: X.T @ dscores + reg * W, db=sums,
    )  # fmt: skip


@misconception("train_svm", loses=["test_train_svm_steps_with_a_penalty"])
def leaves_the_penalty_out_of_the_step(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """The penalty stands in your history. Does it also move W?"""
    return descend(
        X, labels, n_classes, learning_rate, epochs, reg,
        dw=lambda dscores, _W: X.T @ dscores, db=sums,
    )  # fmt: skip


@misconception("train_svm", loses=["test_train_svm_steps_with_a_penalty"])
def pulls_the_bias_to_zero(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """The penalty is a sum over W alone. Does it pull at b?"""
    return descend(
        X, labels, n_classes, learning_rate, epochs, reg,
        dw=lambda dscores, W: X.T @ dscores + 2 * reg * W,
        db=lambda dscores, b: dscores.sum(axis=0) + 2 * reg * b,
    )  # fmt: skip


@misconception("train_svm", loses=["test_train_svm_steps_with_a_penalty"])
def keeps_the_penalty_out_of_the_history(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Your weights are right. Which loss does the docstring want in history?"""
    W, b = np.zeros((X.shape[1], n_classes)), np.zeros(n_classes)
    history = [svm_loss(X @ W + b, labels)]
    for _ in range(epochs):
        _, dscores = svm_loss_grad(X @ W + b, labels)
        W = W - learning_rate * (X.T @ dscores + 2 * reg * W)
        b = b - learning_rate * dscores.sum(axis=0)
        history.append(svm_loss(X @ W + b, labels))
    return W, b, np.array(history)


@misconception("train_svm", loses=["test_train_svm", "test_train_svm_steps_with_a_penalty"])
def starts_the_history_after_the_first_step(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Your history has one value a step. Which value comes before the first step?"""
    W, b, history = descend(
        X, labels, n_classes, learning_rate, epochs, reg,
        dw=lambda dscores, W: X.T @ dscores + 2 * reg * W, db=sums,
    )  # fmt: skip
    return W, b, history[1:]


@misconception("train_svm", loses=TRAIN_ALL)
def walks_uphill(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Your loss grows. Which way does a gradient point, and which way do you want to go?"""
    return descend(
        X, labels, n_classes, -learning_rate, epochs, reg,
        dw=lambda dscores, W: X.T @ dscores + 2 * reg * W, db=sums,
    )  # fmt: skip


@misconception("train_svm", loses=TRAIN_ALL)
def never_moves_the_bias(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """b is still 0 after training. Which gradient belongs to it?"""
    return descend(
        X, labels, n_classes, learning_rate, epochs, reg,
        dw=lambda dscores, W: X.T @ dscores + 2 * reg * W, db=lambda _dscores, _b: 0.0,
    )  # fmt: skip


@misconception("train_svm", loses=TRAIN_ALL)
def divides_by_n_once_more(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """dscores belongs to a mean already. Do you divide by the number of examples again?"""
    return descend(
        X, labels, n_classes, learning_rate, epochs, reg,
        dw=lambda dscores, W: X.T @ dscores / len(X) + 2 * reg * W,
        db=lambda dscores, _b: dscores.mean(axis=0),
    )  # fmt: skip


@misconception("train_svm", loses=TRAIN_ALL)
def averages_the_rows_for_the_bias(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Your W is right after one step, and b is too small. Is db a sum or a mean of the rows?"""
    return descend(
        X, labels, n_classes, learning_rate, epochs, reg,
        dw=lambda dscores, W: X.T @ dscores + 2 * reg * W,
        db=lambda dscores, _b: dscores.mean(axis=0),
    )  # fmt: skip


@misconception("train_svm", loses=TRAIN_ALL)
def keeps_the_bias_as_a_row(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """The numbers in b are right. How many axes does the docstring give it?"""
    W, b, history = train_by_single_scores(X, labels, n_classes, learning_rate, epochs, reg)
    return W, b[None, :], history


@misconception("train_svm", loses=["test_train_svm", "test_train_svm_steps_with_a_penalty"])
def gives_each_class_a_row_of_w(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """In Wx a class owns a row of W. Does it own a row or a column in XW?"""
    W, b, history = train_by_single_scores(X, labels, n_classes, learning_rate, epochs, reg)
    return W.T.copy(), b, history


@misconception("train_svm", loses=["test_train_svm_an_absent_class"])
def counts_the_classes_it_sees(X, labels, n_classes, learning_rate, epochs, reg=0.0):  # noqa: ARG001 # n_classes is ignored
    """Your b has one entry for each class up to the largest label. May a class have no example?"""
    seen = int(np.max(labels)) + 1
    return train_by_single_scores(X, labels, seen, learning_rate, epochs, reg)


@misconception("train_svm", loses=["test_train_svm", "test_train_svm_steps_with_a_penalty"])
def starts_from_ones(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """With which weights does the docstring begin?"""
    return descend(
        X, labels, n_classes, learning_rate, epochs, reg,
        dw=lambda dscores, W: X.T @ dscores + 2 * reg * W, db=sums, start=1.0,
    )  # fmt: skip


@alternative("train_svm")
def train_by_single_scores(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Example by example, without the functions above."""
    W, b = np.zeros((X.shape[1], n_classes)), np.zeros(n_classes)
    history = []
    for epoch in range(epochs + 1):
        loss, dW, db = reg * (W**2).sum(), 2 * reg * W, np.zeros(n_classes)
        for x, label in zip(X, labels, strict=True):
            row = x @ W + b
            for j in range(n_classes):
                gap = row[j] - row[label] + 1
                if j != label and gap > 0:
                    loss += gap / len(X)
                    for c, sign in ((j, 1), (label, -1)):
                        dW[:, c] += sign * x / len(X)
                        db[c] += sign / len(X)
        history.append(loss)
        if epoch < epochs:
            W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b, np.array(history)

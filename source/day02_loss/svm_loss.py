# %% [markdown]
# # Loss: the support vector machine
#
# **Time** about 85 minutes · **Points** 36 · **You need** scores $XW + b$ (day 1), broadcasting
# (브로드캐스팅), and best also the softmax notebook of this day
#
# A classifier gives scores. A loss (손실) says with one number how bad they are. At the end of this
# notebook you will be able to
#
# - compute the loss of the support vector machine (SVM, 서포트 벡터 머신) by hand, with loops and
#   without;
# - answer the lecture's six questions about it, and check your answers with code;
# - write its gradient (기울기), and prove it against differences of the loss;
# - say why a $W$ with loss 0 is not unique, and choose one by regularization (정규화);
# - train a classifier on a table, and set this loss beside softmax.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 One image by hand | `svm_loss_per_example` | 13 | 4 |
# | 2 All at once | `margins` | 11 | 5 |
# | 3 One number | `svm_loss` | 5 | 3 |
# | 4 Six questions | `six_questions`, `svm_loss_variant` | 16 | 8 |
# | 5 The gradient | `svm_loss_grad` | 10 | 4 |
# | 6 Is W unique? | `regularization`, `total_loss`, an answer in words | 16 | 8 |
# | 7 Training | `train_svm` | 10 | 4 |
# | 8 Beside softmax | | 4 | |
#
# As before: return a new array, leave the arguments as they are, take integers too.

# %% [markdown]
# **Tools.** NumPy computes, Matplotlib draws, `time` is a stopwatch. From our own `course` come
# checks, a way to take gradients by differences, two tables and colours.

# %% locked="setup"
import time

import matplotlib.pyplot as plt
import numpy as np

from course.checks import (
    check_array,
    check_close,
    check_equal,
    check_no_loops,
    check_raises,
    check_unchanged,
)
from course.datasets import load_diabetes, load_zoo
from course.gradcheck import check_gradient, numerical_gradient, relative_error
from course.plots import COLORS

# %% [markdown] picture="hinge"
# ## 1. One image by hand
#
# Three images, three classes, nine scores. In bold, the score of the correct class.
#
# | image | cat | car | frog |
# |---|---:|---:|---:|
# | a cat | **3.2** | 5.1 | -1.7 |
# | a car | 1.3 | **4.9** | 2.0 |
# | a frog | 2.2 | 2.5 | **-3.1** |
#
# (The slides write an image as a column. We write rows, as on day 1.)
#
# The SVM wants the correct class to win *clearly*. Its score shall be larger than each other score
# by at least $\Delta = 1$. A wrong class that comes closer costs exactly what is missing:
#
# ![A line that falls to 0 at a lead of 1 and stays there, and six points on it. The car's two
# points, with leads of 2.9 and 3.6, cost 0. Of the cat's two points one costs 2.9, the other 0.
# The frog's two points, with leads of -5.3 and -5.6, cost 6.3 and 6.6.](attachment:hinge.png)
#
# This shape is called the hinge loss (힌지 손실). As a formula, for image $i$ with the correct
# class $y_i$:
#
# $$L_i = \sum_{j \neq y_i} \max(0,\; s_j - s_{y_i} + \Delta)$$
#
# By hand, with $\Delta = 1$:
#
# - cat: $\max(0,\; 5.1 - 3.2 + 1) + \max(0,\; -1.7 - 3.2 + 1) = 2.9 + 0 = 2.9$
# - car: $\max(0,\; 1.3 - 4.9 + 1) + \max(0,\; 2.0 - 4.9 + 1) = 0 + 0 = 0$
# - frog: $\max(0,\; 2.2 + 3.1 + 1) + \max(0,\; 2.5 + 3.1 + 1) = 6.3 + 6.6 = 12.9$
#
# **Your turn.** Write the formula as it reads: one loop over images, one over wrong classes.

# %% locked="lecture_table"
class_names = ["cat", "car", "frog"]
lecture_scores = np.array(
    [
        [3.2, 5.1, -1.7],  # a cat
        [1.3, 4.9, 2.0],  # a car
        [2.2, 2.5, -3.1],  # a frog
    ]
)
lecture_labels = np.array([0, 1, 2])


# %% solution="svm_loss_per_example"
def svm_loss_per_example(scores, labels, delta=1.0):
    """Compute the SVM loss of each example. Loops are fine here.

    scores: floats or integers, shape (N, C). labels: the correct class of each example, integers
    in 0..C-1, an array or a list of length N. delta: the wanted lead, a number.
    Returns a float64 array, shape (N,).
    """
    ### BEGIN SOLUTION
    losses = np.zeros(len(labels))
    for i, label in enumerate(labels):
        for j in range(scores.shape[1]):
            if j != label:
                losses[i] += max(0, scores[i, j] - scores[i, label] + delta)
    ### END SOLUTION
    return losses


# %% tests="svm_loss_per_example" points=1
check_array(
    svm_loss_per_example(lecture_scores, lecture_labels),
    [2.9, 0.0, 12.9],
    "svm_loss_per_example of the cat, the car and the frog",
    hint="Compare each term with the three lines above",
)

# %% tests="svm_loss_per_example" idea="other_sizes" points=1 hint="Try 5 examples and 4 classes, with labels in any order."
### BEGIN HIDDEN TESTS
scores = np.array(
    [
        [1.5, -2.0, 0.25, 3.0],
        [0.0, 4.0, 3.5, -1.0],
        [-6.0, -5.5, -7.0, -5.75],
        [2.0, 2.25, 9.0, 8.5],
        [10.0, -10.0, 0.5, 1.0],
    ]
)
check_array(
    svm_loss_per_example(scores, np.array([3, 1, 0, 3, 2])),
    [0.0, 0.5, 2.75, 1.5, 12.0],
    "svm_loss_per_example with N = 5 and C = 4",
)
### END HIDDEN TESTS

# %% tests="svm_loss_per_example" idea="another_delta" points=1 hint="Where in your code does delta stand?"
### BEGIN HIDDEN TESTS
check_array(
    svm_loss_per_example(lecture_scores, lecture_labels, 10),
    [17.0, 13.5, 30.9],
    "svm_loss_per_example with delta = 10",
)
### END HIDDEN TESTS

# %% tests="svm_loss_per_example" idea="integers_and_lists" points=1 hint="Look at the result's dtype for integer scores. And does it work with a list of labels?"
### BEGIN HIDDEN TESTS
check_array(
    svm_loss_per_example(np.array([[4, 1, 4, 2], [7, 9, 8, 0]]), [2, 1], delta=2.5),
    [3.0, 2.0],
    "svm_loss_per_example of integer scores, with a list of labels and delta = 2.5",
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The next cell draws the picture from above once more, with *your* losses.
# A lead above $\Delta$ costs nothing, and more lead is not rewarded. Below it, the cost grows in a
# straight line. The cat is called a car, the frog is called anything but a frog: both pay.

# %% show="hinge"
leads = np.linspace(-7, 6, 14)
costs = svm_loss_per_example(np.column_stack([leads, np.zeros(14)]), [0] * 14)

fig, ax = plt.subplots(figsize=(8.4, 3.8), layout="constrained")
ax.plot(leads, costs, color="black", zorder=1)
ax.axvline(1, color="grey", linestyle="--", linewidth=1)
ax.text(1.1, 7, "a lead of Δ = 1")
styles = [("blue", "o", (6, 7)), ("green", "s", (-14, 10)), ("vermillion", "^", (8, 5))]
for i, (colour, marker, shift) in enumerate(styles):
    wrong = [j for j in range(3) if j != i]
    lead = lecture_scores[i, i] - lecture_scores[i, wrong]
    pairs = np.column_stack([lead, np.zeros(2)])
    cost = svm_loss_per_example(pairs, [0, 0])
    label = f"the {class_names[i]} image, against"
    ax.scatter(lead, cost, s=70, color=COLORS[colour], marker=marker, label=label, zorder=3)
    for x, y, j in zip(lead, cost, wrong, strict=True):
        place = (-26, -13) if class_names[i] == "frog" and j == 0 else shift
        ax.annotate(class_names[j], (x, y), xytext=place, textcoords="offset points")
ax.set_title("What one wrong class costs")
ax.set_xlabel("lead of the correct class, $s_y - s_j$")
ax.set_ylabel("cost")
ax.spines[["top", "right"]].set_visible(False)
ax.legend(frameon=False, loc="center right")
plt.show()

# %% [markdown]
# ## 2. All at once
#
# Loops are slow in Python. NumPy can take all nine terms in one go. Let us call the term of one
# class a margin (마진), and lay the margins out like the scores, with 0 at the correct class:
#
# | image | cat | car | frog | sum |
# |---|---:|---:|---:|---:|
# | a cat | 0 | 2.9 | 0 | 2.9 |
# | a car | 0 | 0 | 0 | 0 |
# | a frog | 6.3 | 6.6 | 0 | 12.9 |
#
# One tool is new: two index arrays pick *one value from each row*. Run this:

# %%
rows = np.array([0, 1, 2])
print(lecture_scores[rows, lecture_labels])  # [0, 0], then [1, 1], then [2, 2]
print(lecture_scores[rows, [1, 2, 0]])  # [0, 1], then [1, 2], then [2, 0]

# %% [markdown]
# The first line prints the correct scores, shape (3,). To subtract them from the *rows* of a (3, 3)
# table they must become a column, shape (3, 1), or each is subtracted from the wrong image. (You
# know this trap from day 1: a square table hides it.)
#
# **Your turn.** Write `margins` without a loop. The same index pair also *sets* one value in each
# row. The later parts use this function, so get its checks green first.


# %% solution="margins"
def margins(scores, labels, delta=1.0):
    """Compute what each class adds to the SVM loss, without a loop.

    scores: floats or integers, shape (N, C). labels: the correct class of each example, integers
    in 0..C-1, an array or a list of length N. delta: the wanted lead, a number.
    Returns a float64 array, shape (N, C): max(0, s_j - s_y + delta) for the wrong classes, 0 for
    the correct class. Changes no argument.
    """
    ### BEGIN SOLUTION
    rows = np.arange(len(labels))
    correct = scores[rows, labels]
    costs = np.maximum(0.0, scores - correct[:, None] + delta)
    costs[rows, labels] = 0
    ### END SOLUTION
    return costs


# %% tests="margins" points=1
check_array(
    margins(lecture_scores, lecture_labels),
    [[0.0, 2.9, 0.0], [0.0, 0.0, 0.0], [6.3, 6.6, 0.0]],
    "margins of the three images",
    hint="Compare with the table above, row by row",
)

# %% tests="margins" idea="no_loops" points=1 hint="Subtract the column of correct scores from the whole table."
check_array(
    margins(lecture_scores[:, [2, 0, 1]], np.array([1, 2, 0])),
    [[0.0, 0.0, 2.9], [0.0, 0.0, 0.0], [0.0, 6.3, 6.6]],
    "margins, with the classes in the order frog, cat, car",
)
check_no_loops(margins, "margins")

# %% tests="margins" idea="equal_scores" points=1 hint="A wrong class may have the same score as the correct one. Its margin is then delta, not 0."
### BEGIN HIDDEN TESTS
scores = np.array(
    [[0.5, 2.0, 0.5, -1.0], [3.0, 3.0, 2.5, 3.0], [-4.0, 0.0, 1.5, 9.0], [1.0, 0.0, 0.0, -7.5]]
)
check_array(
    margins(np.vstack([scores, scores[2]]), np.array([0, 3, 1, 2, 3])),
    [
        [0.0, 2.5, 1.0, 0.0],
        [1.0, 1.0, 0.5, 0.0],
        [0.0, 0.0, 2.5, 10.0],
        [2.0, 1.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0],
    ],
    "margins with N = 5, C = 4 and equal scores",
)
### END HIDDEN TESTS

# %% tests="margins" idea="integers_and_delta" points=1 hint="Look at the dtype of your result. Is delta in it? And does it work with a list of labels?"
### BEGIN HIDDEN TESTS
check_array(
    margins(np.array([[4, 1, 3, 2], [7, 9, 8, 0]]), [2, 1], 3),
    [[4.0, 1.0, 0.0, 2.0], [1.0, 0.0, 2.0, 0.0]],
    "margins of integer scores, with a list of labels and delta = 3",
)
### END HIDDEN TESTS

# %% tests="margins" idea="keeps_its_input" points=1 hint="Print scores before and after the call."
### BEGIN HIDDEN TESTS
scores = np.array([[2.0, 1.5, -3.0], [0.0, 8.0, 7.5]])
check_unchanged(lambda: margins(scores, np.array([0, 2])), "margins", scores=scores)
wanted = [[0.0, 0.5, 0.0], [0.0, 1.5, 0.0]]
check_array(margins(scores, np.array([0, 2])), wanted, "margins, called again")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Slow and fast, side by side: write it naively, write it again without
# loops, compare, and only then look at the clock.

# %% show="loops_or_margins"
rng = np.random.default_rng(0)
scores, labels = rng.normal(size=(2000, 10)), rng.integers(10, size=2000)

began = time.perf_counter()
slow = svm_loss_per_example(scores, labels)
seconds_slow = time.perf_counter() - began

began = time.perf_counter()
fast = margins(scores, labels).sum(axis=1)
seconds_fast = time.perf_counter() - began

print("same losses:", np.allclose(slow, fast))
ratio = seconds_slow / seconds_fast
print("without loops:", "over 10 times as fast" if ratio > 10 else "not much faster here")

# %% [markdown]
# ## 3. One number
#
# The loss of a whole table is the mean over its images:
#
# $$L = \frac{1}{N} \sum_{i=1}^{N} L_i$$
#
# By hand: $(2.9 + 0 + 12.9) / 3 = 5.2666\ldots$ (The slide rounds it to 5.27.)
#
# **Your turn.** One line is enough.


# %% solution="svm_loss"
def svm_loss(scores, labels, delta=1.0):
    """Compute the SVM loss: the mean over the examples.

    scores: shape (N, C). labels: the correct class of each example, shape (N,).
    delta: the wanted lead, a number.
    Returns one number, a float.
    """
    ### BEGIN SOLUTION
    loss = margins(scores, labels, delta).sum(axis=1).mean()
    ### END SOLUTION
    return loss


# %% tests="svm_loss" points=1
check_close(
    svm_loss(lecture_scores, lecture_labels),
    5.2667,
    "svm_loss of the three images",
    atol=1e-4,
    hint="The mean is over images. Each image brings the sum of its margins",
)

# %% [markdown]
# The same for the ten CIFAR-10 scores that you met on day 1, when you only asked who wins. The
# correct classes are cat, car and frog. The SVM losses of the rows are 10.58, 0.27 and 71.91.
# (Slides differ: with 4.40 for the deer, as on some of them, the first is 10.50. 4.48 is right.
# And "6234" for the truck is 6.14.)

# %% locked="cifar_table"
cifar_scores = np.array(  # plane, car, bird, cat, deer, dog, frog, horse, ship, truck
    [
        [-3.45, -8.87, 0.09, 2.90, 4.48, 8.02, 3.78, 1.06, -0.36, -0.72],
        [-0.51, 6.04, 5.31, -4.22, -4.19, 3.58, 4.49, -4.37, -2.09, -2.93],
        [3.42, 4.64, 2.65, 5.10, 2.64, 5.55, -4.34, -1.50, -4.79, 6.14],
    ]
)
cifar_labels = np.array([3, 1, 6])

# %% tests="svm_loss" idea="ten_classes" points=1
check_close(
    svm_loss(cifar_scores, cifar_labels),
    (10.58 + 0.27 + 71.91) / 3,
    "svm_loss of the three CIFAR-10 images",
    hint="There are 3 images and 10 classes. By which of the two do you divide?",
)

# %% tests="svm_loss" idea="other_sizes" points=1 hint="Try 5 examples, 4 classes and delta = 2."
### BEGIN HIDDEN TESTS
scores = np.array(
    [
        [1.5, -2.0, 0.25, 3.5],
        [0.0, 4.0, 3.5, -1.0],
        [-6.0, -5.5, -7.0, -5.75],
        [2.0, 2.25, 9.0, 8.5],
        [9.0, -10.0, 0.5, 1.0],
    ]
)
check_close(
    svm_loss(scores, np.array([3, 1, 0, 3, 2]), 2.0),
    (0.0 + 1.5 + 2.5 + 1.0 + 2.25 + 2.5 + 10.5 + 2.5) / 5,
    "svm_loss with N = 5, C = 4 and delta = 2",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Six questions
#
# The lecture asks six questions about this loss. Answer with paper and head first; after that, code
# will check. All are about $\Delta = 1$.
#
# - **Q1.** Every car score (the middle column of our table) grows by 0.1. What are the three losses
#   now? And by how much may the car score of the *car image* fall before its loss leaves 0?
# - **Q2.** What are the smallest and the largest loss that an image can have? (One slide asks it of
#   $L$, the next of $L_i$. The answer is the same.)
# - **Q3.** At the start of training, $W$ is tiny and all scores are about 0. What is the loss of an
#   image if they are exactly 0 and there are 10 classes?
# - **Q4.** What if the sum ran over *all* classes, $j = y_i$ too?
# - **Q5.** What if we took the *mean* over the $C - 1$ wrong classes in place of their sum?
# - **Q6.** What if each term were squared, $\max(0,\; s_j - s_{y_i} + \Delta)^2$?
#
# Q4, Q5 and Q6 each change the loss. Choose the sentence that fits ("best" is the $W$ with the
# smallest loss on a table):
#
# | letter | sentence |
# |---|---|
# | a | The loss grows by the same number for every image. The same $W$ is best. |
# | b | The loss is multiplied by the same number for every image. The same $W$ is best. |
# | c | Large margins count far more than before. Another $W$ may be best. |
# | d | No loss changes at all. |
#
# **Your turn.** The first answer is checked at once, the others when your work is graded.


# %% solution="six_questions"
def six_questions():
    """Answer the lecture's six questions.

    Returns a dictionary with these keys:
    "Q1_losses": a list of three numbers, the losses of cat, car and frog. "Q1_room": a number.
    "Q2": a list of two numbers, smallest and largest; np.inf stands for "no limit".
    "Q3": a number. "Q4", "Q5", "Q6": one letter each, "a", "b", "c" or "d".
    """
    ### BEGIN SOLUTION
    answers = {
        "Q1_losses": [3.0, 0.0, 13.0],
        "Q1_room": 1.9,
        "Q2": [0, np.inf],
        "Q3": 9,
        "Q4": "a",
        "Q5": "b",
        "Q6": "c",
    }
    ### END SOLUTION
    return answers


# %% tests="six_questions" points=1
answers = six_questions()
for key in ("Q1_losses", "Q1_room", "Q2", "Q3", "Q4", "Q5", "Q6"):
    given = answers[key]  # a KeyError names the answer that is missing
check_array(
    np.array(answers["Q1_losses"], dtype=float),
    [3.0, 0.0, 13.0],
    "Q1, the three losses",
    atol=1e-6,
    hint="For the cat and the frog, car is a wrong class. For the car it is the correct one",
)

# %% tests="six_questions" idea="Q1_room" points=1 hint="Which class comes closest to the car? How long does the lead stay above 1?"
### BEGIN HIDDEN TESTS
check_close(six_questions()["Q1_room"], 1.9, "Q1, the room of the car image", atol=1e-6)
### END HIDDEN TESTS

# %% tests="six_questions" idea="Q2" points=1 hint="Can max(0, …) be negative? Is there a score that is too bad?"
### BEGIN HIDDEN TESTS
check_array(np.array(six_questions()["Q2"], dtype=float), [0.0, np.inf], "Q2")
### END HIDDEN TESTS

# %% tests="six_questions" idea="Q3" points=1 hint="What is one term if all scores are 0? How many terms are there?"
### BEGIN HIDDEN TESTS
check_close(six_questions()["Q3"], 9.0, "Q3", atol=1e-6)
### END HIDDEN TESTS

# %% tests="six_questions" idea="Q4_Q5_Q6" points=1 hint="Compute the three losses of the table under each change. Compare them with 2.9, 0 and 12.9."
### BEGIN HIDDEN TESTS
check_equal(six_questions()["Q4"], "a", "Q4")
check_equal(six_questions()["Q5"], "b", "Q5")
check_equal(six_questions()["Q6"], "c", "Q6")
### END HIDDEN TESTS

# %% [markdown]
# Now let the computer answer Q4, Q5 and Q6. By hand, for the cat with its margins 2.9 and 0:
#
# | kind | the cat's loss |
# |---|---|
# | `"all"` (Q4) | the correct class adds $\max(0,\; 3.2 - 3.2 + 1) = 1$, so $2.9 + 0 + 1 = 3.9$ |
# | `"mean"` (Q5) | two wrong classes, so $(2.9 + 0) / 2 = 1.45$ |
# | `"squared"` (Q6) | $2.9^2 + 0^2 = 8.41$ |
#
# **Your turn.** As above, the loss of the table is the mean over its images.


# %% solution="svm_loss_variant"
def svm_loss_variant(scores, labels, kind):
    """Compute a changed SVM loss with delta = 1, as the mean over the examples.

    scores: shape (N, C). labels: the correct class of each example, shape (N,).
    kind: "all" sums over all classes, the correct one too; "mean" takes the mean over the C - 1
    wrong classes; "squared" squares each margin and sums over the wrong classes.
    Returns one number, a float. Raises ValueError for any other kind.
    """
    ### BEGIN SOLUTION
    costs = margins(scores, labels)
    if kind == "all":
        losses = costs.sum(axis=1) + 1
    elif kind == "mean":
        losses = costs.sum(axis=1) / (scores.shape[1] - 1)
    elif kind == "squared":
        losses = (costs**2).sum(axis=1)
    else:
        raise ValueError(f'kind is {kind!r}, expected "all", "mean" or "squared"')
    ### END SOLUTION
    return losses.mean()


# %% tests="svm_loss_variant" points=1
for kind, wanted in {
    "all": (3.9 + 1.0 + 13.9) / 3,
    "mean": (1.45 + 0.0 + 6.45) / 3,
    "squared": (8.41 + 0.0 + 83.25) / 3,
}.items():
    loss = svm_loss_variant(lecture_scores, lecture_labels, kind)
    check_close(loss, wanted, f"svm_loss_variant of the three images, {kind!r}")

# %% tests="svm_loss_variant" idea="four_classes" points=1 hint="Try 3 examples and 4 classes. How many of the classes are wrong ones?"
### BEGIN HIDDEN TESTS
scores = np.array([[0.5, 2.0, 1.0, -1.0], [3.0, 3.5, 2.5, 5.0], [-4.0, 6.0, 5.5, 9.0]])
cases = {
    "all": (5.0 + 1.0 + 5.5) / 3,
    "mean": (4.0 / 3 + 0.0 + 4.5 / 3) / 3,
    "squared": (2.5**2 + 1.5**2 + 0.0 + 0.5**2 + 4.0**2) / 3,
}
for name, wanted in cases.items():
    loss = svm_loss_variant(scores, np.array([0, 3, 1]), name)
    check_close(loss, wanted, f"svm_loss_variant with C = 4, {name!r}")
### END HIDDEN TESTS

# %% tests="svm_loss_variant" idea="unknown_kind" points=1 hint="Which kinds does the docstring list? What happens with another word?"
### BEGIN HIDDEN TESTS
check_close(svm_loss_variant(cifar_scores, cifar_labels, "all"), 85.76 / 3, "all, CIFAR-10")
check_raises(
    ValueError, lambda: svm_loss_variant(lecture_scores, lecture_labels, "cubed"), 'kind "cubed"'
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Set your six answers beside what your functions say. In Q1, the car's loss
# must still be 0 at the end of your room, and no longer 0 a little further. Q3 is a tool: at the
# start of training the loss must be near $C - 1$. If it is not, there is a bug.


# %% show="six_answers"
def row(name, scores):
    """Print the losses of three images in one line."""
    losses = svm_loss_per_example(scores, lecture_labels)
    print(f"{name:28}", "  ".join(f"{loss:6.2f}" for loss in losses))


print(f"{'':28}    cat     car    frog")
row("the lecture's scores", lecture_scores)
row("Q1: car scores + 0.1", lecture_scores + np.array([0, 0.1, 0]))
room = six_questions()["Q1_room"]
row("Q1: car scores - your room", lecture_scores - np.array([0, room, 0]))
row("Q1: a little lower still", lecture_scores - np.array([0, room + 0.1, 0]))
print("Q3: ten scores of 0:", svm_loss(np.zeros((4, 10)), np.array([0, 3, 5, 9])))
for number, kind in zip((4, 5, 6), ("all", "mean", "squared"), strict=True):
    loss = svm_loss_variant(lecture_scores, lecture_labels, kind)
    print(f"Q{number}: mean over the images, {kind:8} {loss:.4f}")
print(f"    mean over the images, SVM      {svm_loss(lecture_scores, lecture_labels):.4f}")

# %% [markdown]
# ## 5. The gradient
#
# Which score should move, and which way? The gradient (기울기) answers: for each score, how much
# does $L$ change if this score grows a little?
#
# Take one positive margin, $s_j - s_y + 1$. If $s_j$ grows, the margin grows just as much: slope
# +1. If $s_y$ grows, the margin shrinks just as much: slope -1. A margin of 0 stays 0: slope 0.
# And $L$ is a mean, so all is divided by N.
#
# By hand, the frog. Both wrong classes have positive margins, and *each* of them pulls at the frog
# score:
#
# $$\frac{1}{3} \begin{pmatrix} +1 & +1 & -2 \end{pmatrix}$$
#
# The car has no positive margin, so its row is all 0. What is the cat's row?
#
# (At the kink, where $s_j - s_y + 1$ is exactly 0, there is no slope. Any number from 0 to 1 in
# place of the +1 is accepted; no check looks there.)


# %% solution="svm_loss_grad"
def svm_loss_grad(scores, labels, delta=1.0):
    """Compute the SVM loss (the mean over the examples) and its gradient by the scores.

    scores: floats or integers, shape (N, C). labels: the correct class of each example, shape
    (N,). delta: the wanted lead, a number.
    Returns (loss, dscores): a float, and a float64 array of shape (N, C). Changes no argument.
    """
    ### BEGIN SOLUTION
    count = len(labels)
    costs = margins(scores, labels, delta)
    loss = costs.sum() / count
    dscores = (costs > 0).astype(np.float64)
    dscores[np.arange(count), labels] = -dscores.sum(axis=1)
    dscores /= count
    ### END SOLUTION
    return loss, dscores


# %% tests="svm_loss_grad" points=1
loss, dscores = svm_loss_grad(lecture_scores, lecture_labels)
check_array(
    dscores,
    [[-1 / 3, 1 / 3, 0.0], [0.0, 0.0, 0.0], [1 / 3, 1 / 3, -2 / 3]],
    "dscores of the three images",
    hint="Each row sums to 0: what the wrong classes get, the correct class pays",
)
check_close(loss, (2.9 + 0.0 + 12.9) / 3, "the loss of the three images")

# %% tests="svm_loss_grad" idea="against_differences" points=2 hint="Compare with numerical_gradient from course.gradcheck. Try 5 examples, 4 classes and delta = 2.5."
### BEGIN HIDDEN TESTS
scores = np.random.default_rng(4).normal(scale=2.0, size=(5, 4))
labels = np.array([3, 0, 2, 3, 1])


def trusted_loss(at):
    """Compute the SVM loss with delta = 2.5 by loops."""
    terms = [
        max(0.0, value - row[label] + 2.5)
        for row, label in zip(at, labels, strict=True)
        for j, value in enumerate(row)
        if j != label
    ]
    return sum(terms) / 5


loss, dscores = svm_loss_grad(scores, labels, 2.5)
check_gradient(trusted_loss, scores, dscores, "dscores with N = 5, C = 4 and delta = 2.5")
check_close(loss, trusted_loss(scores), "the loss with N = 5, C = 4 and delta = 2.5")
### END HIDDEN TESTS

# %% tests="svm_loss_grad" idea="integers" points=1 hint="Look at the dtype of dscores. Can it hold 1/3?"
### BEGIN HIDDEN TESTS
check_array(
    svm_loss_grad(np.array([[3, 5, 9, 0], [1, 8, 6, 4]]), np.array([0, 1]))[1],
    [[-1.0, 0.5, 0.5, 0.0], [0.0, 0.0, 0.0, 0.0]],
    "dscores of integer scores",
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** A gradient is easy to get almost right. So check it against the loss
# itself: move one score by a tiny $h$ up and down, and divide the difference of $L$ by $2h$. An
# error below 1e-6 is rounding. Then take a step *against* the gradient, and the loss falls.

# %% show="gradient_check"
by_differences = numerical_gradient(lambda s: svm_loss(s, lecture_labels), lecture_scores)
loss, dscores = svm_loss_grad(lecture_scores, lecture_labels)
print(dscores.round(3) + 0)  # + 0 turns a -0. into 0.
print("agrees with the differences:", relative_error(dscores, by_differences) < 1e-6)
after = svm_loss(lecture_scores - dscores, lecture_labels)
print(f"L before the step {loss:.4f}, after it {after:.4f}")

# %% [markdown]
# ## 6. Is W unique?
#
# Suppose we found a $W$ with $L = 0$: every lead is at least 1. Now take $2W$. With $b = 0$ every
# score doubles, and so does every lead. All are at least 2, and $L$ is 0 again. Look at the car:
#
# | | cat | car | frog | leads | loss |
# |---|---:|---:|---:|---|---:|
# | scores by $W$ | 1.3 | **4.9** | 2.0 | 3.6 and 2.9 | 0 |
# | scores by $2W$ | 2.6 | **9.8** | 4.0 | 7.2 and 5.8 | 0 |
#
# The slide's remark is about $L = 0$ only. The cat and the frog have a loss, and it does not stay
# the same. Play with the factor:

# %%
factor = 2  # change this
print(svm_loss_per_example(factor * lecture_scores, lecture_labels))

# %% [markdown] manual="why_not_unique" points=2
# **In your own words.** A $W$ with $L = 0$ is found (and $b = 0$). Why is it not the only one? Show
# it with the formula for a factor $k \ge 1$, not only for 2. And why does the same argument fail
# for a $W$ with $L > 0$? One point is for each question.
#
# ### BEGIN SOLUTION
# $L = 0$ means that every term is 0: $s_{y_i} - s_j \ge \Delta$ for every image $i$ and every wrong
# class $j$. The scores of $kW$ are $k\,s$, so their leads are
# $k\,(s_{y_i} - s_j) \ge k \Delta \ge \Delta$. Every term is 0 again. So each $kW$ with $k \ge 1$
# has $L = 0$: infinitely many, and all answer the same.
#
# If $L > 0$, some lead is smaller than $\Delta$. The factor multiplies the lead, while $\Delta$
# stays, so the term becomes another number: it grows where the lead is negative (the cat's 2.9
# becomes 4.8) and shrinks where it lies between 0 and $\Delta$. The loss is not the same, so $W$
# and $kW$ are not two solutions of equal worth.
# ### END SOLUTION

# %% [markdown]
# The data cannot choose between $W$ and $2W$. So *we* must say which one we like. We add a penalty
# (벌점) on the weights. That is regularization (정규화):
#
# $$L = \underbrace{\frac{1}{N} \sum_i L_i}_{\text{fit the data}}
#   + \underbrace{\lambda R(W)}_{\text{stay simple}}$$
#
# $\lambda$ says how much we care; in code it is called `reg`. (`lambda` is taken in Python.)
#
# | kind | $R(W)$ | what it likes |
# |---|---|---|
# | L2 | $\sum W^2$ | many small weights |
# | L1 | $\sum \lvert W \rvert$ | few weights that are not 0 (sparse, 희소) |
# | elastic net | $\sum \left( \beta W^2 + \lvert W \rvert \right)$ | some of both |
#
# The sums run over all weights. The lecture also names max-norm (an upper limit for the length of a
# weight vector), dropout, batch normalization and stochastic depth. Those belong to neural
# networks (day 4).
#
# By hand: an input of four ones, and two weight vectors that give it the same score, 1.
#
# $$x = (1, 1, 1, 1), \quad w_1 = (1, 0, 0, 0), \quad w_2 = (0.25, 0.25, 0.25, 0.25)$$
#
# | | score | L2 | L1 | elastic, $\beta = 1$ | elastic, $\beta = 0.5$ |
# |---|---|---|---|---|---|
# | $w_1$ | 1 | 1 | 1 | 2 | 1.5 |
# | $w_2$ | 1 | $4 \cdot 0.0625 = 0.25$ | 1 | 1.25 | 1.125 |
#
# L2 prefers $w_2$, which listens to every input a little. L1 sees a tie here.
#
# **Your turn.** Write the three penalties. They must work for a matrix as well.


# %% solution="regularization"
def regularization(W, kind, beta=1.0):
    """Compute the penalty R(W): a sum over all weights.

    W: weights, floats or integers, of any shape.
    kind: "l2" sums W^2; "l1" sums |W|; "elastic" sums beta * W^2 + |W|. Only "elastic" uses beta.
    Returns one number. Raises ValueError for any other kind.
    """
    ### BEGIN SOLUTION
    if kind == "l2":
        penalty = np.sum(W**2)
    elif kind == "l1":
        penalty = np.sum(np.abs(W))
    elif kind == "elastic":
        penalty = np.sum(beta * W**2 + np.abs(W))
    else:
        raise ValueError(f'kind is {kind!r}, expected "l2", "l1" or "elastic"')
    ### END SOLUTION
    return penalty


# %% tests="regularization" points=1
w2 = np.array([0.25, 0.25, 0.25, 0.25])
check_close(regularization(w2, "l2"), 0.25, "L2 of w2")
check_close(regularization(w2, "l1"), 1.0, "L1 of w2")
check_close(regularization(w2, "elastic", 0.5), 1.125, "elastic of w2 with beta = 0.5")

# %% tests="regularization" idea="matrix" points=1 hint="Try a matrix with negative weights, and sum over all of it."
### BEGIN HIDDEN TESTS
W = np.array([[1.0, -2.0, 0.5], [-3.0, 0.0, 4.0]])
check_close(regularization(W, "l2"), 1.0 + 4.0 + 0.25 + 9.0 + 16.0, "L2 of a matrix")
check_close(regularization(W, "l1"), 1.0 + 2.0 + 0.5 + 3.0 + 4.0, "L1 of a matrix")
check_close(regularization(W, "elastic"), 30.25 + 10.5, "elastic of a matrix")
### END HIDDEN TESTS

# %% tests="regularization" idea="unknown_kind" points=1 hint="Which kinds does the docstring list? What happens with another word?"
### BEGIN HIDDEN TESTS
check_close(regularization(np.array([[3.0, -1.5], [0.5, 2.0]]), "l1"), 7.0, "L1, beside l3")
check_raises(ValueError, lambda: regularization(np.array([3.0, -1.5]), "l3"), 'kind "l3"')
### END HIDDEN TESTS

# %% [markdown] picture="which_factor"
# Occam's razor (오컴의 면도날): of the explanations that fit the facts equally well, take the
# simplest. Here the facts are the data, and simple means small weights.
#
# Four points with two numbers each, three classes, and a $W$ that gets all of them right:
#
# $$X = \begin{pmatrix} 2 & 0 \\ 0 & 2 \\ -1 & -1 \\ 3 & 0 \end{pmatrix}, \quad
# y = (0, 1, 2, 0), \quad
# W = \begin{pmatrix} 1 & 0 & -1 \\ 0 & 1 & -1 \end{pmatrix}, \quad b = 0$$
#
# Its multiples, with L2 and $\lambda = 0.1$:
#
# | weights | data loss | $R(W)$ | total |
# |---|---:|---:|---:|
# | $2W$ | 0 | 16 | $0 + 0.1 \cdot 16 = 1.6$ |
# | $W$ | 0 | 4 | 0.4 |
# | $\tfrac{1}{2} W$ | 0 | 1 | **0.1** |
# | $\tfrac{1}{4} W$ | 0.4375 | 0.25 | 0.4625 |
#
# Three of the four have no data loss. The total prefers one. Your `total_loss` will draw this:
#
# ![Two curves over the factor k. The data loss falls from 2 at k = 0 to 0 at k = 0.5 and stays 0.
# The total falls as well, is lowest at k = 0.5, and rises again from
# there.](attachment:which_factor.png)
#
# **Your turn.** The bias $b$ is not part of the penalty: it shifts the scores of a class and says
# nothing about how large the weights are.

# %% locked="four_points"
four_points = np.array([[2.0, 0.0], [0.0, 2.0], [-1.0, -1.0], [3.0, 0.0]])
four_labels = np.array([0, 1, 2, 0])
four_weights = np.array([[1.0, 0.0, -1.0], [0.0, 1.0, -1.0]])


# %% solution="total_loss"
def total_loss(X, labels, W, b, reg):
    """Compute the SVM loss of the scores XW + b, plus reg times the L2 penalty of W.

    X: examples, shape (N, D). labels: shape (N,), in 0..C-1. W: weights, shape (D, C). b: biases,
    shape (C,), not penalized. reg: a number, 0 or larger. The wanted lead is 1. The SVM loss is
    the mean over the examples; the penalty is the plain sum of W^2, not halved and not divided.
    Returns one number, a float.
    """
    ### BEGIN SOLUTION
    scores = X @ W + b
    loss = svm_loss(scores, labels) + reg * regularization(W, "l2")
    ### END SOLUTION
    return loss


# %% tests="total_loss" points=1
check_close(
    total_loss(four_points, four_labels, four_weights / 4, np.zeros(3), 0.1),
    0.4625,
    "total_loss of the four points with W / 4 and reg = 0.1",
    hint="The table above has both parts of it",
)

# %% tests="total_loss" idea="other_numbers" points=2 hint="Try b that is not 0, 5 examples, 3 inputs and 4 classes."
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(5)
X, W, b = rng.normal(size=(5, 3)), rng.normal(size=(3, 4)), np.array([2.0, -1.0, 0.5, -3.0])
labels = np.array([1, 3, 0, 2, 2])
scores = X @ W + b[None, :]
terms = [
    max(0.0, scores[i, j] - scores[i, labels[i]] + 1)
    for i in range(5)
    for j in range(4)
    if j != labels[i]
]
wanted = sum(terms) / 5 + 0.7 * sum(weight * weight for weight in W.ravel())
check_close(total_loss(X, labels, W, b, 0.7), wanted, "total_loss with N = 5, D = 3, C = 4")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** On the flat part the data loss has no opinion: every $k$ from 0.5 on is as
# good as the next. The penalty has one. It pulls $W$ towards 0, until the data loss pulls back.

# %% show="which_factor"
factors = np.linspace(0, 2.2, 89)
zero_b = np.zeros(3)
curves = {
    reg: [total_loss(four_points, four_labels, k * four_weights, zero_b, reg) for k in factors]
    for reg in (0.0, 0.1)
}

fig, ax = plt.subplots(figsize=(7.6, 3.6), layout="constrained")
ax.plot(factors, curves[0.0], color=COLORS["blue"], label="data loss alone: flat from 0.5 on")
ax.plot(factors, curves[0.1], "--", color=COLORS["vermillion"], label="total, with λ = 0.1")
best = int(np.argmin(curves[0.1]))
ax.plot(factors[best], curves[0.1][best], "o", color=COLORS["vermillion"])
ax.annotate(
    f"the lowest total: k = {factors[best]:.2g}",
    (factors[best], curves[0.1][best]),
    xytext=(0.62, 0.75),
    arrowprops={"arrowstyle": "-", "color": "grey"},
)
ax.set_title("Which multiple of W is best?")
ax.set_xlabel("factor k, weights kW")
ax.set_ylabel("loss")
ax.spines[["top", "right"]].set_visible(False)
ax.legend(frameon=False)
plt.show()

# %% [markdown]
# ## 7. Training
#
# Now the computer shall find $W$ and $b$. Begin with zeros and step against the gradient, again and
# again. (That is gradient descent, 경사하강법. Day 3 takes its time for it; here you need three
# lines.) With `dscores` from part 5, the gradients by the weights and the biases are
#
# $$dW = X^{T} \, \text{dscores} + 2 \lambda W, \qquad
#   db = \text{the sum of the rows of dscores}$$
#
# ($2 \lambda W$ is the slope of $\lambda W^2$.) And one step is
#
# $$W \leftarrow W - \text{learning rate} \cdot dW, \qquad
#   b \leftarrow b - \text{learning rate} \cdot db$$
#
# By hand, the first step for the four points. All scores are 0, so every margin is 1. Each row of
# `dscores` holds +1 twice and -2 at the correct class, divided by 4. The first column of `dscores`
# is $(-2, 1, 1, -2) / 4$, so
#
# $$dW_{11} = \tfrac{1}{4} \left( 2 \cdot (-2) + 0 \cdot 1 + (-1) \cdot 1 + 3 \cdot (-2) \right)
#   = -2.75, \qquad db_1 = -0.5$$
#
# With a learning rate (학습률) of 0.4, $W_{11}$ becomes $1.1$ and $b_1$ becomes $0.2$.
#
# **Your turn.** One epoch (에폭) is one step here, with the whole table.


# %% solution="train_svm"
def train_svm(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Train W and b by gradient descent on `total_loss`, from zeros.

    X: examples, shape (N, D). labels: shape (N,), in 0..C-1. n_classes: C; a class may be absent
    from labels. learning_rate: a number. epochs: the number of steps, each with the whole table.
    reg: as in `total_loss`.
    Returns (W, b, history) as float64 arrays: W of shape (D, C), b of shape (C,), history of shape
    (epochs + 1,). history holds the total loss, penalty included, before the first step and after
    each step.
    """
    ### BEGIN SOLUTION
    W, b = np.zeros((X.shape[1], n_classes)), np.zeros(n_classes)
    history = [total_loss(X, labels, W, b, reg)]
    for _ in range(epochs):
        _, dscores = svm_loss_grad(X @ W + b, labels)
        W = W - learning_rate * (X.T @ dscores + 2 * reg * W)
        b = b - learning_rate * dscores.sum(axis=0)
        history.append(total_loss(X, labels, W, b, reg))
    history = np.array(history)
    ### END SOLUTION
    return W, b, history


# %% tests="train_svm" points=1
W, b, history = train_svm(four_points, four_labels, 3, 0.4, 1)
check_array(W, [[1.1, -0.4, -0.7], [-0.1, 0.5, -0.4]], "W after one step")
check_array(b, [0.2, -0.1, -0.1], "b after one step")
check_array(history, [2.0, 0.025], "history of one step", hint="Before the step: C - 1")

# %% tests="train_svm" idea="steps_with_a_penalty" points=2 hint="Take several steps with reg = 0.3. Where does reg stand in dW, in db, in history?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(6)
X, truth = rng.normal(size=(6, 3)), np.array([1, 3, 0, 2, 2, 0])
weights, biases, totals = np.zeros((3, 4)), np.zeros(4), []
for step in range(8):
    gaps = X @ weights + biases
    gaps = gaps - gaps[range(6), truth][:, None] + 1
    gaps[range(6), truth] = -1
    totals.append(gaps[gaps > 0].sum() / 6 + 0.3 * (weights**2).sum())
    slope = np.where(gaps > 0, 1 / 6, 0)
    slope[range(6), truth] = -slope.sum(axis=1)
    if step < 7:
        weights = weights - 0.25 * (X.T @ slope + 0.6 * weights)
        biases = biases - 0.25 * slope.sum(axis=0)
W, b, history = train_svm(X, truth, 4, 0.25, 7, 0.3)
check_array(W, weights, "W after 7 steps with reg = 0.3")
check_array(b, biases, "b after 7 steps with reg = 0.3")
check_array(history, totals, "history of 7 steps with reg = 0.3")
### END HIDDEN TESTS

# %% tests="train_svm" idea="an_absent_class" points=1 hint="How many classes are there if the largest label is 2 and n_classes is 5?"
### BEGIN HIDDEN TESTS
X = np.array([[1.0, -2.0], [0.5, 3.0], [4.0, 0.25]])
check_array(
    train_svm(X, np.array([0, 2, 0]), 5, 0.3, 1)[1],
    [0.7, -0.3, 0.2, -0.3, -0.3],
    "b after one step with 5 classes, of which 3 are absent",
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Left, two tables: the zoo (16 traits of 101 animals, 7 types) and diabetes
# (8 measurements, yes or no). The loss starts at $C - 1$, as Q3 says, and falls. The zoo is counted
# on the animals it was trained on, which is too kind; day 3 splits that table fairly.
#
# Middle and right, a toy set with one odd circle, far from the others. Without a penalty the
# machine turns a boundary for that one point, close to the triangles. With a penalty the weights
# stay small, the boundary runs through the middle, and the odd point is given up. That is Occam's
# razor at work, and a first cure for overfitting (과적합).

# %% show="training"
zoo, diabetes = load_zoo(), load_diabetes()
traits, kinds = zoo.drop(columns=["animal", "type"]).to_numpy(), zoo["type"].to_numpy()
measured, diabetic = diabetes.drop(columns="diabetic").to_numpy(), diabetes["diabetic"].to_numpy()

W, b, zoo_history = train_svm(traits, kinds, 7, 0.05, 200)
right = (traits @ W + b).argmax(axis=1) == kinds
print(f"zoo, 7 classes: {right.sum()} of {right.size} training animals right")
W, b, diabetes_history = train_svm(measured[:600], diabetic[:600], 2, 0.1, 200)
right = (measured[600:] @ W + b).argmax(axis=1) == diabetic[600:]
share = max(diabetic[600:].mean(), 1 - diabetic[600:].mean())
print(f"diabetes, rows 600 to 758: {right.mean():.0%} right; always the larger class: {share:.0%}")

rng = np.random.default_rng(2)
centres = np.array([[-1.6, -1.0], [1.6, -1.0], [0.0, 1.6]])
toy_labels = np.repeat([0, 1, 2], 12)
toy_points = centres[toy_labels] + rng.normal(scale=0.45, size=(36, 2))
toy_points[0] = [0.1, -1.2]  # an odd one: a circle among the triangles
axis = np.linspace(-3.2, 3.2, 120)
grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)

fig, axes = plt.subplots(1, 3, figsize=(11.5, 3.7), width_ratios=[1.2, 1, 1], layout="constrained")
axes[0].plot(zoo_history, color=COLORS["blue"], label="zoo, 7 classes: starts at 6")
axes[0].plot(
    diabetes_history, "--", color=COLORS["vermillion"], label="diabetes, 2 classes: starts at 1"
)
axes[0].set(title="Loss while training", xlabel="epoch", ylabel="loss", ylim=(0, 6.4))
axes[0].spines[["top", "right"]].set_visible(False)
axes[0].legend(frameon=False)
colours = [COLORS[name] for name in ("blue", "vermillion", "green")]
for ax, reg in zip(axes[1:], (0.0, 0.1), strict=True):
    W, b, _ = train_svm(toy_points, toy_labels, 3, 0.3, 400, reg)
    answer = (grid @ W + b).argmax(axis=1).reshape(120, 120)
    ax.contourf(axis, axis, answer, levels=[-0.5, 0.5, 1.5, 2.5], colors=colours, alpha=0.2)
    for c, marker in enumerate("o^s"):
        ax.scatter(*toy_points[toy_labels == c].T, color=colours[c], marker=marker, s=30)
    right = ((toy_points @ W + b).argmax(axis=1) == toy_labels).sum()
    ax.set(title=f"λ = {reg:g}: {right} of 36 right, $\\sum W^2$ = {(W**2).sum():.1f}")
    ax.set(xlabel="$x_1$", ylabel="$x_2$", xticks=[], yticks=[], aspect="equal")
plt.show()

# %% [markdown]
# ## 8. Beside softmax
#
# Softmax with cross-entropy (the other notebook of this day) reads the same scores in another way.
# Written with the same differences, the two are close relatives:
#
# $$L_i^{\text{SVM}} = \sum_{j \neq y_i} \max(0,\; s_j - s_{y_i} + 1), \qquad
#   L_i^{\text{softmax}} = \log \Bigl( 1 + \sum_{j \neq y_i} e^{\,s_j - s_{y_i}} \Bigr)$$
#
# Both look only at differences. Both call the frog bad and the car good. But let the car score of
# the car image move, as in Q1: the SVM is content once the lead is 1. Softmax never is. It always
# wants a little more.

# %% show="beside_softmax"
car_scores = np.linspace(0, 8, 161)
table = np.column_stack([np.full(161, 1.3), car_scores, np.full(161, 2.0)])
softmax_losses = [2.0404, 0.0791, 6.1565]  # of the lecture's three images

fig, axes = plt.subplots(1, 2, figsize=(11, 3.7), layout="constrained")
svm_curve = svm_loss_per_example(table, [1] * 161)
axes[0].plot(car_scores, svm_curve, color=COLORS["blue"], label="SVM: reaches 0 and stays")
softmax_curve = np.log1p(np.exp(1.3 - car_scores) + np.exp(2.0 - car_scores))
axes[0].plot(car_scores, softmax_curve, "--", color=COLORS["orange"], label="softmax: never 0")
axes[0].axvline(4.9, ymax=0.55, color="grey", linewidth=1)
axes[0].text(5.0, 2.6, "the lecture's 4.9")
axes[0].set(title="The car image", xlabel="its car score", ylabel="loss")
axes[0].legend(frameon=False)
places = np.arange(3)
svm_losses = svm_loss_per_example(lecture_scores, lecture_labels)
for shift, name, losses, colour in [
    (-0.2, "SVM", svm_losses, "blue"),
    (0.2, "softmax", softmax_losses, "orange"),
]:
    drawn = axes[1].bar(places + shift, losses, 0.36, color=COLORS[colour], label=name)
    axes[1].bar_label(drawn, [f"{loss:.2f}" for loss in losses], padding=2)
axes[1].set_xticks(places, [f"the {name} image" for name in class_names])
axes[1].set(title="The same scores, two losses", ylabel="loss", ylim=(0, 14.5))
axes[1].legend(frameon=False, loc="upper left")
for ax in axes:
    ax.spines[["top", "right"]].set_visible(False)
plt.show()

# %% [markdown]
# The two scales differ, so never compare 2.9 with 2.04. Compare SVM with SVM and softmax with
# softmax. In practice both choose almost the same classes. Softmax is the one that you meet in
# neural networks, because its answers read as probabilities.
#
# ## What you can do now
#
# - Compute the SVM loss, by hand and for a table, and its gradient; check both.
# - Know before the first step what the loss should be: $C - 1$.
# - Say why $W$ with $L = 0$ is not unique, and what $\lambda R(W)$ does about it.
#
# Next comes day 3: gradient descent, slowly.

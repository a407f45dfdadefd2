# %% [markdown]
# # Loss: softmax and cross-entropy
#
# **Time** about 85 minutes · **Points** 40 · **You need** scores ($XW + b$), broadcasting and fancy
# indexing from day 1
#
# On day 1 a classifier gave each class a score, and the largest score won. Some answers were
# wrong. *How* wrong? That takes one number, the loss (손실). "This $W$ is bad by 3.5", says the
# lecture (3.5만큼 안 좋음). Without such a number, nothing can be improved.
#
# At the end of this notebook you will be able to
#
# - turn scores into probabilities (확률) with softmax (소프트맥스), also when a score is 1000;
# - compare probabilities with the truth by cross-entropy (교차 엔트로피), by hand and in NumPy;
# - say what goes wrong near $\log 0$, and cure it twice: with a small delta, then properly;
# - compute the loss of a whole table without a loop, and its gradient (기울기);
# - test a loss and a gradient before you trust them.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 From scores to probabilities | `softmax` | 18 | 7 |
# | 2 The truth as a row | `one_hot` | 8 | 3 |
# | 3 How far apart? | `cross_entropy` | 10 | 3 |
# | 4 A small delta | `cross_entropy_error` | 9 | 5 |
# | 5 Many examples | `cross_entropy_batch` | 10 | 4 |
# | 6 Straight from the scores | `log_softmax`, `softmax_loss` | 14 | 8 |
# | 7 The gradient | `softmax_loss_grad` | 10 | 7 |
# | 8 Two classes, and prediction | an answer in words | 6 | 3 |
#
# As before: return a new array, leave the arguments as they are, take integers too. Everywhere,
# $\log$ is the natural logarithm (자연로그), `np.log`.

# %% [markdown]
# **Tools.** NumPy computes, Matplotlib draws, `time` is a stopwatch. From our own `course` come
# checks, a check of gradients, two tables and two kinds of picture. Run this cell and move on.

# %% locked="setup"
import time

import matplotlib.pyplot as plt
import numpy as np

from course.checks import (
    check_array,
    check_close,
    check_no_loops,
    check_raises,
    check_unchanged,
)
from course.datasets import load_diabetes, load_zoo
from course.gradcheck import check_gradient
from course.plots import COLORS, bars, heatmap

# %% [markdown] picture="three_steps"
# ## 1. From scores to probabilities
#
# Three classes have the scores 2.0, 1.0 and 0.1. Two steps make probabilities of them:
#
# ![Three bar charts for the classes 0, 1 and 2. Scores: 2.0, 1.0, 0.1. Exponentials: 7.389, 2.718,
# 1.105; all are positive now. Divided by their sum: 0.659, 0.242,
# 0.099.](attachment:three_steps.png)
#
# The exponential makes every score positive. Dividing by the sum makes the three add up to 1. As a
# formula:
#
# $$\text{softmax}(s)_j = \frac{e^{s_j}}{\sum_k e^{s_k}}$$
#
# (Some slides print the index of the top below the sum too, $\sum_j e^{y_i}$. The sum needs its own
# index.)
#
# By hand, the sum is $7.389 + 2.718 + 1.105 = 11.212$, and $7.389 / 11.212 = 0.659$. The slides
# round to 0.7, 0.2 and 0.1.
#
# Two facts hold always. The probabilities of an example sum to 1. And the order stays: $e^s$ is
# strictly increasing (순증가), so a larger score gets a larger probability, and equal scores get
# equal ones.
#
# ### Large scores
#
# $e^{10}$ is over 20 000. $e^{100}$ has more than 40 digits. **Guess first, then run:** what is
# `np.exp(1000.0)`, and what becomes of the formula for the scores 1010, 1000 and 990?

# %%
scores = np.array([1010.0, 1000.0, 990.0])
with np.errstate(over="ignore", invalid="ignore"):  # NumPy would print warnings here
    print("exp:    ", np.exp(scores))
    print("softmax:", np.exp(scores) / np.exp(scores).sum())

# %% [markdown]
# That is overflow (오버플로): float64 ends near $10^{308}$, beyond it stands `inf`. And `inf / inf`
# is `nan`, "not a number".
#
# The cure: multiply top and bottom by the same number $C$. Nothing changes, and $C$ moves into the
# exponent:
#
# $$\frac{e^{s_j}}{\sum_k e^{s_k}} = \frac{C e^{s_j}}{\sum_k C e^{s_k}}
# = \frac{e^{s_j + \log C}}{\sum_k e^{s_k + \log C}}$$
#
# So you may add any number to *all* scores of an example. Choose $\log C = -\max_k s_k$. Then the
# largest score becomes 0 and no exponential is above 1. By hand:
#
# | | class 0 | class 1 | class 2 |
# |---|---:|---:|---:|
# | score | 1010 | 1000 | 990 |
# | minus the largest | 0 | -10 | -20 |
# | exponential | 1 | 0.0000453999 | 0.0000000021 |
# | softmax | 0.9999546 | 0.0000453979 | 0.0000000021 |
#
# **Your turn.** Write `softmax`, for one example and for many. Each example has its own largest
# score and its own sum. With `axis=-1` NumPy works along the last axis, whatever the number of
# axes; `keepdims=True` keeps the result broadcastable.


# %% solution="softmax"
def softmax(scores):
    """Turn scores into probabilities.

    scores: one example, shape (C,), or many, shape (N, C), or more axes in front; the C classes
    stand on the last axis. Floats or integers, large ones too, such as 1000 or -1000.
    Returns float64 probabilities of the same shape. Those of an example sum to 1. Changes no
    argument.
    """
    ### BEGIN SOLUTION
    shifted = scores - scores.max(axis=-1, keepdims=True)
    exponentials = np.exp(shifted)
    probs = exponentials / exponentials.sum(axis=-1, keepdims=True)
    ### END SOLUTION
    return probs


# %% tests="softmax" points=1
check_array(
    softmax(np.array([2.0, 1.0, 0.1])),
    [0.6590011389, 0.2424329707, 0.0985658904],
    "softmax of one example",
    atol=1e-9,
)
check_array(
    softmax(np.array([[2.0, 1.0, 0.1], [0.3, 2.9, 4.0], [3.2, 5.1, -1.7]])),
    [
        [0.6590011389, 0.2424329707, 0.0985658904],
        [0.0182112733, 0.2451918129, 0.7365969138],
        [0.1299825391, 0.8690495344, 0.0009679264],
    ],
    "softmax of three examples",
    atol=1e-9,
    hint="Each row has its own sum",
)

# %% tests="softmax" idea="large_scores" points=2
check_array(
    softmax(np.array([1010, 1000, 990])),
    [0.9999546000703, 4.539786860887e-05, 2.061060046209e-09],
    "softmax of three large integers",
)

# %% tests="softmax" idea="always_stable" points=2 hint="Try [[2000, 0, 0], [-1010, -1000, -990]]. What is the largest exponential of each row?"
### BEGIN HIDDEN TESTS
low = np.exp([-20.0, -10.0, 0.0])
check_array(
    softmax(np.array([[2000.0, 0.0, 0.0], [-1010.0, -1000.0, -990.0], [0.0, 1500.0, 1500.0]])),
    [[1.0, 0.0, 0.0], low / low.sum(), [0.0, 0.5, 0.5]],
    "softmax of three very different rows",
)
### END HIDDEN TESTS

# %% tests="softmax" idea="more_axes" points=1 hint="Try shape (2, 3, 4). The classes stand on the last axis."
### BEGIN HIDDEN TESTS
scores = np.random.default_rng(1).normal(size=(2, 3, 4))
exponentials = np.exp(scores)
check_array(
    softmax(scores),
    exponentials / exponentials.sum(axis=2)[:, :, None],
    "softmax of shape (2, 3, 4)",
)
### END HIDDEN TESTS

# %% tests="softmax" idea="keeps_its_input" points=1 hint="Print the scores before and after the call."
### BEGIN HIDDEN TESTS
scores = np.array([[0.3, 2.9], [4.0, -1.0], [0.5, 0.25]])
check_unchanged(lambda: softmax(scores), "softmax", scores=scores)
check_array(
    softmax(np.array([[0.0, np.log(3.0)], [np.log(9.0), 0.0]])),
    [[0.25, 0.75], [0.9, 0.1]],
    "softmax of two examples with two classes",
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The picture from above, now with *your* probabilities. Compare the first
# panel with the last: the same order, but the gaps have changed. The exponential favours the
# winner. That is why it is called a soft version of the maximum.

# %% show="three_steps"
scores = np.array([2.0, 1.0, 0.1])
fig, axes = plt.subplots(1, 3, figsize=(11, 3.2), layout="constrained")
panels = [
    ("1. scores", "score", "{:.1f}", scores),
    ("2. exponentials", "exp(score)", "{:.3f}", np.exp(scores)),
    ("3. divided by their sum", "probability", "{:.3f}", softmax(scores)),
]
for ax, (title, ylabel, fmt, values) in zip(axes, panels, strict=True):
    bars(["class 0", "class 1", "class 2"], values, title=title, ylabel=ylabel, fmt=fmt, ax=ax)
plt.show()

# %% [markdown]
# ## 2. The truth as a row
#
# The truth is a label (레이블), such as "class 2". To compare it with a row of probabilities, we
# write it as a row of probabilities too: 1 at the true class, 0 elsewhere. That is one-hot encoding
# (원-핫 인코딩).
#
# The lecture's five students have the grades A, A, B, B and C. Number the grades from 0:
#
# | grade | label | A | B | C |
# |---|---:|---:|---:|---:|
# | A | 0 | 1 | 0 | 0 |
# | A | 0 | 1 | 0 | 0 |
# | B | 1 | 0 | 1 | 0 |
# | B | 1 | 0 | 1 | 0 |
# | C | 2 | 0 | 0 | 1 |
#
# Python counts from 0, so label 2 is the *third* class. (A slide says "class 2" and "the second
# class" of the same entry. Index 2 is meant.)
#
# A batch need not hold every class: three of these students may all have an A, and their rows still
# have three columns. So the number of classes is an argument. And a label that is no class must not
# slip through: index -1 means "the last one" to NumPy, without a word.
#
# **Your turn.** `np.eye(3)` is the identity matrix (단위행렬). What does `np.eye(3)[[0, 0, 1]]` give?


# %% solution="one_hot"
def one_hot(labels, n_classes):
    """Write each label as a row with a single 1.

    labels: an array of integers, shape (N,). n_classes: the number of classes, C.
    Returns a float64 array, shape (N, C).
    Raises ValueError if a label is not one of 0 … C - 1.
    """
    ### BEGIN SOLUTION
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError(f"labels must lie in 0..{n_classes - 1}")
    rows = np.eye(n_classes)[labels]
    ### END SOLUTION
    return rows


# %% tests="one_hot" points=1
check_array(
    one_hot(np.array([0, 0, 1, 1, 2]), 3),
    [[1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    "one_hot of the five grades",
)

# %% tests="one_hot" idea="missing_classes" points=1 hint="Try the labels [3, 1, 3] with 6 classes."
### BEGIN HIDDEN TESTS
check_array(
    one_hot(np.array([3, 1, 3]), 6),
    [[0.0, 0, 0, 1, 0, 0], [0.0, 1, 0, 0, 0, 0], [0.0, 0, 0, 1, 0, 0]],
    "one_hot of labels 3, 1, 3 with 6 classes",
)
### END HIDDEN TESTS

# %% tests="one_hot" idea="labels_that_are_no_class" points=1 hint="Which labels do 3 classes have? Try one too small and one too large."
### BEGIN HIDDEN TESTS
check_raises(ValueError, lambda: one_hot(np.array([0, 3, 1, 2]), 3), "label 3 of 3 classes")
check_raises(ValueError, lambda: one_hot(np.array([1, 0, -1, 2]), 3), "label -1")
### END HIDDEN TESTS

# %% [markdown] picture="loss_curve"
# ## 3. How far apart?
#
# Now two rows are to be compared: the truth $p$ and the predicted probabilities $q$. Look only at
# the probability of the true class. If it is 1, the loss should be 0. The smaller it is, the larger
# the loss. $-\log$ does just that:
#
# ![A falling curve: the loss, minus the logarithm of the true class's probability. It is steep near
# probability 0 and reaches 0 at probability 1. Three points are marked: probability 0.7 with loss
# 0.357, 0.13 with 2.04, and 0.01 with 4.605.](attachment:loss_curve.png)
#
# Cross-entropy is this, for any two rows:
#
# $$H(p, q) = -\sum_c p_c \log q_c$$
#
# By hand, with the truth $L = (1, 0, 0)$ and the prediction $S = (0.7, 0.2, 0.1)$:
#
# $$H(L, S) = -(1 \cdot \log 0.7 + 0 \cdot \log 0.2 + 0 \cdot \log 0.1) = 0.357$$
#
# Only the true class counts, since the others are multiplied by 0. The slides write $D(S, L)$ for
# this, with the prediction first. The order matters:
#
# $$H(S, L) = -(0.7 \log 1 + 0.2 \log 0 + 0.1 \log 0) = \infty$$
#
# Four things to watch:
#
# - The minus. Some slides lost it. A loss is never below 0.
# - The base. A public slide prints 0.89 for $-\log 0.13$. That is `log10`; `np.log` gives 2.04.
# - $p_c > 0$ and $q_c = 0$: what is true was called impossible. The loss is infinite.
# - $p_c = 0$ and $q_c = 0$: on paper $0 \cdot \log 0$ counts as 0. On a computer it is
#   $0 \cdot (-\infty)$, and that is `nan`.
#
# So with $p = (0, 1)$, the prediction $(0, 1)$ costs 0, and $(1, 0)$ costs $\infty$.
#
# **Your turn.** A mask helps: `p > 0` tells which terms count at all.


# %% solution="cross_entropy"
def cross_entropy(p, q):
    """Measure how badly the probabilities q fit the true probabilities p: -sum of p * log(q).

    p: the truth, shape (C,), not always one-hot. q: the prediction, shape (C,). Both sum to 1.
    A class with p = 0 adds 0, whatever its q. If a class has p > 0 and q = 0, the result is inf.
    Returns a float. NumPy may warn of log(0); you may let it.
    """
    ### BEGIN SOLUTION
    counts = p > 0
    with np.errstate(divide="ignore"):  # log(0) = -inf is meant
        value = -np.sum(p[counts] * np.log(q[counts]))
    ### END SOLUTION
    return value


# %% tests="cross_entropy" points=1
L, S = np.array([1.0, 0.0, 0.0]), np.array([0.7, 0.2, 0.1])
check_close(cross_entropy(L, S), 0.3566749439, "cross_entropy(L, S)", atol=1e-9)
check_close(cross_entropy(S, L), np.inf, "cross_entropy(S, L)")
check_close(cross_entropy(np.array([0, 1]), np.array([1, 0])), np.inf, "p = (0, 1), q = (1, 0)")

# %% tests="cross_entropy" idea="zero_times_log_zero" points=1 hint="What should a class with p = 0 and q = 0 add? What does 0 * np.log(0) give?"
### BEGIN HIDDEN TESTS
check_close(
    cross_entropy(np.array([0.0, 1.0, 0.0, 0.0]), np.array([0.0, 0.5, 0.5, 0.0])),
    np.log(2),
    "cross_entropy with p = q = 0 twice",
)
### END HIDDEN TESTS

# %% tests="cross_entropy" idea="not_one_hot" points=1 hint="Try p = (0.5, 0.3, 0.2). Which classes count?"
### BEGIN HIDDEN TESTS
p, q = np.array([0.4, 0.1, 0.2, 0.25, 0.05]), np.array([0.1, 0.3, 0.15, 0.05, 0.4])
check_close(
    cross_entropy(p, q),
    sum(truth * np.log(1 / prediction) for truth, prediction in zip(p, q, strict=True)),
    "cross_entropy of two rows without a zero",
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Your function draws the curve. A step from 0.9 to 0.7 costs little. A step
# from 0.13 to 0.01 costs a lot: to be sure and wrong is expensive.

# %% show="loss_curve"
probabilities = np.linspace(0.005, 1, 100)
truth = np.array([1.0, 0.0])
fig, ax = plt.subplots(figsize=(7, 3.6), layout="constrained")
losses = [cross_entropy(truth, np.array([q, 1 - q])) for q in probabilities]
ax.plot(probabilities, losses, color=COLORS["blue"], linewidth=2)
for q in [0.7, 0.13, 0.01]:
    loss = cross_entropy(truth, np.array([q, 1 - q]))
    ax.plot(q, loss, "o", color=COLORS["vermillion"])
    ax.annotate(f"{q} costs {loss:.4g}", (q, loss), xytext=(9, 3), textcoords="offset points")
ax.set(xlabel="probability of the true class", ylabel="loss", title="the loss is -log")
ax.spines[["top", "right"]].set_visible(False)
plt.show()

# %% [markdown]
# ## 4. A small delta
#
# An infinite loss is right, and useless: one such image, and the mean over a million images is
# infinite too. The lecture's remedy is to add a small number inside the logarithm:
#
# $$E = -\sum_c t_c \log (y_c + \delta), \qquad \delta = 10^{-7}$$
#
# $y$ is the prediction and $t$ the target. Now the worst loss is $-\log 10^{-7} = 16.118$, and
# $0 \cdot \log \delta$ is an honest 0. The price: a perfect prediction costs
# $-\log(1 + 10^{-7}) = -0.0000001$, a little *below* 0.
#
# The lecture's exercise has ten classes. The true class is index 2.
#
# | | 0 | 1 | **2** | 3 | 4 | 5 | 6 | 7 | 8 | 9 |
# |---|---|---|---|---|---|---|---|---|---|---|
# | first $y$ | 0.1 | 0.05 | **0.6** | 0 | 0.05 | 0.1 | 0 | 0.1 | 0 | 0 |
# | second $y$ | 0.1 | 0.05 | **0.1** | 0 | 0.05 | 0.1 | 0 | 0.6 | 0 | 0 |
#
# By hand: $-\log 0.6 = 0.511$ and $-\log 0.1 = 2.303$. The second prediction bets on class 7, and
# its loss is larger. (The slide leaves the first value out.)


# %% solution="cross_entropy_error"
def cross_entropy_error(probs, target, delta=1e-7):
    """Compute the cross-entropy of one example, with delta added inside the logarithm.

    probs: predicted probabilities, shape (C,). target: true probabilities, shape (C,), mostly
    one-hot, but not always. delta: a small number, added to every probability.
    Returns a float. Changes no argument.
    """
    ### BEGIN SOLUTION
    error = -np.sum(target * np.log(probs + delta))
    ### END SOLUTION
    return error


# %% tests="cross_entropy_error" points=1
target = np.array([0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
first = np.array([0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0])
second = np.array([0.1, 0.05, 0.1, 0.0, 0.05, 0.1, 0.0, 0.6, 0.0, 0.0])
# kept: the value that the slide leaves out
check_close(cross_entropy_error(first, target), 0.510825457099338, "the first y")
check_close(cross_entropy_error(second, target), 2.302584092994546, "the second y", atol=1e-9)

# %% tests="cross_entropy_error" idea="impossible_truth" points=1 hint="What is the loss if the true class has probability 0?"
### BEGIN HIDDEN TESTS
check_close(
    cross_entropy_error(np.array([0.75, 0.25, 0.0, 0.0]), np.array([0, 0, 0, 1])),
    7 * np.log(10),
    "cross_entropy_error with probability 0 for the true class",
)
### END HIDDEN TESTS

# %% tests="cross_entropy_error" idea="not_one_hot" points=1 hint="Try the target (0.2, 0.5, 0.3). Which classes count?"
### BEGIN HIDDEN TESTS
check_close(
    cross_entropy_error(np.array([0.6, 0.3, 0.1]), np.array([0.2, 0.5, 0.3])),
    -0.2 * np.log(0.6 + 1e-7) - 0.5 * np.log(0.3 + 1e-7) - 0.3 * np.log(0.1 + 1e-7),
    "cross_entropy_error of a target that is not one-hot",
)
### END HIDDEN TESTS

# %% tests="cross_entropy_error" idea="another_delta" points=1 hint="Where does your function use its argument delta?"
### BEGIN HIDDEN TESTS
check_close(
    cross_entropy_error(np.array([0.5, 0.4, 0.1, 0.0]), np.array([0, 1, 0, 0]), 0.1),
    np.log(2),
    "cross_entropy_error with delta = 0.1 and probability 0.4 for the true class",
)
### END HIDDEN TESTS

# %% tests="cross_entropy_error" idea="keeps_its_input" points=1 hint="Print the probabilities before and after the call."
### BEGIN HIDDEN TESTS
probs, target = np.array([0.25, 0.5, 0.25]), np.array([1.0, 0.0, 0.0])
check_unchanged(
    lambda: cross_entropy_error(probs, target), "cross_entropy_error", probs=probs, target=target
)
check_close(
    cross_entropy_error(np.array([0.25, 0.5, 0.25]), np.array([1.0, 0.0, 0.0])),
    np.log(4),
    "cross_entropy_error of probability 0.25",
    atol=1e-6,
)
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Many examples
#
# The lecture's three images, a cat, a car and a frog, with three scores each. Softmax makes
# probabilities of each row. The true one is bold:
#
# | image | scores | cat | car | frog | loss |
# |---|---|---:|---:|---:|---:|
# | cat | 3.2, 5.1, -1.7 | **0.130** | 0.869 | 0.001 | $-\log 0.130 = 2.040$ |
# | car | 1.3, 4.9, 2.0 | 0.025 | **0.924** | 0.051 | $-\log 0.924 = 0.079$ |
# | frog | 2.2, 2.5, -3.1 | 0.425 | 0.573 | **0.002** | $-\log 0.00212 = 6.156$ |
#
# The loss of the table is the *mean* of the examples: $(2.040 + 0.079 + 6.156) / 3 = 2.759$. With a
# mean, 3 images and 3 million images have losses that can be compared.
#
# With one-hot targets, nine tenths of the work (for ten classes) is multiplying by 0. So skip it:
# take the one probability that counts. Two index arrays of length N pick one number from each row:
#
# ```python
# probs[np.arange(3), np.array([0, 1, 2])]  # row 0, column 0; row 1, column 1; row 2, column 2
# ```
#
# **Your turn**, without a loop. Labels are integers here, not one-hot rows.

# %% locked="three_images"
image_names = ["cat", "car", "frog"]
image_scores = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
image_labels = np.array([0, 1, 2])

# the CIFAR-10 images of day 1: the same three kinds, ten classes
cifar_scores = np.array(
    [
        [-3.45, -8.87, 0.09, 2.90, 4.48, 8.02, 3.78, 1.06, -0.36, -0.72],
        [-0.51, 6.04, 5.31, -4.22, -4.19, 3.58, 4.49, -4.37, -2.09, -2.93],
        [3.42, 4.64, 2.65, 5.10, 2.64, 5.55, -4.34, -1.50, -4.79, 6.14],
    ]
)
cifar_labels = np.array([3, 1, 6])


# %% solution="cross_entropy_batch"
def cross_entropy_batch(probs, labels, delta=1e-7):
    """Compute the mean cross-entropy of N examples, with delta added inside the logarithm.

    probs: predicted probabilities, shape (N, C). labels: the true classes, integers in 0 … C - 1,
    shape (N,). delta: a small number, added to every probability.
    Returns a float: the mean over the examples. Use no loop.
    """
    ### BEGIN SOLUTION
    true_probs = probs[np.arange(len(labels)), labels]
    loss = -np.log(true_probs + delta).mean()
    ### END SOLUTION
    return loss


# %% tests="cross_entropy_batch" points=1
probs = np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6], [0.25, 0.5, 0.25], [0.6, 0.2, 0.2]])
check_close(
    cross_entropy_batch(probs, np.array([0, 2, 1, 1])),
    -(np.log(0.7) + np.log(0.6) + np.log(0.5) + np.log(0.2)) / 4,
    "cross_entropy_batch of four examples",
    atol=1e-6,
)

# %% tests="cross_entropy_batch" idea="no_loops" points=1 hint="Two index arrays, one for the rows and one for the columns"
probs = np.array([[0.125, 0.75, 0.125], [0.5, 0.25, 0.25]])
check_close(
    cross_entropy_batch(probs, np.array([2, 0])),
    2 * np.log(2),
    "cross_entropy_batch of two examples",
    atol=1e-5,
)
check_no_loops(cross_entropy_batch, "cross_entropy_batch")

# %% tests="cross_entropy_batch" idea="as_many_examples_as_classes" points=1 hint="Try a square table. Which index comes first, the example or the class?"
### BEGIN HIDDEN TESTS
probs = np.random.default_rng(5).dirichlet(np.ones(5), size=5)
labels = np.array([3, 0, 4, 3, 1])
wanted = -sum(np.log(probs[n, label]) for n, label in enumerate(labels)) / 5
check_close(
    cross_entropy_batch(probs, labels), wanted, "cross_entropy_batch with N = C = 5", atol=1e-5
)
### END HIDDEN TESTS

# %% tests="cross_entropy_batch" idea="another_delta" points=1 hint="Try delta = 0.5 with a true class of probability 0."
### BEGIN HIDDEN TESTS
check_close(
    cross_entropy_batch(np.array([[0.5, 0.5], [1.0, 0.0], [0.25, 0.75]]), np.array([0, 1, 1]), 0.5),
    (np.log(2) - np.log(1.25)) / 3,
    "cross_entropy_batch with delta = 0.5",
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** A good habit, as on day 1: write the slow version once, compare, then keep
# the fast one.


# %% show="loops_or_indices"
def cross_entropy_by_loops(probs, labels, delta=1e-7):
    """Add up class by class and example by example, as the formula reads."""
    total = 0.0
    for n in range(probs.shape[0]):
        for c in range(probs.shape[1]):
            target = 1.0 if c == labels[n] else 0.0
            total -= target * np.log(probs[n, c] + delta)
    return total / probs.shape[0]


print("the three images:", round(cross_entropy_batch(softmax(image_scores), image_labels), 3))

rng = np.random.default_rng(0)
probs, labels = softmax(rng.normal(size=(2000, 10))), rng.integers(10, size=2000)

began = time.perf_counter()
slow = cross_entropy_by_loops(probs, labels)
seconds_loops = time.perf_counter() - began

began = time.perf_counter()
for _ in range(20):
    fast = cross_entropy_batch(probs, labels)
seconds_indices = (time.perf_counter() - began) / 20

print("same loss:", np.isclose(slow, fast))
faster = seconds_loops / seconds_indices
print("without a loop it is", "over 50 times" if faster > 50 else "some times", "as fast")

# %% [markdown] picture="delta_ceiling"
# ## 6. Straight from the scores
#
# The delta is a patch, and it hides something. Let the true class fall behind the other one, by 0,
# by 10, by 40:
#
# ![Loss against how far the true score lies behind. The exact loss is a straight line up to 40. The
# loss with delta follows it to about 16 and is flat from there on.](attachment:delta_ceiling.png)
#
# From about 16 on, a bad prediction and a far worse one get the same loss. A flat line has slope 0:
# there is nothing to learn from. The cure is to take the logarithm *on paper*, before softmax can
# round to 0:
#
# $$\log \text{softmax}(s)_j = \log \frac{e^{s_j}}{\sum_k e^{s_k}} = s_j - \log \sum_k e^{s_k}$$
#
# The sum may overflow, so shift first, with $m = \max_k s_k$:
#
# $$\log \text{softmax}(s)_j = (s_j - m) - \log \sum_k e^{s_k - m}$$
#
# The sum holds $e^0 = 1$, so its logarithm is never that of 0. By hand, for 1010, 1000 and 990:
# shifted 0, -10, -20; the sum is 1.0000454; its logarithm is 0.0000454. The result: -0.0000454,
# -10.0000454, -20.0000454. (Scores that go into a softmax are called logits, 로짓. TensorFlow's
# `softmax_cross_entropy_with_logits` does what you do now.)


# %% solution="log_softmax"
def log_softmax(scores):
    """Compute the logarithm of softmax, exactly also where softmax itself is rounded to 0.

    scores: shape (N, C), floats or integers of any size.
    Returns float64, shape (N, C): all values finite. Changes no argument.
    """
    ### BEGIN SOLUTION
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    ### END SOLUTION
    return log_probs


# %% tests="log_softmax" points=1
check_array(
    log_softmax(image_scores),
    [
        [-2.0403551528, -0.1403551528, -6.9403551528],
        [-3.6791317783, -0.0791317783, -2.9791317783],
        [-0.8564772017, -0.5564772017, -6.1564772017],
    ],
    "log_softmax of the three images",
    atol=1e-9,
)

# %% tests="log_softmax" idea="any_size" points=2 hint="Try the scores 10000, 0, -10000. No value may be inf or nan."
### BEGIN HIDDEN TESTS
check_array(
    log_softmax(np.array([[10000, 0, -10000, 5], [-20000, -20003, -20500, -20000]])),
    [
        [0.0, -10000.0, -20000.0, -9995.0],
        np.array([0.0, -3.0, -500.0, 0.0]) - np.log(2 + np.exp(-3.0)),
    ],
    "log_softmax of very large and very small integers",
)
### END HIDDEN TESTS

# %% [markdown]
# Now the loss, straight from the scores. It is the mean of $-\log \text{softmax}$ at the true
# classes.
#
# One trap remains. Labels of shape (N, 1), a column, are no error to NumPy: `np.arange(N)` and the
# column broadcast to (N, N), and the mean of N · N numbers is silently wrong. One-hot labels in a
# square table slip through as well. A careful function refuses both.
#
# **Your turn.** You may call your own functions from above.


# %% solution="softmax_loss"
def softmax_loss(scores, labels):
    """Compute the mean cross-entropy of N examples from their scores, without a delta.

    scores: shape (N, C), floats or integers of any size. labels: the true classes, an array of
    integers in 0 … C - 1, shape (N,).
    Returns a float: the mean over the examples, exact also for large scores.
    Raises ValueError if the shape of labels is not (N,).
    """
    ### BEGIN SOLUTION
    if labels.shape != scores.shape[:1]:
        raise ValueError(f"labels have shape {labels.shape}, expected {scores.shape[:1]}")
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_probs[np.arange(len(labels)), labels].mean()
    ### END SOLUTION
    return loss


# %% tests="softmax_loss" points=1
check_close(
    softmax_loss(image_scores, image_labels),
    2.7586547109,
    "softmax_loss of the three images",
    atol=1e-9,
)
check_close(
    softmax_loss(np.zeros((5, 7)), np.array([3, 0, 6, 6, 1])),
    np.log(7),
    "softmax_loss with all scores 0 and 7 classes",
    hint="Is it the mean over the examples?",
)

# %% tests="softmax_loss" idea="ten_classes" points=1 hint="Try more classes than examples, with labels in no order."
### BEGIN HIDDEN TESTS
check_close(
    softmax_loss(cifar_scores, cifar_labels),
    (5.1698427276 + 0.5774809508 + 11.2944847672) / 3,
    "softmax_loss of the three CIFAR-10 images",
)
### END HIDDEN TESTS

# %% tests="softmax_loss" idea="any_size" points=1 hint="Try the scores 1000 and 0, with the second class true."
### BEGIN HIDDEN TESTS
check_close(
    softmax_loss(np.array([[1000, 0], [-3000, -3000], [0, 10000]]), np.array([1, 0, 1])),
    (1000 + np.log(2)) / 3,
    "softmax_loss of large integers",
)
### END HIDDEN TESTS

# %% tests="softmax_loss" idea="refuses_other_labels" points=2 hint="Which shapes of labels does NumPy broadcast?"
### BEGIN HIDDEN TESTS
scores = np.array([[1.0, 2.0, 0.5], [3.0, -1.0, 0.0], [0.25, 4.0, 1.0]])
check_raises(ValueError, lambda: softmax_loss(scores, np.array([[1], [0], [2]])), "labels (3, 1)")
check_raises(ValueError, lambda: softmax_loss(scores, np.eye(3, dtype=int)), "one-hot labels")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The next cell draws the picture from above with your functions. Then it
# finds out what day 1 left open: *how* wrong were the three CIFAR-10 answers? The car is right, and
# costs 0.58 all the same: its bird is close behind. The frog called a truck costs 11.3.
#
# What is the least a loss can be, and the most? It comes as near to 0 as you like, and has no upper
# limit. And with $W = 0$ and $b = 0$, before anything is learned? All scores are 0 and all $C$
# probabilities $1 / C$, so the loss is $\log C$. **Remember this one.** If a training from zero
# weights begins with another value, look for a mistake.

# %% show="delta_ceiling"
behind = np.linspace(0, 40, 81)
duels = np.column_stack([-behind, np.zeros_like(behind)])  # the true class and the other one
exact = [softmax_loss(duel[None, :], np.array([0])) for duel in duels]
patched = [cross_entropy_batch(softmax(duel[None, :]), np.array([0])) for duel in duels]

fig, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
ax.plot(behind, exact, color=COLORS["blue"], linewidth=2, label="straight from the scores")
ax.plot(behind, patched, "--", color=COLORS["vermillion"], linewidth=2, label="with delta")
ax.set(xlabel="how far the true score lies behind", ylabel="loss", title="the delta is a ceiling")
ax.spines[["top", "right"]].set_visible(False)
ax.legend(frameon=False)
plt.show()

for name, row, label in zip(image_names, cifar_scores, cifar_labels, strict=True):
    loss = softmax_loss(row[None, :], np.array([label]))
    print(f"CIFAR-10 {name:4}  answer {row.argmax()}, true {label}, loss {loss:6.2f}")

diabetic = load_diabetes()["diabetic"].to_numpy()
animal_type = load_zoo()["type"].to_numpy()
print("\nall weights 0")
print(f"diabetes  loss {softmax_loss(np.zeros((len(diabetic), 2)), diabetic):.4f}")
print(f"          log 2 {np.log(2):.4f}")
print(f"zoo       loss {softmax_loss(np.zeros((len(animal_type), 7)), animal_type):.4f}")
print(f"          log 7 {np.log(7):.4f}")

# %% [markdown]
# ## 7. The gradient
#
# How should the scores change so that the loss falls? The gradient tells. For one example with the
# true class $y$,
#
# $$\text{loss} = -s_y + \log \sum_k e^{s_k}$$
#
# The derivative by $s_j$ has two parts. The first gives -1 if $j = y$, else 0. The second gives
# $e^{s_j} / \sum_k e^{s_k}$, and that is softmax again. So the gradient is
# *predicted minus true*:
#
# $$\frac{\partial\, \text{loss}}{\partial s_j} = \text{softmax}(s)_j - \text{onehot}(y)_j$$
#
# By hand, for the cat: $(0.130, 0.869, 0.001) - (1, 0, 0) = (-0.870, 0.869, 0.001)$. The loss is a
# mean over N examples, so each row of the gradient is divided by N. With three images:
# $(-0.2900, 0.2897, 0.0003)$.
#
# Read the signs: raise the score of *cat*, lower that of *car*. Each row sums to 0.


# %% solution="softmax_loss_grad"
def softmax_loss_grad(scores, labels):
    """Compute the mean cross-entropy of N examples, and its gradient with respect to the scores.

    scores: shape (N, C), floats or integers of any size. labels: the true classes, integers in
    0 … C - 1, shape (N,); you need not check them. Changes no argument.
    Returns (loss, d_scores): a float as from softmax_loss, and a float64 array of shape (N, C).
    """
    ### BEGIN SOLUTION
    rows = np.arange(len(labels))
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_probs[rows, labels].mean()
    d_scores = np.exp(log_probs)
    d_scores[rows, labels] -= 1
    d_scores = d_scores / len(labels)
    ### END SOLUTION
    return loss, d_scores


# %% tests="softmax_loss_grad" points=2
loss, d_scores = softmax_loss_grad(image_scores, image_labels)
check_close(loss, 2.7586547109, "the loss of the three images", atol=1e-9)
check_array(
    d_scores,
    [
        [-0.2900058203, 0.2896831784, 0.0003226419],
        [0.0084149612, -0.0253606120, 0.0169456508],
        [0.1415518086, 0.1910749556, -0.3326267642],
    ],
    "the gradient of the three images",
    atol=1e-9,
    hint="Divide by N, as the mean does",
)

# %% [markdown]
# **Check a gradient.** A formula on paper can be wrong, and so can its code. Differences are slow,
# but hard to get wrong: move one score a little up and a little down, and see how the loss changes.
# The next check does so for each of 4 · 5 scores:
#
# $$\frac{\partial\, \text{loss}}{\partial s_j} \approx
# \frac{\text{loss}(s_j + h) - \text{loss}(s_j - h)}{2h}$$

# %% tests="softmax_loss_grad" idea="gradient_check" points=2
scores = np.random.default_rng(7).normal(scale=2.0, size=(4, 5))
labels = np.array([4, 0, 0, 2])


def mean_loss(scores):
    return (np.log(np.exp(scores).sum(axis=1)) - scores[[0, 1, 2, 3], labels]).mean()


check_gradient(
    mean_loss, scores, softmax_loss_grad(scores, labels)[1], "softmax_loss_grad with N = 4, C = 5"
)

# %% tests="softmax_loss_grad" idea="any_size" points=2 hint="Try the integers 1000 and 0, with the second class true. Are both results finite?"
### BEGIN HIDDEN TESTS
loss, d_scores = softmax_loss_grad(
    np.array([[1000, 0, 990], [-3000, -3000, -9000]]), np.array([1, 0])
)
check_close(loss, (1000 + np.log1p(np.exp(-10)) + np.log(2)) / 2, "the loss of large integers")
sure = 1 / (1 + np.exp(-10))
check_array(
    d_scores,
    [[sure / 2, -0.5, (1 - sure) / 2], [-0.25, 0.25, 0.0]],
    "the gradient of large integers",
)
### END HIDDEN TESTS

# %% tests="softmax_loss_grad" idea="keeps_its_input" points=1 hint="Print scores and labels before and after the call."
### BEGIN HIDDEN TESTS
scores, labels = np.array([[1.0, 2.0], [0.5, -3.0], [4.0, 0.0]]), np.array([1, 1, 0])
check_unchanged(
    lambda: softmax_loss_grad(scores, labels), "softmax_loss_grad", scores=scores, labels=labels
)
fresh = np.array([[0.0, np.log(3.0)], [np.log(4.0), 0.0]])
_, d_scores = softmax_loss_grad(fresh, np.array([0, 1]))
check_array(d_scores, [[-0.375, 0.375], [0.4, -0.4]], "the gradient of two examples")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Predicted minus true, for the three images. The car is nearly right, so
# its row is pale: there is little to change.
#
# Below the picture, 101 animals take a single step. Their scores are $XW + b$, so the gradient of
# $W$ is $X^T$ times yours (day 3 explains why). We start at $W = 0$ and go 0.1 against the
# gradient. The loss begins at $\log 7$, as it should, and falls.

# %% show="predicted_minus_true"
probs, truth = softmax(image_scores), one_hot(image_labels, 3)
_, d_scores = softmax_loss_grad(image_scores, image_labels)
fig, axes = plt.subplots(1, 3, figsize=(11, 2.9), layout="constrained")
titles = ["predicted", "true", "(predicted - true) / 3"]
for ax, values, title in zip(axes, [probs, truth, d_scores], titles, strict=True):
    heatmap(
        values,
        title=title,
        xlabel="class",
        ylabel="image",
        xticks=image_names,
        yticks=image_names,
        fmt="{:.3f}",
        ax=ax,
    )
plt.show()

zoo = load_zoo()
X, labels = zoo.drop(columns=["animal", "type"]).to_numpy(), zoo["type"].to_numpy()
W, b = np.zeros((16, 7)), np.zeros(7)
loss, d_scores = softmax_loss_grad(X @ W + b, labels)
print(f"zoo, all weights 0   loss {loss:.4f}")
W, b = W - 0.1 * X.T @ d_scores, b - 0.1 * d_scores.sum(axis=0)
loss, _ = softmax_loss_grad(X @ W + b, labels)
print(f"zoo, after one step  loss {loss:.4f}")

# %% [markdown]
# ## 8. Two classes, and prediction
#
# With two classes, say dog 0 and cat 1, divide top and bottom by $e^{s_1}$:
#
# $$\text{softmax}(s)_1 = \frac{e^{s_1}}{e^{s_0} + e^{s_1}} = \frac{1}{1 + e^{-(s_1 - s_0)}}
# = \sigma(s_1 - s_0)$$
#
# $\sigma$ is the sigmoid (시그모이드). So only the *difference* of the two scores matters, and one
# score is enough. Call the result $h$, and let $y$ be 1 for a cat and 0 for a dog. Then
# $p = (1 - y, y)$ and $q = (1 - h, h)$, and cross-entropy is the cost of logistic regression:
#
# $$-y \log h - (1 - y) \log (1 - h)$$
#
# (One slide prints $y \log h - (1 - y) \log (1 - h)$. The first minus is lost.) Day 3 goes on from
# here.

# %% show="two_classes"
print("dog score  cat score   softmax   sigmoid of the difference")
for dog, cat in [(0.0, 0.0), (0.0, 2.0), (3.0, 5.0), (5.0, 3.0), (-40.0, 2.0)]:
    probability = softmax(np.array([dog, cat]))[1]
    print(f"{dog:9}  {cat:9}  {probability:8.4f}   {1 / (1 + np.exp(-(cat - dog))):8.4f}")

h, y = 0.7, 1
cost = cross_entropy(np.array([1 - y, y]), np.array([1 - h, h]))
print(f"\nh = {h}, y = {y}: cross-entropy {cost:.4f}, logistic cost {-np.log(h):.4f}")

# %% [markdown] manual="why_not_leave_it_out" points=3
# **In your own words.** A friend wants a faster program.
#
# 1. She drops softmax where the program *predicts*: it takes the class with the largest score. Why
#    are all its answers still the same?
# 2. Then she drops softmax from the *loss* as well: $-\log$ of the true class's score. Name two
#    things that go wrong.
#
# Two sentences each are enough. One point is for 1., two are for 2.
#
# ### BEGIN SOLUTION
# 1. Softmax keeps the order. $e^s$ is strictly increasing, and all classes of an example are
#    divided by the same positive sum. So the largest score has the largest probability, and the
#    answer is the same class.
# 2. Two of these:
#    - A score may be 0 or negative, and then its logarithm is infinite or does not exist.
#    - A score has no upper limit, so the loss has no lower one. It falls for ever if all scores
#      grow, although no answer gets better.
#    - The scores of the other classes do not enter the loss. A wrong class may have a far larger
#      score, and it costs nothing. Softmax brings them in through the sum.
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Scores to probabilities: subtract each row's largest score, exponentiate, divide by the sum.
# - Probabilities to a loss: the mean of $-\log$ at the true class. At the start it is $\log C$.
# - Near $\log 0$: a delta helps, $\log$-softmax cures.
# - The gradient by the scores: (predicted - true) / N. Differences confirm it.
#
# Next comes another loss for the same scores, that of the support vector machine.

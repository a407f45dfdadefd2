# %% [markdown]
# # Gradient descent: a softmax classifier
#
# **Time** about 85 minutes · **Points** 35 · **You need** softmax and cross-entropy from day 2,
# gradient descent (경사하강법) from the notebooks before this one
#
# Logistic regression answers yes or no. Here the answer is one of many: a grade A, B or C, or one
# of seven types of animal. At the end of this notebook you will be able to
#
# - stack several yes-or-no classifiers into one matrix $W$;
# - train a softmax classifier (소프트맥스 분류기) yourself, with nothing but NumPy;
# - read a table from a text file with comments in it;
# - split data so that the test is honest, and show which classes are mistaken for which;
# - say what happens when the learning rate (학습률) is too large.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 Three classifiers, one W | `one_vs_rest_scores` | 10 | 3 |
# | 2 From scores to probabilities | `predict_proba` | 10 | 5 |
# | 3 Let the computer find W | `fit_softmax`, an answer in words | 25 | 11 |
# | 4 The zoo, from a text file | `parse_zoo` | 12 | 5 |
# | 5 An honest split | `distinct_split` | 12 | 5 |
# | 6 Who is taken for whom? | `confusion_matrix` | 8 | 4 |
# | 7 The learning rate | an answer in words | 8 | 2 |
#
# As before: return a new array, leave the arguments as they are, take integers too, return
# float64 where numbers are measured.

# %% [markdown]
# **Tools.** NumPy computes, Matplotlib draws. From our own `course` come the checks, the zoo, a
# gradient check and pictures of matrices. Run this cell and move on.

# %% locked="setup"
import matplotlib.pyplot as plt
import numpy as np

from course.checks import check_array, check_close, check_raises
from course.datasets import load_zoo
from course.gradcheck import check_gradient
from course.plots import COLORS, heatmap

# %% [markdown] picture="three_lines"
# ## 1. Three classifiers, one W
#
# Five students, from the lecture. How many hours did they study, how often did they come, and
# which grade did they get?
#
# | hours | attendance | grade | class |
# |---:|---:|:---:|---:|
# | 10 | 5 | A | 0 |
# | 9 | 5 | A | 0 |
# | 3 | 2 | B | 1 |
# | 2 | 4 | B | 1 |
# | 11 | 1 | C | 2 |
#
# You know classifiers for *two* classes. So ask three times: A or not? B or not? C or not? This is
# called one-vs-rest (일대다). Each question has its own line:
#
# ![The plane of hours and attendance with the five students. Three straight lines, each shaded on
# one side. Both A students lie on the shaded side of the line A or not, both B students on that of
# B or not, the C student on that of C or not. In the middle is a white gap that no line claims,
# with a black star in it. At the edges any two shaded sides overlap.](attachment:three_lines.png)
#
# Each line is a row of weights and a bias. The lecture writes them as letters. We chose numbers by
# eye:
#
# $$W = \begin{pmatrix} 1 & 2 \\ -2 & 1 \\ 1 & -3 \end{pmatrix}
# \begin{matrix} \text{A or not} \\ \text{B or not} \\ \text{C or not} \end{matrix}
# \qquad b = \begin{pmatrix} -15 & 8 & -2 \end{pmatrix}$$
#
# **By hand**, the student with 9 hours and attendance 5:
#
# - A: $1 \cdot 9 + 2 \cdot 5 - 15 = 4$
# - B: $-2 \cdot 9 + 1 \cdot 5 + 8 = -5$
# - C: $1 \cdot 9 - 3 \cdot 5 - 2 = -8$
#
# Only A is above 0. Three classifiers one after the other, or one product for all students at
# once: $XW^T + b$, with shapes $(5, 2)\,(2, 3) = (5, 3)$. (The slide has a $3 \times 3$ matrix.
# With the bias trick of day 1, $b$ becomes a third column of this $W$, and so is ours.)
#
# **Your turn.** Write that product.

# %% locked="grade_table"
students = np.array([[10.0, 5.0], [9.0, 5.0], [3.0, 2.0], [2.0, 4.0], [11.0, 1.0]])
grades = np.array([0, 0, 1, 1, 2])  # 0 = A, 1 = B, 2 = C
grade_names = ["A", "B", "C"]
W_by_eye = np.array([[1.0, 2.0], [-2.0, 1.0], [1.0, -3.0]])  # one row for each grade
b_by_eye = np.array([-15.0, 8.0, -2.0])


# %% solution="one_vs_rest_scores"
def one_vs_rest_scores(X, W, b):
    """Score all examples with all binary classifiers at once.

    X: examples in rows, shape (N, D). W: one *row* of weights for each classifier, shape (C, D).
    b: one bias for each classifier, shape (C,). They may hold integers, small ones (int8) too.
    The shapes always fit.
    Returns the raw scores (no sigmoid, no softmax): float64, shape (N, C).
    """
    ### BEGIN SOLUTION
    scores = X.astype(np.float64) @ W.T + b
    ### END SOLUTION
    return scores


# %% tests="one_vs_rest_scores" points=1
check_array(
    one_vs_rest_scores(students, W_by_eye, b_by_eye),
    [
        [5.0, -7.0, -7.0],
        [4.0, -5.0, -8.0],
        [-8.0, 4.0, -5.0],
        [-5.0, 8.0, -12.0],
        [-2.0, -13.0, 6.0],
    ],
    "one_vs_rest_scores of the five students",
    hint="Compare with the second student, done by hand above",
)

# %% tests="one_vs_rest_scores" idea="integers" points=1 hint="Try int8 numbers: 100 + 100 is no int8. Then 3 inputs and 2 classes."
### BEGIN HIDDEN TESTS
X = np.array([[100, 7, -3], [0, 2, 50], [4, -90, 1], [-6, 5, 20]], dtype=np.int8)
W = np.array([[3, -2, 5], [-1, 4, 2]], dtype=np.int8)
b = np.array([10, -30])
wanted = (X.astype(float)[:, None, :] * W.astype(float)[None, :, :]).sum(axis=2) + b.astype(float)
check_array(one_vs_rest_scores(X, W, b), wanted, "one_vs_rest_scores with N = 4, D = 3, C = 2")
### END HIDDEN TESTS

# %% tests="one_vs_rest_scores" idea="as_many_examples_as_classes" points=1 hint="Whose bias is it?"
### BEGIN HIDDEN TESTS
X = np.array([[1.0, -2.0, 0.5], [3.0, 0.25, -4.0], [-1.5, 6.0, 2.0]])
W = np.array([[2.0, -1.0, 4.0], [0.5, 3.0, -2.5], [-7.0, 1.5, 1.0]])
b = np.array([100.0, -200.0, 400.0])
wanted = (X[:, None, :] * W[None, :, :]).sum(axis=2) + b[None, :]
check_array(one_vs_rest_scores(X, W, b), wanted, "one_vs_rest_scores with N = D = C = 3")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** One product did the work of three classifiers. The next cell compares the
# two, and draws the picture from above with *your* scores. Look at the sixth student, the star:
# 6 hours, attendance 3. Nobody claims them.


# %% locked="grade_picture"
grade_colours = [COLORS["blue"], COLORS["orange"], COLORS["green"]]


def grade_plane(ax, title):
    """Draw the five students, and return a grid of points in the plane, shape (80, 120, 2)."""
    for c, marker in enumerate("o^s"):
        hours, attendance = students[grades == c].T
        style = {"s": 90, "color": grade_colours[c], "edgecolor": "black", "zorder": 3}
        ax.scatter(hours, attendance, marker=marker, label=f"grade {grade_names[c]}", **style)
    ax.plot(6, 3, "*", color="black", markersize=14, label="who is this?")
    ax.set(xlim=(0, 14), ylim=(0, 6), xlabel="hours", ylabel="attendance", title=title)
    return np.stack(np.meshgrid(np.linspace(0, 14, 120), np.linspace(0, 6, 80)), axis=-1)


# %% show="three_lines"
all_at_once = one_vs_rest_scores(students, W_by_eye, b_by_eye)
one_by_one = np.zeros((5, 3))
for c in range(3):
    one_by_one[:, c] = students @ W_by_eye[c] + b_by_eye[c]
print("one product equals three classifiers:", np.array_equal(all_at_once, one_by_one))
print("scores of the star:", one_vs_rest_scores(np.array([[6.0, 3.0]]), W_by_eye, b_by_eye)[0])

fig, ax = plt.subplots(figsize=(8, 3.8))
grid = grade_plane(ax, "Three questions: A or not? B or not? C or not?")
scores = one_vs_rest_scores(grid.reshape(-1, 2), W_by_eye, b_by_eye).reshape(80, 120, 3)
for c, colour in enumerate(grade_colours):
    ax.contourf(*np.moveaxis(grid, -1, 0), scores[..., c], [0, 99], colors=[colour], alpha=0.2)
    line = -(W_by_eye[c, 0] * np.array([0, 14]) + b_by_eye[c]) / W_by_eye[c, 1]
    ax.plot([0, 14], line, color=colour, linewidth=2, label=f"{grade_names[c]} or not")
ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False)
plt.show()

# %% [markdown]
# ## 2. From scores to probabilities
#
# The star's scores are $-3$, $-1$ and $-5$. Three sigmoids make them 0.05, 0.27 and 0.01. They do
# not add up to 1, because the three classifiers never spoke to each other. Softmax lets them
# compete. It answers with a probability (확률) for each class, and these always add up to 1:
#
# $$p_c = \frac{e^{s_c}}{\sum_j e^{s_j}}$$
#
# **By hand**, with the scores 0.3, 0.7 and 1.1 that you know from day 1:
#
# | class | score $s_c$ | $e^{s_c}$ | $p_c$ |
# |---:|---:|---:|---:|
# | 0 | 0.3 | 1.350 | 0.212 |
# | 1 | 0.7 | 2.014 | 0.316 |
# | 2 | 1.1 | 3.004 | 0.472 |
# | | | 6.368 | 1 |
#
# Large scores overflow $e^s$. On day 2 you subtracted the row's largest score first, which changes
# no probability. Do so again.
#
# From here on a class owns a *column* of $W$, as in $XW + b$ on day 1. That is how frameworks
# lay it.


# %% solution="predict_proba"
def predict_proba(X, W, b):
    """Compute the probability of each class: softmax of XW + b, row by row.

    X: examples in rows, shape (N, D). W: weights, one *column* for each class, shape (D, C).
    b: one bias for each class, shape (C,). They may hold integers. The shapes always fit.
    Returns float64, shape (N, C); each row adds up to 1. Right and finite for scores in the
    thousands too, positive or negative.
    """
    ### BEGIN SOLUTION
    scores = X.astype(np.float64) @ W + b
    shifted = scores - scores.max(axis=1, keepdims=True)
    exp = np.exp(shifted)
    probs = exp / exp.sum(axis=1, keepdims=True)
    ### END SOLUTION
    return probs


# %% tests="predict_proba" points=2
W = np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]])
b = np.array([0.1, 0.2, 0.3])
check_array(
    predict_proba(np.array([[1.0, 0.5], [0.0, 0.0], [-4.0, 9.0], [20.0, 0.0]]), W, b),
    [
        [0.2119827207, 0.3162410582, 0.4717762211],
        [0.3006096054, 0.3322249935, 0.3671654011],
        [0.0767508037, 0.2305721568, 0.6926770395],
        [0.0002701031, 0.0162980961, 0.9834318009],
    ],
    "predict_proba of four examples",
    atol=1e-9,
    hint="The first row is the table above. Each row has a sum of its own",
)

# %% tests="predict_proba" idea="large_scores" points=2 hint="Try scores of 1000, then -1000."
### BEGIN HIDDEN TESTS
X = np.array([[1010.0, 1000.0, 990.0], [-1010.0, -1000.0, -990.0], [3.0, 1.0, 2.0], [0, -5e3, 5e3]])
shifted = X - np.array([1010.0, -990.0, 3.0, 5e3])[:, None]
wanted = np.exp(shifted) / np.exp(shifted).sum(axis=1)[:, None]
check_array(predict_proba(X, np.eye(3), np.zeros(3)), wanted, "predict_proba of large scores")
### END HIDDEN TESTS

# %% tests="predict_proba" idea="other_shapes" points=1 hint="Try 3 rows, 4 inputs and 5 classes."
### BEGIN HIDDEN TESTS
X = np.array([[1, 0, 2, -1], [0, 3, -2, 1], [-1, 1, 1, 2]])
W = np.array([[1, 0, -1, 2, 0], [0, 1, 1, -1, 0], [1, -1, 0, 0, 1], [0, 0, 2, 1, -1]])
b = np.array([1, -1, 0, 2, -2])
scores = (X[:, :, None] * W[None, :, :]).sum(axis=1) + b
wanted = np.exp(scores) / np.exp(scores).sum(axis=1)[:, None]
check_array(predict_proba(X, W, b), wanted, "predict_proba with N = 3, D = 4, C = 5")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The next cell puts both side by side, for the five students and the star.
# Softmax of the scores chooses the same winner as before: it keeps their order.

# %% show="sigmoid_or_softmax"
six = np.vstack([students, [6.0, 3.0]])
probs = predict_proba(six, W_by_eye.T, b_by_eye)
sigmoids = 1 / (1 + np.exp(-(six @ W_by_eye.T + b_by_eye)))
table = np.column_stack([six, sigmoids, sigmoids.sum(axis=1), probs, probs.sum(axis=1)])

print("hours attendance |   A     B     C      sum |   A     B     C      sum")
print("                 | three sigmoids           | softmax")
layout = "{:5.0f} {:10.0f} | {:.3f} {:.3f} {:.3f}  {:.3f} | {:.3f} {:.3f} {:.3f}  {:.3f}"
for row in table:
    print(layout.format(*row))

# %% [markdown]
# ## 3. Let the computer find W
#
# Nobody chooses weights by eye for seven classes and sixteen inputs. Gradient descent does. With
# the labels as one-hot rows (원-핫) $Y$, such as $(1, 0, 0)$ for A, one step is
#
# $$P = \text{softmax}(XW + b), \qquad E = \frac{P - Y}{N}$$
#
# $$W \leftarrow W - \text{learning rate} \cdot (X^T E + 2 \cdot \text{reg} \cdot W), \qquad
# b \leftarrow b - \text{learning rate} \cdot \text{(sum of the rows of } E)$$
#
# $E$ is the gradient of the loss (손실) with respect to the scores, from day 2: probability minus
# truth. Both updates use the *same* $E$. The loss is the mean cross-entropy (교차 엔트로피), plus
# the penalty of day 2 if you want one:
#
# $$L = -\frac{1}{N} \sum_n \log p_{n,\,\text{label}} + \text{reg} \cdot \sum W^2$$
#
# **The first step by hand.** All weights start at 0. Then all scores are 0, every probability is
# 1/3, and the loss is $\log 3 = 1.0986$. The rows of $P - Y$:
#
# | students | A | B | C |
# |---|---:|---:|---:|
# | two with A | -2/3 | 1/3 | 1/3 |
# | two with B | 1/3 | -2/3 | 1/3 |
# | one with C | 1/3 | 1/3 | -2/3 |
# | sum of all five, divided by 5 | -1/15 | -1/15 | 2/15 |
#
# With a learning rate of 0.5 the biases become $1/30$, $1/30$ and $-1/15$. A and B are more common
# than C, and one step has noticed.
#
# **One trap.** A hopeless $p$ is rounded to 0, and $\log 0$ is $-\infty$. So do not take the log of
# a probability. Compute it from the (shifted) scores:
#
# $$\log p_c = s_c - \log \sum_j e^{s_j}$$
#
# **Your turn.** The lecture calls `tf.nn.softmax_cross_entropy_with_logits` and an optimiser. You
# write what they do. `np.eye(n_classes)[labels]` makes one-hot rows. One pass over all rows is one
# epoch (에포크), here one step.

# %% locked="scaled_grades"
# the same students, in standard deviations from the mean: gradient descent likes that
scaled = (students - students.mean(axis=0)) / students.std(axis=0)


# %% solution="fit_softmax"
def fit_softmax(X, labels, n_classes, learning_rate, epochs, reg=0.0):
    """Train a softmax classifier by gradient descent, from W = 0 and b = 0.

    X: examples in rows, shape (N, D); floats or integers. labels: integers 0..n_classes-1,
    shape (N,); a class may be without an example. epochs: number of steps, 0 or more; each step
    uses all rows. reg: strength of the penalty reg * sum(W**2). The bias has no penalty.
    Returns (W, b, history). W: shape (D, n_classes). b: shape (n_classes,). history: shape
    (epochs + 1,), the loss, penalty included, before the first step and after each step. All
    three are float64 arrays. W and b are those of history's last value.
    The loss is a mean over the examples, with the natural log, and nothing is added inside the
    log. It is right and finite for scores in the thousands too.
    Raises ValueError if a label is below 0 or above n_classes - 1.
    """
    ### BEGIN SOLUTION
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError(f"labels must lie in 0..{n_classes - 1}")
    N, D = X.shape
    one_hot = np.eye(n_classes)[labels]
    W, b = np.zeros((D, n_classes)), np.zeros(n_classes)
    history = np.zeros(epochs + 1)
    for step in range(epochs + 1):
        scores = X @ W + b
        shifted = scores - scores.max(axis=1, keepdims=True)
        log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        history[step] = -(one_hot * log_probs).sum() / N + reg * (W**2).sum()
        if step < epochs:
            error = (np.exp(log_probs) - one_hot) / N
            W = W - learning_rate * (X.T @ error + 2 * reg * W)
            b = b - learning_rate * error.sum(axis=0)
    ### END SOLUTION
    return W, b, history


# %% tests="fit_softmax" points=2
W, b, history = fit_softmax(scaled, grades, 3, learning_rate=0.5, epochs=1)
check_array(history, [np.log(3), 0.8121669419], "history of one epoch", rtol=1e-8)
check_array(b, [1 / 30, 1 / 30, -1 / 15], "b after one epoch", hint="It is done by hand above")
W, b, history = fit_softmax(scaled, grades, 3, learning_rate=0.5, epochs=500)
check_close(history[-1], 0.0034649498, "the loss after 500 epochs", rtol=1e-7)

# %% tests="fit_softmax" idea="other_sizes" points=2 hint="Try 6 rows, 4 inputs, 5 classes. Which shape has W?"
### BEGIN HIDDEN TESTS
X = np.array(
    [[1, 0, 2, -1], [0, 3, -2, 1], [-1, 1, 1, 2], [2, 2, 0, 0], [1, -3, 1, 0], [0, 1, 4, 2]]
)
labels = np.array([4, 0, 2, 2, 1, 3])
W, b = np.zeros((4, 5)), np.zeros(5)
for _ in range(3):
    scores = X @ W + b
    log_probs = scores - np.logaddexp.reduce(scores, axis=1)[:, None]
    error = (np.exp(log_probs) - np.eye(5)[labels]) / 6
    W, b = W - 0.2 * X.T @ error, b - 0.2 * error.sum(axis=0)
answer = fit_softmax(X, labels, 5, 0.2, 3)
check_array(answer[0], W, "W of fit_softmax with N = 6, D = 4, C = 5 after 3 epochs")
### END HIDDEN TESTS

# %% tests="fit_softmax" idea="class_without_examples" points=1 hint="Who knows how many classes there are: labels or n_classes?"
### BEGIN HIDDEN TESTS
X = np.array([[1.0, -2.0], [0.5, 4.0], [3.0, 1.0], [-1.0, 2.5]])
labels = np.array([3, 0, 2, 3])  # of 5 classes, 1 and 4 have no example
W, b, history = fit_softmax(X, labels, 5, 0.3, 1)
wanted = 0.3 * X.T @ (np.eye(5)[labels] - 1 / 5) / 4
check_array(W, wanted, "W of fit_softmax when two of five classes have no example")
### END HIDDEN TESTS

# %% tests="fit_softmax" idea="penalty" points=2 hint="Which numbers does reg touch, in the loss and in the step? Look at the two formulas."
### BEGIN HIDDEN TESTS
X = np.array([[1.0, -2.0], [0.5, 4.0], [3.0, 1.0], [-1.0, 2.5], [2.0, 0.0]])
labels = np.array([2, 0, 1, 2, 1])
W, b, wanted = np.zeros((2, 3)), np.zeros(3), []
for _ in range(5):
    scores = X @ W + b
    log_probs = scores - np.logaddexp.reduce(scores, axis=1)[:, None]
    wanted.append(-log_probs[np.arange(5), labels].mean() + 0.3 * (W**2).sum())
    error = (np.exp(log_probs) - np.eye(3)[labels]) / 5
    W, b = W - 0.4 * (X.T @ error + 0.6 * W), b - 0.4 * error.sum(axis=0)
W, b, history = fit_softmax(X, labels, 3, 0.4, 4, reg=0.3)
check_array(history, wanted, "history of fit_softmax with reg = 0.3")
### END HIDDEN TESTS

# %% tests="fit_softmax" idea="large_scores" points=2 hint="Scores grow to thousands here. Does your loss stay finite, and unclipped?"
### BEGIN HIDDEN TESTS
X = np.array([[60.0, 10.0], [50.0, -20.0], [70.0, 30.0], [55.0, 15.0]])
labels = np.array([0, 2, 1, 0])
W, b, wanted = np.zeros((2, 3)), np.zeros(3), []
for _ in range(4):
    scores = X @ W + b
    log_probs = scores - np.logaddexp.reduce(scores, axis=1)[:, None]
    wanted.append(-log_probs[np.arange(4), labels].mean())
    error = (np.exp(log_probs) - np.eye(3)[labels]) / 4
    W, b = W - X.T @ error, b - error.sum(axis=0)
W, b, history = fit_softmax(X, labels, 3, 1.0, 3)
check_array(history, wanted, "history of fit_softmax with scores in the thousands")
### END HIDDEN TESTS

# %% tests="fit_softmax" idea="refuses_bad_labels" points=1 hint="Try the label -1, then a label equal to n_classes."
### BEGIN HIDDEN TESTS
X = np.array([[1.0, -2.0], [0.5, 4.0], [3.0, 1.0], [-1.0, 2.5]])
check_raises(ValueError, lambda: fit_softmax(X, np.array([0, 2, -1, 1]), 3, 0.1, 2), "label -1")
check_raises(ValueError, lambda: fit_softmax(X, np.array([0, 3, 2, 1]), 3, 0.1, 2), "label 3 of 3")
### END HIDDEN TESTS

# %% [markdown]
# **Is the gradient right?** Do not trust it: check it. With learning rate 1, the first step from 0
# gives $W = -\text{gradient}$. `check_gradient` moves each weight a little up and a little down,
# and compares the slope of the loss with it.

# %% show="checked_gradient"
W, b, history = fit_softmax(scaled, grades, 3, learning_rate=1.0, epochs=1)


def grade_loss(W):
    probs = predict_proba(scaled, W, np.zeros(3))
    return -np.log(probs[np.arange(5), grades]).mean()


check_gradient(grade_loss, np.zeros((2, 3)), -W, "the gradient in fit_softmax")
print("all", W.size, "slopes agree with the gradient")

# %% [markdown]
# **What just happened?** On the left your loss falls from $\log 3$. On the right your classifier
# answers for every point of the plane. There is no gap and no overlap now: softmax always has a
# largest probability. Would you give the star a B?

# %% show="learned_grades"
W, b, history = fit_softmax(scaled, grades, 3, learning_rate=0.5, epochs=500)
for name, p in zip(grade_names, predict_proba(scaled, W, b)[0], strict=True):
    print(f"first student, {name}: {p:.4f}")

fig, axes = plt.subplots(1, 2, figsize=(10.5, 3.6), width_ratios=[2, 3])
axes[0].plot(history, color=COLORS["blue"], linewidth=2)
axes[0].set(xlabel="epoch", ylabel="loss", title="The loss falls", ylim=(0, None))
grid = grade_plane(axes[1], "The most probable grade")
points = (grid.reshape(-1, 2) - students.mean(axis=0)) / students.std(axis=0)
probs = predict_proba(points, W, b).reshape(80, 120, 3)
for c, colour in enumerate(grade_colours):
    lead = probs[..., c] - np.delete(probs, c, axis=2).max(axis=2)  # above 0 where c wins
    axes[1].contourf(*np.moveaxis(grid, -1, 0), lead, [0, 1], colors=[colour], alpha=0.2)
axes[1].legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False)
plt.show()

# %% [markdown] manual="start_at_zero" points=1
# **In your own words.** At the start all columns of $W$ are equal: all zero. Why do they not stay
# equal? One or two sentences, with a look at $E$. (On day 4 you will meet a network in which equal
# columns of a *hidden* layer do stay equal.)
#
# ### BEGIN SOLUTION
# The probabilities are equal at the start, but the labels are not. Column $c$ of $W$ moves by
# column $c$ of $E = (P - Y)/N$, and each class has another column in $Y$. So each class gets
# another step at once. (In a hidden layer nothing like $Y$ tells equal units apart.)
# ### END SOLUTION

# %% [markdown]
# ## 4. The zoo, from a text file
#
# The lecture's next table is a zoo: 101 animals. It comes as a text file, and text files have
# comments and blank lines. A small one:
#
# ```text
# # milk, eggs, legs, type
# 1,0,4,0   # bear
# 0,1,2,1   # crow
#
# 0,1,0,3   # carp
# ```
#
# From `#` to the end of a line is a comment (주석). What remains is three rows. The last number of
# a row is the class, the others are the inputs:
#
# $$X = \begin{pmatrix} 1 & 0 & 4 \\ 0 & 1 & 2 \\ 0 & 1 & 0 \end{pmatrix}, \qquad
# \text{labels} = (0, 1, 3)$$
#
# **Your turn.** Useful: `text.splitlines()`, `line.partition("#")[0]`, `line.strip()` and
# `line.split(",")`. Test it with the seven animals of the next cell.

# %% locked="small_zoo"
small_zoo = """\
# milk, eggs, legs, type
1,0,4,0   # bear
0,1,2,1   # crow
1,0,4,0   # lion, the king

# some live in the water
0,1,0,3   # carp
0,1,2,1   # dove
0,1,4,6   # crab
1,0,4,0   # wolf
"""


# %% solution="parse_zoo"
def parse_zoo(text):
    """Read a table of animals from text.

    text: lines with numbers between commas; a number may have a fraction or a minus. From "#" to
    the end of a line is a comment. Empty lines and lines with nothing but a comment are no rows.
    There is at least one row, and at least two numbers a row.
    Returns (X, labels). X: all numbers of a row but the last, float64, shape (N, D). labels: the
    last number of each row, a whole number, as integers of shape (N,).
    Raises ValueError if the rows do not all have equally many numbers.
    """
    ### BEGIN SOLUTION
    rows = []
    for line in text.splitlines():
        data = line.partition("#")[0].strip()
        if data:
            rows.append([float(number) for number in data.split(",")])
    if any(len(row) != len(rows[0]) for row in rows):
        raise ValueError("the rows do not all have equally many numbers")
    table = np.array(rows)
    X, labels = table[:, :-1], table[:, -1].astype(int)
    ### END SOLUTION
    return X, labels


# %% tests="parse_zoo" points=2
X, labels = parse_zoo(small_zoo)
check_array(
    X,
    [[1.0, 0, 4], [0, 1, 2], [1, 0, 4], [0, 1, 0], [0, 1, 2], [0, 1, 4], [1, 0, 4]],
    "X of the small zoo",
    hint="The type is no input, and a comment is no row",
)
check_array(labels, [0, 1, 0, 3, 1, 6, 0], "labels of the small zoo")

# %% tests="parse_zoo" idea="other_tables" points=1 hint="Try a table of a single row, then one with 0.5 and -2 in it."
### BEGIN HIDDEN TESTS
X, labels = parse_zoo("  0.5, -2,3.25,4, 1 \n#0,0,0,0,0\n\n1e2,0,-0.125,7,0#1,1\n9,8,7,6,5")
check_array(
    X, [[0.5, -2.0, 3.25, 4.0], [100.0, 0.0, -0.125, 7.0], [9.0, 8.0, 7.0, 6.0]], "X with fractions"
)
X, labels = parse_zoo("# one animal\n1,0,0,1,4,2\n")
check_array(X, [[1.0, 0.0, 0.0, 1.0, 4.0]], "X of a single row")
### END HIDDEN TESTS

# %% tests="parse_zoo" idea="refuses_ragged_rows" points=1 hint="What becomes of a row that is one number short?"
### BEGIN HIDDEN TESTS
check_raises(ValueError, lambda: parse_zoo("1,0,4,0\n0,1,1\n0,1,2,1,0\n"), "rows of 4, 3 and 5")
### END HIDDEN TESTS

# %% [markdown]
# **The whole zoo.** `load_zoo` reads the full file in the same way. The lecture counts 17
# attributes (속성): the name and 16 traits. Then comes the type, 0 to 6. Fifteen traits are 1 for
# yes and 0 for no. `legs` is a count. The slide says "0, 2, 4, 6 and so on". Is that all?

# %% locked="whole_zoo"
zoo = load_zoo()
trait_names = list(zoo.columns[1:-1])
type_names = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "other"]
traits = zoo[trait_names].to_numpy().copy()
zoo_labels = zoo["type"].to_numpy().copy()

# %%
print("animals and traits:", traits.shape)
print("animals of each type:", dict(zip(type_names, np.bincount(zoo_labels).tolist(), strict=True)))
print("numbers of legs:", np.unique(zoo["legs"]))
zoo.loc[zoo["legs"].isin([5, 8]), ["animal", "legs", "type"]]

# %% [markdown]
# Not quite: the starfish has 5, and nobody has more than 8. The file holds 0, 2, 4, 5, 6 and 8.
#
# Train on it, with the lecture's learning rate of 0.1. With seven classes and all weights 0, the
# loss starts at $\log 7 = 1.9459$. These are the numbers that you should see after 0, 1 and 100
# epochs:

# %% tests="fit_softmax" idea="zoo" points=1
W, b, history = fit_softmax(traits, zoo_labels, 7, learning_rate=0.1, epochs=100)
check_array(
    history[[0, 1, 100]],
    [1.9459101491, 1.7379114711, 0.4688059391],
    "the loss on the zoo after 0, 1 and 100 epochs",
    atol=1e-9,
)

# %% [markdown]
# ## 5. An honest split
#
# After 1000 epochs all 101 animals are right. But they were the *training* animals. Put some aside
# for a test: say, every fifth row. 20 of those 21 come out right. Splendid?
#
# Look at the table: bear, lion and wolf above have the same traits. In the whole zoo only **59**
# of the 101 rows are distinct. 13 of the 21 test animals have a twin among the training animals.
# They are no test at all. The model has seen them. This is called data leakage (데이터 누수).
#
# So split by *groups*. Equal rows form one group, and a whole group goes to one side.
#
# **By hand**, the small zoo. Number the groups in the order in which they first appear, from 0:
#
# | row | animal | milk, eggs, legs | group |
# |---:|---|---|---:|
# | 0 | bear | 1, 0, 4 | 0 |
# | 1 | crow | 0, 1, 2 | 1 |
# | 2 | lion | 1, 0, 4 | 0 |
# | 3 | carp | 0, 1, 0 | 2 |
# | 4 | dove | 0, 1, 2 | 1 |
# | 5 | crab | 0, 1, 4 | 3 |
# | 6 | wolf | 1, 0, 4 | 0 |
#
# With `every=3`, the groups 0, 3, 6, … are for the test. So rows 0, 2, 5 and 6 are the test, and
# rows 1, 3 and 4 train.
#
# **Your turn.** An array cannot be a key of a dictionary. `tuple(row)` can.


# %% solution="distinct_split"
def distinct_split(X, every=5):
    """Split rows into training and test, so that no row of values stands on both sides.

    X: examples in rows, shape (N, D). Equal rows form a group. Groups are numbered 0, 1, 2, … in
    the order of their first rows. A group is for the test if `every` divides its number.
    every: an integer.
    Returns (train, test): the row numbers of each side, all copies included, in rising order.
    Two arrays of integers.
    Raises ValueError if every is less than 2.
    """
    ### BEGIN SOLUTION
    if every < 2:
        raise ValueError("every must be at least 2, or no row is left for training")
    numbers = {}
    group = []
    for row in X:
        key = tuple(row)
        if key not in numbers:
            numbers[key] = len(numbers)
        group.append(numbers[key])
    in_test = np.array(group) % every == 0
    train, test = np.flatnonzero(~in_test), np.flatnonzero(in_test)
    ### END SOLUTION
    return train, test


# %% tests="distinct_split" points=2
X = np.array([[1, 0, 4], [0, 1, 2], [1, 0, 4], [0, 1, 0], [0, 1, 2], [0, 1, 4], [1, 0, 4]])
train, test = distinct_split(X, every=3)
check_array(train, [1, 3, 4], "the training rows of the small zoo")
check_array(test, [0, 2, 5, 6], "the test rows of the small zoo", hint="Compare with the table")

# %% tests="distinct_split" idea="whole_zoo" points=2 hint="Count: the zoo has 59 groups. Is every fifth group, with all its copies, in your test part?"
### BEGIN HIDDEN TESTS
first = (traits[:, None, :] == traits[None, :, :]).all(axis=2).argmax(axis=1)
group = np.unique(first, return_inverse=True)[1]
sides = distinct_split(traits)
check_array(sides[1], np.flatnonzero(group % 5 == 0), "the test rows of the whole zoo")
### END HIDDEN TESTS

# %% tests="distinct_split" idea="refuses_every_1" points=1 hint="If every group is in the test, what is left for training?"
### BEGIN HIDDEN TESTS
X = np.array([[1, 0, 4], [0, 1, 2], [1, 0, 4], [0, 1, 0]])
check_raises(ValueError, lambda: distinct_split(X, every=1), "distinct_split with every=1")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The next cell trains twice: once with every fifth row as the test, once
# with your split.

# %% show="two_splits"
rows = np.arange(101)
splits = {
    "every fifth row": (rows[rows % 5 != 0], rows[rows % 5 == 0]),
    "every fifth group": distinct_split(traits),
}
for name, (train, test) in splits.items():
    W, b, _ = fit_softmax(traits[train], zoo_labels[train], 7, learning_rate=0.1, epochs=1000)
    right = predict_proba(traits[test], W, b).argmax(axis=1) == zoo_labels[test]
    known = {tuple(row) for row in traits[train]}
    twin = np.array([tuple(row) in known for row in traits[test]])
    print(f"{name}: {right.sum()} of {right.size} right;", end=" ")
    print(f"{twin.sum()} have a twin in training, {right[twin].sum()} of them right")

# %% [markdown]
# All 13 twins were right, of course. The other 8 of those 21 are the honest ones. With 14 test
# animals one should not say much either. Over five such splits, so that each animal is tested
# once, rows give 96 of 101 right and groups give 91. The leak made us look better than we are.
#
# ## 6. Who is taken for whom?
#
# "12 of 14 right" hides *which* mistakes were made. A confusion matrix (혼동 행렬) counts them. Row
# = true class, column = predicted class. **By hand**, with three classes:
#
# | example | 0 | 1 | 2 | 3 | 4 | 5 | 6 |
# |---|---|---|---|---|---|---|---|
# | true | 0 | 0 | 0 | 1 | 1 | 2 | 2 |
# | predicted | 0 | 0 | 1 | 1 | 1 | 0 | 2 |
#
# $$\begin{pmatrix} 2 & 1 & 0 \\ 0 & 2 & 0 \\ 1 & 0 & 1 \end{pmatrix}$$
#
# The diagonal holds what is right: $2 + 2 + 1$ of 7. The 1 in the top row says: one example of
# class 0 was taken for class 1.


# %% solution="confusion_matrix"
def confusion_matrix(labels, predicted, n_classes):
    """Count how often each true class was predicted as each class.

    labels: true classes, integers 0..n_classes-1, shape (N,). predicted: predicted classes, the
    same. Not every class need occur.
    Returns integers, shape (n_classes, n_classes): row = true class, column = predicted class.
    Raises ValueError if labels and predicted differ in shape.
    """
    ### BEGIN SOLUTION
    if labels.shape != predicted.shape:
        raise ValueError(f"shapes {labels.shape} and {predicted.shape} differ")
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for true, answer in zip(labels, predicted, strict=True):
        matrix[true, answer] += 1
    ### END SOLUTION
    return matrix


# %% tests="confusion_matrix" points=1
check_array(
    confusion_matrix(np.array([0, 0, 0, 1, 1, 2, 2]), np.array([0, 0, 1, 1, 1, 0, 2]), 3),
    [[2, 1, 0], [0, 2, 0], [1, 0, 1]],
    "confusion_matrix of the seven examples",
)

# %% tests="confusion_matrix" idea="absent_classes" points=2 hint="Try 6 classes when only a few of them occur."
### BEGIN HIDDEN TESTS
labels = np.array([4, 1, 1, 4, 3, 1, 4, 4])
predicted = np.array([1, 1, 3, 4, 3, 3, 1, 1])
wanted = np.zeros((6, 6), dtype=int)
wanted[1, 1], wanted[1, 3], wanted[3, 3], wanted[4, 1], wanted[4, 4] = 1, 2, 1, 3, 1
check_array(confusion_matrix(labels, predicted, 6), wanted, "confusion_matrix with absent classes")
### END HIDDEN TESTS

# %% tests="confusion_matrix" idea="refuses_other_shapes" points=1 hint="Try 5 labels and 4 answers, then shapes (5,) and (5, 1)."
### BEGIN HIDDEN TESTS
labels, predicted = np.array([0, 1, 2, 1, 0]), np.array([0, 2, 2, 1, 0])
check_raises(ValueError, lambda: confusion_matrix(labels, predicted[:4], 3), "5 labels, 4 answers")
check_raises(ValueError, lambda: confusion_matrix(labels, predicted[:, None], 3), "(5,) and (5, 1)")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Now everything together: your split, your training, your probabilities,
# your matrix, and at the bottom the learned $W$, turned so that a class is a row.

# %% show="zoo_results"
train, test = distinct_split(traits)
W, b, history = fit_softmax(traits[train], zoo_labels[train], 7, learning_rate=0.1, epochs=1000)
probs = predict_proba(traits[test], W, b)
predicted = probs.argmax(axis=1)
for n in np.flatnonzero(predicted != zoo_labels[test]):
    true, answer = type_names[zoo_labels[test][n]], type_names[predicted[n]]
    print(f"{zoo['animal'][test[n]]}: {true}, taken for {answer} with {probs[n].max():.2f}")

fig, axes = plt.subplot_mosaic(
    [["loss", "matrix"], ["W", "W"]],
    figsize=(12, 8),
    width_ratios=[2, 3],
    layout="constrained",
)
axes["loss"].plot(history, color=COLORS["blue"], linewidth=2)
axes["loss"].set(
    xlabel="epoch", ylabel="loss", title="Loss on the training animals", ylim=(0, None)
)
heatmap(
    confusion_matrix(zoo_labels[test], predicted, 7),
    title="The 14 test animals",
    xlabel="predicted",
    ylabel="true",
    xticks=type_names,
    yticks=type_names,
    fmt="{:.0f}",
    ax=axes["matrix"],
)
heatmap(
    W.T,
    title="W, one row for each type",
    xlabel="",
    ylabel="",
    xticks=trait_names,
    yticks=type_names,
    ax=axes["W"],
)
axes["W"].tick_params(axis="x", labelrotation=35)
plt.show()

# %% [markdown]
# Read $W$ by rows. Feathers make a bird, fins a fish, milk a mammal. Nobody told the computer; it
# found out. And the two mistakes make sense. The sea snake lives in the water and does not
# breathe air, says the table: look at `aquatic` and `breathes` in the rows of fish and reptile.
#
# **Play** with the next cell, it is yours. What is a dragon?

# %%
dragon = {"eggs": 1, "airborne": 1, "predator": 1, "toothed": 1, "backbone": 1, "breathes": 1}
dragon |= {"venomous": 1, "legs": 4, "tail": 1, "catsize": 1}  # what is not named is 0

x = np.array([[dragon.get(name, 0) for name in trait_names]])
for name, p in zip(type_names, predict_proba(x, W, b)[0], strict=True):
    print(f"{name:10} {p:.3f}")

# %% [markdown]
# ## 7. The learning rate
#
# How far should one step go? Three learning rates, all 101 animals, everything else the same:

# %% show="learning_rates"
fig, axes = plt.subplots(1, 2, figsize=(11, 3.8))
for rate, colour in [(0.01, "sky"), (0.1, "blue"), (1.0, "vermillion")]:
    W, b, history = fit_softmax(traits, zoo_labels, 7, learning_rate=rate, epochs=1000)
    right = (predict_proba(traits, W, b).argmax(axis=1) == zoo_labels).sum()
    print(f"{rate:4}: {history[0]:.4f}, after one step {history[1]:.4f},", end=" ")
    print(f"after 1000 steps {history[-1]:.4f} and {right} of 101 right")
    axes[0].plot(history[:16], "o-", markersize=4, color=COLORS[colour], label=f"{rate}")
    axes[1].plot(history, color=COLORS[colour], linewidth=2)
axes[0].set(xlabel="epoch", ylabel="loss", title="The first 15 steps")
axes[0].legend(title="learning rate", frameon=False)
axes[1].set(xlabel="epoch", ylabel="loss", title="1000 steps", ylim=(0, 1))
plt.show()

# %% [markdown]
# **And a penalty?** With `reg=0.01` the weights stay small. The loss has the penalty in it now, so
# it cannot fall as far: to 0.4614 after 1000 steps, with 98 of 101 right. Change `reg` and look.

# %%
W, b, history = fit_softmax(traits, zoo_labels, 7, learning_rate=0.1, epochs=1000, reg=0.01)
right = (predict_proba(traits, W, b).argmax(axis=1) == zoo_labels).sum()
print(f"loss {history[-1]:.4f}, {right} of 101 right, largest weight {abs(W).max():.2f}")

# %% [markdown] manual="first_step_up" points=2
# **In your own words.** With learning rate 1.0 the very first step makes the loss *larger*: it goes
# from 1.9459 up to 2.2009.
#
# 1. A step against the gradient should go downhill. Why is this no contradiction? (one point)
# 2. Would you throw the learning rate 1.0 away? Argue with the right-hand picture. (one point)
#
# Two or three sentences for each.
#
# ### BEGIN SOLUTION
# 1. The gradient is the slope *at the starting point*. It promises a smaller loss for a step that
#    is short enough, not for a long one. A step of 1.0 jumps across the valley and lands higher on
#    the other side. `legs` goes up to 8, so a small change of its weights already moves the
#    scores a lot.
# 2. No, not here: after the jump the loss falls, and after 1000 steps it is the lowest of the
#    three. But it is close to the edge: with 3.0 the loss first goes up to 5.99, and up 14 times in
#    all. (Also right: prefer a rate of, say, 0.5. It is nearly as fast and never goes up. Or: a
#    smaller loss on the training animals need not mean a better test.)
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Several yes-or-no questions are one matrix $W$; softmax makes them compete.
# - You trained a classifier with one loop: scores, probabilities, $P - Y$, a step.
# - A test is honest only if the model has seen nothing equal to it.
# - A confusion matrix says which mistake, a row of $W$ says why.
#
# Next comes day 4: a layer in between. There XOR, and everything that is no straight line, is
# within reach.

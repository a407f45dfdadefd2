# %% [markdown]
# # NumPy: the score function
#
# **Time** about 85 minutes · **Points** 40 · **You need** matrix products and broadcasting
# (브로드캐스팅) from the notebook before this one
#
# A classifier (분류기) looks at numbers and answers with a class: cat, dog or ship. At the end of
# this notebook you will be able to
#
# - compute one score (점수) for each class: $f(x) = Wx + b$, by hand and in NumPy;
# - score a whole table at once with $XW + b$, and say the shape of $W$ before you write it;
# - hide the bias (편향) inside $W$, and turn scores into an answer;
# - read $W$ as pictures (the template view) and as lines (the decision boundary, 결정 경계);
# - build OR, AND and NAND from one line each, and say why XOR has none.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 One score for each class | `score_wx` | 8 | 3 |
# | 2 Which shape has W? | `weight_shape`, `param_count` | 10 | 5 |
# | 3 Many examples at once | `affine` | 18 | 7 |
# | 4 The bias trick | `augment` | 6 | 3 |
# | 5 From scores to an answer | `predict_class` | 8 | 4 |
# | 6 The template view | `class_templates` | 10 | 3 |
# | 7 The decision boundary | `perceptron`, `gate_weights`, `boundary_x2` | 20 | 13 |
# | 8 XOR | an answer in words | 5 | 2 |
#
# Nothing is learned from data yet. Here *you* choose the weights (가중치). Later days let the
# computer choose them. As before: return a new array, leave the arguments as they are, take
# integers too.

# %% [markdown]
# **Tools.** NumPy computes, Matplotlib draws, `time` is a stopwatch. From our own `course` come
# checks, a table of exam scores and two kinds of picture. Run this cell and move on.

# %% locked="setup"
import time

import matplotlib.pyplot as plt
import numpy as np

from course.checks import check_array, check_equal, check_raises, check_unchanged
from course.datasets import load_score
from course.plots import COLORS, decision_line, heatmap

# %% [markdown] picture="four_pixels"
# ## 1. One score for each class
#
# This image has 4 pixels. There are 3 classes. We stretch the image into a column $x$. Each class
# owns one row of $W$ and one number of $b$.
#
# ![Left to right: an image of 2 by 2 pixels with the values 56, 231, 24 and 2. The matrix W with
# 3 rows, cat, dog and ship, and 4 columns. The column x with the 4 pixels. The column b with 1.1,
# 3.2 and -1.2. The scores: cat -96.8, dog 437.9, ship 60.75.](attachment:four_pixels.png)
#
# As a formula:
#
# $$f(x) = Wx + b, \qquad f_c = \sum_d W_{cd}\, x_d + b_c$$
#
# By hand, the score of *cat* is its row times the pixels, plus its bias:
#
# $$0.2 \cdot 56 - 0.5 \cdot 231 + 0.1 \cdot 24 + 2.0 \cdot 2 + 1.1
#   = 11.2 - 115.5 + 2.4 + 4.0 + 1.1 = -96.8$$
#
# *Dog* gets 437.9 and *ship* 60.75. Dog wins. If the image shows a cat, these weights are bad.
# (The public slide prints 61.95 for ship. It forgot the bias: $61.95 - 1.2 = 60.75$.)
#
# **Your turn.** Write `score_wx`. A matrix times a vector is `W @ x`.

# %% locked="four_pixel_image"
image = np.array([[56, 231], [24, 2]])  # 2 rows of 2 pixels
class_names = ["cat", "dog", "ship"]
W_pixels = np.array(
    [
        [0.2, -0.5, 0.1, 2.0],  # cat
        [1.5, 1.3, 2.1, 0.0],  # dog
        [0.0, 0.25, 0.2, -0.3],  # ship
    ]
)
b_pixels = np.array([1.1, 3.2, -1.2])


# %% solution="score_wx"
def score_wx(W, x, b):
    """Score one example, with one row of W for each class.

    W: weights, shape (C, D). x: one example, shape (D,). b: one bias for each class, shape (C,).
    Returns the scores, shape (C,). The shapes always fit; you need not check them.
    """
    ### BEGIN SOLUTION
    scores = W @ x + b
    ### END SOLUTION
    return scores


# %% tests="score_wx" points=1
check_array(
    score_wx(W_pixels, image.reshape(-1), b_pixels),
    [-96.8, 437.9, 60.75],
    "score_wx of the 4 pixels",
    hint="Compare with the sum above: a row times x, and the bias of that row added once",
)

# %% tests="score_wx" idea="other_shapes" points=2 hint="Try 2 classes and 5 pixels, then 3 and 3."
### BEGIN HIDDEN TESTS
W = np.array([[0.5, -1.0, 2.0, 0.25, -3.0], [1.5, 0.0, -0.5, 4.0, 1.0]])
x = np.array([2.0, -1.0, 3.0, 8.0, 0.5])
b = np.array([0.75, -2.5])
check_array(score_wx(W, x, b), (W * x).sum(axis=1) + b, "score_wx with C = 2, D = 5")
W = np.array([[1.0, 2.0, -3.0], [0.5, -4.0, 5.0], [7.0, 0.0, 1.5]])
x = np.array([3.0, -2.0, 10.0])
b = np.array([-1.0, 0.5, 4.0])
check_array(score_wx(W, x, b), (W * x).sum(axis=1) + b, "score_wx with C = D = 3")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The next cell draws the picture from above once more, now with *your*
# scores. A negative weight lowers a score where the pixel is bright. Look at the $-0.5$ of *cat*:
# the bright pixel, 231, alone pulls the score down by 115.5.


# %% show="four_pixels"
x = image.reshape(-1)
scores = score_wx(W_pixels, x, b_pixels)

fig, axes = plt.subplots(
    1, 5, figsize=(11, 2.9), width_ratios=[1.7, 3.9, 1, 1, 1.2], layout="constrained"
)
tables = [image, W_pixels, x[:, None], b_pixels[:, None], scores[:, None]]
titles = ["image\n(2, 2)", "W\n(3, 4)", "x\n(4,)", "b\n(3,)", "Wx + b\n(3,)"]
for ax, table, title in zip(axes, tables, titles, strict=True):
    names = class_names if len(table) == 3 else [""] * len(table)
    heatmap(table, title=title, xlabel="", ylabel="", fmt="{:g}", yticks=names, ax=ax)
    ax.set_xticks([])
plt.show()

# %% [markdown]
# ## 2. Which shape has W?
#
# Frameworks lay the examples in *rows*: $X$ has shape (N, D). Then the weights stand on the right,
# and each class owns a *column* of $W$. Both ways give the same numbers:
#
# | | formula | examples | W | b | scores |
# |---|---|---|---|---|---|
# | one column, as in section 1 | $Wx + b$ | (D,) | (C, D) | (C,) | (C,) |
# | rows, from here on | $XW + b$ | (N, D) | (D, C) | (C,) | (N, C) |
#
# N examples, D numbers each, C classes. The slides ask: which shape stands for the question mark?
#
# $$(n, 3)\;(\,?\,) = (n, 2)$$
#
# The inner sizes must agree, so $W$ begins with 3. The outer sizes remain, so it ends with 2:
# (3, 2). The number of examples, $n$, says nothing about $W$.
#
# **Your turn.** Write that rule down.


# %% solution="weight_shape"
def weight_shape(x_shape, out_shape):
    """Find the shape of W in XW = scores.

    x_shape: shape of X, two entries. out_shape: shape of the scores, two entries. The number of
    rows may also be a letter: weight_shape(("n", 3), ("n", 2)) is (3, 2).
    Returns a tuple of two integers.
    Raises ValueError if X and the scores differ in their number of rows.
    """
    ### BEGIN SOLUTION
    if x_shape[0] != out_shape[0]:
        raise ValueError(f"X has {x_shape[0]} rows and the scores have {out_shape[0]}")
    shape = (x_shape[1], out_shape[1])
    ### END SOLUTION
    return shape


# %% tests="weight_shape" points=1
check_equal(weight_shape(("n", 3), ("n", 2)), (3, 2), "weight_shape((n, 3), (n, 2))")
check_equal(weight_shape((5, 3), (5, 1)), (3, 1), "weight_shape((5, 3), (5, 1))")

# %% tests="weight_shape" idea="other_sizes" points=1 hint="Try (7, 4) and (7, 10), then N = D."
### BEGIN HIDDEN TESTS
check_equal(weight_shape((7, 4), (7, 10)), (4, 10), "weight_shape((7, 4), (7, 10))")
check_equal(weight_shape((3, 3), (3, 2)), (3, 2), "weight_shape((3, 3), (3, 2))")
### END HIDDEN TESTS

# %% tests="weight_shape" idea="rows_differ" points=1 hint="Can 5 examples get 4 rows of scores?"
### BEGIN HIDDEN TESTS
check_raises(ValueError, lambda: weight_shape((2, 6), (6, 2)), "weight_shape((2, 6), (6, 2))")
check_raises(ValueError, lambda: weight_shape(("n", 3), ("m", 2)), "weight_shape((n, 3), (m, 2))")
### END HIDDEN TESTS

# %% [markdown]
# How many numbers must be chosen? A linear classifier has a weight for each pair of input and
# class, and a bias for each class. For a toy with 4 pixels and 3 classes that is
# $4 \cdot 3 + 3 = 15$. A CIFAR-10 image has $32 \times 32$ pixels of 3 colours, so 3072 inputs,
# and there are 10 classes.


# %% solution="param_count"
def param_count(D, C):
    """Count the numbers in W and b together, for D inputs and C classes. Returns an integer."""
    ### BEGIN SOLUTION
    count = D * C + C
    ### END SOLUTION
    return count


# %% tests="param_count" points=1
check_equal(param_count(4, 3), 15, "param_count(4, 3)")
check_equal(param_count(3072, 10), 30730, "param_count for CIFAR-10")

# %% tests="param_count" idea="other_sizes" points=1 hint="Count W and b of a small case by hand."
### BEGIN HIDDEN TESTS
check_equal(param_count(2, 7), 21, "param_count(2, 7)")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Many examples at once
#
# A small case from the lecture, in rows. One example with two numbers, three classes:
#
# $$\begin{pmatrix} 1 & 0.5 \end{pmatrix}
# \begin{pmatrix} 0.1 & 0.3 & 0.5 \\ 0.2 & 0.4 & 0.6 \end{pmatrix}
# + \begin{pmatrix} 0.1 & 0.2 & 0.3 \end{pmatrix}
# = \begin{pmatrix} 0.3 & 0.7 & 1.1 \end{pmatrix}$$
#
# The first score by hand: $1 \cdot 0.1 + 0.5 \cdot 0.2 + 0.1 = 0.3$.
#
# With N rows in $X$, the product has shape (N, C). Broadcasting adds $b$ to every row. That is
# convenient, and dangerous: a `b` of shape (N, 1), (1,) or () is broadcast *too*, without a word,
# and every score is wrong. A careful function refuses it:
#
# ```python
# if b.shape != (3,):
#     raise ValueError(f"b has shape {b.shape}, expected (3,)")
# ```
#
# A second trap: pixels are often `uint8`, integers from 0 to 255. Their sums wrap round at 256.
# So turn $X$ into float64 *before* you multiply.
#
# **Your turn.** Write `affine`, the careful twin of `score_wx`. (A product with an added constant
# is called affine, 아핀.)


# %% solution="affine"
def affine(X, W, b):
    """Score one example or many: XW + b.

    X: one example, shape (D,), or N examples in rows, shape (N, D). W: weights, shape (D, C).
    b: one bias for each class, shape (C,). All are arrays; they may hold integers, uint8 too.
    Returns float64 scores: shape (C,) for one example, (N, C) for many. Changes no argument.
    Raises ValueError if the last axis of X and the first axis of W differ in length, or if the
    shape of b is not (C,).
    """
    ### BEGIN SOLUTION
    if X.shape[-1] != W.shape[0]:
        raise ValueError(f"X has {X.shape[-1]} numbers a row, but W has {W.shape[0]} rows")
    if b.shape != (W.shape[1],):
        raise ValueError(f"b has shape {b.shape}, expected ({W.shape[1]},)")
    scores = X.astype(np.float64) @ W + b
    ### END SOLUTION
    return scores


# %% tests="affine" points=2
W = np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]])
b = np.array([0.1, 0.2, 0.3])
check_array(affine(np.array([1.0, 0.5]), W, b), [0.3, 0.7, 1.1], "affine of one example")
check_array(
    affine(np.array([[1.0, 0.5], [0.0, 2.0], [-1.0, 0.0], [3.0, -4.0]]), W, b),
    [[0.3, 0.7, 1.1], [0.5, 1.0, 1.5], [0.0, -0.1, -0.2], [-0.4, -0.5, -0.6]],
    "affine of four examples",
)

# %% tests="affine" idea="other_shapes" points=1 hint="Try 5 rows, 3 inputs and 2 classes."
### BEGIN HIDDEN TESTS
X = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, 0.0], [2.0, 2.5, -1.0], [7.0, 0.0, 1.0], [0, -3, 9.0]])
W = np.array([[2.0, -1.0], [0.5, 3.0], [-4.0, 1.5]])
b = np.array([10.0, -20.0])
wanted = (X[:, :, None] * W[None, :, :]).sum(axis=1) + b[None, :]
check_array(affine(X, W, b), wanted, "affine with N = 5, D = 3, C = 2")
check_array(affine(X[3], W, b), wanted[3], "affine of one example with D = 3, C = 2")
check_array(affine(X[:1], W, b), wanted[:1], "affine with N = 1")
### END HIDDEN TESTS

# %% tests="affine" idea="as_many_examples_as_classes" points=1 hint="Add b to a row or a column?"
### BEGIN HIDDEN TESTS
X = np.array([[1.0, 2.0], [-3.0, 0.5], [4.0, -1.0]])
W = np.array([[0.5, -2.0, 1.0], [3.0, 0.25, -1.5]])
b = np.array([100.0, 200.0, 400.0])
wanted = (X[:, :, None] * W[None, :, :]).sum(axis=1) + b[None, :]
check_array(affine(X, W, b), wanted, "affine with N = C = 3")
### END HIDDEN TESTS

# %% tests="affine" idea="uint8_pixels" points=1 hint="200 + 100 is 44 in uint8. Convert first."
### BEGIN HIDDEN TESTS
X = np.array([[200, 100, 7], [255, 255, 255], [0, 50, 130], [1, 2, 3]], dtype=np.uint8)
W = np.array([[1, 3], [2, 1], [5, 4]], dtype=np.uint8)
b = np.array([7, 1], dtype=np.uint8)
wanted = X.astype(float) @ W.astype(float) + b.astype(float)
check_array(affine(X, W, b), wanted, "affine of uint8 pixels")
W = np.array([[1, -3], [-2, 1], [5, 4]])
b = np.array([-1000, 1])
check_array(affine(X[0], W, b), [-965.0, -471.0], "affine of one uint8 example")
### END HIDDEN TESTS

# %% tests="affine" idea="refuses_wrong_shapes" points=1 hint="Which other shapes of b broadcast?"
### BEGIN HIDDEN TESTS
X = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 0.0], [2.0, 1.0, 0.5]])
W = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, -6.0]])
b = np.array([0.5, -0.5])
check_raises(ValueError, lambda: affine(X, W[:2], b), "affine with D = 3 but a W of 2 rows")
check_raises(ValueError, lambda: affine(X, W, np.array([0.5])), "affine with b of shape (1,)")
check_raises(ValueError, lambda: affine(X, W, np.ones((4, 1))), "affine with b of shape (4, 1)")
check_raises(ValueError, lambda: affine(X[0], W, np.ones((2, 1))), "affine with b of shape (2, 1)")
check_raises(ValueError, lambda: affine(X, W, np.array([1.0, 2.0, 3.0])), "b of shape (3,)")
### END HIDDEN TESTS

# %% tests="affine" idea="keeps_its_input" points=1 hint="Print b before and after the call."
### BEGIN HIDDEN TESTS
x = np.array([2.0, -1.0, 3.0])
W = np.array([[1.0, 2.0], [0.5, -4.0], [3.0, 0.0]])
b = np.array([0.25, -0.75])
check_unchanged(lambda: affine(x, W, b), "affine", X=x, W=W, b=b)
check_array(affine(x, W, b), [10.75, 7.25], "affine, called again")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Loops say the same as $XW + b$, only slowly. A good habit: write the slow
# version once, compare, then keep the fast one.


# %% show="loops_or_matrices"
def affine_by_loops(X, W, b):
    """Score row by row and class by class, as the formula reads."""
    scores = np.zeros((X.shape[0], W.shape[1]))
    for n in range(X.shape[0]):
        for c in range(W.shape[1]):
            scores[n, c] = b[c]
            for d in range(X.shape[1]):
                scores[n, c] += X[n, d] * W[d, c]
    return scores


rng = np.random.default_rng(0)
X, W, b = rng.normal(size=(40, 300)), rng.normal(size=(300, 10)), rng.normal(size=10)

began = time.perf_counter()
slow = affine_by_loops(X, W, b)
seconds_loops = time.perf_counter() - began

began = time.perf_counter()
for _ in range(20):
    fast = affine(X, W, b)
seconds_matrix = (time.perf_counter() - began) / 20

print("same scores:", np.allclose(slow, fast))
faster = seconds_loops / seconds_matrix
print("the matrix product is", "over 100 times" if faster > 100 else "some times", "as fast")

# %% [markdown]
# The same function predicts a number, if there is one "class". Five students, three exams, and the
# final score. A guess: half of exam 1, half of exam 2, all of exam 3. With
# $w = (0.5, 0.5, 1)$ and $b = 0$, the shapes are $(5, 3)\,(3, 1) = (5, 1)$. By hand, for the first
# row: $0.5 \cdot 73 + 0.5 \cdot 80 + 75 = 151.5$.

# %% show="exam_scores"
exams = load_score().head(5)
X = exams[["exam1", "exam2", "exam3"]].to_numpy()
guess = affine(X, np.array([[0.5], [0.5], [1.0]]), np.array([0.0]))
exams["guess"] = guess[:, 0]
exams["error"] = exams["guess"] - exams["final"]
print(exams.to_string())
print("mean squared error:", (exams["error"] ** 2).mean())

# %% [markdown]
# A mean squared error (평균 제곱 오차) of 1.95: not bad for a guess. The best weights for these
# five rows reach about 0.1. On day 3 the computer looks for them.
#
# ## 4. The bias trick
#
# Two parts, $W$ and $b$, are often in the way. So give each example one more number, always 1, and
# $W$ one more row, $b$:
#
# $$XW + b = \begin{pmatrix} X & 1 \end{pmatrix} \begin{pmatrix} W \\ b \end{pmatrix}$$
#
# By hand: $x = (1, 0.5)$ becomes $(1, 0.5, 1)$. The first score is
# $1 \cdot 0.1 + 0.5 \cdot 0.2 + 1 \cdot 0.1 = 0.3$, as before. The 1 stands *last* because $b$
# stands below $W$.
#
# **Your turn.** `np.ones((rows, 1))` makes a column of ones, and `np.hstack` sets arrays side by
# side.


# %% solution="augment"
def augment(X):
    """Append a column of ones.

    X: examples in rows, shape (N, D); floats or integers.
    Returns a new float64 array of shape (N, D + 1): X, and the ones as the last column.
    """
    ### BEGIN SOLUTION
    ones = np.ones((X.shape[0], 1))
    augmented = np.hstack([X, ones])
    ### END SOLUTION
    return augmented


# %% tests="augment" points=1
check_array(
    augment(np.array([[1.0, 0.5], [-2.0, 3.0], [0.0, 4.0]])),
    [[1.0, 0.5, 1.0], [-2.0, 3.0, 1.0], [0.0, 4.0, 1.0]],
    "augment of three examples",
)

# %% tests="augment" idea="bias_trick" points=1 hint="Compare augment(X) @ [W; b] with XW + b."
### BEGIN HIDDEN TESTS
X = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, 0.0], [2.0, 2.5, -1.0], [7.0, 0.0, 1.0]])
W = np.array([[2.0, -1.0], [0.5, 3.0], [-4.0, 1.5]])
b = np.array([10.0, -20.0])
check_array(augment(X) @ np.vstack([W, b]), X @ W + b, "augment(X) @ [W; b]")
### END HIDDEN TESTS

# %% tests="augment" idea="integers" points=1 hint="Look at the dtype for an X that holds integers."
### BEGIN HIDDEN TESTS
X = np.array([[73, 80], [93, 88], [89, 91], [96, 98]])
wanted = [[73.0, 80.0, 1.0], [93.0, 88.0, 1.0], [89.0, 91.0, 1.0], [96.0, 98.0, 1.0]]
check_array(augment(X), wanted, "augment of integers")
### END HIDDEN TESTS

# %% [markdown]
# ## 5. From scores to an answer
#
# Three images, ten CIFAR-10 classes, numbered from 0. The true classes are cat, car and frog.
#
# | image | plane | car | bird | cat | deer | dog | frog | horse | ship | truck |
# |---|---|---|---|---|---|---|---|---|---|---|
# | | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 |
# | a cat | -3.45 | -8.87 | 0.09 | 2.90 | 4.48 | **8.02** | 3.78 | 1.06 | -0.36 | -0.72 |
# | a car | -0.51 | **6.04** | 5.31 | -4.22 | -4.19 | 3.58 | 4.49 | -4.37 | -2.09 | -2.93 |
# | a frog | 3.42 | 4.64 | 2.65 | 5.10 | 2.64 | 5.55 | -4.34 | -1.50 | -4.79 | **6.14** |
#
# (Slides show this table with an image in each column. Some print deer as 4.40 and truck as 6234;
# 4.48 and 6.14 are right.)
#
# The answer for an image is the class with the largest score in its row: 5, 1 and 9. So the cat is
# called a dog and the frog a truck. Only the size counts, not the sign: if all scores are negative,
# the one nearest to zero wins.
#
# **Your turn.** `np.argmax` gives the place of the largest value. Which axis holds the classes?

# %% locked="cifar_scores"
cifar_names = ["plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
cifar_scores = np.array(
    [
        [-3.45, -8.87, 0.09, 2.90, 4.48, 8.02, 3.78, 1.06, -0.36, -0.72],
        [-0.51, 6.04, 5.31, -4.22, -4.19, 3.58, 4.49, -4.37, -2.09, -2.93],
        [3.42, 4.64, 2.65, 5.10, 2.64, 5.55, -4.34, -1.50, -4.79, 6.14],
    ]
)
cifar_labels = np.array([3, 1, 6])


# %% solution="predict_class"
def predict_class(S):
    """Choose the class with the largest score.

    S: scores, shape (N, C), one row for each example.
    Returns the class indices, integers of shape (N,). Of equal scores the smaller index wins.
    """
    ### BEGIN SOLUTION
    answer = np.argmax(S, axis=1)
    ### END SOLUTION
    return answer


# %% tests="predict_class" points=1
check_array(predict_class(cifar_scores), [5, 1, 9], "predict_class of the three images")

# %% tests="predict_class" idea="square_table" points=1 hint="Does a row hold an image?"
### BEGIN HIDDEN TESTS
S = np.array([[0.5, 2.0, 7.0, 1.0], [3.0, 9.0, 1.0, 0.0], [4.0, 0.0, 2.5, 3.5], [6, 5.0, 8.0, 3.0]])
check_array(predict_class(S), [2, 1, 0, 2], "predict_class with N = C = 4")
### END HIDDEN TESTS

# %% tests="predict_class" idea="negative_scores" points=1 hint="Which is larger, -1 or -7?"
### BEGIN HIDDEN TESTS
S = np.array([[-7.0, -2.0, -5.0], [-9.0, -8.0, -0.5], [-4.0, -6.0, -3.5], [-1e3, -1e2, -1e4]])
check_array(predict_class(S), [1, 2, 2, 1], "predict_class of negative scores")
### END HIDDEN TESTS

# %% tests="predict_class" idea="equal_scores" points=1 hint="Which of two equal scores wins?"
### BEGIN HIDDEN TESTS
S = np.array([[1.0, 4.0, 4.0, 0.0], [2.0, 2.0, 2.0, 2.0], [-3.0, -5.0, 7.0, 7.0]])
check_array(predict_class(S), [1, 0, 2], "predict_class of equal scores")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** One panel for each image. Blue is the true class, orange is your answer
# where it differs. How far is the frog from being right? That question has a number, the *loss*
# (손실), and it is the subject of day 2.

# %% show="three_images"
answer = predict_class(cifar_scores)
fig, axes = plt.subplots(1, 3, figsize=(11, 3.4), sharey=True, layout="constrained")
for n, ax in enumerate(axes):
    colours = ["lightgrey"] * 10
    colours[answer[n]] = COLORS["orange"]
    colours[cifar_labels[n]] = COLORS["blue"]
    ax.barh(cifar_names, cifar_scores[n], color=colours)
    ax.axvline(0, color="black", linewidth=0.8)
    true = cifar_names[cifar_labels[n]]
    ax.set_title(f"{true}, answered {cifar_names[answer[n]]}")
    ax.set_xlabel("score")
axes[0].invert_yaxis()
plt.show()

# %% [markdown] picture="templates"
# ## 6. The template view
#
# A column of $W$ has one weight for each number of an image. So a column can be *looked at* as an
# image: the class's template (템플릿). The score is large where image and template agree.
#
# The next cell makes small pictures of three classes, 32 × 32 pixels with 3 colours. As the column
# of a class we take the mean of its pictures (and a bias to match). Nothing else is learned. Your
# templates should look like this:
#
# ![Top row: three small pictures each of a ship, a sunset and a frog. Each ship has one black
# funnel, on the left or on the right. Bottom row: three blurred templates. The ship's template
# has two grey funnels, the sunset's a smear of light, the frog's a green
# blob.](attachment:templates.png)
#
# Ships sail to the left or to the right. There is one template for both, so it has *two* pale
# funnels. That is the weakness of a linear classifier: one template for each class.
#
# **Your turn.** Images were flattened with `image.reshape(-1)`, 3072 numbers, row by row, the 3
# colours of a pixel side by side. Undo that for each column of $W$.

# %% locked="toy_pictures"
toy_names = ["ship", "sunset", "frog"]


def toy_pictures(n, *, rng):
    """Draw n pictures of each class: floats in [0, 1], shape (3 * n, 32, 32, 3), and labels."""
    row, column = np.mgrid[0:32, 0:32]
    pictures = []
    for name in toy_names:
        for _ in range(n):
            up, side = rng.integers(-2, 3, size=2)
            y, x = row - 16 - up, column - 16 - side
            picture = np.empty((32, 32, 3))
            if name == "ship":
                x = x * rng.choice([-1, 1])  # half of the ships sail to the left
                picture[:] = [0.75, 0.85, 0.95]
                picture[y > 4] = [0.1, 0.3, 0.6]
                picture[(y > -1) & (y < 7) & (x > -11) & (x < 13 - y)] = [0.6, 0.1, 0.1]
                picture[(y > -10) & (y <= -1) & (x > -9) & (x < -3)] = [0.1, 0.1, 0.1]
            elif name == "sunset":
                picture[:] = [0.9, 0.45, 0.2]
                picture[row > 22] = [0.3, 0.1, 0.25]
                picture[(x * x + 4 * y * y < 100) & (row <= 22)] = [1.0, 0.9, 0.4]
            else:
                picture[:] = [0.35, 0.3, 0.2]
                picture[x * x + 2 * (y - 2) ** 2 < 110] = [0.3, 0.7, 0.25]
                picture[(abs(x) - 6) ** 2 + (y + 6) ** 2 < 12] = [0.6, 0.9, 0.4]
            pictures.append(picture)
    pictures = np.array(pictures) + rng.normal(scale=0.08, size=(3 * n, 32, 32, 3))
    return np.clip(pictures, 0, 1), np.repeat(np.arange(3), n)


# %% solution="class_templates"
def class_templates(W):
    """Turn each column of W back into an image.

    W: weights, shape (3072, C). An image was flattened from shape (32, 32, 3) by reshape(-1).
    Returns the images, shape (C, 32, 32, 3), with the values as they are in W. It may be a view.
    """
    ### BEGIN SOLUTION
    templates = W.T.reshape(-1, 32, 32, 3)
    ### END SOLUTION
    return templates


# %% tests="class_templates" points=1
rng = np.random.default_rng(1)
images = rng.normal(size=(2, 32, 32, 3))
W = np.column_stack([images[0].reshape(-1), images[1].reshape(-1)])
check_array(
    class_templates(W),
    images,
    "class_templates of two columns",
    hint="A column of W is one image. reshape reads row by row: bring the classes to the front",
)

# %% tests="class_templates" idea="other_weights" points=2 hint="Try 5 classes. Is each value kept?"
### BEGIN HIDDEN TESTS
images = np.random.default_rng(2).normal(loc=40.0, scale=9.0, size=(5, 32, 32, 3))
W = np.array([image.reshape(-1) for image in images]).T
check_array(class_templates(W), images, "class_templates of 5 columns")
check_array(class_templates(W[:, :1].copy()), images[:1], "class_templates of 1 column")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Three of your functions make an image classifier: `affine` scores fresh
# pictures, `predict_class` answers, `class_templates` shows what it looks for. It is nearly
# perfect, because the toy pictures are easy. Photographs are not.

# %% show="templates"
rng = np.random.default_rng(3)
pictures, labels = toy_pictures(100, rng=rng)
flat = pictures.reshape(len(pictures), -1)
W = np.column_stack([flat[labels == c].mean(axis=0) for c in range(3)])
b = -0.5 * (W**2).sum(axis=0)  # so that the nearest mean gets the largest score

fresh, truth = toy_pictures(100, rng=rng)
right = predict_class(affine(fresh.reshape(len(fresh), -1), W, b)) == truth
print(f"right answers: {right.sum()} of {right.size}")

fig, axes = plt.subplot_mosaic(
    [["s0", "s1", "s2", "t0", "t1", "t2", "f0", "f1", "f2"], ["W0"] * 3 + ["W1"] * 3 + ["W2"] * 3],
    figsize=(10, 4.6),
    height_ratios=[1, 2.6],
    layout="constrained",
)
for c, letter in enumerate("stf"):
    for k in range(3):
        axes[f"{letter}{k}"].imshow(pictures[labels == c][k])
    axes[f"W{c}"].imshow(class_templates(W)[c])
    axes[f"W{c}"].set_title(f"template: {toy_names[c]}")
for ax in axes.values():
    ax.axis("off")
plt.show()

# %% [markdown]
# ## 7. The decision boundary
#
# With two classes, one score is enough: its sign answers. That is the perceptron (퍼셉트론):
#
# $$\text{output} = \begin{cases} 1 & \text{if } w \cdot x + b > 0 \\
# 0 & \text{otherwise} \end{cases}$$
#
# The OR gate, with $-0.5 + x_1 + x_2$, so $w = (1, 1)$ and $b = -0.5$:
#
# | $x_1$ | $x_2$ | score | output |
# |---|---|---|---|
# | 0 | 0 | -0.5 | 0 |
# | 1 | 1 | 1.5 | 1 |
# | 0 | 1 | 0.5 | 1 |
# | 1 | 0 | 0.5 | 1 |
#
# A score of exactly 0 lies on the boundary. Here it counts as 0. (One lecture lets the outputs be
# 1 and -1. We use 1 and 0.)


# %% solution="perceptron"
def perceptron(X, w, b):
    """Answer 1 where the score w · x + b is greater than 0, else 0.

    X: examples in rows, shape (N, D). w: weights, shape (D,). b: the bias, a number.
    Returns integers 0 and 1, shape (N,). A score of exactly 0 gives 0.
    """
    ### BEGIN SOLUTION
    outputs = (X @ w + b > 0).astype(int)
    ### END SOLUTION
    return outputs


# %% tests="perceptron" points=1
corners = np.array([[0, 0], [1, 1], [0, 1], [1, 0]])
check_array(
    perceptron(corners, np.array([1.0, 1.0]), -0.5),
    [0, 1, 1, 1],
    "perceptron with the OR weights",
    hint="A comparison gives booleans; `.astype(int)` turns them into 0 and 1",
)

# %% tests="perceptron" idea="on_the_boundary" points=1 hint="What does the text say of score 0?"
### BEGIN HIDDEN TESTS
X = np.array([[1.0, 0.5], [2.0, 1.0], [2.0, 1.5], [0.0, -0.5], [3.0, 1.5], [0.0, 0.25]])
check_array(perceptron(X, np.array([1.0, -2.0]), 0.0), [0, 0, 0, 1, 0, 0], "points on a boundary")
X = np.array([[1.0, 1.0], [0.0, 1.0], [2.0, 0.0]])
check_array(perceptron(X, np.array([1.0, 1.0]), -1.0), [1, 0, 1], "points on the AND boundary")
### END HIDDEN TESTS

# %% tests="perceptron" idea="other_data" points=2 hint="Try 3 inputs, a positive b, then N = D."
### BEGIN HIDDEN TESTS
X = np.array([[1, 2, 3], [-4, 0, 1], [10, -2, 0], [0, 0, 0], [0, 5, -9]])
w = np.array([1, -2, 3])
check_array(perceptron(X, w, -5), [1, 0, 1, 0, 0], "perceptron with D = 3 and integers")
check_array(perceptron(X, w, 7.5), [1, 1, 1, 1, 0], "perceptron with a positive bias")
X = np.array([[0.3, -0.9], [1.4, 0.2]])
check_array(perceptron(X, np.array([0.5, 2.0]), 0.25), [0, 1], "perceptron with N = D = 2")
### END HIDDEN TESTS

# %% [markdown]
# **Your turn.** Choose the weights of three gates. Any line with all four corners on the right side
# is a right answer; there are many.
#
# | $x_1$ | $x_2$ | OR | AND | NAND | XOR |
# |---|---|---|---|---|---|
# | 0 | 0 | 0 | 0 | 1 | 0 |
# | 0 | 1 | 1 | 0 | 1 | 1 |
# | 1 | 0 | 1 | 0 | 1 | 1 |
# | 1 | 1 | 1 | 1 | 0 | 0 |
#
# NAND is "not AND". For XOR, "one or the other, but not both", no line exists. An honest function
# says so.


# %% solution="gate_weights"
def gate_weights(name):
    """Give a perceptron's weights for a gate with two inputs.

    name: "OR", "AND" or "NAND".
    Returns (w, b): an array w of shape (2,) and a number b.
    Raises ValueError for "XOR", which no single line can separate, and for any other name.
    """
    ### BEGIN SOLUTION
    gates = {"OR": ([1.0, 1.0], -0.5), "AND": ([1.0, 1.0], -1.5), "NAND": ([-1.0, -1.0], 1.5)}
    if name not in gates:
        raise ValueError(f"no single line separates {name}; choose one of {', '.join(gates)}")
    w, b = gates[name]
    ### END SOLUTION
    return np.array(w), b


# %% tests="gate_weights" points=2
corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
for name, truth in {"OR": [0, 1, 1, 1], "AND": [0, 0, 0, 1]}.items():
    w, b = gate_weights(name)
    # kept: names the shape before the product with a wrong one fails
    check_equal(np.shape(w), (2,), f"the shape of w for {name}")
    check_equal(np.shape(b), (), f"the shape of b for {name}", hint="b is one number")
    outputs = [int(score > 0) for score in corners @ np.asarray(w) + b]
    check_equal(outputs, truth, f"{name} of (0, 0), (0, 1), (1, 0), (1, 1)")

# %% tests="gate_weights" idea="nand" points=1 hint="Compute the four scores of NAND by hand."
### BEGIN HIDDEN TESTS
w, b = gate_weights("NAND")
check_equal(np.shape(w), (2,), "the shape of w for NAND")
check_equal(np.shape(b), (), "the shape of b for NAND")
above = [bool(w[0] * first + w[1] * second + b > 0) for first in (0, 1) for second in (0, 1)]
check_equal(above, [True, True, True, False], "is the score of NAND above 0 at the four corners")
### END HIDDEN TESTS

# %% tests="gate_weights" idea="xor" points=1 hint="Which names does the docstring refuse?"
### BEGIN HIDDEN TESTS
check_raises(ValueError, lambda: gate_weights("XOR"), 'gate_weights("XOR")')
check_raises(ValueError, lambda: gate_weights("MAYBE"), 'gate_weights("MAYBE")')
### END HIDDEN TESTS

# %% [markdown] picture="gates"
# Where is the boundary? It is where the score is 0: $w_1 x_1 + w_2 x_2 + b = 0$. Solve for $x_2$ to
# draw it:
#
# $$x_2 = -\frac{w_1 x_1 + b}{w_2}$$
#
# For OR this is $x_2 = 0.5 - x_1$: the line from (0, 0.5) to (0.5, 0). If $w_2 = 0$ the line is
# vertical, and no $x_2$ belongs to an $x_1$. With `boundary_x2` your plot will look like this (your
# lines may lie elsewhere, as long as they separate the corners):
#
# ![Three panels with the four corners of a square. OR: a falling line below the corners (0, 1) and
# (1, 0), only (0, 0) lies on the 0 side. AND: a falling line above these corners, only (1, 1) lies
# on the 1 side. NAND: the same line, with the sides exchanged.](attachment:gates.png)


# %% solution="boundary_x2"
def boundary_x2(w, b, x1):
    """Give the second coordinate of points on the line w[0] * x1 + w[1] * x2 + b = 0.

    w: weights, shape (2,). b: the bias, a number. x1: first coordinates, shape (M,).
    Returns a new float64 array, shape (M,). Changes no argument.
    Raises ValueError if w[1] is 0: the line is vertical.
    """
    ### BEGIN SOLUTION
    if w[1] == 0:
        raise ValueError("w[1] is 0: the line is vertical")
    x2 = -(w[0] * x1 + b) / w[1]
    ### END SOLUTION
    return x2


# %% tests="boundary_x2" points=1
check_array(
    boundary_x2(np.array([1.0, 1.0]), -0.5, np.array([0.0, 0.5, 2.0])),
    [0.5, 0.0, -1.5],
    "the OR boundary at x1 = 0, 0.5 and 2",
)

# %% tests="boundary_x2" idea="other_lines" points=2 hint="Put your x2 into the score: is it 0?"
### BEGIN HIDDEN TESTS
x1 = np.array([-3.0, 0.0, 1.0, 4.0, 10.0])
check_array(
    boundary_x2(np.array([2.0, 4.0]), 1.0, x1),
    [1.25, -0.25, -0.75, -2.25, -5.25],
    "the line 2 x1 + 4 x2 + 1 = 0",
)
check_array(
    boundary_x2(np.array([3, -2]), 5, np.array([1, -4, 6])), [4.0, -3.5, 11.5], "integer weights"
)
### END HIDDEN TESTS

# %% tests="boundary_x2" idea="vertical_line" points=1 hint="What do you divide by?"
### BEGIN HIDDEN TESTS
x1 = np.array([0.0, 1.0, 2.0])
check_raises(ValueError, lambda: boundary_x2(np.array([2.0, 0.0]), -1.0, x1), "w = (2, 0)")
flat = boundary_x2(np.array([0.0, 4.0]), -2.0, x1)
check_array(flat, [0.5, 0.5, 0.5], "a level line, w = (0, 4)")
### END HIDDEN TESTS

# %% tests="boundary_x2" idea="keeps_its_input" points=1 hint="Print x1 before and after the call."
### BEGIN HIDDEN TESTS
w, x1 = np.array([1.0, 2.0]), np.array([0.0, 4.0, -6.0])
check_unchanged(lambda: boundary_x2(w, 3.0, x1), "boundary_x2", w=w, x1=x1)
check_array(boundary_x2(w, 3.0, x1), [-1.5, -3.5, 1.5], "boundary_x2, called again")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Your `perceptron` colours the plane, your `gate_weights` set the line,
# your `boundary_x2` draws it. A corner's mark is what the gate should say: it must be a triangle
# exactly where the plane is shaded.

# %% show="gates"
corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
gate_truth = {"OR": [0, 1, 1, 1], "AND": [0, 0, 0, 1], "NAND": [1, 1, 1, 0]}
gates = {name: gate_weights(name) for name in gate_truth}

fig, axes = plt.subplots(1, 3, figsize=(11, 3.7), layout="constrained")
for ax, (name, truth) in zip(axes, gate_truth.items(), strict=True):
    w, b = gates[name]
    decision_line(
        corners,
        truth,
        lambda x1, w=w, b=b: boundary_x2(w, b, x1),
        positive=lambda points, w=w, b=b: perceptron(points, w, b) == 1,
        title=name,
        labels=("0", "1"),
        ax=ax,
    )
    ax.set(xticks=[0, 1], yticks=[0, 1], aspect="equal")
for ax in axes[:2]:
    ax.get_legend().remove()  # one legend is enough
plt.show()

# %% [markdown]
# ## 8. XOR
#
# Play with the next cell: it is yours. Change `w` and `b` and run it again. How many corners can
# you get right?

# %%
w, b = np.array([1.0, 1.0]), -0.5  # change these

xor_truth = [0, 1, 1, 0]
outputs = perceptron(corners, w, b)
print("XOR wants", xor_truth, "and you get", outputs.tolist())
ax = decision_line(
    corners,
    xor_truth,
    lambda x1: boundary_x2(w, b, x1),
    positive=lambda points: perceptron(points, w, b) == 1,
    title=f"XOR: {(outputs == xor_truth).sum()} of 4 corners right",
    labels=("0", "1"),
)
ax.set(xticks=[0, 1], yticks=[0, 1], aspect="equal")
plt.show()

# %% [markdown] manual="why_not_xor" points=2
# **In your own words.** Three corners are the most that anyone gets. Why does no choice of $w_1$,
# $w_2$ and $b$ make a perceptron an XOR gate?
#
# Write the condition for each of the four corners. Then show that the four cannot hold together.
# Three to five lines are enough. One point is for the conditions, one for the contradiction.
#
# ### BEGIN SOLUTION
# The four corners demand, with "score > 0 gives 1":
#
# - (0, 0) → 0: $b \le 0$
# - (0, 1) → 1: $w_2 + b > 0$
# - (1, 0) → 1: $w_1 + b > 0$
# - (1, 1) → 0: $w_1 + w_2 + b \le 0$
#
# Add the second and third: $w_1 + w_2 + 2b > 0$. Add the first and last:
# $w_1 + w_2 + 2b \le 0$. Both cannot hold. As a picture: the two corners with 1 lie on one
# diagonal, the two with 0 on the other. The diagonals cross in the middle, and that point would
# have to lie on both sides of the line.
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Score: $Wx + b$ for a column, $XW + b$ for rows, with shapes that you can name beforehand.
# - Read $W$: a column is a template; with two inputs, $w$ and $b$ are a line.
# - One line is not enough for XOR. On day 4 two lines and a third that joins them will do it.
#
# Next comes day 2: a loss, which says how bad the scores are.

# %% [markdown]
# # TensorFlow: the gradient tape
#
# **Time** about 85 minutes · **Points** 29 · **You need** gradient descent (경사하강법) from day 3,
# a network's layers and losses from day 5
#
# On day 3 you worked out every gradient by hand. TensorFlow (텐서플로) watches you compute and then
# works it out for you. At the end of this notebook you will be able to
#
# - say of a tensor (텐서) its rank, its shape and its dtype, and why TensorFlow refuses to mix;
# - get the slope of any computation from a gradient tape (그래디언트 테이프);
# - train a line on exam scores with it, first in scalars, then in matrices;
# - read old TensorFlow 1 code and say what became of it;
# - write a network as a class of your own, and the training loop that `fit` hides.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 Tensors | `tensor_facts` | 13 | 4 |
# | 2 The tape | `polynomial_slope` | 15 | 5 |
# | 3 From scalars to matrices | `fit_with_tape` | 20 | 7 |
# | 4 Sessions, then and now | nothing | 8 | |
# | 5 A model of your own | `MyModel` | 12 | 5 |
# | 6 One step of training | `train_step` | 12 | 5 |
# | 7 The listing on the slide | an answer in words | 5 | 3 |

# %% [markdown]
# **Tools.** Three names are often mixed up:
#
# | | who, when | what it is |
# |---|---|---|
# | TensorFlow | Google, 2015 | tensors, slopes, and plans that also run on phones and servers |
# | PyTorch (파이토치) | Facebook, 2016 | tensors and slopes, from the first day written like plain Python |
# | Keras (케라스) | François Chollet, 2015 | layers and `fit`, on top of TensorFlow, JAX or PyTorch |
#
# Today Keras must stand on TensorFlow, because we look underneath. That is said *before* Keras is
# imported, and importing TensorFlow imports Keras. So the first cell sets the backend (백엔드). The
# second one takes a few seconds.

# %% locked="backend"
import os

from course.keras_backend import choose_backend

os.environ["KERAS_BACKEND"] = "tensorflow"
choose_backend()

# %% locked="setup" timeout=120
import time

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from tensorflow import keras

from course.checks import check_array, check_close, check_equal, check_raises
from course.datasets import load_score, load_zoo
from course.keras_backend import seed_keras
from course.plots import COLORS

layers = keras.layers

# %% [markdown]
# ## 1. Tensors
#
# A tensor is an array, like NumPy's `ndarray`. Its rank (랭크) is the number of its axes (축), its
# shape (형태) says how long each of them is:
#
# ```text
#  rank 0: a number    rank 1: a vector      rank 2: a matrix      rank 3: a stack of matrices
#
#       483            [1.1, 2.2, 3.3]       [[1, 2, 3],           [[[2], [4], [6]],
#                                             [4, 5, 6]]            [[8], [10], [12]]]
#
#     shape ()            shape (3,)           shape (2, 3)            shape (2, 3, 1)
# ```
#
# (In mathematics the rank of a matrix is something else: how many of its rows are independent.)
#
# Its dtype (자료형) says what one entry is. The same four kinds in four languages:
#
# | | yes or no | whole number | fraction | text |
# |---|---|---|---|---|
# | R | `logical` | `integer` | `numeric` | `character` |
# | Python | `bool` | `int` | `float` | `str` |
# | NumPy | `bool` | `int64` | `float64` | `str_` |
# | TensorFlow | `bool` | `int32` | `float32` | `string` |
#
# The last row is what TensorFlow makes of *Python* values: half the size of NumPy's. A NumPy array
# keeps the dtype it has. And TensorFlow never converts behind your back: an int32 tensor plus a
# float32 tensor is an error.
#
# Run the next cell. Guess each result first. The product and the transpose (전치) are the slide's.
# The last two lines ask for 43214 × 245124, which is 10592788536.

# %%
A = tf.constant([[1, 2, 3], [4, 5, 6]])
B = tf.constant([[7, 8], [9, 10], [11, 12]])
print("(2, 3) times (3, 2):", (A @ B).numpy().tolist())
print("transpose:", tf.transpose(tf.constant([[6, 4, 24], [1, -9, 8]])).numpy().tolist())

try:
    print(tf.constant(1) + tf.constant(1.5))
except tf.errors.InvalidArgumentError as error:
    print("int32 + float32:", error.message)
print("cast first:", tf.cast(tf.constant(1), tf.float32) + tf.constant(1.5))

print("as int32:", (tf.constant(43214) * tf.constant(245124)).numpy())
print("as int64:", (tf.constant(43214, tf.int64) * tf.constant(245124, tf.int64)).numpy())

# %% [markdown]
# The product does not fit into int32. It wraps round, without a word.
#
# **Your turn.** `tf.convert_to_tensor(value)` makes a tensor of anything. A tensor has `.shape` and
# `.dtype`, and a dtype has `.name`. Fill in the table, first in your head:
#
# | value | rank | shape | dtype |
# |---|---|---|---|
# | `[[1, 2, 3], [4, 5, 6]]` | 2 | (2, 3) | int32 |
# | `483` | ? | ? | ? |
# | `[1.1, 2.2, 3.3]` | ? | ? | ? |


# %% solution="tensor_facts"
def tensor_facts(value):
    """Say what TensorFlow makes of a value.

    value: a number, a text, a nested list of them, or a NumPy array.
    Returns (rank, shape, dtype): an integer, a tuple of integers, and the name of the dtype as a
    string, such as (2, (2, 3), "int32").
    """
    ### BEGIN SOLUTION
    tensor = tf.convert_to_tensor(value)
    shape = tuple(tensor.shape)
    facts = (len(shape), shape, tensor.dtype.name)
    ### END SOLUTION
    return facts


# %% tests="tensor_facts" points=1
check_equal(
    tensor_facts([[1, 2, 3], [4, 5, 6]]),
    (2, (2, 3), "int32"),
    "tensor_facts of 2 rows of 3 whole numbers",
)

# %% tests="tensor_facts" idea="single_values" points=1 hint="A single number has no axis."
### BEGIN HIDDEN TESTS
check_equal(
    [tensor_facts(value) for value in (483, -0.5, "tensor", True)],
    [(0, (), "int32"), (0, (), "float32"), (0, (), "string"), (0, (), "bool")],
    "tensor_facts of a whole number, a fraction, a text, a truth value",
)
### END HIDDEN TESTS

# %% tests="tensor_facts" idea="deeper_lists" points=1 hint="Count opening brackets, then entries."
### BEGIN HIDDEN TESTS
check_equal(
    [
        tensor_facts([1.1, 2.2, 3.3]),
        tensor_facts([[[2], [4], [6]], [[8], [10], [12]]]),
        tensor_facts([["a", "bc"], ["d", "e"], ["f", "g"]]),
    ],
    [(1, (3,), "float32"), (3, (2, 3, 1), "int32"), (2, (3, 2), "string")],
    "tensor_facts of lists of rank 1, 3 and 2",
)
### END HIDDEN TESTS

# %% tests="tensor_facts" idea="numpy_arrays" points=1 hint="Which dtype had the array before?"
### BEGIN HIDDEN TESTS
check_equal(
    [
        tensor_facts(np.array([[0.5], [1.5], [2.5], [-1.0]])),
        tensor_facts(np.arange(24, dtype=np.uint8).reshape(2, 3, 4)),
    ],
    [(2, (4, 1), "float64"), (3, (2, 3, 4), "uint8")],
    "tensor_facts of a float64 column and of uint8 pixels",
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Your function fills the table. Compare the two columns on the right. The
# same list has other dtypes in TensorFlow and in NumPy.

# %% show="table_of_tensors"
values = [483, [1.1, 2.2, 3.3], [[1, 2, 3], [4, 5, 6]], [[[2], [4]], [[6], [8]]], [True, False]]
print(f"{'value':26} {'rank':>4}  {'shape':10} {'TensorFlow':11} NumPy")
for value in values:
    rank, shape, dtype = tensor_facts(value)
    print(f"{value!s:26} {rank:4}  {shape!s:10} {dtype:11} {np.array(value).dtype}")

# %% [markdown]
# ## 2. The tape
#
# Two kinds of tensors matter here. A constant (상수) never changes. A `tf.Variable` (변수) can, and that is
# what weights (가중치) must do:
#
# ```python
# w = tf.Variable(5.0)
# w.assign_sub(0.5)  # subtract, in place: now 4.5
# ```
#
# The tape records what happens to a variable, step by step. Then it goes backward and multiplies
# the slope of each step. For $(x + 1)^2$ at $x = 3$:
#
# ```text
#  recorded      x = 3  ────  + 1  ────▶   4   ────  square  ────▶  16
#
#  backward        8   ◀────  · 1  ────    8   ◀────  · 2·4  ────    1
# ```
#
# By hand: the square has the slope $2 \cdot 4$, the sum has the slope 1. Together 8. (Your `Value`
# of day 4 was such a tape.) In code:
#
# ```python
# x = tf.Variable(3.0)
# with tf.GradientTape() as tape:  # what happens in this block is recorded
#     y = (x + 1) ** 2
# slope = tape.gradient(y, x)  # after the block: go backward
# ```
#
# Three ways to get `None` instead of a slope, and one to get nan. Run them.

# %%
for text, x in [
    ("a float variable", tf.Variable(3.0)),
    ("a constant", tf.constant(3.0)),
    ("an integer variable", tf.Variable(3)),
]:
    with tf.GradientTape() as tape:  # a new tape for each x
        y = (x + 1) ** 2
    print(f"{text:20}", tape.gradient(y, x))

x = tf.Variable(0.0)
with tf.GradientTape() as tape:  # nothing here has to do with x
    y = tf.constant(3.0)
print("y does not use x    ", tape.gradient(y, x))
with tf.GradientTape() as tape:  # 1, wherever x is
    y = x**0
print("x ** 0 at x = 0     ", tape.gradient(y, x))

# %% [markdown]
# - Nobody watches a constant. (`tape.watch(x)` would.)
# - Integers have no slopes: between 3 and 4 there is no integer.
# - If $y$ does not depend on $x$, the slope is 0. TensorFlow says `None`, because in a network this
#   is nearly always a mistake. (`tape.gradient(…, unconnected_gradients="zero")` says 0.)
# - For $x^0$ it computes $0 \cdot 0^{-1}$, which is nan. So build powers by multiplying:
#   $1$, $x$, $x \cdot x$, …
#
# **Your turn.** The slide's list of derivatives (도함수), as coefficients (계수) of $1, x, x^2$:
#
# | $f(x)$ | coefficients | $f'(x)$ |
# |---|---|---|
# | $3$ | `[3]` | $0$ |
# | $2x$ | `[0, 2]` | $2$ |
# | $x^2$ | `[0, 0, 1]` | $2x$ |
# | $(x+1)^2 = x^2 + 2x + 1$ | `[1, 2, 1]` | $2(x+1) = 2x + 2$ |
#
# Compute the polynomial (다항식) under a tape, and let the tape find the slope. No formula for the
# derivative!


# %% solution="polynomial_slope"
def polynomial_slope(coefficients, x):
    """Find the slope of c0 + c1 x + c2 x^2 + … at x, with a gradient tape.

    coefficients: the list [c0, c1, c2, …], at least one number. x: a number. All of them may be
    integers, x may be 0, and the polynomial need not depend on x: then its slope is 0.
    Returns a float.
    """
    ### BEGIN SOLUTION
    x = tf.Variable(float(x))
    with tf.GradientTape() as tape:
        value, power = 0.0, tf.constant(1.0)
        for coefficient in coefficients:
            value += coefficient * power
            power *= x
    slope = tape.gradient(value, x, unconnected_gradients="zero")
    ### END SOLUTION
    return float(slope)


# %% tests="polynomial_slope" points=1
for text, coefficients, wanted in [
    ("2x", [0.0, 2.0], 2.0),
    ("x^2", [0.0, 0.0, 1.0], 6.0),
    ("(x + 1)^2", [1.0, 2.0, 1.0], 8.0),
]:
    check_close(
        polynomial_slope(coefficients, 3.0), wanted, f"the slope of {text} at x = 3", rtol=1e-5
    )

# %% tests="polynomial_slope" idea="constant" points=1
for text, coefficients, wanted in [("3 + 5x", [3.0, 5.0], 5.0), ("3", [3.0], 0.0)]:
    check_close(
        polynomial_slope(coefficients, 2.0), wanted, f"the slope of {text} at x = 2", rtol=1e-5
    )

# %% tests="polynomial_slope" idea="longer" points=1 hint="Try c0 to c3, all different, at x = -1.5."
### BEGIN HIDDEN TESTS
check_close(
    polynomial_slope([1.0, -2.0, 0.5, 3.0], -1.5),
    16.75,
    "the slope of 1 - 2x + 0.5 x^2 + 3 x^3 at x = -1.5",
    rtol=1e-5,
)
### END HIDDEN TESTS

# %% tests="polynomial_slope" idea="at_zero" points=1 hint="Which powers of 0 do you compute?"
### BEGIN HIDDEN TESTS
check_close(
    polynomial_slope([4.0, -7.0, 2.0, 9.0], 0.0),
    -7.0,
    "the slope of 4 - 7x + 2x^2 + 9x^3 at x = 0",
    rtol=1e-5,
)
### END HIDDEN TESTS

# %% tests="polynomial_slope" idea="integers" points=1 hint="Which dtype has tf.Variable(3)?"
### BEGIN HIDDEN TESTS
check_close(
    polynomial_slope([5, 0, 4, 1], 2), 28.0, "the slope of 5 + 4x^2 + x^3 at the integer 2",
    rtol=1e-5,
)  # fmt: skip
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Each dot has *your* slope as a short line through it: the tangent (접선).
# It must touch the curve. The last panel is the cost (비용) of one guess, $(wx - y)^2$, for $x = 2$
# and $y = 6$. Written out it is $36 - 24w + 4w^2$, so your function can do that too. The slide has
# its slope by $w$ as a formula: $2x(wx - y)$.

# %% show="four_slopes"
curves = [
    ("2x", [0, 2], [-1.2, 0.2, 1.6]),
    ("x²", [0, 0, 1], [-1.2, 0.2, 1.6]),
    ("(x + 1)²", [1, 2, 1], [-1.2, 0.2, 1.6]),
    ("(2w − 6)²", [36, -24, 4], [0.5, 3.0, 4.5]),
]
slopes = [[polynomial_slope(c, place) for place in places] for _, c, places in curves]

fig, axes = plt.subplots(1, 4, figsize=(11, 2.9), layout="constrained")
for ax, (text, coefficients, places), found in zip(axes, curves, slopes, strict=True):
    heights = np.polynomial.Polynomial(coefficients)
    grid = np.linspace(places[0] - 0.8, places[2] + 0.8, 61)
    ax.plot(grid, heights(grid), color=COLORS["blue"])
    for place, slope in zip(places, found, strict=True):
        ends = np.array([place - 0.6, place + 0.6])
        tangent = heights(place) + slope * (ends - place)
        ax.plot(ends, tangent, color=COLORS["vermillion"], linewidth=3)
        ax.plot(place, heights(place), "o", color="black", markersize=4)
    ax.set(title=text, xlabel="w" if "w" in text else "x")
    ax.spines[["top", "right"]].set_visible(False)
axes[0].set_ylabel("value")
plt.show()

for w in (0, 3, 5):
    print(f"w = {w}: tape {polynomial_slope([36, -24, 4], w):6.1f}, slide {2 * 2 * (w * 2 - 6):4}")

# %% [markdown]
# ## 3. From scalars to matrices
#
# Now a line for exam scores, the lecture's five students:
#
# | exam 1 | exam 2 | exam 3 | final |
# |---:|---:|---:|---:|
# | 73 | 80 | 75 | 152 |
# | 93 | 88 | 93 | 185 |
# | 89 | 91 | 90 | 180 |
# | 96 | 98 | 100 | 196 |
# | 73 | 66 | 70 | 142 |
#
# All but the last column are $X$, the last one is $y$. The double brackets keep $y$ a column.

# %% locked="five_students"
five_students = load_score().to_numpy()[:5].astype("float32")
exams, final = five_students[:, :-1], five_students[:, [-1]]  # shapes (5, 3) and (5, 1)

# %% [markdown]
# The lecture writes it twice. First with a variable for each weight:
#
# $$H = w_1 x_1 + w_2 x_2 + w_3 x_3 + b$$
#
# Here is that listing, mended. (The slide prints with the format `{:.10.4f}`, which is a
# `ValueError`; it means `{:10.4f}`. And it starts from `tf.random_normal`, which is gone; we start
# from 0, so that everybody sees the same numbers.) Read it line by line.


# %% locked="scalar_listing"
def fit_scalars(X, y, learning_rate, epochs):
    """Fit three weights and a bias. Returns the cost before each step."""
    x1, x2, x3, truth = X[:, 0], X[:, 1], X[:, 2], y[:, 0]
    w1, w2, w3, b = (tf.Variable(0.0) for _ in range(4))
    costs = []
    for _epoch in range(epochs):
        with tf.GradientTape() as tape:  # a new tape for each step
            guess = w1 * x1 + w2 * x2 + w3 * x3 + b
            mean_square = tf.reduce_mean(tf.square(guess - truth))
        d1, d2, d3, d_bias = tape.gradient(mean_square, [w1, w2, w3, b])
        w1.assign_sub(learning_rate * d1)
        w2.assign_sub(learning_rate * d2)
        w3.assign_sub(learning_rate * d3)
        b.assign_sub(learning_rate * d_bias)
        costs.append(float(mean_square))
    return np.array(costs)


# %% [markdown]
# With 3072 pixels that would be a long listing. In matrices it is the same for any number of
# features (특성). The slide asks for the shapes:
#
# $$H = XW + b, \qquad (5, 3)\,(\,?\,) = (5, 1) \quad\Rightarrow\quad (3, 1)$$
#
# (For column vectors it is $Wx$, with the weights on the left. Data tables have their examples in
# rows, so we write $XW$.)
#
# **By hand**, for the three points (1, 1), (2, 2), (3, 3) with one feature and learning rate 0.1:
#
# | step | $W$ | $b$ | guesses | cost before the step | slope by $W$ | slope by $b$ |
# |---|---|---|---|---|---|---|
# | 1 | 0 | 0 | 0, 0, 0 | 14 / 3 = 4.667 | -9.333 | -4 |
# | 2 | 0.933 | 0.4 | 1.333, 2.267, 3.2 | 0.074 | 0.978 | 0.533 |
# | end | 0.836 | 0.347 | | | | |
#
# Both slopes of a step are taken at the same place. So ask the tape for both at once. (A tape can
# be asked only once anyway.)
#
# **Two traps.** `W = W - …` puts a plain tensor into the name `W`. At the next step nobody watches
# it, and its slope is `None`. And a `y` of shape (N,) does not stop TensorFlow: (N, 1) − (N,) is
# (N, N), as in NumPy.
#
# **Your turn.** Write the matrix version: one `W` of shape (D, 1), one `b`, both `tf.Variable`. Turn
# `X` and `y` into float32 first, with `tf.cast`.


# %% solution="fit_with_tape"
def fit_with_tape(X, y, learning_rate, epochs):
    """Fit a line by gradient descent, with the slopes from a gradient tape.

    X: examples in rows, shape (N, D). y: true values, shape (N, 1). Both are NumPy arrays and may
    hold integers. W and b start at 0 and take `epochs` steps (one or more), each of them
    -learning_rate times the slope. The cost is the mean of (XW + b - y)^2 over the N rows.
    Returns (W, b, history) after the last step: arrays of shape (D, 1) and (epochs,), and a float
    b between them. history[k] is the cost just before step k, so history[0] is that of the zeros.
    Raises ValueError unless y has exactly the shape (N, 1).
    """
    ### BEGIN SOLUTION
    if y.shape != (X.shape[0], 1):
        raise ValueError(f"y has shape {y.shape}, expected ({X.shape[0]}, 1)")
    X, y = tf.cast(X, tf.float32), tf.cast(y, tf.float32)
    W = tf.Variable(tf.zeros((X.shape[1], 1)))
    b = tf.Variable(0.0)
    history = []
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            cost = tf.reduce_mean((X @ W + b - y) ** 2)
        dW, db = tape.gradient(cost, [W, b])
        W.assign_sub(learning_rate * dW)
        b.assign_sub(learning_rate * db)
        history.append(float(cost))
    ### END SOLUTION
    return W.numpy(), float(b), np.array(history)


# %% tests="fit_with_tape" points=2
points = np.array([[1.0], [2.0], [3.0]])
W, b, history = fit_with_tape(points, points, 0.1, 2)
check_array(history, [4.666667, 0.074074], "the cost before each of two steps", rtol=1e-4)
check_array(W, [[0.835556]], "W after two steps", rtol=1e-4)

# %% tests="fit_with_tape" idea="bias" points=1 hint="When do you compute the slope by b?"
### BEGIN HIDDEN TESTS
X = np.array([[1.0, -2.0], [0.5, 1.0], [-1.0, 3.0], [2.0, 0.0]])
y = np.array([[3.0], [-1.0], [4.0], [10.0]])
W, b = np.zeros((2, 1)), 0.0
for _ in range(3):
    errors = X @ W + b - y
    W, b = W - 0.05 * 2 * X.T @ errors / 4, b - 0.05 * 2 * errors.mean()
check_close(fit_with_tape(X, y, 0.05, 3)[1], b, "b after three steps", rtol=1e-4)
### END HIDDEN TESTS

# %% tests="fit_with_tape" idea="score_rows" points=2 hint="Try 3 features and 40 small steps."
### BEGIN HIDDEN TESTS
X, y = exams.astype(float), final.astype(float)
W, b = np.zeros((3, 1)), 0.0
for _ in range(40):
    errors = X @ W + b - y
    W, b = W - 1e-6 * 2 * X.T @ errors / 5, b - 1e-6 * 2 * errors.mean()
check_array(fit_with_tape(exams, final, 1e-6, 40)[0], W, "W after 40 steps on exams", rtol=1e-4)
### END HIDDEN TESTS

# %% tests="fit_with_tape" idea="integers" points=1 hint="Cast X and y, then compute."
### BEGIN HIDDEN TESTS
X = np.array([[1, -2], [0, 1], [-1, 3], [2, 0]])
y = np.array([[3], [-1], [4], [11]])
check_array(
    fit_with_tape(X, y, 0.0625, 2)[2], [36.75, 26.14208984375], "the costs of integers", rtol=1e-4
)
### END HIDDEN TESTS

# %% tests="fit_with_tape" idea="refuses_flat_y" points=1 hint="Print the shape of the errors."
### BEGIN HIDDEN TESTS
X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 0.5]])
check_raises(
    ValueError,
    lambda: fit_with_tape(X, np.array([2.0, -1.0, 4.0]), 0.01, 2),
    "fit_with_tape with a flat y, shape (3,)",
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Naive, in matrices, compared, timed. The lecture's learning rate (학습률)
# of 1e-6 looks tiny. But from 4.6e-5 on, the cost of these raw scores would explode.

# %% show="scalars_and_matrices" timeout=60
seconds = {}
began = time.process_time()
naive = fit_scalars(exams, final, 1e-6, 51)
seconds["scalars"] = time.process_time() - began
began = time.process_time()
W, b, history = fit_with_tape(exams, final, 1e-6, 51)
seconds["matrices"] = time.process_time() - began

print("epoch |    scalars |   matrices")
for epoch in (0, 1, 10, 25, 50):
    print(f"{epoch:5} | {naive[epoch]:10.4f} | {history[epoch]:10.4f}")
print("both give the same costs:", bool(np.allclose(naive, history, rtol=1e-3)))
print(f"scalars take about {seconds['scalars'] / seconds['matrices']:.0f} times as long")

# %% [markdown]
# ## 4. Sessions, then and now
#
# The lecture trains for 2000 epochs (에포크). Before we do, a look back. Many slides and web pages
# still show TensorFlow 1. There you first drew a plan, the graph (그래프), and then a session (세션)
# ran it:
#
# ```text
#  TensorFlow 1, until 2019                        TensorFlow 2, eager execution (즉시 실행)
#
#  x = tf.placeholder(tf.float32)                  x = tf.constant(3.0)
#  y = x * x             # nothing computed yet    y = x * x      # computed now
#  with tf.Session() as session:                   print(y)       # 9.0
#      print(session.run(y, {x: 3.0}))  # 9.0
# ```
#
# What became of the names:
#
# | TensorFlow 1 | today |
# |---|---|
# | `tf.placeholder`, `tf.Session`, `session.run` | plain Python arguments and calls |
# | `tf.global_variables_initializer()` | not needed |
# | `tf.random_normal([3, 1])` | `tf.random.normal([3, 1])` |
# | `tf.log(h)` | `tf.math.log(h)` |
# | `tf.train.GradientDescentOptimizer(0.1).minimize(cost)` | a tape and `assign_sub`, or part 6 |
# | `tf.nn.softmax_cross_entropy_with_logits` | the same: it is still there |
#
# So the slide's cost of logistic regression (로지스틱 회귀) today:
#
# ```python
# cost = -tf.reduce_mean(y * tf.math.log(h) + (1 - y) * tf.math.log(1 - h))
# ```
#
# A plan has one merit: it is fast, for Python is asked only once. `@tf.function` gives it back.
# **Guess first:** how often does the next cell print the text?


# %%
@tf.function
def squared(x):
    print("Python reads this line")
    return x * x


for number in (1.0, 2.0, 3.0):
    print(squared(tf.constant(number)).numpy())

# %% [markdown]
# Once: while the plan is drawn. After that Python is not asked any more. Now the lecture's whole run
# as a plan. (The lecture prints every 100 epochs, we print every 400.) The dots are the first costs
# of *your* function.


# %% show="two_thousand_epochs" timeout=60
def run_as_plan(X, y, learning_rate, epochs):
    """Fit a line; each step runs as a graph. Returns the cost before each step."""
    weights, bias = tf.Variable(tf.zeros((X.shape[1], 1))), tf.Variable(0.0)

    @tf.function
    def one_step():
        with tf.GradientTape() as tape:  # recorded once, in the plan
            mean_square = tf.reduce_mean(tf.square(X @ weights + bias - y))
        slopes = tape.gradient(mean_square, [weights, bias])
        weights.assign_sub(learning_rate * slopes[0])
        bias.assign_sub(learning_rate * slopes[1])
        return mean_square

    return np.array([float(one_step()) for _ in range(epochs)])


_, _, first = fit_with_tape(exams, final, 1e-6, 64)
costs = run_as_plan(exams, final, 1e-6, 2001)
for epoch in range(0, 2001, 400):
    print(f"{epoch:5} | {costs[epoch]:10.4f}")

fig, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
ax.plot(np.arange(len(costs)) + 1, costs, color=COLORS["blue"], label="as a plan")
dots = np.array([0, 1, 3, 7, 15, 31, 63])
ax.plot(dots + 1, first[dots], "o", color=COLORS["vermillion"], label="your fit_with_tape")
ax.set(xscale="log", yscale="log", xlabel="step, counted from 1", ylabel="cost")
ax.set_title("Five students, learning rate 1e-6")
ax.legend(frameon=False)
ax.spines[["top", "right"]].set_visible(False)
plt.show()

# %% [markdown]
# In float64 the cost after 2000 steps is 1.4976. Here you read 1.4977, for float32 has only seven
# digits, and 2000 roundings add up. The best line of all has 0.1043. With steps of this size even
# 100 million are not enough. Standardise the exams as on day 3, and 300 steps of 0.1 reach 0.107.
#
# ## 5. A model of your own
#
# A `Sequential` is a list of layers. When that is not enough, write a class, a subclass (상속) of
# `keras.Model`. It has two parts: the layers are created *once*, in `__init__`, and used for each
# batch (배치), in `call`:
#
# ```python
# class TwoLayers(keras.Model):
#     def __init__(self):
#         super().__init__()
#         self.first = layers.Dense(3, activation="relu")
#         self.second = layers.Dense(2)
#
#     def call(self, X):
#         return self.second(self.first(X))
#
# model = TwoLayers()  # outside of the class
# scores = model(X)  # Keras calls `call`, and the weights get their shapes
# ```
#
# The lecture's `MyModel` for digits, with our small images of 8 × 8 pixels:
#
# ```text
#    images          Conv2D(32, 3)        Flatten       Dense(128)       Dense(10)
#
#  (N, 8, 8, 1)  ▶  (N, 6, 6, 32)   ▶   (N, 1152)  ▶   (N, 128)    ▶    (N, 10)
#                        ReLU                             ReLU           scores
#
#  parameters:    9 · 32 + 32 = 320          0       1152 · 128 + 128   128 · 10 + 10
# ```
#
# Together $320 + 147584 + 1290 = 149194$. (`Conv2D(32, 3)` slides 32 small windows of 3 × 3 pixels
# over the image; day 6 told how.)
#
# The head (출력층) gives scores, also called logits (로짓). There is no softmax in this model: the
# loss of part 6 does it.
#
# **Your turn.** Write the class. Both parts of it are yours.


# %% solution="MyModel"
class MyModel(keras.Model):
    """Conv2D with 32 windows of 3 x 3 and ReLU, Flatten, Dense 128 with ReLU, Dense 10.

    __init__ creates the layers, in this order: it is the order of the weights. No padding.
    """

    def __init__(self):
        super().__init__()
        ### BEGIN SOLUTION
        self.conv = layers.Conv2D(32, 3, activation="relu")
        self.flatten = layers.Flatten()
        self.hidden = layers.Dense(128, activation="relu")
        self.head = layers.Dense(10)
        ### END SOLUTION

    def call(self, images):
        """Return the scores (no softmax), shape (N, 10), of float32 images, shape (N, H, W, 1)."""
        ### BEGIN SOLUTION
        scores = self.head(self.hidden(self.flatten(self.conv(images))))
        ### END SOLUTION
        return scores


# %% tests="MyModel" points=2 timeout=30
model = MyModel()
model(np.zeros((3, 8, 8, 1), dtype="float32"))
check_equal(model.count_params(), 149194, "the parameters of MyModel for images of 8 x 8 pixels")

# %% tests="MyModel" idea="scores" points=2 timeout=30 hint="Which two layers have an activation?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(7)
images = rng.normal(size=(3, 8, 8, 1)).astype("float32")
shapes = [(3, 3, 1, 32), (32,), (1152, 128), (128,), (128, 10), (10,)]
kernel, b1, W2, b2, W3, b3 = (0.1 * rng.normal(size=shape).astype("float32") for shape in shapes)
windows = np.lib.stride_tricks.sliding_window_view(images[..., 0], (3, 3), axis=(1, 2))
maps = np.maximum(np.einsum("nijkl,klf->nijf", windows, kernel[:, :, 0]) + b1, 0)
wanted = np.maximum(maps.reshape(3, -1) @ W2 + b2, 0) @ W3 + b3
model = MyModel()
model(images)
model.set_weights([kernel, b1, W2, b2, W3, b3])
check_array(
    model(images).numpy(), wanted, "scores of MyModel with given weights", rtol=1e-3, atol=1e-4
)
### END HIDDEN TESTS

# %% tests="MyModel" idea="other_images" points=1 timeout=30 hint="Try images of 7 x 5 pixels."
### BEGIN HIDDEN TESTS
model = MyModel()
model(np.zeros((2, 7, 5, 1), dtype="float32"))
check_equal(model.count_params(), 63178, "the parameters of MyModel for images of 7 x 5 pixels")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The model learns the size of the images when it sees the first batch. So
# the same class fits MNIST's 28 × 28 pixels. Look where the parameters sit.

# %% show="two_sizes" timeout=60
for size in (8, 28):
    model = MyModel()
    shape = model(np.zeros((1, size, size, 1), dtype="float32")).shape
    print(f"{size} x {size} pixels: scores {tuple(shape)}, {model.count_params():7} parameters")

# %% [markdown]
# ## 6. One step of training
#
# What does `fit` do with each batch? Four things:
#
# ```text
#  batch ──model──▶ scores ──loss──▶ one number ──tape──▶ slopes ──optimizer──▶ new weights
#        └────────── under the tape ──────────┘ └────────────── after the tape ───────────┘
# ```
#
# - **The loss** (손실). `keras.losses.sparse_categorical_crossentropy(labels, scores,
#   from_logits=True)` gives one number for each example; take the mean. The truth comes first.
#   `from_logits=True` says that the softmax is still to be done.
# - **The slopes.** `model.trainable_variables` is the list of all weights and biases. The tape takes
#   the whole list, and gives back a list.
# - **The optimizer** (옵티마이저) takes the step: `optimizer.apply_gradients` wants pairs
#   (slope, variable). It may remember earlier steps (momentum, 모멘텀), so it is created once, not
#   for each batch.
#
# **By hand**, for the zoo of day 3: 7 classes and weights that are all 0. Every class gets 1/7, and
# the loss is $-\log\frac17 = 1.9459$. The lecture's rate is 0.1. After one step it is 1.7379.
#
# **Your turn.** `linear_model` and `sgd` are given, for the checks to try your function on. Leave
# them as they are.

# %% locked="zoo"
zoo = load_zoo()
animals = zoo.drop(columns=["animal", "type"]).to_numpy().astype("float32")  # shape (101, 16)
animal_types = zoo["type"].to_numpy().astype("int32")  # 0 to 6, shape (101,)


# %% solution="train_step" mutates="model, optimizer"
def linear_model(n_in, n_classes):
    """Build one Dense layer that starts at zeros."""
    return keras.Sequential(
        [layers.Input((n_in,)), layers.Dense(n_classes, kernel_initializer="zeros")]
    )


def sgd(learning_rate, momentum=0.0):
    """Make an optimizer for plain gradient descent, or for momentum."""
    return keras.optimizers.SGD(learning_rate, momentum=momentum)


def train_step(model, optimizer, X, labels):
    """Take one step of training on one batch.

    model: a Keras model that gives scores, shape (N, C); it is changed. optimizer: a Keras
    optimizer; it takes the step. X: a float32 batch, N examples. labels: shape (N,), integers
    0..C-1.
    Returns the loss before the step, a float: the mean cross-entropy over the N examples.
    """
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        losses = keras.losses.sparse_categorical_crossentropy(labels, model(X), from_logits=True)
        loss = tf.reduce_mean(losses)
    slopes = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(slopes, model.trainable_variables, strict=True))
    ### END SOLUTION
    return float(loss)


# %% tests="train_step" points=2 timeout=30
model, optimizer = linear_model(16, 7), sgd(0.1)
losses = [train_step(model, optimizer, animals, animal_types) for _ in range(2)]
check_array(
    np.array(losses),
    [1.9459101, 1.7379115],
    "the first two losses of the zoo",
    rtol=1e-4,
    hint="The first is log 7. For the second, the loss must know that it is given scores",
)

# %% tests="train_step" idea="weights" points=2 timeout=30 hint="Which variables get a slope?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(3)
X, labels = rng.normal(size=(5, 4)).astype("float32"), np.array([2, 0, 1, 2, 2])
W, b = rng.normal(size=(4, 3)).astype("float32"), np.array([0.5, -1.0, 0.25], dtype="float32")
scores = X @ W + b
probs = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
errors = (probs - np.eye(3)[labels]) / 5
model = linear_model(4, 3)
model.set_weights([W, b])
train_step(model, sgd(0.5), X, labels)
weights, biases = model.get_weights()
check_array(weights, W - 0.5 * X.T @ errors, "the weights after a step", rtol=1e-4, atol=1e-5)
check_array(biases, b - 0.5 * errors.sum(axis=0), "the biases after a step", rtol=1e-4, atol=1e-5)
### END HIDDEN TESTS

# %% tests="train_step" idea="optimizer" points=1 timeout=30 hint="Try sgd(0.1, 0.9) for three steps."
### BEGIN HIDDEN TESTS
X, labels = np.array([[1.0, -2.0], [0.5, 3.0], [2.0, 1.0]], dtype="float32"), np.array([0, 1, 1])
W, b, velocity, bias_velocity = np.zeros((2, 2)), np.zeros(2), 0.0, 0.0
model, optimizer = linear_model(2, 2), sgd(0.25, 0.5)
for _ in range(3):
    probs = np.exp(X @ W + b) / np.exp(X @ W + b).sum(axis=1, keepdims=True)
    errors = (probs - np.eye(2)[labels]) / 3
    velocity = 0.5 * velocity - 0.25 * X.T @ errors
    bias_velocity = 0.5 * bias_velocity - 0.25 * errors.sum(axis=0)
    W, b = W + velocity, b + bias_velocity
    train_step(model, optimizer, X, labels)
check_array(model.get_weights()[0], W, "three steps with momentum", rtol=1e-4, atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Your `train_step` trains your `MyModel`: the lecture's example, with the
# small digits that come with scikit-learn. Thirty batches of 32 images. Then it answers for images it
# has never seen. A wrong answer stands in a box.

# %% locked="digits"
digits = load_digits()
digit_images = (digits.images[..., None] / 16).astype("float32")  # shape (1797, 8, 8, 1)
digit_labels = digits.target.astype("int32")

# %% show="new_digits" timeout=60
seed_keras(1)
model, optimizer = MyModel(), keras.optimizers.Adam(0.005)
losses = []
for k in range(30):
    batch = slice(32 * k, 32 * k + 32)
    losses.append(train_step(model, optimizer, digit_images[batch], digit_labels[batch]))
answers = model(digit_images[1400:]).numpy().argmax(axis=1)
right = answers == digit_labels[1400:]
print(f"right: {right.mean():.0%} of {right.size} new images")

sheet = np.pad(digit_images[1400:1418, :, :, 0], ((0, 0), (1, 1), (1, 1)), constant_values=0.5)
fig, (left, ax) = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
left.plot(losses, color=COLORS["blue"])
left.set(xlabel="step", ylabel="loss of the batch", ylim=(0, None), title="Training")
left.spines[["top", "right"]].set_visible(False)
ax.imshow(np.vstack([np.hstack(list(sheet[row : row + 6])) for row in (0, 6, 12)]), cmap="gray_r")
box = {"facecolor": "white", "edgecolor": COLORS["vermillion"], "linewidth": 2, "pad": 2}
for place in range(18):
    row, column = divmod(place, 6)
    kept = None if right[place] else box
    ax.text(10 * column + 0.2, 10 * row + 2.4, answers[place], weight="bold", bbox=kept)
ax.set_title("New images and the answers")
ax.axis("off")
plt.show()

# %% [markdown]
# ## 7. The listing on the slide
#
# The lecture's listing, retold with its layout and its mistakes. Do not copy it.
#
# ```python
# class MyModel(Model):
#     def __init__(self):
#         super(MyModel, self).__init__()
#         self.conv1 = Conv2D(32, 3, activation='relu')
#         self.flatten = Flatten()
#         self.d1 = Dense(128, activation='relu')
#         self.d2 = Dense(10, activation='softmax')
#
#     def call(self, x):
#         x = self.conv1(x)
#         x = self.flatten(x)
#         x = self.d1(x)
#         return self.d2(x)
#
#         model = MyModel()
#
#         with tf.GradientTape() as t:
#             logits = model(images)
#             loss_value = loss(logits, labels)
#             grads = t.gradient(loss_value, model.trainable_variables)
#             optimizer.apply_gradients(zip(grads, model.trainable_variables))
# ```

# %% [markdown] manual="what_is_wrong" points=3
# **In your own words.** Compare it with your parts 5 and 6. There are four flaws. Find *three*, and
# say of each what it does or why it misleads. One or two lines each, one point each.
#
# ### BEGIN SOLUTION
# Any three of these:
#
# 1. `model = MyModel()` and the training block are indented into `call`, below its `return`. They
#    never run: no model is made and nothing is trained. They belong outside of the class.
# 2. `loss(logits, labels)` has its arguments the wrong way round. Keras wants the truth first,
#    `loss(labels, …)`. As it stands it fails, or computes something that is no cross-entropy.
# 3. What it calls `logits` are probabilities: the head has a softmax. Who believes the name and sets
#    `from_logits=True` does the softmax twice. Either no softmax in the head, or another name.
# 4. `t.gradient` and `apply_gradients` stand inside the `with` block. The result is the same, but
#    the tape goes on recording the backward pass and the update for nothing: time and memory.
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Name rank, shape and dtype, and cast before you compute.
# - Record, go backward, step: `GradientTape`, `gradient`, `assign_sub` or an optimizer.
# - Read TensorFlow 1 code, and mend a listing that has grown old.
# - Write a model as a class, and the loop that trains it.
#
# The other notebook of this day does the same in PyTorch. There the tape is always running.

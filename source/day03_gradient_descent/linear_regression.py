# %% [markdown]
# # Linear regression
#
# **Time** about 85 minutes · **Points** 36 · **You need** matrix products, broadcasting
# (브로드캐스팅) and `X @ W + b` from day 1
#
# On day 1 *you* chose the weights. Now the computer finds them, by walking downhill. At the end of
# this notebook you will be able to
#
# - say how bad a line is with one number, the cost (비용);
# - compute a slope in two ways, and use one to check the other;
# - write gradient descent (경사하강법) from nothing, and train it on exam scores;
# - tell from a curve whether the learning rate (학습률) is too small, good or too large;
# - test a model on rows that it has not seen, without fooling yourself.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 A line is a guess | `hypothesis` | 8 | 3 |
# | 2 How bad is it? | `cost` | 12 | 4 |
# | 3 Which way is down? | `slope_at` | 12 | 3 |
# | 4 The gradient | `gradient` | 12 | 4 |
# | 5 One step | `gd_step` | 8 | 4 |
# | 6 Many steps | `fit_linear` | 12 | 7 |
# | 7 The answer in one go | `least_squares` | 7 | 4 |
# | 8 A fair test | `train_test_score` | 10 | 5 |
# | 9 The learning rate again | an answer in words | 4 | 2 |
#
# As before: return new values, leave the arguments as they are, take integers too. Later functions
# build on earlier ones. Call your own, and mend the first one that fails its check.

# %% [markdown]
# **Tools.** NumPy computes, Matplotlib draws, `time` is a stopwatch. From our own `course` come
# checks, a check for gradients, and a table of exam scores: three exams and the final score of 25
# students. Run this cell and the next, and move on.

# %% locked="setup"
import time

import matplotlib.pyplot as plt
import numpy as np

from course.checks import check_array, check_close, check_raises, check_unchanged
from course.datasets import load_score
from course.gradcheck import check_gradient
from course.plots import COLORS

score = load_score().to_numpy()  # shape (25, 4), the final score last

# %% locked="lecture_tables"
# hours of study, and the score
ten_scores = [18, 39, 61, 77, 105, 112, 128, 165, 181, 195]
ten_students = np.column_stack([np.arange(1, 11), ten_scores])
four_students = np.array([[10, 90], [9, 80], [4, 30], [3, 20]])
# hours of study, hours of attendance, and the score
five_students = np.array([[10, 5, 90], [9, 5, 80], [3, 2, 50], [2, 4, 60], [11, 1, 40]])

# %% [markdown] picture="line_and_errors"
# ## 1. A line is a guess
#
# Ten students studied 1 to 10 hours. Their scores were 18, 39, 61, 77, 105, 112, 128, 165, 181 and
# 195. It looks like 20 points an hour. (20, 40, …, 200 would be exactly $y = 20x$.) Between that
# guess and the truth there are errors, drawn in orange:
#
# ![Ten points that rise almost in a straight line, from 1 hour and 18 points to 10 hours and 195
# points. A blue line goes up 20 points an hour. Short orange strokes join each point to the
# line.](attachment:line_and_errors.png)
#
# | word | | meaning |
# |---|---|---|
# | linear regression | 선형 회귀 | to predict a number by a line: $H = Wx + b$ |
# | hypothesis | 가설 | the guess $H$ |
# | weight | 가중치 | $W$, how much one more hour brings |
# | bias | 편향 | $b$, the guess for 0 hours |
# | feature | 특성 | a column of $X$, such as the hours |
#
# (The word *regression* is Galton's. Children of very tall parents are tall too, but nearer to the
# mean: they "regress".)
#
# **By eye.** For $x = y = 1, 2, 3, 4, 5$ the line is $W = 1$, $b = 0$. For (10, 90), (9, 80),
# (4, 30), (3, 20) it is 10 points an hour, minus 10: $W = 10$, $b = -10$.
#
# With more features, each has its own weight. A slide writes $H = w_1 x_1 + w_2 x_2 + w_3 x_3 + b$.
# For N rows at once that is $XW + b$, with the shapes $(N, D)\,(D, 1) = (N, 1)$.
# **By hand**, 10 hours of study and 5 of attendance, with $w = (5, 4)$ and $b = 10$:
# $5 \cdot 10 + 4 \cdot 5 + 10 = 80$.
#
# **Your turn.** Turn X into float64 first (`astype`), so that integers come back as floats.


# %% solution="hypothesis"
def hypothesis(X, W, b):
    """Predict one number for each example: XW + b.

    X: examples in rows, shape (N, D). W: weights, shape (D, 1). b: the bias, a number.
    All may be integers. The shapes always fit; you need not check them.
    Returns float64 predictions, shape (N, 1).
    """
    ### BEGIN SOLUTION
    predictions = X.astype(np.float64) @ W + b
    ### END SOLUTION
    return predictions


# %% tests="hypothesis" points=1
X = np.array([[10.0, 5.0], [9.0, 5.0], [3.0, 2.0], [2.0, 4.0], [11.0, 1.0]])
check_array(
    hypothesis(X, np.array([[5.0], [4.0]]), 10.0),
    [[80.0], [75.0], [33.0], [36.0], [69.0]],
    "hypothesis of the five students with w = (5, 4) and b = 10",
)

# %% tests="hypothesis" idea="three_features" points=1 hint="Try rows of 3 features and a negative b."
### BEGIN HIDDEN TESTS
X = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, 0.0], [2.0, 2.5, -1.0], [7.0, 0.0, 1.5]])
W = np.array([[2.0], [-0.5], [4.0]])
wanted = [[sum(X[n, d] * W[d, 0] for d in range(3)) - 7.0] for n in range(4)]
check_array(hypothesis(X, W, -7.0), wanted, "hypothesis with N = 4, D = 3")
### END HIDDEN TESTS

# %% tests="hypothesis" idea="integers" points=1 hint="Look at the dtype that integers give you."
### BEGIN HIDDEN TESTS
X = np.array([[73, 80, 75], [93, 88, 93]])
check_array(
    hypothesis(X, np.array([[1], [0], [-2]]), 3), [[-74.0], [-90.0]], "hypothesis of integers"
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The picture from above, now with *your* guesses. An error is the guess
# minus the truth. Some are positive, some negative.

# %% show="line_and_errors"
X, y = ten_students[:, [0]], ten_students[:, [1]]
guess = hypothesis(X, np.array([[20.0]]), 0.0)

fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
ax.vlines(X[:, 0], y[:, 0], guess[:, 0], color=COLORS["orange"], linewidth=4, label="error")
ax.plot(X, guess, color=COLORS["blue"], label="H = 20 x")
ax.plot(X, y, "o", color="black", markersize=4, label="a student")
ax.set(xlabel="hours of study", ylabel="score", title="Ten students and a guess")
ax.legend(frameon=False)
ax.spines[["top", "right"]].set_visible(False)
plt.show()

print("errors:", (guess - y)[:, 0])

# %% [markdown] picture="cost_parabola"
# ## 2. How bad is it?
#
# Square each error, so that none cancels another. Then take the mean over the $m$ rows:
#
# $$\text{cost}(W, b) = \frac{1}{m} \sum_{i=1}^{m} \left(H(x_i) - y_i\right)^2$$
#
# **By hand**, for the points (1, 1), (2, 2), (3, 3) with $b = 0$:
#
# | $W$ | errors | squares | cost |
# |---|---|---|---|
# | 0 | -1, -2, -3 | 1, 4, 9 | 14 / 3 = 4.67 |
# | 1 | 0, 0, 0 | 0, 0, 0 | 0 |
# | 2 | 1, 2, 3 | 1, 4, 9 | 14 / 3 = 4.67 |
# | 3 | 2, 4, 6 | 4, 16, 36 | 56 / 3 = 18.67 |
#
# The four costs lie on a parabola (포물선). Its lowest point is the best $W$:
#
# ![A parabola over W from -1 to 3. It touches 0 at W = 1. Four points are marked: 4.67 at W = 0,
# 0 at W = 1, 4.67 at W = 2, 18.67 at W = 3.](attachment:cost_parabola.png)
#
# The slides do not agree with each other. Most have $\frac1m$. Some have $\frac{1}{2m}$, which
# halves every cost (2.33, 0, 2.33, 9.33) and moves no minimum. One forgets the mean. **In this
# course the cost has $\frac1m$.**
#
# **A trap.** `y` must be a column. If it is flat, (N,), then (N, 1) − (N,) broadcasts to (N, N):
# every guess is compared with every truth. No error, no warning, a wrong number.

# %%
column = np.array([[1.0], [2.0], [3.0]])
flat = np.array([1.0, 2.0, 3.0])
print("column - column:", (column - column).shape, "  column - flat:", (column - flat).shape)
print("score[:5, [3]]:", score[:5, [3]].shape, "  score[:5, 3]:", score[:5, 3].shape)

# %% [markdown]
# On ten exam rows the best line has a cost of 3.21. With a flat `y`, the same line seems to have
# 1678.57. So a careful `cost` refuses every `y` that is not a column of N numbers.


# %% solution="cost"
def cost(X, y, W, b):
    """Mean squared error: the mean over the N rows of (H - y)^2. Not halved.

    X: examples in rows, shape (N, D). y: true values, shape (N, 1). W: weights, shape (D, 1).
    b: the bias, a number.
    Returns a number.
    Raises ValueError unless y has exactly the shape (N, 1).
    """
    ### BEGIN SOLUTION
    if y.shape != (X.shape[0], 1):
        raise ValueError(f"y has shape {y.shape}, expected ({X.shape[0]}, 1)")
    errors = hypothesis(X, W, b) - y
    mean_square = np.mean(errors**2)
    ### END SOLUTION
    return mean_square


# %% tests="cost" points=1
X = y = np.array([[1.0], [2.0], [3.0]])
for w, wanted in [(0.0, 14 / 3), (1.0, 0.0), (2.0, 14 / 3), (3.0, 56 / 3)]:
    check_close(cost(X, y, np.array([[w]]), 0.0), wanted, f"cost of the three points, W = {w:g}")

# %% tests="cost" idea="other_tables" points=1 hint="Try two features and a bias. Divide by what?"
### BEGIN HIDDEN TESTS
X, y = five_students[:, :-1], five_students[:, [-1]]
wanted = np.mean((5.0 * X[:, 0] + 4.0 * X[:, 1] + 10.0 - y[:, 0]) ** 2)
check_close(cost(X, y, np.array([[5.0], [4.0]]), 10.0), wanted, "cost of the five students")
### END HIDDEN TESTS

# %% tests="cost" idea="refuses_other_shapes" points=2 hint="Compare y.shape with (N, 1), both entries of it. What about one column too many, or a single number?"
### BEGIN HIDDEN TESTS
X, W = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 0.5]]), np.array([[1.0], [-1.0]])
y = np.array([[2.0], [-1.0], [4.0]])
check_raises(ValueError, lambda: cost(X, y[:, 0], W, 0.5), "cost with a flat y, shape (3,)")
check_raises(ValueError, lambda: cost(X, y[:1], W, 0.5), "cost with y of shape (1, 1)")
check_raises(ValueError, lambda: cost(X, np.hstack([y, y]), W, 0.5), "cost with y of shape (3, 2)")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Your `cost`, called for 41 values of $W$, draws the parabola.

# %% show="cost_parabola"
X = y = np.array([[1.0], [2.0], [3.0]])
grid, marks = np.linspace(-1, 3, 41), np.arange(4)

fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
ax.plot(grid, [cost(X, y, np.array([[w]]), 0.0) for w in grid], color=COLORS["blue"])
for w, side in zip(marks, ["left", "center", "right", "right"], strict=True):
    height = cost(X, y, np.array([[w]]), 0.0)
    ax.plot(w, height, "o", color=COLORS["vermillion"])
    shift = {"left": 0.1, "center": 0, "right": -0.1}[side]
    ax.text(w + shift, height + 0.7, f"{height:.2f}", ha=side)
ax.set(xlabel="W", ylabel="cost", title="The cost of (1, 1), (2, 2), (3, 3)", xticks=range(-1, 4))
ax.spines[["top", "right"]].set_visible(False)
plt.show()

# %% [markdown]
# **Be the computer.** Turn the two knobs for the ten students. 20 and 0 give a cost of 29.9. How
# low can you get? The best possible is 25.96.

# %%
W, b = 20.0, 0.0  # change these

print("cost:", cost(ten_students[:, [0]], ten_students[:, [1]], np.array([[W]]), b))

# %% [markdown]
# ## 3. Which way is down?
#
# Two knobs are easy. A network has millions. We need to know which way to turn each one. The slope
# (기울기) tells: if it is positive, the curve rises to the right, so go left. If it is negative, go
# right. If it is 0, stay: you are at the bottom.
#
# The derivative (도함수) gives the slope at every $x$. The slide's list:
#
# | $f(x)$ | $3$ | $2x$ | $x^2$ | $(x+1)^2$ | $x^2 + 2x + 1$ |
# |---|---|---|---|---|---|
# | $f'(x)$ | $0$ | $2$ | $2x$ | $2(x+1)$ | $2x + 2$ |
#
# (The last two are one function, written in two ways.) How can you *check* such a list? Take two
# points, a small step $h$ to the left and to the right. The slope is the rise over the run:
#
# $$f'(x) \approx \frac{f(x + h) - f(x - h)}{2h}$$
#
# **By hand**, $f(x) = x^2$ at $x = 3$ with the large step $h = 1$:
# $(16 - 4) / 2 = 6$. Exactly $2x$. With a step to one side only, $(16 - 9) / 1 = 7$: not so good.


# %% solution="slope_at"
def slope_at(f, x, h=1e-5):
    """Estimate the slope of f at x by a central difference, (f(x + h) - f(x - h)) / (2h).

    f: a function that takes a number and returns a number. x: a number. h: the step, positive.
    Returns a number.
    """
    ### BEGIN SOLUTION
    slope = (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION
    return slope


# %% tests="slope_at" points=2
for text, f, wanted in [
    ("3", lambda x: 0 * x + 3, 0.0),
    ("2x", lambda x: 2 * x, 2.0),
    ("x^2", lambda x: x**2, 6.0),
    ("(x + 1)^2", lambda x: (x + 1) ** 2, 8.0),
    ("x^2 + 2x + 1", lambda x: x**2 + 2 * x + 1, 8.0),
]:
    check_close(slope_at(f, 3.0), wanted, f"the slope of {text} at x = 3", atol=1e-6)

# %% tests="slope_at" idea="large_steps" points=1 hint="With a large h, every detail of the formula counts. Do both sides go a whole h?"
### BEGIN HIDDEN TESTS
check_close(slope_at(lambda x: x**3, 2.0, 0.5), 12.25, "the slope of x^3 at 2 with h = 0.5")
### END HIDDEN TESTS

# %% [markdown]
# **Gradient descent** (경사하강법) is now one line, again and again:
#
# $$x \leftarrow x - \text{learning rate} \cdot \text{slope}$$
#
# The learning rate (학습률) is *your* choice. **By hand**, for $f(x) = (x - 1)^2$ from $x = 5$ with
# 0.1: the slope is $2 \cdot (5 - 1) = 8$, so $x$ becomes $5 - 0.1 \cdot 8 = 4.2$. Then 3.56.
#
# **Guess first:** where does $x$ go with a rate of 0.5? With 1? With 1.1?


# %% show="four_rates"
def parabola(x):
    return (x - 1) ** 2


def descend(start, rates):
    """Go downhill on the parabola, one step for each rate."""
    path = [start]
    for rate in rates:
        path.append(path[-1] - rate * slope_at(parabola, path[-1]))
    return np.array(path)


fig, axes = plt.subplots(1, 4, figsize=(11, 3), sharey=True)
curve = np.linspace(-9, 11, 81)
for ax, rate in zip(axes, [0.1, 0.5, 1.0, 1.1], strict=True):
    path = descend(5.0, [rate] * 5)
    print(f"rate {rate}:", "  ".join(f"{x:6.2f}" for x in path))
    ax.plot(curve, parabola(curve), color="lightgrey")
    ax.plot(path, parabola(path), "o-", color=COLORS["blue"])
    ax.plot(path[0], parabola(path[0]), "o", color=COLORS["vermillion"])
    ax.set(title=f"rate {rate}", xlabel="x", ylim=(-5, 105), xticks=[-9, -3, 1, 5, 11])
axes[0].set_ylabel("$(x - 1)^2$")
fig.tight_layout()
plt.show()

shrinking = descend(5.0, [1.0, 0.8, 0.64, 0.51, 0.41])
print("decay:   ", "  ".join(f"{x:6.2f}" for x in shrinking))

# %% [markdown]
# **What just happened?** The start is red.
#
# - 0.1 creeps to the bottom. It converges (수렴).
# - 0.5 lands there at once. That is luck: the parabola has just this width.
# - 1 jumps from wall to wall, forever: 5, −3, 5, −3.
# - 1.1 jumps higher each time. It diverges (발산).
#
# The last line starts with the bad rate 1 and shrinks it by a fifth each step. That is learning
# rate decay (학습률 감소). It ends close to 1.
#
# ## 4. The gradient
#
# Differences are slow: two costs for each weight. Calculus gives all slopes at once. For one
# example with $b = 0$ the squared error is $(wx - y)^2$. Its slope, outer times inner derivative:
#
# $$2\,(wx - y) \cdot x$$
#
# The slope of a mean is the mean of the slopes. So the slope of the cost is
#
# $$\frac{\partial\,\text{cost}}{\partial W} = \frac{2}{m}\sum_i (H(x_i) - y_i)\, x_i,
# \qquad \frac{\partial\,\text{cost}}{\partial b} = \frac{2}{m}\sum_i (H(x_i) - y_i)$$
#
# **By hand**, the three points again, $W = 0$, $b = 0$. The errors are −1, −2, −3. Times $x$:
# −1, −4, −9. Their sum is −14. So the slope for $W$ is $\frac23 \cdot (-14) = -9.33$: go right. The
# slope for $b$ is $\frac23 \cdot (-6) = -4$.
#
# | $W$ | 0 | 1 | 2 | 3 |
# |---|---|---|---|---|
# | slope for $W$ | -9.33 | 0 | 9.33 | 18.67 |
# | slope for $b$ | -4 | 0 | 4 | 8 |
#
# With D features there are D slopes for $W$, and one for $b$. All together are the gradient
# (그래디언트). For all features at once, let a matrix product take the sums over the rows:
#
# ```text
# X            (N, D)     errors   (N, 1)
# X.T          (D, N)  @  errors   (N, 1)   gives   (D, 1), the shape of W
# ```


# %% solution="gradient"
def gradient(X, y, W, b):
    """Slopes of the cost (the mean, not halved) for every weight and for the bias.

    X: examples in rows, shape (N, D). y: true values, shape (N, 1). W: weights, shape (D, 1).
    b: the bias, a number. The shapes always fit; you need not check them.
    Returns (dW, db): dW float64 of shape (D, 1), db a number.
    """
    ### BEGIN SOLUTION
    errors = hypothesis(X, W, b) - y
    dW = 2 / X.shape[0] * X.T @ errors
    db = 2 * np.mean(errors)
    ### END SOLUTION
    return dW, db


# %% tests="gradient" points=2
X = y = np.array([[1.0], [2.0], [3.0]])
for w, for_weight, for_bias in [(0, -28 / 3, -4), (1, 0, 0), (2, 28 / 3, 4), (3, 56 / 3, 8)]:
    slopes, bias_slope = gradient(X, y, np.array([[float(w)]]), 0.0)
    check_array(slopes, [[for_weight]], f"dW of the three points, W = {w}", kind="f")
    check_close(bias_slope, for_bias, f"db of the three points, W = {w}")

# %% tests="gradient" idea="several_features" points=2 hint="Try 4 rows, 3 features and b = 2. Is each slope that of the cost? slope_at can tell you."
### BEGIN HIDDEN TESTS
X = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, 0.0], [2.0, 2.5, -1.0], [7.0, 0.0, 1.5]])
y = np.array([[3.0], [-1.0], [0.5], [8.0]])
W = np.array([[0.5], [-1.5], [1.0]])
slopes, bias_slope = gradient(X, y, W, 2.0)
check_gradient(lambda at: np.square(X @ at + 2.0 - y).mean(), W, slopes, "dW with N = 4, D = 3")
check_close(bias_slope, 2 * (X @ W + 2.0 - y).sum() / 4, "db with N = 4, D = 3, b = 2")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Never trust a gradient that nobody checked. The next cell computes the
# four slopes for the first five students of the exam table in three ways: with the loops of the
# slides, with your `gradient`, and with your `slope_at` on your `cost`.


# %% show="three_ways"
def gradient_by_loops(X, y, W, b):
    """The sums of the formula, one number at a time."""
    slopes = [0.0] * (X.shape[1] + 1)
    for i in range(X.shape[0]):
        error = b - y[i, 0]
        for d in range(X.shape[1]):
            error += W[d, 0] * X[i, d]
        for d in range(X.shape[1]):
            slopes[d] += 2 / X.shape[0] * error * X[i, d]
        slopes[-1] += 2 / X.shape[0] * error
    return slopes


X, y, W = score[:5, :-1], score[:5, [-1]], np.zeros((3, 1))
loops = gradient_by_loops(X, y, W, 0.0)
slopes, bias_slope = gradient(X, y, W, 0.0)
matrix = [*slopes[:, 0], bias_slope]
knobs = [lambda w, d=d: cost(X, y, np.eye(3)[:, [d]] * w, 0.0) for d in range(3)]
knobs.append(lambda b: cost(X, y, W, b))
print("            loops     gradient     slope_at")
for name, slow, fast, knob in zip(["w1", "w2", "w3", "b"], loops, matrix, knobs, strict=True):
    print(f"{name:4}{slow:13.3f}{fast:13.3f}{slope_at(knob, 0.0):13.3f}")

many = np.random.default_rng(0).normal(size=(2000, 4))
began = time.perf_counter()
gradient_by_loops(many[:, :3], many[:, 3:], W, 0.0)
middle = time.perf_counter()
gradient(many[:, :3], many[:, 3:], W, 0.0)
ratio = (middle - began) / (time.perf_counter() - middle)
print("The matrix product is", "over 10 times" if ratio > 10 else "some times", "as fast.")

# %% [markdown]
# Three ways, one answer. All slopes are negative: every weight is too small. And they are huge,
# near −30 000 for the weights, because the scores are near 80. Remember that for part 9.
#
# ## 5. One step
#
# $$W \leftarrow W - \text{learning rate} \cdot dW, \qquad
# b \leftarrow b - \text{learning rate} \cdot db$$
#
# Both slopes belong to the *old* place. Compute both, then move both.
#
# **By hand**, the three points, $W = 5$, $b = 0$, rate 0.1. The errors are 4, 8, 12. So
# $dW = \frac23 (4 + 16 + 36) = 37.33$ and $db = \frac23 \cdot 24 = 16$. The new values:
# $W = 5 - 3.733 = 1.267$ and $b = 0 - 1.6 = -1.6$.
#
# (A slide steps by $\alpha \frac1m \sum (Wx - y)\,x$, with $\frac1m$ and not $\frac2m$. That is the
# step of the $\frac{1}{2m}$ cost: half as long, to $W = 3.13$. Both find the same minimum.)


# %% solution="gd_step"
def gd_step(X, y, W, b, learning_rate):
    """Take one step of gradient descent, for W and b at the same time.

    X: examples in rows, shape (N, D). y: true values, shape (N, 1). W: weights, shape (D, 1).
    b: the bias, a number. learning_rate: a number. W and b may be integers.
    Returns the new (W, b): float64 of shape (D, 1), and a number. Changes no argument.
    """
    ### BEGIN SOLUTION
    dW, db = gradient(X, y, W, b)
    new_W = W - learning_rate * dW
    new_b = b - learning_rate * db
    ### END SOLUTION
    return new_W, new_b


# %% tests="gd_step" points=1
X = y = np.array([[1.0], [2.0], [3.0]])
W, b = gd_step(X, y, np.array([[5.0]]), 0.0, 0.1)
check_array(W, [[19 / 15]], "the new W, from W = 5 and b = 0")
check_close(b, -1.6, "the new b, from W = 5 and b = 0", hint="Its slope belongs to the old W")

# %% tests="gd_step" idea="other_data" points=1 hint="Try 3 features, another rate and b = 2."
### BEGIN HIDDEN TESTS
X = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, 0.0], [2.0, 2.5, -1.0], [7.0, 0.0, 1.5]])
y = np.array([[3.0], [-1.0], [0.5], [8.0]])
W = np.array([[0.5], [-1.5], [1.0]])
misses = (X * W[:, 0]).sum(axis=1, keepdims=True) + 2.0 - y
weights, bias = gd_step(X, y, W, 2.0, 0.02)
check_array(weights, W - 0.04 * (X * misses).mean(axis=0)[:, None], "the new W with D = 3")
check_close(bias, 2.0 - 0.04 * misses.mean(), "the new b, from b = 2")
### END HIDDEN TESTS

# %% tests="gd_step" idea="keeps_its_input" points=1 hint="Print W before and after the call."
### BEGIN HIDDEN TESTS
X, y = np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]]), np.array([[1.0], [2.0], [0.0]])
W = np.array([[3.0], [-1.0]])
check_array(gd_step(X, y, W.copy(), 0.0, 0.3)[0], [[2.2], [0.2]], "the new W, from W = (3, -1)")
check_unchanged(lambda: gd_step(X, y, W, 0.0, 0.3), "gd_step", X=X, y=y, W=W)
### END HIDDEN TESTS

# %% tests="gd_step" idea="integers" points=1 hint="Start at an integer W. Is the new W rounded?"
### BEGIN HIDDEN TESTS
X, y = np.array([[1, 0], [0, 2], [1, 1]]), np.array([[1], [2], [0]])
check_array(
    gd_step(X, y, np.array([[3], [-1]]), 0, 0.3)[0], [[2.2], [0.2]], "the new W, from integers"
)
### END HIDDEN TESTS

# %% [markdown]
# ## 6. Many steps
#
# Now repeat. Start at $W = 0$, $b = 0$, step, and write down the cost each time. One pass over all
# rows is an epoch (에포크). The slide trains on the first five exam rows: rate 0.000001, 2000
# epochs.
#
# Does the start matter? Here it does not. This cost is convex (볼록): a single valley, without
# local minima (지역 최솟값) to get stuck in. (One slide translates convex as 오목. That is
# *concave*.)
#
# If the rate is too large, the cost grows until it is `inf`, then `nan`. A careful function does
# not return such weights. It raises `FloatingPointError`, and `np.isfinite` tells it when.


# %% solution="fit_linear"
def fit_linear(X, y, learning_rate, epochs):
    """Fit a line by gradient descent, from W = 0 and b = 0.

    X: examples in rows, shape (N, D). y: true values, shape (N, 1). learning_rate: a number.
    epochs: number of steps, each of which uses all rows.
    Returns (W, b, history): W of shape (D, 1), b a number, and the costs, a float64 array of shape
    (epochs + 1,): the cost at the start, then the one after each step.
    Raises FloatingPointError if one of these costs is inf or nan. A cost that grows is allowed.
    (NumPy may print a warning before; that does not matter.)
    """
    ### BEGIN SOLUTION
    W, b = np.zeros((X.shape[1], 1)), 0.0
    history = [cost(X, y, W, b)]
    for epoch in range(1, epochs + 1):
        W, b = gd_step(X, y, W, b, learning_rate)
        history.append(cost(X, y, W, b))
        if not np.isfinite(history[-1]):
            raise FloatingPointError(f"the cost is {history[-1]} after epoch {epoch}")
    ### END SOLUTION
    return W, b, np.array(history)


# %% tests="fit_linear" points=2
W, b, history = fit_linear(score[:5, :-1], score[:5, [-1]], 1e-6, 2000)
check_close(history[0], 29661.8, "the cost at the start, five exam rows")
check_close(history[-1], 1.497620677, "the cost after 2000 epochs, five exam rows", rtol=1e-6)

# %% tests="fit_linear" idea="history" points=2 hint="Write down the costs of 3 epochs by hand. May a cost grow? What type is the history?"
### BEGIN HIDDEN TESTS
X, y = four_students[:, [0]], four_students[:, [1]]
w, bias, wanted = 0.0, 0.0, []
for _ in range(4):
    misses = w * X[:, 0] + bias - y[:, 0]
    wanted.append(np.mean(misses**2))
    w, bias = w - 0.06 * np.mean(misses * X[:, 0]), bias - 0.06 * np.mean(misses)
check_array(fit_linear(X, y, 0.03, 3)[2], wanted, "the history of 3 epochs with a large rate")
### END HIDDEN TESTS

# %% tests="fit_linear" idea="finds_the_line" points=1 hint="Train on (10, 90), (9, 80), (4, 30), (3, 20): 10 points an hour, minus 10."
### BEGIN HIDDEN TESTS
W, b, _ = fit_linear(four_students[:, [0]], four_students[:, [1]], 0.015, 2000)
check_array(W, [[10.0]], "W for the four students", atol=0.01)
check_close(b, -10.0, "b for the four students", atol=0.01)
### END HIDDEN TESTS

# %% tests="fit_linear" idea="costs_of_inf" points=1 hint="Try rate 1e100 and 2 epochs. Is the last cost inf, or is it nan? Which do you look for?"
### BEGIN HIDDEN TESTS
X, y = score[:10, :-1], score[:10, [-1]]
with np.errstate(all="ignore"):
    check_raises(FloatingPointError, lambda: fit_linear(X, y, 1e100, 2), "costs that end as inf")
### END HIDDEN TESTS

# %% tests="fit_linear" idea="costs_of_nan" points=1 hint="Try rate 1e-3 and 400 epochs on raw exam rows. What comes after inf?"
### BEGIN HIDDEN TESTS
X, y = score[:10, :-1], score[:10, [-1]]
with np.errstate(all="ignore"):
    check_raises(FloatingPointError, lambda: fit_linear(X, y, 1e-3, 400), "costs that end as nan")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The log of the slide, with three rates. (Its format `{:5} | {:.10.4f}` is
# a `ValueError`: width before precision, `{:10.4f}`. And its `tf.Session` and
# `tf.train.GradientDescentOptimizer` are gone from TensorFlow 2. You wrote the latter yourself.)

# %% show="training_log"
X, y = score[:5, :-1], score[:5, [-1]]
slow, faster = (fit_linear(X, y, rate, 2000)[2] for rate in [1e-6, 1e-5])
print("epoch |  rate 1e-6 |  rate 1e-5")
for epoch in [0, 1, 10, 100, 500, 1000, 1500, 2000]:
    print(f"{epoch:5} | {slow[epoch]:10.4f} | {faster[epoch]:10.4f}")

with np.errstate(over="ignore", invalid="ignore"):
    try:
        fit_linear(X, y, 1e-4, 2000)
        print("rate 1e-4: no error was raised")
    except FloatingPointError as error:
        print("rate 1e-4: FloatingPointError:", error)

# %% [markdown]
# Fast at first, then it crawls. After 2000 epochs the cost is 1.498 or 0.754, and still falling.
# How far is it from the end?
#
# ## 7. The answer in one go
#
# At the bottom every slope is 0. For a line these are D + 1 linear equations, so they can be solved
# without a single step: least squares (최소제곱법). It works for lines only. Gradient descent works
# for networks too. But it is a fine judge.
#
# Use the bias trick of day 1: a column of ones, and $b$ below $W$. Then
# `np.linalg.lstsq(A, y)[0]` solves it. (The textbook's $(A^TA)^{-1}A^Ty$ fails when columns depend
# on each other, such as points and points in percent.)


# %% solution="least_squares"
def least_squares(X, y):
    """Find the W and b of lowest cost, without steps.

    X: examples in rows, shape (N, D). y: true values, shape (N, 1). Both may be integers.
    Returns (W, b): float64 of shape (D, 1), and a number.
    The columns of X may depend on each other. Then many W are equally good: return any of them.
    """
    ### BEGIN SOLUTION
    A = np.hstack([X, np.ones((X.shape[0], 1))])
    solution = np.linalg.lstsq(A, y)[0]
    W, b = solution[:-1], solution[-1, 0]
    ### END SOLUTION
    return W, b


# %% tests="least_squares" points=2
W, b = least_squares(four_students[:, [0]], four_students[:, [1]])
check_array(W, [[10.0]], "W for (10, 90), (9, 80), (4, 30), (3, 20)")
check_close(b, -10.0, "b for (10, 90), (9, 80), (4, 30), (3, 20)")

# %% tests="least_squares" idea="several_features" points=1 hint="Try a table with 3 features. Are the slopes of the cost 0 at your W and b?"
### BEGIN HIDDEN TESTS
table = np.array(
    [[96, 91, 99, 194], [88, 85, 82, 181], [78, 77, 73, 177], [67, 66, 61, 164], [55, 51, 53, 157]]
)
W, b = least_squares(table[:, :-1], table[:, [-1]])
weights = [[-1.1127519444], [0.9731814539], [0.9677421422]]
check_array(
    table[:, :-1] @ W + b,
    table[:, :-1] @ np.array(weights) + 116.8181002781,
    "the best predictions for a table of 3 features",
    rtol=1e-7,
)
### END HIDDEN TESTS

# %% tests="least_squares" idea="dependent_columns" points=1 hint="Give it the same column twice. Does your way still find the best line?"
### BEGIN HIDDEN TESTS
X = np.hstack([four_students[:, [0]], four_students[:, [0]], 2 * four_students[:, [0]]])
W, b = least_squares(X, four_students[:, [1]])
check_array(
    X @ W + b, [[90.0], [80.0], [30.0], [20.0]], "the predictions with dependent columns", rtol=1e-7
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Five other students. Hours alone explain little: who studied 11 hours got
# only 40 points. (No misprint: that student attended once.) Add the attendance, and the cost falls.

# %% show="one_more_feature"
y = five_students[:, [-1]]
for names, X in [("hours", five_students[:, :1]), ("hours, attendance", five_students[:, :2])]:
    W, b = least_squares(X, y)
    print(f"{names:18} W = {W[:, 0].round(2)}, b = {b:.2f}, cost = {cost(X, y, W, b):.2f}")
    print(f"{'':18} predictions {hypothesis(X, W, b)[:, 0].round(1)}, truth {y[:, 0]}")

W, b = least_squares(ten_students[:, [0]], ten_students[:, [1]])
print(f"the ten students of part 1: W = {W[0, 0]:.1f}, b = {b:.1f}")
X, y = score[:5, :-1], score[:5, [-1]]
print(f"the five exam rows: the lowest possible cost is {cost(X, y, *least_squares(X, y)):.4f}")

# %% [markdown]
# So the 0.754 of part 6 was not the end: 0.104 is. (Five rows and four numbers to choose: that is
# nearly learning by heart. Which leads to the next part.)
#
# ## 8. A fair test
#
# A model that is judged on its own training rows judges itself. So keep rows back: rows 0 to 19 are
# the training set (훈련 세트), rows 20 to 24 the test set (테스트 세트).
#
# And give all features the same scale: subtract the mean, divide by the standard deviation. That is
# to standardise (표준화). Weights can then be compared, and part 9 shows what it does for gradient
# descent.
#
# **A trap.** The mean of exam 1 over the 20 training rows is 77.9. Over all 25 rows it is 79.04.
# Who uses 79.04 has looked at the test rows. That is leakage (정보 누출): the test is no longer
# fair. So mean and standard deviation come from the training rows *only*, and the test rows are
# scaled with those same numbers.
#
# ```text
# rows  0–19   mean, std  →  standardise  →  find W, b  →  train_mse
# rows 20–24       └───────→  standardise  ──────┴───────→  test_mse
# ```


# %% solution="train_test_score"
def train_test_score(data, n_train=20):
    """Standardise, fit on the first rows, and measure the error on the others.

    data: table, shape (N, D + 1): D features, and the true values in the last column. It stays as
    it is. n_train: so many rows from the top are for training, the others for the test.
    No feature is constant.
    Returns a dictionary:
    "mean", "std": of the training rows' features, shape (D,) each, as X.mean and X.std give them;
    "W" (D, 1), "b" (a number): the weights of lowest cost (least squares) for the standardised
    training rows; the true values are not scaled;
    "train_mse", "test_mse": the cost (mean squared error) of the training and of the test rows.
    """
    ### BEGIN SOLUTION
    X, y = data[:, :-1], data[:, [-1]]
    mean, std = X[:n_train].mean(axis=0), X[:n_train].std(axis=0)
    Z = (X - mean) / std
    W, b = least_squares(Z[:n_train], y[:n_train])
    train_mse = cost(Z[:n_train], y[:n_train], W, b)
    test_mse = cost(Z[n_train:], y[n_train:], W, b)
    ### END SOLUTION
    return {
        "mean": mean,
        "std": std,
        "W": W,
        "b": b,
        "train_mse": train_mse,
        "test_mse": test_mse,
    }


# %% tests="train_test_score" points=2
result = train_test_score(score)
check_array(result["mean"], [77.9, 78.0, 80.35], "the mean of the 20 training rows")
check_close(result["train_mse"], 3.9567196256, "train_mse of the exam scores", rtol=1e-8)
check_close(result["test_mse"], 14.7315291102, "test_mse of the exam scores", rtol=1e-8)

# %% tests="train_test_score" idea="other_table" points=2 hint="Try 7 rows, 2 features and n_train = 5. For which features are W and b: raw or standardised?"
### BEGIN HIDDEN TESTS
table = np.array(
    [[1, 30, 5], [4, 10, 9], [2, 50, -3], [8, 20, 14], [3, 70, 2], [90, -40, 60], [70, 5, 33]]
)
result = train_test_score(table, n_train=5)
check_array(result["std"], np.std(table[:5, :2], axis=0), "std of 5 training rows", rtol=1e-6)
A = np.column_stack([(table[:5, :2] - table[:5, :2].mean(0)) / table[:5, :2].std(0), np.ones(5)])
*weights, bias = np.linalg.pinv(A) @ table[:5, 2]
check_array(result["W"], np.reshape(weights, (2, 1)), "W of 5 training rows", rtol=1e-6)
check_close(result["b"], bias, "b of 5 training rows", rtol=1e-6)
### END HIDDEN TESTS

# %% tests="train_test_score" idea="keeps_its_input" points=1 hint="A slice is a view. What does `X -= X.mean(axis=0)` do to the table?"
### BEGIN HIDDEN TESTS
table = np.array([[1.0, 5.0], [4.0, 9.0], [2.0, -3.0], [8.0, 14.0], [3.0, 2.0]])
check_unchanged(lambda: train_test_score(table, 3), "train_test_score", data=table)
check_array(train_test_score(table, 3)["mean"], [7 / 3], "the mean, called again")
### END HIDDEN TESTS

# %% [markdown]
# ## 9. The learning rate again
#
# Why 0.000001 on the raw scores? The cost is a bowl. Cut it along its steepest direction, and you
# see a parabola. $(x - 1)^2$ has the curvature (곡률, its second derivative) 2. The rate
# 1 = 2 / 2 jumped from wall to wall, and everything above diverged. For any bowl the limit is
#
# $$\text{critical rate} = \frac{2}{\text{largest curvature}}$$
#
# NumPy gives the largest curvature: the largest eigenvalue (고윳값) of $\frac2m A^TA$, where $A$ is
# $X$ with its column of ones. You need not know eigenvalues. Watch whether the limit is right.

# %% show="critical_rates"
result = train_test_score(score)
raw, y = score[:20, :-1], score[:20, [-1]]
Z = (raw - result["mean"]) / result["std"]
critical = {}
for name, X in [("raw", raw), ("standardised", Z)]:
    A = np.hstack([X, np.ones((20, 1))])
    critical[name] = 2 / np.linalg.eigvalsh(2 / 20 * A.T @ A)[-1]
    print(f"{name}: critical rate {critical[name]:.3g}")
    for factor in [0.99, 1.01]:
        history = fit_linear(X, y, factor * critical[name], 500)[2]
        verdict = "falls" if history[-1] < history[-2] else "GROWS"
        print(f"   {factor} times that: after 500 epochs the cost {verdict}")
ratio = critical["standardised"] / critical["raw"]
print(f"Standardised, the rate may be about {round(ratio, -3):,.0f} times as large.")

# %% [markdown]
# On raw scores the limit is about 0.00005. At that rate the steep direction is fast, and all others
# crawl. After standardising the bowl is nearly round, and 0.1 is a good rate. Here are three rates
# on the standardised rows. The dotted line is the lowest cost that there is, from `least_squares`.

# %% show="three_rates"
fig, ax = plt.subplots(figsize=(6, 3.6))
for rate, colour, verdict in [
    (0.01, "orange", "too small"),
    (0.1, "blue", "good"),
    (0.4, "vermillion", "too large"),
]:
    history = fit_linear(Z, y, rate, 60)[2]
    ax.plot(history, color=COLORS[colour], linewidth=2, label=f"rate {rate}: {verdict}")
ax.axhline(result["train_mse"], color="black", linestyle=":", label="lowest cost")
ax.set_yscale("log")
ax.set(ylim=(1, 1e7), xlabel="epoch", ylabel="cost (log scale)", title="Three learning rates")
ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
ax.minorticks_off()
ax.spines[["top", "right"]].set_visible(False)
plt.show()

W, b, history = fit_linear(Z, y, 0.1, 2000)
print("gradient descent, 2000 epochs:", W[:, 0].round(4), round(float(b), 4))
print("least squares:                ", result["W"][:, 0].round(4), round(float(result["b"]), 4))
print(f"train cost {history[-1]:.2f}, test cost {result['test_mse']:.2f}")

# %% [markdown]
# Gradient descent ends where least squares does. The last exam has the largest weight. The bias,
# 159.15, is the mean final score. And the test cost, 14.73, is worse than the training cost, 3.96.
# Five rows are few, but the direction is typical.

# %% [markdown] manual="raw_scores" points=2
# **In your own words.** A friend trains on the *raw* exam scores. With rate 0.1 the function raises
# `FloatingPointError`. With 0.000001 the cost still falls after 2000 epochs. "Gradient descent is
# broken", says your friend.
#
# Explain both, with the picture of a bowl or the four rates of part 3 (1 point). Then name one
# remedy, and say why it helps (1 point). Three to five lines are enough.
#
# ### BEGIN SOLUTION
# The raw scores are near 80, so the bowl is very steep in one direction: the slopes are near
# −30 000. A step of 0.1 times the slope flies far over the valley, to a place where it is steeper
# still, like the rate 1.1 on the parabola. The cost grows until it is inf. A rate below the limit
# of about 0.00005 is safe, but in the flat directions of the same bowl the slopes are small, and
# such a rate makes tiny steps there, so the cost falls for thousands of epochs.
#
# Remedy: standardise the features (with mean and standard deviation of the training rows). Then
# the bowl is nearly round, no direction is far steeper than another, and one rate, such as 0.1,
# suits all. (Also right: least squares, which takes no steps at all. A smaller rate alone mends
# the first trouble and worsens the second.)
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Cost: the mean of the squared errors. `y` is a column, or the number is a lie.
# - Gradient: all slopes at once. Check it with differences before you trust it.
# - Gradient descent: step against the gradient. Too small creeps, too large explodes.
# - Standardise with the training rows only. Judge on rows that were kept back.
#
# Next: `logistic_regression`, where the answer is yes or no.

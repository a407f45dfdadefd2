# %% [markdown]
# # Logistic regression: yes or no, and how sure
#
# **Time** about 85 minutes · **Points** 37 · **You need** gradient descent (경사 하강법) from the
# notebook before this one, cross-entropy (교차 엔트로피) from day 2
#
# Pass or fail, spam or ham, ill or healthy: many questions have two answers. Logistic regression
# (로지스틱 회귀) answers with a probability (확률). At the end of this notebook you will be able to
#
# - turn any number into a probability with the sigmoid (시그모이드), also where $e^z$ overflows;
# - say what a probability costs when the truth is known, and why the squared error will not do;
# - derive, compute and check the gradient, and let it find the weights;
# - draw the decision boundary (결정 경계), and count the four kinds of right and wrong answers;
# - judge a classifier on data that it has not seen, against the laziest guess there is.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 From a number to a probability | `sigmoid` | 13 | 5 |
# | 2 What a probability costs | `bce` | 13 | 5 |
# | 3 The cost straight from the logit | `bce_from_logits` | 12 | 4 |
# | 4 The gradient | `logistic_grad` | 13 | 5 |
# | 5 Downhill | `fit_logistic` | 10 | 5 |
# | 6 From probabilities to answers | `predict_binary`, `accuracy`, `confusion_counts` | 15 | 11 |
# | 7 Diabetes | an answer in words | 9 | 2 |
#
# As before: return a new array, leave the arguments as they are, take integers too. In this
# notebook labels, logits and probabilities are *columns* of shape (N, 1). You may call the
# functions that you have already written.

# %% [markdown]
# **Tools.** NumPy computes, Matplotlib draws, `time` is a stopwatch. From our own `course` come
# checks, a gradient by small differences, the diabetes table and two kinds of picture.

# %% locked="setup"
import time

import matplotlib.pyplot as plt
import numpy as np

from course.checks import check_array, check_close, check_equal, check_raises, check_unchanged
from course.datasets import load_diabetes
from course.gradcheck import check_gradient, numerical_gradient, relative_error
from course.plots import COLORS, decision_line, heatmap

# %% [markdown] picture="line_or_curve"
# ## 1. From a number to a probability
#
# Two classes are written as 0 and 1: ham 0 and spam 1, dog 0 and cat 1, failed 0 and passed 1.
# Which class is the 1 is your choice. Write it down somewhere: in part 7 it will matter.
#
# Eight students, their hours of study, and who passed:
#
# ![Left, titled a straight line: eight students as dots at 0, failed, or at 1, passed. A rising
# line through them leaves the band between 0 and 1 on both sides. A ninth student with 20 hours
# makes the line flatter. Middle, titled an S-curve: the same dots and a curve that climbs from 0 to
# 1 and is at one half for 4.5 hours. Right, titled step or sigmoid: a step from 0 to 1 at z = 0,
# and a smooth curve through one half there.](attachment:line_or_curve.png)
#
# - **Left.** Linear regression (선형 회귀) can be fitted to 0 and 1. But for 9 hours it answers 1.25,
#   and for 1 hour -0.08. A probability of 1.25 means nothing. And one diligent student, who passed
#   as expected, tilts the line for everybody.
# - **Middle.** We want an S-shaped curve: near 0, then steep, then near 1.
# - **Right.** The perceptron's step has the same ends. But it is flat everywhere, so it has no
#   slope to descend, and it never says "I am not sure".
#
# The curve is the sigmoid. It takes the score $z = XW + b$, called the logit (로짓):
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^{z}}{e^{z} + 1}$$
#
# By hand: $\sigma(0) = 1/(1+1) = 0.5$. $\sigma(1) = 1/(1 + 0.3679) = 0.7311$.
# $\sigma(-1) = 1/(1 + 2.7183) = 0.2689$, and that is $1 - 0.7311$. (One slide prints
# $1/(1+e^{WX})$. Its minus sign is lost: that curve falls.)
#
# The two forms are equal on paper. In float64 they are not: $e^{800}$ is `inf`, and `inf / inf` is
# `nan`. Which form is safe for large $z$, and which for very negative $z$? `np.where(z >= 0, …, …)`
# chooses value by value, but it computes *both*; with $e^{-|z|}$, no exponent is ever positive.


# %% solution="sigmoid"
def sigmoid(z):
    """Turn logits into probabilities: 1 / (1 + e^-z).

    z: logits, an array of any shape; floats or integers, also inf and -inf.
    Returns a new float64 array of the shape of z. 800 and inf give 1, -800 and -inf give 0, never
    nan. (An overflow warning costs no points. Without it is nicer.)
    """
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(z))  # between 0 and 1, whatever z is
    probs = np.where(z >= 0, 1 / (1 + small), small / (1 + small))
    ### END SOLUTION
    return probs


# %% tests="sigmoid" points=1
check_array(
    sigmoid(np.array([-2.0, -1.0, 0.0, 1.0, 2.0])),
    [0.1192029220, 0.2689414214, 0.5, 0.7310585786, 0.8807970780],
    "sigmoid of -2, -1, 0, 1, 2",
    atol=1e-9,
    hint="It climbs with z: look at the sign of the exponent",
)

# %% tests="sigmoid" idea="large_logits" points=1 hint="What is e^800 in float64, and inf / inf?"
### BEGIN HIDDEN TESTS
z = np.array([800.0, -800.0, np.inf, -np.inf, 25.0, -15.0])
wanted = [1.0, 0.0, 1.0, 0.0, 1 / (1 + np.exp(-25.0)), 1 / (1 + np.exp(15.0))]
check_array(sigmoid(z), wanted, "sigmoid of large logits")
### END HIDDEN TESTS

# %% tests="sigmoid" idea="any_shape" points=1 hint="Give it a table. Which shape comes back?"
### BEGIN HIDDEN TESTS
z = np.array([[0.5, -3.0, 1.25], [4.0, -0.75, 0.0]])
check_array(sigmoid(z), 1 / (1 + np.exp(-z)), "sigmoid of a table of shape (2, 3)")
### END HIDDEN TESTS

# %% tests="sigmoid" idea="integers" points=1 hint="Look at the dtype of your result for integers."
### BEGIN HIDDEN TESTS
z = np.array([3, -1, 0, 7, -4])
check_array(sigmoid(z), 1 / (1 + np.exp(-z.astype(float))), "sigmoid of integers")
### END HIDDEN TESTS

# %% tests="sigmoid" idea="keeps_its_input" points=1 hint="Print z before and after. Try -800."
### BEGIN HIDDEN TESTS
z = np.array([-800.0, 1.5, 0.0, -2.5, 800.0])
wanted = [0.0, 1 / (1 + np.exp(-1.5)), 0.5, 1 / (1 + np.exp(2.5)), 1.0]
check_array(sigmoid(z.copy()), wanted, "sigmoid of -800, 1.5, 0, -2.5, 800")
check_unchanged(lambda: sigmoid(z), "sigmoid", z=z)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The picture from above, with *your* sigmoid. Far from 0 it is nearly flat.
# On paper it never reaches its limits: $0 < \sigma(z) < 1$. (A slide writes $[0, 1]$.) Float64
# rounds: the last line that is printed below says when.

# %% show="line_or_curve"
hours = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])
passed_or_not = np.array([0, 0, 0, 1, 0, 1, 1, 1])
grid = np.linspace(-1, 21, 200)
z = np.linspace(-8, 8, 201)

fig, axes = plt.subplots(1, 3, figsize=(12, 3.5), layout="constrained")
for ax in axes[:2]:
    ax.scatter(hours, passed_or_not, color="black", zorder=3)
    ax.scatter([20], [1], facecolor="white", edgecolor="black", zorder=3)
    ax.set(xlabel="hours", ylabel="passed", yticks=[0, 0.5, 1], ylim=(-0.5, 1.7))
slope, start = np.polyfit(hours, passed_or_not, 1)
axes[0].plot(grid, slope * grid + start, color=COLORS["blue"], label="8 students")
slope, start = np.polyfit([*hours, 20.0], [*passed_or_not, 1], 1)
axes[0].plot(grid, slope * grid + start, "--", color=COLORS["vermillion"], label="and a ninth")
axes[0].set_title("a straight line")
axes[0].legend(loc="lower right", frameon=False)
axes[1].plot(grid, sigmoid(1.28 * grid - 5.74), color=COLORS["blue"])
axes[1].set_title("an S-curve: σ(1.28 hours − 5.74)")
axes[2].plot(z, z > 0, "--", color="black", label="step")
axes[2].plot(z, sigmoid(z), color=COLORS["blue"], label="sigmoid")
axes[2].set_title("step or sigmoid")
axes[2].set(xlabel="z", ylabel="answer", xticks=[-5, 0, 5], yticks=[0, 0.5, 1])
axes[2].legend(loc="lower right", frameon=False)
for ax in axes:
    ax.axhspan(0, 1, color="whitesmoke", zorder=0)
plt.show()

for number in [20.0, 30.0, 40.0]:
    print(f"sigmoid({number:g}) == 1.0:", bool(sigmoid(np.array([number]))[0] == 1.0))

# %% [markdown]
# ## 2. What a probability costs
#
# Your model says: "passed, with probability 0.7". Then the list comes out.
#
# | the model says $p$ | truth 1: $-\ln p$ | truth 0: $-\ln(1 - p)$ |
# |---:|---:|---:|
# | 0.5 | 0.6931 | 0.6931 |
# | 0.7 | 0.3567 | 1.2040 |
# | 0.9 | 0.1054 | 2.3026 |
# | 1.0 | 0 | infinite |
#
# Sure and right costs nothing, since $\ln 1 = 0$. Sure and wrong costs more than anything. One
# formula holds both columns, since $y$ is 0 or 1 and switches one term off:
#
# $$\text{cost} = \frac{1}{N} \sum_n \bigl( -y_n \ln p_n - (1 - y_n) \ln (1 - p_n) \bigr)$$
#
# This is the cross-entropy of day 2 with two outcomes, truth $(1-y,\; y)$ and answer $(1-p,\; p)$.
# Its name is binary cross-entropy (이진 교차 엔트로피), BCE.
#
# By hand, three students: $p = 0.7, 0.7, 0.9$ and $y = 1, 0, 1$. The cost is
# $(0.3567 + 1.2040 + 0.1054) / 3 = 0.5553$.
#
# - **Count the minus signs.** One slide has $y \log H - (1-y) \log(1-H)$, another
#   $\sum y \log S$: a minus is lost in each. A cost below 0 gives it away.
# - **$0 \cdot \ln 0$ is `nan`**, not 0. The slide's $[0, 1] \cdot [\infty, 0] = [0, 0]$ does not
#   hold in float64. So we first clip: `np.clip(probs, 1e-12, 1 - 1e-12)` moves 0 and 1 a little
#   inwards.
# - **(N, 1) against (N,)** is broadcast to (N, N), without a word. A careful function refuses it.
#
# (The slides' TensorFlow code, `tf.reduce_mean(-Y * tf.log(H) - (1 - Y) * tf.log(1 - H))`, says the
# same. Today it is spelt `tf.math.log`.)


# %% solution="bce"
def bce(probs, labels):
    """Binary cross-entropy: the mean over the examples of -y ln p - (1 - y) ln(1 - p).

    probs: probabilities of class 1, floats, shape (N, 1). labels: 0 or 1, the same shape.
    Returns a number. Before the logarithm, the probabilities are clipped to [1e-12, 1 - 1e-12].
    Changes no argument.
    Raises ValueError if probs and labels differ in shape, such as (N, 1) and (N,).
    """
    ### BEGIN SOLUTION
    if probs.shape != labels.shape:
        raise ValueError(f"probs have shape {probs.shape}, labels {labels.shape}")
    clipped = np.clip(probs, 1e-12, 1 - 1e-12)
    costs = -labels * np.log(clipped) - (1 - labels) * np.log(1 - clipped)
    cost = costs.mean()
    ### END SOLUTION
    return cost


# %% tests="bce" points=1
check_close(
    bce(np.array([[0.7], [0.7], [0.9]]), np.array([[1], [0], [1]])),
    0.5553360880,
    "bce of the three students",
    hint="Compute the three costs by hand: which one is off? Then take their mean",
    atol=1e-9,
)

# %% tests="bce" idea="other_examples" points=1 hint="Try five examples. By what do you divide?"
### BEGIN HIDDEN TESTS
probs = np.array([[0.2], [0.65], [0.05], [0.99], [0.4]])
labels = np.array([[1], [0], [0], [1], [0]])
chosen = [0.2, 0.35, 0.95, 0.99, 0.6]
check_close(bce(probs, labels), -np.log(chosen).mean(), "bce of five examples")
### END HIDDEN TESTS

# %% tests="bce" idea="certain_answers" points=1 hint="Try p = 0 and p = 1, right and wrong."
### BEGIN HIDDEN TESTS
probs = np.array([[1.0], [0.0], [0.8]])
labels = np.array([[1], [0], [1]])
check_close(bce(probs, labels), -np.log(0.8) / 3, "bce, certain and right", atol=1e-9)
probs = np.array([[0.0], [0.8], [0.4]])
labels = np.array([[1], [1], [0]])
wanted = (27.6310211 - np.log(0.8) - np.log(0.6)) / 3
check_close(bce(probs, labels), wanted, "bce, certain and wrong", atol=1e-3)
### END HIDDEN TESTS

# %% tests="bce" idea="refuses_other_shapes" points=1 hint="Is (4, 1) - (4,) an error in NumPy?"
### BEGIN HIDDEN TESTS
probs = np.array([[0.2], [0.65], [0.05], [0.99]])
check_raises(ValueError, lambda: bce(probs, np.array([1, 0, 0, 1])), "bce of (4, 1) and (4,)")
### END HIDDEN TESTS

# %% tests="bce" idea="keeps_its_input" points=1 hint="Print probs before and after. Try 0 and 1."
### BEGIN HIDDEN TESTS
probs = np.array([[0.0], [0.3], [1.0], [0.8]])
labels = np.array([[0.0], [1.0], [1.0], [0.0]])
wanted = (-np.log(0.3) - np.log(0.2)) / 4
check_close(bce(probs.copy(), labels.copy()), wanted, "bce of four examples", atol=1e-9)
check_unchanged(lambda: bce(probs, labels), "bce", probs=probs, labels=labels)
### END HIDDEN TESTS

# %% [markdown]
# ## 3. The cost straight from the logit
#
# Clipping hides a fault. A model with $z = 40$ is sure of class 1, and wrong. Its cost should be
# about 40. But $\sigma(40)$ is exactly 1.0 in float64, is clipped, and `bce` says 27.6. For
# $z = 1000$ it says 27.6 again. The information is gone before the logarithm sees it.
#
# So put the sigmoid into the logarithm on paper:
#
# | truth | cost | as $z$ |
# |---|---|---|
# | $y = 1$ | $-\ln \sigma(z)$ | $\ln(1 + e^{-z}) = \ln(1 + e^{z}) - z$ |
# | $y = 0$ | $-\ln(1 - \sigma(z))$ | $\ln(1 + e^{z})$ |
#
# Both are $\ln(1 + e^{z}) - z\,y$. One trap is left, $e^{1000}$. Draw the larger exponent out, as
# you did for softmax:
#
# $$\ln(1 + e^{z}) = \max(z, 0) + \ln(1 + e^{-|z|})$$
#
# By hand: $z = 2$, $y = 0$ costs $2 + \ln(1 + 0.1353) = 2.1269$. With $y = 1$ it is 2 less, 0.1269.
# And $z = 0$ costs $\ln 2 = 0.6931$, whatever the truth.
#
# **Your turn.** Frameworks have this built in, as `BinaryCrossentropy(from_logits=True)` or
# `BCEWithLogitsLoss`. Now you know why.


# %% solution="bce_from_logits"
def bce_from_logits(logits, labels):
    """Binary cross-entropy from logits instead of probabilities, exact for logits of any size.

    logits: floats or integers, shape (N, 1). labels: 0 or 1, the same shape; you need not check
    the shapes.
    Returns the mean over the examples, a number. Nothing is clipped: logit 40 with label 0 costs
    40, logit 1000 costs 1000. Changes no argument.
    """
    ### BEGIN SOLUTION
    soft = np.maximum(logits, 0) + np.log(1 + np.exp(-np.abs(logits)))
    cost = (soft - logits * labels).mean()
    ### END SOLUTION
    return cost


# %% tests="bce_from_logits" points=1
check_close(
    bce_from_logits(np.zeros((3, 1)), np.array([[0], [1], [1]])),
    np.log(2),
    "bce_from_logits of three zeros",
)
check_close(
    bce_from_logits(np.array([[40.0]]), np.array([[0]])),
    40.0,
    "bce_from_logits of logit 40 with label 0",
    hint="27.6 means that the sigmoid was rounded to 1 first",
)

# %% tests="bce_from_logits" idea="huge_logits" points=1 hint="What is e^1000 in float64?"
### BEGIN HIDDEN TESTS
logits = np.array([[1000.0], [-1000.0], [1000.0], [-1000.0], [-40.0]])
labels = np.array([[0], [1], [1], [0], [1]])
check_close(bce_from_logits(logits, labels), 2040 / 5, "bce_from_logits of huge logits")
### END HIDDEN TESTS

# %% tests="bce_from_logits" idea="integer_logits" points=1 hint="Compare with bce, on integers."
### BEGIN HIDDEN TESTS
logits = np.array([[3], [-2], [0], [1], [-5]])
labels = np.array([[1], [1], [0], [0], [0]])
probs = 1 / (1 + np.exp(-logits.astype(float)))
wanted = -np.log(np.where(labels == 1, probs, 1 - probs)).mean()
check_close(bce_from_logits(logits, labels), wanted, "bce_from_logits of five integers")
### END HIDDEN TESTS

# %% tests="bce_from_logits" idea="keeps_its_input" points=1 hint="Print logits before and after."
### BEGIN HIDDEN TESTS
logits = np.array([[0.5], [-1.5], [2.25], [-0.75]])
labels = np.array([[1.0], [0.0], [0.0], [1.0]])
wanted = np.log(1 + np.exp([-0.5, -1.5, 2.25, 0.75])).mean()
check_close(bce_from_logits(logits.copy(), labels.copy()), wanted, "bce_from_logits of four")
check_unchanged(
    lambda: bce_from_logits(logits, labels), "bce_from_logits", logits=logits, labels=labels
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Two ways to one cost. They agree, until the probability comes so near to 1
# that it is clipped.

# %% show="two_ways"
print("logit   p              bce      bce_from_logits   (label 0)")
for number in [0.0, 2.0, 20.0, 30.0, 40.0, 1000.0]:
    logit, truth = np.array([[number]]), np.array([[0]])
    prob = sigmoid(logit)
    print(
        f"{number:5g}   {prob[0, 0]:.10f}   {bce(prob, truth):7.4f}   "
        f"{bce_from_logits(logit, truth):9.4f}"
    )

# %% [markdown]
# ### Why not the squared error?
#
# Squares worked for the straight line: that cost is convex (볼록), a bowl with one bottom. (A slide
# translates *convex* as 오목. That is *concave*.) With a sigmoid inside, squares lose the bowl.
#
# Five students from the lecture. Whoever scored at least 60 has passed. Take hours alone, hold
# $b = -10$ still, and change only the weight $w$ of the hours.

# %% locked="students"
X_students = np.array([[10, 5], [9, 5], [3, 2], [2, 4], [11, 1]])  # hours, attendance
final_scores = np.array([[90], [80], [50], [60], [40]])
passed = (final_scores >= 60).astype(int)

# %% show="why_not_squares"
p = np.linspace(0.005, 0.995, 199)
weights = np.linspace(-1, 8, 181)
squares, entropies = [], []
for w in weights:
    logits = X_students[:, :1] * w - 10.0
    squares.append(((sigmoid(logits) - passed) ** 2).mean())
    entropies.append(bce_from_logits(logits, passed))

fig, axes = plt.subplots(1, 3, figsize=(12, 3.5), layout="constrained")
axes[0].plot(p, -np.log(p), color=COLORS["blue"], label="truth 1: −ln p")
axes[0].plot(p, -np.log(1 - p), color=COLORS["vermillion"], label="truth 0: −ln(1 − p)")
axes[0].scatter([0.7, 0.7], [-np.log(0.7), -np.log(0.3)], color="black", zorder=3)
axes[0].set(title="what p costs", xlabel="p", ylim=(0, 5))
axes[0].legend(loc="upper center", frameon=False)
axes[1].plot(weights, squares, color=COLORS["orange"])
axes[1].set(title="squared error: two valleys", xlabel="w", yticks=[0.4, 0.5, 0.6])
axes[2].plot(weights, entropies, color=COLORS["blue"])
axes[2].set(title="cross-entropy: one valley", xlabel="w", yticks=[0, 5, 10, 15])
for ax in axes:
    ax.set_ylabel("cost")
plt.show()


def bends(costs):
    """Say how a curve bends: the second differences of a convex one are never negative."""
    second = np.diff(costs, n=2)
    return "up only: convex" if (second > -1e-9).all() else "up and down: not convex"


print("squared error bends", bends(squares))
print("cross-entropy bends", bends(entropies))

# %% [markdown]
# Left: the two penalties, with the dots for $p = 0.7$. Middle: a hill between two valleys, and
# plains where the slope is almost 0. Where you end depends on where you start, and at $w = 8$ you
# hardly move at all. Right: one valley, and a slope that never fades far away from it. So
# cross-entropy is our cost.
#
# ## 4. The gradient
#
# How does the cost change with $z$? The slope of the sigmoid is $\sigma'(z) = p\,(1 - p)$: 0.25 at
# $z = 0$, 0.1966 at $z = \pm 1$. By the chain rule (연쇄 법칙), for truth 1:
#
# $$\frac{d}{dz}\bigl(-\ln p\bigr) = -\frac{1}{p} \cdot p\,(1 - p) = p - 1$$
#
# For truth 0 it is $p - 0$. Both are $p - y$: what the model says, minus what is true. Each logit
# is $x \cdot W + b$, so $W$ gets each error times its input, and $b$ gets it plain:
#
# $$\frac{\partial\,\text{cost}}{\partial W} = \frac{1}{N} X^{\mathsf T} (p - y), \qquad
# \frac{\partial\,\text{cost}}{\partial b} = \frac{1}{N} \sum_n (p_n - y_n)$$
#
# By hand, for the five students, with $W = 0$ and $b = 0$. Every $p$ is 0.5:
#
# | hours | attendance | score | $y$ | $p - y$ | hours · $(p - y)$ | attendance · $(p - y)$ |
# |---:|---:|---:|---:|---:|---:|---:|
# | 10 | 5 | 90 | 1 | -0.5 | -5.0 | -2.5 |
# | 9 | 5 | 80 | 1 | -0.5 | -4.5 | -2.5 |
# | 3 | 2 | 50 | 0 | 0.5 | 1.5 | 1.0 |
# | 2 | 4 | 60 | 1 | -0.5 | -1.0 | -2.0 |
# | 11 | 1 | 40 | 0 | 0.5 | 5.5 | 0.5 |
# | | | | mean | **-0.1** | **-0.7** | **-1.1** |
#
# This looks like linear regression, without its factor 2. Only $p$ is another function of $z$.


# %% solution="logistic_grad"
def logistic_grad(X, labels, W, b):
    """Gradient of the mean binary cross-entropy of the logits XW + b.

    X: examples in rows, shape (N, D). labels: 0 or 1, shape (N, 1). W: weights, shape (D, 1).
    b: the bias, a number.
    Returns (dW, db): dW float64, shape (D, 1), and db, a number. Changes no argument.
    Raises ValueError if the shape of labels is not (N, 1).
    """
    ### BEGIN SOLUTION
    if labels.shape != (X.shape[0], 1):
        raise ValueError(f"labels have shape {labels.shape}, expected ({X.shape[0]}, 1)")
    errors = sigmoid(X @ W + b) - labels
    dW = X.T @ errors / X.shape[0]
    db = errors.mean()
    ### END SOLUTION
    return dW, db


# %% tests="logistic_grad" points=1
got_dw, got_db = logistic_grad(X_students, passed, np.zeros((2, 1)), 0.0)
check_array(got_dw, [[-0.7], [-1.1]], "dW for the five students at W = 0, b = 0")
check_close(got_db, -0.1, "db for the five students at W = 0, b = 0")

# %% tests="logistic_grad" idea="other_weights" points=2 hint="Compare with numerical_gradient."
### BEGIN HIDDEN TESTS
X = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.5], [-2.0, 1.0, 0.75], [0.0, 3.0, -1.25]])
labels = np.array([[1], [0], [1], [0]])
W, b = np.array([[0.8], [-0.6], [0.3]]), 0.7


def cost_at(W, b):
    """Return the mean binary cross-entropy, from its definition."""
    probs = 1 / (1 + np.exp(-(X @ W + b)))
    return -np.log(np.where(labels == 1, probs, 1 - probs)).mean()


got_dw, got_db = logistic_grad(X, labels, W, b)
check_gradient(lambda at: cost_at(at, b), W, got_dw, "logistic_grad, dW")
check_gradient(lambda at: cost_at(W, at), b, got_db, "logistic_grad, db")
### END HIDDEN TESTS

# %% tests="logistic_grad" idea="refuses_flat_labels" points=1 hint="Which shape has (N, 1) - (N,)?"
### BEGIN HIDDEN TESTS
X = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.5], [-2.0, 1.0, 0.75], [0.0, 3.0, -1.25]])
W = np.array([[0.8], [-0.6], [0.3]])
check_raises(
    ValueError,
    lambda: logistic_grad(X, np.array([1, 0, 1, 0]), W, 0.7),
    "logistic_grad with labels of shape (4,)",
)
### END HIDDEN TESTS

# %% tests="logistic_grad" idea="keeps_its_input" points=1 hint="Print labels before and after."
### BEGIN HIDDEN TESTS
X = np.array([[2.0, -1.0], [0.5, 3.0], [-1.5, 0.25]])
labels = np.array([[1.0], [0.0], [1.0]])
W = np.array([[0.4], [-0.9]])
errors = 1 / (1 + np.exp(-(X @ W + 0.3))) - labels
got_dw, _ = logistic_grad(X.copy(), labels.copy(), W.copy(), 0.3)
check_array(got_dw, X.T @ errors / 3, "dW of three examples")
check_unchanged(lambda: logistic_grad(X, labels, W, 0.3), "logistic_grad", X=X, labels=labels, W=W)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Never trust a gradient that you have not checked. Two checks: loops that
# follow the formula word by word, and small differences of the cost itself,
# $(f(w + h) - f(w - h)) / 2h$. A relative error below one in a million means: right.


# %% show="three_gradients"
def gradient_by_loops(X, labels, W, b):
    """Add up the errors example by example, as the formula reads."""
    dW, db = np.zeros(W.shape), 0.0
    for n in range(X.shape[0]):
        z = b
        for d in range(X.shape[1]):
            z += X[n, d] * W[d, 0]
        error = 1 / (1 + np.exp(-z)) - labels[n, 0]
        db += error / X.shape[0]
        for d in range(X.shape[1]):
            dW[d, 0] += error * X[n, d] / X.shape[0]
    return dW, db


rng = np.random.default_rng(0)
X = rng.normal(size=(400, 8))
labels = (rng.random((400, 1)) < 0.4).astype(int)
W, b = rng.normal(size=(8, 1)), 0.5

began = time.perf_counter()
slow, _ = gradient_by_loops(X, labels, W, b)
seconds_loops = time.perf_counter() - began
began = time.perf_counter()
for _ in range(10):
    fast, _ = logistic_grad(X, labels, W, b)
seconds_arrays = (time.perf_counter() - began) / 10
differences = numerical_gradient(lambda at: bce_from_logits(X @ at + b, labels), W)

print("like the loops:       ", relative_error(fast, slow) < 1e-6)
print("like the differences: ", relative_error(fast, differences) < 1e-6)
times = seconds_loops / seconds_arrays
print("arrays are", "over 10 times" if times > 10 else "some times", "as fast as the loops")

# %% [markdown]
# ## 5. Downhill
#
# The rest is gradient descent, as for the straight line. Start with $W = 0$ and $b = 0$. Then
# repeat: take *both* gradients, and only then move $W$ and $b$ against them.
#
# $$W \leftarrow W - \alpha \, \frac{\partial\,\text{cost}}{\partial W}, \qquad
# b \leftarrow b - \alpha \, \frac{\partial\,\text{cost}}{\partial b}$$
#
# By hand, the first step for the five students with learning rate (학습률) $\alpha = 0.1$:
# $W = (0 + 0.07,\; 0 + 0.11)$ and $b = 0 + 0.01$. One step sees all rows once, so a step is an
# epoch (에폭) here.
#
# Write the costs down on the way. The first is $\ln 2$, always: with $W = 0$ every $p$ is 0.5.
# After 3 epochs you have 4 costs.


# %% solution="fit_logistic"
def fit_logistic(X, labels, learning_rate, epochs):
    """Fit logistic regression by gradient descent, starting from W = 0 and b = 0.

    X: examples in rows, shape (N, D). labels: 0 or 1, shape (N, 1). learning_rate: a positive
    number. epochs: how many steps to take; each uses all rows, and moves W and b together.
    Returns (W, b, history): W float64, shape (D, 1); b, a number; history float64, an array of
    shape (epochs + 1,): the mean binary cross-entropy before the first step and after each step.
    """
    ### BEGIN SOLUTION
    W, b = np.zeros((X.shape[1], 1)), 0.0
    costs = [bce_from_logits(X @ W + b, labels)]
    for _ in range(epochs):
        dW, db = logistic_grad(X, labels, W, b)
        W = W - learning_rate * dW
        b = b - learning_rate * db
        costs.append(bce_from_logits(X @ W + b, labels))
    history = np.array(costs)
    ### END SOLUTION
    return W, b, history


# %% tests="fit_logistic" points=1
W, b, history = fit_logistic(X_students, passed, 0.1, 1)
check_array(W, [[0.07], [0.11]], "W after one step for the five students")
check_close(b, 0.01, "b after one step", hint="Take both gradients before you move W or b")

# %% tests="fit_logistic" idea="many_steps" points=1 hint="Do the second step by hand."
### BEGIN HIDDEN TESTS
X = np.array([[0.5, -1.0, 2.0], [1.5, 0.5, -0.5], [-2.0, 1.0, 0.5], [0, 3.0, -1.5], [1, 1, 0.25]])
labels = np.array([[1], [0], [1], [0], [0]])
W_wanted, b_wanted = np.zeros((3, 1)), 0.0
for _ in range(40):
    errors = 1 / (1 + np.exp(-(X @ W_wanted + b_wanted))) - labels
    W_wanted = W_wanted - 0.3 * X.T @ errors / 5
    b_wanted = b_wanted - 0.3 * errors.mean()
W, _, _ = fit_logistic(X, labels, 0.3, 40)
check_array(W, W_wanted, "W after 40 steps")
### END HIDDEN TESTS

# %% tests="fit_logistic" idea="history" points=2 hint="How many costs do 5 epochs give?"
### BEGIN HIDDEN TESTS
X = np.array([[2.0, -1.0], [0.5, 3.0], [-1.5, 0.25], [1.0, 1.0]])
labels = np.array([[1], [0], [0], [1]])
W_wanted, b_wanted, costs = np.zeros((2, 1)), 0.0, []
for _ in range(6):
    probs = 1 / (1 + np.exp(-(X @ W_wanted + b_wanted)))
    costs.append(-np.log(np.where(labels == 1, probs, 1 - probs)).mean())
    W_wanted = W_wanted - 0.8 * X.T @ (probs - labels) / 4
    b_wanted = b_wanted - 0.8 * (probs - labels).mean()
_, _, history = fit_logistic(X, labels, 0.8, 5)
check_array(history, costs, "the history of 5 steps")
### END HIDDEN TESTS

# %% tests="fit_logistic" idea="diabetes" points=1 hint="Do you take all steps, however many?"
### BEGIN HIDDEN TESTS
table = load_diabetes()
X, labels = table.drop(columns="diabetic").to_numpy()[:600], table[["diabetic"]].to_numpy()[:600]
W_wanted, b_wanted = np.zeros((8, 1)), 0.0
for _ in range(120):
    errors = 1 / (1 + np.exp(-(X @ W_wanted + b_wanted))) - labels
    W_wanted = W_wanted - 1.5 * X.T @ errors / 600
    b_wanted = b_wanted - 1.5 * errors.mean()
W, _, _ = fit_logistic(X.copy(), labels.copy(), 1.5, 120)
check_array(W, W_wanted, "W after 120 steps on the diabetes table", rtol=1e-7, atol=1e-9)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** In part 1 the S-curve had the weights 1.28 and -5.74. Where did they come
# from? From your function. The cell below finds them again.

# %% show="eight_students"
eight_hours = np.arange(1.0, 9.0).reshape(-1, 1)
eight_labels = np.array([[0], [0], [0], [1], [0], [1], [1], [1]])
W, b, history = fit_logistic(eight_hours, eight_labels, 0.3, 2000)
print(f"w = {W[0, 0]:.2f}, b = {b:.2f}: one half at {-b / W[0, 0]:.1f} hours")
print(f"cost {history[0]:.4f} at the start, {history[-1]:.4f} at the end")

# %% [markdown] picture="pass_or_fail"
# ## 6. From probabilities to answers
#
# A probability is not yet an answer. The simplest rule: answer 1 if $p > 0.5$. Since
# $\sigma(0) = 0.5$, that is where $z > 0$. So the decision boundary is the line
# $w_1 x_1 + w_2 x_2 + b = 0$, as on day 1. A probability of exactly 0.5 counts as 0 here.
#
# Two weights, one for hours and one for attendance, found by your `fit_logistic`:
#
# ![Left: five students, hours across and attendance upwards. A gently rising line parts the three
# that passed, above it, from the two that failed, below it. Right: the cost falls from 0.69 towards
# 0, fast at first.](attachment:pass_or_fail.png)
#
# Hours alone could not do it: the student with 11 hours failed, the one with 2 passed.
#
# The threshold (임계값) need not be 0.5. Who looks for an illness takes a lower one: better to
# call a healthy person back than to send an ill one home.


# %% solution="predict_binary"
def predict_binary(X, W, b, threshold=0.5):
    """Answer 1 where the probability of class 1 is greater than the threshold, else 0.

    X: examples in rows, shape (N, D). W: weights, shape (D, 1). b: the bias, a number.
    threshold: a probability between 0 and 1.
    Returns integers 0 and 1, shape (N, 1). A probability equal to the threshold gives 0.
    """
    ### BEGIN SOLUTION
    answers = (sigmoid(X @ W + b) > threshold).astype(int)
    ### END SOLUTION
    return answers


# %% tests="predict_binary" points=1
check_array(
    predict_binary(X_students, np.array([[-0.25], [2.0]]), -4.5),
    [[1], [1], [0], [1], [0]],
    "predict_binary for the five students",
    hint="A comparison gives booleans; `.astype(int)` turns them into 0 and 1",
)

# %% tests="predict_binary" idea="on_the_boundary" points=1 hint="Is 0.5 greater than 0.5?"
### BEGIN HIDDEN TESTS
X = np.array([[1.0, 0.5], [2.0, 1.0], [2.0, 0.5], [0.0, 1.0]])
W = np.array([[1.0], [-2.0]])
check_array(predict_binary(X, W, 0.0), [[0], [0], [1], [0]], "points on the boundary")
### END HIDDEN TESTS

# %% tests="predict_binary" idea="small_logits" points=1 hint="Do you compare z or p with 0.5?"
### BEGIN HIDDEN TESTS
X = np.array([[0.25, 1.0, -0.5], [-1.0, 0.5, 2.0], [0.5, -0.75, 0.0]])
W = np.array([[0.4], [0.2], [-0.1]])
check_array(predict_binary(X, W, 0.05), [[1], [0], [1]], "logits of 0.4, -0.45 and 0.1")
### END HIDDEN TESTS

# %% tests="predict_binary" idea="other_thresholds" points=2 hint="Try thresholds of 0.2 and 0.8."
### BEGIN HIDDEN TESTS
X = np.array([[-2.0], [-1.0], [0.5], [1.0], [3.0]])  # p is 0.12, 0.27, 0.62, 0.73, 0.95
W = np.array([[1.0]])
low = predict_binary(X, W, 0.0, 0.2)
check_array(low, [[0], [1], [1], [1], [1]], "predict_binary with threshold 0.2")
high = predict_binary(X, W, 0.0, 0.8)
check_array(high, [[0], [0], [0], [0], [1]], "predict_binary with threshold 0.8")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Your functions draw the picture. The shaded side is where `predict_binary`
# answers 1. The cost keeps falling: with a line that parts them all, larger weights are always a
# little surer. They would grow for ever. (On day 4 a penalty stops them.)

# %% show="pass_or_fail"
W, b, history = fit_logistic(X_students, passed, 0.1, 1000)
w1, w2 = W[:, 0]

fig, axes = plt.subplots(1, 2, figsize=(11, 3.9), width_ratios=[1.5, 1], layout="constrained")
decision_line(
    X_students,
    passed[:, 0],
    lambda x1: -(w1 * x1 + b) / w2,
    positive=lambda points: predict_binary(points, W, b)[:, 0] == 1,
    title="pass or fail",
    labels=("failed", "passed"),
    xlabel="hours",
    ylabel="attendance",
    ax=axes[0],
)
axes[1].plot(history, color=COLORS["blue"])
axes[1].set(title="it falls", xlabel="epoch", ylabel="cost", ylim=(0, None))
plt.show()

# %% [markdown]
# ### How good are the answers?
#
# Ten patients. Five are ill, label 1. A test says 1 for four of them:
#
# | | | | | | | | | | | |
# |---|---|---|---|---|---|---|---|---|---|---|
# | label | 1 | 1 | 0 | 1 | 0 | 0 | 1 | 0 | 1 | 0 |
# | answer | 1 | 0 | 0 | 1 | 0 | 1 | 0 | 0 | 1 | 0 |
#
# Accuracy (정확도) is the share of right answers: $7 / 10 = 0.7$. Simple, and there is a trap.
# `labels == predictions` with shapes (N, 1) and (N,) compares *everyone with everyone*. The mean of
# that table of N · N looks like an accuracy, and is none.


# %% solution="accuracy"
def accuracy(labels, predictions):
    """Share of the predictions that are equal to their label.

    labels, predictions: 0 or 1, both of shape (N, 1).
    Returns a number between 0 and 1.
    Raises ValueError if the two differ in shape, such as (N, 1) and (N,).
    """
    ### BEGIN SOLUTION
    if labels.shape != predictions.shape:
        raise ValueError(f"labels have shape {labels.shape}, predictions {predictions.shape}")
    share = (labels == predictions).mean()
    ### END SOLUTION
    return share


# %% tests="accuracy" points=1
ten_labels = np.array([[1], [1], [0], [1], [0], [0], [1], [0], [1], [0]])
ten_answers = np.array([[1], [0], [0], [1], [0], [1], [0], [0], [1], [0]])
check_close(accuracy(ten_labels, ten_answers), 0.7, "accuracy for the ten patients")

# %% tests="accuracy" idea="other_answers" points=1 hint="Try 3 right answers out of 7."
### BEGIN HIDDEN TESTS
labels = np.array([[0], [0], [1], [0], [0], [1], [0]])
predictions = np.array([[1], [0], [1], [1], [1], [0], [0]])
check_close(accuracy(labels, predictions), 3 / 7, "accuracy of 3 right answers out of 7")
### END HIDDEN TESTS

# %% tests="accuracy" idea="refuses_other_shapes" points=1 hint="What is (4, 1) == (4,) in NumPy?"
### BEGIN HIDDEN TESTS
labels = np.array([[0], [1], [1], [0]])
check_raises(
    ValueError, lambda: accuracy(labels, np.array([0, 1, 0, 0])), "accuracy of (4, 1) and (4,)"
)
### END HIDDEN TESTS

# %% [markdown]
# Three of the ten answers are wrong, but they are not alike. There are four cases; *positive* means
# class 1:
#
# | | answer 1 | answer 0 |
# |---|---|---|
# | **label 1** | true positive, tp: 3 | false negative, fn: 2 |
# | **label 0** | false positive, fp: 1 | true negative, tn: 4 |
#
# Two ill people are sent home, and one healthy person is called back. Together they are the
# confusion matrix (혼동 행렬).


# %% solution="confusion_counts"
def confusion_counts(labels, predictions):
    """Count the four kinds of answers; class 1 is the positive one.

    labels, predictions: 0 or 1, both of shape (N, 1). The shapes always fit; you need not check.
    Returns the tuple (tp, fp, fn, tn) of integers.
    """
    ### BEGIN SOLUTION
    tp = int(((labels == 1) & (predictions == 1)).sum())
    fp = int(((labels == 0) & (predictions == 1)).sum())
    fn = int(((labels == 1) & (predictions == 0)).sum())
    tn = int(((labels == 0) & (predictions == 0)).sum())
    ### END SOLUTION
    return tp, fp, fn, tn


# %% tests="confusion_counts" points=1
ten_labels = np.array([[1], [1], [0], [1], [0], [0], [1], [0], [1], [0]])
ten_answers = np.array([[1], [0], [0], [1], [0], [1], [0], [0], [1], [0]])
check_equal(
    confusion_counts(ten_labels, ten_answers),
    (3, 1, 2, 4),
    "confusion_counts for the ten patients: tp, fp, fn, tn",
)

# %% tests="confusion_counts" idea="nobody_found" points=2 hint="Try answers with no true positive."
### BEGIN HIDDEN TESTS
labels = np.array([[0], [1], [0], [0], [1], [0], [0], [0], [1]])
predictions = np.array([[0], [0], [0], [1], [0], [0], [0], [0], [0]])
check_equal(confusion_counts(labels, predictions), (0, 1, 3, 5), "counts when nobody is found")
### END HIDDEN TESTS

# %% [markdown]
# ## 7. Diabetes
#
# Now 759 rows with 8 measurements, each scaled to [-1, 1]; 0 stands for "missing" too. Label 1 is
# *diabetic*. Our table is synthetic: no row describes a person. The lectures use the widely copied
# file, in which the label is **turned round**: there 1 means *no* diabetes.
#
# Rows 0 to 599 are for training. Rows 600 to 758 are for the test (테스트), and nothing is learned
# from them. The opponent is the laziest guess: always the more frequent class, the majority class
# (다수 클래스).

# %% locked="diabetes"
diabetes = load_diabetes()
measurements = diabetes.drop(columns="diabetic").to_numpy()
diabetic = diabetes[["diabetic"]].to_numpy()
X_train, X_test = measurements[:600], measurements[600:]
y_train, y_test = diabetic[:600], diabetic[600:]

# %%
diabetes.head(8)

# %% [markdown]
# **Guess first, then run:** how many of 100 patients will a linear model get right? And which of
# the two mistakes will be the more frequent one?

# %% show="diabetes_run"
fits = {rate: fit_logistic(X_train, y_train, rate, 300) for rate in (0.02, 1.0, 20.0)}
W, b, _ = fits[1.0]

fig, axes = plt.subplots(1, 3, figsize=(12, 3.6), width_ratios=[1.4, 1, 1], layout="constrained")
names = {0.02: "0.02: too small", 1.0: "1: good", 20.0: "20: too large"}
colours = {0.02: "orange", 1.0: "blue", 20.0: "vermillion"}
for rate, (_, _, history) in fits.items():
    axes[0].plot(history[:41], color=COLORS[colours[rate]], label=names[rate])
axes[0].set(title="three learning rates", xlabel="epoch", ylabel="training cost", ylim=(0.4, 2))
axes[0].legend(loc="upper right", framealpha=1)
for ax, threshold in zip(axes[1:], (0.5, 0.3), strict=True):
    tp, fp, fn, tn = confusion_counts(y_test, predict_binary(X_test, W, b, threshold))
    heatmap(
        [[tp, fn], [fp, tn]],
        title=f"threshold {threshold}",
        xlabel="answer",
        ylabel="label",
        xticks=["diabetic", "not"],
        yticks=["diabetic", "not"],
        fmt="{:.0f}",
        ax=ax,
    )
plt.show()

share = max(y_test.mean(), 1 - y_test.mean())
print(f"test accuracy {accuracy(y_test, predict_binary(X_test, W, b)):.3f}")
print(f"majority      {share:.3f}")

ones = np.ones((len(X_train), 1))
weights = np.linalg.lstsq(np.hstack([X_train, ones]), y_train, rcond=None)[0]
line = np.hstack([X_train, ones]) @ weights
print("a straight line leaves [0, 1] for", int(((line < 0) | (line > 1)).sum()), "training rows")

# %% [markdown]
# Left: the three learning rates of the lecture. With 0.02 you wait for ever. With 1 the cost falls
# quickly and settles. With 20 it jumps from one side of the valley to the other. (Smaller rates
# towards the end, learning rate decay, and better optimisers come on day 4.)
#
# Right: the same weights, two thresholds. With 0.3 fewer diabetics are missed. The price is more
# false alarms. Accuracy alone does not show that. Play with the threshold:

# %%
threshold = 0.3  # change this

tp, fp, fn, tn = confusion_counts(y_test, predict_binary(X_test, W, b, threshold))
print(f"missed {fn} of {tp + fn} diabetics, {fp} false alarms among {fp + tn} others")

# %% [markdown] manual="turned_labels" points=2
# **In your own words.** Two groups train on the same rows from $W = 0$, $b = 0$ with the same
# learning rate. Group A writes diabetic as 1. Group B writes diabetic as 0, as the lectures' file
# does.
#
# 1. How do $W$, $b$, the cost, the accuracy and the four counts of B differ from those of A?
# 2. A third group answers "not diabetic" for everyone, and is right in about 65 % of the rows. Why
#    is that number no success? Name the counts that give it away.
#
# One point for each, two to four lines each.
#
# ### BEGIN SOLUTION
# 1. B estimates the probability of the other class, $1 - p = \sigma(-z)$. So each step of B is that
#    of A with the sign turned: $W$ and $b$ are those of A times -1. Cost and accuracy are the same.
#    (A probability of exactly 0.5 would be the only exception: it counts as 0 for both.) Each
#    answer changes its name: tp and tn change places, and so do fp and fn.
# 2. 65 % is the share of the larger class: nothing was learned from the measurements. With diabetic
#    as 1, tp = 0 and fp = 0: no diabetic is found, all of them are false negatives. Each model has
#    to be compared with this guess, and with an illness fn counts more than fp.
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - A logit becomes a probability: sigmoid. A probability and a truth become a cost: cross-entropy,
#   computed from the logit.
# - The gradient is error times input, $X^{\mathsf T}(p - y) / N$. You checked it before you used
#   it.
# - Accuracy needs an opponent, the majority class. The four counts say *which* mistakes are made.
#
# Next: more than two classes. The sigmoid becomes softmax, and the column $W$ becomes a matrix.

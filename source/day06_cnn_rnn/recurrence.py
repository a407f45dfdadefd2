# %% [markdown]
# # Recurrence: RNN, LSTM and GRU
#
# **Time** about 90 minutes · **Points** 39 · **You need** broadcasting (day 1), tanh and the chain
# rule (연쇄 법칙, day 4), a small Keras model (day 5)
#
# Words, notes, prices: often the *order* carries the meaning. A network that sees one step at a
# time needs a memory. At the end of this notebook you will be able to
#
# - write a recurrent network (순환 신경망, RNN) in a few lines, for one sequence or many;
# - answer a question about a whole sequence from the last state (상태);
# - follow a gradient back through time, and watch it vanish (기울기 소실);
# - write one step of an LSTM and of a GRU, gate by gate, and count their parameters;
# - build all three in Keras, and say when the plain one fails.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 One step of memory | `rnn_step` | 12 | 5 |
# | 2 A whole sequence | `rnn_forward` | 10 | 5 |
# | 3 An answer at the end | `last_state_head` | 7 | 3 |
# | 4 The vanishing product | `gradient_product`, `gradient_through_time` | 15 | 5 |
# | 5 LSTM: a belt for memory | `lstm_step` | 15 | 6 |
# | 6 GRU: the same with less | `gru_step` | 9 | 4 |
# | 7 Counting | `recurrent_params` | 6 | 3 |
# | 8 In Keras: keep the marked number | `build_recurrent`, an answer in words | 16 | 8 |
#
# As always: return a new array, leave the arguments as they are, take integers too.

# %% [markdown]
# **Tools.** Keras hands the computing to a backend (백엔드): JAX, PyTorch or TensorFlow. It is
# chosen before Keras is imported, so that comes first. The import takes some seconds. Then the
# usual: NumPy, Matplotlib, a stopwatch, our checks and colours. The third cell holds the weights of
# a small example, and the sigmoid (시그모이드) of day 3 in a form that never overflows. Run
# all three and move on.

# %% locked="backend"
from course.keras_backend import choose_backend, seed_keras

choose_backend()

# %% locked="setup" timeout=60
import time

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import layers

from course.checks import check_array, check_equal, check_raises, check_unchanged
from course.plots import COLORS

# %% locked="small_rnn"
X_small = np.array([[1.0, 0.0, -1.0], [0.5, 0.5, 0.5], [0.0, 0.0, 0.0]])  # 3 steps, 3 numbers each
Wx_small = np.array([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]])
Wh_small = np.array([[0.1, -0.1], [0.2, 0.3]])
b_small = np.array([0.01, -0.02])


def sigmoid(z):
    """Squeeze every number into 0 to 1."""
    return (1 + np.tanh(z / 2)) / 2


# %% [markdown] picture="unrolled"
# ## 1. One step of memory
#
# A layer of day 4 computes $\tanh(xW + b)$ and forgets. A recurrent layer looks at *two* things:
# the input of this step, and its own state after the step before. Drawn step after step, unrolled:
#
# ![Four blue boxes in a row: the states h0 = (0, 0), h1 = (-0.371, -0.397), h2 = (0.331, 0.461) and
# h3 = (0.134, 0.085). An arrow with Wh leads from each to the next. Below h1, h2 and h3 stand the
# inputs x1 = (1, 0, -1), x2 = (0.5, 0.5, 0.5) and x3 = (0, 0, 0), each with an arrow Wx
# upwards.](attachment:unrolled.png)
#
# It is the *same* layer each time, with the same weights. In step 3 the input is silent, all zeros,
# and the state is not. That is memory.
#
# $$h_t = \tanh(x_t W_x + h_{t-1} W_h + b)$$
#
# | name | shape | in the example | holds |
# |---|---|---|---|
# | `x` | (D,) or (N, D) | (3,) | the input of one step, for one sequence or for N |
# | `h` | (H,) or (N, H) | (2,) | the state: H numbers, here called units (유닛) |
# | `Wx`, `Wh`, `b` | (D, H), (H, H), (H,) | (3, 2), (2, 2), (2,) | the weights, for all steps |
#
# By hand, with `Wx_small` and so on: $x_1 = (1, 0, -1)$ and $h_0 = (0, 0)$. The first unit sees
# $1 \cdot 0.1 + 0 \cdot 0.3 - 1 \cdot 0.5 + 0.01 = -0.39$, and $\tanh(-0.39) = -0.3714$. The second
# sees $0.2 - 0.6 - 0.02 = -0.42$, and $\tanh(-0.42) = -0.3969$.
#
# In step 2 the old state has its say: $x_2 W_x = (0.45, 0.6)$ and
# $h_1 W_h = (-0.1165, -0.0819)$. With $b$ the sum is $(0.3435, 0.4981)$. Tanh gives
# $(0.3306, 0.4606)$.
#
# **Your turn.** Write one step. If you use `@` with `x` and `h` on the left, N sequences at once
# cost no extra line.


# %% solution="rnn_step"
def rnn_step(x, h, Wx, Wh, b):
    """Take one step of a recurrent layer.

    x: the input of this step, shape (D,), or of N sequences, shape (N, D). h: the state before,
    shape (H,) or (N, H). Wx: (D, H). Wh: (H, H). b: (H,). x and h may hold integers.
    Returns the new state, float64, in the shape of h. Changes no argument.
    """
    ### BEGIN SOLUTION
    new_h = np.tanh(x @ Wx + h @ Wh + b)
    ### END SOLUTION
    return new_h


# %% tests="rnn_step" points=1
check_array(
    rnn_step(X_small[0], np.zeros(2), Wx_small, Wh_small, b_small),
    [-0.3714, -0.3969],
    "rnn_step with x = (1, 0, -1) and h = (0, 0)",
    atol=1e-4,
    hint="Compare with the two sums above: -0.39 and -0.42, before tanh",
)

# %% tests="rnn_step" idea="old_state" points=2 hint="Take h = (1, 0). Which row of Wh counts?"
### BEGIN HIDDEN TESTS
x, h = np.array([2, -1, 0, 3]), np.array([1, -2, 2])
Wx = np.array([[0.1, -0.2, 0.3], [0.4, 0.1, -0.1], [0.7, 0.7, -0.5], [-0.2, 0.1, 0.2]])
Wh = np.array([[0.2, -0.3, 0.1], [0.4, 0.3, -0.2], [-0.1, 0.5, 0.25]])
b = np.array([0.3, -0.1, 0.05])
wanted = [
    np.tanh(sum(x[d] * Wx[d, u] for d in range(4)) + sum(h[k] * Wh[k, u] for k in range(3)) + b[u])
    for u in range(3)
]
check_array(rnn_step(x, h, Wx, Wh, b), wanted, "rnn_step of integers, with D = 4 and H = 3")
### END HIDDEN TESTS

# %% tests="rnn_step" idea="many_sequences" points=1 hint="Try three sequences, with D = H = 3."
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(1)
x, h = rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
Wx, Wh, b = rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)
wanted = np.tanh(np.einsum("nd,du->nu", x, Wx) + np.einsum("nk,ku->nu", h, Wh) + b[None, :])
check_array(rnn_step(x, h, Wx, Wh, b), wanted, "rnn_step with N = D = H = 3")
### END HIDDEN TESTS

# %% tests="rnn_step" idea="keeps_its_input" points=1 hint="Print h before and after the call."
### BEGIN HIDDEN TESTS
x, h = np.array([0.5, -1.0]), np.array([0.1, 0.2, -0.3])
Wx = np.array([[1.0, 0.5, -0.5], [0.25, -1.0, 2.0]])
Wh = np.array([[0.5, -0.25, 1.0], [2.0, 0.75, -1.5], [-0.5, 1.25, 0.25]])
b = np.array([0.5, 0.25, -1.0])
wanted = np.tanh(x @ Wx + h @ Wh + b)
check_array(rnn_step(x, h.copy(), Wx, Wh, b), wanted, "rnn_step with D = 2 and H = 3")
check_unchanged(lambda: rnn_step(x, h, Wx, Wh, b), "rnn_step", x=x, h=h, b=b)
### END HIDDEN TESTS

# %% [markdown]
# ## 2. A whole sequence
#
# A sequence of T steps is a matrix $X$ of shape (T, D), one row for each step. Start with $h_0$,
# feed in row after row, and keep every state: T of them, shape (T, H). Row 0 of the result is the
# state *after* the first input. $h_0$ itself is not in it.
#
# The order matters. So there is a loop over the steps, and this time nobody can take it away: step
# 5 needs the state of step 4.
#
# **Your turn.** In the loop stands the line of section 1. Call `rnn_step`, or write it again.


# %% solution="rnn_forward"
def rnn_forward(X, h0, Wx, Wh, b):
    """Run a recurrent layer over one sequence.

    X: the inputs in their order, shape (T, D), with T of at least 1. h0: the state before the
    first step, shape (H,). Wx: (D, H). Wh: (H, H). b: (H,). X and h0 may hold integers.
    Returns the states after each step, float64, shape (T, H). Changes no argument.
    """
    ### BEGIN SOLUTION
    h = h0
    states = []
    for x in X:
        h = np.tanh(x @ Wx + h @ Wh + b)
        states.append(h)
    ### END SOLUTION
    return np.array(states)


# %% tests="rnn_forward" points=1
check_array(
    rnn_forward(X_small, np.zeros(2), Wx_small, Wh_small, b_small),
    [[-0.3714, -0.3969], [0.3306, 0.4606], [0.1344, 0.0849]],
    "the three states of the example",
    atol=1e-4,
    hint="Each step begins with the state that the step before has left",
)

# %% tests="rnn_forward" idea="starts_with_h0" points=2 hint="Try 5 steps and an h0 with no zeros."
### BEGIN HIDDEN TESTS
X = np.array([[1, -2], [0, 3], [2, 2], [-1, 0], [1, 1]])
h = h0 = np.array([1, -1, 2])
Wx = np.array([[0.2, -0.4, 0.3], [0.1, 0.3, -0.2]])
Wh = np.array([[0.5, -0.1, 0.3], [0.2, 0.4, -0.6], [-0.3, 0.2, 0.1]])
b = np.array([0.1, -0.2, 0.3])
wanted = []
for t in range(5):
    h = np.tanh((X[t][:, None] * Wx).sum(axis=0) + (h[:, None] * Wh).sum(axis=0) + b)
    wanted.append(h)
check_array(rnn_forward(X, h0, Wx, Wh, b), wanted, "rnn_forward of 5 steps with an h0")
### END HIDDEN TESTS

# %% tests="rnn_forward" idea="one_step" points=1 hint="Which shape has the result for T = 1?"
### BEGIN HIDDEN TESTS
Wx, Wh = np.array([[0.5, -0.25, 1.0]]), 0.5 - np.eye(3)
states = rnn_forward(np.array([[2.0]]), np.array([0.5, 0.0, -1.0]), Wx, Wh, np.zeros(3))
check_array(states, np.tanh([[0.25, -0.75, 2.75]]), "rnn_forward of a single step")
### END HIDDEN TESTS

# %% tests="rnn_forward" idea="keeps_h0" points=1 hint="Print h0 before and after the call."
### BEGIN HIDDEN TESTS
X, h0 = np.array([[0.5], [-1.0], [2.0]]), np.array([0.25, -0.5])
Wx, Wh, b = np.array([[1.0, -0.5]]), np.array([[0.5, 0.25], [-0.75, 1.0]]), np.array([0.1, 0.2])
first = np.tanh([0.5, -0.25] + h0 @ Wh + b)
second = np.tanh([-1.0, 0.5] + first @ Wh + b)
wanted = [first, second, np.tanh([2.0, -1.0] + second @ Wh + b)]
check_array(rnn_forward(X, h0.copy(), Wx, Wh, b), wanted, "rnn_forward with T = 3 and H = 2")
check_unchanged(lambda: rnn_forward(X, h0, Wx, Wh, b), "rnn_forward", X=X, h0=h0)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The next cell draws the picture from above once more, now with *your*
# states. Follow the silent step: with $x_3 = 0$ all of $h_3$ comes from $h_2$ and $b$.

# %% show="unrolled"
states = rnn_forward(X_small, np.zeros(2), Wx_small, Wh_small, b_small)

fig, ax = plt.subplots(figsize=(10, 2.9), layout="constrained")
box = {"boxstyle": "round,pad=0.5", "edgecolor": "grey"}
blue, grey = box | {"facecolor": "#d6e8f5"}, box | {"facecolor": "whitesmoke"}
middle = {"ha": "center", "va": "center", "fontsize": 12}
arrow = {"arrowstyle": "-|>", "color": "grey", "lw": 1.5}


def draw_vector(place, name, values, fmt, frame):
    """Write a vector into a box, and return the box."""
    numbers = ", ".join(fmt.format(value) for value in values).replace("-", "\N{MINUS SIGN}")
    return ax.text(*place, f"{name}\n({numbers})", bbox=frame, **middle).get_bbox_patch()


before = draw_vector((0, 1), "$h_0$", (0, 0), "{:g}", blue)
for t in range(3):
    place, below = (1.6 * (t + 1), 1), (1.6 * (t + 1), 0)
    now = draw_vector(place, f"$h_{t + 1}$", states[t], "{:.3f}", blue)
    seen = draw_vector(below, f"$x_{t + 1}$", X_small[t], "{:g}", grey)
    left = (1.6 * t, 1)
    ax.annotate("", place, left, arrowprops=arrow | {"patchA": before, "patchB": now})
    ax.annotate("", place, below, arrowprops=arrow | {"patchA": seen, "patchB": now})
    ax.text(1.6 * t + 0.75, 1.12, "$W_h$", color=COLORS["vermillion"], **middle)
    ax.text(1.6 * t + 1.75, 0.5, "$W_x$", color=COLORS["vermillion"], **middle)
    before = now
ax.set(xlim=(-0.4, 5.4), ylim=(-0.25, 1.25))
ax.axis("off")
plt.show()

# %% [markdown]
# The loop over the *steps* stays. A loop over the *sequences* need not: `rnn_step` takes N of them
# at once. Compare both ways for 300 sequences, and time them.

# %% show="many_sequences"
rng = np.random.default_rng(0)
sequences = rng.normal(size=(300, 20, 3))  # N, T, D

began = time.perf_counter()
one_by_one = [rnn_forward(X, np.zeros(2), Wx_small, Wh_small, b_small)[-1] for X in sequences]
seconds_one_by_one = time.perf_counter() - began

began = time.perf_counter()
h = np.zeros((300, 2))
for t in range(20):
    h = rnn_step(sequences[:, t], h, Wx_small, Wh_small, b_small)
seconds_together = time.perf_counter() - began

print("same last states:", np.allclose(one_by_one, h))
faster = seconds_one_by_one / seconds_together
print("all sequences together are", "over 10 times" if faster > 10 else "some times", "as fast")

# %% [markdown]
# ## 3. An answer at the end
#
# What is it good for? That depends on when you look:
#
# | in | out | example |
# |---|---|---|
# | one | many | a CNN looks at a photograph, an RNN writes its caption (캡션), word by word |
# | many | one | is this film review kind or not? |
# | many | many | translation (번역), speech to text |
#
# "Many to one" is the simplest. The *last* state has seen every step. Give it to the linear layer
# of day 1, often called the head (출력층):
#
# $$\text{logits} = h_T W + b$$
#
# By hand: the last state of the example is $(0.1344, 0.0849)$. One unit with weights $(2, -1)$ and
# bias $0.5$ gives $0.2688 - 0.0849 + 0.5 = 0.6839$.
#
# Frameworks put the sequences of a batch (배치) first: states then have shape (N, T, H). The steps
# are the axis *before the last* in both cases. An index that counts from the end finds it: `-2` is
# the axis of the steps, and `...` stands for all axes that you do not name.
#
# **Your turn.** Score the last state. Return the logits (로짓): no sigmoid, no softmax.


# %% solution="last_state_head"
def last_state_head(states, W, b):
    """Score the last state of one sequence or of many.

    states: shape (T, H), or (N, T, H) for N sequences. W: (H, C). b: (C,).
    Returns the logits, float64, shape (C,) or (N, C).
    """
    ### BEGIN SOLUTION
    logits = states[..., -1, :] @ W + b
    ### END SOLUTION
    return logits


# %% tests="last_state_head" points=1
states = np.array([[-0.3714, -0.3969], [0.3306, 0.4606], [0.1344, 0.0849]])
check_array(
    last_state_head(
        states, np.array([[2.0, 1.0, 0.0], [-1.0, 1.0, 10.0]]), np.array([0.5, 0.0, -1.0])
    ),
    [0.6839, 0.2193, -0.151],
    "last_state_head of the three states, with 3 outputs",
)

# %% tests="last_state_head" idea="many_sequences" points=2 hint="Try N = T = 4: last what?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(2)
states, W, b = rng.normal(size=(4, 4, 3)), rng.normal(size=(3, 2)), np.array([5.0, -7.0])
wanted = [(states[n, 3][:, None] * W).sum(axis=0) + b for n in range(4)]
check_array(last_state_head(states, W, b), wanted, "last_state_head with N = T = 4, H = 3, C = 2")
### END HIDDEN TESTS

# %% [markdown]
# ## 4. The vanishing product
#
# An error at the end must also teach the weights at the *start* of a sequence. The gradient walks
# back through all steps. How much of it arrives?
#
# Take a single unit without tanh: $h_t = w\,h_{t-1} + x_t$. If $h_{t-1}$ grows by a little, $h_t$
# grows $w$ times as much. The chain rule multiplies, once for each step:
#
# $$\frac{\partial h_T}{\partial h_{T-k}} = w^k$$
#
# By hand, $w = 0.5$: after 0, 1, 2 and 3 steps back 1, 0.5, 0.25 and 0.125 are left. And further
# on:
#
# | steps back | $w = 0.5$ | $w = 0.9$ | $w = 1$ | $w = 1.1$ |
# |---:|---:|---:|---:|---:|
# | 20 | 0.00000095 | 0.12 | 1 | 6.7 |
# | 50 | 0.0000000000000009 | 0.0052 | 1 | 117 |
#
# Below 1 the gradient vanishes (소실), above 1 it explodes (기울기 폭주). Only exactly 1 keeps it.
#
# **Your turn.** Compute a column of this table, for every number of steps from 0 to T.


# %% solution="gradient_product"
def gradient_product(w, T):
    """Follow a gradient back through T steps of the unit h_t = w * h_(t-1) + x_t.

    w: a number; it may be negative. T: how many steps, an integer of at least 0.
    Returns what is left after 0, 1, ..., T steps back, float64, shape (T + 1,). It begins with 1.
    """
    ### BEGIN SOLUTION
    left = float(w) ** np.arange(T + 1)
    ### END SOLUTION
    return left


# %% tests="gradient_product" points=1
check_array(gradient_product(0.5, 3), [1.0, 0.5, 0.25, 0.125], "gradient_product(0.5, 3)")

# %% tests="gradient_product" idea="other_factors" points=1 hint="Try w = -2, and then T = 0."
### BEGIN HIDDEN TESTS
check_array(gradient_product(-2, 5), [1.0, -2.0, 4.0, -8.0, 16.0, -32.0], "gradient_product(-2, 5)")
check_array(gradient_product(0.25, 0), [1.0], "gradient_product(0.25, 0)")
### END HIDDEN TESTS

# %% [markdown]
# With tanh it gets worse. The slope of tanh, written with its result, is $1 - h^2$: at most 1, and
# near 0 where the unit is saturated (포화). So one step back multiplies by
#
# $$\frac{\partial h_t}{\partial h_{t-1}} = w \,(1 - h_t^2)$$
#
# Mind the index: the factor from step $t$ back to $t-1$ has the *later* state, $h_t$.
#
# By hand: $w = 1.5$ and the states $h_1, h_2, h_3 = 0.5,\ 0.8,\ -0.6$. How much does $h_3$ depend
# on each?
#
# | back to | factor of the step | what is left |
# |---|---|---|
# | $h_3$ | | 1 |
# | $h_2$ | $1.5 \cdot (1 - 0.36) = 0.96$ | 0.96 |
# | $h_1$ | $1.5 \cdot (1 - 0.64) = 0.54$ | $0.96 \cdot 0.54 = 0.5184$ |
#
# **Your turn.** Walk back from the last state. This walk is called backpropagation through time
# (시간 역전파). With H units, the factor is a matrix, and all else is the same.


# %% solution="gradient_through_time"
def gradient_through_time(w, states):
    """Differentiate the last state of one tanh unit by each of its states.

    The unit: h_t = tanh(w * h_(t-1) + x_t). w: a number. states: the results h_1, ..., h_T after
    tanh, shape (T,), with T of at least 1.
    Returns d h_T / d h_t for t = 1, ..., T, in this order: float64, shape (T,). The last is 1.
    """
    ### BEGIN SOLUTION
    T = len(states)
    grads = np.ones(T)
    for t in range(T - 1, 0, -1):
        grads[t - 1] = grads[t] * w * (1 - states[t] ** 2)
    ### END SOLUTION
    return grads


# %% tests="gradient_through_time" points=1
check_array(
    gradient_through_time(1.5, np.array([0.5, 0.8, -0.6])),
    [0.5184, 0.96, 1.0],
    "gradient_through_time with w = 1.5 and three states",
    hint="Start with the 1 at the end. Which state belongs to the factor 0.96?",
)

# %% tests="gradient_through_time" idea="longer" points=2 hint="Try w = -0.9 and six states."
### BEGIN HIDDEN TESTS
states = np.array([0.9, -0.1, 0.4, -0.7, 0.2, 0.6])
wanted = [np.prod(-0.9 * (1 - states[t + 1 :] ** 2)) for t in range(6)]
check_array(gradient_through_time(-0.9, states), wanted, "gradient_through_time of six states")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** On the left, your `gradient_product`. The scale is logarithmic (로그): a
# straight line is a constant factor. On the right the same with tanh and random inputs: there $w =
# 1$ vanishes too. Last, a check by nudging: push $h_1$ a little, run the remaining steps with your
# `rnn_forward`, and see how far $h_T$ moves.

# %% show="vanishing"
T = 50
x = np.random.default_rng(4).normal(scale=0.6, size=(T, 1))
one = np.ones((1, 1))
without, walked = {}, {}
for w in (0.5, 0.9, 1.0, 1.1):
    without[w] = gradient_product(w, T)
    states = rnn_forward(x, np.zeros(1), one, w * one, np.zeros(1))[:, 0]
    walked[w] = gradient_through_time(w, states)

fig, axes = plt.subplots(1, 2, figsize=(10, 3.6), sharey=True, layout="constrained")
for w, colour in zip(without, ("blue", "green", "black", "vermillion"), strict=True):
    axes[0].plot(without[w], color=COLORS[colour], linewidth=2, label=f"w = {w}")
    axes[1].plot(walked[w][::-1], color=COLORS[colour], linewidth=2)
axes[0].set(title="without tanh", xlabel="steps back", ylabel="what is left of the gradient")
axes[1].set(title="with tanh", xlabel="steps back", yscale="log", ylim=(1e-8, 1e3))
axes[0].legend(loc="lower left")
plt.show()

h1, Wh, b = np.tanh(x[0]), 0.9 * one, np.zeros(1)
up, down = [rnn_forward(x[1:6], h1 + nudge, one, Wh, b)[-1, 0] for nudge in (1e-5, -1e-5)]
states = rnn_forward(x[:6], np.zeros(1), one, Wh, b)[:, 0]
print(f"by nudging h1:  {(up - down) / 2e-5:.6f}")
print(f"by your walk:   {gradient_through_time(0.9, states)[0]:.6f}")

# %% [markdown]
# An exploding gradient is easily stopped: if it is too long, shorten it. That is called clipping,
# in Keras `Adam(clipnorm=1.0)`. A vanished one cannot be made longer. What is lost is lost.
#
# The next cell is yours. Between vanishing and exploding there is not much room.

# %%
w = 1.05  # change this

print(f"w = {w}: after 100 steps {gradient_product(w, 100)[-1]:.3g} of the gradient is left")

# %% [markdown] picture="lstm_cell"
# ## 5. LSTM: a belt for memory
#
# The idea of the LSTM (장단기 기억, long short-term memory): give the memory a way of its own, like a
# belt, without a tanh and without a matrix on it.
#
# ![A flow chart of one step. Along the top, the belt: c = 0.3 goes through "times f" and through
# "plus" to the new c = 0.685. Below it four boxes, each fed by x and h: forget f = 0.632 leads to
# "times f"; input i = 0.603 and candidate g = 0.821 are multiplied and lead to "plus"; output
# o = 0.458 is multiplied with tanh of the new c and gives the new
# h = 0.272.](attachment:lstm_cell.png)
#
# The belt carries the cell state (셀 상태) $c$. Gates (게이트) are numbers between 0 and 1 that decide
# what happens to it:
#
# | name | asks | computed as |
# |---|---|---|
# | $i$, input gate | how much of the new? | $\sigma(\ldots)$ |
# | $f$, forget gate | how much of the old? | $\sigma(\ldots)$ |
# | $g$, candidate | what is new? | $\tanh(\ldots)$ |
# | $o$, output gate | how much to show? | $\sigma(\ldots)$ |
#
# In each pair of brackets stands the sum of section 1, with weights of its own. One product
# computes all four: `Wx` has shape (D, 4H), `Wh` (H, 4H), `b` (4H,). The first H columns belong to
# $i$, then come $f$, $g$ and $o$, as in Keras and PyTorch. Then
#
# $$c_t = f \cdot c_{t-1} + i \cdot g, \qquad h_t = o \cdot \tanh(c_t)$$
#
# By hand, with one unit: $x = (1, -0.5)$, $h = 0.2$, $c = 0.3$ and the weights of the next cell.
#
# | | $i$ | $f$ | $g$ | $o$ |
# |---|---:|---:|---:|---:|
# | $x W_x$ | 0.4 | -0.5 | 1.1 | -0.25 |
# | $h W_h$ | 0.02 | 0.04 | 0.06 | 0.08 |
# | $b$ | 0 | 1 | 0 | 0 |
# | sum | 0.42 | 0.54 | 1.16 | -0.17 |
# | gate | 0.6035 | 0.6318 | 0.8210 | 0.4576 |
#
# So $c = 0.6318 \cdot 0.3 + 0.6035 \cdot 0.8210 = 0.6850$, and
# $h = 0.4576 \cdot \tanh 0.6850 = 0.2722$.
#
# The 1 in $b$ is a custom: the forget gate should begin rather open, $\sigma(1) = 0.73$.
#
# **Your turn.** Compute the sum, cut it into four parts *along the last axis* (so that N sequences
# work too), and follow the picture.

# %% locked="small_lstm"
x_gates, h_gates, c_gates = np.array([1.0, -0.5]), np.array([0.2]), np.array([0.3])
Wx_gates = np.array([[0.5, -0.3, 0.8, 0.1], [0.2, 0.4, -0.6, 0.7]])
Wh_gates = np.array([[0.1, 0.2, 0.3, 0.4]])
b_gates = np.array([0.0, 1.0, 0.0, 0.0])


# %% solution="lstm_step"
def lstm_step(x, h, c, Wx, Wh, b):
    """Take one step of an LSTM layer.

    x: the input, shape (D,) or (N, D). h: the state, (H,) or (N, H). c: the cell state, as h.
    Wx: (D, 4H). Wh: (H, 4H). b: (4H,). Their columns are four blocks of H, in the order input i,
    forget f, candidate g, output o. i, f and o pass through the sigmoid, g through tanh.
    Returns (new_h, new_c), in this order, each float64 in the shape of h. Changes no argument.
    """
    ### BEGIN SOLUTION
    i, f, g, o = np.split(x @ Wx + h @ Wh + b, 4, axis=-1)
    new_c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    new_h = sigmoid(o) * np.tanh(new_c)
    ### END SOLUTION
    return new_h, new_c


# %% tests="lstm_step" points=2
new_h, new_c = lstm_step(x_gates, h_gates, c_gates, Wx_gates, Wh_gates, b_gates)
check_array(new_c, [0.6850275412], "the new c of the example", atol=1e-9)
check_array(new_h, [0.2721716859], "the new h of the example", atol=1e-9)

# %% tests="lstm_step" idea="three_units" points=2 hint="For H = 3, where does f begin?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(5)
x, h, c = rng.normal(size=2), rng.normal(size=3), rng.normal(size=3)
Wx, Wh, b = rng.normal(size=(2, 12)), rng.normal(size=(3, 12)), rng.normal(size=12)
sums = (x[:, None] * Wx).sum(axis=0) + (h[:, None] * Wh).sum(axis=0) + b
squeezed = 1 / (1 + np.exp(-sums))
wanted_c = squeezed[3:6] * c + squeezed[0:3] * np.tanh(sums[6:9])
new_h, new_c = lstm_step(x, h, c, Wx, Wh, b)
check_array(new_c, wanted_c, "the new c with D = 2 and H = 3")
check_array(new_h, squeezed[9:12] * np.tanh(wanted_c), "the new h with D = 2 and H = 3")
### END HIDDEN TESTS

# %% tests="lstm_step" idea="many_sequences" points=1 hint="Along which axis do you cut the sum?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(6)
x, h, c = rng.normal(size=(4, 3)), rng.normal(size=(4, 1)), rng.normal(size=(4, 1))
Wx, Wh, b = rng.normal(size=(3, 4)), rng.normal(size=(1, 4)), rng.normal(size=4)
sums = np.einsum("nd,dk->nk", x, Wx) + np.einsum("nu,uk->nk", h, Wh) + b
squeezed = 1 / (1 + np.exp(-sums))
wanted_c = squeezed[:, 1:2] * c + squeezed[:, 0:1] * np.tanh(sums[:, 2:3])
new_h, _ = lstm_step(x, h, c, Wx, Wh, b)
check_array(new_h, squeezed[:, 3:] * np.tanh(wanted_c), "the new h with N = 4, D = 3 and H = 1")
### END HIDDEN TESTS

# %% tests="lstm_step" idea="keeps_its_input" points=1 hint="Print c before and after the call."
### BEGIN HIDDEN TESTS
x, h, c = np.array([0.5]), np.array([0.25, -0.5]), np.array([1.0, -2.0])
Wx, Wh, b = np.arange(8.0).reshape(1, 8) / 8, np.arange(16.0).reshape(2, 8) / 9 - 1, np.ones(8)
sums = x @ Wx + h @ Wh + b
squeezed = 1 / (1 + np.exp(-sums))
wanted = squeezed[6:] * np.tanh(squeezed[2:4] * c + squeezed[:2] * np.tanh(sums[4:6]))
new_h, _ = lstm_step(x, h.copy(), c.copy(), Wx, Wh, b)
check_array(new_h, wanted, "the new h with D = 1 and H = 2")
check_unchanged(lambda: lstm_step(x, h, c, Wx, Wh, b), "lstm_step", h=h, c=c)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The picture once more, with *your* $c$ and $h$. Then an experiment: the
# gates are forced to $f \approx 1$ and $i \approx 0$ by a large bias, and noise comes in for 100
# steps.

# %% show="lstm_cell"
new_h, new_c = lstm_step(x_gates, h_gates, c_gates, Wx_gates, Wh_gates, b_gates)
i, f, g, o = x_gates @ Wx_gates + h_gates @ Wh_gates + b_gates

fig, ax = plt.subplots(figsize=(10, 4.3), layout="constrained")
tag = {"ha": "center", "va": "center", "fontsize": 12, "zorder": 3}
gate = {"boxstyle": "round,pad=0.45", "facecolor": "#d6e8f5", "edgecolor": "grey"}
state = gate | {"facecolor": "#fbe3c8"}
sign = {"boxstyle": "circle,pad=0.3", "facecolor": "white", "edgecolor": "black"}
words = [  # place, text, frame
    ((0, 3), f"c\n{c_gates[0]:.3f}", state),
    ((2, 3), "× f", sign),
    ((4.5, 3), "+", sign),
    ((7, 3), f"new c\n{new_c[0]:.3f}", state),
    ((2, 1), f"forget f\n{sigmoid(f):.3f}", gate),
    ((3.7, 1), f"input i\n{sigmoid(i):.3f}", gate),
    ((5.3, 1), f"candidate g\n{np.tanh(g):.3f}", gate),
    ((4.5, 2), "×", sign),
    ((7, 1), f"output o\n{sigmoid(o):.3f}", gate),
    ((7, 2), "×", sign),
    ((9, 2), f"new h\n{new_h[0]:.3f}", state),
    ((0, 0), "x and h", gate | {"facecolor": "whitesmoke"}),
]
for place, text, frame in words:
    ax.text(*place, text, bbox=frame, **tag)
# thin grey lines lead from x and h to the gates, thick orange ones are the belt
ax.plot([0, 7], [0, 0], color="grey", zorder=1)
thin = {"arrowstyle": "-|>", "color": "black", "shrinkA": 0, "shrinkB": 0}
for place in (2, 3.7, 5.3, 7):
    ax.annotate("", (place, 0.74), (place, 0), arrowprops=thin | {"color": "grey"}, zorder=1)
for start, end in (
    ((2, 1.2), (2, 2.82)),
    ((3.85, 1.2), (4.4, 1.87)),
    ((5.15, 1.2), (4.6, 1.87)),
    ((4.5, 2.1), (4.5, 2.87)),
    ((7, 1.2), (7, 1.86)),
    ((7, 2.8), (7, 2.14)),
    ((7.1, 2), (8.66, 2)),
):
    ax.annotate("", end, start, arrowprops=thin, zorder=1)
belt = thin | {"color": COLORS["orange"], "lw": 4}
for start, end in ((0.3, 1.8), (2.1, 4.36), (4.6, 6.65), (7.3, 9.4)):
    ax.annotate("", (end, 3), (start, 3), arrowprops=belt, zorder=1)
ax.text(7.1, 2.45, "tanh", ha="left", va="center", fontsize=12)
ax.text(3.3, 3.25, "the belt", ha="center", color=COLORS["vermillion"], fontsize=12)
ax.set(xlim=(-0.6, 9.6), ylim=(-0.4, 3.5))
ax.axis("off")
plt.show()

shut = np.array([-10.0, 10.0, 0.0, 0.0])  # input gate shut, forget gate open
h, c = np.zeros(1), np.array([0.7])
for noise in np.random.default_rng(7).normal(size=(100, 2)):
    h, c = lstm_step(noise, h, c, Wx_gates, Wh_gates, shut)
print(f"c was 0.700, and after 100 noisy steps it is {c[0]:.3f}")

# %% [markdown]
# On the belt, one step back multiplies the gradient by $f$ and by nothing else:
#
# $$\frac{\partial c_t}{\partial c_{t-1}} = f \qquad \text{(along the belt)}$$
#
# If the network learns $f = 0.99$, then $0.99^{50} = 0.6$ of the gradient is left after 50 steps.
# It can also learn *when* to be 0. No fixed $w$ can do both.
#
# ## 6. GRU: the same with less
#
# The GRU (게이트 순환 유닛, gated recurrent unit) has no $c$. It keeps its memory in $h$, with two
# gates and a candidate $n$. `Wx` has shape (D, 3H), `Wh` (H, 3H), in the order $z$, $r$, $n$:
#
# $$z = \sigma(x W_{xz} + h W_{hz}), \quad r = \sigma(x W_{xr} + h W_{hr}), \quad
# n = \tanh(x W_{xn} + r \cdot (h W_{hn}))$$
#
# $$h_t = (1 - z) \cdot n + z \cdot h_{t-1}$$
#
# The update gate (업데이트 게이트) $z$ is $f$ and $i$ in one: what is kept of the old is not taken of
# the new. The reset gate (리셋 게이트) $r$ decides how much of the old the candidate may see.
#
# By hand, with the numbers from above, the first three columns and no bias: $z = \sigma(0.42)
# = 0.6035$. $r = \sigma(-0.46) = 0.3870$. $n = \tanh(1.1 + 0.3870 \cdot 0.06) = 0.8087$. So
# $h = 0.3965 \cdot 0.8087 + 0.6035 \cdot 0.2 = 0.4414$.
#
# (Two conventions are about. The first paper swaps the roles of $z$ and $1 - z$, and multiplies $r$
# with $h$ *before* the product with $W_{hn}$. The formulas above are those of Keras and PyTorch.)
#
# **Your turn.** You need $h W_{hn}$ by itself. So keep `x @ Wx` and `h @ Wh` apart at first.


# %% solution="gru_step"
def gru_step(x, h, Wx, Wh):
    """Take one step of a GRU layer without biases.

    x: the input, shape (D,) or (N, D). h: the state, (H,) or (N, H). Wx: (D, 3H). Wh: (H, 3H).
    Their columns are three blocks of H, in the order update z, reset r, candidate n. The reset
    gate multiplies the product h @ (its n block of Wh), as in the formula above.
    Returns the new state (1 - z) * n + z * h, float64, in the shape of h. Changes no argument.
    """
    ### BEGIN SOLUTION
    xz, xr, xn = np.split(x @ Wx, 3, axis=-1)
    hz, hr, hn = np.split(h @ Wh, 3, axis=-1)
    z, r = sigmoid(xz + hz), sigmoid(xr + hr)
    n = np.tanh(xn + r * hn)
    new_h = (1 - z) * n + z * h
    ### END SOLUTION
    return new_h


# %% tests="gru_step" points=1
check_array(
    gru_step(x_gates, h_gates, Wx_gates[:, :3], Wh_gates[:, :3]),
    [0.4413540891],
    "gru_step of the example",
    atol=1e-9,
    hint="Print z, r and n, and compare with 0.6035, 0.3870 and 0.8087",
)

# %% tests="gru_step" idea="three_units" points=2 hint="Try H = 3: what exactly does r multiply?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(8)
x, h = np.array([2, -1]), np.array([1, -3, 2])
Wx, Wh = 0.5 * rng.normal(size=(2, 9)), 0.5 * rng.normal(size=(3, 9))
from_x, from_h = (x[:, None] * Wx).sum(axis=0), (h[:, None] * Wh).sum(axis=0)
z = 1 / (1 + np.exp(-from_x[:3] - from_h[:3]))
r = 1 / (1 + np.exp(-from_x[3:6] - from_h[3:6]))
wanted = (1 - z) * np.tanh(from_x[6:] + r * from_h[6:]) + z * h
check_array(gru_step(x, h, Wx, Wh), wanted, "gru_step of integers, with D = 2 and H = 3")
### END HIDDEN TESTS

# %% tests="gru_step" idea="many_sequences" points=1 hint="Along which axis do you cut?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(9)
x, h = rng.normal(size=(3, 2)), rng.normal(size=(3, 1))
Wx, Wh = rng.normal(size=(2, 3)), rng.normal(size=(1, 3))
from_x, from_h = np.einsum("nd,dk->nk", x, Wx), h * Wh
z = 1 / (1 + np.exp(-from_x[:, :1] - from_h[:, :1]))
r = 1 / (1 + np.exp(-from_x[:, 1:2] - from_h[:, 1:2]))
wanted = (1 - z) * np.tanh(from_x[:, 2:] + r * from_h[:, 2:]) + z * h
check_array(gru_step(x, h, Wx, Wh), wanted, "gru_step with N = 3, D = 2 and H = 1")
### END HIDDEN TESTS

# %% [markdown]
# ## 7. Counting
#
# How many numbers does a layer learn? One block, as in section 1, has `Wx`, `Wh` and `b`:
#
# $$D \cdot H + H \cdot H + H = H\,(D + H + 1)$$
#
# | layer | blocks | for D = 3, H = 2 |
# |---|---|---|
# | RNN | 1 | $2 \cdot (3 + 2 + 1) = 12$ |
# | LSTM | 4: i, f, g, o | $4 \cdot 12 = 48$ |
# | GRU | 3: z, r, n | $3 \cdot 2 \cdot (3 + 2 + 2) = 42$ |
#
# The GRU of Keras has *two* biases in each block, one beside `Wx` and one beside `Wh`. Hence the
# second 2 in its brackets. (Ours had none.) The number of steps T stands nowhere: the weights are
# the same in all of them.


# %% solution="recurrent_params"
def recurrent_params(kind, D, H):
    """Count the parameters of a recurrent layer of Keras.

    kind: "rnn", "lstm" or "gru", the last with two biases in each block. D: how many numbers come
    in at each step. H: how many units.
    Returns an integer. Raises ValueError for any other kind.
    """
    ### BEGIN SOLUTION
    blocks_and_biases = {"rnn": (1, 1), "lstm": (4, 1), "gru": (3, 2)}
    if kind not in blocks_and_biases:
        raise ValueError(f"{kind!r} is none of {', '.join(blocks_and_biases)}")
    blocks, biases = blocks_and_biases[kind]
    count = blocks * H * (D + H + biases)
    ### END SOLUTION
    return count


# %% tests="recurrent_params" points=1
check_equal(
    [recurrent_params(kind, 3, 2) for kind in ("rnn", "lstm", "gru")],
    [12, 48, 42],
    "the parameters of rnn, lstm and gru, with D = 3 and H = 2",
)

# %% tests="recurrent_params" idea="other_sizes" points=1 hint="Try D = 1 and H = 100."
### BEGIN HIDDEN TESTS
check_equal(
    [recurrent_params(kind, 1, 100) for kind in ("rnn", "lstm", "gru")],
    [10200, 40800, 30900],
    "the parameters of rnn, lstm and gru, with D = 1 and H = 100",
)
### END HIDDEN TESTS

# %% tests="recurrent_params" idea="other_kinds" points=1 hint="What does the docstring refuse?"
### BEGIN HIDDEN TESTS
check_raises(ValueError, lambda: recurrent_params("cnn", 3, 2), 'recurrent_params("cnn", 3, 2)')
### END HIDDEN TESTS

# %% [markdown]
# ## 8. In Keras: keep the marked number
#
# Now a task that needs a memory. Each step brings two numbers: a random value, and a mark. One step
# of the sequence is marked. The question comes at the end: is the *marked* value positive?
#
# | step | 1 | 2 | 3 | 4 | 5 | 6 |
# |---|---:|---:|---:|---:|---:|---:|
# | value | 0.3 | **-1.2** | 0.8 | -0.1 | 0.5 | 1.1 |
# | mark | 0 | **1** | 0 | 0 | 0 | 0 |
#
# The answer here is no, 0. The network has to notice the mark, keep the sign, and let nothing that
# comes after it in. The next cell makes such sequences of 20 steps, as Keras wants them: float32,
# shape (N, T, D), and labels (레이블) of shape (N, 1). `last` says how near to the end the mark is.

# %% locked="marked_sequences"
T_marked = 20


def marked_sequences(n, last, *, rng):
    """Make n sequences (n, 20, 2), one of the `last` steps of each marked, and labels (n, 1)."""
    X = np.zeros((n, T_marked, 2), dtype="float32")
    X[:, :, 0] = rng.normal(size=(n, T_marked))
    marked = rng.integers(T_marked - last, T_marked, size=n)
    X[np.arange(n), marked, 1] = 1
    labels = (X[np.arange(n), marked, 0] > 0).astype("float32")
    return X, labels[:, np.newaxis]


# %% [markdown]
# Keras' layers are what you wrote:
#
# | layer | you wrote | output |
# |---|---|---|
# | `layers.Input((T, D))` | | (T, D) |
# | `layers.SimpleRNN(units)` | `rnn_forward` | (units,), the last state |
# | or `layers.LSTM(units)` | `lstm_step`, T times | (units,), the last state |
# | or `layers.GRU(units)` | `gru_step`, T times | (units,), the last state |
# | `layers.Dense(1, …)` with sigmoid | `last_state_head` | (1,) |
#
# A recurrent layer returns its last state only. With `return_sequences=True` it would return all T
# of them, which a second recurrent layer on top would need. A question with yes or no needs one
# unit, sigmoid, and the loss `"binary_crossentropy"`, as on day 5.
#
# By hand, for an LSTM of 8 units and $D = 2$: $4 \cdot 8 \cdot (2 + 8 + 1) = 352$, and the head
# $8 + 1 = 9$. Together 361.
#
# **Your turn.** Build with `keras.Sequential([…])`, then compile.


# %% solution="build_recurrent"
def build_recurrent(kind, T, D, units, seed=0):
    """Build and compile a network that answers yes or no at the end of a sequence.

    kind: "rnn" (layers.SimpleRNN), "lstm" or "gru". T: steps, D: numbers a step, units: of the
    recurrent layer. seed: decides the first weights.
    Returns a compiled keras.Sequential with the layers of the table above, in that order; the
    recurrent layer with all other settings as Keras has them. The optimizer is
    keras.optimizers.Adam(learning_rate=0.02), the loss is given by its name,
    "binary_crossentropy".
    """
    seed_keras(seed)
    ### BEGIN SOLUTION
    kinds = {"rnn": layers.SimpleRNN, "lstm": layers.LSTM, "gru": layers.GRU}
    model = keras.Sequential(
        [layers.Input((T, D)), kinds[kind](units), layers.Dense(1, activation="sigmoid")]
    )
    optimizer = keras.optimizers.Adam(learning_rate=0.02)
    model.compile(optimizer=optimizer, loss="binary_crossentropy")
    ### END SOLUTION
    return model


# %% tests="build_recurrent" points=1 timeout=30
model = build_recurrent("lstm", 20, 2, 8)
check_equal(model.count_params(), 361, "the parameters of an LSTM of 8 units with its head")
check_equal(model.loss, "binary_crossentropy", "the loss")

# %% tests="build_recurrent" idea="other_kinds" points=1 timeout=30 hint="Count both by hand."
### BEGIN HIDDEN TESTS
check_equal(
    [build_recurrent(kind, 20, 2, 4).count_params() for kind in ("rnn", "gru")],
    [33, 101],
    "the parameters of an RNN and of a GRU, with 4 units and a head",
)
### END HIDDEN TESTS

# %% tests="build_recurrent" idea="answers" points=2 timeout=30 hint="Which state meets which head?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(10)
Wx, Wh, b = rng.normal(size=(2, 32)), 0.4 * rng.normal(size=(8, 32)), rng.normal(size=32)
W, head_b = rng.normal(size=(8, 1)), np.array([0.3])
model = build_recurrent("lstm", T=20, D=2, units=8)
model.set_weights([values.astype("float32") for values in (Wx, Wh, b, W, head_b)])
X = rng.normal(size=(32, 20, 2))
h = c = np.zeros((32, 8))
for t in range(20):
    i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + b, 4, axis=1)
    c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
    h = np.tanh(c) / (1 + np.exp(-o))
wanted = 1 / (1 + np.exp(-(h @ W + head_b)))
answer = model.predict(X.astype("float32"), verbose=0)
check_array(answer, wanted, "an LSTM with known weights", rtol=1e-3, atol=1e-4)
### END HIDDEN TESTS

# %% tests="build_recurrent" idea="learns" points=2 timeout=30 hint="Does Adam take steps of 0.02?"
### BEGIN HIDDEN TESTS
X, labels = marked_sequences(600, 20, rng=np.random.default_rng(11))
fresh, truth = marked_sequences(320, 20, rng=np.random.default_rng(12))
model = build_recurrent("lstm", 20, 2, 8, seed=1)
model.fit(X, labels, epochs=9, batch_size=40, verbose=0)
given = model.predict(fresh, verbose=0)
right = ((given > 0.5) == (truth > 0.5)) & (given >= 0) & (given <= 1)
check_equal(bool(right.mean() > 0.75), True, "more than 75 % right among fresh sequences")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Three networks with 8 units learn the task: an RNN if the mark is one of
# the last 4 steps, an RNN if it may be any of the 20, and an LSTM if it may be any of the 20. Then
# we take the weights of the last two out of Keras, give them to *your* functions, and walk back
# through one sequence. This takes some seconds. **Guess first:** which of the three fails?


# %% show="marked_number" timeout=90
def left_in_rnn(x, Wx, Wh, b):
    """How much of the gradient of the last state is left, 0, 1, ... steps back."""
    left, product = [], np.eye(len(b))
    for h in rnn_forward(x, np.zeros(len(b)), Wx, Wh, b)[::-1]:
        left.append(np.linalg.norm(product, 2))
        product = (Wh * (1 - h**2)) @ product  # section 4, with matrices
    return left


def left_on_the_belt(x, Wx, Wh, b):
    """The same for the cell state of an LSTM: the product of f, for the unit that keeps best."""
    units = len(b) // 4
    h = c = np.zeros(units)
    forget = []
    for step in x:
        forget.append(sigmoid((step @ Wx + h @ Wh + b)[units : 2 * units]))
        h, c = lstm_step(step, h, c, Wx, Wh, b)
    left = np.cumprod([np.ones(units), *forget[:0:-1]], axis=0)
    return left[:, np.argmax(left[-1])]


shares, left = {}, {}
for kind, last in (("rnn", 4), ("rnn", T_marked), ("lstm", T_marked)):
    X, labels = marked_sequences(600, last, rng=np.random.default_rng(0))
    fresh, truth = marked_sequences(960, last, rng=np.random.default_rng(1))
    model = build_recurrent(kind, T_marked, 2, 8, seed=0)
    model.fit(X, labels, epochs=14, batch_size=40, verbose=0)
    answer = model.predict(fresh, verbose=0)
    shares[f"{kind.upper()}\nmark in last {last}"] = np.mean((answer > 0.5) == (truth > 0.5))
    Wx, Wh, b = [np.asarray(values) for values in model.layers[0].weights]
    x = fresh[0].astype(float)
    x[:, 1] = np.arange(T_marked) == 0  # only the first step is marked
    left[kind] = (left_in_rnn if kind == "rnn" else left_on_the_belt)(x, Wx, Wh, b)

fig, (bars, lines) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
colours = [COLORS["vermillion"], COLORS["vermillion"], COLORS["blue"]]
drawn = bars.bar(list(shares), list(shares.values()), color=colours, width=0.6)
bars.bar_label(drawn, fmt="{:.0%}", padding=2, fontsize=11)
bars.axhline(0.5, color="black", linestyle=":")
bars.set(title="dotted: guessing", ylabel="right answers", ylim=(0, 1.12), yticks=[0, 0.5, 1])
for kind, colour in (("rnn", "vermillion"), ("lstm", "blue")):
    name = f"{kind.upper()}, {recurrent_params(kind, 2, 8)} parameters"
    lines.plot(left[kind], color=COLORS[colour], linewidth=2, label=name)
lines.set(title="a long way back", xlabel="steps back", ylabel="what is left of the gradient")
lines.set(yscale="log", ylim=(1e-4, 5))
lines.set_xticks(range(0, 20, 5))
lines.legend(loc="lower left")
plt.show()

h = c = np.zeros((960, 8))
for t in range(T_marked):
    h, c = lstm_step(fresh[:, t], h, c, Wx, Wh, b)
W, head_b = [np.asarray(values) for values in model.layers[1].weights]
by_hand = sigmoid(last_state_head(h[:, np.newaxis], W, head_b))
print("your LSTM and Keras agree:", np.allclose(by_hand, answer, atol=1e-4))

# %% [markdown]
# The RNN learns what happened in the last 4 steps. If the mark may lie 20 steps back, it guesses:
# little of the gradient gets back that far, and every value that comes in disturbs what was kept.
# The LSTM has learned to hold a forget gate near 1 after the mark. (With another seed, more data or
# more patience the RNN now and then finds the way too. Gates make it easy.)

# %% [markdown] manual="why_the_lstm_keeps" points=2
# **In your own words.**
#
# 1. In an RNN, the gradient shrinks or grows with every step back. Which factor does a step
#    contribute, and why does it nearly always end in vanishing or exploding?
# 2. Which factor does a step contribute along the belt of an LSTM? Why may it stay near 1 for many
#    steps, and still become 0 where that is useful?
#
# Two or three lines each; one point each.
#
# ### BEGIN SOLUTION
# 1. Each step multiplies by $W_h$ (for one unit, $w$) and by the slope of tanh, $1 - h_t^2$. The
#    weight is the same in every step, so the product is about a power: factors below 1 vanish,
#    factors above 1 explode, and only exactly 1 would keep it. The slope is at most 1, which pulls
#    the product further down.
# 2. Along the belt the factor is the forget gate $f$, without a matrix and without tanh. $f$ is
#    computed anew in each step from $x$ and $h$, so it is not one fixed number: the network can
#    learn to hold it near 1 while there is something to keep, and near 0 when the old is to be
#    forgotten, for example when a mark comes in.
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Run an RNN by hand: one line for a step, one loop for a sequence, no loop for a batch.
# - Say what is left of a gradient after T steps, with and without tanh.
# - Write an LSTM and a GRU from their gates, and count what they have to learn.
# - Build them in Keras, and prove with your own functions that it computes the same.
#
# What remains is optional: a day with two frameworks, TensorFlow and PyTorch, and what they do
# under the hood.

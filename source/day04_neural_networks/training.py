# %% [markdown] picture="overfitting"
# # Training: optimisers and regularization
#
# **Time** about 90 minutes · **Points** 42 · **You need** gradient descent (경사하강법) from day 3,
# the penalties L2 and L1 from day 2, and the network of the notebook before this one
#
# A network that can learn anything can also learn by heart. Here are two runs of one network, on 40
# points of which every tenth has the wrong label. You will draw this picture at the end:
#
# ![Left: loss over 300 epochs. Without regularization the training loss falls to 0.1, while the
# validation loss turns round and climbs. With L2 and dropout both come down together. Middle:
# without regularization the boundary bends around single points. Right: with it, one smooth
# bend.](attachment:overfitting.png)
#
# Circles belong on brown, triangles on purple. Solid lines are the loss on these 40 points, dashed
# lines that on 400 new ones. Blue, without regularization, knows its points by heart and forgets
# the question: overfitting (과적합). Orange generalises (일반화).
#
# At the end of this notebook you will be able to
#
# - train in small random batches, with momentum, RMSprop, Adam and a falling learning rate;
# - say where to start, and why deep networks need it;
# - measure fairly, with folds, and see a leak;
# - keep a network honest: stop in time, penalise weights, drop units.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 A few rows at a time | `minibatches` | 7 | 4 |
# | 2 Momentum | `sgd_momentum` | 8 | 4 |
# | 3 RMSprop and Adam | `adam` | 13 | 5 |
# | 4 A rate that falls | `step_decay` | 5 | 2 |
# | 5 Where to start, batch normalization | `batchnorm_forward` | 12 | 4 |
# | 6 A fair measure | `standardized_fold` | 10 | 4 |
# | 7 Stop in time | `early_stopping` | 9 | 5 |
# | 8 Small weights | `penalty_grad` | 8 | 4 |
# | 9 Dropout | `dropout` | 10 | 7 |
# | 10 All together | an answer in words | 8 | 3 |
#
# As before: return new arrays, leave the arguments as they are, take integers too. Each function
# is short: two to eight lines.

# %% [markdown]
# **Tools.** NumPy computes, Matplotlib draws. From our own `course` come checks, the table of exam
# scores and a palette of colours. Run this cell and move on.

# %% locked="setup"
import matplotlib.pyplot as plt
import numpy as np

from course.checks import check_array, check_close, check_equal, check_raises, check_unchanged
from course.datasets import load_score
from course.plots import COLORS

# %% [markdown]
# ## 1. A few rows at a time
#
# One step of gradient descent used *all* rows. With 60 000 images that is slow, and needless: 64
# images already tell roughly where downhill is. So shuffle the rows, cut them into minibatches
# (미니배치), and take one step for each. When all rows were used once, an epoch (에포크) is over. For
# the next one, shuffle again. This is stochastic gradient descent, SGD (확률적 경사하강법).
#
# ```text
# rows            0 1 2 3 4 5 6 7 8 9
# shuffled        4 8 1 5 0 9 2 6 7 3
# batches of 4   [4 8 1 5] [0 9 2 6] [7 3]      the last one takes what is left
# ```
#
# By hand, for the lecture's `fit(x, y, batch_size=64, epochs=2)` on 60 000 rows: 937 batches of 64
# make 59 968, so one batch of 32 remains. That is 938 steps an epoch, 1876 in all, instead of 2.
#
# **Your turn.** `rng.permutation(n)` shuffles the numbers 0 to n − 1. Why shuffle *rows*? A table
# is often sorted, and a batch of one class alone points nowhere useful.


# %% solution="minibatches"
def minibatches(n, batch_size, rng):
    """Cut the row numbers 0..n-1 into random batches for one epoch.

    n: how many rows. batch_size: how many in a batch. Both are positive integers. rng: a NumPy
    random Generator, the only source of chance.
    Returns a list of integer arrays of batch_size row numbers each; only the last one is shorter
    if n is no multiple. No array is empty. Every row number occurs exactly once.
    """
    ### BEGIN SOLUTION
    order = rng.permutation(n)
    batches = [order[start : start + batch_size] for start in range(0, n, batch_size)]
    ### END SOLUTION
    return batches


# %% tests="minibatches" points=1
batches = minibatches(10, 4, np.random.default_rng(0))
check_equal([len(batch) for batch in batches], [4, 4, 2], "the sizes of 10 rows in batches of 4")
check_array(
    np.sort(np.concatenate(batches)),
    np.arange(10),
    "all row numbers of minibatches(10, 4), sorted",
    hint="Every row occurs exactly once",
)

# %% tests="minibatches" idea="other_sizes" points=1 hint="Try 6 rows in batches of 3, and 3 rows in batches of 5."
### BEGIN HIDDEN TESTS
sizes = [len(batch) for batch in minibatches(6, 3, np.random.default_rng(1))]
check_equal(sizes, [3, 3], "the sizes of 6 rows in batches of 3")
only = minibatches(3, 5, np.random.default_rng(2))[0]
check_array(np.sort(only), [0, 1, 2], "the only batch of 3 rows in batches of 5, sorted")
### END HIDDEN TESTS

# %% tests="minibatches" idea="shuffled_rows" points=1 hint="What is shuffled: rows, or whole batches? Print the batches of 60 rows."
### BEGIN HIDDEN TESTS
batches = minibatches(60, 6, np.random.default_rng(3))
mixed = sum(int(len(batch) == 6 and np.max(batch) - np.min(batch) > 5) for batch in batches)
check_equal(mixed, 10, "batches of 6 that hold more than 6 neighbouring rows")
### END HIDDEN TESTS

# %% tests="minibatches" idea="next_epoch" points=1 hint="Call it twice with the same rng. Does the second epoch go another way?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(4)
first, second = (np.concatenate(minibatches(200, 10, rng)) for _ in range(2))
moved = ((first < second) | (first > second)).mean()
check_close(moved, 1.0, "share of rows at another place in the next epoch", atol=0.1)
### END HIDDEN TESTS

# %% [markdown] picture="bowl"
# ## 2. Momentum
#
# The cost of a network is rarely a round bowl. Mostly it is a long valley: steep across, flat
# along. Here are 50 steps down such a valley, with the tools of this part and the next.
#
# ![Left: contour lines of a long flat valley, and four ways from the left end towards the middle.
# Gradient descent zigzags between the walls and stays behind. Momentum and Adam swing in long waves
# and pass the middle a little. RMSprop soon walks straight along the floor. Right: the cost over
# the steps, on a logarithmic axis; gradient descent is the slowest.](attachment:bowl.png)
#
# Plain gradient descent looks at the slope under its feet and forgets the rest. A ball does
# better: it keeps its velocity (속도). Swings across the valley cancel out. Steps along it add up.
# That is momentum (모멘텀):
#
# $$v \leftarrow \mu v - \alpha \cdot \text{gradient}, \qquad w \leftarrow w + v$$
#
# $\mu$, usually 0.9, says how much of the last step is kept; $\alpha$ is the learning rate (학습률).
#
# By hand, day 3's example: $f(w) = (w - 1)^2$ from $w = 5$, with $\alpha = 0.1$. The gradient is
# $2(w - 1)$, so 8 at first.
#
# | step | gradient | $v$ | $w$ | without momentum |
# |---:|---:|---:|---:|---:|
# | 1 | 8 | $0 - 0.8 = -0.8$ | 4.2 | 4.2 |
# | 2 | 6.4 | $-0.72 - 0.64 = -1.36$ | 2.84 | 3.56 |
# | 3 | 3.68 | $-1.224 - 0.368 = -1.592$ | 1.248 | 3.048 |
# | 4 | 0.496 | $-1.4328 - 0.0496 = -1.4824$ | -0.2344 | 2.6384 |
# | 5 | -2.4688 | $-1.3342 + 0.2469 = -1.0873$ | -1.3217 | 2.3107 |
#
# It is faster, and it overshoots: the lowest point is 1. Like a ball, it swings back.
#
# **Your turn.** Books disagree about $v$. For some it has the other sign and no learning rate in
# it. Ours is Keras's: $v$ is the step itself, what is added to $w$.


# %% solution="sgd_momentum"
def sgd_momentum(w, gradient, velocity, learning_rate, momentum=0.9):
    """Take one step with momentum.

    w: the weights, an array of any shape. gradient: the slope of the cost at w, same shape.
    velocity: the step before this one, same shape; zeros at the start. learning_rate, momentum:
    numbers; momentum is the share of the last step that is kept.
    Returns (w, velocity): the new weights, and the step that led to them, learning rate included.
    Both are new float64 arrays. Changes no argument.
    """
    ### BEGIN SOLUTION
    velocity = momentum * velocity - learning_rate * gradient
    w = w + velocity
    ### END SOLUTION
    return w, velocity


# %% tests="sgd_momentum" points=1
w, velocity, path = np.array([5.0]), np.array([0.0]), []
for _ in range(5):
    w, velocity = sgd_momentum(w, 2 * (w - 1), velocity, 0.1)
    path.append(w[0])
check_array(
    np.array(path),
    [4.2, 2.84, 1.248, -0.2344, -1.32168],
    "w after 1 to 5 steps with momentum",
    hint="The table above has every velocity on the way",
)

# %% tests="sgd_momentum" idea="velocity" points=1 hint="Which sign and which size has the velocity in the table?"
### BEGIN HIDDEN TESTS
gradient = np.array([[2.0, -4.0, 1.0], [0.0, 3.0, -8.0]])
velocity = np.array([[1.0, 0.5, -2.0], [4.0, -1.0, 0.25]])
_, got = sgd_momentum(np.ones((2, 3)), gradient, velocity, 0.5)
check_array(got, 0.9 * velocity - gradient / 2, "the velocity of 6 weights")
### END HIDDEN TESTS

# %% tests="sgd_momentum" idea="other_momentum" points=1 hint="Try momentum = 0.25, and learning_rate = 2."
### BEGIN HIDDEN TESTS
w, gradient, velocity = np.array([1, -2, 7]), np.array([3, 1, -2]), np.array([-4, 8, 12])
got, _ = sgd_momentum(w, gradient, velocity, 2.0, momentum=0.25)
check_array(got, [-6.0, -2.0, 14.0], "w with momentum = 0.25 and integers")
### END HIDDEN TESTS

# %% tests="sgd_momentum" idea="keeps_its_input" points=1 hint="Print w and velocity before and after the call."
### BEGIN HIDDEN TESTS
w, gradient, velocity = np.array([1.0, -2.0]), np.array([3.0, 0.5]), np.array([-0.5, 2.0])
check_unchanged(
    lambda: sgd_momentum(w, gradient, velocity, 0.5),
    "sgd_momentum",
    w=w,
    gradient=gradient,
    velocity=velocity,
)
check_array(sgd_momentum(w, gradient, velocity, 0.5)[0], [-0.95, -0.45], "w, called again")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. RMSprop and Adam
#
# Another cure for the valley: a step size of its own for each weight. Where gradients are large,
# divide by something large. RMSprop keeps a running average of the *squared* gradient and divides
# by its root:
#
# $$s \leftarrow \rho s + (1 - \rho)\, \text{gradient}^2, \qquad
# w \leftarrow w - \alpha \cdot \frac{\text{gradient}}{\sqrt{s} + \epsilon}$$
#
# ($\epsilon = 10^{-8}$ only keeps us from dividing by 0.) By hand, with $\rho = 0.9$, from 5 again:
# $s = 0.9 \cdot 0 + 0.1 \cdot 64 = 6.4$, its root is 2.5298, so
# $w = 5 - 0.1 \cdot 8 / 2.5298 = 4.6838$. Then 4.4635 and 4.2839. The lecture's `compile` uses it.
# This one is written for you; read it:


# %% locked="rmsprop"
def rmsprop(w, gradient, s, learning_rate, rho=0.9, eps=1e-8):
    """Take one step with RMSprop. Returns (w, s), s being the average of the squared gradients."""
    s = rho * s + (1 - rho) * gradient**2
    w = w - learning_rate * gradient / (np.sqrt(s) + eps)
    return w, s


# %% [markdown]
# Adam, the favourite of the frameworks, does both. $m$ averages the gradients, as momentum does.
# $v$ averages their squares, as RMSprop does:
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\, \text{gradient}, \qquad
# v \leftarrow \beta_2 v + (1 - \beta_2)\, \text{gradient}^2$$
#
# Both start at 0, so at first they are far too small. Dividing by $1 - \beta^t$ mends that; $t$
# counts the steps from 1:
#
# $$\hat m = \frac{m}{1 - \beta_1^t}, \qquad \hat v = \frac{v}{1 - \beta_2^t}, \qquad
# w \leftarrow w - \alpha \cdot \frac{\hat m}{\sqrt{\hat v} + \epsilon}$$
#
# By hand, from 5, with $\beta_1 = 0.9$, $\beta_2 = 0.999$, $\alpha = 0.1$:
#
# | $t$ | gradient | $m$ | $v$ | $\hat m$ | $\hat v$ | $w$ |
# |---:|---:|---:|---:|---:|---:|---:|
# | 1 | 8 | 0.8 | 0.064 | $0.8 / 0.1 = 8$ | $0.064 / 0.001 = 64$ | $5 - 0.1 \cdot 8/8 = 4.9$ |
# | 2 | 7.8 | 1.5 | 0.12478 | $1.5 / 0.19 = 7.895$ | $62.42$ | 4.8001 |
#
# The first step is always as long as the learning rate, whatever the gradient. A gradient of 8000
# would give 4.9 as well.
#
# **Your turn.** A step needs $m$, $v$ and $t$ of the step before. They travel in a dictionary, the
# state. Remember $m$ and $v$ as they are, *without* the correction.


# %% solution="adam"
def adam(w, gradient, state, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Take one step with Adam.

    w: the weights, an array of any shape. gradient: the slope of the cost at w, same shape.
    state: a dictionary, "m" and "v" (arrays like w, before correction) and "t" (an integer, the
    steps taken so far). At the start both arrays are zeros and "t" is 0.
    Returns (w, state): the new weights, float64, and a new dictionary with the same three keys,
    for the next step. eps is added to the root. Changes no argument.
    """
    ### BEGIN SOLUTION
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * gradient
    v = beta2 * state["v"] + (1 - beta2) * gradient**2
    m_fair = m / (1 - beta1**t)
    v_fair = v / (1 - beta2**t)
    w = w - learning_rate * m_fair / (np.sqrt(v_fair) + eps)
    state = {"m": m, "v": v, "t": t}
    ### END SOLUTION
    return w, state


# %% tests="adam" points=2
w, state, path = np.array([5.0]), {"m": np.zeros(1), "v": np.zeros(1), "t": 0}, []
for _ in range(5):
    w, state = adam(w, 2 * (w - 1), state, 0.1)
    path.append(w[0])
check_array(
    np.array(path),
    [4.9, 4.8000739951, 4.7002738443, 4.6006532204, 4.5012675296],
    "w after 1 to 5 steps with Adam",
    atol=1e-8,
    hint="Compare m, v and t of the first two steps with the table",
)

# %% tests="adam" idea="many_weights" points=1 hint="Does each weight have its own m and v? Try w of shape (2, 3), step 7 and 8."
### BEGIN HIDDEN TESTS
start = np.array([[1.0, -2.0, 0.5], [4.0, 0.0, -3.0]])
m0 = np.array([[0.3, -0.2, 0.1], [0.0, 0.8, -0.5]])
v0 = np.array([[0.2, 0.05, 0.4], [0.01, 0.3, 0.6]])
gradient = np.array([[2.0, -0.1, 0.0], [0.5, -4.0, 1.0]])
w, state = adam(start, gradient, {"m": m0, "v": v0, "t": 6}, 0.5)
w, state = adam(w, -3 * gradient, state, 0.5)

m1, v1 = 0.9 * m0 + 0.1 * gradient, 0.999 * v0 + 0.001 * gradient**2
m2, v2 = 0.9 * m1 - 0.3 * gradient, 0.999 * v1 + 0.009 * gradient**2
one = m1 / (1 - 0.9**7) / (np.sqrt(v1 / (1 - 0.999**7)) + 1e-8)
two = m2 / (1 - 0.9**8) / (np.sqrt(v2 / (1 - 0.999**8)) + 1e-8)
check_array(w, start - 0.5 * (one + two), "6 weights after steps 7 and 8", rtol=1e-6)
### END HIDDEN TESTS

# %% tests="adam" idea="other_settings" points=1 hint="Are beta1, beta2 and eps the ones that were given? Where does eps stand?"
### BEGIN HIDDEN TESTS
state = {"m": np.array([2, -4, 1]), "v": np.array([8, 2, 4]), "t": 1}
w, _ = adam(np.array([3, 10, -5]), np.array([4, -2, 6]), state, 2.0, beta1=0.5, beta2=0.75, eps=0.5)
m = np.array([3.0, -3.0, 3.5]) / 0.75
v = np.array([10.0, 2.5, 12.0]) / 0.4375
check_array(w, np.array([3, 10, -5]) - 2 * m / (v**0.5 + 0.5), "beta1 0.5, beta2 0.75, eps 0.5")
### END HIDDEN TESTS

# %% tests="adam" idea="keeps_its_input" points=1 hint="Print w and the state before and after the call."
### BEGIN HIDDEN TESTS
w, gradient = np.array([1.0, -2.0, 3.0]), np.array([0.5, 4.0, -1.0])
state = {"m": np.zeros(3), "v": np.zeros(3), "t": 0}
check_unchanged(lambda: adam(w, gradient, state, 0.25), "adam", w=w, gradient=gradient, state=state)
again, _ = adam(w, gradient, state, 0.25)
check_array(again, [0.75, -2.25, 3.25], "w, called again", rtol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Four ways from $(-9, 1)$ down a valley that is 100 times steeper across
# than along. Gradient descent cannot take larger steps: beyond a rate of 0.02 it flies out of the
# valley. Momentum is not held up by the walls. RMSprop and Adam hardly see that the valley is
# long.

# %% show="bowl"
steepness = np.array([1.0, 100.0])


def valley(w):
    return 0.5 * (steepness * w**2).sum(axis=-1)


def walk(step, memory, rate, steps=50):
    """Collect the places of a walk; step takes (w, gradient, memory, rate)."""
    w = np.array([-9.0, 1.0])
    path = [w]
    for _ in range(steps):
        w, memory = step(w, steepness * w, memory, rate)
        path.append(w)
    return np.array(path)


still = np.zeros(2)
walks = {
    "gradient descent": walk(lambda w, g, m, r: sgd_momentum(w, g, m, r, 0), still, 0.019),
    "momentum": walk(sgd_momentum, still, 0.006),
    "RMSprop": walk(rmsprop, still, 0.2),
    "Adam": walk(adam, {"m": still, "v": still, "t": 0}, 0.3),
}

fig, (left, right) = plt.subplots(1, 2, figsize=(11, 3.6), width_ratios=[1.7, 1])
across, up = np.meshgrid(np.linspace(-10, 4, 60), np.linspace(-1.3, 1.3, 60))
heights = valley(np.stack([across, up], axis=-1))
left.contour(across, up, heights, levels=[1, 5, 15, 30, 50, 80], colors="lightgrey")
colours = ("black", "orange", "green", "blue")
for (name, path), colour in zip(walks.items(), colours, strict=True):
    left.plot(path[:, 0], path[:, 1], ".-", color=COLORS[colour], linewidth=1.2, label=name)
    right.semilogy(valley(path), color=COLORS[colour], linewidth=1.8, label=name)
left.set(title="Four ways down a valley", xlabel="$w_1$", ylabel="$w_2$")
right.set(title="How fast", xlabel="step", ylabel="cost (log scale)", ylim=(0.02, 200))
right.minorticks_off()
right.legend(fontsize=9)
plt.show()

# %% [markdown]
# ## 4. A rate that falls
#
# On day 3 you saw three learning rates: too small creeps, too large jumps, and good ones lie in
# between. With minibatches a good one becomes too large with time: each batch pulls a little
# elsewhere, and $w$ dances around the bottom. So let the rate fall: learning rate decay
# (학습률 감소). The simplest kind goes down stairs:
#
# $$\text{rate} = \text{first rate} \cdot
# \text{drop}^{\lfloor \text{epoch} / \text{every} \rfloor}$$
#
# The half brackets $\lfloor\;\rfloor$ round down; in Python that is `//`. By hand, from 0.1, with a
# drop of 0.5 every 10 epochs:
#
# | epoch | 0 | 9 | 10 | 19 | 20 | 25 |
# |---|---|---|---|---|---|---|
# | rate | 0.1 | 0.1 | 0.05 | 0.05 | 0.025 | 0.025 |
#
# **Your turn.**


# %% solution="step_decay"
def step_decay(learning_rate, epoch, drop=0.5, every=10):
    """Give the learning rate of an epoch, which falls in steps.

    learning_rate: the rate at the start. epoch: which epoch, counted from 0. drop: what the rate is
    multiplied by at each fall; 0.5 halves it. every: after how many epochs it falls again.
    Returns a float.
    """
    ### BEGIN SOLUTION
    rate = learning_rate * drop ** (epoch // every)
    ### END SOLUTION
    return rate


# %% tests="step_decay" points=1
rates = np.array([step_decay(0.1, epoch) for epoch in (0, 9, 10, 19, 20, 25)])
check_array(rates, [0.1, 0.1, 0.05, 0.05, 0.025, 0.025], "the rates of epochs 0, 9, 10, 19, 20, 25")

# %% tests="step_decay" idea="other_stairs" points=1 hint="Try drop = 0.2 and every = 3. What is the rate in epoch 7?"
### BEGIN HIDDEN TESTS
check_close(step_decay(2.0, 7, 0.2, 3), 0.08, "step_decay(2.0, 7, 0.2, 3)")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Linear regression on the exam scores, 25 rows, standardised. The picture
# shows how far the cost lies above the lowest there is. All rows at once: a smooth curve, but only
# one step an epoch. Batches of 5: fast at first, then a dance. With your falling rate the dance
# calms down.

# %% show="falling_rate"
exams = load_score().to_numpy()
X = (exams[:, :3] - exams[:, :3].mean(axis=0)) / exams[:, :3].std(axis=0)
X = np.column_stack([X, np.ones(25)])  # the bias trick of day 1
y = exams[:, 3]
lowest = ((X @ np.linalg.lstsq(X, y)[0] - y) ** 2).mean()

fig, ax = plt.subplots(figsize=(7, 3.5))
for name, size, drop, colour in [
    ("all 25 rows, rate 0.1", 25, 1.0, "black"),
    ("batches of 5, rate 0.1", 5, 1.0, "orange"),
    ("batches of 5, halved every 20 epochs", 5, 0.5, "blue"),
]:
    rng, w, above = np.random.default_rng(0), np.zeros(4), []
    for epoch in range(80):
        rate = step_decay(0.1, epoch, drop, 20)
        for rows in minibatches(25, size, rng):
            w = w - rate * 2 * X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)
        above.append(((X @ w - y) ** 2).mean() - lowest)
    ax.semilogy(above, color=COLORS[colour], label=name)
ax.set(title="Small batches dance", xlabel="epoch", ylabel="cost above the lowest")
ax.minorticks_off()
ax.legend(fontsize=9)
plt.show()

# %% [markdown]
# ## 5. Where to start, and batch normalization
#
# For years deep networks would not train. The way out, from 2006 on (Hinton; Bengio 2007), began
# with better starts. You know that zeros fail: equal units stay equal. So weights are drawn by
# chance (난수), normal with mean 0. But how *large*?
#
# A unit with 100 inputs of size about 1 and weights of size $s$ gets a sum of size about
# $\sqrt{100} \cdot s = 10 s$. The next layer gets that as *its* input:
#
# | $s$ | one layer | after ten layers |
# |---|---|---|
# | 0.01 | times 0.1 | $0.1^{10}$: the signal is gone |
# | 1 | sums of size 10 | tanh is at −1 or 1, its slope is 0: nothing learns |
# | $1/\sqrt{100} = 0.1$ | times 1 | still alive |
#
# So divide by the root of the number of inputs. (For ReLU take $\sqrt{2}$ times that: it throws
# half of the signal away.)
#
# Batch normalization (배치 정규화) goes further. It *makes* every unit's outputs standard, in each
# batch: subtract the batch's mean $\mu$, divide by its spread. Then two learned numbers a unit,
# $\gamma$ and $\beta$, may scale and shift:
#
# $$\hat x = \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}}, \qquad \text{out} = \gamma \hat x + \beta$$
#
# $\mu$ and $\sigma^2$ are mean and variance (분산) of one *column*: one unit, all rows of the batch.
# By hand, exam 1 of five students: 96, 88, 78, 67, 55. The mean is 76.8, the variance is
# $(19.2^2 + 11.2^2 + 1.2^2 + 9.8^2 + 21.8^2)/5 = 213.36$. The first student becomes
# $19.2 / \sqrt{213.36} = 1.3145$. And $\epsilon$ lets a column of equal numbers become 0, not
# 0 / 0.
#
# **Your turn.** Write the training side. (When the network is used later, on one row, there is no
# batch. Then running averages of $\mu$ and $\sigma^2$ from training take their place.)


# %% solution="batchnorm_forward"
def batchnorm_forward(X, gamma, beta, eps=1e-5):
    """Normalise each column over the batch, then scale and shift it.

    X: outputs of D units for a batch of N rows, shape (N, D); floats or integers. gamma, beta: the
    scale and the shift of each unit, shape (D,). eps is added to the variance, inside the root. The
    variance divides by N.
    Returns a new float64 array, shape (N, D). Changes no argument.
    """
    ### BEGIN SOLUTION
    centered = X - X.mean(axis=0)
    normal = centered / np.sqrt(X.var(axis=0) + eps)
    out = gamma * normal + beta
    ### END SOLUTION
    return out


# %% tests="batchnorm_forward" points=1
exams = np.array([[96, 91, 99], [88, 85, 82], [78, 77, 73], [67, 66, 61], [55, 51, 53]])
out = batchnorm_forward(exams, np.ones(3), np.zeros(3))
check_array(out[0], [1.3145, 1.1949, 1.5757], "the first of five students", atol=1e-4)

# %% tests="batchnorm_forward" idea="scale_and_shift" points=1 hint="Try 3 rows, 3 units, and another gamma and beta for each unit."
### BEGIN HIDDEN TESTS
X = np.array([[1.0, -2.0, 30.0], [4.0, 0.5, -10.0], [-3.0, 2.0, 5.0]])
gamma, beta = np.array([2.0, -1.0, 0.5]), np.array([10.0, 0.0, -4.0])
spread = np.sqrt(np.mean((X - np.mean(X, 0)) ** 2, 0) + 1e-5)
wanted = gamma * (X - np.mean(X, 0)) / spread + beta
check_array(batchnorm_forward(X, gamma, beta), wanted, "3 rows of 3 units, with gamma and beta")
### END HIDDEN TESTS

# %% tests="batchnorm_forward" idea="eps" points=1 hint="A column of equal numbers: what do you divide by? And is eps the one that was given?"
### BEGIN HIDDEN TESTS
X = np.array([[7, 0], [7, 2], [7, 4], [7, 2]])
out = batchnorm_forward(X, np.array([3.0, 1.5]), np.array([5.0, 0.0]), eps=0.25)
check_array(out, [[5, -2], [5, 0], [5, 2], [5, 0]], "a constant column, eps = 0.25", kind="f")
### END HIDDEN TESTS

# %% tests="batchnorm_forward" idea="keeps_its_input" points=1 hint="Print X before and after the call."
### BEGIN HIDDEN TESTS
X, gamma, beta = np.array([[1.0, 8.0], [3.0, 9.0]]), np.array([2.0, 1.0]), np.array([0.5, -1.0])
check_unchanged(
    lambda: batchnorm_forward(X, gamma, beta), "batchnorm_forward", X=X, gamma=gamma, beta=beta
)
again = batchnorm_forward(X, gamma, beta)
check_array(again, [[-1.5, -2.0], [2.5, 0.0]], "called again", atol=1e-4)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The table from above, as a picture: 200 rows go through ten layers of 100
# tanh units. The height is the size (standard deviation) of a layer's outputs. With 0.01 it falls
# to nothing. With 1 all outputs are close to −1 or 1. And with your batch normalization before each
# tanh, even the bad start 0.01 gives lively layers.

# %% show="ten_layers"
starts = [
    ("weights of size 0.01", 0.01, False, "black"),
    ("weights of size 1", 1.0, False, "orange"),
    ("weights of size $1/\\sqrt{100}$", 0.1, False, "blue"),
    ("size 0.01, batch normalization", 0.01, True, "green"),
]
fig, ax = plt.subplots(figsize=(7, 3.5))
for name, size, normalise, colour in starts:
    rng = np.random.default_rng(0)
    signal = rng.normal(size=(200, 100))
    sizes = []
    for _ in range(10):
        signal = signal @ (size * rng.normal(size=(100, 100)))
        if normalise:
            signal = batchnorm_forward(signal, np.ones(100), np.zeros(100))
        signal = np.tanh(signal)
        sizes.append(signal.std())
    ax.plot(range(1, 11), sizes, "o-", color=COLORS[colour], label=name)
ax.set(title="What is left of a signal", xlabel="layer", ylabel="size of the outputs")
ax.set(ylim=(-0.05, 1.45))
ax.legend(fontsize=9, ncols=2, loc="upper center")
plt.show()

# %% [markdown]
# ## 6. A fair measure
#
# From here on we keep the network honest. For that we must *measure* honestly. Rows have three
# duties: training rows (훈련) set the weights, validation rows (검증) choose everything else (rate,
# size, when to stop), and test rows (테스트) are looked at once, at the very end.
#
# With few rows, one validation set is a matter of luck. Cross-validation (교차 검증) with $k$ folds
# takes turns: train $k$ times, each time with another part held out, and average.
#
# ```text
# k = 3, row i is in fold i % 3          row   0 1 2 3 4 5 6
# fold 0 held out                              V . . V . . V
# fold 1 held out                              . V . . V . .
# fold 2 held out                              . . V . . V .
# ```
#
# **A trap** you know from day 3: who standardises (표준화) with the mean of *all* rows has let the
# validation rows leak (정보 누출) into training. Mean and standard deviation come from the training
# rows, again in each fold. By hand, with $k = 3$, for the column 100, 1, 3 and fold 0:
#
# | | training rows 1, 3 | held out: 100 |
# |---|---|---|
# | mean and std of the training rows: 2 and 1 | −1, 1 | 98 |
# | leak: mean and std of all rows: 34.7 and 46.2 | −0.73, −0.69 | 1.41 |
#
# In the first line everyone sees that 100 is unlike anything in training. In the second it looks
# harmless.
#
# **Your turn.**


# %% solution="standardized_fold"
def standardized_fold(X, fold, k):
    """Split off one of k folds and standardise both parts, without a leak.

    X: table, shape (N, D); floats or integers. fold: which fold is held out, 0..k-1; row i belongs
    to fold i % k.
    Returns (train, held_out): the other rows and the rows of this fold, in their old order, two new
    float64 arrays. From both the mean of the training rows is subtracted, and both are divided by
    the training rows' standard deviation (divided by the number of rows). No column of the
    training rows is constant. Changes no argument.
    """
    ### BEGIN SOLUTION
    is_held_out = np.arange(len(X)) % k == fold
    train, held_out = X[~is_held_out], X[is_held_out]
    mean, std = train.mean(axis=0), train.std(axis=0)
    train, held_out = (train - mean) / std, (held_out - mean) / std
    ### END SOLUTION
    return train, held_out


# %% tests="standardized_fold" points=2
train, held_out = standardized_fold(np.array([[100, 5], [1, 10], [3, 30]]), fold=0, k=3)
check_array(train, [[-1.0, -1.0], [1.0, 1.0]], "the training rows of fold 0")
check_array(held_out, [[98.0, -1.5]], "the row held out")

# %% tests="standardized_fold" idea="more_rows" points=1 hint="Which rows of 7 are in fold 1 of 3?"
### BEGIN HIDDEN TESTS
X = np.array([[1.0, 9.0], [50.0, 0.5], [2.0, 7.0], [6.0, 1.0], [-70.0, 8.0], [3.0, 2.0], [5, 4.0]])
rows = X[[0, 2, 3, 5, 6]]
wanted = (X[[1, 4]] - np.mean(rows, 0)) / np.std(rows, 0)
_, held_out = standardized_fold(X, 1, 3)
check_array(held_out, wanted, "rows 1 and 4 of 7")
### END HIDDEN TESTS

# %% tests="standardized_fold" idea="keeps_its_input" points=1 hint="Print X before and after the call."
### BEGIN HIDDEN TESTS
X = np.array([[2.0, 0.0], [9.0, 9.0], [4.0, 6.0], [-7.0, 3.0]])
check_unchanged(lambda: standardized_fold(X, 1, 2), "standardized_fold", X=X)
check_array(standardized_fold(X, 1, 2)[1], [[6.0, 2.0], [-10.0, 0.0]], "held out, called again")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** First, linear regression on the exam scores, five folds. On day 3 the last
# five rows gave 14.7; that was a matter of luck, as you see.
#
# Second, a leak with teeth. 50 rows of *pure chance*: 2000 columns of noise, labels by coin.
# Nothing can be learned. Pick the 10 columns that part the labels best, then cross-validate a
# simple classifier. Once the columns are picked with all rows, before the folds; once inside each
# fold.

# %% show="five_folds"
exams = load_score().to_numpy()
number, errors = np.arange(25), []
for fold in range(5):
    train, held_out = standardized_fold(exams[:, :3], fold, 5)
    y_train, y_held_out = exams[number % 5 != fold, 3], exams[number % 5 == fold, 3]
    W = np.linalg.lstsq(np.column_stack([train, np.ones(20)]), y_train)[0]
    errors.append(((np.column_stack([held_out, np.ones(5)]) @ W - y_held_out) ** 2).mean())
print("mean squared error of the five folds:", np.round(errors, 1))
print("their mean:", np.mean(errors).round(1))


def best_columns(X, labels):
    distance = np.abs(X[labels == 1].mean(axis=0) - X[labels == 0].mean(axis=0))
    return np.argsort(distance)[-10:]


rng = np.random.default_rng(0)
noise, coin, number = rng.normal(size=(50, 2000)), rng.permutation(50) % 2, np.arange(50)
picked_before = best_columns(noise, coin)
right = {"with all rows, before the folds": 0, "inside each fold": 0}
for fold in range(5):
    train, held_out = standardized_fold(noise, fold, 5)
    y_train, y_held_out = coin[number % 5 != fold], coin[number % 5 == fold]
    for when, columns in zip(right, [picked_before, best_columns(train, y_train)], strict=True):
        towards_1 = train[y_train == 1].mean(axis=0) - train[y_train == 0].mean(axis=0)
        answers = held_out[:, columns] @ towards_1[columns] > 0
        right[when] += int((answers == y_held_out).sum())
print("\nright answers about 50 coins, columns picked")
for when, count in right.items():
    print(f"   {when:32} {count}")

# %% [markdown]
# The leak "predicts" coins. Everything that looks at the rows, be it a mean or a choice of columns,
# belongs *inside* the fold.
#
# ## 7. Stop in time
#
# While a network overfits, its training loss keeps falling and its validation loss turns round.
# (The lecture's run of two epochs was far from it: training loss 0.3360, 0.1575, validation loss
# 0.1760, 0.1346. Both still fall.) Early stopping (조기 종료) watches the validation loss. It is
# noisy, so be patient: stop only after several epochs *in a row* without a new best, and keep the
# weights of the best epoch.
#
# By hand, with a patience of 2:
#
# | epoch | 0 | 1 | 2 | 3 | 4 | 5 | 6 |
# |---|---|---|---|---|---|---|---|
# | validation loss | 0.90 | 0.70 | **0.60** | 0.65 | 0.62 | 0.61 | 0.50 |
# | epochs without a new best | 0 | 0 | 0 | 1 | 2, stop | | |
#
# Epoch 4 is better than epoch 3, but no new best: 0.62 > 0.60. So we stop, keep epoch 2, and never
# see the 0.50. With a patience of 4 we would have: the answer is epoch 6.
#
# **Your turn.** Write a loop over the losses. A loss equal to the best is no new best.


# %% solution="early_stopping"
def early_stopping(val_losses, patience):
    """Say which epoch's weights early stopping keeps.

    val_losses: the validation loss after each epoch, floats, at least one. patience: training stops
    as soon as this many epochs in a row (at least 1) brought no loss lower than the best so far.
    Returns an integer: the epoch, counted from 0, with the lowest loss seen until training stopped
    or the losses ended. Of equal losses the first counts.
    """
    ### BEGIN SOLUTION
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        if epoch - best >= patience:
            break
    ### END SOLUTION
    return best


# %% tests="early_stopping" points=1
val_losses = [0.90, 0.70, 0.60, 0.65, 0.62, 0.61, 0.50]
check_equal(early_stopping(val_losses, 2), 2, "early_stopping with a patience of 2")
check_equal(early_stopping(val_losses, 4), 6, "early_stopping with a patience of 4")

# %% tests="early_stopping" idea="exactly_as_patient" points=1 hint="With patience 3: is the third epoch without a new best the last one?"
### BEGIN HIDDEN TESTS
losses = [0.8, 0.6, 0.5, 0.7, 0.9, 0.6, 0.4, 0.3]
check_equal(early_stopping(losses, 3), 2, "three worse epochs, patience 3")
### END HIDDEN TESTS

# %% tests="early_stopping" idea="in_a_row" points=1 hint="What happens to your count when a new best comes?"
### BEGIN HIDDEN TESTS
losses = [0.9, 1.1, 0.8, 0.85, 0.7, 0.75, 0.6, 0.65]
check_equal(early_stopping(losses, 2), 6, "every second epoch is a new best, patience 2")
### END HIDDEN TESTS

# %% tests="early_stopping" idea="equal_losses" points=1 hint="Is an equal loss a new best?"
### BEGIN HIDDEN TESTS
losses = [0.9, 0.8, 0.7, 0.7, 0.7, 0.5]
check_equal(early_stopping(losses, 2), 2, "three equal losses, patience 2")
### END HIDDEN TESTS

# %% tests="early_stopping" idea="first_epochs" points=1 hint="What if the first epoch is the best? Can losses be large?"
### BEGIN HIDDEN TESTS
losses = np.array([40.0, 41.0, 30.0, 35.0, 20.0])
check_equal(early_stopping(losses, 1), 0, "the first epoch is the best, patience 1")
check_equal(early_stopping(losses, 7), 4, "the patience is longer than the run")
### END HIDDEN TESTS

# %% [markdown]
# ## 8. Small weights
#
# On day 2 you added a penalty (벌점) to the loss: regularization (정규화). Now training needs its
# *gradient*.
#
# | kind | $R(W)$ | gradient for one weight |
# |---|---|---|
# | L2 | $\sum W^2$ | $2W$ |
# | L1 | $\sum \lvert W \rvert$ | $\operatorname{sign}(W)$: 1, −1, or 0 at 0 |
# | elastic net | $\sum (\beta W^2 + \lvert W \rvert)$ | $2 \beta W + \operatorname{sign}(W)$ |
#
# By hand, day 2's two vectors, both with $w \cdot x = 1$ for $x = (1, 1, 1, 1)$. $\lambda$, in code
# `reg`, is 0.1:
#
# | | $w_1 = (1, 0, 0, 0)$ | $w_2 = (0.25, 0.25, 0.25, 0.25)$ |
# |---|---|---|
# | L2, $0.1 \cdot 2w$ | (0.2, 0, 0, 0) | 0.05 each |
# | L1, $0.1 \cdot \operatorname{sign}(w)$ | (0.1, 0, 0, 0) | 0.1 each |
# | elastic, $\beta = 0.5$ | (0.2, 0, 0, 0) | 0.125 each |
#
# L2 pulls large weights hard and small ones gently. L1 pulls all alike, and small ones reach 0.
#
# A step with L2 alone, $w - \alpha \cdot 2 \lambda w = (1 - 2 \alpha \lambda)\, w$, shrinks every
# weight by the same factor: with $\alpha = \lambda = 0.1$ from 5 to $0.98 \cdot 5 = 4.9$. Hence its
# other name, weight decay (가중치 감쇠).
#
# **Your turn.** `np.sign` gives the sign. Biases get no penalty: simply do not call it for them.


# %% solution="penalty_grad"
def penalty_grad(W, kind, reg, beta=1.0):
    """Differentiate the penalty reg * R(W) by each weight.

    W: weights, an array of any shape; floats or integers. reg: a float, 0 or larger.
    kind: "l2", R sums W^2; "l1", R sums |W|, whose slope at 0 we take as 0; "elastic", R sums
    beta * W^2 + |W|. Only "elastic" uses beta.
    Returns the gradient alone, a new float64 array of the shape of W.
    Raises ValueError for any other kind.
    """
    ### BEGIN SOLUTION
    if kind == "l2":
        slope = 2 * W
    elif kind == "l1":
        slope = np.sign(W)
    elif kind == "elastic":
        slope = 2 * beta * W + np.sign(W)
    else:
        raise ValueError(f'kind is {kind!r}, expected "l2", "l1" or "elastic"')
    gradient = reg * slope
    ### END SOLUTION
    return gradient


# %% tests="penalty_grad" points=2
W = np.array([[1.0, 0.0, 0.0, 0.0], [0.25, 0.25, 0.25, 0.25]])
check_array(penalty_grad(W, "l2", 0.1), [[0.2, 0.0, 0.0, 0.0], [0.05] * 4], "L2 of w1 and w2")
check_array(penalty_grad(W, "l1", 0.1), [[0.1, 0.0, 0.0, 0.0], [0.1] * 4], "L1 of w1 and w2")
check_array(
    penalty_grad(W, "elastic", 0.1, beta=0.5),
    [[0.2, 0.0, 0.0, 0.0], [0.125] * 4],
    "elastic of w1 and w2 with beta = 0.5",
)

# %% tests="penalty_grad" idea="other_weights" points=1 hint="Try negative weights, integers, and beta = 3."
### BEGIN HIDDEN TESTS
W = np.array([[3, -2], [0, -5], [1, 4]])
wanted = [[0.5, -0.5], [0.0, -0.5], [0.5, 0.5]]
check_array(penalty_grad(W, "l1", 0.5), wanted, "L1 of negative weights")
wanted = [[9.5, -6.5], [0.0, -15.5], [3.5, 12.5]]
check_array(penalty_grad(W, "elastic", 0.5, 3.0), wanted, "elastic with beta = 3")
### END HIDDEN TESTS

# %% tests="penalty_grad" idea="unknown_kind" points=1 hint="Which kinds does the docstring list? What happens with another word?"
### BEGIN HIDDEN TESTS
check_raises(ValueError, lambda: penalty_grad(np.array([3.0, -1.5]), "l3", 0.1), 'kind "l3"')
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** A linear regression with 8 inputs, of which only the first two count
# (their true weights are 3 and −2), and only 12 noisy rows. Look at the six weights that should be
# 0.

# %% show="three_penalties"
rng = np.random.default_rng(2)
X = rng.normal(size=(12, 8))
y = X[:, 0] * 3 - X[:, 1] * 2 + rng.normal(scale=1.5, size=12)
print("weight   ", "  ".join(f"{d + 1:6}" for d in range(8)))
for kind, reg in [("none", 0.0), ("l2", 0.3), ("l1", 0.8)]:
    w = np.zeros(8)
    for epoch in range(500):
        gradient = 2 * X.T @ (X @ w - y) / 12
        gradient = gradient + penalty_grad(w, "l2" if kind == "none" else kind, reg)
        w = w - step_decay(0.05, epoch, 0.5, 100) * gradient
    print(f"{kind:9}", "  ".join(f"{weight:6.2f}" for weight in w.round(2) + 0.0))

# %% [markdown]
# L2 makes all weights smaller. L1 sets useless ones to (nearly) 0, and shows which inputs count.
#
# ## 9. Dropout
#
# Dropout (드롭아웃) is the odd one. In each training step it switches every unit off by chance. No
# unit can rely on another, so each must be useful alone. A network of 100 units trains countless
# smaller ones at once.
#
# The lecture's MNIST network has `Dropout(0.2)`: a unit is *dropped* with probability $p = 0.2$,
# and kept with 0.8. What is kept is divided by 0.8. By hand, for five units that say 4:
#
# ```text
# x              4      4      4      4      4        mean 4
# mask           1.25   1.25   0      1.25   1.25     1.25 = 1 / 0.8
# x * mask       5      5      0      5      5        mean 4
# ```
#
# On average nothing changes. Therefore nothing has to be done when the network is *used*: dropout
# is then simply off. This form is called inverted dropout.
#
# The mask goes back to the caller, because the backward step needs the same one: a gradient passes
# a unit times its mask.
#
# **Your turn.** `rng.random(x.shape)` gives numbers from 0 to 1, one for each unit and row.


# %% solution="dropout"
def dropout(x, p, rng, training=True):
    """Switch numbers off by chance, with inverted scaling.

    x: outputs of a layer, an array of any shape; floats or integers. p: the probability of each
    number, independently of the others, to be dropped. rng: a NumPy random Generator, the only
    source of chance. training: False switches dropout off.
    Returns (dropped, mask), two new float64 arrays of the shape of x. mask: 0 where a number is
    dropped, 1 / (1 - p) where it is kept; all ones if training is False. dropped: x * mask.
    Changes no argument. Raises ValueError unless 0 <= p < 1.
    """
    ### BEGIN SOLUTION
    if not 0 <= p < 1:
        raise ValueError(f"p is {p}, expected 0 <= p < 1")
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) >= p) / (1 - p)
    dropped = x * mask
    ### END SOLUTION
    return dropped, mask


# %% tests="dropout" points=2
x = np.full((100, 200), 4.0)
dropped, mask = dropout(x, 0.2, np.random.default_rng(0))
check_array(np.unique(dropped), [0.0, 5.0], "the values that occur after dropping from 4")
check_close((dropped == 0).mean(), 0.2, "the share that is dropped with p = 0.2", atol=0.03)
check_array(dropped, x * mask, "dropped, compared with x * mask", hint="The mask holds the factor")

# %% tests="dropout" idea="each_on_its_own" points=1 hint="Are whole rows or whole columns switched off together?"
### BEGIN HIDDEN TESTS
_, mask = dropout(np.ones((30, 40)), 0.5, np.random.default_rng(1))
mixed = ((mask == 0).any(axis=1) & (mask > 0).any(axis=1)).sum()
check_equal(mixed, 30, "rows of 40 that have both dropped and kept numbers")
mixed = ((mask == 0).any(axis=0) & (mask > 0).any(axis=0)).sum()
check_equal(mixed, 40, "columns of 30 that have both dropped and kept numbers")
### END HIDDEN TESTS

# %% tests="dropout" idea="next_step" points=1 hint="Call it twice with the same rng. Are other units dropped in the next step?"
### BEGIN HIDDEN TESTS
rng, x = np.random.default_rng(2), np.ones((50, 60))
first, second = (dropout(x, 0.5, rng)[1] for _ in range(2))
moved = ((first < second) | (first > second)).mean()
check_close(moved, 0.5, "share of units whose mask differs in the next step", atol=0.1)
### END HIDDEN TESTS

# %% tests="dropout" idea="not_training" points=1 hint="What comes back if training is False?"
### BEGIN HIDDEN TESTS
x = np.array([[3, -1, 4], [1, -5, 9], [2, 6, -5], [7, 8, 2]])
dropped, mask = dropout(x, 0.5, np.random.default_rng(3), training=False)
check_array(dropped, x, "dropped, with training=False", kind="f")
check_array(mask, np.ones((4, 3)), "mask, with training=False")
### END HIDDEN TESTS

# %% tests="dropout" idea="refuses_wrong_p" points=1 hint="Which p are allowed? Try 0, 1, 1.5 and -0.1."
### BEGIN HIDDEN TESTS
rng, x = np.random.default_rng(4), np.array([[3.0, -1.0], [0.5, 2.0], [1.5, 4.0]])
check_raises(ValueError, lambda: dropout(x, 1.0, rng), "dropout with p = 1")
check_raises(ValueError, lambda: dropout(x, -0.1, rng), "dropout with p = -0.1")
check_array(dropout(x, 0.0, rng)[0], x, "dropout with p = 0")
### END HIDDEN TESTS

# %% tests="dropout" idea="keeps_its_input" points=1 hint="Print x before and after the call."
### BEGIN HIDDEN TESTS
x = np.full((20, 30), 8.0)
check_unchanged(lambda: dropout(x, 0.75, np.random.default_rng(5)), "dropout", x=x)
kept = dropout(x, 0.75, np.random.default_rng(5))[0].max()
check_close(kept, 32.0, "a kept 8 with p = 0.75, called again")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** One layer of six units, three steps of training, then the average of
# 10 000 steps: it is the layer itself.

# %% show="masks"
rng = np.random.default_rng(0)
layer = np.array([4.0, -2.0, 1.0, 8.0, 0.5, -6.0])
print("layer    ", layer)
for step in range(3):
    print("step", step, "  ", dropout(layer, 0.2, rng)[0] + 0.0)
print("average  ", dropout(np.tile(layer, (10_000, 1)), 0.2, rng)[0].mean(axis=0).round(1))

# %% [markdown]
# The lecture lists ways of regularization. Most you have by now, two are new:
#
# | way | what it does | here |
# |---|---|---|
# | L2, L1, elastic net | a penalty on the weights | part 8 |
# | max-norm | after each step, a unit's weight vector longer than $c$ is cut to length $c$ | – |
# | dropout | drops units by chance | part 9 |
# | batch normalization | every batch shifts a unit a little differently: some noise, too | part 5 |
# | stochastic depth | drops whole *layers* by chance | – |
# | early stopping | leaves no time to learn by heart | part 7 |
#
# Max-norm by hand, with $c = 2$: (3, 4) has length 5, so it becomes
# $\tfrac{2}{5} (3, 4) = (1.2, 1.6)$, while (0.6, 0.8) stays.
#
# ## 10. All together
#
# Two half moons, 40 training points, every tenth label wrong, and a network of 100 ReLU units: far
# too many. The next cell makes the points. The one after it puts this notebook to work. Six of your
# nine functions are in it: find them. Which three are missing?


# %% locked="two_moons"
def two_moons(n, *, rng):
    """Draw n points of two half moons. Returns X (n, 2), labels (n, 1); every tenth is wrong."""
    labels = np.arange(n) % 2
    angle = rng.uniform(0, np.pi, size=n)
    x1 = np.where(labels == 0, np.cos(angle), 1 - np.cos(angle))
    x2 = np.where(labels == 0, np.sin(angle), 0.5 - np.sin(angle))
    X = np.column_stack([x1, x2]) + rng.normal(scale=0.2, size=(n, 2))
    is_wrong = rng.permutation(n) < n // 10
    return X, np.where(is_wrong, 1 - labels, labels)[:, None]


def cross_entropy_of(probs, labels):
    """Average -log of the probability that each row gave to its label; never log 0."""
    return -np.log(np.where(labels == 1, probs, 1 - probs) + 1e-12).mean()


# %% [markdown]
# **Before you run it:** which of the two runs will have the lower *training* loss?

# %% show="overfitting"
rng = np.random.default_rng(7)
X, labels = two_moons(40, rng=rng)
X_val, labels_val = two_moons(400, rng=rng)


def run(params, X, p=0.0, rng=rng, training=False):
    """Go forward. Returns the probability of label 1, the hidden units and the dropout mask."""
    hidden = np.maximum(X @ params["W1"] + params["b1"], 0)
    hidden, mask = dropout(hidden, p, rng, training)
    logits = hidden @ params["W2"] + params["b2"]
    return (1 + np.tanh(logits / 2)) / 2, hidden, mask


def train(reg, p, epochs=300, units=100):
    """Train from a random start. Returns the parameters and both losses after every epoch."""
    rng = np.random.default_rng(1)
    W1, W2 = rng.normal(size=(2, units)), rng.normal(size=(units, 1)) * np.sqrt(2 / units)
    params = {"W1": W1, "b1": np.zeros(units), "W2": W2, "b2": np.zeros(1)}
    states = {name: {"m": 0 * array, "v": 0 * array, "t": 0} for name, array in params.items()}
    history = []
    for epoch in range(epochs):
        rate = step_decay(0.01, epoch, drop=0.5, every=150)
        for rows in minibatches(len(X), 20, rng):
            probs, hidden, mask = run(params, X[rows], p, rng, training=True)
            dlogits = (probs - labels[rows]) / len(rows)
            dz = dlogits @ params["W2"].T * mask * (hidden > 0)
            grads = {"b1": dz.sum(axis=0), "b2": dlogits.sum(axis=0)}
            grads["W1"] = X[rows].T @ dz + penalty_grad(params["W1"], "l2", reg)
            grads["W2"] = hidden.T @ dlogits + penalty_grad(params["W2"], "l2", reg)
            for name, gradient in grads.items():
                params[name], states[name] = adam(params[name], gradient, states[name], rate)
        tables = ((X, labels), (X_val, labels_val))
        history.append([cross_entropy_of(run(params, table)[0], truth) for table, truth in tables])
    return params, np.array(history)


fig, axes = plt.subplots(1, 3, figsize=(12, 3.7))
across, up = np.meshgrid(np.linspace(-1.8, 2.8, 80), np.linspace(-1.3, 1.8, 80))
plane = np.column_stack([across.ravel(), up.ravel()])
settings = [("no regularization", 0.0, 0.0, "blue"), ("L2 and dropout", 0.003, 0.3, "orange")]
for ax, (name, reg, p, colour) in zip(axes[1:], settings, strict=True):
    params, history = train(reg, p)
    best = early_stopping(history[:, 1], patience=50)
    right = ((run(params, X_val)[0] > 0.5) == labels_val).mean()
    print(f"{name}: training loss {history[-1, 0]:.2f}, validation loss {history[-1, 1]:.2f},")
    print(f"   {right:.0%} of the validation points right;")
    print(f"   early stopping keeps epoch {best}, validation loss {history[best, 1]:.2f}")
    axes[0].plot(history[:, 0], color=COLORS[colour])
    axes[0].plot(history[:, 1], "--", color=COLORS[colour])
    axes[0].plot(best, history[best, 1], "v", color=COLORS[colour], markersize=9)
    probs = run(params, plane)[0].reshape(across.shape)
    ax.contourf(across, up, probs, levels=np.linspace(0, 1, 11), cmap="PuOr")
    for label, marker in ((0, "o"), (1, "^")):
        points = X[labels[:, 0] == label]
        ax.scatter(*points.T, marker=marker, color="black", edgecolor="white", s=45)
    ax.set(title=name, xlabel="$x_1$", ylabel="$x_2$", yticks=[])
axes[0].plot([], "k-", label="training")
axes[0].plot([], "k--", label="validation")
axes[0].plot([], "kv", label="early stopping")
axes[0].set(title="Loss", xlabel="epoch", ylabel="cross-entropy", ylim=(0, 0.8))
axes[0].legend(fontsize=9, loc="upper left")
plt.show()

# %% [markdown]
# **What just happened?** Circles have label 0 and belong on brown, triangles 1 and on purple. The
# blue run bends its boundary round single wrong labels. It wins on its 40 points and loses on 400
# new ones. The blue triangle marks the epoch that early stopping would have kept. (Missing are
# `sgd_momentum`, in whose place `adam` works, `batchnorm_forward` and `standardized_fold`.)
#
# The next cell is yours. Which of the two, L2 or dropout, does more here? What happens with far too
# much of them?

# %%
reg, p = 0.003, 0.0  # change these

params, history = train(reg, p)
print(f"reg {reg}, p {p}: training {history[-1, 0]:.2f}, validation {history[-1, 1]:.2f}")

# %% [markdown] manual="three_runs" points=3
# **In your own words.** Three networks, trained for a task with two classes. ($\ln 2 = 0.69$ is the
# loss of somebody who always says one half.)
#
# | run | training loss | validation loss | note |
# |---|---|---|---|
# | A | 0.69 | 0.69 | from the first epoch to the last |
# | B | 0.03 | 1.20 | the validation loss was 0.35 in epoch 20 |
# | C | 0.12 | 0.13 | the 10 best of 2000 columns were picked first, then the rows were split |
#
# For each run: what has happened, and what would you try or mend first? Two lines each, one point
# each.
#
# ### BEGIN SOLUTION
# - A does not learn at all. Look at the start (all zeros, or far too small or too large weights)
#   and at the learning rate. Regularization would not help; it makes learning harder.
# - B overfits: it knows its training rows by heart. Stop early (keep epoch 20), or add L2 or
#   dropout; more rows help most.
# - C has a leak: the validation rows helped to pick the columns, so the 0.13 says little about new
#   rows. Split first, pick with the training rows only, then measure again.
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Fast: minibatches, momentum, RMSprop, Adam, a rate that falls, a start of the right size.
# - Fair: folds; whatever looks at rows looks at training rows only.
# - Honest: early stopping, L2 and L1, dropout in training and never after it.
#
# In Keras each is one word: `batch_size=`, `"adam"`, `Dropout(0.2)`, `BatchNormalization()`,
# `EarlyStopping(patience=…)`. From day 5 on you use these words, and you know what they do.

# %% [markdown]
# # PyTorch
#
# **Time** about 85 minutes · **Points** 36 · **You need** gradient descent (경사하강법), logistic
# and softmax regression from day 3, the XOR network from day 4
#
# On days 3 and 4 you derived every gradient with pencil and paper. PyTorch derives them for you.
# At the end of this notebook you will be able to
#
# - let autograd (자동 미분) find slopes, and say when it adds up too many of them;
# - train a line, a softmax classifier and an MLP with the same five beats;
# - choose the loss that belongs to a task, and hand it *scores*;
# - build a network from layers, and see when it has learned by heart.
#
# You meet your old numbers again, to the last digit. That is the test: a framework is right if it
# agrees with what you understood without it.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 A tensor that remembers | `cost_and_slope` | 12 | 3 |
# | 2 Linear regression | `fit_by_autograd` | 15 | 4 |
# | 3 Dog or cat | `binary_cost`, an answer in words | 16 | 7 |
# | 4 Layer, loss, optimiser | `fit_multinomial` | 14 | 5 |
# | 5 XOR with an MLP | `train_network` | 14 | 8 |
# | 6 Layers in a row | `build_mlp`, an answer in words | 14 | 9 |
#
# Except in part 6, all functions take NumPy arrays and give back NumPy arrays and floats. As
# before: leave the arguments as they are, take integers too.

# %% [markdown]
# **Tools.** `torch` is PyTorch, `nn` holds its layers and losses. (If the import fails, type
# `pip install -r requirements-torch.txt` in a terminal.) NumPy, Matplotlib and our own `course`
# you know. Run this cell and move on.

# %% locked="setup" timeout=60
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

from course.checks import check_array, check_close, check_equal, check_raises, check_unchanged
from course.datasets import load_diabetes, load_score, load_zoo
from course.plots import COLORS

torch.set_num_threads(1)  # small models gain nothing by more

# %% [markdown]
# ## 1. A tensor that remembers
#
# A tensor (텐서) is an array with a memory. Nearly everything that you know from NumPy has the same
# name:
#
# | NumPy | PyTorch | |
# |---|---|---|
# | `np.array(rows)` | `torch.tensor(rows)` | both copy |
# | `x.shape`, `x.dtype`, `X @ w`, `x ** 2`, `x.mean()` | the same | |
# | float64 | **float32** | what they make of Python's `0.7` |
# | – | `torch.tensor(0.7, dtype=torch.float64)` | so ask for float64 |
# | – | `torch.from_numpy(x)` | a *view* (뷰): writes go through to `x` |
# | – | `t.item()`, `t.detach().numpy()` | back to a float, back to NumPy |
#
# In deep learning float32 is enough, and faster. We mostly take float64, so that our numbers agree
# with those of days 3 and 4.

# %%
x = np.array([1.0, 2.0, 3.0])
print("of Python's floats:", torch.tensor([1.0, 2.0]).dtype)
print("of integers:", torch.tensor([7]).dtype)
print("of a float64 array:", torch.tensor(x).dtype)

view = torch.from_numpy(x)
view[0] = 100.0
print("x after a write into the view:", x)

# %% [markdown]
# Now the memory. With `requires_grad=True` a tensor wants a slope. Torch then notes every step of
# a computation. `backward()` walks the notes from the end to the beginning and multiplies the
# slopes, as you did on day 4. The lecture's example: $(x + 1)^2$ has the derivative (도함수)
# $2(x + 1)$, which is 8 at $x = 3$.

# %%
x = torch.tensor(3.0, requires_grad=True)
square = (x + 1) ** 2  # forward: each step is noted
square.backward()  # backward: d square / d x is put into x.grad
print("value:", square.item(), " slope:", x.grad.item())

# %% [markdown]
# **By hand.** The cost (비용) of day 3 is $\frac{1}{m}\sum (wx - y)^2$. The rows are (1, 1), (2, 2)
# and (3, 3), and $w = 0$:
#
# ```text
# forward   w ──▶  w·x  ──▶  errors w·x − y  ──▶  squares  ──▶  mean
#           0     0 0 0        −1  −2  −3         1  4  9       4.67
#
# backward  w ◀────────────  errors  ◀──────────  squares  ◀──  mean
#         −9.33           −2/3  −4/3  −2       1/3 1/3 1/3       1
# ```
#
# Backward, from right to left: the mean gives each square 1/3. A square has the slope
# $2 \cdot \text{error}$, so each error gets $\frac{2}{3} \cdot \text{error}$. For $w$ multiply by
# $x$ and add up: $-\frac{2}{3} \cdot 1 - \frac{4}{3} \cdot 2 - 2 \cdot 3 = -\frac{28}{3} = -9.33$.
#
# **Your turn.** Write only the forward part. Let torch do the rest.


# %% solution="cost_and_slope"
def cost_and_slope(w, x, y):
    """Compute the cost of predicting y by w * x, and its slope at w, by autograd.

    w: a number. x, y: arrays of shape (N,). All of them may be integers.
    The cost is the mean of the squared errors, with nothing else in front (no 1/2).
    Returns (cost, slope), two Python floats, computed in float64.
    """
    ### BEGIN SOLUTION
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    x, y = torch.tensor(x), torch.tensor(y)
    cost = ((w * x - y) ** 2).mean()
    cost.backward()
    ### END SOLUTION
    return cost.item(), w.grad.item()


# %% tests="cost_and_slope" points=1
cost, slope = cost_and_slope(0.0, np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0]))
check_close(cost, 14 / 3, "the cost at w = 0", atol=1e-4, hint="The mean of 1, 4 and 9")
check_close(slope, -28 / 3, "the slope at w = 0", atol=1e-4, hint="Compare with the sum above")

# %% tests="cost_and_slope" idea="other_rows" points=1 hint="Take w = 0.7 and four rows, and compute the slope by its formula. How many digits agree?"
### BEGIN HIDDEN TESTS
x, y = np.array([0.5, -1.25, 3.0, 2.0]), np.array([1.0, 0.3, -2.0, 5.1])
errors = 0.7 * x - y
cost, slope = cost_and_slope(0.7, x, y)
check_close(cost, (errors**2).sum() / 4, "the cost at w = 0.7, four rows")
check_close(slope, 2 * (errors * x).sum() / 4, "the slope at w = 0.7, four rows")
### END HIDDEN TESTS

# %% tests="cost_and_slope" idea="integers" points=1 hint="Try w = 2, without a point. Can torch differentiate by an integer?"
### BEGIN HIDDEN TESTS
_, slope = cost_and_slope(2, np.array([3, 1, -2, 4, 5]), np.array([7, -1, 0, 8, 2]))
check_close(slope, 19.2, "the slope at w = 2, five rows of integers")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The next cell asks your function for the slope at $w = 0, 1, 2, 3$. It
# checks autograd in two ways that you know: by the formula, and by a small nudge of $w$ to both
# sides. Each slope is drawn as a tangent (접선). At the bottom it is flat.

# %% show="tangents"
x = y = np.array([1.0, 2.0, 3.0])
print("  w     cost   autograd    formula      nudge")
fig, ax = plt.subplots(figsize=(7.5, 3.8))
grid = np.linspace(-0.8, 3.4, 100)
ax.plot(grid, ((grid[:, None] * x - y) ** 2).mean(axis=1), color="grey")
for w in (0.0, 1.0, 2.0, 3.0):
    cost, slope = cost_and_slope(w, x, y)
    nudge = (cost_and_slope(w + 1e-5, x, y)[0] - cost_and_slope(w - 1e-5, x, y)[0]) / 2e-5
    print(f"{w:3} {cost:8.4f} {slope:10.4f} {2 * ((w * x - y) * x).mean():10.4f} {nudge:10.4f}")
    near = np.array([w - 0.4, w + 0.4])
    ax.plot(near, cost + slope * (near - w), color=COLORS["vermillion"], linewidth=2.5)
    ax.plot(w, cost, "o", color=COLORS["blue"])
ax.set(xlabel="w", ylabel="cost", title="Tangents by autograd", ylim=(-3, 24))
plt.show()

# %% [markdown]
# ## 2. Linear regression
#
# The lecture sums up machine learning in three words. Each is a line or two of PyTorch:
#
# | word | formula | in torch |
# |---|---|---|
# | hypothesis (가설) | $H = Xw + b$ | `X @ w + b` |
# | cost (비용) | mean of $(H - y)^2$ | as in part 1 |
# | optimisation (최적화) | $w \leftarrow w - \text{rate} \cdot \text{slope}$ | `backward()`, a step |
#
# Two traps lie in the last row. **Slopes add up.** `backward()` adds to `.grad`; it does not
# overwrite. **A step is no part of the formula.** Torch must not note it, so it stands under
# `torch.no_grad()` and changes the tensor in place. See for yourself:

# %%
x = torch.tensor(3.0, requires_grad=True)
for _ in range(3):
    ((x + 1) ** 2).backward()
    print("slope:", x.grad.item())  # 8 is right. What are the others?

x.grad.zero_()  # forget
with torch.no_grad():  # from here on torch takes no notes
    x -= 0.25 * 8
print("x after a step:", x.item(), " it still wants a slope:", x.requires_grad)

# %% [markdown]
# **Why `-=`?** `x = x - …` makes a *new* tensor. Its `.grad` stays `None`, and the next step
# fails.
#
# **By hand**, the lecture's five exam rows, from $w = (0, 0, 0)$ and $b = 0$. All predictions are
# 0. The cost is the mean of $152^2, 185^2, 180^2, 196^2, 142^2$, which is 29661.8. The slope for
# $b$ is twice the mean error, $2 \cdot (-171) = -342$. With a learning rate (학습률) of $10^{-6}$,
# the new $b$ is $0.000342$. The slope for the first weight is $-29401.2$, so that weight becomes
# $0.0294$.
#
# **Your turn.** Write the loop: cost, backward, step, forget. Shapes matter as ever. With $w$ of
# shape (D,), `X @ w` has the shape of $y$, (N,). If it were (N, 1), minus $y$ would be (N, N).

# %% locked="score_rows"
score = load_score()
exams = score[["exam1", "exam2", "exam3"]].to_numpy().copy()
finals = score["final"].to_numpy().copy()


# %% solution="fit_by_autograd"
def fit_by_autograd(X, y, learning_rate, epochs):
    """Fit y by X @ w + b with gradient descent, from w = 0 and b = 0. Autograd finds the slopes.

    X: examples in rows, shape (N, D). y: targets, shape (N,). Both may be integers.
    The cost is the mean of the squared errors. Each of the `epochs` steps uses all rows, and moves
    w and b by the slopes at the same point.
    Returns (w, b, history), computed in float64. w: array of shape (D,). b: a float. Both are
    those after the last step. history: array of shape (epochs + 1,), the cost before the first
    step and after each step.
    """
    ### BEGIN SOLUTION
    X = torch.tensor(X, dtype=torch.float64)
    y = torch.tensor(y, dtype=torch.float64)
    w = torch.zeros(X.shape[1], dtype=torch.float64, requires_grad=True)
    b = torch.zeros((), dtype=torch.float64, requires_grad=True)
    history = []
    for epoch in range(epochs + 1):
        cost = ((X @ w + b - y) ** 2).mean()
        history.append(cost.item())
        if epoch < epochs:
            cost.backward()
            with torch.no_grad():
                w -= learning_rate * w.grad
                b -= learning_rate * b.grad
            w.grad.zero_()
            b.grad.zero_()
    ### END SOLUTION
    return w.detach().numpy(), b.item(), np.array(history)


# %% tests="fit_by_autograd" points=2
_, _, history = fit_by_autograd(exams[:5], finals[:5], 1e-6, 2000)
check_array(
    history[[0, 1, 2000]],
    [29661.8, 27108.3520376, 1.497620677],
    "the cost of five rows after 0, 1 and 2000 steps",
    rtol=1e-8,
    hint="If the first two are right, look at what the second step starts from",
)

# %% tests="fit_by_autograd" idea="other_rows" points=2 hint="Try five rows of integers with two columns, and follow three steps in NumPy."
### BEGIN HIDDEN TESTS
X, y = np.array([[1, -2], [0, 3], [2, 1], [-1, 4], [3, 0]]), np.array([7, 1, 12, -3, 9])
wanted, start = [], np.zeros(3)
ones = np.column_stack([X, np.ones(5)])
for _ in range(4):
    errors = ones @ start - y
    wanted.append((errors**2).mean())
    last, start = start, start - 0.04 * 2 / 5 * ones.T @ errors
w, b, history = fit_by_autograd(X, y, 0.04, 3)
check_array(history, wanted, "history of three steps")
check_array(w, last[:2], "w after three steps")
check_close(b, last[2], "b after three steps")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The same cost as in the lecture's TensorFlow listing, 1.4976, without one
# derivative on paper. The picture shows what those who never forget the old slopes see. Their step
# is the sum of all slopes so far: a ball without friction. It rolls through the valley and up the
# other side, for ever.

# %% show="slopes_that_add_up"
X, y = exams[:5], finals[:5]
w, b, history = fit_by_autograd(X, y, 1e-6, 500)

ones, theta, total, piled = np.column_stack([X, np.ones(5)]), np.zeros(4), np.zeros(4), []
for _ in range(61):
    errors = ones @ theta - y
    piled.append((errors**2).mean())
    total = total + 2 / 5 * ones.T @ errors  # nobody zeroes it
    theta = theta - 1e-6 * total

fig, ax = plt.subplots(figsize=(7.5, 3.8))
ax.plot(history[:61], color=COLORS["blue"], linewidth=2, label="yours")
ax.plot(piled, color=COLORS["vermillion"], linestyle="--", label="slopes never zeroed")
ax.set(xlabel="step", ylabel="cost", title="Why slopes must be forgotten", ylim=(-1000, 38000))
ax.legend(frameon=False, loc="upper center", ncols=2)
plt.show()

print(f"after 500 steps the cost is {history[-1]:.4f}")
print("w:", w.round(4), " b:", round(b, 4))
print("predicted:", (X @ w + b).round(1), " true:", y)

# %% [markdown]
# ## 3. Dog or cat
#
# Encode (부호화) the answer: dog 0, cat 1. A score $z = XW + b$ may be any number. The sigmoid
# (시그모이드) turns it into the probability of *cat*:
#
# $$G(z) = \frac{1}{1 + e^{-z}}, \qquad G(\infty) = 1, \qquad G(-\infty) = 0, \qquad
# G(0) = \tfrac{1}{2}$$
#
# The decision boundary (결정 경계) is where the probability is 0.5, so where the score is 0. The
# cost of one row is $-\log$ of the probability that its true answer got. Over all rows:
#
# $$\text{cost} = -\frac{1}{N} \sum \left[\, y \log G(z) + (1 - y) \log (1 - G(z)) \,\right]$$
#
# **By hand**, three pets:
#
# | pet | $y$ | score $z$ | $G(z)$ | cost of the row | slope, $(G(z) - y) / N$ |
# |---|---:|---:|---:|---:|---:|
# | dog | 0 | 0 | 0.5 | $-\log 0.5 = 0.6931$ | $0.5 / 3 = 0.1667$ |
# | cat | 1 | 2 | 0.8808 | $-\log 0.8808 = 0.1269$ | $-0.1192 / 3 = -0.0397$ |
# | cat | 1 | -1 | 0.2689 | $-\log 0.2689 = 1.3133$ | $-0.7311 / 3 = -0.2437$ |
# | mean | | | | 0.7111 | |
#
# The last column is the slope of the cost with respect to each score. On day 3 you derived
# "probability minus truth". Autograd finds it by itself.
#
# **A trap: large scores.** A dog with $z = 1000$ is a terrible mistake. It costs 1000. But
# $G(1000)$ is rounded to exactly 1, and $1 - G$ to 0. Torch has a loss that takes probabilities,
# `nn.BCELoss`. It cuts $\log 0$ off at -100 and finds a slope of 0: from its worst mistakes it
# learns nothing. So hand over the *score*, and let the loss do the sigmoid inside:
# `nn.BCEWithLogitsLoss()`. Scores before a sigmoid are called logits (로짓).
#
# **Your turn.** A loss is made first, then called: `loss_function = nn.BCEWithLogitsLoss()`, then
# `loss_function(scores, labels)`. It gives the mean. It wants labels of the dtype of the scores.


# %% solution="binary_cost"
def binary_cost(scores, labels):
    """Compute probabilities, cost and slopes of binary classification with PyTorch.

    scores: logits, any size, shape (N,). labels: 0 or 1, shape (N,). Both may be integers.
    The cost is the mean over the rows of -log(probability of the true label), natural log. It is
    right for scores in the thousands too.
    Returns (probs, cost, slopes), computed in float64. probs: the probability of label 1, array
    (N,). cost: a float. slopes: the slope of the cost with respect to each score, array (N,).
    """
    ### BEGIN SOLUTION
    scores = torch.tensor(scores, dtype=torch.float64, requires_grad=True)
    labels = torch.tensor(labels, dtype=torch.float64)
    loss_function = nn.BCEWithLogitsLoss()
    cost = loss_function(scores, labels)
    cost.backward()
    probs = torch.sigmoid(scores)
    ### END SOLUTION
    return probs.detach().numpy(), cost.item(), scores.grad.numpy()


# %% tests="binary_cost" points=2
probs, cost, slopes = binary_cost(np.array([0.0, 2.0, -1.0]), np.array([0, 1, 1]))
check_array(probs, [0.5, 0.8808, 0.2689], "the probabilities of the three pets", atol=1e-4)
check_close(cost, 0.7111, "the cost of the three pets", atol=1e-4)
check_array(slopes, [0.1667, -0.0397, -0.2437], "the slopes of the three pets", atol=1e-4)

# %% tests="binary_cost" idea="other_rows" points=1 hint="Try five rows of whole scores. The slope is (probability - label) / N."
### BEGIN HIDDEN TESTS
scores, labels = np.array([3, -2, 1, 0, -5]), np.array([0, 0, 1, 1, 1])
wanted = (1 / (1 + np.exp(-scores)) - labels) / 5
check_array(binary_cost(scores, labels)[2], wanted, "the slopes of five rows")
### END HIDDEN TESTS

# %% tests="binary_cost" idea="large_scores" points=2 hint="Call it with the scores 1000 and -1000 and the labels 0 and 1. What should such a row cost, and which slope should it have?"
### BEGIN HIDDEN TESTS
_, cost, slopes = binary_cost(np.array([1000.0, -900.0, 800.0, -700.0]), np.array([0, 1, 1, 0]))
check_close(cost, (1000 + 900) / 4, "the cost of scores far from 0")
check_array(slopes, [0.25, -0.25, 0.0, 0.0], "the slopes of scores far from 0", atol=1e-9)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The next cell shows one dog, with higher and higher scores for *cat*. On
# the right stands the wrong way, in float32, as most people run it. Up to 15 it goes well. Then the
# slope is 0: no step will ever mend that mistake.

# %% show="saturation"
print("          yours             sigmoid, then BCELoss")
print("score      cost   slope         cost   slope")
for z in (0.0, 5.0, 15.0, 50.0, 500.0):
    _, cost, slopes = binary_cost(np.array([z]), np.array([0]))
    cat = torch.tensor([z], requires_grad=True)
    loss = nn.BCELoss()(torch.sigmoid(cat), torch.zeros(1))
    loss.backward()
    slope = cat.grad.item()
    print(f"{z:5.0f} {cost:9.3f} {slopes[0]:7.3f}    {loss.item():9.3f} {slope:7.3f}")

# %% [markdown] manual="two_lost_minus_signs" points=2
# **In your own words.** The lecture's slides have two misprints. One prints
# $H(X) = \frac{1}{1 + e^{WX}}$. Another prints the cost as $\sum y \log S$, where $S$ is the
# probability of the true class. Each has lost a minus.
#
# 1. With the printed $H$: what happens to the probability when the score $WX$ grows? Training
#    with it would still reach the same cost as with the right formula. How would the trained $W$
#    differ? (one point)
# 2. With the printed cost: what would gradient descent teach the model, and where would it end?
#    (one point)
#
# Two or three sentences for each.
#
# ### BEGIN SOLUTION
# 1. It falls: $e^{WX}$ grows, so $H$ goes to 0 for a large score and to 1 for a very negative one.
#    The printed $H(WX)$ equals the right $G(-WX)$. So training finds every weight with the
#    opposite sign, with the same probabilities. Who then reads the weights ("longer whiskers speak
#    for a cat") reads them the wrong way round.
# 2. $\log S$ is at most 0, and 0 is the *perfect* answer. Gradient descent makes the number
#    smaller, so it drives the probability of the right class towards 0. There is no end: $\log S$
#    goes to $-\infty$. (Also right: it climbs the true cost instead of descending.)
# ### END SOLUTION

# %% [markdown]
# ## 4. Layer, loss, optimiser
#
# With more than two classes, softmax (소프트맥스) turns a row of scores into probabilities, and the
# cross-entropy (교차 엔트로피) compares them with the truth $P$:
#
# $$H(P, Q) = -\sum_c P_c \log Q_c$$
#
# **By hand**, the lecture's scores 2.0, 1.0 and 0.1, where class 0 is true, so $P = (1, 0, 0)$.
# Softmax gives $Q = (0.659, 0.242, 0.099)$, and $H(P, Q) = -\log 0.659 = 0.4170$.
#
# `nn.CrossEntropyLoss()` takes *scores* and class numbers. Softmax, log and mean are inside. Who
# applies softmax first gets it twice. Nothing complains, and it even learns, but badly:

# %%
scores, truth = torch.tensor([[2.0, 1.0, 0.1]]), torch.tensor([0])
loss_of = nn.CrossEntropyLoss()
print("of the scores:         ", loss_of(scores, truth).item())
print("of their softmax:      ", loss_of(torch.softmax(scores, dim=1), truth).item())
print("of scores (99, 0, 0):  ", loss_of(torch.tensor([[99.0, 0, 0]]), truth).item())
print("of their softmax:      ", loss_of(torch.tensor([[1.0, 0, 0]]), truth).item())

# %% [markdown]
# The last line is a *perfect* answer after softmax, and its loss is still 0.55. With three classes
# it can never get lower.
#
# Two more parts. `nn.Linear(D, C)` is a layer (층): it holds the weights and computes $XW + b$. It
# starts with small random weights, and it stores $W$ lying on its side:
#
# | | our $W$ | `layer.weight` | `layer.bias` |
# |---|---|---|---|
# | shape | (D, C) | **(C, D)** | (C,) |
#
# An optimiser (옵티마이저) takes the steps. `torch.optim.SGD(layer.parameters(), lr=…)` does the
# plain step of part 2, for all parameters. Training is then five beats, the same for every model
# in PyTorch:
#
# | beat | | part 2 had |
# |---|---|---|
# | 1 scores | `scores = layer(X)` | `X @ w + b` |
# | 2 loss | `loss = loss_function(scores, labels)` | the mean of squares |
# | 3 forget | `optimiser.zero_grad()` | two lines with `zero_()` |
# | 4 backward | `loss.backward()` | the same |
# | 5 step | `optimiser.step()` | three lines under `no_grad` |
#
# **Your turn.** The labels must be of dtype `torch.int64`. To start from zeros, write
# `layer.weight.zero_()` and the same for the bias, under `no_grad`. (The first optimiser of a
# session takes some seconds: torch then loads the rest of itself.)


# %% solution="fit_multinomial"
def fit_multinomial(X, labels, n_classes, learning_rate, epochs):
    """Train a softmax classifier with PyTorch, from W = 0 and b = 0, without a penalty.

    X: examples in rows, shape (N, D); may be integers. labels: 0..n_classes-1, shape (N,),
    integers of any size (int32 too); a class may be without an example.
    The loss is the mean cross-entropy. Each of the `epochs` steps of plain gradient descent uses
    all rows.
    Returns (W, b, history), float64 arrays. W: one column for each class, shape (D, n_classes).
    b: shape (n_classes,). Both are those after the last step. history: shape (epochs + 1,), the
    loss before the first step and after each step.
    """
    ### BEGIN SOLUTION
    X = torch.tensor(X, dtype=torch.float64)
    labels = torch.tensor(labels, dtype=torch.int64)
    layer = nn.Linear(X.shape[1], n_classes, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.zero_()
        layer.bias.zero_()
    loss_function = nn.CrossEntropyLoss()
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for epoch in range(epochs + 1):
        loss = loss_function(layer(X), labels)
        history.append(loss.item())
        if epoch < epochs:
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    W, b = layer.weight.detach().numpy().T, layer.bias.detach().numpy()
    ### END SOLUTION
    return W, b, np.array(history)


# %% [markdown]
# The check takes the five students of day 3: hours and attendance, and the grade A, B or C. The
# loss begins at $\log 3 = 1.0986$, because all probabilities are 1/3.

# %% locked="grade_table"
students = np.array([[10.0, 5.0], [9.0, 5.0], [3.0, 2.0], [2.0, 4.0], [11.0, 1.0]])
grades = np.array([0, 0, 1, 1, 2])  # 0 = A, 1 = B, 2 = C
scaled = (students - students.mean(axis=0)) / students.std(axis=0)

# %% tests="fit_multinomial" points=2
W, b, history = fit_multinomial(scaled, grades, 3, 0.5, 500)
check_array(
    history[[0, 1, 500]],
    [1.0986122887, 0.8121669436, 0.0034649498],
    "the loss of the five students after 0, 1 and 500 steps",
    atol=1e-9,
)
check_array(
    W,
    [[1.767214, -3.474140, 1.706926], [2.828378, -0.650912, -2.177466]],
    "W of the five students",
    atol=1e-5,
    hint="Our W has a row for each input. How does nn.Linear store it?",
)

# %% tests="fit_multinomial" idea="other_data" points=3 hint="Try labels of dtype int32 among which one class is missing, and integers in X."
### BEGIN HIDDEN TESTS
X = np.array([[2, 0, -1], [1, 1, 3], [-2, 4, 0], [0, -1, 2]])
labels = np.array([0, 3, 1, 1], dtype=np.int32)
theta, wanted = np.zeros((4, 5)), []
ones = np.column_stack([X, np.ones(4)])
for _ in range(4):
    exp = np.exp(ones @ theta)
    probs = exp / exp.sum(axis=1, keepdims=True)
    wanted.append(-np.log(probs[np.arange(4), labels]).mean())
    last, theta = theta, theta - 0.2 * ones.T @ (probs - np.eye(5)[labels]) / 4
W, b, history = fit_multinomial(X, labels, 5, 0.2, 3)
check_array(history, wanted, "history of three steps, classes 2 and 4 without an example")
check_array(b, last[3], "b after three steps")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The next cell gives your function the whole zoo of day 3: 101 animals, 16
# traits, 7 types. There you had derived $P - Y$ by hand and got 1.9459, 1.7379 and 0.4688 after 0,
# 1 and 100 steps.

# %% show="zoo_again"
zoo = load_zoo()
traits, types = zoo.iloc[:, 1:-1].to_numpy(), zoo["type"].to_numpy()
W, b, history = fit_multinomial(traits, types, 7, 0.1, 100)
print("day 3: 1.9459 1.7379 0.4688")
print("torch:", *history[[0, 1, 100]].round(4))
right = (traits @ W + b).argmax(axis=1) == types
print(f"{right.sum()} of {right.size} animals right")

W, b, history = fit_multinomial(scaled, grades, 3, 0.5, 500)
exp = np.exp(scaled @ W + b)
print("five students, their grades, and the probabilities of A, B, C:")
for grade, probs in zip(grades, exp / exp.sum(axis=1, keepdims=True), strict=True):
    print("ABC"[grade], "   {:.4f} {:.4f} {:.4f}".format(*probs))

# %% [markdown]
# ## 5. XOR with an MLP
#
# No line does XOR. A network with a hidden layer (은닉층), a multilayer perceptron (다층 퍼셉트론) or
# MLP, does. On day 4 you wrote its way forward (순전파), its way backward (역전파) and its training,
# some twenty lines in all. In PyTorch a network is a class. It says which layers it has and how
# they follow one another. There is no `backward` in it: autograd has the notes.

# %% locked="two_layers"
xor_inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
xor_labels = np.array([0, 1, 1, 0])
xor_start = {  # as on day 4
    "W1": np.array([[0.5, -0.4, 0.3], [-0.6, 0.7, 0.2]]),
    "b1": np.array([0.1, -0.1, 0.05]),
    "W2": np.array([[0.4], [-0.5], [0.6]]),
    "b2": np.array([0.0]),
}


class TwoLayers(nn.Module):
    """A hidden layer with tanh and an output layer, in float64. Outputs are raw, shape (N, K)."""

    def __init__(self, params):
        """Start from a dictionary of arrays: W1 (D, H), b1 (H,), W2 (H, K), b2 (K,)."""
        super().__init__()  # nn.Module must set itself up first
        (n_inputs, n_hidden), n_outputs = params["W1"].shape, params["W2"].shape[1]
        self.hidden = nn.Linear(n_inputs, n_hidden, dtype=torch.float64)
        self.output = nn.Linear(n_hidden, n_outputs, dtype=torch.float64)
        with torch.no_grad():  # copying is no part of a formula
            self.hidden.weight.copy_(torch.tensor(params["W1"].T))
            self.hidden.bias.copy_(torch.tensor(params["b1"]))
            self.output.weight.copy_(torch.tensor(params["W2"].T))
            self.output.bias.copy_(torch.tensor(params["b2"]))

    def forward(self, X):
        """Run when the network is called: model(X)."""
        return self.output(torch.tanh(self.hidden(X)))

    def params(self):
        """Read the weights back, as a dictionary of new arrays in the shapes above."""
        return {
            "W1": self.hidden.weight.detach().numpy().T.copy(),
            "b1": self.hidden.bias.detach().numpy().copy(),
            "W2": self.output.weight.detach().numpy().T.copy(),
            "b2": self.output.bias.detach().numpy().copy(),
        }


# %%
model = TwoLayers(xor_start)
print(model)
outputs = model(torch.tensor(xor_inputs, dtype=torch.float64))
print("outputs, shape", tuple(outputs.shape), "of the four rows:")
print(outputs.detach().numpy().round(4))

# %% [markdown]
# **By hand**, from day 4: with these weights the row (1, 0) has the output 0.6477, the probability
# 0.6565, and it costs 0.4208. The four rows together cost
# $(0.7547 + 0.8580 + 0.4208 + 0.7990) / 4 = 0.7082$.
#
# The same network can do three kinds of task. Only the end differs: how many outputs, which
# targets, which loss.
#
# | task | outputs K | targets | loss, given raw outputs |
# |---|---:|---|---|
# | `"regression"` | 1 | numbers, (N,), float64 | `nn.MSELoss()` |
# | `"binary"` | 1 | 0 or 1, (N,), float64 | `nn.BCEWithLogitsLoss()` |
# | `"multiclass"` | C | 0..C-1, (N,), int64 | `nn.CrossEntropyLoss()` |
#
# **A trap.** One output still has the shape (N, 1), and the targets have (N,). `nn.MSELoss` would
# broadcast (브로드캐스팅) them to (N, N), with no more than a warning. So take the only column,
# `model(X)[:, 0]`.
#
# **Your turn.** Start `TwoLayers(params)`, choose the loss, play the five beats, read the weights
# back with `model.params()`.


# %% solution="train_network"
def train_network(params, X, targets, task, learning_rate, epochs):
    """Train a TwoLayers network from given weights, by plain gradient descent on all rows.

    params: the weights to start from, as TwoLayers takes them. X: examples in rows, shape (N, D).
    targets: shape (N,). task: "regression", "binary" or "multiclass"; it fixes the loss and the
    dtype of the targets, see the table above. X and targets may hold integers of any size.
    Returns (new_params, history). new_params: the weights after the last step, as
    TwoLayers.params() gives them. history: float64 array of shape (epochs + 1,), the loss before
    the first step and after each step. Changes no argument.
    Raises ValueError for any other task.
    """
    ### BEGIN SOLUTION
    choices = {
        "regression": (nn.MSELoss(), torch.float64),
        "binary": (nn.BCEWithLogitsLoss(), torch.float64),
        "multiclass": (nn.CrossEntropyLoss(), torch.int64),
    }
    if task not in choices:
        raise ValueError(f"unknown task {task!r}; choose one of {', '.join(choices)}")
    loss_function, dtype = choices[task]
    X = torch.tensor(X, dtype=torch.float64)
    targets = torch.tensor(targets, dtype=dtype)
    model = TwoLayers(params)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    history = []
    for epoch in range(epochs + 1):
        outputs = model(X) if task == "multiclass" else model(X)[:, 0]
        loss = loss_function(outputs, targets)
        history.append(loss.item())
        if epoch < epochs:
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    ### END SOLUTION
    return model.params(), np.array(history)


# %% tests="train_network" points=2
_, history = train_network(xor_start, xor_inputs, xor_labels, "binary", 0.5, 500)
check_array(
    history[[0, 1, 10, 500]],
    [0.7081747230, 0.7035460760, 0.6891204574, 0.3545753274],
    "the loss of XOR after 0, 1, 10 and 500 steps",
    atol=1e-8,
    hint="The first is the sum by hand. The others are those of day 4, from the same start",
)

# %% tests="train_network" idea="regression" points=2 hint="Print the shapes of outputs and targets just before the loss. Do you return the weights after the last step?"
### BEGIN HIDDEN TESTS
params = {
    "W1": np.array([[0.5, -1.0], [0.25, 0.75], [-0.5, 1.5]]),
    "b1": np.array([0.1, -0.3]),
    "W2": np.array([[1.5], [-0.5]]),
    "b2": np.array([0.25]),
}
X, targets = np.array([[1, 0, 2], [-1, 1, 0], [0, 2, -1], [2, -1, 1]]), np.array([3, -1, 0, 2])
now, wanted = params, []
for _ in range(4):
    hidden = np.tanh(X @ now["W1"] + now["b1"])
    errors = hidden @ now["W2"] + now["b2"] - targets[:, None]
    wanted.append((errors**2).mean())
    slope = 2 * errors / 4
    back = slope @ now["W2"].T * (1 - hidden**2)
    steps = {"W1": X.T @ back, "b1": back.sum(axis=0), "W2": hidden.T @ slope}
    steps["b2"] = slope.sum(axis=0)
    last, now = now, {name: now[name] - 0.1 * step for name, step in steps.items()}
trained, history = train_network(params, X, targets, "regression", 0.1, 3)
check_array(history, wanted, "history of three steps of regression")
check_array(trained["W1"], last["W1"], "W1 after three steps of regression")
### END HIDDEN TESTS

# %% tests="train_network" idea="multiclass" points=2 hint="The start is 5 rows and 4 classes. What does nn.CrossEntropyLoss want to be given?"
### BEGIN HIDDEN TESTS
params = {
    "W1": np.array([[0.5, -1.0, 0.2], [0.25, 0.75, -0.6]]),
    "b1": np.array([0.1, -0.3, 0.0]),
    "W2": np.array([[1.5, 0.5, -1.0, 0.0], [-0.5, 1.0, 0.25, 2.0], [0.75, -1.25, 0.5, 1.0]]),
    "b2": np.array([0.25, 0.0, -0.5, 1.0]),
}
X = np.array([[1.0, 0.5], [-1.0, 2.0], [0.0, -1.5], [2.0, 1.0], [-0.5, -2.0]])
targets = np.array([3, 0, 1, 1, 2])
scores = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
wanted = np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(5), targets]
_, history = train_network(params, X, targets, "multiclass", 0.1, 0)
check_array(history, [wanted.mean()], "the loss of four classes before the first step")
### END HIDDEN TESTS

# %% tests="train_network" idea="refuses_other_tasks" points=1 hint="What becomes of a task that is in no row of the table?"
### BEGIN HIDDEN TESTS
check_raises(
    ValueError,
    lambda: train_network(xor_start, xor_inputs, xor_labels, "clustering", 0.1, 2),
    'train_network with task="clustering"',
)
### END HIDDEN TESTS

# %% tests="train_network" idea="keeps_its_input" points=1 hint="Print params before and after the call."
### BEGIN HIDDEN TESTS
params = {
    "W1": np.array([[0.5, -1.0], [0.25, 0.75]]),
    "b1": np.array([0.1, -0.3]),
    "W2": np.array([[1.5], [-0.5]]),
    "b2": np.array([0.25]),
}
X, targets = np.array([[1.0, -2.0], [0.5, 3.0], [2.0, 0.0]]), np.array([1.0, 0.0, 2.0])
check_unchanged(
    lambda: train_network(params, X, targets, "regression", 0.1, 3), "train_network", params=params
)
errors = (np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"])[:, 0] + 0.25 - targets
_, history = train_network(params, X, targets, "regression", 0.1, 0)
check_array(history, [(errors**2).mean()], "train_network, called again")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Day 4's numbers, from day 4's start (2000 steps would again end at
# 0.0044). Your backpropagation was right, and now you can leave it to torch. On the left is what
# the trained network says of every point of the plane. The one line of a softmax classifier stands
# no chance: its loss stays at $\log 2 = 0.6931$.

# %% show="xor"
trained, history = train_network(xor_start, xor_inputs, xor_labels, "binary", 0.5, 1000)
_, _, line_history = fit_multinomial(xor_inputs, xor_labels, 2, 0.5, 100)

side = np.linspace(-0.5, 1.5, 80)
plane = np.stack(np.meshgrid(side, side), axis=-1)  # a grid of points, shape (80, 80, 2)
with torch.no_grad():  # nobody needs slopes here
    probs = torch.sigmoid(TwoLayers(trained)(torch.tensor(plane)))[..., 0].numpy()

fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
shades = left.imshow(
    probs, extent=(-0.5, 1.5, -0.5, 1.5), origin="lower", cmap="RdBu_r", vmin=0, vmax=1
)
fig.colorbar(shades, ax=left, label="probability of 1", ticks=[0, 0.5, 1])
for label, colour, marker in ((0, "blue", "o"), (1, "vermillion", "^")):
    points = xor_inputs[xor_labels == label]
    style = {"s": 130, "color": COLORS[colour], "edgecolor": "white", "marker": marker}
    left.scatter(points[:, 0], points[:, 1], label=f"XOR = {label}", zorder=3, **style)
left.set(xlabel="$x_1$", ylabel="$x_2$", title="XOR, learned")
left.legend(loc="center")
right.plot(history, color=COLORS["blue"], linewidth=2, label="TwoLayers")
right.axhline(line_history[-1], color=COLORS["vermillion"], linestyle="--", label="one line")
right.set(xlabel="step", ylabel="loss", title=f"after 1000 steps {history[-1]:.4f}", ylim=(0, 0.8))
right.legend(frameon=False, loc="center right")
plt.show()

# %% [markdown]
# ## 6. Layers in a row
#
# If every layer simply follows the one before, no class is needed. `nn.Sequential` takes layers
# in order, and calls one after the other:
#
# ```text
# sizes (8, 16, 1)    X ──▶ Linear(8, 16) ──▶ ReLU ──▶ Linear(16, 1) ──▶ output
#                  (N, 8)                (N, 16)                    (N, 1)
# ```
#
# ReLU, $\max(0, z)$, is the usual choice between layers. After the *last* layer stands nothing:
# the loss wants raw scores, and a regression may need negative numbers. (Without a ReLU between
# them, two linear layers would be one: $(XW_1)W_2 = X(W_1 W_2)$.)
#
# The network of the Keras lecture has 4 inputs and layers of 2, 3 and 4 units. **By hand**, its
# numbers to learn: $(4 \cdot 2 + 2) + (2 \cdot 3 + 3) + (3 \cdot 4 + 4) = 10 + 9 + 16 = 35$.
#
# Layers start with random weights. `torch.manual_seed(seed)` fixes the dice (시드): the same seed
# just before building gives the same weights.
#
# **Your turn.** `nn.Sequential(*layers)` takes a list `layers` apart. Here float32 is right, the
# default of `nn.Linear`.


# %% solution="build_mlp"
def build_mlp(sizes, seed):
    """Build an MLP with ReLU between its layers.

    sizes: how many inputs, then how many units each layer has, such as (8, 16, 1).
    seed: an integer, given to torch.manual_seed before the first layer is made.
    Returns an nn.Sequential: Linear, ReLU, Linear, ReLU, …, Linear. Each Linear has float32
    weights of its own, as PyTorch draws them. Nothing stands behind the last one.
    Raises ValueError if there are fewer than two sizes.
    """
    ### BEGIN SOLUTION
    if len(sizes) < 2:
        raise ValueError(f"an MLP needs at least two sizes, not {sizes}")
    torch.manual_seed(seed)
    layers = []
    for i in range(len(sizes) - 1):
        layers += [nn.Linear(sizes[i], sizes[i + 1]), nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    ### END SOLUTION
    return model


# %% tests="build_mlp" points=2
model = build_mlp((4, 2, 3, 4), seed=0)
check_equal(len(model), 5, "the number of parts: Linear, ReLU, Linear, ReLU, Linear")
linear = [model[0], model[2], model[4]]
found = [(layer.in_features, layer.out_features) for layer in linear]
check_equal(found, [(4, 2), (2, 3), (3, 4)], "inputs and outputs of the linear layers")

# %% tests="build_mlp" idea="forward" points=2 hint="Between the layers max(0, z), and after the last one nothing. Compute it in NumPy from the weights of your layers."
### BEGIN HIDDEN TESTS
model = build_mlp([3, 5, 2], 1)
X = np.array([[2.0, -1.0, 0.5], [-3.0, 4.0, 1.0], [0.0, 0.25, -6.0], [10.0, 7.0, -8.0]])
outputs = model(model[0].weight.detach().new_tensor(X.tolist())).detach().numpy()
W1, b1 = model[0].weight.detach().numpy(), model[0].bias.detach().numpy()
W2, b2 = model[2].weight.detach().numpy(), model[2].bias.detach().numpy()
wanted = np.maximum(X @ W1.T + b1, 0) @ W2.T + b2
check_array(outputs, wanted, "outputs for four rows", rtol=1e-4, atol=1e-4)
### END HIDDEN TESTS

# %% tests="build_mlp" idea="seeds" points=1 hint="Build two networks with seed 7 and one with seed 8. Which weights are equal?"
### BEGIN HIDDEN TESTS
first, again, other = (build_mlp((3, 4, 2), seed)[0].weight.detach().numpy() for seed in (7, 7, 8))
check_array(first, again, "the weights of two networks with the seed 7")
check_equal(bool(np.allclose(first, other)), False, "whether seeds 7 and 8 give equal weights")
### END HIDDEN TESTS

# %% tests="build_mlp" idea="own_weights" points=1 hint="Print the weights of two hidden layers of equal size."
### BEGIN HIDDEN TESTS
model = build_mlp((2, 4, 4, 4, 1), 3)
second, third = model[2].weight.detach().numpy(), model[4].weight.detach().numpy()
check_equal(bool(np.allclose(second, third)), False, "whether two hidden layers are equal")
### END HIDDEN TESTS

# %% tests="build_mlp" idea="refuses_one_size" points=1 hint="With one size there is no layer. What does the docstring say?"
### BEGIN HIDDEN TESTS
check_raises(ValueError, lambda: build_mlp((3,), 0), "build_mlp((3,), 0)")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Your networks now do a classification and a regression. Both get 16
# hidden units, inputs in standard deviations (as seen in the *training* rows only), and Adam, an
# optimiser that chooses each weight's step size for itself. The loop is the same five beats.
#
# Each picture has two curves: the loss on the rows that the network trains on, and on rows that it
# never sees. On the right, the dotted line is the test error of a straight line, fitted by least
# squares (최소제곱법) to the same 20 exams. The MLP fits *its* 20 rows far better than the line. On
# the other 5 it is hardly better: the exams lie along a line, and a line has only 4 numbers to
# learn.


# %% show="two_mlps"
def two_curves(model, loss_function, train, test, epochs):
    """Train with Adam; return the losses of the training and of the test rows, (epochs, 2)."""
    (X, y), (X_test, y_test) = (
        [torch.tensor(array, dtype=torch.float32) for array in part] for part in (train, test)
    )
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    curves = []
    for _ in range(epochs):
        loss = loss_function(model(X)[:, 0], y)
        with torch.no_grad():  # the test rows teach nothing
            curves.append([loss.item(), loss_function(model(X_test)[:, 0], y_test).item()])
        optimiser.zero_grad()  # 3 forget
        loss.backward()  # 4 backward
        optimiser.step()  # 5 step
    return np.array(curves)


table = load_diabetes()
X, y = table.drop(columns="diabetic").to_numpy(), table["diabetic"].to_numpy()
X = (X - X[:600].mean(axis=0)) / X[:600].std(axis=0)
diabetes_net = build_mlp((8, 16, 1), seed=0)
diabetes = two_curves(
    diabetes_net, nn.BCEWithLogitsLoss(), (X[:600], y[:600]), (X[600:], y[600:]), 200
)
with torch.no_grad():  # a score above 0 is a probability above 0.5
    answers = diabetes_net(torch.tensor(X[600:], dtype=torch.float32))[:, 0].numpy() > 0
print(f"diabetes: {(answers == y[600:]).mean():.2f} of the test rows right after 200 epochs,")
print(f"          {max(y[600:].mean(), 1 - y[600:].mean()):.2f} by always giving the same answer")

X = (exams - exams[:20].mean(axis=0)) / exams[:20].std(axis=0)
centre, spread = finals[:20].mean(), finals[:20].std()
y = (finals - centre) / spread
parts = (X[:20], y[:20]), (X[20:], y[20:])
exam_net = build_mlp((3, 16, 1), seed=0)
points = two_curves(exam_net, nn.MSELoss(), *parts, 200) * spread**2  # in points again
ones = np.column_stack([exams, np.ones(25)])
theta = np.linalg.lstsq(ones[:20], finals[:20])[0]
errors = (ones @ theta - finals) ** 2
print(f"exams: the MLP {points[-1, 0]:.2f} on its 20 rows, {points[-1, 1]:.2f} on the other 5;")
print(f"       the straight line {errors[:20].mean():.2f} and {errors[20:].mean():.2f}")

fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
for ax, curves, name in (
    (left, diabetes, "Diabetes: cross-entropy"),
    (right, points, "Exams: mean squared error"),
):
    ax.plot(curves[:, 0], color=COLORS["blue"], linewidth=2, label="training rows")
    ax.plot(curves[:, 1], color=COLORS["vermillion"], linewidth=2, label="test rows")
    ax.set(xlabel="epoch", ylabel="loss", title=name)
right.axhline(errors[20:].mean(), color="black", linestyle=":", label="straight line, test")
right.set_yscale("log")
right.minorticks_off()
left.legend(frameon=False)
right.legend(frameon=False)
plt.show()

# %% [markdown] manual="learned_by_heart" points=2
# **In your own words.** Look at the left picture. The network has $8 \cdot 16 + 16 + 16 + 1 = 161$
# numbers to learn, and 600 rows to learn them from.
#
# 1. From some epoch on, one curve goes on falling and the other rises. What is the network
#    learning then? How is it called? (one point)
# 2. Somebody stops at the epoch where the test curve is lowest, and reports that lowest value as
#    the quality of the model. What is wrong with it, and how would you do it? (one point)
#
# Two or three sentences for each.
#
# ### BEGIN SOLUTION
# 1. It learns its training rows by heart: accidents and noise of these 600 rows that do not
#    hold for others. So the training loss falls and the test loss rises: overfitting (과적합).
# 2. The test rows have then chosen the epoch, so they are no longer rows that the model has never
#    seen. The value is the best of 200 tries, and too good. Set aside a third part, validation
#    rows (검증), and choose the epoch with them. Use the test rows once, at the very end. (Also
#    right: cross-validation, 교차 검증.)
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - A tensor notes how it was computed; `backward()` walks the notes back, and *adds* to `.grad`.
# - Five beats train everything: scores, loss, forget, backward, step.
# - Losses take raw scores. Sigmoid and softmax are inside.
# - A framework should give the numbers that you got by hand. Yours did.
#
# **Play.** Change the sizes, the seed or the optimiser above. Can you find a network that does
# clearly better on the exams than the straight line? And would you trust five test rows to say
# so?

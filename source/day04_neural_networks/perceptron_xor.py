# %% [markdown]
# # The perceptron, XOR and activations
#
# **Time** about 85 minutes · **Points** 35 · **You need** the perceptron and its gates (day 1),
# logistic regression and its cost (day 3)
#
# On day 1 you chose the weights of OR, AND and NAND by hand, and found none for XOR. At the end of
# this notebook you will be able to
#
# - let a perceptron (퍼셉트론) find its weights from its mistakes, and see when it never will;
# - show that no line does XOR: not with the best count, not with the best cost;
# - build XOR from three neurons, and say what the hidden layer (은닉층) does to the corners;
# - write five activation functions (활성화 함수) and their derivatives (도함수), and a maxout unit.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 A neuron, once more | nothing | 5 | |
# | 2 Learning from one mistake | `perceptron_step` | 12 | 5 |
# | 3 Row after row | `fit_perceptron` | 15 | 5 |
# | 4 No line does XOR | `lines_right`, an answer in words | 18 | 5 |
# | 5 Two lines and a third | `xor_hidden`, `xor_network`, an answer in words | 15 | 7 |
# | 6 Activations and their slopes | `activation`, `activation_grad` | 15 | 11 |
# | 7 Maxout | `maxout` | 5 | 2 |
#
# As always: return a new array, leave the arguments as they are, take integers too.

# %% [markdown]
# **Tools.** Besides the checks and a picture we need the four corners of a square and what the
# gates answer there. The corners stand in the order of the slides. Run this cell and move on.

# %% locked="setup"
import matplotlib.pyplot as plt
import numpy as np

from course.checks import check_array, check_close, check_equal, check_raises, check_unchanged
from course.plots import COLORS, decision_line

corners = np.array([[0, 0], [1, 1], [0, 1], [1, 0]])
truth = {
    "OR": np.array([0, 1, 1, 1]),
    "AND": np.array([0, 1, 0, 0]),
    "NAND": np.array([1, 0, 1, 1]),
    "XOR": np.array([0, 0, 1, 1]),
}

# %% [markdown]
# ## 1. A neuron, once more
#
# A nerve cell collects signals. If they are strong enough together, it fires. The model of it is
# the threshold logic unit (임계 논리 유닛), TLU for short:
#
# ```text
#   x1 ── w1 ──╲
#               sum ──▶ above the threshold? ──▶ 1 (fires) or 0 (is silent)
#   x2 ── w2 ──╱
# ```
#
# Some slides write a threshold (임계값) $\theta$, others a bias (편향) $b$. It is the same thing:
#
# $$w \cdot x > \theta \quad\Longleftrightarrow\quad w \cdot x + b > 0 \quad\text{with}\quad
# b = -\theta$$
#
# The function from score to 0 or 1 is the step (계단 함수), also called Heaviside. A score of
# exactly 0 gives 0. The next cell says OR in both ways.

# %%
threshold = 0.5
total = corners @ np.array([1.0, 1.0])
print("with a threshold:", (total > threshold).astype(int))
print("with a bias:     ", np.heaviside(total - threshold, 0).astype(int))  # 0: the step at 0
print("OR should be:    ", truth["OR"])

# %% [markdown]
# ## 2. Learning from one mistake
#
# In 1957 Frank Rosenblatt let the unit learn. Show it one example. If the output is right, do
# nothing. If it is wrong, push the score the other way:
#
# $$\text{error} = \text{target} - \text{output}, \qquad
# w \leftarrow w + \eta \cdot \text{error} \cdot x, \qquad
# b \leftarrow b + \eta \cdot \text{error}$$
#
# $\eta$ is the learning rate (학습률). The error has three possible values:
#
# | target | output | error | the score of this example |
# |---:|---:|---:|---|
# | equal | equal | 0 | stays |
# | 1 | 0 | 1 | rises |
# | 0 | 1 | -1 | falls |
#
# By hand, for OR, from $w = (0, 0)$ and $b = 0$ with $\eta = 1$:
#
# - Show (1, 1), target 1. The score is 0, so the output is 0 and the error is 1. Now
#   $w = (0, 0) + 1 \cdot 1 \cdot (1, 1) = (1, 1)$ and $b = 0 + 1 = 1$.
# - Show (0, 0), target 0. The score is $b = 1$, so the output is 1 and the error is -1. Now
#   $w = (1, 1) - (0, 0) = (1, 1)$ and $b = 1 - 1 = 0$.
#
# Compare with day 3: logistic regression moves by $(y - p)\,x$. Here the output stands in place of
# $p$, and it is 0 or 1, nothing between. (One lecture lets outputs be 1 and -1. Then the error is
# 2 or -2. We use 1 and 0.)
#
# **Your turn.** Write one step.


# %% solution="perceptron_step"
def perceptron_step(w, b, x, target, learning_rate):
    """Show a perceptron one example, and correct it if it is wrong.

    w: weights, shape (D,). b: the bias, a number. x: one example, shape (D,).
    target: the right output, 0 or 1. learning_rate: a float.
    The output is 1 if w · x + b is greater than 0, else 0 (so a score of exactly 0 gives 0).
    Returns (new_w, new_b): an array of shape (D,) and a number, both float64. Changes no argument.
    """
    ### BEGIN SOLUTION
    output = 1 if w @ x + b > 0 else 0
    step = learning_rate * (target - output)
    new_w = w + step * x
    new_b = b + step
    ### END SOLUTION
    return new_w, new_b


# %% tests="perceptron_step" points=1
w, b = perceptron_step(np.array([0.0, 0.0]), 0.0, np.array([1, 1]), 1, 1.0)
check_array(w, [1.0, 1.0], "w after (1, 1), which should give 1", hint="The error is 1 here")
w, b = perceptron_step(np.array([1.0, 1.0]), 1.0, np.array([0, 0]), 0, 1.0)
check_close(b, 0.0, "b after (0, 0), which should give 0", hint="The error is -1 here")

# %% tests="perceptron_step" idea="other_examples" points=2 hint="Try 3 inputs and a rate of 0.25."
### BEGIN HIDDEN TESTS
w, b = perceptron_step(np.array([1.0, 2.0, -0.5]), 0.5, np.array([3, 1, 2]), 0, 0.25)
check_array(w, [0.25, 1.75, -1.0], "w after a 1 that should be 0, learning_rate = 0.25")
check_close(b, 0.25, "b after a 1 that should be 0, learning_rate = 0.25")
### END HIDDEN TESTS

# %% tests="perceptron_step" idea="right_answers" points=1 hint="What is the error of a right output?"
### BEGIN HIDDEN TESTS
w, b = perceptron_step(np.array([2.0, -1.0, 0.5]), -1.0, np.array([3.0, 1.0, 2.0]), 1, 1.0)
check_array(w, [2.0, -1.0, 0.5], "w after a 1 that should be 1")
w, b = perceptron_step(np.array([2.0, -1.0]), -4.0, np.array([3.0, 2.0]), 0, 1.0)
check_array(w, [2.0, -1.0], "w after a score of exactly 0 that should give 0")
### END HIDDEN TESTS

# %% tests="perceptron_step" idea="keeps_its_input" points=1 hint="Print w before and after the call."
### BEGIN HIDDEN TESTS
w, x = np.array([1.5, -2.0]), np.array([4.0, 2.0])
check_unchanged(lambda: perceptron_step(w, 1.0, x, 0, 0.5), "perceptron_step", w=w, x=x)
check_array(perceptron_step(w, 1.0, x, 0, 0.5)[0], [-0.5, -3.0], "perceptron_step, called again")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Row after row
#
# One pass over all rows is an epoch (에포크). Here is OR to the end, by hand, with $\eta = 1$:
#
# | epoch | shown | target | score | output | w after | b after |
# |---:|---|---:|---:|---:|---|---:|
# | 1 | (0, 0) | 0 | 0 | 0 | (0, 0) | 0 |
# | | (1, 1) | 1 | 0 | **0** | (1, 1) | 1 |
# | | (0, 1) | 1 | 2 | 1 | (1, 1) | 1 |
# | | (1, 0) | 1 | 2 | 1 | (1, 1) | 1 |
# | 2 | (0, 0) | 0 | 1 | **1** | (1, 1) | 0 |
# | | (1, 1) | 1 | 2 | 1 | (1, 1) | 0 |
# | | (0, 1) | 1 | 1 | 1 | (1, 1) | 0 |
# | | (1, 0) | 1 | 1 | 1 | (1, 1) | 0 |
# | 3 | all four | | 0, 2, 1, 1 | 0, 1, 1, 1 | (1, 1) | 0 |
#
# The bold outputs are wrong. One mistake in epoch 1, one in epoch 2, none in epoch 3: it has
# learned OR, and the mistakes were `[1, 1, 0]`. Each mistake is corrected *before* the next row is
# shown.
#
# And with $\eta = 0.5$? Every score, $w$ and $b$ is half as large. Every output stays: half a
# positive number is still positive. So from zero weights, $\eta$ scales $w$ and $b$ and nothing
# else. The mistakes are the same.
#
# **Your turn.** You may call `perceptron_step`, or write the rule once more.


# %% solution="fit_perceptron"
def fit_perceptron(X, y, learning_rate, epochs):
    """Let a perceptron learn from its mistakes, starting with zero weights and zero bias.

    X: examples in rows, shape (N, D). y: targets 0 and 1, shape (N,). learning_rate: a float.
    epochs: the largest number of passes, an integer.
    An epoch shows the rows from first to last. Each mistake changes w and b at once, by the rule
    of part 2. Stops after the first epoch without a mistake, else after `epochs` epochs.
    Returns (w, b, mistakes): an array of shape (D,), a number, and a list of integers. The list
    has one entry for each epoch that was run: how many rows got a wrong output when shown.
    """
    ### BEGIN SOLUTION
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y, strict=True):
            output = 1 if w @ x + b > 0 else 0
            if output != target:
                w = w + learning_rate * (target - output) * x
                b = b + learning_rate * (target - output)
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    ### END SOLUTION
    return w, b, mistakes


# %% tests="fit_perceptron" points=2
w, b, mistakes = fit_perceptron(corners, truth["OR"], 0.5, 10)
check_equal(mistakes, [1, 1, 0], "mistakes on OR", hint="Compare with the table, epoch by epoch")
check_array(w, [0.5, 0.5], "w for OR with learning_rate = 0.5")

# %% tests="fit_perceptron" idea="three_inputs" points=2 hint="Try 3 inputs and a rate of 0.25."
### BEGIN HIDDEN TESTS
X = np.array([[2, -1, 3], [1, 4, -2], [3, 2, 1], [1, 1, 1], [2, 3, 1]])
y = np.array([0, 1, 0, 1, 1])
wanted_w, wanted_b, wanted = np.zeros(3), 0.0, []
while not wanted or wanted[-1]:
    wanted.append(0)
    for x, target in zip(X, y, strict=True):
        error = target - int((wanted_w * x).sum() + wanted_b > 0)
        wanted_w, wanted_b = wanted_w + 0.25 * error * x, wanted_b + 0.25 * error
        wanted[-1] += abs(int(error))
w, b, mistakes = fit_perceptron(X, y, 0.25, 50)
check_equal(mistakes, wanted, "mistakes on five rows of three inputs")
check_array(np.append(w, b), np.append(wanted_w, wanted_b), "w and b for three inputs")
### END HIDDEN TESTS

# %% tests="fit_perceptron" idea="xor_never_ends" points=1 hint="How many epochs may it run?"
### BEGIN HIDDEN TESTS
w, b, mistakes = fit_perceptron(corners, truth["XOR"], 1.0, 7)
check_equal(mistakes, [1, 4, 4, 4, 4, 4, 4], "mistakes on XOR, 7 epochs")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** If a line exists, the rule finds one after finitely many mistakes. That is
# a theorem. It finds *some* line, often one that just scrapes past a point. If no line exists, the
# rule never rests. On XOR it runs in a circle. From the second epoch on all four rows are
# wrong, and each epoch ends where it began: each correction spoils the next row.

# %% show="perceptron_learns"
rng = np.random.default_rng(5)
lower = rng.normal([-0.4, -0.6], 0.5, size=(20, 2))
upper = rng.normal([1.0, 1.0], 0.5, size=(20, 2))
order = rng.permutation(40)
X, y = np.vstack([lower, upper])[order], np.repeat([0, 1], 20)[order]
w, b, mistakes = fit_perceptron(X, y, 1.0, 50)

fig, (left, right) = plt.subplots(
    1, 2, figsize=(11, 3.9), width_ratios=[1.2, 1], layout="constrained"
)
decision_line(
    X,
    y,
    lambda x1: -(w[0] * x1 + b) / w[1],
    positive=lambda points: points @ w + b > 0,
    title=f"Two clouds: {len(mistakes)} epochs, earlier lines grey",
    labels=("0", "1"),
    ax=left,
)
x1 = np.linspace(X[:, 0].min() - 1, X[:, 0].max() + 1, 2)
for epoch in range(1, len(mistakes) - 1):
    early_w, early_b, _ = fit_perceptron(X, y, 1.0, epoch)
    left.plot(x1, -(early_w[0] * x1 + early_b) / early_w[1], color="lightgrey", zorder=1)

for gate, colour, mark in (("OR", "sky", "o"), ("AND", "green", "s"), ("XOR", "purple", "^")):
    mistakes = fit_perceptron(corners, truth[gate], 1.0, 12)[2]
    epochs = range(1, len(mistakes) + 1)
    right.plot(epochs, mistakes, marker=mark, color=COLORS[colour], label=gate)
right.set(title="Mistakes of the gates", xlabel="epoch", ylabel="rows of 4", ylim=(-0.2, 4.4))
right.legend(frameon=False, loc="center right")
plt.show()

for epochs in (10, 11, 12):
    w, b, _ = fit_perceptron(corners, truth["XOR"], 1.0, epochs)
    print(f"XOR after {epochs} epochs: w = {w}, b = {b}")

# %% [markdown]
# ## 4. No line does XOR
#
# In 1969 Minsky and Papert proved what one perceptron cannot do. XOR was the famous case. You
# showed it on day 1: the four conditions contradict each other. Now count. How many of the four
# corners can a line get right?
#
# | $x$ | XOR | the OR line | the NAND line | the AND line |
# |---|---:|---:|---:|---:|
# | | | $x_1 + x_2 - 0.5$ | $-x_1 - x_2 + 1.5$ | $x_1 + x_2 - 1.5$ |
# | (0, 0) | 0 | 0 | **1** | 0 |
# | (1, 1) | 0 | **1** | 0 | **1** |
# | (0, 1) | 1 | 1 | 1 | **0** |
# | (1, 0) | 1 | 1 | 1 | **0** |
# | right | | 3 | 3 | 1 |
#
# Bold answers are wrong for XOR. To try thousands of lines, do not loop over them. All scores at
# once are one matrix product (행렬곱) of corners and weights, with broadcasting (브로드캐스팅) for
# the biases.
#
# **Your turn.** Count for many lines at once. Mind the axes: with as many lines as examples, a
# wrong one runs without an error.


# %% solution="lines_right"
def lines_right(X, y, weights, biases):
    """Count how many examples each of M lines gets right.

    X: examples in rows, shape (N, D). y: targets 0 and 1, shape (N,).
    weights: one line in each row, shape (M, D). biases: one for each line, shape (M,).
    A line answers 1 where its score w · x + b is greater than 0, else 0.
    Returns the counts, integers of shape (M,).
    """
    ### BEGIN SOLUTION
    scores = X @ weights.T + biases
    outputs = scores > 0
    counts = (outputs == y[:, None]).sum(axis=0)
    ### END SOLUTION
    return counts


# %% tests="lines_right" points=1
check_array(
    lines_right(
        corners,
        truth["XOR"],
        np.array([[1.0, 1.0], [-1.0, -1.0], [1.0, 1.0]]),
        np.array([-0.5, 1.5, -1.5]),
    ),
    [3, 3, 1],
    "corners that the OR, NAND and AND lines get right for XOR",
    hint="One count for each line: over which axis do you sum?",
)

# %% tests="lines_right" idea="as_many_lines_as_examples" points=1 hint="Which axis has the targets?"
### BEGIN HIDDEN TESTS
weights = np.array([[1.0, 2.0], [-1.0, 0.5], [0.25, -3.0]])
X, y = np.array([[1, 0], [4, 1], [-2, 3]]), np.array([1, 0, 0])
check_array(lines_right(X, y, weights, np.array([-2.0, 4.0, 1.0])), [0, 1, 3], "N = M = 3")
### END HIDDEN TESTS

# %% tests="lines_right" idea="on_the_boundary" points=1 hint="Is a score of exactly 0 above 0?"
### BEGIN HIDDEN TESTS
X, y = np.array([[1, 2, 3], [0, 1, -1], [2, 0, 5], [-4, 1, 1]]), np.array([0, 1, 0, 1])
weights = np.array([[2, -1, 0], [1, 1, -1]])
check_array(lines_right(X, y, weights, np.array([0, 3])), [1, 2], "D = 3, with scores of 0")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The next cell tries 4913 lines on every possible gate. Four corners allow
# $2^4 = 16$ columns of zeros and ones. First it compares your fast answer with the slow one.


# %% show="every_gate"
grid = np.arange(-8, 9) / 4  # -2, -1.75, ..., 2
lines = np.stack(np.meshgrid(grid, grid, grid), axis=-1).reshape(-1, 3)
weights, biases = lines[:, :2], lines[:, 2]

slow = []
for w, b in zip(weights[:200], biases[:200], strict=True):
    slow.append(0)
    for x, target in zip(corners, truth["XOR"], strict=True):
        output = 1 if w[0] * x[0] + w[1] * x[1] + b > 0 else 0
        if output == target:
            slow[-1] += 1
fast = lines_right(corners, truth["XOR"], weights[:200], biases[:200])
print("slow and fast agree:", np.array_equal(slow, fast))

print(f"the best of {len(lines)} lines:")
for gate, y in truth.items():
    print(f"  {gate:4}", lines_right(corners, y, weights, biases).max(), "of 4 corners right")

tables = (np.arange(16)[:, None] >> np.arange(4)) & 1  # all columns of four zeros and ones
best = np.array([lines_right(corners, y, weights, biases).max() for y in tables])
print("gates with a line:", (best == 4).sum(), "of 16")
print("without a line:   ", [y.tolist() for y in tables[best < 4]])

# %% [markdown]
# Only XOR and its opposite have no line. Their best is 3 of 4: an accuracy (정확도) of 0.75.
#
# ### And with the best cost?
#
# Logistic regression does not count, it lowers a cost. Start at $w = (0, 0)$, $b = 0$. Every score
# is 0, so $p = 0.5$ at every corner. The gradient (기울기) is the mean of $(p - y)\,x$ for $w$, and
# of $p - y$ for $b$:
#
# | $x$ | $y$ | $p - y$ | $(p - y)\,x_1$ | $(p - y)\,x_2$ |
# |---|---:|---:|---:|---:|
# | (0, 0) | 0 | 0.5 | 0 | 0 |
# | (1, 1) | 0 | 0.5 | 0.5 | 0.5 |
# | (0, 1) | 1 | -0.5 | 0 | -0.5 |
# | (1, 0) | 1 | -0.5 | -0.5 | 0 |
# | sum | | **0** | **0** | **0** |
#
# The slope is 0 in every direction. The cost is convex (볼록), so this is the bottom of the valley:
# no line has a lower cost. From any other start, gradient descent (경사하강법) ends there too. The
# next cell is yours; try other starts.

# %%
w, b = np.array([0.7, -0.4]), 0.3  # change these

for step in range(501):
    p = 1 / (1 + np.exp(-(corners @ w + b)))
    if step in (0, 10, 100, 500):
        cost = -np.log(np.where(truth["XOR"] == 1, p, 1 - p)).mean()
        print(f"step {step:3}: cost {cost:.6f}, p = {p.round(3)}")
    error = (p - truth["XOR"]) / 4
    w, b = w - corners.T @ error, b - error.sum()

print("ln 2 is", np.log(2).round(6))

# %% [markdown] manual="why_ln_2" points=2
# **In your own words.** Two questions, one point each.
#
# 1. At $w = (0, 0)$, $b = 0$ the cost is $\ln 2$, about 0.693. Why this number?
# 2. The line $w = (20, 20)$, $b = -10$ gets three corners right. "$p > 0.5$ gives 1" at
#    $w = (0, 0)$, $b = 0$ gets only two. Yet its cost is lower. Estimate the cost of the first
#    line and say where it comes from. (The score at (1, 1) is 30.)
#
# ### BEGIN SOLUTION
# 1. Every corner gets $p = 0.5$. Whether the target is 0 or 1, it costs $-\ln 0.5 = \ln 2$. The
#    mean of four equal numbers is that number.
# 2. Three corners are right and cost almost nothing: scores -10 and 10, so $e^{-10}$ each. At
#    (1, 1) the answer is 1 with a score of 30, but the target is 0. That costs about 30. The mean
#    is $30 / 4 = 7.5$, more than ten times $\ln 2$. Cross-entropy punishes being sure and wrong:
#    one such mistake outweighs three right answers.
# ### END SOLUTION

# %% [markdown] picture="xor_regions"
# ## 5. Two lines and a third
#
# One line is not enough. Take two, and a third neuron that joins their answers. In place of the
# step stands the sigmoid (시그모이드) $\sigma(z) = 1 / (1 + e^{-z})$ of day 3. With weights like 20
# it is nearly a step: $\sigma(-10) = 0.00005$ and $\sigma(10) = 0.99995$.
#
# ![Left: a network with inputs x1 and x2, hidden units h1 and h2 and output y. The weights into h1
# are 20 and 20 with bias -10, into h2 -20 and -20 with bias 30, into y 20 and 20 with bias -30.
# Middle: the square of the inputs. A diagonal band holds (0, 1) and (1, 0), marked as 1. (0, 0) and
# (1, 1) lie outside, on either side. Right: the hidden plane. (0, 1) and (1, 0) fall together on
# the point (1, 1). (0, 0) lies at (0, 1) and (1, 1) at (1, 0). One line
# parts them.](attachment:xor_regions.png)
#
# $$h_1 = \sigma(20 x_1 + 20 x_2 - 10), \quad h_2 = \sigma(-20 x_1 - 20 x_2 + 30), \quad
# y = \sigma(20 h_1 + 20 h_2 - 30)$$
#
# By hand, with the scores in brackets:
#
# | $x$ | $h_1$ | $h_2$ | $y$ |
# |---|---|---|---|
# | (0, 0) | 0.00005 (-10) | 1.00000 (30) | 0.00005 (-9.999) |
# | (1, 1) | 1.00000 (30) | 0.00005 (-10) | 0.00005 (-9.999) |
# | (0, 1) | 0.99995 (10) | 0.99995 (10) | 0.99995 (9.998) |
# | (1, 0) | 0.99995 (10) | 0.99995 (10) | 0.99995 (9.998) |
#
# Read the columns. $h_1$ is OR, $h_2$ is NAND, $y$ is AND: "one or the other, and not both".
#
# This is a multilayer perceptron (다층 퍼셉트론, MLP): an input layer, a hidden layer, an output
# layer. Numbers run from left to right, feedforward (순전파). In rows, with one *column* of $W_1$
# for each hidden unit:
#
# $$H = \sigma(X W_1 + b_1):\ (N, 2)(2, 2) + (2,) \qquad
# y = \sigma(H w_2 + b_2):\ (N, 2)(2,) + ()$$
#
# That makes $4 + 2 + 2 + 1 = 9$ numbers.
#
# **Your turn.** First the hidden layer.


# %% solution="xor_hidden"
def xor_hidden(X):
    """Compute the two hidden units of the XOR network.

    X: inputs in rows, shape (N, 2); any numbers, not only 0 and 1.
    Returns float64 values of shape (N, 2): h1 in the first column, h2 in the second, each a
    sigmoid of its score.
    """
    ### BEGIN SOLUTION
    W1 = np.array([[20.0, -20.0], [20.0, -20.0]])
    b1 = np.array([-10.0, 30.0])
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    ### END SOLUTION
    return H


# %% tests="xor_hidden" points=1
low, high = 1 / (1 + np.exp(10)), 1 / (1 + np.exp(-10))
check_array(
    xor_hidden(corners),
    [[low, 1.0], [1.0, low], [high, high], [high, high]],
    "xor_hidden of the four corners",
    hint="Compare with the table: h1 is the first column, h2 the second",
)

# %% tests="xor_hidden" idea="other_points" points=1 hint="Try points between the corners."
### BEGIN HIDDEN TESTS
X = np.array([[0.5, 0.25], [0.75, 0.0], [1.0, 0.5], [0.5, 0.5], [-0.25, 0.5]])
wanted = [[1 / (1 + np.exp(10 - 20 * s)), 1 / (1 + np.exp(20 * s - 30))] for s in X.sum(axis=1)]
check_array(xor_hidden(X), wanted, "xor_hidden of five other points")
### END HIDDEN TESTS

# %% [markdown]
# Now the whole network. It gives one number for each row, shape (N,). You may call `xor_hidden`.


# %% solution="xor_network"
def xor_network(X):
    """Compute the output of the XOR network.

    X: inputs in rows, shape (N, 2); any numbers, not only 0 and 1.
    Returns y, float64 of shape (N,): a sigmoid, so it lies between 0 and 1 and is not rounded.
    """
    ### BEGIN SOLUTION
    W1 = np.array([[20.0, -20.0], [20.0, -20.0]])
    b1 = np.array([-10.0, 30.0])
    w2, b2 = np.array([20.0, 20.0]), -30.0
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    y = 1 / (1 + np.exp(-(H @ w2 + b2)))
    ### END SOLUTION
    return y


# %% tests="xor_network" points=2
check_array(
    xor_network(corners),
    [4.5439104877e-05, 4.5439104877e-05, 0.99995451962, 0.99995451962],
    "xor_network of the four corners",
    hint="y is a sigmoid of 20 h1 + 20 h2 - 30, not rounded, shape (N,)",
)

# %% tests="xor_network" idea="other_points" points=1 hint="Try points between the corners."
### BEGIN HIDDEN TESTS
X = np.array([[0.5, 0.25], [0.5, 0.0], [1.0, 0.5], [0.5, 0.5], [-0.25, 0.5]])
h1 = 1 / (1 + np.exp(10 - 20 * X.sum(axis=1)))
h2 = 1 / (1 + np.exp(20 * X.sum(axis=1) - 30))
check_array(xor_network(X), 1 / (1 + np.exp(30 - 20 * h1 - 20 * h2)), "xor_network between corners")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The next cell draws the picture from above once more, now with *your*
# network. In the plane of the inputs two lines are needed. In the plane of $(h_1, h_2)$ one is
# enough: the hidden layer has *moved* the corners. A network learns to see the data in such a way
# that the last line has an easy job. That is called a learned representation (표현).


# %% show="xor_regions"
x1, x2 = np.meshgrid(np.linspace(-0.4, 1.4, 150), np.linspace(-0.4, 1.4, 150))
y = xor_network(np.column_stack([x1.ravel(), x2.ravel()])).reshape(x1.shape)
H = xor_hidden(corners)

fig, (net, plane, hidden) = plt.subplots(1, 3, figsize=(12, 4), layout="constrained")

places = {"$x_1$": (0, 1), "$x_2$": (0, 0), "$h_1$": (1, 1), "$h_2$": (1, 0), "$y$": (2, 0.5)}
edges = {
    ("$x_1$", "$h_1$"): 20,
    ("$x_2$", "$h_1$"): 20,
    ("$x_1$", "$h_2$"): -20,
    ("$x_2$", "$h_2$"): -20,
    ("$h_1$", "$y$"): 20,
    ("$h_2$", "$y$"): 20,
}
for (start, end), weight in edges.items():
    (xa, ya), (xb, yb) = places[start], places[end]
    net.plot([xa, xb], [ya, yb], color="grey", zorder=1)
    label = net.text(xa + 0.3 * (xb - xa), ya + 0.3 * (yb - ya), f"${weight}$", ha="center")
    label.set_bbox({"color": "white", "pad": 1})
    label.set_verticalalignment("center")
net.scatter(*zip(*places.values(), strict=True), s=900, color="white", edgecolor="black", zorder=2)
for name, (xa, ya) in places.items():
    net.text(xa, ya, name, ha="center", va="center", fontsize=13)
for (xa, ya), bias in {(1, 1.2): "$-10$", (1, -0.27): "$30$", (2, 0.23): "$-30$"}.items():
    net.text(xa, ya, bias, ha="center", color=COLORS["blue"])
net.set(title="the network, biases in blue", xlim=(-0.3, 2.3), ylim=(-0.45, 1.45))
net.axis("off")

plane.contourf(x1, x2, y, levels=[0.5, 1.01], colors=[COLORS["vermillion"]], alpha=0.18)
plane.contour(x1, x2, y, levels=[0.5], colors="black")
plane.set(title="inputs: two lines", xlabel="$x_1$", ylabel="$x_2$")

line = np.array([-0.4, 1.4])
hidden.fill_between(line, 1.5 - line, 1.9, color=COLORS["vermillion"], alpha=0.18, linewidth=0)
hidden.plot(line, 1.5 - line, color="black")
hidden.set(title="hidden plane: one line", xlabel="$h_1$", ylabel="$h_2$")

for ax, points in ((plane, corners), (hidden, H)):
    for target, marker, colour in ((0, "o", COLORS["blue"]), (1, "^", COLORS["vermillion"])):
        chosen = points[truth["XOR"] == target]
        ax.scatter(*chosen.T, s=90, marker=marker, color=colour, zorder=3)
    ax.set(xticks=[0, 1], yticks=[0, 1], xlim=(-0.4, 1.4), ylim=(-0.4, 1.4), aspect="equal")
for (h1, h2), words in zip(H[:3], ["(0, 0)", "(1, 1)", "(0, 1), (1, 0)"], strict=True):
    hidden.annotate(words, (h1, h2), (0, 10), textcoords="offset points", ha="center")
plt.show()

y = xor_network(corners)
cost = -np.log(np.where(truth["XOR"] == 1, y, 1 - y)).mean()
print(f"cost of the network: {cost:.7f}   cost of the best line: {np.log(2):.7f}")

# %% [markdown] manual="why_bend" points=2
# **In your own words.** Take the sigmoids out of the hidden layer, so that
# $h_1 = 20 x_1 + 20 x_2 - 10$ and $h_2 = -20 x_1 - 20 x_2 + 30$. Put both into
# $y = \sigma(20 h_1 + 20 h_2 - 30)$.
#
# 1. What remains of $y$?
# 2. Other weights would not help either. Why not? What does a hidden layer need, then?
#
# ### BEGIN SOLUTION
# 1. $20 (20 x_1 + 20 x_2 - 10) + 20 (-20 x_1 - 20 x_2 + 30) - 30 = -200 + 600 - 30 = 370$. The
#    inputs cancel, and $y = \sigma(370)$, which is 1 everywhere.
# 2. A weighted sum of weighted sums is again a weighted sum of the inputs:
#    $(X W_1 + b_1) w_2 + b_2 = X (W_1 w_2) + (b_1 w_2 + b_2)$. So the whole network is one line,
#    and no line does XOR. The hidden layer needs something that is not linear (비선형), such as
#    the sigmoid.
# ### END SOLUTION

# %% [markdown]
# **A short history.** The weights above were given. Who finds them? That question took decades.
#
# | year | what happened |
# |---|---|
# | 1943 | McCulloch and Pitts: a neuron as a threshold unit |
# | 1957 | Rosenblatt: the perceptron, which learns (part 3) |
# | 1969 | Minsky and Papert: one perceptron cannot do XOR (part 4); many give up |
# | 1974, 1982, 1986 | backpropagation (오차역전파): Werbos; then Rumelhart, Hinton and Williams |
# | 1995 | LeCun: convolutional networks that read digits |
# | 2006, 2007 | Hinton; Bengio: good first weights make deep networks trainable |
#
# Backpropagation is the next notebook. It needs slopes.
#
# ## 6. Activations and their slopes
#
# Gradient descent walks downhill. The step is flat everywhere and has a jump in between: nothing
# to walk on. So every unit gets an activation function $a(z)$ with a slope $a'(z)$. Five are in
# common use:
#
# | `kind` | $a(z)$ | $a'(z)$ | slope at $z = 0$ |
# |---|---|---|---:|
# | `"sigmoid"` | $\sigma(z) = 1 / (1 + e^{-z})$ | $\sigma(z)\,(1 - \sigma(z))$ | 0.25 |
# | `"tanh"` | $\tanh(z)$ | $1 - \tanh^2(z)$ | 1 |
# | `"relu"` | $\max(0, z)$ | 1 if $z > 0$, else 0 | 0 |
# | `"leaky_relu"` | $\max(0.1 z, z)$ | 1 if $z > 0$, else 0.1 | 0.1 |
# | `"elu"` | $z$ if $z > 0$, else $e^z - 1$ | 1 if $z > 0$, else $e^z$ | 1 |
#
# ReLU and leaky ReLU have a corner at 0 and no slope there. We agree: at 0 they take the slope of
# the left side. (The slides write ELU with a factor, $\alpha (e^z - 1)$. We take $\alpha = 1$.)
#
# By hand, at $z = -2$: ReLU gives 0, leaky ReLU $-0.2$, ELU $e^{-2} - 1 = -0.8647$.

# %% [markdown] picture="activations"
# Your functions should look like this:
#
# ![Six panels over z from -4 to 4, each with a solid curve and its dashed slope. Step: jumps from 0
# to 1, slope 0. Sigmoid: an S from 0 to 1, slope a low hill of 0.25. Tanh: an S from -1 to 1, slope
# a hill of 1. ReLU: 0, then rising; slope 0, then 1. Leaky ReLU: slightly negative, then rising;
# slope 0.1, then 1. ELU: bends from -1 into a rising line; slope grows to 1 and
# stays.](attachment:activations.png)
#
# Two traps. Large numbers: $e^{1000}$ is `inf` in floats, and `inf / inf` and `0 * inf` are `nan`.
# A result must be finite for every finite $z$. (NumPy may *warn* of an overflow; that costs
# nothing.) A way round it: tanh never overflows, and it is a stretched sigmoid,
#
# $$\tanh(z) = 2\,\sigma(2z) - 1 \quad\text{so}\quad \sigma(z) = \tfrac{1}{2}\,(1 + \tanh(z / 2))$$
#
# And integers: an integer array cannot hold $-0.2$. Turn $z$ into float64 first.
#
# **Your turn.** `np.where(condition, this, that)` chooses value by value.


# %% solution="activation"
def activation(z, kind):
    """Apply an activation function to each value of z.

    z: an array of any shape, floats or integers. kind: "sigmoid", "tanh", "relu", "leaky_relu"
    (0.1 on the left) or "elu" (alpha = 1).
    Returns a new float64 array of the shape of z, finite where z is finite. Changes no argument.
    Raises ValueError for any other kind.
    """
    ### BEGIN SOLUTION
    z = z.astype(np.float64)
    if kind == "sigmoid":
        a = 0.5 * (1 + np.tanh(z / 2))
    elif kind == "tanh":
        a = np.tanh(z)
    elif kind == "relu":
        a = np.maximum(0, z)
    elif kind == "leaky_relu":
        a = np.maximum(0.1 * z, z)
    elif kind == "elu":
        a = np.where(z > 0, z, np.exp(np.minimum(z, 0)) - 1)
    else:
        raise ValueError(f"unknown activation {kind!r}")
    ### END SOLUTION
    return a


# %% tests="activation" points=2
z = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
for kind, wanted in {
    "sigmoid": [0.1192029220, 0.2689414214, 0.5, 0.7310585786, 0.8807970780],
    "tanh": [-0.9640275801, -0.7615941560, 0.0, 0.7615941560, 0.9640275801],
    "relu": [0.0, 0.0, 0.0, 1.0, 2.0],
    "leaky_relu": [-0.2, -0.1, 0.0, 1.0, 2.0],
    "elu": [-0.8646647168, -0.6321205588, 0.0, 1.0, 2.0],
}.items():
    check_array(activation(z.copy(), kind), wanted, f"{kind} at -2, -1, 0, 1, 2", atol=1e-9)

# %% tests="activation" idea="tables_of_integers" points=1 hint="Which dtype and shape has your result?"
### BEGIN HIDDEN TESTS
z = np.array([[3, -1], [0, -4], [2, 1]])
expected = {
    "sigmoid": [[1 / (1 + np.exp(-float(v))) for v in row] for row in z],
    "tanh": [[np.tanh(float(v)) for v in row] for row in z],
    "relu": [[3.0, 0.0], [0.0, 0.0], [2.0, 1.0]],
    "leaky_relu": [[3.0, -0.1], [0.0, -0.4], [2.0, 1.0]],
    "elu": [[3.0, np.exp(-1) - 1], [0.0, np.exp(-4) - 1], [2.0, 1.0]],
}
for kind, values in expected.items():
    check_array(activation(z.copy(), kind), values, f"{kind} of integers in a table")
### END HIDDEN TESTS

# %% tests="activation" idea="large_values" points=1 hint="What are inf / inf and 0 * inf?"
### BEGIN HIDDEN TESTS
z = np.array([-1000.0, -40.0, 40.0, 1000.0])
expected = {
    "sigmoid": [0.0, 0.0, 1.0, 1.0],
    "tanh": [-1.0, -1.0, 1.0, 1.0],
    "relu": [0.0, 0.0, 40.0, 1000.0],
    "leaky_relu": [-100.0, -4.0, 40.0, 1000.0],
    "elu": [-1.0, -1.0, 40.0, 1000.0],
}
for kind, values in expected.items():
    check_array(activation(z.copy(), kind), values, f"{kind} of large values")
### END HIDDEN TESTS

# %% tests="activation" idea="unknown_kind" points=1 hint="What does the docstring say of other kinds?"
### BEGIN HIDDEN TESTS
z = np.array([1.0, -2.0])
check_raises(ValueError, lambda: activation(z, "softplus"), 'activation(z, "softplus")')
### END HIDDEN TESTS

# %% tests="activation" idea="keeps_its_input" points=1 hint="Print z before and after the call."
### BEGIN HIDDEN TESTS
z = np.array([3.0, -5.0, 0.5])
for kind in ("relu", "leaky_relu", "elu"):
    check_unchanged(lambda kind=kind: activation(z, kind), f"activation, {kind},", z=z)
check_array(activation(z, "leaky_relu"), [3.0, -0.5, 0.5], "leaky_relu, called again")
### END HIDDEN TESTS

# %% [markdown]
# Now the slopes. Mind the argument: it is $z$, the score *before* the activation. The slope of the
# sigmoid at $z = 1$, by hand: $\sigma(1) = 0.7311$, so $0.7311 \cdot 0.2689 = 0.1966$.


# %% solution="activation_grad"
def activation_grad(z, kind):
    """Give the slope of an activation function at each value of z, by its formula.

    z: the scores (not the activations), an array of any shape, floats or integers.
    kind: "sigmoid", "tanh", "relu", "leaky_relu" or "elu", as for `activation`.
    At z = 0 the slope is 0 for "relu", 0.1 for "leaky_relu" and 1 for "elu".
    Returns a new float64 array of the shape of z, finite where z is finite.
    Raises ValueError for any other kind.
    """
    ### BEGIN SOLUTION
    z = z.astype(np.float64)
    if kind == "sigmoid":
        s = 0.5 * (1 + np.tanh(z / 2))
        slope = s * (1 - s)
    elif kind == "tanh":
        slope = 1 - np.tanh(z) ** 2
    elif kind == "relu":
        slope = np.where(z > 0, 1.0, 0.0)
    elif kind == "leaky_relu":
        slope = np.where(z > 0, 1.0, 0.1)
    elif kind == "elu":
        slope = np.exp(np.minimum(z, 0))
    else:
        raise ValueError(f"unknown activation {kind!r}")
    ### END SOLUTION
    return slope


# %% tests="activation_grad" points=2
z = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
for kind, wanted in {
    "sigmoid": [0.1049935854, 0.1966119332, 0.25, 0.1966119332, 0.1049935854],
    "tanh": [0.0706508249, 0.4199743416, 1.0, 0.4199743416, 0.0706508249],
    "relu": [0.0, 0.0, 0.0, 1.0, 1.0],
    "leaky_relu": [0.1, 0.1, 0.1, 1.0, 1.0],
    "elu": [0.1353352832, 0.3678794412, 1.0, 1.0, 1.0],
}.items():
    check_array(activation_grad(z.copy(), kind), wanted, f"slope of {kind}, -2 to 2", atol=1e-9)

# %% tests="activation_grad" idea="tables_of_integers" points=1 hint="Try a table of integers."
### BEGIN HIDDEN TESTS
z = np.array([[3, -1], [0, -4], [2, 1]])
s = np.array([[1 / (1 + np.exp(-float(v))) for v in row] for row in z])
t = np.array([[np.tanh(float(v)) for v in row] for row in z])
expected = {
    "sigmoid": s * (1 - s),
    "tanh": 1 - t**2,
    "relu": [[1.0, 0.0], [0.0, 0.0], [1.0, 1.0]],
    "leaky_relu": [[1.0, 0.1], [0.1, 0.1], [1.0, 1.0]],
    "elu": [[1.0, np.exp(-1)], [1.0, np.exp(-4)], [1.0, 1.0]],
}
for kind, values in expected.items():
    check_array(activation_grad(z.copy(), kind), values, f"slope of {kind}, integers in a table")
### END HIDDEN TESTS

# %% tests="activation_grad" idea="large_values" points=1 hint="Which power of e overflows?"
### BEGIN HIDDEN TESTS
z = np.array([-1000.0, -40.0, 40.0, 1000.0])
expected = {
    "sigmoid": [0.0, 0.0, 0.0, 0.0],
    "tanh": [0.0, 0.0, 0.0, 0.0],
    "relu": [0.0, 0.0, 1.0, 1.0],
    "leaky_relu": [0.1, 0.1, 1.0, 1.0],
    "elu": [0.0, 0.0, 1.0, 1.0],
}
for kind, values in expected.items():
    check_array(activation_grad(z.copy(), kind), values, f"slope of {kind}, large values")
### END HIDDEN TESTS

# %% tests="activation_grad" idea="unknown_kind" points=1 hint="Which kinds does the docstring name?"
### BEGIN HIDDEN TESTS
z = np.array([1.0, -2.0])
check_raises(ValueError, lambda: activation_grad(z, "step"), 'activation_grad(z, "step")')
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Solid is the activation, dashed its slope, both yours (the step is only
# there to compare). Look where the dashed curve is near 0: there a unit hardly learns. The slope
# of the sigmoid is 0.25 at most. Through ten layers that leaves $0.25^{10}$, less than a
# millionth. This is the vanishing gradient (기울기 소실). ReLU keeps a slope of 1 on the right.
# On the left it has none: a unit that is always negative is dead. Leaky ReLU and ELU keep a little.


# %% show="activations"
z = np.concatenate([np.linspace(-4, 0, 100), np.linspace(0.01, 4, 100)])
names = {
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "elu": "ELU",
}
curves = {"step": (np.heaviside(z, 0), np.zeros(200))}
for kind, name in names.items():
    curves[name] = activation(z, kind), activation_grad(z, kind)

fig, axes = plt.subplots(2, 3, figsize=(10, 5), sharex=True, sharey=True)
gap = np.insert(z, 100, np.nan)  # lift the pen at 0, where some slopes jump
for ax, (name, (value, slope)) in zip(axes.flat, curves.items(), strict=True):
    ax.axhline(0, color="lightgrey", linewidth=1)
    ax.plot(gap, np.insert(value, 100, np.nan), color=COLORS["blue"], label="$a(z)$")
    ax.plot(gap, np.insert(slope, 100, np.nan), "--", color=COLORS["vermillion"], label="$a'(z)$")
    ax.set(title=name, ylim=(-1.2, 2.2), xticks=[-4, -2, 0, 2, 4], yticks=[-1, 0, 1, 2])
axes[0, 0].legend(frameon=False, loc="upper left")
for ax in axes[1]:
    ax.set_xlabel("$z$")
plt.show()

# %% [markdown]
# ## 7. Maxout
#
# One more idea from the slides: why choose an activation at all? A maxout unit has several lines
# and answers with the highest:
#
# $$\text{maxout}(x) = \max_k\,(w_k \cdot x + b_k)$$
#
# With one input, two lines of slopes 1 and -1, and $b = (0, 0)$: at $x = -2$ the larger of -2 and 2
# is 2, the absolute value. Slopes 1 and 0 give ReLU, 1 and 0.1 leaky ReLU.
#
# **Your turn.** In rows, each line owns a column of $W$.


# %% solution="maxout"
def maxout(X, W, b):
    """Compute one maxout unit with K lines.

    X: inputs in rows, shape (N, D). W: one line in each column, shape (D, K). b: shape (K,).
    Returns the largest of the K values for each row, float64 of shape (N,).
    """
    ### BEGIN SOLUTION
    values = X.astype(np.float64) @ W + b
    largest = values.max(axis=1)
    ### END SOLUTION
    return largest


# %% tests="maxout" points=1
check_array(
    maxout(np.array([[-2.0], [0.5], [3.0]]), np.array([[1.0, -1.0]]), np.array([0.0, 0.0])),
    [2.0, 0.5, 3.0],
    "maxout with slopes 1 and -1: the absolute value",
    hint="One number for each row: over which axis is the largest taken?",
)

# %% tests="maxout" idea="other_lines" points=1 hint="Try 3 rows, 2 inputs, 3 lines, each with a bias."
### BEGIN HIDDEN TESTS
X = np.array([[1, 2], [-3, 1], [0, -4]])
W = np.array([[1.0, -2.0, 0.5], [-1.0, -3.0, 0.25]])
b = np.array([0.5, 1.0, -2.0])
check_array(maxout(X, W, b), [-0.5, 4.0, 13.0], "maxout with N = K = 3 and D = 2")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Five lines that touch the parabola $x^2$, and your maxout of them. More
# lines come closer. A maxout unit can take the shape of any convex curve, and learn which.


# %% show="five_lines"
x = np.linspace(-2.5, 2.5, 101)
touch = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])  # where each line touches the parabola
slopes, biases = 2 * touch[None, :], -(touch**2)

fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.plot(x, x[:, None] * slopes + biases, color="lightgrey", linewidth=1)
ax.plot(x, x**2, ":", color="black", label="$x^2$")
ax.plot(x, maxout(x[:, None], slopes, biases), color=COLORS["blue"], linewidth=2, label="maxout")
ax.set(xlabel="$x$", ylabel="value", ylim=(-2, 6.5), title="The highest of five lines")
ax.legend(frameon=False)
plt.show()

# %% [markdown]
# ## What you can do now
#
# - Train a perceptron by its mistakes, and say when it comes to rest.
# - Say why XOR has no line: 3 of 4 corners at best, a cost of $\ln 2$ at best.
# - Build XOR as OR, NAND and AND, and see the hidden layer move the corners.
# - Choose an activation, know its slope, and say where it stops learning.
#
# Next: backpropagation finds the nine numbers by itself.

# %% [markdown]
# # Keras: build a network
#
# **Time** about 75 minutes · **Points** 28 · **You need** layers, ReLU and the forward pass (순전파)
# from day 4; sigmoid, softmax and cross-entropy (교차 엔트로피) from days 2 and 3
#
# On day 4 you wrote every line of a network. Keras (케라스) has those lines ready, and you only say
# what you want. It will not notice if you want the wrong thing. At the end of this notebook you
# will be able to
#
# - count the parameters (매개변수) of a network before you build it;
# - choose the head (출력층): how many units, which activation, which loss;
# - tell from the labels (레이블) which of two losses with nearly the same name is meant;
# - build and compile a multilayer perceptron, MLP (다층 퍼셉트론), and say what came out;
# - say which networks are no plain stack of layers.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 Dense layers, counted | `dense_params` | 10 | 3 |
# | 2 The head | `choose_head` | 13 | 6 |
# | 3 The labels choose the loss | `multiclass_loss` | 8 | 3 |
# | 4 Build | `build_mlp` | 15 | 7 |
# | 5 When a stack will not do | `is_chain` | 10 | 3 |
# | 6 Compile | `compile_mlp` | 12 | 4 |
# | 7 Accuracy does not see it | an answer in words | 7 | 2 |
#
# Training, judging and saving come in the next notebook.

# %% [markdown]
# **Tools.** Keras does not compute by itself. It hands the work to a backend (백엔드): JAX, PyTorch
# or TensorFlow. `choose_backend` takes the one that is installed here. It must run *before* Keras
# is imported, so it has a cell of its own. The same code then runs on each of them. (A slide lists
# CNTK and Theano. Both are history.)

# %% locked="backend"
from course.keras_backend import choose_backend

choose_backend()

# %% locked="setup" timeout=60
import importlib.util
import shutil
import warnings

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import layers
from matplotlib.collections import LineCollection

from course.checks import check_array, check_close, check_equal, check_raises
from course.datasets import load_diabetes
from course.keras_backend import seed_keras
from course.plots import COLORS

# a detail between Keras and new versions of NumPy, for those two to settle
warnings.filterwarnings("ignore", "__array__ implementation", DeprecationWarning)

# %% [markdown] picture="two_three_four"
# ## 1. Dense layers, counted
#
# A Dense layer (완전 연결층) is the $XW + b$ of day 1 with an activation around it. Every input is
# joined to every unit (유닛). The network of the slides has 4 inputs and three layers, of 2, 3 and
# 4 units:
#
# ![Four columns of circles: 4 inputs, then layers of 2, 3 and 4 units. Grey lines join every circle
# to every circle of the next column. Above the layers stand the numbers of their parameters: 4
# times 2 plus 2 is 10, 2 times 3 plus 3 is 9, 3 times 4 plus 4 is
# 16.](attachment:two_three_four.png)
#
# A layer with $n$ inputs and $u$ units has one weight for each line and one bias (편향) for each
# unit:
#
# $$\text{parameters} = n \cdot u + u$$
#
# By hand: $4 \cdot 2 + 2 = 10$, then $2 \cdot 3 + 3 = 9$, then $3 \cdot 4 + 4 = 16$. Together 35.
# The inputs are no layer. They have no bias.
#
# The same for images of 28 × 28 pixels and a network 784-128-10:
# $784 \cdot 128 + 128 = 100480$ and $128 \cdot 10 + 10 = 1290$, together 101770.
#
# **Your turn.** Count any network of Dense layers.


# %% solution="dense_params"
def dense_params(sizes):
    """Count the weights and biases of a stack of Dense layers.

    sizes: the number of inputs, then the units of each layer; a list or tuple of integers, such
    as [4, 2, 3, 4] for the network above.
    Returns an integer. Raises ValueError if there is no layer: fewer than two sizes.
    """
    ### BEGIN SOLUTION
    if len(sizes) < 2:
        raise ValueError(f"{sizes} names no layer: give the inputs and at least one layer")
    count = 0
    for k in range(1, len(sizes)):
        count += sizes[k - 1] * sizes[k] + sizes[k]
    ### END SOLUTION
    return count


# %% tests="dense_params" points=1
check_equal(
    dense_params([4, 2, 3, 4]),
    35,
    "dense_params([4, 2, 3, 4])",
    hint="Compare with the three sums above, layer by layer",
)

# %% tests="dense_params" idea="other_networks" points=1 hint="Try one layer, two, and four."
### BEGIN HIDDEN TESTS
networks = [(3072, 10), (64, 100, 10), (784, 300, 100, 10), (7, 5, 11, 2, 3)]
check_equal(
    [dense_params(sizes) for sizes in networks],
    [30730, 7510, 266610, 139],
    "dense_params of networks with one to four layers",
)
### END HIDDEN TESTS

# %% tests="dense_params" idea="no_layer" points=1 hint="What do inputs alone compute?"
### BEGIN HIDDEN TESTS
check_raises(ValueError, lambda: dense_params([784]), "dense_params([784])")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The next cell draws the network, with *your* numbers above the layers, and
# counts four others. Where the inputs are pixels, nearly all parameters sit in the first layer.


# %% show="two_three_four"
def draw_network(sizes, ax):
    """Draw inputs and units as circles, weights as lines, and the count of each layer."""
    places = [np.linspace(-n / 2, n / 2, n) for n in sizes]
    for k in range(len(sizes) - 1):
        lines = [[(k, a), (k + 1, b)] for a in places[k] for b in places[k + 1]]
        ax.add_collection(LineCollection(lines, colors="lightgrey", zorder=1))
        n, units = sizes[k : k + 2]
        count = f"{n} · {units} + {units} = {dense_params([n, units])}"
        ax.text(k + 0.5, 2.75, count, ha="center", fontsize=12)
    for k, column in enumerate(places):
        color = COLORS["orange"] if k == 0 else COLORS["blue"]
        ax.scatter([k] * len(column), column, s=420, color=color, edgecolor="white", zorder=2)
        name = f"{sizes[k]} inputs" if k == 0 else f"Dense({sizes[k]})"
        ax.text(k, -3.1, name, ha="center", fontsize=12)
    ax.set(xlim=(-0.4, len(sizes) - 0.6), ylim=(-3.4, 3.2))
    ax.axis("off")


fig, ax = plt.subplots(figsize=(8.5, 3.6), layout="constrained")
draw_network([4, 2, 3, 4], ax)
plt.show()

for sizes in ([8, 32, 16, 1], [64, 100, 10], [784, 128, 10], [784, 300, 100, 10]):
    share = dense_params(sizes[:2]) / dense_params(sizes)
    name = "-".join(map(str, sizes))
    print(f"{name:15} {dense_params(sizes):7} parameters, {share:4.0%} in the first layer")

# %% [markdown] picture="four_heads"
# ## 2. The head
#
# The hidden layers (은닉층) are a matter of taste. The last layer, the head, is not: the task
# decides it. Two tables of the lecture, in one:
#
# | task | question | units of the head | activation | loss |
# |---|---|---|---|---|
# | regression (회귀) | how much? | 1 for each number | none, called linear | MSE |
# | binary (이진 분류) | yes or no? | 1 | sigmoid | cross-entropy |
# | multilabel (다중 레이블) | which of these, any number? | 1 for each label | sigmoid | cross-entropy |
# | multiclass (다중 클래스) | which one? | 1 for each class | softmax | cross-entropy |
#
# (For the hidden layers they recommend 1 to 5 of them, 10 to 100 units each, ReLU or SELU. For
# regression there are special cases: ReLU or softplus in the head if the answer is never negative,
# sigmoid or tanh if it is bounded; MAE or Huber as a loss if some targets are far out. We keep to
# the plain row.)
#
# What the last layer computes before its activation are scores, also called logits (로짓). The
# lecture's scores 2.0, 1.0 and 0.1 in four heads:
#
# ![Four bar charts. Regression: one bar, 2.00, no activation. Binary: one bar, 0.88, the
# probability of yes. Multilabel: three bars 0.88, 0.73 and 0.52, each a probability of its own.
# Multiclass: three bars 0.66, 0.24 and 0.10, which add up to 1.](attachment:four_heads.png)
#
# - Sigmoid asks each unit by itself. Three labels may all be likely.
# - Softmax lets the units compete. Their probabilities add up to 1. So softmax over *one* unit is
#   always 1: $e^z / e^z = 1$. A head like that never learns anything.
#
# In Keras the losses have these names:
#
# | loss | name in Keras |
# |---|---|
# | MSE, mean squared error | `"mean_squared_error"` |
# | cross-entropy of a yes-or-no unit | `"binary_crossentropy"` |
# | cross-entropy over classes, labels are 0, 1, 2, … | `"sparse_categorical_crossentropy"` |
#
# **Your turn.** Turn the table into a function.


# %% solution="choose_head"
def choose_head(task, n_classes=None):
    """Choose the last layer of a network, and its loss.

    task: "regression" (of one number), "binary", "multilabel" or "multiclass" (whose labels are
    class numbers). n_classes: how many labels or classes, for "multilabel" and "multiclass";
    the other two ignore it.
    Returns (units, activation, loss): an integer and two strings. The activation is "linear",
    "sigmoid" or "softmax". The loss is one of the three full names in the table.
    Raises ValueError for any other task, and for "multilabel" or "multiclass" without n_classes.
    """
    ### BEGIN SOLUTION
    if task in ("multilabel", "multiclass") and n_classes is None:
        raise ValueError(f"{task}: how many classes?")
    heads = {
        "regression": (1, "linear", "mean_squared_error"),
        "binary": (1, "sigmoid", "binary_crossentropy"),
        "multilabel": (n_classes, "sigmoid", "binary_crossentropy"),
        "multiclass": (n_classes, "softmax", "sparse_categorical_crossentropy"),
    }
    if task not in heads:
        raise ValueError(f"{task!r} is no task; choose one of {', '.join(heads)}")
    units, activation, loss = heads[task]
    ### END SOLUTION
    return units, activation, loss


# %% tests="choose_head" points=2
check_equal(choose_head("binary"), (1, "sigmoid", "binary_crossentropy"), 'choose_head("binary")')
check_equal(
    choose_head("multiclass", 10),
    (10, "softmax", "sparse_categorical_crossentropy"),
    'choose_head("multiclass", 10)',
)

# %% tests="choose_head" idea="regression" points=1 hint="May the answer be -3, or 250?"
### BEGIN HIDDEN TESTS
check_equal(
    choose_head("regression"), (1, "linear", "mean_squared_error"), 'choose_head("regression")'
)
### END HIDDEN TESTS

# %% tests="choose_head" idea="multilabel" points=1 hint="Must the labels of one row compete?"
### BEGIN HIDDEN TESTS
check_equal(
    choose_head("multilabel", 5),
    (5, "sigmoid", "binary_crossentropy"),
    'choose_head("multilabel", 5)',
)
### END HIDDEN TESTS

# %% tests="choose_head" idea="few_classes" points=1 hint="Try multiclass with 3 classes and with 2."
### BEGIN HIDDEN TESTS
heads = [choose_head("multiclass", n_classes) for n_classes in (3, 2)]
check_equal(
    heads,
    [
        (3, "softmax", "sparse_categorical_crossentropy"),
        (2, "softmax", "sparse_categorical_crossentropy"),
    ],
    "choose_head for 3 and for 2 classes",
)
### END HIDDEN TESTS

# %% tests="choose_head" idea="refuses" points=1 hint="Which calls does the docstring refuse?"
### BEGIN HIDDEN TESTS
check_raises(ValueError, lambda: choose_head("multiclass"), 'choose_head("multiclass")')
check_raises(ValueError, lambda: choose_head("clustering", 4), 'choose_head("clustering", 4)')
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The scores 2.0, 1.0 and 0.1 go through the activation that *you* chose.
# Below that, softmax over one unit, for three very different scores.

# %% show="four_heads"
scores = np.array([2.0, 1.0, 0.1])
probabilities = {
    "linear": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(),
}
tasks = {"regression": None, "binary": None, "multilabel": 3, "multiclass": 3}

fig, axes = plt.subplots(
    1, 4, figsize=(11, 2.9), width_ratios=[1, 1, 2.2, 2.2], layout="constrained"
)
for ax, (task, n_classes) in zip(axes, tasks.items(), strict=True):
    units, activation, loss = choose_head(task, n_classes)
    values = probabilities[activation](scores[:units])
    drawn = ax.bar(range(units), values, color=COLORS["blue"], width=0.6)
    ax.bar_label(drawn, fmt="{:.2f}", padding=2, fontsize=11)
    ax.set_title(f"{task}\n{units} × {activation}", fontsize=12)
    ax.set(xlabel="unit", xticks=range(units), xlim=(-0.6, units - 0.4), ylim=(0, 1.15))
    ax.spines[["top", "right"]].set_visible(False)
axes[0].set(ylabel="output", ylim=(0, 2.3))
plt.show()

for score in (-5.0, 0.1, 5.0):
    print(f"softmax over the single score {score:4}:", probabilities["softmax"](np.array([score])))

# %% [markdown]
# ## 3. The labels choose the loss
#
# Four images, three classes, the same truth twice:
#
# | | as class numbers | as one-hot (원-핫) rows |
# |---|---|---|
# | | `[2, 0, 1, 2]` | `[[0,0,1], [1,0,0], [0,1,0], [0,0,1]]` |
# | shape | (4,) or, as a column, (4, 1) | (4, 3) |
# | loss | `"sparse_categorical_crossentropy"` | `"categorical_crossentropy"` |
#
# Both compute $-\log$ of the probability that the true class got. "Sparse" (희소) only means that
# the label says *where* the 1 stands, and leaves the zeros out. A row such as `[1, 1, 0]` is
# neither. That is multilabel, and softmax is the wrong head for it.
#
# **Your turn.** Look at the labels, and name the loss. The shape tells more than the values: the
# class numbers `[0, 1, 1, 0]` are all zeros and ones too.


# %% solution="multiclass_loss"
def multiclass_loss(labels):
    """Name the loss that fits the labels of a multiclass task.

    labels: an array, either class numbers, shape (N,) or (N, 1), or one-hot rows, shape (N, C)
    with C of at least 2.
    Returns "sparse_categorical_crossentropy" or "categorical_crossentropy".
    Raises ValueError if a row of shape (C,) is not one-hot: a single 1, and 0 everywhere else.
    """
    ### BEGIN SOLUTION
    if labels.ndim == 1 or labels.shape[1] == 1:
        loss = "sparse_categorical_crossentropy"
    else:
        only_zeros_and_ones = ((labels == 0) | (labels == 1)).all()
        if not only_zeros_and_ones or (labels.sum(axis=1) != 1).any():
            raise ValueError("a row of the labels is not one-hot")
        loss = "categorical_crossentropy"
    ### END SOLUTION
    return loss


# %% tests="multiclass_loss" points=1
check_equal(
    multiclass_loss(np.array([2, 0, 1, 2])), "sparse_categorical_crossentropy", "class numbers"
)
check_equal(
    multiclass_loss(np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]])),
    "categorical_crossentropy",
    "one-hot rows",
)

# %% tests="multiclass_loss" idea="class_numbers" points=1 hint="Try a column, and only 0 and 1."
### BEGIN HIDDEN TESTS
columns = [np.array([[2], [0], [1]]), np.array([0, 1, 1, 0]), np.array([[1], [1], [0]])]
check_equal(
    [multiclass_loss(labels) for labels in columns],
    ["sparse_categorical_crossentropy"] * 3,
    "class numbers as a column, and class numbers 0 and 1",
)
### END HIDDEN TESTS

# %% tests="multiclass_loss" idea="not_one_hot" points=1 hint="How many ones has each single row?"
### BEGIN HIDDEN TESTS
check_raises(
    ValueError,
    lambda: multiclass_loss(np.array([[1, 1, 0], [0, 0, 0], [0, 0, 1]])),
    "a row with two ones, and one with none",
)
check_raises(
    ValueError,
    lambda: multiclass_loss(np.array([[0.7, 0.2, 0.1], [0.0, 1.0, 0.0]])),
    "a row of probabilities",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Build
#
# The simplest model of Keras is `Sequential` (순차 모델): a list of layers, from the input to the
# head. The network of part 1, as a slide builds it:
#
# ```python
# model = keras.Sequential(
#     [
#         layers.Input((4,)),
#         layers.Dense(2, activation="relu"),
#         layers.Dense(3, activation="relu"),
#         layers.Dense(4),
#     ]
# )
# ```
#
# `layers.Input((4,))` is the shape of *one* example, as a tuple. The number of examples stays open,
# so Keras prints it as `None`. Without it the model has no weights until it sees its first data,
# because nobody knows the shape of the first $W$. (Slides write `input_shape=` into the first
# layer instead. That still works, with a warning.)
#
# Layers that you meet in the slides:
#
# | layer | what it does | parameters |
# |---|---|---|
# | `Dense(units)` | $XW + b$, then the activation | $n \cdot u + u$ |
# | `Flatten()` | (28, 28) becomes (784,) | 0 |
# | `Dropout(rate)` | sets that share of the values to 0, in training only | 0 |
# | `Conv2D`, `MaxPool2D` | for images: day 6 | |
#
# Dropout (드롭아웃) you know from day 4. The lecture's first MNIST model is 784-128-Dropout(0.2)-10.
# In the head it would throw away answers, so there is none there.
#
# **Your turn.** `build_mlp(8, (32, 16), 1, "sigmoid")` is to be the network 8-32-16-1. A list can
# grow: `stack.append(…)`, or `model.add(…)` on an empty `keras.Sequential()`.


# %% solution="build_mlp"
def build_mlp(n_in, hidden, units, activation, dropout=0.0):
    """Stack Dense layers: hidden ones with ReLU, then the head.

    n_in: how many inputs an example has. hidden: the units of each hidden layer, a tuple; it may
    be empty. units, activation: of the head, as in `choose_head`. dropout: if it is greater than
    0, a Dropout layer with this rate follows each hidden layer; otherwise there is none.
    Returns a keras.Sequential that knows its input shape. It is not compiled.
    """
    ### BEGIN SOLUTION
    stack = [layers.Input((n_in,))]
    for size in hidden:
        stack.append(layers.Dense(size, activation="relu"))
        if dropout > 0:
            stack.append(layers.Dropout(dropout))
    stack.append(layers.Dense(units, activation=activation))
    model = keras.Sequential(stack)
    ### END SOLUTION
    return model


# %% tests="build_mlp" points=2 timeout=30
model = build_mlp(8, (32, 16), 1, "sigmoid")
check_equal(model.count_params(), 833, "parameters of 8-32-16-1")
check_equal(
    model.layers[-1].get_config()["activation"], "sigmoid", "the activation of the last layer"
)

# %% tests="build_mlp" idea="forward" points=2 timeout=30 hint="Which layers have ReLU?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(5)
W1, W2, W3 = (rng.normal(size=shape).astype("float32") for shape in ((4, 2), (2, 3), (3, 5)))
b1, b2, b3 = (rng.normal(size=size).astype("float32") for size in (2, 3, 5))
X = rng.normal(size=(6, 4)).astype("float32")
scores = np.maximum(np.maximum(X @ W1 + b1, 0) @ W2 + b2, 0) @ W3 + b3
model = build_mlp(4, (2, 3), 5, "linear")
model.set_weights([W1, b1, W2, b2, W3, b3])
answers = model.predict(X, verbose=0)
check_array(answers, scores, "what 4-2-3-5 answers with given weights", rtol=1e-4, atol=1e-4)
### END HIDDEN TESTS

# %% tests="build_mlp" idea="other_depths" points=1 timeout=30 hint="Try no hidden layer, and three."
### BEGIN HIDDEN TESTS
depths = [(), (100,), (7, 6, 5)]
check_equal(
    [build_mlp(64, hidden, 10, "softmax").count_params() for hidden in depths],
    [650, 7510, 598],
    "parameters with 0, 1 and 3 hidden layers",
)
### END HIDDEN TESTS

# %% tests="build_mlp" idea="dropout" points=2 timeout=30 hint="Where does Dropout stand, and where not?"
### BEGIN HIDDEN TESTS
model = build_mlp(6, (5, 4), 3, "softmax", dropout=0.25)
configs = [layer.get_config() for layer in model.layers]
check_equal(
    [(config.get("units"), config.get("rate")) for config in configs],
    [(5, None), (None, 0.25), (4, None), (None, 0.25), (3, None)],
    "units and dropout rate of each layer",
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Look inside. `summary()` prints the layers with their shapes and counts:
# 10 + 9 + 16 = 35, as you computed. Then a test that everybody should do once with a new tool: does
# it compute what you think? `set_weights` puts our own numbers into the model: W and b of the first
# layer, then of the second, and so on. The forward pass of day 4 in NumPy gets the same numbers.

# %% show="look_inside" timeout=60
model = build_mlp(4, (2, 3), 4, "linear")
model.summary()

rng = np.random.default_rng(0)
shapes = [(4, 2), (2,), (2, 3), (3,), (3, 4), (4,)]
weights = [rng.normal(size=shape).astype("float32") for shape in shapes]
model.set_weights(weights)

W1, b1, W2, b2, W3, b3 = weights
X = rng.normal(size=(5, 4)).astype("float32")
by_hand = np.maximum(np.maximum(X @ W1 + b1, 0) @ W2 + b2, 0) @ W3 + b3
difference = np.abs(model.predict(X, verbose=0) - by_hand).max()
print("Keras and NumPy agree:", bool(difference < 1e-5))

# %% [markdown]
# Keras computes in float32, with 7 digits. So "agree" means to about 1e-6, not to the last digit.
#
# Keras can also draw a model, with `keras.utils.plot_model`. That needs two more programs, pydot
# and Graphviz. If they are missing, the next cell says so; you lose nothing.

# %% show="drawn_by_keras" timeout=60
picture = None
if importlib.util.find_spec("pydot") and shutil.which("dot"):
    picture = keras.utils.plot_model(
        build_mlp(8, (32, 16), 1, "sigmoid"), "mlp.png", show_shapes=True, dpi=70
    )
else:
    print("No drawing here: pydot or Graphviz is not installed. summary() says the same in text.")
picture

# %% [markdown] picture="five_networks"
# ## 5. When a stack will not do
#
# A `Sequential` is a chain: one input, one output, and each layer hands its result to the next one.
# Only the first of these five networks is a chain:
#
# ![Five small networks drawn as boxes and arrows. A stack: x, hidden, y, a chain. Two inputs: photo
# and text both lead to joined, then y. Two outputs: image leads to body, and body to both age and
# name. A skip connection: x leads to hidden and also, past it, to joined, then y. A shared layer:
# left and right both lead to the same layer, which leads to y.](attachment:five_networks.png)
#
# For the other four Keras has the functional style (함수형 API): a layer is called like a function,
# with the result of another layer. The skip connection (스킵 연결), where the head also sees the
# input itself:
#
# ```python
# inputs = layers.Input((8,))
# hidden = layers.Dense(16, activation="relu")(inputs)
# joined = layers.concatenate([inputs, hidden])
# outputs = layers.Dense(1, activation="sigmoid")(joined)
# model = keras.Model(inputs, outputs)
# ```
#
# A network can be written down as its arrows. The skip connection:
# `[("x", "hidden"), ("x", "joined"), ("hidden", "joined"), ("joined", "y")]`.
#
# **Your turn.** Given the arrows, can it be a `Sequential`? Count how many arrows leave each name,
# and how many arrive there. How many may that be at most? And how many starts may there be?


# %% solution="is_chain"
def is_chain(arrows):
    """Decide whether a network can be a Sequential: one chain from one input to one output.

    arrows: a list of pairs (from, to) of names, at least one pair, in any order. No pair stands
    there twice, and no arrow leads back to where its path began.
    Returns True or False.
    """
    ### BEGIN SOLUTION
    starts = [start for start, _ in arrows]
    ends = [end for _, end in arrows]
    no_fork = len(set(starts)) == len(starts)
    no_junction = len(set(ends)) == len(ends)
    one_input = len(set(starts) - set(ends)) == 1
    chain = no_fork and no_junction and one_input
    ### END SOLUTION
    return chain


# %% tests="is_chain" points=1
check_equal(
    is_chain([("input", "hidden"), ("hidden", "dropout"), ("dropout", "head")]),
    True,
    "a stack of three layers",
)
check_equal(
    is_chain([("x", "hidden"), ("x", "joined"), ("hidden", "joined"), ("joined", "y")]),
    False,
    "a skip connection",
)

# %% tests="is_chain" idea="inputs_and_outputs" points=1 hint="Try two inputs, then two outputs."
### BEGIN HIDDEN TESTS
networks = [
    [("photo", "joined"), ("text", "joined"), ("joined", "y")],
    [("image", "body"), ("body", "age"), ("body", "name")],
    [("image", "y")],
]
check_equal(
    [is_chain(arrows) for arrows in networks],
    [False, False, True],
    "two inputs, two outputs, one single layer",
)
### END HIDDEN TESTS

# %% tests="is_chain" idea="order_and_pieces" points=1 hint="The pairs may stand in any order."
### BEGIN HIDDEN TESTS
networks = [
    [("c", "d"), ("a", "b"), ("d", "e"), ("b", "c")],
    [("a", "b"), ("b", "c"), ("x", "y"), ("y", "z")],
]
check_equal(
    [is_chain(arrows) for arrows in networks],
    [True, False],
    "a chain told out of order, and two chains side by side",
)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The five networks, with *your* verdict. Below, the skip connection built
# for real. Its summary has a column "Connected to", which no chain needs. How many parameters has
# its head, and why?

# %% show="five_networks" timeout=60
networks = {
    "a stack": ({"x": (0, 1), "hidden": (1, 1), "y": (2, 1)}, "x-hidden hidden-y"),
    "two inputs": (
        {"photo": (0, 2), "text": (0, 0), "joined": (1, 1), "y": (2, 1)},
        "photo-joined text-joined joined-y",
    ),
    "two outputs": (
        {"image": (0, 1), "body": (1, 1), "age": (2, 2), "name": (2, 0)},
        "image-body body-age body-name",
    ),
    "a skip connection": (
        {"x": (0, 1), "hidden": (0.8, 2), "joined": (1.3, 1), "y": (2.5, 1)},
        "x-hidden hidden-joined x-joined joined-y",
    ),
    "a shared layer": (
        {"left": (0, 2), "right": (0, 0), "same": (1, 1), "y": (2, 1)},
        "left-same right-same same-y",
    ),
}
fig, axes = plt.subplots(1, 5, figsize=(13, 2.4), layout="constrained")
for ax, (title, (places, drawn)) in zip(axes, networks.items(), strict=True):
    arrows = [tuple(pair.split("-")) for pair in drawn.split()]
    from_xy = np.array([places[start] for start, _ in arrows])
    to_xy = np.array([places[end] for _, end in arrows])
    ax.add_collection(LineCollection(list(zip(from_xy, to_xy, strict=True)), colors="black"))
    ax.quiver(
        *from_xy.T, *(0.62 * (to_xy - from_xy)).T,
        angles="xy", scale_units="xy", scale=1, width=0.012, headwidth=6,
    )  # fmt: skip
    for name, (x, y) in places.items():
        box = {"boxstyle": "round", "facecolor": "white", "edgecolor": COLORS["blue"]}
        ax.text(x, y, name, ha="center", va="center", fontsize=11, bbox=box)
    verdict = "a chain" if is_chain(arrows) else "no chain"
    ax.set_title(f"{title}\n{verdict}", fontsize=12)
    ax.set(xlim=(-0.5, 2.6), ylim=(-0.6, 2.6))
    ax.axis("off")
plt.show()

inputs = layers.Input((8,), name="x")
hidden = layers.Dense(16, activation="relu", name="hidden")(inputs)
joined = layers.concatenate([inputs, hidden], name="joined")
outputs = layers.Dense(1, activation="sigmoid", name="y")(joined)
keras.Model(inputs, outputs).summary()

# %% [markdown]
# The head sees the 8 inputs and the 16 hidden values: $(8 + 16) \cdot 1 + 1 = 25$.
#
# ## 6. Compile
#
# A model knows how to answer. To learn it needs three more things, and `compile` hangs them on:
#
# ```python
# model.compile(
#     optimizer=keras.optimizers.SGD(learning_rate=0.01),
#     loss="sparse_categorical_crossentropy",
#     metrics=["accuracy"],
# )
# ```
#
# - The **optimizer** (옵티마이저) takes the steps: `SGD`, `RMSprop`, `Adam`. Its name as a string,
#   `"adam"`, works too; but then the learning rate is the one that Keras prefers, 0.001.
# - The **loss** (손실) is what becomes smaller. It is the only thing that training looks at.
# - **metrics** (평가 지표) are for you. They are measured and printed, and change nothing.
#
# Accuracy makes no sense for a regression: 153.2 is never exactly 152. There one looks at the mean
# absolute error, in the unit of the target.
#
# (A slide calls what leaves the softmax *logits*. They are the scores *before* it. And it passes
# them first: every Keras loss takes the true labels first, `loss(labels, probs)`.)
#
# **Your turn.** `one_layer` is given: the smallest model, for the checks to try your function on.
# Leave it as it is.


# %% solution="compile_mlp" mutates="model"
def one_layer(n_in, units, activation):
    """Build a model of one Dense layer. It is not compiled."""
    return keras.Sequential([layers.Input((n_in,)), layers.Dense(units, activation=activation)])


def compile_mlp(model, loss, learning_rate):
    """Compile a model with the optimizer Adam.

    model: a Keras model; it is changed. loss: the name of a loss, as in `choose_head`.
    learning_rate: the step size of Adam, a float.
    The only metric is "mean_absolute_error" if the loss is "mean_squared_error", else "accuracy".
    Returns the same model, compiled.
    """
    ### BEGIN SOLUTION
    metric = "mean_absolute_error" if loss == "mean_squared_error" else "accuracy"
    optimizer = keras.optimizers.Adam(learning_rate=learning_rate)
    model.compile(optimizer=optimizer, loss=loss, metrics=[metric])
    ### END SOLUTION
    return model


# %% tests="compile_mlp" points=1 timeout=30
model = one_layer(3, 1, "sigmoid")
compiled = compile_mlp(model, "binary_crossentropy", 0.01)
check_equal(compiled.loss, "binary_crossentropy", "the loss of what compile_mlp returns")
check_equal(model.loss, "binary_crossentropy", "the loss of the model that was given")

# %% tests="compile_mlp" idea="optimizer" points=2 timeout=30 hint="Print model.optimizer.get_config()."
### BEGIN HIDDEN TESTS
model = compile_mlp(one_layer(4, 3, "softmax"), "sparse_categorical_crossentropy", 0.025)
optimizer = model.optimizer.get_config()
check_equal(optimizer["name"].rstrip("_0123456789"), "adam", "the optimizer")
check_close(optimizer["learning_rate"], 0.025, "its learning rate", rtol=1e-5)
### END HIDDEN TESTS

# %% tests="compile_mlp" idea="metric" points=1 timeout=30 hint="What is printed for a regression?"
### BEGIN HIDDEN TESTS
heads = [("softmax", "sparse_categorical_crossentropy"), ("linear", "mean_squared_error")]
compiled = [compile_mlp(one_layer(4, 2, activation), loss, 0.01) for activation, loss in heads]
check_equal(
    [list(model.get_compile_config()["metrics"]) for model in compiled],
    [["accuracy"], ["mean_absolute_error"]],
    "the metrics of a classifier and of a regression",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 7. Accuracy does not see it
#
# All parts together, for the diabetes table: 8 measurements, label 1 is *diabetic*. Three networks
# 8-16-1 that differ only in the head and its loss. Which pair is right, you know from part 2. Each
# is trained on rows 0 to 599 (`fit` is the subject of the next notebook), and answers *yes* for
# rows 600 to 758 if its output is above 0.5.
#
# **Guess first:** how much accuracy does a wrong head cost?

# %% locked="diabetes"
diabetes = load_diabetes()
measurements = diabetes.drop(columns="diabetic").to_numpy().astype("float32")
diabetic = diabetes[["diabetic"]].to_numpy().astype("float32")

# %% show="wrong_heads" timeout=90
heads = [
    ("sigmoid", "binary_crossentropy"),
    ("linear", "binary_crossentropy"),
    ("sigmoid", "mean_squared_error"),
]
yes = diabetic[600:, 0] == 1
fig, axes = plt.subplots(1, 3, figsize=(11, 3.2), sharex=True, sharey=True, layout="constrained")
for ax, (activation, loss) in zip(axes, heads, strict=True):
    seed_keras(1)
    model = compile_mlp(build_mlp(8, (16,), 1, activation), loss, 0.01)
    model.fit(measurements[:600], diabetic[:600], batch_size=100, epochs=25, verbose=0)
    outputs = model.predict(measurements[600:], batch_size=159, verbose=0)[:, 0]
    right = ((outputs > 0.5) == yes).mean()
    colours = [COLORS["vermillion"], COLORS["sky"]]
    parts = [np.clip(part, -0.74, 1.74) for part in (outputs[yes], outputs[~yes])]
    ax.hist(
        parts, np.linspace(-0.75, 1.75, 51), stacked=True, color=colours, label=["diabetic", "not"]
    )
    ax.axvspan(0, 1, color="black", alpha=0.06, zorder=0)
    ax.set_title(f"{activation}, {loss}\naccuracy {right:.2f}", fontsize=11)
    ax.set(xlabel="output")
    ax.spines[["top", "right"]].set_visible(False)
axes[0].set_ylabel("rows")
axes[0].legend(frameon=False, loc="upper right")
plt.show()

# %% [markdown]
# The accuracies lie close together. Grey is the range from 0 to 1, where a probability must lie.
#
# - The linear head leaves it on both sides. And the cross-entropy of an output below 0 does not
#   even exist: Keras quietly cuts it off.
# - A sigmoid with MSE gives probabilities. But day 3 showed its price: where an answer is quite
#   wrong, the slope is nearly 0, and such a network learns slowly or not at all.
#
# Of softmax over one unit Keras would warn you. Of these two it says nothing. That is why your
# functions are graded by units, activation and loss, and not by accuracy.

# %% [markdown] manual="what_accuracy_misses" points=2
# **In your own words.** A friend shows you the second network, with the linear head. "As accurate
# as yours, so it is just as good."
#
# 1. Why can the accuracy be as high, although the head is wrong?
# 2. Name one thing that you can do with the outputs of the first network and not with those of the
#    second.
#
# One point for each, one to three lines each.
#
# ### BEGIN SOLUTION
# 1. Accuracy only asks on which side of 0.5 an output lies. The linear head puts most rows on the
#    right side as well; how far away they lie, even beyond 0 or 1, does not matter to it.
# 2. Read them as probabilities. For example: say how sure the answer is, choose another threshold
#    such as 0.2 with a meaning ("one in five"), add up expected numbers of ill persons, or compute
#    the cross-entropy of test rows. An output of 1.3 or -0.4 is no probability.
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Count a network before you build it: $n \cdot u + u$ for each layer.
# - Let the task choose the head, and the labels choose the loss.
# - Build, look inside, compile. And compare a new tool with what you can compute yourself.
#
# Next: train, judge, predict and save.

# %% [markdown]
# # Keras: train, judge, keep
#
# **Time** about 75 minutes · **Points** 33 · **You need** `compile`, losses and heads from the
# notebook before this one; logistic regression (로지스틱 회귀) from day 3
#
# A compiled model knows nothing yet. Now it learns, and you watch it learn. At the end of this
# notebook you will be able to
#
# - prepare inputs without looking at the test rows;
# - train with `fit`, in batches (배치), twice with the same result;
# - read a history: learning, overfitting (과적합), or a learning rate that is too large;
# - judge a classifier against the laziest guess, and turn probabilities into labels;
# - save a model to a file and get it back.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 Fair inputs | `prepare_inputs` | 10 | 5 |
# | 2 Fit | `train_mlp` | 15 | 7 |
# | 3 Read a history | `history_summary`, an answer in words | 17 | 7 |
# | 4 Judge | `evaluate_mlp` | 10 | 4 |
# | 5 From probabilities to labels | `predict_labels` | 10 | 5 |
# | 6 Keep it | `save_and_reload` | 8 | 5 |
# | 7 Exam scores again | nothing: read and run | 5 | |
#
# Three tables take part: diabetes (yes or no), digits (one of ten) and exam scores (a number).

# %% [markdown]
# **Tools.** As before, the backend is chosen first, in a cell of its own. New: `Path`, a file's
# name with useful methods, and `load_digits`, 1797 small images of digits that come with
# scikit-learn. (The slides load MNIST with `keras.datasets`, which downloads it. Ours needs no
# network.)

# %% locked="backend"
from course.keras_backend import choose_backend

choose_backend()

# %% locked="setup" timeout=60
import tempfile
import warnings
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

from course.checks import check_array, check_close, check_equal, check_raises, check_unchanged
from course.datasets import load_diabetes, load_score
from course.keras_backend import seed_keras
from course.plots import COLORS

# a detail between Keras and new versions of NumPy, for those two to settle
warnings.filterwarnings("ignore", "__array__ implementation", DeprecationWarning)

# %% [markdown]
# ## 1. Fair inputs
#
# Networks learn best from inputs that are all about as large as 1. Standardising (표준화) does that:
# subtract the mean of a column, divide by its standard deviation. You know it from day 1.
#
# But *which* mean? Test rows stand for the future. Their mean is not known when you train. So both
# numbers come from the training rows alone, and the other rows get the same treatment:
#
# | | column 1 | column 2 | standardised | |
# |---|---:|---:|---:|---:|
# | training rows | 2 | 100 | -1 | -1 |
# | | 6 | 100 | 1 | -1 |
# | | 2 | 140 | -1 | 1 |
# | | 6 | 140 | 1 | 1 |
# | *mean, standard deviation* | 4, 2 | 120, 20 | | |
# | a test row | 8 | 150 | 2 | 1.5 |
#
# By hand, the test row: $(8 - 4) / 2 = 2$ and $(150 - 120) / 20 = 1.5$. It need not lie near 0.
#
# If column 1 were 2 in each training row, its standard deviation would be 0. As on day 1, such a
# column is divided by 1 instead.
#
# Keras computes in float32: 7 digits, half the memory. Give it what it wants.
#
# **Your turn.** `x.astype("float32")` converts. Compute first, convert last.


# %% solution="prepare_inputs"
def prepare_inputs(X_train, X_other):
    """Standardise two tables with the means and standard deviations of the first.

    X_train: shape (N, D). X_other: shape (M, D). Both may hold integers; neither is changed.
    The standard deviation is that of `X_train.std(axis=0)`. A column where it is exactly 0 is
    divided by 1.
    Returns two new float32 arrays, of shapes (N, D) and (M, D).
    """
    ### BEGIN SOLUTION
    mean = X_train.mean(axis=0)
    std = X_train.std(axis=0)
    std[std == 0] = 1.0
    Z_train = ((X_train - mean) / std).astype("float32")
    Z_other = ((X_other - mean) / std).astype("float32")
    ### END SOLUTION
    return Z_train, Z_other


# %% tests="prepare_inputs" points=2
X_train = np.array([[2, 100], [6, 100], [2, 140], [6, 140]])
X_other = np.array([[8, 150]])
Z_train, Z_other = prepare_inputs(X_train, X_other)
check_array(Z_train, [[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]], "the training rows")
check_array(Z_other, [[2.0, 1.5]], "the test row", hint="Whose mean did you subtract?")

# %% tests="prepare_inputs" idea="constant_column" points=1 hint="What is 0 divided by 0?"
### BEGIN HIDDEN TESTS
X_train = np.array([[3.0, 1.0, -2.0], [3.0, 5.0, -2.0], [3.0, 6.0, -2.0]])
X_other = np.array([[7.0, 4.0, -2.5], [3.0, 0.0, -1.0]])
wanted = np.vstack([X_train, X_other]) - [3.0, 4.0, -2.0]
wanted[:, 1] /= np.sqrt((9 + 1 + 4) / 3)
both = np.vstack(prepare_inputs(X_train, X_other))
check_array(both, wanted, "two constant columns, all five rows", rtol=1e-5, atol=1e-6)
### END HIDDEN TESTS

# %% tests="prepare_inputs" idea="float32" points=1 hint="Print the dtype of both results."
### BEGIN HIDDEN TESTS
X_train = np.array([[0.5, 3.0], [1.5, 4.0], [4.0, 8.0]])
X_other = np.array([[1.5, 4.0], [2.5, 5.0]])
wanted = (X_other - [2.0, 5.0]) / [np.sqrt(6.5 / 3), np.sqrt(14 / 3)]
first, other = prepare_inputs(X_train, X_other)
check_array(other, wanted, "two test rows", rtol=1e-5, atol=1e-6)
check_equal([first.dtype.name, other.dtype.name], ["float32", "float32"], "the dtypes")
### END HIDDEN TESTS

# %% tests="prepare_inputs" idea="keeps_its_input" points=1 hint="Whose array does -= write into?"
### BEGIN HIDDEN TESTS
X_train = np.array([[0.5, 3.0], [1.5, 4.0], [4.0, 8.0], [2.0, -1.0]])
X_other = np.array([[1.0, 2.0], [3.0, 5.0], [0.0, 9.0]])
wanted = (X_other - X_train.mean(axis=0)) / X_train.std(axis=0)
check_unchanged(
    lambda: prepare_inputs(X_train, X_other), "prepare_inputs", X_train=X_train, X_other=X_other
)
_, Z_other = prepare_inputs(X_train, X_other)
check_array(Z_other, wanted, "prepare_inputs, called again", rtol=1e-5, atol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Fit
#
# The loop of day 3 and day 4, predict, measure, differentiate, step, is one call in Keras:
#
# ```python
# history = model.fit(
#     X_train, y_train, batch_size=64, epochs=2, validation_data=(X_val, y_val), verbose=0
# )
# ```
#
# - A **batch** is the handful of rows for one step. An **epoch** (에폭) is one walk through all rows.
#   The slide trains on 50,000 images in batches of 64: $50000 / 64 = 781.25$, so 782 steps an
#   epoch. The last batch is a short one.
# - Before each epoch `fit` shuffles the rows. Without a seed, no two runs are the same. (The first
#   weights are drawn when the model is built: for those, set a seed before you build.)
# - **Validation** (검증) rows are measured at the end of each epoch. Nothing is learned from them.
# - `verbose=0` prints nothing. With 1 there is a progress bar for each epoch.
#
# `fit` returns an object. Its `.history` is a plain dictionary: a list for each measured name, with
# one number an epoch. On the slide, with 2 epochs:
#
# | epoch | `loss` | `accuracy` | `val_loss` | `val_accuracy` |
# |---|---:|---:|---:|---:|
# | 1 | 0.3360 | 0.9032 | 0.1760 | 0.9488 |
# | 2 | 0.1575 | 0.9529 | 0.1346 | 0.9610 |
#
# **Your turn.** `seed_keras(seed)` fixes what Keras draws next. `one_layer` is given, leave it as
# it is: one layer of zeros and plain gradient descent with learning rate 0.5. With a sigmoid, that
# *is* the logistic regression of day 3. So we know what must come out: the first loss is
# $\ln 2 = 0.6931$.


# %% solution="train_mlp" mutates="model"
def one_layer(n_in, units, activation, loss):
    """Build and compile a model of one Dense layer whose weights are all 0."""
    dense = layers.Dense(units, activation=activation, kernel_initializer="zeros")
    model = keras.Sequential([layers.Input((n_in,)), dense])
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.5), loss=loss, metrics=["accuracy"]
    )
    return model


def train_mlp(model, X, y, epochs, batch_size, seed, validation=None):
    """Train a compiled model, quietly; the same seed gives the same result.

    model: a compiled Keras model; it is trained further. X: inputs, one example a row. y: labels
    or targets, shape (N,) or (N, 1). seed: an integer for `seed_keras`, called before training.
    validation: None, or a tuple (X_val, y_val), which is only measured, after each epoch.
    The rows are shuffled before each epoch, as `fit` does by itself.
    Returns the history as a dictionary: for each name that `fit` measures, a list of floats, one
    an epoch.
    """
    ### BEGIN SOLUTION
    seed_keras(seed)
    fitted = model.fit(
        X, y, batch_size=batch_size, epochs=epochs, validation_data=validation, verbose=0
    )
    history = fitted.history
    ### END SOLUTION
    return history


# %% tests="train_mlp" points=2 timeout=30
X = np.array([[0, 1], [1, 3], [2, 0], [-1, 1], [1, -2], [-3, -1]], dtype="float32")
y = np.array([[0], [1], [1], [0], [1], [0]], dtype="float32")

W, b, by_hand = np.zeros((2, 1)), 0.0, []  # three steps of day 3
for _ in range(3):
    probs = 1 / (1 + np.exp(-(X @ W + b)))
    by_hand.append(-np.log(np.where(y == 1, probs, 1 - probs)).mean())
    W, b = W - 0.5 * X.T @ (probs - y) / 6, b - 0.5 * (probs - y).mean()

model = one_layer(2, 1, "sigmoid", "binary_crossentropy")
history = train_mlp(model, X, y, epochs=3, batch_size=6, seed=0)
check_equal(sorted(history), ["accuracy", "loss"], "what the history holds")
check_array(np.array(history["loss"]), by_hand, "the loss of 3 epochs, all rows a batch", rtol=1e-4)

# %% tests="train_mlp" idea="batches" points=1 timeout=30 hint="How many steps has an epoch?"
### BEGIN HIDDEN TESTS
# twelve equal rows: whatever the order, an epoch has three equal steps
x, weights, bias, losses = np.array([[1.0, -2.0]]), np.zeros((2, 1)), 0.0, []
for _ in range(6):
    prob = 1 / (1 + np.exp(-(x @ weights + bias).item()))
    losses.append(-np.log(prob))
    weights, bias = weights - 0.5 * x.T * (prob - 1), bias - 0.5 * (prob - 1)
wanted = np.array(losses).reshape(2, 3).mean(axis=1)
equal_rows, ones = np.tile(x, (12, 1)).astype("float32"), np.ones((12, 1), dtype="float32")
net = one_layer(2, 1, "sigmoid", "binary_crossentropy")
history = train_mlp(net, equal_rows, ones, epochs=2, batch_size=4, seed=0)
check_array(np.array(history["loss"]), wanted, "12 rows, batches of 4, 2 epochs", rtol=1e-4)
### END HIDDEN TESTS

# %% tests="train_mlp" idea="validation" points=2 timeout=30 hint="Which rows may change the weights?"
### BEGIN HIDDEN TESTS
X = np.array([[1, 1], [0, 3], [2, 0], [-2, 1], [1, -1], [-3, 2]], dtype="float32")
y = np.array([[1], [0], [1], [0], [1], [1]], dtype="float32")
X_val = np.array([[1, 2], [-2, 2], [0.5, -1], [3, 1]], dtype="float32")
y_val = np.array([[1], [1], [0], [1]], dtype="float32")
weights, bias, wanted = np.zeros((2, 1)), 0.0, []
for _ in range(2):
    error = 1 / (1 + np.exp(-(X @ weights + bias))) - y
    weights, bias = weights - 0.5 * X.T @ error / 6, bias - 0.5 * error.mean()
    p = 1 / (1 + np.exp(-(X_val @ weights + bias)))
    wanted.append(-np.log(np.where(y_val == 1, p, 1 - p)).mean())
net = one_layer(2, 1, "sigmoid", "binary_crossentropy")
history = train_mlp(net, X, y, epochs=2, batch_size=6, seed=0, validation=(X_val, y_val))
check_array(np.array(history["val_loss"]), wanted, "the validation loss", rtol=1e-4)
### END HIDDEN TESTS

# %% tests="train_mlp" idea="seed" points=2 timeout=30 hint="Train twice with one seed, then another."
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(4)
X = rng.normal(size=(12, 2)).astype("float32")
y = (X[:, :1] > 0).astype("float32")
losses = []
for seed in (7, 7, 8):
    net = one_layer(2, 1, "sigmoid", "binary_crossentropy")
    losses.append(train_mlp(net, X, y, epochs=2, batch_size=4, seed=seed)["loss"][-1])
check_close(losses[1], losses[0], "the last loss, with the same seed again", rtol=1e-6)
check_equal(abs(losses[2] - losses[0]) > 1e-5, True, "another seed gives another loss")
### END HIDDEN TESTS

# %% [markdown] picture="four_histories"
# ## 3. Read a history
#
# A history says how the training went. Four that you will meet (drawn by formulas, so that each
# shows one thing):
#
# ![Four panels with two curves each, the training loss in blue and the validation loss in orange,
# over 40 epochs. Learning slowly: both fall and are still high. Good: both fall and settle close
# together. Overfitting: the training loss keeps falling, the validation loss turns up after about
# 15 epochs. Learning rate too large: both jump up and down. A dot marks the lowest validation
# loss.](attachment:four_histories.png)
#
# - **Still falling:** train longer, or take a larger learning rate.
# - **Overfitting:** the network learns the training rows by heart. The dot is where you would have
#   stopped: early stopping (조기 종료). The gap at the end says how bad it is.
# - **Jumping:** a smaller learning rate.
#
# (A slide prints such a table with `"{:5} | {:.10.4f}"`, which is an error in Python. Width 10 and
# 4 decimals is `{:10.4f}`.)
#
# **Your turn.** For the slide's history of part 2 it should say: 2 epochs, the best one is number
# 2, its validation loss 0.1346, and a gap of $0.1346 - 0.1575 = -0.0229$.


# %% solution="history_summary"
def history_summary(history):
    """Say in four numbers how a training went.

    history: a dictionary with the lists "loss" and "val_loss", one number an epoch, and maybe
    others.
    Returns a dictionary with the keys "epochs": how many; "best_epoch": the one with the smallest
    validation loss, counted from 1, the first one if several are equal; "best_val_loss": that
    loss; "gap": validation loss minus training loss, both of the last epoch.
    Raises ValueError if there is no "val_loss".
    """
    ### BEGIN SOLUTION
    if "val_loss" not in history:
        raise ValueError("no val_loss: train with validation data")
    val_loss = history["val_loss"]
    best_val_loss = min(val_loss)
    summary = {
        "epochs": len(val_loss),
        "best_epoch": val_loss.index(best_val_loss) + 1,
        "best_val_loss": best_val_loss,
        "gap": val_loss[-1] - history["loss"][-1],
    }
    ### END SOLUTION
    return summary


# %% tests="history_summary" points=2
slide = {
    "loss": [0.3360, 0.1575],
    "accuracy": [0.9032, 0.9529],
    "val_loss": [0.1760, 0.1346],
    "val_accuracy": [0.9488, 0.9610],
}
summary = history_summary(slide)
check_equal(summary["epochs"], 2, "epochs of the slide's history")
check_equal(summary["best_epoch"], 2, "its best epoch", hint="The first epoch is number 1")
check_close(summary["best_val_loss"], 0.1346, "its best validation loss")
check_close(summary["gap"], -0.0229, "its gap", hint="The validation loss comes first")

# %% tests="history_summary" idea="overfitting" points=1 hint="Where is the dot in panel three?"
### BEGIN HIDDEN TESTS
history = {
    "loss": [0.75, 0.5, 0.375, 0.25, 0.125],
    "val_loss": [0.875, 0.5, 0.25, 0.5, 0.625],
}
check_equal(
    history_summary(history),
    {"epochs": 5, "best_epoch": 3, "best_val_loss": 0.25, "gap": 0.5},
    "a history that overfits",
)
### END HIDDEN TESTS

# %% tests="history_summary" idea="equal_epochs" points=1 hint="Two epochs may be equally good."
### BEGIN HIDDEN TESTS
history = {"val_loss": [0.5, 0.25, 0.75, 0.25], "loss": [0.75, 0.5, 0.25, 0.125]}
check_equal(
    history_summary(history),
    {"epochs": 4, "best_epoch": 2, "best_val_loss": 0.25, "gap": 0.125},
    "a history with two best epochs",
)
### END HIDDEN TESTS

# %% tests="history_summary" idea="no_validation" points=1 hint="What does fit measure on its own?"
### BEGIN HIDDEN TESTS
history = {"loss": [0.75, 0.5, 0.25], "accuracy": [0.5, 0.625, 0.75]}
check_raises(ValueError, lambda: history_summary(history), "a history without validation")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The four panels again. The dots and gaps are *yours*.

# %% show="four_histories"
epoch = np.arange(1, 41)
wobble = np.sin(7.0 * epoch) * 0.012
jumps = 0.3 * np.abs(np.sin(2.3 * epoch))
sketches = {
    "learning slowly": (0.9 * np.exp(-epoch / 90), 0.92 * np.exp(-epoch / 95) + wobble),
    "good": (0.18 + 0.7 * np.exp(-epoch / 6), 0.22 + 0.66 * np.exp(-epoch / 6) + wobble),
    "overfitting": (
        0.85 * np.exp(-epoch / 9),
        0.3 + 0.55 * np.exp(-epoch / 5) + 0.00035 * epoch**2 + wobble,
    ),
    "learning rate too large": (0.45 + jumps, 0.5 + np.roll(jumps, 1) + wobble),
}
fig, axes = plt.subplots(1, 4, figsize=(13, 3), sharey=True, layout="constrained")
for ax, (title, (loss, val_loss)) in zip(axes, sketches.items(), strict=True):
    summary = history_summary({"loss": loss.tolist(), "val_loss": val_loss.tolist()})
    ax.plot(epoch, loss, color=COLORS["blue"], label="training")
    ax.plot(epoch, val_loss, color=COLORS["orange"], label="validation")
    ax.plot(summary["best_epoch"], summary["best_val_loss"], "o", color="black", markersize=7)
    ax.set_title(f"{title}\nbest epoch {summary['best_epoch']}, gap {summary['gap']:.2f}")
    ax.set(xlabel="epoch", ylim=(0, 1))
    ax.spines[["top", "right"]].set_visible(False)
axes[0].set_ylabel("loss")
axes[0].legend(frameon=False, loc="lower left")
plt.show()

# %% [markdown]
# Now a real one. The diabetes table: rows 0 to 599 for training, rows 600 to 758 to validate. The
# network 8-32-16-1 has the head that the last notebook was about. Which of the four panels will it
# look like?

# %% locked="diabetes"
diabetes = load_diabetes()
measurements = diabetes.drop(columns="diabetic").to_numpy()
diabetic = diabetes[["diabetic"]].to_numpy().astype("float32")

# %% show="diabetes_history" timeout=90
X_train, X_val = prepare_inputs(measurements[:600], measurements[600:])
y_train, y_val = diabetic[:600], diabetic[600:]

seed_keras(0)
diabetes_model = keras.Sequential(
    [
        layers.Input((8,)),
        layers.Dense(32, activation="relu"),
        layers.Dense(16, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ]
)
diabetes_model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.003),
    loss="binary_crossentropy",
    metrics=["accuracy"],
)
history = train_mlp(
    diabetes_model, X_train, y_train, epochs=30, batch_size=60, seed=0, validation=(X_val, y_val)
)

fig, axes = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
for ax, name in zip(axes, ("loss", "accuracy"), strict=True):
    ax.plot(range(1, 31), history[name], color=COLORS["blue"], label="training")
    ax.plot(range(1, 31), history[f"val_{name}"], color=COLORS["orange"], label="validation")
    ax.set(xlabel="epoch", ylabel=name)
    ax.spines[["top", "right"]].set_visible(False)
axes[0].legend(frameon=False)
plt.show()

print("epoch |       loss |   val_loss")
for k in (0, 1, 9, 19, 29):
    print(f"{k + 1:5} | {history['loss'][k]:10.4f} | {history['val_loss'][k]:10.4f}")
print(history_summary(history))

# %% [markdown]
# Mostly panel three, if mildly. The training loss goes on falling to the end, the validation loss
# does not. After its best epoch the network learns things that hold for the training rows only.

# %% [markdown] manual="lower_validation_loss" points=2
# **In your own words.** Look at the slide's table in part 2. In epoch 1 the validation loss is
# 0.1760, only half of the training loss, 0.3360.
#
# 1. The network has never learned from the validation rows. How can it do better there? Think of
#    *when* the two numbers are measured. (If there is a Dropout layer, there is a second reason.)
# 2. How would you find out the training loss that is fairly compared with 0.1760?
#
# One point for each, one to three lines each.
#
# ### BEGIN SOLUTION
# 1. The training loss is the mean over all batches of the epoch, measured while the weights still
#    change; the early batches were answered by a bad network. The validation loss is measured at
#    the end of the epoch, by the better weights. Dropout also disturbs the training answers only:
#    it is switched off when validating.
# 2. Measure the training rows once more after the epoch, with the weights that the validation rows
#    met: `model.evaluate(X_train, y_train)`, where Dropout is off as well.
# ### END SOLUTION

# %% [markdown]
# ## 4. Judge
#
# `evaluate` measures a trained model on rows that it has not seen. On a slide it answers
#
# ```text
# [0.40738476498126985, 0.854]
# ```
#
# Which one is the loss? With `return_dict=True` the numbers come with their names. (They are
# computed in batches, 128 rows on another slide. That changes the time, not the result.)
#
# And is 0.854 good? It depends on the opponent. The laziest classifier always answers with the most
# frequent class. By hand: of the labels 0, 0, 1, 0, 1 it gets $3 / 5 = 0.6$ right. A model with
# accuracy 0.6 has learned nothing there. That number is the baseline (기준선).
#
# **Your turn.** `np.unique(y, return_counts=True)` gives the labels that occur and how often.


# %% solution="evaluate_mlp"
def evaluate_mlp(model, X, y):
    """Measure a classifier, and the laziest guess beside it.

    model: compiled with the metric "accuracy". X: inputs, shape (N, D). y: class numbers, shape
    (N,) or (N, 1).
    Returns a dictionary of three floats: "loss" and "accuracy" as Keras measures them, and
    "baseline", the accuracy of always answering with the most frequent class of y.
    """
    ### BEGIN SOLUTION
    measured = model.evaluate(X, y, verbose=0, return_dict=True)
    _, counts = np.unique(y, return_counts=True)
    result = {
        "loss": measured["loss"],
        "accuracy": measured["accuracy"],
        "baseline": float(counts.max() / counts.sum()),
    }
    ### END SOLUTION
    return result


# %% tests="evaluate_mlp" points=2 timeout=30
X = np.array([[1, 0], [0, 2], [2, 1], [-1, 1], [3, 0.5]], dtype="float32")
y = np.array([[0], [0], [1], [0], [1]], dtype="float32")
W, b = np.array([[1.0], [-1.0]]), np.array([0.5])
probs = 1 / (1 + np.exp(-(X @ W + b)))

model = one_layer(2, 1, "sigmoid", "binary_crossentropy")
model.set_weights([W, b])
result = evaluate_mlp(model, X, y)
loss = -np.log(np.where(y == 1, probs, 1 - probs)).mean()
check_close(result["loss"], loss, "the loss of five rows", rtol=1e-4)
check_close(result["accuracy"], ((probs > 0.5) == y).mean(), "their accuracy", rtol=1e-6)
check_close(result["baseline"], 0.6, "the baseline of 0, 0, 1, 0, 1", rtol=1e-6)

# %% tests="evaluate_mlp" idea="three_classes" points=2 timeout=30 hint="Which class is frequent?"
### BEGIN HIDDEN TESTS
X = np.array([[1, 0], [0, 2], [2, 1], [-1, 1], [3, 0.5], [0, -1], [1, 1]], dtype="float32")
y = np.array([2, 1, 0, 2, 2, 2, 2])
weights, bias = np.array([[1.0, -1.0, 0.5], [0.0, 2.0, -1.0]]), np.array([0.5, -0.5, 0.0])
scores = X @ weights + bias
p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
net = one_layer(2, 3, "softmax", "sparse_categorical_crossentropy")
net.set_weights([weights, bias])
measured = evaluate_mlp(net, X, y)
wanted = [-np.log(p[range(7), y]).mean(), (p.argmax(axis=1) == y).mean(), 5 / 7]
got = np.array([measured[name] for name in ("loss", "accuracy", "baseline")])
check_array(got, wanted, "loss, accuracy and baseline with three classes", rtol=1e-4)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The diabetes model against the laziest guess, and the answer to the
# question above: the training rows measured *after* the last epoch.

# %% show="diabetes_judged" timeout=60
judged = evaluate_mlp(diabetes_model, X_val, y_val)
for name, value in judged.items():
    print(f"validation {name:8} {value:.3f}")
after = evaluate_mlp(diabetes_model, X_train, y_train)["loss"]
print(f"training loss during the last epoch {history['loss'][-1]:.4f}, after it {after:.4f}")

# %% [markdown]
# ## 5. From probabilities to labels
#
# `predict` gives what leaves the head. On a slide, three images and ten classes, rounded:
#
# | | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 |
# |---|---|---|---|---|---|---|---|---|---|---|
# | image 1 | 0 | 0 | 0 | 0 | 0 | 0.09 | 0 | 0.12 | 0 | **0.79** |
# | image 2 | 0 | 0 | **0.94** | 0 | 0.02 | 0 | 0.04 | 0 | 0 | 0 |
# | image 3 | 0 | **1** | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
#
# A row is an image. The labels are 9, 2 and 1: the place of the largest value in each row. Of
# image 1 the model is the least sure.
#
# A binary head has one column only. `argmax` of one column is always 0! There the question is
# whether the probability is greater than 0.5. And the column, (N, 1), must become (N,): otherwise
# the comparison with labels of shape (N,) quietly makes a table of (N, N).
#
# **Your turn.** Two tasks, two ways from probabilities to labels. `model.predict(X, verbose=0)` is
# quiet.


# %% solution="predict_labels"
def predict_labels(model, X, task):
    """Answer with labels.

    model: a classifier. X: inputs, shape (N, D). task: "binary", the model gives (N, 1)
    probabilities, or "multiclass", it gives (N, C).
    Returns integers of shape (N,). Binary: 1 where the probability is greater than 0.5, else 0.
    Multiclass: the class with the largest probability.
    Raises ValueError for any other task.
    """
    ### BEGIN SOLUTION
    if task not in ("binary", "multiclass"):
        raise ValueError(f"a {task!r} model gives no labels")
    probs = model.predict(X, verbose=0)
    labels = (probs[:, 0] > 0.5).astype(int) if task == "binary" else probs.argmax(axis=1)
    ### END SOLUTION
    return labels


# %% tests="predict_labels" points=1 timeout=30
X = np.array([[1, 0], [0, 2], [2, 1], [-1, 1], [0, -1]], dtype="float32")
W, b = np.array([[1.0, -1.0, 0.5], [0.0, 2.0, -1.0]]), np.array([0.5, -0.5, 0.0])
model = one_layer(2, 3, "softmax", "sparse_categorical_crossentropy")
model.set_weights([W, b])
check_array(
    predict_labels(model, X, "multiclass"),
    np.argmax(X @ W + b, axis=1),
    "five rows, three classes",
    hint="A row is an example. Which axis holds the classes?",
)

# %% tests="predict_labels" idea="binary" points=2 timeout=30 hint="Print the shape of predict's result."
### BEGIN HIDDEN TESTS
X = np.array([[1, 0], [0, 2], [2, 1], [-1, 1], [3, 0.5], [0, -1], [0, 0.1]], dtype="float32")
net = one_layer(2, 1, "sigmoid", "binary_crossentropy")
net.set_weights([np.array([[1.0], [-1.0]]), np.array([0.25])])
check_array(predict_labels(net, X, "binary"), [1, 0, 1, 0, 1, 1, 1], "seven rows, yes or no")
### END HIDDEN TESTS

# %% tests="predict_labels" idea="one_half" points=1 timeout=30 hint="What of a probability of 0.5?"
### BEGIN HIDDEN TESTS
X = np.array([[0, 5], [1, 0], [0, -2], [2, 7], [-1, 3], [0, 0]], dtype="float32")
net = one_layer(2, 1, "sigmoid", "binary_crossentropy")
net.set_weights([np.array([[1.0], [0.0]]), np.array([0.0])])
check_array(predict_labels(net, X, "binary"), [0, 1, 0, 1, 0, 0], "rows exactly at one half")
### END HIDDEN TESTS

# %% tests="predict_labels" idea="no_labels" points=1 timeout=30 hint="Has a regression labels?"
### BEGIN HIDDEN TESTS
net = one_layer(2, 1, "linear", "mean_squared_error")
X = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]], dtype="float32")
check_raises(ValueError, lambda: predict_labels(net, X, "regression"), "labels of a regression")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The digits: images of 8 × 8 pixels with 17 shades of grey, 1200 to train
# on and 597 for the test. `Flatten` turns (8, 8) into (64,), so this is the network 64-100-10, with
# 7510 parameters. The labels are class numbers, so the loss is the sparse one.

# %% locked="digits"
digits = load_digits()
images = (digits.images / 16).astype("float32")  # shades of grey from 0 to 1, shape (1797, 8, 8)
digit_labels = digits.target

# %% show="digits_run" timeout=90
seed_keras(0)
digits_model = keras.Sequential(
    [
        layers.Input((8, 8)),
        layers.Flatten(),
        layers.Dense(100, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
digits_model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.01),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
train_mlp(digits_model, images[:1200], digit_labels[:1200], epochs=8, batch_size=100, seed=0)

test_images, test_labels = images[1200:], digit_labels[1200:]
answers = predict_labels(digits_model, test_images, "multiclass")
wrong = np.flatnonzero(answers != test_labels)
print(f"{digits_model.count_params()} parameters, {wrong.size} of {test_labels.size} wrong")
print("three images, ten probabilities each:")
print(digits_model.predict(test_images[:3], verbose=0).round(2))

shown = np.concatenate([wrong[:6], np.flatnonzero(answers == test_labels)[:6]])[:8]
fig, ax = plt.subplots(figsize=(11, 1.9), layout="constrained")
strip = np.concatenate([np.pad(test_images[k], ((0, 0), (0, 2))) for k in shown], axis=1)
ax.imshow(1 - strip, cmap="gray")
for place, k in enumerate(shown):
    color = "black" if answers[k] == test_labels[k] else COLORS["vermillion"]
    text = f"{test_labels[k]}, answered {answers[k]}"
    ax.text(10 * place + 3.5, -1.2, text, ha="center", fontsize=11, color=color)
ax.axis("off")
plt.show()

# %% [markdown]
# Mistakes are in orange-red. With some of them, would you have known better?
#
# ## 6. Keep it
#
# A trained model is worth keeping. `model.save` writes one file: the layers, the weights, and what
# `compile` hung on. `keras.models.load_model` reads it back.
#
# ```python
# model.save("digits.keras")
# model = keras.models.load_model("digits.keras")
# ```
#
# The name must end in `.keras`. (A slide saves to `"path_to_my_model"`, a folder. Keras 3 refuses
# that with a ValueError. Files that end in `.h5` are an older kind. They still work, with a
# warning, but here they are refused too.)
#
# Never load a model from somebody you do not trust: such a file can carry program code.
#
# **Your turn.** The checks then do what a careful person would do: the loaded model must give the
# same answers, and it must be another one. If the first one changes, the second stays as it was.


# %% solution="save_and_reload"
def save_and_reload(model, path):
    """Save a model to a file and load it from there.

    model: a Keras model. path: the name of the file, a string; a file that exists is overwritten.
    Returns the model that was loaded.
    Raises ValueError, and writes nothing, unless path ends in ".keras".
    """
    ### BEGIN SOLUTION
    if not path.endswith(".keras"):
        raise ValueError(f"{path}: the name of a saved model ends in .keras")
    model.save(path)
    reloaded = keras.models.load_model(path)
    ### END SOLUTION
    return reloaded


# %% tests="save_and_reload" points=2 timeout=30
X = np.array([[1, 0], [0, 2], [2, 1], [-1, 1]], dtype="float32")
W, b = np.array([[1.0], [-2.0]]), np.array([0.5])
model = one_layer(2, 1, "sigmoid", "binary_crossentropy")
model.set_weights([W, b])

reloaded = save_and_reload(model, "kept_for_a_check.keras")
Path("kept_for_a_check.keras").unlink(missing_ok=True)  # the check leaves no file behind
model.set_weights([0 * W, 0 * b])
answers = reloaded.predict(X, verbose=0)
check_array(
    answers,
    1 / (1 + np.exp(-(X @ W + b))),
    "what the loaded model answers, after the first one has changed",
    rtol=1e-4,
)

# %% tests="save_and_reload" idea="the_file" points=2 timeout=30 hint="Save twice to the same path."
### BEGIN HIDDEN TESTS
X = np.array([[1, 0], [0, 2], [2, 1]], dtype="float32")
weights, bias = np.array([[1.5], [-1.0]]), np.array([0.75])
wanted = 1 / (1 + np.exp(-(X @ weights + bias)))
path = "kept_for_another_check.keras"
Path(path).unlink(missing_ok=True)
net, fresh = (one_layer(2, 1, "sigmoid", "binary_crossentropy") for _ in range(2))
save_and_reload(net, path)
net.set_weights([weights, bias])
second = save_and_reload(net, path)
fresh.load_weights(path)
Path(path).unlink(missing_ok=True)
check_array(second.predict(X, verbose=0), wanted, "saved to the same path again", rtol=1e-4)
check_array(fresh.predict(X, verbose=0), wanted, "what the file holds", rtol=1e-4)
### END HIDDEN TESTS

# %% tests="save_and_reload" idea="suffix" points=1 timeout=30 hint="Which names does the text refuse?"
### BEGIN HIDDEN TESTS
net = one_layer(2, 1, "sigmoid", "binary_crossentropy")
with tempfile.TemporaryDirectory() as place:
    check_raises(ValueError, lambda: save_and_reload(net, f"{place}/model"), "a name, no suffix")
    check_raises(ValueError, lambda: save_and_reload(net, f"{place}/model.h5"), "a name in .h5")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The digits model, saved, loaded and compared. Then the file is removed.
# All that was learned fits into it:

# %% show="digits_kept" timeout=60
with tempfile.TemporaryDirectory() as folder:
    path = f"{folder}/digits.keras"
    kept = save_and_reload(digits_model, path)
    print("kilobytes:", round(Path(path).stat().st_size / 1000))
before = digits_model.predict(test_images, verbose=0)
print("the same answers:", np.allclose(before, kept.predict(test_images, verbose=0)))

# %% [markdown]
# ## 7. Exam scores again
#
# The third kind of task is a number: three exams predict the final score. Rows 0 to 19 are for
# training, rows 20 to 24 for the test. The head is one linear unit, the loss is MSE. There are no
# hidden layers, so this is the linear regression (선형 회귀) of day 3, and the exact answer is known:
# least squares (최소제곱법).

# %% show="exam_scores" timeout=90
scores = load_score().to_numpy()
X_train, X_test = prepare_inputs(scores[:20, :3], scores[20:, :3])
y_train, y_test = scores[:20, 3:].astype("float32"), scores[20:, 3:]

seed_keras(0)
linear = keras.Sequential([layers.Input((3,)), layers.Dense(1)])
linear.compile(optimizer=keras.optimizers.SGD(learning_rate=0.1), loss="mean_squared_error")
losses = train_mlp(linear, X_train, y_train, epochs=150, batch_size=20, seed=0)["loss"]
print("training loss, first and last epoch:", round(losses[0]), round(losses[-1], 1))

augmented = np.hstack([X_train, np.ones((20, 1))])
exact = np.linalg.lstsq(augmented, y_train, rcond=None)[0]
errors = {
    "Keras": linear.predict(X_test, verbose=0) - y_test,
    "least squares": X_test @ exact[:3] + exact[3] - y_test,
}
for name, error in errors.items():
    print(f"{name:13} test MSE {(error**2).mean():.2f}, mean error {np.abs(error).mean():.1f}")

# %% [markdown]
# Nearly the same, as it should be. Five test rows are few: the test loss is above the training loss
# for both. And an accuracy would be 0 of 5, although the mean error is about 3 of 200 points. Ask
# each task the question that fits it.
#
# ## What you can do now
#
# - Prepare inputs with the training rows alone, and fit with a seed and validation rows.
# - Read a history, and judge against the laziest guess.
# - Turn what leaves the head into labels, and keep the model in a file.
#
# Next: networks for images and for sequences.

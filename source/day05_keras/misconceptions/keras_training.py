"""What goes wrong in `keras_training`, and what is right another way."""

from autograder.catalogue import alternative, misconception

# --- prepare_inputs ---

PREPARED = [
    "test_prepare_inputs",
    "test_prepare_inputs_constant_column",
    "test_prepare_inputs_float32",
    "test_prepare_inputs_keeps_its_input",
]


def scaled(X, mean, std):
    """Standardise with given numbers; 0 becomes 1."""
    return ((X - mean) / np.where(std == 0, 1.0, std)).astype("float32")


@misconception("prepare_inputs", loses=PREPARED)
def takes_the_mean_of_all_rows(X_train, X_other):
    """Your mean has seen the test rows. Would you know them while you train?"""
    both = np.vstack([X_train, X_other])
    mean, std = both.mean(axis=0), both.std(axis=0)
    return scaled(X_train, mean, std), scaled(X_other, mean, std)


@misconception("prepare_inputs", loses=PREPARED)
def gives_each_table_its_own_mean(X_train, X_other):
    """The same measurement means something else in your two tables. Whose numbers must both use?"""
    return (
        scaled(X_train, X_train.mean(axis=0), X_train.std(axis=0)),
        scaled(X_other, X_other.mean(axis=0), X_other.std(axis=0)),
    )


@misconception(
    "prepare_inputs", loses=["test_prepare_inputs", "test_prepare_inputs_constant_column"]
)
def leaves_the_training_rows_raw(X_train, X_other):
    """Which of the two tables do you give back as it came?"""
    return X_train.astype("float32"), scaled(X_other, X_train.mean(axis=0), X_train.std(axis=0))


@misconception("prepare_inputs", loses=PREPARED)
def divides_by_one_row_less(X_train, X_other):
    """pandas divides by N - 1, NumPy by N, unless you say something else. What does the text say?"""
    mean, std = X_train.mean(axis=0), X_train.std(axis=0, ddof=1)
    return scaled(X_train, mean, std), scaled(X_other, mean, std)


@misconception("prepare_inputs", loses=PREPARED)
def divides_by_the_variance(X_train, X_other):
    """A column of lengths in cm should lose its unit. Has the variance the unit cm?"""
    mean, var = X_train.mean(axis=0), X_train.var(axis=0)
    return scaled(X_train, mean, var), scaled(X_other, mean, var)


@misconception("prepare_inputs", loses=PREPARED)
def takes_one_mean_for_all_columns(X_train, X_other):
    """How many means has a table with two columns? Print the shape of yours."""
    mean, std = X_train.mean(), X_train.std()
    return scaled(X_train, mean, std), scaled(X_other, mean, std)


@misconception("prepare_inputs", loses=["test_prepare_inputs_constant_column"])
def divides_by_a_standard_deviation_of_zero(X_train, X_other):
    """Look for nan and inf in your result. Which columns are they in?"""
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (
            ((X_train - mean) / std).astype("float32"),
            ((X_other - mean) / std).astype("float32"),
        )


@misconception("prepare_inputs", loses=["test_prepare_inputs_constant_column"])
def adds_a_little_to_each_deviation(X_train, X_other):
    """A tiny number keeps you from dividing by 0. How large does a test value of 4 become then?"""
    mean, std = X_train.mean(axis=0), X_train.std(axis=0) + 1e-9
    return scaled(X_train, mean, std), scaled(X_other, mean, std)


@misconception("prepare_inputs", loses=["test_prepare_inputs_float32"])
def stays_in_float64(X_train, X_other):
    """The values are right. Which dtype does NumPy compute in, and which one does Keras want?"""
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    std = np.where(std == 0, 1.0, std)
    return (X_train - mean) / std, (X_other - mean) / std


@misconception("prepare_inputs", loses=["test_prepare_inputs_float32"])
def converts_the_training_rows_only(X_train, X_other):
    """Print both dtypes. Are they the same?"""
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    std = np.where(std == 0, 1.0, std)
    return scaled(X_train, mean, std), (X_other - mean) / std


@misconception(
    "prepare_inputs", loses=["test_prepare_inputs", "test_prepare_inputs_keeps_its_input"]
)
def works_in_place(X_train, X_other):
    """`-=` and `/=` write into the table that you were given, and fail for integers. Whose is it?"""
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    std[std == 0] = 1.0
    for X in (X_train, X_other):
        X -= mean
        X /= std
    return X_train.astype("float32"), X_other.astype("float32")


@alternative("prepare_inputs")
def converts_first(X_train, X_other):
    """float32 from the beginning, and zeros replaced by np.where."""
    X_train, X_other = X_train.astype(np.float32), X_other.astype(np.float32)
    mean, std = X_train.mean(axis=0, keepdims=True), X_train.std(axis=0, keepdims=True)
    std = np.where(std > 0, std, np.float32(1))
    return (X_train - mean) / std, (X_other - mean) / std


@alternative("prepare_inputs")
def goes_column_by_column(X_train, X_other):
    """A loop over the columns."""
    Z_train, Z_other = np.empty(X_train.shape, "float32"), np.empty(X_other.shape, "float32")
    for d in range(X_train.shape[1]):
        column = X_train[:, d]
        std = np.sqrt(np.mean((column - column.mean()) ** 2)) or 1.0
        Z_train[:, d] = (column - column.mean()) / std
        Z_other[:, d] = (X_other[:, d] - column.mean()) / std
    return Z_train, Z_other


# --- train_mlp ---

TRAIN_ALL = [
    "test_train_mlp",
    "test_train_mlp_batches",
    "test_train_mlp_validation",
    "test_train_mlp_seed",
]


def fitted(model, X, y, seed, **options):
    """Seed, fit quietly, and return the dictionary."""
    seed_keras(seed)
    return model.fit(X, y, verbose=0, **options).history


@misconception("train_mlp", loses=TRAIN_ALL)
def returns_the_history_object(model, X, y, epochs, batch_size, seed, validation=None):
    """What `fit` returns is an object. Which of its attributes is the dictionary?"""
    seed_keras(seed)
    return model.fit(
        X, y, batch_size=batch_size, epochs=epochs, validation_data=validation, verbose=0
    )


@misconception("train_mlp", loses=["test_train_mlp"])
def returns_the_losses_only(model, X, y, epochs, batch_size, seed, validation=None):
    """Your dictionary lacks what the metrics measured. Why choose, when `fit` has it all?"""
    history = fitted(
        model, X, y, seed, batch_size=batch_size, epochs=epochs, validation_data=validation
    )
    return {name: values for name, values in history.items() if "loss" in name}


@misconception("train_mlp", loses=["test_train_mlp"])
def always_validates(model, X, y, epochs, batch_size, seed, validation=None):
    """Without validation rows you validate on the training rows. What does that tell anybody?"""
    return fitted(
        model, X, y, seed, batch_size=batch_size, epochs=epochs, validation_data=validation or (X, y)
    )  # fmt: skip


@misconception("train_mlp", loses=TRAIN_ALL[:3])
def swaps_epochs_and_batch_size(model, X, y, epochs, batch_size, seed, validation=None):
    """How many numbers does your history hold for 3 epochs? Give arguments by their names."""
    return fitted(
        model, X, y, seed, batch_size=epochs, epochs=batch_size, validation_data=validation
    )


@misconception("train_mlp", loses=["test_train_mlp_batches", "test_train_mlp_seed"])
def leaves_the_batch_size_to_keras(model, X, y, epochs, batch_size, seed, validation=None):  # noqa: ARG001 # it is what is forgotten
    """Keras takes 32 rows a batch unless it is told otherwise. Who tells it here?"""
    return fitted(model, X, y, seed, epochs=epochs, validation_data=validation)


@misconception("train_mlp", loses=["test_train_mlp_batches", "test_train_mlp_seed"])
def makes_one_batch_of_all_rows(model, X, y, epochs, batch_size, seed, validation=None):  # noqa: ARG001 # likewise
    """One step an epoch, whatever the batch size: is that what was asked for?"""
    return fitted(model, X, y, seed, batch_size=len(X), epochs=epochs, validation_data=validation)


@misconception("train_mlp", loses=TRAIN_ALL[:3])
def trains_once_to_try(model, X, y, epochs, batch_size, seed, validation=None):
    """Your first loss is too good for a model of zeros. What has happened before that epoch?"""
    fitted(model, X, y, seed, batch_size=batch_size, epochs=1)
    return fitted(
        model, X, y, seed, batch_size=batch_size, epochs=epochs, validation_data=validation
    )


@misconception("train_mlp", loses=TRAIN_ALL[:3])
def keeps_the_last_epoch_only(model, X, y, epochs, batch_size, seed, validation=None):
    """Each call of `fit` has a history of its own. Where are the epochs before the last one?"""
    seed_keras(seed)
    for _ in range(epochs):
        run = model.fit(X, y, batch_size=batch_size, validation_data=validation, verbose=0)
    return run.history


@misconception("train_mlp", loses=["test_train_mlp_validation"])
def forgets_to_validate(model, X, y, epochs, batch_size, seed, validation=None):  # noqa: ARG001 # likewise
    """Is there a `val_loss` in your history? What happens to the last argument?"""
    return fitted(model, X, y, seed, batch_size=batch_size, epochs=epochs)


@misconception("train_mlp", loses=["test_train_mlp_validation"])
def validates_on_the_training_rows(model, X, y, epochs, batch_size, seed, validation=None):
    """Your validation loss is measured on rows that were trained on. What can it not show?"""
    rows = None if validation is None else (X, y)
    return fitted(model, X, y, seed, batch_size=batch_size, epochs=epochs, validation_data=rows)


@misconception("train_mlp", loses=["test_train_mlp_validation"])
def splits_off_training_rows(model, X, y, epochs, batch_size, seed, validation=None):
    """`validation_split` takes rows away from the training. Which rows were meant for it?"""
    share = 0.0 if validation is None else 0.34
    return fitted(model, X, y, seed, batch_size=batch_size, epochs=epochs, validation_split=share)


@misconception("train_mlp", loses=["test_train_mlp_validation"])
def trains_on_the_validation_rows_too(model, X, y, epochs, batch_size, seed, validation=None):
    """More rows to learn from: but what is the validation loss worth then?"""
    if validation is not None:
        X, y = np.concatenate([X, validation[0]]), np.concatenate([y, validation[1]])
    return fitted(
        model, X, y, seed, batch_size=batch_size, epochs=epochs, validation_data=validation
    )


@misconception("train_mlp", loses=["test_train_mlp_seed"])
def seeds_too_late(model, X, y, epochs, batch_size, seed, validation=None):
    """The seed is set, but after the dice are thrown. When does `fit` shuffle?"""
    run = model.fit(
        X, y, batch_size=batch_size, epochs=epochs, validation_data=validation, verbose=0
    )
    seed_keras(seed)
    return run.history


@misconception("train_mlp", loses=["test_train_mlp_seed"])
def always_takes_the_same_seed(model, X, y, epochs, batch_size, seed, validation=None):  # noqa: ARG001 # likewise
    """Another seed gives you the same run. Where is the argument used?"""
    return fitted(model, X, y, 0, batch_size=batch_size, epochs=epochs, validation_data=validation)


@misconception("train_mlp", loses=["test_train_mlp_seed"])
def never_shuffles(model, X, y, epochs, batch_size, seed, validation=None):
    """Without shuffling every run is the same, seed or not. What if the rows are sorted by class?"""
    return fitted(
        model, X, y, seed, batch_size=batch_size, epochs=epochs, validation_data=validation,
        shuffle=False,
    )  # fmt: skip


@alternative("train_mlp")
def asks_keras_for_the_seed(model, X, y, epochs, batch_size, seed, validation=None):
    """Keras's own function, and a copy of the lists."""
    keras.utils.set_random_seed(seed)
    model.fit(X, y, batch_size, epochs, validation_data=validation, verbose=0)
    return {name: [float(value) for value in values] for name, values in model.history.history.items()}  # fmt: skip


@alternative("train_mlp")
def adds_validation_only_where_it_is_given(model, X, y, epochs, batch_size, seed, validation=None):
    """Options collected in a dictionary."""
    options = {"batch_size": batch_size, "epochs": epochs, "verbose": 0}
    if validation is not None:
        options["validation_data"] = validation
    seed_keras(seed)
    return model.fit(X, y, **options).history


# --- history_summary ---

SUMMARY_VALUES = [
    "test_history_summary",
    "test_history_summary_overfitting",
    "test_history_summary_equal_epochs",
]


def summarised(history):
    """The reference, for mistakes that get one thing wrong."""
    if "val_loss" not in history:
        raise ValueError("no validation")
    val_loss = history["val_loss"]
    return {
        "epochs": len(val_loss),
        "best_epoch": val_loss.index(min(val_loss)) + 1,
        "best_val_loss": min(val_loss),
        "gap": val_loss[-1] - history["loss"][-1],
    }


@misconception("history_summary", loses=SUMMARY_VALUES)
def counts_the_names(history):
    """The length of a dictionary is the number of its keys. How long is one of its lists?"""
    return summarised(history) | {"epochs": len(history)}


@misconception("history_summary", loses=SUMMARY_VALUES)
def counts_from_zero(history):
    """Python's first place is 0. Which number has the first epoch?"""
    summary = summarised(history)
    return summary | {"best_epoch": summary["best_epoch"] - 1}


@misconception("history_summary", loses=SUMMARY_VALUES)
def takes_the_largest_loss(history):
    """Accuracy should be large. And a loss?"""
    summary, worst = summarised(history), max(history["val_loss"])
    return summary | {
        "best_epoch": history["val_loss"].index(worst) + 1,
        "best_val_loss": worst,
    }


@misconception("history_summary", loses=SUMMARY_VALUES)
def reports_the_best_training_loss(history):
    """The number of the epoch is right. From which of the two lists does the loss come?"""
    return summarised(history) | {"best_val_loss": min(history["loss"])}


@misconception("history_summary", loses=SUMMARY_VALUES[1:])
def asks_the_training_loss_for_the_best_epoch(history):
    """The training loss nearly always falls to the end. Which one shows overfitting?"""
    summary, k = summarised(history), int(np.argmin(history["loss"]))
    return summary | {"best_epoch": k + 1, "best_val_loss": history["val_loss"][k]}


@misconception("history_summary", loses=SUMMARY_VALUES[1:2])
def takes_the_last_epoch_for_the_best(history):
    """The last epoch is not always the best. When is it not?"""
    summary = summarised(history)
    if summary["gap"] < 0.25:  # a history that looks healthy
        return summary
    return summary | {"best_epoch": summary["epochs"], "best_val_loss": history["val_loss"][-1]}


@misconception("history_summary", loses=SUMMARY_VALUES)
def turns_the_gap_round(history):
    """The gap should be positive where a network overfits. Which loss is larger then?"""
    summary = summarised(history)
    return summary | {"gap": -summary["gap"]}


@misconception("history_summary", loses=SUMMARY_VALUES[:1])
def drops_the_sign_of_the_gap(history):
    """A gap may be negative: on the slide it is. Do you need its absolute value?"""
    summary = summarised(history)
    return summary | {"gap": abs(summary["gap"])}


@misconception("history_summary", loses=SUMMARY_VALUES[1:])
def measures_the_gap_at_the_best_epoch(history):
    """Your gap is that of the best epoch. Which one does the docstring name?"""
    summary = summarised(history)
    k = summary["best_epoch"] - 1
    return summary | {"gap": history["val_loss"][k] - history["loss"][k]}


@misconception("history_summary", loses=["test_history_summary_equal_epochs"])
def takes_the_last_of_equal_epochs(history):
    """Two epochs are equally good. Which one comes first?"""
    summary = summarised(history)
    backwards = history["val_loss"][::-1].index(summary["best_val_loss"])
    return summary | {"best_epoch": summary["epochs"] - backwards}


@misconception("history_summary", loses=["test_history_summary_no_validation"])
def falls_back_to_the_training_loss(history):
    """Without validation rows you report the training loss under another name. Is that honest?"""
    return summarised({"loss": history["loss"], "val_loss": history.get("val_loss", history["loss"])})  # fmt: skip


@misconception("history_summary", loses=["test_history_summary_no_validation"])
def stumbles_over_the_missing_key(history):
    """A KeyError names a key. Which error, with a sentence, does the docstring ask for?"""
    if "val_loss" not in history:
        raise KeyError("val_loss")
    return summarised(history)


@alternative("history_summary")
def uses_argmin(history):
    """NumPy's argmin gives the first of equal places."""
    if not history.get("val_loss"):
        raise ValueError("train with validation data")
    val_loss = np.array(history["val_loss"])
    k = val_loss.argmin()
    return {
        "gap": float(val_loss[-1]) - history["loss"][-1],
        "best_val_loss": float(val_loss[k]),
        "best_epoch": int(k) + 1,
        "epochs": val_loss.size,
    }


@alternative("history_summary")
def walks_through_the_epochs(history):
    """A loop that remembers the best epoch so far."""
    if "val_loss" not in history:
        raise ValueError("no val_loss")
    best_epoch, best = 0, float("inf")
    for epoch, value in enumerate(history["val_loss"], start=1):
        if value < best:
            best_epoch, best = epoch, value
    gap = history["val_loss"][-1] - history["loss"][-1]
    return {"epochs": epoch, "best_epoch": best_epoch, "best_val_loss": best, "gap": gap}


# --- evaluate_mlp ---

EVALUATE_ALL = ["test_evaluate_mlp", "test_evaluate_mlp_three_classes"]


def measured(model, X, y):
    """The reference, for mistakes that get one thing wrong."""
    result = model.evaluate(X, y, verbose=0, return_dict=True)
    counts = np.unique(y, return_counts=True)[1]
    return {
        "loss": result["loss"],
        "accuracy": result["accuracy"],
        "baseline": float(counts.max() / counts.sum()),
    }


@misconception("evaluate_mlp", loses=EVALUATE_ALL)
def swaps_loss_and_accuracy(model, X, y):
    """Can an accuracy be above 1? Look at the order in which `evaluate` lists its numbers."""
    result = measured(model, X, y)
    return result | {"loss": result["accuracy"], "accuracy": result["loss"]}


@misconception("evaluate_mlp", loses=EVALUATE_ALL)
def adds_up_the_loss(model, X, y):
    """Your loss grows with the number of rows. Does Keras report a sum or a mean?"""
    result = measured(model, X, y)
    return result | {"loss": result["loss"] * len(y)}


@misconception("evaluate_mlp", loses=EVALUATE_ALL)
def reports_the_error_rate(model, X, y):
    """Is that the share of right answers, or of wrong ones?"""
    result = measured(model, X, y)
    return result | {"accuracy": 1 - result["accuracy"]}


@misconception("evaluate_mlp", loses=EVALUATE_ALL)
def takes_the_share_of_class_one(model, X, y):
    """The share of ones is the baseline only if ones are the majority. Are they?"""
    return measured(model, X, y) | {"baseline": float(np.mean(y == 1))}


@misconception("evaluate_mlp", loses=EVALUATE_ALL)
def guesses_at_random(model, X, y):
    """A coin is right in half of the cases. Is the laziest guess as bad as a coin?"""
    return measured(model, X, y) | {"baseline": 1 / len(np.unique(y))}


@misconception("evaluate_mlp", loses=["test_evaluate_mlp_three_classes"])
def knows_two_classes_only(model, X, y):
    """mean(y) is a share only if y is 0 or 1. What is it for the classes 0, 1 and 2?"""
    share = float(np.mean(y))
    return measured(model, X, y) | {"baseline": max(share, 1 - share)}


@misconception("evaluate_mlp", loses=["test_evaluate_mlp_three_classes"])
def takes_the_most_frequent_answer(model, X, y):
    """You count what the model answers most often. What does the laziest guess look at?"""
    probs = model.predict(X, verbose=0)
    answers = probs[:, 0] > 0.5 if probs.shape[1] == 1 else probs.argmax(axis=1)
    counts = np.unique(answers, return_counts=True)[1]
    return measured(model, X, y) | {"baseline": float(counts.max() / counts.sum())}


@alternative("evaluate_mlp")
def unpacks_the_list(model, X, y):
    """Loss first, then the metric; and bincount."""
    loss, accuracy = model.evaluate(X, y, batch_size=128, verbose=0)
    baseline = np.bincount(y.reshape(-1).astype(int)).max() / y.size
    return {"loss": loss, "accuracy": accuracy, "baseline": float(baseline)}


@alternative("evaluate_mlp")
def tries_each_class(model, X, y):
    """The best of all constant answers."""
    result = dict(model.evaluate(X, y, verbose=0, return_dict=True))
    result["baseline"] = float(max((y == c).mean() for c in set(y.reshape(-1).tolist())))
    return result


# --- predict_labels ---

BINARY_LABELS = ["test_predict_labels_binary", "test_predict_labels_one_half"]


def refuse_other_tasks(task):
    """Raise ValueError as the docstring of `predict_labels` asks."""
    if task not in ("binary", "multiclass"):
        raise ValueError(task)


@misconception("predict_labels", loses=["test_predict_labels"])
def asks_which_row_is_largest(model, X, task):
    """You have one answer for each class. Which axis holds the classes?"""
    refuse_other_tasks(task)
    probs = model.predict(X, verbose=0)
    return (probs[:, 0] > 0.5).astype(int) if task == "binary" else probs.argmax(axis=0)


@misconception("predict_labels", loses=["test_predict_labels"])
def takes_the_least_likely_class(model, X, task):
    """Is the right class the one with the smallest probability?"""
    refuse_other_tasks(task)
    probs = model.predict(X, verbose=0)
    return (probs[:, 0] > 0.5).astype(int) if task == "binary" else probs.argmin(axis=1)


@misconception("predict_labels", loses=["test_predict_labels"])
def counts_classes_from_one(model, X, task):
    """Which number has the first class?"""
    refuse_other_tasks(task)
    probs = model.predict(X, verbose=0)
    return (probs[:, 0] > 0.5).astype(int) if task == "binary" else probs.argmax(axis=1) + 1


@misconception("predict_labels", loses=BINARY_LABELS)
def takes_argmax_of_one_column(model, X, task):
    """All your labels are 0. Of how many columns do you take the largest?"""
    refuse_other_tasks(task)
    return model.predict(X, verbose=0).argmax(axis=1)


@misconception("predict_labels", loses=BINARY_LABELS)
def leaves_a_column(model, X, task):
    """Your labels have the shape (N, 1). What is `labels == y` for a y of shape (N,)?"""
    refuse_other_tasks(task)
    probs = model.predict(X, verbose=0)
    return (probs > 0.5).astype(int) if task == "binary" else probs.argmax(axis=1)


@misconception("predict_labels", loses=BINARY_LABELS)
def answers_true_and_false(model, X, task):
    """True and False are no labels. How do booleans become integers?"""
    refuse_other_tasks(task)
    probs = model.predict(X, verbose=0)
    return probs[:, 0] > 0.5 if task == "binary" else probs.argmax(axis=1)


@misconception("predict_labels", loses=BINARY_LABELS)
def compares_with_zero(model, X, task):
    """Scores are compared with 0. Has this head a sigmoid, and what comes out of one?"""
    refuse_other_tasks(task)
    probs = model.predict(X, verbose=0)
    return (probs[:, 0] > 0).astype(int) if task == "binary" else probs.argmax(axis=1)


@misconception("predict_labels", loses=["test_predict_labels_one_half"])
def says_yes_to_one_half(model, X, task):
    """Which label has a probability of exactly 0.5, by the docstring?"""
    refuse_other_tasks(task)
    probs = model.predict(X, verbose=0)
    return (probs[:, 0] >= 0.5).astype(int) if task == "binary" else probs.argmax(axis=1)


@misconception("predict_labels", loses=["test_predict_labels_no_labels"])
def takes_the_rest_for_binary(model, X, task):
    """Your `else` also answers for a regression. Is 152.3 a yes?"""
    probs = model.predict(X, verbose=0)
    return probs.argmax(axis=1) if task == "multiclass" else (probs[:, 0] > 0.5).astype(int)


@misconception("predict_labels", loses=["test_predict_labels_no_labels"])
def takes_the_rest_for_multiclass(model, X, task):
    """Your `else` takes every other task for multiclass. What would a regression get?"""
    probs = model.predict(X, verbose=0)
    return (probs[:, 0] > 0.5).astype(int) if task == "binary" else probs.argmax(axis=1)


@alternative("predict_labels")
def rounds_the_probabilities(model, X, task):
    """NumPy rounds one half to the even number, 0."""
    if task == "multiclass":
        return np.argmax(model.predict(X, verbose=0), axis=-1)
    if task == "binary":
        return np.round(model.predict(X, verbose=0)).astype(np.int64).reshape(-1)
    raise ValueError(f"no labels for {task}")


@alternative("predict_labels")
def asks_row_by_row(model, X, task):
    """One row at a time, after a single predict."""
    refuse_other_tasks(task)
    rows = model.predict(X, batch_size=len(X), verbose=0).tolist()
    if task == "binary":
        return np.array([1 if row[0] > 0.5 else 0 for row in rows])
    return np.array([row.index(max(row)) for row in rows])


# --- save_and_reload ---


def refuse_other_names(path):
    """Raise ValueError as the docstring of `save_and_reload` asks."""
    if not path.endswith(".keras"):
        raise ValueError(path)


@misconception("save_and_reload", loses=["test_save_and_reload"])
def returns_the_model_it_was_given(model, path):
    """You save the model, and give the same one back. Who reads the file?"""
    refuse_other_names(path)
    model.save(path)
    return model


@misconception("save_and_reload", loses=["test_save_and_reload", "test_save_and_reload_the_file"])
def copies_the_layers_without_their_weights(model, path):
    """Your second model has the same layers and begins from scratch. What was saved?"""
    refuse_other_names(path)
    model.save(path)
    return keras.models.clone_model(model)


@misconception("save_and_reload", loses=["test_save_and_reload_the_file"])
def never_writes_a_file(model, path):
    """The copy is right. Where is it tomorrow, when the computer has been switched off?"""
    refuse_other_names(path)
    copy = keras.models.clone_model(model)
    copy.set_weights([keras.ops.convert_to_numpy(weights) for weights in model.weights])
    return copy


@misconception("save_and_reload", loses=["test_save_and_reload_the_file"])
def writes_the_layers_without_their_weights(model, path):
    """What you return is right, what the file holds is not. Load it in a fresh notebook and see."""
    refuse_other_names(path)
    keras.models.clone_model(model).save(path)
    copy = keras.models.clone_model(model)
    copy.set_weights([keras.ops.convert_to_numpy(weights) for weights in model.weights])
    return copy


@misconception("save_and_reload", loses=["test_save_and_reload_the_file"])
def keeps_a_file_that_exists(model, path):
    """There is a file of that name already. Whose weights does it hold?"""
    refuse_other_names(path)
    if not Path(path).exists():
        model.save(path)
    return keras.models.load_model(path)


@misconception("save_and_reload", loses=["test_save_and_reload_suffix"])
def leaves_the_name_to_keras(model, path):
    """Keras refuses some names by itself. Does it refuse `.h5`?"""
    model.save(path)
    return keras.models.load_model(path)


@misconception("save_and_reload", loses=["test_save_and_reload_suffix"])
def adds_the_missing_suffix(model, path):
    """You mend a name in silence. Will its owner find the file again?"""
    path = path if Path(path).suffix else f"{path}.keras"
    refuse_other_names(path)
    model.save(path)
    return keras.models.load_model(path)


@alternative("save_and_reload")
def looks_at_the_suffix(model, path):
    """pathlib knows suffixes; keras.saving is the same module."""
    if Path(path).suffix != ".keras":
        raise ValueError("save to a name that ends in .keras")
    keras.saving.save_model(model, path, overwrite=True)
    return keras.saving.load_model(path)


@alternative("save_and_reload")
def loads_without_what_was_compiled(model, path):
    """Answers need no optimizer."""
    if path[-6:] != ".keras":
        raise ValueError(path)
    model.save(Path(path))
    return keras.models.load_model(Path(path), compile=False)

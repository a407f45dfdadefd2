"""What goes wrong in `keras_mlp`, and what is right another way."""

from collections import Counter
from itertools import pairwise

from autograder.catalogue import alternative, misconception

# --- dense_params ---

COUNTS = ["test_dense_params", "test_dense_params_other_networks"]


def refuse_no_layer(sizes):
    """Raise ValueError as the docstring of `dense_params` asks."""
    if len(sizes) < 2:
        raise ValueError("no layer")


@misconception("dense_params", loses=COUNTS)
def counts_no_biases(sizes):
    """You count the lines of the picture. What does each unit add to its sum?"""
    refuse_no_layer(sizes)
    return sum(n * units for n, units in pairwise(sizes))


@misconception("dense_params", loses=["test_dense_params_other_networks"])
def counts_a_bias_for_each_input(sizes):
    """Who owns a bias: the values that enter a layer, or the units that compute?"""
    refuse_no_layer(sizes)
    return sum(n * units + n for n, units in pairwise(sizes))


@misconception("dense_params", loses=COUNTS)
def counts_a_bias_for_each_layer(sizes):
    """How many numbers has the vector b of a layer with 100 units?"""
    refuse_no_layer(sizes)
    return sum(n * units + 1 for n, units in pairwise(sizes))


@misconception("dense_params", loses=COUNTS)
def gives_the_inputs_biases_too(sizes):
    """Your count is too large by the number of inputs. Do inputs compute anything?"""
    refuse_no_layer(sizes)
    return sizes[0] + sum(n * units + units for n, units in pairwise(sizes))


@misconception("dense_params", loses=COUNTS)
def forgets_the_head(sizes):
    """Print the pairs that your loop visits. Is the last layer among them?"""
    refuse_no_layer(sizes)
    return sum(sizes[k] * sizes[k + 1] + sizes[k + 1] for k in range(len(sizes) - 2))


@misconception("dense_params", loses=["test_dense_params_other_networks"])
def knows_three_layers_only(sizes):
    """The example has three layers. What does your code do with one, two or four?"""
    refuse_no_layer(sizes)
    padded = [*sizes, 0, 0, 0][:4]
    return sum(n * units + units for n, units in pairwise(padded))


@misconception("dense_params", loses=["test_dense_params_no_layer"])
def finds_nothing_in_no_layer(sizes):
    """For inputs alone you answer with a number. What does the docstring ask for?"""
    return sum(n * units + units for n, units in pairwise(sizes))


@alternative("dense_params")
def adds_a_row_to_each_matrix(sizes):
    """The bias as one more row of W."""
    if len(sizes) <= 1:
        raise ValueError(sizes)
    total = 0
    for k in range(1, len(sizes)):
        total += (sizes[k - 1] + 1) * sizes[k]
    return total


@alternative("dense_params")
def multiplies_arrays(sizes):
    """All layers at once."""
    if len(sizes) < 2:
        raise ValueError(sizes)
    n, units = np.array(sizes[:-1]), np.array(sizes[1:])
    return int(n @ units + units.sum())


# --- choose_head ---

SPARSE = "sparse_categorical_crossentropy"


def right_head(task, n_classes):
    """The reference, for mistakes that get one thing wrong."""
    if task in ("multilabel", "multiclass") and n_classes is None:
        raise ValueError("how many?")
    return {
        "regression": (1, "linear", "mean_squared_error"),
        "binary": (1, "sigmoid", "binary_crossentropy"),
        "multilabel": (n_classes, "sigmoid", "binary_crossentropy"),
        "multiclass": (n_classes, "softmax", SPARSE),
    }


def pick(heads, task):
    """Refuse what is no task."""
    if task not in heads:
        raise ValueError(task)
    return heads[task]


@misconception("choose_head", loses=["test_choose_head"])
def puts_softmax_on_one_unit(task, n_classes=None):
    """Softmax divides by the sum over all units. What comes out if there is only one?"""
    heads = right_head(task, n_classes) | {"binary": (1, "softmax", "binary_crossentropy")}
    return pick(heads, task)


@misconception("choose_head", loses=["test_choose_head"])
def leaves_a_binary_head_linear(task, n_classes=None):
    """Yes or no is answered with a probability. Which activation makes one of any number?"""
    heads = right_head(task, n_classes) | {"binary": (1, "linear", "binary_crossentropy")}
    return pick(heads, task)


@misconception("choose_head", loses=["test_choose_head"])
def squares_the_binary_error(task, n_classes=None):
    """With a sigmoid and squared errors, how steep is the loss where the answer is quite wrong?"""
    heads = right_head(task, n_classes) | {"binary": (1, "sigmoid", "mean_squared_error")}
    return pick(heads, task)


@misconception("choose_head", loses=["test_choose_head"])
def gives_yes_and_no_a_unit_each(task, n_classes=None):
    """Two units with softmax would be a multiclass head. How many does the table give binary?"""
    heads = right_head(task, n_classes) | {"binary": (2, "softmax", SPARSE)}
    return pick(heads, task)


@misconception("choose_head", loses=["test_choose_head", "test_choose_head_few_classes"])
def expects_one_hot_labels(task, n_classes=None):
    """This loss wants rows of zeros and a one. How are the labels given here?"""
    heads = right_head(task, n_classes)
    heads |= {"multiclass": (n_classes, "softmax", "categorical_crossentropy")}
    return pick(heads, task)


@misconception("choose_head", loses=["test_choose_head", "test_choose_head_few_classes"])
def lets_each_class_answer_for_itself(task, n_classes=None):
    """Can an image be 90 % cat and 80 % dog? Which activation lets the classes compete?"""
    heads = right_head(task, n_classes) | {"multiclass": (n_classes, "sigmoid", SPARSE)}
    return pick(heads, task)


@misconception("choose_head", loses=["test_choose_head_few_classes"])
def always_has_ten_classes(task, n_classes=None):
    """Ten is right for ten digits. Where can your function read the number of classes?"""
    heads = right_head(task, n_classes) | {"multiclass": (10, "softmax", SPARSE)}
    return pick(heads, task)


@misconception("choose_head", loses=["test_choose_head_few_classes"])
def takes_two_classes_for_binary(task, n_classes=None):
    """A multiclass task with two classes is still asked with class numbers. How many units then?"""
    if task == "multiclass" and n_classes == 2:
        return 1, "sigmoid", "binary_crossentropy"
    return pick(right_head(task, n_classes), task)


@misconception("choose_head", loses=["test_choose_head_regression"])
def forbids_negative_answers(task, n_classes=None):
    """ReLU cuts off at 0. What happens to a target of -3, and to its gradient?"""
    heads = right_head(task, n_classes) | {"regression": (1, "relu", "mean_squared_error")}
    return pick(heads, task)


@misconception("choose_head", loses=["test_choose_head_regression"])
def squeezes_a_regression(task, n_classes=None):
    """A sigmoid answers between 0 and 1. Do exam scores lie there?"""
    heads = right_head(task, n_classes) | {"regression": (1, "sigmoid", "mean_squared_error")}
    return pick(heads, task)


@misconception("choose_head", loses=["test_choose_head_regression"])
def says_none_for_linear(task, n_classes=None):
    """Keras takes None for no activation. Which word does the docstring ask for?"""
    heads = right_head(task, n_classes) | {"regression": (1, None, "mean_squared_error")}
    return pick(heads, task)


@misconception("choose_head", loses=["test_choose_head_multilabel"])
def lets_the_labels_compete(task, n_classes=None):
    """With softmax one label can only win if the others lose. Is that wanted here?"""
    heads = right_head(task, n_classes)
    heads |= {"multilabel": (n_classes, "softmax", "categorical_crossentropy")}
    return pick(heads, task)


@misconception("choose_head", loses=["test_choose_head_multilabel"])
def asks_all_labels_with_one_unit(task, n_classes=None):
    """One unit gives one probability. How many labels are to be answered?"""
    heads = right_head(task, n_classes) | {"multilabel": (1, "sigmoid", "binary_crossentropy")}
    return pick(heads, task)


@misconception("choose_head", loses=["test_choose_head_refuses"])
def builds_a_head_of_none(task, n_classes=None):
    """How many units has your head if nobody says how many classes there are?"""
    return pick(right_head(task, 0) | right_head(task, n_classes or 0), task)


@misconception("choose_head", loses=["test_choose_head_refuses"])
def takes_the_rest_for_multiclass(task, n_classes=None):
    """Your last `else` also catches tasks that you never thought of. Should it?"""
    heads = right_head(task, n_classes)
    return heads.get(task, (n_classes, "softmax", SPARSE))


@alternative("choose_head")
def decides_step_by_step(task, n_classes=None):
    """One question after the other."""
    if task == "regression":
        return 1, "linear", "mean_squared_error"
    if task == "binary":
        return 1, "sigmoid", "binary_crossentropy"
    if n_classes is None or task not in ("multilabel", "multiclass"):
        raise ValueError(task)
    if task == "multilabel":
        return n_classes, "sigmoid", "binary_crossentropy"
    return n_classes, "softmax", SPARSE


# --- multiclass_loss ---

ONE_HOT = "categorical_crossentropy"


def refuse_rows(labels):
    """Raise ValueError as the docstring of `multiclass_loss` asks."""
    if not np.isin(labels, (0, 1)).all() or (labels.sum(axis=1) != 1).any():
        raise ValueError("not one-hot")


@misconception("multiclass_loss", loses=["test_multiclass_loss"])
def is_always_sparse(labels):
    """Rows with zeros and a one are no class numbers. What is the shape of yours?"""
    if labels.ndim == 2 and labels.shape[1] > 1:
        refuse_rows(labels)
    return SPARSE


@misconception(
    "multiclass_loss", loses=["test_multiclass_loss", "test_multiclass_loss_class_numbers"]
)
def confuses_the_two_names(labels):
    """Which of the two leaves the zeros out: class numbers or one-hot rows?"""
    if labels.ndim == 1 or labels.shape[1] == 1:
        return ONE_HOT
    refuse_rows(labels)
    return SPARSE


@misconception(
    "multiclass_loss", loses=["test_multiclass_loss", "test_multiclass_loss_class_numbers"]
)
def always_expects_one_hot_rows(labels):
    """Your answer is the same for class numbers. Where would the zeros and the one be there?"""
    if labels.ndim == 2 and labels.shape[1] > 1:
        refuse_rows(labels)
    return ONE_HOT


@misconception("multiclass_loss", loses=["test_multiclass_loss_class_numbers"])
def takes_a_column_for_rows(labels):
    """A column has two axes as well. How long is the second one?"""
    if labels.ndim == 1:
        return SPARSE
    if labels.shape[1] > 1:
        refuse_rows(labels)
    return ONE_HOT


@misconception("multiclass_loss", loses=["test_multiclass_loss_class_numbers"])
def goes_by_the_largest_value(labels):
    """Zeros and ones can be class numbers too. What tells the two kinds of labels apart?"""
    if labels.max() > 1:
        return SPARSE
    if labels.ndim == 2 and labels.shape[1] > 1:
        refuse_rows(labels)
    return ONE_HOT


@misconception("multiclass_loss", loses=["test_multiclass_loss_not_one_hot"])
def never_looks_at_the_rows(labels):
    """Any table passes. What do you answer for a row with two ones?"""
    return SPARSE if labels.ndim == 1 or labels.shape[1] == 1 else ONE_HOT


@misconception("multiclass_loss", loses=["test_multiclass_loss_not_one_hot"])
def counts_all_ones_together(labels):
    """As many ones as rows: two ones in one row and none in another pass. What should you sum?"""
    if labels.ndim == 1 or labels.shape[1] == 1:
        return SPARSE
    if not np.isin(labels, (0, 1)).all() or labels.sum() != len(labels):
        raise ValueError("not one-hot")
    return ONE_HOT


@misconception("multiclass_loss", loses=["test_multiclass_loss_not_one_hot"])
def is_content_with_rows_that_sum_to_one(labels):
    """The row 0.7, 0.2, 0.1 adds up to 1 as well. Is it one-hot?"""
    if labels.ndim == 1 or labels.shape[1] == 1:
        return SPARSE
    if not np.allclose(labels.sum(axis=1), 1):
        raise ValueError("not one-hot")
    return ONE_HOT


@alternative("multiclass_loss")
def builds_the_rows_again(labels):
    """One-hot rows are what the identity matrix gives for their own argmax."""
    if labels.size == len(labels):
        return SPARSE
    if not np.array_equal(labels, np.eye(labels.shape[1])[labels.argmax(axis=1)]):
        raise ValueError("not one-hot")
    return ONE_HOT


@alternative("multiclass_loss")
def looks_row_by_row(labels):
    """A loop over the rows."""
    if labels.ndim == 1 or labels.shape[1] < 2:
        return SPARSE
    for row in labels.tolist():
        if sorted(row) != [0] * (len(row) - 1) + [1]:
            raise ValueError(row)
    return ONE_HOT


# --- build_mlp ---

BUILD_ALL = [
    "test_build_mlp",
    "test_build_mlp_forward",
    "test_build_mlp_other_depths",
    "test_build_mlp_dropout",
]


def stacked(n_in, hidden, units, activation, dropout, inner="relu"):
    """The reference, with another activation in the hidden layers."""
    stack = [layers.Input((n_in,))]
    for size in hidden:
        stack.append(layers.Dense(size, activation=inner))
        if dropout > 0:
            stack.append(layers.Dropout(dropout))
    return keras.Sequential([*stack, layers.Dense(units, activation=activation)])


@misconception("build_mlp", loses=["test_build_mlp_forward"])
def has_no_activation_inside(n_in, hidden, units, activation, dropout=0.0):
    """A Dense layer without an activation is XW + b. What are several of those in a row?"""
    return stacked(n_in, hidden, units, activation, dropout, inner=None)


@misconception("build_mlp", loses=["test_build_mlp_forward"])
def uses_sigmoid_inside(n_in, hidden, units, activation, dropout=0.0):
    """Sigmoid may be right for the head. Which activation do the hidden layers have here?"""
    return stacked(n_in, hidden, units, activation, dropout, inner="sigmoid")


@misconception("build_mlp", loses=["test_build_mlp"])
def forgets_the_activation_of_the_head(n_in, hidden, units, activation, dropout=0.0):  # noqa: ARG001 # it is what is forgotten
    """Your head is linear whatever is asked for. Where is the fourth argument used?"""
    return stacked(n_in, hidden, units, None, dropout)


@misconception("build_mlp", loses=["test_build_mlp", "test_build_mlp_forward"])
def puts_relu_on_the_head(n_in, hidden, units, activation, dropout=0.0):  # noqa: ARG001 # likewise
    """The head has ReLU, like the others. What becomes of negative scores?"""
    return stacked(n_in, hidden, units, "relu", dropout)


@misconception("build_mlp", loses=BUILD_ALL)
def drops_the_last_hidden_layer(n_in, hidden, units, activation, dropout=0.0):
    """Count the layers in model.summary(). Which one is missing?"""
    return stacked(n_in, hidden[:-1], units, activation, dropout)


@misconception("build_mlp", loses=BUILD_ALL)
def stacks_from_the_wrong_end(n_in, hidden, units, activation, dropout=0.0):
    """Which of the hidden sizes comes right after the input?"""
    return stacked(n_in, hidden[::-1], units, activation, dropout)


@misconception("build_mlp", loses=["test_build_mlp_other_depths"])
def always_has_two_hidden_layers(n_in, hidden, units, activation, dropout=0.0):
    """Two hidden layers are in the example. How do you handle none, one or three?"""
    first, second = (*hidden, *hidden, 16, 16)[:2]
    return stacked(n_in, (first, second), units, activation, dropout)


@misconception("build_mlp", loses=["test_build_mlp_dropout"])
def ignores_dropout(n_in, hidden, units, activation, dropout=0.0):  # noqa: ARG001 # likewise
    """Nothing is dropped, whatever the last argument says. Which layer is missing?"""
    return stacked(n_in, hidden, units, activation, 0.0)


@misconception("build_mlp", loses=["test_build_mlp_dropout"])
def drops_only_before_the_head(n_in, hidden, units, activation, dropout=0.0):
    """One Dropout layer for the whole network: is it inside your loop, or after it?"""
    stack = [layers.Input((n_in,))]
    stack += [layers.Dense(size, activation="relu") for size in hidden]
    if dropout > 0:
        stack.append(layers.Dropout(dropout))
    return keras.Sequential([*stack, layers.Dense(units, activation=activation)])


@misconception("build_mlp", loses=["test_build_mlp_dropout"])
def drops_answers_too(n_in, hidden, units, activation, dropout=0.0):
    """Dropout stands behind the head as well. What happens to the answers in training?"""
    model = stacked(n_in, hidden, units, activation, dropout)
    if dropout > 0:
        model.add(layers.Dropout(dropout))
    return model


@misconception("build_mlp", loses=["test_build_mlp_dropout"])
def takes_the_rate_for_what_is_kept(n_in, hidden, units, activation, dropout=0.0):
    """Is the rate of a Dropout layer the share that it keeps, or the share that it drops?"""
    return stacked(n_in, hidden, units, activation, 1 - dropout if dropout > 0 else 0.0)


@alternative("build_mlp")
def adds_layer_by_layer(n_in, hidden, units, activation, dropout=0.0):
    """An empty Sequential that grows."""
    model = keras.Sequential()
    model.add(layers.Input(shape=(n_in,)))
    for size in hidden:
        model.add(layers.Dense(size, "relu"))
        if dropout:
            model.add(layers.Dropout(rate=dropout))
    model.add(layers.Dense(units, activation))
    return model


@alternative("build_mlp")
def names_its_functions(n_in, hidden, units, activation, dropout=0.0):
    """The activation as a function, and names for the layers."""
    stack = [keras.Input(shape=(n_in,))]
    for k, size in enumerate(hidden):
        stack += [layers.Dense(size, activation=keras.activations.relu, name=f"hidden_{k}")]
        stack += [layers.Dropout(dropout)] if dropout > 0 else []
    head = layers.Dense(units, activation=keras.activations.get(activation), name="head")
    return keras.Sequential([*stack, head], name="mlp")


# --- is_chain ---


@misconception("is_chain", loses=["test_is_chain_inputs_and_outputs"])
def looks_only_for_forks(arrows):
    """No name sends two arrows: good. May two arrows arrive at one name?"""
    starts, ends = zip(*arrows, strict=True)
    return max(Counter(starts).values()) == 1 and len(set(ends) - set(starts)) == 1


@misconception("is_chain", loses=["test_is_chain_inputs_and_outputs"])
def looks_only_for_junctions(arrows):
    """No name receives two arrows: good. May two arrows leave one name?"""
    starts, ends = zip(*arrows, strict=True)
    return max(Counter(ends).values()) == 1 and len(set(starts) - set(ends)) == 1


@misconception("is_chain", loses=["test_is_chain", "test_is_chain_inputs_and_outputs"])
def wants_one_input_only(arrows):
    """Your networks have one input. What may happen between it and the output?"""
    starts, ends = zip(*arrows, strict=True)
    return len(set(starts) - set(ends)) == 1


@misconception("is_chain", loses=["test_is_chain"])
def wants_one_input_and_one_output(arrows):
    """One input and one output: so has a skip connection. What else makes it no chain?"""
    starts, ends = (set(side) for side in zip(*arrows, strict=True))
    return len(starts - ends) == 1 and len(ends - starts) == 1


@misconception("is_chain", loses=["test_is_chain_order_and_pieces"])
def counts_arrows_at_each_name(arrows):
    """At each name one arrow arrives and one leaves, at most. Could there be two such chains?"""
    starts, ends = zip(*arrows, strict=True)
    return max(Counter(starts).values()) == 1 and max(Counter(ends).values()) == 1


@misconception("is_chain", loses=["test_is_chain_order_and_pieces"])
def reads_the_list_as_a_path(arrows):
    """You compare each pair with the next one. Does the docstring promise an order?"""
    return all(before[1] == after[0] for before, after in pairwise(arrows))


@misconception("is_chain", loses=["test_is_chain_inputs_and_outputs"])
def counts_names_and_arrows(arrows):
    """A chain has one name more than arrows. Do forks and junctions break that rule?"""
    return len({name for arrow in arrows for name in arrow}) == len(arrows) + 1


@misconception("is_chain", loses=["test_is_chain", "test_is_chain_order_and_pieces"])
def says_no_to_more_than_one_layer(arrows):
    """Everything but a single layer is refused. How many arrows may a stack have?"""
    return len(arrows) == 1


@alternative("is_chain")
def walks_along(arrows):
    """Start at the input and follow the arrows; nothing may be left over."""
    following = {}
    for start, end in arrows:
        if start in following:
            return False
        following[start] = end
    first = [name for name in following if name not in following.values()]
    if len(first) != 1:
        return False
    name, steps = first[0], 0
    while name in following:
        name, steps = following[name], steps + 1
    return steps == len(arrows)


@alternative("is_chain")
def counts_in_and_out(arrows):
    """Degrees, and one name more than arrows."""
    leave = Counter(start for start, _ in arrows)
    arrive = Counter(end for _, end in arrows)
    simple = max(leave.values()) == 1 and max(arrive.values()) == 1
    return simple and len(leave | arrive) == len(arrows) + 1


# --- compile_mlp ---


def metric_for(loss):
    """The metric as the docstring of `compile_mlp` asks."""
    return ["mean_absolute_error" if loss == "mean_squared_error" else "accuracy"]


@misconception("compile_mlp", loses=["test_compile_mlp_optimizer"])
def keeps_adams_own_learning_rate(model, loss, learning_rate):  # noqa: ARG001 # it is what is ignored
    """The optimizer by its name has a learning rate of its own. Where does yours go?"""
    model.compile(optimizer="adam", loss=loss, metrics=metric_for(loss))
    return model


@misconception("compile_mlp", loses=["test_compile_mlp_optimizer"])
def takes_plain_gradient_descent(model, loss, learning_rate):
    """The learning rate is right. Which optimizer does the docstring name?"""
    optimizer = keras.optimizers.SGD(learning_rate)
    model.compile(optimizer=optimizer, loss=loss, metrics=metric_for(loss))
    return model


@misconception("compile_mlp", loses=["test_compile_mlp_optimizer"])
def takes_rmsprop(model, loss, learning_rate):
    """RMSprop is the optimizer of one slide. Which one does the docstring name?"""
    optimizer = keras.optimizers.RMSprop(learning_rate)
    model.compile(optimizer=optimizer, loss=loss, metrics=metric_for(loss))
    return model


@misconception("compile_mlp", loses=["test_compile_mlp"])
def always_has_the_squared_error(model, loss, learning_rate):
    """Your loss is the same for every task. Which one was asked for?"""
    optimizer = keras.optimizers.Adam(learning_rate)
    model.compile(optimizer=optimizer, loss="mean_squared_error", metrics=metric_for(loss))
    return model


@misconception("compile_mlp", loses=["test_compile_mlp"])
def compiles_a_copy(model, loss, learning_rate):
    """You return another model than the one you were given. Who is going to train that one?"""
    other = keras.models.clone_model(model)
    optimizer = keras.optimizers.Adam(learning_rate)
    other.compile(optimizer=optimizer, loss=loss, metrics=metric_for(loss))
    return other


@misconception(
    "compile_mlp",
    loses=["test_compile_mlp", "test_compile_mlp_optimizer", "test_compile_mlp_metric"],
)
def returns_what_compile_returns(model, loss, learning_rate):
    """`model.compile` changes the model and returns None. What do you return?"""
    optimizer = keras.optimizers.Adam(learning_rate)
    return model.compile(optimizer=optimizer, loss=loss, metrics=metric_for(loss))


@misconception("compile_mlp", loses=["test_compile_mlp_metric"])
def measures_accuracy_everywhere(model, loss, learning_rate):
    """How often does a regression hit its target to the last digit?"""
    model.compile(keras.optimizers.Adam(learning_rate), loss=loss, metrics=["accuracy"])
    return model


@misconception("compile_mlp", loses=["test_compile_mlp_metric"])
def measures_the_loss_twice(model, loss, learning_rate):
    """The loss is printed anyway. Which metric tells a person more?"""
    model.compile(keras.optimizers.Adam(learning_rate), loss=loss, metrics=[loss])
    return model


@alternative("compile_mlp")
def chooses_the_metric_from_a_table(model, loss, learning_rate):
    """A table with a default."""
    metrics = [{"mean_squared_error": "mean_absolute_error"}.get(loss, "accuracy")]
    model.compile(keras.optimizers.Adam(learning_rate), loss, metrics=metrics)
    return model


@alternative("compile_mlp")
def sets_the_learning_rate_afterwards(model, loss, learning_rate):
    """Adam by its name, and its learning rate changed later."""
    model.compile("adam", loss, metrics=metric_for(loss))
    model.optimizer.learning_rate = learning_rate
    return model

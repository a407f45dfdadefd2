"""What goes wrong in `tensorflow_gradient_tape`, and what is right another way."""

from autograder.catalogue import alternative, misconception

# --- tensor_facts ---

FACTS_ALL = [
    "test_tensor_facts",
    "test_tensor_facts_single_values",
    "test_tensor_facts_deeper_lists",
    "test_tensor_facts_numpy_arrays",
]


def dtype_in_tensorflow(value):
    """Name the dtype as TensorFlow does."""
    return tf.convert_to_tensor(value).dtype.name


@misconception("tensor_facts", loses=FACTS_ALL[:3])
def asks_numpy_for_the_dtype(value):
    """NumPy says int64 where TensorFlow says int32. Which of the two do you ask?"""
    array = np.asarray(value)
    return array.ndim, array.shape, array.dtype.name


@misconception("tensor_facts", loses=FACTS_ALL)
def counts_entries_as_rank(value):
    """A matrix with 6 entries has the rank 2. What is counted: numbers, or axes?"""
    array = np.asarray(value)
    return array.size, array.shape, dtype_in_tensorflow(value)


@misconception("tensor_facts", loses=FACTS_ALL[2:])
def takes_the_first_size_as_rank(value):
    """How many rows there are is part of the shape. How do you count the axes?"""
    shape = np.shape(value)
    return shape[0] if shape else 0, shape, dtype_in_tensorflow(value)


@misconception("tensor_facts", loses=FACTS_ALL[1:])
def takes_the_rank_of_mathematics(value):
    """How many rows are independent, is the rank in linear algebra. What does it mean here?"""
    array = np.asarray(value)
    rank = np.ndim(array)
    if array.dtype.kind != "U":
        rank = int(np.max(np.linalg.matrix_rank(array)))
    return rank, array.shape, dtype_in_tensorflow(value)


@misconception("tensor_facts", loses=FACTS_ALL)
def gives_the_shape_as_a_list(value):
    """The numbers may be right. Which type does the docstring name for the shape?"""
    shape = tf.convert_to_tensor(value).shape.as_list()
    return len(shape), shape, dtype_in_tensorflow(value)


@misconception("tensor_facts", loses=[FACTS_ALL[0], *FACTS_ALL[2:]])
def names_columns_before_rows(value):
    """A table of 2 rows and 3 columns: which number comes first in its shape?"""
    shape = np.shape(value)[::-1]
    return len(shape), shape, dtype_in_tensorflow(value)


@misconception("tensor_facts", loses=["test_tensor_facts_numpy_arrays"])
def makes_a_list_of_an_array(value):
    """Your array goes through Python numbers. Which dtype did it have, and which has it after?"""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    shape = np.shape(value)
    return len(shape), shape, dtype_in_tensorflow(value)


@misconception("tensor_facts", loses=["test_tensor_facts_single_values"])
def puts_a_number_into_a_list(value):
    """A number alone has no axis at all. Where does yours get one from?"""
    shape = np.shape(value) or (1,)
    return len(shape), shape, dtype_in_tensorflow(value)


@misconception(
    "tensor_facts", loses=["test_tensor_facts_single_values", "test_tensor_facts_deeper_lists"]
)
def counts_letters_as_an_axis(value):
    """Is a text one entry, or as many as it has letters?"""
    shape, dtype = np.shape(value), dtype_in_tensorflow(value)
    if dtype == "string":
        shape = (*shape, max(len(text) for text in np.ravel(value).tolist()))
    return len(shape), shape, dtype


@alternative("tensor_facts")
def asks_tf_rank(value):
    """Each fact by a function of its own."""
    tensor = tf.constant(value)
    shape = tuple(int(size) for size in tf.shape(tensor))
    return int(tf.rank(tensor)), shape, tensor.dtype.name


@alternative("tensor_facts")
def makes_a_variable(value):
    """A variable knows the same."""
    variable = tf.Variable(value)
    return variable.shape.rank, tuple(variable.shape.as_list()), variable.dtype.name


# --- polynomial_slope ---

SLOPE_ALL = [
    "test_polynomial_slope",
    "test_polynomial_slope_constant",
    "test_polynomial_slope_longer",
    "test_polynomial_slope_at_zero",
    "test_polynomial_slope_integers",
]


def value_of(coefficients, x):
    """The polynomial, by Horner's rule."""
    value = 0.0 * x
    for coefficient in reversed(coefficients):
        value = value * x + float(coefficient)
    return value


def slope_of(coefficients, x):
    """The slope, by a tape."""
    x = tf.Variable(float(x))
    with tf.GradientTape() as tape:
        value = value_of(coefficients, x)
    return float(tape.gradient(value, x))


@misconception("polynomial_slope", loses=SLOPE_ALL)
def returns_the_height(coefficients, x):
    """This is the value of the polynomial at x. What do you ask the tape for?"""
    return float(value_of(coefficients, float(x)))


@misconception("polynomial_slope", loses=SLOPE_ALL)
def reads_the_highest_power_first(coefficients, x):
    """In [0, 0, 1] the 1 belongs to x². Which power belongs to the first coefficient?"""
    return slope_of(coefficients[::-1], x)


@misconception("polynomial_slope", loses=SLOPE_ALL)
def starts_with_the_first_power(coefficients, x):
    """The first coefficient stands alone. With which power of x does your loop begin?"""
    return slope_of([0.0, *coefficients], x)


@misconception("polynomial_slope", loses=SLOPE_ALL)
def computes_before_the_tape_runs(coefficients, x):
    """Every slope comes out as 0. What had the tape recorded when you asked it?"""
    x = tf.Variable(float(x))
    value = value_of(coefficients, x)
    with tf.GradientTape() as tape:
        pass
    return float(tape.gradient(value, x, unconnected_gradients="zero"))


@misconception("polynomial_slope", loses=["test_polynomial_slope_at_zero"])
def raises_x_to_the_power_0(coefficients, x):
    """At x = 0 your slope is nan. Which power of x does the text warn of?"""
    x = tf.Variable(float(x))
    with tf.GradientTape() as tape:
        value = tf.add_n([float(c) * x**k for k, c in enumerate(coefficients)])
    return float(tape.gradient(value, x))


@misconception("polynomial_slope", loses=["test_polynomial_slope_integers"])
def lets_x_be_an_integer(coefficients, x):
    """For x = 2.0 your slope is right, for x = 2 it is 0. What does a tape say of integers?"""
    if isinstance(x, int):
        return 0.0
    return slope_of(coefficients, x)


@misconception("polynomial_slope", loses=["test_polynomial_slope_constant"])
def turns_no_slope_into_nan(coefficients, x):
    """For a constant the tape answers None. Which number does the docstring ask for?"""
    if len(coefficients) == 1:
        return float("nan")
    return slope_of(coefficients, x)


@misconception("polynomial_slope", loses=["test_polynomial_slope_constant"])
def hands_none_on(coefficients, x):
    """`float(None)` is a TypeError. For which polynomials does the tape answer None?"""
    x = tf.Variable(float(x))
    with tf.GradientTape() as tape:
        value, power = tf.constant(0.0), tf.constant(1.0)
        for coefficient in coefficients:
            value += coefficient * power
            power *= x
    return float(tape.gradient(value, x))


@misconception(
    "polynomial_slope", loses=["test_polynomial_slope_longer", "test_polynomial_slope_integers"]
)
def stops_after_the_square(coefficients, x):
    """The slide's list ends with x². How long may the list of coefficients be?"""
    return slope_of(coefficients[:3], x)


@misconception("polynomial_slope", loses=[SLOPE_ALL[0], *SLOPE_ALL[2:]])
def keeps_only_the_last_term(coefficients, x):
    """(x + 1)² gets the slope of x² alone. Do you add the terms, or overwrite them?"""
    return slope_of([0.0] * (len(coefficients) - 1) + [coefficients[-1]], x)


@misconception("polynomial_slope", loses=[SLOPE_ALL[0], *SLOPE_ALL[2:]])
def steps_to_one_side(coefficients, x):
    """Near the slope, not the slope: you took a small step. What does the tape do instead?"""
    x, step = float(x), 1e-3
    return (value_of(coefficients, x + step) - value_of(coefficients, x)) / step


@alternative("polynomial_slope")
def watches_a_constant(coefficients, x):
    """A constant that the tape is told to watch, and Horner's rule."""
    x = tf.constant(x, dtype=tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = tf.constant(0.0, dtype=tf.float64)
        for coefficient in reversed(coefficients):
            value = value * x + coefficient
    return float(tape.gradient(value, x))


@alternative("polynomial_slope")
def looks_for_none(coefficients, x):
    """Powers one by one, and None means 0."""
    x = tf.Variable(x, dtype=tf.float32)
    with tf.GradientTape() as tape:
        value = tf.constant(coefficients[0], dtype=tf.float32)
        for k in range(1, len(coefficients)):
            value = value + coefficients[k] * tf.reduce_prod(tf.stack([x] * k))
    slope = tape.gradient(value, x)
    return 0.0 if slope is None else float(slope)


# --- fit_with_tape ---

FIT_ALL = [
    "test_fit_with_tape",
    "test_fit_with_tape_bias",
    "test_fit_with_tape_score_rows",
    "test_fit_with_tape_integers",
]


def refuse_flat(X, y):
    """Raise ValueError as the docstring of `fit_with_tape` asks."""
    if y.shape != (X.shape[0], 1):
        raise ValueError("y is no column")


def mean_square(errors):
    """The cost."""
    return tf.reduce_mean(errors**2)


def descend(X, y, learning_rate, epochs, cost=mean_square, W0=0.0, train_bias=True):
    """Gradient descent with parts that may be exchanged."""
    refuse_flat(X, y)
    X, y = tf.cast(X, tf.float32), tf.cast(y, tf.float32)
    W, b = tf.Variable(tf.fill((X.shape[1], 1), W0)), tf.Variable(0.0)
    history = []
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            now = cost(X @ W + b - y)
        slopes = tape.gradient(now, [W, b])
        W.assign_sub(learning_rate * slopes[0])
        if train_bias:
            b.assign_sub(learning_rate * slopes[1])
        history.append(float(now))
    return W.numpy(), float(b), np.array(history)


@misconception("fit_with_tape", loses=FIT_ALL)
def adds_up_instead_of_averaging(X, y, learning_rate, epochs):
    """Your cost grows with the number of rows. Which one does the docstring ask for?"""
    return descend(X, y, learning_rate, epochs, cost=lambda errors: tf.reduce_sum(errors**2))


@misconception("fit_with_tape", loses=FIT_ALL)
def halves_the_cost(X, y, learning_rate, epochs):
    """With 1/(2m) each step is half as long. Which factor does this course use?"""
    return descend(X, y, learning_rate, epochs, cost=lambda errors: mean_square(errors) / 2)


@misconception("fit_with_tape", loses=FIT_ALL)
def takes_absolute_errors(X, y, learning_rate, epochs):
    """Large errors weigh no more than small ones. What happens to an error before the mean?"""
    return descend(X, y, learning_rate, epochs, cost=lambda e: tf.reduce_mean(tf.abs(e)))


@misconception("fit_with_tape", loses=FIT_ALL)
def starts_from_ones(X, y, learning_rate, epochs):
    """Look at your first cost. Where do W and b start?"""
    return descend(X, y, learning_rate, epochs, W0=1.0)


@misconception("fit_with_tape", loses=FIT_ALL)
def walks_uphill(X, y, learning_rate, epochs):
    """Your cost grows. In which direction does the slope point?"""
    return descend(X, y, -learning_rate, epochs)


@misconception(
    "fit_with_tape",
    loses=["test_fit_with_tape", "test_fit_with_tape_bias", "test_fit_with_tape_integers"],
)
def leaves_the_bias_at_zero(X, y, learning_rate, epochs):
    """On raw scores nobody notices. Which of the two variables never takes a step?"""
    return descend(X, y, learning_rate, epochs, train_bias=False)


@misconception(
    "fit_with_tape",
    loses=["test_fit_with_tape", "test_fit_with_tape_bias", "test_fit_with_tape_integers"],
)
def moves_w_before_asking_for_b(X, y, learning_rate, epochs):
    """Your slope by b was taken after W had moved. Where must both be taken?"""
    refuse_flat(X, y)
    X, y = tf.cast(X, tf.float32), tf.cast(y, tf.float32)
    W, b = tf.Variable(tf.zeros((X.shape[1], 1))), tf.Variable(0.0)
    history = []
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            now = mean_square(X @ W + b - y)
        W.assign_sub(learning_rate * tape.gradient(now, W))
        with tf.GradientTape() as tape:
            later = mean_square(X @ W + b - y)
        b.assign_sub(learning_rate * tape.gradient(later, b))
        history.append(float(now))
    return W.numpy(), float(b), np.array(history)


@misconception("fit_with_tape", loses=["test_fit_with_tape", "test_fit_with_tape_integers"])
def notes_the_cost_after_the_step(X, y, learning_rate, epochs):
    """Your first cost is not that of the zeros. When do you write it down?"""
    W, b, history = descend(X, y, learning_rate, epochs)
    last = np.mean((X @ W + b - y) ** 2)
    return W, b, np.append(history[1:], last)


@misconception("fit_with_tape", loses=["test_fit_with_tape", "test_fit_with_tape_integers"])
def notes_one_cost_more(X, y, learning_rate, epochs):
    """How many entries has your history? The docstring gives its shape."""
    W, b, history = descend(X, y, learning_rate, epochs)
    return W, b, np.append(history, np.mean((X @ W + b - y) ** 2))


@misconception("fit_with_tape", loses=FIT_ALL[:3])
def leaves_out_the_last_step(X, y, learning_rate, epochs):
    """Your costs are right, W and b are one step behind. How many steps does your loop take?"""
    _, _, history = descend(X, y, learning_rate, epochs)
    if epochs == 1:
        return np.zeros((X.shape[1], 1)), 0.0, history
    W, b, _ = descend(X, y, learning_rate, epochs - 1)
    return W, b, history


@misconception("fit_with_tape", loses=["test_fit_with_tape", "test_fit_with_tape_score_rows"])
def returns_a_flat_w(X, y, learning_rate, epochs):
    """The numbers in W may be right. What is its shape?"""
    W, b, history = descend(X, y, learning_rate, epochs)
    return W.reshape(-1), b, history


@misconception("fit_with_tape", loses=FIT_ALL[:3])
def keeps_the_slopes_of_earlier_steps(X, y, learning_rate, epochs):
    """From the second step on yours are too long. Do old slopes still count?"""
    refuse_flat(X, y)
    X, y = tf.cast(X, tf.float32), tf.cast(y, tf.float32)
    W, b = tf.Variable(tf.zeros((X.shape[1], 1))), tf.Variable(0.0)
    history, sum_W, sum_b = [], 0.0, 0.0
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            now = mean_square(X @ W + b - y)
        dW, db = tape.gradient(now, [W, b])
        sum_W, sum_b = sum_W + dW, sum_b + db
        W.assign_sub(learning_rate * sum_W)
        b.assign_sub(learning_rate * sum_b)
        history.append(float(now))
    return W.numpy(), float(b), np.array(history)


@misconception("fit_with_tape", loses=FIT_ALL)
def puts_a_tensor_into_the_name_w(X, y, learning_rate, epochs):
    """The first step works, the second one fails. What is W after `W = W - …`?"""
    refuse_flat(X, y)
    X, y = tf.cast(X, tf.float32), tf.cast(y, tf.float32)
    W, b = tf.Variable(tf.zeros((X.shape[1], 1))), tf.Variable(0.0)
    history = []
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            now = mean_square(X @ W + b - y)
        dW, db = tape.gradient(now, [W, b])
        W, b = W - learning_rate * dW, b - learning_rate * db
        history.append(float(now))
    return W.numpy(), float(b), np.array(history)


@misconception("fit_with_tape", loses=["test_fit_with_tape_integers"])
def notes_costs_in_the_dtype_of_y(X, y, learning_rate, epochs):
    """Your costs lost what stands behind the point. Which dtype has your history?"""
    W, b, history = descend(X, y, learning_rate, epochs)
    return W, b, history.astype(y.dtype)


@misconception("fit_with_tape", loses=["test_fit_with_tape_integers"])
def takes_over_an_integer_dtype(X, y, learning_rate, epochs):
    """With integers the tape answers None. Which dtype have W and b?"""
    refuse_flat(X, y)
    X, y = tf.constant(X), tf.constant(y)
    W, b = tf.Variable(tf.zeros((X.shape[1], 1), X.dtype)), tf.Variable(0, dtype=X.dtype)
    history = []
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            now = mean_square(X @ W + b - y)
        dW, db = tape.gradient(now, [W, b])
        W.assign_sub(learning_rate * dW)
        b.assign_sub(learning_rate * db)
        history.append(float(now))
    return W.numpy(), float(b), np.array(history)


@misconception("fit_with_tape", loses=["test_fit_with_tape_refuses_flat_y"])
def lets_a_flat_y_broadcast(X, y, learning_rate, epochs):
    """With a flat y your errors have the shape (N, N). What does the docstring ask for?"""
    X, y = tf.cast(X, tf.float32), tf.cast(y, tf.float32)
    W, b = tf.Variable(tf.zeros((X.shape[1], 1))), tf.Variable(0.0)
    history = []
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            now = mean_square(X @ W + b - y)
        dW, db = tape.gradient(now, [W, b])
        W.assign_sub(learning_rate * dW)
        b.assign_sub(learning_rate * db)
        history.append(float(now))
    return W.numpy(), float(b), np.array(history)


@misconception("fit_with_tape", loses=["test_fit_with_tape_refuses_flat_y"])
def makes_a_column_of_a_flat_y(X, y, learning_rate, epochs):
    """You mend a flat y in silence. That is kind, but what does the docstring ask for?"""
    return descend(X, y.reshape(-1, 1), learning_rate, epochs)


@alternative("fit_with_tape")
def computes_in_float64(X, y, learning_rate, epochs):
    """More digits, and a list of variables."""
    refuse_flat(X, y)
    X, y = X.astype(np.float64), y.astype(np.float64)
    variables = [tf.Variable(np.zeros((X.shape[1], 1))), tf.Variable(0.0, dtype=tf.float64)]
    history = []
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            guesses = tf.matmul(X, variables[0]) + variables[1]
            now = tf.reduce_mean(tf.square(guesses - y))
        for variable, slope in zip(variables, tape.gradient(now, variables), strict=True):
            variable.assign(variable - learning_rate * slope)
        history.append(now.numpy())
    return variables[0].numpy(), float(variables[1]), np.array(history)


@alternative("fit_with_tape")
def lets_an_optimizer_step(X, y, learning_rate, epochs):
    """Keras takes the step."""
    refuse_flat(X, y)
    X, y = tf.cast(X, tf.float32), tf.cast(y, tf.float32)
    W, b = tf.Variable(tf.zeros((X.shape[1], 1))), tf.Variable(0.0)
    optimizer = keras.optimizers.SGD(learning_rate)
    history = np.zeros(epochs)
    for k in range(epochs):
        with tf.GradientTape() as tape:
            now = tf.reduce_mean(tf.math.squared_difference(X @ W + b, y))
        optimizer.apply_gradients([*zip(tape.gradient(now, [W, b]), [W, b], strict=True)])
        history[k] = now
    return W.numpy(), b.numpy(), history


# --- MyModel ---

MODEL_ALL = ["test_MyModel", "test_MyModel_scores", "test_MyModel_other_images"]


class Variant(keras.Model):
    """MyModel with parts that may be exchanged."""

    def __init__(self, *stack):
        super().__init__()
        self.stack = list(stack)

    def call(self, images):
        """One layer after the other."""
        for layer in self.stack:
            images = layer(images)
        return images


def variant(conv="relu", hidden="relu", head=None, padding="valid"):
    """The right layers, but for what is given."""
    return Variant(
        layers.Conv2D(32, 3, activation=conv, padding=padding),
        layers.Flatten(),
        layers.Dense(128, activation=hidden),
        layers.Dense(10, activation=head),
    )


@misconception("MyModel", loses=["test_MyModel_scores"])
def puts_a_softmax_into_the_head():
    """Your outputs add up to 1. Are those scores?"""
    return variant(head="softmax")


@misconception("MyModel", loses=["test_MyModel_scores"])
def puts_relu_into_the_head():
    """May a score be negative? Yours never is."""
    return variant(head="relu")


@misconception("MyModel", loses=["test_MyModel_scores"])
def forgets_relu_in_the_hidden_layer():
    """Two Dense layers without anything between them are one. What stands between yours?"""
    return variant(hidden=None)


@misconception("MyModel", loses=["test_MyModel_scores"])
def forgets_relu_after_the_windows():
    """What happens to a negative sum of the first layer?"""
    return variant(conv=None)


@misconception("MyModel", loses=MODEL_ALL)
def pads_the_images():
    """Your maps are as large as the image. How large does the picture draw them?"""
    return variant(padding="same")


@misconception("MyModel", loses=MODEL_ALL)
def flattens_nothing():
    """Your scores have four axes. Which layer makes a row of a stack of maps?"""
    return Variant(
        layers.Conv2D(32, 3, activation="relu"),
        layers.Dense(128, activation="relu"),
        layers.Dense(10),
    )


@misconception("MyModel", loses=MODEL_ALL)
def leaves_out_the_hidden_layer():
    """You have far too few parameters. Which layer of the picture is missing?"""
    return Variant(layers.Conv2D(32, 3, activation="relu"), layers.Flatten(), layers.Dense(10))


@misconception("MyModel", loses=MODEL_ALL)
def slides_larger_windows():
    """320 parameters in the first layer: how many pixels does each window have then?"""
    return Variant(
        layers.Conv2D(32, 5, activation="relu"),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(10),
    )


class CountsOn8By8(Variant):
    """Flattens by a number that holds for one size."""

    def call(self, images):
        """1152 is 6 · 6 · 32."""
        conv, hidden, head = self.stack
        return head(hidden(tf.reshape(conv(images), (-1, 1152))))


@misconception("MyModel", loses=["test_MyModel_other_images"])
def counts_on_8_by_8_pixels():
    """1152 is right for 8 × 8 pixels. Who can work that out for other images?"""
    return CountsOn8By8(
        layers.Conv2D(32, 3, activation="relu"),
        layers.Dense(128, activation="relu"),
        layers.Dense(10),
    )


@misconception("MyModel", loses=["test_MyModel_scores"])
def creates_the_head_first():
    """In which order does your __init__ create the layers? Print the shapes of the weights."""
    model = Backwards()
    model.stack = [
        *(layers.Dense(10), layers.Dense(128, activation="relu")),
        *(layers.Flatten(), layers.Conv2D(32, 3, activation="relu")),
    ]
    return model


class Backwards(Variant):
    """Its layers are stored from the head to the image."""

    def call(self, images):
        """From the last to the first."""
        for layer in self.stack[::-1]:
            images = layer(images)
        return images


@alternative("MyModel")
def stacks_a_sequential():
    """A Sequential that learns its input shape later."""
    return keras.Sequential(
        [
            layers.Conv2D(32, (3, 3), activation="relu"),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="linear"),
        ]
    )


class ReluByHand(keras.Model):
    """The activations written in `call`."""

    def __init__(self):
        super().__init__()
        self.windows = layers.Conv2D(32, 3)
        self.units = layers.Dense(128)
        self.last = layers.Dense(10)

    def call(self, images):
        """ReLU by TensorFlow, flattened by hand."""
        maps = tf.nn.relu(self.windows(images))
        rows = tf.reshape(maps, (-1, maps.shape[1] * maps.shape[2] * maps.shape[3]))
        return self.last(tf.nn.relu(self.units(rows)))


@alternative("MyModel")
def applies_relu_in_call():
    """ReLU by hand."""
    return ReluByHand()


# --- train_step ---

STEP_ALL = ["test_train_step", "test_train_step_weights", "test_train_step_optimizer"]


def cross_entropy_of(labels, scores):
    """The right loss."""
    return tf.reduce_mean(
        keras.losses.sparse_categorical_crossentropy(labels, scores, from_logits=True)
    )


def one_step(model, optimizer, X, labels, loss=cross_entropy_of, change=list):
    """A step with parts that may be exchanged."""
    with tf.GradientTape() as tape:
        value = loss(labels, model(X))
    pairs = zip(
        tape.gradient(value, model.trainable_variables), model.trainable_variables, strict=True
    )
    optimizer.apply_gradients(change(pairs))
    return float(value)


@misconception("train_step", loses=STEP_ALL)
def takes_scores_for_probabilities(model, optimizer, X, labels):
    """The model gives scores. Who does the softmax, and how is the loss told?"""

    def loss(labels, scores):
        return tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(labels, scores))

    return one_step(model, optimizer, X, labels, loss)


@misconception("train_step", loses=STEP_ALL)
def does_the_softmax_twice(model, optimizer, X, labels):
    """Your first loss is right, and then it falls too slowly. How often is the softmax done?"""

    def loss(labels, scores):
        return cross_entropy_of(labels, tf.nn.softmax(scores))

    return one_step(model, optimizer, X, labels, loss)


@misconception("train_step", loses=STEP_ALL)
def adds_up_the_losses(model, optimizer, X, labels):
    """Your loss grows with the batch. Is the sum asked for, or the mean?"""

    def loss(labels, scores):
        return cross_entropy_of(labels, scores) * len(labels)

    return one_step(model, optimizer, X, labels, loss)


@misconception("train_step", loses=STEP_ALL)
def looks_at_the_first_example_only(model, optimizer, X, labels):
    """A batch has many examples. How many of them reach your loss?"""

    def loss(labels, scores):
        return cross_entropy_of(labels[:1], scores[:1])

    return one_step(model, optimizer, X, labels, loss)


@misconception("train_step", loses=STEP_ALL)
def takes_squares_for_cross_entropy(model, optimizer, X, labels):
    """Squared errors are for numbers, such as an exam score. Which loss do classes have?"""

    def loss(labels, scores):
        wanted = tf.one_hot(labels, scores.shape[1])
        return tf.reduce_mean((tf.nn.softmax(scores) - wanted) ** 2)

    return one_step(model, optimizer, X, labels, loss)


@misconception("train_step", loses=STEP_ALL)
def never_takes_the_step(model, optimizer, X, labels):  # noqa: ARG001 # it is what is forgotten
    """Your losses stay the same. Who changes the weights?"""
    return float(cross_entropy_of(labels, model(X)))


@misconception("train_step", loses=["test_train_step"])
def returns_the_loss_after_the_step(model, optimizer, X, labels):
    """With zero weights the first loss is log 7. When do you measure yours?"""
    one_step(model, optimizer, X, labels)
    return float(cross_entropy_of(labels, model(X)))


@misconception("train_step", loses=STEP_ALL)
def steps_uphill(model, optimizer, X, labels):
    """Your losses grow. Does the optimizer want the slope, or its negative?"""
    return one_step(
        model, optimizer, X, labels, change=lambda pairs: [(-slope, w) for slope, w in pairs]
    )


@misconception("train_step", loses=STEP_ALL)
def leaves_the_biases_alone(model, optimizer, X, labels):
    """Only the first variable moves. Which others does the model have?"""
    return one_step(model, optimizer, X, labels, change=lambda pairs: list(pairs)[:1])


@misconception("train_step", loses=STEP_ALL)
def leaves_the_weights_alone(model, optimizer, X, labels):
    """Only the last variable moves. Which others does the model have?"""
    return one_step(model, optimizer, X, labels, change=lambda pairs: list(pairs)[-1:])


@misconception("train_step", loses=STEP_ALL)
def takes_the_step_twice(model, optimizer, X, labels):
    """Your second loss is that of the third step. How often do you apply the slopes?"""
    value = one_step(model, optimizer, X, labels)
    one_step(model, optimizer, X, labels)
    return value


@misconception("train_step", loses=["test_train_step_optimizer"])
def makes_a_new_optimizer_for_each_batch(model, optimizer, X, labels):
    """Momentum remembers earlier steps. What can a new optimizer remember?"""
    fresh = keras.optimizers.SGD(float(optimizer.learning_rate))
    return one_step(model, fresh, X, labels)


@misconception("train_step", loses=["test_train_step_weights", "test_train_step_optimizer"])
def steps_with_a_rate_of_its_own(model, optimizer, X, labels):  # noqa: ARG001 # it is ignored
    """For the zoo your steps are right, with a rate of 0.1. Whose rate should it be?"""
    return one_step(model, keras.optimizers.SGD(0.1), X, labels)


@alternative("train_step")
def uses_the_loss_class(model, optimizer, X, labels):
    """The class of the same loss averages by itself."""
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        value = loss_of(labels, model(X, training=True))
    variables = model.trainable_variables
    optimizer.apply_gradients(list(zip(tape.gradient(value, variables), variables, strict=True)))
    return float(value)


@alternative("train_step")
def uses_tensorflows_own_loss(model, optimizer, X, labels):
    """The function that the lecture uses, in its sparse form."""
    with tf.GradientTape() as tape:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, model(X))
        value = tf.reduce_mean(losses)
    optimizer.apply(tape.gradient(value, model.trainable_weights), model.trainable_weights)
    return value.numpy()

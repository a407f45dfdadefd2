"""What goes wrong in `score_function`, and what is right another way."""

import math

from autograder.catalogue import alternative, misconception

# --- score_wx ---


@misconception("score_wx", loses=["test_score_wx", "test_score_wx_other_shapes"])
def forgets_the_bias(W, x, b):  # noqa: ARG001 # b is what is forgotten
    """Ship comes out as 61.95, as on the public slide. Which term of the formula is missing?"""
    return W @ x


@misconception("score_wx", loses=["test_score_wx", "test_score_wx_other_shapes"])
def subtracts_the_bias(W, x, b):
    """Each score is off by twice its bias. Which sign has b in the formula?"""
    return W @ x - b


@misconception("score_wx", loses=["test_score_wx", "test_score_wx_other_shapes"])
def adds_the_bias_for_each_pixel(W, x, b):
    """How often do you add the bias of a class: once, or once for each pixel?"""
    return (W * x + b[:, None]).sum(axis=1)


@misconception("score_wx", loses=["test_score_wx", "test_score_wx_other_shapes"])
def gives_every_class_the_first_bias(W, x, b):
    """Only the first score is right. How many biases are there, and whose are they?"""
    return W @ x + b[0]


@misconception("score_wx", loses=["test_score_wx", "test_score_wx_other_shapes"])
def averages_over_the_pixels(W, x, b):
    """The formula has a sum over the pixels. Do you divide by their number?"""
    return (W * x).mean(axis=1) + b


@misconception("score_wx", loses=["test_score_wx_other_shapes"])
def counts_on_three_classes(W, x, b):
    """Your answer knows the number of classes in the example. Where can it read it instead?"""
    scores = np.zeros(3)
    for c in range(3):
        scores[c] = b[c]
        for d in range(len(x)):
            scores[c] += W[c, d] * x[d]
    return scores


@misconception("score_wx", loses=["test_score_wx_other_shapes"])
def tries_the_other_order_first(W, x, b):
    """You turn x @ W round only if NumPy complains. Does a square W complain?"""
    try:
        product = x @ W
    except ValueError:
        product = W @ x
    return product + b


@misconception("score_wx", loses=["test_score_wx", "test_score_wx_other_shapes"])
def multiplies_from_the_other_side(W, x, b):
    """In x @ W a class owns a column. Does it own a row or a column of this W?"""
    return x @ W + b


@alternative("score_wx")
def sums_products(W, x, b):
    """Multiply by broadcasting, then sum over the pixels."""
    return (W * x).sum(axis=1) + b


@alternative("score_wx")
def loops_over_classes(W, x, b):
    """A loop is slow and right."""
    return np.array([sum(w * v for w, v in zip(row, x, strict=True)) for row in W]) + b


# --- weight_shape ---


@misconception("weight_shape", loses=["test_weight_shape", "test_weight_shape_other_sizes"])
def gives_the_shape_for_wx(x_shape, out_shape):
    """This W stands left of x, as in Wx. Which shape has it when it stands right of X?"""
    if x_shape[0] != out_shape[0]:
        raise ValueError("rows differ")
    return (out_shape[1], x_shape[1])


@misconception("weight_shape", loses=["test_weight_shape", "test_weight_shape_other_sizes"])
def lets_the_rows_into_w(x_shape, out_shape):
    """Your W has a size that depends on the number of examples. Should it?"""
    if x_shape[0] != out_shape[0]:
        raise ValueError("rows differ")
    return (x_shape[0], out_shape[1])


@misconception("weight_shape", loses=["test_weight_shape", "test_weight_shape_other_sizes"])
def returns_a_list(x_shape, out_shape):
    """The numbers may be right. Which type has a shape in NumPy?"""
    if x_shape[0] != out_shape[0]:
        raise ValueError("rows differ")
    return [x_shape[1], out_shape[1]]


@misconception("weight_shape", loses=["test_weight_shape_rows_differ"])
def never_compares_the_rows(x_shape, out_shape):
    """Five examples and four rows of scores: should that pass without a word?"""
    return (x_shape[1], out_shape[1])


@misconception("weight_shape", loses=["test_weight_shape_other_sizes"])
def refuses_a_w_that_grows(x_shape, out_shape):
    """May there be more classes than inputs? Nothing forbids it."""
    if x_shape[0] != out_shape[0] or out_shape[1] > x_shape[1]:
        raise ValueError("does not fit")
    return (x_shape[1], out_shape[1])


@misconception("weight_shape", loses=["test_weight_shape"])
def turns_the_rows_into_integers(x_shape, out_shape):
    """The docstring allows a letter for the number of rows. What does int("n") do?"""
    if int(x_shape[0]) != int(out_shape[0]):
        raise ValueError("rows differ")
    return (x_shape[1], out_shape[1])


@misconception("weight_shape", loses=["test_weight_shape"])
def leaves_out_a_size_of_one(x_shape, out_shape):
    """You return (3,) where (3, 1) is meant. Are these the same shape?"""
    if x_shape[0] != out_shape[0]:
        raise ValueError("rows differ")
    return tuple(size for size in (x_shape[1], out_shape[1]) if size != 1)


@misconception("weight_shape", loses=["test_weight_shape_other_sizes"])
def crosses_out_the_number_of_rows(x_shape, out_shape):
    """You cross out every n. What if there are as many inputs as examples?"""
    if x_shape[0] != out_shape[0]:
        raise ValueError("rows differ")
    return tuple(size for size in (*x_shape, *out_shape) if size != x_shape[0])


@misconception("weight_shape", loses=["test_weight_shape_rows_differ"])
def compares_numbers_only(x_shape, out_shape):
    """Different numbers of rows are refused. What about two different letters?"""
    rows, others = x_shape[0], out_shape[0]
    if isinstance(rows, int) and isinstance(others, int) and rows != others:
        raise ValueError("rows differ")
    return (x_shape[1], out_shape[1])


@misconception("weight_shape", loses=["test_weight_shape_rows_differ"])
def refuses_only_too_few_scores(x_shape, out_shape):
    """Fewer rows of scores than examples are refused. What about more of them?"""
    if out_shape[0] < x_shape[0]:
        raise ValueError("rows differ")
    return (x_shape[1], out_shape[1])


@alternative("weight_shape")
def unpacks_the_shapes(x_shape, out_shape):
    """Names for all four sizes."""
    (n, d), (rows, c) = x_shape, out_shape
    if n == rows:
        return d, c
    raise ValueError("X and the scores must have equally many rows")


# --- param_count ---


@misconception("param_count", loses=["test_param_count", "test_param_count_other_sizes"])
def counts_no_bias(D, C):
    """This counts W alone. What else is chosen?"""
    return D * C


@misconception("param_count", loses=["test_param_count", "test_param_count_other_sizes"])
def counts_a_bias_for_each_input(D, C):
    """Is there a bias for each input, or for each class?"""
    return D * C + D


@misconception("param_count", loses=["test_param_count", "test_param_count_other_sizes"])
def counts_a_single_bias(D, C):
    """How many entries has b, if there are C scores?"""
    return D * C + 1


@misconception("param_count", loses=["test_param_count", "test_param_count_other_sizes"])
def always_adds_the_toys_three(D, C):
    """The toy has 3 biases, one for each of its classes. How many has CIFAR-10?"""
    return D * C + 3


@misconception("param_count", loses=["test_param_count", "test_param_count_other_sizes"])
def always_adds_ten(D, C):
    """CIFAR-10 has 10 biases, one for each of its classes. How many has the toy?"""
    return D * C + 10


@misconception("param_count", loses=["test_param_count_other_sizes"])
def knows_two_answers_by_heart(D, C):  # noqa: ARG001 # the number of classes is what is ignored
    """The two cases in the text come out right. Do you use both D and C?"""
    return 30730 if D == 3072 else 15


@misconception("param_count", loses=["test_param_count", "test_param_count_other_sizes"])
def adds_instead_of_multiplying(D, C):
    """Each class has a weight for each input. Does that call for a sum or a product?"""
    return D + C + C


@alternative("param_count")
def counts_with_the_bias_trick(D, C):
    """The bias as one more row of W."""
    return (D + 1) * C


@alternative("param_count")
def asks_numpy_for_the_sizes(D, C):
    """Array sizes, as NumPy counts them."""
    return np.zeros((D, C)).size + np.zeros(C).size


# --- affine ---

AFFINE_VALUES = [
    "test_affine",
    "test_affine_other_shapes",
    "test_affine_as_many_examples_as_classes",
    "test_affine_uint8_pixels",
    "test_affine_keeps_its_input",
]


def refuse_misfits(X, W, b):
    """Raise ValueError as the docstring of `affine` asks."""
    if X.shape[-1] != W.shape[0] or b.shape != (W.shape[1],):
        raise ValueError("shapes do not fit")


@misconception("affine", loses=AFFINE_VALUES)
def leaves_the_bias_out(X, W, b):
    """Compare with XW alone. Which term of the formula is missing?"""
    refuse_misfits(X, W, b)
    return X.astype(float) @ W


@misconception("affine", loses=AFFINE_VALUES)
def puts_the_bias_into_the_brackets(X, W, b):
    """Where does b stand in the formula: is it multiplied by X?"""
    refuse_misfits(X, W, b)
    return X.astype(float) @ (W.astype(float) + b)


@misconception("affine", loses=AFFINE_VALUES)
def adds_one_bias_to_all(X, W, b):
    """Every class has its own bias. Do you add them all to each score?"""
    refuse_misfits(X, W, b)
    return X.astype(float) @ W + b.sum()


@misconception(
    "affine",
    loses=[
        "test_affine",
        "test_affine_other_shapes",
        "test_affine_as_many_examples_as_classes",
        "test_affine_uint8_pixels",
    ],
)
def gives_each_row_a_bias(X, W, b):
    """Is there a bias for each example, or for each class? With N = C both run without an error."""
    refuse_misfits(X, W, b)
    return ((X.astype(float) @ W).T + b).T


@misconception("affine", loses=["test_affine_uint8_pixels"])
def stays_in_uint8(X, W, b):
    """Look at the dtype of X @ W for uint8 pixels. What becomes of 200 + 100 there?"""
    refuse_misfits(X, W, b)
    return X @ W + b


@misconception("affine", loses=["test_affine_uint8_pixels"])
def converts_after_the_sum(X, W, b):
    """The result is float64, but the sum was taken before. Which order keeps 200 + 100 = 300?"""
    refuse_misfits(X, W, b)
    return (X @ W + b).astype(float)


@misconception("affine", loses=["test_affine_uint8_pixels"])
def converts_only_a_table(X, W, b):
    """You convert the pixels of a table. What about a single example?"""
    refuse_misfits(X, W, b)
    return X @ W + b if X.ndim == 1 else X.astype(float) @ W + b


@misconception("affine", loses=["test_affine_refuses_wrong_shapes"])
def trusts_numpy_to_refuse(X, W, b):
    """NumPy refuses a wrong W by itself. Which wrong shapes of b does it broadcast instead?"""
    return X.astype(float) @ W + b


@misconception("affine", loses=["test_affine_refuses_wrong_shapes"])
def compares_only_the_last_axis_of_b(X, W, b):
    """You look at one axis of b. Could it have a second one?"""
    if X.shape[-1] != W.shape[0] or b.size not in (W.shape[1], X.shape[0]):
        raise ValueError("shapes do not fit")
    return X.astype(float) @ W + b


@misconception("affine", loses=["test_affine_refuses_wrong_shapes"])
def compares_the_length_of_b(X, W, b):
    """len(b) is right. Is a column of that length right as well?"""
    if X.shape[-1] != W.shape[0] or len(b) != W.shape[1]:
        raise ValueError("shapes do not fit")
    return X.astype(float) @ W + b


@misconception("affine", loses=["test_affine_refuses_wrong_shapes"])
def takes_one_bias_for_all_classes(X, W, b):
    """You let a single bias pass for all classes. Which shape does the docstring ask for?"""
    if X.shape[-1] != W.shape[0] or b.shape not in ((W.shape[1],), (1,)):
        raise ValueError("shapes do not fit")
    return X.astype(float) @ W + b


@misconception("affine", loses=["test_affine_refuses_wrong_shapes"])
def takes_a_bias_for_each_example(X, W, b):
    """You let a column of biases pass, one for each example. Whose is a bias?"""
    if X.shape[-1] != W.shape[0] or b.shape not in ((W.shape[1],), (len(X), 1)):
        raise ValueError("shapes do not fit")
    return X.astype(float) @ W + b


@misconception("affine", loses=["test_affine_refuses_wrong_shapes"])
def cuts_a_long_bias(X, W, b):
    """A b that is too short is refused. What becomes of one that is too long?"""
    if X.shape[-1] != W.shape[0] or b.ndim != 1 or len(b) < W.shape[1]:
        raise ValueError("shapes do not fit")
    return X.astype(float) @ W + b[: W.shape[1]]


@misconception("affine", loses=["test_affine_refuses_wrong_shapes"])
def stops_with_the_rows_of_w(X, W, b):
    """Your sum runs over the rows of W. What if an example has more numbers than that?"""
    if b.shape != (W.shape[1],):
        raise ValueError("shapes do not fit")
    return sum(X[..., d, None].astype(float) * W[d] for d in range(len(W))) + b


@misconception("affine", loses=["test_affine_other_shapes"])
def counts_on_four_rows(X, W, b):
    """Your answer has four rows, as in the example. How many has X?"""
    refuse_misfits(X, W, b)
    return X[:4].astype(float) @ W + b


@misconception(
    "affine",
    loses=["test_affine_other_shapes", "test_affine_uint8_pixels", "test_affine_keeps_its_input"],
)
def counts_on_two_inputs(X, W, b):
    """Your sum stops after two products. How many inputs has a row in general?"""
    refuse_misfits(X, W, b)
    X = X.astype(float)
    return X[..., 0:1] * W[0] + X[..., 1:2] * W[1] + b


@misconception(
    "affine", loses=["test_affine", "test_affine_other_shapes", "test_affine_keeps_its_input"]
)
def adds_into_the_callers_bias(X, W, b):
    """`+=` writes into the array that you were given. Whose array is it?"""
    refuse_misfits(X, W, b)
    if X.ndim == 1 and b.dtype.kind == "f":
        b += X.astype(float) @ W
        return b
    return X.astype(float) @ W + b


@alternative("affine")
def uses_the_bias_trick(X, W, b):
    """One more column of ones, one more row of W."""
    if b.shape != W.shape[1:]:
        raise ValueError("b")
    ones = np.ones((*X.shape[:-1], 1))
    return np.concatenate([X, ones], axis=-1) @ np.vstack([W, b])


@alternative("affine")
def uses_einsum(X, W, b):
    """The formula, index by index."""
    refuse_misfits(X, W, b)
    return np.einsum("...d,dc->...c", X.astype(float), W.astype(float)) + b


@alternative("affine")
def uses_wx_row_by_row(X, W, b):
    """Wx + b, once for each row."""
    refuse_misfits(X, W, b)
    rows = np.asarray(X, dtype=float).reshape(-1, W.shape[0])
    scores = np.array([W.T @ row + b for row in rows])
    return scores if X.ndim == 2 else scores[0]


# --- augment ---

AUGMENT_ALL = ["test_augment", "test_augment_bias_trick", "test_augment_integers"]


@misconception("augment", loses=AUGMENT_ALL)
def puts_the_ones_first(X):
    """The ones stand in front. Where does b stand, above W or below it?"""
    return np.hstack([np.ones((X.shape[0], 1)), X])


@misconception("augment", loses=AUGMENT_ALL)
def appends_zeros(X):
    """The last row of the weights is b. By which number must it be multiplied to stay b?"""
    return np.hstack([X, np.zeros((X.shape[0], 1))])


@misconception("augment", loses=AUGMENT_ALL)
def overwrites_the_last_column(X):
    """Your result has as many columns as X. Which column of X is gone?"""
    augmented = X.astype(float)
    augmented[:, -1] = 1
    return augmented


@misconception("augment", loses=AUGMENT_ALL)
def appends_a_row(X):
    """You gave the table one more example. Who needs one more number?"""
    return np.vstack([X, np.ones((1, X.shape[1]))])


@misconception("augment", loses=["test_augment_integers"])
def takes_over_the_dtype(X):
    """The exam scores are integers, and so is your result. Which dtype does the docstring name?"""
    return np.hstack([X, np.ones((X.shape[0], 1), dtype=X.dtype)])


@misconception("augment", loses=["test_augment_bias_trick", "test_augment_integers"])
def counts_on_three_rows(X):
    """Your column of ones has three rows. How many has X?"""
    return np.hstack([X[:3], np.ones((3, 1))])


@misconception("augment", loses=AUGMENT_ALL)
def appends_to_the_flat_array(X):
    """Look at the shape after np.append. What does it do without an axis?"""
    return np.append(X, np.ones(X.shape[0])).reshape(X.shape[0], X.shape[1] + 1)


@alternative("augment")
def fills_an_array_of_ones(X):
    """Start from ones, fill in X."""
    augmented = np.ones((X.shape[0], X.shape[1] + 1))
    augmented[:, :-1] = X
    return augmented


@alternative("augment")
def pads_with_ones(X):
    """np.pad with the constant 1."""
    return np.pad(X.astype(float), ((0, 0), (0, 1)), constant_values=1)


# --- predict_class ---

PREDICT_ALL = [
    "test_predict_class",
    "test_predict_class_square_table",
    "test_predict_class_negative_scores",
    "test_predict_class_equal_scores",
]


@misconception("predict_class", loses=PREDICT_ALL)
def compares_the_images(S):
    """You answer one image for each class. Which axis holds the classes?"""
    return np.argmax(S, axis=0)


@misconception("predict_class", loses=PREDICT_ALL)
def returns_the_scores(S):
    """These are the largest scores. The question is *where* they stand."""
    return S.max(axis=1)


@misconception("predict_class", loses=PREDICT_ALL)
def counts_classes_from_one(S):
    """Every answer is one too large. With which number does Python begin?"""
    return np.argmax(S, axis=1) + 1


@misconception("predict_class", loses=PREDICT_ALL)
def takes_the_smallest(S):
    """A score is high where the class fits. Which end do you take?"""
    return np.argmin(S, axis=1)


@misconception("predict_class", loses=["test_predict_class", "test_predict_class_negative_scores"])
def ignores_the_sign(S):
    """Is -8.87 a large score, or a very small one?"""
    return np.argmax(np.abs(S), axis=1)


@misconception("predict_class", loses=["test_predict_class_negative_scores"])
def starts_the_search_at_zero(S):
    """Your search begins with a best score of 0. What if all scores lie below it?"""
    answer = np.zeros(S.shape[0], dtype=int)
    for n in range(S.shape[0]):
        best = 0.0
        for c in range(S.shape[1]):
            if S[n, c] > best:
                best, answer[n] = S[n, c], c
    return answer


@misconception("predict_class", loses=["test_predict_class_equal_scores"])
def lets_the_last_of_equals_win(S):
    """Two classes with equal scores: the docstring says which one wins. Is it yours?"""
    answer = np.zeros(S.shape[0], dtype=int)
    for n in range(S.shape[0]):
        for c in range(S.shape[1]):
            if S[n, c] >= S[n, answer[n]]:
                answer[n] = c
    return answer


@alternative("predict_class")
def goes_row_by_row(S):
    """One argmax for each row."""
    return np.array([row.argmax() for row in S])


@alternative("predict_class")
def sorts_the_scores(S):
    """A stable sort of the negated scores puts the winner first."""
    return np.argsort(-S, axis=1, kind="stable")[:, 0]


# --- class_templates ---

TEMPLATES_ALL = ["test_class_templates", "test_class_templates_other_weights"]


@misconception("class_templates", loses=TEMPLATES_ALL)
def reshapes_the_rows(W):
    """The shape is right, but each image mixes all classes. In which order does reshape read W?"""
    return W.reshape(-1, 32, 32, 3)


@misconception("class_templates", loses=TEMPLATES_ALL)
def unfolds_the_colours_first(W):
    """You unfold one colour after the other. How were the colours of a pixel laid out?"""
    return W.T.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)


@misconception("class_templates", loses=TEMPLATES_ALL)
def swaps_rows_and_columns_of_the_image(W):
    """Your images lie on their side. Which axis is the row of a pixel?"""
    return W.T.reshape(-1, 32, 32, 3).transpose(0, 2, 1, 3)


@misconception("class_templates", loses=TEMPLATES_ALL)
def scales_to_zero_and_one(W):
    """Your values were scaled for display. Does the docstring ask for that?"""
    images = W.T.reshape(-1, 32, 32, 3)
    return (images - images.min()) / (images.max() - images.min())


@misconception("class_templates", loses=["test_class_templates_other_weights"])
def counts_on_two_classes(W):
    """Your answer has two images. How many columns has W?"""
    return np.stack([W[:, 0].reshape(32, 32, 3), W[:, min(1, W.shape[1] - 1)].reshape(32, 32, 3)])


@misconception("class_templates", loses=["test_class_templates_other_weights"])
def clips_to_the_range_of_an_image(W):
    """Weights are no pixels: they may be large. Do you cut values off?"""
    return np.clip(W.T.reshape(-1, 32, 32, 3), -10, 10)


@misconception("class_templates", loses=["test_class_templates_other_weights"])
def drops_the_axis_of_a_single_class(W):
    """np.squeeze removes every axis of length 1. Which one is needed even for a single class?"""
    return np.squeeze(W.T.reshape(-1, 32, 32, 3))


@alternative("class_templates")
def goes_column_by_column(W):
    """One reshape for each column."""
    return np.array([W[:, c].reshape(32, 32, 3) for c in range(W.shape[1])])


@alternative("class_templates")
def moves_the_classes_to_the_front(W):
    """Reshape first, then move the last axis to the front."""
    return np.moveaxis(W.reshape(32, 32, 3, -1), -1, 0)


# --- perceptron ---

PERCEPTRON_ALL = [
    "test_perceptron",
    "test_perceptron_on_the_boundary",
    "test_perceptron_other_data",
]


@misconception("perceptron", loses=["test_perceptron_on_the_boundary"])
def counts_the_boundary_as_one(X, w, b):
    """A score of exactly 0 makes the difference. Does the text say "greater" or "at least"?"""
    return (X @ w + b >= 0).astype(int)


@misconception("perceptron", loses=PERCEPTRON_ALL)
def answers_one_and_minus_one(X, w, b):
    """One lecture uses 1 and -1. Which two numbers does this notebook use?"""
    return np.where(X @ w + b > 0, 1, -1)


@misconception("perceptron", loses=PERCEPTRON_ALL)
def takes_the_bias_for_a_threshold(X, w, b):
    """You compare with b. Is b a threshold, or is it added to the sum?"""
    return (X @ w > b).astype(int)


@misconception("perceptron", loses=PERCEPTRON_ALL)
def returns_booleans(X, w, b):
    """True and False are right. The docstring asks for another dtype."""
    return X @ w + b > 0


@misconception(
    "perceptron", loses=["test_perceptron_on_the_boundary", "test_perceptron_other_data"]
)
def drops_the_bias(X, w, b):  # noqa: ARG001 # b is what is dropped
    """Your boundary runs through the origin whatever b is. What moves it away?"""
    return (X @ w > 0).astype(int)


@misconception("perceptron", loses=PERCEPTRON_ALL)
def takes_the_sign(X, w, b):
    """np.sign has three values. Which one does a negative score give?"""
    return np.sign(X @ w + b).astype(int)


@misconception("perceptron", loses=["test_perceptron_other_data"])
def uses_the_first_two_inputs(X, w, b):
    """Your score stops after two inputs. How many has a row in general?"""
    return (X[:, 0] * w[0] + X[:, 1] * w[1] + b > 0).astype(int)


@misconception("perceptron", loses=["test_perceptron_other_data"])
def multiplies_from_the_left_if_it_can(X, w, b):
    """You turn w @ X round only if NumPy complains. Does a square X complain?"""
    try:
        product = w @ X
    except ValueError:
        product = X @ w
    return (product + b > 0).astype(int)


@alternative("perceptron")
def uses_where(X, w, b):
    """np.where, with a sum instead of a matrix product."""
    return np.where((X * w).sum(axis=1) + b > 0, 1, 0)


@alternative("perceptron")
def uses_heaviside(X, w, b):
    """The step function of NumPy; its second argument is the value at 0."""
    return np.heaviside(X @ w + b, 0).astype(np.int64)


# --- gate_weights ---

GATES = {"OR": ([1.0, 1.0], -0.5), "AND": ([1.0, 1.0], -1.5), "NAND": ([-1.0, -1.0], 1.5)}


def known_gate(name):
    """Refuse what is no gate of one line."""
    if name not in GATES:
        raise ValueError(f"no single line for {name}")
    return np.array(GATES[name][0]), GATES[name][1]


@misconception("gate_weights", loses=["test_gate_weights", "test_gate_weights_nand"])
def turns_the_sign_of_the_bias(name):
    """Is 0.5 the threshold, or the bias that is added? Compute the score of (0, 0)."""
    w, b = known_gate(name)
    return w, -b


@misconception("gate_weights", loses=["test_gate_weights"])
def gives_and_the_weights_of_or(name):
    """Compute the score of (0, 1) for AND. On which side of 0 should it lie?"""
    w, b = known_gate(name)
    return w, -0.5 if name == "AND" else b


@misconception("gate_weights", loses=["test_gate_weights_nand"])
def turns_only_the_weights_for_nand(name):
    """For NAND you turned w round. Compute the score of (0, 0): what else must turn?"""
    w, b = known_gate(name)
    return w, -1.5 if name == "NAND" else b


@misconception("gate_weights", loses=["test_gate_weights_nand"])
def negates_an_and_on_the_boundary(name):
    """Two corners have a score of exactly 0, which is no different after a change of sign."""
    w, b = known_gate(name)
    return w, {"OR": b, "AND": -1.0, "NAND": 1.0}[name]


@misconception("gate_weights", loses=["test_gate_weights_xor"])
def makes_xor_up(name):
    """You return weights for XOR. Compute all four corners with them: do they fit?"""
    return (np.array([1.0, 1.0]), -0.5) if name == "XOR" else known_gate(name)


@misconception("gate_weights", loses=["test_gate_weights_xor"])
def refuses_xor_alone(name):
    """XOR is refused. What does the docstring say of names that are no gate at all?"""
    if name == "XOR":
        raise ValueError("no line")
    return known_gate(name if name in GATES else "OR")


@misconception("gate_weights", loses=["test_gate_weights", "test_gate_weights_nand"])
def puts_the_bias_into_w(name):
    """w has three entries here. How many inputs has a gate?"""
    w, b = known_gate(name)
    return np.append(w, b), b


@misconception("gate_weights", loses=["test_gate_weights", "test_gate_weights_nand"])
def makes_w_a_column(name):
    """Your w has shape (2, 1), a column. Which shape does the docstring give it?"""
    w, b = known_gate(name)
    return w.reshape(2, 1), b


@misconception("gate_weights", loses=["test_gate_weights", "test_gate_weights_nand"])
def makes_b_an_array(name):
    """Your b is an array with one number in it. What does the docstring ask for?"""
    w, b = known_gate(name)
    return w, np.array([b])


@alternative("gate_weights")
def chooses_other_lines(name):
    """Lines that lie elsewhere, and separate the same corners."""
    if name == "OR":
        return np.array([3, 2]), 0
    if name == "AND":
        return np.array([20, 20]), -30
    if name == "NAND":
        return np.array([-20, -20]), 30
    raise ValueError(name)


@alternative("gate_weights")
def touches_the_boundary(name):
    """A score of exactly 0 counts as 0."""
    lines = {"OR": 0.0, "AND": -1.0, "NAND": 1.25}
    if name not in lines:
        raise ValueError(name)
    return known_gate(name)[0], lines[name]


# --- boundary_x2 ---

BOUNDARY_VALUES = [
    "test_boundary_x2",
    "test_boundary_x2_other_lines",
    "test_boundary_x2_keeps_its_input",
]


def refuse_vertical(w):
    """Raise ValueError as the docstring of `boundary_x2` asks."""
    if w[1] == 0:
        raise ValueError("vertical")


@misconception("boundary_x2", loses=[*BOUNDARY_VALUES, "test_boundary_x2_vertical_line"])
def forgets_the_minus(w, b, x1):
    """Your points have the right size and the wrong sign. What happens on the way over the `=`?"""
    refuse_vertical(w)
    return (w[0] * x1 + b) / w[1]


@misconception("boundary_x2", loses=[*BOUNDARY_VALUES, "test_boundary_x2_vertical_line"])
def negates_only_the_first_term(w, b, x1):
    """The minus belongs to both terms. Where do your brackets end?"""
    refuse_vertical(w)
    return (-w[0] * x1 + b) / w[1]


@misconception(
    "boundary_x2",
    loses=[
        "test_boundary_x2_other_lines",
        "test_boundary_x2_vertical_line",
        "test_boundary_x2_keeps_its_input",
    ],
)
def never_divides_by_w2(w, b, x1):
    """For OR the second weight is 1, and nobody notices. What if it is 4?"""
    refuse_vertical(w)
    return -(w[0] * x1 + b) * 1.0


@misconception(
    "boundary_x2",
    loses=[
        "test_boundary_x2_other_lines",
        "test_boundary_x2_keeps_its_input",
        "test_boundary_x2_vertical_line",
    ],
)
def swaps_the_weights(w, b, x1):
    """For OR both weights are 1, and nobody notices. Which one belongs to x1?"""
    if w[0] == 0:
        raise ValueError("vertical")
    return -(w[1] * x1 + b) / w[0]


@misconception(
    "boundary_x2", loses=["test_boundary_x2_other_lines", "test_boundary_x2_keeps_its_input"]
)
def divides_only_the_bias(w, b, x1):
    """You divide one of two terms by w[1]. Where do your brackets end?"""
    refuse_vertical(w)
    return -w[0] * x1 - b / w[1]


@misconception("boundary_x2", loses=["test_boundary_x2_other_lines"])
def counts_on_three_points(w, b, x1):
    """Your answer has three points, as in the example. How many has x1?"""
    refuse_vertical(w)
    x2 = np.zeros(3)
    for m in range(3):
        x2[m] = -(w[0] * x1[m] + b) / w[1]
    return x2


@misconception("boundary_x2", loses=["test_boundary_x2_other_lines"])
def stores_into_an_array_like_x1(w, b, x1):
    """Which dtype has an array like x1, if x1 holds integers? What becomes of -3.5?"""
    refuse_vertical(w)
    x2 = np.zeros_like(x1)
    x2[:] = -(w[0] * x1 + b) / w[1]
    return x2


@misconception("boundary_x2", loses=["test_boundary_x2_vertical_line"])
def divides_by_zero(w, b, x1):
    """NumPy divides by 0 with a warning and goes on with inf. What does the docstring ask for?"""
    with np.errstate(divide="ignore", invalid="ignore"):
        return -(w[0] * x1 + b) / np.float64(w[1])


@misconception("boundary_x2", loses=["test_boundary_x2_vertical_line"])
def refuses_level_lines_too(w, b, x1):
    """A level line has an x2 for every x1. Which of the two weights is 0 there?"""
    if w[0] == 0 or w[1] == 0:
        raise ValueError("a weight is 0")
    return -(w[0] * x1 + b) / w[1]


@misconception("boundary_x2", loses=["test_boundary_x2_keeps_its_input"])
def computes_inside_x1(w, b, x1):
    """`*=` and `+=` write into the array that you were given. Whose array is it?"""
    refuse_vertical(w)
    if x1.dtype.kind != "f":
        return -(w[0] * x1 + b) / w[1]
    x1 *= w[0]
    x1 += b
    return -x1 / w[1]


@alternative("boundary_x2")
def uses_slope_and_intercept(w, b, x1):
    """Slope and intercept, as at school."""
    if math.isclose(w[1], 0.0):
        raise ValueError("vertical")
    slope, intercept = -w[0] / w[1], -b / w[1]
    return slope * x1 + intercept


@alternative("boundary_x2")
def goes_point_by_point(w, b, x1):
    """One point at a time."""
    if w[1] == 0:
        raise ValueError("vertical")
    return np.array([(-b - w[0] * first) / w[1] for first in x1])

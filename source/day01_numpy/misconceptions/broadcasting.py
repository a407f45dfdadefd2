"""What goes wrong in `broadcasting`, and what is right another way."""

from autograder.catalogue import alternative, misconception

# ------------------------------------------------------------------ normalize_image


@misconception(
    "normalize_image",
    loses=["test_normalize_image_dim_images", "test_normalize_image_refuses_what_is_no_image"],
)
def divides_by_the_brightest_pixel(img):
    """You divide by the image's own maximum. What becomes of a photo taken at night?"""
    return (img / img.max()).reshape(-1)


@misconception("normalize_image", loses=["test_normalize_image_refuses_what_is_no_image"])
def takes_any_number_of_axes(img):
    """You lay everything flat, whatever it is. Which shapes are images?"""
    return img.astype(np.float64).ravel() / 255


@misconception("normalize_image", loses=["test_normalize_image_refuses_what_is_no_image"])
def refuses_only_two_axes(img):
    """You refuse a table, but what about four axes or more?"""
    if img.ndim < 3:
        raise ValueError("an image has three axes")
    return img.reshape(-1) / 255


@misconception("normalize_image", loses=["test_normalize_image", "test_normalize_image_dim_images"])
def lays_the_columns_first(img):
    """Your numbers are right, their order is not. Which axis does `reshape` run through first?"""
    if img.ndim != 3:
        raise ValueError("an image has three axes")
    return img.flatten(order="F") / 255


@misconception("normalize_image", loses=["test_normalize_image", "test_normalize_image_dim_images"])
def one_colour_after_the_other(img):
    """You put all of the first colour first. The text keeps the colours of a pixel together."""
    if img.ndim != 3:
        raise ValueError("an image has three axes")
    return np.concatenate([img[:, :, c].ravel() for c in range(img.shape[2])]) / 255


@misconception("normalize_image", loses=["test_normalize_image", "test_normalize_image_dim_images"])
def divides_by_256(img):
    """There are 256 levels, but what is the largest of them? It should become exactly 1."""
    if img.ndim != 3:
        raise ValueError("an image has three axes")
    return img.reshape(-1) / 256


@misconception("normalize_image", loses=["test_normalize_image", "test_normalize_image_dim_images"])
def writes_back_into_uint8(img):
    """You turn the result back into the image's dtype. What can a uint8 hold between 0 and 1?"""
    if img.ndim != 3:
        raise ValueError("an image has three axes")
    return (img.reshape(-1) / 255).astype(img.dtype)


@misconception("normalize_image", loses=["test_normalize_image_dim_images"])
def stretches_the_contrast(img):
    """You make the darkest pixel 0 and the brightest 1. The text divides by a fixed number."""
    if img.ndim != 3:
        raise ValueError("an image has three axes")
    low, high = int(img.min()), int(img.max())
    return (img.astype(np.float64).reshape(-1) - low) / (high - low)


@misconception("normalize_image", loses=["test_normalize_image", "test_normalize_image_dim_images"])
def computes_in_float32(img):
    """You compute in float32, which keeps about seven digits. Which dtype is asked for?"""
    if img.ndim != 3:
        raise ValueError("an image has three axes")
    return (img.astype(np.float32) / 255).reshape(-1)


@misconception("normalize_image", loses=["test_normalize_image_refuses_what_is_no_image"])
def asserts_instead_of_raising(img):
    """You refuse with an AssertionError. Which error does the docstring promise?"""
    assert img.ndim == 3
    return img.reshape(-1) / 255


@misconception("normalize_image", loses=["test_normalize_image_dim_images"])
def divides_by_the_largest_of_the_dtype(img):
    """You divide by the largest number of the dtype, 255 for uint8. What is it for int64?"""
    if img.ndim != 3:
        raise ValueError("an image has three axes")
    return img.reshape(-1) / (np.iinfo(img.dtype).max if img.dtype.kind in "iu" else 255)


@misconception("normalize_image", loses=["test_normalize_image_dim_images"])
def scales_the_image_in_place(img):
    """/= may write into the array you were given. When does `asarray` make a copy?"""
    if img.ndim != 3:
        raise ValueError("an image has three axes")
    img = np.asarray(img, dtype=np.float64)
    img /= 255
    return img.reshape(-1)


@misconception("normalize_image", loses=["test_normalize_image_refuses_what_is_no_image"])
def takes_a_table_for_a_grey_image(img):
    """You take two axes for a grey image. How many axes does the text give every image?"""
    if img.ndim not in (2, 3):
        raise ValueError("an image has three axes")
    return img.reshape(-1) / 255


@misconception("normalize_image", loses=["test_normalize_image_refuses_what_is_no_image"])
def demands_three_colours(img):
    """You refuse an image that has not exactly 3 colours. What does the docstring call their number?"""
    if img.ndim != 3 or img.shape[2] != 3:
        raise ValueError("an image has three axes and three colours")
    return img.reshape(-1) / 255


@alternative("normalize_image")
def divides_then_flattens(img):
    """Unpacking refuses other ranks by itself."""
    height, width, colours = img.shape
    return np.true_divide(img, 255).reshape(height * width * colours)


@alternative("normalize_image")
def multiplies_by_a_255th(img):
    """A product instead of a quotient."""
    if len(img.shape) != 3:
        raise ValueError("three axes are needed")
    return img.flatten() * (1.0 / 255.0)


# ------------------------------------------------------------------ broadcast_shape


@misconception(
    "broadcast_shape",
    loses=[
        "test_broadcast_shape",
        "test_broadcast_shape_either_may_be_shorter",
        "test_broadcast_shape_both_are_stretched",
        "test_broadcast_shape_an_empty_axis",
    ],
)
def aligns_at_the_left(a, b):
    """You put the missing 1s behind the shorter shape. At which end are shapes aligned?"""
    rank = max(len(a), len(b))
    shape = []
    for m, n in zip(a + (1,) * (rank - len(a)), b + (1,) * (rank - len(b)), strict=True):
        if m != n and 1 not in (m, n):
            raise ValueError("the shapes do not fit")
        shape.append(n if m == 1 else m)
    return tuple(shape)


@misconception(
    "broadcast_shape",
    loses=[
        "test_broadcast_shape_either_may_be_shorter",
        "test_broadcast_shape_both_are_stretched",
        "test_broadcast_shape_an_empty_axis",
    ],
)
def expects_the_longer_shape_first(a, b):
    """You pad only the second shape. What if the first one is the shorter?"""
    if not a:
        return b
    shape = []
    for m, n in zip(a, (1,) * (len(a) - len(b)) + b, strict=False):
        if m != n and 1 not in (m, n):
            raise ValueError("the shapes do not fit")
        shape.append(n if m == 1 else m)
    return tuple(shape)


@misconception(
    "broadcast_shape",
    loses=[
        "test_broadcast_shape",
        "test_broadcast_shape_either_may_be_shorter",
        "test_broadcast_shape_both_are_stretched",
        "test_broadcast_shape_huge_sizes",
    ],
)
def expects_the_shorter_shape_first(a, b):
    """You pad only the first shape. What if the second one is the shorter?"""
    shape = []
    for m, n in zip((1,) * (len(b) - len(a)) + a, b, strict=False):
        if m != n and 1 not in (m, n):
            raise ValueError("the shapes do not fit")
        shape.append(n if m == 1 else m)
    return tuple(shape)


@misconception("broadcast_shape", loses=["test_broadcast_shape_either_may_be_shorter"])
def starts_with_the_last_size(a, b):
    """You begin with the last size of each shape. Which one is the last of ()?"""
    shape = ()
    for k in range(1, max(len(a), len(b), 1) + 1):
        m = a[-k] if k == 1 or k <= len(a) else 1
        n = b[-k] if k == 1 or k <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError("the shapes do not fit")
        shape = (n if m == 1 else m, *shape)
    return shape


@misconception(
    "broadcast_shape",
    loses=[
        "test_broadcast_shape_either_may_be_shorter",
        "test_broadcast_shape_both_are_stretched",
        "test_broadcast_shape_an_empty_axis",
        "test_broadcast_shape_refuses_what_does_not_fit",
    ],
)
def thinks_of_tables_only(a, b):
    """You look at the last two axes. How many may a shape have?"""
    rank = min(2, max(len(a), len(b)))
    a, b = ((1, 1, *a)[-rank:], (1, 1, *b)[-rank:]) if rank else ((), ())
    if any(m != n and 1 not in (m, n) for m, n in zip(a, b, strict=True)):
        raise ValueError("the shapes do not fit")
    return tuple(n if m == 1 else m for m, n in zip(a, b, strict=True))


@misconception(
    "broadcast_shape",
    loses=[
        "test_broadcast_shape",
        "test_broadcast_shape_either_may_be_shorter",
        "test_broadcast_shape_both_are_stretched",
        "test_broadcast_shape_an_empty_axis",
        "test_broadcast_shape_huge_sizes",
    ],
)
def stops_at_the_shorter_shape(a, b):
    """Your result is as long as the shorter shape. What happens to the axes it does not have?"""
    shape = ()
    for m, n in zip(reversed(a), reversed(b), strict=False):
        if m != n and 1 not in (m, n):
            raise ValueError("the shapes do not fit")
        shape = (n if m == 1 else m, *shape)
    return shape


@misconception(
    "broadcast_shape",
    loses=[
        "test_broadcast_shape_both_are_stretched",
        "test_broadcast_shape_an_empty_axis",
        "test_broadcast_shape_huge_sizes",
    ],
)
def stretches_only_one_of_them(a, b):
    """You give the shape of the larger array. Can both arrays be stretched at once?"""
    small, large = sorted([a, b], key=lambda shape: (len(shape), int(np.prod(shape))))
    for m, n in zip(reversed(small), reversed(large), strict=False):
        if m != n and 1 not in (m, n):
            raise ValueError("the shapes do not fit")
    return large


@misconception(
    "broadcast_shape",
    loses=[
        "test_broadcast_shape",
        "test_broadcast_shape_both_are_stretched",
        "test_broadcast_shape_an_empty_axis",
        "test_broadcast_shape_refuses_what_does_not_fit",
        "test_broadcast_shape_huge_sizes",
    ],
)
def demands_equal_sizes(a, b):
    """You refuse every difference. Which size may stand beside any other?"""
    longer = max(a, b, key=len)
    if any(m != n for m, n in zip(reversed(a), reversed(b), strict=False)):
        raise ValueError("the sizes differ")
    return longer


@misconception(
    "broadcast_shape",
    loses=[
        "test_broadcast_shape",
        "test_broadcast_shape_either_may_be_shorter",
        "test_broadcast_shape_both_are_stretched",
        "test_broadcast_shape_an_empty_axis",
        "test_broadcast_shape_huge_sizes",
    ],
)
def takes_the_smaller_size(a, b):
    """A size of 1 beside a 3 came out as 1. Which of the two is stretched?"""
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    if any(m != n and 1 not in (m, n) for m, n in zip(a, b, strict=True)):
        raise ValueError("the shapes do not fit")
    return tuple(min(m, n) for m, n in zip(a, b, strict=True))


@misconception("broadcast_shape", loses=["test_broadcast_shape_an_empty_axis"])
def takes_the_larger_size(a, b):
    """You take the larger of the two sizes, as the slide says. Is it right for a 1 beside a 0?"""
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    if any(m != n and 1 not in (m, n) for m, n in zip(a, b, strict=True)):
        raise ValueError("the shapes do not fit")
    return tuple(max(m, n) for m, n in zip(a, b, strict=True))


@misconception(
    "broadcast_shape",
    loses=[
        "test_broadcast_shape",
        "test_broadcast_shape_an_empty_axis",
        "test_broadcast_shape_refuses_what_does_not_fit",
    ],
)
def never_refuses(a, b):
    """You have an answer for every pair of shapes. Which pairs of sizes do not fit?"""
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    return tuple(n if m == 1 else m for m, n in zip(a, b, strict=True))


@misconception("broadcast_shape", loses=["test_broadcast_shape_refuses_what_does_not_fit"])
def repeats_a_size_that_divides(a, b):
    """You stretch 2 to 4. Which single size may be stretched?"""
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    shape = []
    for m, n in zip(a, b, strict=True):
        if 0 in (m, n):
            if m != n and 1 not in (m, n):
                raise ValueError("the shapes do not fit")
            shape.append(0)
            continue
        if max(m, n) % min(m, n):
            raise ValueError("the shapes do not fit")
        shape.append(max(m, n))
    return tuple(shape)


@misconception("broadcast_shape", loses=["test_broadcast_shape_refuses_what_does_not_fit"])
def looks_at_the_last_axis_only(a, b):
    """You compare the last sizes. Do all the others have to fit as well?"""
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    if rank and a[-1] != b[-1] and 1 not in (a[-1], b[-1]):
        raise ValueError("the shapes do not fit")
    shape = tuple(n if m == 1 else m for m, n in zip(a, b, strict=True))
    if 0 in shape and any(0 in (m, n) and 1 not in (m, n) for m, n in zip(a, b, strict=True)):
        raise ValueError("an empty axis does not fit")
    return shape


@misconception("broadcast_shape", loses=["test_broadcast_shape_huge_sizes"])
def asks_numpy(a, b):
    """You ask NumPy, which gives up on sizes no array can have. Can you compare the numbers?"""
    return np.broadcast_shapes(a, b)


@misconception("broadcast_shape", loses=["test_broadcast_shape_huge_sizes"])
def adds_two_arrays(a, b):
    """You make two arrays only to look at their shape. What if they do not fit into memory?"""
    if max((*a, *b), default=0) > 10**6:
        raise MemoryError("no machine has that much")
    return (np.zeros(a) + np.zeros(b)).shape


@alternative("broadcast_shape")
def walks_from_the_right(a, b):
    """Index -1, -2, … instead of padding."""
    sizes = []
    for k in range(1, max(len(a), len(b)) + 1):
        m = a[-k] if k <= len(a) else 1
        n = b[-k] if k <= len(b) else 1
        if m == 1 or m == n:
            sizes.append(n)
        elif n == 1:
            sizes.append(m)
        else:
            raise ValueError("the shapes do not fit")
    return tuple(sizes[::-1])


@alternative("broadcast_shape")
def collects_the_sizes_other_than_one(a, b):
    """What is not 1 must agree."""
    from itertools import zip_longest

    shape = []
    for pair in zip_longest(a[::-1], b[::-1], fillvalue=1):
        other = set(pair) - {1}
        if len(other) > 1:
            raise ValueError("the shapes do not fit")
        shape.insert(0, other.pop() if other else 1)
    return tuple(shape)


# ------------------------------------------------------------------ center_columns


@misconception("center_columns", loses=["test_center_columns_leaves_its_argument_alone"])
def subtracts_in_place(X):
    """Your X -= … may write into the array you were given. When does `asarray` make a copy?"""
    X = np.asarray(X, dtype=np.float64)
    X -= X.mean(axis=0)
    return X


@misconception(
    "center_columns",
    loses=[
        "test_center_columns_more_rows",
        "test_center_columns_leaves_its_argument_alone",
    ],
)
def subtracts_the_median(X):
    """You subtract the middle value. With two rows it equals the mean; and with three?"""
    return X - np.median(X, axis=0)


@misconception(
    "center_columns",
    loses=[
        "test_center_columns_more_rows",
        "test_center_columns_leaves_its_argument_alone",
    ],
)
def halves_the_sum(X):
    """You divide the sum by 2. How many rows does a table have?"""
    return X - X.sum(axis=0) / 2


@misconception(
    "center_columns",
    loses=[
        "test_center_columns",
        "test_center_columns_more_rows",
        "test_center_columns_leaves_its_argument_alone",
    ],
)
def subtracts_one_mean_of_everything(X):
    """You subtract the mean of the whole table. Which axis should the mean run along?"""
    return X - X.mean()


@misconception(
    "center_columns",
    loses=[
        "test_center_columns",
        "test_center_columns_more_rows",
        "test_center_columns_leaves_its_argument_alone",
    ],
)
def centres_the_rows_instead(X):
    """Your rows have mean 0, the columns have not. `axis` names the axis that disappears."""
    return X - X.mean(axis=1, keepdims=True)


@misconception("center_columns", loses=["test_center_columns", "test_center_columns_more_rows"])
def keeps_the_dtype_of_the_columns(X):
    """You turn the result back into the dtype of X. Are the differences whole numbers?"""
    return (X - X.mean(axis=0)).astype(X.dtype)


@alternative("center_columns")
def with_a_row_of_means(X):
    """Means of shape (1, D)."""
    return X.astype(np.float64) - X.sum(axis=0, keepdims=True) / len(X)


@alternative("center_columns")
def column_by_column(X):
    """A loop is slow, not wrong."""
    return np.column_stack([X[:, j] - X[:, j].mean() for j in range(X.shape[1])])


# ------------------------------------------------------------------ center_rows


@misconception(
    "center_rows",
    loses=["test_center_rows", "test_center_rows_square_tables", "test_center_rows_other_shapes"],
)
def forgets_to_keep_the_axis(X):
    """The means have shape (N,), a row. How do you turn them into a column?"""
    return X - X.mean(axis=1)


@misconception("center_rows", loses=["test_center_rows_square_tables"])
def repairs_only_what_fails(X):
    """You turn the means into a column only if NumPy complains. Does a square table complain?"""
    means = X.mean(axis=1)
    try:
        centred = X - means
    except ValueError:
        centred = X - means.reshape(-1, 1)
    return centred


@misconception(
    "center_rows", loses=["test_center_rows_square_tables", "test_center_rows_other_shapes"]
)
def reshapes_to_two_rows(X):
    """The example's number of rows stands in your code. How do you say "as many as needed"?"""
    return X - X.mean(axis=1).reshape(2, 1)


@misconception("center_rows", loses=["test_center_rows_other_shapes"])
def subtracts_in_place_from_the_rows(X):
    """Your X -= … may write into the array you were given. When does `asarray` make a copy?"""
    X = np.asarray(X, dtype=np.float64)
    if len(X) == X.shape[1]:
        X = X.copy()
    X -= X.mean(axis=1, keepdims=True)
    return X


@misconception(
    "center_rows",
    loses=["test_center_rows", "test_center_rows_square_tables", "test_center_rows_other_shapes"],
)
def centres_the_columns_instead(X):
    """Your columns have mean 0, the rows have not. `axis` names the axis that disappears."""
    return X - X.mean(axis=0, keepdims=True)


@misconception(
    "center_rows", loses=["test_center_rows_square_tables", "test_center_rows_other_shapes"]
)
def subtracts_the_middle_value(X):
    """You subtract the median of each row. Is it always the mean?"""
    return X - np.median(X, axis=1, keepdims=True)


@alternative("center_rows")
def with_a_new_axis(X):
    """Indexing with np.newaxis makes the column."""
    return X - X.mean(axis=1)[:, np.newaxis]


@alternative("center_rows")
def through_the_transpose(X):
    """The rows are the columns of the transpose."""
    return (X.T - X.T.mean(axis=0)).T


# ------------------------------------------------------------------ standardize


@misconception(
    "standardize",
    loses=["test_standardize_new_data", "test_standardize_constant_columns"],
)
def always_computes_its_own(X, mean=None, std=None):
    """You ignore the mean and std passed in. With which ones was the training data scaled?"""
    mean, std = X.mean(axis=0), X.std(axis=0)
    std = np.where(std == 0, 1.0, std)
    return (X - mean) / std, mean, std


@misconception(
    "standardize",
    loses=["test_standardize_new_data", "test_standardize_constant_columns"],
)
def returns_the_new_datas_own(X, mean=None, std=None):
    """Z is right, but the mean and std you return are not the ones you used."""
    own_mean, own_std = X.mean(axis=0), X.std(axis=0)
    used_mean = own_mean if mean is None else mean
    used_std = own_std if std is None else std
    one = np.where(used_std == 0, 1.0, used_std)
    return (X - used_mean) / one, own_mean, np.where(own_std == 0, 1.0, own_std)


@misconception(
    "standardize",
    loses=["test_standardize_new_data", "test_standardize_constant_columns"],
)
def returns_what_it_does_not_use(X, mean=None, std=None):
    """You return the mean and std that were passed in, but Z was computed with others."""
    own_mean, own_std = X.mean(axis=0), X.std(axis=0)
    own_std = np.where(own_std == 0, 1.0, own_std)
    if mean is None:
        mean, std = own_mean, own_std
    return (X - own_mean) / own_std, mean, np.where(std == 0, 1.0, std)


@misconception(
    "standardize",
    loses=[
        "test_standardize",
        "test_standardize_new_data",
        "test_standardize_constant_columns",
    ],
)
def takes_the_mean_after_centring(X, mean=None, std=None):
    """The mean you return is that of the centred table. Which mean did you subtract?"""
    X = X - (X.mean(axis=0) if mean is None else mean)
    std = X.std(axis=0) if std is None else std
    std = np.where(std == 0, 1.0, std)
    return X / std, X.mean(axis=0), std


@misconception(
    "standardize",
    loses=[
        "test_standardize",
        "test_standardize_new_data",
        "test_standardize_constant_columns",
    ],
)
def returns_the_variance(X, mean=None, std=None):
    """Z is right, but the third thing you return is the variance. What did you divide by?"""
    mean = X.mean(axis=0) if mean is None else mean
    variance = X.var(axis=0) if std is None else std**2
    variance = np.where(variance == 0, 1.0, variance)
    return (X - mean) / np.sqrt(variance), mean, variance


@misconception(
    "standardize",
    loses=[
        "test_standardize",
        "test_standardize_constant_columns",
        "test_standardize_leaves_its_arguments_alone",
    ],
)
def divides_by_n_minus_one(X, mean=None, std=None):
    """You divide by N − 1, as statistics books do for samples. What does the text divide by?"""
    if mean is None:
        mean, std = X.mean(axis=0), X.std(axis=0, ddof=1)
    std = np.where(std == 0, 1.0, std)
    return (X - mean) / std, mean, std


@misconception(
    "standardize",
    loses=[
        "test_standardize",
        "test_standardize_constant_columns",
        "test_standardize_leaves_its_arguments_alone",
    ],
)
def divides_by_the_variance(X, mean=None, std=None):
    """You divide by the variance. Which of the two has the unit of the column?"""
    if mean is None:
        mean, std = X.mean(axis=0), X.var(axis=0)
    std = np.where(std == 0, 1.0, std)
    return (X - mean) / std, mean, std


@misconception(
    "standardize",
    loses=[
        "test_standardize",
        "test_standardize_constant_columns",
        "test_standardize_leaves_its_arguments_alone",
    ],
)
def one_scale_for_all_columns(X, mean=None, std=None):
    """You use one mean and one std for the whole table. Does each column have its own?"""
    if mean is None:
        mean, std = np.full(X.shape[1], X.mean()), np.full(X.shape[1], X.std())
    std = np.where(std == 0, 1.0, std)
    return (X - mean) / std, mean, std


@misconception(
    "standardize",
    loses=[
        "test_standardize_new_data",
        "test_standardize_constant_columns",
        "test_standardize_leaves_its_arguments_alone",
    ],
)
def adds_a_little_to_every_std(X, mean=None, std=None):
    """You add a tiny number to std, so that it is never 0. What does that do to the other columns?"""
    if mean is None:
        mean, std = X.mean(axis=0), X.std(axis=0)
    std = std + 1e-8
    return (X - mean) / std, mean, std


@misconception(
    "standardize",
    loses=["test_standardize_new_data", "test_standardize_constant_columns"],
)
def centres_with_the_new_mean(X, mean=None, std=None):
    """You use the std that is passed in, but a mean of your own. Both belong to the training data."""
    mean = X.mean(axis=0)
    std = X.std(axis=0) if std is None else std
    std = np.where(std == 0, 1.0, std)
    return (X - mean) / std, mean, std


@misconception("standardize", loses=["test_standardize_constant_columns"])
def divides_zero_by_zero(X, mean=None, std=None):
    """A column that never varies has std 0, and 0 / 0 is nan. What does the text put there?"""
    if mean is None:
        mean, std = X.mean(axis=0), X.std(axis=0)
    with np.errstate(all="ignore"):
        return (X - mean) / std, mean, std


@misconception("standardize", loses=["test_standardize_constant_columns"])
def returns_the_zero(X, mean=None, std=None):
    """You divide by 1 where std is 0, but you return the 0. The std that was used is wanted."""
    if mean is None:
        mean, std = X.mean(axis=0), X.std(axis=0)
    return (X - mean) / np.where(std == 0, 1.0, std), mean, std


@misconception("standardize", loses=["test_standardize_constant_columns"])
def skips_constant_columns(X, mean=None, std=None):
    """You leave a constant column as it is. The text divides by 1 there: what comes before that?"""
    if mean is None:
        mean, std = X.mean(axis=0), X.std(axis=0)
    Z = X.astype(np.float64)
    varies = std != 0
    Z[:, varies] = (Z[:, varies] - mean[varies]) / std[varies]
    return Z, mean, np.where(varies, std, 1.0)


@misconception(
    "standardize",
    loses=["test_standardize_constant_columns"],
)
def forgets_a_zero_that_is_passed_in(X, mean=None, std=None):
    """Your own std is never 0. What if the std that is passed in holds a 0?"""
    if mean is None:
        mean, std = X.mean(axis=0), X.std(axis=0)
        std = np.where(std == 0, 1.0, std)
    return (X - mean) / std, mean, std


@misconception("standardize", loses=["test_standardize_leaves_its_arguments_alone"])
def writes_ones_into_the_given_std(X, mean=None, std=None):
    """`std[std == 0] = 1` writes into the array that you were given. Make a new one first."""
    if mean is None:
        mean, std = X.mean(axis=0), X.std(axis=0)
    std[std == 0] = 1.0
    return (X - mean) / std, mean, std


@misconception(
    "standardize",
    loses=[
        "test_standardize_leaves_its_arguments_alone",
    ],
)
def scales_the_table_in_place(X, mean=None, std=None):
    """-= and /= write into the array you were given. When does `asarray` make a copy?"""
    if mean is None:
        mean, std = X.mean(axis=0), X.std(axis=0)
    std = np.where(std == 0, 1.0, std)
    X = np.asarray(X, dtype=np.float64)
    X -= mean
    X /= std
    return X, mean, std


@misconception(
    "standardize",
    loses=[
        "test_standardize",
        "test_standardize_new_data",
        "test_standardize_constant_columns",
        "test_standardize_leaves_its_arguments_alone",
    ],
)
def divides_before_it_subtracts(X, mean=None, std=None):
    """You write X - mean / std. Which operation does Python do first?"""
    if mean is None:
        mean, std = X.mean(axis=0), X.std(axis=0)
    std = np.where(std == 0, 1.0, std)
    return X - mean / std, mean, std


@alternative("standardize")
def in_visible_steps(X, mean=None, std=None):
    """Everything by hand."""
    X = X.astype(np.float64)
    if mean is None or std is None:
        mean = X.sum(axis=0) / len(X)
        std = np.sqrt(((X - mean) ** 2).sum(axis=0) / len(X))
    safe = std.copy()
    safe[safe == 0] = 1
    return (X - mean) / safe, mean, safe


@alternative("standardize")
def by_adding_one_where_it_is_zero(X, mean=None, std=None):
    """True counts as 1."""
    mean = np.average(X, axis=0) if mean is None else mean
    std = np.std(X, axis=0) if std is None else std
    std = std + (std == 0)
    return np.divide(np.subtract(X, mean), std), mean, std


# ------------------------------------------------------------------ view_assign


@misconception("view_assign", loses=["test_view_assign", "test_view_assign_other_places"])
def changes_a_copy(x, start, stop, k, v):
    """Your result is right, but x never hears of it. What does `.copy()` do to the connection?"""
    view = x[start:stop].copy()
    view[k] = v
    return view


@misconception("view_assign", loses=["test_view_assign", "test_view_assign_other_places"])
def changes_x_and_returns_a_copy(x, start, stop, k, v):
    """x changes as it should, but what you return is a copy: later changes are not seen."""
    x[start + k] = v
    return np.array(x[start:stop])


@misconception("view_assign", loses=["test_view_assign", "test_view_assign_other_places"])
def picks_with_a_list_of_positions(x, start, stop, k, v):
    """You pick positions with an array of integers. Is that a view or a copy?"""
    view = x[np.arange(start, stop)]
    view[k] = v
    return view


@misconception("view_assign", loses=["test_view_assign", "test_view_assign_other_places"])
def counts_in_x(x, start, stop, k, v):
    """You write at position k of x. From where is k counted?"""
    x[k] = v
    return x[start:stop]


@misconception("view_assign", loses=["test_view_assign_other_places"])
def writes_at_the_end_of_the_slice(x, start, stop, k, v):  # noqa: ARG001
    """You always write to the last place of the slice. Where does k come in?"""
    view = x[start:stop]
    view[-1] = v
    return view


@misconception("view_assign", loses=["test_view_assign_other_places"])
def mixes_up_start_and_k(x, start, stop, k, v):  # noqa: ARG001
    """You write at position `start` of the slice. Which of the arguments counts inside it?"""
    view = x[start:stop]
    view[start] = v
    return view


@misconception("view_assign", loses=["test_view_assign", "test_view_assign_other_places"])
def fills_the_whole_slice(x, start, stop, k, v):  # noqa: ARG001
    """You write v everywhere in the slice. It belongs to one position."""
    view = x[start:stop]
    view[:] = v
    return view


@misconception("view_assign", loses=["test_view_assign", "test_view_assign_other_places"])
def returns_the_whole_array(x, start, stop, k, v):
    """x changes as it should, but you return all of it. Which part is wanted?"""
    x[start:stop][k] = v
    return x


@misconception("view_assign", loses=["test_view_assign", "test_view_assign_other_places"])
def writes_to_the_view_and_to_x(x, start, stop, k, v):
    """You write to the view and once more to x. Are these not the same boxes?"""
    view = x[start:stop]
    view[k] = v
    x[k] = v
    return view


@misconception("view_assign", loses=["test_view_assign_other_places"])
def writes_a_whole_number(x, start, stop, k, v):
    """You turn v into an integer first. What is left of 9.25?"""
    view = x[start:stop]
    view[k] = int(v)
    return view


@alternative("view_assign")
def writes_to_x_and_returns_the_slice(x, start, stop, k, v):
    """The slice is taken after the write: same boxes."""
    x[start + k] = v
    return x[start:stop]


@alternative("view_assign")
def writes_to_a_slice_of_the_slice(x, start, stop, k, v):
    """A view of a view."""
    view = x[slice(start, stop)]
    view[k : k + 1] = v
    return view


# ------------------------------------------------------------------ copy_assign


@misconception(
    "copy_assign",
    loses=[
        "test_copy_assign",
        "test_copy_assign_boolean_masks",
        "test_copy_assign_any_order_and_repeats",
    ],
)
def writes_to_a_passing_copy(x, idx, k, v):
    """x[idx][k] = v writes to a copy that nobody keeps. Give the copy a name first."""
    x[idx][k] = v
    return x[idx]


@misconception(
    "copy_assign",
    loses=[
        "test_copy_assign",
        "test_copy_assign_boolean_masks",
        "test_copy_assign_any_order_and_repeats",
    ],
)
def writes_to_x_as_well(x, idx, k, v):
    """The copy is right, but you changed x too. It must stay as it is."""
    copy = x[idx]
    copy[k] = v
    x[np.arange(len(x))[idx][k]] = v
    return copy


@misconception(
    "copy_assign",
    loses=[
        "test_copy_assign",
        "test_copy_assign_boolean_masks",
        "test_copy_assign_any_order_and_repeats",
    ],
)
def counts_in_the_whole_array(x, idx, k, v):
    """You write at position k of x's copy, before picking. Where is k counted?"""
    copy = x.copy()
    copy[k] = v
    return copy[idx]


@misconception("copy_assign", loses=["test_copy_assign_any_order_and_repeats"])
def makes_a_mask_of_positions(x, idx, k, v):
    """A mask cannot say which position comes first, or twice. Pick by position instead."""
    mask = idx if np.asarray(idx).dtype == bool else np.isin(np.arange(len(x)), idx)
    copy = x[mask]
    copy[k] = v
    return copy


@misconception(
    "copy_assign",
    loses=["test_copy_assign_boolean_masks", "test_copy_assign_any_order_and_repeats"],
)
def copies_everything_between(x, idx, k, v):
    """You copy all values from the first position to the last. Were those between asked for?"""
    copy = x[min(idx) : max(idx) + 1].copy()
    copy[k] = v
    return copy


@misconception("copy_assign", loses=["test_copy_assign_boolean_masks"])
def reads_a_mask_as_positions(x, idx, k, v):
    """You read True and False as the positions 1 and 0. What does a mask mean?"""
    positions = np.asarray(idx).astype(int)
    copy = x[positions]
    copy[k] = v
    return copy


@misconception("copy_assign", loses=["test_copy_assign_any_order_and_repeats"])
def sorts_the_positions(x, idx, k, v):
    """You put the positions in order first. In which order are they asked for?"""
    copy = x[idx if np.asarray(idx).dtype == bool else sorted(idx)]
    copy[k] = v
    return copy


@misconception("copy_assign", loses=["test_copy_assign_boolean_masks"])
def makes_room_for_integers(x, idx, k, v):
    """Your copy holds integers only. Which dtype has x?"""
    picked = x[idx]
    copy = np.zeros(len(picked), dtype=int)
    copy[:] = picked
    copy[k] = v
    return copy


@misconception("copy_assign", loses=["test_copy_assign_any_order_and_repeats"])
def writes_before_it_picks(x, idx, k, v):
    """You write first and pick then. If a position is picked twice, where does v appear?"""
    copy = x.copy()
    copy[np.arange(len(x))[idx][k]] = v
    return copy[idx]


@misconception("copy_assign", loses=["test_copy_assign_any_order_and_repeats"])
def takes_every_array_for_a_mask(x, idx, k, v):
    """A list of positions works. What do you do with an array of positions?"""
    copy = x[idx if isinstance(idx, list) else np.flatnonzero(idx)]
    copy[k] = v
    return copy


@alternative("copy_assign")
def copies_once_more(x, idx, k, v):
    """One copy too many does no harm."""
    copy = x[np.asarray(idx)].copy()
    copy[k] = v
    return copy


@alternative("copy_assign")
def turns_a_mask_into_positions(x, idx, k, v):
    """np.flatnonzero lists where a mask is True."""
    idx = np.asarray(idx)
    positions = np.flatnonzero(idx) if idx.dtype == bool else idx
    copy = np.take(x, positions)
    copy[k] = v
    return copy


# ------------------------------------------------------------------ matvec_columns


@misconception(
    "matvec_columns",
    loses=["test_matvec_columns_int32_overflow", "test_matvec_columns_refuses_wrong_shapes"],
)
def multiplies_small_integers(A, x):
    """You convert the result, but the products overflowed before. Convert what you multiply."""
    return (A * x).sum(axis=1).astype(np.float64)


@misconception("matvec_columns", loses=["test_matvec_columns_int32_overflow"])
def converts_the_product(A, x):
    """You convert after the multiplication. Where did the overflow happen?"""
    if x.shape != (A.shape[1],):
        raise ValueError("x must have one number for each column")
    return (A @ x).astype(np.float64)


@misconception("matvec_columns", loses=["test_matvec_columns_refuses_wrong_shapes"])
def trusts_broadcasting(A, x):
    """NumPy stretches a wrong x without a word. Which shape does x have to have?"""
    return (A.astype(np.float64) * x).sum(axis=1)


@misconception("matvec_columns", loses=["test_matvec_columns_refuses_wrong_shapes"])
def compares_the_length_only(A, x):
    """You compare len(x) only. Can x have two axes and still pass?"""
    if len(x) != A.shape[1]:
        raise ValueError("x must have one number for each column")
    return (A.astype(np.float64) @ x).reshape(-1)


@misconception(
    "matvec_columns",
    loses=[
        "test_matvec_columns",
        "test_matvec_columns_no_loops",
        "test_matvec_columns_int32_overflow",
        "test_matvec_columns_refuses_wrong_shapes",
    ],
)
def expects_a_column(A, x):
    """You take x only as a (D, 1) column. Which shape does the docstring give it?"""
    if x.shape != (A.shape[1], 1):
        raise ValueError("x must be a column")
    return (A.astype(np.float64) @ x).reshape(-1)


@misconception("matvec_columns", loses=["test_matvec_columns_no_loops"])
def adds_the_columns_in_a_loop(A, x):
    """Your sum is right, one column at a time. Can one operation multiply all columns?"""
    if x.shape != (A.shape[1],):
        raise ValueError("x must have one number for each column")
    total = np.zeros(len(A))
    for j in range(A.shape[1]):
        total += A[:, j].astype(np.float64) * x[j]
    return total


@misconception(
    "matvec_columns",
    loses=[
        "test_matvec_columns",
        "test_matvec_columns_no_loops",
        "test_matvec_columns_int32_overflow",
    ],
)
def weights_the_rows(A, x):
    """You weight the rows of A. Which axis of A does a number of x belong to?"""
    if x.shape != (A.shape[1],):
        raise ValueError("x must have one number for each column")
    rows = min(len(A), len(x))
    return np.resize((A.astype(np.float64)[:rows] * x[:rows, np.newaxis]).sum(axis=0), len(A))


@misconception(
    "matvec_columns",
    loses=[
        "test_matvec_columns",
        "test_matvec_columns_no_loops",
        "test_matvec_columns_int32_overflow",
    ],
)
def averages_the_columns(A, x):
    """You take the mean of the weighted columns. The text asks for their sum."""
    if x.shape != (A.shape[1],):
        raise ValueError("x must have one number for each column")
    return (A.astype(np.float64) * x).mean(axis=1)


@misconception(
    "matvec_columns",
    loses=[
        "test_matvec_columns",
        "test_matvec_columns_no_loops",
        "test_matvec_columns_int32_overflow",
        "test_matvec_columns_refuses_wrong_shapes",
    ],
)
def makes_the_result_as_long_as_x(A, x):
    """Your result has one number for each column. How many rows has A?"""
    if x.shape != (A.shape[1],):
        raise ValueError("x must have one number for each column")
    total = np.zeros(len(x))
    for j in range(len(x)):
        total += A[:, j].astype(np.float64) * x[j]
    return total


@misconception("matvec_columns", loses=["test_matvec_columns"])
def repairs_the_order_when_it_fails(A, x):
    """You turn x @ A round only if NumPy complains. Does a square matrix complain?"""
    if x.shape != (A.shape[1],):
        raise ValueError("x must have one number for each column")
    A, x = A.astype(np.float64), x.astype(np.float64)
    try:
        product = x @ A
    except ValueError:
        product = A @ x
    return product


@misconception(
    "matvec_columns",
    loses=["test_matvec_columns_no_loops", "test_matvec_columns_int32_overflow"],
)
def multiplies_in_float32(A, x):
    """float32 keeps about seven digits. How many has 43214 · 245124?"""
    if x.shape != (A.shape[1],):
        raise ValueError("x must have one number for each column")
    return (A.astype(np.float32) * x.astype(np.float32)).sum(axis=1).astype(np.float64)


@misconception("matvec_columns", loses=["test_matvec_columns_int32_overflow"])
def rescues_only_int32(A, x):
    """You convert int32, where the text saw it overflow. Which other integers are too small?"""
    if x.shape != (A.shape[1],):
        raise ValueError("x must have one number for each column")
    if A.dtype == np.int32:
        A = A.astype(np.float64)
    return (A * x).sum(axis=1).astype(np.float64)


@misconception("matvec_columns", loses=["test_matvec_columns_no_loops"])
def weights_the_columns_in_place(A, x):
    """`*=` may write into the matrix you were given. When does `asarray` make a copy?"""
    if x.shape != (A.shape[1],):
        raise ValueError("x must have one number for each column")
    A = np.asarray(A, dtype=np.float64)
    A *= x
    return A.sum(axis=1)


@alternative("matvec_columns")
def with_the_matrix_product(A, x):
    """A @ x does it in one step."""
    if x.ndim != 1 or len(x) != A.shape[1]:
        raise ValueError("x must have one number for each column")
    return A.astype(np.float64) @ x.astype(np.float64)


@alternative("matvec_columns")
def with_einsum(A, x):
    """The same sum, spelled out in letters."""
    if x.shape != A.shape[1:]:
        raise ValueError("x must have one number for each column")
    return np.einsum("nd,d->n", A, x, dtype=np.float64)


# ------------------------------------------------------------------ pairwise_sq_dists


@misconception(
    "pairwise_sq_dists",
    loses=["test_pairwise_sq_dists_large_numbers"],
)
def expands_the_square(A, B):
    """a² + b² − 2ab subtracts huge numbers from each other. What is left of a small difference?"""
    if A.shape[1] != B.shape[1]:
        raise ValueError("different numbers of columns")
    A, B = A.astype(np.float64), B.astype(np.float64)
    squares = (A**2).sum(axis=1)[:, np.newaxis] + (B**2).sum(axis=1)
    return squares - 2 * (A @ B.T)


@misconception("pairwise_sq_dists", loses=["test_pairwise_sq_dists_small_integers"])
def computes_in_the_dtype_given(A, B):
    """You subtract in the dtype that came in. What is 3 − 5 in uint8?"""
    if A.shape[1] != B.shape[1]:
        raise ValueError("different numbers of columns")
    return ((A[:, np.newaxis] - B) ** 2).sum(axis=2).astype(np.float64)


@misconception("pairwise_sq_dists", loses=["test_pairwise_sq_dists_small_integers"])
def converts_too_late(A, B):
    """You convert the differences, but they are wrong already. When must the conversion happen?"""
    if A.shape[1] != B.shape[1]:
        raise ValueError("different numbers of columns")
    differences = (A[:, np.newaxis] - B).astype(np.float64)
    return (differences**2).sum(axis=2)


@misconception("pairwise_sq_dists", loses=["test_pairwise_sq_dists_small_integers"])
def rescues_only_uint8(A, B):
    """You convert uint8. Which other integers are too small for a square?"""
    if A.shape[1] != B.shape[1]:
        raise ValueError("different numbers of columns")
    if A.dtype == np.uint8:
        A = A.astype(np.float64)
    return ((A[:, np.newaxis] - B) ** 2).sum(axis=2).astype(np.float64)


@misconception("pairwise_sq_dists", loses=["test_pairwise_sq_dists_two_tables"])
def shifts_the_table_in_place(A, B):
    """A shift changes no distance, but `-=` may change the caller's table. Whose array is it?"""
    if A.shape[1] != B.shape[1]:
        raise ValueError("different numbers of columns")
    A, shift = np.asarray(A, dtype=np.float64), B.mean(axis=0)
    B = B - shift
    A -= shift
    return ((A[:, np.newaxis] - B) ** 2).sum(axis=2)


@misconception(
    "pairwise_sq_dists",
    loses=[
        "test_pairwise_sq_dists_no_loops",
        "test_pairwise_sq_dists_two_tables",
        "test_pairwise_sq_dists_small_integers",
        "test_pairwise_sq_dists_large_numbers",
        "test_pairwise_sq_dists_refuses_different_widths",
    ],
)
def demands_equal_shapes(A, B):
    """You refuse tables with different numbers of rows. Which of their sizes must agree?"""
    if A.shape != B.shape:
        raise ValueError("different shapes")
    A, B = A.astype(np.float64), B.astype(np.float64)
    return ((A[:, np.newaxis] - B) ** 2).sum(axis=2)


@misconception("pairwise_sq_dists", loses=["test_pairwise_sq_dists_refuses_different_widths"])
def lets_one_column_stretch(A, B):
    """NumPy stretches a table of one column over the other. Compare the widths yourself."""
    A, B = A.astype(np.float64), B.astype(np.float64)
    return ((A[:, np.newaxis] - B) ** 2).sum(axis=2)


@misconception("pairwise_sq_dists", loses=["test_pairwise_sq_dists_no_loops"])
def compares_row_by_row(A, B):
    """Your distances are right, one row at a time. Which new axes make all pairs at once?"""
    if A.shape[1] != B.shape[1]:
        raise ValueError("different numbers of columns")
    B = B.astype(np.float64)
    return np.array([((row - B) ** 2).sum(axis=1) for row in A.astype(np.float64)])


@misconception(
    "pairwise_sq_dists",
    loses=[
        "test_pairwise_sq_dists",
        "test_pairwise_sq_dists_no_loops",
        "test_pairwise_sq_dists_two_tables",
        "test_pairwise_sq_dists_small_integers",
        "test_pairwise_sq_dists_large_numbers",
    ],
)
def takes_the_root(A, B):
    """You return distances. The text wants them squared."""
    if A.shape[1] != B.shape[1]:
        raise ValueError("different numbers of columns")
    A, B = A.astype(np.float64), B.astype(np.float64)
    return np.sqrt(((A[:, np.newaxis] - B) ** 2).sum(axis=2))


@misconception(
    "pairwise_sq_dists",
    loses=[
        "test_pairwise_sq_dists_no_loops",
        "test_pairwise_sq_dists_two_tables",
        "test_pairwise_sq_dists_small_integers",
        "test_pairwise_sq_dists_large_numbers",
        "test_pairwise_sq_dists_refuses_different_widths",
    ],
)
def puts_b_in_the_rows(A, B):
    """Your table is transposed. Which of A and B counts the rows of the result?"""
    if A.shape[1] != B.shape[1]:
        raise ValueError("different numbers of columns")
    A, B = A.astype(np.float64), B.astype(np.float64)
    return ((B[:, np.newaxis] - A) ** 2).sum(axis=2)


@misconception(
    "pairwise_sq_dists",
    loses=[
        "test_pairwise_sq_dists_no_loops",
        "test_pairwise_sq_dists_two_tables",
        "test_pairwise_sq_dists_small_integers",
        "test_pairwise_sq_dists_large_numbers",
        "test_pairwise_sq_dists_refuses_different_widths",
    ],
)
def compares_a_with_itself(A, B):
    """You compare the rows of A with each other. Where does B come in?"""
    if A.shape[1] != B.shape[1]:
        raise ValueError("different numbers of columns")
    A = A.astype(np.float64)
    return ((A[:, np.newaxis] - A) ** 2).sum(axis=2)


@misconception(
    "pairwise_sq_dists",
    loses=[
        "test_pairwise_sq_dists",
        "test_pairwise_sq_dists_no_loops",
        "test_pairwise_sq_dists_two_tables",
        "test_pairwise_sq_dists_small_integers",
        "test_pairwise_sq_dists_large_numbers",
    ],
)
def adds_absolute_differences(A, B):
    """You add absolute differences. The text squares each difference first."""
    if A.shape[1] != B.shape[1]:
        raise ValueError("different numbers of columns")
    A, B = A.astype(np.float64), B.astype(np.float64)
    return np.abs(A[:, np.newaxis] - B).sum(axis=2)


@alternative("pairwise_sq_dists")
def with_the_columns_in_front(A, B):
    """The axes in another order."""
    if A.shape[-1] != B.shape[-1]:
        raise ValueError("different numbers of columns")
    A, B = A.T.astype(np.float64), B.T.astype(np.float64)
    return np.square(A[:, :, None] - B[:, None, :]).sum(axis=0)


@alternative("pairwise_sq_dists")
def as_inner_products_of_differences(A, B):
    """Each difference with itself."""
    if A.shape[1] != B.shape[1]:
        raise ValueError("different numbers of columns")
    d = np.expand_dims(A.astype(np.float64), 1) - np.expand_dims(B.astype(np.float64), 0)
    return np.einsum("nmd,nmd->nm", d, d)

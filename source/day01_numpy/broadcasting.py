# %% [markdown]
# # NumPy: broadcasting, views and vectorisation
#
# **Time** about 80 minutes · **Points** 40 · **You need** Python functions, lists and tuples
#
# After this notebook you can
#
# - tell an array's rank, shape and dtype, and say what goes wrong with a wrong one;
# - predict the shape of `a - b` before you run it, and repair it when it fails;
# - say whether an array is a view or a copy, and who else sees a change;
# - replace loops by operations on whole arrays, and check that nothing changed but the time.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 Rank, shape, dtype | `normalize_image` | 15 | 3 |
# | 2 Broadcasting | `broadcast_shape`, `center_columns`, `center_rows`, `standardize` | 35 | 20 |
# | 3 Views and copies | `view_assign`, `copy_assign` | 12 | 6 |
# | 4 Vectorisation | `matvec_columns`, `pairwise_sq_dists` | 18 | 11 |
#
# Each exercise has a check to run right below it. More checks run when your work is graded.
# They try other inputs; they never ask for more than the text does.
#
# Three rules hold everywhere, unless an exercise says otherwise. Return a **new** array.
# Leave the arguments as they are. Take integers, and return `float64`.

# %% [markdown]
# **Tools.** `numpy` computes, `matplotlib` draws, `time` is our stopwatch. From our own `course`
# package come the checks, some pictures and a table: three exam scores and the final score of
# 25 students.

# %% locked="setup"
import time

import matplotlib.pyplot as plt
import numpy as np

from course.checks import (
    check_array,
    check_equal,
    check_no_loops,
    check_no_shared_memory,
    check_raises,
    check_shares_memory,
    check_unchanged,
)
from course.datasets import load_score
from course.plots import COLORS, draw_broadcast

score = load_score()
exams = score[["exam1", "exam2", "exam3"]].to_numpy()

# %%
print(exams.shape)
score.head()

# %% [markdown]
# ## 1 Rank, shape, dtype
#
# An array (배열) is a block of numbers of one kind. Three facts describe it:
#
# | fact | question | the table `exams` |
# |---|---|---|
# | rank (차원 수), `x.ndim` | how many axes? | 2 |
# | shape (형태), `x.shape` | how long is each axis? | (25, 3) |
# | dtype (자료형), `x.dtype` | what kind of number? | float64 |
#
# Here *rank* counts axes. (In linear algebra the word means something else.)
#
# **Guess first, then run:** what are rank and shape of each of these?

# %%
for value in [4, [1, 2, 3], [[1, 2, 3], [4, 5, 6]], [[1], [2], [3]]]:
    x = np.array(value)
    print(f"{value!s:24} rank {x.ndim}   shape {x.shape!s:7} {x.dtype}")

# %% [markdown]
# `(3,)` and `(3, 1)` hold the same three numbers, yet they are different shapes.
# Part 2 shows how much trouble that makes.
#
# ### The dtype decides the answer
#
# The lecture asks: human or machine, who is better at 43214 × 245124? The answer is
# 10 592 788 536. Ask the machine three times:

# %%
for dtype in ["int32", "int64", "float64"]:
    product = np.array([43214], dtype=dtype) * np.array([245124], dtype=dtype)
    print(f"{dtype:8} {product[0]:.0f}")

# %% [markdown]
# `int32` is wrong, without an error or a warning. Its largest number is 2 147 483 647. Beyond it
# the count starts again at the bottom. That is overflow (오버플로).
#
# Images are worse: a pixel is a `uint8`, a whole number from 0 to 255. After 255 comes 0.
#
# **By hand:** a pixel of 200 gets brighter by 100. 300 does not fit, 300 − 256 = 44 is stored.
# The bright pixel turned dark.

# %%
pixels = np.array([50, 200], dtype=np.uint8)
pixels + 100

# %% [markdown]
# ### `view` and `astype`
#
# There are two ways to get another dtype. `x.astype(dtype)` *converts* the numbers into a copy.
# `x.view(dtype)` keeps the bytes and *reads them differently*.
#
# **Guess first:** 256 takes two bytes. What will the second line show?

# %%
x = np.array([1, 2, 256], dtype=np.int16)
print("astype float64:", x.astype(np.float64))
print("view as uint8: ", x.view(np.uint8))

# %% [markdown]
# An `int16` takes two bytes, and most computers store the lower one first: 256 = 0 + 1 · 256 is
# `0 1`. To convert numbers, you want `astype`.
#
# ### Exercise: `normalize_image`
#
# The lecture's image is 300 × 100 pixels with 3 colours. NumPy counts rows first, so its shape is
# (100, 300, 3). A classifier wants one long row of numbers between 0 and 1 instead.
#
# **By hand:** one row of two pixels, `[[[0, 51, 102], [153, 204, 255]]]`, shape (1, 2, 3).
# Divide by 255 and lay it flat: `[0, 0.2, 0.4, 0.6, 0.8, 1]`, shape (6,).

# %% solution="normalize_image"
def normalize_image(img):
    """Scale an image from 0..255 to [0, 1] and lay it flat.

    img: whole numbers from 0 to 255, mostly of dtype uint8, shape (H, W, C).
    Returns float64, shape (H * W * C,): each number divided by 255. The order is that of
    `reshape`: row by row, pixel by pixel, colour by colour.
    Raises ValueError if img does not have exactly three axes.
    """
    ### BEGIN SOLUTION
    if img.ndim != 3:
        raise ValueError(f"an image has shape (H, W, C), not {img.shape}")
    flat = img.astype(np.float64).reshape(-1) / 255
    ### END SOLUTION
    return flat


# %% tests="normalize_image" points=1
tiny = np.array([[[0, 51, 102], [153, 204, 255]]], dtype=np.uint8)
check_array(
    normalize_image(tiny),
    [0, 0.2, 0.4, 0.6, 0.8, 1.0],
    "normalize_image of one row of two pixels",
    kind="f",
)

# %% tests="normalize_image" idea="dim_images" points=1 hint="The largest value of a uint8 is 255. The largest value of this image need not be."
### BEGIN HIDDEN TESTS
dim = np.arange(10, 94, dtype=np.uint8).reshape(4, 7, 3)[:, ::-1]
check_array(
    normalize_image(dim), dim.ravel().astype(np.float64) / 255, "normalize_image of a dim image"
)
full_range = np.array([[[0, 1, 2], [3, 50, 200]], [[254, 255, 128], [64, 0, 9]]])
check_array(
    normalize_image(full_range), np.ravel(full_range) / 255.0, "normalize_image of int64 values"
)
floats = full_range.astype(np.float64)
check_unchanged(lambda: normalize_image(floats), "normalize_image", img=floats)
### END HIDDEN TESTS

# %% tests="normalize_image" idea="refuses_what_is_no_image" points=1 hint="How many axes does an image have? Look at img.ndim before you compute."
### BEGIN HIDDEN TESTS
stack = np.full((2, 4, 5, 1), 7, dtype=np.uint8)
check_equal(np.shape(normalize_image(stack[0])), (20,), "the shape for an image of (4, 5, 1)")
check_raises(
    ValueError, lambda: normalize_image(np.full((4, 5), 7, dtype=np.uint8)), "an image with 2 axes"
)
check_raises(ValueError, lambda: normalize_image(stack), "a stack of images, with 4 axes")
### END HIDDEN TESTS

# %% [markdown]
# #### What just happened
#
# The same image, brighter by 100, computed in two dtypes.

# %% show="brighter"
ramp = np.linspace(0, 255, 300).astype(np.uint8)
image = np.zeros((100, 300, 3), dtype=np.uint8)
image[:, :, 0] = ramp
image[:, :, 1] = ramp[::-1]
image[30:70, 120:180] = 200

wrapped = image + 100
bright = np.clip(normalize_image(image).reshape(image.shape) + 100 / 255, 0, 1)

fig, axes = plt.subplots(1, 3, figsize=(10, 1.9), layout="constrained")
pictures = {"original": image, "uint8: wraps around": wrapped, "float64, clipped at 1": bright}
for ax, (title, picture) in zip(axes, pictures.items(), strict=True):
    ax.imshow(picture)
    ax.set_title(title)
    ax.axis("off")

# %% [markdown]
# In the middle, the light square turned dark: 200 + 100 became 44. Where a colour passed 255,
# it jumped to 0, and the picture shows hard edges that are not there.
# Floats have room, so we can clip on purpose.

# %% [markdown]
# ## 2 Broadcasting
#
# Two arrays of *different* shapes can still be added or subtracted. NumPy stretches the smaller
# one, without copying anything. That is broadcasting (브로드캐스팅).
#
# Run the pictures. Three times we subtract means from the same table: those of its columns, those
# of its rows as a column, and those of its rows as they come. (To subtract m is to add −m.)

# %% show="stretching"
x = np.array([[1, 2, 3], [3, 5, 7]])
column_means, row_means = x.mean(axis=0), x.mean(axis=1)
for b in [-column_means, -row_means.reshape(2, 1), -row_means]:
    draw_broadcast(x, b)

# %% [markdown]
# The rule, in four steps:
#
# 1. Write the two shapes below each other, **aligned at the right**.
# 2. Put 1s in front of the shorter one.
# 3. Each pair of sizes must be **equal, or one of them 1**. Else: `ValueError`.
# 4. A size of 1 is stretched to the other size.
#
# ```text
#  x          (2, 3)    x      (2, 3)    x          (2, 3)
#  m   (3,) → (1, 3)    m      (2, 1)    m   (2,) → (1, 2)
#              ↓  ↓             ↓  ↓                 ↓  ↓
#  x − m      (2, 3)    x − m  (2, 3)        3 above 2: error
# ```
#
# So `m.reshape(2, 1)` repairs the last one. Three more ways to get a column:
# `m.reshape(-1, 1)` counts the rows itself; in `m[:, np.newaxis]` the new axis has size 1; and
# `x.mean(axis=1, keepdims=True)` keeps the averaged axis, with size 1.
#
# A slide says that each size of the result is the larger of the two. True, but for one case: an
# empty axis. A 1 beside a 0 is stretched, like any 1, to the other size: 0.

# %%
x = np.array([[1, 2, 3], [3, 5, 7]])
m = np.array([2.0, 5.0])
try:
    x - m
except ValueError as error:
    print("ValueError:", error)
print(x - m.reshape(2, 1))
print("a 1 beside a 0:", (np.ones((4, 1)) + np.ones((4, 0))).shape)

# %% [markdown]
# ### Exercise: `broadcast_shape`
#
# Write the rule as a function. A tuple grows with `shape += (size,)`, and `(1,) * 2` is
# `(1, 1)`.

# %% solution="broadcast_shape"
def broadcast_shape(a, b):
    """Shape of the sum of an array of shape a and one of shape b.

    a, b: shapes, tuples of integers >= 0 of any length; () is the shape of a single number.
    Returns a tuple of integers.
    Raises ValueError if the shapes do not fit.

    Work on the sizes alone. They may be far larger than any array could be, such as 10**12,
    where `np.broadcast_shapes` gives up.
    """
    ### BEGIN SOLUTION
    rank = max(len(a), len(b))
    padded_a = (1,) * (rank - len(a)) + a
    padded_b = (1,) * (rank - len(b)) + b
    shape = ()
    for m, n in zip(padded_a, padded_b, strict=True):
        if m != n and m != 1 and n != 1:
            raise ValueError(f"{a} and {b} do not fit: {m} and {n} differ and neither is 1")
        shape += (n if m == 1 else m,)
    ### END SOLUTION
    return shape


# %% tests="broadcast_shape" points=1
check_equal(broadcast_shape((2, 3), (3,)), (2, 3), "broadcast_shape((2, 3), (3,))")
check_equal(broadcast_shape((2, 3), (2, 1)), (2, 3), "broadcast_shape((2, 3), (2, 1))")
check_raises(
    ValueError,
    lambda: broadcast_shape((2, 3), (2,)),
    "broadcast_shape((2, 3), (2,))",
    hint="Align the shapes at the right: which size stands below the 3?",
)

# %% tests="broadcast_shape" idea="either_may_be_shorter" points=1 hint="Either shape may be the shorter one, by more than one axis, or even be (). Where do the 1s go?"
### BEGIN HIDDEN TESTS
check_equal(broadcast_shape((3,), (4, 1, 3)), (4, 1, 3), "(3,) with (4, 1, 3)")
check_equal(broadcast_shape((), (5, 2)), (5, 2), "() with (5, 2)")
check_equal(broadcast_shape((6, 5, 4, 3), (4, 3)), (6, 5, 4, 3), "(6, 5, 4, 3) with (4, 3)")
### END HIDDEN TESTS

# %% tests="broadcast_shape" idea="both_are_stretched" points=1 hint="Can each of the two shapes be stretched, on different axes, in one operation?"
### BEGIN HIDDEN TESTS
check_equal(broadcast_shape((4,), (3, 1)), (3, 4), "(4,) with (3, 1)")
check_equal(broadcast_shape((7, 1, 2, 1), (6, 1, 5)), (7, 6, 2, 5), "(7, 1, 2, 1) with (6, 1, 5)")
### END HIDDEN TESTS

# %% tests="broadcast_shape" idea="an_empty_axis" points=1 hint="A 1 beside a 0 is stretched too. To which size?"
### BEGIN HIDDEN TESTS
check_equal(broadcast_shape((0, 1, 3), (4, 1, 0, 1)), (4, 0, 0, 3), "(0, 1, 3), (4, 1, 0, 1)")
check_raises(ValueError, lambda: broadcast_shape((0, 3), (2, 3)), "(0, 3) with (2, 3)")
### END HIDDEN TESTS

# %% tests="broadcast_shape" idea="refuses_what_does_not_fit" points=1 hint="Every pair of sizes must fit, also the first one. Is 2 below 4 a fit?"
### BEGIN HIDDEN TESTS
check_equal(len(broadcast_shape((4, 3), (4, 1))), 2, "the length of the shape for two tables")
for first, second in [((4, 3), (2, 3)), ((3,), (6,)), ((3, 4), (4, 3)), ((5, 1, 2), (3, 4, 2))]:
    check_raises(
        ValueError, lambda a=first, b=second: broadcast_shape(a, b), f"{first} with {second}"
    )
### END HIDDEN TESTS

# %% tests="broadcast_shape" idea="huge_sizes" points=1 hint="The sizes are only numbers. You need no array to compare them."
### BEGIN HIDDEN TESTS
huge = 10**12
check_equal(broadcast_shape((huge, 1), (1, huge)), (huge, huge), "(10**12, 1) with (1, 10**12)")
check_equal(broadcast_shape((3, huge), (1,)), (3, huge), "(3, 10**12) with (1,)")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: centre the columns
#
# To centre (중심화) a column, subtract its mean. Then 0 means "average".
# We do it for every feature (특성, a column) before training.
#
# **By hand:** the columns of `[[1, 2, 3], [3, 5, 7]]` have the means 2, 3.5 and 5. So
#
# $$\begin{bmatrix}1&2&3\\3&5&7\end{bmatrix}-\begin{bmatrix}2&3.5&5\end{bmatrix}
# =\begin{bmatrix}-1&-1.5&-2\\1&1.5&2\end{bmatrix}$$
#
# `axis` names the axis that **disappears**. `X.mean(axis=0)` of an (N, D) table averages over
# the N rows and leaves (D,). Does (N, D) − (D,) fit?

# %% solution="center_columns"
def center_columns(X):
    """Subtract from each column its mean.

    X: table of integers or floats, shape (N, D).
    Returns a new float64 array, shape (N, D), whose columns have mean 0.
    """
    ### BEGIN SOLUTION
    centred = X - X.mean(axis=0)
    ### END SOLUTION
    return centred


# %% tests="center_columns" points=1
check_array(
    center_columns(np.array([[1, 2, 3], [3, 5, 7]])),
    [[-1.0, -1.5, -2.0], [1.0, 1.5, 2.0]],
    "center_columns([[1, 2, 3], [3, 5, 7]])",
)

# %% tests="center_columns" idea="more_rows" points=1 hint="Two rows are a special case. Is it the mean of each column, for any number of rows and columns?"
### BEGIN HIDDEN TESTS
for X in [
    np.array([[4, 0, 9], [1, 7, 7], [5, 2, -3], [0, 0, 1], [12, 1, 1]]),
    np.array([[2.0, 9.0, 1.0], [4.0, -3.0, 0.5], [9.0, 1.0, 7.0]]),
    np.array([[3, 1], [8, 6], [1, 1], [0, 5]], dtype=np.uint8),
]:
    expected = X - np.mean(X, axis=0)
    check_array(center_columns(X), expected, f"center_columns, shape {X.shape}")
### END HIDDEN TESTS

# %% tests="center_columns" idea="leaves_its_argument_alone" points=1 hint="After the call, is X what it was? Try a float64 table: operators like -= write into the array they are given."
### BEGIN HIDDEN TESTS
heights = np.array([[1.5, 2.0], [2.5, 7.0], [8.0, 9.0]])
expected = heights - [4.0, 6.0]
check_unchanged(lambda: center_columns(heights), "center_columns", X=heights)
check_array(center_columns(heights), expected, "center_columns of a float table")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: centre the rows
#
# Now subtract from each *row* its mean. **By hand:** the row means are 2 and 5, so the result is
# `[[-1, 0, 1], [-2, 0, 2]]`. The means have shape (N,). Does (N, D) − (N,) fit?
#
# Beware of square tables: there the wrong version runs without an error.

# %% solution="center_rows"
def center_rows(X):
    """Subtract from each row its mean.

    X: table of integers or floats, shape (N, D).
    Returns a new float64 array, shape (N, D), whose rows have mean 0.
    """
    ### BEGIN SOLUTION
    centred = X - X.mean(axis=1, keepdims=True)
    ### END SOLUTION
    return centred


# %% tests="center_rows" points=1
check_array(
    center_rows(np.array([[1, 2, 3], [3, 5, 7]])),
    [[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0]],
    "center_rows([[1, 2, 3], [3, 5, 7]])",
)

# %% tests="center_rows" idea="square_tables" points=1 hint="In a square table the means fit both ways round. Is each mean subtracted from its own row?"
### BEGIN HIDDEN TESTS
for X in [
    np.array([[1, 9], [4, 2]]),
    np.array([[1.0, 2.0, 6.0], [0.0, 5.0, 7.0], [8.0, 8.0, 2.0]]),
]:
    check_array(center_rows(X), (X.T - np.mean(X, axis=1)).T, f"center_rows, shape {X.shape}")
### END HIDDEN TESTS

# %% tests="center_rows" idea="other_shapes" points=1 hint="Try tables with more rows, with a single row, and with floats. Is X unchanged afterwards?"
### BEGIN HIDDEN TESTS
for X in [
    np.array([[5.0, 1.0, 0.0, 2.0]]),
    np.array([[3, 1], [8, 6], [1, 2], [0, 5], [7, 7]]),
    np.array([[0.5, 4.0, 2.0], [1.0, 9.0, 3.5], [6.0, 2.0, 0.0], [1.0, 1.0, 8.0]]),
]:
    expected = np.array([row - np.mean(row) for row in X])
    check_unchanged(lambda X=X: center_rows(X), "center_rows", X=X)
    check_array(center_rows(X), expected, f"center_rows, shape {X.shape}")
### END HIDDEN TESTS

# %% [markdown]
# ### The silent trap: (N,) − (N, 1)
#
# Someone predicts the final score as ½ exam1 + ½ exam2 + exam3. Here are the first five students,
# and the mean squared error of the predictions. By hand, the differences are
# −0.5, −1.5, 0, 1, −2.5. Their squares add up to 9.75, so the mean is 1.95.

# %%
predicted = np.array([151.5, 183.5, 180.0, 197.0, 139.5])
final = np.array([152.0, 185.0, 180.0, 196.0, 142.0])
print("shapes (5,) and (5,):  ", np.mean((predicted - final) ** 2))

final_as_column = final.reshape(5, 1)
print("shapes (5,) and (5, 1):", np.mean((predicted - final_as_column) ** 2))

# %% [markdown] manual="silent_trap" points=2
# **Question (2 points, read by a person).** The second number is wrong, and no error appeared.
# Which shape has `predicted - final_as_column`, and why? What are the numbers in it?
# How would you notice such a mistake in your own program? Three sentences are enough.
#
# ### BEGIN SOLUTION
# **Model answer.** (5,) becomes (1, 5); beside (5, 1) both are stretched, so the difference has
# shape (5, 5). Entry (i, j) is prediction j minus the final score of student i: 20 of the 25
# numbers compare two different students, and the mean is taken over all 25. I would notice by
# comparing the shapes before I subtract, or by computing a small example by hand. (One point for
# the shape with its reason, one for a way to notice.)
# ### END SOLUTION

# %% [markdown]
# ### Exercise: `standardize`
#
# The exams have up to 100 points, the final up to 200: different scales. To standardise (표준화)
# a column, subtract its mean and divide by its standard deviation (표준편차):
#
# $$z_{ij}=\frac{x_{ij}-\mu_j}{\sigma_j},\qquad
# \sigma_j=\sqrt{\frac1N\sum_i (x_{ij}-\mu_j)^2}$$
#
# Now every column has mean 0 and standard deviation 1. Divide by N, as `X.std(axis=0)` does.
#
# **By hand:** the column 1, 3 has mean 2 and standard deviation √((1 + 1) / 2) = 1.
# It becomes −1, 1.
#
# Two more things to settle:
#
# - **New data.** What we did to the training data must be done to new data, with the *training*
#   mean and standard deviation. So they are returned, and can be passed in.
# - **A constant column** has standard deviation 0, and 0 / 0 is no number. We divide by 1 there.

# %% solution="standardize"
def standardize(X, mean=None, std=None):
    """Standardise each column.

    X: table of integers or floats, shape (N, D).
    mean, std: the numbers to subtract and to divide by, shape (D,). If they are not given, they
        are those of X's columns, std with division by N. Pass both or neither.
    Where std is exactly 0, given or computed, use 1 instead.
    Returns (Z, mean, std): Z, float64 of shape (N, D); then the mean and the std that were used,
        shape (D,), the 1s included. Change none of the arguments.
    """
    ### BEGIN SOLUTION
    if mean is None:
        mean = X.mean(axis=0)
    if std is None:
        std = X.std(axis=0)
    std = np.where(std == 0, 1.0, std)
    Z = (X - mean) / std
    ### END SOLUTION
    return Z, mean, std


# %% tests="standardize" points=2
ten_students = exams[:10].copy()
Z, mean, std = standardize(ten_students)
check_array(mean, [75.9, 74.8, 79.8], "the mean of ten students")
check_array(
    std,
    [15.5720904184, 15.1776150959, 14.1124058899],
    "the std of ten students",
    hint="Divide by N, not by N - 1.",
)
check_array(
    Z,
    (ten_students - ten_students.mean(axis=0)) / np.sqrt(np.var(ten_students, axis=0)),
    "the standardised scores of ten students",
)

# %% tests="standardize" idea="new_data" points=2 hint="If mean and std are given, are they the ones that are used, and returned?"
### BEGIN HIDDEN TESTS
new = np.array([[6, 1], [2, 5], [-4, 3]])
got, got_mean, got_std = standardize(new, mean=np.array([2.0, 3.0]), std=np.array([8.0, 0.5]))
check_array(got, [[0.5, -4.0], [0.0, 4.0], [-0.75, 0.0]], "new data with the training mean and std")
check_array(got_mean, [2.0, 3.0], "the mean that was passed in")
check_array(got_std, [8.0, 0.5], "the std that was passed in")
### END HIDDEN TESTS

# %% tests="standardize" idea="constant_columns" points=1 hint="A column whose std is 0: what is divided by there, and which std is returned?"
### BEGIN HIDDEN TESTS
table = np.array([[1, 7, 4], [3, 7, 8], [8, 7, 0]])
got, got_mean, got_std = standardize(table)
check_array(got_mean, [4.0, 7.0, 4.0], "the mean of a table with a constant column")
check_array(got_std, [np.sqrt(26 / 3), 1.0, np.sqrt(32 / 3)], "the std with a constant column")
check_array(got, (table - [4, 7, 4]) / got_std, "a table with a constant column")
got, _, got_std = standardize(table, np.array([0.0, 5.0, 0.0]), np.array([0.0, 4.0, 2.0]))
check_array(got_std, [1.0, 4.0, 2.0], "a given std that holds a 0")
check_array(got, [[1, 0.5, 2], [3, 0.5, 4], [8, 0.5, 0]], "a given std that holds a 0", kind="f")
### END HIDDEN TESTS

# %% tests="standardize" idea="leaves_its_arguments_alone" points=1 hint="Print X, mean and std before and after a call. Also give it a std that holds a 0."
### BEGIN HIDDEN TESTS
floats = np.array([[1.0, 4.0], [2.0, 9.0], [6.0, 5.0]])
expected = (floats - [3.0, 6.0]) / np.std(floats, axis=0)
got, _, _ = standardize(floats)
check_array(got, expected, "a table of floats")
given_mean, given_std = np.array([1.0, 2.0]), np.array([0.0, 2.0])
check_unchanged(
    lambda: standardize(floats, given_mean, given_std),
    "standardize",
    X=floats,
    mean=given_mean,
    std=given_std,
)
### END HIDDEN TESTS

# %% [markdown]
# #### What just happened
#
# Three exams and the final score of 25 students, one heat map a step. Your plot should look
# like this:

# %% [markdown] picture="three_tables"
# ![Three heat maps of 25 students, three exams and the final score. Raw: the final stands out.
# Centred: white is average, and the final still has the strongest colours. Standardised: all four
# rows have colours of equal strength.](attachment:three_tables.png)

# %% show="three_tables"
points = score.to_numpy()
Z, mean, std = standardize(points)
steps = {
    "raw: in points": (points, "viridis", 0, 200),
    "centred: 0 is average": (center_columns(points), "RdBu_r", -60, 60),
    "standardised: 1 is one standard deviation": (Z, "RdBu_r", -3, 3),
}
fig, axes = plt.subplots(3, 1, figsize=(9, 6), layout="constrained")
for ax, (title, (table, colours, low, high)) in zip(axes, steps.items(), strict=True):
    drawn = ax.imshow(table.T, cmap=colours, vmin=low, vmax=high, aspect="auto")
    ax.set_yticks(range(4), score.columns)
    ax.set_xticks(range(25))
    ax.set_title(title, loc="left", fontsize=10)
    fig.colorbar(drawn, ax=ax)
axes[-1].set_xlabel("student")
print("column means of Z:", np.abs(Z.mean(axis=0)).round(12))
print("column stds of Z: ", Z.std(axis=0).round(12))

# %% [markdown]
# Raw, the final drowns the exams. Centred, white means average, but the final still has the
# strongest colours: its unit is larger. Standardised, all four rows speak with one voice.
# Student 5 (counting from 0) is more than two standard deviations below average in all of them.

# %% [markdown]
# ## 3 Views and copies
#
# Two arrays can show the same numbers for two reasons: they look at the same memory, or one was
# copied from the other. In this picture, boxes of one colour are the same memory:

# %% [markdown] picture="memory"
# ![Five blue boxes named x. Below, two blue boxes named y, joined by dashed lines to the second
# and third box of x: a view. Below that, two orange boxes named z: a
# copy.](attachment:memory.png)

# %% [markdown]
# - A slice, `x[1:3]`, is a view (뷰): another window onto the **same** boxes.
# - Picking by positions, `x[[1, 2]]`, makes a copy (복사본) with boxes of its **own**. That is
#   fancy indexing (팬시 인덱싱).
# - Picking by a condition, `x[x >= 2]`, makes a copy too. `x >= 2` is a boolean mask (불리언
#   마스크): one True or False for each value.
#
# **By hand.** Write down the four lines that this prints. Then run it.

# %%
x = np.arange(5)
view = x[1:3]
view[1] = -1
print("x   ", x)
x[2] = 10
print("x   ", x, "  view", view)

x = np.arange(5)
copy = x[[1, 2]]
copy[1] = -1
print("x   ", x, "  copy", copy)

x = np.arange(5)
large = x[x >= 2]
x[3] = 10
print("x   ", x, " large", large)

# %% [markdown]
# Writing through the view changed `x`, and writing to `x` changed the view. The copies and their
# `x` go separate ways.
#
# When in doubt, ask: `np.shares_memory(x, y)`. When you want a copy of a slice: `x[1:3].copy()`.
#
# ### Exercise: `view_assign`
#
# This is the one function here that is *meant* to change its argument.

# %% solution="view_assign" mutates="x"
def view_assign(x, start, stop, k, v):
    """Write v at position k of the slice x[start:stop], so that x changes too.

    x: one-dimensional array. It is changed.
    start, stop: the slice, 0 <= start < stop <= len(x).
    k: position counted inside the slice, 0 <= k < stop - start.
    v: the number to write.
    Returns the view x[start:stop], shape (stop - start,), with x's own dtype.
    """
    ### BEGIN SOLUTION
    view = x[start:stop]
    view[k] = v
    ### END SOLUTION
    return view


# %% tests="view_assign" points=1
x = np.arange(5)
view = view_assign(x, 1, 3, 1, -1)
check_array(view, [1, -1], "view_assign(arange(5), 1, 3, 1, -1)")
# kept: shows the effect of a copy before the memory is compared
check_array(x, [0, 1, -1, 3, 4], "x afterwards", hint="Writing to a view writes to x.")
check_shares_memory(view, x, "the array that view_assign returns")

# %% tests="view_assign" idea="other_places" points=2 hint="k counts from the start of the slice. And after the call, does the view still see what is written to x?"
### BEGIN HIDDEN TESTS
x = np.arange(10, 18)
view = view_assign(x, 2, 7, 1, -5)
x[6] = 100
check_array(view, [12, -5, 14, 15, 100], "the view x[2:7] of eight numbers, after x[6] = 100")
check_array(x, [10, 11, 12, -5, 14, 15, 100, 17], "x after writing through x[2:7]")
decimals = np.array([0.5, 1.5, 2.5, 3.5])
view = view_assign(decimals, 0, 4, 2, 9.25)
check_array(view, [0.5, 1.5, 9.25, 3.5], "a view of the whole array")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: `copy_assign`
#
# The opposite: `x` must stay as it is.

# %% solution="copy_assign"
def copy_assign(x, idx, k, v):
    """Pick values of x into a copy, and write v at position k of the copy.

    x: one-dimensional array, shape (N,). It stays as it is.
    idx: what to pick. Either positions, a list or an array of M integers in any order, repeats
        allowed; or a boolean mask, an array of shape (N,) that is True at M places.
    k: position counted inside the copy, 0 <= k < M.
    v: the number to write.
    Returns the copy, shape (M,), with x's own dtype.
    """
    ### BEGIN SOLUTION
    copy = x[idx]
    copy[k] = v
    ### END SOLUTION
    return copy


# %% tests="copy_assign" points=1
x = np.arange(5)
copy = copy_assign(x, [1, 2], 1, -1)
check_array(copy, [1, -1], "copy_assign(arange(5), [1, 2], 1, -1)")
check_array(x, [0, 1, 2, 3, 4], "x afterwards", hint="x must stay as it is.")
# kept: the counterpart of view_assign's last check
check_no_shared_memory(copy, x, "the array that copy_assign returns")

# %% tests="copy_assign" idea="boolean_masks" points=1 hint="What do you get for a mask such as x >= 2? It holds one True or False for each value of x."
### BEGIN HIDDEN TESTS
x = np.array([4, -1, 7, 0, 9, 2])
copy = copy_assign(x, x >= 2, 2, 50)
check_array(copy, [4, 7, 50, 2], "copy_assign with the mask x >= 2")
check_array(x, [4, -1, 7, 0, 9, 2], "x after copy_assign with a mask")
decimals = np.array([0.5, 1.5, 2.5])
check_array(
    copy_assign(decimals, np.array([True, False, True]), 0, 8.25), [8.25, 2.5], "a mask over floats"
)
### END HIDDEN TESTS

# %% tests="copy_assign" idea="any_order_and_repeats" points=1 hint="Positions may come in any order, and twice. Does each get its own place in the copy?"
### BEGIN HIDDEN TESTS
x = np.array([10, 20, 30, 40, 50])
copy = copy_assign(x, [3, 0, 3], 0, -7)
check_array(copy, [-7, 10, 40], "copy_assign with positions [3, 0, 3]")
check_array(x, [10, 20, 30, 40, 50], "x after copy_assign with positions [3, 0, 3]")
copy = copy_assign(x, np.array([4, 2, 1, 2]), 2, 0)
check_array(copy, [50, 30, 0, 30], "copy_assign with positions [4, 2, 1, 2]")
### END HIDDEN TESTS

# %% [markdown]
# #### What just happened
#
# The picture from the start of this part, now drawn by your own functions: `y` comes from
# `view_assign`, `z` from `copy_assign`. The colour is decided by `np.shares_memory`.

# %% show="memory"
x = np.arange(5)
y = view_assign(x, 1, 3, 1, -1)
z = copy_assign(x, [1, 2], 1, 99)

fig, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
ax.set(xlim=(-1, 9), ylim=(0.2, 5.2), aspect="equal")
ax.axis("off")
ax.text(5.3, 4.5, "its own five boxes", va="center")
ax.text(5.3, 2.7, "a view: two of x's boxes", va="center")
ax.text(5.3, 0.9, "a copy: two new boxes", va="center")
for values, left, top, name in [(x, 0, 5, "x"), (y, 1, 3.2, "y"), (z, 1, 1.4, "z")]:
    colour = COLORS["sky"] if np.shares_memory(values, x) else COLORS["orange"]
    ax.text(-0.4, top - 0.5, name, ha="right", va="center", fontsize=13)
    for k, value in enumerate(values):
        box = plt.Rectangle((left + k, top - 1), 1, 1, facecolor=colour, edgecolor="black")
        ax.add_patch(box)
        ax.text(left + k + 0.5, top - 0.5, value, ha="center", va="center")
for edge in [1, 3]:
    ax.plot([edge, edge], [3.25, 3.95], color="0.5", linestyle="--")

# %% [markdown]
# ## 4 Vectorisation
#
# Vectorisation (벡터화) means: say it once for the whole array, and let compiled code do the loop.
# The lecture promises tens of times the speed. First the pieces of linear algebra that we need.
#
# ### Two ways to read $A\mathbf x$
#
# $$\begin{bmatrix}1&2&3\\4&5&6\end{bmatrix}\begin{bmatrix}7\\9\\11\end{bmatrix}
# =\begin{bmatrix}1\cdot7+2\cdot9+3\cdot11\\4\cdot7+5\cdot9+6\cdot11\end{bmatrix}
# =7\begin{bmatrix}1\\4\end{bmatrix}+9\begin{bmatrix}2\\5\end{bmatrix}
# +11\begin{bmatrix}3\\6\end{bmatrix}=\begin{bmatrix}58\\139\end{bmatrix}$$
#
# - **By rows**: each result is an inner product (내적) of a row of $A$ with $\mathbf x$.
# - **By columns**: the result is a sum of the columns of $A$, weighted by $\mathbf x$.
#
# `@` is the matrix product. In $C=AB$, each column of $C$ is $A$ times that column of $B$.
# An outer product (외적) is a column times a row: broadcasting (N, 1) with (M,).

# %%
A = np.array([[1, 2, 3], [4, 5, 6]])
B = np.array([[7, 8], [9, 10], [11, 12]])
print("A @ B\n", A @ B)
print("its first column, A @ B[:, 0]:", A @ B[:, 0])
print("inner product of [1 2 3] and [7 9 11]:", np.sum(A[0] * B[:, 0]))
print("outer product of [1 4] and [7 8]:\n", A[:, 0].reshape(2, 1) * B[0])

# %% [markdown]
# ### Exercise: `matvec_columns`
#
# Compute $A\mathbf x$ by columns. `A * x` broadcasts (N, D) with (D,): column j is
# multiplied by x[j]. One sum is missing. Which axis must disappear?
#
# Two old friends are waiting. Small integers overflow: convert first. And a wrong shape of `x`
# may broadcast in silence: refuse it.

# %% solution="matvec_columns"
def matvec_columns(A, x):
    """Matrix times vector: the sum of A's columns, each weighted by a number of x.

    A: matrix of integers (of any integer dtype) or floats, shape (N, D).
    x: weights, shape (D,).
    Returns float64, shape (N,), computed in float64 so that no integer overflows.
    Raises ValueError unless x has exactly the shape (D,).
    Write no loop, comprehension or map.
    """
    ### BEGIN SOLUTION
    if x.shape != (A.shape[1],):
        raise ValueError(f"A of shape {A.shape} needs x of shape ({A.shape[1]},), not {x.shape}")
    weighted = A.astype(np.float64) * x
    product = weighted.sum(axis=1)
    ### END SOLUTION
    return product


# %% tests="matvec_columns" points=1
check_array(
    matvec_columns(np.array([[1, 2, 3], [4, 5, 6]]), np.array([7, 9, 11])),
    [58.0, 139.0],
    "matvec_columns([[1, 2, 3], [4, 5, 6]], [7, 9, 11])",
)
square = np.array([[1.0, 2.0], [3.0, 5.0]])
check_array(matvec_columns(square, np.array([10.0, 1.0])), [12.0, 35.0], "a square matrix")

# %% tests="matvec_columns" idea="no_loops" points=1 hint="Multiply the whole matrix at once, then sum along one axis."
rng = np.random.default_rng(0)
A, x = rng.normal(size=(40, 30)), rng.normal(size=30)
expected = A @ x
check_array(matvec_columns(A, x), expected, "matvec_columns of a (40, 30) matrix")
check_unchanged(lambda: matvec_columns(A, x), "matvec_columns", A=A, x=x)
check_no_loops(matvec_columns, "matvec_columns")

# %% tests="matvec_columns" idea="int32_overflow" points=1 hint="43214 * 245124 does not fit into int32. What must happen before the multiplication?"
### BEGIN HIDDEN TESTS
A = np.array([[43214, 0], [1, 2], [-43214, 7]], dtype=np.int32)
x = np.array([245124, 3], dtype=np.int32)
check_array(matvec_columns(A, x), [10592788536.0, 245130.0, -10592788515.0], "int32 numbers")
A, x = np.array([[200, 100, 3]], dtype=np.uint8), np.array([2, 3, 255], dtype=np.uint8)
check_array(matvec_columns(A, x), [1465.0], "uint8 numbers")
### END HIDDEN TESTS

# %% tests="matvec_columns" idea="refuses_wrong_shapes" points=1 hint="NumPy broadcasts x of shape (1,), (N, 1) or (1, D) without a word. Compare the shapes yourself."
### BEGIN HIDDEN TESTS
A = np.arange(6.0).reshape(2, 3)
check_equal(np.shape(matvec_columns(A, np.ones(3))), (2,), "the shape of the result")
for shape in [(2,), (1,), (2, 1), (1, 3), (3, 1), (4,)]:
    check_raises(
        ValueError,
        lambda shape=shape: matvec_columns(A, np.ones(shape)),
        f"A of shape (2, 3) with x of shape {shape}",
    )
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: who is like whom?
#
# The squared distance (거리의 제곱) of two rows is the sum of their squared differences.
# **By hand**, for the first two students (73, 80, 75) and (93, 88, 93):
# 20² + 8² + 18² = 400 + 64 + 324 = 788.
#
# For all pairs at once we need every row of A against every row of B:
#
# ```text
# A[:, np.newaxis, :]      (N, 1, D)
# B[np.newaxis, :, :]      (1, M, D)
# differences              (N, M, D)     then one axis must disappear
# ```

# %% solution="pairwise_sq_dists"
def pairwise_sq_dists(A, B):
    """Squared distance of each row of A to each row of B.

    A: integers (of any integer dtype, uint8 too) or floats, shape (N, D).
    B: the same, shape (M, D).
    Returns float64, shape (N, M); entry (i, j) is the sum of (A[i] - B[j])**2.
    Raises ValueError if A and B have different numbers of columns.
    Subtract first, then square: the result must also be accurate where the numbers are large
    and their differences small. Write no loop, comprehension or map.
    """
    ### BEGIN SOLUTION
    if A.shape[1] != B.shape[1]:
        raise ValueError(f"rows of {A.shape[1]} numbers cannot be compared to {B.shape[1]}")
    differences = A.astype(np.float64)[:, np.newaxis, :] - B[np.newaxis, :, :]
    distances = (differences**2).sum(axis=2)
    ### END SOLUTION
    return distances


# %% tests="pairwise_sq_dists" points=1
three = exams[:3].copy()
check_array(
    pairwise_sq_dists(three, three),
    [[0.0, 788.0, 602.0], [788.0, 0.0, 34.0], [602.0, 34.0, 0.0]],
    "pairwise_sq_dists of the first three students with themselves",
)

# %% tests="pairwise_sq_dists" idea="no_loops" points=1 hint="Insert new axes with np.newaxis so that broadcasting makes all pairs."
students = exams.copy()
expected = np.array([[sum((a - b) ** 2) for b in exams[:4]] for a in exams])
check_array(
    pairwise_sq_dists(students, students[:4]), expected, "pairwise_sq_dists of 25 students with 4"
)
check_no_loops(pairwise_sq_dists, "pairwise_sq_dists")

# %% tests="pairwise_sq_dists" idea="two_tables" points=2 hint="Use different numbers of rows in A and B. Which axis belongs to A, which to B, which to the columns?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(7)
for n, m, d in [(4, 3, 2), (2, 5, 5), (3, 3, 3), (1, 4, 1)]:
    A, B = rng.normal(size=(n, d)), rng.integers(-9, 9, size=(m, d))
    expected = np.empty((n, m))
    for i in range(n):
        for j in range(m):
            expected[i, j] = np.dot(A[i] - B[j], A[i] - B[j])
    check_array(
        pairwise_sq_dists(A, B), expected, f"A of shape {A.shape} with B of shape {B.shape}"
    )
    check_unchanged(lambda A=A, B=B: pairwise_sq_dists(A, B), "pairwise_sq_dists", A=A, B=B)
### END HIDDEN TESTS

# %% tests="pairwise_sq_dists" idea="small_integers" points=1 hint="In uint8, 3 - 5 is 254 and 20 * 20 is 144. In which dtype do you compute?"
### BEGIN HIDDEN TESTS
dark = np.array([[3, 250], [0, 0]], dtype=np.uint8)
light = np.array([[5, 10], [255, 255], [23, 1]], dtype=np.uint8)
check_array(
    pairwise_sq_dists(dark, light),
    [[57604.0, 63529.0, 62401.0], [125.0, 130050.0, 530.0]],
    "pairwise_sq_dists of uint8 pixels",
)
far = np.array([[60000, -60000]], dtype=np.int32)
near = np.array([[-60000, 60000], [60001, -60000]], dtype=np.int32)
check_array(pairwise_sq_dists(far, near), [[2.88e10, 1.0]], "pairwise_sq_dists of int32 numbers")
### END HIDDEN TESTS

# %% tests="pairwise_sq_dists" idea="large_numbers" points=1 hint="Do you square large numbers before you subtract them? Their small difference drowns in rounding."
### BEGIN HIDDEN TESTS
offset = 1e9
A = offset + np.array([[1.0, 2.0], [4.0, 6.0], [0.0, 0.5]])
B = offset + np.array([[1.0, 2.0], [2.0, 0.0]])
check_array(
    pairwise_sq_dists(A, B), [[0.0, 5.0], [25.0, 40.0], [3.25, 4.25]], "rows of about 1e9"
)
### END HIDDEN TESTS

# %% tests="pairwise_sq_dists" idea="refuses_different_widths" points=1 hint="Rows of 3 numbers and rows of 1 number: NumPy would stretch the 1. Should it?"
### BEGIN HIDDEN TESTS
same_width = pairwise_sq_dists(np.ones((4, 3)), np.ones((2, 3)))
check_equal(np.shape(same_width), (4, 2), "the shape for rows of 3 numbers")
for d_first, d_second in [(3, 2), (3, 1), (1, 4)]:
    check_raises(
        ValueError,
        lambda a=d_first, b=d_second: pairwise_sq_dists(np.ones((4, a)), np.ones((2, b))),
        f"rows of {d_first} and of {d_second} numbers",
    )
### END HIDDEN TESTS

# %% [markdown]
# ### Naive, vectorised, compare, time
#
# How do you trust fast code? Four habits, all through this course:
# write the obvious loops, write the fast version, **compare** them, and only then time them.

# %%
def distances_with_loops(A, B):
    result = np.zeros((len(A), len(B)))
    for i in range(len(A)):
        for j in range(len(B)):
            for d in range(A.shape[1]):
                result[i, j] += (A[i, d] - B[j, d]) ** 2
    return result


# %% show="race"
rng = np.random.default_rng(0)
points = rng.normal(size=(60, 20))


def seconds(function):
    """Best of three runs: the others were disturbed by something else."""
    runs = []
    for _ in range(3):
        start = time.perf_counter()
        function(points, points)
        runs.append(time.perf_counter() - start)
    return min(runs)


naive, fast = distances_with_loops(points, points), pairwise_sq_dists(points, points)
print("equal:", np.allclose(naive, fast))
ratio = seconds(distances_with_loops) / seconds(pairwise_sq_dists)
print(f"The loops take about {10 ** round(np.log10(ratio)):,} times as long.")

# %% [markdown]
# The figure differs from machine to machine, and it is never graded. The order of magnitude is
# the point: "tens of times" or more.
#
# ### The class at a glance
#
# Last picture: the distance of every student to every other, sorted by their mean. Where do you
# expect dark boxes?

# %% show="neighbours"
order = np.argsort(exams.mean(axis=1))
distances = np.sqrt(pairwise_sq_dists(exams[order], exams[order]))

fig, ax = plt.subplots(figsize=(6, 5), layout="constrained")
drawn = ax.imshow(distances, cmap="magma_r")
ax.set_xticks(range(25), order, fontsize=7)
ax.set_yticks(range(25), order, fontsize=7)
ax.set_title("distance between students, in points")
ax.set(xlabel="student, from the lowest to the highest mean", ylabel="student, in the same order")
fig.colorbar(drawn, ax=ax)

others = distances + np.where(np.eye(25, dtype=bool), np.inf, 0)
i, j = np.unravel_index(others.argmin(), others.shape)
print(f"most alike: students {order[i]} and {order[j]}, {others[i, j]:.1f} points apart")
print("their exams:", exams[order[i]], exams[order[j]])

# %% [markdown]
# One line of broadcasting compared 625 pairs. The diagonal is 0: everyone equals oneself. The
# picture is symmetric: the way there is as long as the way back. Two students, 5 and 7, are far
# from everyone but each other.
#
# ### What to keep
#
# - Say shape and dtype aloud before you compute. `(N,)` is not `(N, 1)`.
# - Align shapes at the right; sizes must be equal or 1. `keepdims=True` keeps an axis for you.
# - A slice is a view, a list or a mask makes a copy. `X -= …` writes into the array you were given.
# - Convert small integers before you compute.
# - Naive, vectorised, compare, time.
#
# Next: `score_function`, where $XW+\mathbf b$ is one matrix product and one broadcast.

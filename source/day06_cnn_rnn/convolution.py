# %% [markdown]
# # Convolution: by hand, then in Keras
#
# **Time** about 90 minutes · **Points** 47 · **You need** matrix products and templates (day 1),
# ReLU (day 4), a small Keras model (day 5)
#
# A photograph is a table of numbers in which neighbours belong together. A convolutional network
# (합성곱 신경망, CNN) uses that. At the end of this notebook you will be able to
#
# - say the shape that a convolution (합성곱) leaves, before you compute it;
# - write a convolution with padding, stride and channels, as loops and as one matrix product;
# - pool, flatten and score: a whole network by hand;
# - count the numbers that a network has to learn, layer by layer;
# - build the same in Keras, train it, and look at what it learned.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 Why images are hard | nothing | 6 | |
# | 2 A window slides | `out_size`, `same_pad` | 10 | 5 |
# | 3 The convolution | `conv2d` | 15 | 8 |
# | 4 Channels in, channels out | `conv2d_multi` | 12 | 6 |
# | 5 The same without loops | `im2col` | 9 | 3 |
# | 6 Max pooling | `maxpool2d` | 7 | 4 |
# | 7 Counting a large network | `conv_params`, `shape_table` | 13 | 6 |
# | 8 From maps to a score | `head_scores` | 5 | 4 |
# | 9 The same in Keras | `to_batch`, `build_cnn`, an answer in words | 13 | 11 |
#
# As always: return a new array, leave the arguments as they are, take integers too.

# %% [markdown]
# **Tools.** Keras hands the computing to a backend (백엔드): JAX, PyTorch or TensorFlow. It is
# chosen before Keras is imported, so that comes first. The import takes some seconds. Then the
# usual: NumPy, Matplotlib, a stopwatch, our checks and a picture of a matrix. Run both cells and
# move on.

# %% locked="backend"
from course.keras_backend import choose_backend, seed_keras

choose_backend()

# %% locked="setup" timeout=60
import time

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import layers

from course.checks import check_array, check_equal, check_raises, check_unchanged
from course.plots import COLORS, heatmap

# %% [markdown]
# ## 1. Why images are hard
#
# To a computer, an image of 300 × 100 pixels with 3 colours is $300 \cdot 100 \cdot 3 = 90{,}000$
# integers from 0 to 255. Nobody has written down the rules of `predict(image)`. Too much changes
# these numbers and not the answer:
#
# | difficulty | the same cat … |
# |---|---|
# | viewpoint (시점) | seen from the side: every pixel differs |
# | lighting (조명) | at dusk: all numbers are smaller |
# | deformation (변형) | curled up, stretched out |
# | occlusion (가림) | behind a sofa: only its tail shows |
# | clutter (배경 혼잡) | on a carpet of its own colour |
# | variety in a class (클래스 내 변이) | and all the other cats, of every breed |
#
# First people chose the features (특징) themselves: a histogram of colours, the directions of edges
# (HoG), key points (SIFT). Then came learning in two functions, `train(images, labels)` and
# `predict(model, images)`. A CNN learns the features too: representation learning (표현 학습).
#
# LeCun's networks read digits in the 1990s. By 2012 a group of CNNs missed only 0.23 % of MNIST, 23
# of 10,000 digits. In that year a CNN also won ImageNet's contest (ILSVRC): 1000 classes, 1.2
# million images to train, 50,000 to validate, 100,000 to test. (So the slide says. The test set had
# 150,000 images in 2010 and 100,000 from 2011 on.) Networks of this kind also restore lost pixels
# and colours, caption photographs, and dream (Deep Dream).
#
# Our own images are small: 8 × 8 pixels, noise, and one bright bar. Is the bar **horizontal** (0)
# or **vertical** (1)?


# %% locked="make_bars"
def bar_images(n, *, rng):
    """Draw n images of one bar each: uint8, shape (n, 8, 8), and labels, 1 for a vertical bar."""
    images = rng.integers(0, 40, size=(n, 8, 8))
    labels = rng.integers(0, 2, size=n)
    for image, label in zip(images, labels, strict=True):
        rows = image.T if label == 1 else image
        length = rng.integers(5, 8)
        start = rng.integers(0, 9 - length)
        rows[rng.integers(0, 8), start : start + length] = rng.integers(150, 256)
    return images.astype(np.uint8), labels


# %% show="bars"
images, labels = bar_images(400, rng=np.random.default_rng(0))
fresh, truth = bar_images(400, rng=np.random.default_rng(1))

fig, axes = plt.subplots(2, 6, figsize=(10, 3.6), layout="constrained")
for label, name in enumerate(["horizontal", "vertical"]):
    of_class = images[labels == label]
    for k in range(5):
        axes[label, k].imshow(of_class[k], cmap="gray", vmin=0, vmax=255)
    axes[label, 5].imshow(of_class.mean(axis=0), cmap="gray", vmin=0, vmax=100)
    axes[label, 5].set_title("mean of all, brighter", fontsize=11)
    axes[label, 2].set_title(name)
for ax in axes.flat:
    ax.axis("off")
plt.show()

# the best linear classifier of day 1: one weight for each pixel, and a bias
table = np.column_stack([images.reshape(400, -1) / 255, np.ones(400)])
weights = np.linalg.lstsq(table, labels, rcond=None)[0]
fresh_table = np.column_stack([fresh.reshape(400, -1) / 255, np.ones(400)])
right = ((fresh_table @ weights > 0.5) == truth).mean()
print(f"a linear classifier is right in {right:.0%} of fresh images; guessing: 50%")

# %% [markdown] picture="window"
# **What just happened?** A linear classifier compares an image with one template a class. But bars
# may lie anywhere. Both means are nearly the same grey, and the classifier hardly beats a coin.
# What tells the classes apart is not *which* pixels are bright but how *neighbours* differ.
#
# ## 2. A window slides
#
# So let us look through a small window (창) that slides over the image. In it lie the weights, here
# 2 × 2 of them: the kernel (커널), also called a filter. At each place: multiply, add up, write one
# number.
#
# ![Left: a 4 by 4 matrix with the numbers 0 to 15, row by row. A frame lies around its first
# window: 0, 1, 4, 5. Middle: the 2 by 2 kernel with 1 and 0 above 0 and -1. Right: the result, 3 by
# 3, with -5 in every cell; the first is framed.](attachment:window.png)
#
# The first number by hand: $1 \cdot 0 + 0 \cdot 1 + 0 \cdot 4 - 1 \cdot 5 = -5$. One step to the
# right: $1 \cdot 1 - 1 \cdot 6 = -5$. This kernel subtracts the neighbour to the lower right, and
# that one is always 5 larger. In a flat image it would answer 0: it looks for *change*.
#
# A window of size 2 has 3 places in a row of 4. Two things change that number:
#
# - padding (패딩): $p$ rows or columns of zeros on *each* side;
# - stride (보폭): the window moves by $s$ pixels at a time. A last step that does not fit is left
#   out: round down.
#
# $$\text{out} = \left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1$$
#
# For $n = 4$, $k = 2$, $p = 0$, $s = 1$ this is $2 + 1 = 3$.


# %% solution="out_size"
def out_size(n, k, pad=0, stride=1):
    """Count the places of a window of size k in a row of n pixels.

    n and k: at least 1. pad: zeros added on each of the two sides, at least 0. stride: pixels that
    the window moves at a time, at least 1. A last step that does not fit is left out.
    Returns an integer.
    Raises ValueError if the window is larger than the padded row.
    """
    ### BEGIN SOLUTION
    if k > n + 2 * pad:
        raise ValueError(f"a window of {k} does not fit into {n} pixels with padding {pad}")
    size = (n + 2 * pad - k) // stride + 1
    ### END SOLUTION
    return size


# %% tests="out_size" points=1
# kept: the example from the picture
check_equal(out_size(4, 2), 3, "out_size(4, 2)")
check_equal(out_size(32, 3, pad=1), 32, "out_size(32, 3, pad=1)", hint="Zeros stand on both sides")

# %% tests="out_size" idea="stride" points=1 hint="Draw 12 pixels. Where can a window of 5 begin?"
### BEGIN HIDDEN TESTS
check_equal(out_size(12, 5, stride=3), 3, "out_size(12, 5, stride=3)")
check_equal(out_size(10, 3, stride=2), 4, "out_size(10, 3, stride=2)")
### END HIDDEN TESTS

# %% tests="out_size" idea="too_large_a_window" points=1 hint="Try a window that fits just so."
### BEGIN HIDDEN TESTS
check_raises(ValueError, lambda: out_size(4, 5), "out_size(4, 5)")
check_equal(out_size(3, 5, pad=1), 1, "out_size(3, 5, pad=1)")
### END HIDDEN TESTS

# %% [markdown]
# Often the result should be as large as the image. That is called *same* padding; no padding at all
# is called *valid*. With stride 1 the window may stick out by as much on the left as on the right:
# one pixel for a window of 3. An even window has no middle, so it cannot.


# %% solution="same_pad"
def same_pad(k):
    """Find the padding that keeps the size, for a window of size k and stride 1.

    Returns the number of zeros on each side, an integer.
    Raises ValueError if k is even.
    """
    ### BEGIN SOLUTION
    if k % 2 == 0:
        raise ValueError(f"a window of {k} has no middle")
    pad = (k - 1) // 2
    ### END SOLUTION
    return pad


# %% tests="same_pad" points=1
check_equal(same_pad(5), 2, "same_pad(5)", hint="Put your answer into the formula for the size")

# %% tests="same_pad" idea="even_windows" points=1 hint="What does the docstring say of k = 4?"
### BEGIN HIDDEN TESTS
check_raises(ValueError, lambda: same_pad(4), "same_pad(4)")
check_equal(same_pad(9), 4, "same_pad(9)")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. The convolution
#
# As a formula, with the window's corner at row $i$, column $j$:
#
# $$y_{ij} = \sum_{u} \sum_{v} x_{i+u,\; j+v}\; k_{uv}$$
#
# With stride $s$ the corner is at $(s\,i,\; s\,j)$. A word of warning: in mathematics, convolution
# turns the kernel round first (up becomes down, left becomes right). What the formula says, without
# turning, is called cross-correlation (교차상관). CNNs and Keras do *that*, and call it convolution.
# So do we. If your answer to the example is +5, you turned the kernel.
#
# **Your turn.** Pad, then two loops over the places. `np.pad(x, 2)` puts two zeros on every side.
# Make it float64 first: in `uint8`, 200 + 100 is 44.


# %% solution="conv2d"
def conv2d(x, kernel, pad=0, stride=1):
    """Slide a kernel over an image. The kernel is not turned round.

    x: image, shape (H, W). kernel: shape (kh, kw), its two sizes may differ. Both may hold
    integers, uint8 too. pad: zeros added on each of the four sides. stride: pixels that the window
    moves at a time, along rows and along columns.
    Returns a new float64 array: its shape is out_size of H and kh, then out_size of W and kw.
    Changes no argument.
    Raises ValueError if the kernel is higher or wider than the padded image.
    """
    ### BEGIN SOLUTION
    padded = np.pad(x.astype(np.float64), pad)
    (height, width), (kh, kw) = padded.shape, kernel.shape
    if kh > height or kw > width:
        raise ValueError(f"a kernel of {kernel.shape} does not fit into {padded.shape}")
    result = np.zeros(((height - kh) // stride + 1, (width - kw) // stride + 1))
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            top, left = i * stride, j * stride
            window = padded[top : top + kh, left : left + kw]
            result[i, j] = (window * kernel).sum()
    ### END SOLUTION
    return result


# %% tests="conv2d" points=2
check_array(
    conv2d(np.arange(16).reshape(4, 4), np.array([[1, 0], [0, -1]])),
    [[-5.0, -5.0, -5.0], [-5.0, -5.0, -5.0], [-5.0, -5.0, -5.0]],
    "conv2d of 0 to 15",
    hint="All +5 means that the kernel was turned round",
)

# %% tests="conv2d" idea="other_shapes" points=1 hint="Try an image of 5 by 7, a kernel of 2 by 3."
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(1)
x, kernel = rng.normal(size=(5, 7)), rng.normal(size=(2, 3))
windows = np.lib.stride_tricks.sliding_window_view(x, (2, 3))
check_array(conv2d(x, kernel), (windows * kernel).sum(axis=(2, 3)), "conv2d, 5 by 7 with 2 by 3")
### END HIDDEN TESTS

# %% tests="conv2d" idea="padding" points=1 hint="Print the padded image. Zeros on all four sides?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(2)
x, kernel = rng.normal(size=(4, 5)), rng.normal(size=(3, 2))
padded = np.zeros((8, 9))
padded[2:6, 2:7] = x
windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 2))
check_array(conv2d(x, kernel, pad=2), (windows * kernel).sum(axis=(2, 3)), "conv2d with pad=2")
### END HIDDEN TESTS

# %% tests="conv2d" idea="stride" points=1 hint="With stride 2, where does the second window begin?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(3)
x, kernel = rng.normal(size=(6, 9)), rng.normal(size=(3, 2))
windows = np.lib.stride_tricks.sliding_window_view(x, (3, 2))[::2, ::2]
check_array(conv2d(x, kernel, stride=2), (windows * kernel).sum(axis=(2, 3)), "conv2d, stride=2")
### END HIDDEN TESTS

# %% tests="conv2d" idea="uint8_pixels" points=1 hint="200 + 100 is 44 in uint8. Convert first."
### BEGIN HIDDEN TESTS
x = np.array([[200, 100, 7], [255, 90, 3]], dtype=np.uint8)
kernel = np.array([[1, 2], [3, 1]], dtype=np.uint8)
check_array(conv2d(x, kernel), [[1255.0, 387.0]], "conv2d of uint8 pixels")
### END HIDDEN TESTS

# %% tests="conv2d" idea="too_large_a_kernel" points=1 hint="Try a kernel that is one row too high."
### BEGIN HIDDEN TESTS
x = np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0]])
check_raises(ValueError, lambda: conv2d(x, np.ones((4, 2))), "a kernel of 4 by 2, image 3 by 4")
check_raises(ValueError, lambda: conv2d(x, np.ones((2, 5))), "a kernel of 2 by 5, image 3 by 4")
check_array(conv2d(x, np.ones((5, 6)), pad=1), [[78.0]], "a kernel as large as the padded image")
### END HIDDEN TESTS

# %% tests="conv2d" idea="keeps_its_input" points=1 hint="Print x before and after the call."
### BEGIN HIDDEN TESTS
x = np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]])
kernel = np.array([[1.0, -2.0], [3.0, 0.5]])
check_array(conv2d(x.copy(), kernel, stride=2), [[15.0, 20.0]], "conv2d of 2 by 4, stride 2")
check_unchanged(lambda: conv2d(x, kernel, stride=2), "conv2d", x=x, kernel=kernel)
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** The next cell draws the picture from above with *your* function, and turns
# the kernel round for comparison.

# %% show="window"
x, kernel = np.arange(16).reshape(4, 4), np.array([[1, 0], [0, -1]])
result = conv2d(x, kernel)

fig, axes = plt.subplots(1, 3, figsize=(9, 3.4), width_ratios=[4, 2, 3], layout="constrained")
parts = [(x, "image (4, 4)"), (kernel, "kernel (2, 2)"), (result, "result (3, 3)")]
for ax, (values, title) in zip(axes, parts, strict=True):
    heatmap(values, title=title, xlabel="", ylabel="", fmt="{:g}", ax=ax)
    ax.set(xticks=[], yticks=[], aspect="equal", ylim=(3.5, -0.5))  # cells of one size
axes[2].images[0].set_clim(-15, 0)
for ax, size in zip(axes, [2, 2, 1], strict=True):
    frame = plt.Rectangle((-0.5, -0.5), size, size, fill=False, clip_on=False, zorder=4)
    frame.set(edgecolor=COLORS["vermillion"], linewidth=4)
    ax.add_patch(frame)
plt.show()

print("kernel turned round:", np.unique(conv2d(x, kernel[::-1, ::-1])))

# %% [markdown]
# What do such kernels see in a picture? Here is a small one, and three kernels of 3 × 3:
#
# $$\text{vertical edges}
# \begin{pmatrix} -1 & 0 & 1 \\ -1 & 0 & 1 \\ -1 & 0 & 1 \end{pmatrix}
# \qquad \text{horizontal edges}
# \begin{pmatrix} -1 & -1 & -1 \\ 0 & 0 & 0 \\ 1 & 1 & 1 \end{pmatrix}
# \qquad \text{blur}\;
# \tfrac19 \begin{pmatrix} 1 & 1 & 1 \\ 1 & 1 & 1 \\ 1 & 1 & 1 \end{pmatrix}$$

# %% locked="house"
row, column = np.mgrid[0:32, 0:32]
house = np.full((32, 32), 60.0)
house[(row > 14) & (row < 29) & (abs(column - 15) < 9)] = 200
house[(row <= 14) & (abs(column - 15) < row - 3)] = 120
house[(row > 20) & (row < 29) & (abs(column - 12) < 3)] = 30
house[(abs(row - 20) < 3) & (abs(column - 20) < 3)] = 250
house[(row - 6) ** 2 + (column - 27) ** 2 < 12] = 255
edge_kernels = {
    "vertical edges": np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]),
    "horizontal edges": np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]]),
    "blur": np.full((3, 3), 1 / 9),
}

# %% show="edges"
fig, axes = plt.subplots(1, 4, figsize=(11, 3.1), layout="constrained")
axes[0].imshow(house, cmap="gray", vmin=0, vmax=255)
axes[0].set_title("image")
for ax, (name, kernel) in zip(axes[1:], edge_kernels.items(), strict=True):
    answer = conv2d(house, kernel)
    if name == "blur":
        ax.imshow(answer, cmap="gray", vmin=0, vmax=255)
    else:
        ax.imshow(answer, cmap="PuOr_r", vmin=-600, vmax=600)
    ax.set_title(name)
for ax in axes:
    ax.axis("off")
plt.show()

# %% [markdown]
# **What just happened?** Such a result is called a feature map (특징 맵): it says *where* a feature
# is. Orange means brighter to the right (or below), purple darker, white no change. The walls shine
# in one map, floor and ceiling in the other, the slopes of the roof in both.
#
# The next cell is yours. Change the nine numbers. Can you find the top edges only? The corners?

# %%
my_kernel = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])  # change these

plt.imshow(conv2d(house, my_kernel, pad=1), cmap="PuOr_r", vmin=-400, vmax=400)
plt.axis("off")
plt.show()

# %% [markdown]
# ## 4. Channels in, channels out
#
# A colour image has three channels (채널): shape (H, W, 3). So a kernel becomes a small *box*, as
# deep as the image: (kh, kw, 3). It still gives one number at each place: the sum over the whole
# box, and a bias. A layer has many kernels, F of them. Each makes a map of its own:
#
# $$y_{ijf} = b_f + \sum_{u,v,c} x_{i+u,\; j+v,\; c}\; k_{uvcf}$$
#
# | | image | kernels | biases | maps |
# |---|---|---|---|---|
# | shape | (H, W, C) | (kh, kw, C, F) | (F,) | (out, out, F) |
#
# By hand, with two channels and the bias $b = 10$, for the first place:
#
# $$\text{channel 0:}\;
# \begin{pmatrix} 0 & 1 \\ 3 & 4 \end{pmatrix} \text{ with }
# \begin{pmatrix} 1 & 0 \\ 0 & -1 \end{pmatrix} \text{ gives } -4
# \qquad \text{channel 1:}\;
# \begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix} \text{ with }
# \begin{pmatrix} 1 & 1 \\ 1 & 1 \end{pmatrix} \text{ gives } 2$$
#
# Together $-4 + 2 + 10 = 8$.
#
# **Your turn.** No padding here, stride 1. A careful function refuses what does not fit. Otherwise
# NumPy would broadcast (브로드캐스팅) a grey image over three channels without a word.


# %% solution="conv2d_multi"
def conv2d_multi(x, kernels, b):
    """Slide F kernels over an image with C channels; no padding, stride 1, not turned round.

    x: image, shape (H, W, C). kernels: shape (kh, kw, C, F), no larger than the image. b: one bias
    for each kernel, shape (F,). All are arrays; they may hold integers.
    Returns the maps, float64, shape (H - kh + 1, W - kw + 1, F).
    Raises ValueError if image and kernels differ in their number of channels, or if the shape of b
    is not (F,).
    """
    ### BEGIN SOLUTION
    kh, kw, channels, filters = kernels.shape
    if x.shape[2] != channels:
        raise ValueError(f"the image has {x.shape[2]} channels, the kernels have {channels}")
    if b.shape != (filters,):
        raise ValueError(f"b has shape {b.shape}, expected ({filters},)")
    maps = np.zeros((x.shape[0] - kh + 1, x.shape[1] - kw + 1, filters))
    for i in range(maps.shape[0]):
        for j in range(maps.shape[1]):
            window = x[i : i + kh, j : j + kw].astype(np.float64)
            for f in range(filters):
                maps[i, j, f] = (window * kernels[:, :, :, f]).sum() + b[f]
    ### END SOLUTION
    return maps


# %% tests="conv2d_multi" points=2
x = np.stack([np.arange(9).reshape(3, 3), np.eye(3)], axis=-1)
kernels = np.zeros((2, 2, 2, 2))
kernels[:, :, 0, 0] = [[1, 0], [0, -1]]
kernels[:, :, 1, 0] = [[1, 1], [1, 1]]
kernels[:, :, 0, 1] = [[0, 0], [0, 1]]
kernels[:, :, 1, 1] = [[0, 2], [0, 0]]
maps = conv2d_multi(x, kernels, np.array([10, -1]))
check_array(
    maps,
    np.stack([[[8.0, 7.0], [7.0, 8.0]], [[3.0, 4.0], [8.0, 7.0]]], axis=-1),
    "conv2d_multi of the example, a map for each of two kernels",
)

# %% tests="conv2d_multi" idea="other_shapes" points=2 hint="Try 3 channels, 4 kernels of 2 by 3."
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(4)
x, kernels = rng.integers(0, 256, size=(5, 6, 3)), rng.normal(size=(2, 3, 3, 4))
b = np.array([100.0, -200.0, 400.0, 0.5])
windows = np.lib.stride_tricks.sliding_window_view(x, (2, 3), axis=(0, 1))
wanted = np.einsum("ijcuv,uvcf->ijf", windows, kernels) + b
check_array(conv2d_multi(x, kernels, b), wanted, "conv2d_multi with C = 3, F = 4")
### END HIDDEN TESTS

# %% tests="conv2d_multi" idea="as_many_kernels_as_channels" points=1 hint="Which axis is F?"
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(5)
x, kernels, b = rng.normal(size=(4, 3, 3)), rng.normal(size=(3, 2, 3, 3)), rng.normal(size=3)
windows = np.lib.stride_tricks.sliding_window_view(x, (3, 2), axis=(0, 1))
wanted = np.einsum("ijcuv,uvcf->ijf", windows, kernels) + b
check_array(conv2d_multi(x, kernels, b), wanted, "conv2d_multi with C = F = 3")
### END HIDDEN TESTS

# %% tests="conv2d_multi" idea="refuses_wrong_shapes" points=1 hint="Which wrong shapes broadcast?"
### BEGIN HIDDEN TESTS
x, kernels = np.ones((4, 5, 1)), np.ones((2, 2, 3, 2))
check_raises(ValueError, lambda: conv2d_multi(x, kernels, np.zeros(2)), "1 channel, kernels of 3")
x, b = np.ones((4, 5, 3)), np.zeros(1)
check_raises(ValueError, lambda: conv2d_multi(x, kernels, b), "2 kernels, b of shape (1,)")
### END HIDDEN TESTS

# %% [markdown]
# ## 5. The same without loops
#
# Loops in Python are slow. A trick turns every convolution into *one* matrix product: cut out all
# windows, lay each flat, and stack them as rows. It is called im2col, "image to columns", for
# historical reasons; ours are rows. For a 3 × 4 image and a window of 2 × 3:
#
# $$\begin{pmatrix} 0 & 1 & 2 & 3 \\ 4 & 5 & 6 & 7 \\ 8 & 9 & 10 & 11 \end{pmatrix}
# \quad\longrightarrow\quad
# \begin{pmatrix} 0 & 1 & 2 & 4 & 5 & 6 \\ 1 & 2 & 3 & 5 & 6 & 7 \\
# 4 & 5 & 6 & 8 & 9 & 10 \\ 5 & 6 & 7 & 9 & 10 & 11 \end{pmatrix}$$
#
# Four windows, four rows. The kernels are laid flat in the same order, one a column: shape
# (kh · kw · C, F). Then all maps are rows times columns, as in $XW + b$ on day 1.
#
# **Your turn.** A loop over the places is fine here. `window.reshape(-1)` lays a window flat: row
# by row, the channels of a pixel side by side.


# %% solution="im2col"
def im2col(x, kh, kw):
    """Lay all windows of an image flat, one a row; stride 1, no padding.

    x: image, shape (H, W, C); it may hold integers. kh, kw: the window's size, no larger than the
    image.
    Returns a float64 array of shape (windows, kh * kw * C). The windows come in reading order: from
    left to right, then from top to bottom. Each is laid flat as `window.reshape(-1)` does.
    """
    ### BEGIN SOLUTION
    rows = [
        x[i : i + kh, j : j + kw].reshape(-1)
        for i in range(x.shape[0] - kh + 1)
        for j in range(x.shape[1] - kw + 1)
    ]
    flat = np.array(rows, dtype=np.float64)
    ### END SOLUTION
    return flat


# %% tests="im2col" points=1
wanted = [[0.0, 1, 2, 4, 5, 6], [1, 2, 3, 5, 6, 7], [4, 5, 6, 8, 9, 10], [5, 6, 7, 9, 10, 11]]
check_array(im2col(np.arange(12).reshape(3, 4, 1), 2, 3), wanted, "im2col of 0 to 11")

# %% tests="im2col" idea="other_shapes" points=2 hint="Try 4 by 5, 2 channels, a window of 3 by 2."
### BEGIN HIDDEN TESTS
x = np.random.default_rng(6).integers(0, 100, size=(4, 5, 2))
windows = np.lib.stride_tricks.sliding_window_view(x, (3, 2), axis=(0, 1))
wanted = windows.transpose(0, 1, 3, 4, 2).reshape(8, 12).astype(float)
check_array(im2col(x, 3, 2), wanted, "im2col with H = 4, W = 5, C = 2")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Naive, vectorised, compare, time: the next cell computes the same maps
# both ways. Cutting out the windows takes time too, once for each image. The product then serves
# all kernels, and is what processors do best.

# %% show="loops_or_product"
rng = np.random.default_rng(0)
x, kernels, b = rng.normal(size=(24, 24, 3)), rng.normal(size=(3, 3, 3, 16)), rng.normal(size=16)

began = time.perf_counter()
slow = conv2d_multi(x, kernels, b)
seconds_loops = time.perf_counter() - began

began = time.perf_counter()
fast = (im2col(x, 3, 3) @ kernels.reshape(27, 16) + b).reshape(22, 22, 16)
seconds_product = time.perf_counter() - began

print("same maps:", np.allclose(slow, fast))
faster = seconds_loops / seconds_product
print("im2col and one product:", "over 5 times as fast" if faster > 5 else "about as fast here")

# %% [markdown]
# ## 6. Max pooling
#
# A map says exactly where a feature is. Often "somewhere here" is enough. Max pooling (최대 풀링)
# cuts the map into tiles and keeps the largest number of each:
#
# $$\left(\begin{array}{rr|rr} 0 & 1 & 2 & 3 \\ 4 & \mathbf{5} & 6 & \mathbf{7} \\ \hline
# 8 & 9 & 10 & 11 \\ 12 & \mathbf{13} & 14 & \mathbf{15} \end{array}\right)
# \quad\longrightarrow\quad \begin{pmatrix} 5 & 7 \\ 13 & 15 \end{pmatrix}$$
#
# The tiles do not overlap. What is left over at the right or the bottom is dropped. There is
# nothing to learn. Each channel is pooled for itself.
#
# **Your turn.** One function for a single map and for many.


# %% solution="maxpool2d"
def maxpool2d(x, size=2):
    """Keep the largest value of each tile of size × size.

    x: one map, shape (H, W), or C maps, shape (H, W, C); it may hold integers. size: at most H and
    W. Rows and columns that fill no tile are dropped.
    Returns a float64 array of shape (H // size, W // size) or (H // size, W // size, C).
    """
    ### BEGIN SOLUTION
    rows, columns = x.shape[0] // size, x.shape[1] // size
    pooled = np.zeros((rows, columns, *x.shape[2:]))
    for i in range(rows):
        for j in range(columns):
            tile = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            pooled[i, j] = tile.max(axis=(0, 1))
    ### END SOLUTION
    return pooled


# %% tests="maxpool2d" points=1
check_array(
    maxpool2d(np.arange(16).reshape(4, 4)), [[5.0, 7.0], [13.0, 15.0]], "maxpool2d of 0 to 15"
)

# %% tests="maxpool2d" idea="other_sizes" points=1 hint="Try tiles of 3 in 7 by 11."
### BEGIN HIDDEN TESTS
x = np.random.default_rng(7).normal(loc=10.0, size=(7, 11))
wanted = x[:6, :9].reshape(2, 3, 3, 3).max(axis=(1, 3))
check_array(maxpool2d(x, size=3), wanted, "maxpool2d of 7 by 11 with tiles of 3")
### END HIDDEN TESTS

# %% tests="maxpool2d" idea="negative_values" points=1 hint="Which is larger, -1 or -7?"
### BEGIN HIDDEN TESTS
x = np.array([[-7, -2, -9, -8], [-3, -5, -1, -6]])
check_array(maxpool2d(x), [[-2.0, -1.0]], "maxpool2d of negative values")
### END HIDDEN TESTS

# %% tests="maxpool2d" idea="channels" points=1 hint="Does each channel keep its own largest value?"
### BEGIN HIDDEN TESTS
x = np.random.default_rng(8).normal(size=(4, 6, 3))
wanted = x.reshape(2, 2, 3, 2, 3).max(axis=(1, 3))
check_array(maxpool2d(x), wanted, "maxpool2d of three maps")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Inside its tile a feature may move, and the pooled map stays. Move it
# across a border, and the map changes: pooling forgives small shifts, not all of them.

# %% show="small_shifts"
for place in [(2, 2), (3, 3), (3, 4)]:
    one_map = np.zeros((6, 6))
    one_map[place] = 9
    print("feature at", place, "pooled:", maxpool2d(one_map).astype(int).tolist())

# %% [markdown]
# ## 7. Counting a large network
#
# The weights of a kernel are the same at every place. That saves a lot. Take the image of
# 300 × 100 × 3 numbers from section 1 and 100 units:
#
# | layer | parameters (매개변수) |
# |---|---:|
# | Dense: 100 units, each sees every number | $90{,}000 \cdot 100 + 100 = 9{,}000{,}100$ |
# | convolution: 100 kernels of 3 × 3 × 3 | $27 \cdot 100 + 100 = 2{,}800$ |
#
# A kernel's weights, once for each kernel, and one bias for each kernel.


# %% solution="conv_params"
def conv_params(k, c_in, c_out):
    """Count the weights and biases of a convolution layer.

    k: the kernels are k × k. c_in: channels of the input. c_out: number of kernels.
    Returns an integer.
    """
    ### BEGIN SOLUTION
    count = k * k * c_in * c_out + c_out
    ### END SOLUTION
    return count


# %% tests="conv_params" points=1
check_equal(conv_params(3, 3, 100), 2800, "conv_params(3, 3, 100)")

# %% tests="conv_params" idea="other_layers" points=1 hint="Count one kernel of 5 by 5 by 2."
### BEGIN HIDDEN TESTS
check_equal(conv_params(5, 2, 7), 357, "conv_params(5, 2, 7)")
### END HIDDEN TESTS

# %% [markdown]
# A lecture's first CNN is for digits of 28 × 28. It has no padding and no pooling:
#
# | layer | output | parameters |
# |---|---|---:|
# | Conv2D(32, 3) | (26, 26, 32) | $9 \cdot 1 \cdot 32 + 32 = 320$ |
# | Flatten | (21632,) | 0 |
# | Dense(128) | (128,) | $21632 \cdot 128 + 128 = 2{,}769{,}024$ |
# | Dense(10) | (10,) | $128 \cdot 10 + 10 = 1{,}290$ |
#
# Nearly all of the 2,770,634 numbers stand *behind* the convolution. Flatten (평탄화) makes one long
# row of all maps, and Dense has a weight for each entry and unit. So large networks shrink the maps
# first.
#
# The fingerprint (지문) network of the slides is built in the manner of VGG. A grey patch of
# 32 × 32 goes in, three scores come out. All kernels are 3 × 3 with *same* padding, and each block
# ends in max pooling:
#
# | block | 1 | 2 | 3 | 4 | 5 | then |
# |---|---|---|---|---|---|---|
# | kernels | 64, 64 | 128, 128 | 256, 256 | 512, 512 | 512, 512 | Flatten, Dense 512, Dense 3 |
# | after pooling | 16 × 16 | 8 × 8 | 4 × 4 | 2 × 2 | 1 × 1 | |
#
# **Your turn.** Follow the shape through a plan, and count as you go. By hand, for the little
# network that we shall train in section 9, if it had same padding:
#
# | plan | output | parameters |
# |---|---|---:|
# | ("conv", 4) | (8, 8, 4) | 40 |
# | ("pool", 2) | (4, 4, 4) | 0 |
# | ("flatten", None) | (64,) | 0 |
# | ("dense", 1) | (1,) | 65 |

# %% locked="fingerprint_net"
fingerprint_net = []
for kernels_in_block in [64, 128, 256, 512, 512]:
    fingerprint_net += [("conv", kernels_in_block), ("conv", kernels_in_block), ("pool", 2)]
fingerprint_net += [("flatten", None), ("dense", 512), ("dense", 3)]


# %% solution="shape_table"
def shape_table(shape, plan):
    """Follow the shape of an image through a network, and count its parameters.

    shape: of the image, a tuple (H, W, C). plan: a list of pairs, one a layer:
    ("conv", F): F kernels of 3 × 3, same padding, stride 1; ("pool", size): max pooling, what fills
    no tile is dropped; ("flatten", None): one row of all numbers; ("dense", units): always after
    flatten. No other layer occurs.
    Returns a list of pairs, one a layer: the output's shape, a tuple of integers (with one entry
    from flatten on), and the number of weights and biases, an integer.
    """
    ### BEGIN SOLUTION
    table = []
    for kind, number in plan:
        count = 0
        if kind == "conv":
            height, width, channels = shape
            count = 3 * 3 * channels * number + number
            shape = (height, width, number)
        elif kind == "pool":
            height, width, channels = shape
            shape = (height // number, width // number, channels)
        elif kind == "flatten":
            height, width, channels = shape
            shape = (height * width * channels,)
        else:
            count = shape[0] * number + number
            shape = (number,)
        table.append((shape, count))
    ### END SOLUTION
    return table


# %% tests="shape_table" points=2
table = shape_table((8, 8, 1), [("conv", 4), ("pool", 2), ("flatten", None), ("dense", 1)])
wanted = [((8, 8, 4), 40), ((4, 4, 4), 0), ((64,), 0), ((1,), 65)]
check_equal(table, wanted, "shape_table of the little network")
counts = [count for _, count in shape_table((32, 32, 1), fingerprint_net)]
check_equal(sum(counts), 9668035, "the parameters of the fingerprint network")

# %% tests="shape_table" idea="other_images" points=2 hint="Try 31 by 20, 3 colours, tiles of 3."
### BEGIN HIDDEN TESTS
plan = [("conv", 5), ("pool", 3), ("conv", 7), ("pool", 2), ("flatten", None), ("dense", 6)]
wanted = [((31, 20, 5), 140), ((10, 6, 5), 0), ((10, 6, 7), 322), ((5, 3, 7), 0), ((105,), 0)]
wanted += [((6,), 636)]
check_equal(shape_table((31, 20, 3), plan), wanted, "shape_table of an image of 31 by 20 by 3")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Your table, with a bar for each layer's share. The image shrinks to one
# pixel while it grows 512 channels deep. The numbers now sit in the late convolutions. For a patch
# with three colours only the first layer grows, by $2 \cdot 9 \cdot 64 = 1152$.

# %% show="fingerprint_table"
table = shape_table((32, 32, 1), fingerprint_net)
for (kind, _), (shape, count) in zip(fingerprint_net, table, strict=True):
    print(f"{kind:8}{shape!s:15}{count:>10,} {'█' * round(count / 100_000)}")
print(f"{'total':23}{sum(count for _, count in table):>10,}")
colour = sum(count for _, count in shape_table((32, 32, 3), fingerprint_net))
print(f"{'with 3 colours':23}{colour:>10,}")

# %% [markdown]
# ## 8. From maps to a score
#
# After the last pooling, three steps remain:
#
# 1. ReLU: $\max(0, \cdot)$. Negative answers of a kernel count as "not here". (Keras applies it
#    before the pooling. The largest value is the same either way.)
# 2. Flatten: the maps (H, W, F) become one row, as `reshape(-1)` does: row by row, the F values of
#    a place side by side.
# 3. The score function of day 1.
#
# By hand: the maps have shape (1, 2, 2), one row of two places, $(3, -1)$ and $(2, 5)$. ReLU and
# flatten give $(3, 0, 2, 5)$. With the weights $(1, 2, 3, 4)$ and the bias 0.5 the score is
# $3 + 6 + 20 + 0.5 = 29.5$.


# %% solution="head_scores"
def head_scores(maps, W, b):
    """Score feature maps: ReLU, flatten, then the row times W, plus b.

    maps: shape (H, W, F), as the convolution and pooling left them; they may hold integers.
    W: weights, shape (H * W * F, C). b: one bias for each class, shape (C,).
    Returns the scores, float64, shape (C,). Changes no argument.
    """
    ### BEGIN SOLUTION
    active = np.maximum(maps, 0.0)
    scores = active.reshape(-1) @ W + b
    ### END SOLUTION
    return scores


# %% tests="head_scores" points=1
check_array(
    head_scores(np.array([[[3, -1], [2, 5]]]), np.array([[1], [2], [3], [4]]), np.array([0.5])),
    [29.5],
    "head_scores of the example",
)

# %% tests="head_scores" idea="other_shapes" points=2 hint="Try maps of 2 by 3 with 4 kernels."
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(9)
maps, W, b = rng.normal(size=(2, 3, 4)), rng.normal(size=(24, 2)), np.array([-50.0, 3.0])
wanted = np.einsum("hwf,hwfc->c", np.where(maps > 0, maps, 0), W.reshape(2, 3, 4, 2)) + b
check_array(head_scores(maps, W, b), wanted, "head_scores with H, W, F, C = 2, 3, 4, 2")
### END HIDDEN TESTS

# %% tests="head_scores" idea="keeps_its_input" points=1 hint="Print maps before and after."
### BEGIN HIDDEN TESTS
maps = np.array([[[1.0, -2.0]], [[3.0, 4.0]]])
W, b = np.array([[1.0], [10.0], [100.0], [0.5]]), np.array([7.0])
check_array(head_scores(maps.copy(), W, b), [310.0], "head_scores of 2 by 1 by 2")
check_unchanged(lambda: head_scores(maps, W, b), "head_scores", maps=maps, W=W, b=b)
### END HIDDEN TESTS

# %% [markdown]
# ## 9. The same in Keras
#
# You have a whole CNN in NumPy, and no way to train it yet. Keras has. Its `fit` and `predict` are
# the `train` and `predict` of section 1. They take many images at once, a batch (배치) of shape
# (N, H, W, C). Our bars have no channel axis, so they need one: a grey image has one channel.
# `images[..., np.newaxis]` adds an axis at the end. And small numbers train better than large ones:
# divide by 255.


# %% solution="to_batch"
def to_batch(images):
    """Make images ready for Keras.

    images: grey images, uint8, shape (N, H, W).
    Returns a new float32 array of shape (N, H, W, 1): 0 stays 0, and 255 becomes 1.
    """
    ### BEGIN SOLUTION
    batch = (images[..., np.newaxis] / 255).astype(np.float32)
    ### END SOLUTION
    return batch


# %% tests="to_batch" points=1
batch = to_batch(np.array([[[0, 51, 255]], [[102, 0, 204]]], dtype=np.uint8))
wanted = [[[[0.0], [0.2], [1.0]]], [[[0.4], [0.0], [0.8]]]]
check_array(batch, wanted, "to_batch of two images of 1 by 3", rtol=1e-6)
check_equal(str(batch.dtype), "float32", "the dtype of the batch")

# %% tests="to_batch" idea="other_images" points=1 hint="Try dark images, no pixel above 80."
### BEGIN HIDDEN TESTS
images = np.random.default_rng(10).integers(0, 80, size=(3, 4, 5)).astype(np.uint8)
wanted = images.astype(float).reshape(3, 4, 5, 1) / 255
check_array(to_batch(images), wanted, "to_batch of three dark images", rtol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# Now the network. Its layers are what you wrote, under Keras' names:
#
# | layer | you wrote | output |
# |---|---|---|
# | `layers.Input((8, 8, 1))` | | (8, 8, 1) |
# | `layers.Conv2D(filters, 3, …)`, no padding, with ReLU | `conv2d_multi` | (6, 6, filters) |
# | `layers.MaxPooling2D(2)` | `maxpool2d` | (3, 3, filters) |
# | `layers.Flatten()` | `head_scores` | (9 · filters,) |
# | `layers.Dense(1, …)` with sigmoid (시그모이드) | `head_scores` | (1,) |
#
# Two classes need one unit, as on day 5: sigmoid, and the loss `"binary_crossentropy"`.
# Accuracy alone would not notice a wrong head, so we check the parts. By hand, with 4 filters:
# $(9 \cdot 4 + 4) + (36 + 1) = 77$ numbers.
#
# **Your turn.** Build with `keras.Sequential([…])`, then compile.


# %% solution="build_cnn"
def build_cnn(filters, seed=0):
    """Build and compile a small CNN that tells vertical bars (1) from horizontal ones (0).

    filters: number of 3 × 3 kernels. seed: decides the first weights.
    Returns a compiled keras.Sequential with the layers of the table above, in that order. The
    optimizer is keras.optimizers.Adam(learning_rate=0.02), the loss is given by its name,
    "binary_crossentropy".
    """
    seed_keras(seed)
    ### BEGIN SOLUTION
    model = keras.Sequential(
        [
            layers.Input((8, 8, 1)),
            layers.Conv2D(filters, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    optimizer = keras.optimizers.Adam(learning_rate=0.02)
    model.compile(optimizer=optimizer, loss="binary_crossentropy")
    ### END SOLUTION
    return model


# %% tests="build_cnn" points=2 timeout=30
model = build_cnn(4)
check_equal(model.count_params(), 77, "the parameters of build_cnn(4)")
check_equal(model.loss, "binary_crossentropy", "the loss of build_cnn(4)")

# %% tests="build_cnn" idea="other_filters" points=1 timeout=30 hint="Try 3 filters. Count by hand."
### BEGIN HIDDEN TESTS
check_equal(build_cnn(3).count_params(), 58, "the parameters of build_cnn(3)")
### END HIDDEN TESTS

# %% tests="build_cnn" idea="answers" points=2 timeout=30 hint="Check activations and pooling."
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(11)
kernels, b = rng.normal(size=(3, 3, 1, 4)), rng.normal(size=4)
W, head_b = 0.2 * rng.normal(size=(36, 1)), np.array([0.3])
network = build_cnn(4)
network.set_weights([values.astype("float32") for values in (kernels, b, W, head_b)])
x = rng.normal(size=(32, 8, 8, 1))
windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(1, 2))
maps = np.einsum("nijcuv,uvcf->nijf", windows, kernels) + b
pooled = np.maximum(maps, 0).reshape(32, 3, 2, 3, 2, 4).max(axis=(2, 4))
wanted = 1 / (1 + np.exp(-(pooled.reshape(32, 36) @ W + head_b)))
answer = network.predict(x.astype("float32"), verbose=0)
check_array(answer, wanted, "build_cnn(4) with known weights", rtol=1e-3, atol=1e-4)
### END HIDDEN TESTS

# %% tests="build_cnn" idea="learns" points=2 timeout=30 hint="Check the head and the optimizer."
### BEGIN HIDDEN TESTS
images, labels = bar_images(400, rng=np.random.default_rng(12))
fresh, truth = bar_images(320, rng=np.random.default_rng(13))
model = build_cnn(4, seed=2)
x, y = (images / 255).astype("float32").reshape(400, 8, 8, 1), labels.astype("float32")
model.fit(x, y, epochs=10, batch_size=16, verbose=0)
answer = model.predict((fresh / 255).astype("float32").reshape(320, 8, 8, 1), verbose=0)
right = np.mean((answer[:, 0] > 0.5) == truth)
check_equal(bool(right > 0.75), True, "more than 75 % of fresh bars are right")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Train it. Then take its weights out of Keras and give them to *your*
# functions. Both must answer the same.

# %% show="learned" timeout=60
images, labels = bar_images(400, rng=np.random.default_rng(0))
fresh, truth = bar_images(320, rng=np.random.default_rng(1))

model = build_cnn(4, seed=0)
model.fit(to_batch(images), labels.astype("float32"), epochs=10, batch_size=16, verbose=0)
probability = model.predict(to_batch(fresh), verbose=0)[:, 0]
print(f"right answers: {np.mean((probability > 0.5) == truth):.0%} of fresh images")

kernels, b, W, head_b = [np.asarray(values) for values in model.weights]
by_hand = []
for x in to_batch(fresh[:20]):
    score = head_scores(maxpool2d(conv2d_multi(x, kernels, b)), W, head_b)
    by_hand.append(1 / (1 + np.exp(-score[0])))
print("your functions and Keras agree:", np.allclose(by_hand, probability[:20], atol=1e-4))

examples = [fresh[truth == 0][1], fresh[truth == 1][1]]
fig, axes = plt.subplots(3, 5, figsize=(9, 5.6), layout="constrained")
axes[0, 0].set_title("learned kernels", fontsize=12, y=0.4)
largest = abs(kernels).max()
for f in range(4):
    sign = "+" if (W.reshape(3, 3, 4)[:, :, f].mean()) > 0 else "\N{MINUS SIGN}"
    axes[0, f + 1].imshow(kernels[:, :, 0, f], cmap="PuOr_r", vmin=-largest, vmax=largest)
    axes[0, f + 1].set_title(f"kernel {f}: votes {sign}", fontsize=12)
for line, x in zip(axes[1:], examples, strict=True):
    maps = np.maximum(conv2d_multi(to_batch(x[np.newaxis])[0], kernels, b), 0)
    line[0].imshow(x, cmap="gray", vmin=0, vmax=255)
    for f in range(4):
        line[f + 1].imshow(maps[:, :, f], cmap="Blues", vmin=0, vmax=3)
for ax in axes.flat:
    ax.axis("off")
plt.show()

# %% [markdown]
# Top row: what the network learned to look for (orange positive, purple negative). "Votes +" means:
# its map speaks for *vertical*. Below: one bar of each kind, and where each kernel finds something.
# No one told the network about edges. And it has 77 numbers, hardly more than the 65 of the linear
# classifier that failed. What matters is that a kernel is the same at every place.

# %% [markdown] manual="what_it_forgives" points=2
# **In your own words.** Look at the six difficulties of section 1 again.
#
# 1. A bar moves by one pixel. Which two parts of the network make it easy to still get it right,
#    and what does each do?
# 2. Choose one difficulty against which neither of the two parts helps. Why not? What does help?
#
# Two or three lines each; one point each.
#
# ### BEGIN SOLUTION
# 1. The convolution uses the same kernel at every place, so the answer in the map moves with the
#    bar, and nothing has to be learned anew for the new place. Max pooling keeps the largest value
#    of a tile, so a shift within a tile leaves the pooled map as it is.
# 2. For example viewpoint: seen from the side, a thing is not moved but has other shapes and edges,
#    and no shift of the old ones fits. (Or lighting: all numbers shrink, and the answers of the
#    kernels with them; or occlusion: the feature is not there to be found.) What helps is more
#    training images that show the variation, real ones or altered copies (rotated, darkened,
#    partly covered), and more layers that combine small features into larger ones.
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Name the shape that a convolution or a pooling leaves, and count what a layer has to learn.
# - Write both by hand, with padding, stride and channels, and as one matrix product.
# - Build the same in Keras, and prove with your own functions that it computes the same.
#
# Next come sequences: a network that uses the same weights again at every *step*.

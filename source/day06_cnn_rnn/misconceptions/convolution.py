"""What goes wrong in `convolution`, and what is right another way."""

from autograder.catalogue import alternative, misconception

# --- out_size ---

SIZE_STRIDE = "test_out_size_stride"
SIZE_LARGE = "test_out_size_too_large_a_window"


def refuse_large(n, k, pad):
    """Raise ValueError as the docstring of `out_size` asks."""
    if k > n + 2 * pad:
        raise ValueError("too large")


@misconception("out_size", loses=["test_out_size", SIZE_STRIDE, SIZE_LARGE])
def counts_the_steps(n, k, pad=0, stride=1):
    """You count the steps between the places. Three places: how many steps?"""
    refuse_large(n, k, pad)
    return (n + 2 * pad - k) // stride


@misconception("out_size", loses=["test_out_size", SIZE_LARGE])
def pads_one_side(n, k, pad=0, stride=1):
    """Your row grows by `pad` pixels in all. On how many sides do the zeros stand?"""
    refuse_large(n, k, pad)
    return (n + pad - k) // stride + 1


@misconception("out_size", loses=[SIZE_STRIDE])
def ignores_the_stride(n, k, pad=0, stride=1):  # noqa: ARG001 # the stride is what is ignored
    """Your window moves by one pixel, whatever the stride. Which argument do you never use?"""
    refuse_large(n, k, pad)
    return n + 2 * pad - k + 1


@misconception("out_size", loses=[SIZE_STRIDE])
def rounds_up(n, k, pad=0, stride=1):
    """Your last window sticks out of the row. What becomes of a step that does not fit?"""
    refuse_large(n, k, pad)
    return -((n + 2 * pad - k) // -stride) + 1


@misconception("out_size", loses=[SIZE_STRIDE])
def rounds_to_the_nearest(n, k, pad=0, stride=1):
    """Is 3.5 steps four steps? Look at the brackets of the formula."""
    refuse_large(n, k, pad)
    return int((n + 2 * pad - k) / stride + 0.5) + 1


@misconception("out_size", loses=[SIZE_STRIDE])
def divides_the_first_place_too(n, k, pad=0, stride=1):
    """You add 1 before you divide. Does the first place depend on the stride?"""
    refuse_large(n, k, pad)
    return (n + 2 * pad - k + 1) // stride


@misconception("out_size", loses=["test_out_size", SIZE_STRIDE, SIZE_LARGE])
def returns_a_float(n, k, pad=0, stride=1):
    """A count of places with a decimal point: which division gives whole numbers?"""
    refuse_large(n, k, pad)
    return np.floor((n + 2 * pad - k) / stride) + 1


@misconception("out_size", loses=[SIZE_LARGE])
def never_refuses(n, k, pad=0, stride=1):
    """A window of 5 in 4 pixels gets 0 places here. What does the docstring ask for?"""
    return (n + 2 * pad - k) // stride + 1


@misconception("out_size", loses=[SIZE_LARGE])
def compares_without_the_padding(n, k, pad=0, stride=1):
    """You compare the window with the bare row. May it lie on the zeros too?"""
    if k > n:
        raise ValueError("too large")
    return (n + 2 * pad - k) // stride + 1


@alternative("out_size")
def lists_the_places(n, k, pad=0, stride=1):
    """All places where a window can begin."""
    starts = range(0, n + 2 * pad - k + 1, stride)
    if len(starts) == 0:
        raise ValueError("the window does not fit")
    return len(starts)


# --- same_pad ---


def refuse_even(k):
    """Raise ValueError as the docstring of `same_pad` asks."""
    if k % 2 == 0:
        raise ValueError("even")


@misconception("same_pad", loses=["test_same_pad", "test_same_pad_even_windows"])
def always_pads_one(k):
    """One pixel is right for a window of 3. Do you use k?"""
    refuse_even(k)
    return 1


@misconception("same_pad", loses=["test_same_pad", "test_same_pad_even_windows"])
def pads_both_sides_together(k):
    """That is the padding of both sides together. How much stands on each?"""
    refuse_even(k)
    return k - 1


@misconception("same_pad", loses=["test_same_pad", "test_same_pad_even_windows"])
def pads_by_the_larger_half(k):
    """Put your answer into the formula: is the result as large as the image, or larger?"""
    refuse_even(k)
    return (k + 1) // 2


@misconception("same_pad", loses=["test_same_pad", "test_same_pad_even_windows"])
def pads_a_float(k):
    """A number of pixels with a decimal point: which division gives whole numbers?"""
    refuse_even(k)
    return (k - 1) / 2


@misconception("same_pad", loses=["test_same_pad_even_windows"])
def halves_even_windows(k):
    """Put k = 4 and your answer into the formula. Is the size kept?"""
    return k // 2


@misconception("same_pad", loses=["test_same_pad_even_windows"])
def knows_windows_up_to_five(k):
    """Windows of 3 and 5 come out right. What is the rule behind them?"""
    refuse_even(k)
    return 1 if k == 3 else 2


@alternative("same_pad")
def tries_paddings(k):
    """The first padding that keeps the size."""
    for pad in range(k):
        if 100 + 2 * pad - k + 1 == 100:
            return pad
    raise ValueError(f"no padding keeps the size for a window of {k}")


# --- conv2d ---

CONV_SHAPES = "test_conv2d_other_shapes"
CONV_PAD = "test_conv2d_padding"
CONV_STRIDE = "test_conv2d_stride"
CONV_UINT8 = "test_conv2d_uint8_pixels"
CONV_LARGE = "test_conv2d_too_large_a_kernel"
CONV_KEEPS = "test_conv2d_keeps_its_input"
CONV_ALL = ["test_conv2d", CONV_SHAPES, CONV_PAD, CONV_STRIDE, CONV_UINT8, CONV_KEEPS]


def padded_image(x, kernel, pad):
    """The padded image, refused where the docstring of `conv2d` asks for it."""
    padded = np.pad(x.astype(float), pad)
    if kernel.shape[0] > padded.shape[0] or kernel.shape[1] > padded.shape[1]:
        raise ValueError("too large")
    return padded


def slide(padded, kernel, stride=1, across=None):
    """Multiply and add up at each place."""
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    windows = windows[::stride, :: stride if across is None else across]
    return (windows * kernel).sum(axis=(2, 3))


@misconception("conv2d", loses=CONV_ALL)
def turns_the_kernel_round(x, kernel, pad=0, stride=1):
    """The lecture's example gives +5 here. Which corner of the window does kernel[0, 0] meet?"""
    return slide(padded_image(x, kernel, pad), kernel[::-1, ::-1], stride)


@misconception("conv2d", loses=[CONV_UINT8, CONV_KEEPS])
def transposes_a_square_kernel(x, kernel, pad=0, stride=1):
    """Rows and columns of the kernel are exchanged. Is u a row or a column of it?"""
    turned = kernel.T if kernel.shape[0] == kernel.shape[1] else kernel
    return slide(padded_image(x, kernel, pad), turned, stride)


@misconception("conv2d", loses=[CONV_SHAPES, CONV_PAD, CONV_STRIDE, CONV_LARGE])
def takes_the_kernel_for_square(x, kernel, pad=0, stride=1):
    """Part of your kernel has no effect. Need its height and width be equal?"""
    size = min(kernel.shape)
    square = kernel[:size, :size]
    return slide(padded_image(x, square, pad), square, stride)


@misconception("conv2d", loses=[CONV_SHAPES, CONV_PAD, CONV_STRIDE, CONV_KEEPS, CONV_UINT8])
def takes_the_image_for_square(x, kernel, pad=0, stride=1):
    """Your result has as many columns as rows. Is the image square?"""
    result = slide(padded_image(x, kernel, pad), kernel, stride)
    size = min(result.shape)
    return result[:size, :size].copy()


@misconception("conv2d", loses=[*CONV_ALL, CONV_LARGE])
def leaves_out_the_last_place(x, kernel, pad=0, stride=1):
    """One row and one column of places are missing. Where may the last window begin?"""
    return slide(padded_image(x, kernel, pad), kernel, stride)[:-1, :-1].copy()


@misconception("conv2d", loses=[*CONV_ALL, CONV_LARGE])
def takes_the_mean_of_the_window(x, kernel, pad=0, stride=1):
    """Your numbers are too small by a fixed factor. Does the formula have a sum or a mean?"""
    return slide(padded_image(x, kernel, pad), kernel, stride) / kernel.size


@misconception("conv2d", loses=[CONV_PAD, CONV_LARGE])
def ignores_the_padding(x, kernel, pad=0, stride=1):  # noqa: ARG001 # pad is what is ignored
    """The result has the size of no padding. Which argument do you never use?"""
    return slide(padded_image(x, kernel, 0), kernel, stride)


@misconception("conv2d", loses=[CONV_PAD, CONV_LARGE])
def repeats_the_border(x, kernel, pad=0, stride=1):
    """The numbers at the edges of the result are off. What stands in the padding?"""
    padded_image(x, kernel, pad)
    return slide(np.pad(x.astype(float), pad, mode="edge"), kernel, stride)


@misconception("conv2d", loses=[CONV_PAD])
def pads_top_and_left(x, kernel, pad=0, stride=1):
    """Zeros stand above and to the left. Which two sides have none?"""
    padded_image(x, kernel, pad)
    padded = np.pad(x.astype(float), ((2 * pad, 0), (2 * pad, 0)))
    return slide(padded, kernel, stride)


@misconception("conv2d", loses=[CONV_STRIDE, CONV_KEEPS])
def moves_by_one_pixel(x, kernel, pad=0, stride=1):  # noqa: ARG001 # the stride is ignored
    """Your result is as large as with stride 1. Which argument do you never use?"""
    return slide(padded_image(x, kernel, pad), kernel)


@misconception("conv2d", loses=[CONV_STRIDE, CONV_KEEPS])
def shrinks_without_moving_further(x, kernel, pad=0, stride=1):
    """The size is right, but the second window begins one pixel further. Where should it begin?"""
    padded = padded_image(x, kernel, pad)
    every = slide(padded, kernel)
    rows, columns = slide(padded, kernel, stride).shape
    return every[:rows, :columns].copy()


@misconception("conv2d", loses=[CONV_STRIDE, CONV_KEEPS])
def moves_further_down_only(x, kernel, pad=0, stride=1):
    """Downwards the window moves by the stride. And to the right?"""
    return slide(padded_image(x, kernel, pad), kernel, stride, across=1)


@misconception("conv2d", loses=[CONV_UINT8])
def stays_in_the_images_dtype(x, kernel, pad=0, stride=1):
    """Print `window * kernel` for uint8 pixels. What becomes of 200 times 2?"""
    padded_image(x, kernel, pad)
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(x, pad), kernel.shape)
    return (windows[::stride, ::stride] * kernel).sum(axis=(2, 3)).astype(float)


@misconception("conv2d", loses=["test_conv2d", CONV_UINT8])
def returns_the_images_dtype(x, kernel, pad=0, stride=1):
    """The result has the dtype of the image. Which one does the docstring name?"""
    return slide(padded_image(x, kernel, pad), kernel, stride).astype(x.dtype)


@misconception("conv2d", loses=[CONV_LARGE])
def returns_an_empty_map(x, kernel, pad=0, stride=1):
    """A kernel that does not fit gives an empty array. What does the docstring ask for?"""
    padded = np.pad(x.astype(float), pad)
    if kernel.shape[0] > padded.shape[0] or kernel.shape[1] > padded.shape[1]:
        return np.zeros((0, 0))
    return slide(padded, kernel, stride)


@misconception("conv2d", loses=[CONV_LARGE])
def compares_heights_only(x, kernel, pad=0, stride=1):
    """You compare the heights. What if the kernel is too wide?"""
    padded = np.pad(x.astype(float), pad)
    if kernel.shape[0] > padded.shape[0]:
        raise ValueError("too high")
    if kernel.shape[1] > padded.shape[1]:
        return np.zeros((padded.shape[0] - kernel.shape[0] + 1, 0))
    return slide(padded, kernel, stride)


@misconception("conv2d", loses=[CONV_LARGE])
def compares_widths_only(x, kernel, pad=0, stride=1):
    """You compare the widths. What if the kernel is too high?"""
    padded = np.pad(x.astype(float), pad)
    if kernel.shape[1] > padded.shape[1]:
        raise ValueError("too wide")
    if kernel.shape[0] > padded.shape[0]:
        return np.zeros((0, padded.shape[1] - kernel.shape[1] + 1))
    return slide(padded, kernel, stride)


@misconception("conv2d", loses=[CONV_LARGE])
def compares_with_the_bare_image(x, kernel, pad=0, stride=1):
    """You compare the kernel with the image before padding. May it lie on the zeros too?"""
    padded_image(x, kernel, 0)
    return slide(np.pad(x.astype(float), pad), kernel, stride)


@misconception("conv2d", loses=[CONV_SHAPES, CONV_STRIDE, CONV_KEEPS])
def multiplies_in_the_callers_image(x, kernel, pad=0, stride=1):
    """A window is a view, and `*=` writes through it. Whose array does that change?"""
    padded = padded_image(x, kernel, pad)
    if pad == 0 and x.dtype.kind == "f":
        padded = x
    result = np.zeros(slide(padded, kernel, stride).shape)
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            top, left = i * stride, j * stride
            window = padded[top : top + kernel.shape[0], left : left + kernel.shape[1]]
            if padded is x:
                window *= kernel
                result[i, j] = window.sum()
            else:
                result[i, j] = (window * kernel).sum()
    return result


@alternative("conv2d")
def adds_shifted_images(x, kernel, pad=0, stride=1):
    """One loop over the kernel instead of two over the image."""
    rows = out_size(x.shape[0], kernel.shape[0], pad, stride)
    columns = out_size(x.shape[1], kernel.shape[1], pad, stride)
    padded = np.pad(np.asarray(x, dtype=float), pad)
    result = np.zeros((rows, columns))
    for (u, v), weight in np.ndenumerate(kernel):
        result += (
            weight
            * padded[u : u + stride * rows : stride, v : v + stride * columns : stride][
                :rows, :columns
            ]
        )
    return result


@alternative("conv2d")
def uses_windows_of_numpy(x, kernel, pad=0, stride=1):
    """NumPy has sliding windows; it refuses those that are too large with a ValueError."""
    padded = np.zeros((x.shape[0] + 2 * pad, x.shape[1] + 2 * pad))
    padded[pad : pad + x.shape[0], pad : pad + x.shape[1]] = x
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)[::stride, ::stride]
    return np.einsum("ijuv,uv->ij", windows, kernel.astype(float))


# --- conv2d_multi ---

MULTI_VALUES = [
    "test_conv2d_multi",
    "test_conv2d_multi_other_shapes",
    "test_conv2d_multi_as_many_kernels_as_channels",
]


def refuse_misfits(x, kernels, b):
    """Raise ValueError as the docstring of `conv2d_multi` asks."""
    if x.shape[2] != kernels.shape[2] or b.shape != (kernels.shape[3],):
        raise ValueError("shapes do not fit")


def all_maps(x, kernels, letters="uvcf"):
    """The maps without bias; `letters` name the axes of the kernels."""
    windows = np.lib.stride_tricks.sliding_window_view(
        x.astype(float), kernels.shape[:2], axis=(0, 1)
    )
    return np.einsum(f"ijcuv,{letters}->ijf", windows, kernels)


@misconception("conv2d_multi", loses=MULTI_VALUES)
def leaves_out_the_bias(x, kernels, b):
    """Each map is off by one number. Which term of the formula is missing?"""
    refuse_misfits(x, kernels, b)
    return all_maps(x, kernels)


@misconception("conv2d_multi", loses=MULTI_VALUES)
def looks_at_the_first_channel(x, kernels, b):
    """Your maps come from channel 0 alone. Over what does the sum run besides u and v?"""
    refuse_misfits(x, kernels, b)
    return all_maps(x[:, :, :1], kernels[:, :, :1]) + b


@misconception("conv2d_multi", loses=MULTI_VALUES)
def averages_the_channels(x, kernels, b):
    """You divide by the number of channels. Does the formula?"""
    refuse_misfits(x, kernels, b)
    return all_maps(x, kernels) / x.shape[2] + b


@misconception("conv2d_multi", loses=MULTI_VALUES)
def adds_the_bias_in_every_channel(x, kernels, b):
    """How often do you add the bias: once for a map, or once for each channel?"""
    refuse_misfits(x, kernels, b)
    return all_maps(x, kernels) + x.shape[2] * b


@misconception("conv2d_multi", loses=MULTI_VALUES)
def adds_the_first_bias_to_all(x, kernels, b):
    """Only the first map is right. How many biases are there, and whose are they?"""
    refuse_misfits(x, kernels, b)
    return all_maps(x, kernels) + b[0]


@misconception("conv2d_multi", loses=MULTI_VALUES)
def turns_every_kernel_round(x, kernels, b):
    """Your kernels are turned round. Which corner of the window does kernels[0, 0] meet?"""
    refuse_misfits(x, kernels, b)
    return all_maps(x, kernels[::-1, ::-1]) + b


@misconception(
    "conv2d_multi", loses=["test_conv2d_multi", "test_conv2d_multi_as_many_kernels_as_channels"]
)
def exchanges_channels_and_kernels(x, kernels, b):
    """With as many kernels as channels both orders run. Which axis of `kernels` is the last?"""
    refuse_misfits(x, kernels, b)
    square = kernels.shape[2] == kernels.shape[3]
    return all_maps(x, kernels, "uvfc" if square else "uvcf") + b


@misconception("conv2d_multi", loses=["test_conv2d_multi_other_shapes"])
def keeps_as_many_maps_as_channels(x, kernels, b):
    """Your result has as many maps as the image has channels. What decides their number?"""
    refuse_misfits(x, kernels, b)
    return (all_maps(x, kernels) + b)[:, :, : x.shape[2]].copy()


@misconception("conv2d_multi", loses=["test_conv2d_multi_refuses_wrong_shapes"])
def spreads_a_grey_image(x, kernels, b):
    """A single channel was broadcast over three, without a word. Should that pass?"""
    if b.shape != (kernels.shape[3],):
        raise ValueError("b")
    return all_maps(np.broadcast_to(x, (*x.shape[:2], kernels.shape[2])), kernels) + b


@misconception("conv2d_multi", loses=["test_conv2d_multi_refuses_wrong_shapes"])
def spreads_a_single_bias(x, kernels, b):
    """A single bias was broadcast over all maps, without a word. Should that pass?"""
    if x.shape[2] != kernels.shape[2]:
        raise ValueError("channels")
    return all_maps(x, kernels) + b


@alternative("conv2d_multi")
def sums_maps_of_channels(x, kernels, b):
    """A convolution for each pair of channel and kernel."""
    refuse_misfits(x, kernels, b)
    channels, filters = kernels.shape[2:]
    maps = [
        sum(conv2d(x[:, :, c], kernels[:, :, c, f]) for c in range(channels)) + b[f]
        for f in range(filters)
    ]
    return np.stack(maps, axis=-1)


@alternative("conv2d_multi")
def uses_one_product(x, kernels, b):
    """Cut out all windows, then one matrix product."""
    kh, kw, channels, filters = kernels.shape
    if channels != x.shape[-1] or b.ndim != 1 or len(b) != filters:
        raise ValueError("shapes do not fit")
    flat = im2col(x, kh, kw) @ kernels.reshape(-1, filters) + b
    return flat.reshape(x.shape[0] - kh + 1, x.shape[1] - kw + 1, filters)


# --- im2col ---

IM2COL_ALL = ["test_im2col", "test_im2col_other_shapes"]


def cut_out(x, kh, kw):
    """All windows, shape (out, out, kh, kw, C)."""
    windows = np.lib.stride_tricks.sliding_window_view(x.astype(float), (kh, kw), axis=(0, 1))
    return windows.transpose(0, 1, 3, 4, 2)


@misconception("im2col", loses=IM2COL_ALL)
def stacks_windows_as_columns(x, kh, kw):
    """Each of your windows is a column. What does the docstring say of its place?"""
    return cut_out(x, kh, kw).reshape(-1, kh * kw * x.shape[2]).T.copy()


@misconception("im2col", loses=IM2COL_ALL)
def goes_down_first(x, kh, kw):
    """Your second window lies below the first. In which order does one read?"""
    return cut_out(x, kh, kw).transpose(1, 0, 2, 3, 4).reshape(-1, kh * kw * x.shape[2])


@misconception("im2col", loses=IM2COL_ALL)
def lays_columns_of_a_window_flat(x, kh, kw):
    """Within a window you go down first. What does reshape(-1) do?"""
    return cut_out(x, kh, kw).transpose(0, 1, 3, 2, 4).reshape(-1, kh * kw * x.shape[2])


@misconception("im2col", loses=["test_im2col_other_shapes"])
def lays_channel_after_channel(x, kh, kw):
    """You lay one channel flat after the other. What stands side by side after reshape(-1)?"""
    return cut_out(x, kh, kw).transpose(0, 1, 4, 2, 3).reshape(-1, kh * kw * x.shape[2])


@misconception("im2col", loses=["test_im2col_other_shapes"])
def cuts_out_one_channel(x, kh, kw):
    """Your rows hold kh * kw numbers. What about the other channels?"""
    return cut_out(x, kh, kw)[..., 0].reshape(-1, kh * kw)


@misconception("im2col", loses=IM2COL_ALL)
def cuts_tiles(x, kh, kw):
    """Your windows do not overlap, as tiles do. By how much does the window move?"""
    return cut_out(x, kh, kw)[::kh, ::kw].reshape(-1, kh * kw * x.shape[2])


@misconception("im2col", loses=IM2COL_ALL)
def keeps_the_images_dtype(x, kh, kw):
    """The numbers are right. Which dtype does the docstring name?"""
    return cut_out(x, kh, kw).reshape(-1, kh * kw * x.shape[2]).astype(x.dtype)


@misconception("im2col", loses=IM2COL_ALL)
def exchanges_height_and_width(x, kh, kw):
    """A window of 3 by 2 becomes one of 2 by 3 here. Which argument is the height?"""
    return cut_out(x, kw, kh).reshape(-1, kh * kw * x.shape[2])


@alternative("im2col")
def uses_sliding_windows(x, kh, kw):
    """NumPy's sliding windows, brought into order."""
    return cut_out(x, kh, kw).reshape(-1, kh * kw * x.shape[2])


@alternative("im2col")
def fills_it_pixel_by_pixel(x, kh, kw):
    """A column of the result for each weight of the kernel."""
    rows, columns, channels = x.shape[0] - kh + 1, x.shape[1] - kw + 1, x.shape[2]
    flat = np.zeros((rows, columns, kh, kw, channels))
    for u in range(kh):
        for v in range(kw):
            flat[:, :, u, v] = x[u : u + rows, v : v + columns]
    return flat.reshape(rows * columns, -1)


# --- maxpool2d ---

POOL_SIZES = "test_maxpool2d_other_sizes"
POOL_NEGATIVE = "test_maxpool2d_negative_values"
POOL_CHANNELS = "test_maxpool2d_channels"
POOL_ALL = ["test_maxpool2d", POOL_SIZES, POOL_NEGATIVE, POOL_CHANNELS]


def tiles(x, size):
    """The tiles of x, shape (rows, size, columns, size, ...)."""
    rows, columns = x.shape[0] // size, x.shape[1] // size
    whole = x[: rows * size, : columns * size].astype(float)
    return whole.reshape(rows, size, columns, size, *x.shape[2:])


@misconception("maxpool2d", loses=POOL_ALL)
def takes_the_mean(x, size=2):
    """That is average pooling. What does *max* pooling keep?"""
    return tiles(x, size).mean(axis=(1, 3))


@misconception("maxpool2d", loses=[POOL_SIZES, POOL_NEGATIVE, POOL_CHANNELS])
def takes_the_last_corner(x, size=2):
    """In the example the largest number stands in the last corner. Must it?"""
    return tiles(x, size)[:, -1, :, -1].copy()


@misconception("maxpool2d", loses=POOL_ALL)
def lets_tiles_overlap(x, size=2):
    """Your tiles overlap: the result is too large. By how much does a tile move?"""
    windows = np.lib.stride_tricks.sliding_window_view(x.astype(float), (size, size), axis=(0, 1))
    return windows.max(axis=(-2, -1))


@misconception("maxpool2d", loses=[POOL_SIZES])
def always_takes_tiles_of_two(x, size=2):  # noqa: ARG001 # size is what is ignored
    """Your tiles are 2 by 2 whatever the size. Which argument do you never use?"""
    return tiles(x, 2).max(axis=(1, 3))


@misconception("maxpool2d", loses=[POOL_SIZES])
def keeps_what_is_left_over(x, size=2):
    """Your result has a row and a column too many. What becomes of a tile that is not full?"""
    rows, columns = -(-x.shape[0] // size), -(-x.shape[1] // size)
    low = np.full((rows * size, columns * size, *x.shape[2:]), -np.inf)
    low[: x.shape[0], : x.shape[1]] = x
    return tiles(low, size).max(axis=(1, 3))


@misconception("maxpool2d", loses=[POOL_NEGATIVE, POOL_CHANNELS])
def starts_at_zero(x, size=2):
    """Your search for the largest begins with 0. What if all values lie below it?"""
    return np.maximum(tiles(x, size).max(axis=(1, 3)), 0.0)


@misconception("maxpool2d", loses=[POOL_NEGATIVE, POOL_CHANNELS])
def compares_sizes_without_sign(x, size=2):
    """Is -7 a large value, or a small one?"""
    return np.abs(tiles(x, size)).max(axis=(1, 3))


@misconception("maxpool2d", loses=[POOL_CHANNELS])
def pools_over_the_channels(x, size=2):
    """All your channels are alike. Along which axes do you take the maximum?"""
    pooled = tiles(x, size).max(axis=(1, 3))
    if x.ndim == 3:
        pooled[:] = pooled.max(axis=2, keepdims=True)
    return pooled


@misconception("maxpool2d", loses=["test_maxpool2d", POOL_NEGATIVE])
def keeps_integers(x, size=2):
    """The values are right. Which dtype does the docstring name?"""
    return tiles(x, size).max(axis=(1, 3)).astype(x.dtype)


@alternative("maxpool2d")
def reshapes_into_tiles(x, size=2):
    """Two axes more, and a maximum over them."""
    return tiles(x, size).max(axis=(1, 3))


@alternative("maxpool2d")
def compares_shifted_copies(x, size=2):
    """The largest of the size * size pixels of all tiles."""
    height, width = x.shape[0] // size * size, x.shape[1] // size * size
    parts = [x[u:height:size, v:width:size] for u in range(size) for v in range(size)]
    return np.max(parts, axis=0).astype(float)


# --- conv_params ---

PARAMS_ALL = ["test_conv_params", "test_conv_params_other_layers"]


@misconception("conv_params", loses=PARAMS_ALL)
def counts_weights_alone(k, c_in, c_out):
    """This counts weights alone. What else does each kernel have?"""
    return k * k * c_in * c_out


@misconception("conv_params", loses=PARAMS_ALL)
def takes_flat_kernels(k, c_in, c_out):  # noqa: ARG001 # the depth is what is ignored
    """Your kernels are flat. How deep is a kernel for a colour image?"""
    return k * k * c_out + c_out


@misconception("conv_params", loses=PARAMS_ALL)
def gives_each_channel_a_bias(k, c_in, c_out):
    """Is there a bias for each channel of the input, or for each kernel?"""
    return k * k * c_in * c_out + c_in


@misconception("conv_params", loses=PARAMS_ALL)
def adds_a_single_bias(k, c_in, c_out):
    """How many biases has a layer with F kernels?"""
    return k * k * c_in * c_out + 1


@misconception("conv_params", loses=PARAMS_ALL)
def takes_a_row_for_a_kernel(k, c_in, c_out):
    """A kernel is k × k. How many weights is that in one channel?"""
    return k * c_in * c_out + c_out


@misconception("conv_params", loses=["test_conv_params_other_layers"])
def counts_on_kernels_of_three(k, c_in, c_out):  # noqa: ARG001 # k is what is ignored
    """Kernels of 3 × 3 come out right. Do you use k?"""
    return 9 * c_in * c_out + c_out


@alternative("conv_params")
def counts_kernel_by_kernel(k, c_in, c_out):
    """Each kernel: its weights and its bias."""
    return c_out * (c_in * k**2 + 1)


# --- shape_table ---

TABLE_ALL = ["test_shape_table", "test_shape_table_other_images"]


def follow(shape, plan, *, conv=None, pool=None, dense=None, flatten=None, count_conv=None):
    """Follow a plan, with one step done in another way."""
    table, first = [], shape
    for kind, number in plan:
        count = 0
        if kind == "conv":
            count = (count_conv or (lambda c, f, _: 9 * c * f + f))(shape[2], number, first)
            shape = (conv or (lambda h, w, f: (h, w, f)))(shape[0], shape[1], number)
        elif kind == "pool":
            shape = (pool or (lambda h, w, c, s: (h // s, w // s, c)))(*shape, number)
        elif kind == "flatten":
            shape = (flatten or (lambda h, w, c: (h * w * c,)))(*shape)
        else:
            count = (dense or (lambda n, u: n * u + u))(shape[-1], number)
            shape = (number,)
        table.append((shape, count))
    return table


@misconception("shape_table", loses=TABLE_ALL)
def shrinks_in_every_convolution(shape, plan):
    """Your maps lose two rows in each convolution. What does *same* padding do?"""
    return follow(shape, plan, conv=lambda h, w, f: (h - 2, w - 2, f))


@misconception("shape_table", loses=TABLE_ALL)
def counts_the_first_images_channels(shape, plan):
    """Your second convolution has too few weights. How many channels does it get?"""
    return follow(shape, plan, count_conv=lambda _c, f, first: 9 * first[2] * f + f)


@misconception("shape_table", loses=TABLE_ALL)
def forgets_biases_of_kernels(shape, plan):
    """Your convolutions have weights alone. What else does each kernel have?"""
    return follow(shape, plan, count_conv=lambda c, f, _: 9 * c * f)


@misconception("shape_table", loses=TABLE_ALL)
def forgets_biases_of_units(shape, plan):
    """Your Dense layers have weights alone. What else does each unit have?"""
    return follow(shape, plan, dense=lambda n, u: n * u)


@misconception("shape_table", loses=["test_shape_table_other_images"])
def always_halves(shape, plan):
    """Your pooling halves, whatever its size. What is the second entry of the pair?"""
    return follow(shape, plan, pool=lambda h, w, c, _s: (h // 2, w // 2, c))


@misconception("shape_table", loses=["test_shape_table_other_images"])
def rounds_tiles_up(shape, plan):
    """Your pooled map is too large by one. What becomes of a tile that is not full?"""
    return follow(shape, plan, pool=lambda h, w, c, s: (-(-h // s), -(-w // s), c))


@misconception("shape_table", loses=TABLE_ALL)
def gives_flat_shapes_as_numbers(shape, plan):
    """After flatten your shape is a bare number. How does NumPy write a shape with one entry?"""
    table = follow(shape, plan)
    return [(size[0] if len(size) == 1 else size, count) for size, count in table]


@misconception("shape_table", loses=TABLE_ALL)
def flattens_one_channel(shape, plan):
    """Your flat row holds H * W numbers. What about the other maps?"""
    return follow(shape, plan, flatten=lambda h, w, _c: (h * w,))


@alternative("shape_table")
def uses_the_functions_from_above(shape, plan):
    """Sizes and counts from out_size and conv_params."""
    table = []
    for kind, number in plan:
        count = 0
        match kind:
            case "conv":
                count = conv_params(3, shape[-1], number)
                shape = (*[out_size(n, 3, same_pad(3)) for n in shape[:2]], number)
            case "pool":
                sizes = [out_size(n, number, stride=number) for n in shape[:2]]
                shape = (*sizes, shape[2])
            case "flatten":
                shape = (int(np.prod(shape)),)
            case "dense":
                count, shape = (shape[0] + 1) * number, (number,)
        table.append((shape, count))
    return table


# --- head_scores ---

HEAD_KEEPS = "test_head_scores_keeps_its_input"
HEAD_ALL = ["test_head_scores", "test_head_scores_other_shapes", HEAD_KEEPS]


@misconception("head_scores", loses=HEAD_ALL)
def keeps_negative_answers(maps, W, b):
    """Negative answers take part in your score. Which step takes them away?"""
    return maps.reshape(-1) @ W + b


@misconception("head_scores", loses=["test_head_scores_other_shapes"])
def clips_the_score(maps, W, b):
    """Your score is never negative. What does ReLU belong to, the maps or the score?"""
    return np.maximum(np.maximum(maps, 0).reshape(-1) @ W + b, 0)


@misconception("head_scores", loses=HEAD_ALL)
def clips_the_score_alone(maps, W, b):
    """You clip after the product. At which of the three steps does ReLU stand?"""
    return np.maximum(maps.reshape(-1) @ W + b, 0)


@misconception("head_scores", loses=HEAD_ALL)
def drops_the_sign(maps, W, b):
    """Your negative answers become positive. What does ReLU make of -1?"""
    return np.abs(maps).reshape(-1) @ W + b


@misconception("head_scores", loses=HEAD_ALL)
def flattens_map_after_map(maps, W, b):
    """You lay one map flat after the other. What stands side by side after reshape(-1)?"""
    return np.maximum(maps, 0).transpose(2, 0, 1).reshape(-1) @ W + b


@misconception("head_scores", loses=["test_head_scores_other_shapes"])
def flattens_columns_first(maps, W, b):
    """You go down the columns of the maps. What does reshape(-1) do?"""
    return np.maximum(maps, 0).transpose(1, 0, 2).reshape(-1) @ W + b


@misconception("head_scores", loses=HEAD_ALL)
def scores_without_bias(maps, W, b):  # noqa: ARG001 # b is what is forgotten
    """Each score is off by a fixed number. Which term of the score function is missing?"""
    return np.maximum(maps, 0).reshape(-1) @ (1.0 * W)


@misconception("head_scores", loses=[HEAD_KEEPS])
def clears_the_callers_maps(maps, W, b):
    """`maps[maps < 0] = 0` writes into the array that you were given. Whose array is it?"""
    maps[maps < 0] = 0
    return maps.reshape(-1) @ W + b


@alternative("head_scores")
def masks_what_is_negative(maps, W, b):
    """Zero where negative, then einsum."""
    active = np.where(maps > 0, maps, 0).ravel()
    return np.einsum("d,dc->c", active, W) + b


# --- to_batch ---

BATCH_ALL = ["test_to_batch", "test_to_batch_other_images"]


@misconception("to_batch", loses=BATCH_ALL)
def puts_the_channels_first(images):
    """Your channel axis stands before the rows. Where does Keras expect it?"""
    return (images[:, np.newaxis] / 255).astype(np.float32)


@misconception("to_batch", loses=BATCH_ALL)
def forgets_the_channel_axis(images):
    """Your batch has three axes. How many has (N, H, W, C)?"""
    return (images / 255).astype(np.float32)


@misconception("to_batch", loses=BATCH_ALL)
def keeps_large_numbers(images):
    """Your brightest pixel is 255. What should it become?"""
    return images[..., np.newaxis].astype(np.float32)


@misconception("to_batch", loses=["test_to_batch_other_images"])
def scales_by_the_brightest_pixel(images):
    """Dark images become bright here. By which number do you divide?"""
    return (images[..., np.newaxis] / images.max()).astype(np.float32)


@misconception("to_batch", loses=["test_to_batch"])
def stays_in_float64(images):
    """The values are right. Which dtype does the docstring name?"""
    return images[..., np.newaxis] / 255


@misconception("to_batch", loses=BATCH_ALL)
def divides_whole_numbers(images):
    """Nearly all of your pixels are 0. Which division keeps the decimals?"""
    return (images[..., np.newaxis] // 255).astype(np.float32)


@alternative("to_batch")
def reshapes_and_multiplies(images):
    """A reshape for the new axis."""
    return images.reshape(*images.shape, 1).astype("float32") / np.float32(255)


# --- build_cnn ---

CNN_OTHER = "test_build_cnn_other_filters"
CNN_ANSWERS = "test_build_cnn_answers"
CNN_LEARNS = "test_build_cnn_learns"


def bar_model(
    filters,
    seed,
    *,
    activation="relu",
    padding="valid",
    pool="MaxPooling2D",
    head=(1, "sigmoid"),
    loss="binary_crossentropy",
    optimizer=None,
):
    """The network of the notebook, with one part done in another way."""
    seed_keras(seed)
    model = keras.Sequential([layers.Input((8, 8, 1))])
    model.add(layers.Conv2D(filters, 3, activation=activation, padding=padding))
    if pool:
        model.add(getattr(layers, pool)(2))
    model.add(layers.Flatten())
    model.add(layers.Dense(head[0], activation=head[1]))
    model.compile(optimizer or keras.optimizers.Adam(learning_rate=0.02), loss=loss)
    return model


@misconception("build_cnn", loses=[CNN_ANSWERS])
def forgets_relu(filters, seed=0):
    """The count is right, but negative answers of the kernels pass. What clips them?"""
    return bar_model(filters, seed, activation=None)


@misconception("build_cnn", loses=[CNN_ANSWERS])
def averages_the_tiles(filters, seed=0):
    """The count is right, since pooling has no weights. What do the tiles keep here?"""
    return bar_model(filters, seed, pool="AveragePooling2D")


# the bare linear head with "binary_crossentropy" learns or not as the first weights fall: no entry
@misconception("build_cnn", loses=["test_build_cnn", CNN_ANSWERS])
def leaves_the_sigmoid_to_the_loss(filters, seed=0):
    """Some of your answers lie below 0 or above 1. What turns a score into a probability?"""
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    return bar_model(filters, seed, head=(1, None), loss=loss)


@misconception("build_cnn", loses=[CNN_ANSWERS, CNN_LEARNS])
def takes_softmax_of_one_unit(filters, seed=0):
    """Softmax of a single number is always 1. Which activation belongs to one unit?"""
    return bar_model(filters, seed, head=(1, "softmax"))


@misconception("build_cnn", loses=["test_build_cnn", CNN_OTHER, CNN_ANSWERS])
def pads_to_the_same_size(filters, seed=0):
    """Your maps are 8 by 8. What does the table say of the padding?"""
    return bar_model(filters, seed, padding="same")


@misconception("build_cnn", loses=["test_build_cnn", CNN_OTHER, CNN_ANSWERS])
def leaves_out_the_pooling(filters, seed=0):
    """Your head has 36 weights a kernel. Which layer shrinks the maps before it?"""
    return bar_model(filters, seed, pool=None)


@misconception("build_cnn", loses=[CNN_OTHER])
def always_takes_four_kernels(filters, seed=0):  # noqa: ARG001 # filters is what is ignored
    """Your network has 4 kernels whatever is asked. Which argument do you never use?"""
    return bar_model(4, seed)


@misconception("build_cnn", loses=["test_build_cnn"])
def takes_the_squared_loss(filters, seed=0):
    """It learns, but with the loss of a regression. Which loss goes with a probability?"""
    return bar_model(filters, seed, loss="mse")


@misconception("build_cnn", loses=[CNN_LEARNS])
def takes_tiny_steps(filters, seed=0):
    """The parts are right, and after ten epochs it still guesses. How large are the steps?"""
    return bar_model(filters, seed, optimizer=keras.optimizers.SGD(learning_rate=0.001))


@misconception("build_cnn", loses=["test_build_cnn", CNN_LEARNS])
def forgets_to_compile(filters, seed=0):
    """The layers are there. What does a model need before `fit`?"""
    seed_keras(seed)
    return keras.Sequential(
        [
            layers.Input((8, 8, 1)),
            layers.Conv2D(filters, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


@alternative("build_cnn")
def adds_layer_by_layer(filters, seed=0):
    """model.add, with ReLU as a layer of its own and metrics on top."""
    seed_keras(seed)
    model = keras.Sequential()
    model.add(layers.Input(shape=(8, 8, 1)))
    model.add(layers.Conv2D(filters, (3, 3)))
    model.add(layers.ReLU())
    model.add(layers.MaxPooling2D(pool_size=2))
    model.add(layers.Flatten())
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile(
        loss="binary_crossentropy",
        optimizer=keras.optimizers.Adam(learning_rate=0.02),
        metrics=["accuracy"],
    )
    return model

"""Matrices as pictures: a heatmap of values, and weights as images."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course._look import GREY, LABEL_SIZE, TEXT_SIZE, TITLE_SIZE, axes_of_size, label, signed

_IMAGES_ACROSS = 5

FloatArray = npt.NDArray[np.float64]


def heatmap(
    values: npt.ArrayLike,
    *,
    title: str,
    xlabel: str,
    ylabel: str,
    xticks: Sequence[str] | None = None,
    yticks: Sequence[str] | None = None,
    fmt: str = "{:.1f}",
    ax: Axes | None = None,
) -> Axes:
    """Draw a matrix as coloured cells with their values.

    Parameters
    ----------
    values
        The matrix, shape (rows, columns). If it has both signs, 0 is white and the signs have
        two colours; otherwise larger is darker.
    title, xlabel, ylabel
        The words around it.
    xticks, yticks
        Names of the columns and rows; by default their numbers.
    fmt
        How a value is written.
    ax
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes drawn into.

    Raises
    ------
    ValueError
        If `values` is no matrix, or the names are not as many as its columns and rows.

    Examples
    --------
    >>> ax = heatmap([[1, 2], [3, 4]], title="Scores", xlabel="class", ylabel="example")
    >>> [text.get_text() for text in ax.texts]
    ['1.0', '2.0', '3.0', '4.0']
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError(f"values must be a matrix, not of shape {matrix.shape}")
    rows, columns = matrix.shape
    columns_named = _names(xticks, columns, "xticks")
    rows_named = _names(yticks, rows, "yticks")
    ax = axes_of_size(ax, 0.95 * columns + 2.0, 0.6 * rows + 1.6)
    low, high = _finite_range(matrix)
    if low < 0 < high:
        high = max(-low, high)
        low, colours = -high, "PuOr_r"
    else:
        colours = "Blues"
    image = ax.imshow(matrix, cmap=colours, vmin=low, vmax=high, aspect="auto")
    red, green, blue, opaque = np.moveaxis(image.to_rgba(matrix), -1, 0)
    # NaN has no colour: the page shows through.
    brightness = 0.3 * red + 0.59 * green + 0.11 * blue + (1 - opaque)
    for (row, column), value in np.ndenumerate(matrix):
        ax.text(
            column,
            row,
            signed(fmt.format(value)),
            ha="center",
            va="center",
            fontsize=TEXT_SIZE,
            color="white" if brightness[row, column] < 0.5 else "black",
            # Inside its cell: measuring hundreds of them for the margins takes most of the time.
            in_layout=False,
        )
    ax.set_xticks(range(columns), columns_named)
    ax.set_yticks(range(rows), rows_named)
    # White lines between the cells; a grid of minor ticks would take far longer to draw.
    ax.vlines(np.arange(1, columns) - 0.5, -0.5, rows - 0.5, colors="white", linewidth=2)
    ax.hlines(np.arange(1, rows) - 0.5, -0.5, columns - 0.5, colors="white", linewidth=2)
    ax.tick_params(which="both", length=0)
    ax.spines[:].set_visible(False)
    label(ax, title, xlabel, ylabel)
    return ax


def _names(names: Sequence[str] | None, count: int, what: str) -> list[str]:
    if names is None:
        return [str(number) for number in range(count)]
    if len(names) != count:
        raise ValueError(f"{what} holds {len(names)} names, expected {count}")
    return [str(name) for name in names]


def _finite_range(values: FloatArray) -> tuple[float, float]:
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)


def templates(
    W: npt.ArrayLike,
    shape: tuple[int, ...],
    names: Sequence[str],
    *,
    title: str,
    ax: Axes | None = None,
) -> Axes:
    """Draw each column of a weight matrix as the image that its class looks for.

    Each image is stretched on its own, from its smallest weight (black) to its largest.

    Parameters
    ----------
    W
        The weights, shape (D, C), one column per class.
    shape
        Of one image: (height, width) or (height, width, 3), with D values.
    names
        Of the classes, C of them.
    title
        Above the images.
    ax
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes drawn into.

    Raises
    ------
    ValueError
        If the shapes or the number of names do not fit.

    Examples
    --------
    >>> ax = templates(np.eye(4), (2, 2), ["a", "b", "c", "d"], title="Four pixels")
    >>> len(ax.images)
    4
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    weights = np.asarray(W, dtype=np.float64)
    if len(shape) not in (2, 3) or (len(shape) == 3 and shape[2] != 3):
        raise ValueError(f"shape must be (height, width) or (height, width, 3), not {shape}")
    if weights.shape != (int(np.prod(shape)), len(names)):
        raise ValueError(
            f"expected W of shape {(int(np.prod(shape)), len(names))} "
            f"for images of shape {shape} and {len(names)} names, not {weights.shape}"
        )
    height, width = shape[:2]
    across = min(len(names), _IMAGES_ACROSS)
    down = -(-len(names) // across)
    step_x, step_y = 1.12 * width, 1.0 * height + 0.28 * width
    ax = axes_of_size(ax, 1.5 * across + 0.4, 1.5 * down * step_y / step_x + 0.5)
    for number, name in enumerate(names):
        left, top = number % across * step_x, number // across * step_y
        ax.imshow(
            _stretched(weights[:, number]).reshape(shape),
            cmap="gray",
            vmin=0.0,
            vmax=1.0,
            extent=(left, left + width, top + height, top),
            interpolation="nearest",
        )
        # A frame: white corners would melt into the page.
        ax.add_patch(Rectangle((left, top), width, height, fill=False, edgecolor=GREY))
        ax.text(
            left + width / 2,
            top - 0.05 * width,
            name,
            ha="center",
            va="bottom",
            fontsize=LABEL_SIZE,
        )
    ax.set_xlim(-0.02 * width, across * step_x - 0.1 * width)
    ax.set_ylim((down - 1) * step_y + height * 1.02, -0.22 * width)
    ax.set_axis_off()
    ax.set_title(title, fontsize=TITLE_SIZE)
    return ax


def _stretched(values: FloatArray) -> FloatArray:
    low, high = float(values.min()), float(values.max())
    if high == low:
        return np.full_like(values, 0.5)
    return (values - low) / (high - low)

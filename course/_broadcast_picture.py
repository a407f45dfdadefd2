"""The textbook picture of broadcasting: two grids, stretched to one shape, and their sum."""

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course._look import COLORS, GREY, LABEL_SIZE, TITLE_SIZE, axes_of_size, signed, tint

_GAP = 1.3
_INCHES_PER_CELL = 0.62
_CLASH = COLORS["vermillion"]

Matrix = npt.NDArray[Any]
Shape = tuple[int, ...]


def draw_broadcast(a: npt.ArrayLike, b: npt.ArrayLike, *, ax: Axes | None = None) -> Axes:
    """Draw how NumPy stretches two arrays to one shape to add them.

    Cells that an array really has are filled; cells that broadcasting repeats are dashed and
    grey. Where the shapes do not fit, the axis that clashes is marked instead.

    Parameters
    ----------
    a, b
        Numbers, of at most two axes each, such as (2, 3) and (3,).
    ax
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes drawn into.

    Raises
    ------
    ValueError
        If an array has more than two axes, or no value.

    Examples
    --------
    >>> ax = draw_broadcast([[0, 1, 2], [3, 4, 5]], [10, 20, 30])
    >>> ax.get_title()
    'Shapes (2, 3) and (3,) broadcast to (2, 3)'
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    first, second = np.asarray(a), np.asarray(b)
    for name, array in (("a", first), ("b", second)):
        if array.ndim > 2 or array.size == 0:
            raise ValueError(f"{name} must have one or two axes and a value, not {array.shape}")
    clashes = _clashes(first.shape, second.shape)
    ax = _draw_clash(first, second, clashes, ax) if clashes else _draw_sum(first, second, ax)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return ax


def _as_matrix(array: Matrix) -> Matrix:
    # A missing axis counts as one of length 1, put in front.
    return array.reshape((1,) * (2 - array.ndim) + array.shape)


def _clashes(a: Shape, b: Shape) -> list[int]:
    shared = range(-1, -min(len(a), len(b)) - 1, -1)
    return [axis for axis in shared if a[axis] != b[axis] and 1 not in (a[axis], b[axis])]


def _draw_sum(a: Matrix, b: Matrix, ax: Axes | None) -> Axes:
    total = a + b
    rows, columns = _as_matrix(total).shape
    width = 3 * columns + 2 * _GAP
    ax = axes_of_size(ax, _INCHES_PER_CELL * (width + 1.2), _INCHES_PER_CELL * (rows + 1.8) + 0.5)
    parts = (
        ("a", a, COLORS["sky"]),
        ("b", b, COLORS["orange"]),
        ("a + b", total, COLORS["green"]),
    )
    for place, (name, array, colour) in enumerate(parts):
        left = place * (columns + _GAP)
        _draw_grid(ax, _as_matrix(array), (rows, columns), left, colour)
        stretched = array.shape != total.shape
        _write_name(ax, name, array.shape, left + columns / 2)
        if stretched:
            ax.text(
                left + columns / 2,
                rows + 0.25,
                f"stretched to {total.shape}",
                ha="center",
                va="top",
                fontsize=LABEL_SIZE,
                color=GREY,
            )
        if place:
            sign = "+" if place == 1 else "="
            ax.text(left - _GAP / 2, rows / 2, sign, ha="center", va="center", fontsize=22)
    ax.set_xlim(-0.6, width + 0.6)
    ax.set_ylim(rows + 0.8, -1.0)
    ax.set_title(f"Shapes {a.shape} and {b.shape} broadcast to {total.shape}", fontsize=TITLE_SIZE)
    return ax


def _draw_grid(ax: Axes, values: Matrix, shape: Shape, left: float, colour: str) -> None:
    for row, column in np.ndindex(shape):
        real = row < values.shape[0] and column < values.shape[1]
        value = np.broadcast_to(values, shape)[row, column]
        ax.add_patch(
            Rectangle(
                (left + column, row),
                1,
                1,
                facecolor=tint(colour, 0.6) if real else "white",
                edgecolor="black" if real else GREY,
                linestyle="-" if real else (0, (3, 3)),
                linewidth=1.4 if real else 1.0,
                zorder=2 if real else 1,
            )
        )
        text = signed(f"{value:.4g}")
        ax.text(
            left + column + 0.5,
            row + 0.5,
            text,
            ha="center",
            va="center",
            fontsize=15 if len(text) <= 3 else 11,
            color="black" if real else GREY,
            zorder=3,
        )


def _write_name(ax: Axes, name: str, shape: Shape, centre: float) -> None:
    ax.text(
        centre,
        -0.25,
        rf"$\mathbf{{{name}}}$  {shape}",
        ha="center",
        va="bottom",
        fontsize=LABEL_SIZE,
    )


def _draw_clash(a: Matrix, b: Matrix, clashes: list[int], ax: Axes | None) -> Axes:
    matrices = [_as_matrix(array) for array in (a, b)]
    rows = max(matrix.shape[0] for matrix in matrices)
    gap = _GAP + 1.2
    width = sum(matrix.shape[1] for matrix in matrices) + gap
    below = 1.2 if -1 in clashes else 0.3
    # The sentence above the grids needs its width, however small they are.
    inches_across = max(_INCHES_PER_CELL * (width + 1.9), 5.6)
    ax = axes_of_size(
        ax, inches_across, _INCHES_PER_CELL * (rows + 1.0 + below) + 0.5 + 0.25 * len(clashes)
    )
    left = 0.0
    for name, array, matrix, colour in zip(
        "ab", (a, b), matrices, (COLORS["sky"], COLORS["orange"]), strict=True
    ):
        _draw_grid(ax, matrix, matrix.shape, left, colour)
        _write_name(ax, name, array.shape, left + matrix.shape[1] / 2)
        for axis in clashes:
            _mark_axis(ax, matrix.shape, axis, left)
        left += matrix.shape[1] + gap
    ax.text(matrices[0].shape[1] + gap / 2, rows / 2, "+", ha="center", va="center", fontsize=22)
    ax.set_xlim(-1.3, width + 0.6)
    ax.set_ylim(rows + below, -1.0)
    reasons = [
        f"the {'last' if axis == -1 else 'first'} axes have {a.shape[axis]} and {b.shape[axis]} "
        "values, and neither is 1"
        for axis in clashes
    ]
    ax.set_title(
        "\n".join([f"Shapes {a.shape} and {b.shape} do not broadcast:", *reasons]),
        fontsize=TITLE_SIZE,
        color=_CLASH,
    )
    return ax


def _mark_axis(ax: Axes, shape: Shape, axis: int, left: float) -> None:
    rows, columns = shape
    arrow = {"arrowstyle": "<->", "color": _CLASH, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
    size = str(shape[axis])
    if axis == -1:
        start, end = (left, rows + 0.3), (left + columns, rows + 0.3)
        place = (left + columns / 2, rows + 0.75)
    else:
        start, end = (left - 0.3, 0), (left - 0.3, rows)
        place = (left - 0.7, rows / 2)
    ax.annotate("", xy=end, xytext=start, arrowprops=arrow)
    ax.text(*place, size, ha="center", va="center", fontsize=15, color=_CLASH, weight="bold")

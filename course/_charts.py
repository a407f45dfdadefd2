"""Points, lines and bars."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from course._look import COLORS, TEXT_SIZE, TICK_SIZE, axes_of_size, label, signed, tint

FloatArray = npt.NDArray[np.float64]


def decision_line(
    X: npt.ArrayLike,
    y: npt.ArrayLike,
    x2_of_x1: Callable[[FloatArray], npt.ArrayLike],
    *,
    title: str,
    labels: tuple[str, str] = ("class 0", "class 1"),
    xlabel: str = "$x_1$",
    ylabel: str = "$x_2$",
    positive: Callable[[FloatArray], npt.ArrayLike] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw points of two classes and the line that parts them.

    Parameters
    ----------
    X
        The points, shape (N, 2).
    y
        Their classes, 0 or 1, shape (N,).
    x2_of_x1
        Gives the line: takes values of x1, shape (M,), returns those of x2, shape (M,).
    title, labels, xlabel, ylabel
        The words around it; `labels` names class 0, then class 1.
    positive
        Takes points (M, 2), returns True where class 1 is predicted, shape (M,): that side is
        shaded.
    ax
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes drawn into.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a class is neither 0 nor 1.

    Examples
    --------
    >>> X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 1]
    >>> ax = decision_line(X, y, lambda x1: 0.5 - x1, title="OR")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['class 0', 'class 1', 'boundary']
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    points, classes = np.asarray(X, dtype=np.float64), np.asarray(y)
    if points.ndim != 2 or points.shape[1] != 2 or classes.shape != points.shape[:1]:
        raise ValueError(
            f"expected X of shape (N, 2) and y of shape (N,), not {points.shape}, {classes.shape}"
        )
    if not np.isin(classes, (0, 1)).all():
        raise ValueError("y must hold 0 and 1 only")
    ax = axes_of_size(ax, 6.0, 4.8)
    low, high = points.min(axis=0), points.max(axis=0)
    margin = np.where(high > low, 0.25 * (high - low), 1.0)
    low, high = low - margin, high + margin
    handles: list[Any] = []
    for value, marker, colour in ((0, "o", COLORS["blue"]), (1, "^", COLORS["vermillion"])):
        chosen = points[classes == value]
        handles.append(
            ax.scatter(
                chosen[:, 0],
                chosen[:, 1],
                s=80,
                marker=marker,
                color=colour,
                edgecolor="white",
                linewidth=0.8,
                label=labels[value],
                zorder=3,
            )
        )
    x1 = np.linspace(low[0], high[0], 200)
    handles += ax.plot(x1, np.asarray(x2_of_x1(x1)), color="black", linewidth=2, label="boundary")
    if positive is not None:
        handles.append(_shade(ax, positive, low, high, f"predicted: {labels[1]}"))
    ax.set_xlim(low[0], high[0])
    ax.set_ylim(low[1], high[1])
    ax.locator_params(nbins=6)
    ax.spines[["top", "right"]].set_visible(False)
    # Beside the points: inside, it would sooner or later cover one.
    ax.legend(
        handles=handles,
        fontsize=TICK_SIZE,
        loc="upper left",
        bbox_to_anchor=(1.01, 1.0),
        frameon=False,
    )
    label(ax, title, xlabel, ylabel)
    return ax


def _shade(
    ax: Axes,
    positive: Callable[[FloatArray], npt.ArrayLike],
    low: FloatArray,
    high: FloatArray,
    label: str,
) -> Patch:
    x1, x2 = np.meshgrid(np.linspace(low[0], high[0], 300), np.linspace(low[1], high[1], 300))
    inside = np.asarray(positive(np.column_stack([x1.ravel(), x2.ravel()])), dtype=np.float64)
    faint = tint(COLORS["vermillion"], 0.18)
    ax.contourf(x1, x2, inside.reshape(x1.shape), levels=[0.5, 1.5], colors=[faint], zorder=0)
    return Patch(color=faint, label=label)


def bars(
    names: Sequence[str],
    values: Sequence[float] | npt.NDArray[Any],
    *,
    title: str,
    ylabel: str,
    xlabel: str = "",
    fmt: str = "{:.4g}",
    ax: Axes | None = None,
) -> Axes:
    """Draw one bar per name, with its value at the end.

    Parameters
    ----------
    names
        Under the bars, C of them.
    values
        Their heights, shape (C,).
    title, ylabel, xlabel
        The words around it.
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
        If there are not as many names as values.

    Examples
    --------
    >>> ax = bars(["cat", "car"], [0.25, 0.75], title="softmax", ylabel="probability")
    >>> [text.get_text() for text in ax.texts]
    ['0.25', '0.75']
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    heights = np.asarray(values, dtype=np.float64)
    if heights.shape != (len(names),):
        raise ValueError(f"expected {len(names)} values for as many names, not {heights.shape}")
    ax = axes_of_size(ax, max(4.0, 0.9 * len(names) + 1.6), 3.8)
    drawn = ax.bar(range(len(names)), heights, color=COLORS["blue"], width=0.65)
    ax.bar_label(
        drawn, [signed(fmt.format(height)) for height in heights], padding=3, fontsize=TEXT_SIZE
    )
    ax.set_xticks(range(len(names)), [str(name) for name in names])
    ax.axhline(0, color="black", linewidth=0.8, clip_on=False)
    ax.margins(y=0.15)
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.tick_params(axis="x", length=0)
    label(ax, title, xlabel, ylabel)
    return ax

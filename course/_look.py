"""What all pictures of the course have in common."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

# Okabe and Ito (2008), "Color Universal Design", https://jfly.uni-koeln.de/color/
COLORS = {
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "green": "#009E73",
    "orange": "#E69F00",
    "purple": "#CC79A7",
    "sky": "#56B4E9",
    "yellow": "#F0E442",
    "black": "#000000",
}

GREY = "#767676"  # the lightest that still reads well on white (contrast 4.5)

TITLE_SIZE = 14
LABEL_SIZE = 12
TEXT_SIZE = 11
TICK_SIZE = 11


def signed(text: str) -> str:
    """Write a number's hyphen as the minus sign that Matplotlib's own ticks have.

    Examples
    --------
    >>> signed("-1.5")
    '\N{MINUS SIGN}1.5'
    """
    return text.replace("-", "\N{MINUS SIGN}")


def tint(colour: str, strength: float) -> tuple[float, float, float]:
    """Mix a colour with white, so that black text on it reads well; 1 is the full colour."""
    red, green, blue = to_rgb(colour)
    return (
        1 - strength * (1 - red),
        1 - strength * (1 - green),
        1 - strength * (1 - blue),
    )


def axes_of_size(ax: Axes | None, width: float, height: float) -> Axes:
    """Return the axes given, or those of a new figure of that size in inches."""
    if ax is not None:
        return ax
    _, new = plt.subplots(figsize=(width, height), layout="constrained")
    return new


def label(ax: Axes, title: str, xlabel: str, ylabel: str) -> None:
    """Write the words around a plot, in sizes that a projector shows."""
    ax.set_title(title, fontsize=TITLE_SIZE, pad=12)
    ax.set_xlabel(xlabel, fontsize=LABEL_SIZE)
    ax.set_ylabel(ylabel, fontsize=LABEL_SIZE)
    ax.tick_params(labelsize=TICK_SIZE)

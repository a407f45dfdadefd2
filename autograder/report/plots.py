"""The report's pictures, as SVG that takes its colours and its font from the page."""

import io
import re
import warnings
from collections.abc import Sequence
from itertools import groupby
from statistics import median

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from autograder.report.items import Item
from autograder.report.outcomes import STOPPED, Outcome, Sheet
from autograder.report.questions import Chapter

# stand-ins, exchanged for the page's own colours, which differ between light and dark
INK, FAINT, LINE, PASSED, WRONG, STOP, BLANK = (f"#01020{n}" for n in range(1, 8))
_ROLES = {
    INK: "ink",
    FAINT: "faint",
    LINE: "line",
    PASSED: "passed",
    WRONG: "wrong",
    STOP: "stopped",
    BLANK: "blank",
}
# with more rows than this there is no room for names
NAMED = 45
# a test that a smaller share passes bears its number
LOW = 0.25
_IDS = re.compile(r'(?<![\w-])(id="|xlink:href="#|url\(#)')
# the fonts with which text is measured need not be those with which it is shown
_FONT = re.compile(r"font: ([\d.]+)px [^;\"]*")


def histogram(sheets: Sequence[Sheet], most: float) -> str:
    """How many students have how many points; a line marks the median."""
    figure, axes = _axes(6.4, 2.6)
    scores = [sheet.score for sheet in sheets]
    axes.hist(scores, bins=10, range=(0, most or 1), color=PASSED, rwidth=0.92)
    middle = median(scores)
    axes.axvline(middle, color=INK, linewidth=1.5, linestyle=(0, (4, 3)))
    right = middle > most / 2
    axes.annotate(
        f"median {middle:g}",
        (middle, 1.0),
        (-5 if right else 5, 3),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="right" if right else "left",
        va="bottom",
        color=INK,
    )
    axes.set_xlim(0, most or 1)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True, min_n_ticks=1))
    axes.set_xlabel("automatic points")
    axes.set_ylabel("students")
    return _svg(figure, "histogram")


def matrix(sheets: Sequence[Sheet], chapters: Sequence[Chapter]) -> str:
    """Every student, the best on top, and every test, in order: how each ended."""
    rows = sorted(sheets, key=lambda sheet: (-sheet.score, sheet.student))
    keys = [question.key for chapter in chapters for question in chapter.questions]
    named = len(rows) <= NAMED
    figure, axes = _axes(9.6, 0.9 + len(rows) * (0.21 if named else max(0.03, 6 / len(rows))))
    for y, sheet in enumerate(rows):
        x = 0
        for colour, run in groupby(_colour(sheet.outcomes[key]) for key in keys):
            width = len(list(run))
            axes.broken_barh([(x, width)], (y + 0.06, 0.88 if named else 1), facecolors=colour)
            x += width
    start = 0
    for chapter in chapters:
        axes.text(start, -0.4, chapter.name, color=INK, va="bottom", parse_math=False)
        start += len(chapter.questions)
        if start < len(keys):
            axes.axvline(start, color=INK, linewidth=1)
    axes.set_xlim(0, max(len(keys), 1))
    axes.set_ylim(len(rows), 0)
    axes.set_xticks([n - 0.5 for n in range(5, len(keys) + 1, 5)])
    axes.set_xticklabels([str(n) for n in range(5, len(keys) + 1, 5)])
    axes.set_xlabel("number of the test")
    axes.set_yticks([y + 0.5 for y in range(len(rows))] if named else [])
    if named:
        axes.set_yticklabels([sheet.student for sheet in rows], parse_math=False)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    return _svg(figure, "matrix")


def scatter(items: Sequence[Item]) -> str:
    """Difficulty and discrimination of each test with enough answers; the odd ones numbered."""
    figure, axes = _axes(6.4, 3.4)
    axes.axhline(0, color=LINE, linewidth=1)
    points: dict[tuple[float, float], list[int]] = {}
    for item in items:
        if item.is_sure and item.share is not None and item.discrimination is not None:
            place = (round(item.share, 6), round(item.discrimination, 6))
            points.setdefault(place, []).append(item.question.number)
    for (x, y), numbers in sorted(points.items()):
        bad = y < 0
        colour = WRONG if bad else PASSED
        axes.plot([x], [y], "s" if bad else "o", color=colour, markersize=6, alpha=0.75)
        if bad or x < LOW:
            words = ", ".join(str(number) for number in numbers)
            axes.annotate(words, (x, y), (6, 0), textcoords="offset points", va="center", color=INK)
    axes.set_xlim(-0.03, 1.03)
    low = min((y for _, y in points), default=0)
    axes.set_ylim(min(-0.1, low - 0.1), 1.03)
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.set_xlabel("share that passed, of those who answered")
    axes.set_ylabel("discrimination")
    return _svg(figure, "scatter")


def _colour(outcome: Outcome) -> str:
    if outcome is Outcome.PASSED:
        return PASSED
    if outcome is Outcome.WRONG:
        return WRONG
    return STOP if outcome in STOPPED else BLANK


def _axes(width: float, height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots()
    axes.patch.set_visible(False)
    axes.tick_params(colors=INK, labelsize=9, color=LINE)
    axes.xaxis.label.set(color=FAINT, fontsize=10)
    axes.yaxis.label.set(color=FAINT, fontsize=10)
    for name, side in axes.spines.items():
        side.set_color(LINE)
        side.set_visible(name in {"left", "bottom"})
    return figure, axes


def _svg(figure: Figure, name: str) -> str:
    text = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": name, "svg.fonttype": "none"}), warnings.catch_warnings():
        # a name in Korean: the browser has the letters that our font lacks
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(text, format="svg", transparent=True, metadata=nothing)
    svg = text.getvalue()
    svg = svg[svg.index("<svg") :]
    for colour, role in _ROLES.items():
        svg = svg.replace(colour, f"var(--{role})")
    # several pictures stand on one page: each needs ids of its own
    svg = _IDS.sub(rf"\g<1>{name}-", svg)
    svg = _FONT.sub(r"font-size: \1px", svg)
    return svg.replace("<svg ", f'<svg role="img" aria-labelledby="{name}-title" ', 1)

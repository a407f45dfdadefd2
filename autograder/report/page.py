"""Put the report together: one HTML page that loads nothing and runs only its own script."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.grading.last_run import LastRun
from autograder.report import plots
from autograder.report.items import ENOUGH, Item
from autograder.report.mistakes import Mistake, recognised_share
from autograder.report.numbers import Overview, chapter_scores, kinds
from autograder.report.outcomes import STOPPED, UNANSWERED, Outcome, Sheet
from autograder.report.questions import Chapter
from autograder.report.read import tame
from autograder.report.second_look import Suspicion
from course._look import COLORS

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that stands on the page.

    Attributes
    ----------
    stale : tuple of str
        Students whose results are of other tests or points than the notebooks now have.
    ungraded : tuple of str
        Students who handed in and have no results.
    """

    assignment: str
    overview: Overview
    chapters: tuple[Chapter, ...]
    sheets: tuple[Sheet, ...]
    items: tuple[Item, ...]
    mistakes: tuple[Mistake, ...]
    suspicions: tuple[Suspicion, ...]
    last_run: LastRun
    stale: tuple[str, ...]
    ungraded: tuple[str, ...]


def render(report: Report) -> str:
    """Write the page. The same report gives the same bytes."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": number,
        "percent": percent,
        "signed": signed,
        "tame": tame,
        "words": lambda name: name.replace("_", " "),
        "total": lambda seconds: sum(seconds.values()) if seconds else None,
        "count": count,
    }
    script = (_FOLDER / "sort.js").read_text(encoding="utf-8")
    page = environment.get_template("page.html").render(
        report=report,
        colors=COLORS,
        script=Markup(script),  # noqa: S704 # our own file
        script_hash=_digest(script),
        enough=ENOUGH,
        pictures=_pictures(report),
        kinds=kinds(report.sheets),
        scores=chapter_scores(report.chapters, report.sheets, report.last_run),
        recognised=recognised_share(report.sheets),
        items={item.question.number: item for item in report.items},
        mistakes_of=_mistakes_of(report),
        passed=frozenset({Outcome.PASSED}),
        wrong=frozenset({Outcome.WRONG}),
        stopped=STOPPED,
        unanswered=UNANSWERED,
    )
    return "\n".join(line.rstrip() for line in page.splitlines()) + "\n"


def _pictures(report: Report) -> dict[str, Markup]:
    drawn = {
        "histogram": plots.histogram(report.sheets, report.overview.most),
        "matrix": plots.matrix(report.sheets, report.chapters),
    }
    if any(item.is_sure for item in report.items):
        drawn["scatter"] = plots.scatter(report.items)
    # Matplotlib escapes what it writes
    return {name: Markup(svg) for name, svg in drawn.items()}  # noqa: S704


def _mistakes_of(report: Report) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {sheet.student: [] for sheet in report.sheets}
    for mistake in report.mistakes:
        for student in mistake.students:
            found[student].append(f"{mistake.words} ({mistake.target})")
    return found


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def number(value: float) -> str:
    """A number in short: `76`, `55.8`, and below 10 with two decimals, `2.25`."""
    return f"{value:.{1 if value >= 10 else 2}f}".rstrip("0").rstrip(".")


def percent(share: float) -> str:
    """A share as whole per cent. Only all is 100 %, and only none is 0 %."""
    shown = round(100 * share)
    return f"{min(max(shown, 1), 99) if 0 < share < 1 else shown}\u202f%"


def signed(value: float) -> str:
    """A correlation with two decimals and a real minus sign."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "\N{MINUS SIGN}")


def count(amount: int, one: str, many: str = "") -> str:
    """`1 student`, `2 students`."""
    return f"{amount} {one if amount == 1 else many or one + 's'}"

"""Results for a job of GitHub Actions: a table for its summary, annotations for its page.

What students wrote, names of files included, is hostile in both. In Markdown it becomes character
references, which the format does not read as markup. In workflow commands it is escaped as
GitHub's own toolkit does it (actions/toolkit, packages/core/src/command.ts).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import mean, median

from autograder.examiner.results import Status
from autograder.report.read import Result, tame
from autograder.sandbox.tiers import Tier, describe

# GitHub refuses the summary of a step above 1 MiB, and one step may show several assignments
_MOST_BYTES = 120_000
# of each kind GitHub shows ten a step
_MOST_NOTES = 10
_LONGEST = 200
# what a class's instructor looks at first; a test that just failed is no event
_EVENTS = (Status.MISSING, Status.DIED, Status.MEMORY, Status.TIMEOUT)


@dataclass(frozen=True, slots=True)
class Class:
    """All that is told of one assignment.

    Attributes
    ----------
    ungraded : sequence of str
        Students who handed in and have no results.
    passed_over : sequence of str
        What lies in submitted/ and is no student's folder, in words.
    """

    assignment: str
    results: Sequence[Result]
    ungraded: Sequence[str] = ()
    passed_over: Sequence[str] = ()


def summary(told: Class) -> str:
    """The class as Markdown: figures, then a table with a row for each student."""
    notebooks = list(dict.fromkeys(key[0] for one in told.results for key in one.verdicts))
    lines = [f"## {code(told.assignment)}", "", f"{_figures(told)}.", ""]
    lines += [f"**Not graded:** {', '.join(map(code, told.ungraded))}", ""] * bool(told.ungraded)
    lines += [f"**Passed over:** {', '.join(map(code, told.passed_over))}", ""] * bool(
        told.passed_over
    )
    if told.results:
        titles = ["student", "points", *map(code, notebooks), "what happened"]
        lines += [_row(titles), _row(["---", *["--:"] * (len(titles) - 2), "---"])]
        rows = [_row(_cells(one, notebooks)) for one in told.results]
        lines += _fitting(rows, f"{len(rows)} rows are too many here; the artifact has them all.")
        tier = max(one.tier for one in told.results)
        lines += ["", describe(Tier(tier))]
    return "\n".join(lines) + "\n"


def annotations(told: Class) -> list[str]:
    """Workflow commands: errors, warnings and a notice, at most ten of a kind."""
    folder = f"submitted/{{}}/{told.assignment}"
    errors = [
        command("error", f"{one} has no results", folder.format(one), "not graded")
        for one in told.ungraded
    ]
    warnings = [command("warning", one, "", "passed over") for one in told.passed_over]
    for result in told.results:
        for notebook, what in _events(result):
            file = f"{folder.format(result.student)}/{notebook}.ipynb"
            warnings.append(command("warning", f"{result.student}: {what}", file, notebook))
    return [
        *_first_of(errors, "error", told.assignment),
        *_first_of(warnings, "warning", told.assignment),
        command("notice", _figures(told), "", told.assignment),
    ]


def command(kind: str, message: str, file: str, title: str) -> str:
    """One annotation, as GitHub documents it: `::error file=…,title=…::message`."""
    named = {"file": file, "title": title}
    properties = ",".join(f"{key}={_property(value)}" for key, value in named.items() if value)
    return f"::{kind} {properties}::{_data(tame(message)[:_LONGEST])}"


def code(text: str) -> str:
    """Any text as code in Markdown, and nothing but that, in a table too.

    Letters and digits stay; all else becomes a character reference, which cannot begin or end
    anything (CommonMark 0.31, section 2.5). Inside of `<code>` GitHub links no @name.
    """
    return f"<code>{words(text)}</code>"


def words(text: str) -> str:
    """Any text as plain words in Markdown."""
    text = tame(text)[:_LONGEST]
    return "".join(char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in text)


def _cells(result: Result, notebooks: Collection[str]) -> list[str]:
    points = [_points(result, [notebook]) for notebook in notebooks]
    events = "; ".join(f"{code(name)} {words(what)}" for name, what in _events(result))
    return [code(result.student), _points(result, notebooks), *points, events]


def _points(result: Result, notebooks: Collection[str]) -> str:
    tests = [one for (name, _), one in result.verdicts.items() if name in notebooks]
    return f"{sum(one.score for one in tests):g}/{sum(one.max_score for one in tests):g}"


def _events(result: Result) -> Iterator[tuple[str, str]]:
    """For each notebook in which anything happened, what: never what the student's code said."""
    found: dict[str, Counter[Status]] = {}
    for (notebook, _), verdict in result.verdicts.items():
        if verdict.reason in _EVENTS:
            found.setdefault(notebook, Counter())[verdict.reason] += 1
    for notebook, counts in found.items():
        if Status.MISSING in counts:
            yield notebook, _reason(result, notebook)
        else:
            yield notebook, ", ".join(f"{counts[one]} {one}" for one in _EVENTS if counts[one])


def _reason(result: Result, notebook: str) -> str:
    """Why there was no notebook to grade: the intake's own words."""
    return next(
        one.output
        for (name, _), one in result.verdicts.items()
        if name == notebook and one.reason is Status.MISSING
    )


def _figures(told: Class) -> str:
    scores = [one.score for one in told.results]
    if not scores:
        return "nobody is graded"
    most = max(sum(test.max_score for test in one.verdicts.values()) for one in told.results)
    return (
        f"{len(scores)} graded, {len(told.ungraded)} not; mean {mean(scores):.1f}, median "
        f"{median(scores):g} of {most:g} automatic points"
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _fitting(rows: Sequence[str], otherwise: str) -> list[str]:
    sizes = accumulate(len(row.encode()) + 1 for row in rows)
    fitting = sum(size <= _MOST_BYTES for size in sizes)
    if fitting == len(rows):
        return list(rows)
    return [*rows[:fitting], "", f"{fitting} of {otherwise}"]


def _first_of(lines: Sequence[str], kind: str, title: str) -> list[str]:
    if len(lines) <= _MOST_NOTES:
        return list(lines)
    left = len(lines) - _MOST_NOTES + 1
    return [*lines[: _MOST_NOTES - 1], command(kind, f"and {left} more: see the table", "", title)]


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(tame(text)).replace(":", "%3A").replace(",", "%2C")

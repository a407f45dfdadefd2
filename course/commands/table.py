"""The words and tables that `python -m course check` prints."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from course.commands.judge import Row, Status, Verdict

_CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# where to look first
_URGENT = (
    Status.WRONG,
    Status.NOT_RUN,
    Status.EDITED,
    Status.DELETED,
    Status.TO_DO,
)


@dataclass(frozen=True, slots=True)
class Report:
    """One notebook's verdict, or why there is none."""

    path: Path
    verdict: Verdict | None
    unreadable: str = ""

    @property
    def shown(self) -> str:
        """How messages name the file."""
        return self.path.as_posix()


def plain(text: str) -> str:
    """Text without what a terminal would act on."""
    return _CONTROL.sub("", text)


def worth_a_look(report: Report) -> bool:
    """Whether there is more to say of a notebook than that nobody has begun it."""
    verdict = report.verdict
    return verdict is None or verdict.started or bool(verdict.warnings)


def details(report: Report) -> Iterator[str]:
    """The lines on one notebook."""
    yield report.shown
    verdict = report.verdict
    if verdict is None:
        yield f"  cannot be checked: {report.unreadable}"
        return
    if not verdict.started:
        yield "  to do: no answer is written in the saved file (in Jupyter, Ctrl+S saves)"
    else:
        yield from (f"  {line}" for line in _rows(verdict.rows))
    for warning in verdict.warnings:
        yield f"  note: {plain(warning)}"
    if verdict.started:
        yield from _next_step(verdict)


def _rows(rows: Sequence[Row]) -> Iterator[str]:
    width = max((len(row.name) for row in rows), default=0)
    for row in rows:
        by_hand = "   graded by a person" if row.by_hand else ""
        line = f"{row.status:<11}  {plain(row.name):<{width}}  {_points(row.points)}{by_hand}"
        yield line.rstrip()


def _next_step(verdict: Verdict) -> Iterator[str]:
    failing = [row for row in verdict.judged if row.status is not Status.DONE]
    if not failing:
        return
    first = min(failing, key=lambda row: (_URGENT.index(row.status), row.cell))
    section = f" (section “{plain(first.section)}”)" if first.section else ""
    if first.status is Status.TO_DO:
        yield f"  next to do: {plain(first.name)}{section}"
    else:
        yield f"  first check that fails: {plain(first.name)}{section}"
    if first.line:
        yield f"    {plain(first.line)}"
    if first.message:
        yield from (f"    {line}" for line in plain(first.message).splitlines())


def summary(reports: Sequence[Report]) -> Iterator[str]:
    """One line a notebook, if there are several, and the sum."""
    judged = [(one, one.verdict) for one in reports if one.verdict is not None]
    if len(reports) > 1:
        width = max(len(one.shown) for one in reports)
        yield f"{'notebook':<{width}}   done  to do  wrong  points so far"
        for one, verdict in judged:
            counts = (
                verdict.count(Status.DONE),
                verdict.count(Status.TO_DO),
                verdict.count(Status.WRONG, Status.NOT_RUN, Status.EDITED, Status.DELETED),
            )
            cells = "  ".join(f"{count:>5}" for count in counts)
            yield f"{one.shown:<{width}}  {cells}  {verdict.points:g} of {verdict.points_of:g}"
        yield from (
            f"{one.shown:<{width}}  cannot be checked" for one in reports if one.verdict is None
        )
        yield ""
    verdicts = [verdict for _, verdict in judged]
    passed, of = (
        sum(verdict.count(Status.DONE) for verdict in verdicts),
        sum(len(verdict.judged) for verdict in verdicts),
    )
    points, points_of, later = (
        sum(getattr(verdict, name) for verdict in verdicts)
        for name in ("points", "points_of", "points_later")
    )
    yield f"public checks passed: {passed} of {of}"
    yield f"points so far: {points:g} of the {points_of:g} that the public checks can tell"
    if later:
        yield f"decided when graded: {later:g} points more (other inputs, written answers)"
    if passed == of:
        yield "When graded, these checks are tried with other inputs too."


def _points(points: float) -> str:
    return f"{points:>4g} point{' ' if points == 1 else 's'}"


def as_data(reports: Sequence[Report]) -> dict[str, Any]:
    """The same as plain data, for `--json`."""
    verdicts = [one.verdict for one in reports if one.verdict is not None]
    return {
        "public_checks_passed": sum(one.count(Status.DONE) for one in verdicts),
        "public_checks": sum(len(one.judged) for one in verdicts),
        "points_so_far": sum(one.points for one in verdicts),
        "points_public": sum(one.points_of for one in verdicts),
        "points_decided_when_graded": sum(one.points_later for one in verdicts),
        "notebooks": [
            {
                "file": one.shown,
                "unreadable": one.unreadable,
                "started": one.verdict is not None and one.verdict.started,
                "cells": [asdict(row) for row in one.verdict.rows] if one.verdict else [],
                "warnings": list(one.verdict.warnings) if one.verdict else [],
            }
            for one in reports
        ],
    }

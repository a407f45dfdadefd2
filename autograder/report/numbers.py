"""The class at a glance, in numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from autograder.grading.last_run import LastRun
from autograder.report.outcomes import STOPPED, UNANSWERED, Outcome, Sheet
from autograder.report.questions import Chapter


@dataclass(frozen=True, slots=True)
class Overview:
    """A class in one line.

    Attributes
    ----------
    submitted, graded : int
        Students who handed in, and who have results.
    most : float
        Automatic points to be had; written answers are not in any score here.
    nothing_written : int
        Students who wrote no answer at all.
    stopped : int
        Students of whom a test ran out of time or memory or ended its process.
    tiers : tuple of int
        The sandbox tiers in which code ran.
    """

    submitted: int
    graded: int
    most: float
    mean: float
    median: float
    nothing_written: int
    stopped: int
    tiers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One way for a test to end: how often, and for how many students."""

    outcome: Outcome
    tests: int
    students: int


@dataclass(frozen=True, slots=True)
class ChapterScore:
    """One notebook. `mean`: points; `cpu`: seconds of the median student, None if not known."""

    chapter: Chapter
    most: float
    mean: float
    cpu: float | None
    cpu_most: float | None


def overview(chapters: Sequence[Chapter], sheets: Sequence[Sheet], submitted: int) -> Overview:
    """Sum a class up; there is at least one sheet."""
    scores = [sheet.score for sheet in sheets]
    return Overview(
        submitted,
        len(sheets),
        sum(question.points for chapter in chapters for question in chapter.questions),
        fmean(scores),
        median(scores),
        sum(all(one in UNANSWERED for one in sheet.outcomes.values()) for sheet in sheets),
        sum(sheet.count(STOPPED) > 0 for sheet in sheets),
        tuple(sorted({sheet.result.tier for sheet in sheets})),
    )


def kinds(sheets: Sequence[Sheet]) -> tuple[Kind, ...]:
    """How often tests ended in each way that occurs, in the order of `Outcome`."""
    tests = Counter(one for sheet in sheets for one in sheet.outcomes.values())
    students = Counter(one for sheet in sheets for one in set(sheet.outcomes.values()))
    return tuple(Kind(one, tests[one], students[one]) for one in Outcome if tests[one])


def chapter_scores(
    chapters: Sequence[Chapter], sheets: Sequence[Sheet], run: LastRun
) -> tuple[ChapterScore, ...]:
    """The points and the CPU time of each notebook."""
    return tuple(_chapter(chapter, sheets, run) for chapter in chapters)


def _chapter(chapter: Chapter, sheets: Sequence[Sheet], run: LastRun) -> ChapterScore:
    points = [
        sum(
            verdict.score
            for question in chapter.questions
            if (verdict := sheet.result.verdicts.get(question.key))
        )
        for sheet in sheets
    ]
    cpu = [
        seconds[chapter.name]
        for sheet in sheets
        if chapter.name in (seconds := run.cpu.get(sheet.student, {}))
    ]
    return ChapterScore(
        chapter,
        sum(question.points for question in chapter.questions),
        fmean(points),
        median(cpu) if cpu else None,
        max(cpu) if cpu else None,
    )

"""Item analysis: how hard each test is, and whether it tells students apart."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation

from autograder.report.outcomes import STOPPED, UNANSWERED, Outcome, Sheet
from autograder.report.questions import Question

# with fewer, chance alone moves a correlation by more than 0.44 either way
ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One test, as a class answered it.

    Attributes
    ----------
    answered : int
        Students who wrote an answer, right or wrong.
    passed : int
        Of these, who passed.
    discrimination : float or None
        See `discrimination`; of those who wrote an answer.
    recognised : tuple of (name, int)
        Mistakes by the number of students who show them, the most frequent first.
    failed_by : tuple of str
        Students whose answer failed or was stopped.
    puzzling : tuple of str
        Of these, whose mistake nobody recognised though they passed another test of the notebook.
    messages : tuple of (text, int)
        What `failed_by` read, the most frequent first, three at most.
    """

    question: Question
    answered: int
    passed: int
    stopped: int
    blank: int
    discrimination: float | None
    recognised: tuple[tuple[str, int], ...]
    failed_by: tuple[str, ...]
    puzzling: tuple[str, ...]
    messages: tuple[tuple[str, int], ...]

    @property
    def share(self) -> float | None:
        """Difficulty: the share that passed, of those who wrote an answer; None if nobody did."""
        return self.passed / self.answered if self.answered else None

    @property
    def is_sure(self) -> bool:
        """Whether so many wrote an answer that `discrimination` means something."""
        return self.answered >= ENOUGH


def discrimination(passed: Sequence[bool], rest: Sequence[float]) -> float | None:
    """Point-biserial correlation of passing one test with the score on all the others.

    r = (M1 - M0) / s * sqrt(p (1 - p)), where M1 and M0 are the mean rest scores of those who
    passed and failed, s the standard deviation of all rest scores (dividing by N) and p the share
    that passed: Pearson's correlation with a variable of 0 and 1. Lord and Novick (1968),
    "Statistical Theories of Mental Test Scores", chapter 15. The test's own points are left out
    of the score, or it would correlate with itself: Guilford (1953), "The correlation of an item
    with a composite of the remaining items in a test", Educational and Psychological Measurement
    13, 87-93.

    Parameters
    ----------
    passed : sequence of bool, length N
    rest : sequence of float, length N
        Points on all other tests.

    Returns
    -------
    float or None
        In [-1, 1]; None where all passed, all failed, or all rest scores are equal.
    """
    try:
        return correlation([float(one) for one in passed], list(rest))
    except StatisticsError:
        return None


def analyse(questions: Sequence[Question], sheets: Sequence[Sheet]) -> tuple[Item, ...]:
    """Analyse each question, in order."""
    return tuple(_item(question, sheets) for question in questions)


def _item(question: Question, sheets: Sequence[Sheet]) -> Item:
    key = question.key
    answered = [sheet for sheet in sheets if sheet.outcomes[key] not in UNANSWERED]
    failed = [sheet for sheet in answered if sheet.outcomes[key] is not Outcome.PASSED]
    tags = Counter(tag for sheet in failed for tag in sheet.result.verdicts[key].tags)
    messages = Counter(sheet.result.verdicts[key].output for sheet in failed)
    return Item(
        question,
        len(answered),
        len(answered) - len(failed),
        sum(sheet.outcomes[key] in STOPPED for sheet in failed),
        len(sheets) - len(answered),
        discrimination(
            [sheet.outcomes[key] is Outcome.PASSED for sheet in answered],
            [sheet.score - sheet.result.verdicts[key].score for sheet in answered],
        ),
        _ranked(tags),
        tuple(sheet.student for sheet in failed),
        tuple(
            sheet.student
            for sheet in failed
            if sheet.outcomes[key] is Outcome.WRONG
            and not sheet.result.verdicts[key].tags
            and sheet.passes_in(question.notebook)
        ),
        _ranked(messages)[:3],
    )


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

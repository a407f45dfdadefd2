"""How each test of each student ended, told apart as a teacher would."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from autograder.examiner.results import Status
from autograder.feedback.wording import NOT_WRITTEN
from autograder.report.questions import Question
from autograder.report.read import Key, Result, Verdict


class Outcome(StrEnum):
    """How a test ended. An answer that was never written is not a wrong one."""

    PASSED = "passed"
    WRONG = "wrong answer"
    TIMEOUT = "ran out of time"
    MEMORY = "ran out of memory"
    DIED = "ended its process"
    NOT_WRITTEN = "not written"
    MISSING = "not handed in or unreadable"
    NOT_GRADED = "not graded yet"


STOPPED = frozenset({Outcome.TIMEOUT, Outcome.MEMORY, Outcome.DIED})
UNANSWERED = frozenset({Outcome.NOT_WRITTEN, Outcome.MISSING, Outcome.NOT_GRADED})
_BY_REASON = {
    Status.PASSED: Outcome.PASSED,
    Status.FAILED: Outcome.WRONG,
    Status.TIMEOUT: Outcome.TIMEOUT,
    Status.MEMORY: Outcome.MEMORY,
    Status.DIED: Outcome.DIED,
    Status.MISSING: Outcome.MISSING,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One student: the results, and the outcome of each question."""

    result: Result
    outcomes: Mapping[Key, Outcome]

    @property
    def student(self) -> str:
        """The student's id."""
        return self.result.student

    @property
    def score(self) -> float:
        """Automatic points."""
        return self.result.score

    def count(self, kinds: frozenset[Outcome]) -> int:
        """How many questions ended so."""
        return sum(outcome in kinds for outcome in self.outcomes.values())

    def passes_in(self, notebook: str) -> bool:
        """Whether a test of this notebook passed."""
        return any(
            outcome is Outcome.PASSED
            for (name, _), outcome in self.outcomes.items()
            if name == notebook
        )


def sheets(results: Sequence[Result], questions: Sequence[Question]) -> tuple[Sheet, ...]:
    """Tell the outcomes apart, in the order of `results`."""
    return tuple(Sheet(result, _outcomes(result, questions)) for result in results)


def _outcomes(result: Result, questions: Sequence[Question]) -> dict[Key, Outcome]:
    by_stub: dict[tuple[str, str], list[Question]] = defaultdict(list)
    for question in questions:
        by_stub[question.notebook, question.target].append(question)
    found: dict[Key, Outcome] = {}
    for tests in by_stub.values():
        verdicts = [result.verdicts.get(test.key) for test in tests]
        blank = _is_blank(verdicts)
        for test, verdict in zip(tests, verdicts, strict=True):
            outcome = _BY_REASON[verdict.reason] if verdict else Outcome.NOT_GRADED
            # a hidden check of a stub says that it failed, as it says of a wrong answer
            found[test.key] = Outcome.NOT_WRITTEN if blank and outcome is Outcome.WRONG else outcome
    return {question.key: found[question.key] for question in questions}


def _is_blank(verdicts: Sequence[Verdict | None]) -> bool:
    known = [verdict for verdict in verdicts if verdict]
    return any(one.output == NOT_WRITTEN for one in known) and all(
        one.reason is Status.FAILED for one in known
    )

"""Which catalogued mistakes a class makes, and how often."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.report.outcomes import Outcome, Sheet
from autograder.report.questions import Chapter


@dataclass(frozen=True, slots=True)
class Mistake:
    """One catalogued mistake, as a class shows it.

    Attributes
    ----------
    words : str
        The mistake in words: "sums over everything".
    target : str
        The function it is made in.
    students : tuple of str
        Who shows it.
    undecided : tuple of str
        Of these, whose answers another mistake explains as well.
    tests : tuple of int
        Numbers of the tests it costs.
    """

    notebook: str
    target: str
    words: str
    hint: str
    students: tuple[str, ...]
    undecided: tuple[str, ...]
    tests: tuple[int, ...]


def count_mistakes(chapters: Sequence[Chapter], sheets: Sequence[Sheet]) -> tuple[Mistake, ...]:
    """The recognised mistakes, the most frequent first; a student counts once for each."""
    alone: dict[tuple[str, str, str], dict[str, bool]] = defaultdict(dict)
    tests: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for sheet in sheets:
        for chapter in chapters:
            for question in chapter.questions:
                verdict = sheet.result.verdicts.get(question.key)
                for tag in verdict.tags if verdict else ():
                    key = (chapter.name, question.target, tag)
                    known = alone[key].get(sheet.student, False)
                    alone[key][sheet.student] = known or len(verdict.tags if verdict else ()) == 1
                    tests[key].add(question.number)
    hints = {chapter.name: chapter.hints for chapter in chapters}
    found = [
        Mistake(
            notebook,
            target,
            name.replace("_", " "),
            hints[notebook].get(name, ""),
            tuple(students),
            tuple(student for student, sure in students.items() if not sure),
            tuple(sorted(tests[notebook, target, name])),
        )
        for (notebook, target, name), students in alone.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.students), one.tests, one.words)))


def recognised_share(sheets: Sequence[Sheet]) -> tuple[int, int]:
    """Of all wrong answers to a test, how many were recognised: (recognised, wrong)."""
    wrong = [
        sheet.result.verdicts[key]
        for sheet in sheets
        for key, outcome in sheet.outcomes.items()
        if outcome is Outcome.WRONG
    ]
    return sum(bool(verdict.tags) for verdict in wrong), len(wrong)

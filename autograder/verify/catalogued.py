"""Every catalogued answer loses exactly the test cells that it declares."""

from collections.abc import Iterator, Sequence

from autograder.authoring.cells import Notebook, Role
from autograder.authoring.run import grade
from autograder.catalogue import Entry
from autograder.verify.returned import returns_the_right_form
from autograder.verify.thorough import Removals
from autograder.verify.wrong_run import run_with


def catalogue_failures(
    notebook: Notebook, entries: Sequence[Entry], shown: str, removals: Removals | None = None
) -> Iterator[str]:
    """Grade every catalogued answer and say what is not as declared.

    Parameters
    ----------
    shown : str
        How messages name the catalogue.
    removals : Removals, optional
        Takes out single checks, with the misconceptions that lose their cell.
    """
    tests = {cell.grade_id: cell for cell in notebook.having(Role.TESTS)}
    stubs = [cell.grade_id for cell in notebook.having(Role.SOLUTION)]
    caught: set[str] = set()
    right: set[str] = set()
    for entry in entries:
        place = f"{shown}:{entry.line}: {entry.name}"
        unknown = [entry.target] * (entry.target not in stubs) + [
            name for name in entry.loses if name not in tests
        ]
        if unknown:
            yield f"{place} names {', '.join(unknown)}, which the notebook does not have"
            continue
        run = run_with(notebook, entry)
        untouched = run.names if removals is None else removals.untouched(run.names)
        outcomes = grade(notebook, run.names)
        lost = {grade_id for grade_id, outcome in outcomes.items() if not outcome.passed}
        caught |= lost
        for grade_id in sorted(lost - set(entry.loses)):
            yield f"{place} also loses {grade_id}: {outcomes[grade_id].reason}"
        for grade_id in sorted(set(entry.loses) - lost):
            yield f"{place} should lose {grade_id} but passes it"
        if not entry.loses:
            continue
        if removals is not None:
            for grade_id in removals.attempt(untouched, lost):
                yield f"{place} flickers: it lost {grade_id}, then passed it"
        for grade_id in sorted(lost - right):
            if returns_the_right_form(notebook, tests[grade_id], run):
                right.add(grade_id)
    for grade_id, cell in tests.items():
        at = f"{notebook.file}:{cell.line}: {grade_id}"
        if grade_id not in caught:
            yield f"{at} is lost by no misconception; catalogue one in {shown}"
        elif grade_id not in right:
            yield (
                f"{at} is lost only by misconceptions of another type or shape; "
                "catalogue one that returns what the stub returns"
            )

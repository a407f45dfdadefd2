"""Whether a wrong answer returns what the stub returns: a value of that type and shape."""

import copy
import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from autograder.authoring.cells import Cell, Notebook
from autograder.authoring.run import TooSlow, grade
from autograder.verify.forms import form
from autograder.verify.wrong_run import WrongRun

# a cell's checks make fewer; what trains for epochs repeats itself, and copies cost memory
_MOST = 50
_RAISED = "an exception"
_JUDGE = "__judge__"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a stub: its arguments as they were before it, and the form of what came."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    form: Any


def returns_the_right_form(notebook: Notebook, cell: Cell, run: WrongRun) -> bool:
    """Run a test cell once more and compare what its stub returns with the reference.

    What cannot be judged counts as right: objects, arguments that cannot be copied, a call that
    the reference refuses or that has no time to end.
    """
    names, target = run.names, run.entry.target
    tested = names.get(cell.target)
    reference = run.reference if cell.target == target else tested
    if not callable(reference) or not callable(tested) or isinstance(tested, type):
        return bool(form(tested) == form(reference))
    calls: list[Call] = []
    answer = names[target]
    try:
        names[cell.target] = recorded(tested, calls)
        grade(replace(notebook, cells=(cell,)), names)
        # the reference is called when the test is over: calling a test's own function once more
        # may not disturb it. What the reference calls is then right again, itself included.
        names[cell.target], names[target] = tested, run.reference
        return _all_right(replace(notebook, cells=(cell,)), reference, calls, names)
    finally:
        names[cell.target], names[target] = tested, answer


def recorded(stub: Callable[..., Any], calls: list[Call]) -> Callable[..., Any]:
    """A function that does what `stub` does and keeps its first calls."""

    @functools.wraps(stub)
    def answer(*args: Any, **kwargs: Any) -> Any:
        given = _copied((args, kwargs)) if len(calls) < _MOST else None
        try:
            result = stub(*args, **kwargs)
        except TooSlow:
            # it returned nothing of another type: it had no time
            raise
        except BaseException:
            if given:
                calls.append(Call(given[0], given[1], _RAISED))
            raise
        if given:
            calls.append(Call(given[0], given[1], form(result)))
        return result

    return answer


def _copied(given: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Copy arguments; a Generator is copied with its state, a function stays what it is."""
    try:
        return copy.deepcopy(given)
    except Exception:  # a student's object may refuse to be copied, in its own way
        return None


def _all_right(
    notebook: Notebook, reference: Callable[..., Any], calls: list[Call], names: dict[str, Any]
) -> bool:
    verdicts = []

    def judge() -> None:
        for call in calls:
            try:
                expected = form(reference(*call.args, **call.kwargs))
            except Exception:  # what the reference refuses has no type or shape
                expected = call.form
            verdicts.append(call.form == expected)

    # as a test cell: with its time limit, and what is printed goes nowhere
    cells = tuple(replace(cell, source=f"{_JUDGE}()") for cell in notebook.cells)
    grade(replace(notebook, cells=cells), names | {_JUDGE: judge})
    return all(verdicts)

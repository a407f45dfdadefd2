"""Find the catalogued mistakes that give what a student's function gave.

A mistake is named for a failed test if, on every argument that any test passed to the function,
it gives what the student's gave, and if in the failed test it differs from the reference there.
So nothing hidden needs to be shown, and an answer that is another mistake is not mistaken for it
unless no test can tell the two apart; then both are named.
"""

import contextlib
import copy
import io
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.catalogue import Entry
from autograder.diagnosis.calls import Call
from autograder.diagnosis.same import same

# two programs that do the same differ in the last digits; a wrong answer differs in more
_ALIKE = 1e-10
_APART = 1e-8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call gave: a value and the arguments as it left them, or an exception."""

    value: Any = None
    after: tuple[Any, ...] = ()
    raised: tuple[str, str] | None = None

    def alike(self, other: "Outcome", rtol: float) -> bool:
        """Whether both are the same value, or the same type of exception."""
        if self.raised or other.raised:
            return bool(self.raised and other.raised and self.raised[0] == other.raised[0])
        return same((self.value, self.after), (other.value, other.after), rtol)

    def explains(self, other: "Outcome") -> bool:
        """Whether it is a sign of the same mistake: of an exception, the message counts too."""
        return self.raised == other.raised and self.alike(other, _ALIKE)


def matches(
    calls: Sequence[Call],
    failed: Iterable[str],
    reference: Any,
    entries: Sequence[Entry],
    guard: Callable[[], contextlib.AbstractContextManager[None]],
) -> dict[str, list[Entry]]:
    """Name the mistakes behind the failed tests of one stub.

    Parameters
    ----------
    calls : sequence of Call
        Every call of the stub, in all tests.
    failed : iterable of str
        grade_ids of the failed tests.
    reference : object
        The right answer: a function, or a value.
    entries : sequence of Entry
        The catalogued mistakes of this stub.
    guard : callable
        Makes a context that bounds the time of one run; what it raises ends the search.

    Returns
    -------
    dict
        For each failed test that is explained, the mistakes that explain it.
    """
    if not calls or not entries:
        return {}
    given = [Outcome(call.value, call.after, call.raised) for call in calls]
    with guard():
        right = [_run(reference, call) for call in calls]
    wrong = [
        number
        for number, (theirs, ours) in enumerate(zip(given, right, strict=True))
        if not theirs.alike(ours, _APART)
    ]
    failed = set(failed) & {calls[number].test for number in wrong}
    found: dict[str, list[Entry]] = {}
    for entry in entries if failed else ():
        with guard():
            gives = [_run(entry.answer, call) for call in calls]
        if not all(one.alike(theirs, _ALIKE) for one, theirs in zip(gives, given, strict=True)):
            continue
        signs = {calls[number].test for number in wrong if gives[number].explains(given[number])}
        for test in sorted(failed & signs):
            found.setdefault(test, []).append(entry)
    return found


def _run(answer: Any, call: Call) -> Outcome:
    """Give an answer the arguments of a call."""
    if not callable(answer):
        return Outcome(answer)
    args, kwargs = _fresh(call.args), _fresh(call.kwargs)
    quiet = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
    with quiet[0], quiet[1], warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            return Outcome(answer(*args, **kwargs), (*args, *kwargs.values()))
        except Exception as error:  # a catalogued mistake may raise anything
            return Outcome(raised=(type(error).__name__, str(error)))


def _fresh(value: Any) -> Any:
    """A copy to spoil; functions stay what they are."""
    if isinstance(value, list | tuple):
        return type(value)(_fresh(item) for item in value)
    if isinstance(value, Mapping):
        return {key: _fresh(item) for key, item in value.items()}
    return value if callable(value) else copy.deepcopy(value)

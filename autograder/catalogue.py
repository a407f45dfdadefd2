"""How `misconceptions/<notebook>.py` declares wrong answers and alternative right ones.

A misconception is an ordinary function, named for the mistake; its docstring is the hint a
student reads when it is recognised, and `loses` names the test cells it must lose, no others::

    @misconception("softmax", loses=["test_softmax_batch"])
    def sums_over_everything(logits):
        \"\"\"You divide by the sum of the whole batch. Which axis holds the classes?\"\"\"
        exp = np.exp(logits)
        return exp / exp.sum()

An alternative is right, written another way, and loses nothing. Both see the names of the
notebook they belong to: its locked cells and its reference solutions. Where the solution is a
value instead of a function, the declared function takes no argument and returns the value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from autograder.errors import GraderError

F = TypeVar("F", bound=Callable[..., Any])
_MARK = "_autograder_entry"


@dataclass(frozen=True, slots=True)
class Entry:
    """One catalogued answer. `loses` is empty for an alternative, and only for one."""

    name: str
    target: str
    answer: Any
    hint: str
    loses: tuple[str, ...]
    line: int


def misconception(target: str, *, loses: Sequence[str]) -> Callable[[F], F]:
    """Declare a wrong answer to the stub `target` and the test cells it must lose."""
    return _declare(target, tuple(loses))


def alternative(target: str) -> Callable[[F], F]:
    """Declare another right answer to the stub `target`; it keeps full marks."""
    return _declare(target, ())


def _declare(target: str, loses: tuple[str, ...]) -> Callable[[F], F]:
    def mark(function: F) -> F:
        setattr(function, _MARK, (target, loses))
        return function

    return mark


def load_catalogue(path: Path, shown: str, names: Mapping[str, Any]) -> list[Entry]:
    """Run a catalogue file and collect what it declares, in order.

    Parameters
    ----------
    shown : str
        How messages name the file.
    names : mapping
        The notebook's own names, which the file may use.

    Raises
    ------
    GraderError
        If the file does not run or an entry is incomplete.
    """
    if not path.is_file():
        return []
    namespace: dict[str, Any] = {**names, "__name__": "misconceptions", "__file__": str(path)}
    given = set(namespace)
    try:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), namespace)  # noqa: S102 # the author's own file
    except Exception as error:
        raise GraderError(
            f"does not run: {type(error).__name__}: {error}",
            file=shown,
            remedy="run it after the notebook's setup cells and mend it",
        ) from error
    entries = []
    for name, answer in namespace.items():
        if name in given or not hasattr(answer, _MARK):
            continue
        target, loses = getattr(answer, _MARK)
        code = getattr(answer, "__code__", None)
        line = code.co_firstlineno if code is not None else 1
        hint = " ".join((answer.__doc__ or "").split())
        if loses and not hint:
            raise GraderError(
                f"misconception {name!r} has no docstring",
                file=shown,
                line=line,
                remedy="say in its docstring what to think about; students read it",
            )
        entries.append(Entry(name, target, answer, hint, loses, line))
    return entries

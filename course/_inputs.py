"""Whether the inputs of a call are still what they were, and whose memory a result uses."""

from typing import Any

import numpy as np
import numpy.typing as npt

from course import _compare
from course._describe import describe, digits_to_differ, dtype_words, number, show, show_apart
from course._equal import equality_problem, require_plain

# np.shares_memory solves a hard puzzle for contrived strides; beyond this effort, assume yes.
# NumPy's stubs know only the two extreme efforts, 0 and -1.
_MOST_MEMORY_WORK = 100_000


def require_watchable(inputs: dict[str, Any]) -> None:
    """Refuse inputs that cannot change, or whose change could not be told.

    Raises
    ------
    TypeError
        Naming the input.
    """
    if not inputs:
        raise TypeError("name at least one input to watch, such as X=X")
    for name, value in inputs.items():
        if type(value) not in (np.ndarray, list, dict, tuple):
            raise TypeError(f"{name} must be an array, list, dictionary or tuple to be watched")
        _require_comparable(name, value)


def _require_comparable(name: str, value: Any) -> None:
    if type(value) is np.ndarray:
        if value.dtype.kind not in "biuf":
            raise TypeError(f"{name} must hold numbers or booleans, not {dtype_words(value.dtype)}")
    elif type(value) in (list, tuple, dict):
        for part in value.values() if type(value) is dict else value:
            _require_comparable(name, part)
    else:
        require_plain(value)


def change(name: str, before: Any, after: Any) -> str | None:
    """Say how a value differs from its earlier copy; None if it does not.

    Examples
    --------
    >>> change("x", [1, [2, 3]], [1, [2, 4]])
    'x[1][1] was 3 and is now 4'
    >>> change("X", np.zeros((2, 3)), np.zeros((3, 2)))
    'X had shape (2, 3) and now has (3, 2)'
    """
    if type(before) is not type(after):
        return f"{name} was {describe(before)} and is now {describe(after)}"
    if type(before) is np.ndarray:
        return _array_change(name, before, after)
    if type(before) in (list, tuple):
        if len(before) != len(after):
            return f"{name} had length {len(before)} and now has {len(after)}"
        return _first_change(name, list(enumerate(before)), list(after))
    if type(before) is dict:
        if equality_problem(dict.fromkeys(after), dict.fromkeys(before)) is not None:
            return f"{name} was {show(before)} and is now {show(after)}"
        return _first_change(name, list(before.items()), [after[key] for key in before])
    if equality_problem(after, before) is None:
        return None
    was, now = show_apart(before, after)
    return f"{name} was {was} and is now {now}"


def _first_change(name: str, before: list[tuple[Any, Any]], after: list[Any]) -> str | None:
    for (key, old), new in zip(before, after, strict=True):
        found = change(f"{name}[{show(key)}]", old, new)
        if found is not None:
            return found
    return None


def _array_change(name: str, before: npt.NDArray[Any], after: npt.NDArray[Any]) -> str | None:
    if before.shape != after.shape:
        return f"{name} had shape {before.shape} and now has {after.shape}"
    if before.dtype != after.dtype:
        was, now = dtype_words(before.dtype), dtype_words(after.dtype)
        return f"{name} had {was} and now has {now}"
    with np.errstate(all="ignore"):
        changed = (before != after) & ~(np.isnan(before) & np.isnan(after))
    if not changed.any():
        return None
    first = _compare.first_index(changed)
    old, new = _compare.item(before[first]), _compare.item(after[first])
    digits = digits_to_differ(old, new)
    place = f"[{', '.join(map(str, first))}]" if first else ""
    return f"{name}{place} was {number(old, digits)} and is now {number(new, digits)}"


def shares_memory(got: npt.NDArray[Any], of: npt.NDArray[Any]) -> bool:
    """Whether two arrays have a byte in common.

    Examples
    --------
    >>> x = np.arange(6)
    >>> shares_memory(x[::2], x), shares_memory(x[::2], x[1::2])
    (True, False)
    """
    try:
        return bool(np.shares_memory(got, of, max_work=_MOST_MEMORY_WORK))  # type: ignore[arg-type]
    except np.exceptions.TooHardError:
        return True

"""Whether a value of builtin types is exactly the expected one, and where it is not.

The type is compared before `==` is ever asked: an object may claim to equal everything.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from course._describe import NUMPY_FLOATS, NUMPY_INTEGERS, describe, show, show_apart

_ACCEPTED: dict[type, frozenset[type]] = {
    bool: frozenset({bool, np.bool_}),
    int: NUMPY_INTEGERS | {int},
    float: NUMPY_FLOATS | {float},
    complex: frozenset({complex}),
    str: frozenset({str, np.str_}),
    bytes: frozenset({bytes}),
    type(None): frozenset({type(None)}),
}
_SEQUENCES = (list, tuple)
_SETS = (set, frozenset)
_PLAIN = frozenset({*_ACCEPTED, *_SEQUENCES, *_SETS, dict})


def require_plain(expected: object) -> None:
    """Refuse an expected value that is not made of builtin types.

    Raises
    ------
    TypeError
        Naming the type that `equality_problem` cannot compare.
    """
    kind = type(expected)
    if kind not in _PLAIN:
        raise TypeError(f"expected must be made of builtin types, not {kind.__name__}")
    for part in _parts(expected):
        require_plain(part)


def _parts(value: Any) -> Iterable[object]:
    kind = type(value)
    if kind is dict:
        return [*value.keys(), *value.values()]
    return value if kind in _SEQUENCES or kind in _SETS else ()


def equality_problem(got: object, expected: object, where: str = "") -> str | None:
    """Say where and how `got` differs from the expected value; None if it does not.

    Examples
    --------
    >>> equality_problem((2, 4), (2, 3))
    'at position 1 got 4, expected 3'
    >>> equality_problem([2, 3], (2, 3))
    'got the list [2, 3], expected the tuple (2, 3)'
    """
    kind = type(expected)
    if type(got) not in _ACCEPTED.get(kind, (kind,)):
        return f"{where}got {describe(got)}, expected {describe(expected)}"
    if kind in _SEQUENCES:
        return _sequence_problem(got, expected, where)
    if kind is dict:
        return _dict_problem(got, expected, where)
    if kind in _SETS:
        return _members_problem(got, expected, "value", where)
    if _same(got, expected):
        return None
    found, wanted = show_apart(got, expected)
    return f"{where}got {found}, expected {wanted}"


def _same(got: Any, expected: Any) -> bool:
    if isinstance(expected, float):
        got = float(got)
    # NaN is the one value that does not equal itself.
    return bool(got == expected) or bool(got != got and expected != expected)


def _sequence_problem(got: Any, expected: Any, where: str) -> str | None:
    if len(got) != len(expected):
        return f"{where}got {_length(got)} in {show(got)}, expected {_length(expected)}"
    for position, (found, wanted) in enumerate(zip(got, expected, strict=True)):
        problem = equality_problem(found, wanted, _deeper(where, f"position {position}"))
        if problem is not None:
            return problem
    return None


def _length(values: Any) -> str:
    return f"{len(values)} value" + ("" if len(values) == 1 else "s")


def _deeper(where: str, place: str) -> str:
    return f"{where.rstrip()}, {place} " if where else f"at {place} "


def _dict_problem(got: Any, expected: Any, where: str) -> str | None:
    problem = _members_problem(got, expected, "key", where)
    if problem is not None:
        return problem
    found = {_identity(key): value for key, value in got.items()}
    for key, wanted in expected.items():
        problem = equality_problem(
            found[_identity(key)], wanted, _deeper(where, f"key {show(key)}")
        )
        if problem is not None:
            return problem
    return None


def _members_problem(got: Any, expected: Any, noun: str, where: str) -> str | None:
    found = {_identity(member): member for member in got}
    wanted = {_identity(member): member for member in expected}
    missing = [wanted[name] for name in wanted if name not in found]
    extra = [found[name] for name in found if name not in wanted]
    if missing:
        return f"{where}the {noun} {show(missing[0])} is missing from {show(got)}"
    if extra:
        return f"{where}got the {noun} {show(extra[0])}, which is not expected"
    return None


def _identity(member: object) -> tuple[object, ...]:
    """Give a name to a key: 1, 1.0 and True are equal as keys, yet not the same answer."""
    kind = type(member)
    if kind is tuple or kind is frozenset:
        names: Iterator[object] = map(_identity, member)  # type: ignore[call-overload]
        return (kind, *names) if kind is tuple else (kind, frozenset(names))
    for builtin, accepted in _ACCEPTED.items():
        if kind in accepted:
            known: Any = member
            return (builtin, known if member is None else builtin(known))
    # Nothing expected has this name, and the object's own __hash__ is not asked.
    return ("unknown", id(member))

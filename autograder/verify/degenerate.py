"""Answers that are no answers: each must earn nothing on every test cell."""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.authoring.run import Namespace, Replace


class EqualsEverything:
    """Claims to be equal to, larger and smaller than, and convertible to anything."""

    __hash__ = object.__hash__

    def __eq__(self, _other: object) -> bool:
        return True

    def __ne__(self, _other: object) -> bool:
        return False

    def __bool__(self) -> bool:
        return True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__array"):
            raise AttributeError(name)
        return self

    def __call__(self, *_args: object, **_kwargs: object) -> Any:
        """Return itself, whatever is asked."""
        return self

    def _same(self, *_args: object) -> Any:
        return self

    __add__ = __sub__ = __mul__ = __truediv__ = __matmul__ = __abs__ = __getitem__ = _same
    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __rmatmul__ = _same
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__


class NoDifference:
    """Says that its difference from anything is 0.0, which `abs(answer - expected)` believes."""

    def _zero(self, *_args: object) -> float:
        return 0.0

    __sub__ = __rsub__ = __abs__ = __float__ = _zero
    __truediv__ = __rtruediv__ = __mul__ = __rmul__ = _zero


def filled(value: Any, fill: float) -> Any:
    """A value of the same shape and, where it can hold `fill`, the same type."""
    match value:
        case np.ndarray():
            kind = np.float64 if np.isnan(fill) else value.dtype
            if value.dtype.kind not in "biufc":
                return value
            return np.full(value.shape, fill, dtype=kind)
        case bool() | np.bool_():
            return bool(fill)
        case int() | np.integer():
            return fill if np.isnan(fill) else int(fill)
        case float() | np.floating():
            return float(fill)
        case str():
            return ""
        case tuple():
            return tuple(filled(item, fill) for item in value)
        case list():
            return [filled(item, fill) for item in value]
        case dict():
            return {key: filled(item, fill) for key, item in value.items()}
    return None


def emptied(value: Any) -> Any:
    """The same kind of value with nothing in it."""
    match value:
        case np.ndarray():
            return np.empty((0, *value.shape[1:]), dtype=value.dtype)
        case tuple():
            return tuple(emptied(item) for item in value)
        case list() | dict() | str():
            return type(value)()
    return np.empty(0)


def _always(make: Callable[[], Any]) -> Replace:
    def replace(reference: Any, _names: Namespace) -> Any:
        return (lambda *_a, **_k: make()) if callable(reference) else make()

    return replace


def _shaped(change: Callable[[Any], Any]) -> Replace:
    def replace(reference: Any, _names: Namespace) -> Any:
        if not callable(reference):
            return change(reference)

        def answer(*args: Any, **kwargs: Any) -> Any:
            # the reference works on copies, so that a degenerate answer never does
            # the mutation or returns the view that a test asks for
            args, kwargs = copy.deepcopy((args, kwargs))
            try:
                return change(reference(*args, **kwargs))
            except Exception:
                # a degenerate answer does not check its input either
                return change(0.0)

        return answer

    return replace


def _identity(reference: Any, _names: Namespace) -> Any:
    if not callable(reference):
        return None

    def answer(*args: Any, **kwargs: Any) -> Any:
        return args[0] if args else next(iter(kwargs.values()), None)

    return answer


DEGENERATE: dict[str, Replace] = {
    "None": _always(lambda: None),
    "NaN": _shaped(lambda value: filled(value, np.nan)),
    "an empty array": _always(lambda: np.empty(0)),
    "an empty array of the right rank": _shaped(emptied),
    "zeros": _shaped(lambda value: filled(value, 0.0)),
    "ones": _shaped(lambda value: filled(value, 1.0)),
    "a scalar": _always(lambda: 0.5),
    "its own argument": _identity,
    "an object that equals everything": _always(EqualsEverything),
    "an object without a difference": _always(NoDifference),
}

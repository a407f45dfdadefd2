"""What a student's functions were given and what they gave back, while tests ran."""

import copy
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.wire.tables import is_table

_MAX_CALLS = 5000
_MAX_BYTES = 64 * 2**20
_PLAIN = (bool, int, float, complex, str, bytes, type(None), type(...), range, slice, type)


class _NotKept(Exception):  # noqa: N818 # a verdict on a value, not a bug
    """A value is too large, or no plain value at all."""


@dataclass(slots=True)
class Call:
    """One call. Of a stub that is a value, `args` is empty and `value` is what it is.

    Attributes
    ----------
    test : str
        grade_id of the test cell that called.
    raised : tuple of (type, message), or None
        The exception it ended in.
    after : tuple
        The arguments after the call, those by keyword last.
    """

    test: str
    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    value: Any = None
    raised: tuple[str, str] | None = None
    after: tuple[Any, ...] = ()


@dataclass(slots=True)
class Recorder:
    """Keeps the calls of a notebook's stubs, arguments as they were before the call.

    Attributes
    ----------
    test : str
        The test cell that is running.
    partial : set of str
        Stubs of which some call could not be kept: nothing sure can be said of them.
    """

    names: Collection[str]
    test: str = ""
    calls: list[Call] = field(default_factory=list)
    partial: set[str] = field(default_factory=set)
    _bytes: int = 0

    def begin(
        self, name: str, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Call | None:
        """Note a call before it is made; None if it is not one to keep."""
        if name not in self.names or name in self.partial:
            return None
        if len(self.calls) >= _MAX_CALLS or self._bytes > _MAX_BYTES:
            self.partial.add(name)
            return None
        try:
            return Call(self.test, name, self._copy(args), self._copy(dict(kwargs or {})))
        except _NotKept:
            self.partial.add(name)
            return None

    def end(
        self,
        call: Call | None,
        value: Any = None,
        raised: tuple[str, str] | None = None,
        after: tuple[Any, ...] = (),
    ) -> None:
        """Note how it ended."""
        if call is None:
            return
        try:
            call.value, call.raised, call.after = self._copy(value), raised, self._copy(after)
        except _NotKept:
            self.partial.add(call.name)
        else:
            self.calls.append(call)

    def _copy(self, value: Any) -> Any:
        kind = type(value)
        if kind in (str, bytes):
            self._bytes += len(value)
        if kind in _PLAIN or isinstance(value, np.generic | np.dtype):
            return value
        if kind is np.ndarray:
            self._bytes += value.nbytes
            return value.copy()
        if kind in (list, tuple, set, frozenset):
            self._bytes += 8 * len(value)
            return kind(self._copy(item) for item in value)
        if kind is dict:
            self._bytes += 16 * len(value)
            return {key: self._copy(item) for key, item in value.items()}
        if isinstance(value, np.random.Generator):
            return copy.deepcopy(value)
        if is_table(value):
            self._bytes += int(np.sum(value.memory_usage(deep=True)))
            return value.copy()
        if callable(value) and not hasattr(kind, "_remote_node"):
            # the test's own function
            return value
        # a student's object: it stays where it is
        raise _NotKept

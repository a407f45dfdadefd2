"""Values as JSON nodes and buffers. What arrives is an exact builtin type or a plain array.

A node is null, a bool, a number or a string, or a list that begins with a tag::

    ["t", ...] tuple   ["l", ...] list    ["d", [k, v], ...] dict    ["s", ...] set
    ["z", ...] frozenset   ["y", buffer] bytes   ["c", re, im] complex   ["e"] Ellipsis
    ["r", start, stop, step] range   ["sl", start, stop, step] slice
    ["a", dtype, shape, buffer] array   ["n", dtype, buffer] numpy scalar
    ["w", number] an array that stands in this value already, by the order of the arrays
    ["v", owner, dtype, shape, offset, strides] view of an array that was sent before
    ["g", kind, state] random Generator   ["p", table] DataFrame, Series, Index
    ["T", dtype] dtype   ["k", name] type, such as int or np.float32
    ["o", ...] something else, for the two sides to agree upon
"""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.wire import arrays, generators, tables
from autograder.wire.errors import WireError

MAX_DEPTH = 64
MAX_NODES = 2_000_000
# a range is a few bytes, but what goes through it pays for every number
MAX_RANGE = 10_000_000
# keys of one hash are told apart by comparing each with each
MAX_ALIKE = 100
# json writes integers as text; beyond this Python refuses to
_LARGEST = 1 << 8192

# what Python, numpy and pandas raise at values that no honest worker sends
_OF_FORGERIES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    SystemError,
    TypeError,
    ValueError,
)

Opaque = Callable[[Any], list[Any]]
Resolve = Callable[[list[Any]], Any]


class Encoder:
    """Turns values into nodes and collects their buffers.

    Parameters
    ----------
    opaque : callable
        Called with a value that is not plain data; returns what follows the tag "o", or raises.
    owners : sequence of ndarray
        Arrays that the other side sent: a view of one of them travels as its place in it.
    """

    def __init__(self, opaque: Opaque, owners: Sequence[arrays.Array] = ()) -> None:
        self.buffers: list[bytes] = []
        self.sent: list[arrays.Array] = []
        self._opaque = opaque
        self._owners = owners
        self._depth = 0
        self._nodes = 0

    def encode(self, value: Any) -> Any:
        """The node of a value.

        Raises
        ------
        WireError
            If it is nested too deep (or within itself) or has too many parts.
        """
        self._nodes += 1
        self._depth += 1
        if self._depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise WireError("a value nested too deep or too large to travel")
        try:
            return self._encode(value)
        finally:
            self._depth -= 1

    def _encode(self, value: Any) -> Any:  # one line a type
        # by exact type: a subclass may lie about everything
        kind = type(value)
        if value is None or kind is bool or kind is str:
            return value
        if kind is int:
            return value if -_LARGEST < value < _LARGEST else ["o", *self._opaque(value)]
        if kind is float:
            return value
        if kind in _SEQUENCES:
            return [_SEQUENCES[kind], *(self.encode(item) for item in value)]
        if kind is dict:
            return ["d", *([self.encode(key), self.encode(item)] for key, item in value.items())]
        if kind is np.ndarray and arrays.sendable(value):
            if value.nbytes > arrays.MAX_ARRAY:
                raise WireError("an array too large to travel")
            place = arrays.place_in(value, self._owners)
            if place is not None:
                return ["v", *place]
            for number, before in enumerate(self.sent):
                if before is value:
                    return ["w", number]
            self.sent.append(value)
            return ["a", value.dtype.str, list(value.shape), self._buffer(value.tobytes())]
        if isinstance(value, np.generic) and kind.__module__ == "numpy":
            flat = np.asarray(value)
            if arrays.sendable(flat) and flat.dtype.type is kind:
                return ["n", flat.dtype.str, self._buffer(flat.tobytes())]
        if kind is bytes:
            return ["y", self._buffer(value)]
        if kind is complex:
            return ["c", value.real, value.imag]
        if value is Ellipsis:
            return ["e"]
        if kind in (range, slice):
            tag = "r" if kind is range else "sl"
            if kind is range and value[MAX_RANGE:]:
                raise WireError("a range too long to travel")
            return [tag, *(self.encode(part) for part in (value.start, value.stop, value.step))]
        if kind is np.random.Generator:
            name = type(value.bit_generator).__name__
            if name in generators.BIT_GENERATORS:
                return ["g", name, self.encode(value.bit_generator.state)]
        if kind is type and value in _TYPE_NAMES:
            return ["k", _TYPE_NAMES[value]]
        if isinstance(value, np.dtype) and arrays.plain(value):
            return ["T", value.str]
        if tables.is_table(value):
            table = tables.table_node(value, self.encode)
            if table is not None:
                return ["p", table]
        return ["o", *self._opaque(value)]

    def _buffer(self, data: bytes) -> int:
        self.buffers.append(data)
        return len(self.buffers) - 1


_SEQUENCES: dict[type, str] = {tuple: "t", list: "l", set: "s", frozenset: "z"}
# what a function takes as its `dtype`; a student's own classes stay where they are
_TYPES: dict[str, type] = {
    kind.__name__: kind for kind in (bool, int, float, complex, str, bytes, list, tuple, dict, set)
} | {
    f"np.{kind.__name__}": kind
    for kind in np.sctypeDict.values()
    if kind not in (np.object_, np.void)
}
_TYPE_NAMES = {kind: name for name, kind in _TYPES.items()}
_BUILD: dict[str, Callable[..., Any]] = {"t": tuple, "l": list, "s": set, "z": frozenset}


class Decoder:
    """Turns nodes back into values; everything is checked, for a student may have written it.

    Parameters
    ----------
    resolve : callable
        Called with what follows the tag "o"; returns the value it stands for, or raises.
    owners : sequence of ndarray
        The arrays that were sent, for views of them.
    """

    def __init__(
        self, buffers: Sequence[bytes], resolve: Resolve, owners: Sequence[arrays.Array] = ()
    ) -> None:
        self.received: list[arrays.Array] = []
        self._repeated = 0
        self._counted = 0
        self._buffers = buffers
        self._unused = set(range(len(buffers)))
        self._resolve = resolve
        self._owners = owners
        self._depth = 0
        self._nodes = 0

    def decode(self, node: Any) -> Any:
        """The value of a node.

        Raises
        ------
        WireError
            If the node breaks the rules.
        """
        self._nodes += 1
        self._depth += 1
        if self._depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise WireError("a value nested too deep or too large to travel")
        try:
            return self._decode(node)
        except _OF_FORGERIES as error:
            raise WireError(f"a malformed value: {type(error).__name__}") from None
        finally:
            self._depth -= 1

    def _decode(self, node: Any) -> Any:  # one line a tag
        if type(node) is int and not -_LARGEST < node < _LARGEST:
            raise WireError("an integer too large to compute with")
        if node is None or isinstance(node, bool | int | float | str):
            return sys.intern(node) if isinstance(node, str) and len(node) < 32 else node
        match node:
            case ["t" | "l" as tag, *items]:
                return _BUILD[tag](self.decode(item) for item in items)
            case ["s" | "z" as tag, *items]:
                return _BUILD[tag](_told_apart([self.decode(item) for item in items]))
            case ["d", *pairs]:
                keys = _told_apart([self.decode(key) for key, _ in pairs])
                return dict(zip(keys, (self.decode(item) for _, item in pairs), strict=True))
            case ["a", dtype, shape, buffer]:
                array = arrays.array_from(dtype, shape, self._data(buffer))
                self.received.append(array)
                return array
            case ["w", int(number)] if 0 <= number < len(self.received):
                return self._again(self.received[number])
            case ["v", *place]:
                return self._again(arrays.view_from(place, self._owners))
            case ["n", dtype, buffer]:
                return arrays.array_from(dtype, [], self._data(buffer))[()]
            case ["y", buffer]:
                return self._data(buffer)
            case ["c", float() | int() as real, float() | int() as imaginary]:
                return complex(real, imaginary)
            case ["e"]:
                return Ellipsis
            case ["r", start, stop, step]:
                return self._range(self.decode(start), self.decode(stop), self.decode(step))
            case ["sl", start, stop, step]:
                return slice(self.decode(start), self.decode(stop), self.decode(step))
            case ["g", name, state]:
                return generators.generator_from(name, self.decode(state))
            case ["k", str(name)] if name in _TYPES:
                return _TYPES[name]
            case ["T", dtype]:
                return arrays.bare_dtype_from(dtype)
            case ["p", list(table)]:
                return tables.table_from(table, self.decode)
            case ["o", *rest]:
                return self._resolve(rest)
        raise WireError("a value of an unknown kind")

    def _again(self, array: arrays.Array) -> arrays.Array:
        # named in a few bytes, but who goes through a list of them pays for each
        self._repeated += array.nbytes
        if self._repeated > arrays.MAX_ARRAY:
            raise WireError("one array too often")
        return array

    def _range(self, start: Any, stop: Any, step: Any) -> range:
        if any(type(part) is not int for part in (start, stop, step)):
            raise WireError("a range of something else than integers")
        found = range(start, stop, step)
        # the first: `len` of a longer one raises. All that came count, for each is a few bytes
        if found[MAX_RANGE:] or self._counted + len(found) > MAX_RANGE:
            raise WireError("ranges too long to go through")
        self._counted += len(found)
        return found

    def _data(self, number: object) -> bytes:
        # once each: a thousand arrays of one buffer would take a thousand times its memory
        if type(number) is not int or number not in self._unused:
            raise WireError("a buffer that was not sent, or is used already")
        self._unused.remove(number)
        return self._buffers[number]


def _told_apart(keys: list[Any]) -> list[Any]:
    """Refuse keys chosen to have one hash: to put them into a set would take hours."""
    if len(keys) > MAX_ALIKE and max(Counter(map(hash, keys)).values()) > MAX_ALIKE:
        raise WireError("too many keys that are hard to tell apart")
    return keys

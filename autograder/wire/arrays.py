"""Arrays, numpy scalars and random Generators as plain data."""

import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.wire.errors import WireError

Array = npt.NDArray[Any]
# bool, integers, floats, complex, text, bytes, dates and durations: never objects or records
_DTYPE = re.compile(r"[<>|][biufcSU][0-9]{1,6}|[<>][mM]8(\[[a-zA-Z0-9]{1,12}\])?")
_MAX_RANK = 32
# not MT19937 and Philox: numpy believes any position in them and then reads foreign memory
BIT_GENERATORS = ("PCG64", "PCG64DXSM", "SFC64")
# a view may repeat one byte a thousand billion times, and who sums it up pays for each
MAX_ARRAY = 256 * 2**20


def plain(dtype: np.dtype[Any]) -> bool:
    """Whether a dtype is one of numbers, text, bytes, dates or durations."""
    return dtype.itemsize > 0 and _DTYPE.fullmatch(dtype.str) is not None


def sendable(value: Array) -> bool:
    """Whether an array is plain data: exactly `ndarray`, and of a plain dtype."""
    return type(value) is np.ndarray and plain(value.dtype)


def dtype_from(text: object) -> np.dtype[Any]:
    """Read a dtype, refusing every one that is not plain.

    Raises
    ------
    WireError
        If it is another.
    """
    if not isinstance(text, str) or not _DTYPE.fullmatch(text):
        raise WireError("an array of a dtype that may not travel")
    try:
        return np.dtype(text)
    except TypeError:
        raise WireError("an array of a dtype that does not exist") from None


def shape_from(value: object) -> tuple[int, ...]:
    """Read a shape: at most 32 lengths, none negative.

    Raises
    ------
    WireError
        If it is anything else.
    """
    if (
        not isinstance(value, list)
        or len(value) > _MAX_RANK
        or not all(type(length) is int and length >= 0 for length in value)
    ):
        raise WireError("an array of an impossible shape")
    return tuple(value)


def array_from(dtype: object, shape: object, data: bytes) -> Array:
    """Build a new, writable, C-ordered array from its bytes.

    Raises
    ------
    WireError
        If bytes, shape and dtype do not belong together.
    """
    kind, lengths = dtype_from(dtype), shape_from(shape)
    if kind.itemsize * math.prod(lengths) != len(data) or kind.itemsize == 0:
        raise WireError("an array that lies about its size")
    return np.frombuffer(data, dtype=kind).reshape(lengths).copy()


def place_in(result: Array, owners: Sequence[Array]) -> list[Any] | None:
    """Say which array of `owners` a result is a view of, and where in it.

    Returns
    -------
    list or None
        [owner, dtype, shape, offset in bytes, strides in bytes]; None if it is a view of none.
    """
    if result.size == 0:
        return None
    start = result.__array_interface__["data"][0]
    for number, owner in enumerate(owners):
        if not owner.flags.c_contiguous or owner.size == 0:
            continue
        low = owner.__array_interface__["data"][0]
        first, last = np.lib.array_utils.byte_bounds(result)
        if low <= first and last <= low + owner.nbytes:
            return [
                number,
                result.dtype.str,
                list(result.shape),
                start - low,
                list(result.strides),
            ]
    return None


def view_from(place: Sequence[object], owners: Sequence[Array]) -> Array:
    """The view of one of `owners` that `place_in` described; numpy checks its bounds.

    An owner that is not C-ordered travelled as a C-ordered copy, and so the view is one of a
    copy: equal in value, but memory is not shared.

    Raises
    ------
    WireError
        If it names no owner or leaves its memory.
    """
    if len(place) != 5:
        raise WireError("a view that is not described whole")
    number, dtype, shape, offset, strides = place
    if type(number) is not int or not 0 <= number < len(owners):
        raise WireError("a view of an array that was not sent")
    if type(offset) is not int or not isinstance(strides, list):
        raise WireError("a view that is not described whole")
    if not all(type(stride) is int for stride in strides):
        raise WireError("a view with impossible strides")
    if math.prod(shape_from(shape)) * dtype_from(dtype).itemsize > MAX_ARRAY:
        raise WireError("a view too large to go through")
    try:
        return np.ndarray(
            shape_from(shape),
            dtype_from(dtype),
            buffer=np.ascontiguousarray(owners[number]),
            offset=offset,
            strides=strides,
        )
    except (ValueError, TypeError, OverflowError):
        raise WireError("a view that leaves its array") from None


def generator_from(name: object, state: object) -> np.random.Generator:
    """Build a random Generator in a given state.

    Raises
    ------
    WireError
        If there is no such bit generator or the state is not one of its.
    """
    if name not in BIT_GENERATORS:
        raise WireError("a random generator of an unknown kind")
    generator = np.random.Generator(getattr(np.random, str(name))(0))
    set_state(generator, state)
    return generator


def set_state(generator: np.random.Generator, state: object) -> None:
    """Bring a Generator into a state that travelled.

    Raises
    ------
    WireError
        If the state is not one of this generator.
    """
    try:
        generator.bit_generator.state = state  # type: ignore[assignment] # checked by numpy
    except (ValueError, TypeError, KeyError, OverflowError):
        raise WireError("a random generator in an impossible state") from None

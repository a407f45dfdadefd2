"""Arrays and numpy scalars as plain data."""

import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.wire.errors import WireError

Array = npt.NDArray[Any]
# bool, integers, floats, complex, text, bytes, dates and durations: never objects or records
_DTYPE = re.compile(r"[<>|][biufcSU][0-9]{1,6}|[<>][mM]8(\[(?:Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?")
_MAX_RANK = 32
# what a function is given as its `dtype` has no data that would pay for its width
_MAX_WIDTH = 2**16
_LAST_CHARACTER = 0x10FFFF
# x86: 80 bits, and most of what 128 could hold is no number, which libraries do not expect
_X86_LONG = np.finfo(np.longdouble).nmant == 63
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


def bare_dtype_from(text: object) -> np.dtype[Any]:
    """Read a dtype that stands for itself, as a function's argument does.

    Raises
    ------
    WireError
        If it is not plain, or so wide that a few elements would fill the memory.
    """
    found = dtype_from(text)
    if not 0 < found.itemsize <= _MAX_WIDTH:
        raise WireError("a dtype too wide to be used")
    return found


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
    # of one without values too: what is made along its other axes would be as large
    if math.prod(max(length, 1) for length in value) > MAX_ARRAY:
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
    _keep_promises(kind, data)
    return np.frombuffer(data, dtype=kind).reshape(lengths).copy()


def _keep_promises(kind: np.dtype[Any], data: bytes) -> None:
    """Refuse bytes that are no values of a dtype: numpy believes whatever lies in an array.

    It counts a truth value of 255 as 255 hits and allocates by that count; a character beyond
    Unicode makes texts that Python itself cannot handle.
    """
    if kind.kind == "b":
        fine = np.frombuffer(data, np.uint8).max(initial=0) <= 1
    elif kind.kind == "U":
        points = np.frombuffer(data, np.dtype(np.uint32).newbyteorder(kind.byteorder))
        fine = points.max(initial=0) <= _LAST_CHARACTER
    elif _is_long(kind):
        fine = kind.isnative and (not _X86_LONG or _are_long_numbers(data))
    else:
        return
    if not fine:
        raise WireError(f"an array of {kind.name} that holds something else")


def _is_long(kind: np.dtype[Any]) -> bool:
    return kind.kind in "fc" and kind.itemsize > (8 if kind.kind == "f" else 16)


def _are_long_numbers(data: bytes) -> bool:
    words = np.frombuffer(data, "<u8").reshape(-1, 2)
    # the first bit of the fraction stands there, and is set in all but zero and the smallest
    leading, exponent = words[:, 0] >> np.uint64(63), words[:, 1] & np.uint64(0x7FFF)
    return bool(((leading == 1) == (exponent != 0)).all())


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
    kind, lengths = dtype_from(dtype), shape_from(shape)
    if math.prod(lengths) * kind.itemsize > MAX_ARRAY:
        raise WireError("a view too large to go through")
    try:
        view: Array = np.ndarray(
            lengths,
            kind,
            buffer=np.ascontiguousarray(owners[number]),
            offset=offset,
            strides=strides,
        )
    except (ValueError, TypeError, OverflowError):
        raise WireError("a view that leaves its array") from None
    # bytes of numbers may be looked at as truth values or text
    if kind.kind in "bU" or _is_long(kind):
        _keep_promises(kind, view.tobytes())
    return view

"""Send a value over a real wire, as JSON text and buffers, and take it out at the other end."""

import socket
from collections.abc import Sequence
from typing import Any, NoReturn

import numpy as np

from autograder.wire.frames import Frame, receive, send
from autograder.wire.values import Decoder, Encoder


class Opaque(Exception):  # noqa: N818
    """A value is not plain data."""


def never(_value: object) -> NoReturn:
    raise Opaque


def decode(node: Any, buffers: Sequence[bytes] = (), owners: Sequence[Any] = ()) -> Any:
    return Decoder(buffers, never, owners).decode(node)


def trip(value: Any, owners: Sequence[np.ndarray] = (), theirs: Sequence[np.ndarray] = ()) -> Any:
    """What arrives of a value; `owners` are known here, `theirs` are the same at the other end."""
    encoder = Encoder(never, owners)
    frame = Frame(encoder.encode(value), encoder.buffers)
    here, there = socket.socketpair()
    with here, there:
        # a frame of these tests fits into what the kernel holds
        send(here, frame)
        arrived = receive(there)
    return decode(arrived.message, arrived.buffers, theirs)


def same(a: Any, b: Any) -> bool:
    """Whether two values are of the same types and hold the same, NaN, -0.0 and dtypes included."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray | np.generic):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return same(list(a.items()), list(b.items()))
    return repr(a) == repr(b) if isinstance(a, float | complex) else bool(a == b)

"""Frames: a JSON message and the raw buffers of its arrays, with a cap on both."""

import json
import socket
import struct
import time
from dataclasses import dataclass, field
from typing import Any

from autograder.wire.errors import WireClosed, WireError

# lengths of the message and of the buffers behind it, in bytes
_HEADER = struct.Struct(">II")
MAX_MESSAGE = 32 * 2**20
MAX_BUFFERS = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Frame:
    """One message with its buffers, as they lie on the wire one after another."""

    message: Any
    buffers: list[bytes] = field(default_factory=list)


def pack(frame: Frame) -> bytes:
    """The bytes of a frame.

    Raises
    ------
    WireError
        If the frame is over a cap or its message is no JSON.
    """
    lengths = [len(buffer) for buffer in frame.buffers]
    try:
        message = json.dumps([lengths, frame.message], separators=(",", ":")).encode("ascii")
    except (TypeError, ValueError, RecursionError) as error:
        raise WireError(f"the message cannot be written: {type(error).__name__}") from None
    _check_sizes(len(message), sum(lengths))
    return b"".join([_HEADER.pack(len(message), sum(lengths)), message, *frame.buffers])


def send(channel: socket.socket, frame: Frame, deadline: float | None = None) -> None:
    """Write a frame.

    Parameters
    ----------
    deadline : float, optional
        `time.monotonic()` by which it must be written.

    Raises
    ------
    WireError, WireClosed, TimeoutError
        If the frame is over a cap, the other side is gone, or it does not read in time.
    """
    data = memoryview(pack(frame))
    try:
        while data:
            channel.settimeout(_left(deadline))
            data = data[channel.send(data) :]
    except (BrokenPipeError, ConnectionResetError):
        raise WireClosed from None


def receive(channel: socket.socket, deadline: float | None = None) -> Frame:
    """Read a frame; sizes are checked before anything is read or allocated.

    Raises
    ------
    WireError, WireClosed, TimeoutError
        If the frame breaks the rules, the other side is gone, or it stops in mid-frame.
    """
    header = _read(channel, _HEADER.size, deadline)
    message_size, buffers_size = _HEADER.unpack(header)
    _check_sizes(message_size, buffers_size)
    text = _read(channel, message_size, deadline)
    data = _read(channel, buffers_size, deadline)
    try:
        lengths, message = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise WireError(f"the message is malformed: {type(error).__name__}") from None
    return Frame(message, _split(data, lengths))


def _check_sizes(message: int, buffers: int) -> None:
    if message > MAX_MESSAGE or buffers > MAX_BUFFERS:
        raise WireError(f"a frame of {message + buffers:,} bytes is too large")


def _split(data: bytes, lengths: Any) -> list[bytes]:
    if (
        not isinstance(lengths, list)
        or not all(type(length) is int and length >= 0 for length in lengths)
        or sum(lengths) != len(data)
    ):
        raise WireError("the lengths of the buffers do not add up")
    found, start = [], 0
    for length in lengths:
        found.append(data[start : start + length])
        start += length
    return found


def _read(channel: socket.socket, size: int, deadline: float | None) -> bytes:
    data = bytearray()
    while len(data) < size:
        channel.settimeout(_left(deadline))
        try:
            # in pieces: memory grows with what came, not with what was announced
            piece = channel.recv(min(size - len(data), 2**20))
        except ConnectionResetError:
            raise WireClosed from None
        if not piece:
            raise WireClosed
        data += piece
    return bytes(data)


def _left(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left

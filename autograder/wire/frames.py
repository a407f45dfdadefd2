"""Frames: a JSON message and the raw buffers of its arrays, with a cap on both."""

import json
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from autograder.wire.errors import WireClosed, WireError

# lengths of the message and of the buffers behind it, in bytes
_HEADER = struct.Struct(">II")
Tick = tuple[float, Callable[[], None]]
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


def send(channel: socket.socket, frame: Frame, tick: Tick | None = None) -> None:
    """Write a frame.

    Parameters
    ----------
    tick : (seconds, callable), optional
        What to call before each piece and each time that many seconds pass in waiting; it may
        raise to end it.

    Raises
    ------
    WireError, WireClosed
        If the frame is over a cap or the other side is gone.
    """
    data = memoryview(pack(frame))
    channel.settimeout(tick and tick[0])
    while data:
        if tick is not None:
            tick[1]()
        try:
            data = data[channel.send(data) :]
        except TimeoutError:
            continue
        except (BrokenPipeError, ConnectionResetError):
            raise WireClosed from None


def receive(
    channel: socket.socket, tick: Tick | None = None, *, most: int = MAX_MESSAGE + MAX_BUFFERS
) -> Frame:
    """Read a frame; sizes are checked before anything is read or allocated.

    Parameters
    ----------
    tick : (seconds, callable), optional
        As for `send`. A frame that stops in the middle or trickles is waited for in the same way.
    most : int, optional
        Bytes that this frame may have, where that is less than any may.

    Raises
    ------
    WireError, WireClosed
        If the frame breaks the rules or the other side is gone.
    """
    channel.settimeout(tick and tick[0])
    header = _read(channel, _HEADER.size, tick)
    message_size, buffers_size = _HEADER.unpack(header)
    _check_sizes(message_size, buffers_size, most)
    text = _read(channel, message_size, tick)
    data = _read(channel, buffers_size, tick)
    try:
        lengths, message = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise WireError(f"the message is malformed: {type(error).__name__}") from None
    return Frame(message, _split(data, lengths))


def _check_sizes(message: int, buffers: int, most: int = MAX_MESSAGE + MAX_BUFFERS) -> None:
    if message > MAX_MESSAGE or buffers > MAX_BUFFERS or message + buffers > most:
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


def _read(channel: socket.socket, size: int, tick: Tick | None) -> bytes:
    data = bytearray()
    while len(data) < size:
        # also between pieces: who sends byte by byte never lets the wait time out
        if tick is not None:
            tick[1]()
        try:
            # in pieces: memory grows with what came, not with what was announced
            piece = channel.recv(min(size - len(data), 2**20))
        except TimeoutError:
            continue
        except ConnectionResetError:
            raise WireClosed from None
        if not piece:
            raise WireClosed
        data += piece
    return bytes(data)

"""Frames: sizes are checked before anything is read, and nobody waits for ever."""

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from autograder.wire.errors import WireClosed, WireError
from autograder.wire.frames import MAX_BUFFERS, MAX_MESSAGE, Frame, pack, receive, send

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    here, there = socket.socketpair()
    with here, there:
        yield here, there


class Enough(Exception):  # noqa: N818
    """The tick ends the wait."""


def after(calls: int) -> Callable[[], None]:
    """A tick that ends the wait at the given call."""
    left = [calls]

    def tick() -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise Enough

    return tick


def raw(text: bytes, buffers: bytes = b"") -> bytes:
    return struct.pack(">II", len(text), len(buffers)) + text + buffers


@pytest.mark.parametrize(
    "frame",
    [
        Frame(None),
        Frame(["re", 1, {"값": [1.5, "\ud800"]}]),
        Frame([], [b""]),
        Frame({"a": 1}, [b"abc", b"", bytes(range(256))]),
    ],
    ids=["nothing", "text", "empty_buffer", "buffers"],
)
def test_a_frame_arrives_as_it_was_sent(pair: Pair, frame: Frame) -> None:
    send(pair[0], frame)
    assert receive(pair[1]) == frame


def test_frames_follow_one_another(pair: Pair) -> None:
    for number in range(5):
        send(pair[0], Frame(number, [bytes([number])]))
    assert [receive(pair[1]).message for _ in range(5)] == list(range(5))


def test_a_frame_larger_than_the_kernels_store_arrives(pair: Pair) -> None:
    frame = Frame("big", [bytes(3_000_000)])
    sender = threading.Thread(target=send, args=(pair[0], frame))
    sender.start()
    assert receive(pair[1]) == frame
    sender.join()


@pytest.mark.parametrize(
    ("message", "buffers"),
    [(MAX_MESSAGE + 1, 0), (0, MAX_BUFFERS + 1), (2**32 - 1, 2**32 - 1)],
    ids=["message", "buffers", "both"],
)
def test_a_huge_announced_length_is_refused_before_it_is_read(
    pair: Pair, message: int, buffers: int
) -> None:
    pair[0].sendall(struct.pack(">II", message, buffers))
    with pytest.raises(WireError, match="too large"):
        receive(pair[1])


MALFORMED: dict[str, bytes] = {
    "no_json": raw(b"\xff\xfe{"),
    "empty": raw(b""),
    "no_pair": raw(b"[[]]"),
    "three": raw(b"[[],1,2]"),
    "a_number": raw(b"5"),
    "an_object": raw(b'{"a":1}'),
    "lengths_too_short": raw(b"[[3],null]", b"1234"),
    "lengths_too_long": raw(b"[[5],null]", b"1234"),
    "lengths_missing": raw(b"[[],null]", b"1234"),
    "lengths_negative": raw(b"[[-1,5],null]", b"1234"),
    "lengths_of_bools": raw(b"[[true,true,2],null]", b"1234"),
    "lengths_of_floats": raw(b"[[4.0],null]", b"1234"),
    "lengths_of_text": raw(b'["4",null]', b"1234"),
    "lengths_huge": raw(b"[[1e999],null]", b"1234"),
    "nesting_bomb": raw(b"[" * 200_000),
    "nesting_bomb_of_objects": raw(b'{"a":' * 200_000),
    "digits_bomb": raw(b"[[]," + b"9" * 100_000 + b"]"),
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_frame_is_refused(pair: Pair, data: bytes) -> None:
    sender = threading.Thread(target=pair[0].sendall, args=(data,))
    sender.start()
    with pytest.raises(WireError):
        receive(pair[1])
    sender.join()


HALVES = {
    "nothing": b"",
    "half_a_header": b"\0\0",
    "header_only": struct.pack(">II", 10, 0),
    "half_a_message": struct.pack(">II", 10, 0) + b"[[]",
    "half_a_buffer": struct.pack(">II", 10, 9) + b"[[9],null]" + b"123",
}


@pytest.mark.parametrize("data", HALVES.values(), ids=HALVES)
def test_silence_in_the_middle_of_a_frame_lets_the_tick_end_it(pair: Pair, data: bytes) -> None:
    pair[0].sendall(data)
    with pytest.raises(Enough):
        receive(pair[1], tick=(0.001, after(20)))


@pytest.mark.parametrize("data", HALVES.values(), ids=HALVES)
def test_an_end_in_the_middle_of_a_frame_is_the_end_of_the_channel(pair: Pair, data: bytes) -> None:
    pair[0].sendall(data)
    pair[0].close()
    with pytest.raises(WireClosed):
        receive(pair[1])


def test_who_sends_byte_by_byte_is_looked_at_all_the_same(pair: Pair) -> None:
    def trickle() -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            pair[0].sendall(struct.pack(">II", 1_000_000, 0))
            while True:
                pair[0].sendall(b" ")

    sender = threading.Thread(target=trickle)
    sender.start()
    # no wait takes a minute, so the tick can only be called between pieces
    with pytest.raises(Enough):
        receive(pair[1], tick=(60, after(50)))
    pair[1].close()
    sender.join()


def test_frames_that_come_without_a_pause_are_looked_at_too(pair: Pair) -> None:
    calls = []
    for _ in range(3):
        send(pair[0], Frame(1))
        receive(pair[1], tick=(60, lambda: calls.append(1)))
    assert len(calls) >= 3


def test_who_does_not_read_lets_the_tick_end_it(pair: Pair) -> None:
    with pytest.raises(Enough):
        send(pair[0], Frame(1, [bytes(10_000_000)]), tick=(0.001, after(20)))


@pytest.mark.parametrize("size", [10, 10_000_000], ids=["small", "large"])
def test_sending_to_nobody_is_the_end_of_the_channel(pair: Pair, size: int) -> None:
    pair[1].close()
    with pytest.raises(WireClosed):
        send(pair[0], Frame(1, [bytes(size)]))


@pytest.mark.parametrize(
    "message", [{1, 2}, b"x", 1 << 20_000, object()], ids=["set", "bytes", "huge_int", "object"]
)
def test_a_message_that_is_no_json_is_not_sent(message: Any) -> None:
    with pytest.raises(WireError, match="cannot be written"):
        pack(Frame(message))


def test_a_frame_over_the_cap_is_not_sent() -> None:
    with pytest.raises(WireError, match="too large"):
        pack(Frame("x" * MAX_MESSAGE))


def test_a_frame_is_a_header_the_lengths_and_the_buffers() -> None:
    data = pack(Frame({"a": 1}, [b"xy", b"z"]))
    message, buffers = struct.unpack(">II", data[:8])
    assert json.loads(data[8 : 8 + message]) == [[2, 1], {"a": 1}]
    assert data[8 + message :] == b"xyz"
    assert buffers == 3

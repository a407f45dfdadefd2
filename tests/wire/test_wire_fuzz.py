"""Whatever bytes or nodes arrive, they are refused or become plain data of an exact type."""

import math
import socket
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wire_trip import Opaque, decode, never

from autograder.wire.errors import WireClosed, WireError
from autograder.wire.frames import Frame, pack, receive
from autograder.wire.values import Encoder

FUZZ = settings(
    max_examples=200, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
SCALARS = (type(None), bool, int, float, complex, str, bytes, type(...), range, slice)
CONTAINERS = (tuple, list, set, frozenset)
TABLES = (pd.DataFrame, pd.Series)
TYPES = (bool, int, float, complex, str, bytes, list, tuple, dict, set)
OWNERS = [np.arange(12.0), np.zeros((2, 3), dtype=np.int64)]
SENT: list[Any] = [
    [1, 2.5, "x", None, (True, {"k": [b"abc"]})],
    {"a": np.arange(6).reshape(2, 3), "g": np.random.default_rng(1)},
    pd.DataFrame({"n": [1.5, 2.5], "t": ["x", None]}, index=[4, 5]),
    [np.float32(1.5), range(3), slice(1), {1, 2}, np.dtype("f4"), 2 + 3j],
]


def is_plain(value: Any) -> bool:
    """Whether a value is of an exact type that may travel, down to its last part."""
    kind = type(value)
    if kind in SCALARS:
        return True
    if kind in CONTAINERS:
        return all(map(is_plain, value))
    if kind is dict:
        return all(is_plain(key) and is_plain(item) for key, item in value.items())
    if kind is np.ndarray:
        return value.dtype.kind in "biufcSUmM"
    if kind is type:
        return value in TYPES or issubclass(value, np.generic)
    if kind in TABLES:
        return kind.__module__.startswith("pandas")
    if isinstance(value, np.generic | np.dtype | pd.Index):
        return kind.__module__.startswith(("numpy", "pandas"))
    return kind is np.random.Generator


def numbers(*bounds: int) -> st.SearchStrategy[int]:
    return st.integers(*bounds) | st.sampled_from([0, 1, 8, -1, 2**31, 2**63, -(2**63), 2**64])


TAGS = st.sampled_from([*"tldszyceragnvpTko", "sl", "frame", "series", "index", "PCG64", "SFC64"])
DTYPES = st.sampled_from(["<f8", "|u1", "|b1", "<U2", "|S3", "<M8[D]", "<m8", "|O", "<c16", "<f16"])
LEAVES = (
    st.none()
    | st.booleans()
    | numbers(-20, 20)
    | st.floats()
    | st.text(max_size=3)
    | TAGS
    | DTYPES
    | st.sampled_from(["int", "np.float32", "bit_generator", "state"])
)
NODES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.tuples(TAGS, inner).map(list)
        | st.tuples(TAGS, inner, inner).map(list)
        | st.tuples(st.just("a"), DTYPES, st.lists(numbers(0, 4), max_size=3), numbers(0, 2)).map(
            list
        )
        | st.tuples(
            st.just("v"),
            numbers(0, 2),
            DTYPES,
            st.lists(numbers(0, 4), max_size=3),
            numbers(-16, 96),
            st.lists(numbers(-24, 24), max_size=3),
        ).map(list)
        | st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=15,
)


def read(node: Any, buffers: list[bytes]) -> None:
    """Decode and judge; nothing but `WireError` (or our own resolver's refusal) may be raised.

    Every byte is touched, so that a view which leaves its owner is noticed."""
    try:
        value = decode(node, buffers, OWNERS)
    except (WireError, Opaque):
        return
    assert is_plain(value), type(value)
    if type(value) is np.ndarray and math.prod(value.shape) < 10_000:
        value.tobytes()


@given(NODES, st.lists(st.binary(max_size=64), max_size=3))
@FUZZ
def test_random_nodes_are_refused_or_plain(node: Any, buffers: list[bytes]) -> None:
    read(node, buffers)


@given(st.data())
@FUZZ
def test_mutated_nodes_are_refused_or_plain(data: st.DataObject) -> None:
    encoder = Encoder(never)
    node = encoder.encode(data.draw(st.sampled_from(SENT)))
    for _ in range(data.draw(st.integers(1, 3))):
        place = node
        while isinstance(place, list) and place and data.draw(st.booleans()):
            inner = data.draw(st.sampled_from(place))
            if not isinstance(inner, list):
                break
            place = inner
        if place:
            place[data.draw(st.integers(0, len(place) - 1))] = data.draw(NODES)
    read(node, encoder.buffers)


def receive_all(data: bytes) -> None:
    here, there = socket.socketpair()
    with here, there:
        here.sendall(data)
        here.close()
        while True:
            try:
                frame = receive(there)
                read(frame.message, frame.buffers)
            except WireError:
                continue
            except WireClosed:
                return


@given(st.binary(max_size=200))
@FUZZ
def test_random_bytes_end_in_an_error_of_the_wire(data: bytes) -> None:
    receive_all(data)


@given(st.data())
@FUZZ
def test_mutated_bytes_end_in_an_error_of_the_wire_or_plain_data(data: st.DataObject) -> None:
    encoder = Encoder(never)
    value = data.draw(st.sampled_from(SENT))
    frame = bytearray(pack(Frame(encoder.encode(value), encoder.buffers)))
    for _ in range(data.draw(st.integers(1, 4))):
        position = data.draw(st.integers(0, len(frame) - 1))
        match data.draw(st.sampled_from(["flip", "cut", "put", "twice"])):
            case "flip":
                frame[position] = data.draw(st.integers(0, 255))
            case "cut":
                del frame[position : position + data.draw(st.integers(1, 4))]
            case "put":
                frame[position:position] = data.draw(st.binary(min_size=1, max_size=4))
            case "twice":
                frame += frame[position : position + 40]
        if not frame:
            return
    receive_all(bytes(frame))


@pytest.mark.parametrize("value", SENT, ids=["list", "dict", "frame", "scalars"])
def test_the_unchanged_values_are_plain(value: Any) -> None:
    encoder = Encoder(never)
    read(encoder.encode(value), encoder.buffers)

"""What arrives keeps what its type promises: trusted code computes with it."""

from typing import Any

import numpy as np
import pytest
from wire_trip import decode, never, same, trip

from autograder.wire.errors import WireError
from autograder.wire.values import Encoder

Sent = tuple[list[Any], list[bytes]]


def state(kind: str = "PCG64", **changes: Any) -> Sent:
    """The node and buffers of a Generator, with a lie in its state."""
    true = getattr(np.random, kind)(7).state
    inner = {key: changes.pop(key, value) for key, value in true["state"].items()}
    encoder = Encoder(never)
    return ["g", kind, encoder.encode({**true, "state": inner, **changes})], encoder.buffers


WORDS = np.random.SFC64(7).state["state"]["state"]
IMPOSSIBLE: dict[str, Sent] = {
    # it gives the same number for ever: a permutation of it never ends
    "even_increment": state(inc=2**64),
    "increment_of_zero": state(inc=0),
    "increment_too_large": state(inc=2**128 + 1),
    "negative_increment": state(inc=-1),
    "increment_of_a_float": state(inc=1.0),
    "state_too_large": state(state=2**128),
    "negative_state": state(state=-1),
    "even_increment_dxsm": state("PCG64DXSM", inc=10),
    "half_that_is_no_flag": state(has_uint32=2),
    "negative_flag": state(has_uint32=-1),
    "half_too_large": state(uinteger=2**32),
    "half_of_text": state(uinteger="1"),
    "more_than_a_state": state(more=1),
    "another_kind": (["g", "PCG64DXSM", state()[0][2]], []),
    "words_too_few": state("SFC64", state=WORDS[:3]),
    "words_of_floats": state("SFC64", state=WORDS.astype(float)),
    "words_in_a_list": state("SFC64", state=WORDS.tolist()),
    "words_of_zero": state("SFC64", state=np.array([0, 0, 0, 5], dtype=np.uint64)),
    "no_dictionary": (["g", "PCG64", 5], []),
}


@pytest.mark.parametrize(("node", "buffers"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_generator_in_a_state_that_numpy_never_reaches_is_refused(
    node: list[Any], buffers: list[bytes]
) -> None:
    with pytest.raises(WireError):
        decode(node, buffers)


@pytest.mark.parametrize("kind", ["PCG64", "PCG64DXSM", "SFC64"])
def test_a_generator_that_has_drawn_arrives_as_it_is(kind: str) -> None:
    sent = np.random.Generator(getattr(np.random, kind)(3))
    sent.integers(0, 10, 3, dtype=np.int32)
    arrived = trip(sent)
    assert arrived.permutation(50).tolist() == sent.permutation(50).tolist()


LIES: dict[str, Sent] = {
    "truth_of_255": (["a", "|b1", [8], 0], [b"\xff" * 8]),
    "truth_of_two": (["n", "|b1", 0], [b"\x02"]),
    "letter_beyond_unicode": (["a", "<U2", [1], 0], [b"\xff" * 8]),
    "scalar_beyond_unicode": (["n", "<U1", 0], [b"\x00\x00\x11\x00"]),
    "letter_beyond_unicode_swapped": (["a", ">U1", [1], 0], [b"\x00\x11\x00\x00"]),
    "long_float_that_is_no_number": (["a", "<f16", [1], 0], [b"\x01" * 16]),
    "long_float_swapped": (["a", ">f16", [1], 0], [bytes(16)]),
    "nothing_by_billions": (["a", "<f8", [0, 2**33], 0], [b""]),
    "date_by_the_million": (["a", "<M8[1000000Y]", [1], 0], [bytes(8)]),
    "dtype_of_megabytes": (["T", "<U999999"], []),
    "ranges_by_the_thousand": (["l", *[["r", 0, 9_999_999, 1]] * 1000], []),
    "dtype_of_nothing": (["T", "<U0"], []),
    "integer_of_ten_thousand_bits": (["l", 1 << 10_000], []),
    "negative_of_ten_thousand_bits": (["l", -(1 << 10_000)], []),
    "label_of_megabytes": (
        ["p", ["frame", ["x" * 2**20], [["l"]], ["index", ["l"], None], None]],
        [],
    ),
    "name_of_megabytes": (["p", ["index", ["l"], "x" * 2**20]], []),
    "columns_by_the_ten_thousand": (
        ["p", ["frame", [0] * 20_000, [["l"]] * 20_000, ["index", ["l"], None], None]],
        [],
    ),
}


@pytest.mark.parametrize(("node", "buffers"), LIES.values(), ids=LIES)
def test_a_value_that_breaks_its_promise_is_refused(node: list[Any], buffers: list[bytes]) -> None:
    with pytest.raises(WireError):
        decode(node, buffers)


OWNER = np.full(4, 0x0123456789ABCDEF)
DISGUISES: dict[str, list[Any]] = {
    "truth": ["v", 0, "|b1", [32], 0, [1]],
    "text": ["v", 0, "<U8", [1], 0, [32]],
    "long_float": ["v", 0, "<f16", [2], 0, [16]],
}


@pytest.mark.parametrize("node", DISGUISES.values(), ids=DISGUISES)
def test_a_view_of_bytes_that_are_no_values_of_its_dtype_is_refused(node: list[Any]) -> None:
    with pytest.raises(WireError):
        decode(node, owners=[OWNER])


def test_a_thousand_views_of_one_array_are_refused() -> None:
    owner = np.zeros(2**20)
    view = ["v", 0, "<f8", [2**20], 0, [8]]
    assert decode(["l", view, view], owners=[owner])[1].size == 2**20
    with pytest.raises(WireError):
        decode(["l", *[view] * 1000], owners=[owner])


KEPT: dict[str, Any] = {
    "truth": np.array([True, False]),
    "text": np.array(["a", "\U0010ffff", "강"]),
    "long_float": np.array([0, 1.5, np.nan, np.inf, -3, 5e-324, np.finfo(np.longdouble).tiny / 4],
                           dtype=np.longdouble),
    "long_complex": np.array([1 + 2j, np.nan], dtype=np.clongdouble),
    "dates": np.array(["2020-01-01", "NaT"], dtype="M8[ns]"),
    "nothing": np.zeros((0, 5)),
    "integer": 1 << 8000,
    "dtype": np.dtype("<U100"),
}  # fmt: skip


@pytest.mark.parametrize("value", KEPT.values(), ids=KEPT)
def test_an_honest_value_of_such_a_type_arrives(value: Any) -> None:
    assert same(trip(value), value)

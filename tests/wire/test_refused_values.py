"""A node that no honest worker writes is refused, whatever it claims."""

from typing import Any

import numpy as np
import pytest
from wire_trip import decode

from autograder.wire.errors import WireError

OWNER = np.arange(8.0)


def place(**changes: Any) -> list[Any]:
    """A view of all 64 bytes of OWNER, with a lie."""
    true = {"owner": 0, "dtype": "<f8", "shape": [8], "offset": 0, "strides": [8]}
    return ["v", *(true | changes).values()]


FORGED_VIEWS: dict[str, list[Any]] = {
    "offset_behind": place(offset=8),
    "offset_before": place(offset=-8),
    "offset_far": place(offset=2**70),
    "longer": place(shape=[9]),
    "strides_lead_out": place(strides=[16]),
    "strides_lead_back": place(strides=[-8]),
    "strides_overflow": place(strides=[2**62], shape=[4]),
    "strides_too_large": place(strides=[2**70]),
    "shape_overflow": place(shape=[2**62, 2**62], strides=[0, 0]),
    "terabyte_of_one_byte": place(dtype="|u1", shape=[2**40], strides=[0]),
    "wider_dtype": place(dtype="<c16"),
    "objects": place(dtype="|O"),
    "too_few_strides": place(strides=[]),
    "strides_of_floats": place(strides=[8.0]),
    "strides_of_bools": place(strides=[True]),
    "offset_of_text": place(offset="0"),
    "negative_length": place(shape=[-8]),
    "owner_not_sent": place(owner=1),
    "owner_from_the_end": place(owner=-1),
    "owner_of_bool": place(owner=False),
    "cut": ["v", 0, "<f8", [8]],
    "too_many_axes": place(shape=[1] * 33, strides=[8] * 33),
}


def test_the_view_without_a_lie_is_taken() -> None:
    assert np.shares_memory(decode(place(), owners=[OWNER]), OWNER)


@pytest.mark.parametrize("node", FORGED_VIEWS.values(), ids=FORGED_VIEWS)
def test_a_view_that_leaves_its_owner_is_refused(node: list[Any]) -> None:
    with pytest.raises(WireError):
        decode(node, owners=[OWNER])


INDEX = ["index", ["l", "x", "y", "z"]]
EIGHT = b"\0" * 8
FORGED: dict[str, tuple[Any, list[bytes]]] = {
    "array_too_long": (["a", "<f8", [2], 0], [EIGHT]),
    "array_too_short": (["a", "<f8", [], 0], [b"\0" * 16]),
    "array_of_zero_times_huge": (["a", "<f8", [0, 2**70], 0], [b""]),
    "array_of_huge": (["a", "<f8", [2**61], 0], [EIGHT]),
    "array_overflow_to_right_size": (["a", "|u1", [2**32, 2**32 + 1], 0], [EIGHT]),
    "array_negative_shape": (["a", "|u1", [-2, -4], 0], [EIGHT]),
    "array_shape_of_bools": (["a", "<f8", [True], 0], [EIGHT]),
    "array_shape_of_text": (["a", "<f8", "8", 0], [EIGHT]),
    "array_without_buffer": (["a", "<f8", [1], 0], []),
    "array_negative_buffer": (["a", "<f8", [1], -1], [EIGHT]),
    "array_buffer_of_bool": (["a", "<f8", [1], False], [EIGHT]),
    "array_of_33_axes": (["a", "<f8", [1] * 33, 0], [EIGHT]),
    "object_dtype": (["a", "|O", [1], 0], [EIGHT]),
    "object_dtype_by_size": (["a", "|O8", [1], 0], [EIGHT]),
    "record_dtype": (["a", "i4,i4", [1], 0], [EIGHT]),
    "void_dtype": (["a", "|V8", [1], 0], [EIGHT]),
    "dtype_of_no_size": (["a", "<U0", [5], 0], [b""]),
    "dtype_that_is_none": (["a", "<f7", [1], 0], [b"\0" * 7]),
    "dtype_with_newline": (["a", "<f8\n", [1], 0], [EIGHT]),
    "scalar_of_objects": (["n", "|O", 0], [EIGHT]),
    "dtype_of_objects": (["T", "|O"], []),
    "dtype_not_text": (["T", ["<f8"]], []),
    "type_of_objects": (["k", "np.object_"], []),
    "type_unknown": (["k", "os"], []),
    "type_by_path": (["k", "__class__"], []),
    "unknown_tag": (["q", 1], []),
    "tag_is_a_number": ([1, 2], []),
    "no_tag": ([], []),
    "tag_alone": (["a"], []),
    "an_object": ({"t": 1}, []),
    "dict_of_a_list_key": (["d", [["l"], 1]], []),
    "dict_of_a_triple": (["d", [1, 2, 3]], []),
    "dict_of_a_number": (["d", 5], []),
    "set_of_lists": (["s", ["l"]], []),
    "complex_of_text": (["c", "1", "2"], []),
    "range_of_text": (["r", "a", "b", "c"], []),
    "range_of_step_zero": (["r", 0, 1, 0], []),
    "range_of_a_trillion": (["r", 0, 10**12, 1], []),
    "bytes_twice": (["l", ["y", 0], ["y", 0]], [EIGHT]),
    "array_twice": (["l", ["a", "<f8", [1], 0], ["a", "<f8", [1], 0]], [EIGHT]),
    "generator_unknown": (["g", "RandomState", None], []),
    "generator_by_attribute": (["g", "__class__", None], []),
    "generator_mersenne": (["g", "MT19937", None], []),
    "generator_without_state": (["g", "PCG64", None], []),
    "generator_of_another_kind": (["g", "PCG64", ["d", ["bit_generator", "SFC64"]]], []),
    "table_of_nothing": (["p", []], []),
    "table_unknown": (["p", ["panel", 1, 2]], []),
    "table_not_a_list": (["p", "frame"], []),
    "table_ragged": (["p", ["frame", ["a"], [["l", "x", "y"]], [*INDEX, None], None]], []),
    "table_of_a_scalar": (["p", ["series", 5, [*INDEX, None], None]], []),
    "table_of_lists": (["p", ["series", ["l", ["l"]], [*INDEX, None], None]], []),
    "table_indexed_by_a_frame": (["p", ["series", ["l"], ["frame", [], [], [], None], None]], []),
    "table_without_index": (["p", ["series", ["l", "x"], ["l", "x"], None]], []),
    "table_without_a_name": (["p", ["series", ["l"], [*INDEX, None]]], []),
    "table_of_a_dict": (["p", ["index", ["d"], None]], []),
    "table_of_a_list_name": (["p", ["series", ["l"], [*INDEX, None], ["l"]]], []),
}


BIG = ["a", "|u1", [2**20], 0]
FORGED |= {
    "array_again_that_never_was": (["w", 0], []),
    "array_again_of_a_negative": (["l", BIG, ["w", -1]], [bytes(2**20)]),
    "array_again_of_text": (["l", BIG, ["w", "0"]], [bytes(2**20)]),
    "one_array_a_thousand_times": (["l", BIG, *[["w", 0]] * 1000], [bytes(2**20)]),
}


@pytest.mark.parametrize(("node", "buffers"), FORGED.values(), ids=FORGED)
def test_a_forged_value_is_refused(node: Any, buffers: list[bytes]) -> None:
    with pytest.raises(WireError):
        decode(node, buffers)


def test_a_bomb_of_nested_values_is_refused() -> None:
    node: Any = 1
    for _ in range(10_000):
        node = ["l", node]
    with pytest.raises(WireError, match="nested too deep"):
        decode(node)


def test_a_state_outside_its_range_is_refused() -> None:
    state = np.random.default_rng(0).bit_generator.state
    state["state"]["state"] = 2**200
    pairs = [["bit_generator", "PCG64"], ["has_uint32", 0], ["uinteger", 0]]
    inner = ["d", ["state", 2**200], ["inc", 1]]
    with pytest.raises(WireError, match="impossible state"):
        decode(["g", "PCG64", ["d", ["state", inner], *pairs]])

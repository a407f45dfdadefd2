"""Plain data arrives as it was sent: the same type, dtype, shape and bits."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wire_trip import Opaque, never, same, trip

from autograder.wire.errors import WireError
from autograder.wire.values import MAX_DEPTH, Decoder, Encoder

PLAIN: dict[str, Any] = {
    "none": None,
    "true": True,
    "false": False,
    "zero": 0,
    "huge_int": 3**5000,
    "negative_huge_int": -(3**5000),
    "float": 0.1,
    "negative_zero": -0.0,
    "nan": math.nan,
    "infinity": -math.inf,
    "complex": complex(-0.0, math.inf),
    "text": "경사하강법 \0 \U0001f600",
    "empty_text": "",
    "bytes": bytes(range(256)),
    "ellipsis": ...,
    "range": range(10, -5, -3),
    "slice": slice(None, 3, -1),
    "tuple": (1, (2.0, "x"), ()),
    "list_with_tags": ["t", ["l"], "d"],
    "set": {1, "a", (2, 3)},
    "frozenset": frozenset({1.5}),
    "dict": {"b": 1, "a": [2], (1, 2): {None: True}, 3: {}},
    "bool_is_no_int": [True, 1, 1.0],
    "numpy_float": np.float64(-0.0),
    "numpy_float16": np.float16(1.5),
    "numpy_int": np.int8(-128),
    "numpy_bool": np.False_,
    "numpy_complex": np.complex64(1 - 2j),
    "numpy_text": np.str_("한글"),
    "numpy_empty_text": np.str_(""),
    "numpy_date": np.datetime64("2026-03-02", "D"),
    "numpy_not_a_time": np.datetime64("NaT", "s"),
    "numpy_duration": np.timedelta64(7, "h"),
    "dtype": np.dtype(">f4"),
    "type": int,
    "numpy_type": np.float32,
}
DTYPES = [
    *(
        "?",
        "i1",
        "u1",
        "<i2",
        ">i2",
        "<u4",
        "<i8",
        ">u8",
        "<f2",
        "<f4",
        ">f8",
        "<f8",
        "<c8",
        "<c16",
    ),
    *("<U3", ">U2", "S4", "M8[D]", "M8[ns]", "m8[s]"),
]
LAYOUTS = {
    "vector": lambda a: a[:6],
    "empty": lambda a: a[:0],
    "empty_matrix": lambda a: a[:0].reshape(0, 3),
    "zero_d": lambda a: a[3:4].reshape(()),
    "matrix": lambda a: a.reshape(3, 4),
    "fortran": lambda a: np.asfortranarray(a.reshape(3, 4)),
    "transposed": lambda a: a.reshape(3, 4).T,
    "negative_strides": lambda a: a.reshape(3, 4)[::-1, ::-2],
    "broadcast": lambda a: np.broadcast_to(a[:4], (3, 4)),
}


@pytest.mark.parametrize("value", PLAIN.values(), ids=PLAIN)
def test_plain_data_arrives_as_it_was_sent(value: Any) -> None:
    assert same(trip(value), value)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_an_array_keeps_dtype_shape_and_values(dtype: str, layout: str) -> None:
    source = LAYOUTS[layout](np.arange(12).astype(dtype))
    arrived = trip(source.astype(dtype, copy=False))
    assert type(arrived) is np.ndarray
    assert arrived.dtype.str == source.dtype.str
    assert arrived.shape == source.shape
    assert arrived.tobytes() == source.tobytes()


def test_an_array_that_arrived_can_be_written_to() -> None:
    source = np.zeros(3)
    source.flags.writeable = False
    arrived = trip(source)
    arrived[0] = 1.0
    assert source[0] == 0.0


def test_special_numbers_keep_their_bits() -> None:
    source = np.array([np.nan, -np.nan, np.inf, -0.0, 5e-324])
    assert trip(source).tobytes() == source.tobytes()


DATA = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary(),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text() | st.integers() | st.tuples(st.integers()), inner)
    ),
    max_leaves=20,
)


@given(DATA)
@settings(max_examples=150, database=None, deadline=None)
def test_nested_plain_data_arrives_as_it_was_sent(value: Any) -> None:
    assert same(trip(value), value)


@pytest.mark.parametrize("kind", [np.random.PCG64, np.random.PCG64DXSM, np.random.SFC64])
def test_a_generator_continues_the_same_stream(kind: Any) -> None:
    source = np.random.Generator(kind(7))
    # half of a 64-bit number is left over, which belongs to the state too
    source.integers(10, size=3, dtype=np.uint32)
    arrived = trip(source)
    assert (arrived.integers(1000, size=9) == source.integers(1000, size=9)).all()


FRAMES = {
    "numbers": pd.DataFrame({"a": [1, 2, 3], "b": [0.5, np.nan, -0.0]}),
    "text_and_missing": pd.DataFrame({"name": ["곰", None, ""], "n": [1, 2, 3]}),
    "dates": pd.DataFrame({"day": pd.to_datetime(["2026-03-02", None])}),
    "own_index": pd.DataFrame({"a": [1.0, 2.0]}, index=["x", "y"]),
    "numbered_columns": pd.DataFrame(np.arange(6.0).reshape(2, 3)),
    "same_name_twice": pd.DataFrame([[1, 2.5]], columns=["a", "a"]),
    "named_axes": pd.DataFrame([[1.0, 2.0]]).rename_axis(index="row", columns="column"),
    "two_levels_of_columns": pd.DataFrame({("a", "b"): [1], ("a", "c"): [2]}),
    "no_rows": pd.DataFrame({"a": np.array([], dtype=float)}),
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_table_arrives_equal(frame: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(trip(frame), frame)


@pytest.mark.parametrize(
    "series",
    [
        pd.Series([1, 2], name="n"),
        pd.Series([1.5, np.nan], index=pd.Index(["a", "b"], name="key")),
        pd.Series(["x", None], name="t"),
        pd.Series(pd.to_datetime(["2026-03-02"])),
        pd.Series([1, 2], dtype="Int64").astype("int64"),
    ],
    ids=["named", "indexed", "text", "dates", "integers"],
)
def test_a_series_arrives_equal(series: pd.Series) -> None:
    pd.testing.assert_series_equal(trip(series), series)


def test_an_index_arrives_equal() -> None:
    pd.testing.assert_index_equal(trip(pd.Index([3, 1], name="i")), pd.Index([3, 1], name="i"))


VIEWS = {
    "slice": lambda x: x[2:5],
    "step": lambda x: x[1::3],
    "reversed": lambda x: x[::-1],
    "matrix": lambda x: x.reshape(3, 4)[1:, ::-2],
    "bytes": lambda x: x.view(np.uint8)[3:9],
    "repeated": lambda x: np.broadcast_to(x[:4], (5, 4)),
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_view_of_an_array_comes_back_as_a_view_of_it(view: Any) -> None:
    mine = np.arange(12.0)
    theirs = mine.copy()
    arrived = trip(view(theirs), owners=[np.zeros(1), theirs], theirs=[np.zeros(1), mine])
    assert np.shares_memory(arrived, mine)
    assert same(arrived, view(mine))
    mine[:] = -1.0
    assert same(arrived, view(mine))


def test_an_index_and_the_columns_are_numbered_alike_on_both_sides() -> None:
    encoder = Encoder(never)
    node = encoder.encode(pd.DataFrame({"a": [1, 2, 3]}, index=[7, 8, 9]))
    decoder = Decoder(encoder.buffers, never)
    decoder.decode(node)
    assert [a.tolist() for a in decoder.received] == [a.tolist() for a in encoder.sent]


class Pretender(np.ndarray):
    def __eq__(self, _other: object) -> bool:
        return True

    __hash__ = None


class EqualToAll:
    def __eq__(self, _other: object) -> bool:
        return True

    __hash__ = None


STRANGE = {
    "array_subclass": np.zeros(2).view(Pretender),
    "matrix": np.ma.masked_array([1.0], [True]),
    "int_subclass": type("MyInt", (int,), {})(3),
    "list_subclass": type("MyList", (list,), {})(),
    "dict_subclass": type("MyDict", (dict,), {})(),
    "str_subclass": type("MyText", (str,), {})("x"),
    "float_subclass": type("MyFloat", (float,), {})(1.0),
    "numpy_scalar_subclass": type("MyF", (np.float64,), {})(1.0),
    "equal_to_everything": EqualToAll(),
    "object_array": np.array([EqualToAll()], dtype=object),
    "record_array": np.zeros(2, dtype=[("a", int)]),
    "mersenne_twister": np.random.Generator(np.random.MT19937(0)),
    "philox": np.random.Generator(np.random.Philox(0)),
    "object_dtype": np.dtype(object),
    "own_class": Pretender,
    "beyond_json": 1 << 8192,
    "function": math.sqrt,
}


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
def test_nothing_else_travels_as_data(value: Any) -> None:
    with pytest.raises(Opaque):
        trip(value)
    with pytest.raises(Opaque):
        trip([1, {"x": (value,)}])


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def test_values_nest_up_to_the_cap_and_no_deeper() -> None:
    assert trip(nested(MAX_DEPTH - 1)) == nested(MAX_DEPTH - 1)
    with pytest.raises(WireError, match="nested too deep"):
        trip(nested(MAX_DEPTH))


def test_a_list_that_holds_itself_is_refused() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(WireError, match="nested too deep"):
        trip(value)


@pytest.mark.parametrize(
    "value",
    [np.broadcast_to(np.zeros(1), 2**40), range(10**12)],
    ids=["array_of_8_TB", "range_of_a_trillion"],
)
def test_what_is_too_large_to_go_through_is_not_sent(value: Any) -> None:
    with pytest.raises(WireError, match="too l"):
        Encoder(never).encode(value)


def test_an_array_that_is_there_twice_arrives_as_one() -> None:
    x, y = np.arange(3.0), np.arange(3.0)
    first, again, other = trip([x, {"again": x}, y])
    assert again["again"] is first
    assert other is not first

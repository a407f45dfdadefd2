"""Whatever comes back over the wire, all that trusted code does with it comes to an end."""

import copy
from contextlib import suppress
from typing import Any

import numpy as np
import pandas as pd
from fuzzing import fuzzed
from hypothesis import strategies as st
from test_wire_fuzz import NODES, OWNERS, is_plain
from wire_trip import Opaque, decode, never

from autograder.diagnosis.calls import Recorder
from autograder.diagnosis.match import Outcome
from autograder.examiner.received import clip
from autograder.examiner.restore import restore
from autograder.examiner.watchdog import own_time
from autograder.wire.errors import WireError
from autograder.wire.values import Encoder
from course._describe import show, show_apart
from course.checks import CheckFailed, check_array, check_close, check_equal

# CPU seconds that are far more than any of it takes
_ENOUGH = 20.0
HUGE = st.sampled_from(
    [0, 1, 2, -1, 2**31, 2**32, 2**33, 2**62, 2**63, 2**64, 2**64 - 1, 2**127, 2**128, 10**100]
)
INTEGERS = st.integers(-5, 70) | HUGE
FLAGS = st.integers(-1, 2) | st.booleans() | st.none() | st.floats()


def pairs(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """The node of a dictionary, now and then without a key."""
    return st.fixed_dictionaries({}, optional=values).map(
        lambda found: ["d", *([key, value] for key, value in found.items())]
    )


STATES = pairs(
    bit_generator=st.sampled_from(["PCG64", "PCG64DXSM", "SFC64", "MT19937"]),
    state=pairs(state=INTEGERS | st.just(["a", "<u8", [4], 0]), inc=INTEGERS),
    has_uint32=FLAGS,
    uinteger=INTEGERS,
)
GENERATORS = st.tuples(
    st.just("g"), st.sampled_from(["PCG64", "PCG64DXSM", "SFC64", "Philox"]), STATES
).map(list)
KINDS = st.sampled_from(
    ["<f8", "|u1", "|b1", "<U2", ">U1", "<U0", "|S3", "<f2", "<f16", ">f16", "<c32", "<m8[as]"]
    + [f"<M8[{unit}]" for unit in ("Y", "ns", "as", "25s", "0s", "generic")]
)
SHAPES = st.lists(st.integers(0, 4) | HUGE, max_size=4)
ARRAYS = st.tuples(st.just("a"), KINDS, SHAPES, st.integers(0, 2)).map(list)
VIEWS = st.tuples(
    st.just("v"), st.integers(0, 1), KINDS, SHAPES, INTEGERS, st.lists(INTEGERS, max_size=4)
).map(list)
COLUMNS = ARRAYS | st.lists(st.text(max_size=2) | st.none(), max_size=4).map(
    lambda texts: ["l", *texts]
)
INDEXES = st.tuples(st.just("index"), COLUMNS, NODES).map(list)
TABLES = st.tuples(
    st.just("p"),
    st.one_of(
        INDEXES,
        st.tuples(st.just("series"), COLUMNS, INDEXES, NODES).map(list),
        st.tuples(
            st.just("frame"),
            st.lists(st.text(max_size=2) | NODES, max_size=3),
            st.lists(COLUMNS, max_size=3),
            INDEXES,
            NODES,
        ).map(list),
    ),
).map(list)
RANGES = st.tuples(st.just("r"), INTEGERS, INTEGERS, INTEGERS).map(list)
PARTS = st.one_of(GENERATORS, ARRAYS, VIEWS, TABLES, RANGES, INTEGERS, NODES)
VALUES = PARTS | st.lists(PARTS, max_size=4).map(lambda parts: ["l", *parts])
BUFFERS = st.lists(
    st.binary(max_size=64) | st.sampled_from([b"", bytes(8), b"\xff" * 16, b"\x01" * 32]),
    max_size=3,
)
# what a test may have passed to a student's function, and find changed
GIVEN: list[Any] = [
    np.random.default_rng(1), np.arange(4.0), [1, [2.0]], {"a": np.zeros(2)}, {1, 2}, (1, [2]),
]  # fmt: skip


def use(value: Any) -> None:
    """All that the examiner, the checks and the diagnosis do with a value, and some of a test's."""
    for given in GIVEN:
        restore(copy.deepcopy(given), value)
        Outcome(value, (value,)).alike(Outcome(given, (given,)), 1e-8)
    Outcome(value, (value,)).alike(Outcome(copy.deepcopy(value), (value,)), 1e-8)
    recorder = Recorder({"f"})
    recorder.end(recorder.begin("f", (value,), {}), value, after=(value,))
    assert clip(show(value)) == show(value)
    show_apart(value, value)
    for check, expected in ((check_array, [1.0, 2.0]), (check_close, 1.0), (check_equal, [1])):
        with suppress(CheckFailed):
            check(value, expected, "the value")  # type: ignore[operator]
    if isinstance(value, np.random.Generator):
        assert len(set(value.permutation(200).tolist())) == 200
        value.choice(100, 50, replace=False)
        value.standard_normal(100)
    if isinstance(value, np.ndarray | pd.DataFrame | pd.Series):
        repr(value)
    if isinstance(value, np.ndarray) and value.dtype.kind == "b":
        assert np.count_nonzero(value) <= value.size
    if isinstance(value, range | list | tuple):
        len(value)
    # and back to the student's function
    with suppress(Opaque, WireError):
        Encoder(never).encode(value)


@fuzzed(
    VALUES,
    BUFFERS,
    seen=[
        (["g", "PCG64", ["d", ["bit_generator", "PCG64"],
                         ["state", ["d", ["state", 1], ["inc", 2]]],
                         ["has_uint32", 0], ["uinteger", 0]]], []),
        (["a", "|b1", [16], 0], [b"\xff" * 16]),
        (["a", "<U2", [2], 0], [b"\xff" * 16]),
        (["a", "<f8", [0, 2**33], 0], [b""]),
        (["n", "<U1", 0], [b"\xff" * 4]),
    ],
)  # fmt: skip
def test_trusted_code_comes_to_an_end_with_whatever_arrives(
    node: Any, buffers: list[bytes]
) -> None:
    try:
        value = decode(node, buffers, OWNERS)
    except (WireError, Opaque):
        return
    assert is_plain(value), type(value)
    with own_time(_ENOUGH):
        use(value)

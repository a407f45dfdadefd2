"""Whatever a worker answers, the examiner gets a value, an error of the student's, or ends it."""

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from fuzzing import fuzzed
from hypothesis import strategies as st
from test_wire_fuzz import LEAVES, NODES, is_plain, read, receive_all

from autograder.examiner.lesson import Lesson
from autograder.examiner.limits import Budget, LimitReached
from autograder.examiner.received import clean_outputs
from autograder.examiner.remote import Remote, StudentError, make_remote
from autograder.examiner.session import Session
from autograder.examiner.warm import Worker
from autograder.wire.errors import WireClosed
from autograder.wire.frames import Frame, pack, receive, send
from autograder.wire.values import Encoder

LESSON = Lesson("fuzz", (), (), {"f": ("x",)}, {"f": frozenset()})
FUNCTION = ["mine", 0, "function", "f", ["call"]]
MINE = st.tuples(
    st.just("o"), st.sampled_from(["mine", "callback", "other"]), LEAVES, LEAVES, LEAVES, NODES
).map(list) | st.sampled_from([["o", *FUNCTION], ["o", "callback", 0], ["o", "callback", 1]])
ANY = NODES | MINE | st.lists(MINE | NODES, max_size=3)
RAISED = NODES | st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(
            ["ValueError", "KeyError", "SystemExit", "StopIteration", "UnicodeDecodeError",
             "ExceptionGroup", "print", "__import__", ""]
        ) | LEAVES,
        "genuine": st.booleans() | LEAVES,
        "message": st.text(max_size=5) | LEAVES,
    },
)  # fmt: skip
REPLIES = NODES | st.fixed_dictionaries(
    {},
    optional={
        "value": ANY,
        "raised": RAISED,
        "after": st.tuples(ANY, st.integers(-2, 3)).map(list) | ANY,
        "printed": st.text(max_size=5) | LEAVES,
        "unsendable": LEAVES,
        "outputs": NODES,
    },
)
NUMBERS = st.sampled_from([1, 1, 1, 0, 2, -1, True, "1", None])
MESSAGES = (
    st.tuples(st.just("re"), NUMBERS, REPLIES).map(list)
    | st.tuples(st.just("callback"), st.integers(-1, 2), ANY).map(list)
    | NODES
)
BUFFERS = st.lists(st.binary(max_size=16), max_size=2)


@contextmanager
def session(*frames: tuple[Any, list[bytes]]) -> Iterator[Session]:
    """A conversation with somebody who says all this, whatever is asked, and leaves."""
    ours, theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    theirs.send(b"!")
    # never killed here: its process is this one
    worker = Worker(ours, ExitStack())

    def speak() -> None:
        # the examiner may have left by then
        with theirs, suppress(OSError, WireClosed):
            for message, buffers in frames:
                send(theirs, Frame(message, buffers))
            theirs.shutdown(socket.SHUT_WR)
            while theirs.recv(2**16):
                pass

    thread = threading.Thread(target=speak)
    thread.start()
    try:
        yield Session(worker, LESSON, Budget(os.getpid(), 60, 2**40))
    finally:
        ours.close()
        thread.join()
        os.close(worker._pidfd)


def is_value(value: Any) -> bool:
    """Whether a value is plain, a proxy, or one of the test's own functions."""
    if isinstance(value, Remote) or value is abs:
        return True
    if type(value) in {list, tuple, set, frozenset}:
        return all(map(is_value, value))
    if type(value) is dict:
        return all(is_value(key) and is_value(item) for key, item in value.items())
    return is_plain(value)


@fuzzed(
    st.lists(st.tuples(MESSAGES, BUFFERS), max_size=3),
    seen=[
        ([(["re", 1, {"raised": {"type": "type", "genuine": True, "message": ""}}], [])],),
        ([(["re", 1, {"after": [["t", ["t"], ["d"]], 9]}], [])],),
        ([(["re", True, {"value": None}], [])],),
    ],
)
def test_a_call_ends_in_a_value_an_error_or_the_workers_end(frames: list[Any]) -> None:
    ended: BaseException | None = None
    value = None
    with session(*frames) as talk:
        try:
            value = talk.do("call", make_remote(talk, FUNCTION, "f"), abs, [1.0, 2.0], key="x")
        except (LimitReached, Exception) as error:
            ended = error
    assert is_value(value), type(value)
    if not isinstance(ended, LimitReached | StudentError | None):
        # then it is one that the worker said the student's code raised, and none of ours
        assert f'"type": "{type(ended).__name__}"' in json.dumps([one for one, _ in frames])
    assert len(str(ended)) < 5000


@fuzzed(st.tuples(MESSAGES, BUFFERS))
def test_a_name_is_a_value_is_missing_or_is_the_workers_end(frame: Any) -> None:
    with session(frame) as talk:
        try:
            value = talk.get("f")
        except (KeyError, StudentError, LimitReached):
            return
        assert is_value(value), type(value)


OUTPUTS = NODES | st.lists(
    NODES
    | st.fixed_dictionaries(
        {},
        optional={
            "output_type": st.sampled_from(["stream", "display_data", "execute_result", "error"])
            | LEAVES,
            "name": LEAVES,
            "text": st.text(max_size=5) | st.lists(st.text(max_size=3)) | NODES,
            "data": st.dictionaries(
                st.sampled_from(["text/plain", "text/html", "image/png", "x/y"]), NODES
            )
            | NODES,
            "metadata": NODES,
            "ename": NODES,
            "evalue": NODES,
            "traceback": NODES,
            "execution_count": LEAVES,
        },
    ),
    max_size=4,
)


@fuzzed(OUTPUTS)
def test_any_outputs_become_outputs_that_a_notebook_can_hold(outputs: Any) -> None:
    import nbformat

    # as the wire brings them
    cleaned = clean_outputs(json.loads(json.dumps(outputs)))
    cell = nbformat.v4.new_code_cell(id="a")
    cell["outputs"] = nbformat.from_dict(cleaned)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    json.dumps(cleaned, ensure_ascii=False).encode("utf-8")


@fuzzed(NODES, BUFFERS)
def test_any_node_is_refused_or_plain(node: Any, buffers: list[bytes]) -> None:
    read(node, buffers)


@fuzzed(st.binary(max_size=300), seen=[(b"\0" * 8,), (b"\0\0\0\2\0\0\0\0[]",), (b"\xff" * 8,)])
def test_any_bytes_end_in_an_error_of_the_wire(data: bytes) -> None:
    receive_all(data)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3)
    ),
    max_leaves=12,
)


@fuzzed(PLAIN, st.integers(1, 7))
def test_a_frame_arrives_whole_in_whatever_pieces(value: Any, size: int) -> None:
    encoder = Encoder(lambda _: [])
    frame = Frame(encoder.encode(value), encoder.buffers)
    data = pack(frame)
    here, there = socket.socketpair()
    with here, there:

        def drip() -> None:
            for start in range(0, len(data), size):
                here.send(data[start : start + size])

        thread = threading.Thread(target=drip)
        thread.start()
        arrived = receive(there)
        thread.join()
    assert pack(arrived) == data

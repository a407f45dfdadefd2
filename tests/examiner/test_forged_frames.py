"""A student who holds the worker's end of the channel can lie about values, and no more."""

import pytest
from exam_room import lesson, sit

from autograder.examiner.limits import Limits
from autograder.examiner.results import Status

# sleepers are stopped after ten times the limit of a test
SHORT = Limits(cell=3.0, test=0.3, notebook=60.0)
# finds the channel and the number of the request that is being answered
TOOLS = """\
import gc, inspect, json, os, socket, struct, threading, time
from autograder.worker.serve import Server
[server] = [o for o in gc.get_objects() if type(o) is Server]
channel = server._channel
def number():
    return [f.frame.f_locals['number'] for f in inspect.stack() if f.function == '_do'][0]
def forge(message, *buffers):
    text = json.dumps([[len(b) for b in buffers], message]).encode()
    raw(struct.pack('>II', len(text), sum(map(len, buffers))) + text + b''.join(buffers))
def raw(data):
    channel.settimeout(None)
    channel.sendall(data)
def answer(reply, *buffers):
    forge(['re', number(), reply], *buffers)
    os._exit(0)
def last(): return 3
def f():
"""
FORGERIES = {
    "huge_header": "raw(struct.pack('>II', 2**32 - 1, 2**32 - 1))",
    "no_json": "raw(struct.pack('>II', 3, 0) + b'???')",
    "nesting": "raw(struct.pack('>II', 10**6, 0) + b'[' * 10**6)",
    "lengths": "raw(struct.pack('>II', 10, 3) + b'[[1], null]' + b'abc')",
    "wrong_number": "forge(['re', 10**6, {'value': 4}])",
    "number_of_text": "forge(['re', 'x', {'value': 4}])",
    "unknown_message": "forge(['verdict', {'passed': True, 'points': 100}])",
    "empty": "forge([])",
    "reply_is_a_list": "forge(['re', number(), [4]])",
    "reply_is_empty": "answer({})",
    "value_of_unknown_kind": "answer({'value': ['q']})",
    "value_of_object_array": "answer({'value': ['a', '|O', [1], 0]}, b'12345678')",
    "value_that_lies_about_its_size": "answer({'value': ['a', '<f8', [9], 0]}, b'12345678')",
    "view_of_nothing": "answer({'value': ['v', 0, '<f8', [1], 0, [8]]})",
    "one_buffer_many_times": (
        "answer({'value': ['l'] + [['a', '|u1', [10**6], 0]] * 10**5}, bytes(10**6))"
    ),
    "range": "answer({'value': ['r', 0, 10**15, 1]})",
    "proxy_without_flags": "answer({'value': ['o', 'mine', 0, 'X', 'x', 5]})",
    "proxy_of_no_number": "answer({'value': ['o', 'mine', 'x', 'X', 'x', []]})",
    "proxy_of_a_long_name": "answer({'value': ['o', 'mine', 0, 'X' * 10**6, 'x', []]})",
    "callback_not_given": "answer({'value': ['o', 'callback', 0]})",
    "call_of_what_was_not_given": "forge(['callback', 0, ['t', ['t'], ['d']]])",
    "call_of_a_negative": "forge(['callback', -1, ['t', ['t'], ['d']]])",
    "table_of_proxies": (
        "answer({'value': ['p', ['index', ['o', 'mine', 0, 'X', 'x', ['iter']], None]]})"
    ),
    "set_of_proxies": "answer({'value': ['s', ['o', 'mine', 0, 'X', 'x', []], 1]})",
    "raised_of_numbers": "answer({'raised': 5})",
    "raised_half": "answer({'raised': {'type': 'ValueError'}})",
    "raised_base": (
        "answer({'raised': {'type': 'KeyboardInterrupt', 'genuine': True, 'message': ''}})"
    ),
    "raised_no_exception": (
        "answer({'raised': {'type': 'print', 'genuine': True, 'message': 'x'}})"
    ),
    "raised_stop_iteration": (
        "answer({'raised': {'type': 'StopIteration', 'genuine': True, 'message': ''}})"
    ),
    "printed_flood": "answer({'printed': 'x' * 10**7})",
    "changed_arguments_of_a_number": "answer({'value': 0, 'after': 5})",
    "changed_arguments_shifted": "answer({'value': 0, 'after': [['t'], 10**6]})",
    "changed_arguments_of_other_shape": "answer({'value': 0, 'after': [['t', ['l'], 5], 0]})",
    "silence": "time.sleep(60)",
    "half_a_frame": "raw(struct.pack('>II', 100, 0) + b'[[]'); time.sleep(60)",
    "trickle": "raw(struct.pack('>II', 10**6, 0))\n    while True: raw(b' '); time.sleep(0.01)",
    "spam": "while True: forge(['callback', 0, None])",
    "spam_from_a_thread": (
        "def run():\n        while True: forge(['re', 0, {}])\n"
        "    threading.Thread(target=run, daemon=True).start()\n    time.sleep(60)"
    ),
    "shutdown": "channel.shutdown(socket.SHUT_RDWR)",
    "close": "channel.close()",
    "descriptors": (
        "channel.settimeout(None)\n"
        "    socket.send_fds(channel, [struct.pack('>II', 10**6, 0)], [channel.fileno()] * 50)\n"
        "    time.sleep(60)"
    ),
}


@pytest.mark.parametrize("body", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_answer_earns_nothing_and_grading_goes_on(body: str) -> None:
    # who leaves the worker unusable behind a whole answer loses the next test with it
    exam = lesson("assert f() == 4", "assert last() == 3", "assert last() == 3")
    result = sit(exam, TOOLS + f"    {body}", limits=SHORT)
    assert result.tests[0].points == 0.0
    assert result.tests[2].status is Status.PASSED, result.tests[2].detail
    assert all(len(test.message) < 3000 and len(test.detail) < 3000 for test in result.tests)


def test_a_forged_answer_can_be_a_value() -> None:
    # as returning it would be: the control of the tests above
    result = sit(lesson("assert f() == 4"), TOOLS + "    answer({'value': 4})", limits=SHORT)
    assert result.tests[0].status is Status.PASSED


CELLS = {
    "outputs": "forge(['re', 2, {'outputs': ['x', 5, {'output_type': 'y'}], 'failed': 0}])",
    "outputs_are_text": "forge(['re', 2, {'outputs': 'x'}])",
    "outputs_without_end": (
        "forge(['re', 2, {'outputs': [{'output_type': 'stream', 'name': 'stdout',"
        " 'text': 'x' * 10**6}] * 20}])"
    ),
    "value_instead": "forge(['re', 2, {'value': 5}])",
    "callback": "forge(['callback', 0, None])",
    "nothing": "forge(None)",
}


@pytest.mark.parametrize("body", CELLS.values(), ids=CELLS)
def test_a_forged_answer_in_a_cell_ends_in_a_complete_result(body: str) -> None:
    result = sit(lesson("assert last() == 3"), TOOLS + f"    pass\n{body}", limits=SHORT)
    assert len(result.tests) == 1
    for outputs in result.outputs.values():
        assert all(one["output_type"] in {"stream", "error"} for one in outputs)
        assert len(repr(outputs)) < 3 * 2**20


def test_lying_about_an_argument_fails_as_changing_it_does() -> None:
    lies = (
        "node = ['t', ['t', ['o', 'mine', 0, 'f', 'f', []], ['a', '<f8', [1], 0]], ['d']]\n"
        "    answer({'value': ['a', '<f8', [1], 1], 'after': [node, 0]}, bytes(8), bytes(8))"
    )
    test = "x = np.ones(1)\ncheck_array(f(x), 2 * x, 'f')"
    tools = TOOLS.replace("def f():", "def f(x):")
    [result] = sit(lesson(test, stubs=["f(x)"]), tools + f"    {lies}", limits=SHORT).tests
    assert result.status in {Status.FAILED, Status.DIED}

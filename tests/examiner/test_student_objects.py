"""Classes of students are used through proxies; what would be a verdict is not asked of them."""

import pytest
from exam_room import hidden, lesson, sit, verdict

from autograder.examiner.results import Status

VALUE = """\
class Value:
    __array_ufunc__ = None
    def __init__(self, data, parents=(), grads=()):
        self.data, self.grad = data, 0.0
        self.parents, self.grads = parents, grads
    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))
    __radd__ = __add__
    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))
    __rmul__ = __mul__
    def __sub__(self, other): return self + -1 * other
    def __neg__(self): return self * -1
    def __pow__(self, n): return Value(self.data ** n, (self,), (n * self.data ** (n - 1),))
    def __truediv__(self, other): return self * other ** -1
    def __abs__(self): return Value(abs(self.data))
    def __float__(self): return float(self.data)
    def __int__(self): return int(self.data)
    def __len__(self): return len(self.parents)
    def __getitem__(self, i): return self.parents[i]
    def __setitem__(self, i, v): self.data = v
    def __iter__(self): return iter(self.parents)
    def __matmul__(self, other): return ("matmul", other)
    def __rmatmul__(self, other): return ("rmatmul", other)
    def backward(self, seed=1.0):
        self.grad += seed
        for parent, grad in zip(self.parents, self.grads):
            parent.backward(seed * grad)
    @property
    def broken(self): raise ValueError('no')
    def __eq__(self, other): return True
    def __lt__(self, other): return True
    def __bool__(self): return True
    def __contains__(self, item): return True
    __hash__ = None
"""

USES = {
    "attribute": "check_equal(Value(3).data, 3, 'data')",
    "set_attribute": "v = Value(3)\nv.data = 5\ncheck_equal(v.data, 5, 'data')",
    "sum_and_product": "a, b = Value(2.0), Value(3.0)\ncheck_close((a * b + a).data, 8.0, 'ab+a')",
    "number_first": "check_close((2 + 3 * Value(4.0)).data, 14.0, '2+3v')",
    "backward": (
        "a, b = Value(2.0), Value(3.0)\nc = a * b + a\nc.backward()\n"
        "check_close(a.grad, 4.0, 'da')\ncheck_close(b.grad, 2.0, 'db')"
    ),
    "used_twice": "a = Value(3.0)\n(a * a).backward()\ncheck_close(a.grad, 6.0, 'da')",
    "other_arithmetic": (
        "a = Value(8.0)\ncheck_close((a - Value(1.0)).data, 7.0, '-')\n"
        "check_close((-a).data, -8.0, 'neg')\ncheck_close((a / Value(2.0)).data, 4.0, '/')\n"
        "check_close((a ** 2).data, 64.0, '**')\ncheck_close(abs(-a).data, 8.0, 'abs')"
    ),
    "conversion": "check_close(float(Value(2)), 2.0, 'f')\ncheck_equal(int(Value(2)), 2, 'i')",
    "length": "check_equal(len(Value(1) + Value(2)), 2, 'len')",
    "indexing": "check_equal((Value(1) + Value(2))[1].data, 2, '[1]')",
    "writing": "v = Value(1)\nv[0] = 7\ncheck_equal(v.data, 7, '[0] =')",
    "looping": "check_equal([p.data for p in Value(1) + Value(2)], [1, 2], 'parents')",
    "method_with_array": "check_equal(str((Value(np.ones(2)) + np.ones(2)).data), '[2. 2.]', '+')",
    "array_first": "check_array((np.ones(2) * Value(3.0)).data, [3.0, 3.0], '*')",
    "array_matmul": "check_equal((np.ones(2) @ Value(3.0))[0], 'rmatmul', '@')",
    "raising_property": "with pytest.raises(ValueError, match='no'):\n    Value(1).broken",
    "missing_attribute": (
        "assert not hasattr(Value(1), 'nothing')\ncheck_equal(getattr(Value(1), 'no', 5), 5, 'no')"
    ),
    "index_error": "with pytest.raises(IndexError):\n    Value(1)[0]",
    "wrong_call": "with pytest.raises(TypeError):\n    Value()",
    "is_none": "assert Value(1) is not None",
    "list_of_them": "check_equal(item_count, 2, 'n')\ncheck_equal(items[1].data, 2, 'items')",
}


@pytest.mark.parametrize("test", USES.values(), ids=USES)
def test_a_test_uses_a_students_class_as_its_own(test: str) -> None:
    answer = VALUE + "items = [Value(1), Value(2)]\nitem_count = len(items)"
    result = verdict(answer, test, classes=["Value"])
    assert result.status is Status.PASSED, result.detail


# what would let the student's object be the judge, and what the author is told to write
QUESTIONS = {
    "equal": ("assert Value(1) == 1", "compare its attributes or results"),
    "equal_swapped": ("assert 1 == Value(1)", "compare its attributes or results"),
    "equal_to_array": ("assert np.all(np.ones(2) == Value(1))", "compare its attributes"),
    "unequal": ("assert not Value(1) != 1", "compare its attributes or results"),
    "less": ("assert Value(1) < 2", "compare numbers"),
    "at_least": ("assert 0 <= Value(1)", "compare numbers"),
    "truth": ("assert Value(1)", "check an attribute, a length or a result"),
    "negation": ("if not Value(0):\n    raise ValueError", "check an attribute"),
    "contains": ("assert 3 in Value(1)", "item in list(x)"),
    "among": ("assert Value(1) in [1, 2]", "compare its attributes or results"),
    "instance": ("assert isinstance(Value(1), Value)", "check what the object does"),
    "subclass": ("assert issubclass(int, Value)", "check what the class does"),
}


@pytest.mark.parametrize(("test", "instead"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_students_object_is_not_asked_for_a_verdict(test: str, instead: str) -> None:
    result = verdict(VALUE, test, classes=["Value"])
    assert result.status is Status.FAILED
    assert "AuthorError: a test must not ask a student's object" in result.detail
    assert instead in result.detail


ORACLES = {
    "abs": "assert abs(f(1) - 5) < 1e-9",
    "product": "assert float(f(1) * 1.0) == 5.0",
    "number_first": "assert int(5 - f(1)) == 0",
    "power": "check_close(float(f(1)) ** 2, 25.0, 'f')",
}


@pytest.mark.parametrize("test", ORACLES.values(), ids=ORACLES)
def test_an_object_instead_of_a_number_is_not_told_what_is_expected(test: str) -> None:
    answer = (
        "class Any:\n    def __float__(self): return 5.0\n    def __int__(self): return 0\n"
        "    def __sub__(self, other): return self\n    def __abs__(self): return 0.0\n"
        "    __mul__ = __rsub__ = __sub__\ndef f(x): return Any()"
    )
    result = verdict(answer, test, stubs=["f(x)"], classes=["Value"])
    assert result.status is Status.FAILED
    assert "must not compute with a student's Any" in result.detail


@pytest.mark.parametrize("fence", [str, hidden], ids=["visible", "hidden"])
def test_an_answer_of_a_strange_kind_costs_its_student_only(fence: object) -> None:
    # the reference returns a number; that somebody returns an object is no fault of the test's
    result = verdict(VALUE + "def f(x): return Value(x)", fence("assert f(4) == 4"))  # type: ignore[operator]
    assert result.status is Status.FAILED
    assert "AuthorError" not in result.message
    assert "AuthorError" in result.detail


EQUAL = """\
class Equal{base}:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __lt__
    def __bool__(self): return True
    def __len__(self): return 3
    def __getattr__(self, name): return self
    def __getitem__(self, i): return self
    def __iter__(self): return iter([self] * 3)
    def __float__(self): return 1.0
    def __array__(self, *a, **k):
        import numpy as np
        return np.ones(3)
    __hash__ = object.__hash__
{make}
"""
PRETENDERS = {
    "object": EQUAL.format(base="", make="def f(x): return Equal()"),
    "class_itself": EQUAL.format(base="", make="def f(x): return Equal"),
    "int": EQUAL.format(base="(int)", make="def f(x): return Equal(1)"),
    "float": EQUAL.format(base="(float)", make="def f(x): return Equal(1)"),
    "list": EQUAL.format(base="(list)", make="def f(x): return Equal([1, 2, 3])"),
    "dict": EQUAL.format(base="(dict)", make="def f(x): return Equal()"),
    "str": EQUAL.format(base="(str)", make="def f(x): return Equal('a')"),
    "exception": EQUAL.format(base="(Exception)", make="def f(x): return Equal()"),
    "array": (
        "import numpy as np\n" + EQUAL.split("    __hash__")[0].format(base="(np.ndarray)")
        + "\ndef f(x): return np.zeros(3).view(Equal)"
    ),
    "claims_another_class": EQUAL.format(
        base="", make="import numpy as np\nEqual.__class__ = property(lambda s: np.ndarray)\n"
        "def f(x): return Equal()"
    ),
}  # fmt: skip
WEAK_TESTS = {
    "check_array": "check_array(f(1), [1.0, 2.0, 3.0], 'f')",
    "check_close": "check_close(f(1), 1.5, 'f')",
    "check_equal": "check_equal(f(1), [1, 2, 3], 'f')",
    "assert": "assert f(1) == [1, 2, 3]",
    "assert_swapped": "assert [1, 2, 3] == f(1)",
    "allclose": "assert np.allclose(f(1), [1.0, 2.0, 3.0])",
    "testing": "np.testing.assert_allclose(f(1), [1.0, 2.0, 3.0])",
    "isinstance": "assert isinstance(f(1), np.ndarray) and f(1).shape == (3,)",
}


@pytest.mark.parametrize("test", WEAK_TESTS.values(), ids=WEAK_TESTS)
@pytest.mark.parametrize("answer", PRETENDERS.values(), ids=PRETENDERS)
def test_an_object_that_equals_everything_passes_nothing(answer: str, test: str) -> None:
    result = verdict(answer, test)
    assert result.status is Status.FAILED, result


RAISED = {
    "value_error": ("raise ValueError('bad')", "ValueError: bad"),
    "key_error": ("{}['k']", "KeyError"),
    "recursion": ("return f(x)", "RecursionError"),
    "memory": ("return bytearray(2**60)", "MemoryError"),
    "unicode": ("return b'\\xff'.decode()", "UnicodeDecodeError"),
    "system_exit": ("raise SystemExit(0)", "SystemExit"),
    "sys_exit": ("import sys; sys.exit()", "SystemExit"),
    "keyboard_interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "generator_exit": ("raise GeneratorExit", "GeneratorExit"),
    "cancelled": ("import asyncio; raise asyncio.CancelledError", "CancelledError"),
    "own_class": ("raise type('Mine', (Exception,), {})('x')", "Mine: x"),
    "own_base_exception": ("raise type('Mine', (BaseException,), {})('x')", "Mine: x"),
    "disguised": ("raise type('SystemExit', (Exception,), {})()", "SystemExit"),
    "failing_message": (
        "raise type('Mine', (Exception,), {'__str__': lambda s: 1 / 0})()",
        "Mine",
    ),
    "assertion": ("assert x == 2, 'no'", "AssertionError: no"),
}


@pytest.mark.parametrize(("body", "said"), RAISED.values(), ids=RAISED)
def test_whatever_is_raised_fails_the_test_and_nothing_else(body: str, said: str) -> None:
    exam = lesson("check_equal(f(1), 1, 'f')", "check_equal(g(1), 1, 'g')")
    result = sit(exam, f"def f(x):\n    {body}\ndef g(x): return x")
    assert [test.status for test in result.tests] == [Status.FAILED, Status.PASSED]
    assert said in result.tests[0].message
    assert result.workers == 1


@pytest.mark.parametrize(
    "test",
    ["for got in map(f, [1, 2]):\n    check_equal(got, 5, 'f')", "assert list(map(f, [1])) == []"],
    ids=["loop", "list"],
)
def test_a_function_cannot_end_the_loop_of_a_test(test: str) -> None:
    result = verdict("def f(x):\n    raise StopIteration", test)
    assert result.status is Status.FAILED
    assert "StopIteration" in result.message


CATCHES = {
    "builtin": ("raise OSError('x')", "OSError", True),
    "subclass": ("raise FileNotFoundError('x')", "OSError", True),
    "own_class_is_no_builtin": ("raise type('Mine', (ValueError,), {})()", "ValueError", False),
    "own_class_of_that_name": ("raise type('ValueError', (Exception,), {})()", "ValueError", False),
    "exit_is_no_error": ("raise SystemExit", "ValueError", False),
}


@pytest.mark.parametrize(("body", "caught", "passes"), CATCHES.values(), ids=CATCHES)
def test_an_exception_is_caught_by_its_builtin_type(body: str, caught: str, passes: bool) -> None:
    result = verdict(f"def f():\n    {body}", f"with pytest.raises({caught}):\n    f()")
    assert (result.status is Status.PASSED) is passes

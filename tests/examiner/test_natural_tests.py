"""Test cells as an author of an ordinary notebook writes them run unchanged."""

import pytest
from exam_room import SETUP, hidden, lesson, sit, verdict

from autograder.examiner.results import Status

NUMPY = "import numpy as np\n"
PANDAS = "import pandas as pd\n"
# id: (the student's cell, the test cell); each must pass
HONEST = {
    "plain": ("def f(x): return 2 * x", "assert f(2) == 4"),
    "keywords": ("def f(x, *, k=1): return x * k", "check_equal(f(2, k=3), 6, 'f')"),
    "array": ("def f(X): return X.sum(axis=1)", "check_array(f(np.ones((2, 3))), [3.0, 3.0], 'f')"),
    "value_not_function": ("answer = 42", "check_equal(answer, 42, 'answer')"),
    "pytest_raises": (
        "def f(x):\n    raise ValueError('x must be positive')",
        "with pytest.raises(ValueError, match='positive'):\n    f(-1)",
    ),
    "check_raises": (
        "def f(x):\n    raise KeyError('no')",
        "check_raises(KeyError, lambda: f(1), 'f(1)')",
    ),
    "except_clause": (
        "def f(x): return 1 / x",
        "try:\n    f(0)\nexcept ZeroDivisionError:\n    pass\nelse:\n    raise AssertionError",
    ),
    "view_is_shared": (
        "def f(x): return x[1:3]",
        "x = np.arange(4.0)\nv = f(x)\nassert np.shares_memory(v, x)\nv[0] = 9.0\n"
        "check_array(x, [0.0, 9.0, 2.0, 3.0], 'x')\nx[2] = 7.0\ncheck_array(v, [9.0, 7.0], 'v')",
    ),
    "reshaped_view": (
        "def f(x): return x.reshape(2, 2).T[::-1]",
        "x = np.arange(4.0)\nassert np.shares_memory(f(x), x)\n"
        "check_array(f(x), [[1.0, 3.0], [0.0, 2.0]], 'f')",
    ),
    "copy_is_not_shared": (
        "def f(x): return x[1:3].copy()",
        "x = np.arange(4.0)\nassert not np.shares_memory(f(x), x)",
    ),
    "same_array_twice": (
        "def f(x, y): return x is y",
        "x = np.zeros(2)\ncheck_equal(f(x, x), True, 'f(x, x)')\n"
        "check_equal(f(x, x.copy()), False, 'f(x, copy)')",
    ),
    "generator_advances": (
        "def f(rng): return rng.normal(size=3)",
        "rng, same = np.random.default_rng(5), np.random.default_rng(5)\n"
        "check_array(f(rng), same.normal(size=3), 'f')\n"
        "check_array(f(rng), same.normal(size=3), 'f again')\n"
        "check_close(rng.random(), same.random(), 'rng after it')",
    ),
    "generator_returned": (
        NUMPY + "def f(): return np.random.default_rng(3)",
        "check_close(f().random(), np.random.default_rng(3).random(), 'f')",
    ),
    "callback": (
        "def derivative(g, x, h=1e-5): return (g(x + h) - g(x - h)) / (2 * h)",
        "check_close(derivative(lambda x: x ** 2, 3.0), 6.0, 'derivative', rtol=1e-6)",
    ),
    "callback_with_closure": (
        "def apply(g, n):\n    for i in range(n):\n        g(i)",
        "seen = []\napply(seen.append, 3)\ncheck_equal(seen, [0, 1, 2], 'seen')",
    ),
    "nested_callback": (
        "def square(x): return x * x\ndef apply(g, x): return g(x) + 1",
        "check_equal(apply(lambda x: square(x) * 10, 3), 91, 'apply')",
    ),
    "callback_is_the_students_own": (
        "def square(x): return x * x\ndef apply(g, x): return g(x)",
        "check_equal(apply(square, 3), 9, 'apply')",
    ),
    "trusted_function_as_callback": (
        NUMPY + "def apply(g, X): return g(X)",
        "check_array(apply(np.tanh, np.zeros(2)), [0.0, 0.0], 'apply')",
    ),
    "callback_with_array": (
        "def apply(g, X): return g(X, axis=0)",
        "check_array(apply(np.sum, np.ones((2, 3))), [2.0, 2.0, 2.0], 'apply')",
    ),
    "dtype_as_argument": (
        "def f(X, dtype): return X.astype(dtype)",
        "check_equal(str(f(np.arange(2), np.float32).dtype), 'float32', 'f')\n"
        "check_equal(str(f(np.arange(2), dtype=float).dtype), 'float64', 'f')\n"
        "check_equal(str(f(np.arange(2), np.dtype('i2')).dtype), 'int16', 'f')",
    ),
    "generator_function": (
        "def count(n):\n    for i in range(n):\n        yield i",
        "check_equal(list(count(3)), [0, 1, 2], 'count')",
    ),
    "endless_generator": (
        "def count():\n    n = 0\n    while True:\n        yield n\n        n += 1",
        "check_equal(list(itertools.islice(count(), 4)), [0, 1, 2, 3], 'count')\n"
        "it = count()\ncheck_equal([next(it), next(it)], [0, 1], 'count')",
    ),
    "generator_ends": (
        "def one():\n    yield 1",
        "it = one()\nnext(it)\nwith pytest.raises(StopIteration):\n    next(it)",
    ),
    "minibatches": (
        "def batches(X):\n    for i in range(0, len(X), 2):\n        yield X[i:i + 2]",
        "got = [b.sum() for b in batches(np.arange(5.0))]\n"
        "check_array(np.array(got), [1.0, 5.0, 4.0], 'batches')",
    ),
    "captured_output": (
        "def hello(name): print('Hello,', name)",
        "said = io.StringIO()\nwith contextlib.redirect_stdout(said):\n    hello('Bom')\n"
        "check_equal(said.getvalue(), 'Hello, Bom\\n', 'hello')",
    ),
    "frame_in_and_out": (
        "def f(df): return df.assign(total=df['a'] + df['b'])",
        "df = pd.DataFrame({'a': [1, 2], 'b': [0.5, 1.5]}, index=['x', 'y'])\n"
        "pd.testing.assert_frame_equal(f(df), df.assign(total=[1.5, 3.5]))",
    ),
    "frame_with_text": (
        PANDAS + "def f(): return pd.DataFrame({'name': ['ant', None], 'legs': [6, 4]})",
        "check_equal(f()['name'].tolist()[0], 'ant', 'f')\nassert f()['name'].isna().sum() == 1",
    ),
    "series_out": (
        "def f(df): return df['a'].value_counts().sort_index()",
        "pd.testing.assert_series_equal(\n    f(pd.DataFrame({'a': [3, 3, 1]})),\n"
        "    pd.Series([1, 2], index=pd.Index([1, 3], name='a'), name='count'))",
    ),
    "index_of_a_frame": (
        "def f(df): return df.index.to_numpy()",
        "df = pd.DataFrame({'a': [1, 2]}, index=[7, 8])\ncheck_array(f(df), [7, 8], 'f')",
    ),
    "opaque_passed_back": (
        "class Model:\n    w = 2.0\ndef build(): return Model()\ndef predict(m, x): return m.w * x",
        "check_close(predict(build(), 3.0), 6.0, 'predict')",
    ),
    "opaque_in_a_list": (
        "class P:\n    def __init__(self, v): self.v = v\n"
        "def total(ps): return sum(p.v for p in ps)",
        "check_equal(total([P(1), P(2)]), 3, 'total')",
    ),
    "tuple_of_things": (
        "def f(x): return x.mean(), {'n': len(x)}, [x]",
        "m, d, [y] = f(np.ones(2))\ncheck_close(m, 1.0, 'm')\ncheck_equal(d, {'n': 2}, 'd')",
    ),
    "helper_in_the_test": (
        "def f(x): return x + 1",
        "def twice(g, x):\n    return g(g(x))\ncheck_equal(twice(f, 1), 3, 'f')",
    ),
    "class_in_the_test": (
        "def area(shape): return 2",
        "class Shape:\n    side = 2\ncheck_equal(area(Shape.side), 2, 'area')",
    ),
    "warning_on_stderr": (
        "import sys, warnings\ndef f(x):\n    warnings.warn('old', stacklevel=2)\n"
        "    print('oops', file=sys.stderr)\n    return x",
        "check_equal(f(1), 1, 'f')",
    ),
}


@pytest.mark.parametrize(("answer", "test"), HONEST.values(), ids=HONEST)
def test_a_right_answer_passes(answer: str, test: str) -> None:
    result = verdict(answer, test)
    assert result.status is Status.PASSED, result.detail


# the same tests, and a wrong answer that each must notice
WRONG = {
    "pytest_raises": "def f(x):\n    raise TypeError('x must be positive')",
    "check_raises": "def f(x):\n    raise TypeError('no')",
    "view_is_shared": "def f(x): return x[1:3].copy()",
    "copy_is_not_shared": "def f(x): return x[1:3]",
    "generator_advances": NUMPY + "def f(rng): return np.random.default_rng(5).normal(size=3)",
    "callback_with_closure": "def apply(g, n): g(0)",
    "endless_generator": "def count():\n    while True:\n        yield 0",
    "captured_output": "def hello(name): return 'Hello, ' + name",
    "frame_in_and_out": "def f(df): return df",
    "frame_with_text": PANDAS + "def f(): return pd.DataFrame({'name': ['ant', 'bee']})",
    "nested_callback": "def square(x): return x\ndef apply(g, x): return g(x) + 1",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_fails_the_same_test(name: str) -> None:
    assert verdict(WRONG[name], HONEST[name][1]).status is Status.FAILED


MUTATES = "x = np.zeros(2)\nlist_ = [1, [2]]\ndict_ = {'a': 1}\n"
MUTATIONS = {
    "array": ("def f(x): x[0] = 5", "f(x)\ncheck_array(x, [5.0, 0.0], 'x')"),
    "array_by_keyword": ("def f(x): x += 1", "f(x=x)\ncheck_array(x, [1.0, 1.0], 'x')"),
    "list": (
        "def f(x): x.append(3)\n",
        "kept = list_[1]\nf(list_)\ncheck_equal(list_, [1, [2], 3], 'x')\nassert list_[1] is kept",
    ),
    "nested_list": ("def f(x): x[1].append(3)", "f(list_)\ncheck_equal(list_, [1, [2, 3]], 'x')"),
    "dict": ("def f(x): x['b'] = x.pop('a')", "f(dict_)\ncheck_equal(dict_, {'b': 1}, 'x')"),
    "array_in_dict": (
        "def f(x): x['w'] -= 1",
        "d = {'w': x}\nf(d)\ncheck_array(x, [-1.0, -1.0], 'x')\nassert d['w'] is x",
    ),
    "set": ("def f(x): x.add(2)", "s = {1}\nf(s)\ncheck_equal(s, {1, 2}, 's')"),
    "by_nan": (
        "def f(x): x[0] = float('nan')",
        "f(x)\nassert np.isnan(x[0])",
    ),
}


@pytest.mark.parametrize(("answer", "test"), MUTATIONS.values(), ids=MUTATIONS)
def test_a_declared_change_of_an_argument_is_seen(answer: str, test: str) -> None:
    result = verdict(answer, MUTATES + test, stubs=["f(x)"], mutates={"f": ["x"]})
    assert result.status is Status.PASSED, result.detail


@pytest.mark.parametrize(("answer", "test"), MUTATIONS.values(), ids=MUTATIONS)
def test_an_undeclared_change_fails_and_names_the_argument(answer: str, test: str) -> None:
    result = verdict(answer, MUTATES + test, stubs=["f(x)"])
    assert result.status is Status.FAILED
    assert result.message.startswith("f changed its argument x.")
    assert result.points == 0.0


def test_only_the_declared_argument_may_change() -> None:
    [result] = sit(
        lesson("x, y = np.zeros(1), np.zeros(1)\nf(x, y)", stubs=["f(x, y)"], mutates={"f": ["x"]}),
        "def f(x, y):\n    x += 1\n    y += 1",
    ).tests
    assert result.message.startswith("f changed its argument y.")


def test_drawing_from_a_generator_is_no_change() -> None:
    answer = "def f(rng): return rng.random()"
    assert verdict(answer, "f(np.random.default_rng(0))", stubs=["f(rng)"]).points == 1.0


DODGES = {
    "renamed": "def f(x):\n    x[:] = 0\n    return x\nf.__name__ = 'g'",
    "renamed_as_one_that_may": "def f(x):\n    x[:] = 0\n    return x\nf.__name__ = 'may'",
    "object_with_call": (
        "class F:\n    def __call__(self, x):\n        x[:] = 0\n        return x\nf = F()"
    ),
    "partial": (
        "import functools\ndef g(k, x):\n    x[:] = 0\n    return x\nf = functools.partial(g, 1)"
    ),
    "starred": "def f(*a, **k):\n    a[0][:] = 0\n    return a[0]",
}


@pytest.mark.parametrize("answer", DODGES.values(), ids=DODGES)
def test_no_disguise_lets_a_function_change_what_the_test_expects(answer: str) -> None:
    # the expected value is computed from the argument afterwards, as authors do
    test = hidden("x = np.arange(3.0) + 1\ncheck_array(f(x), 2 * x, 'f')")
    result = verdict(answer, test, stubs=["f(x)", "may(x)"], mutates={"may": ["x"]})
    assert result.status is Status.FAILED
    assert result.message.startswith("f changed its argument")


@pytest.mark.parametrize(
    "test",
    [
        "l = Layer()\ncheck_array(l.forward(x), 2 * x, 'forward')",
        "l = Layer()\ncheck_array(l + x, 2 * x, '+')",
        "l = Layer()\ncheck_array(x * l, 2 * x, '*')",
        "l = Layer()\nfor y in l.go(x):\n    check_array(y, 2 * x, 'go')",
    ],
    ids=["method", "operator", "swapped_operator", "list"],
)
def test_methods_and_operators_may_not_change_an_argument_either(test: str) -> None:
    answer = (
        "class Layer:\n"
        "    def forward(self, x):\n        x[:] = 0\n        return x\n"
        "    def go(self, x): return [self.forward(x)]\n"
        "    __add__ = __rmul__ = forward\n    __array_ufunc__ = None"
    )
    result = verdict(answer, "x = np.arange(3.0) + 1\n" + test, classes=["Layer"])
    assert result.status is Status.FAILED
    assert "changed its argument" in result.message


def test_spoilt_data_of_the_setup_is_whole_again_for_the_next_test() -> None:
    exam = lesson(
        "f(DATA)",
        "check_array(f(DATA), 2 * DATA, 'f')",
        stubs=["f(x)"],
        setup=SETUP + "DATA = np.arange(3.0) + 1\n",
    )
    spoils_once = (
        "calls = []\ndef f(x):\n    calls.append(1)\n"
        "    if len(calls) == 1:\n        x[:] = 0\n    return 0 * x"
    )
    assert [test.status for test in sit(exam, spoils_once).tests] == [Status.FAILED] * 2
    first_only = spoils_once.replace("0 * x", "2 * x")
    assert [test.points for test in sit(exam, first_only).tests] == [0.0, 1.0]

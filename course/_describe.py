"""Values in one short line, whatever they are.

An answer may be an object whose methods raise, lie or never return. So nothing here calls a
method of a value whose exact type is not known: such a value is named by its type alone.
"""

import itertools
import math
from collections.abc import Iterable
from types import FunctionType
from typing import Any, cast

import numpy as np
import numpy.typing as npt

LONGEST_LINE = 80
MOST_ITEMS = 12
DEEPEST = 3
FEWEST_DIGITS = 5
MOST_DIGITS = 17  # enough to tell any two float64 apart
LONGEST_INTEGER_BITS = 100
_CONTEXT = 9  # letters shown before the first that differs

NUMPY_INTEGERS = frozenset(np.dtype(code).type for code in np.typecodes["AllInteger"])
NUMPY_FLOATS = frozenset(np.dtype(code).type for code in np.typecodes["Float"])

_BRACKETS: dict[type, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
    dict: ("{", "}"),
}

_NOUNS: dict[type, str] = {
    bool: "the boolean",
    np.bool_: "the boolean",
    int: "the integer",
    float: "the float",
    complex: "the complex number",
    str: "the text",
    np.str_: "the text",
    bytes: "the bytes",
    list: "the list",
    tuple: "the tuple",
    set: "the set",
    frozenset: "the",
    dict: "the dictionary",
    **dict.fromkeys(NUMPY_INTEGERS, "the integer"),
    **dict.fromkeys(NUMPY_FLOATS, "the float"),
}

_DTYPE_WORDS = {
    "b": "booleans",
    "i": "integers",
    "u": "integers",
    "f": "floats",
    "c": "complex numbers",
    "O": "Python objects",
    "U": "text",
    "S": "bytes",
    "T": "text",
    "M": "dates",
    "m": "time spans",
    "V": "records",
}


def describe(value: object) -> str:
    r"""Say what a value is: "the list [1, 2]", "an array of shape (3,)", "None".

    Examples
    --------
    >>> print(describe([1, 2.5]), describe("a\x1b\n"), describe(np.zeros(3)), describe(object()))
    the list [1, 2.5] the text 'a\x1b\n' an array of shape (3,) an object of type object
    """
    kind = type(value)
    if value is None:
        return "None"
    if kind is np.ndarray:
        return f"an array of shape {cast(np.ndarray, value).shape}"
    if kind in _NOUNS:
        return f"{_NOUNS[kind]} {show(value)}"
    if kind is FunctionType:
        return "a function"
    if issubclass(kind, type):
        return "a class"
    return f"an object of type {type_name(kind)}"


def type_name(kind: type) -> str:
    """Name a type without asking its metaclass, which may be the student's.

    Examples
    --------
    >>> type_name(type(1))
    'int'
    """
    return one_line(type.__dict__["__name__"].__get__(kind))


def show(value: object, depth: int = 0) -> str:
    """Write a value as Python would, in at most 80 characters.

    Examples
    --------
    >>> show((1, [2.0, None], {"a": True}))
    "(1, [2.0, None], {'a': True})"
    >>> show(10**5000)
    '~10**5000'
    """
    kind = type(value)
    known: Any = value
    if value is None or kind is bool or kind is np.bool_:
        return str(known)
    if kind is int or kind in NUMPY_INTEGERS:
        return number(int(known))
    if kind is float or kind in NUMPY_FLOATS:
        return number(float(known))
    if kind in (complex, bytes, str, np.str_):
        return _clipped(known)
    if kind in _BRACKETS:
        return _show_items(known, kind, depth)
    if kind is np.ndarray:
        return f"array of shape {known.shape}"
    return f"<{type_name(kind)}>"


def _clipped(value: complex | bytes | str) -> str:
    if isinstance(value, complex):
        return repr(value)
    short = value[: LONGEST_LINE - 20]
    plain = str.__str__(short) if isinstance(short, str) else short
    return one_line(repr(plain) + ("..." if len(value) > len(short) else ""))


def _show_items(value: Any, kind: type, depth: int) -> str:
    opening, closing = _BRACKETS[kind]
    if depth >= DEEPEST:
        return f"{opening}...{closing}"
    some: Iterable[Any] = itertools.islice(value.items() if kind is dict else value, MOST_ITEMS)
    if kind is dict:
        items = [f"{show(key, depth + 1)}: {show(item, depth + 1)}" for key, item in some]
    else:
        items = [show(item, depth + 1) for item in some]
    if kind is tuple and len(value) == 1:
        closing = ",)"
    if len(value) > len(items):
        items.append("...")
    return one_line(f"{opening}{', '.join(items)}{closing}")


def one_line(text: str) -> str:
    r"""Return the first line, printable characters only, 80 at most.

    Examples
    --------
    >>> one_line("red \x1b[31m text\nand more")
    'red ?[31m text'
    """
    # A subclass of str may have methods of its own; what str.__str__ returns has none.
    lines = str.__str__(text)[: 4 * LONGEST_LINE].strip().splitlines() or [""]
    printable = "".join(letter if letter.isprintable() else "?" for letter in lines[0])
    if len(printable) <= LONGEST_LINE:
        return printable
    return printable[: LONGEST_LINE - 3] + "..."


def number(value: float, digits: int = FEWEST_DIGITS) -> str:
    """Write one number with about `digits` significant digits.

    Examples
    --------
    >>> number(1.09861228867), number(2.0), number(29661.8), number(7), number(float("-inf"))
    ('1.0986', '2.0', '29661.8', '7', '-inf')
    """
    if isinstance(value, int):
        if value.bit_length() <= LONGEST_INTEGER_BITS:
            return str(value)
        # str() refuses integers of more than 4300 digits.
        sign = "-" if value < 0 else ""
        return f"{sign}~10**{round(value.bit_length() * math.log10(2))}"
    if not math.isfinite(value):
        return str(value)
    size = abs(value)
    if value.is_integer() and size < 1e15:
        return f"{value:.1f}"
    if 1 <= size < 1e7:
        digits = max(digits, len(str(int(size))) + 1)
    text = f"{value:.{digits}g}"
    return text if "." in text or "e" in text else f"{text}.0"


def digits_to_differ(got: float, expected: float) -> int:
    """Count the significant digits that two numbers need to look different.

    Examples
    --------
    >>> digits_to_differ(1.0, 2.0), digits_to_differ(0.1, 0.10000001)
    (5, 8)
    """
    for digits in range(FEWEST_DIGITS, MOST_DIGITS):
        if number(got, digits) != number(expected, digits):
            return digits
    return MOST_DIGITS


def show_apart(first: object, second: object) -> tuple[str, str]:
    """Write two different values so that they look different.

    Examples
    --------
    >>> show_apart(0.1, 0.10000001), show_apart("cat", 3)
    (('0.1', '0.10000001'), ("'cat'", '3'))
    """
    known: tuple[Any, Any] = (first, second)
    if all(type(value) is float or type(value) in NUMPY_FLOATS for value in known):
        one, other = float(known[0]), float(known[1])
        digits = digits_to_differ(one, other)
        return number(one, digits), number(other, digits)
    texts = show(first), show(second)
    if texts[0] == texts[1] and type(first) is type(second) is str:
        same = itertools.takewhile(
            lambda pair: pair[0] == pair[1], zip(first, second, strict=False)
        )
        start = sum(1 for _ in same) - _CONTEXT
        return f"...{show(first[start:])}", f"...{show(second[start:])}"
    return texts


def show_array(values: npt.NDArray[Any], digits: int = FEWEST_DIGITS) -> str:
    """Write every value of an array of numbers or booleans in one line.

    Examples
    --------
    >>> show_array(np.array([[1.0, 0.25], [3.0, np.nan]]))
    '[[1.0, 0.25], [3.0, nan]]'
    """
    plain = values.astype(np.float64) if values.dtype.kind == "f" else values
    return _nested(plain.tolist(), digits)


def _nested(values: Any, digits: int) -> str:
    if isinstance(values, list):
        return f"[{', '.join(_nested(item, digits) for item in values)}]"
    return str(values) if isinstance(values, bool) else number(values, digits)


def dtype_words(dtype: np.dtype[Any]) -> str:
    """Name what an array holds: "dtype int64 (integers)".

    Examples
    --------
    >>> dtype_words(np.dtype("int64")), dtype_words(np.dtype("U3"))
    ('dtype int64 (integers)', 'an array of text')
    """
    # str(dtype) may call the student's repr (StringDType holds an object); kind never does.
    words = _DTYPE_WORDS.get(dtype.kind, "unknown values")
    return f"dtype {dtype.name} ({words})" if dtype.kind in "biufc" else f"an array of {words}"


def kind_words(kinds: str) -> str:
    """Name dtype kinds in words.

    Examples
    --------
    >>> kind_words("fiu")
    'floats or integers'
    """
    return " or ".join(dict.fromkeys(_DTYPE_WORDS[kind] for kind in kinds))

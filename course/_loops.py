"""Loops in a piece of Python, found by its syntax."""

import ast
import re

from course.sources import LONGEST_SOURCE, too_long

_LOOPS = (
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)
# They look like array operations and call a Python function once per value.
_DISGUISED = frozenset({"vectorize", "apply_along_axis", "apply_over_axes", "frompyfunc"})


def first_loop(source: str) -> tuple[int, str] | None:
    r"""Find the first loop, comprehension, `map` or disguised loop.

    Parameters
    ----------
    source
        The text of a function; functions inside it count too.

    Returns
    -------
    tuple[int, str] or None
        The line's number (from 1) and its text.

    Raises
    ------
    SyntaxError
        If the text is empty or no Python.
    ValueError
        If it is too long to be parsed.

    Examples
    --------
    >>> first_loop("def f(x):\n    return [v + 1 for v in x]")
    (2, 'return [v + 1 for v in x]')
    >>> first_loop("def f(x):\n    return x + 1")
    """
    if len(source) > LONGEST_SOURCE:
        raise ValueError(too_long("a text"))
    tree = ast.parse(source)
    if not tree.body:
        raise SyntaxError("there is no function in an empty text")
    numbers = [_loop_line(node) for node in ast.walk(tree)]
    first = min((number for number in numbers if number is not None), default=None)
    if first is None:
        return None
    # str.splitlines also splits at form feeds, which Python does not count as lines.
    return first, re.split(r"\r\n|\r|\n", source)[first - 1].strip()


def _loop_line(node: ast.AST) -> int | None:
    match node:
        case ast.Call(func=ast.Name(id="map"), lineno=line):
            return line
        case ast.Name(id=name, lineno=line) | ast.Attribute(attr=name, lineno=line):
            return line if name in _DISGUISED else None
        case ast.alias(name=name, lineno=line):
            return line if name in _DISGUISED else None
        case _:
            return node.lineno if isinstance(node, _LOOPS) else None

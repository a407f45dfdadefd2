"""The source text of a function, for checks that look at how an answer is written."""

import inspect
import textwrap
from collections.abc import Callable
from types import FunctionType

from course._describe import describe
from course._failure import fail

SourceReader = Callable[[object], str]
# Characters of an answer. What is longer is not parsed: a parser takes a thousand times its memory.
LONGEST_SOURCE = 50_000


def read_own_source(function: object) -> str:
    """Read the text of a function that lives in this process.

    Parameters
    ----------
    function
        A function written with `def` or `lambda`.

    Returns
    -------
    str
        The text as it stands in its cell or file.

    Raises
    ------
    TypeError
        If it is anything else than such a function.
    OSError
        If its text is not kept anywhere, as for one made by `exec`.

    Examples
    --------
    >>> read_own_source(textwrap.dedent).splitlines()[0]
    'def dedent(text):'
    """
    if type(function) is not FunctionType:
        raise TypeError(f"got {describe(function)}, expected a function written with def")
    # The code object, not the function: a __wrapped__ attribute would lead to another text.
    code = function.__code__
    if code.co_filename == "<string>":
        # Python 3.13 keeps the text of `python -c` under this name, which all that `exec` runs has.
        raise OSError("it was made from a string")
    return inspect.getsource(code)


_reader: SourceReader = read_own_source


def set_source_reader(reader: SourceReader | None) -> SourceReader:
    r"""Choose who looks up sources, for a grader whose functions live in another process.

    Parameters
    ----------
    reader
        Takes what the test names as the function and returns its text; raises OSError or
        TypeError if there is none. None brings back `read_own_source`.

    Returns
    -------
    SourceReader
        The reader until now, to be set again afterwards.

    Examples
    --------
    >>> before = set_source_reader(lambda function: "    def f(x):\n        return x\n")
    >>> print(source_of("f").splitlines()[0])
    def f(x):
    >>> _ = set_source_reader(before)
    """
    global _reader
    before = _reader
    _reader = read_own_source if reader is None else reader
    return before


def source_of(function: object, what: str = "the function", *, hint: str | None = None) -> str:
    """Return the text of a function, moved to the left margin.

    Parameters
    ----------
    function
        The function, or what stands for it where a grader has set its own reader.
    what, hint
        What is checked and the likely mistake, for the message.

    Raises
    ------
    CheckFailed
        If there is no text to be had.

    Examples
    --------
    >>> source_of(textwrap.dedent).startswith("def dedent")
    True
    """
    __tracebackhide__ = True
    try:
        text = _reader(function)
    except TypeError as error:
        fail(f"{what}: {error}", hint)
    except (OSError, SyntaxError):
        fail(
            f"{what}: the text of the function cannot be found. "
            "Write it with def in its own cell, run that cell, then this one",
            hint,
        )
    if len(text) > LONGEST_SOURCE:
        fail(f"{what}: {too_long('its text')}", hint)
    return textwrap.dedent(text)


def too_long(what: str) -> str:
    """Say that a source is too long to be looked at.

    Examples
    --------
    >>> too_long("its cell")
    'its cell has more than 50,000 characters; write nothing but the function there'
    """
    return (
        f"{what} has more than {LONGEST_SOURCE:,} characters; write nothing but the function there"
    )

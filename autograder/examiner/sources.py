"""The submitted text of a student's function, for checks of how it is written."""

import ast
import functools
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from autograder.examiner.remote import Remote, origin_of
from course.sources import LONGEST_SOURCE, read_own_source, set_source_reader, too_long

# characters that are parsed to find one function: a second's work
_LONGEST_OF_ALL = 4 * LONGEST_SOURCE


@contextmanager
def submitted_sources(cells: Sequence[str]) -> Iterator[None]:
    """Let `course.sources` find the text of a student's functions in what was handed in.

    What is too long to be parsed here is refused in a sentence for the student: five megabytes of
    `a;a;` would cost gigabytes, in a single call that no limit of time breaks off.
    """

    @functools.cache
    def find(name: str) -> str | None:
        texts = [text for text in cells if _may_name(text, name)]
        if any(len(text) > LONGEST_SOURCE for text in texts):
            raise TypeError(too_long("a cell that names it"))
        if sum(map(len, texts)) > _LONGEST_OF_ALL:
            raise TypeError(f"its name stands in more than {_LONGEST_OF_ALL:,} characters of cells")
        found = None
        for text in texts:
            found = _definition(text, name) or found
        return found

    def read(function: object) -> str:
        if not isinstance(function, Remote):
            return read_own_source(function)
        found = find(origin_of(function))
        if found is None:
            raise OSError("no such function was handed in")
        return found

    before = set_source_reader(read)
    try:
        yield
    finally:
        set_source_reader(before)


def _may_name(text: str, name: str) -> bool:
    """Whether a name may stand in a text. Python takes letters of other widths for the same."""
    if name in text:
        return True
    if text.isascii():
        return False
    return len(text) > LONGEST_SOURCE or name in unicodedata.normalize("NFKC", text)


def _definition(text: str, name: str) -> str | None:
    """The text of a top-level function; of two of one name, the later one."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found = None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            found = ast.get_source_segment(text, node)
    return found

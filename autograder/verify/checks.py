"""The single checks of a test cell: where they stand, and the cell without one of them."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

REACHED = "__reached__"
_KEPT = re.compile(r"#\s*kept:\s*(?P<reason>\S.*)")


@dataclass(frozen=True, slots=True)
class Check:
    """One statement that calls a `check_…` function, or an `assert`.

    Attributes
    ----------
    line : int
        1-based line of the cell.
    text : str
        Its first line.
    kept : str
        Why it stays though no misconception needs it, from a comment `# kept: <reason>`.
    start, end : int
        Its place in the cell's text.
    """

    line: int
    text: str
    kept: str
    start: int
    end: int


def find_checks(source: str) -> tuple[Check, ...]:
    """Find the checks of a cell, those inside `with`, `for` and `if` included, in order."""
    lines = source.split("\n")
    comments = _comments(source)
    found = []
    for node in _statements(ast.parse(source).body):
        if is_check(node):
            last = node.end_lineno or node.lineno
            found.append(
                Check(
                    line=node.lineno,
                    text=lines[node.lineno - 1].strip(),
                    kept=_reason(node.lineno, last, lines, comments),
                    start=_offset(lines, node.lineno, node.col_offset),
                    end=_offset(lines, last, node.end_col_offset or 0),
                )
            )
    return tuple(found)


def is_check(node: ast.stmt) -> bool:
    """Whether a statement is one check."""
    if isinstance(node, ast.Assert):
        return True
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return False
    match node.value.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.startswith("check_")
    return False


def without(source: str, check: Check) -> str:
    """The cell with `pass` in the place of one check; every other statement keeps its line."""
    height = source.count("\n", check.start, check.end)
    # `pass` cannot span lines, an empty pair of brackets can
    nothing = "(" + "\n" * height + ")" if height else "pass"
    return source[: check.start] + nothing + source[check.end :]


def with_marks(source: str, checks: tuple[Check, ...]) -> str:
    """The cell that calls `__reached__(n)` before its n-th check; all lines stay."""
    for number in reversed(range(len(checks))):
        at = checks[number].start
        source = f"{source[:at]}{REACHED}({number}); {source[at:]}"
    return source


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            # its body runs when it is called, perhaps by a check
            continue
        for part in ("body", "orelse", "handlers", "cases", "finalbody"):
            for inner in getattr(node, part, []):
                # handlers and cases are no statements but hold some
                yield from _statements([inner] if isinstance(inner, ast.stmt) else inner.body)


def _offset(lines: list[str], line: int, column: int) -> int:
    # ast counts columns in bytes of UTF-8
    inside = len(lines[line - 1].encode()[:column].decode())
    return sum(len(text) + 1 for text in lines[: line - 1]) + inside


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}


def _reason(first: int, last: int, lines: list[str], comments: dict[int, str]) -> str:
    """Read `# kept: …` on the check's own lines or in the block of comments right above it."""
    above = first
    # a fence such as `### BEGIN HIDDEN TESTS` ends the block
    while above - 1 in comments and re.match(r"\s*#(?!##)", lines[above - 2]):
        above -= 1
    for line in range(above, last + 1):
        found = _KEPT.match(comments.get(line, ""))
        if found:
            more = [comments[n].lstrip("# ") for n in range(line + 1, first)]
            return " ".join([found["reason"], *more]).strip()
    return ""

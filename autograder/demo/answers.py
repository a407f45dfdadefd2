"""The text of a solution cell as a student of some kind would hand it in."""

import ast
from collections.abc import Mapping

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.authoring.markers import SOLUTION, regions
from autograder.authoring.names import bound, used


def reference(cell: Cell) -> str:
    """The reference answer, without the marker lines."""
    fences = {
        line
        for kind, begin, end in regions(cell.source)
        if kind == SOLUTION
        for line in (begin, end)
    }
    lines = cell.source.split("\n")
    return "\n".join(line for i, line in enumerate(lines) if i not in fences)


def with_body(cell: Cell, body: str) -> str:
    """The stub with `body` in place of the region: signature and docstring stay."""
    lines = cell.source.split("\n")
    begin, _ = next((b, e) for kind, b, e in regions(cell.source) if kind == SOLUTION)
    indent = lines[begin][: len(lines[begin]) - len(lines[begin].lstrip())]
    return "\n".join([*lines[:begin], *(indent + line for line in body.split("\n"))])


def catalogued(catalogue: str, name: str, target: str) -> str:
    """A catalogued function as a student would write it: under the stub's name, bare.

    What the catalogue defines beside it and it needs, comes before it.

    Raises
    ------
    KeyError
        If the catalogue has no function of that name.
    """
    statements = ast.parse(catalogue).body
    owner = {bound_name: node for node in statements for bound_name in _defines(node)}
    node = owner[name]
    assert isinstance(node, ast.FunctionDef)
    needed = _needed(node, owner)
    before = [ast.unparse(other) for other in statements if other in needed and other is not node]
    return "\n\n\n".join([*before, _renamed(node, target)])


def as_value(text: str, target: str) -> str:
    """Call the function `target` of a text once: where the stub is a value, not a function."""
    return f"{text}\n\n\n{target} = {target}()"


def is_value(cell: Cell) -> bool:
    """Whether a solution cell binds a value instead of a function or class."""
    statements = ast.parse(reference(cell)).body
    return not any(
        isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == cell.grade_id
        for node in statements
    )


def _defines(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder"):
        # what only declares
        return set()
    return bound(ast.Module([node], []))


def _needed(start: ast.stmt, owner: Mapping[str, ast.stmt]) -> list[ast.stmt]:
    """The statements of the catalogue that one needs, also through others."""
    found: list[ast.stmt] = [start]
    for node in found:  # grows meanwhile
        for name in used(node) & owner.keys():
            if owner[name] not in found:
                found.append(owner[name])
    return found


def _renamed(node: ast.FunctionDef, target: str) -> str:
    for inner in ast.walk(node):
        # it may call itself
        if isinstance(inner, ast.Name) and inner.id == node.name:
            inner.id = target
    node.name = target
    node.decorator_list = []
    if ast.get_docstring(node) is not None:
        # the docstring is the hint, which is not the student's
        node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(node)


def solutions(notebook: Notebook) -> list[Cell]:
    """The cells that a student fills in, in order."""
    return notebook.having(Role.SOLUTION)

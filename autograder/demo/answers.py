"""The text of a solution cell as a student of some kind would hand it in."""

import ast
from collections.abc import Mapping
from typing import TypeGuard

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.authoring.markers import SOLUTION, regions
from autograder.authoring.names import used


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

    Plain functions of the catalogue that it calls come before it.

    Raises
    ------
    KeyError
        If the catalogue has no function of that name.
    """
    defined = {node.name: node for node in ast.parse(catalogue).body if _is_function(node)}
    node = defined[name]
    reached = _reached(node, defined)
    helpers = [other for other in defined.values() if other.name in reached]
    return "\n\n\n".join([*(ast.unparse(helper) for helper in helpers), _renamed(node, target)])


def _is_function(node: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    return isinstance(node, ast.FunctionDef)


def _reached(start: ast.FunctionDef, defined: Mapping[str, ast.FunctionDef]) -> set[str]:
    """Names of the catalogue's functions that one calls, also through others."""
    found: set[str] = set()
    left = [start]
    while left:
        for name in (used(left.pop()) & defined.keys()) - found - {start.name}:
            found.add(name)
            left.append(defined[name])
    return found


def _renamed(node: ast.FunctionDef, target: str) -> str:
    node.name = target
    node.decorator_list = []
    if ast.get_docstring(node) is not None:
        # the docstring is the hint, which is not the student's
        node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(node)


def solutions(notebook: Notebook) -> list[Cell]:
    """The cells that a student fills in, in order."""
    return notebook.having(Role.SOLUTION)

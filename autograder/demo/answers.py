"""The text of a solution cell as a student of some kind would hand it in."""

import ast

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.authoring.markers import SOLUTION, regions


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

    Raises
    ------
    KeyError
        If the catalogue has no function of that name.
    """
    for node in ast.parse(catalogue).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            node.name = target
            node.decorator_list = []
            if ast.get_docstring(node) is not None:
                # the docstring is the hint, which is not the student's
                node.body = node.body[1:] or [ast.Pass()]
            return ast.unparse(node)
    raise KeyError(name)


def solutions(notebook: Notebook) -> list[Cell]:
    """The cells that a student fills in, in order."""
    return notebook.having(Role.SOLUTION)

"""The text of a solution cell as a student of some kind would hand it in."""

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


def solutions(notebook: Notebook) -> list[Cell]:
    """The cells that a student fills in, in order."""
    return notebook.having(Role.SOLUTION)

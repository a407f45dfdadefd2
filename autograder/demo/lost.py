"""Which test cells a student of the sample class must lose, and why that is known."""

import ast
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.authoring.names import bound, used


@dataclass(frozen=True, slots=True)
class Lost:
    """The test cells of one notebook that a student loses; all others he must pass.

    Attributes
    ----------
    surely : frozenset of str
        The grade_ids of those that must be lost.
    perhaps : frozenset of str
        Those of which nothing is known.
    """

    surely: frozenset[str] = frozenset()
    perhaps: frozenset[str] = frozenset()


Loses = Callable[[Notebook], Lost]


def nothing(_notebook: Notebook) -> Lost:
    """What a student loses whose answers are right."""
    return Lost()


def everything(notebook: Notebook) -> Lost:
    """What a student loses who answers nothing, or only with errors."""
    return Lost(surely=frozenset(cell.grade_id for cell in notebook.having(Role.TESTS)))


def unknown(notebook: Notebook) -> Lost:
    """What a student loses of whose answers nothing is proven."""
    return Lost(perhaps=everything(notebook).surely)


def without(notebook: Notebook, stubs: Collection[str]) -> Lost:
    """What a student loses whose answers to some stubs fail whenever they are called.

    The tests of these stubs; those of other stubs perhaps, where an answer or a given cell calls
    one of these.
    """
    surely = {cell.grade_id for cell in notebook.having(Role.TESTS) if cell.target in stubs}
    broken = set(stubs)
    cells = [(bound(tree), used(tree)) for tree in map(_tree, _given_or_answered(notebook))]
    grew = True
    while grew:
        reached = {name for binds, reads in cells if reads & broken for name in binds}
        grew = not reached <= broken
        broken |= reached
    perhaps = {c.grade_id for c in notebook.having(Role.TESTS) if used(_tree(c)) & broken}
    return Lost(frozenset(surely), frozenset(perhaps - surely))


def declared(losses: Mapping[str, Collection[str]]) -> Loses:
    """What a student loses with mistakes of the catalogue, by notebook: what it declares."""

    def loses(notebook: Notebook) -> Lost:
        return Lost(surely=frozenset(losses.get(notebook.name, ())))

    return loses


def _given_or_answered(notebook: Notebook) -> list[Cell]:
    return notebook.having(Role.LOCKED, Role.SOLUTION)


def _tree(cell: Cell) -> ast.Module:
    return ast.parse(cell.source)

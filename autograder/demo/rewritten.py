"""A solution cell whose stub is answered by an entry of the catalogue."""

import ast
import copy
from collections.abc import Set

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.authoring.names import bound, used
from autograder.demo.answers import reference
from autograder.demo.catalogue_text import CatalogueText, touched
from autograder.demo.renamed import rename


def names_above(notebook: Notebook, cell: Cell) -> set[str]:
    """Names that the notebook has bound when a student comes to a solution cell."""
    above = notebook.cells[: notebook.cells.index(cell)]
    return {
        name
        for other in above
        if other.role in (Role.LOCKED, Role.SOLUTION)
        for name in bound(ast.parse(other.source))
    }


def rewritten(
    catalogue: CatalogueText, entry: str, cell: Cell, above: Set[str], *, value: bool
) -> str:
    """The cell as a student would hand it in whose answer is a catalogued one.

    What else the cell binds stays, such as a helper that is given inside it. What the catalogue
    defines beside the entry comes with it, but for names that the notebook itself binds: there,
    as in every proof, the notebook's count.

    Parameters
    ----------
    entry : str
        The catalogued function or class.
    above : set of str
        What `names_above` gives.
    value : bool
        Whether the stub is a value: the entry is then a function that returns it.

    Raises
    ------
    GraderError
        If the catalogue's text does not define the entry by its name.
    """
    target = cell.grade_id
    text = reference(cell)
    statements = ast.parse(text).body
    own = bound(ast.Module(statements, []))
    answer = [copy.deepcopy(node) for node in catalogue.needed(entry, above | own)]
    builds_on_it = any(target in used(node) for node in answer)
    alias = f"first_{target}"
    if builds_on_it and not value:
        # in the catalogue the stub's name is the reference; here it would call itself
        answer = [rename(node, {target: alias}) for node in answer]
    if not value:
        answer = [rename(node, {entry: target}) for node in answer]
    before, after = _beside(statements, target, whole=builds_on_it)
    lines = [_source(text, node) for node in before]
    if builds_on_it and not value:
        lines.append(f"{alias} = {target}")
    lines += [ast.unparse(node) for node in answer]
    if value:
        lines.append(f"{target} = {entry}()")
    lines += [_source(text, node) for node in after]
    return "\n\n\n".join([*catalogue.futures, *lines])


def _beside(
    statements: list[ast.stmt], target: str, *, whole: bool
) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """What stays of a solution cell before and after the answer.

    Parameters
    ----------
    whole : bool
        Whether the reference stays too, because the answer builds on it.
    """
    answering = [k for k, node in enumerate(statements) if target in touched(node)]
    # a statement may bind other names too, which others need
    if whole or any(bound(ast.Module([statements[k]], [])) - {target} for k in answering):
        place = answering[-1] + 1
        return statements[:place], statements[place:]
    first = answering[0]
    after = [node for k, node in enumerate(statements) if k > first and k not in answering]
    return statements[:first], after


def _source(text: str, node: ast.stmt) -> str:
    """The lines of a statement as they were written, with their decorators."""
    decorators = getattr(node, "decorator_list", [])
    if decorators:
        first = min(decorator.lineno for decorator in decorators)
        return "\n".join(text.split("\n")[first - 1 : node.end_lineno])
    return ast.get_source_segment(text, node) or ast.unparse(node)

"""The text of a catalogue as pieces that a student could have written."""

import ast
from collections.abc import Iterator, Set

from autograder.authoring.names import bound, used
from autograder.errors import GraderError

_MODULE = "autograder.catalogue"
_DECLARING = frozenset({"alternative", "misconception"})


class CatalogueText:
    """A catalogue's statements, without what declares their entries.

    Parameters
    ----------
    text : str
        The catalogue, which is valid Python.
    shown : str
        How messages name the file.

    Attributes
    ----------
    futures : list of str
        Its `from __future__` lines, which stand first in whatever is made of it.
    """

    def __init__(self, text: str, shown: str = "") -> None:
        self._shown = shown
        tree = ast.parse(text)
        self.futures = [ast.unparse(node) for node in tree.body if _imports(node, "__future__")]
        declaring = _Declaring()
        self._statements = [
            declaring.visit(node)
            for node in tree.body
            if not _imports(node, "__future__") and not declaring.learns(node)
        ]
        self._owners: dict[str, list[ast.stmt]] = {}
        for node in self._statements:
            for name in touched(node):
                self._owners.setdefault(name, []).append(node)

    def needed(self, name: str, bound_elsewhere: Set[str]) -> list[ast.stmt]:
        """The statements that define a name, and those they need, in order.

        Parameters
        ----------
        bound_elsewhere : set of str
            Names whose definitions here do not count.

        Raises
        ------
        GraderError
            If no statement binds the name.
        """
        if name not in self._owners:
            raise GraderError(
                f"{name!r} is declared, but no statement of the file binds it",
                file=self._shown,
                remedy="write it as a function with this name",
            )
        found = list(self._owners[name])
        for node in found:  # grows meanwhile
            for other in (used(node) & self._owners.keys()) - bound_elsewhere:
                found += [owner for owner in self._owners[other] if owner not in found]
        return [node for node in self._statements if node in found]


def touched(node: ast.stmt) -> set[str]:
    """Names that a statement binds or whose value it may change, at the top level."""
    names = bound(ast.Module([node], []))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return names
    return names | set(_changed(node))


def _changed(node: ast.stmt) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Subscript | ast.Attribute) and isinstance(inner.ctx, ast.Store):
            yield from used(inner.value)
        elif isinstance(inner, ast.Expr) and not isinstance(inner.value, ast.Constant):
            # `table.update(…)`, `fill(table)`: what a bare call reads it may write
            yield from used(inner.value)


def _imports(node: ast.stmt, module: str) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == module


class _Declaring(ast.NodeTransformer):
    """Takes out `@misconception(…)`, `alternative(…)(function)` and the hints."""

    def __init__(self) -> None:
        self._declaring = set[str]()
        self._marks = set[str]()

    def learns(self, node: ast.stmt) -> bool:
        """Whether a statement only brings what declares: an import, or a name for a mark."""
        if isinstance(node, ast.ImportFrom) and node.module == _MODULE:
            self._declaring |= {
                alias.asname or alias.name for alias in node.names if alias.name in _DECLARING
            }
            return True
        if isinstance(node, ast.Assign) and self._is_mark(node.value):
            self._marks |= bound(ast.Module([node], []))
            return True
        return False

    def _is_mark(self, node: ast.expr) -> bool:
        """Whether an expression is what declares the function that it is called with."""
        match node:
            case ast.Name(id=name):
                return name in self._marks
            case ast.Call(func=ast.Name(id=name)):
                return name in self._declaring
            case ast.Call(func=ast.Attribute(attr=name)):
                return name in _DECLARING
        return False

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """The function that a call declares, in the call's place."""
        if self._is_mark(node.func) and len(node.args) == 1:
            function: ast.AST = self.visit(node.args[0])
            return function
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """A function without what declares it."""
        return self._bare(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """A class without what declares it."""
        return self._bare(node)

    def _bare(self, node: ast.FunctionDef | ast.ClassDef) -> ast.AST:
        kept = [decorator for decorator in node.decorator_list if not self._is_mark(decorator)]
        if len(kept) < len(node.decorator_list) and ast.get_docstring(node) is not None:
            # the docstring is the hint, which is not the student's
            node.body = node.body[1:] or [ast.Pass()]
        node.decorator_list = kept
        self.generic_visit(node)
        return node

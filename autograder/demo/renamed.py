"""Other names in a piece of Python, where they mean the same thing."""

import ast
from collections.abc import Mapping
from typing import TypeVar

from autograder.authoring.names import bound

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Statement = TypeVar("_Statement", bound=ast.stmt)


def rename(node: _Statement, names: Mapping[str, str]) -> _Statement:
    """Rename what a module binds, wherever a statement of it defines or uses it.

    A parameter or a variable of a function that bears one of the names is another thing, and
    keeps it. The statement itself is changed.
    """
    renamed: _Statement = _Renaming(names).visit(node)
    return renamed


class _Renaming(ast.NodeTransformer):
    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self._names.get(node.id, node.id)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return self._function(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.name = self._names.get(node.name, node.name)
        # its methods are called by attribute, and keep their names
        methods = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
        return _without(self._names, methods).generic_visit(node)

    def _function(self, node: _Function) -> ast.AST:
        own = _own_names(node)
        if not isinstance(node, ast.Lambda):
            node.name = self._names.get(node.name, node.name)
            node.decorator_list = [self.visit(decorator) for decorator in node.decorator_list]
            node.body = [_without(self._names, own).visit(item) for item in node.body]
        else:
            node.body = _without(self._names, own).visit(node.body)
        # a default and an annotation are read outside the function
        self.generic_visit(node.args)
        return node


def _without(names: Mapping[str, str], own: set[str]) -> _Renaming:
    return _Renaming({name: new for name, new in names.items() if name not in own})


def _own_names(node: _Function) -> set[str]:
    spec = node.args
    arguments = (*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg)
    own = {argument.arg for argument in arguments if argument is not None}
    if isinstance(node, ast.Lambda):
        return own
    shared = {
        name
        for inner in ast.walk(node)
        if isinstance(inner, ast.Global | ast.Nonlocal)
        for name in inner.names
    }
    return own | (bound(ast.Module(node.body, [])) - shared)

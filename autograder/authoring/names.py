"""What a piece of Python binds and calls, read from its syntax tree."""

import ast
import builtins
from collections.abc import Iterator
from pathlib import Path

BUILTINS = frozenset(dir(builtins))


def bound(tree: ast.Module) -> set[str]:
    """Names that running a cell binds at its top level."""
    return {name for statement in tree.body for name in _bound_by(statement)}


def _bound_by(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
            return
        case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return
        case ast.Import() | ast.ImportFrom():
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0]
            return
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.ExceptHandler(name=str(name)):
            yield name
    for child in ast.iter_child_nodes(node):
        yield from _bound_by(child)


def used(tree: ast.AST) -> set[str]:
    """Names that a piece of code reads."""
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def imported_modules(tree: ast.Module) -> list[str]:
    """Modules that a cell imports at its top level, in order."""
    found: list[str] = []
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            found.extend(alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            found.append(statement.module)
    return found


def parameters(tree: ast.Module, function: str) -> tuple[str, ...] | None:
    """Parameters of a top-level function, in order; None if there is no such function."""
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef) and statement.name == function:
            spec = statement.args
            return tuple(arg.arg for arg in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs))
    return None


def trailing_value(tree: ast.Module) -> ast.expr | None:
    """The expression a cell ends in, which Jupyter shows and nbgrader reads as a score."""
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        return tree.body[-1].value
    return None


def is_check_call(value: ast.expr) -> bool:
    """Whether an expression is a call of a `check_…` function, which returns None."""
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Name)
        and value.func.id.startswith("check_")
    )


def public_names(package: Path) -> dict[str, str]:
    """Every public top-level name of a package's modules, and the module that defines it."""
    found: dict[str, str] = {}
    for path in sorted(package.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = package.name if path.stem == "__init__" else f"{package.name}.{path.stem}"
        found.setdefault(path.stem, package.name)
        for statement in tree.body:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                continue
            for name in _bound_by(statement):
                if not name.startswith("_"):
                    found.setdefault(name, module)
    return found

"""Private interfaces of others that a Python file uses, as far as its text tells.

Seen are private modules and names that are imported, private attributes that nothing of ours
defines, private methods of a foreign base class that a class of ours replaces, private modules in
texts, and modules that are kept from being imported. Not seen is what bears no underscore.
"""

import ast
import importlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGES = ("autograder", "course")
# documented, whatever they are called
DOCUMENTED = {"_exit", "_thread", "_asdict", "_fields", "_fields_", "_replace", "_make"}
_DOTTED = re.compile(r"[a-z]\w*(?:\.\w+)*\._[a-z]\w*(?:\.\w+)*")


def private_uses(file: Path, root: Path) -> set[str]:
    """Names and modules, such as `_get_score` and `torch._dynamo`."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    _drop_typing(tree)
    own = ours(root) | {name for name in _defined(tree) if _private(name)}
    uses = {*_imported(tree), *_attributes(tree, own), *_replaced(tree), *_named(tree)}
    return uses - DOCUMENTED


@cache
def ours(root: Path) -> frozenset[str]:
    """Every private name that our own packages define."""
    return frozenset(
        name
        for package in PACKAGES
        for file in (root / package).rglob("*.py")
        for name in _defined(ast.parse(file.read_text(encoding="utf-8")))
        if _private(name)
    )


def _private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in PACKAGES


def _defined(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Attribute(attr=name, ctx=ast.Store()) | ast.Name(id=name, ctx=ast.Store()):
                yield name


def _drop_typing(tree: ast.AST) -> None:
    """Leave out what only type checkers read: they say themselves when it is gone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            node.body = [ast.Pass()]


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if _hidden(alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module and not _is_ours(node.module):
            if _hidden(node.module):
                yield node.module
            yield from (alias.name for alias in node.names if _private(alias.name))


def _hidden(module: str) -> bool:
    return not _is_ours(module) and any(_private(part) for part in module.split("."))


def _attributes(tree: ast.AST, own: frozenset[str]) -> Iterator[str]:
    foreign = set(_bases(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _private(node.attr):
            on_a_module = isinstance(node.value, ast.Name) and node.value.id in foreign
            if on_a_module or node.attr not in own:
                yield node.attr


def _bases(tree: ast.AST) -> dict[str, tuple[str, str]]:
    """Names that are imported from others: their module, and their name in it."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not _is_ours(node.module):
            for alias in node.names:
                found[alias.asname or alias.name] = (node.module, alias.name)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if not _is_ours(alias.name):
                    found[alias.asname or alias.name.partition(".")[0]] = (alias.name, "")
    return found


def _replaced(tree: ast.AST) -> Iterator[str]:
    imported = _bases(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        bases = [_resolved(base, imported) for base in node.bases]
        for statement in node.body:
            for name in _defined(ast.Module([statement], [])):
                if _private(name) and any(hasattr(base, name) for base in bases if base):
                    yield name


def _resolved(base: ast.expr, imported: dict[str, tuple[str, str]]) -> object:
    """The foreign class that a base names; None for one of our own."""
    first, *rest = ast.unparse(base).split(".")
    if first not in imported:
        return None
    module, name = imported[first]
    found: object = importlib.import_module(module if name else first)
    for part in [name, *rest] if name else rest:
        found = getattr(found, part)
    return found


def _named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if _DOTTED.fullmatch(text) and _hidden(text):
                yield text
            case ast.Subscript(value=modules, slice=ast.Constant(value=str(name)), ctx=ast.Store()):
                if ast.unparse(modules) == "sys.modules":
                    yield name
            case ast.Call(func=ast.Attribute(value=modules, attr="setdefault")):
                if ast.unparse(modules) == "sys.modules":
                    yield str(ast.literal_eval(node.args[0]))


if __name__ == "__main__":
    here = Path(__file__).resolve().parent.parent
    for package in PACKAGES:
        for path in sorted((here / package).rglob("*.py")):
            for use in sorted(private_uses(path, here)):
                sys.stdout.write(f"{path.relative_to(here)}: {use}\n")

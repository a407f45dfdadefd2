"""Imports point one way, and a start is cheap."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# from primitives to the command line: a room may import those before it
LAYERS = [
    "errors",
    "files",
    "quick_start",
    "course_tree",
    "catalogue",
    "authoring",
    "intake",
    "collect",
    "feedback",
    "server",
    "sandbox",
    "wire",
    "worker",
    "diagnosis",
    "examiner",
    "release",
    "new",
    "grading",
    "report",
    "export",
    "verify",
    "publish",
    "demo",
    "cli",
    "__main__",
]


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


MODULES = sorted((ROOT / "autograder").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_rooms_before_it(path: Path) -> None:
    parts = path.relative_to(ROOT / "autograder").with_suffix("").parts
    if parts == ("__init__",):
        assert imports(path) == set()
        return
    mine = LAYERS.index(parts[0])
    for module in imports(path):
        if module.startswith("autograder."):
            assert LAYERS.index(room(module)) <= mine, f"{path.name} imports {module}"


def test_course_imports_neither_autograder_nor_anything_heavy() -> None:
    allowed = {"course", "numpy", "pandas", "matplotlib", "keras"} | set(sys.stdlib_module_names)
    for path in (ROOT / "course").rglob("*.py"):
        # one runs notebooks; the other's import happens only when IPython itself asks
        more = {"child.py": {"IPython", "traitlets"}, "_failure.py": {"IPython"}}
        foreign = {module.split(".")[0] for module in imports(path)} - allowed
        foreign -= more.get(path.name, set())
        assert not foreign, f"{path.name} imports {foreign}"


@pytest.mark.parametrize(
    "module",
    [
        "autograder.cli",
        "autograder.catalogue",
        # grading begins while nbgrader is still imported, and a build may have nothing to do
        "autograder.grading.command",
        "autograder.release.build",
        "course.checks",
        "course.keras_backend",
    ],
)
def test_a_start_imports_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


HEAVY = [
    "jax",
    "keras",
    "nbformat",
    "nbgrader",
    "jsonschema",
    "jupytext",
    "matplotlib",
    "pandas",
    "sqlalchemy",
]

"""A cell of the sample class with a catalogued answer is whole, and a student's."""

import ast
import builtins
import symtable
from typing import Any

import pytest

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.authoring.load import load
from autograder.authoring.names import bound
from autograder.authoring.parse import parse
from autograder.course_tree import CourseTree, NotebookPath
from autograder.demo.answers import reference, solutions
from autograder.demo.catalogue_text import CatalogueText
from autograder.demo.rewritten import names_above, rewritten
from autograder.errors import GraderError

COURSE = CourseTree.find(None)
PATHS = [path for name in COURSE.assignments() for path in COURSE.notebooks(name)]


def declared(catalogue: str) -> list[tuple[str, str]]:
    """Every catalogued function and the stub it answers, read from the text alone."""
    return [
        (node.name, str(decorator.args[0].value))
        for node in ast.parse(catalogue).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.args[0], ast.Constant)
    ]


def is_value(cell: Cell) -> bool:
    return not any(
        isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == cell.grade_id
        for node in ast.parse(cell.source).body
    )


def globals_of(text: str) -> set[str]:
    """Names that a text reads as globals, wherever in it."""

    def reads(table: symtable.SymbolTable, top: bool) -> set[str]:
        names = {
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_referenced() and (top or symbol.is_global())
        }
        return names.union(*(reads(child, False) for child in table.get_children()))

    return reads(symtable.symtable(text, "cell", "exec"), True)


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_every_catalogued_answer_becomes_a_whole_cell(path: NotebookPath) -> None:
    notebook = load(path, COURSE.root / "course")
    text = path.misconceptions.read_text(encoding="utf-8")
    catalogue, entries = CatalogueText(text), declared(text)
    assert len(entries) > 20
    given = {
        name
        for cell in notebook.having(Role.LOCKED, Role.SOLUTION)
        for name in bound(ast.parse(cell.source))
    }
    for name, target in entries:
        cell = notebook.cell(target)
        value = is_value(cell)
        written = rewritten(catalogue, name, cell, names_above(notebook, cell), value=value)
        tree = ast.parse(written)
        at = f"{path}: {name}\n{written}"
        # what the reference's cell binds is there for the cells below, such as a given helper
        assert bound(tree) >= bound(ast.parse(reference(cell))), at
        defined = [n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
        assert (target in defined) != value, at
        unknown = globals_of(written) - bound(tree) - given - set(dir(builtins))
        assert not unknown, f"{at}\nnobody defines {unknown}"
        # neither the hint nor the declaration, which names hidden tests, is the student's
        assert not {"misconception", "alternative", "autograder"} & globals_of(written), at
        assert not any(f"'{cell.grade_id}'" in written for cell in notebook.having(Role.TESTS)), at


def notebook_of(*cells: str) -> Notebook:
    return parse("\n\n".join(cells), assignment="week1", name="lesson", file="lesson.py")


def run(notebook: Notebook, catalogue: str, entry: str, target: str, value: bool) -> dict[str, Any]:
    """Run the notebook's cells with a catalogued answer in the place of one."""
    names: dict[str, Any] = {}
    for cell in notebook.having(Role.LOCKED, Role.SOLUTION):
        text = reference(cell) if cell in solutions(notebook) else cell.source
        if cell.grade_id == target:
            above = names_above(notebook, cell)
            text = rewritten(CatalogueText(catalogue), entry, cell, above, value=value)
        exec(text, names)  # noqa: S102 # our own text
    return names


GIVEN = """# %% locked="setup"
scale = 10

# %% solution="double"
def helper(n):
    return n

@staticmethod
def after(n):
    return helper(n)

def double(n):
    ### BEGIN SOLUTION
    twice = 2 * n
    ### END SOLUTION
    return twice

TABLE = {n: double(n) for n in range(3)}
"""
DECLARING = "from autograder.catalogue import alternative, misconception\n"


FORMS = {
    "again": "@alternative('double')\ndef again(n):\n return 0 if n == 0 else 2 + again(n - 1)",
    # a helper of a helper, filled by statements; one of them is an entry itself
    "leans": "import math\nPARTS = {}\nPARTS['two'] = 2\nPARTS.update(one=1)\n"
    "def two():\n return PARTS['two'] * PARTS['one']\n"
    "@misconception('double', loses=['x'])\ndef first(n):\n 'A hint.'\n return two() * n\n"
    "@alternative('double')\ndef leans(n):\n return math.floor(first(n))",
    "refines": "@alternative('double')\ndef refines(n):\n return double(double(n)) // 2",
    "shadowed": "@alternative('double')\ndef shadowed(n):\n"
    " def inner(double):\n  return double + n\n return inner(n)",
    "made": "def make(k):\n return lambda n: k * n\nmade = alternative('double')(make(2))",
    "kept": "import functools\nabout = alternative('double')\n"
    "@about\n@functools.cache\ndef kept(n):\n return n + n",
    "sees_helper": "def helper(n):\n 1 / 0\n"
    "@alternative('double')\ndef sees_helper(n):\n return helper(n) * 2",
    "Doubles": "@alternative('double')\nclass Doubles(int):\n"
    " def __new__(cls, n):\n  return int(n) * 2",
    "postponed": "@alternative('double')\ndef postponed(n: Undefined) -> Undefined:\n return n * 2",
}


@pytest.mark.parametrize("entry", FORMS)
def test_whatever_form_an_entry_has_its_cell_does_what_it_does(entry: str) -> None:
    future = "from __future__ import annotations\n" if entry == "postponed" else ""
    names = run(notebook_of(GIVEN), future + DECLARING + FORMS[entry], entry, "double", value=False)
    assert [names["double"](n) for n in (0, 3, 7)] == [0, 6, 14]
    assert names["helper"](5) == 5
    assert names["after"](5) == 5
    assert names["TABLE"] == {0: 0, 1: 2, 2: 4}


VALUE = """# %% locked="setup"
words = ["b", "a"]

# %% solution="order"
order = {"b": 0}
limit, order["c"] = 7, 3
### BEGIN SOLUTION
order.update(a=1)
### END SOLUTION
first = min(words)
"""


@pytest.mark.parametrize(
    ("entry", "body", "expected"),
    [
        ("anew", "{word: k for k, word in enumerate(words)}", {"b": 0, "a": 1}),
        ("changed", "{**order, 'a': 9}", {"b": 0, "a": 9, "c": 3}),
    ],
    ids=["written anew", "a change of the reference"],
)
def test_a_value_is_the_value_not_the_function_that_returns_it(
    entry: str, body: str, expected: dict[str, int]
) -> None:
    catalogue = f"{DECLARING}@alternative('order')\ndef {entry}():\n return {body}"
    names = run(notebook_of(VALUE), catalogue, entry, "order", value=True)
    assert names["order"] == expected
    assert names["limit"] == 7
    assert names["first"] == "a"


def test_an_answer_that_no_statement_defines_is_the_authors_to_write_out() -> None:
    catalogue = f"{DECLARING}globals()['hidden'] = alternative('double')(lambda n: 2 * n)"
    with pytest.raises(GraderError, match=r"'hidden' is declared, but no statement"):
        run(notebook_of(GIVEN), catalogue, "hidden", "double", value=False)

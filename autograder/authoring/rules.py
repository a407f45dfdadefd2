"""What the compiler refuses: mistakes that plain nbgrader lets pass in silence."""

import ast
import difflib
import re
from collections.abc import Mapping

from autograder.authoring import names
from autograder.authoring.cells import Cell, Notebook, Role
from autograder.authoring.markers import HIDDEN, SOLUTION, MarkerError, regions
from autograder.errors import GraderError


def check(notebook: Notebook, course_names: Mapping[str, str]) -> None:
    """Refuse a notebook that would leak, grade wrongly or not grade at all.

    Parameters
    ----------
    course_names : mapping
        Public names of the `course` package and the module of each.

    Raises
    ------
    GraderError
        For the first mistake found, with file, line and remedy.
    """
    for cell in notebook.cells:
        _check_markers(notebook, cell)
    trees = {cell.line: _tree(notebook, cell) for cell in notebook.cells if cell.kind == "code"}
    _check_ids(notebook)
    _check_solutions(notebook, trees, course_names)
    _check_tests(notebook, trees)
    _check_locked(notebook, trees)
    _check_pictures(notebook)


def _refuse(notebook: Notebook, line: int, message: str, remedy: str) -> GraderError:
    return GraderError(message, file=notebook.file, line=line, remedy=remedy)


def _tree(notebook: Notebook, cell: Cell) -> ast.Module:
    try:
        return ast.parse(cell.source)
    except SyntaxError as error:
        raise _refuse(
            notebook,
            cell.first_line + (error.lineno or 1) - 1,
            f"not valid Python: {error.msg}",
            "write plain Python; magics and shell lines do not run when grading",
        ) from None


def _check_markers(notebook: Notebook, cell: Cell) -> None:
    try:
        found = regions(cell.source)
    except MarkerError as error:
        raise _refuse(notebook, cell.first_line + error.offset, str(error), error.remedy) from None
    home = {SOLUTION: Role.SOLUTION, HIDDEN: Role.TESTS}
    for kind, begin, end in found:
        line = cell.first_line + begin
        if cell.role is not home[kind] and not (kind == SOLUTION and cell.role is Role.MANUAL):
            raise _refuse(
                notebook,
                line,
                f"a {kind} region in a {cell.role} cell",
                f"give the cell a `{home[kind]}=` role or drop the markers",
            )
        if not "\n".join(cell.source.split("\n")[begin + 1 : end]).strip():
            raise _refuse(notebook, line, f"an empty {kind} region", "fill it or drop the markers")
    if cell.role is Role.SOLUTION and not found:
        raise _refuse(
            notebook,
            cell.line,
            f"solution {cell.grade_id!r} has no solution region",
            "fence the answer with `### BEGIN SOLUTION` and `### END SOLUTION`; "
            "signature, docstring and return stay outside",
        )


def _check_ids(notebook: Notebook) -> None:
    seen: dict[str, int] = {}
    for cell in notebook.cells:
        if not cell.grade_id:
            continue
        if cell.grade_id in seen:
            raise _refuse(
                notebook,
                cell.line,
                f"grade_id {cell.grade_id!r} stands already on line {seen[cell.grade_id]}",
                'give this test another `idea="…"`'
                if cell.role is Role.TESTS
                else "choose another name",
            )
        seen[cell.grade_id] = cell.line


def _check_solutions(
    notebook: Notebook, trees: Mapping[int, ast.Module], course_names: Mapping[str, str]
) -> None:
    locked = {
        name: cell.grade_id
        for cell in notebook.having(Role.LOCKED)
        for name in names.bound(trees[cell.line])
    }
    owner: dict[str, str] = {}
    for cell in notebook.having(Role.SOLUTION):
        tree = trees[cell.line]
        bound = names.bound(tree)
        if cell.grade_id not in bound:
            raise _refuse(
                notebook,
                cell.line,
                f"solution {cell.grade_id!r} is not bound in its cell",
                f"name the role after what the cell defines: {', '.join(sorted(bound)) or '?'}",
            )
        for name in sorted(bound):
            if name in owner:
                raise _refuse(
                    notebook,
                    cell.line,
                    f"{name!r} is bound by the solution cells {owner[name]!r} "
                    f"and {cell.grade_id!r}",
                    "rename one: each name belongs to one solution",
                )
            owner[name] = cell.grade_id
            trusted = (
                f"the locked cell {locked[name]!r}"
                if name in locked
                else "Python's builtins"
                if name in names.BUILTINS
                else course_names.get(name)
            )
            if trusted:
                raise _refuse(
                    notebook,
                    cell.line,
                    f"{name!r} is also bound by {trusted}: a test would see that one, "
                    "not the student's",
                    "rename the stub",
                )
        for name in cell.mutates:
            if name not in (names.parameters(tree, cell.grade_id) or ()):
                raise _refuse(
                    notebook,
                    cell.line,
                    f"mutates={name!r} is no parameter of {cell.grade_id!r}",
                    "name a parameter of the function",
                )


def _check_tests(notebook: Notebook, trees: Mapping[int, ast.Module]) -> None:
    before: list[str] = []
    every = [cell.grade_id for cell in notebook.having(Role.SOLUTION)]
    for cell in notebook.cells:
        if cell.role is Role.SOLUTION:
            before.append(cell.grade_id)
        if cell.role is not Role.TESTS:
            continue
        if cell.target not in every:
            near = difflib.get_close_matches(cell.target, every, n=1)
            raise _refuse(
                notebook,
                cell.line,
                f'tests="{cell.target}" names no solution',
                f'did you mean "{near[0]}"?' if near else f"solutions: {', '.join(every)}",
            )
        if cell.target not in before:
            raise _refuse(
                notebook,
                cell.line,
                f"{cell.grade_id!r} stands before the solution it tests",
                "move it below",
            )
        if not trees[cell.line].body:
            raise _refuse(notebook, cell.line, f"{cell.grade_id!r} tests nothing", "write a check")
        for text in (cell.source, cell.visible):
            try:
                value = names.trailing_value(ast.parse(text))
            except SyntaxError:
                raise _refuse(
                    notebook,
                    cell.line,
                    f"{cell.grade_id!r} is not valid Python without its hidden region",
                    "let the region hold whole statements",
                ) from None
            if value is not None and not names.is_check_call(value):
                raise _refuse(
                    notebook,
                    cell.line,
                    f"{cell.grade_id!r} ends in a value, which nbgrader reads as a score "
                    "(False and 0.5 get full marks)",
                    "end it in a `check_…(…)` call or an assignment",
                )


def _check_locked(notebook: Notebook, trees: Mapping[int, ast.Module]) -> None:
    solutions = {
        name for cell in notebook.having(Role.SOLUTION) for name in names.bound(trees[cell.line])
    }
    for cell in notebook.having(Role.LOCKED):
        called = sorted(names.used(trees[cell.line]) & solutions)
        if called:
            raise _refuse(
                notebook,
                cell.line,
                f"the locked cell {cell.grade_id!r} uses the student's {called[0]!r}, "
                "but locked cells also run where tests are kept",
                f'make it `show="{cell.grade_id}"`',
            )


def _check_pictures(notebook: Notebook) -> None:
    shows = [cell.grade_id for cell in notebook.having(Role.SHOW)]
    for cell in notebook.cells:
        if not cell.picture:
            continue
        if cell.picture not in shows:
            raise _refuse(
                notebook,
                cell.line,
                f'picture="{cell.picture}" names no show cell',
                f"show cells: {', '.join(shows) or '(none)'}",
            )
        if not re.search(rf"!\[[^\]]*\w[^\]]*\]\(attachment:{cell.picture}\.png\)", cell.source):
            raise _refuse(
                notebook,
                cell.line,
                f"the text does not place the picture {cell.picture!r}",
                f"write `![what it shows](attachment:{cell.picture}.png)`, with words for "
                "those who cannot see it",
            )

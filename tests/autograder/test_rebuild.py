"""A submission keeps its answers and its own cells, and nothing else."""

from collections.abc import Callable

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.authoring.compile import compile_file
from autograder.course_tree import CourseTree
from autograder.intake.rebuild import rebuild

Change = Callable[[list[NotebookNode]], None]


@pytest.fixture
def source(mini: CourseTree) -> NotebookNode:
    (path,) = mini.notebooks()
    path.text.write_text(
        path.text.read_text(encoding="utf-8").replace(
            '# %% show="bars"', '# %%\nscratch = 1\n# %% show="bars"'
        ),
        encoding="utf-8",
    )
    return nbformat.reads(compile_file(path, mini.root / "course"), as_version=4)


def at(notebook: NotebookNode, cell_id: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == cell_id)


def position(notebook: NotebookNode, text: str) -> int:
    return next(i for i, cell in enumerate(notebook.cells) if cell.source == text)


def submit(source: NotebookNode, change: Change) -> NotebookNode:
    submitted = nbformat.from_dict(source)
    submitted.cells = [NotebookNode(nbformat.from_dict(cell)) for cell in source.cells]
    at(submitted, "double").source = "def double(X): return 'mine'"
    change(submitted.cells)
    stubs = {"double": "stub of double", "row_sums": "stub of row_sums"}
    cells = rebuild(submitted.cells, source.cells, stubs)
    return nbformat.from_dict({**source, "cells": cells})


def texts(notebook: NotebookNode) -> dict[str, str]:
    return {cell.id: cell.source for cell in notebook.cells}


def test_an_honest_submission_is_the_source_with_its_answers(source: NotebookNode) -> None:
    rebuilt = submit(source, lambda _cells: None)
    assert texts(rebuilt) == {**texts(source), "double": "def double(X): return 'mine'"}
    nbformat.validate(rebuilt)


def by_id(cells: list[NotebookNode], cell_id: str) -> int:
    return next(i for i, cell in enumerate(cells) if cell.id == cell_id)


def delete_test(cells: list[NotebookNode]) -> None:
    del cells[by_id(cells, "test-double")]


def edit_test(cells: list[NotebookNode]) -> None:
    cells[by_id(cells, "test-double")].source = "pass"


def raise_points(cells: list[NotebookNode]) -> None:
    cells[by_id(cells, "test-double")].metadata.nbgrader.points = 1000


def ungrade(cells: list[NotebookNode]) -> None:
    cells[by_id(cells, "test-double")].metadata.nbgrader.grade = False


def to_markdown(cells: list[NotebookNode]) -> None:
    i = by_id(cells, "test-double")
    cells[i] = new_markdown_cell(cells[i].source, metadata=cells[i].metadata, id="test-double")


def tag(cells: list[NotebookNode]) -> None:
    cells[by_id(cells, "test-double")].metadata.tags = ["raises-exception"]


def move_tests_up(cells: list[NotebookNode]) -> None:
    cells.insert(0, cells.pop(by_id(cells, "test-double")))


def duplicate_answer(cells: list[NotebookNode]) -> None:
    again = NotebookNode(nbformat.from_dict(cells[by_id(cells, "double")]))
    again.source = "def double(X): return 'a second one'"
    cells.append(again)


def edit_setup(cells: list[NotebookNode]) -> None:
    cells[by_id(cells, "setup")].source = "np = None"


def forget_all_ids(cells: list[NotebookNode]) -> None:
    for number, cell in enumerate(cells):
        cell.id = f"other-{number}"


@pytest.mark.parametrize(
    "change",
    [
        delete_test,
        edit_test,
        raise_points,
        ungrade,
        to_markdown,
        tag,
        move_tests_up,
        duplicate_answer,
        edit_setup,
        forget_all_ids,
    ],
)
def test_a_change_to_what_is_not_theirs_is_undone(source: NotebookNode, change: Change) -> None:
    assert submit(source, change) == submit(source, lambda _cells: None)


def test_a_missing_answer_is_the_stub(source: NotebookNode) -> None:
    def delete(cells: list[NotebookNode]) -> None:
        del cells[by_id(cells, "row-sums")]

    assert at(submit(source, delete), "row-sums").source == "stub of row_sums"


def test_swapped_ids_give_each_answer_to_the_stub_it_claims(source: NotebookNode) -> None:
    def swap(cells: list[NotebookNode]) -> None:
        one, two = cells[by_id(cells, "double")], cells[by_id(cells, "row-sums")]
        one.metadata.nbgrader.grade_id, two.metadata.nbgrader.grade_id = "row_sums", "double"

    assert at(submit(source, swap), "row-sums").source == "def double(X): return 'mine'"


def test_added_cells_stay_where_they_stood_without_their_metadata(source: NotebookNode) -> None:
    def add(cells: list[NotebookNode]) -> None:
        cells.insert(by_id(cells, "double"), new_code_cell("helper = 1", metadata={"tags": ["x"]}))
        cells.insert(0, new_markdown_cell("On top"))

    rebuilt = submit(source, add)
    assert position(rebuilt, "On top") == 0
    assert rebuilt.cells[position(rebuilt, "helper = 1") - 1].id == "setup"
    assert rebuilt.cells[position(rebuilt, "helper = 1")].metadata == {}
    assert len(rebuilt.cells) == len(source.cells) + 2
    nbformat.validate(rebuilt)


def test_an_added_cell_that_claims_to_be_graded_is_just_a_cell(source: NotebookNode) -> None:
    def add(cells: list[NotebookNode]) -> None:
        meta = {"nbgrader": {"grade_id": "bonus", "grade": True, "points": 99, "solution": False}}
        cells.append(new_code_cell("1", metadata=meta))

    assert submit(source, add).cells[-1].metadata == {}


def test_the_text_of_a_free_cell_is_theirs(source: NotebookNode) -> None:
    def edit(cells: list[NotebookNode]) -> None:
        next(cell for cell in cells if cell.source == "scratch = 1").source = "scratch = 2"

    assert position(submit(source, edit), "scratch = 2") == position(source, "scratch = 1")


@pytest.mark.parametrize("meta", [None, [], "x", {"grade_id": ["double"]}], ids=str)
def test_junk_in_nbgraders_place_is_ignored(source: NotebookNode, meta: object) -> None:
    def junk(cells: list[NotebookNode]) -> None:
        cells.append(new_code_cell("1"))
        cells[-1].metadata = {"nbgrader": meta}

    assert submit(source, junk).cells[-1].source == "1"

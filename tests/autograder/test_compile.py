import json
from collections.abc import Callable

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from autograder.authoring.compile import compile_file
from autograder.course_tree import CourseTree

Edit = Callable[[str, str], None]


def build(mini: CourseTree) -> str:
    (path,) = mini.notebooks()
    return compile_file(path, mini.root / "course")


def cells(mini: CourseTree) -> dict[str, nbformat.NotebookNode]:
    notebook = nbformat.reads(build(mini), as_version=4)
    return {cell.id: cell for cell in notebook.cells}


def test_the_notebook_is_valid_for_nbformat_and_nbgrader(mini: CourseTree) -> None:
    notebook = nbformat.reads(build(mini), as_version=4)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    assert {
        cell.metadata.nbgrader.schema_version
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
    } == {3}


def test_building_twice_gives_the_same_bytes(mini: CourseTree) -> None:
    assert build(mini) == build(mini)


def test_nothing_of_a_session_stays_in_the_notebook(mini: CourseTree) -> None:
    raw = json.loads(build(mini))
    code = [cell for cell in raw["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert set(raw["metadata"]) == {"kernelspec", "language_info", "course"}
    assert raw["metadata"]["language_info"] == {"name": "python"}


@pytest.mark.parametrize(
    ("cell_id", "expected"),
    [
        pytest.param("setup", (False, False, True, None), id="locked"),
        pytest.param("double", (False, True, False, None), id="solution"),
        pytest.param("test-double", (True, False, True, 1), id="tests"),
        pytest.param("test-row-sums-refuses-vectors", (True, False, True, 0.5), id="idea"),
        pytest.param("bars", (False, False, True, None), id="show"),
        pytest.param("why-rows", (True, True, False, 0.5), id="manual"),
    ],
)
def test_a_role_becomes_nbgraders_metadata(
    mini: CourseTree, cell_id: str, expected: tuple[bool, bool, bool, float | None]
) -> None:
    meta = cells(mini)[cell_id].metadata.nbgrader
    assert (meta.grade, meta.solution, meta.locked, meta.get("points")) == expected
    assert meta.grade_id == cell_id.replace("-", "_")


def test_what_only_our_compiler_knows_stays_out_of_nbgraders_metadata(mini: CourseTree) -> None:
    cell = cells(mini)["test-double-integers"]
    assert cell.metadata.course == {
        "role": "tests",
        "idea": "integers",
        "hint": "What is the dtype of 2 * X if X holds integers?",
    }
    assert set(cell.metadata.nbgrader) == {
        "grade",
        "grade_id",
        "locked",
        "points",
        "schema_version",
        "solution",
        "task",
    }


def test_only_a_cell_whose_tests_are_all_hidden_says_so(mini: CourseTree) -> None:
    said = {name: cell.source.split("\n")[0] for name, cell in cells(mini).items()}
    assert said["test-double-integers"] == "# Checked when graded: double, integers."
    assert said["test-row-sums"].startswith("check_array(")


def test_an_inserted_cell_keeps_the_ids_below_it(mini: CourseTree, edit: Edit) -> None:
    before = list(cells(mini))
    edit("# %% locked", "# %% [markdown]\n# New words.\n# %% locked")
    after = list(cells(mini))
    assert [name for name in after if name in before] == before
    assert len(after) == len(before) + 1


def test_equal_cells_get_ids_of_their_own(mini: CourseTree, edit: Edit) -> None:
    edit("# %% locked", "# %% [markdown]\n# Same.\n# %% [markdown]\n# Same.\n# %% locked")
    notebook = nbformat.reads(build(mini), as_version=4)
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))

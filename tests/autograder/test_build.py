import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course_tree import CourseTree
from autograder.errors import GraderError
from autograder.release.build import build, stale_files

Edit = Callable[[str, str], None]
BUILT = ["release/week1/scale.ipynb", "source/week1/scale.ipynb"]


def snapshot(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for top in ("source", "release")
        for path in sorted((root / top).rglob("*"))
        if path.is_file()
    }


def test_a_first_build_writes_both_notebooks_and_a_second_nothing(mini: CourseTree) -> None:
    assert [stale.file for stale in build(mini)] == BUILT
    assert build(mini) == []


def test_a_check_writes_nothing_and_names_what_is_stale(mini: CourseTree, edit: Edit) -> None:
    build(mini)
    edit("Return 2 X as float64.", "Return twice X as float64.")
    before = snapshot(mini.root)
    stale = stale_files(mini)
    assert [file.file for file in stale] == BUILT
    assert {file.reason for file in stale} == {"differs from its source"}
    assert snapshot(mini.root) == before


def test_a_text_that_does_not_compile_leaves_every_built_file_alone(
    mini: CourseTree, edit: Edit
) -> None:
    build(mini)
    edit("### END HIDDEN TESTS\n# %% solution", "### END HIDDEN TEST\n# %% solution")
    before = snapshot(mini.root)
    with pytest.raises(GraderError, match="looks like a marker"):
        build(mini)
    assert snapshot(mini.root) == before


def test_the_release_holds_no_answer_no_hidden_test_and_no_extra_file(mini: CourseTree) -> None:
    (mini.root / "source/week1/helper.txt").write_text("for students", encoding="utf-8")
    (mini.root / "source/week1/misconceptions/notes.md").write_text("secret", encoding="utf-8")
    build(mini)
    released = snapshot(mini.root / "release" / "..")
    files = sorted(name for name in released if name.startswith("release/"))
    assert files == ["release/week1/helper.txt", "release/week1/scale.ipynb"]
    text = released["release/week1/scale.ipynb"].decode()
    for secret in (
        "2.0 * np.asarray",
        "-18.0",
        "HIDDEN TESTS",
        "SOLUTION",
        "dtype of 2",
        "A row is",
    ):
        assert secret not in text
    assert "Checked when graded: double, integers." in text
    assert '"course"' not in text


def test_a_file_nothing_builds_is_removed_from_release(mini: CourseTree) -> None:
    build(mini)
    stray = mini.root / "release/week1/old.ipynb"
    stray.write_text("{}", encoding="utf-8")
    (stale,) = build(mini)
    assert (stale.file, stale.reason) == ("release/week1/old.ipynb", "has no source")
    assert not stray.exists()


def test_a_hand_made_notebook_in_source_is_refused_not_removed(mini: CourseTree) -> None:
    build(mini)
    mine = mini.root / "source/week1/mine.ipynb"
    shutil.copy(mini.root / "source/week1/scale.ipynb", mine)
    with pytest.raises(GraderError, match=r"source/week1/mine\.ipynb: .*no text source") as caught:
        build(mini)
    assert "jupytext --to py:percent" in caught.value.remedy
    assert mine.exists()


def test_an_edited_built_notebook_is_not_overwritten(mini: CourseTree) -> None:
    build(mini)
    notebook = mini.root / "source/week1/scale.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("You should", "x").replace("Scale", "Scaling", 1), "utf-8")
    with pytest.raises(GraderError, match="was edited by hand") as caught:
        build(mini)
    assert "source/week1/scale.py" in caught.value.remedy
    assert "Scaling" in notebook.read_text(encoding="utf-8")
    assert [stale.file for stale in build(mini, overwrite=True)] == ["source/week1/scale.ipynb"]


def test_outputs_saved_into_a_built_notebook_are_no_edit(mini: CourseTree) -> None:
    build(mini)
    notebook = mini.root / "source/week1/scale.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace('"execution_count": null', '"execution_count": 3'), "utf-8")
    assert [stale.file for stale in build(mini)] == ["source/week1/scale.ipynb"]


def test_an_unknown_assignment_is_named_with_those_there_are(mini: CourseTree) -> None:
    with pytest.raises(GraderError, match="no assignment 'week2'") as caught:
        build(mini, "week2")
    assert caught.value.remedy == "choose from: week1"

"""One assignment or one notebook of it can be named; the rest is neither built nor judged."""

import re
import shutil
from collections.abc import Callable

import pytest
from verifying import give_the_right_shape

from autograder.course_tree import CourseTree
from autograder.errors import GraderError
from autograder.release.build import build, stale_files
from autograder.verify.command import run

Edit = Callable[[str, str], None]
PART = ["release/week1/scale.ipynb", "source/week1/scale.ipynb"]


@pytest.fixture
def pair(mini: CourseTree) -> CourseTree:
    """The small course with a second notebook in its assignment and a README's table."""
    give_the_right_shape(mini)
    week = mini.root / "source" / "week1"
    shutil.copy(week / "scale.py", week / "stretch.py")
    table = "<!-- course-table -->\n<!-- /course-table -->\n"
    (mini.root / "README.md").write_text(table, encoding="utf-8")
    return mini


def test_one_notebook_is_built_alone(pair: CourseTree) -> None:
    said: list[str] = []
    assert [stale.file for stale in build(pair, "week1/scale", progress=said.append)] == PART
    assert said == ["week1/scale"]
    assert not (pair.root / "source/week1/stretch.ipynb").exists()
    assert len([stale.file for stale in build(pair)]) == 3


def test_a_check_of_one_notebook_is_blind_to_the_others(pair: CourseTree, edit: Edit) -> None:
    build(pair)
    edit("Return 2 X as float64.", "Return twice X as float64.")
    assert stale_files(pair, "week1/stretch") == []
    assert [stale.file for stale in stale_files(pair, "week1/scale")] == PART


def test_one_notebook_is_built_while_another_does_not_compile(pair: CourseTree) -> None:
    (pair.root / "source/week1/stretch.py").write_text("# %% nonsense=1\n", encoding="utf-8")
    assert [stale.file for stale in build(pair, "week1/scale")] == PART
    with pytest.raises(GraderError):
        build(pair, "week1")


def test_one_notebook_is_verified_alone(
    pair: CourseTree, capfd: pytest.CaptureFixture[str]
) -> None:
    build(pair, "week1/scale")
    # stretch is not built and catalogues nothing: with it, verify fails
    assert run(pair.root, "week1/scale", 1, None)
    said = capfd.readouterr().out
    assert "week1/scale" in said
    assert "stretch" not in said
    assert "1 notebooks, 4 test cells" in said


@pytest.mark.parametrize(
    ("which", "message", "remedy"),
    [
        pytest.param("week3", "no assignment 'week3'", "choose from: week1", id="no such week"),
        pytest.param("", "no assignment ''", "choose from: week1", id="empty"),
        pytest.param(
            "week1/scael", "no notebook 'week1/scael'", "did you mean week1/scale?", id="misspelt"
        ),
        pytest.param(
            "weke1/stretch", "no notebook 'weke1", "did you mean week1/stretch?", id="other week"
        ),
        pytest.param("scale", "no assignment 'scale'", "mean week1/scale?", id="notebook alone"),
        pytest.param(
            "source/week1/scale.py", "no notebook 'source", "mean week1/scale?", id="a file"
        ),
        pytest.param("week1/", "no notebook 'week1/'", "did you mean week1?", id="a folder"),
        pytest.param(
            "week1/svm_loss",
            "no notebook 'week1/svm_loss'",
            "choose from: week1/scale, week1/stretch",
            id="nothing near",
        ),
        pytest.param("week1/scale/1", "no notebook", "did you mean week1/scale", id="too deep"),
    ],
)
def test_what_there_is_not_is_refused_with_what_comes_near(
    pair: CourseTree, which: str, message: str, remedy: str
) -> None:
    with pytest.raises(GraderError, match=message) as caught:
        pair.select(which)
    assert remedy in caught.value.remedy


@pytest.mark.parametrize(
    "which",
    ["gd", "week2_gradient_descent/gd.ipynb", "source/week2_gradient_descent/gd.py"],
    ids=["name", "notebook", "text"],
)
def test_a_notebooks_bare_name_and_its_file_lead_to_it(pair: CourseTree, which: str) -> None:
    week = pair.root / "source" / "week2_gradient_descent"
    week.mkdir()
    shutil.copy(pair.root / "source/week1/scale.py", week / "gd.py")
    with pytest.raises(GraderError) as caught:
        pair.select(which)
    assert caught.value.remedy == "did you mean week2_gradient_descent/gd?"


def test_where_a_whole_assignment_is_needed_a_notebook_is_refused(pair: CourseTree) -> None:
    with pytest.raises(GraderError, match="no assignment 'week1/scale'"):
        pair.notebooks("week1/scale")


@pytest.mark.parametrize("name", ["build", "verify"])
def test_the_help_teaches_how_to_name_a_notebook(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from autograder.cli import main

    with pytest.raises(SystemExit):
        main([name, "--help"])
    said = capsys.readouterr().out
    assert "ASSIGNMENT[/NOTEBOOK]" in said
    assert "day01_numpy/broadcasting" in said


def test_a_notebook_whose_framework_is_missing_is_left_out_with_a_word(
    pair: CourseTree, capsys: pytest.CaptureFixture[str]
) -> None:
    build(pair)
    built = pair.root / "source/week1/scale.ipynb"
    text = built.read_text(encoding="utf-8").replace("import numpy as np", "import no_such_package")
    built.write_text(text, encoding="utf-8")
    with pytest.raises(GraderError, match="needs no_such_package, which is not installed"):
        run(pair.root, "week1/scale", 1, None)
    run(pair.root, None, 1, None)
    said = capsys.readouterr().out
    assert re.search(r"week1/scale +left out: no_such_package not installed", said)
    assert "1 notebooks, 4 test cells" in said

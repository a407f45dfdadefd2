"""A notebook begun with `autograder new` is whole and proven, and nothing is overwritten."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring.load import load
from autograder.course_tree import CourseTree
from autograder.errors import GraderError
from autograder.new.scaffold import begin
from autograder.release.build import build
from autograder.release.course_table import stated
from autograder.verify.prove import prove

Command = Callable[..., subprocess.CompletedProcess[str]]
NAME = "day08_topic/first_steps"


def files(tree: CourseTree) -> set[str]:
    return {
        path.relative_to(tree.root).as_posix()
        for path in (tree.root / "source").rglob("*")
        if path.is_file()
    }


def test_it_builds_and_every_test_is_proven(
    mini: CourseTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    path = begin(mini, NAME)
    build(mini, NAME)
    proof = prove(path, thorough=True)
    assert proof.failures == ()
    assert proof.thorough is not None
    assert proof.thorough.unnoticed == ()
    assert (proof.stubs, proof.tests, proof.misconceptions, proof.alternatives) == (1, 2, 4, 1)


def test_it_has_a_title_and_every_role_of_a_cell(mini: CourseTree) -> None:
    path = begin(mini, NAME)
    notebook = load(path, mini.root / "course")
    assert stated(notebook) == ("First steps", 10, 4.0)
    roles = {cell.role.value for cell in notebook.cells}
    assert roles >= {"solution", "tests", "locked", "show", "manual"}
    assert any(cell.picture for cell in notebook.cells)
    assert str(path) in path.misconceptions.read_text(encoding="utf-8")


def test_a_further_notebook_of_an_assignment_leaves_the_others_alone(mini: CourseTree) -> None:
    before = files(mini)
    text = (mini.root / "source" / "week1" / "scale.py").read_bytes()
    begin(mini, "week1/shift")
    new = {"source/week1/shift.py", "source/week1/misconceptions/shift.py"}
    assert files(mini) == before | new
    assert (mini.root / "source" / "week1" / "scale.py").read_bytes() == text


@pytest.mark.parametrize(
    "there",
    [
        "source/day08_topic/first_steps.py",
        "source/day08_topic/misconceptions/first_steps.py",
        "source/day08_topic/first_steps.ipynb",
        "release/day08_topic/first_steps.ipynb",
    ],
)
def test_nothing_is_overwritten(mini: CourseTree, there: str) -> None:
    file = mini.root / there
    file.parent.mkdir(parents=True)
    file.write_text("mine", encoding="utf-8")
    before = files(mini)
    with pytest.raises(GraderError, match="is there already") as caught:
        begin(mini, NAME)
    assert caught.value.file == there
    assert files(mini) == before
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("day08_topic", "such as day08_topic/notebook"),
        ("source/day08_topic/steps.py", "did you mean day08_topic/steps?"),
        ("Day08 Topic/First-Steps", "did you mean day08_topic/first_steps?"),
        ("../elsewhere/steps", "such as day08_topic/notebook"),
        ("day08_topic/a/b", "such as day08_topic/notebook"),
        ("day08_topic/", "such as day08_topic/notebook"),
        ("8_topic/steps", "such as day08_topic/notebook"),
        ("주제/steps", "such as day08_topic/notebook"),
        (f"day08_topic/{'a' * 51}", "such as day08_topic/notebook"),
    ],
    ids=[
        "no notebook",
        "a file's name",
        "a title",
        "a way out of the course",
        "too deep",
        "no name",
        "a digit first",
        "not ASCII",
        "too long",
    ],
)
def test_an_unclear_name_is_refused_with_a_better_one(
    mini: CourseTree, name: str, said: str
) -> None:
    before = files(mini)
    with pytest.raises(GraderError, match="does not name a notebook") as caught:
        begin(mini, name)
    assert caught.value.remedy.endswith(said)
    assert files(mini) == before


def test_the_command_says_what_it_wrote_and_what_comes_next(
    mini: CourseTree, command: Command
) -> None:
    before = files(mini)
    done = command("autograder", "new", NAME, cwd=mini.root)
    assert done.returncode == 0, done.stderr
    written = set(re.findall(r"^written  (\S+)", done.stdout, re.MULTILINE))
    assert written == files(mini) - before
    steps = re.findall(r"^  (\S.*?) +# ", done.stdout, re.MULTILINE)
    assert steps == [
        f"autograder build {NAME}",
        f"autograder verify {NAME}",
        f"jupyter lab release/{NAME}.ipynb",
    ]

    again = command("autograder", "new", NAME, cwd=mini.root)
    assert again.returncode == 1
    assert "is there already" in again.stderr


def test_from_another_folder_the_course_is_named(mini: CourseTree, command: Command) -> None:
    done = command("autograder", "new", NAME, cwd=mini.root / "source")
    assert done.returncode == 0, done.stderr
    assert f"  cd {mini.root}\n" in done.stdout
    assert Path(mini.root / "source/day08_topic/first_steps.py").is_file()

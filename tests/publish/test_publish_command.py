"""`autograder publish` as an instructor types it, and the edition as a student meets it."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from own_gradebook import copy_config

from autograder.authoring.load import load
from autograder.cli import main
from autograder.course_tree import CourseTree
from autograder.demo.answers import reference, solutions
from autograder.publish.secrets import Secrets

ROOT = Path(__file__).resolve().parents[2]
Command = Callable[..., subprocess.CompletedProcess[str]]


def test_a_zip_alone_writes_a_zip_alone(
    whole: CourseTree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "students.zip"
    assert main(["--course", str(whole.root), "publish", "--zip", str(target)]) == 0
    said = capsys.readouterr().out
    assert "no answer, no hidden test, no catalogued mistake" in said
    assert "Keep it private" in said
    with zipfile.ZipFile(target) as archive:
        assert "deep-learning-basics/notebooks/week1/scale.ipynb" in archive.namelist()
    assert not (whole.root / "build/students").exists()


def test_a_secret_stops_it_before_anything_is_written(
    whole: CourseTree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "course"
    shutil.copytree(whole.root, root, symlinks=True)
    (root / "data").unlink()
    shutil.copytree(ROOT / "data", root / "data")
    with (root / "data/README.md").open("a", encoding="utf-8") as file:
        file.write("\nYou sum over the wrong axis.\nWhich axis holds the examples?\n")
    target = tmp_path / "out"
    assert main(["--course", str(root), "publish", "--into", str(target), "--git"]) == 1
    said = capsys.readouterr().err
    assert "nothing was published, for students would read" in said
    assert "course/_data/README.md shows 'You sum over the wrong axis." in said
    assert "misconceptions/scale.py (sums_columns)" in said
    assert not target.exists()


def test_the_course_itself_is_no_place_for_it(
    whole: CourseTree, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in (whole.root, whole.root.parent):
        assert main(["--course", str(whole.root), "publish", "--into", str(place)]) == 1
        assert "holds the course itself" in capsys.readouterr().err


def test_an_unknown_assignment_is_named(
    whole: CourseTree, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--course", str(whole.root), "publish", "week2"]) == 1
    assert "there is no assignment 'week2'" in capsys.readouterr().err


@pytest.mark.whole_course
def test_nothing_of_the_real_course_is_told(tmp_path: Path) -> None:
    target = tmp_path / "students"
    assert main(["--course", str(ROOT), "publish", "--into", str(target)]) == 0
    files = {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file() and path.name != ".edition.json"
    }
    assert list(Secrets.of(CourseTree(ROOT)).leaks(files)) == []
    assert sum(name.endswith(".ipynb") for name in files) == len(CourseTree(ROOT).notebooks())


@pytest.mark.whole_course
def test_in_a_fresh_environment_it_opens_runs_checks_and_submits(
    tmp_path: Path, command: Command
) -> None:
    tree = CourseTree(ROOT)
    archive = tmp_path / "students.zip"
    assert main(["--course", str(ROOT), "publish", "day01_numpy", "--zip", str(archive)]) == 0
    shutil.unpack_archive(archive, tmp_path)
    desk = tmp_path / "deep-learning-basics"
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}

    def student(*words: str, cwd: Path = desk) -> subprocess.CompletedProcess[str]:
        python = [str(desk / ".venv/bin/python"), *words]
        return subprocess.run(
            python, cwd=cwd, env=environment, capture_output=True, text=True, check=False
        )

    # the words of the README
    subprocess.run([sys.executable, "-m", "venv", ".venv"], cwd=desk, env=environment, check=True)
    done = student("-m", "pip", "install", "--quiet", "jupyterlab", "-r", "requirements.txt")
    assert done.returncode == 0, done.stderr
    absent = (
        "from importlib.util import find_spec\n"
        "print([name for name in ('autograder', 'nbgrader') if find_spec(name)])"
    )
    assert student("-c", absent, cwd=tmp_path).stdout.strip() == "[]"

    # open and run: stubs fail, and nothing else does
    notebooks = desk / "notebooks" / "day01_numpy"
    done = student(
        "-m", "nbconvert", "--to", "notebook", "--execute", "--allow-errors",
        "--output-dir", str(tmp_path / "run"), str(notebooks / "score_function.ipynb"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ran = json.loads((tmp_path / "run/score_function.ipynb").read_text(encoding="utf-8"))
    errors = {out.get("ename") for cell in ran["cells"] for out in cell.get("outputs", ())}
    assert "NotImplementedError" in errors
    assert not errors & {"ModuleNotFoundError", "ImportError", "FileNotFoundError"}

    assert student("-m", "course", "check", "notebooks").returncode == 1
    for path in tree.notebooks("day01_numpy"):
        cells = solutions(load(path, ROOT / "course"))
        answers = {cell.grade_id: reference(cell) for cell in cells}
        file = notebooks / f"{path.name}.ipynb"
        notebook = json.loads(file.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = answers.get(name, cell["source"])
        file.write_text(json.dumps(notebook), encoding="utf-8")
    (notebooks / "broadcasting.ipynb").rename(notebooks / "broadcasting (1).ipynb")
    done = student("-m", "course", "check", "notebooks")
    assert done.returncode == 0, done.stdout + done.stderr
    done = student("-m", "course", "submit", "notebooks/day01_numpy", "--student", "20231234")
    assert done.returncode == 0, done.stdout + done.stderr

    room = tmp_path / "class"
    shutil.copytree(ROOT / "source" / "day01_numpy", room / "source" / "day01_numpy")
    shutil.copytree(ROOT / "release" / "day01_numpy", room / "release" / "day01_numpy")
    copy_config(room)
    (room / "downloaded/day01_numpy/archive").mkdir(parents=True)
    shutil.copy(desk / "day01_numpy-20231234.zip", room / "downloaded/day01_numpy/archive")
    for words in (
        ("nbgrader", "generate_assignment", "day01_numpy"),
        ("nbgrader", "zip_collect", "day01_numpy"),
        ("autograder", "grade", "day01_numpy"),
    ):
        done = command(*words, cwd=room)
        assert done.returncode == 0, done.stdout + done.stderr
    with Gradebook(f"sqlite:///{room}/gradebook.db") as gradebook:
        submission = gradebook.find_submission("day01_numpy", "20231234")
        automatic = sum(
            load(path, ROOT / "course").auto_points for path in tree.notebooks("day01_numpy")
        )
        assert submission.score == automatic

"""After the tests changed: what is told, and what is refused before anything is written."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cli import main

Run = Callable[..., subprocess.CompletedProcess[str]]
Rewrite = Callable[[str, str], None]
NEW = (
    '# %% tests="double" idea="zero" points=1\ncheck_array(double(np.zeros(2)), np.zeros(2), "d")\n'
)
OLD = '# %% tests="row_sums" idea="refuses_vectors" points=0.5\n'
ROW_TESTS = '# %% tests="row_sums" points=1\n'


def files(root: Path) -> dict[str, bytes]:
    """All files but the text source and caches."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and path.suffix != ".py"
        and "course/" not in path.relative_to(root).as_posix()
        and "__pycache__" not in path.parts
        and path.name != ".nbgrader.log"
    }


@pytest.mark.slow
def test_other_points_and_texts_are_told_for_each_student_and_cell_and_stand_in_the_report(
    course: Path, run: Run, rewrite: Rewrite
) -> None:
    names = {path.name.partition("-")[2]: path.name for path in (course / "submitted").iterdir()}
    rewrite('tests="double" points=1', 'tests="double" points=2')
    rewrite("**Points** 5", "**Points** 6")
    # what `squares` gives is now what is asked for
    rewrite("[[14.0], [-18.0]]", "[[49.0], [81.0]]")
    assert run("autograder", "build").returncode == 0
    refused = run("autograder", "grade", "week1")
    assert refused.returncode == 1
    assert "run `nbgrader generate_assignment week1`" in refused.stderr
    assert run("nbgrader", "generate_assignment", "week1").returncode == 0
    done = run("autograder", "grade", "week1")
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stdout.splitlines() if line.startswith("changed")]
    assert told == sorted(told)
    assert set(told) == {
        f"changed  {names['all_right']}  scale.test_double  1/1 → 2/2",
        f"changed  {names['all_right']}  scale.test_double_integers  2 → 0",
        f"changed  {names['first_half']}  scale.test_double  1/1 → 2/2",
        f"changed  {names['first_half']}  scale.test_double_integers  2 → 0",
        f"changed  {names['untouched']}  scale.test_double  0/1 → 0/2",
        f"changed  {names['squares']}  scale.test_double  0/1 → 0/2",
        f"changed  {names['squares']}  scale.test_double_integers  0 → 2",
    }
    assert main(["--course", str(course), "report", "week1"]) == 0
    page = (course / "build/report/week1.html").read_text(encoding="utf-8")
    assert "4 submissions graded, 7 test scores changed." in page
    assert "0/1 → 0/2</td><td>same hand-in as before" in page
    # told again until something else is graded
    again = run("autograder", "grade", "week1")
    assert "\nchanged" not in again.stdout
    assert main(["--course", str(course), "report", "week1"]) == 0
    assert (course / "build/report/week1.html").read_text(encoding="utf-8") == page


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(OLD, NEW + OLD, "adds the graded cell test_double_zero", id="added test"),
        pytest.param(
            'idea="refuses_vectors"',
            'idea="vectors"',
            "adds the graded cell test_row_sums_vectors and "
            "removes the graded cell test_row_sums_refuses_vectors",
            id="renamed test",
        ),
        pytest.param(
            ROW_TESTS,
            '# %% locked="more"\nimport math\n' + ROW_TESTS,
            "adds the locked cell more",
            id="added setup",
        ),
        pytest.param(
            '# %% [markdown] manual="why_rows"',
            '# %% [markdown] manual="why_columns"',
            "adds the graded cell why_columns and removes the graded cell why_rows",
            id="renamed written answer",
        ),
    ],
)
def test_a_build_that_adds_or_removes_cells_of_a_graded_assignment_writes_nothing(
    course: Path,
    rewrite: Rewrite,
    old: str,
    new: str,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rewrite(old, new)
    if "points=1\n" in new and "zero" in new:
        rewrite("**Points** 5", "**Points** 6")
    if 'idea="vectors"' in new:
        (course / "source/week1/misconceptions/scale.py").unlink()
    before = files(course)
    assert main(["--course", str(course), "build"]) == 1
    error = capsys.readouterr().err
    assert f"source/week1/scale.py: {said}, and the gradebook holds 4 submissions" in error
    assert "put a new check into a test cell that is there" in error
    assert "move gradebook.db" in error
    assert files(course) == before


def test_a_notebook_that_comes_after_release_is_refused_and_named(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (course / "source/week1/scale.py").read_text(encoding="utf-8")
    (course / "source/week1/more.py").write_text(text, encoding="utf-8")
    before = files(course)
    for which in ("week1", "week1/more"):
        assert main(["--course", str(course), "build", which]) == 1
        assert "source/week1: adds the notebook more" in capsys.readouterr().err
        assert files(course) == before


@pytest.mark.slow
def test_grading_with_other_cells_than_released_is_refused_before_anything_is_written(
    course: Path, run: Run, rewrite: Rewrite
) -> None:
    rewrite(OLD, NEW + OLD)
    rewrite("**Points** 5", "**Points** 6")
    # built where there is no gradebook, as on a colleague's machine
    book = course / "gradebook.db"
    book.rename(course / "elsewhere.db")
    assert run("autograder", "build").returncode == 0
    assert not book.exists()
    (course / "elsewhere.db").rename(book)
    before = files(course)
    done = run("autograder", "grade", "week1")
    assert done.returncode == 1
    assert "adds the graded cell test_double_zero, and the gradebook holds 4" in done.stderr
    # following the other remedy would cost the released files
    assert "generate_assignment" not in done.stderr
    assert files(course) == before


def test_a_gradebook_that_cannot_be_read_stops_a_build_with_a_way_out(
    course: Path, rewrite: Rewrite, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / "gradebook.db").write_text("no database at all " * 100, encoding="utf-8")
    rewrite("Return 2 X as float64.", "Return twice X as float64.")
    before = files(course)
    assert main(["--course", str(course), "build"]) == 1
    assert "the gradebook cannot be read" in capsys.readouterr().err
    assert files(course) == before


def test_until_the_first_submission_is_graded_cells_may_come_and_go(
    released: Path, tmp_path: Path
) -> None:
    root = tmp_path / "fresh"
    shutil.copytree(released, root, symlinks=True)
    text = root / "source/week1/scale.py"
    words = text.read_text(encoding="utf-8").replace(OLD, NEW + OLD).replace("** 5", "** 6")
    text.write_text(words, encoding="utf-8")
    assert main(["--course", str(root), "build"]) == 0


def test_texts_hints_and_points_may_change_and_a_refused_change_can_be_taken_back(
    course: Path, rewrite: Rewrite, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(OLD, NEW + OLD)
    assert main(["--course", str(course), "build"]) == 1
    rewrite(NEW, "")
    assert main(["--course", str(course), "build"]) == 0
    assert "every built file was fresh" in capsys.readouterr().out
    rewrite("What is the dtype of 2 * X if X holds integers?", "Which dtype?")
    rewrite("Return 2 X as float64.", "Return twice X as float64.")
    assert main(["--course", str(course), "build"]) == 0

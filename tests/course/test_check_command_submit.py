"""`python -m course submit`: the zip that the grader takes."""

import os
import unicodedata
import zipfile
from pathlib import Path

import pytest
from saved_notebooks import answered, cell, released, write

from course.commands.line import main


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_zip_holds_student_assignment_notebook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = write(tmp_path / "week1/numbers.ipynb", [*released(), answered("more", "y = 1")])
    assert main(["submit", "week1", "--student", "20231234"]) == 0
    with zipfile.ZipFile(tmp_path / "week1-20231234.zip") as archive:
        assert archive.namelist() == ["20231234/week1/numbers.ipynb"]
        assert archive.read("20231234/week1/numbers.ipynb") == saved.read_bytes()
    said = capsys.readouterr().out
    assert "numbers.ipynb  1 of 4 answers written" in said
    assert "week1-20231234.zip is ready: upload this file." in said


def test_the_same_notebooks_give_the_same_bytes(tmp_path: Path) -> None:
    saved = write(tmp_path / "week1/numbers.ipynb", released())
    os.utime(saved, (1_700_000_000, 1_700_000_000))
    zips = []
    for _ in range(2):
        assert main(["submit", "week1", "--student", "a"]) == 0
        zips.append((tmp_path / "week1-a.zip").read_bytes())
    assert zips[0] == zips[1]


def test_a_korean_id_is_composed(tmp_path: Path) -> None:
    write(tmp_path / "week1/numbers.ipynb", released())
    assert main(["submit", "week1", "--student", unicodedata.normalize("NFD", "홍길동")]) == 0
    with zipfile.ZipFile(tmp_path / "week1-홍길동.zip") as archive:
        assert archive.namelist() == ["홍길동/week1/numbers.ipynb"]


@pytest.mark.parametrize("student", ["", "../x", "a b", "-x", "x" * 65, "a/b", "‮abc"])
def test_an_id_that_the_grader_refuses_is_refused_here(
    student: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "week1/numbers.ipynb", released())
    assert main(["submit", "week1", f"--student={student}"]) == 1
    assert "letters, digits and . _ @ -" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.zip"))


def test_two_files_for_one_notebook_are_not_guessed_between(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "a/week1/numbers.ipynb", released())
    write(tmp_path / "b/week1/numbers.ipynb", released())
    assert main(["submit", "a", "b", "--student", "a"]) == 1
    assert "are both numbers.ipynb" in capsys.readouterr().err


def test_notebooks_of_two_assignments_are_not_packed_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "week1/numbers.ipynb", released())
    write(tmp_path / "week2/more.ipynb", released())
    assert main(["submit", ".", "--student", "a"]) == 1
    assert "several assignments (week1, week2)" in capsys.readouterr().err


def test_damaged_and_foreign_files_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "week1/numbers.ipynb", released())
    write(tmp_path / "week1/mine.ipynb", [cell("1")])
    assert main(["submit", "week1", "--student", "a"]) == 0
    assert "left out, since it is no notebook of the course" in capsys.readouterr().out
    (tmp_path / "week1/numbers.ipynb").write_text("", encoding="utf-8")
    assert main(["submit", "week1", "--student", "a"]) == 1
    assert "it is empty" in capsys.readouterr().err


def test_a_file_that_is_no_zip_is_not_overwritten(tmp_path: Path) -> None:
    write(tmp_path / "week1/numbers.ipynb", released())
    (tmp_path / "week1-a.zip").write_text("my thesis", encoding="utf-8")
    assert main(["submit", "week1", "--student", "a"]) == 1
    assert (tmp_path / "week1-a.zip").read_text(encoding="utf-8") == "my thesis"

"""`autograder export canvas` and `moodle`: files that these platforms read as they document."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import ExportApp

from autograder.cli import main
from autograder.export.cells import as_text, csv_text
from autograder.export.grades import read_grades
from autograder.export.ids import read_ids

Row = dict[str, str]


def export(root: Path, platform: str, file: Path, *options: str) -> int:
    where = ["--course", str(root), "export", platform, "week1", "--output", str(file)]
    return main([*where, *options])


def as_canvas(file: Path) -> tuple[dict[str, float], dict[str, Row]]:
    """Read a file as Canvas's importer does: points possible, and students by SIS Login ID."""
    text = file.read_bytes().decode("utf-8")
    header, *rows = csv.reader(io.StringIO(text))
    assert "Student" in header[0]
    assert "ID" in header[1]
    assert header[2:4] == ["SIS User ID", "SIS Login ID"]
    assert header[4] == "Section"
    possible: dict[str, float] = {}
    students = {}
    for row in rows:
        assert len(row) == len(header)
        if "Points Possible" in row[0]:
            possible = dict(zip(header[5:], map(float, row[5:]), strict=True))
        else:
            students[row[3]] = dict(zip(header, row, strict=True))
    return possible, students


def as_moodle(file: Path) -> list[Row]:
    """Read a file as Moodle does: without the byte order mark, the first row are titles."""
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_canvas_gets_points_of_tests_and_of_people_less_what_came_late(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "grades.csv"
    assert export(graded, "canvas", file) == 0
    possible, students = as_canvas(file)
    assert possible == {"week1": 5.0}
    assert {name: float(row["week1"]) for name, row in students.items()} == {
        "00123": 4.75,  # all tests, and 0.25 by hand
        "kim": 1.5,  # 2.5, less 1 for coming late
        "lee@uni.kr": 4.5,
        "nasty": 0.0,
        "park": 0.0,
    }
    assert capsys.readouterr().out == f"week1: 5 grades out of 5 for Canvas\nwritten  {file}\n"


def test_what_is_not_graded_by_hand_and_who_has_no_grade_is_said_on_stderr(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for platform in ("canvas", "moodle"):
        assert export(graded, platform, tmp_path / "grades.csv") == 0
        assert capsys.readouterr().err.splitlines() == [
            "note: week1: 1 written answer not graded by hand yet, without points here: lee@uni.kr",
            "note: week1: no grade, so left out: absent",
        ]
        assert "absent" not in (tmp_path / "grades.csv").read_text(encoding="utf-8")


def test_tests_that_no_run_has_scored_are_no_written_answers(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(graded, tmp_path / "course", symlinks=True)
    with Gradebook(f"sqlite:///{tmp_path / 'course/gradebook.db'}") as book:
        grade = book.find_grade("test_double", "scale", "week1", "kim")
        grade.auto_score, grade.needs_manual_grade = None, True
        # graded by hand before the last run: to be looked at again, but not without points
        book.find_grade("why_rows", "scale", "week1", "00123").needs_manual_grade = True
        book.db.commit()
    assert export(tmp_path / "course", "canvas", tmp_path / "grades.csv") == 0
    assert capsys.readouterr().err.splitlines() == [
        "note: week1: 1 written answer not graded by hand yet, without points here: lee@uni.kr",
        "note: week1: tests without a score; run `autograder grade week1` again: kim",
        "note: week1: no grade, so left out: absent",
    ]


def test_moodle_gets_who_the_grade_and_why(graded: Path, tmp_path: Path) -> None:
    assert export(graded, "moodle", tmp_path / "grades.csv") == 0
    rows = as_moodle(tmp_path / "grades.csv")
    assert list(rows[0]) == ["username", "week1", "week1 feedback"]
    said = {row["username"]: (row["week1"], row["week1 feedback"]) for row in rows}
    assert said == {
        "00123": ("4.75", "scale 4.75/5"),
        "kim": ("1.5", "scale 2.5/5; 1 off because it came late"),
        "lee@uni.kr": ("4.5", "scale 4.5/5; 1 written answer is not graded yet"),
        "nasty": ("0", "scale 0/5"),
        "park": ("0", "scale 0/5"),
    }


def test_ids_keep_their_zeros_and_no_cell_is_a_formula(graded: Path, tmp_path: Path) -> None:
    assert export(graded, "canvas", tmp_path / "grades.csv") == 0
    text = (tmp_path / "grades.csv").read_text(encoding="utf-8")
    assert '"00123"' in text
    _, students = as_canvas(tmp_path / "grades.csv")
    assert students["kim"]["Student"] == '\'=HYPERLINK("http://evil.test"), 민수'
    # Canvas asks Ruby's csv, which takes a mark before a quoted cell for an error
    assert not text.startswith("\ufeff")


@pytest.mark.parametrize(
    "begin", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "＠", "\0-"]
)
def test_a_text_that_begins_like_a_formula_becomes_none(begin: str) -> None:
    [[cell]] = csv.reader(io.StringIO(csv_text([[f"{begin}1+1"]])))
    assert cell[0] not in "=+-@\t\r\n ＝＠\0"
    assert cell.endswith("1+1")


def test_numbers_stay_numbers_and_texts_stay_themselves() -> None:
    assert [as_text(one) for one in (0.0, 4.75, 76.0, 100 / 3, 1234.5)] == [
        "0", "4.75", "76", "33.3333", "1234.5",
    ]  # fmt: skip
    for text in ("kim", "lee@uni.kr", "00123", "김민수", 'a "quoted", name', "a-b"):
        assert as_text(text) == text
        assert next(csv.reader(io.StringIO(csv_text([[text]])))) == [text]


def test_a_file_of_ids_says_who_is_who(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = tmp_path / "ids.csv"
    lines = ["student_id,Student,ID,SIS User ID,SIS Login ID,Section"]
    lines += ['kim,"Kim, Minsu",17,U0017,minsu,A', "00123,,18,,,", "park,,,-1+1,park,"]
    ids.write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")
    assert export(graded, "canvas", tmp_path / "grades.csv", "--ids", str(ids)) == 0
    _, students = as_canvas(tmp_path / "grades.csv")
    assert list(students["minsu"].values()) == ["Kim, Minsu", "17", "U0017", "minsu", "A", "1.5"]
    assert (students["00123"]["ID"], students["00123"]["SIS Login ID"]) == ("18", "00123")
    said = capsys.readouterr().err
    assert f"note: not in {ids}: lee@uni.kr, nasty\n" in said
    assert "Canvas will not know them: -1+1\n" in said
    assert students["park"]["SIS User ID"] == "'-1+1"


def test_a_gradebook_that_canvas_exported_serves_as_a_file_of_ids(
    graded: Path, tmp_path: Path
) -> None:
    ids = tmp_path / "canvas.csv"
    ids.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Loss (4711)\n"
        ",,,,,Manual Posting\n"
        "    Points Possible,,,,,5\n"
        '"Kim, Minsu",17,U0017,kim,DL 1,\n',
        encoding="utf-8",
    )
    options = ("--ids", str(ids), "--column", "Loss (4711)", "--out-of", "10")
    assert export(graded, "canvas", tmp_path / "grades.csv", *options) == 0
    possible, students = as_canvas(tmp_path / "grades.csv")
    assert possible == {"Loss (4711)": 10.0}
    assert list(students["kim"].values()) == ["Kim, Minsu", "17", "U0017", "kim", "DL 1", "3"]


def test_moodle_finds_students_by_what_the_site_knows(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, ids = tmp_path / "grades.csv", tmp_path / "ids.csv"
    by_email = ("--identify-by", "email")
    assert export(graded, "moodle", file, *by_email) == 1
    assert (
        "no email is known of 00123, lee@uni.kr, nasty, park; give a file"
        in capsys.readouterr().err
    )
    assert not file.exists()
    ids.write_text(
        "Student_ID,Email address\n"
        "00123,a@b.kr\nlee@uni.kr,lee@uni.kr\nnasty,n@b.kr\npark,p@b.kr\n",
        encoding="utf-8",
    )
    assert export(graded, "moodle", file, *by_email, "--ids", str(ids)) == 0
    # of kim the gradebook knows it
    found = [row["email"] for row in as_moodle(file)]
    assert found == ["a@b.kr", "k@uni.kr", "lee@uni.kr", "n@b.kr", "p@b.kr"]
    assert export(graded, "moodle", file, "--identify-by", "idnumber") == 0
    assert as_moodle(file)[0]["idnumber"] == "00123"


def test_grades_that_moodle_refuses_are_said_on_stderr(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(graded, "moodle", tmp_path / "grades.csv", "--out-of", "106") == 0
    assert "Moodle refuses grades above 100" in capsys.readouterr().err
    # 4.75 of 5 is 99.75 of 105
    assert export(graded, "moodle", tmp_path / "grades.csv", "--out-of", "105") == 0
    assert "refuses" not in capsys.readouterr().err


BAD_OPTIONS = {
    "an unknown assignment": (["--column", "x"], "week9", "choose from: week1"),
    "no points": (["--out-of", "0"], "week1", "grades cannot be out of 0 points"),
    "endless points": (["--out-of", "inf"], "week1", "grades cannot be out of inf points"),
    "a sum of Canvas's own": (["--column", "Final Score"], "week1", "Canvas does not take"),
    "no such file of ids": (["--ids", "nowhere.csv"], "week1", "nowhere.csv: cannot be read"),
    "a folder as output": (["--output", "."], "week1", ".: this is a folder"),
}


@pytest.mark.parametrize(("options", "which", "said"), BAD_OPTIONS.values(), ids=BAD_OPTIONS)
def test_an_option_that_does_not_fit_is_explained(
    graded: Path, capsys: pytest.CaptureFixture[str], options: list[str], which: str, said: str
) -> None:
    assert main(["--course", str(graded), "export", "canvas", which, *options]) == 1
    assert said in capsys.readouterr().err
    assert not (graded / "build/export").exists()


BAD_IDS = {
    "no titles": (b"", ":1: no column 'student_id'; the first line has no titles"),
    "other titles": (b"name,mail\n", ":1: no column 'student_id'; the first line has name, mail"),
    "somebody twice": (b"student_id,ID\nkim,1\nkim,2\n", ":3: 'kim' stands here a second time"),
    "another encoding": ("student_id,ID\n김,1\n".encode("cp949"), "save it as `CSV UTF-8`"),
}


@pytest.mark.parametrize(("content", "said"), BAD_IDS.values(), ids=BAD_IDS)
def test_a_bad_file_of_ids_is_named_with_its_line(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    ids = tmp_path / "ids.csv"
    ids.write_bytes(content)
    assert export(graded, "canvas", tmp_path / "grades.csv", "--ids", str(ids)) == 1
    assert f"{ids}" in (error := capsys.readouterr().err)
    assert said in error


def test_ids_are_found_whatever_the_case_of_the_titles(tmp_path: Path) -> None:
    file = tmp_path / "ids.csv"
    file.write_text("STUDENT_ID , Sis Login Id\nkim, minsu \n", encoding="utf-8")
    ids = read_ids(file, ())
    assert ids.get("kim", "SIS User ID", "SIS Login ID") == "minsu"
    assert ids.get("lee", "SIS Login ID") == ""


def test_a_course_without_a_gradebook_is_refused_and_gets_none(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(graded / "source", tmp_path / "source")
    shutil.copy(graded / "nbgrader_config.py", tmp_path)
    assert main(["--course", str(tmp_path), "export", "canvas", "week1"]) == 1
    assert "there is no gradebook" in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {"source", "nbgrader_config.py"}


def test_nbgrader_export_takes_the_exporters_and_its_own_grades_are_the_same(
    graded: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    assert export(graded, "moodle", ours, "--column", "Week 1") == 0
    capfd.readouterr()
    monkeypatch.chdir(graded)
    app = ExportApp()
    exporter = "--exporter=autograder.export.moodle.MoodleExport"
    app.initialize([exporter, "--MoodleExport.column=Week 1", f"--to={theirs}"])
    app.start()
    assert theirs.read_bytes() == ours.read_bytes()
    assert "1 written answer not graded by hand yet" in capfd.readouterr().err
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as book:
        mine = {one.student: one.points for one in read_grades(book, "week1").standings}
        known = {
            one.student_id: max(0.0, one.score - one.late_submission_penalty)
            for one in book.assignment_submissions("week1")
        }
    assert mine == known

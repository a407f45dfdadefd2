"""`autograder report` on a class that was really graded."""

import base64
import hashlib
import json
import re
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from autograder.cli import main
from autograder.course_tree import CourseTree
from autograder.report.command import collect
from autograder.report.page import percent, render

Run = Callable[..., subprocess.CompletedProcess[str]]
HOSTILE = "<script>alert(1)</script>\x1b[31m\u202eevil\ud800</td>{{ 7 * 7 }}\n$x$"


def report(course: Path) -> str:
    assert main(["--course", str(course), "report", "week1"]) == 0
    return (course / "build/report/week1.html").read_text(encoding="utf-8")


def text_of(page: str) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def change_result(course: Path, student: str, change: Callable[[dict[str, object]], None]) -> None:
    file = next((course / "results/week1").glob(f"*{student}.json"))
    data = json.loads(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(json.dumps(data), encoding="utf-8")


def test_the_page_tells_the_class_at_a_glance(course: Path) -> None:
    said = text_of(report(course))
    # 4.5, 3, 0 and 1.5 of 4.5 points
    for words in (
        "4 submitted",
        "4 graded",
        "2.25 mean of 4.5 (50 %)",
        "2.25 median",
        "1 wrote nothing",
        "0 with a test that died",
    ):
        assert words in said, words


def test_a_mistake_is_named_in_words_with_its_number_and_its_hint(course: Path) -> None:
    said = text_of(report(course))
    assert "1 of 4 squares in double" in said
    assert "You square. Try 3 by hand." in said


def test_every_test_stands_there_with_its_share_and_a_small_class_is_warned_of(
    course: Path,
) -> None:
    page = BeautifulSoup(report(course), "html.parser")
    row = page.find(id="t2")
    assert row is not None
    cells = [cell.get_text(" ", strip=True) for cell in row.find_all("td", recursive=False)]
    # answered by three, passed by two
    assert cells[0] == "2"
    assert cells[1].startswith("double : integers")
    assert cells[2:6] == ["nothing", "2", "3", "67\u202f%"]
    assert "4 students are too few for it" in text_of(str(page))


def test_the_page_loads_nothing_and_allows_only_its_own_script(course: Path) -> None:
    page = report(course)
    soup = BeautifulSoup(page, "html.parser")
    [script] = soup.find_all("script")
    digest = base64.b64encode(hashlib.sha256(script.get_text().encode()).digest()).decode()
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert set(re.findall(r"https?://[^\s\"'<>]+", page)) <= {
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/2000/svg",
    }
    named = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(named) == len(set(named))
    wanted = {tag["href"].removeprefix("#") for tag in soup.find_all("a")}
    assert wanted <= set(named)
    assert not [name for tag in soup.find_all() for name in tag.attrs if name.startswith("on")]


def test_two_reports_of_one_class_have_the_same_bytes(course: Path) -> None:
    assert report(course) == report(course)
    assert str(course) not in report(course)


def test_hidden_tests_do_not_stand_on_the_page(course: Path) -> None:
    page = unescape(report(course))
    assert "double of integers" not in page
    assert "14.0" not in page
    assert "BEGIN" not in page


@pytest.mark.parametrize("field", ["output", "tags", "student"])
def test_what_a_student_could_write_is_shown_harmless(course: Path, field: str) -> None:
    def poison(data: dict[str, object]) -> None:
        if field == "student":
            data["student"] = HOSTILE
            return
        for test in data["tests"]:  # type: ignore[attr-defined]
            test[field] = HOSTILE if field == "output" else [HOSTILE]

    change_result(course, "squares", poison)
    page = report(course)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    assert not set("\x1b\u202e\ud800") & set(page)
    assert len(BeautifulSoup(page, "html.parser").find_all("script")) == 1


def test_a_name_in_korean_stands_in_picture_and_table(course: Path) -> None:
    change_result(course, "squares", lambda data: data.update(student="김민준"))
    assert report(course).count("김민준") >= 3


def test_the_last_run_is_told_with_its_changes_and_cpu_time(course: Path, run: Run) -> None:
    assert "graded, for the first time or with the same scores" in text_of(report(course))
    squares = next((course / "submitted").glob("*squares"))
    right = next((course / "submitted").glob("*all_right"))
    (squares / "week1/scale.ipynb").write_bytes((right / "week1/scale.ipynb").read_bytes())
    assert run("autograder", "grade", "week1").returncode == 0
    said = text_of(report(course))
    assert "1 submission graded, 2 test scores changed." in said
    assert f"{squares.name} scale.test_double 0 → 1 handed in anew" in said
    # everybody's time is known, not only that of the last run
    assert set(collect(CourseTree(course), "week1").last_run.cpu) == {
        path.name for path in (course / "submitted").iterdir()
    }


def test_results_from_before_cpu_time_was_recorded_make_a_report_too(course: Path) -> None:
    (course / "results/week1/.last_run").unlink()
    said = text_of(report(course))
    assert "Not known: these results were graded before CPU time was recorded." in said
    assert "No run is on record." in said


def test_who_is_not_graded_and_who_was_graded_by_other_tests_is_named(
    course: Path, rewrite: Callable[[str, str], None], run: Run
) -> None:
    (course / "submitted/new/week1").mkdir(parents=True)
    rewrite("**Points** 5", "**Points** 6")
    rewrite('tests="double" points=1', 'tests="double" points=2')
    assert run("autograder", "build").returncode == 0
    said = text_of(report(course))
    assert "1 submission is not graded yet: new ." in said
    assert "The results of 4 students are of other tests or points" in said
    assert "5 submitted 4 graded" in said


def test_a_course_without_results_is_told_to_grade_first(
    released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--course", str(released), "report", "week1"]) == 1
    said = capsys.readouterr().err
    assert "there are no results of 'week1'" in said
    assert "run `autograder grade week1`" in said
    assert not (released / "build").exists()


@pytest.mark.parametrize(
    "content",
    ["{", "[]", '{"tests": [{}]}', '{"student": 3}', "[" * 100_000],
    ids=["cut off", "list", "empty", "fields", "deep"],
)
def test_results_that_cannot_be_read_are_named(
    course: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = next((course / "results/week1").glob("*squares.json"))
    file.write_text(content, encoding="utf-8")
    assert main(["--course", str(course), "report", "week1"]) == 1
    said = capsys.readouterr().err
    assert f"{file}: cannot be read as results" in said
    assert "run `autograder grade` again" in said


def test_only_the_file_named_is_written(course: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in course.rglob("*") if path.is_file()}
    target = tmp_path / "elsewhere" / "page.html"
    assert main(["--course", str(course), "report", "week1", "--output", str(target)]) == 0
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    after = {path: path.stat().st_mtime_ns for path in course.rglob("*") if path.is_file()}
    assert after == before
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_in_the_place_of_the_report_is_an_error_with_a_way_out(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--course", str(course), "report", "week1", "--output", str(course)]) == 1
    assert "name another file with --output" in capsys.readouterr().err


def test_help_says_what_the_report_holds(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["report", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "build/report/<assignment>.html" in said
    assert "needs no network" in said


def test_a_class_of_one_who_wrote_nothing_makes_a_report(course: Path) -> None:
    for file in (course / "results/week1").glob("*.json"):
        if "untouched" not in file.name:
            file.unlink()
    page = render(collect(CourseTree(course), "week1"))
    assert "1 wrote nothing" in text_of(page)


def test_nearly_all_is_not_called_all() -> None:
    assert [percent(share) for share in (0.0, 0.001, 0.5, 0.999, 1.0)] == [
        f"{number}\u202f%" for number in (0, 1, 50, 99, 100)
    ]

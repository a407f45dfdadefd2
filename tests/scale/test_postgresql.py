"""A class graded into a PostgreSQL server: as into SQLite, by several commands at once."""

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from own_gradebook import copy_config, release
from postgresql import Server, programs, server

from autograder.course_tree import CourseTree
from autograder.errors import GraderError
from autograder.examiner.results import CellResult, NotebookResult, Status
from autograder.export.grades import open_gradebook, read_grades
from autograder.grading.gradebook import open_book
from autograder.grading.job import Graded, GradedNotebook
from autograder.release.build import build
from autograder.release.generate import course_config
from autograder.release.released import refuse_other_cells

pytest.importorskip("psycopg", reason="psycopg speaks to PostgreSQL: requirements-postgresql.txt")
pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent.parent
WEEKS = ("week1", "week2")
RIGHT = {
    "double": "return 2.0 * np.asarray(X, dtype=float)",
    "row_sums": "if X.ndim != 2: raise ValueError('2-D')\n    return X.sum(1)",
}
CLASS: dict[str, dict[str, str]] = {
    "amy": RIGHT,
    "kim@uni.kr": RIGHT | {"double": "return 2 * X"},
    "lee": {"double": RIGHT["double"]},
    "park": {"row_sums": "raise ValueError('' + 'none')"},
    "untouched": {},
}
TESTS = ("test_double", "test_double_integers", "test_row_sums", "test_row_sums_refuses_vectors")
AGAIN = "run the command again: it goes on where it stopped"


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    binaries = programs()
    if binaries is None:
        pytest.skip("PostgreSQL's programs are not installed: .ci/postgresql installs them")
    with server(binaries) as one:
        yield one


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built course of two assignments, with a class that has handed in both."""
    root = tmp_path_factory.mktemp("scale") / "course"
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", root)
    copy_config(root)
    (root / "course").symlink_to(ROOT / "course")
    text = root / "source/week1/scale.py"
    # no picture: this is about grades
    head, tail = text.read_text(encoding="utf-8").split("# %% show=")
    text.write_text(head + "# %% [markdown] manual=" + tail.split("manual=")[1], encoding="utf-8")
    shutil.copytree(root / "source/week1", root / "source/week2")
    build(CourseTree(root))
    for week in WEEKS:
        for student, bodies in CLASS.items():
            hand_in(root, week, student, bodies)
    return root


def hand_in(root: Path, week: str, student: str, bodies: dict[str, str]) -> None:
    notebook = json.loads((root / "release" / week / "scale.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in bodies:
            cell["source"] = f"def {name}(X):\n    {bodies[name]}\n"
        elif name == "why_rows" and bodies:
            cell["source"] = "A row is one example."
    folder = root / "submitted" / student / week
    folder.mkdir(parents=True)
    (folder / "scale.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "timestamp.txt").write_text("2026-03-01 09:00:00 UTC", encoding="utf-8")


def use(root: Path, address: str) -> None:
    """As the documentation says: one line in the course's configuration."""
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"\nc.CourseDirectory.db_url = {address!r}\n")


def grade_at_once(root: Path) -> None:
    """Grade both assignments, each by a command of its own, at the same time."""
    with ThreadPoolExecutor(len(WEEKS)) as at_once:
        for done in at_once.map(lambda week: grade(root, week), WEEKS):
            assert done.returncode == 0, done.stderr
            assert f"{len(CLASS)} graded" in done.stdout


def grade(root: Path, week: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "autograder", "grade", week, "--jobs", "1"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def both(
    template: Path, running: Server, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """The same class graded into SQLite, and into PostgreSQL. Not to be changed."""
    places = []
    for kind in ("sqlite", "server"):
        root = tmp_path_factory.mktemp(kind) / "course"
        shutil.copytree(template, root, symlinks=True)
        if kind == "server":
            running.ask("CREATE DATABASE class")
            use(root, running.address("class"))
        for week in WEEKS:
            release(root, week)
        grade_at_once(root)
        places.append(root)
    return places[0], places[1]


@pytest.fixture(scope="module")
def released(template: Path, running: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("released") / "course"
    shutil.copytree(template, root, symlinks=True)
    running.ask("CREATE DATABASE released")
    use(root, running.address("released"))
    release(root, "week1")
    return root


@pytest.fixture
def course(released: Path, running: Server, tmp_path: Path) -> Path:
    """A released course, with a database of its own."""
    root = tmp_path / "course"
    shutil.copytree(released, root, symlinks=True)
    running.ask("DROP DATABASE IF EXISTS term WITH (FORCE)")
    running.ask("CREATE DATABASE term TEMPLATE released")
    use(root, running.address("term"))
    return root


@contextmanager
def gradebook(root: Path) -> Iterator[Gradebook]:
    directory = CourseDirectory(config=course_config(root), root=str(root))
    with Gradebook(directory.db_url, directory.course_id) as book:
        yield book


def rows(root: Path) -> dict[tuple[str, str, str], tuple[Any, ...]]:
    """All that the gradebook holds of the class but ids and times."""
    with gradebook(root) as book:
        grades = {
            (week, submission.student_id, grade.cell.name): (
                grade.auto_score,
                grade.manual_score,
                grade.needs_manual_grade,
                submission.timestamp,
                notebook.late_submission_penalty,
            )
            for week in WEEKS
            for submission in book.assignment_submissions(week)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
        comments = {
            (week, submission.student_id, f"comment {comment.cell.name}"): (comment.auto_comment,)
            for week in WEEKS
            for submission in book.assignment_submissions(week)
            for notebook in submission.notebooks
            for comment in notebook.comments
        }
    return grades | comments


def test_two_commands_at_once_grade_two_assignments_as_into_sqlite(both: tuple[Path, Path]) -> None:
    sqlite, server = map(rows, both)
    assert server == sqlite
    points = dict.fromkeys(CLASS, 0.0)
    for (week, student, name), row in server.items():
        if week == "week1" and name in TESTS:
            points[student] += row[0]
    assert points == {"amy": 4.5, "kim@uni.kr": 2.5, "lee": 3.0, "park": 0.5, "untouched": 0.0}
    assert not (both[1] / "gradebook.db").exists()
    again = grade(both[1], "week2")
    assert f"{len(CLASS)} submissions, 0 to grade" in again.stdout


def test_nbgrader_by_hand_grades_and_writes_feedback_as_into_sqlite(
    both: tuple[Path, Path], course: Path
) -> None:
    for words in (("autograde", "week1"), ("generate_feedback", "week1")):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", *words, "--student", "kim@uni.kr"],
            cwd=course,
            capture_output=True,
            timeout=300,
            check=True,
        )
    given = []
    for root in (both[0], course):
        with gradebook(root) as book:
            [notebook] = book.find_submission("week1", "kim@uni.kr").notebooks
            given.append({one.cell.name: one.auto_score for one in notebook.grades})
    assert given[0] == given[1]
    assert not (course / "gradebook.db").exists()
    assert (course / "feedback/kim@uni.kr/week1/scale.html").is_file()


def without_ids(answer: Any) -> Any:
    """What formgrader is told, but for the rows' own numbers, by which it sorts."""
    if isinstance(answer, dict):
        own = {"id", "index"}
        return {key: without_ids(value) for key, value in answer.items() if key not in own}
    if isinstance(answer, list):
        return sorted((without_ids(one) for one in answer), key=repr)
    return answer


def averages(api: NbGraderAPI) -> list[float]:
    with api.gradebook as book:
        return [
            book.average_assignment_score("week1"),
            book.average_assignment_code_score("week1"),
            book.average_assignment_written_score("week2"),
            book.average_notebook_score("scale", "week2"),
        ]


QUESTIONS: dict[str, Callable[[NbGraderAPI], Any]] = {
    "assignments": lambda api: api.get_assignments(),
    "notebooks": lambda api: api.get_notebooks("week1"),
    "submissions": lambda api: api.get_submissions("week1"),
    "one_submission": lambda api: api.get_submission("week2", "kim@uni.kr"),
    "notebook_submissions": lambda api: api.get_notebook_submissions("week1", "scale"),
    "order": lambda api: sorted(api.get_notebook_submission_indices("week1", "scale").values()),
    "students": lambda api: api.get_students(),
    "one_student": lambda api: api.get_student("lee"),
    "student_submissions": lambda api: api.get_student_submissions("park"),
    "student_notebooks": lambda api: api.get_student_notebook_submissions("park", "week1"),
    "averages": lambda api: averages(api),
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.filterwarnings("ignore:SELECT statement has a cartesian product")
def test_formgrader_is_told_the_same(both: tuple[Path, Path], question: str) -> None:
    told = []
    for root in both:
        config = course_config(root)
        # what `jupyter lab` in the course's folder asks
        api = NbGraderAPI(CourseDirectory(config=config, root=str(root)), config=config)
        told.append(without_ids(QUESTIONS[question](api)))
    assert told[1] == told[0]
    assert told[1]


def test_points_given_by_hand_count_and_are_exported(both: tuple[Path, Path]) -> None:
    with gradebook(both[1]) as book:
        # as formgrader's handler for a grade does
        answer = book.find_grade("why_rows", "scale", "week1", "amy")
        answer.manual_score, answer.needs_manual_grade = 0.25, False
        book.db.commit()
    try:
        with open_gradebook(both[1]) as (book, _):
            [amy] = read_grades(book, "week1", ["amy"]).standings
        assert (amy.points, amy.unread, amy.unscored) == (4.75, 0, 0)
    finally:
        with gradebook(both[1]) as book:
            answer = book.find_grade("why_rows", "scale", "week1", "amy")
            answer.manual_score, answer.needs_manual_grade = None, True
            book.db.commit()


def graded(student: str, points: float) -> Graded:
    results = tuple(CellResult(name, points, 9.0, Status.PASSED) for name in TESTS)
    return Graded(student, "", "", {"scale": GradedNotebook(NotebookResult(results), "")})


def scores(root: Path) -> dict[str, set[float | None]]:
    with gradebook(root) as book:
        return {
            submission.student_id: {
                grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.cell.name in TESTS
            }
            for submission in book.assignment_submissions("week1")
        }


@contextmanager
def held(running: Server, statement: str, seconds: float) -> Iterator[None]:
    """Another program is in the middle of a transaction, for as long."""
    with running.connect("term") as other:
        other.execute("BEGIN")
        other.execute(statement)
        ending = threading.Timer(seconds, lambda: other.execute("COMMIT"))
        ending.start()
        try:
            yield
        finally:
            ending.join()


def test_a_student_whom_another_command_adds_meanwhile_is_graded(
    course: Path, running: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        open_book(course) as book,
        # we do not see it yet, and may not add it any more
        held(running, "INSERT INTO student (id) VALUES ('amy')", 0.5),
    ):
        book.record("week1", graded("amy", 1.0))
    assert scores(course) == {"amy": {1.0}}
    assert capsys.readouterr().err == ""


def test_a_row_that_another_program_holds_is_waited_for(
    course: Path, running: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_book(course) as book:
        book.record("week1", graded("amy", 0.0))
        with held(running, "UPDATE grade SET extra_credit = 0", 6.0):
            book.record("week1", graded("amy", 1.0))
            book.record("week1", graded("lee", 0.5))
    assert scores(course) == {"amy": {1.0}, "lee": {0.5}}
    assert capsys.readouterr().err == "another program holds the gradebook; waiting 300 s\n"


def test_a_row_that_is_held_for_too_long_is_told(course: Path, running: Server) -> None:
    with open_book(course) as book:
        book.record("week1", graded("amy", 0.0))
    with (
        pytest.raises(GraderError, match="another program holds the gradebook; close it"),
        open_book(course, patience=0.5) as book,
        held(running, "UPDATE grade SET extra_credit = 0", 6.0),
    ):
        book.record("week1", graded("amy", 1.0))
    assert scores(course) == {"amy": {0.0}}


def test_a_server_that_starts_anew_costs_nothing(
    course: Path, running: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_book(course) as book:
        book.record("week1", graded("amy", 0.5))
        running.stop()
        restart = threading.Timer(1.0, running.start)
        restart.start()
        try:
            book.record("week1", graded("amy", 1.0))
            book.record("week1", graded("lee", 1.0))
        finally:
            restart.join()
    assert scores(course) == {"amy": {1.0}, "lee": {1.0}}
    assert capsys.readouterr().err == "the server of the gradebook is gone; waiting 300 s\n"


def test_between_two_students_no_transaction_stays_open(course: Path, running: Server) -> None:
    with open_book(course) as book:
        book.record("week1", graded("amy", 1.0))
        assert book.is_graded("week1", "amy") is True
        states = running.ask("SELECT DISTINCT state FROM pg_stat_activity WHERE datname = 'term'")
    assert states == [("idle",)]


def test_three_commands_may_find_an_empty_database_at_once(
    template: Path, running: Server, tmp_path: Path
) -> None:
    root = tmp_path / "course"
    shutil.copytree(template, root, symlinks=True)
    use(root, running.address("empty"))
    running.ask("CREATE DATABASE empty")
    together = threading.Barrier(3)

    def begin() -> None:
        together.wait()
        with open_book(root):
            pass

    with ThreadPoolExecutor(3) as at_once:
        for one in [at_once.submit(begin) for _ in range(3)]:
            one.result()
    assert len(running.ask("SELECT * FROM alembic_version", "empty")) == 1


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql+psycopg://grader@/term?host={0}/nowhere", "No such file or directory"),
        ("postgresql+psycopg://grader:secret@127.0.0.1:9/term", "Connection refused"),
        ("postgresql+psycopg://grader@/other?host={0}", 'database "other" does not exist'),
        ("postgresql+psycopg://nobody@/term?host={0}", 'role "nobody" does not exist'),
    ],
    ids=["no_server", "nobody_listens", "no_database", "no_role"],
)
def test_a_server_that_cannot_be_reached_is_told_at_once_by_every_command(
    course: Path, running: Server, address: str, told: str
) -> None:
    use(course, address.format(running.folder))
    began = time.monotonic()
    for command in (open_book, open_gradebook):
        with pytest.raises(GraderError, match="server cannot be reached: ") as caught:
            command(course).__enter__()
        assert told in caught.value.message
        assert "secret" not in str(caught.value)
        assert "at CourseDirectory.db_url in nbgrader_config.py" in caught.value.remedy
    with pytest.raises(GraderError, match="server cannot be reached: "):
        refuse_other_cells(course, {"week1": {}})
    assert time.monotonic() - began < 10


def test_a_role_that_may_make_no_tables_is_told_what_it_lacks(
    course: Path, running: Server
) -> None:
    running.ask("DROP DATABASE IF EXISTS theirs")
    running.ask("CREATE DATABASE theirs")
    running.ask("REVOKE CREATE ON SCHEMA public FROM PUBLIC", "theirs")
    running.ask("DROP ROLE IF EXISTS guest")
    running.ask("CREATE ROLE guest LOGIN")
    use(course, running.address("theirs", "guest"))
    with pytest.raises(GraderError, match="your role may not do this") as caught:
        open_book(course).__enter__()
    assert caught.value.remedy.endswith(f"or give it the rights and {AGAIN}")

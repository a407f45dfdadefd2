"""The demo knows what each student of its class must lose, and notices anything else."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from own_gradebook import copy_config

from autograder.authoring.cells import Notebook, Role
from autograder.authoring.parse import parse
from autograder.course_tree import CourseTree
from autograder.demo.check import mismatches
from autograder.demo.lost import without
from autograder.demo.sample_class import Lesson, Student, lessons, sample_class, sample_term
from autograder.release.build import build

ROOT = Path(__file__).resolve().parents[2]
WEEK = "week1"
ALL = {"test_double", "test_double_integers", "test_row_sums", "test_row_sums_refuses_vectors"}
ROWS = {"test_row_sums", "test_row_sums_refuses_vectors"}
LOST = {
    "all_right": set(),
    "another_way": set(),
    "first_half": ROWS,
    "zeros": ALL,
    "name_error": ALL,
    "syntax_error": ALL,
    "untouched": ALL,
    "deleted_test": set(),
    "endless_loop": {"test_double", "test_double_integers"},
    "prints_much": {"test_double", "test_double_integers"},
    "empty": ALL,
    "keeps_the_type": {"test_double_integers"},
    "squares": {"test_double", "test_double_integers"},
    "sums_columns": ROWS,
    "takes_anything": {"test_row_sums_refuses_vectors"},
}


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> list[Lesson]:
    root = tmp_path_factory.mktemp("taught") / "course"
    shutil.copytree(ROOT / "tests/fixtures/mini", root)
    copy_config(root)
    (root / "course").symlink_to(ROOT / "course")
    build(CourseTree(root))
    return lessons(CourseTree(root), WEEK)


@pytest.fixture(scope="module")
def students(taught: list[Lesson]) -> list[Student]:
    found = sample_class(taught, len(LOST))
    assert [kind(one) for one in found] == list(LOST)
    return found


@pytest.fixture(scope="module")
def graded(
    tmp_path_factory: pytest.TempPathFactory, taught: list[Lesson], students: list[Student]
) -> Path:
    """A gradebook in which everybody has the points that he must have."""
    file = tmp_path_factory.mktemp("graded") / "gradebook.db"
    tests = taught[0].notebook.having(Role.TESTS)
    with Gradebook(f"sqlite:///{file}") as book:
        book.add_assignment(WEEK)
        book.add_notebook("scale", WEEK)
        for cell in tests:
            book.add_grade_cell(
                cell.grade_id, "scale", WEEK, max_score=cell.points, cell_type="code"
            )
        for one in students:
            book.add_student(one.id)
            with book.db.no_autoflush:
                book.add_submission(WEEK, one.id)
            for cell in tests:
                lost = cell.grade_id in LOST[kind(one)]
                grade = book.find_grade(cell.grade_id, "scale", WEEK, one.id)
                grade.auto_score = 0.0 if lost else cell.points
        book.db.commit()
    return file


@pytest.fixture
def book(tmp_path: Path, graded: Path) -> Iterator[Gradebook]:
    """A copy of that gradebook, to be changed."""
    shutil.copy(graded, tmp_path / "gradebook.db")
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as book:
        yield book


def kind(student: Student) -> str:
    return student.id.partition("-")[2]


def said(tmp_path: Path, students: list[Student], taught: list[Lesson]) -> list[str]:
    return [str(one) for one in mismatches(tmp_path / "gradebook.db", WEEK, students, taught)]


@pytest.mark.usefixtures("book")
def test_a_class_that_is_graded_as_it_must_be_has_no_mismatch(
    tmp_path: Path, students: list[Student], taught: list[Lesson]
) -> None:
    assert said(tmp_path, students, taught) == []


@pytest.mark.parametrize(
    ("student", "test", "points", "expected"),
    [
        ("all_right", "test_double", 0.0, 1.0),
        ("another_way", "test_double_integers", 1.0, 2.0),
        ("first_half", "test_row_sums", 1.0, 0.0),
        ("name_error", "test_row_sums", 1.0, 0.0),
        ("syntax_error", "test_double", 1.0, 0.0),
        ("untouched", "test_double_integers", 0.5, 0.0),
        ("deleted_test", "test_row_sums_refuses_vectors", 0.0, 0.5),
        ("endless_loop", "test_double", 1.0, 0.0),
        ("endless_loop", "test_row_sums", 0.0, 1.0),
        ("prints_much", "test_double_integers", 2.0, 0.0),
        ("empty", "test_double", 1.0, 0.0),
        ("squares", "test_row_sums", 0.0, 1.0),
        ("squares", "test_double", 1.0, 0.0),
        ("takes_anything", "test_row_sums_refuses_vectors", 0.5, 0.0),
    ],
)
def test_other_points_are_named_by_student_notebook_and_cell(
    tmp_path: Path,
    book: Gradebook,
    students: list[Student],
    taught: list[Lesson],
    student: str,
    test: str,
    points: float,
    expected: float,
) -> None:
    [one] = [one for one in students if kind(one) == student]
    book.find_grade(test, "scale", WEEK, one.id).auto_score = points
    book.db.commit()
    assert said(tmp_path, students, taught) == [
        f"{one.id}: scale, {test}: expected {expected:g} points, got {points:g}"
    ]


def test_a_student_whom_nobody_graded_is_named(
    tmp_path: Path, book: Gradebook, students: list[Student], taught: list[Lesson]
) -> None:
    book.find_grade("test_double", "scale", WEEK, students[0].id).auto_score = None
    book.remove_submission(WEEK, students[6].id)
    book.db.commit()
    lines = said(tmp_path, students, taught)
    assert lines[0] == "s01-all_right: scale, test_double: expected 1 points, got none at all"
    assert [line.partition(":")[0] for line in lines[1:]] == ["s07-untouched"] * 4


def test_in_a_term_each_loses_what_the_mistakes_of_that_assignment_declare(
    taught: list[Lesson],
) -> None:
    notebook = taught[0].notebook
    losses = {entry.loses for entry in taught[0].entries}
    for later in sample_term([taught, taught], 12)[1]:
        if kind(later) in {"zeros", "name_error", "endless_loop", "mistaken_1"}:
            lost = later.loses(notebook)
            assert lost.perhaps == frozenset()
            assert lost.surely in {frozenset(names) for names in losses}
            assert lost.surely


CALLS = """# %% solution="first"
def first(n):
    ### BEGIN SOLUTION
    return n
    ### END SOLUTION

# %% locked="given"
def given(n):
    return first(n)

# %% solution="second"
def second(n):
    ### BEGIN SOLUTION
    return given(n)
    ### END SOLUTION

# %% solution="third"
def third(n):
    ### BEGIN SOLUTION
    return n
    ### END SOLUTION

# %% tests="first" points=1
first(1)

# %% tests="second" points=1
second(1)

# %% tests="third" points=1
third(1)
"""


def test_who_breaks_a_stub_may_lose_the_tests_of_whatever_calls_it() -> None:
    notebook: Notebook = parse(CALLS, assignment=WEEK, name="calls", file="calls.py")
    lost = without(notebook, ["first"])
    assert lost.surely == {"test_first"}
    assert lost.perhaps == {"test_second"}

"""`CourseDirectory.db_url`: what it may say, and where it must not reach."""

import shutil
from pathlib import Path

import own_gradebook
import pytest
from nbgrader.coursedir import CourseDirectory

from autograder.course_tree import CourseTree
from autograder.demo.command import _prepare
from autograder.errors import GraderError
from autograder.export.grades import open_gradebook
from autograder.grading.gradebook import open_book
from autograder.release.generate import course_config
from autograder.release.released import refuse_other_cells

ROOT = Path(__file__).resolve().parent.parent.parent


def use(root: Path, address: str) -> None:
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"\nc.CourseDirectory.db_url = {address!r}\n")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql:/grader@host/term", "is not the address of a database"),
        ("nosuch://grader@host/term", "is not the address of a database"),
        ("postgresql+asyncpg://grader@host/term", "needs the package asyncpg"),
    ],
    ids=["mistyped", "unknown_database", "missing_package"],
)
def test_an_address_that_cannot_be_used_is_told_by_every_command_with_its_mend(
    mini: CourseTree, address: str, told: str
) -> None:
    use(mini.root, address)
    for command in (
        lambda: open_book(mini.root).__enter__(),
        lambda: open_gradebook(mini.root).__enter__(),
        lambda: refuse_other_cells(mini.root, {"week1": {}}),
    ):
        with pytest.raises(GraderError, match=told) as caught:
            command()
        assert str(caught.value.file).endswith("nbgrader_config.py")
        assert "postgresql+psycopg://USER@HOST/DATABASE" in caught.value.remedy


def test_the_demo_never_opens_the_database_of_the_class(mini: CourseTree, tmp_path: Path) -> None:
    use(mini.root, "postgresql+psycopg://grader@host/term")
    place = tmp_path / "demo"
    _prepare(mini, place, ["week1"])
    directory = CourseDirectory(config=course_config(place), root=str(place))
    assert directory.db_url == f"sqlite:///{place}/gradebook.db"


def test_a_class_whose_database_the_course_names_never_meets_a_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "course").mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    use(tmp_path, "postgresql+psycopg://grader@db/class")
    monkeypatch.setattr(own_gradebook, "ROOT", tmp_path)
    own_gradebook.copy_config(tmp_path / "course")
    assert "db_url" in course_config(tmp_path).CourseDirectory
    config = course_config(tmp_path / "course")
    assert "db_url" not in config.CourseDirectory
    assert config.CourseDirectory.course_id == "deep_learning_basics"
    # and nobody copies it in another way
    others = [
        path.name
        for path in (*ROOT.glob("tests/**/*.py"), *ROOT.glob("benchmarks/*.py"))
        if 'ROOT / "nbgrader_config.py"' in path.read_text("utf-8")
    ]
    assert sorted(others) == ["own_gradebook.py", "test_address.py"]

from collections.abc import Callable

import pytest

from autograder.course_tree import CourseTree
from autograder.errors import GraderError
from autograder.release.build import build, stale_files

Edit = Callable[[str, str], None]
ROW = "| week1 | [Scale](release/week1/scale.ipynb) | 2 | 4 | 5 | 5 |"


@pytest.fixture
def readme(mini: CourseTree) -> CourseTree:
    text = "# Course\n\n<!-- course-table -->\nold\n<!-- /course-table -->\n\nThe end.\n"
    (mini.root / "README.md").write_text(text, encoding="utf-8")
    return mini


def test_the_build_writes_the_table_and_leaves_the_rest(readme: CourseTree) -> None:
    build(readme)
    text = (readme.root / "README.md").read_text(encoding="utf-8")
    assert ROW in text
    assert text.startswith("# Course\n\n<!-- course-table -->\n| assignment")
    assert text.endswith("<!-- /course-table -->\n\nThe end.\n")
    assert stale_files(readme) == []


def test_a_stale_table_is_named(readme: CourseTree) -> None:
    build(readme)
    file = readme.root / "README.md"
    file.write_text(file.read_text(encoding="utf-8").replace(ROW, ROW[:-3] + "6 |"), "utf-8")
    assert [stale.file for stale in stale_files(readme)] == ["README.md"]


def test_a_course_without_a_readme_builds(mini: CourseTree) -> None:
    build(mini)
    assert not (mini.root / "README.md").exists()


@pytest.mark.parametrize(
    ("old", "new", "message", "remedy"),
    [
        pytest.param(
            "**Points** 5",
            "**Points** 6",
            "the first cell promises 6 points, the cells give 5",
            "write `**Points** 5`",
            id="wrong points",
        ),
        pytest.param(
            "**Time** about 5 minutes",
            "soon done",
            "the first cell states no title, time or points",
            "begin with `# Title`",
            id="no time",
        ),
    ],
)
def test_a_first_cell_that_promises_otherwise_is_refused(
    readme: CourseTree, edit: Edit, old: str, new: str, message: str, remedy: str
) -> None:
    edit(old, new)
    with pytest.raises(GraderError, match=message.replace("(", r"\(")) as caught:
        build(readme)
    assert remedy in caught.value.remedy

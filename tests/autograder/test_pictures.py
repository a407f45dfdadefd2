import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from autograder.authoring.compile import compile_file
from autograder.course_tree import CourseTree
from autograder.errors import GraderError

Edit = Callable[[str, str], None]
PNG = b"\x89PNG\r\n\x1a\n"


def built(mini: CourseTree) -> dict[str, Any]:
    (path,) = mini.notebooks()
    path.source.write_text(compile_file(path, mini.root / "course"), encoding="utf-8")
    return next(
        cell
        for cell in json.loads(path.source.read_text(encoding="utf-8"))["cells"]
        if "attachments" in cell
    )


def png(cell: dict[str, Any]) -> bytes:
    return base64.b64decode(cell["attachments"]["bars.png"]["image/png"])


def test_the_figure_of_the_show_cell_is_embedded(mini: CourseTree) -> None:
    cell = built(mini)
    assert png(cell).startswith(PNG)
    assert "attachment:bars.png" in "".join(cell["source"])


def test_a_picture_is_drawn_equal_twice(mini: CourseTree) -> None:
    first = png(built(mini))
    (path,) = mini.notebooks()
    path.source.unlink()
    assert png(built(mini)) == first


def test_a_committed_picture_stays_while_its_code_is_unchanged(
    mini: CourseTree, edit: Edit
) -> None:
    cell = built(mini)
    edit("# This is what you should see.", "# Yours should look like this.")
    stamp = "\n".join(cell["source"])
    again = built(mini)
    assert png(again) == png(cell)
    assert again["metadata"]["course"]["picture_key"] == cell["metadata"]["course"]["picture_key"]
    assert "\n".join(again["source"]) != stamp


def test_a_changed_show_cell_is_drawn_anew(mini: CourseTree, edit: Edit) -> None:
    before = png(built(mini))
    edit('axes.set_ylabel("sum")', 'axes.set_ylabel("total")')
    assert png(built(mini)) != before


def test_a_tampered_picture_is_drawn_anew(mini: CourseTree) -> None:
    before = png(built(mini))
    (path,) = mini.notebooks()
    text = path.source.read_text(encoding="utf-8")
    other = base64.b64encode(PNG + b"other").decode()
    path.source.write_text(text.replace(base64.b64encode(before).decode(), other), encoding="utf-8")
    assert png(built(mini)) == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            'axes.set_ylabel("sum")', "axes.set_nonsense()", "cannot be drawn", id="it raises"
        ),
        pytest.param(
            'axes.set_ylabel("sum")', 'plt.close("all")', "draws no figure", id="it draws nothing"
        ),
    ],
)
def test_a_show_cell_that_draws_nothing_is_refused_by_line(
    mini: CourseTree, edit: Edit, old: str, new: str, message: str
) -> None:
    edit(old, new)
    with pytest.raises(GraderError, match=message) as caught:
        built(mini)
    assert (caught.value.file, caught.value.line) == ("source/week1/scale.py", 39)

"""Feedback, made by the real nbgrader: no hidden test, and a reason for each failure."""

import json
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_output
from own_gradebook import copy_config

from autograder.course_tree import CourseTree
from autograder.feedback.as_released import ShowTestsAsReleased
from autograder.release.build import build

ANSWERS = {
    "right": (
        "return 2.0 * np.asarray(X, dtype=float)",
        "if X.ndim != 2: raise ValueError('2-D')\n    return X.sum(1)",
    ),
    "keeps_type": ("return 2 * X", "return X.sum(1)"),
    "odd_integers": ("return X * (2.5 if X.dtype.kind == 'i' else 2.0)", "return X.sum(1)"),
    # what a student makes up must not be shown as if it came from the grader
    "made_up": (
        "if X.dtype.kind == 'i': raise ValueError(f'a\\nIt looks as if {X}')\n    return 2.0 * X",
        "return X.sum(1)",
    ),
    "raises": ("print('arg', X)\n    raise KeyError(f'secret {X}')", "return X.sum(0)"),
}


def hand_in(mini: CourseTree, student: str, double: str, row_sums: str) -> None:
    notebook = json.loads((mini.root / "release/week1/scale.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for name, body in (("double", double), ("row_sums", row_sums)):
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == name:
                cell["source"] = f"def {name}(X):\n    {body}\n"
    folder = mini.root / "submitted" / student / "week1"
    folder.mkdir(parents=True)
    (folder / "scale.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The feedback page of each student, graded once for all tests of this module."""
    here = Path(__file__).resolve().parent.parent
    root = tmp_path_factory.mktemp("course")
    shutil.copytree(here / "fixtures" / "mini", root, dirs_exist_ok=True)
    copy_config(root)
    mini = CourseTree(root)
    build(mini)
    for student, bodies in ANSWERS.items():
        hand_in(mini, student, *bodies)
    for step in ("generate_assignment", "autograde", "generate_feedback"):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", step, "week1"],
            cwd=root,
            check=True,
            capture_output=True,
            timeout=300,
        )
    return {
        student: unescape((root / f"feedback/{student}/week1/scale.html").read_text("utf-8"))
        for student in ANSWERS
    }


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize("student", ANSWERS)
def test_no_page_shows_a_hidden_test(pages: dict[str, str], student: str) -> None:
    text = text_of(pages[student])
    for secret in ("HIDDEN TESTS", "-18.0", "[-9]", "3.5", "row_sums of a square", "double of int"):
        assert secret not in text
    assert "Checked when graded: double, integers." in text


def test_a_failed_hidden_line_shows_the_hint(pages: dict[str, str]) -> None:
    text = text_of(pages["odd_integers"])
    assert (
        "A check that runs only when graded failed. "
        "What is the dtype of 2 * X if X holds integers?" in text
    )
    assert "dtype of 2 * X" not in text_of(pages["right"])


def test_a_recognised_mistake_is_named_instead_of_the_hint(pages: dict[str, str]) -> None:
    text = text_of(pages["keeps_type"])
    assert (
        "A check that runs only when graded failed. It looks as if your code keeps the type. "
        "You return the type that came in. What does the docstring ask for?" in text
    )
    assert "dtype of 2 * X" not in text
    # behind the check's own message where that is in sight
    text = text_of(pages["raises"])
    assert re.search(r"row_sums: got .* It looks as if your code sums columns\. You sum over", text)


def test_what_a_student_raises_is_no_diagnosis(pages: dict[str, str]) -> None:
    text = text_of(pages["made_up"])
    assert "It looks as if [[ 7]" not in text
    assert "Your code raised ValueError there." in text


def test_a_failed_visible_line_shows_its_message(pages: dict[str, str]) -> None:
    assert "row_sums of a vector" in text_of(pages["keeps_type"])
    assert re.search(r"row_sums: got .*shape \(3,\)", text_of(pages["raises"]))


def test_an_error_in_a_hidden_check_shows_its_type_only(pages: dict[str, str]) -> None:
    text = text_of(pages["raises"])
    assert "Your code raised KeyError there." in text
    assert "secret [[ 7]" not in text
    assert "arg [[ 7]" not in text


def test_the_right_answer_has_no_failure(pages: dict[str, str]) -> None:
    text = text_of(pages["right"])
    assert "failed" not in text
    assert "Score: 4.5 / 5.0" in text or "4.5/5" in text


def test_a_style_sheet_in_an_output_does_not_become_text_on_the_page() -> None:
    html = "<div><style scoped>\n.x { color: red; }\n</style><b>3</b></div>"
    output = new_output("execute_result", {"text/html": html, "text/plain": "3"})
    cell = new_code_cell("table", outputs=[output])
    shown, _ = ShowTestsAsReleased().preprocess_cell(cell, {}, 0)
    assert shown.outputs[0].data == {"text/html": "<div><b>3</b></div>", "text/plain": "3"}

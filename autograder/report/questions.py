"""What was asked: notebooks and their tests, with the words that authors gave them."""

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course_tree import CourseTree
from autograder.examiner.lesson import LessonCell, read_lesson
from autograder.report.read import Key

_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """One test cell.

    Attributes
    ----------
    number : int
        Counted over the assignment, from 1.
    target, idea : str
        The stub and what of it is tested, in words; the idea of a first test is empty.
    shown : str
        `visible`, `hidden` or `both`: what students see of it.
    """

    number: int
    notebook: str
    grade_id: str
    target: str
    idea: str
    points: float
    hint: str
    shown: str

    @property
    def key(self) -> Key:
        """Notebook and grade_id."""
        return self.notebook, self.grade_id


@dataclass(frozen=True, slots=True)
class Chapter:
    """One notebook. `hints`: those of its catalogued mistakes, by name."""

    name: str
    title: str
    questions: tuple[Question, ...]
    hints: Mapping[str, str]


def read_chapters(tree: CourseTree, assignment: str) -> tuple[Chapter, ...]:
    """Read the built notebooks of an assignment, in order.

    Raises
    ------
    GraderError
        If there is no such assignment, or a notebook is not built.
    """
    chapters: list[Chapter] = []
    number = 0
    for path in tree.notebooks(assignment):
        questions = []
        for cell in read_lesson(path.source).tests:
            number += 1
            questions.append(_question(number, path.name, cell))
        title = _title(path.source) or path.name
        chapters.append(Chapter(path.name, title, tuple(questions), hints(path.misconceptions)))
    return tuple(chapters)


def _question(number: int, notebook: str, cell: LessonCell) -> Question:
    idea = cell.grade_id.removeprefix(f"test_{cell.target}").replace("_", " ").strip()
    shown = "visible" if not cell.hidden else "both" if cell.opening else "hidden"
    return Question(
        number, notebook, cell.grade_id, cell.target, idea, cell.points, cell.hint, shown
    )


def _title(source: Path) -> str:
    for cell in json.loads(source.read_text(encoding="utf-8"))["cells"]:
        found = _TITLE.search("".join(cell["source"]))
        if cell["cell_type"] == "markdown" and found:
            return found[1].strip()
    return ""


def hints(catalogue: Path) -> dict[str, str]:
    """The hint of each catalogued mistake: its docstring, read without running the file."""
    if not catalogue.is_file():
        return {}
    tree = ast.parse(catalogue.read_text(encoding="utf-8"))
    return {
        node.name: " ".join((ast.get_docstring(node) or "").split())
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }

"""A sample class: submissions of every kind that a real class hands in."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.authoring.load import load
from autograder.authoring.run import answers
from autograder.catalogue import Entry, load_catalogue
from autograder.course_tree import CourseTree, NotebookPath
from autograder.demo.answers import reference, solutions, with_body
from autograder.demo.catalogue_text import CatalogueText
from autograder.demo.rewritten import names_above, rewritten

TIMESTAMP = "2026-03-09 09:00:00 UTC"
Write = Callable[[Notebook, Cell], str | None]


@dataclass(frozen=True, slots=True)
class Student:
    """One member of the sample class.

    Attributes
    ----------
    write : callable
        (notebook, solution cell) -> the text handed in; None leaves the stub as released.
    drop : str
        grade_id of a test cell that this student deleted.
    """

    id: str
    write: Write
    drop: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A notebook of the assignment with its catalogue.

    Attributes
    ----------
    values : frozenset of str
        The stubs whose answer is a value, not a function or a class.
    """

    path: NotebookPath
    notebook: Notebook
    catalogue: CatalogueText
    entries: tuple[Entry, ...]
    values: frozenset[str]


def lessons(tree: CourseTree, assignment: str) -> list[Lesson]:
    """Load every notebook of an assignment and what is catalogued of it.

    Raises
    ------
    GraderError
        If there is no such assignment or a text is refused.
    """
    found = []
    for path in tree.notebooks(assignment):
        notebook = load(path, tree.root / "course")
        shown = path.misconceptions.relative_to(tree.root).as_posix()
        names = answers(notebook)
        entries = load_catalogue(path.misconceptions, shown, names)
        text = path.misconceptions.read_text(encoding="utf-8") if entries else ""
        values = {c.grade_id for c in solutions(notebook) if not callable(names.get(c.grade_id))}
        catalogue = CatalogueText(text, shown)
        found.append(Lesson(path, notebook, catalogue, tuple(entries), frozenset(values)))
    return found


def sample_class(lessons: list[Lesson], size: int = 24) -> list[Student]:
    """Invent a class of `size` students (at least 10), each of another kind.

    Parameters
    ----------
    lessons : list of Lesson
        The notebooks of one assignment.
    """
    kinds = _kinds(lessons)
    kinds += [
        (entry.name, _misconception(lesson, entry), "")
        for lesson, entry in _spread(_mistakes(lessons), size - len(kinds))
    ]
    while len(kinds) < size:
        kinds.append((f"all_right_{len(kinds)}", _right, ""))
    return [
        Student(f"s{number:02d}-{name}", write, drop)
        for number, (name, write, drop) in enumerate(kinds, start=1)
    ]


def sample_term(course: list[list[Lesson]], size: int) -> list[list[Student]]:
    """Invent one class for several assignments.

    In the first assignment each of ten students is of another kind, as in `sample_class`. Later
    those who only broke something make mistakes instead, as do all the others: one in every
    notebook, each student another.

    Returns
    -------
    list of list of Student
        The same students, for each assignment.
    """
    terms: list[list[Student]] = []
    for lessons in course:
        members = [(name, write, drop) for name, write, drop in _kinds(lessons)]
        members += [(f"mistaken_{i}", _right, "") for i in range(1, size - len(members) + 1)]
        students = []
        for number, (name, write, drop) in enumerate(members):
            if name.startswith("mistaken") or (terms and name in _ONLY_ONCE):
                write, drop = _one_mistake_each(lessons, number), ""
            students.append(Student(f"s{number + 1:02d}-{name}", write, drop))
        terms.append(students)
    return terms


# each costs time limits or shows the same in every assignment
_ONLY_ONCE = frozenset({"zeros", "name_error", "syntax_error", "endless_loop", "prints_much"})


def _right(_notebook: Notebook, cell: Cell) -> str:
    return reference(cell)


def _kinds(lessons: list[Lesson]) -> list[tuple[str, Write, str]]:
    first = lessons[0].notebook
    # the endless loop costs a time limit for each test of its stub
    target = min(
        solutions(first),
        key=lambda cell: sum(test.target == cell.grade_id for test in first.having(Role.TESTS)),
    )
    last_test = first.having(Role.TESTS)[-1].grade_id
    return [
        ("all_right", _right, ""),
        ("another_way", _alternatives(lessons), ""),
        ("first_half", _first_half, ""),
        ("zeros", lambda _n, cell: with_body(cell, "return np.zeros(3)"), ""),
        ("name_error", lambda _n, cell: with_body(cell, "return undefined_name"), ""),
        ("syntax_error", lambda _n, cell: with_body(cell, "return (1,"), ""),
        ("untouched", lambda _n, _cell: None, ""),
        ("deleted_test", _right, last_test),
        ("endless_loop", _one_wrong(target, "while True:\n    pass"), ""),
        ("prints_much", _one_wrong(target, 'print("x" * 200)\nraise ValueError'), ""),
    ]


def _mistakes(lessons: list[Lesson]) -> list[tuple[Lesson, Entry]]:
    return [(lesson, entry) for lesson in lessons for entry in lesson.entries if entry.loses]


def _spread(mistakes: list[tuple[Lesson, Entry]], count: int) -> list[tuple[Lesson, Entry]]:
    """At most `count` of them, not the first stub's only."""
    step = max(1, len(mistakes) // max(1, count))
    return mistakes[::step][: max(0, count)]


def _one_mistake_each(lessons: list[Lesson], number: int) -> Write:
    """In each notebook one catalogued mistake, another for each number."""
    chosen = {}
    for lesson in lessons:
        mistakes = _mistakes([lesson])
        if mistakes:
            # a step that divides few lengths goes through all stubs
            _, entry = mistakes[number * 7 % len(mistakes)]
            chosen[lesson.path.name] = _misconception(lesson, entry)

    def write(notebook: Notebook, cell: Cell) -> str | None:
        return chosen.get(notebook.name, _right)(notebook, cell)

    return write


def hand_in(students: Iterable[Student], lessons: list[Lesson], submitted: Path) -> None:
    """Write every submission to `submitted/<student>/<assignment>/`, as nbgrader collects it."""
    for student in students:
        for lesson in lessons:
            released = json.loads(lesson.path.release.read_text(encoding="utf-8"))
            folder = submitted / student.id / lesson.path.assignment
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "timestamp.txt").write_text(TIMESTAMP, encoding="utf-8")
            (folder / f"{lesson.path.name}.ipynb").write_text(
                json.dumps(_filled(student, lesson.notebook, released), indent=1), encoding="utf-8"
            )


def _filled(student: Student, notebook: Notebook, released: dict[str, Any]) -> dict[str, Any]:
    cells = []
    for cell in released["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if grade_id and grade_id == student.drop:
            continue
        if grade_id and notebook.cell(grade_id).role is Role.SOLUTION:
            text = student.write(notebook, notebook.cell(grade_id))
            if text is not None:
                cell["source"] = text
        cells.append(cell)
    return {**released, "cells": cells}


def _first_half(notebook: Notebook, cell: Cell) -> str | None:
    cells = solutions(notebook)
    return reference(cell) if cells.index(cell) < (len(cells) + 1) // 2 else None


def _one_wrong(target: Cell, body: str) -> Write:
    def write(_notebook: Notebook, cell: Cell) -> str:
        return with_body(cell, body) if cell == target else reference(cell)

    return write


def _alternatives(lessons: list[Lesson]) -> Write:
    texts = {
        (lesson.path.name, entry.target): catalogued_text(lesson, entry)
        for lesson in lessons
        for entry in lesson.entries
        if not entry.loses
    }

    def write(notebook: Notebook, cell: Cell) -> str:
        return texts.get((notebook.name, cell.grade_id)) or reference(cell)

    return write


def _misconception(lesson: Lesson, entry: Entry) -> Write:
    text = catalogued_text(lesson, entry)

    def write(notebook: Notebook, cell: Cell) -> str:
        mine = notebook.name == lesson.path.name and cell.grade_id == entry.target
        return text if mine else reference(cell)

    return write


def catalogued_text(lesson: Lesson, entry: Entry) -> str:
    """The cell of a catalogued answer, as a student would hand it in."""
    cell = lesson.notebook.cell(entry.target)
    above = names_above(lesson.notebook, cell)
    value = entry.target in lesson.values
    return rewritten(lesson.catalogue, entry.name, cell, above, value=value)

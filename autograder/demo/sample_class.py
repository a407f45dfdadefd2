"""A sample class: submissions of every kind that a real class hands in."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.authoring.load import load
from autograder.authoring.run import answers
from autograder.catalogue import Entry, load_catalogue
from autograder.course_tree import CourseTree, NotebookPath
from autograder.demo.answers import reference, solutions, with_body
from autograder.demo.catalogue_text import CatalogueText
from autograder.demo.lost import Loses, Lost, declared, everything, nothing, unknown, without
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
    loses : callable
        notebook -> the test cells that must be lost.
    drop : str
        grade_id of a test cell that this student deleted.
    """

    id: str
    write: Write
    loses: Loses
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
    """Invent a class of `size` students (at least 11), each of another kind.

    Parameters
    ----------
    lessons : list of Lesson
        The notebooks of one assignment.
    """
    kinds = _kinds(lessons)
    kinds += [
        _mistaken(entry.name, {lesson.path.name: entry}, lessons)
        for lesson, entry in _spread(_mistakes(lessons), size - len(kinds))
    ]
    while len(kinds) < size:
        kinds.append(Student(f"all_right_{len(kinds)}", _right, nothing))
    return [_numbered(kind, number) for number, kind in enumerate(kinds, start=1)]


def sample_term(course: list[list[Lesson]], size: int) -> list[list[Student]]:
    """Invent one class for several assignments.

    In the first assignment each of eleven students is of another kind, as in `sample_class`. Later
    those who only broke something make mistakes instead, as do all the others: one in every
    notebook, each student another.

    Returns
    -------
    list of list of Student
        The same students, for each assignment.
    """
    terms: list[list[Student]] = []
    for lessons in course:
        kinds = _kinds(lessons)
        kinds += [
            Student(f"mistaken_{i}", _right, nothing) for i in range(1, size - len(kinds) + 1)
        ]
        students = []
        for number, kind in enumerate(kinds):
            if kind.id.startswith("mistaken") or (terms and kind.id in _ONLY_ONCE):
                kind = _mistaken(kind.id, _one_mistake_each(lessons, number), lessons)
            students.append(_numbered(kind, number + 1))
        terms.append(students)
    return terms


# each costs time limits or shows the same in every assignment
_ONLY_ONCE = frozenset({"zeros", "name_error", "syntax_error", "endless_loop", "prints_much"})


def _numbered(kind: Student, number: int) -> Student:
    return replace(kind, id=f"s{number:02d}-{kind.id}")


def _right(_notebook: Notebook, cell: Cell) -> str:
    return reference(cell)


def _kinds(lessons: list[Lesson]) -> list[Student]:
    """One student of each kind, with the kind's name for an id."""
    first = lessons[0].notebook
    # the endless loop costs a time limit for each test of its stub
    target = min(
        solutions(first),
        key=lambda cell: sum(test.target == cell.grade_id for test in first.having(Role.TESTS)),
    )
    last_test = first.having(Role.TESTS)[-1].grade_id

    def everywhere(name: str, body: str, loses: Loses) -> Student:
        return Student(name, lambda _notebook, cell: with_body(cell, body), loses)

    def only_there(name: str, body: str) -> Student:
        def loses(notebook: Notebook) -> Lost:
            return without(notebook, [target.grade_id] if notebook == first else [])

        return Student(name, _one_wrong(target, body), loses)

    return [
        Student("all_right", _right, nothing),
        Student("another_way", _alternatives(lessons), nothing),
        Student("first_half", _first_half, _second_half),
        everywhere("zeros", "return np.zeros(3)", unknown),
        everywhere("name_error", "return undefined_name", everything),
        everywhere("syntax_error", "return (1,", everything),
        Student("untouched", lambda _notebook, _cell: None, everything),
        Student("deleted_test", _right, nothing, drop=last_test),
        only_there("endless_loop", "while True:\n    pass"),
        only_there("prints_much", 'print("x" * 200)\nraise ValueError'),
        Student("empty", lambda _notebook, _cell: "", everything),
    ]


def _mistakes(lessons: list[Lesson]) -> list[tuple[Lesson, Entry]]:
    return [(lesson, entry) for lesson in lessons for entry in lesson.entries if entry.loses]


def _spread(mistakes: list[tuple[Lesson, Entry]], count: int) -> list[tuple[Lesson, Entry]]:
    """At most `count` of them, not the first stub's only."""
    step = max(1, len(mistakes) // max(1, count))
    return mistakes[::step][: max(0, count)]


def _one_mistake_each(lessons: list[Lesson], number: int) -> dict[str, Entry]:
    """By notebook one catalogued mistake, another for each number."""
    chosen = {}
    for lesson in lessons:
        mistakes = _mistakes([lesson])
        if mistakes:
            # a step that divides few lengths goes through all stubs
            _, chosen[lesson.path.name] = mistakes[number * 7 % len(mistakes)]
    return chosen


def _mistaken(name: str, mistakes: Mapping[str, Entry], lessons: list[Lesson]) -> Student:
    """A student with one catalogued mistake in each of some notebooks."""
    texts = {
        (lesson.path.name, mistakes[lesson.path.name].target): catalogued_text(
            lesson, mistakes[lesson.path.name]
        )
        for lesson in lessons
        if lesson.path.name in mistakes
    }
    losses = {notebook: entry.loses for notebook, entry in mistakes.items()}
    return Student(name, _written(texts), declared(losses))


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
    return reference(cell) if cell in _halves(notebook)[0] else None


def _second_half(notebook: Notebook) -> Lost:
    return without(notebook, [cell.grade_id for cell in _halves(notebook)[1]])


def _halves(notebook: Notebook) -> tuple[list[Cell], list[Cell]]:
    cells = solutions(notebook)
    middle = (len(cells) + 1) // 2
    return cells[:middle], cells[middle:]


def _one_wrong(target: Cell, body: str) -> Write:
    def write(_notebook: Notebook, cell: Cell) -> str:
        return with_body(cell, body) if cell == target else reference(cell)

    return write


def _alternatives(lessons: list[Lesson]) -> Write:
    return _written(
        {
            (lesson.path.name, entry.target): catalogued_text(lesson, entry)
            for lesson in lessons
            for entry in lesson.entries
            if not entry.loses
        }
    )


def _written(texts: Mapping[tuple[str, str], str]) -> Write:
    """Some cells, by notebook and grade_id, with a text of their own; the reference elsewhere."""

    def write(notebook: Notebook, cell: Cell) -> str:
        return texts.get((notebook.name, cell.grade_id)) or reference(cell)

    return write


def catalogued_text(lesson: Lesson, entry: Entry) -> str:
    """The cell of a catalogued answer, as a student would hand it in."""
    cell = lesson.notebook.cell(entry.target)
    above = names_above(lesson.notebook, cell)
    value = entry.target in lesson.values
    return rewritten(lesson.catalogue, entry.name, cell, above, value=value)

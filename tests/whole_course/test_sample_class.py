"""A catalogued answer, written into a cell of the sample class, loses what is declared."""

import pytest

from autograder.authoring.run import answers, grade
from autograder.course_tree import CourseTree, NotebookPath
from autograder.demo.answers import reference, solutions
from autograder.demo.sample_class import catalogued_text, lessons
from autograder.examiner.lesson import read_lesson

COURSE = CourseTree.find(None)
PATHS = [path for name in COURSE.assignments() for path in COURSE.notebooks(name)]


# a student divides by zero and goes on
@pytest.mark.filterwarnings("ignore")
@pytest.mark.whole_course
@pytest.mark.parametrize("path", PATHS, ids=str)
def test_every_catalogued_cell_loses_exactly_what_is_declared(path: NotebookPath) -> None:
    missing = read_lesson(path.source).missing
    if missing:
        pytest.skip(f"needs {' and '.join(missing)}: .ci/frameworks runs it")
    lesson = next(one for one in lessons(COURSE, path.assignment) if one.path == path)
    right = {cell.grade_id: reference(cell) for cell in solutions(lesson.notebook)}
    wrong = {}
    for entry in lesson.entries:
        text = catalogued_text(lesson, entry)
        names = answers(lesson.notebook, sources=right | {entry.target: text})
        outcomes = grade(lesson.notebook, names)
        lost = {grade_id for grade_id, outcome in outcomes.items() if not outcome.passed}
        if lost != set(entry.loses):
            wrong[entry.name] = (lost, text)
    assert not wrong

"""`autograder demo`: from release to feedback, on a sample class."""

import shutil
import sys
import time
from pathlib import Path

from autograder.course_tree import CONFIG_NAME, CourseTree
from autograder.demo.check import mismatches
from autograder.demo.index import write_index
from autograder.demo.pipeline import LOG, Pipeline, pipeline
from autograder.demo.sample_class import (
    Lesson,
    Student,
    hand_in,
    lessons,
    sample_class,
    sample_term,
)
from autograder.demo.scores import Score, scores
from autograder.demo.steps import Steps
from autograder.errors import GraderError
from autograder.examiner.lesson import read_lesson

_MARK = ".autograder-demo"


def run(course: Path | None, assignment: str | None, into: Path | None, size: int = 0) -> None:
    """Make the sample course, grade it and say where everything lies.

    Parameters
    ----------
    assignment : str or None
        One assignment; None for the whole course.
    size : int
        Students, at least 11; 0 for 24 in one assignment and 12 in the whole course.

    Raises
    ------
    GraderError
        If a text is refused, the folder is not ours to clear, a step fails, or a test cell has
        other points than it must have.
    """
    tree = CourseTree.find(course)
    root = (into or tree.root / "build" / "demo").resolve()
    began = time.monotonic()
    steps = Steps()
    with steps.step("prepare", "a sample class"):
        taught = _taught(tree, assignment)
        _prepare(tree, root, list(taught))
        if len(taught) == 1:
            classes = [sample_class(next(iter(taught.values())), size or 24)]
        else:
            classes = sample_term(list(taught.values()), size or 12)
    with pipeline(root) as work:
        for (name, books), students in zip(taught.items(), classes, strict=True):
            hand_in(students, books, root / "submitted")
            _assignment(work, steps, name, len(books), len(students))
        with steps.step("export", "grades.csv"):
            work.export()
    tables = {name: scores(root / "gradebook.db", name) for name in taught}
    write_index(root / "index.html", tables)
    if len(tables) == 1:
        [(name, table)] = tables.items()
        _print_table(table, name)
    else:
        _print_tables(tables)
    count = sum(len(lessons) for lessons in taught.values()) * len(classes[0])
    python = Path(sys.executable)
    print(
        f"\n{count} notebooks of {len(classes[0])} students, from release to report, in "
        f"{time.monotonic() - began:.0f} s ({steps.summary})\n"
        f"  report      {root / 'report'}\n"
        f"  feedback    {root / 'feedback'}\n"
        f"  gradebook   {root / 'gradebook.db'}\n"
        f"  grades      {root / 'grades.csv'}\n"
        f"  log         {root / LOG}\n"
        f"Look at them in a browser:\n"
        f"  {python} -m webbrowser {(root / 'index.html').as_uri()}\n"
        f"or in formgrader, as who grades by hand: cd {root} && {python.parent / 'jupyter'} lab"
    )
    for (name, books), students in zip(taught.items(), classes, strict=True):
        _check(root, name, books, students)


def _taught(tree: CourseTree, assignment: str | None) -> dict[str, list[Lesson]]:
    """The lessons of each assignment, but for those whose framework is not installed."""
    if assignment is not None:
        return {assignment: lessons(tree, assignment)}
    taught = {}
    for name in tree.assignments():
        missing = [
            package for path in tree.notebooks(name) for package in read_lesson(path.source).missing
        ]
        if missing:
            print(f"left out       {name}: {' and '.join(missing)} not installed")
        else:
            taught[name] = lessons(tree, name)
    return taught


def _assignment(work: Pipeline, steps: Steps, name: str, notebooks: int, students: int) -> None:
    with steps.step("release", name):
        work.release(name)
    with steps.step("grade", name):
        work.grade(name)
    with steps.step("feedback", name, notebooks * students) as tick:
        work.feedback(name, tick)
    with steps.step("report", name):
        work.report(name)


def _check(root: Path, name: str, books: list[Lesson], students: list[Student]) -> None:
    wrong = mismatches(root / "gradebook.db", name, students, books)
    if wrong:
        print(f"\nnot as it must be in {name}:", *wrong, sep="\n  ")
        raise GraderError(
            f"test cells of {name} with other points than the sample class must have: {len(wrong)}",
            remedy="`autograder verify` says whether the tests or the catalogue are wrong",
        )


def _prepare(tree: CourseTree, root: Path, assignments: list[str]) -> None:
    if root.exists():
        # clear only what an earlier demo made: the folder may be somebody's course
        if any(root.iterdir()) and not (root / _MARK).is_file():
            raise GraderError(
                f"{root} is not empty and no earlier demo made it",
                remedy="name another folder with --into",
            )
        shutil.rmtree(root)
    root.mkdir(parents=True)
    (root / _MARK).touch()
    config = (tree.root / CONFIG_NAME).read_text(encoding="utf-8")
    # the class's own database must not learn of sample students
    own = f"c.CourseDirectory.db_url = {f'sqlite:///{root}/gradebook.db'!r}"
    (root / CONFIG_NAME).write_text(f"{config}\n{own}\n", encoding="utf-8")
    for name in assignments:
        shutil.copytree(tree.root / "source" / name, root / "source" / name)


def _print_table(table: list[Score], assignment: str) -> None:
    names = sorted({name for row in table for name in row.notebooks})
    width = max(len(row.student) for row in table)
    print(f"\n{assignment:{width}}  " + "  ".join(names) + "  score")
    for row in table:
        cells = "  ".join(f"{row.notebooks.get(name, 0):>{len(name)}g}" for name in names)
        by_hand = "  + written answers" if row.to_grade_by_hand else ""
        print(f"{row.student:{width}}  {cells}  {row.score:g}/{row.max_score:g}{by_hand}")


def _print_tables(tables: dict[str, list[Score]]) -> None:
    """One row a student, one column an assignment, in points."""
    most = {name: max(row.max_score for row in table) for name, table in tables.items()}
    heads = [f"{name.partition('_')[0]}/{most[name]:g}" for name in tables]
    width = max(len(row.student) for table in tables.values() for row in table)
    print(f"\n{'points':{width}}  " + "  ".join(f"{head:>8}" for head in heads))
    for rows in zip(*tables.values(), strict=True):
        cells = "  ".join(f"{row.score:>8g}" for row in rows)
        print(f"{rows[0].student:{width}}  {cells}")
    print("Written answers are not in these points: they wait in formgrader.")

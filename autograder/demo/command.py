"""`autograder demo`: one assignment from release to feedback, on a sample class."""

import shutil
import sys
import time
from pathlib import Path

from autograder.course_tree import CONFIG_NAME, CourseTree
from autograder.demo.pipeline import LOG, run_command
from autograder.demo.sample_class import hand_in, lessons, sample_class
from autograder.demo.scores import Score, scores
from autograder.errors import GraderError

_MARK = ".autograder-demo"


def run(course: Path | None, assignment: str, into: Path | None, size: int = 24) -> None:
    """Make the sample course, grade it and say where everything lies.

    Raises
    ------
    GraderError
        If a text is refused, the folder is not ours to clear, or an nbgrader command fails.
    """
    tree = CourseTree.find(course)
    root = (into or tree.root / "build" / "demo").resolve()
    began = time.monotonic()
    taught = lessons(tree, assignment)
    _prepare(tree, root, assignment)
    students = sample_class(taught, size)
    hand_in(students, taught, root / "submitted")
    print(f"sample class   {len(students)} students in {root / 'submitted'}")

    count = len(students) * len(taught)
    for step, total, words in (
        ("release", len(taught), ("nbgrader", "generate_assignment", assignment)),
        ("grade", 0, ("autograder", "grade", assignment)),
        ("feedback", count, ("nbgrader", "generate_feedback", assignment)),
        ("export", 0, ("nbgrader", "export")),
    ):
        _step(root, step, total, words)
    table = scores(root / "gradebook.db", assignment)
    _print_table(table, assignment)
    print(
        f"\n{len(table)} students graded in {time.monotonic() - began:.0f} s. Look at\n"
        f"  feedback    {root / 'feedback'}\n"
        f"  gradebook   {root / 'gradebook.db'}\n"
        f"  grades      {root / 'grades.csv'}\n"
        f"  log         {root / LOG}\n"
        f"or open formgrader: cd {root} && {Path(sys.executable).parent / 'jupyter'} lab"
    )


def _prepare(tree: CourseTree, root: Path, assignment: str) -> None:
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
    shutil.copy(tree.root / CONFIG_NAME, root)
    shutil.copytree(tree.root / "source" / assignment, root / "source" / assignment)


def _step(root: Path, step: str, total: int, words: tuple[str, ...]) -> None:
    began = time.monotonic()
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty() and total:
            print(f"\r{step:13}  {done}/{total}", end="", file=sys.stderr, flush=True)

    run_command(root, *words, tick=tick)
    if sys.stderr.isatty() and total:
        print("\r" + " " * 40 + "\r", end="", file=sys.stderr)
    print(f"{step:13}  {time.monotonic() - began:.0f} s  {' '.join(words)}", flush=True)


def _print_table(table: list[Score], assignment: str) -> None:
    names = sorted({name for row in table for name in row.notebooks})
    width = max(len(row.student) for row in table)
    print(f"\n{assignment:{width}}  " + "  ".join(names) + "  score")
    for row in table:
        cells = "  ".join(f"{row.notebooks.get(name, 0):>{len(name)}g}" for name in names)
        by_hand = "  + written answers" if row.to_grade_by_hand else ""
        print(f"{row.student:{width}}  {cells}  {row.score:g}/{row.max_score:g}{by_hand}")

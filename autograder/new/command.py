"""`autograder new`: begin a notebook, and say what comes next."""

from pathlib import Path

from autograder.course_tree import CourseTree
from autograder.new.scaffold import begin


def run(course: Path | None, which: str) -> None:
    """Write the files of a new notebook, and print the three commands that come next.

    Raises
    ------
    GraderError
        As `begin` does.
    """
    tree = CourseTree.find(course)
    path = begin(tree, which)
    catalogue = path.misconceptions.relative_to(tree.root).as_posix()
    width = max(len(path.shown), len(catalogue))
    print(f"written  {path.shown:{width}}  the notebook: text, code, stubs, tests, hints")
    print(f"written  {catalogue:{width}}  wrong answers that its tests must catch")
    steps = [
        (f"autograder build {path}", "make the notebooks from the text"),
        (f"autograder verify {path}", "prove every test"),
        (f"jupyter lab {path.release.relative_to(tree.root).as_posix()}", "see it as a student"),
    ]
    width = max(len(step) for step, _ in steps)
    print("\nIt is a whole small exercise, and sound. Change it step by step, and each time:")
    if tree.root != Path.cwd():
        print(f"  cd {tree.root}")
    for step, aim in steps:
        print(f"  {step:{width}}  # {aim}")

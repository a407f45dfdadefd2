"""What the tests of verify share: proofs of the small course, and edits of its catalogue."""

from typing import Any

from autograder.course_tree import CourseTree
from autograder.release.build import build
from autograder.verify.prove import Proof, prove


def proof(mini: CourseTree, **options: Any) -> Proof:
    build(mini)
    (path,) = mini.notebooks()
    return prove(path, **options)


def edit_catalogue(mini: CourseTree, old: str, new: str) -> None:
    (path,) = mini.notebooks()
    text = path.misconceptions.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.misconceptions.write_text(text.replace(old, new), encoding="utf-8")


def add_to_catalogue(mini: CourseTree, text: str) -> None:
    (path,) = mini.notebooks()
    before = path.misconceptions.read_text(encoding="utf-8")
    path.misconceptions.write_text(f"{before}\n\n{text}\n", encoding="utf-8")


def give_the_right_shape(mini: CourseTree) -> None:
    """Let the column sums come in the shape of the row sums, as a sound catalogue has it."""
    edit_catalogue(mini, "return X.sum(axis=0)\n", "return X.sum(axis=0)[: len(X)]\n")

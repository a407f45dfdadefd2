"""Notice built notebooks that somebody edited: a build must not throw the edit away."""

import json
from collections.abc import Iterable
from pathlib import Path

from autograder.authoring.digest import cells_digest
from autograder.course_tree import CourseTree
from autograder.errors import GraderError
from autograder.release.stage import Stale


def is_edited(built: Path) -> bool:
    """Whether a built instructor notebook's cells are not those that were built."""
    try:
        notebook = json.loads(built.read_text(encoding="utf-8"))
        return bool(notebook["metadata"]["course"]["built"] != cells_digest(notebook["cells"]))
    except (ValueError, KeyError, TypeError):
        return True


def refuse_to_lose(tree: CourseTree, changed: Iterable[Stale]) -> None:
    """Refuse a build that would overwrite or remove somebody's work in `source/`.

    Raises
    ------
    GraderError
        For the first notebook that has no text source or was edited after it was built.
    """
    for stale in changed:
        path = tree.root / stale.file
        if not stale.file.startswith("source/") or not path.exists():
            continue
        text = Path(stale.file).with_suffix(".py")
        if not (tree.root / text).exists():
            raise GraderError(
                "this notebook has no text source",
                file=stale.file,
                remedy=f"make one with `jupytext --to py:percent {stale.file}`, "
                "or move the notebook elsewhere",
            )
        if is_edited(path):
            raise GraderError(
                "this built notebook was edited by hand",
                file=stale.file,
                remedy=f"move the edit into {text.as_posix()}, "
                "or discard it with `autograder build --overwrite`",
            )

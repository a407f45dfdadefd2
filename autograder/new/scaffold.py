"""The two files that a notebook begins with, and the names that it may have."""

import re
from importlib.resources import files

from autograder.course_tree import CourseTree, NotebookPath
from autograder.errors import GraderError
from autograder.files import write_whole

_WORD = re.compile(r"[a-z][a-z0-9_]{0,49}")
_EXAMPLE = "day08_topic/notebook"


def begin(tree: CourseTree, which: str) -> NotebookPath:
    """Write the text and the catalogue of a new notebook, `ASSIGNMENT/NOTEBOOK`.

    Raises
    ------
    GraderError
        If the name is not clear, or anything of this notebook is there already. Nothing is
        written then.
    """
    path = _path(tree, which)
    for file in (path.text, path.misconceptions, path.source, path.release):
        if file.exists():
            raise GraderError(
                "this is there already, and nothing was written",
                file=file.relative_to(tree.root).as_posix(),
                remedy="choose another name, or edit what is there",
            )
    title = path.name.replace("_", " ").capitalize()
    write_whole(path.misconceptions, _template("misconceptions").replace("NAME", str(path)))
    write_whole(path.text, _template("notebook").replace("TITLE", title))
    return path


def _path(tree: CourseTree, which: str) -> NotebookPath:
    assignment, _, notebook = which.partition("/")
    if not (_WORD.fullmatch(assignment) and _WORD.fullmatch(notebook)):
        raise GraderError(
            f"{which!r} does not name a notebook",
            remedy="write ASSIGNMENT/NOTEBOOK, each in lower-case letters, digits and "
            f"underscores, a letter first, 50 at most: {_meant(which)}",
        )
    return NotebookPath(tree.root, assignment, notebook)


def _meant(which: str) -> str:
    # a file's name, or a title with spaces and capitals, is a near miss
    wanted = which.removeprefix("source/").removesuffix(".py").removesuffix(".ipynb")
    words = [re.sub(r"[^a-z0-9]+", "_", word.lower()).strip("_") for word in wanted.split("/")]
    if len(words) == 2 and all(_WORD.fullmatch(word) for word in words):
        return f"did you mean {'/'.join(words)}?"
    return f"such as {_EXAMPLE}"


def _template(name: str) -> str:
    return (files(__package__) / f"{name}.py.txt").read_text(encoding="utf-8")

"""Read, parse and check one text source."""

from pathlib import Path

from autograder.authoring.cells import Notebook
from autograder.authoring.names import public_names
from autograder.authoring.parse import parse
from autograder.authoring.rules import check
from autograder.course_tree import NotebookPath
from autograder.errors import GraderError


def load(path: NotebookPath, package: Path) -> Notebook:
    """Read one text source and refuse what must not be released.

    Parameters
    ----------
    package : Path
        The folder of the `course` package, whose public names no stub may bear.

    Raises
    ------
    GraderError
        If the file cannot be read or is refused.
    """
    try:
        text = path.text.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise GraderError(
            f"not UTF-8: {error.reason}", file=path.shown, remedy="save the file as UTF-8"
        ) from None
    except OSError as error:
        raise GraderError(
            f"cannot be read: {error.strerror}", file=path.shown, remedy="check its name and rights"
        ) from None
    notebook = parse(text, assignment=path.assignment, name=path.name, file=path.shown)
    check(notebook, public_names(package))
    return notebook

"""From a parsed text to the instructor notebook: nbgrader's schema 3, stable cell ids."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.authoring.digest import cells_digest
from autograder.authoring.load import load
from autograder.authoring.pictures import Picture, attachment, pictures
from autograder.course_tree import NotebookPath

SCHEMA_VERSION = 3
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def compile_notebook(notebook: Notebook, drawn: Mapping[str, Picture]) -> NotebookNode:
    """Build the instructor notebook. Equal texts give equal notebooks, ids included.

    Parameters
    ----------
    drawn : mapping
        The picture of each show cell that a markdown cell embeds.
    """
    taken: set[str] = set()
    cells = []
    for cell in notebook.cells:
        content = {
            "source": released_sentence(cell) + cell.source,
            "metadata": _metadata(cell, drawn),
            "id": _cell_id(cell, taken),
        }
        if cell.picture:
            content["attachments"] = {f"{cell.picture}.png": attachment(drawn[cell.picture])}
        cells.append(
            new_code_cell(**content) if cell.kind == "code" else new_markdown_cell(**content)
        )
    # tells a later build whether somebody edited the built notebook instead of the text
    metadata = {**METADATA, "course": {"built": cells_digest(cells)}}
    built: NotebookNode = new_notebook(cells=cells, metadata=metadata)
    return built


def released_sentence(cell: Cell) -> str:
    """The line that stands for a test cell whose tests are all hidden; else nothing."""
    if not cell.all_hidden:
        return ""
    idea = cell.idea.replace("_", " ") or "inputs you have not seen"
    return f"# Checked when graded: {cell.target}, {idea}.\n"


def compile_file(path: NotebookPath, package: Path) -> str:
    """Compile one text source to the bytes of its `.ipynb`.

    Raises
    ------
    GraderError
        If the text is refused.
    """
    notebook = load(path, package)
    drawn = pictures(notebook, package, path.source)
    return str(nbformat.writes(compile_notebook(notebook, drawn))) + "\n"


def _metadata(cell: Cell, drawn: Mapping[str, Picture]) -> dict[str, Any]:
    if cell.picture:
        picture = drawn[cell.picture]
        return {
            "course": {
                "picture": cell.picture,
                "picture_key": picture.key,
                "picture_digest": picture.digest,
            }
        }
    if cell.role is Role.PLAIN:
        return {}
    graded = cell.role in {Role.TESTS, Role.MANUAL}
    nbgrader: dict[str, Any] = {
        "grade": graded,
        "grade_id": cell.grade_id,
        "locked": cell.role in {Role.TESTS, Role.LOCKED, Role.SHOW},
        "schema_version": SCHEMA_VERSION,
        "solution": cell.role in {Role.SOLUTION, Role.MANUAL},
        "task": False,
    }
    if graded:
        nbgrader["points"] = cell.points
    ours = {
        "role": cell.role.value,
        "idea": cell.idea,
        "hint": cell.hint,
        "timeout": cell.timeout,
        "mutates": list(cell.mutates),
    }
    return {"nbgrader": nbgrader, "course": {key: value for key, value in ours.items() if value}}


def _cell_id(cell: Cell, taken: set[str]) -> str:
    # Jupyter's ids are random; ours come from the content, so that a rebuild changes nothing
    # and an inserted cell does not rename those below it
    stem = cell.grade_id.replace("_", "-")[:56]
    if not stem:
        digest = hashlib.sha256(f"{cell.kind}\n{cell.source}".encode()).hexdigest()
        stem = f"{cell.kind}-{digest[:10]}"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    taken.add(name)
    return name

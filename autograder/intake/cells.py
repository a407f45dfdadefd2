"""Cells as an `.ipynb` stores them, read defensively: a student may have written anything."""

from typing import Any

# a plain dict, or nbformat's NotebookNode, which is one
Cell = dict[str, Any]


def text_of(cell: Cell) -> str:
    """The text of a cell, stored as a string or a list of lines; empty if it is neither."""
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    # half a surrogate pair, which JSON can spell, could not be written to any file
    return source.encode("utf-8", "replace").decode("utf-8") if isinstance(source, str) else ""


def kind_of(cell: Cell) -> str:
    """The type of a cell; empty if it is none that a student may write."""
    kind = cell.get("cell_type")
    return kind if isinstance(kind, str) and kind in {"code", "markdown"} else ""


def nbgrader_of(cell: Cell) -> dict[str, Any]:
    """Nbgrader's metadata of a cell; empty if there is none or it is no dictionary."""
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return found if isinstance(found, dict) else {}


def grade_id_of(cell: Cell) -> str:
    """The grade_id of a cell; empty if it has none."""
    value = nbgrader_of(cell).get("grade_id", "")
    return value if isinstance(value, str) else ""


def is_solution(cell: Cell) -> bool:
    """Whether a student writes the cell."""
    return bool(nbgrader_of(cell).get("solution"))


def is_test(cell: Cell) -> bool:
    """Whether a cell is graded by running it."""
    meta = nbgrader_of(cell)
    return cell.get("cell_type") == "code" and bool(meta.get("grade")) and not is_solution(cell)

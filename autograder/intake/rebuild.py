"""Rebuild a submission from the source: only answers and extra cells are the student's."""

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.intake.cells import Cell, grade_id_of, is_solution, kind_of, text_of


def rebuild(
    submitted: Sequence[Cell], source: Sequence[Cell], stubs: Mapping[str, str]
) -> list[Cell]:
    """Put a student's answers into the cells of the source notebook.

    Texts of solution cells, of free cells and cells that the student added are taken over; all
    else (order, metadata, tests, points, deleted and duplicated cells) is as in the source.

    Parameters
    ----------
    submitted, source : sequence of cells, as an `.ipynb` stores them
    stubs : mapping
        For the grade_id of a solution cell its released text, used where its answer is missing.

    Returns
    -------
    list of cells
        New ones. An added cell stands behind the cell it stood behind, or on top.
    """
    texts: dict[str, str] = {}
    added: dict[str, list[Cell]] = {}
    anchor = ""
    for cell, origin in zip(submitted, _recognised(submitted, source), strict=True):
        if origin:
            anchor = origin
            # of a duplicated answer the first counts
            texts.setdefault(origin, text_of(cell))
        elif kind_of(cell):
            added.setdefault(anchor, []).append(_bare(cell))
    taken = {cell["id"] for cell in source}
    cells = _named(added.get("", []), taken)
    for original in source:
        cell = {**original, "metadata": _without_course(original)}
        if is_solution(cell):
            cell["source"] = texts.get(cell["id"], stubs.get(grade_id_of(cell), ""))
        elif cell["cell_type"] == "code" and "nbgrader" not in cell["metadata"]:
            cell["source"] = texts.get(cell["id"], text_of(original))
        else:
            cell["source"] = text_of(original)
        cells += [cell, *_named(added.get(cell["id"], []), taken)]
    return cells


def _without_course(cell: Cell) -> dict[str, Any]:
    return {key: value for key, value in cell["metadata"].items() if key != "course"}


def _recognised(submitted: Sequence[Cell], source: Sequence[Cell]) -> list[str]:
    """For each submitted cell the id of the source cell it comes from, or nothing."""
    by_grade_id = {grade_id_of(cell): cell["id"] for cell in source if grade_id_of(cell)}
    plain = [cell for cell in source if not grade_id_of(cell)]
    kinds = {cell["id"]: cell["cell_type"] for cell in plain}
    # editors that drop cell ids keep texts
    by_text = {(cell["cell_type"], text_of(cell)): cell["id"] for cell in plain}
    found = []
    for cell in submitted:
        grade_id, kind, own = grade_id_of(cell), kind_of(cell), cell.get("id")
        if grade_id in by_grade_id:
            found.append(by_grade_id[grade_id])
        elif isinstance(own, str) and own in kinds and kinds[own] == kind:
            found.append(own)
        else:
            found.append(by_text.get((kind, text_of(cell)), ""))
    return found


def _bare(cell: Cell) -> Cell:
    """A student's own cell without metadata, which could make it something else."""
    bare = {
        "cell_type": cell["cell_type"],
        "id": cell.get("id"),
        "metadata": {},
        "source": text_of(cell),
    }
    if cell["cell_type"] == "code":
        bare |= {"outputs": [], "execution_count": None}
    return bare


def _named(cells: list[Cell], taken: set[str]) -> list[Cell]:
    """Give each added cell an id that is valid and that no other cell has."""
    for cell in cells:
        own = cell.get("id")
        if not isinstance(own, str) or not 0 < len(own) <= 64 or own in taken or not _plain(own):
            cell["id"] = f"added-{len(taken)}"
        taken.add(cell["id"])
    return cells


def _plain(name: str) -> bool:
    return name.isascii() and name.replace("-", "").replace("_", "").isalnum()

"""Rebuild a submission from the source: only answers and extra cells are the student's."""

from collections.abc import Callable

from nbformat import NotebookNode
from nbgrader.utils import is_solution

Stub = Callable[[NotebookNode], str]


def rebuild(submitted: NotebookNode, source: NotebookNode, stub: Stub) -> NotebookNode:
    """Put a student's answers into the source notebook.

    Texts of solution cells, of free cells and cells that the student added are taken over; all
    else (order, metadata, tests, points, deleted and duplicated cells) is as in the source.

    Parameters
    ----------
    stub : callable
        The released text of a source solution cell, used where its answer is missing.

    Returns
    -------
    NotebookNode
        A new notebook. An added cell stands behind the cell it stood behind, or on top.
    """
    known = _recognised(submitted, source)
    texts: dict[str, str] = {}
    added: dict[str, list[NotebookNode]] = {}
    anchor = ""
    for cell, origin in zip(submitted.cells, known, strict=True):
        if origin:
            anchor = origin
            # of a duplicated answer the first counts
            texts.setdefault(origin, cell.source)
        elif cell.cell_type in {"code", "markdown"}:
            added.setdefault(anchor, []).append(_bare(cell))
    cells = list(added.get("", []))
    for original in source.cells:
        cell = NotebookNode(original)
        if is_solution(cell):
            cell.source = texts.get(original.id, stub(original))
        elif cell.cell_type == "code" and "nbgrader" not in cell.metadata:
            cell.source = texts.get(original.id, original.source)
        cells += [cell, *added.get(original.id, [])]
    return NotebookNode({**source, "cells": _unique(cells)})


def _recognised(submitted: NotebookNode, source: NotebookNode) -> list[str]:
    """For each submitted cell the id of the source cell it comes from, or nothing."""
    by_grade_id = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in source.cells
        if "nbgrader" in cell.metadata
    }
    plain = [cell for cell in source.cells if "nbgrader" not in cell.metadata]
    ids = {cell.id: cell.cell_type for cell in plain}
    # editors that drop cell ids keep texts
    by_text = {(cell.cell_type, cell.source): cell.id for cell in plain}
    found = []
    for cell in submitted.cells:
        meta = cell.metadata.get("nbgrader")
        grade_id = meta.get("grade_id") if isinstance(meta, dict) else None
        if isinstance(grade_id, str) and grade_id in by_grade_id:
            found.append(by_grade_id[grade_id].id)
        elif ids.get(cell.get("id")) == cell.cell_type:
            found.append(cell.id)
        else:
            found.append(by_text.get((cell.cell_type, cell.source), ""))
    return found


def _bare(cell: NotebookNode) -> NotebookNode:
    """A student's own cell without metadata, which could make it something else."""
    bare = NotebookNode({**cell, "metadata": NotebookNode()})
    if bare.cell_type == "code":
        bare.outputs, bare.execution_count = [], None
    return bare


def _unique(cells: list[NotebookNode]) -> list[NotebookNode]:
    taken: set[str] = set()
    for number, cell in enumerate(cells):
        if cell.get("id") in taken or "id" not in cell:
            cell.id = f"added-{number}"
        taken.add(cell.id)
    return cells

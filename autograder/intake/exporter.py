"""What `nbgrader autograde` reads with: a damaged submission is an empty one with a reason on top.

nbgrader's own reading raises on such a file, and the student would stay without a grade. Nothing
else of a submission is opened or copied: nbgrader makes its exporter when it has found the
submissions and has not touched them, and from there on it sees staged ones.
"""

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode, from_dict
from nbgrader.converters import Autograde

from autograder.intake.cells import Cell, grade_id_of, kind_of, text_of
from autograder.intake.read import Rejected, read_cells, rejection
from autograder.intake.staging import Staging


class ReadDefensively(NotebookExporter):
    """nbconvert's exporter of notebooks, except where it reads what a student handed in."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)  # type: ignore[no-untyped-call]
        self._staging = Staging(self)
        if isinstance(self.parent, Autograde):
            self._staging.take(self.parent)

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **more: Any
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Read one file and convert it."""
        converted: tuple[NotebookNode, dict[str, Any]]
        path = self._staging.original(Path(filename))
        if path is None:
            # what our own first pass wrote
            converted = super().from_filename(filename, resources, **more)
            return converted
        try:
            cells = read_cells(path)
        except Rejected as reason:
            self.log.warning("%s: %s It scores 0.", path, reason)
            cells = [rejection(str(reason))]
        head = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}}
        plain = [_plain(cell, number) for number, cell in enumerate(cells) if kind_of(cell)]
        notebook = from_dict({**head, "cells": plain})
        converted = self.from_notebook_node(notebook, resources, **more)  # type: ignore[no-untyped-call]
        return converted


def _plain(cell: Cell, number: int) -> Cell:
    """What rebuilding looks at, and nothing that nbformat could stumble over."""
    own = cell.get("id")
    plain: Cell = {
        "cell_type": kind_of(cell),
        "id": own if isinstance(own, str) and 0 < len(own) <= 64 else f"cell-{number}",
        "metadata": {"nbgrader": {"grade_id": grade_id_of(cell)}} if grade_id_of(cell) else {},
        "source": text_of(cell),
    }
    if plain["cell_type"] == "code":
        plain |= {"outputs": [], "execution_count": None}
    return plain

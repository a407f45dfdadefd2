"""The notebook that was released, as submissions are put back into it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import GraderError
from autograder.intake.cells import Cell, grade_id_of, is_solution, text_of


@dataclass(frozen=True, slots=True)
class Template:
    """A built source notebook, and the released text of each of its stubs."""

    head: Mapping[str, Any]
    cells: Sequence[Cell]
    stubs: Mapping[str, str]

    def notebook(self, cells: Sequence[Cell]) -> dict[str, Any]:
        """A whole notebook with these cells."""
        return {**self.head, "cells": list(cells)}


def read_template(root: Path, assignment: str, name: str) -> Template:
    """Read what was built for one notebook.

    Raises
    ------
    GraderError
        If source or release is not there or not readable.
    """
    source = _read(root / "source" / assignment / f"{name}.ipynb")
    release = _read(root / "release" / assignment / f"{name}.ipynb")
    head = {key: value for key, value in source.items() if key != "cells"}
    head["metadata"] = {key: value for key, value in head["metadata"].items() if key != "course"}
    stubs = {grade_id_of(cell): text_of(cell) for cell in release["cells"] if is_solution(cell)}
    return Template(head, source["cells"], stubs)


def _read(path: Path) -> dict[str, Any]:
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise GraderError(
            "the built notebook is not there", file=path, remedy="run `autograder build`"
        ) from None
    except ValueError as error:
        raise GraderError(
            f"no notebook: {error}", file=path, remedy="run `autograder build`"
        ) from None
    return notebook

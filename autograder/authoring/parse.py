"""From the text of a py:percent file to cells with roles and line numbers."""

import json
import re
from collections.abc import Mapping
from typing import Any

from autograder.authoring.cells import Cell, Notebook
from autograder.authoring.roles import cell_with_role
from autograder.errors import GraderError
from autograder.quick_start import skip_slow_imports

_MARKER = re.compile(r"^# %%(?:\s|$)")
_NEARLY = re.compile(r"^\s*#\s*%%")


def parse(text: str, *, assignment: str, name: str, file: str) -> Notebook:
    """Read a py:percent text with jupytext and give every cell its role.

    Parameters
    ----------
    file : str
        How messages name the text.

    Raises
    ------
    GraderError
        If a cell marker or a role is wrong; it names file, line and remedy.
    """
    skip_slow_imports()
    # jupytext brings nbformat and jsonschema, seconds of import: only those who parse pay
    import jupytext

    lines = text.split("\n")
    starts = _marker_lines(lines, file)
    raw = jupytext.reads(text, fmt="py:percent").cells
    if len(raw) != len(starts):
        raise GraderError(
            f"{len(starts)} lines begin with `# %%` but jupytext finds {len(raw)} cells",
            file=file,
            line=starts[0],
            remedy="let no line inside a string begin with `# %%`",
        )
    cells = [
        _cell(raw_cell, start, lines, file) for raw_cell, start in zip(raw, starts, strict=True)
    ]
    return Notebook(assignment, name, file, tuple(cells))


def _marker_lines(lines: list[str], file: str) -> list[int]:
    starts = []
    for number, line in enumerate(lines, start=1):
        if _MARKER.match(line):
            starts.append(number)
        elif _NEARLY.match(line):
            raise GraderError(
                f"{line.strip()!r} is not a cell marker",
                file=file,
                line=number,
                remedy="begin a cell with `# %%`, then a space or the end of the line",
            )
        elif not starts and line.strip():
            raise GraderError(
                "text before the first cell",
                file=file,
                line=number,
                remedy="begin the file with a line `# %%` or `# %% [markdown]`",
            )
    if not starts:
        raise GraderError(
            "no cell in the file",
            file=file,
            line=1,
            remedy="begin the first cell with a line `# %% [markdown]`",
        )
    return starts


def _cell(raw: Any, start: int, lines: list[str], file: str) -> Cell:
    options: Mapping[str, Any] = {
        key: value
        for key, value in raw.metadata.items()
        # jupytext's own notes on layout
        if key not in {"lines_to_next_cell", "cell_marker"}
    }
    options = json.loads(json.dumps(options))
    if raw.cell_type not in {"code", "markdown"}:
        raise GraderError(
            f"a {raw.cell_type} cell",
            file=file,
            line=start,
            remedy="use a code cell or `# %% [markdown]`",
        )
    first = start + 1
    while first <= len(lines) and not lines[first - 1].strip():
        first += 1
    return cell_with_role(
        kind=raw.cell_type, source=raw.source, options=options, line=start, first=first, file=file
    )

"""What must not stand in a released notebook."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from autograder.authoring.cells import Notebook
from autograder.authoring.markers import HIDDEN, SOLUTION, inside

_MARKER = re.compile(r"\b(BEGIN|END) (SOLUTION|HIDDEN|MARK)")
# a shorter line is too common to be an answer: `return out`, `total = 0`
_TELLING = 20


def released_cells(release: Path) -> list[dict[str, object]]:
    """The cells of a released notebook; none if it is not built."""
    if not release.is_file():
        return []
    cells: list[dict[str, object]] = json.loads(release.read_text(encoding="utf-8"))["cells"]
    return cells


def cell_text(cell: dict[str, object]) -> str:
    """The text of a cell as stored in an `.ipynb`: a string or a list of lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)  # type: ignore[arg-type] # a list of str


def find_leaks(notebook: Notebook, release: Path) -> Iterator[str]:
    """Say which markers and which secret lines a released notebook shows."""
    secret = secret_lines(notebook)
    for number, cell in enumerate(released_cells(release), start=1):
        for line in cell_text(cell).splitlines():
            if _MARKER.search(line):
                yield f"cell {number} shows the marker {line.strip()!r}"
            elif line.strip() in secret:
                yield (f"cell {number} shows {line.strip()!r}, a line of {secret[line.strip()]}")


def secret_lines(notebook: Notebook) -> dict[str, str]:
    """Telling lines of solutions and hidden tests, and where each belongs."""
    found: dict[str, str] = {}
    for cell in notebook.cells:
        if not cell.grade_id:
            continue
        lines = cell.source.split("\n")
        for kind in (SOLUTION, HIDDEN):
            for index in inside(cell.source, kind):
                text = lines[index].strip()
                if len(text) >= _TELLING and not text.startswith("#"):
                    found.setdefault(text, f"{cell.grade_id} ({kind.lower()})")
    return found

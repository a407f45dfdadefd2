"""Read a saved notebook: its cells, what each is for, and whether it is as it was released."""

import ast
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

_HEADING = re.compile(r"^#{1,6} +(.+?)\s*#*$", re.MULTILINE)


class Unreadable(Exception):  # noqa: N818 # a verdict on a file, not a bug
    """A file that is no notebook; the message says why and what to do."""


class Role(StrEnum):
    """What a cell is for."""

    TEST = "test"
    ANSWER = "answer"
    WRITTEN = "written"
    LOCKED = "locked"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a saved notebook.

    Attributes
    ----------
    number : int
        1 is the first cell.
    checksum : str
        What the released cell's checksum was; empty if the notebook does not say.
    section : str
        The heading above it.
    count : int or None
        Jupyter's number in brackets; None if the cell was not run since it was opened or cleared.
    failed : bool
        Whether its saved output is an error.
    """

    number: int
    kind: str
    source: str
    role: Role
    grade_id: str = ""
    points: float = 0.0
    checksum: str = ""
    now: str = ""
    section: str = ""
    count: int | None = None
    failed: bool = False

    @property
    def untouched(self) -> bool:
        """Whether it is as it was released, as far as the notebook itself can tell."""
        return self.checksum == self.now

    @property
    def to_fill_in(self) -> bool:
        """Whether students write the cell."""
        return self.role in (Role.ANSWER, Role.WRITTEN)

    @property
    def tests_something(self) -> bool:
        """Whether a test cell holds more than the remark that it is checked when graded."""
        try:
            return bool(ast.parse(self.source).body)
        except SyntaxError:
            return True


@dataclass(frozen=True, slots=True)
class Notebook:
    """A saved notebook."""

    path: Path
    cells: tuple[Cell, ...]

    def having(self, role: Role) -> list[Cell]:
        """The cells of this role, in order."""
        return [cell for cell in self.cells if cell.role is role]

    @property
    def started(self) -> bool:
        """Whether an answer differs from its stub."""
        return any(cell.to_fill_in and not cell.untouched for cell in self.cells)


def read(path: Path) -> Notebook:
    """Read a saved notebook.

    Raises
    ------
    Unreadable
        If the file is no notebook of format 4.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unreadable(f"it cannot be opened: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Unreadable("it is damaged: it is not text. Download it again") from None
    try:
        notebook = json.loads(text)
        raw = notebook["cells"]
        kept = [cell for cell in raw if isinstance(cell, dict)]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise Unreadable(_why(text, error)) from None
    cells, section = [], ""
    for number, one in enumerate(kept, start=1):
        if one.get("cell_type") == "markdown" and (found := _HEADING.findall(_text(one))):
            section = found[-1]
        cells.append(_cell(one, number, section))
    return Notebook(path, tuple(cells))


def _why(text: str, error: Exception) -> str:
    if not text.strip():
        return "it is empty. Save it in Jupyter (Ctrl+S), or download it again"
    if re.search(r"^(<<<<<<<|>>>>>>>) ", text, re.MULTILINE):
        return "git left both versions of a conflict in it. Keep one: `git checkout --ours FILE`"
    if isinstance(error, KeyError) and '"worksheets"' in text:
        return "it is in an old format. Open it in JupyterLab and save it"
    if isinstance(error, json.JSONDecodeError):
        return f"it is damaged at line {error.lineno}: no JSON. Save it again in Jupyter"
    return "it is no notebook"


def _cell(raw: Mapping[str, Any], number: int, section: str) -> Cell:
    metadata = raw.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    meta: dict[str, Any] = found if isinstance(found, dict) else {}
    kind, source = str(raw.get("cell_type")), _text(raw)
    count, outputs = raw.get("execution_count"), raw.get("outputs")
    return Cell(
        number=number,
        kind=kind,
        source=source,
        role=_role(kind, meta),
        grade_id=str(meta.get("grade_id", "")),
        points=_points(meta),
        checksum=str(meta.get("checksum", "")),
        now=checksum(kind, source, meta) if meta else "",
        section=section,
        count=count if isinstance(count, int) else None,
        failed=isinstance(outputs, list)
        and any(isinstance(one, dict) and one.get("output_type") == "error" for one in outputs),
    )


def _role(kind: str, meta: Mapping[str, Any]) -> Role:
    grade, solution = bool(meta.get("grade")), bool(meta.get("solution"))
    if solution:
        return Role.WRITTEN if grade or kind != "code" else Role.ANSWER
    if grade:
        return Role.TEST
    return Role.LOCKED if meta.get("locked") else Role.FREE


def _points(meta: Mapping[str, Any]) -> float:
    points = meta.get("points", 0)
    return float(points) if isinstance(points, int | float) else 0.0


def _text(raw: Mapping[str, Any]) -> str:
    """The text of a cell, which the format stores as a string or as a list of lines."""
    source = raw.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    # half a surrogate pair, which JSON can spell, is no text that could be run or printed
    return source.encode("utf-8", "replace").decode() if isinstance(source, str) else ""


def checksum(kind: str, source: str, meta: Mapping[str, Any]) -> str:
    """The checksum that nbgrader stores in a released cell, of the cell as it is now.

    As `nbgrader.utils.compute_checksum` (nbgrader 0.9.6, schema 3), which students need not have
    installed: MD5 over text, type, grade, solution, locked, grade_id and, if graded, points.
    """
    grade, solution = bool(meta.get("grade")), bool(meta.get("solution"))
    locked = not solution and (grade or bool(meta.get("locked")))
    parts = [source, kind, str(grade), str(solution), str(locked), str(meta.get("grade_id", ""))]
    if grade:
        parts.append(str(_points(meta)))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()

"""Look for answers, hidden tests and catalogued mistakes in what is about to be published."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.authoring.load import load
from autograder.course_tree import CourseTree
from autograder.publish.edition import NOTEBOOKS
from autograder.verify.leaks import secret_lines

_MARKER = re.compile(r"#{2,} *(BEGIN|END) (SOLUTION|HIDDEN|MARK)")
# a shorter line or sentence is too common to tell anything
_TELLING = 20
_PLACES = re.compile(
    rf"{NOTEBOOKS}/.+|course/.+|binder/(requirements\.txt|runtime\.txt|postBuild)"
    r"|requirements(-\w+)?\.txt|pyproject\.toml|README\.md|LICENSE|\.gitignore"
    r"|\.github/workflows/check\.yml"
)
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf"})


@dataclass(frozen=True, slots=True)
class Secret:
    """What belongs together and must not be told: a region of a cell, or a catalogued function.

    Attributes
    ----------
    sentences : frozenset of str
        Hints, which are read when somebody has failed.
    """

    origin: str
    lines: frozenset[str]
    sentences: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secrets of a whole course, also of what is not published yet."""

    secrets: tuple[Secret, ...]

    @classmethod
    def of(cls, tree: CourseTree) -> "Secrets":
        """Collect them. A line that some notebook gives to students is no secret.

        Raises
        ------
        GraderError
            If a text is refused.
        """
        found: list[Secret] = []
        given: set[str] = set()
        for path in tree.notebooks():
            notebook = load(path, tree.root / "course")
            found += (_of_cell(notebook, cell) for cell in notebook.cells if cell.grade_id)
            given |= {line.strip() for cell in notebook.cells for line in _shown(cell).split("\n")}
            if path.misconceptions.is_file():
                text = path.misconceptions.read_text(encoding="utf-8")
                shown = path.misconceptions.relative_to(tree.root).as_posix()
                found += _of_catalogue(text, shown)
        kept = (replace(one, lines=one.lines - given) for one in found)
        return cls(tuple(one for one in kept if one.lines or one.sentences))

    def leaks(self, files: Mapping[str, bytes]) -> Iterator[str]:
        """Say what stands in these files and must not, one sentence each."""
        for name, content in files.items():
            if not _PLACES.fullmatch(name):
                yield f"{name} does not belong there"
            if PurePosixPath(name).suffix in _PICTURES:
                continue
            notebook = name.endswith(".ipynb")
            text = content.decode("utf-8", "replace")
            text = "\n".join(_strings(json.loads(text))) if notebook else text
            if marker := _MARKER.search(text):
                yield f"{name} shows the marker {marker[0]!r}"
            if notebook:
                yield from _not_bare(name, json.loads(content))
            yield from self._told(name, text, whole=name.startswith("course/"))

    def _told(self, name: str, text: str, *, whole: bool) -> Iterator[str]:
        lines = {line.strip() for line in text.splitlines()}
        prose = " ".join(text.split())
        for secret in self.secrets:
            # A line of a cell by itself tells an answer. In a Python module of a thousand lines
            # it may be chance: there, all that tells something must have come together.
            telling = {line for line in secret.lines if not (whole and line.endswith(":"))}
            found = telling & lines
            if found and (not whole or found == telling):
                yield f"{name} shows {min(found)!r}, a line of {secret.origin}"
            for sentence in secret.sentences:
                if sentence in prose:
                    yield f"{name} shows {sentence!r}, a hint of {secret.origin}"


def _of_cell(notebook: Notebook, cell: Cell) -> Secret:
    lines = secret_lines(replace(notebook, cells=(cell,)))
    hint = " ".join(cell.hint.split())
    hints = frozenset({hint} if len(hint) >= _TELLING else ())
    return Secret(f"{notebook.file} ({cell.grade_id})", frozenset(lines), hints)


def _shown(cell: Cell) -> str:
    return cell.given if cell.role in (Role.SOLUTION, Role.MANUAL) else cell.visible


def _of_catalogue(text: str, shown: str) -> Iterator[Secret]:
    for node in ast.parse(text).body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        source = ast.get_source_segment(text, node) or ""
        hint = " ".join((ast.get_docstring(node) or "").split())
        lines = (line.strip() for line in source.splitlines())
        yield Secret(
            f"{shown} ({node.name})",
            frozenset(one for one in lines if len(one) >= _TELLING and one[0] not in "#\"'"),
            frozenset({hint} if len(hint) >= _TELLING else ()),
        )


def _not_bare(name: str, notebook: Mapping[str, Any]) -> Iterator[str]:
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell.get("outputs"):
            yield f"{name} has outputs in cell {number}"
        if "course" in cell["metadata"]:
            yield f"{name} tells in cell {number} what only the grader is to know"


def _strings(value: object) -> Iterator[str]:
    """Every text in a notebook but its pictures; a text stored as lines is one text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if all(isinstance(one, str) for one in value):
            yield "".join(value)
        else:
            for one in value:
                yield from _strings(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if not key.startswith("image/"):
                yield from _strings(one)

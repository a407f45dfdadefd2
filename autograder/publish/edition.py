"""The files of the student edition, made in memory from the instructor's course."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from autograder.authoring.load import load
from autograder.course_tree import CourseTree, NotebookPath
from autograder.errors import GraderError
from autograder.publish.address import Address
from autograder.publish.requirements import pyproject, read_text, requirements
from autograder.release.course_table import stated
from course.commands.notebooks import read
from course.commands.released import NAME as RELEASED
from course.commands.released import as_json, released_as
from course.datasets import NAMES as TABLES

NOTEBOOKS = "notebooks"
# Colab has no `course`; elsewhere, the grader included, the cell does nothing
_COLAB = """\
# On Google Colab this cell fetches the course. Anywhere else it does nothing.
import sys

if "google.colab" in sys.modules:
    %pip install --quiet {package}"""
_FOLDER = Path(__file__).parent / "templates"
_PACKAGE = {".py", ".md", ".typed"}
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A line of the README's table."""

    assignment: str
    title: str
    file: str
    minutes: int
    points: float


def make_edition(tree: CourseTree, assignments: Sequence[str], address: Address | None) -> Files:
    """Every file of the edition, by its path.

    Parameters
    ----------
    assignments : sequence of str
        What students get now.
    address : Address or None
        Where it will lie, for links; None if it is handed out otherwise.

    Raises
    ------
    GraderError
        If a file that belongs to it is missing.
    """
    paths = [path for name in assignments for path in tree.notebooks(name)]
    files: dict[str, bytes | str] = {
        **_notebooks(tree, assignments, address),
        **_package(tree.root),
        **requirements(tree.root),
        f"course/commands/{RELEASED}": as_json(
            released_as(read(path.release), path.assignment) for path in paths
        ),
        "pyproject.toml": pyproject(tree.root),
        "LICENSE": read_text(tree.root / "LICENSE"),
        "README.md": _readme(tree, paths, address),
        "binder/runtime.txt": "python-3.11\n",
        "binder/postBuild": read_text(_FOLDER / "postBuild"),
        ".github/workflows/check.yml": read_text(_FOLDER / "check.yml"),
        ".gitignore": read_text(_FOLDER / "gitignore"),
    }
    return {
        name: text.encode() if isinstance(text, str) else text
        for name, text in sorted(files.items())
    }


def _notebooks(
    tree: CourseTree, assignments: Sequence[str], address: Address | None
) -> dict[str, bytes | str]:
    found: dict[str, bytes | str] = {}
    for name in assignments:
        folder = tree.root / "release" / name
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if not path.is_file() or any(part.startswith(".") for part in inside.parts):
                continue
            content = path.read_bytes()
            if path.suffix == ".ipynb" and address is not None:
                content = _for_colab(content, address)
            found[f"{NOTEBOOKS}/{name}/{inside.as_posix()}"] = content
    return found


def _for_colab(content: bytes, address: Address) -> bytes:
    notebook = json.loads(content)
    cells = notebook["cells"]
    first = next((i for i, cell in enumerate(cells) if cell["cell_type"] == "code"), len(cells))
    text = _COLAB.format(package=address.package)
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "fetch-the-course",
        "metadata": {},
        "outputs": [],
        "source": text.splitlines(keepends=True),
    }
    notebook["cells"] = [*cells[:first], cell, *cells[first:]]
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def _package(root: Path) -> dict[str, bytes | str]:
    package = root / "course"
    files: dict[str, bytes | str] = {
        f"course/{path.relative_to(package).as_posix()}": path.read_bytes()
        for path in sorted(package.rglob("*"))
        if path.suffix in _PACKAGE and path.is_file()
    }
    if not files:
        raise GraderError(
            "there is no package `course`", file=package, remedy="run in the course's own checkout"
        )
    for name in (*TABLES, "README.md"):
        files[f"course/_data/{name}"] = read_text(root / "data" / name)
    return files


def _readme(tree: CourseTree, paths: Sequence[NotebookPath], address: Address | None) -> str:
    lessons = []
    for path in paths:
        title, minutes, points = stated(load(path, tree.root / "course"))
        file = f"{NOTEBOOKS}/{path.assignment}/{path.name}.ipynb"
        lessons.append(Lesson(path.assignment, title, file, minutes, points))
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=False,  # noqa: S701 # Markdown of our own texts
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    frameworks = any("frameworks" in path.assignment for path in paths)
    return environment.get_template("README.md.j2").render(
        lessons=lessons, address=address, example=lessons[0].assignment, frameworks=frameworks
    )

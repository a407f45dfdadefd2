"""What the examiner needs of a built source notebook: its cells with their roles."""

import ast
import importlib.util
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.authoring.markers import HIDDEN, inside
from autograder.authoring.names import bound, imported_modules, parameters
from autograder.errors import GraderError

STUDENT_ROLES = frozenset({"plain", "solution", "show", "locked"})
# what would fill the memory of workers that do not need it
_FRAMEWORKS = frozenset({"jax", "keras", "tensorflow", "torch"})


@dataclass(frozen=True, slots=True)
class LessonCell:
    """One cell as the grader needs it.

    Attributes
    ----------
    hidden : frozenset of int
        1-based lines that students do not see.
    target : str
        Of a test cell, the stub that it tests.
    """

    id: str
    grade_id: str
    role: str
    source: str
    points: float
    hint: str
    timeout: float | None
    hidden: frozenset[int]
    target: str = ""

    @property
    def opening(self) -> str:
        """The text above the first hidden line; nothing if it is no whole statements."""
        if not self.hidden:
            return self.source
        # the line above the first hidden one is its fence
        text = "\n".join(self.source.split("\n")[: min(self.hidden) - 2])
        try:
            return text if ast.parse(text).body else ""
        except SyntaxError:
            return ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A notebook as the grader needs it.

    Attributes
    ----------
    modules : tuple of str
        What the locked cells import, for the zygote to have ready; after `read_lessons` also
        what those of like lessons do.
    stubs : mapping
        For each name of a solution cell's function, its parameters in order.
    mutable : mapping
        For each stub that may change arguments, their names.
    classes : frozenset of str
        Stubs that are classes: of their objects a test may ask for arithmetic.
    catalogue : Path or None
        The catalogue of wrong answers, for diagnosis.
    """

    name: str
    cells: tuple[LessonCell, ...]
    modules: tuple[str, ...]
    stubs: Mapping[str, tuple[str, ...]]
    mutable: Mapping[str, frozenset[str]]
    classes: frozenset[str] = frozenset()
    catalogue: Path | None = None

    @property
    def missing(self) -> list[str]:
        """Packages that the locked cells import and that are not installed here."""
        packages = dict.fromkeys(module.partition(".")[0] for module in self.modules)
        return [name for name in packages if importlib.util.find_spec(name) is None]

    def require(self) -> None:
        """Refuse to grade without what the notebook needs: every answer would score 0.

        Raises
        ------
        GraderError
            If a package is missing.
        """
        if self.missing:
            name = self.missing[0]
            raise GraderError(
                f"the notebook {self.name!r} needs {name}, which is not installed",
                remedy=f"run `.venv/bin/pip install -r requirements-{name}.txt`"
                if name in {"tensorflow", "torch"}
                else "run `make setup`",
            )

    @property
    def tests(self) -> list[LessonCell]:
        """The test cells, in order."""
        return [cell for cell in self.cells if cell.role == "tests"]

    @property
    def locked(self) -> list[LessonCell]:
        """The setup cells that run on both sides, in order."""
        return [cell for cell in self.cells if cell.role == "locked"]


def read_lesson(path: Path) -> Lesson:
    """Read a built source notebook.

    Raises
    ------
    GraderError
        If it is missing or was not built by `autograder build`.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells = tuple(_cell(cell) for cell in notebook["cells"] if cell["cell_type"] == "code")
    except (OSError, ValueError, KeyError) as error:
        raise GraderError(
            f"cannot be read as a built notebook: {type(error).__name__}",
            file=path,
            remedy="run `autograder build`",
        ) from None
    trees = {cell.id: ast.parse(cell.source) for cell in cells}
    stubs: dict[str, tuple[str, ...]] = {}
    mutable: dict[str, frozenset[str]] = {}
    classes: set[str] = set()
    for raw in notebook["cells"]:
        course = raw["metadata"].get("course", {})
        if course.get("role") != "solution":
            continue
        tree = trees[raw["id"]]
        for name in bound(tree):
            stubs[name] = parameters(tree, name) or ()
        classes |= {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
        mutable[raw["metadata"]["nbgrader"]["grade_id"]] = frozenset(course.get("mutates", ()))
    modules = [
        module
        for cell in cells
        if cell.role == "locked"
        for module in imported_modules(trees[cell.id])
    ]
    catalogue = path.parent / "misconceptions" / f"{path.stem}.py"
    return Lesson(
        path.stem,
        cells,
        tuple(dict.fromkeys(modules)),
        stubs,
        mutable,
        frozenset(classes),
        catalogue if catalogue.is_file() else None,
    )


def read_lessons(paths: Iterable[Path]) -> dict[str, Lesson]:
    """Read the built notebooks of an assignment; those that need the same frameworks share modules.

    So one zygote serves them all, whose imports cost more than what many a submission does.

    Raises
    ------
    GraderError
        If one is missing or was not built by `autograder build`.
    """
    lessons = {path.stem: read_lesson(path) for path in paths}
    common: dict[frozenset[str], dict[str, None]] = {}
    for lesson in lessons.values():
        common.setdefault(_frameworks(lesson), {}).update(dict.fromkeys(lesson.modules))
    return {
        name: replace(lesson, modules=tuple(common[_frameworks(lesson)]))
        for name, lesson in lessons.items()
    }


def _frameworks(lesson: Lesson) -> frozenset[str]:
    return _FRAMEWORKS & {module.partition(".")[0] for module in lesson.modules}


def _cell(cell: Mapping[str, Any]) -> LessonCell:
    metadata = cell["metadata"]
    nbgrader, course = metadata.get("nbgrader", {}), metadata.get("course", {})
    source = "".join(cell["source"])
    if nbgrader and "role" not in course:
        raise KeyError("role")
    grade_id, role = nbgrader.get("grade_id", ""), course.get("role", "plain")
    target = ""
    if role == "tests":
        target = grade_id.removeprefix("test_").removesuffix(f"_{course.get('idea', '')}")
    return LessonCell(
        id=cell["id"],
        grade_id=grade_id,
        role=role,
        source=source,
        points=float(nbgrader.get("points", 0)),
        hint=course.get("hint", ""),
        timeout=course.get("timeout"),
        hidden=frozenset(line + 1 for line in inside(source, HIDDEN)),
        target=target,
    )

"""Where a course keeps its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from autograder.errors import GraderError

CONFIG_NAME = "nbgrader_config.py"


@dataclass(frozen=True, slots=True)
class NotebookPath:
    """The places of one notebook: what is edited and what is built from it."""

    root: Path
    assignment: str
    name: str

    @property
    def text(self) -> Path:
        """The py:percent file that an author edits."""
        return self.root / "source" / self.assignment / f"{self.name}.py"

    @property
    def source(self) -> Path:
        """The built instructor notebook."""
        return self.root / "source" / self.assignment / f"{self.name}.ipynb"

    @property
    def release(self) -> Path:
        """The built student notebook."""
        return self.root / "release" / self.assignment / f"{self.name}.ipynb"

    @property
    def misconceptions(self) -> Path:
        """The catalogued wrong answers and alternatives."""
        return self.root / "source" / self.assignment / "misconceptions" / f"{self.name}.py"

    @property
    def shown(self) -> str:
        """The text file as a reader at the root of the course would name it."""
        return self.text.relative_to(self.root).as_posix()

    def __str__(self) -> str:
        return f"{self.assignment}/{self.name}"


@dataclass(frozen=True, slots=True)
class CourseTree:
    """A course directory: the folder that holds `nbgrader_config.py` and `source/`."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> "CourseTree":
        """Find the course that `start` (default: the current folder) lies in.

        Raises
        ------
        GraderError
            If neither `start` nor a folder above it is a course.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / CONFIG_NAME).is_file() and (folder / "source").is_dir():
                return cls(folder)
        raise GraderError(
            f"no course here: neither {here} nor a folder above it holds {CONFIG_NAME} and source/",
            remedy="go to the course's folder, or name it with --course",
        )

    def assignments(self) -> list[str]:
        """All assignments that have at least one text source, in order."""
        return sorted({path.parent.name for path in (self.root / "source").glob("*/*.py")})

    def notebooks(self, assignment: str | None = None) -> list[NotebookPath]:
        """All notebooks, or those of one assignment, in order.

        Raises
        ------
        GraderError
            If there is no such assignment.
        """
        names = self.assignments()
        if assignment is not None:
            if assignment not in names:
                raise GraderError(
                    f"there is no assignment {assignment!r} in {self.root / 'source'}",
                    remedy=_instead(assignment, {name: name for name in names}, names),
                )
            names = [assignment]
        return [
            NotebookPath(self.root, name, path.stem)
            for name in names
            for path in sorted((self.root / "source" / name).glob("*.py"))
        ]

    def select(self, which: str | None = None) -> list[NotebookPath]:
        """All notebooks, those of `ASSIGNMENT`, or the one `ASSIGNMENT/NOTEBOOK`, in order.

        Raises
        ------
        GraderError
            If there is no such assignment or notebook.
        """
        every, names = self.notebooks(), self.assignments()
        if which is None or which in names:
            return self.notebooks(which)
        found = [path for path in every if str(path) == which]
        if not found:
            raise GraderError(
                f"there is no {'notebook' if '/' in which else 'assignment'} {which!r} "
                f"in {self.root / 'source'}",
                remedy=_instead_of(which, every, names),
            )
        return found


def _instead_of(which: str, every: Sequence[NotebookPath], names: Sequence[str]) -> str:
    # a file's name and a folder's, as completed by a shell, are near misses too
    wanted = which.removeprefix("source/").removesuffix(".ipynb").removesuffix(".py").rstrip("/")
    meant = {str(path): str(path) for path in every} | {name: name for name in names}
    if wanted in meant:
        return f"did you mean {wanted}?"
    assignment, _, notebook = wanted.partition("/")
    inside = {path.name: str(path) for path in every if path.assignment == assignment}
    if inside:
        return _instead(notebook, inside, list(inside.values()))
    return _instead(wanted, {path.name: str(path) for path in every} | meant, names)


def _instead(wanted: str, meant: Mapping[str, str], choices: Sequence[str]) -> str:
    """Say what to write: what comes nearest, or else every choice."""
    near = [meant[name] for name in get_close_matches(wanted, meant, n=1)]
    if near and near != list(choices):
        return f"did you mean {near[0]}?"
    return f"choose from: {', '.join(choices) or '(none yet)'}"

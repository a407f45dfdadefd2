"""Where a course keeps its files."""

from dataclasses import dataclass
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
                    remedy=f"choose from: {', '.join(names) or '(none yet)'}",
                )
            names = [assignment]
        return [
            NotebookPath(self.root, name, path.stem)
            for name in names
            for path in sorted((self.root / "source" / name).glob("*.py"))
        ]

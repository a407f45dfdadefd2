"""The zip that an instructor uploads: one assignment, what grades it, and two scripts."""

import json
import math
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import autograder
from autograder.course_tree import CourseTree
from autograder.errors import GraderError
from autograder.examiner.lesson import Lesson, read_lesson
from autograder.examiner.limits import Limits
from autograder.export.gradescope.locked import locked
from autograder.export.gradescope.shown import ungraded
from autograder.files import write_zip
from course.datasets import NAMES as TABLES
from course.datasets import data_path

LOCK = "requirements-dev.lock"
_SCRIPTS = ("setup.sh", "run_autograder")
_FOLDER = Path(__file__).parent
# not in the lock: only the optional day needs them
_FRAMEWORKS = ("tensorflow", "torch")
# of what students install, what only shows or hands out notebooks; and what runs their cells
_NOT_TO_GRADE, _TO_GRADE = frozenset({"jupyterlab", "nbgrader", "pytest"}), frozenset({"ipython"})
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an instructor asked for. `visibility`: when students may see tests and points."""

    assignment: str
    visibility: str
    trust_students: bool


def make_files(tree: CourseTree, wanted: Wanted) -> Files:
    """Every file of the zip, by its path in it.

    Raises
    ------
    GraderError
        If a file that belongs to it is missing.
    """
    files = {
        **{name: _script(name, wanted) for name in _SCRIPTS},
        "ungraded.json": json.dumps(ungraded(), indent=1).encode() + b"\n",
        "requirements.txt": _requirements(tree.root).encode(),
        **_frameworks(tree, wanted.assignment),
        **_package(Path(autograder.__file__).parent, "autograder"),
        **_package(tree.root / "course", "course"),
        **_assignment(tree, wanted.assignment),
    }
    # the tables that grade here, so also those of COURSE_DATA
    files |= {f"class/data/{name}": _read(data_path(name)) for name in TABLES}
    # without it `course.datasets` does not take the folder for the course's own
    files["class/data/README.md"] = _read(tree.root / "data" / "README.md")
    return dict(sorted(files.items()))


def write(files: Mapping[str, bytes], file: Path) -> None:
    """Write the zip, with nothing above its files.

    Raises
    ------
    GraderError
        If something else is there, or it cannot be written.
    """
    write_zip(files, file, _SCRIPTS, "--to")


def container(lessons: Sequence[Lesson]) -> tuple[str, int]:
    """What to ask of Gradescope: the size of a container, and minutes.

    A worker may hold `Limits.memory`, and the grader needs room beside it. A notebook may take
    `Limits.notebook` CPU seconds. 40 minutes are the most that Gradescope gives.
    """
    heavy = _packages(lessons) & {"keras", *_FRAMEWORKS}
    size = f"{4 if heavy else 3} GB or more, 1 CPU or more"
    seconds = Limits().notebook * len(lessons)
    return size, min(40, math.ceil(seconds / 60) + 5)


def lessons(tree: CourseTree, assignment: str) -> list[Lesson]:
    """The notebooks of an assignment, as the grader reads them."""
    return [read_lesson(path.source) for path in tree.notebooks(assignment)]


def _packages(lessons: Sequence[Lesson]) -> set[str]:
    return {module.partition(".")[0] for lesson in lessons for module in lesson.modules}


def _script(name: str, wanted: Wanted) -> bytes:
    words = ["--assignment", wanted.assignment, "--visibility", wanted.visibility]
    if wanted.trust_students:
        words.append("--trust-students")
    text = (_FOLDER / name).read_text(encoding="utf-8")
    text = text.replace("@ARGUMENTS@", shlex.join(words))
    return text.replace("@ASSIGNMENT@", shlex.quote(wanted.assignment)).encode()


def _requirements(root: Path) -> str:
    """What students' code may import, and the shell that runs it: pinned as here, with hashes."""
    lines = _read(root / "requirements.txt").decode().splitlines()
    names = {name for line in lines if (name := _name(line))} - _NOT_TO_GRADE
    return locked(root / LOCK, names | _TO_GRADE)


def _name(requirement: str) -> str:
    name = requirement.partition("#")[0]
    for sign in "<>=~! [;":
        name = name.partition(sign)[0]
    return name.strip()


def _frameworks(tree: CourseTree, assignment: str) -> Files:
    imported = _packages(lessons(tree, assignment))
    names = [f"requirements-{name}.txt" for name in _FRAMEWORKS if name in imported]
    return {name: _read(tree.root / name) for name in names}


def _package(folder: Path, name: str) -> Files:
    return {
        f"class/{name}/{path.relative_to(folder).as_posix()}": _read(path)
        for path in _below(folder)
    }


def _assignment(tree: CourseTree, assignment: str) -> Files:
    files = {}
    for path in tree.notebooks(assignment):
        for one in (path.source, path.release, path.misconceptions):
            if one == path.misconceptions and not one.is_file():
                continue
            files[f"class/{one.relative_to(tree.root).as_posix()}"] = _read(one)
    return files


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_file() and not any(one == "__pycache__" or one[0] == "." for one in inside):
            yield path


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise GraderError(
            f"cannot be read: {error.strerror}",
            file=file,
            remedy="the autograder is made from it; run `autograder build`, or restore it",
        ) from None

"""Build the whole course into a scratch folder, and say where the checkout differs."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.course_tree import CONFIG_NAME, CourseTree, NotebookPath

README = "README.md"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stale:
    """A built file that is not what its source builds to."""

    file: str
    reason: str


@contextmanager
def staged(
    tree: CourseTree, paths: Sequence[NotebookPath], progress: Progress = lambda _: None
) -> Iterator[Path]:
    """Build these notebooks into a temporary course directory.

    Yields
    ------
    Path
        A folder with `source/` and `release/` as they should be. The checkout is not touched.

    Raises
    ------
    GraderError
        If a text source is refused.
    """
    from autograder.authoring.compile import compile_file
    from autograder.release.generate import generate_assignment

    with TemporaryDirectory(prefix="autograder-build-") as scratch:
        root = Path(scratch).resolve()
        shutil.copy(tree.root / CONFIG_NAME, root / CONFIG_NAME)
        for assignment in sorted({path.assignment for path in paths}):
            # images and tables that ship along; notebooks are compiled anew
            shutil.copytree(
                tree.root / "source" / assignment,
                root / "source" / assignment,
                ignore=shutil.ignore_patterns("*.ipynb", ".ipynb_checkpoints", "__pycache__"),
            )
            for path in (path for path in paths if path.assignment == assignment):
                progress(str(path))
                built = root / path.source.relative_to(tree.root)
                built.write_text(compile_file(path, tree.root / "course"), encoding="utf-8")
            generate_assignment(root, assignment)
        # with a part of the course there is no table to make
        if list(paths) == tree.notebooks():
            _stage_readme(tree, root)
        yield root


def _stage_readme(tree: CourseTree, root: Path) -> None:
    from autograder.authoring.load import load
    from autograder.release.course_table import with_table

    readme = tree.root / README
    if readme.is_file():
        notebooks = [load(path, tree.root / "course") for path in tree.notebooks()]
        text = with_table(readme.read_text(encoding="utf-8"), notebooks)
        (root / README).write_text(text, encoding="utf-8")


def built_files(root: Path, assignments: list[str]) -> dict[str, bytes]:
    """Every built file of these assignments, by its path from the root."""
    folders = [
        (root, README),
        *((root / "source" / name, "*.ipynb") for name in assignments),
        *((root / "release" / name, "**/*") for name in assignments),
    ]
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder, pattern in folders
        for path in sorted(folder.glob(pattern))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }


def compare(wanted: dict[str, bytes], found: dict[str, bytes]) -> list[Stale]:
    """Say which built files are missing, stale or without a source."""
    reasons = {
        name: "missing"
        if name not in found
        else "has no source"
        if name not in wanted
        else "differs from its source"
        for name in sorted(wanted.keys() | found.keys())
        if wanted.get(name) != found.get(name) and (name != README or name in wanted)
    }
    return [Stale(name, reason) for name, reason in reasons.items()]

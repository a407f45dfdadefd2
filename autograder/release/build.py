"""Write the built notebooks into the checkout, or check that they are fresh."""

from collections.abc import Sequence
from pathlib import Path

from autograder.course_tree import CourseTree, NotebookPath
from autograder.release.edited import refuse_to_lose
from autograder.release.released import refuse_other_cells
from autograder.release.stage import Progress, Stale, built_files, compare, staged


def stale_files(
    tree: CourseTree, which: str | None = None, progress: Progress = lambda _: None
) -> list[Stale]:
    """Find the built files that differ from what their sources build to. Writes nothing.

    Parameters
    ----------
    which : str, optional
        `ASSIGNMENT`, or `ASSIGNMENT/NOTEBOOK` for the two files of one notebook (default: all).

    Raises
    ------
    GraderError
        If a text source is refused, or there is no such assignment or notebook.
    """
    paths = tree.select(which)
    with staged(tree, paths, progress) as root:
        return compare(_wanted(root, paths, which), _found(tree, paths, which))


def build(
    tree: CourseTree,
    which: str | None = None,
    progress: Progress = lambda _: None,
    *,
    overwrite: bool = False,
) -> list[Stale]:
    """Bring the built files up to date; all are built before the first is written.

    Parameters
    ----------
    which : str, optional
        As for `stale_files`.
    overwrite : bool
        Discard edits that somebody made in a built notebook instead of in its text.

    Returns
    -------
    list of Stale
        The files that were written or removed. Fresh files keep their time stamp.

    Raises
    ------
    GraderError
        If a text source is refused, a build would lose somebody's work, or cells come or go of
        which the gradebook holds submissions.
    """
    paths = tree.select(which)
    with staged(tree, paths, progress) as root:
        wanted = _wanted(root, paths, which)
        changed = compare(wanted, _found(tree, paths, which))
        if not overwrite:
            refuse_to_lose(tree, changed)
        if changed:
            refuse_other_cells(tree.root, _built(tree, root, _assignments(paths)))
        for stale in changed:
            target = tree.root / stale.file
            if stale.file in wanted:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(wanted[stale.file])
            else:
                target.unlink()
    return changed


def _wanted(root: Path, paths: Sequence[NotebookPath], which: str | None) -> dict[str, bytes]:
    return _part(built_files(root, _assignments(paths)), paths, which)


def _found(tree: CourseTree, paths: Sequence[NotebookPath], which: str | None) -> dict[str, bytes]:
    names = _assignments(paths)
    if which is None:
        # also what an assignment that is no more left behind
        names = sorted(
            {path.name for top in ("source", "release") for path in (tree.root / top).glob("*")}
            | set(names)
        )
    return _part(built_files(tree.root, names), paths, which)


def _built(
    tree: CourseTree, staged_root: Path, assignments: Sequence[str]
) -> dict[str, dict[str, Path]]:
    """The instructor notebooks of whole assignments: as staged, or else as they lie there."""
    found: dict[str, dict[str, Path]] = {}
    for name in assignments:
        for path in tree.notebooks(name):
            fresh = staged_root / path.source.relative_to(tree.root)
            if fresh.is_file() or path.source.is_file():
                found.setdefault(name, {})[path.name] = fresh if fresh.is_file() else path.source
    return found


def _assignments(paths: Sequence[NotebookPath]) -> list[str]:
    return sorted({path.assignment for path in paths})


def _part(
    files: dict[str, bytes], paths: Sequence[NotebookPath], which: str | None
) -> dict[str, bytes]:
    if which is None or which in _assignments(paths):
        return files
    # what belongs to the rest of the assignment is neither built nor judged
    own = {
        file.relative_to(path.root).as_posix()
        for path in paths
        for file in (path.source, path.release)
    }
    return {name: content for name, content in files.items() if name in own}

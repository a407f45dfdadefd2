"""Write the built notebooks into the checkout, or check that they are fresh."""

from autograder.course_tree import CourseTree
from autograder.release.edited import refuse_to_lose
from autograder.release.stage import Progress, Stale, built_files, compare, staged


def stale_files(
    tree: CourseTree, assignment: str | None = None, progress: Progress = lambda _: None
) -> list[Stale]:
    """Find the built files that differ from what their sources build to. Writes nothing.

    Raises
    ------
    GraderError
        If a text source is refused or the assignment does not exist.
    """
    names = _assignments(tree, assignment)
    with staged(tree, names, progress) as root:
        return compare(built_files(root, names), _found(tree, names, assignment))


def build(
    tree: CourseTree,
    assignment: str | None = None,
    progress: Progress = lambda _: None,
    *,
    overwrite: bool = False,
) -> list[Stale]:
    """Bring the built files up to date; all are built before the first is written.

    Parameters
    ----------
    overwrite : bool
        Discard edits that somebody made in a built notebook instead of in its text.

    Returns
    -------
    list of Stale
        The files that were written or removed. Fresh files keep their time stamp.

    Raises
    ------
    GraderError
        If a text source is refused, or a build would lose somebody's work.
    """
    names = _assignments(tree, assignment)
    with staged(tree, names, progress) as root:
        wanted = built_files(root, names)
        changed = compare(wanted, _found(tree, names, assignment))
        if not overwrite:
            refuse_to_lose(tree, changed)
        for stale in changed:
            target = tree.root / stale.file
            if stale.file in wanted:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(wanted[stale.file])
            else:
                target.unlink()
    return changed


def _assignments(tree: CourseTree, assignment: str | None) -> list[str]:
    return sorted({path.assignment for path in tree.notebooks(assignment)})


def _found(tree: CourseTree, names: list[str], assignment: str | None) -> dict[str, bytes]:
    if assignment is None:
        # also what an assignment that is no more left behind
        names = sorted(
            {path.name for top in ("source", "release") for path in (tree.root / top).glob("*")}
            | set(names)
        )
    return built_files(tree.root, names)

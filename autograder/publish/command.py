"""`autograder publish`: make the student edition, and prove that it tells nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course_tree import CourseTree
from autograder.errors import GraderError
from autograder.publish.address import Address
from autograder.publish.edition import Files, make_edition
from autograder.publish.place import commit, write_archive, write_folder
from autograder.publish.secrets import Secrets
from autograder.release.build import stale_files

TOP = "deep-learning-basics"
_MOST_LEAKS = 10


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    course: Path | None
    assignments: tuple[str, ...]
    into: Path | None
    zip: Path | None
    git: bool
    url: str | None


def run(options: Options) -> None:
    """Publish, and say where everything lies.

    Raises
    ------
    GraderError
        If release/ is not fresh, the edition tells a secret, or the place holds something else;
        nothing is written then.
    """
    tree = CourseTree.find(options.course)
    address = Address.parse(options.url) if options.url else None
    assignments = list(dict.fromkeys(options.assignments)) or tree.assignments()
    folder = options.into
    if folder is None and (options.git or options.zip is None):
        folder = tree.root / "build" / "students"
    if folder is not None and tree.root.is_relative_to(folder.resolve()):
        raise GraderError(f"{folder} holds the course itself", remedy="name another folder")
    edition = checked_edition(tree, assignments, address)
    notebooks = sum(name.endswith(".ipynb") for name in edition)
    print(f"student edition   {notebooks} notebooks, {len(edition)} files")
    print("searched          no answer, no hidden test, no catalogued mistake in it")
    if folder is not None:
        changed = write_folder(edition, folder)
        print(f"folder            {folder}: {len(changed) or 'no'} files changed")
    if options.git and folder is not None:
        new = commit(folder, address.branch if address else "main")
        print(f"git               {'one new commit' if new else 'nothing to commit'} in {folder}")
    if options.zip is not None:
        write_archive(edition, options.zip, TOP)
        print(f"zip               {options.zip}")
    print("\nHand out the edition, never this course: source/ holds the answers. Keep it private.")
    if options.git and folder is not None:
        home = address.home if address else "https://github.com/OWNER/REPO"
        print(f"To push it: cd {folder} && git push {home}.git HEAD")


def checked_edition(
    tree: CourseTree, assignments: Sequence[str], address: Address | None = None
) -> Files:
    """The edition, once it has been searched for secrets.

    Raises
    ------
    GraderError
        If release/ is not what source/ builds to, or something must not be told.
    """
    # one call for the whole course: it costs half of one for each assignment
    parts = [None] if list(assignments) == tree.assignments() else assignments
    stale = [
        one.file
        for part in parts
        for one in stale_files(tree, part)
        if one.file.startswith("release/")
    ]
    if stale:
        raise GraderError(
            f"not what its source builds to: {', '.join(stale)}", remedy="run `autograder build`"
        )
    edition = make_edition(tree, assignments, address)
    leaks = list(Secrets.of(tree).leaks(edition))
    if leaks:
        more = f"\n  and {len(leaks) - _MOST_LEAKS} more" if len(leaks) > _MOST_LEAKS else ""
        raise GraderError(
            "nothing was published, for students would read\n  "
            + "\n  ".join(leaks[:_MOST_LEAKS])
            + more,
            remedy="\nmend the text source and run `autograder build`, or the file named",
        )
    return edition

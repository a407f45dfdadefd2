"""Submissions as `nbgrader autograde` meets them: the names of notebooks, and nothing to copy.

nbgrader opens and copies whatever lies beside a notebook: a link to the answers, a device without
end, a page that then stands on Jupyter's own origin. Here it finds a folder that has a name for
each notebook handed in, the time, and what the exchange gives feedback back by; the notebook itself
is read where it lies, as `autograder grade` reads it.
"""

import shutil
import tempfile
import weakref
from pathlib import Path

from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory

from autograder.intake.read import (
    SECRET,
    Submission,
    find_submissions,
    read_secret,
    read_timestamp,
)
from autograder.intake.times import hand_in_time, no_time


class Staging:
    """The folder that nbgrader reads instead of `submitted/`, for as long as `owner` lives."""

    def __init__(self, owner: object) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="autograde-"))
        self._submitted: Path | None = None
        weakref.finalize(owner, shutil.rmtree, self.root, ignore_errors=True)

    def original(self, path: Path) -> Path | None:
        """Where a notebook lies that has been staged; None if it has not."""
        if self._submitted is None or not path.is_relative_to(self.root):
            return None
        return self._submitted / path.relative_to(self.root)

    def take(self, converter: Autograde) -> None:
        """Let a converter, which has found its submissions, see the staged ones.

        Raises
        ------
        NbGraderException
            If none of them is a student's.
        """
        directory = converter.coursedir
        self._submitted = Path(directory.root) / directory.submitted_directory
        assignment = directory.assignment_id
        source = Path(directory.format_path(directory.source_directory, ".", assignment))
        known = {path.name for path in source.glob("*.ipynb")}
        found, refused = find_submissions(self._submitted, assignment)
        mine = {one.folder: one for one in found}
        there = {Path(folder): names for folder, names in converter.assignments.items()}
        for folder in sorted(set(there) - set(mine)):
            student = folder.parent.name
            why = next((one for one in refused if one.startswith(repr(student))), repr(student))
            converter.log.error("passed over: %s", why)
        staged = {}
        for folder in sorted(set(there) & set(mine)):
            names = sorted({Path(one).name for one in there[folder]} & known)
            place = self._stage(mine[folder], assignment, names)
            staged[str(place)] = [str(place / name) for name in names]
            self._say_time(converter, mine[folder], assignment)
        if not staged:
            raise NbGraderException("No submission of a student was found.")
        converter.assignments = staged
        # the app keeps its own, for formgrader goes on with it
        converter.coursedir = _reading_from(directory, self.root)

    def _stage(self, submission: Submission, assignment: str, names: list[str]) -> Path:
        place = self.root / submission.student / assignment
        place.mkdir(parents=True)
        for name in names:
            (place / name).touch()
        if time := hand_in_time(submission.folder):
            (place / "timestamp.txt").write_text(time, encoding="utf-8")
        if secret := read_secret(submission.folder):
            (place / SECRET).write_text(secret, encoding="utf-8")
        return place

    def _say_time(self, converter: Autograde, submission: Submission, assignment: str) -> None:
        text = read_timestamp(submission.folder)
        if text and not hand_in_time(submission.folder):
            converter.log.warning("%s", no_time(submission.student, assignment, text))


def _reading_from(directory: CourseDirectory, root: Path) -> CourseDirectory:
    facts = {name: getattr(directory, name) for name in directory.traits(config=True)}
    return CourseDirectory(parent=directory.parent, **{**facts, "submitted_directory": str(root)})

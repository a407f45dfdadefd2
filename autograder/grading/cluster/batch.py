"""What travels to a machine: a lesson, and some submissions as they were handed in.

The lesson travels, hidden tests included, and is not read from a checkout there: whoever owns the
gradebook decides what is graded, and no machine can hold a stale lesson. Nothing of it is kept
secret from the machine by that: it has to run the tests.
"""

import hashlib
import os
import stat
import tempfile
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from shutil import rmtree

from autograder.examiner.limits import Limits
from autograder.grading.job import Job
from autograder.intake.read import MAX_BYTES, Submission


class Refused(Enum):
    """A file that intake refuses: it travels as what it is, without its content."""

    LINK = "link"
    SPECIAL = "special"
    LARGE = "large"


File = bytes | Refused


@dataclass(frozen=True, slots=True)
class Batch:
    """Some submissions of one assignment.

    Attributes
    ----------
    lesson : mapping
        Built notebooks and catalogues by their path in the course, compressed.
    submissions : tuple of (student, files)
        Files by name, compressed; one that was not handed in is left out.
    expected : mapping
        The facts that the machine must share.
    """

    assignment: str
    notebooks: tuple[str, ...]
    modules: tuple[str, ...]
    lesson: Mapping[str, bytes]
    submissions: tuple[tuple[str, Mapping[str, File]], ...]
    expected: Mapping[str, str]
    tier: int
    limits: Limits


def pack_lesson(root: Path, assignment: str, notebooks: Sequence[str]) -> dict[str, bytes]:
    """All that grading reads of a course."""
    source, release = Path("source") / assignment, Path("release") / assignment
    paths = [
        path
        for name in notebooks
        for path in (
            source / f"{name}.ipynb",
            source / "misconceptions" / f"{name}.py",
            release / f"{name}.ipynb",
        )
        if (root / path).is_file()
    ]
    return {path.as_posix(): zlib.compress((root / path).read_bytes()) for path in paths}


def pack_submission(job: Job) -> dict[str, File]:
    """What grading reads of a submission."""
    names = [*(f"{name}.ipynb" for name in job.notebooks), "timestamp.txt"]
    found = {name: _pack(job.submission.folder / name) for name in names}
    return {name: file for name, file in found.items() if file is not None}


def _pack(path: Path) -> File | None:
    try:
        # opened first and looked at then, as at intake
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError:
        return Refused.LINK
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode):
        os.close(descriptor)
        return Refused.SPECIAL
    with open(descriptor, "rb") as file:  # noqa: PTH123 # a descriptor, not a path
        if facts.st_size > MAX_BYTES:
            return Refused.LARGE
        return zlib.compress(file.read(MAX_BYTES), 1)


def unpack_lesson(batch: Batch, store: Path) -> Path:
    """The root of a course that holds the lesson; several processes may ask for it at once."""
    digest = hashlib.sha256(repr(sorted(batch.lesson.items())).encode()).hexdigest()[:16]
    root = store / digest
    if not root.is_dir():
        filling = Path(tempfile.mkdtemp(prefix=f"{digest}.", dir=store))
        for name, content in batch.lesson.items():
            path = filling / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(zlib.decompress(content))
        for secret in filling.iterdir():
            secret.chmod(0o700)
        # workers may run as another user, and read what is compiled in there
        filling.chmod(0o711)
        with suppress(OSError):
            filling.rename(root)
        rmtree(filling, ignore_errors=True)
    return root


def unpack_submission(batch: Batch, number: int, root: Path, folder: Path) -> Job:
    """Lay one submission into a folder, so that intake finds what it found where it came from."""
    student, files = batch.submissions[number]
    for name, file in files.items():
        path = folder / name
        match file:
            case Refused.LINK:
                path.symlink_to("nowhere")
            case Refused.SPECIAL:
                path.mkdir()
            case Refused.LARGE:
                path.touch()
                os.truncate(path, MAX_BYTES + 1)
            case content:
                path.write_bytes(zlib.decompress(content))
    submission = Submission(student, folder)
    return Job(root, batch.assignment, batch.notebooks, submission, batch.tier, batch.limits)

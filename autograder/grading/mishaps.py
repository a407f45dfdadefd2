"""What the machine refuses while a class is graded, as an instructor needs to hear it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.errors import GraderError

AGAIN = "and run the command again: it goes on where it stopped"
# what goes wrong with a disk: its cause, and what to do
DISK = {
    errno.ENOSPC: ("the disk is full", "make room"),
    errno.EDQUOT: ("your share of the disk is used up", "make room"),
    errno.EROFS: ("the disk is read-only", "make it writable"),
    errno.EACCES: ("you may not write there", "give yourself the right"),
    errno.EPERM: ("you may not write there", "give yourself the right"),
    errno.EIO: ("the disk failed", "look into the system's log, mend it"),
    errno.EMFILE: ("too many files are open", "raise `ulimit -n` or lower --jobs"),
    errno.ENOMEM: ("the memory is used up", "lower --jobs"),
}


@contextmanager
def told_of_the_disk() -> Iterator[None]:
    """Raise what a disk refuses as a `GraderError`. Other errors pass: they are bugs."""
    try:
        yield
    except OSError as error:
        if error.errno not in DISK:
            raise
        cause, remedy = DISK[error.errno]
        place = error.filename if isinstance(error.filename, str) else None
        raise GraderError(cause, file=place, remedy=f"{remedy} {AGAIN}") from None

"""What the gradebook's database refuses, as an instructor needs to hear it."""

import errno

from sqlalchemy.exc import IntegrityError

from autograder.errors import GraderError
from autograder.grading.mishaps import AGAIN, DISK
from autograder.release.database import code, is_lost, origin, unreachable

# what SQLite says: its cause, and what to do
_BOOK = {
    "database is locked": (
        "another program holds the gradebook",
        "close it (formgrader, another run, a database browser)",
    ),
    "readonly database": (
        "the gradebook is read-only",
        "give yourself the right to write gradebook.db and its folder",
    ),
    "database or disk is full": DISK[errno.ENOSPC],
    "disk I/O error": DISK[errno.EIO],
    "unable to open database file": (
        "the gradebook cannot be opened",
        "give yourself the right to read and write gradebook.db and its folder",
    ),
    "malformed": ("the gradebook is damaged", "put back a copy of gradebook.db"),
    "not a database": ("the gradebook is damaged", "put back a copy of gradebook.db"),
}
# the same of PostgreSQL by its codes, for its words are in the server's language
_SERVER = {
    "25006": ("the gradebook's server takes no changes", "use the one that does"),
    "42501": (
        "your role may not do this in the gradebook's database",
        "make it the owner (`ALTER DATABASE … OWNER TO …`), or give it the rights",
    ),
    "53100": ("the disk of the gradebook's server is full", "make room"),
}
# deadlocks, held rows, no connection free, a server that starts
_BUSY = {"40001", "40P01", "53300", "55P03", "57P03"}
# a row, a table, a type of that name
_MADE_MEANWHILE = {"23505", "42P07", "42710"}


def of_the_gradebook(error: Exception) -> GraderError:
    """What a database said, as a `GraderError`."""
    if is_lost(error):
        lost = unreachable(error)
        return GraderError(lost.message, remedy=f"{lost.remedy}, {AGAIN}")
    if code(error) in _SERVER:
        why, remedy = _SERVER[code(error)]
        return GraderError(why, remedy=f"{remedy} {AGAIN}")
    said = "database is locked" if is_locked(error) else str(error)
    for words, (why, remedy) in _BOOK.items():
        if words in said:
            return GraderError(why, remedy=f"{remedy} {AGAIN}")
    first = said.partition("\n")[0]
    return GraderError(f"the gradebook refuses: {first}", remedy=f"mend that {AGAIN}")


def is_locked(error: Exception) -> bool:
    """Whether another program holds the database for now."""
    return "database is locked" in str(error) or code(error) in _BUSY


def is_raced(error: Exception) -> bool:
    """Whether another program has just made the row or the table that we were about to make."""
    return isinstance(origin(error), IntegrityError) or code(error) in _MADE_MEANWHILE

"""The database that a course's configuration names: opened, or the reason in plain words.

nbgrader's API raises `InvalidEntry` in place of what the database said, which stays behind it.
"""

from pathlib import Path

from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from autograder.course_tree import CONFIG_NAME
from autograder.errors import GraderError

ADDRESS = "CourseDirectory.db_url"
_SHAPE = '"postgresql+psycopg://USER@HOST/DATABASE"'


class _Gradebook(Gradebook):  # type: ignore[misc] # untyped base
    """nbgrader's own, which leaves its connection open when it fails to begin."""

    def __init__(self, address: str, course: str) -> None:
        try:
            super().__init__(address, course)
        except BaseException:
            if hasattr(self, "db"):
                self.close()
            raise


def connect(directory: CourseDirectory) -> Gradebook:
    """Open the gradebook of a course; its tables are made where there are none.

    Raises
    ------
    GraderError
        If its address is none, or the package is missing that speaks to such a database.
    SQLAlchemyError, InvalidEntry
        What the database itself refuses.
    """
    file = Path(directory.root) / CONFIG_NAME
    try:
        return _Gradebook(directory.db_url, directory.course_id)
    except ArgumentError:
        raise GraderError(
            f"{ADDRESS} is not the address of a database",
            file=file,
            remedy=f"write it as {_SHAPE}, or leave it out for gradebook.db",
        ) from None
    except ModuleNotFoundError as error:
        raise GraderError(
            f"{ADDRESS} names a database that needs the package {error.name}",
            file=file,
            remedy=f"write it as {_SHAPE} and run `pip install -r requirements-postgresql.txt`",
        ) from None


def origin(error: BaseException) -> BaseException:
    """What the database said, where nbgrader's API says something else."""
    return (error.__context__ or error) if isinstance(error, InvalidEntry) else error


def code(error: BaseException) -> str:
    """The five characters by which a server says what is wrong; empty where it said none."""
    said = getattr(origin(error), "orig", None)
    return getattr(said, "sqlstate", None) or getattr(said, "pgcode", None) or ""


def is_lost(error: BaseException) -> bool:
    """Whether a server cannot be reached, or hung up."""
    why = origin(error)
    if not isinstance(why, DBAPIError) or "sqlite" in type(why.orig).__module__:
        return False
    return why.connection_invalidated or (isinstance(why, OperationalError) and not code(why))


def unreachable(error: BaseException) -> GraderError:
    """A server that cannot be reached, as a `GraderError`."""
    said = str(getattr(origin(error), "orig", error)).partition("\n")[0]
    return GraderError(
        f"the gradebook's server cannot be reached: {said}",
        remedy=f"look whether it runs and has such a database, and at {ADDRESS} in {CONFIG_NAME}",
    )

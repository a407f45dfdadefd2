"""The students that the gradebook knows, and how platforms may call them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.coursedir import CourseDirectory


@dataclass(frozen=True, slots=True)
class Person:
    """A student of the gradebook.

    Attributes
    ----------
    names : frozenset of str
        What else than the id names them: the e-mail address and its local part, the full name in
        either order. As `squeezed` writes them.
    spaced : frozenset of str
        The same with `_` between words, as `as_id` writes them, in lower case.
    """

    student: str
    names: frozenset[str] = frozenset()
    spaced: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Roster:
    """The students of a course.

    Attributes
    ----------
    complete : bool
        Whether a person has entered the students. If not, the gradebook holds those whom grading
        has met so far, and nobody is unknown.
    """

    people: tuple[Person, ...] = ()
    complete: bool = False

    def named(self, heads: Iterable[str]) -> list[Person]:
        """Everybody whom one of the spellings names, by id, e-mail address or full name.

        What follows a `_` may be a number of the platform's or the file's name, which a student
        chooses: `al_ice` is not Alice, nor `lee_12` lee12. So there words must end where it stands.
        """
        heads = list(heads)
        ids = {as_id(head).lower() for head in heads}
        names = {squeezed(head) for head in heads if "_" not in head.strip("_")} - {""}
        return [
            person
            for person in self.people
            if person.student.lower() in ids or person.names & names or person.spaced & ids
        ]


def as_id(name: str) -> str:
    """A name as an id is written: composed, `_` for a space."""
    return "_".join(unicodedata.normalize("NFC", name).split())


def squeezed(name: str) -> str:
    """Letters and digits alone, in lower case: platforms drop spaces, commas and hyphens."""
    # casefold would take a long s for an s
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).lower())
    return "".join(char for char in composed if char.isalnum())


def person(student: str, first: str = "", last: str = "", email: str = "") -> Person:
    """A student, with every way to write the name.

    A first or a last name alone is no name: there are too many Kims.
    """
    spellings = {email, email.partition("@")[0]}
    if first.strip() and last.strip():
        spellings |= {f"{first} {last}", f"{last} {first}"}
    return Person(
        student,
        frozenset(map(squeezed, spellings)) - {""},
        frozenset(as_id(one).lower() for one in spellings) - {""},
    )


def read_roster(directory: CourseDirectory) -> Roster:
    """Read the students of the course's gradebook; nobody if there is none yet."""
    from nbgrader.api import Gradebook
    from sqlalchemy.engine import make_url

    place = make_url(directory.db_url)
    # nbgrader would make an empty one
    if place.drivername.startswith("sqlite") and not Path(place.database or "").is_file():
        return Roster()
    with Gradebook(directory.db_url, directory.course_id) as book:
        students = list(book.students)
        people = tuple(
            person(one.id, one.first_name or "", one.last_name or "", one.email or "")
            for one in students
        )
        # grading makes students of an id alone, and of a hand-in
        complete = any(one.names for one in people) or any(not one.submissions for one in students)
    return Roster(people, complete)

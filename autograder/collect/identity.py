"""Who handed in: what the platform wrote, matched against the roster."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from autograder.collect.roster import Roster, as_id, squeezed
from autograder.intake.student_ids import (
    code_points,
    lookalikes,
    strangers,
    unseen,
    why_no_id,
)

# what browsers and file managers add to the name of a copy
COPY = re.compile(
    r"(?:^(?:Copy of|사본) )|(?:(?:[ _-]?\(\d+\)|-Copy\d*| - Copy| - 복사본|의 사본|-checkpoint)+$)"
)
# where a platform ends the name and begins its own numbers, or the student's file name
_END = re.compile(r"_|\(| - ")
_MOST_HEADS = 8
# folders of the course and of its editions; words for a hand-in that are nobody's name
_NOBODY = frozenset(
    [
        "archive",
        "autograded",
        "binder",
        "build",
        "course",
        "data",
        "deep-learning-basics",
        "docs",
        "downloaded",
        "extracted",
        "feedback",
        "notebooks",
        "release",
        "results",
        "source",
        "submitted",
        "tests",
        "assignment",
        "assignments",
        "copy",
        "final",
        "homework",
        "homeworks",
        "hw",
        "notebook",
        "submission",
        "submissions",
        "desktop",
        "documents",
        "downloads",
    ]
)


@dataclass(frozen=True, slots=True)
class Nobody:
    """Why a hand-in is nobody's, and what a person should do."""

    why: str
    remedy: str


class Who:
    """Tells who handed in, for one assignment.

    Parameters
    ----------
    course_names : collection of str
        Assignments and notebooks of the course, which never name a student.
    met : collection of str
        Students who have handed in before. Nobody may be taken for one of them.
    """

    def __init__(
        self,
        roster: Roster,
        assignment: str,
        course_names: Collection[str],
        met: Collection[str] = (),
    ) -> None:
        self.roster = roster
        self._assignment = assignment
        self._known = {one.student for one in roster.people} | set(met)
        self._nobody = _NOBODY | {name.lower() for name in course_names}

    def handed_in(
        self, platform: str, below: Sequence[str], folders: Iterable[str]
    ) -> str | Nobody:
        """The student's id.

        Parameters
        ----------
        platform : str
            The name that the platform wrote.
        below : sequence of str
            The path below it, of the file that the platform handed out.
        folders : iterable of str
            Folders, in what the student packed, that hold one of the assignment. They decide
            nothing: without a roster they may say what the platform says, or else stop it.
        """
        name = COPY.sub("", platform).strip()
        heads = [head for head in self._heads(name) if not self.names_nobody(head)]
        if heads and (odd := _deceptive(heads[0])):
            return Nobody(
                f"{platform!r} begins with characters that are not what they look like, or are "
                f"not seen: {code_points(odd)}.",
                f"If it is honest, put it into submitted/<student>/{self._assignment}/ yourself.",
            )
        heads = [head for head in heads if not _deceptive(head)]
        if self.roster.complete:
            return self._on_roster(platform, as_id(name), heads)
        whole = len(below) > 1 and below[0] == self._assignment
        claims = sorted({as_id(one) for one in folders if not self.names_nobody(one)})
        return self._without_roster(name, heads, claims, whole=whole)

    def is_students(self, platform: str) -> bool:
        """Whether a name that the platform wrote may be that of a student of the roster or met."""
        heads = self._heads(COPY.sub("", platform).strip())
        return bool(self.roster.named(heads)) or any(as_id(one) in self._known for one in heads)

    def names_nobody(self, name: str) -> bool:
        """Whether a name is one of the course's own, or a word for a hand-in."""
        return name.strip().lower() in self._nobody

    def others(self, student: str, folders: Iterable[str]) -> list[str]:
        """Of the folders that a student packed, those that name somebody else of the roster."""
        return sorted(
            {
                one
                for one in folders
                for person in self.roster.named([one])
                if person.student != student
            }
        )

    def _heads(self, name: str) -> list[str]:
        """The beginnings of a name that may be the student's; `course submit` writes its end."""
        packed = f"{self._assignment}-"
        if name.startswith(packed):
            return [name.removeprefix(packed)]
        ends = [match.start() for match in _END.finditer(name)][: _MOST_HEADS - 1]
        return [head for end in [*ends, len(name)] if (head := name[:end].strip())]

    def _on_roster(self, platform: str, whole: str, heads: Sequence[str]) -> str | Nobody:
        found = self.roster.named(heads)
        exact = [one for one in found if one.student == whole]
        if len(found) == 1 or len(exact) == 1:
            return self._id((exact or found)[0].student)
        if found:
            several = ", ".join(one.student for one in found)
            return Nobody(
                f"{platform!r} may be each of these: {several}.",
                f"Put it into submitted/<student>/{self._assignment}/ yourself.",
            )
        return Nobody(
            f"{platform!r} names nobody in the gradebook, by id, e-mail address or full name"
            f"{self._looks_like(heads)}.",
            "Rename it to begin with the student's id, or enter the student with "
            "`nbgrader db student add`, and collect again.",
        )

    def _without_roster(
        self, name: str, heads: Sequence[str], claims: Sequence[str], *, whole: bool
    ) -> str | Nobody:
        agreed = [one for one in claims if one in map(as_id, heads)]
        if len(agreed) == 1 and len(claims) == 1:
            return self._id(agreed[0])
        if claims:
            return Nobody(
                f"The platform's name is {name!r}, and inside it says {', '.join(claims)}.",
                "Rename it to the student's id, or import a roster with `nbgrader db student "
                "import`, and collect again.",
            )
        # one word, or a folder that holds the assignment's: nothing but the id
        if heads and (whole or len(heads) == 1) and not re.search(r"_\d+_", name):
            return self._id(as_id(heads[-1]))
        return Nobody(
            f"There is no roster in the gradebook, and {name!r} does not say where the id ends.",
            "Import a roster with `nbgrader db student import`, or rename it to the student's "
            "id, and collect again.",
        )

    def _looks_like(self, heads: Sequence[str]) -> str:
        """Whom a name resembles that is nobody's, and by which characters it differs."""
        names = {name: one.student for one in self.roster.people for name in one.names}
        names |= {one.student: one.student for one in self.roster.people}
        for head in heads:
            for spelling in {as_id(head), squeezed(head)} - {""}:
                for why in lookalikes([spelling], names).values():
                    return f"; {why}"
            if odd := strangers(head):
                return f"; it mixes scripts: {code_points(odd)}"
        return ""

    def _id(self, student: str) -> str | Nobody:
        why = why_no_id(student)
        if not why and not self.roster.complete:
            why = lookalikes([student], self._known).get(student, "")
        if why:
            return Nobody(
                f"{student!r} cannot be a student's id: {why}.",
                "Rename it to the student's id: letters of one script, digits and . _ @ - only.",
            )
        return student


def _deceptive(head: str) -> list[str]:
    """Characters that are not seen, or that are variants of plain ones."""
    variants = [one for one in head if unicodedata.normalize("NFKC", one) != one != " "]
    return [*unseen(head), *variants]

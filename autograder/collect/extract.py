"""nbgrader's extractor: lays out what is to be collected, by student, and says what is not."""

import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExtractorPlugin
from sqlalchemy.exc import SQLAlchemyError

from autograder.collect.choose import Attempt, Undecided, chosen
from autograder.collect.contents import contents
from autograder.collect.handed_out import HandIn, handed_out, whole_class
from autograder.collect.identity import Nobody, Who
from autograder.collect.roster import Roster, read_roster
from autograder.collect.table import Row, tell
from autograder.collect.zip_names import Unreadable
from autograder.intake.read import read_timestamp
from autograder.intake.student_ids import lookalikes, valid_student
from autograder.intake.times import is_time, no_time

_ALONE = (
    "If it is the platform's download of the whole class, let it lie alone in archive/ under the "
    "name submissions.zip, or unpack it there."
)


class ExtractNotebooks(ExtractorPlugin):  # type: ignore[misc] # untyped base
    """Decide who handed in what; `extracted/` holds STUDENT/ASSIGNMENT/NOTEBOOK.ipynb of it.

    nbgrader's own stops the whole class at one damaged file, believes the paths in what students
    pack, and is silent about what it leaves. Nothing here becomes a path but the id of a student
    and the name of a released notebook.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        archive = self.parent._format_collect_path(self.parent.archive_directory)
        if not Path(archive).is_dir():
            # nbgrader warns, among its lines that are not shown here, and says that all is well
            self.parent.fail(f"There is no {archive}: put into it what the platform handed out.")

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Lay out what is to be collected. The rest is told at the end, row by row."""
        assignment: str = self.parent.coursedir.assignment_id
        who = Who(self._roster(), assignment, self._course_names(), self._met())
        hand_ins, rows = handed_out(Path(archive_path), who.is_students)
        attempts: dict[str, list[Attempt]] = defaultdict(list)
        for hand_in in hand_ins:
            try:
                holds = contents(hand_in, assignment, self._released(assignment))
            except (Unreadable, OSError) as why:
                rows.append(self._unreadable(who, hand_in, str(why)))
                continue
            student = who.handed_in(hand_in.platform, hand_in.below, holds.folders)
            if isinstance(student, Nobody):
                remedy = _ALONE if whole_class(hand_in.platform) else student.remedy
                rows.append(Row(hand_in.shown, student.why, remedy))
                continue
            attempts[student].append(Attempt(hand_in, holds))
            rows += _remarks(who, student, hand_in, holds.odd, holds.folders)
        if not who.roster.complete:
            rows += _without_twins(attempts)
        collected = self._lay_out(attempts, Path(extracted_path), assignment, rows)
        head = _head(who, assignment, collected, rows)
        _at_the_end(self.parent, lambda: tell(head, rows))

    def _lay_out(
        self, attempts: dict[str, list[Attempt]], target: Path, assignment: str, rows: list[Row]
    ) -> dict[str, int]:
        """Write each student's notebooks, and return how many."""
        collected = {}
        for student, mine in sorted(attempts.items()):
            try:
                notebooks, said = chosen(student, mine)
            except Undecided as undecided:
                rows.append(undecided.row)
                continue
            stamp = self._submitted() / student / assignment / "timestamp.txt"
            if os.path.lexists(stamp) and (stamp.is_symlink() or not stamp.is_file()):
                rows.append(_strange_time(stamp, student))
                continue
            rows += said
            folder = target / student / assignment
            folder.mkdir(parents=True)
            for name, content in notebooks.items():
                (folder / f"{name}.ipynb").write_bytes(content)
            if stamp.is_file():
                # nbgrader empties the folder of a student before it copies; a person wrote this
                shutil.copyfile(stamp, folder / stamp.name)
                rows += _time_kept(stamp, student, assignment)
            collected[student] = len(notebooks)
        return collected

    def _unreadable(self, who: Who, hand_in: HandIn, why: str) -> Row:
        student = who.handed_in(hand_in.platform, hand_in.below, ())
        if isinstance(student, Nobody) or not who.roster.complete:
            whose, target = "", "<student>"
        else:
            whose, target = f"It is {student}'s: ", student
        assignment = self.parent.coursedir.assignment_id
        names = ", ".join(f"{name}.ipynb" for name in sorted(self._released(assignment)))
        remedy = (
            f"Ask for it again, or put the notebook into submitted/{target}/{assignment}/, under "
            f"its released name ({names})."
        )
        if whole_class(hand_in.platform) and hand_in.suffix == ".zip":
            remedy = _ALONE
        return Row(hand_in.shown, f"{whose}{why}.", remedy)

    def _roster(self) -> Roster:
        try:
            return read_roster(self.parent.coursedir)
        except SQLAlchemyError as error:
            # without it, whose a file is would be a guess
            self.parent.fail(f"The roster in the gradebook cannot be read: {error}")
            raise

    def _released(self, assignment: str) -> set[str]:
        directory = self.parent.coursedir
        folder = directory.format_path(directory.release_directory, ".", assignment)
        return {path.stem for path in Path(folder).glob("*.ipynb")}

    def _submitted(self) -> Path:
        directory = self.parent.coursedir
        return Path(directory.format_path(directory.submitted_directory, ".", "."))

    def _met(self) -> set[str]:
        return {path.name for path in self._submitted().glob("*") if valid_student(path.name)}

    def _course_names(self) -> set[str]:
        """Assignments and notebooks, as students find them in their edition."""
        directory = self.parent.coursedir
        names = {directory.assignment_id}
        for step in (directory.release_directory, directory.source_directory):
            root = Path(directory.format_path(step, ".", "."))
            names |= {path.name for path in root.glob("*") if path.is_dir()}
            names |= {path.stem for path in root.glob("*/*.ipynb")}
        return names


def _time_kept(stamp: Path, student: str, assignment: str) -> list[Row]:
    text = read_timestamp(stamp.parent)
    shown = f"submitted/{student}/{assignment}/{stamp.name}"
    if text and not is_time(text):
        why = f"{no_time(student, assignment, text)}."
        return [Row(shown, why, "Mend it before you grade.", collected=True)]
    return [Row(shown, f"It says {text}, and is kept.", "Look whether it is right.", True)]


def _strange_time(stamp: Path, student: str) -> Row:
    why = f"{student} has handed in, and collecting would delete this, which is no regular file."
    return Row(str(stamp), why, "Write the time into a file, and collect again.")


def _without_twins(attempts: dict[str, list[Attempt]]) -> list[Row]:
    """Take out those whom a reader would take for each other, and say of each file why."""
    twins = lookalikes(attempts)
    folded = Counter(name.casefold() for name in attempts)
    for name in attempts:
        if folded[name.casefold()] > 1:
            twins[name] = "another differs from it by capitals alone"
    return [
        Row(
            attempt.hand_in.shown,
            f"{name!r} may be taken for another student: {why}.",
            "Rename it to the student's id, and collect again.",
        )
        for name, why in twins.items()
        for attempt in attempts.pop(name)
    ]


def _remarks(who: Who, student: str, hand_in: HandIn, odd: str, folders: set[str]) -> list[Row]:
    """What a person should know of a hand-in that is collected."""
    rows = []
    if odd:
        why = f"It is {student}'s; {odd}."
        rows.append(Row(hand_in.shown, why, "Look whether it is needed.", collected=True))
    if others := who.others(student, folders):
        rows.append(
            Row(
                hand_in.shown,
                f"{student} handed it in, and inside it names {', '.join(others)}.",
                f"It counts for {student}. Ask whose work it is.",
                collected=True,
            )
        )
    return rows


def _head(who: Who, assignment: str, collected: dict[str, int], rows: list[Row]) -> list[str]:
    left = sum(not row.collected for row in rows)
    head = [
        f"{assignment}: {_many(sum(collected.values()), 'notebook')} of "
        f"{_many(len(collected), 'student')} collected; "
        f"{left or 'nothing'} left for you to look at."
    ]
    if collected and not who.roster.complete:
        head.append(
            "There is no roster in the gradebook: these ids are taken from the names of the "
            f"files: {', '.join(collected)}."
        )
    return head


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _at_the_end(app: object, work: Callable[[], None]) -> None:
    """Have something done after nbgrader has copied, for which it has no hook.

    Said before, it would scroll away under a line for each file that nbgrader copies.
    """
    copy = app.process_extracted_files  # type: ignore[attr-defined] # nbgrader's app, untyped

    def copy_and_work() -> None:
        try:
            copy()
        finally:
            work()

    app.process_extracted_files = copy_and_work  # type: ignore[attr-defined]

"""What the last run of `autograder grade` did: the scores it changed, and CPU seconds.

It stands beside the results and not in them, for it varies from run to run. One line of JSON is
added for each graded submission, so that a run that is killed loses nothing and the next one,
which finishes its work, finishes its record too.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from autograder.files import append_line, write_whole
from autograder.grading.results import Change

# without `.json` at its end: whoever reads results/<assignment>/*.json would take it for a student
NAME = ".last_run"


@dataclass(frozen=True, slots=True)
class LastRun:
    """What is known of the last run.

    Attributes
    ----------
    graded : tuple of str
        The students whom it graded, sorted.
    changes : tuple of Change
        By student, notebook and cell.
    cpu : mapping
        CPU seconds of students' code: by student, then notebook. Of earlier runs too.
    handed_in : mapping
        Digest of what was handed in, by student. Of earlier runs too.
    before : mapping
        The same, of those whom the run graded, as the run before it found it.
    """

    graded: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    cpu: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    handed_in: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)

    def because(self, student: str) -> str:
        """Whether a student's new scores come with a new hand-in; empty if that is not known."""
        then, now = self.before.get(student), self.handed_in.get(student)
        if then is None or now is None:
            return ""
        return "same hand-in as before" if then == now else "handed in anew"


def last_run_file(root: Path, assignment: str) -> Path:
    """Where the record of an assignment's last run lies."""
    return root / "results" / assignment / NAME


def read_last_run(file: Path) -> LastRun:
    """Read the record; empty if there is none.

    A line that a killed run left torn is passed over.
    """
    cpu: dict[str, Mapping[str, float]] = {}
    graded: set[str] = set()
    changes: dict[tuple[str, str, str], Change] = {}
    handed_in: dict[str, str] = {}
    before: dict[str, str] = {}
    for line in _lines(file):
        if "student" not in line:
            continue
        cpu[line["student"]] = line["cpu"]
        earlier = line.get("earlier")
        if "handed_in" in line:
            handed_in[line["student"]] = line["handed_in"]
            if earlier:
                before[line["student"]] = line["handed_in"]
        if earlier:
            continue
        graded.add(line["student"])
        for facts in line["changes"]:
            new = Change(**facts)
            key = (new.student, new.notebook, new.grade_id)
            # a run that was killed and its successor may both have graded one
            old = changes.get(key, new)
            changes[key] = Change(*key, old.before, new.after, old.most_before, new.most_after)
    return LastRun(
        tuple(sorted(graded)),
        tuple(changes[key] for key in sorted(changes)),
        cpu,
        handed_in,
        {student: before[student] for student in sorted(graded & before.keys())},
    )


class Record:
    """The record of a run, while it goes on. A run that grades nobody leaves the old one."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._begun = False

    def add(
        self,
        student: str,
        cpu: Mapping[str, float],
        changes: Sequence[Change],
        handed_in: str | None = None,
    ) -> None:
        """Add a graded submission. `cpu`: seconds, by notebook. `handed_in`: its digest."""
        if not self._begun:
            self._begin()
        facts = {"student": student, "cpu": dict(cpu), "changes": [asdict(one) for one in changes]}
        self._append(facts | ({} if handed_in is None else {"handed_in": handed_in}))

    def finish(self) -> None:
        """Say that the run is complete: the next one begins a new record."""
        if self._begun:
            self._append({"finished": True})

    def _begin(self) -> None:
        self._begun = True
        if any("finished" in line for line in _lines(self._file)):
            last = read_last_run(self._file)
            lines: list[dict[str, Any]] = [
                {"student": student, "cpu": dict(cpu), "earlier": True}
                for student, cpu in last.cpu.items()
            ]
            for line in lines:
                if line["student"] in last.handed_in:
                    line["handed_in"] = last.handed_in[line["student"]]
            write_whole(self._file, "".join(f"{json.dumps(line)}\n" for line in lines))

    def _append(self, facts: Mapping[str, Any]) -> None:
        append_line(self._file, json.dumps(facts))


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for line in text.splitlines():
        try:
            facts = json.loads(line)
        except ValueError:
            continue
        if isinstance(facts, dict):
            yield facts

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

from autograder.files import write_whole
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
    """

    graded: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    cpu: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


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
    for line in _lines(file):
        if "student" not in line:
            continue
        cpu[line["student"]] = line["cpu"]
        if line.get("earlier"):
            continue
        graded.add(line["student"])
        for facts in line["changes"]:
            new = Change(**facts)
            key = (new.student, new.notebook, new.grade_id)
            # a run that was killed and its successor may both have graded one
            old = changes.get(key, new)
            changes[key] = Change(*key, old.before, new.after, old.most_before, new.most_after)
    return LastRun(tuple(sorted(graded)), tuple(changes[key] for key in sorted(changes)), cpu)


class Record:
    """The record of a run, while it goes on. A run that grades nobody leaves the old one."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._begun = False

    def add(self, student: str, cpu: Mapping[str, float], changes: Sequence[Change]) -> None:
        """Add a graded submission. `cpu`: seconds, by notebook."""
        if not self._begun:
            self._begin()
        self._append(
            {"student": student, "cpu": dict(cpu), "changes": [asdict(one) for one in changes]}
        )

    def finish(self) -> None:
        """Say that the run is complete: the next one begins a new record."""
        if self._begun:
            self._append({"finished": True})

    def _begin(self) -> None:
        self._begun = True
        if any("finished" in line for line in _lines(self._file)):
            before = read_last_run(self._file)
            lines = [
                json.dumps({"student": student, "cpu": dict(cpu), "earlier": True})
                for student, cpu in before.cpu.items()
            ]
            write_whole(self._file, "".join(f"{line}\n" for line in lines))

    def _append(self, facts: Mapping[str, Any]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            # what a killed run left of its last line must not swallow this one
            file.write(f"\n{json.dumps(facts)}\n")


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

"""A class to be graded, and what must be true of it afterwards, whatever happened meanwhile."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.api import Gradebook
from running import end_all, outliving

STUDENTS = ("amy", *(f"s{number:02d}" for number in range(23)))
POINTS = 4.5
TESTS = 4


class Run:
    """One `autograder grade`, begun."""

    def __init__(self, classroom: "Classroom", process: "subprocess.Popen[bytes]") -> None:
        self.process = process
        self._classroom = classroom

    def wait_for(self, results: int, seconds: float = 120.0) -> None:
        """Wait until so many submissions have results."""
        until = time.monotonic() + seconds
        while len(self._classroom.results()) < results:
            assert self.process.poll() is None, f"it ended: {self.said}"
            assert time.monotonic() < until, "nothing was graded"
            time.sleep(0.005)

    def end(self, seconds: float = 120.0) -> int:
        """Wait for its end; nothing of it may remain. Returns its exit code."""
        code = self.process.wait(seconds)
        assert outliving(self.process.pid) == {}
        assert list(self._classroom.temporary.iterdir()) == []
        return code

    @property
    def said(self) -> str:
        """What it wrote to its standard error."""
        return self._classroom.errors.read_text("utf-8", "replace")


class Classroom:
    """A course in a folder, with submissions."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.temporary = root.parent / "tmp"
        self.temporary.mkdir(mode=0o755)
        self.errors = root.parent / "errors"

    @contextmanager
    def grading(self, *options: str) -> Iterator[Run]:
        """Begin to grade, as a command in a terminal of its own."""
        # what a shell started in the background would be deaf to Ctrl-C, and so would this be
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        with (
            self.errors.open("wb") as errors,
            (root_log := self.root.parent / "output").open("wb") as output,
            subprocess.Popen(
                [sys.executable, "-m", "autograder", "grade", "small", *options],
                cwd=self.root,
                env={**os.environ, "TMPDIR": str(self.temporary)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                start_new_session=True,
            ) as process,
        ):
            signal.signal(signal.SIGINT, before)
            try:
                yield Run(self, process)
            finally:
                process.kill()
                end_all(process.pid)
        self.output = root_log.read_text("utf-8")

    def grade(self, *options: str) -> int:
        """Grade to the end. Returns the exit code."""
        with self.grading(*options) as run:
            return run.end()

    def results(self) -> dict[str, dict[str, object]]:
        """What is written of each student; every file must be whole."""
        return {
            path.stem: json.loads(path.read_text("utf-8"))
            for path in (self.root / "results").glob("small/[!.]*.json")
        }

    def scores(self) -> dict[str, list[float | None]]:
        """Of each student in the gradebook the points of every test."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}", "deep_learning_basics") as book:
            return {
                submission.student_id: [
                    grade.auto_score
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                    if grade.cell.cell_type == "code"
                ]
                for submission in book.assignment_submissions("small")
            }

    def assert_all_right(self, *others: str) -> None:
        """Nobody is lost, nobody is there twice, and all but `others` have all points."""
        scores = self.scores()
        assert sorted(scores) == sorted(STUDENTS)
        assert {name: len(given) for name, given in scores.items()} == dict.fromkeys(scores, TESTS)
        for name, data in self.results().items():
            assert sum(score or 0 for score in scores[name]) == data["score"]
        assert {name for name, given in scores.items() if sum(given) != POINTS} <= set(others)  # type: ignore[arg-type]
        assert sorted(self.results()) == sorted(STUDENTS)
        assert list(self.root.rglob("*.part")) == []
        notebooks = (self.root / "autograded").glob("*/small/scale.ipynb")
        assert sorted(path.parts[-3] for path in notebooks) == sorted(STUDENTS)

    def answer(self, student: str, old: str, new: str) -> None:
        """Change one passage of what a student handed in."""
        file = self.root / "submitted" / student / "small" / "scale.ipynb"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def take_a_while(self) -> None:
        """Let all be under way still when the first results are written, which takes imports."""
        for student in STUDENTS:
            self.answer(student, "doubled = 2.0", "__import__('time').sleep(0.4); doubled = 2.0")


@contextmanager
def locked(gradebook: Path, seconds: float) -> Iterator[None]:
    """Another process holds the gradebook, for as long."""
    code = (
        "import sqlite3, sys, time\n"
        f"book = sqlite3.connect({str(gradebook)!r}, isolation_level=None)\n"
        "book.execute('BEGIN EXCLUSIVE')\n"
        "print('held', flush=True)\n"
        f"time.sleep({seconds})\n"
    )
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", code], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        try:
            yield
        finally:
            process.kill()


def integrity(gradebook: Path) -> str:
    """What SQLite says of the file."""
    book = sqlite3.connect(gradebook)
    try:
        [said] = book.execute("PRAGMA integrity_check").fetchone()
    finally:
        book.close()
    return str(said)

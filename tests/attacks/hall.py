"""The hall where attacks are tried: a course with secrets, and hostile submissions to it."""

import functools
import json
import os
import runpy
import shutil
import sqlite3
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from own_gradebook import copy_config

from autograder.course_tree import CourseTree
from autograder.examiner import apart
from autograder.examiner.limits import Limits
from autograder.grading import job
from autograder.grading.job import Graded, Job, grade
from autograder.intake.read import Submission
from autograder.release.build import build

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LESSON = ROOT / "tests" / "fixtures" / "exam"
# what stands in hidden tests and the reference's written answer, and nowhere in sight
SECRETS = ("quokka", "numbat", "wombat", "4337", "8674", "5151", "15454", "77.124", "154.249")
POINTS = 6.0
# Our pid makes them ours alone: they stand in the command line of a zygote and of all it forks.
# Test cells of the lesson have a limit of their own.
LIMITS = Limits(cell=3.0, notebook=60 + os.getpid() * 1e-7)
RIGHT = {"double": "return 2.0 * np.asarray(X, dtype=float)", "triple": "return 3.0 * X"}


@dataclass(frozen=True)
class Attack:
    """A hostile submission, as its folder describes it."""

    name: str
    expected: dict[str, Any]

    @property
    def script(self) -> Path:
        return HERE / self.name / "attack.py"

    @property
    def forbidden(self) -> tuple[str, ...]:
        """What must appear nowhere."""
        return (*SECRETS, *self.expected.get("never", ()))


@functools.cache
def attacks() -> list[Attack]:
    """Every attack, in order of the names."""
    return [
        Attack(file.parent.name, tomllib.loads(file.read_text(encoding="utf-8")))
        for file in sorted(HERE.glob("*/expected.toml"))
    ]


class Hall:
    """A course in a folder that every user of the machine may enter."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(LESSON, root)
        copy_config(root)
        (root / "course").symlink_to(ROOT / "course")
        build(CourseTree(root))
        for path in (root, *root.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755)
        (root / "private.txt").write_text("a fumbling gibbon", encoding="utf-8")
        (root / "private.txt").chmod(0o600)
        self._gradebook()
        self.release = json.loads((root / "release/week1/exam.ipynb").read_text("utf-8"))
        self.source = json.loads((root / "source/week1/exam.ipynb").read_text("utf-8"))

    def _gradebook(self) -> None:
        """What an attacker looks for in nbgrader's database."""
        file = self.root / "gradebook.db"
        database = sqlite3.connect(file)
        database.execute("CREATE TABLE source_cell (source TEXT)")
        database.execute("INSERT INTO source_cell VALUES ('check(double(4337.26), 8674.53)')")
        database.execute("CREATE TABLE grade AS SELECT 1 AS extra_credit")
        database.commit()
        database.close()
        file.chmod(0o666)

    @property
    def extra_credit(self) -> float:
        database = sqlite3.connect(self.root / "gradebook.db")
        [value] = database.execute("SELECT extra_credit FROM grade").fetchone()
        database.close()
        return float(value)

    def hand_in(self, student: str, attack: Attack) -> Submission:
        """Write what an attacker hands in."""
        folder = self.root / "submitted" / student / "week1"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        notebook = json.loads(json.dumps(self.release))
        if attack.expected.get("kind") != "notebook":
            write_cells(
                notebook, attack.script.read_text("utf-8").replace("COURSE", str(self.root))
            )
        file = folder / "exam.ipynb"
        file.write_text(json.dumps(notebook), encoding="utf-8")
        if attack.expected.get("kind") == "notebook":
            change = runpy.run_path(str(attack.script))["change"]
            change(notebook, folder)
            if file.is_file() and not file.is_symlink() and not (folder / "as_is").exists():
                file.write_text(json.dumps(notebook), encoding="utf-8")
        return Submission(student, folder)

    def honest(self, student: str = "honest") -> Submission:
        """Write what a student hands in who has understood it all."""
        folder = self.root / "submitted" / student / "week1"
        folder.mkdir(parents=True, exist_ok=True)
        notebook = json.loads(json.dumps(self.release))
        for name, body in RIGHT.items():
            answer(notebook, name)["source"] = f"def {name}(X):\n    {body}\n"
        (folder / "exam.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        return Submission(student, folder)

    def grade(self, submission: Submission, tier: int, *, watched: bool = False) -> Graded:
        """Grade in this process, or in one of its own whose deadline is kept from here."""
        task = Job(self.root, "week1", ("exam",), submission, tier, LIMITS)
        if not watched:
            return grade(task)
        before, job.examine = job.examine, apart.examine_apart
        try:
            return grade(task)
        finally:
            job.examine = before
            apart.end_all()


def answer(notebook: dict[str, Any], grade_id: str) -> dict[str, Any]:
    """The cell of a grade_id."""
    [found] = [
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    ]
    return found


def write_cells(notebook: dict[str, Any], script: str) -> None:
    """Put the cells of a script into a notebook: answers in place, others behind the setup."""
    place = notebook["cells"].index(answer(notebook, "setup")) + 1
    for piece in f"\n{script}".split("\n# %%")[1:]:
        title, _, text = piece.partition("\n")
        if title.strip() == "wire":
            title, text = "", (HERE / "wire.txt").read_text(encoding="utf-8")
        if title.strip():
            name = title.split()[-1] if title.strip() != "answer" else "double"
            answer(notebook, name)["source"] = text
            place = notebook["cells"].index(answer(notebook, name)) + 1
        else:
            cell = {"cell_type": "code", "metadata": {}, "source": text, "outputs": []}
            notebook["cells"].insert(place, {**cell, "execution_count": None, "id": f"own-{place}"})
            place += 1


def seen(graded: Graded) -> str:
    """All that a student can come to see: messages, outputs, and the cells but the tests."""
    book = graded.notebooks["exam"]
    parts: list[Any] = [book.result.outputs, book.rejected]
    parts += [test.message for test in book.result.tests]
    parts += [
        [cell["source"], cell.get("outputs")]
        for cell in (json.loads(book.text)["cells"] if book.text else [])
        if not cell["metadata"].get("nbgrader", {}).get("grade")
    ]
    return json.dumps(parts, ensure_ascii=False)


def found_in(text: str, needles: tuple[str, ...]) -> list[str]:
    """Which of the needles stand in a text."""
    return [needle for needle in needles if needle in text]


def ours() -> set[int]:
    """The processes that our zygotes are or forked; a fork keeps the command line."""
    # with the comma: one process's number may be the beginning of another's
    mark = f'"cpu_seconds": {LIMITS.notebook + LIMITS.cell},'.encode()
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if mark in (folder / "cmdline").read_bytes():
                    found.add(int(folder.name))
            except OSError:
                continue
    return found


def zygotes() -> set[int]:
    """The processes that we started ourselves."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()
    return {int(child) for child in children}


def outliving(seconds: float = 20.0) -> set[int]:
    """What of a zygote's workers is still there after a while."""
    assert ours() & zygotes(), "no zygote is recognised: then nothing else would be"
    until = time.monotonic() + seconds
    while (left := ours() - zygotes()) and time.monotonic() < until:
        time.sleep(0.02)
    return left


@contextmanager
def open_hall() -> Iterator[Hall]:
    """Build the course, and let scratch folders lie where they can be counted."""
    place, before = Path(tempfile.mkdtemp(prefix="hall-")).resolve(), tempfile.tempdir
    place.chmod(0o755)
    (place / "temporary").mkdir(mode=0o755)
    tempfile.tempdir = str(place / "temporary")
    try:
        yield Hall(place / "exam")
    finally:
        tempfile.tempdir = before
        shutil.rmtree(place)

"""`python -m course submit`: pack an assignment's notebooks as the grader takes them."""

import argparse
import sys
import time
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path

from course.commands.find import NotFound, find
from course.commands.judge import judge
from course.commands.notebooks import Notebook, Role, Unreadable, read
from course.commands.released import Released, recognise, released

_MARKS = frozenset("._@-")
# a zip cannot tell an earlier time
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class CannotPack(Exception):  # noqa: N818 # told to the student as it is
    """Why no zip is written, and what to do."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Say what the command takes."""
    parser = commands.add_parser(
        "submit",
        help="pack an assignment's notebooks into a zip, named as the grader needs it",
        description="Writes ASSIGNMENT-ID.zip into this folder, to be uploaded. In it your "
        "notebooks lie as ID/ASSIGNMENT/NOTEBOOK.ipynb, under the names they were released "
        "with, whatever your files are called. Nothing is sent, and nothing else is changed.",
        epilog="exit codes: 0 written; 1 something to mend first; 2 wrong usage.",
    )
    parser.add_argument("places", nargs="+", metavar="FOLDER or NOTEBOOK", help="what to hand in")
    parser.add_argument(
        "--student",
        required=True,
        metavar="ID",
        help="the id that your instructor knows you by, such as your student number: letters, "
        "digits and . _ @ -",
    )
    parser.set_defaults(run=submit)


def submit(options: argparse.Namespace) -> int:
    """Pack and print; the exit code."""
    try:
        student = _student(options.student)
        packed, notes = _pack(find(options.places))
        assignment = next(iter(packed.values())).assignment
        target = Path(f"{assignment}-{student}.zip")
        _write(target, packed, student)
    except NotFound as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except CannotPack as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for notebook, known in packed.items():
        answers = [cell for cell in notebook.cells if cell.to_fill_in]
        written = sum(not one.untouched for one in answers)
        print(f"  {known.name}.ipynb  {written} of {len(answers)} answers written")
    for note in notes:
        print(f"  note: {note}")
    print(f"{target} is ready: upload this file.")
    return 0


def _student(text: str) -> str:
    student = unicodedata.normalize("NFC", text.strip())
    fine = 0 < len(student) <= 64 and student[0].isalnum()
    if not fine or not all(char.isalnum() or char in _MARKS for char in student):
        raise CannotPack(
            f"--student {text!r}: an id has letters, digits and . _ @ - only, begins with a "
            "letter or digit, and has at most 64 of them. Ask your instructor for yours"
        )
    return student


def _pack(paths: list[Path]) -> tuple[Mapping[Notebook, Released], list[str]]:
    known = released()
    packed: dict[Notebook, Released] = {}
    notes = []
    for path in paths:
        try:
            notebook = read(path)
        except Unreadable as error:
            raise CannotPack(f"{path.as_posix()}: {error}") from None
        origin = recognise(notebook, known) or _by_place(notebook)
        if origin is None:
            notes.append(f"left out, since it is no notebook of the course: {path.as_posix()}")
            continue
        same = [one.path for one, other in packed.items() if other.name == origin.name]
        if same:
            raise CannotPack(
                f"{same[0].as_posix()} and {path.as_posix()} are both {origin.name}.ipynb. "
                "Name the one to hand in, or move the other away"
            )
        packed[notebook] = origin
        notes += [f"{path.name}: {one}" for one in judge(notebook, origin, None).warnings]
    if not packed:
        raise CannotPack("there is no notebook of the course to hand in")
    names = sorted({one.assignment for one in packed.values()})
    if len(names) > 1:
        raise CannotPack(
            f"these belong to several assignments ({', '.join(names)}): name one folder"
        )
    absent = [
        one.name
        for one in known
        if one.assignment == names[0] and one.name not in {two.name for two in packed.values()}
    ]
    notes += [f"the assignment has {name}.ipynb too, which is not in the zip" for name in absent]
    return packed, notes


def _by_place(notebook: Notebook) -> Released | None:
    """Without a list of what was released: the file's own name and that of its folder."""
    if released() or not notebook.having(Role.TEST):
        return None
    folder = notebook.path.absolute().parent.name
    return Released(folder, notebook.path.stem, {}, {})


def _write(target: Path, packed: Mapping[Notebook, Released], student: str) -> None:
    if target.exists() and not zipfile.is_zipfile(target):
        raise CannotPack(f"{target} is there and is no zip: move it away")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for notebook, known in sorted(packed.items(), key=lambda item: item[1].name):
            # of two submissions, the notebook that was saved later counts
            saved = time.localtime(notebook.path.stat().st_mtime)[:6]
            entry = zipfile.ZipInfo(
                f"{student}/{known.assignment}/{known.name}.ipynb", max(saved, _EARLIEST)
            )
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, notebook.path.read_bytes())

"""Read what was handed in: regular files of a sane size, and nothing else."""

import json
import os
import stat
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from autograder.intake.cells import Cell
from autograder.intake.student_ids import lookalikes, why_no_id

SECRET = "submission_secret.txt"  # noqa: S105 # the name of a file
MAX_BYTES = 20 * 2**20
MAX_CELLS = 2000
# of two names, from 0 to 1
_ALIKE = 0.6


class Rejected(Exception):  # noqa: N818 # a verdict on a file, not a bug
    """A submitted file cannot be graded; the message says why, fit for the student."""


@dataclass(frozen=True, slots=True)
class Submission:
    """The folder of one student, found but not yet read."""

    student: str
    folder: Path


def find_submissions(submitted: Path, assignment: str) -> tuple[list[Submission], list[str]]:
    """Find every student's folder of an assignment.

    Returns
    -------
    (submissions, refused)
        In order of the ids. `refused` names what lies there and is no student's folder.
    """
    found, refused = [], []
    if not submitted.is_dir():
        return [], []
    for entry in sorted(os.scandir(submitted), key=lambda entry: entry.name):
        folder = Path(entry.path) / assignment
        if entry.name.startswith(".") or not entry.is_dir(follow_symlinks=False):
            if entry.is_symlink():
                refused.append(f"{entry.name!r} is a link")
            continue
        try:
            if not folder.is_dir():
                continue
        except OSError:
            refused.append(f"{entry.name!r} cannot be opened")
            continue
        if why := why_no_id(entry.name):
            refused.append(f"{entry.name!r} cannot be a student's id: {why}")
        elif folder.is_symlink():
            refused.append(f"{entry.name!r}/{assignment} is a link")
        else:
            found.append(Submission(entry.name, folder))
    twins = lookalikes([one.student for one in found])
    refused += [f"{name!r} cannot be a student's id: {why}" for name, why in twins.items()]
    return [one for one in found if one.student not in twins], refused


def misnamed(folder: Path, names: Collection[str]) -> list[str]:
    """Say of each notebook that is missing what lies there under another name.

    A file is proposed for the notebook that it resembles most, and only for that one; one that
    resembles none is proposed where nothing else can be meant.

    Parameters
    ----------
    names : collection of str
        The notebooks of the assignment.
    """
    there = sorted(path.stem for path in folder.glob("*.ipynb"))
    missing = [name for name in names if name not in there]
    others = [name for name in there if name not in names]
    meant: dict[str, str] = {}
    # of two that resemble one notebook the more alike is proposed
    for other in sorted(others, key=lambda one: max(_likeness(one, name) for name in names)):
        best = max(names, key=lambda name: _likeness(other, name))
        if best in missing and _likeness(other, best) >= _ALIKE:
            meant[best] = other
    if not meant and len(missing) == len(others) == 1 and not _resembles_any(others[0], names):
        meant[missing[0]] = others[0]
    return [
        f"{name}.ipynb is missing; is it {meant[name] + '.ipynb'!r}?"
        for name in missing
        if name in meant
    ]


def _likeness(one: str, other: str) -> float:
    """How much a file's name resembles a notebook's: wholly if it holds it."""
    if other.lower() in one.lower():
        return 1.0 + len(other) / 1000
    return SequenceMatcher(None, one.lower(), other.lower()).ratio()


def _resembles_any(name: str, names: Collection[str]) -> bool:
    return any(_likeness(name, other) >= _ALIKE for other in names)


def read_cells(path: Path) -> list[Cell]:
    """Read the cells of a submitted notebook.

    Raises
    ------
    Rejected
        If it is no regular file, too large, or no notebook of format 4.
    """
    try:
        notebook = json.loads(_read_file(path))
    except (ValueError, RecursionError):
        raise Rejected("The file is damaged: it cannot be read as a notebook.") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        if isinstance(notebook, dict) and "worksheets" in notebook:
            raise Rejected("The notebook is in an old format. Open it in JupyterLab and save it.")
        raise Rejected("The file is not a notebook.")
    cells = [cell for cell in notebook["cells"] if isinstance(cell, dict)]
    if len(cells) > MAX_CELLS:
        raise Rejected(f"The notebook has more than {MAX_CELLS} cells.")
    return cells


def rejection(reason: str) -> Cell:
    """A cell that tells the student, on top of their feedback, why there is nothing else."""
    return {
        "cell_type": "markdown",
        "id": "rejected",
        "metadata": {},
        "source": f"**This notebook could not be graded.** {reason}",
    }


def read_timestamp(folder: Path) -> str:
    """The text of `timestamp.txt`, which nbgrader writes at collecting; empty if there is none."""
    try:
        return _read_file(folder / "timestamp.txt", most=200).decode("utf-8", "replace").strip()
    except Rejected:
        return ""


def read_secret(folder: Path) -> str:
    """By what nbgrader's exchange knows whose feedback it is; empty without the exchange.

    `nbgrader submit` writes it beside the notebooks, and *Release Feedback* looks for it beside
    the feedback, where nbgrader's converters have copied it.
    """
    try:
        return _read_file(folder / SECRET, most=200).decode("ascii")
    except (Rejected, UnicodeDecodeError):
        return ""


def _read_file(path: Path, most: int = MAX_BYTES) -> bytes:
    try:
        # opened first and looked at then: what was looked at cannot be exchanged any more
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise Rejected("The notebook was not handed in.") from None
    except OSError:
        raise Rejected("The file is a link or cannot be opened.") from None
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode):
        os.close(descriptor)
        raise Rejected("The file is not a regular file.")
    with open(descriptor, "rb") as file:  # noqa: PTH123 # a descriptor, not a path
        if facts.st_size > most:
            raise Rejected(f"The file is larger than {most // 2**20} MB.")
        try:
            return file.read(most)
        except OSError:
            raise Rejected("The file cannot be read to its end.") from None

"""What lies in Gradescope's folder of a submission, put where the grader looks for it."""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from autograder.feedback.plain import plain
from autograder.intake.student_ids import valid_student

_NOBODY = "student"
# more files than any honest hand-in has; a flood must not keep the grader busy
_MOST_FILES = 10_000


def put_in_place(handed_in: Path, wanted: Sequence[str], folder: Path) -> list[str]:
    """Copy the notebooks that are awaited into one folder, wherever among the files they lie.

    A zip that `python -m course submit` packs arrives unpacked, with folders of its own. Of two
    files of one name, the one nearer to the top is taken.

    Parameters
    ----------
    handed_in : Path
        Hostile: links in it are not followed.
    wanted : sequence of str
        Names of notebooks, without `.ipynb`.

    Returns
    -------
    list of str
        What the student should know of notebooks that are missing.
    """
    found: dict[str, list[Path]] = {}
    for path in _notebooks(handed_in):
        found.setdefault(path.stem, []).append(path)
    others = sorted(name for name in found if name not in wanted)
    notes = []
    for name in wanted:
        places = sorted(found.get(name, []), key=lambda path: (len(path.parts), path))
        if places:
            shutil.copyfile(places[0], folder / f"{name}.ipynb", follow_symlinks=False)
        if len(places) > 1:
            taken = places[0].relative_to(handed_in)
            notes.append(f"{name}.ipynb is there {len(places)} times; graded: {str(taken)!r}.")
        if not places:
            looks = f" Is it {others[0] + '.ipynb'!r}? Then rename it." if others else ""
            notes.append(f"{name}.ipynb is missing: hand in a file of exactly this name.{looks}")
    return [plain(note, most=500) for note in notes]


def _notebooks(top: Path) -> Iterator[Path]:
    seen = 0
    for folder, _, files in os.walk(top):
        seen += len(files)
        for name in files:
            path = Path(folder, name)
            # a pipe would be waited for; a link is copied as a link, and refused by intake
            if path.suffix == ".ipynb" and name[0] != "." and (path.is_symlink() or path.is_file()):
                yield path
        if seen > _MOST_FILES:
            return


def who(metadata: Path) -> str:
    """The student's id, for the log and the results: the email, else Gradescope's number.

    Of several who handed in together it is the first. Without the file it is "student".
    """
    try:
        facts: Any = json.loads(metadata.read_text(encoding="utf-8"))
        first = facts["users"][0]
        names = [str(first.get("email", "")), str(first.get("id", ""))]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return _NOBODY
    return next((name for name in names if valid_student(name)), _NOBODY)

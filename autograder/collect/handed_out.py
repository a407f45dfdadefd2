"""What the platform handed out: files, each under the name that the platform gave to it."""

import os
import re
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.collect.archive import (
    MAX_FILES_OF_CLASS,
    Opener,
    inside,
    list_zip,
    on_disk,
)
from autograder.collect.table import Row, visible
from autograder.collect.zip_names import Unreadable

# the zip of one student, as it lies in the platform's download of the class
MAX_ARCHIVE = 200 * 2**20
_HIDDEN = {"__MACOSX", "Thumbs.db", "desktop.ini"}
# how platforms call a download of the whole class, or what they begin its name with
_WHOLE_CLASS = frozenset(
    [
        "all",
        "blackboard",
        "brightspace",
        "canvas",
        "class",
        "classroom",
        "download",
        "downloads",
        "export",
        "gradebook",
        "gradescope",
        "klms",
        "lms",
        "moodle",
        "platform",
        "submissions",
    ]
)
# Moodle writes it behind a student's name, which students may choose
_OF_ONE = re.compile(r"_\d+_assignsubmission_")
# a clock that goes wrong by more is not believed
_DAY = 86400


@dataclass(frozen=True, slots=True)
class HandIn:
    """One file that the platform handed out.

    Attributes
    ----------
    parts : tuple of str
        Its path. The first level is the platform's: who handed in. What follows is not.
    shown : str
        How an instructor finds it.
    time : float or None
        When, by the platform; None if that cannot be (it lies in the future).
    """

    parts: tuple[str, ...]
    shown: str
    time: float | None
    open: Opener

    @property
    def platform(self) -> str:
        """The name that the platform wrote."""
        return self.parts[0] if len(self.parts) > 1 else stem(self.parts[0])

    @property
    def below(self) -> tuple[str, ...]:
        """The path below what the platform wrote."""
        return self.parts[1:] or self.parts

    @property
    def suffix(self) -> str:
        """Its kind: `.zip`, `.ipynb` or whatever else, in lower case."""
        return Path(self.parts[-1]).suffix.lower()


def stem(name: str) -> str:
    """A file's name without its ending."""
    return re.sub(r"\.(?:zip|ipynb)$", "", name, flags=re.IGNORECASE)


def handed_out(archive: Path, is_students: Callable[[str], bool]) -> tuple[list[HandIn], list[Row]]:
    """Every file in `archive/`; for the platform's one download of the class, what it holds.

    That download is known by two marks: it lies there alone, and its name begins as platforms
    begin it. Its first level is then the platform's, too. A student's own zip has neither: it
    lies beside others, and its name begins with the student's. Who is called All Smith may be the
    first to hand in; so a name that is a student's is looked into by nobody.

    Parameters
    ----------
    is_students : callable
        Whether a name, as the platform wrote it, is that of a student.
    """
    files, rows = _in_folder(archive)
    for _ in range(2):
        tops = {file.parts[0] for file in files}
        if len(tops) != 1 or not whole_class(top := next(iter(tops))) or _OF_ONE.search(top):
            break
        if is_students(stem(top)):
            break
        if len(files[0].parts) > 1:
            files = [replace(file, parts=file.parts[1:]) for file in files]
        elif files[0].suffix == ".zip":
            try:
                files = _in_download(files[0], rows)
            except Unreadable as why:
                return [], [Row(files[0].shown, f"{why}.", "Download it again.")]
        else:
            break
    return files, rows


def whole_class(name: str) -> bool:
    """Whether a name begins as that of a platform's download of the whole class."""
    return re.split(r"[_\s\-.(]", stem(name).strip().casefold())[0] in _WHOLE_CLASS


def _in_folder(archive: Path) -> tuple[list[HandIn], list[Row]]:
    files, rows = [], []
    for folder, names, found in os.walk(archive, followlinks=False):
        names[:] = sorted(name for name in names if not _hidden(name))
        for name in sorted([*found, *(one for one in names if Path(folder, one).is_symlink())]):
            path = Path(folder, name)
            shown = path.relative_to(archive).as_posix()
            if _hidden(name):
                continue
            if path.is_symlink() or not path.is_file():
                rows.append(Row(shown, "It is a link or no file.", "Put the file itself there."))
                continue
            parts = tuple(unicodedata.normalize("NFC", one) for one in shown.split("/"))
            files.append(HandIn(parts, shown, believed(path.stat().st_mtime), on_disk(path)))
    return files, rows


def _in_download(download: HandIn, rows: list[Row]) -> list[HandIn]:
    with download.open() as file:
        listing = list_zip(file, MAX_FILES_OF_CLASS)
    rows += [
        Row(f"{download.shown} › {why}", "It is not taken.", "Look into the platform's zip.")
        for why in listing.refused
    ]
    return [
        HandIn(
            entry.parts,
            f"{download.shown} › {visible('/'.join(entry.parts))}",
            believed(entry.time),
            inside(download.open, entry, MAX_ARCHIVE, MAX_FILES_OF_CLASS),
        )
        for entry in listing.entries
    ]


def believed(moment: float | None) -> float | None:
    """A platform's time, or None if it cannot be: nobody has handed in tomorrow."""
    return None if moment is None or moment > time.time() + _DAY else moment


def _hidden(name: str) -> bool:
    return name.startswith(".") or name in _HIDDEN

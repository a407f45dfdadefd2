"""Whose notebook a collected file is, and which."""

import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from nbgrader.plugins import FileNameCollectorPlugin

from autograder.intake.read import valid_student

# what browsers and file managers add to the name of a copy
_COPY = re.compile(
    r"(?:^(?:Copy of|사본) )|(?:(?:[ _-]?\(\d+\)|-Copy\d*| - Copy| - 복사본|의 사본|-checkpoint)+$)"
)


class _Candidate(NamedTuple):
    saved: float
    exact: bool
    path: str


class CollectByFolder(FileNameCollectorPlugin):  # type: ignore[misc] # untyped base
    """nbgrader's collector, for names as students write them.

    Composes Korean names that macOS took apart, writes `_` for a space in an id, knows a copy
    such as `broadcasting (1).ipynb` for what it is, and of several files for one notebook takes
    the one saved last. (nbgrader's own would stop the whole class there.) What it leaves is named.
    """

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """The student's id and the notebook's name; None leaves the file."""
        key = self._key(submitted_file)
        if key is None:
            self.log.warning(
                "Skipped, not in a folder STUDENT/%s/ under a released name: %s",
                self._assignment,
                submitted_file,
            )
            return None
        candidates = self._survey().get(key, [])
        best = max(candidates, default=None)
        if best is not None and best.path != submitted_file:
            self.log.warning(
                "Several files for %s of student %s. Taken, since saved last: %s. Left: %s",
                key[1],
                key[0],
                best.path,
                submitted_file,
            )
            return None
        return {"student_id": key[0], "file_id": key[1]}

    @property
    def _assignment(self) -> str:
        name: str = self.parent.coursedir.assignment_id
        return name

    def _survey(self) -> dict[tuple[str, str], list[_Candidate]]:
        """Every file that was extracted, by student and notebook."""
        if not hasattr(self, "_found"):
            self._found: dict[tuple[str, str], list[_Candidate]] = {}
            root = Path(self.parent._format_collect_path(self.parent.extracted_directory))
            for path in sorted(root.rglob("*.ipynb")):
                key = self._key(str(path))
                if key is not None:
                    exact = _nfc(path.stem) == key[1]
                    one = _Candidate(path.stat().st_mtime, exact, str(path))
                    self._found.setdefault(key, []).append(one)
        return self._found

    def _key(self, path: str) -> tuple[str, str] | None:
        match = re.match(self.named_regexp, path) if path.endswith(".ipynb") else None
        if match is None:
            return None
        student = re.sub(r"\s+", "_", _nfc(match["student_id"]).strip())
        name = _nfc(match["file_id"]).strip()
        if not valid_student(student):
            return None
        known = self._released()
        for one in (name, _COPY.sub("", name).strip()):
            if one in known:
                return student, one
        return None if known else (student, name)

    def _released(self) -> set[str]:
        folder = self.parent.coursedir.format_path(
            self.parent.coursedir.release_directory, ".", self._assignment
        )
        return {path.stem for path in Path(folder).glob("*.ipynb")}


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)

"""nbgrader's extractor, made for archives as students make them."""

import io
import os
import shutil
import stat
import time
import unicodedata
import zipfile
from pathlib import Path

from nbgrader.plugins import ExtractorPlugin

from autograder.intake.read import MAX_BYTES

_MOST_ENTRIES = 1000
_MOST_NESTED = 500 * 2**20
_DEPTH = 2
_UTF8 = 0x800


class ExtractNotebooks(ExtractorPlugin):  # type: ignore[misc] # untyped base
    """Take the notebooks out of zips; whatever else lies there is left alone.

    nbgrader's own stops the whole class at one damaged file, and reads names that a Korean
    Windows wrote as nonsense. A zip of zips, as platforms hand out, is opened too.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Extract every archive of a folder; a file that cannot be read is named and skipped."""
        source, target = Path(archive_path), Path(extracted_path)
        for path in sorted(source.rglob("*")):
            place = target / path.relative_to(source).parent
            if path.is_symlink() or not path.is_file():
                continue
            if path.suffix.lower() == ".zip":
                self._open(path.name, path, place / _nfc(path.stem))
            elif path.suffix == ".ipynb":
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, place / _nfc(path.name))
            else:
                self.log.warning("Skipped, neither a zip nor a notebook: %r", path.name)

    def _open(self, shown: str, file: Path | io.BytesIO, place: Path, depth: int = 1) -> None:
        try:
            with zipfile.ZipFile(file) as archive:
                entries = archive.infolist()
                if len(entries) > _MOST_ENTRIES:
                    self.log.warning("Skipped, more than %d files: %r", _MOST_ENTRIES, shown)
                    return
                for entry in entries:
                    self._take(shown, archive, entry, place, depth)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
            self.log.warning("Skipped, cannot be read as a zip: %r (%s)", shown, error)

    def _take(
        self, shown: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path, depth: int
    ) -> None:
        parts = _parts(entry)
        suffix = parts[-1][-6:].lower() if parts else ""
        nested = suffix.endswith(".zip")
        if not parts or entry.is_dir() or not (nested or suffix == ".ipynb"):
            return
        mode = entry.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            self.log.warning("Skipped, no regular file: %r in %r", "/".join(parts), shown)
            return
        if entry.file_size > (_MOST_NESTED if nested else MAX_BYTES):
            self.log.warning("Skipped, too large: %r in %r", "/".join(parts), shown)
            return
        try:
            # of what a forged header hides, no more is read than it says
            with archive.open(entry) as stream:
                content = stream.read(entry.file_size)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
            self.log.warning("Skipped: %r in %r (%s)", "/".join(parts), shown, error)
            return
        target = place.joinpath(*parts)
        if nested:
            if depth < _DEPTH:
                self._open(parts[-1], io.BytesIO(content), target.with_suffix(""), depth + 1)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        # the collector takes the later of two
        saved = time.mktime((*entry.date_time, 0, 0, -1))
        os.utime(target, (saved, saved))


def _parts(entry: zipfile.ZipInfo) -> list[str]:
    """The path of an entry; empty if it leads out, is hidden or is macOS's shadow of a file."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp949"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = [_nfc(part) for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    odd = any(part.startswith(".") or part == "__MACOSX" or "\0" in part for part in parts)
    too_long = any(len(part.encode("utf-8", "replace")) > 255 for part in parts)
    return [] if odd or too_long or name.startswith("/") or len(parts) > 20 else parts


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)

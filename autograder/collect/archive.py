"""A zip, read as a stranger's: nothing in it becomes a path, and nothing in it is believed."""

import shutil
import stat
import struct
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from autograder.collect.zip_names import Unreadable, name_of, path_of, split

# More in one student's zip are a whole environment, which nobody means to hand in.
MAX_FILES = 1000
# The platform's download of the class has a few files of each student.
MAX_FILES_OF_CLASS = 10_000
# Of the list of files, which `zipfile` reads before anything can be counted.
_MAX_LIST = 2**10
# A notebook with one line printed over and over packs a thousand to one, but is small; megabytes
# that pack so are a bomb.
_MAX_RATIO = 200
_SMALL = 5 * 2**20
# A local header, without the name.
_HEADER = 30
_ENCRYPTED = 0x1
Opener = Callable[[], AbstractContextManager[IO[bytes]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A regular file in a zip.

    Attributes
    ----------
    parts : tuple of str
        Its path, composed (NFC).
    time : float or None
        When it was packed, by the zip. It is believed of the platform's own zip only.
    """

    position: int
    parts: tuple[str, ...]
    size: int
    time: float | None

    @property
    def is_zip(self) -> bool:
        """Whether it calls itself a zip; a notebook if not."""
        return self.parts[-1].lower().endswith(".zip")


@dataclass(frozen=True, slots=True)
class Listing:
    """The notebooks and zips in a zip, and why others are not taken."""

    entries: tuple[Entry, ...]
    refused: tuple[str, ...]


def on_disk(path: Path) -> Opener:
    """Open a file of the instructor's."""
    return lambda: path.open("rb")


def inside(opener: Opener, entry: Entry, most: int, files: int = MAX_FILES) -> Opener:
    """Open a file that lies in a zip, unpacked aside.

    Parameters
    ----------
    most : int
        Bytes that it may have.
    files : int
        How many the zip may hold.

    Raises
    ------
    Unreadable
        When it is opened: if it is damaged or too large.
    """

    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        with (
            opener() as file,
            _reading(file, files) as archive,
            tempfile.SpooledTemporaryFile(2**20) as aside,
        ):
            _unpack(archive, archive.infolist()[entry.position], aside, most)
            aside.seek(0)
            yield aside

    return opened


def list_zip(file: IO[bytes], files: int = MAX_FILES) -> Listing:
    """What is in a zip; nothing is unpacked.

    Raises
    ------
    Unreadable
        If it is no zip, holds more than so many files, or some that lie over one another.
    """
    with _reading(file, files) as archive:
        entries, refused = [], []
        for position, info in enumerate(archive.infolist()):
            try:
                parts = path_of(info)
                if parts:
                    _refuse_odd(info)
                    entries.append(Entry(position, parts, info.file_size, _time(info)))
            except Unreadable as why:
                refused.append(f"{'/'.join(split(name_of(info)))}: {why}")
        return Listing(tuple(entries), tuple(refused))


class _InMeasure:
    """A file of which nobody reads more at once: `zipfile` reads the list of files so."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file = file
        self._most = most
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > self._most:
            raise Unreadable("its list of files is too long")
        return self._file.read(size)

    def close(self) -> None:
        """Leave the file to who opened it."""


@contextmanager
def _reading(file: IO[bytes], files: int) -> Iterator[zipfile.ZipFile]:
    measured: Any = _InMeasure(file, files * _MAX_LIST)
    try:
        with zipfile.ZipFile(measured) as archive:
            if len(archive.infolist()) > files:
                raise Unreadable(f"it holds more than {files} files")
            _refuse_overlaps(archive)
            yield archive
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        OverflowError,
    ) as error:
        raise Unreadable(f"it cannot be read as a zip ({error})") from None


def _refuse_overlaps(archive: zipfile.ZipFile) -> None:
    """Refuse files that lie over one another: a bomb packs the same bytes many times over."""
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    starts = [info.header_offset for info in infos] + [archive.start_dir]
    for info, following in zip(infos, starts[1:], strict=True):
        if info.header_offset + _HEADER + info.compress_size > following:
            raise Unreadable("files in it lie over one another")


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: IO[bytes], most: int) -> None:
    if info.file_size > most:
        raise Unreadable(f"it is larger than {most // 2**20} MB")
    if info.file_size > max(_SMALL, _MAX_RATIO * info.compress_size):
        raise Unreadable(f"it is packed more than {_MAX_RATIO} to one, as no notebook is")
    with archive.open(info) as stream:
        # a forged header says less than there is: no more is read than it says
        shutil.copyfileobj(stream, target, 2**16)


def _refuse_odd(info: zipfile.ZipInfo) -> None:
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        raise Unreadable("it is a link or a device, no regular file")
    if info.flag_bits & _ENCRYPTED:
        raise Unreadable("it is encrypted; a password is needed")
    # others unpack further, or into more memory, than can be foretold
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable("it is packed in a way that is not read here")


def _time(info: zipfile.ZipInfo) -> float | None:
    try:
        return time.mktime((*info.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return None

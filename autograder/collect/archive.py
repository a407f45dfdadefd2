"""A zip, read as a stranger's: nothing in it becomes a path, and nothing in it is believed."""

import shutil
import stat
import struct
import tempfile
import time
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_UTF8 = 0x800
Opener = Callable[[], AbstractContextManager[IO[bytes]]]


class Unreadable(Exception):  # noqa: N818 # a verdict on a file, not a bug
    """A zip or a file in it is not taken; the message says why."""


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


@dataclass(frozen=True, slots=True)
class Listing:
    """The notebooks and zips in a zip, and why others are not taken."""

    entries: tuple[Entry, ...]
    refused: tuple[str, ...]


def on_disk(path: Path) -> Opener:
    """Open a file of the instructor's."""
    return lambda: path.open("rb")


def inside(opener: Opener, entry: Entry, most: int) -> Opener:
    """Open a file that lies in a zip, unpacked aside.

    Raises
    ------
    Unreadable
        When it is opened: if it is damaged or larger than `most` bytes.
    """

    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        with (
            opener() as file,
            _reading(file) as archive,
            tempfile.SpooledTemporaryFile(2**20) as aside,
        ):
            _unpack(archive, archive.infolist()[entry.position], aside, most)
            aside.seek(0)
            yield aside

    return opened


def list_zip(file: IO[bytes]) -> Listing:
    """What is in a zip; nothing is unpacked.

    Raises
    ------
    Unreadable
        If it is no zip.
    """
    with _reading(file) as archive:
        entries, refused = [], []
        for position, info in enumerate(archive.infolist()):
            try:
                parts = path_of(info)
                if parts:
                    _refuse_odd(info)
                    entries.append(Entry(position, parts, info.file_size, _time(info)))
            except Unreadable as why:
                refused.append(f"{'/'.join(_split(_name(info)))}: {why}")
        return Listing(tuple(entries), tuple(refused))


@contextmanager
def _reading(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
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


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: IO[bytes], most: int) -> None:
    if info.file_size > most:
        raise Unreadable(f"it is larger than {most // 2**20} MB")
    with archive.open(info) as stream:
        # a forged header says less than there is: no more is read than it says
        shutil.copyfileobj(stream, target, 2**16)


def path_of(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """The path of a notebook or zip; empty for whatever else, and for what systems leave behind.

    Raises
    ------
    Unreadable
        If it leads out of the zip.
    """
    name = _name(info)
    parts = _split(name)
    if info.is_dir() or not parts or not name.lower().endswith((".ipynb", ".zip")):
        return ()
    if ".." in parts or name.startswith(("/", "\\")):
        raise Unreadable("its path leads out of the zip")
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return ()
    return parts


def _refuse_odd(info: zipfile.ZipInfo) -> None:
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        raise Unreadable("it is no regular file")


def _split(name: str) -> tuple[str, ...]:
    pieces = name.replace("\\", "/").split("/")
    return tuple(unicodedata.normalize("NFC", one) for one in pieces if one not in ("", "."))


def _name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if info.flag_bits & _UTF8:
        return name
    raw = name.encode("cp437", "replace")
    # a Korean Windows writes its own encoding and no word about it
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _time(info: zipfile.ZipInfo) -> float | None:
    try:
        return time.mktime((*info.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return None

"""The names in a zip: as Korean and other systems write them, and none that leads elsewhere."""

import re
import unicodedata
import zipfile

_MAX_NAME = 255
_MAX_PATH = 1000
_UTF8 = 0x800


class Unreadable(Exception):  # noqa: N818 # a verdict on a file, not a bug
    """A zip or a file in it is not taken; the message says why."""


def path_of(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """The path of a notebook or zip; empty for whatever else, and for what systems leave behind.

    Raises
    ------
    Unreadable
        If it leads out of the zip, or no system could write it.
    """
    name = name_of(info)
    parts = split(name)
    if info.is_dir() or not parts or not name.lower().endswith((".ipynb", ".zip")):
        return ()
    if "\0" in info.orig_filename:
        raise Unreadable("its name holds U+0000 NULL")
    if ".." in parts or name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
        raise Unreadable("its path leads out of the zip")
    if len(name) > _MAX_PATH or any(
        len(part.encode("utf-8", "replace")) > _MAX_NAME for part in parts
    ):
        raise Unreadable("its name is too long")
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return ()
    return parts


def split(name: str) -> tuple[str, ...]:
    """The parts of a path, composed (NFC)."""
    pieces = name.replace("\\", "/").split("/")
    return tuple(unicodedata.normalize("NFC", one) for one in pieces if one not in ("", "."))


def name_of(info: zipfile.ZipInfo) -> str:
    """The name that was meant."""
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

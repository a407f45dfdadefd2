"""Files that are written whole or not at all."""

import io
import os
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

from autograder.errors import GraderError

# fixed, so that the same files give the same zip
_DATE = (1980, 1, 1, 0, 0, 0)


def write_whole(file: Path, text: str, mode: int = 0o644) -> None:
    """Write a file so that it is there whole or not at all, also if the machine stops."""
    _write_whole(file, text.encode(), mode)


def write_zip(
    files: Mapping[str, bytes], file: Path, executable: Collection[str], option: str
) -> None:
    """Write files as a zip, whole or not at all; the same files give the same bytes.

    Parameters
    ----------
    files : mapping
        Contents, by path in the zip.
    executable : collection of str
        Those that are scripts.
    option : str
        What names another place, for the remedy.

    Raises
    ------
    GraderError
        If something else is there, or it cannot be written.
    """
    remedy = f"name another file with {option}"
    if file.exists() and not zipfile.is_zipfile(file):
        raise GraderError("this is there and is no zip", file=file, remedy=remedy)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100755 if name in executable else 0o100644) << 16
            archive.writestr(entry, content)
    try:
        _write_whole(file, buffer.getvalue(), 0o644)
    except OSError as error:
        raise GraderError(
            f"cannot be written: {error.strerror}", file=file, remedy=remedy
        ) from None


def _write_whole(file: Path, content: bytes, mode: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content)
        part.chmod(mode)
        os.replace(part, file)  # noqa: PTH105 # the atomic one
    except OSError:
        part.unlink(missing_ok=True)
        raise


def write_output(file: Path, text: str) -> None:
    """Write the file that `--output` names, or that stands for it.

    Raises
    ------
    GraderError
        If it is a folder, or cannot be written.
    """
    remedy = "name another file with --output"
    if file.is_dir():
        raise GraderError("this is a folder", file=file, remedy=remedy)
    try:
        write_whole(file, text)
    except OSError as error:
        raise GraderError(
            f"cannot be written: {error.strerror}", file=file, remedy=remedy
        ) from None

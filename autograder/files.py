"""Files that are written whole or not at all, and last."""

import errno
import io
import os
import zipfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from autograder.errors import GraderError

# fixed, so that the same files give the same zip
_DATE = (1980, 1, 1, 0, 0, 0)


def write_whole(file: Path, text: str, mode: int = 0o644) -> None:
    """Write a file so that it is there whole or not at all, also if the machine stops.

    Once this returns, neither a kill nor a power cut takes the file away again.
    """
    _write_whole({file: text.encode()}, mode)


def write_all_whole(files: Mapping[Path, str], mode: int = 0o644) -> None:
    """Write several files as `write_whole` does, each folder's entries made to last only once."""
    _write_whole({file: text.encode() for file, text in files.items()}, mode)


def append_line(file: Path, line: str) -> None:
    """Add a line to a file, to last also if the machine stops; before it, a torn one may stand."""
    made = _make_folder(file.parent)
    new = not file.exists()
    with file.open("a", encoding="utf-8") as opened:
        # what a killed process left of its last line must not swallow this one
        opened.write(f"\n{line}\n")
        opened.flush()
        os.fsync(opened.fileno())
    _sync_folders([*made, file.parent] if new else made)


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
        _write_whole({file: buffer.getvalue()}, 0o644)
    except OSError as error:
        raise GraderError(
            f"cannot be written: {error.strerror}", file=file, remedy=remedy
        ) from None


def _write_whole(files: Mapping[Path, bytes], mode: int) -> None:
    folders: dict[Path, None] = {}
    for file, content in files.items():
        folders |= dict.fromkeys([*_make_folder(file.parent), file.parent])
        part = file.with_name(f".{file.name}.part")
        try:
            with part.open("wb") as opened:
                opened.write(content)
                opened.flush()
                # before it gets its name: else a file system may keep the name and lose the content
                os.fsync(opened.fileno())
            part.chmod(mode)
            os.replace(part, file)  # noqa: PTH105 # the atomic one
        except OSError:
            part.unlink(missing_ok=True)
            raise
    _sync_folders(folders)


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder where there is none. Returns the folders that have a new entry by that."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return [one.parent for one in missing]


def _sync_folders(folders: Iterable[Path]) -> None:
    """Let the names of files last that were made or replaced in some folders."""
    if os.name != "posix":
        # Windows opens no folder
        return
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            # some network file systems know no such thing for a folder
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(descriptor)


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

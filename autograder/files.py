"""Files that are written whole or not at all."""

import os
from pathlib import Path

from autograder.errors import GraderError


def write_whole(file: Path, text: str, mode: int = 0o644) -> None:
    """Write a file so that it is there whole or not at all, also if the machine stops."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
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

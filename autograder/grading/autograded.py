"""What a run left in `autograded/`: whole, or to be graded anew."""

import json
from collections.abc import Iterable
from pathlib import Path


def is_whole(folder: Path, notebooks: Iterable[str], *, dated: bool) -> bool:
    """Whether each autograded notebook of a submission can be read, and its time where it has one.

    A machine that stopped may have left an empty file, half of one, or one full of zeros, on a
    file system that does not keep its promises, or by a version that did not ask for them.
    """
    return all(_is_notebook(folder / f"{name}.ipynb") for name in notebooks) and (
        not dated or _is_text(folder / "timestamp.txt")
    )


def _is_notebook(file: Path) -> bool:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and isinstance(found.get("cells"), list)


def _is_text(file: Path) -> bool:
    try:
        content = file.read_bytes()
    except OSError:
        return False
    return bool(content) and b"\0" not in content

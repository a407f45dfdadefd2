"""Which notebooks the words on the command line mean."""

import os
from collections.abc import Sequence
from pathlib import Path

_SKIPPED = frozenset({"site-packages", "node_modules", "__pycache__"})


class NotFound(Exception):  # noqa: N818 # wrong usage, told as it is
    """A name on the command line that means nothing."""


def find(names: Sequence[str]) -> list[Path]:
    """The notebooks named, and all below the folders named; below this folder without a name.

    Hidden folders, such as Jupyter's `.ipynb_checkpoints`, are left out.

    Raises
    ------
    NotFound
        If a name is neither a notebook nor a folder.
    """
    found: dict[Path, None] = {}
    for name in names or ["."]:
        path = Path(name)
        if path.is_dir():
            found |= dict.fromkeys(below(path))
        elif path.is_file() and path.suffix == ".ipynb":
            found[path] = None
        elif path.is_file():
            raise NotFound(f"{name} is no notebook: its name does not end in .ipynb")
        else:
            raise NotFound(f"there is no {name} in {Path.cwd()}")
    return list(found)


def below(folder: Path) -> list[Path]:
    """Every notebook below a folder, in order."""
    found = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(
            one
            for one in folders
            if not one.startswith(".")
            and one not in _SKIPPED
            and not (Path(root) / one / "pyvenv.cfg").exists()
        )
        found += [
            Path(root) / one
            for one in sorted(files)
            if one.endswith(".ipynb") and not one.startswith(".")
        ]
    return found

"""Expected pictures: what a `show` cell draws with the reference, embedded at build time."""

import base64
import contextlib
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from autograder.authoring.cells import Notebook
from autograder.authoring.run import CellError, run_until
from autograder.errors import GraderError

_DPI = 90


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawn picture.

    Attributes
    ----------
    key : str
        Digest of all it was drawn from. While it is unchanged the committed picture stays:
        another machine's fonts or rounding must not make a fresh build look stale.
    """

    key: str
    png: bytes

    @property
    def digest(self) -> str:
        """Digest of key and pixels, kept beside the picture to notice a changed one."""
        return hashlib.sha256(self.key.encode() + self.png).hexdigest()


def pictures(notebook: Notebook, package: Path, built: Path) -> Mapping[str, Picture]:
    """The pictures that a notebook embeds: those of the built file that still hold, or new ones.

    Parameters
    ----------
    built : Path
        The committed instructor notebook, which may be missing or stale.

    Raises
    ------
    GraderError
        If a show cell fails or draws nothing.
    """
    wanted = sorted({cell.picture for cell in notebook.cells if cell.picture})
    if not wanted:
        return {}
    keys = {name: _key(notebook, name, package) for name in wanted}
    found = {
        name: picture
        for name, picture in _committed(built).items()
        if keys.get(name) == picture.key
    }
    missing = [name for name in wanted if name not in found]
    if missing:
        # a fresh interpreter: drawing must not depend on what this one has imported
        os.environ["MPLBACKEND"] = "Agg"
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            for name, png in zip(
                missing, pool.map(_draw, [notebook] * len(missing), missing), strict=True
            ):
                found[name] = Picture(keys[name], png)
    return found


def attachment(picture: Picture) -> dict[str, str]:
    """A picture as nbformat attaches it to a cell."""
    return {"image/png": base64.b64encode(picture.png).decode()}


def _draw(notebook: Notebook, name: str) -> bytes:
    from matplotlib import pyplot as plt

    cell = notebook.cell(name)
    try:
        # what the cells write lies in nobody's folder
        with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
            run_until(notebook, cell)
    except CellError as failed:
        raise GraderError(
            f"the picture {name!r} cannot be drawn: {failed}",
            file=notebook.file,
            line=failed.line,
            remedy="run `autograder verify` and mend what fails",
        ) from None
    numbers = plt.get_fignums()
    if not numbers:
        raise GraderError(
            f"the show cell {name!r} draws no figure",
            file=notebook.file,
            line=cell.line,
            remedy="draw with matplotlib, and leave the figure open",
        )
    stream = io.BytesIO()
    figure = plt.figure(numbers[-1])
    # the version of matplotlib would otherwise stand in the file
    figure.savefig(stream, format="png", dpi=_DPI, bbox_inches="tight", metadata={"Software": None})
    plt.close("all")
    return stream.getvalue()


def _key(notebook: Notebook, name: str, package: Path) -> str:
    # not NumPy's version: Pythons that draw the same are locked to different ones
    parts = [version("matplotlib"), str(_DPI), name]
    for cell in notebook.cells:
        if cell.kind == "code":
            parts.append(cell.source)
        if cell.grade_id == name:
            break
    files = sorted([*package.glob("*.py"), *package.parent.glob("data/*.csv")])
    # no notebook draws with the command line
    drawn_with = (path for path in files if path.name != "__main__.py")
    parts.extend(path.read_text(encoding="utf-8") for path in drawn_with)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _committed(built: Path) -> dict[str, Picture]:
    if not built.is_file():
        return {}
    try:
        cells: list[dict[str, Any]] = json.loads(built.read_text(encoding="utf-8"))["cells"]
    except (ValueError, KeyError):
        return {}
    found = {}
    for cell in cells:
        ours = cell.get("metadata", {}).get("course", {})
        name = ours.get("picture", "")
        data = cell.get("attachments", {}).get(f"{name}.png", {}).get("image/png")
        if name and isinstance(data, str):
            picture = Picture(ours.get("picture_key", ""), base64.b64decode(data))
            if picture.digest == ours.get("picture_digest"):
                found[name] = picture
    return found

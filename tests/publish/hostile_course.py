"""A course that has released one notebook, and what a platform may hand out of it."""

import functools
import io
import json
import os
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import ZipCollectApp
from own_gradebook import copy_config

# a time of the platform's
NOW = 1_770_000_000
PATH = "week1/scale.ipynb"


@dataclass(frozen=True)
class Case:
    """What lies in `archive/`, and what must come of it.

    Attributes
    ----------
    archive : mapping
        For each path in `archive/` a file, or the entries of a zip.
    roster : sequence of (id, first name, last name, e-mail)
        Nobody: there is none.
    collected : mapping
        For each student the marker of the notebook that counts.
    told : sequence of str
        What the last lines on the screen say.
    times : mapping
        Seconds by which the platform had a file later than the others.
    """

    archive: Mapping[str, bytes | Mapping[str, bytes]]
    collected: Mapping[str, str]
    told: Sequence[str]
    roster: Sequence[tuple[str, str, str, str]] = ()
    times: Mapping[str, int] = field(default_factory=dict)


def notebook(marker: str) -> bytes:
    """A notebook that can be told from others."""
    whole = {"cells": [], "metadata": {"marker": marker}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole).encode()


def zipped(entries: Mapping[str, bytes], year: int = 2026) -> bytes:
    """A zip, as a student makes it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, (year, 3, 9, 9, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def make_course(root: Path, roster: Sequence[tuple[str, str, str, str]] = ()) -> Path:
    """A course of one released notebook, and its roster."""
    for step in ("release", "source"):
        (root / step / "week1").mkdir(parents=True)
        (root / step / PATH).write_bytes(notebook("released"))
    copy_config(root)
    if roster:
        (root / "gradebook.db").write_bytes(gradebook(tuple(roster)))
    return root


@functools.cache
def gradebook(roster: tuple[tuple[str, str, str, str], ...]) -> bytes:
    """A gradebook with a roster; making one takes seconds."""
    # nbgrader starts `alembic` by its bare name
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gradebook.db"
        with Gradebook(f"sqlite:///{path}", "deep_learning_basics") as book:
            for student, first, last, email in roster:
                book.add_student(student, first_name=first, last_name=last, email=email)
        return path.read_bytes()


def hand_out(root: Path, case: Case) -> None:
    """Put into `archive/` what the platform hands out."""
    folder = root / "downloaded/week1/archive"
    for name, content in case.archive.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else zipped(content))
        when = NOW + case.times.get(name, 0)
        os.utime(path, (when, when))


def collect(*words: str) -> None:
    """Do what `nbgrader zip_collect week1` does, in the folder of the course."""
    app = ZipCollectApp()
    app.initialize(["week1", *words])
    app.start()


def collected(root: Path) -> dict[str, str]:
    """For each student the marker of what lies in `submitted/`."""
    return {
        path.parent.parent.name: json.loads(path.read_bytes())["metadata"]["marker"]
        for path in (root / "submitted").glob("*/week1/scale.ipynb")
    }

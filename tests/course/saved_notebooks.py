"""Notebooks as students save them, made by hand: no build, no gradebook."""

import json
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader.utils import compute_checksum

STUB = "    raise NotImplementedError('Write your answer here, then delete this line.')"
Cell = dict[str, Any]


def cell(
    source: str,
    grade_id: str = "",
    *,
    kind: str = "code",
    points: float | None = None,
    solution: bool = False,
    count: int | None = None,
    failed: bool = False,
) -> Cell:
    """A released cell. With points it is a test, without it set-up or, if `solution`, a stub."""
    made: Cell = {"cell_type": kind, "metadata": {}, "source": source}
    if kind == "code":
        error = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}
        made |= {"execution_count": count, "outputs": [error] if failed else []}
    if grade_id:
        meta = {
            "grade": points is not None,
            "grade_id": grade_id,
            "locked": not solution,
            "solution": solution,
            "task": False,
            "schema_version": 3,
        } | ({"points": points} if points is not None else {})
        made["metadata"]["nbgrader"] = meta
        meta["checksum"] = compute_checksum(from_dict(made))
    return made


def stub(name: str) -> Cell:
    """A function of one argument to fill in."""
    return cell(f"def {name}(x):\n{STUB}\n    return y", name, solution=True)


def answered(name: str, body: str, count: int | None = None) -> Cell:
    """The same, filled in."""
    made = stub(name)
    made["source"] = made["source"].replace(STUB, f"    {body}")
    made["execution_count"] = count
    return made


def released() -> list[Cell]:
    """A notebook of two stubs, with what a notebook of the course has."""
    return [
        cell("# Numbers", kind="markdown"),
        cell("from course.checks import check_equal, check_raises", "setup"),
        cell("## Twice", kind="markdown"),
        stub("twice"),
        cell("check_equal(twice(2), 4, 'twice(2)')", "test_twice", points=1),
        cell("# Checked when graded: twice, negative.", "test_twice_negative", points=2),
        cell("## Root", kind="markdown"),
        stub("root"),
        cell(
            "check_equal(root(9), 3.0, 'root(9)')\n"
            "check_raises(ValueError, lambda: root(-1), 'root(-1)')",
            "test_root",
            points=3,
        ),
        cell("*Write here*", "why", kind="markdown", points=2, solution=True),
    ]


def write(path: Path, cells: list[Cell]) -> Path:
    """Save a notebook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path

"""Refuse other cells than were released, once the gradebook holds submissions of them."""

import contextlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.errors import GraderError
from autograder.release.config import course_config

Cells = set[tuple[str, str]]
_KINDS = {"grade": "graded", "solution": "answer", "task": "task"}


def refuse_other_cells(root: Path, built: Mapping[str, Mapping[str, Path]]) -> None:
    """Refuse before anything is written, where `nbgrader generate_assignment` would afterwards.

    nbgrader keeps the cells of an assignment once it has submissions: it deletes the released
    files, and only then refuses. Texts, points and hints may change.

    Parameters
    ----------
    built : mapping
        Of each assignment, all its notebooks: the built instructor notebook of each name.

    Raises
    ------
    GraderError
        For the first notebook that differs, with the cells by name; or if the gradebook cannot be
        read.
    """
    # imported late: it takes a second, and a build with nothing to do should not wait for it
    from nbgrader.api import InvalidEntry, MissingEntry
    from nbgrader.coursedir import CourseDirectory
    from sqlalchemy.exc import SQLAlchemyError

    from autograder.release.database import connect, is_lost, unreachable

    directory = CourseDirectory(config=course_config(root), root=str(root))
    if not _exists(directory.db_url):
        return
    try:
        with connect(directory) as gradebook:
            for assignment, notebooks in built.items():
                with contextlib.suppress(MissingEntry):
                    _compare(gradebook.find_assignment(assignment), notebooks)
    except (SQLAlchemyError, InvalidEntry) as error:
        if is_lost(error):
            raise unreachable(error) from None
        raise GraderError(
            f"the gradebook cannot be read, which says what was released: {type(error).__name__}",
            remedy="start its database, or put the file back that nbgrader made",
        ) from None


def _exists(address: str) -> bool:
    from sqlalchemy.engine import make_url

    if not address.startswith("sqlite"):
        return True
    # opening SQLite's file would make it
    file = make_url(address).database
    return file is not None and Path(file).is_file()


def _compare(known: Any, notebooks: Mapping[str, Path]) -> None:
    submissions = len(known.submissions)
    if not submissions:
        return
    released = {notebook.name: notebook for notebook in known.notebooks}
    if released.keys() != notebooks.keys():
        raise _refusal(
            known.name,
            f"source/{known.name}",
            _said(
                [f"the notebook {name}" for name in sorted(notebooks.keys() - released.keys())],
                [f"the notebook {name}" for name in sorted(released.keys() - notebooks.keys())],
            ),
            submissions,
        )
    for name, path in notebooks.items():
        there, here = _kept(released[name]), _built(path)
        if there != here:
            raise _refusal(
                known.name,
                f"source/{known.name}/{name}.py",
                _said(_named(here - there), _named(there - here)),
                submissions,
            )


def _kept(notebook: Any) -> Cells:
    """The cells of a notebook in the gradebook: (kind, grade_id)."""
    kinds = {
        "graded": notebook.grade_cells,
        "answer": notebook.solution_cells,
        "task": notebook.task_cells,
    }
    cells = {(kind, cell.name) for kind, rows in kinds.items() for cell in rows}
    names = {name for _, name in cells}
    return cells | {("locked", row.name) for row in notebook.source_cells if row.name not in names}


def _built(path: Path) -> Cells:
    """The cells of a built notebook that nbgrader would keep: (kind, grade_id)."""
    cells: Cells = set()
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        facts = cell["metadata"].get("nbgrader", {})
        kinds = [kind for flag, kind in _KINDS.items() if facts.get(flag)]
        if not kinds and facts.get("locked"):
            kinds = ["locked"]
        cells |= {(kind, facts["grade_id"]) for kind in kinds}
    return cells


def _named(cells: Cells) -> list[str]:
    # a written answer is graded and an answer: one cell, named once
    kinds = {name: kind for kind, name in sorted(cells)}
    return [f"the {kinds[name]} cell {name}" for name in sorted(kinds)]


def _said(added: Sequence[str], removed: Sequence[str]) -> str:
    parts = [("adds", added), ("removes", removed)]
    return " and ".join(f"{verb} {', '.join(names)}" for verb, names in parts if names)


def _refusal(assignment: str, file: str, what: str, submissions: int) -> GraderError:
    count = f"{submissions} submission{'s' if submissions != 1 else ''}"
    return GraderError(
        f"{what}, and the gradebook holds {count} of {assignment!r}; nothing was written",
        file=file,
        remedy="put a new check into a test cell that is there, and leave a cell that has served "
        "its time (its text and points may change); or teach the new version under another "
        "assignment's name; or, for a new class, move gradebook.db, submitted/, autograded/, "
        "feedback/ and results/ away",
    )

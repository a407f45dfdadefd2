"""What was released: which cells each notebook had. Written by whoever publishes the course."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from course.commands.notebooks import Notebook, Role

NAME = "released.json"


@dataclass(frozen=True, slots=True)
class Released:
    """A released notebook.

    Attributes
    ----------
    checksums : mapping
        grade_id of each cell that nbgrader knows, in order -> nbgrader's checksum of it.
    points : mapping
        grade_id of each test cell with a public check -> its points.
    answers : sequence of str
        grade_id of each cell that a student fills in.
    """

    assignment: str
    name: str
    checksums: Mapping[str, str]
    points: Mapping[str, float]
    answers: Sequence[str] = ()


def released_as(notebook: Notebook, assignment: str) -> Released:
    """What a notebook that nobody has touched tells of itself."""
    return Released(
        assignment,
        notebook.path.stem,
        {cell.grade_id: cell.now for cell in notebook.cells if cell.grade_id},
        {one.grade_id: one.points for one in notebook.having(Role.TEST) if one.tests_something},
        [cell.grade_id for cell in notebook.cells if cell.to_fill_in],
    )


def released() -> list[Released]:
    """Every notebook of the course; none in a checkout, where no list was made."""
    source = files("course.commands").joinpath(NAME)
    if not source.is_file():
        return []
    found = json.loads(source.read_text(encoding="utf-8"))
    return [Released(*key.split("/"), **cells) for key, cells in found.items()]


def as_json(notebooks: Iterable[Released]) -> str:
    """The list as it is stored, the same text for the same notebooks."""
    content = {
        f"{one.assignment}/{one.name}": {
            "checksums": dict(one.checksums),
            "points": dict(one.points),
            "answers": list(one.answers),
        }
        for one in notebooks
    }
    return json.dumps(content, indent=1) + "\n"


def recognise(notebook: Notebook, known: Iterable[Released]) -> Released | None:
    """The released notebook that a saved one comes from, whatever its file is called."""
    own = {cell.grade_id for cell in notebook.cells if cell.grade_id}

    def likeness(one: Released) -> tuple[int, bool, bool]:
        return (
            len(own & one.checksums.keys()),
            one.name == notebook.path.stem,
            one.assignment == notebook.path.absolute().parent.name,
        )

    best = max(known, key=likeness, default=None)
    return best if best is not None and likeness(best)[0] else None

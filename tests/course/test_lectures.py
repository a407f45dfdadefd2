"""The map from lecture topics to cells names only what is there, and every notebook."""

import re
from pathlib import Path

import pytest

from autograder.authoring.parse import parse

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "course" / "LECTURES.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| .*day\d\d_", line)
]
SOURCES = {
    f"{path.parent.name}/{path.stem}": path for path in sorted((ROOT / "source").glob("*/*.py"))
}


def cells_of(notebook: str) -> set[str]:
    assignment, name = notebook.split("/")
    text = SOURCES[notebook].read_text(encoding="utf-8")
    parsed = parse(text, assignment=assignment, name=name, file=notebook)
    return {cell.grade_id for cell in parsed.cells}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_cell_of_the_map_is_in_one_of_its_notebooks(row: list[str]) -> None:
    _, _, notebooks, cells = row
    there = set().union(*(cells_of(name.strip()) for name in notebooks.split(",")))
    assert set(re.findall(r"`(\w+)`", cells)) <= there


def test_no_notebook_is_missing_from_the_map() -> None:
    assert {name.strip() for row in ROWS for name in row[2].split(",")} == set(SOURCES)

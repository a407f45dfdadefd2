"""Whatever is handed in is refused in one sentence, or becomes the notebook that was released."""

import json
import os
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from fuzzing import fuzzed
from hypothesis import strategies as st

from autograder.course_tree import CourseTree
from autograder.grading.job import Job, fingerprint
from autograder.intake.cells import Cell, grade_id_of, is_solution, is_test, text_of
from autograder.intake.exporter import _plain
from autograder.intake.read import (
    Rejected,
    Submission,
    find_submissions,
    read_cells,
    read_timestamp,
)
from autograder.intake.rebuild import rebuild
from autograder.intake.student_ids import valid_student
from autograder.intake.template import Template, read_template

ROOT = Path(__file__).resolve().parent.parent.parent
# a built notebook with everything in it: answers by code and by words, hidden and visible tests
PLACE, NAME = "day01_numpy", "score_function"
TEMPLATE: Template = read_template(ROOT, PLACE, NAME)
RELEASED: dict[str, Any] = json.loads(
    CourseTree(ROOT).select(f"{PLACE}/{NAME}")[0].release.read_text(encoding="utf-8")
)
TEXT = json.dumps(RELEASED).encode()
GRADE_IDS = [grade_id_of(cell) for cell in TEMPLATE.cells if grade_id_of(cell)]
IDS = [cell["id"] for cell in TEMPLATE.cells]

TEXTS = st.text(max_size=20) | st.sampled_from(["", "\0", "\ud800", "\u202e", "\x1b[2J", "x = 1"])
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
SOURCES = TEXTS | st.lists(TEXTS, max_size=3) | JUNK
NBGRADER = JUNK | st.fixed_dictionaries(
    {},
    optional={
        "grade_id": st.sampled_from(GRADE_IDS) | JUNK,
        "solution": JUNK,
        "grade": JUNK,
        "locked": JUNK,
        "points": JUNK,
        "schema_version": JUNK,
    },
)
CELLS = JUNK | st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]) | JUNK,
        "source": SOURCES,
        "id": st.sampled_from(IDS) | JUNK,
        "metadata": JUNK | st.fixed_dictionaries({}, optional={"nbgrader": NBGRADER}),
        "outputs": JUNK,
        "attachments": JUNK,
    },
)


@contextmanager
def handed_in(content: bytes) -> Iterator[Path]:
    """A file of a student's."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{NAME}.ipynb"
        path.write_bytes(content)
        yield path


def read(content: bytes) -> list[Cell] | None:
    """The cells of a file; None if it is refused, then with a sentence for the student."""
    with handed_in(content) as path:
        said = "."
        try:
            cells = read_cells(path)
        except Rejected as reason:
            cells, said = None, str(reason)
        assert said.endswith(".")
        # what the command looks at before anything is graded
        student = Submission("amy", path.parent)
        assert len(fingerprint(Job(ROOT, PLACE, (NAME,), student, 1))) == 64
    assert cells is None or all(type(cell) is dict for cell in cells)
    return cells


def judge(submitted: list[Cell]) -> None:
    """A rebuilt notebook is the source's with other answers and more cells, and a valid one."""
    cells = rebuild(submitted, TEMPLATE.cells, TEMPLATE.stubs)
    ids = [cell["id"] for cell in cells]
    assert len(set(ids)) == len(ids)
    assert [one for one in ids if one in IDS] == IDS
    by_id = {cell["id"]: cell for cell in cells}
    for original in TEMPLATE.cells:
        mine = by_id[original["id"]]
        assert mine["cell_type"] == original["cell_type"]
        assert mine["metadata"].get("nbgrader") == original["metadata"].get("nbgrader")
        if grade_id_of(original) and not is_solution(original):
            assert text_of(mine) == text_of(original)
    added = [cell for cell in cells if cell["id"] not in IDS]
    assert not any(is_test(cell) or is_solution(cell) for cell in added)
    notebook = TEMPLATE.notebook(cells)
    nbformat.validate(notebook)
    json.dumps(notebook, ensure_ascii=False).encode("utf-8")


@fuzzed(st.binary(max_size=300), seen=[(b"",), (b"\xef\xbb\xbf{}",), (b'{"cells": [NaN]}',)])
def test_any_bytes_are_refused_or_cells(content: bytes) -> None:
    cells = read(content)
    if cells is not None:
        judge(cells)


@fuzzed(st.integers(0, len(TEXT) - 1), seen=[(0,), (len(TEXT) - 1,)])
def test_a_file_that_was_cut_off_is_refused_as_damaged(length: int) -> None:
    assert read(TEXT[:length]) is None


@fuzzed(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(0, 255)), max_size=8))
def test_a_file_with_flipped_bytes_is_refused_or_cells(flips: list[tuple[int, int]]) -> None:
    content = bytearray(TEXT)
    for place, byte in flips:
        content[place] = byte
    cells = read(bytes(content))
    if cells is not None:
        judge(cells)


@fuzzed(st.dictionaries(st.sampled_from(["cells", "nbformat", "worksheets", "metadata"]), JUNK))
def test_any_json_is_refused_or_cells(notebook: object) -> None:
    cells = read(json.dumps(notebook).encode())
    if cells is not None:
        judge(cells)


@fuzzed(st.lists(CELLS, max_size=6))
def test_any_cells_become_the_notebook_that_was_released(cells: list[Any]) -> None:
    found = read(json.dumps({"cells": cells, "nbformat": 4}).encode())
    assert found is not None
    judge(found)
    # and as `nbgrader autograde` reads them
    judge([_plain(cell, number) for number, cell in enumerate(found)])


@fuzzed(st.data())
def test_a_notebook_with_anything_in_a_few_places_is_graded_all_the_same(
    data: st.DataObject,
) -> None:
    cells = json.loads(TEXT)["cells"]
    for _ in range(data.draw(st.integers(1, 4))):
        cell = cells[data.draw(st.integers(0, len(cells) - 1))]
        if not isinstance(cell, dict):
            continue
        match data.draw(st.sampled_from(["type", "source", "id", "meta", "copy", "drop", "junk"])):
            case "type":
                cell["cell_type"] = data.draw(JUNK)
            case "source":
                cell["source"] = data.draw(SOURCES)
            case "id":
                cell["id"] = data.draw(st.sampled_from(IDS) | JUNK)
            case "meta":
                cell["metadata"] = data.draw(JUNK | st.just({"nbgrader": data.draw(NBGRADER)}))
            case "copy":
                cells.append({**cell, "source": data.draw(SOURCES)})
            case "drop":
                cells.remove(cell)
            case "junk":
                cells.insert(0, data.draw(CELLS))
    found = read(json.dumps({"cells": cells}).encode())
    assert found is not None
    judge(found)


PLACES = st.sampled_from(["cell_type", "source", "id", "metadata", "outputs"])


@fuzzed(PLACES, st.integers(150, 1100), seen=[("cell_type", 200), ("metadata", 200)])
def test_any_depth_is_refused_or_graded(place: str, depth: int) -> None:
    # what Python can just read, it may not be able to write again
    text = json.dumps({"cells": [{"cell_type": "code", place: "DEEP"}]})
    cells = read(text.replace('"DEEP"', "[" * depth + "]" * depth).encode())
    assert depth > 300 or cells is not None
    if cells is not None:
        judge(cells)


@fuzzed(
    TEXTS | st.text(alphabet="aZ9._@-가é\u0301\u202e/=+", max_size=70),
    seen=[("..",), ("-rf",), ("a/b",), ("=1",), ("e\u0301",), ("a\u0000",), ("",), ("²",)],
)
def test_an_accepted_id_is_safe_as_a_file_a_formula_and_a_line(name: str) -> None:
    if not valid_student(name):
        return
    assert os.path.basename(name) == name  # noqa: PTH119 # a string is judged
    assert name not in {".", ".."}
    assert name[0] not in "-=+@._"
    assert name.isprintable()
    assert not any(char.isspace() or char in "\"'<>&;,$`\\|*?:" for char in name)
    assert unicodedata.normalize("NFC", name) == name
    assert len(name.encode("utf-8")) < 250


@fuzzed(st.lists(st.text(alphabet="aZ9._@-가é\u0301\u202e=+ \t", min_size=1, max_size=20)))
def test_every_folder_is_found_or_named(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        names = [name for name in names if name not in {".", ".."} and not name.startswith(".")]
        for name in names:
            (Path(place) / name / "week1").mkdir(parents=True, exist_ok=True)
        found, refused = find_submissions(Path(place), "week1")
        assert len(found) + len(refused) == len(set(os.listdir(place)))  # noqa: PTH208 # names
        assert all(valid_student(one.student) for one in found)
        assert "".join(refused).isprintable()


@fuzzed(st.binary(max_size=250), seen=[(b"\xff" * 10,), (b"2026-03-02 10:00:00 UTC\n",)])
def test_any_timestamp_is_text_or_nothing(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "timestamp.txt").write_bytes(content)
        read_timestamp(Path(folder)).encode("utf-8")

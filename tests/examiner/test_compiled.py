"""What the reference compiled, every worker reads and none changes."""

from dataclasses import replace
from pathlib import Path

import pytest
from exam_room import lesson, tier

from autograder.examiner import compiled
from autograder.examiner.compiled import compile_with_references, is_compiled, lesson_zygote
from autograder.examiner.examine import Examination, StudentCell
from autograder.examiner.lesson import Lesson, LessonCell
from autograder.examiner.limits import Limits

SETUP = """\
from course.keras_backend import choose_backend
choose_backend()
import keras
import numpy as np
from keras import layers
"""
BUILD = """\
def build(units):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([layers.Input((3,)), layers.Dense(units), layers.Dense(1)])
    model.compile(loss="mse")
    return model
"""
TEST = """\
model = build(5)
model.fit(np.ones((8, 3), dtype="float32"), np.ones((8, 1), dtype="float32"), verbose=0)
misses, hits = counted()
assert misses == 0 < hits, (misses, hits)
"""
COUNT = """\
import jax
events = []
jax.monitoring.register_event_listener(lambda event, **more: events.append(event))
def counted():
    return [sum(event.endswith(end) for event in events) for end in ("cache_misses", "cache_hits")]
"""


@pytest.fixture(scope="module")
def exam() -> Lesson:
    given = lesson(TEST, stubs=["build(units)"], setup=SETUP)
    solution = LessonCell("a1", "build", "solution", BUILD, 0, "", None, frozenset())
    setup, *tests = given.cells
    return replace(given, cells=(setup, solution, *tests))


def changed(given: Lesson) -> Lesson:
    """A lesson that differs by one empty line of its reference."""
    setup, solution, *tests = given.cells
    return replace(given, cells=(setup, replace(solution, source=BUILD + "\n"), *tests))


def entries(folder: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in folder.iterdir()}


@pytest.mark.slow
def test_what_the_reference_compiled_is_read_by_workers_and_not_changed(
    exam: Lesson, tmp_path: Path
) -> None:
    limits = Limits()
    assert not is_compiled(exam, tmp_path)
    folder = compile_with_references([exam], tmp_path, limits)
    assert is_compiled(exam, tmp_path)
    before = entries(folder)
    assert before
    writes = f"open({str(folder / 'mine')!r}, 'w')"
    texts = {"c": COUNT, "w": writes, "s": SETUP, "a": BUILD, "m": "model = build(7)"}
    texts["l"] = f"import os\nos.listdir({str(folder)!r})"
    cells = [StudentCell(name, text) for name, text in texts.items()]
    zygote = lesson_zygote(exam, tmp_path, tier(), limits)
    result = Examination(exam, cells, zygote, limits).run()
    assert result.outputs["w"][0]["ename"] in {"PermissionError", "OSError", "FileNotFoundError"}
    # an entry is read by who compiles the same, and nobody sees what else there is
    assert result.outputs["l"][0]["ename"] == "PermissionError"
    assert result.tests[0].points == 1.0, result
    assert entries(folder) == before
    # a lesson that compiles the same finds it, and so do the catalogue's answers
    assert compile_with_references([exam, changed(exam)], tmp_path, limits) == folder
    assert is_compiled(changed(exam), tmp_path)
    assert entries(folder) == before
    assert entries(folder.with_name(f"proofs-{folder.name}")) == before
    assert not list(folder.parent.glob("filling-*"))


def test_a_changed_lesson_is_compiled_anew(exam: Lesson, tmp_path: Path) -> None:
    (tmp_path / "build" / "compiled").mkdir(parents=True)
    compiled._mark(exam, tmp_path).touch()
    assert is_compiled(exam, tmp_path)
    assert not is_compiled(changed(exam), tmp_path)

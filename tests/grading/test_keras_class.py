"""A class on a Keras day: what is imported and compiled once, for all processes and notebooks."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from own_gradebook import copy_config

from autograder.course_tree import CourseTree
from autograder.demo.sample_class import hand_in, lessons, sample_class
from autograder.release.build import build

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = '''\
# %% [markdown]
# # {name}
#
# **Time** about 5 minutes · **Points** 1
# %% locked="setup"
from course.keras_backend import choose_backend, seed_keras

choose_backend()

import keras
import numpy as np

from course.checks import check_array
# %% solution="line"
def line(units):
    """Return a model of one Dense layer with `units` units for 3 inputs."""
    ### BEGIN SOLUTION
    model = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(units)])
    ### END SOLUTION
    return model
# %% tests="line" points=1
seed_keras(0)
answer = line(2).predict(np.zeros((4, 3), dtype="float32"), verbose=0)
### BEGIN HIDDEN TESTS
check_array(answer, np.zeros((4, 2)), "line(2) of zeros")
### END HIDDEN TESTS
'''
CATALOGUE = '''\
"""What goes wrong with one layer."""

import keras

from autograder.catalogue import misconception


@misconception("line", loses=["test_line"])
def one_too_many(units):
    """You add a unit for the bias. Which weights does a Dense layer have by itself?"""
    return keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(units + 1)])
'''


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    folder = root / "source" / "week1"
    (folder / "misconceptions").mkdir(parents=True)
    copy_config(root)
    (root / "course").symlink_to(ROOT / "course")
    for name in ("first", "second"):
        (folder / f"{name}.py").write_text(TEXT.format(name=name.title()), "utf-8")
        (folder / "misconceptions" / f"{name}.py").write_text(CATALOGUE, "utf-8")
    tree = CourseTree(root)
    build(tree)
    taught = lessons(tree, "week1")
    kinds = {"all_right", "zeros", "one_too_many"}
    chosen = [one for one in sample_class(taught, 30) if one.id.partition("-")[2] in kinds]
    hand_in(chosen, taught, root / "submitted")
    run(root, "nbgrader", "generate_assignment", "week1")
    return root


def run(root: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=root,
        env={**os.environ, "MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def entries(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


@pytest.mark.slow
def test_models_are_compiled_once_and_the_catalogues_answers_find_them(course: Path) -> None:
    said = run(course, "autograder", "grade", "week1", "--jobs", "2")
    assert said.count("compiled first") == 2
    assert re.search(r"all_right +2/2\n", said)
    [proofs] = (course / "build" / "compiled").glob("proofs-*")
    compiled = proofs.with_name(proofs.name.removeprefix("proofs-"))
    marks = {path.name for path in compiled.parent.glob(f"{compiled.name}.*-*")}
    assert len(marks) == 2
    known = entries(compiled)
    assert known
    # what the mistake compiled besides is kept for the next time, and no student reads it
    more = entries(proofs)
    assert known < more
    again = run(course, "autograder", "grade", "week1", "--jobs", "2", "--force")
    assert "compiled first" not in again
    assert entries(compiled) == known
    assert entries(proofs) == more

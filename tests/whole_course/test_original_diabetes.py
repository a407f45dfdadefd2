"""An instructor's own copy of the lectures' diabetes file changes no verdict.

That file may not be shipped, so a stand-in of its exact shape is drawn: no header, nine columns,
759 rows, label last and 1 = not diabetic, every scaled -1 written as 0. Its rows are drawn anew
from ours, so that every figure of the table is another.
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder.examiner.lesson import read_lesson
from course.datasets import load_diabetes

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(
    f"{path.parent.name}/{path.stem}"
    for path in (ROOT / "source").glob("*/*.py")
    if "load_diabetes" in path.read_text(encoding="utf-8")
)


def stand_in(folder: Path) -> Path:
    """Write `data-03-diabetes.csv` as the lectures have it."""
    table = load_diabetes().to_numpy()
    rng = np.random.default_rng(20)
    drawn = table[rng.integers(len(table), size=759)]
    drawn[:, :-1] += rng.normal(scale=0.01, size=(759, 8))
    drawn[:, :-1] = drawn[:, :-1].clip(-1, 1)
    drawn[:, :-1][drawn[:, :-1] == -1] = 0
    lines = [
        ",".join(f"{value:.6g}" for value in row[:-1]) + f",{1 - int(row[-1])}" for row in drawn
    ]
    (folder / "data-03-diabetes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_the_stand_in_is_another_table_of_the_same_shape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = load_diabetes()
    monkeypatch.setenv("COURSE_DATA", str(stand_in(tmp_path)))
    theirs = load_diabetes()
    assert theirs.shape == ours.shape == (759, 9)
    assert list(theirs) == list(ours)
    # un-flipped: diabetics are the smaller class in both
    assert 0.25 < theirs["diabetic"].mean() < 0.45
    assert not np.allclose(theirs.mean(), ours.mean(), atol=1e-4)


@pytest.mark.whole_course
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_every_notebook_is_proven_with_the_lectures_own_file(notebook: str, tmp_path: Path) -> None:
    missing = read_lesson(ROOT / "source" / f"{notebook}.ipynb").missing
    if missing:
        pytest.skip(f"needs {' and '.join(missing)}: .ci/frameworks runs it")
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "verify", notebook, "--jobs", "1"],
        cwd=ROOT,
        env={**os.environ, "COURSE_DATA": str(stand_in(tmp_path))},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 notebooks" in done.stdout
    assert "all proven" in done.stdout

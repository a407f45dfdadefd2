"""Grades as plain nbgrader does: a student's cells and the tests in one process, one IPython.

Run as `python naive_grader.py` in the environment of the course; each line of its input names a
folder that holds `exam.ipynb`, tests and all, and is answered by one line: points and outputs.
It shows that the attacks are real. It runs them unprotected: only those that are harmless here.
"""

import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import course.checks


def main() -> None:
    """Fork for each folder, since an attack changes the process for good."""
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            report = {"points": 0.0, "seen": "nothing: the process ended"}
            with contextlib.suppress(BaseException):
                report = grade(Path(line.strip()))
            with os.fdopen(writing, "w", encoding="utf-8") as file:
                file.write(json.dumps(report))
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as file:
            sys.stdout.write((file.read() or "{}") + "\n")
        os.waitpid(child, 0)
        sys.stdout.flush()


def grade(folder: Path) -> dict[str, Any]:
    """Run all cells in order, tests too; a test cell that does not fail has its points."""
    os.chdir(folder)
    config = Config()
    config.HistoryManager.hist_file = ":memory:"
    shell = InteractiveShell(config=config)
    points, seen = 0.0, io.StringIO()
    passed = bool
    for cell in json.loads(Path("exam.ipynb").read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        meta = cell["metadata"].get("nbgrader", {})
        with contextlib.redirect_stdout(seen), contextlib.redirect_stderr(seen):
            result = shell.run_cell("".join(cell["source"]), store_history=True)
        if meta.get("grade") and passed(result.success):
            points += meta["points"]
    return {"points": points, "seen": seen.getvalue()}


if __name__ == "__main__":
    assert np is not None
    assert course.checks is not None
    main()

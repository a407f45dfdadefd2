"""Run the code cells of a saved notebook in a fresh process, and hear how each ended."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from course.commands.notebooks import Notebook

LIMIT = 60.0
# the exit code of a process whose cell could not be interrupted
STUCK = 70
# where `course` lies comes behind the notebook's own folder, as in Jupyter
_START = (
    "import sys; root = sys.argv[1]; "
    "root in sys.path or sys.path.insert(1, root); "
    "from course.commands.child import main; main()"
)
_KERAS = {"TF_CPP_MIN_LOG_LEVEL": "3", "JAX_PLATFORMS": "cpu"}


class CannotRun(Exception):  # noqa: N818 # said to the student as it is
    """The notebook's process does not start; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Problem:
    """How a cell went wrong.

    Attributes
    ----------
    type : str
        The exception's name; `Timeout` or `Ended` if the cell did not come to its end.
    to_do : bool
        Whether it comes from a stub that nobody has filled in.
    cell, line : int
        The cell in which it happened, and the line of it; 0 if that is not known.
    """

    type: str
    message: str
    to_do: bool = False
    cell: int = 0
    line: int = 0

    def said(self, *, own: bool = False) -> str:
        """Say in a sentence what went wrong; with the line, if it is one of the student's `own`."""
        if self.type == "Timeout":
            return "it took too long. Is there a loop that does not end?"
        if self.type == "Ended":
            return "it ended Python, or could not be stopped"
        if self.type == "CheckFailed":
            return self.message
        told = f"{self.type}: {self.message}" if self.message else self.type
        return f"{told} (line {self.line} of your cell)" if own and self.line else told


Ends = Mapping[int, Problem | None]
_running: set[subprocess.Popen[bytes]] = set()


def run(notebook: Notebook, limit: float = LIMIT) -> Ends:
    """Run every code cell in order, as "Restart Kernel and Run All Cells" does, but to the end.

    Parameters
    ----------
    limit : float
        Seconds of the processor that one cell may use.

    Returns
    -------
    mapping
        The number of each cell that was begun -> what went wrong, or None.

    Raises
    ------
    CannotRun
        If IPython is missing.
    """
    if find_spec("IPython") is None:
        raise CannotRun("IPython is missing: run `python -m pip install -r requirements.txt`")
    cells = [[cell.number, cell.source] for cell in notebook.cells if cell.kind == "code"]
    root = str(Path(__file__).resolve().parents[2])
    with TemporaryDirectory(prefix="course-check-") as scratch:
        process = subprocess.Popen(  # noqa: S603 # this interpreter and our own text
            [sys.executable, "-c", _START, root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=notebook.path.absolute().parent,
            # nothing of the user's own settings, no windows, no chatter
            env={**_KERAS, **os.environ, "IPYTHONDIR": scratch, "MPLBACKEND": "Agg"},
        )
        _running.add(process)
        try:
            order = json.dumps({"cells": cells, "limit": limit}).encode()
            report, errors = process.communicate(order)
        finally:
            _running.discard(process)
    if not report and process.returncode:
        last = errors.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise CannotRun(f"the notebook's process does not start: {' '.join(last)}")
    how = "Timeout" if process.returncode == STUCK else "Ended"
    return _ends(report.decode("ascii", "replace"), how)


def stop() -> None:
    """End every notebook that runs: who pressed Ctrl+C does not wait for an endless loop."""
    for process in list(_running):
        process.kill()


def _ends(report: str, how: str) -> Ends:
    ends: dict[int, Problem | None] = {}
    open_cell = 0
    for line in report.splitlines():
        fact = json.loads(line)
        if "begins" in fact:
            open_cell = fact["begins"]
        elif "ends" in fact:
            problem = fact["problem"]
            ends[open_cell] = Problem(**problem) if problem else None
            open_cell = 0
    if open_cell:
        ends[open_cell] = Problem(how, "")
    return ends

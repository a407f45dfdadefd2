"""The commands that an instructor types, one after another, in a course folder."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from autograder.errors import GraderError

LOG = "demo.log"
_BEGINS_ONE = "] Converting notebook "


def run_command(root: Path, *words: str, tick: Callable[[], None] = lambda: None) -> None:
    """Run `nbgrader …` or `autograder …` in `root`; its output goes to `root/demo.log`.

    Parameters
    ----------
    tick : callable
        Called whenever the command begins a notebook.

    Raises
    ------
    GraderError
        If the command fails; it names the log and quotes its last lines.
    """
    log = root / LOG
    command = [sys.executable, "-m", *words]
    seen: list[str] = []
    # the user's own Jupyter and IPython settings must not change a grade
    environment = {
        **os.environ,
        "IPYTHONDIR": str(root / ".ipython"),
        "JUPYTER_CONFIG_DIR": str(root / ".jupyter"),
        "PYTHONUNBUFFERED": "1",
    }
    with (
        log.open("a", encoding="utf-8") as file,
        subprocess.Popen(
            command,
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            file.write(line)
            seen = [*seen[-4:], line.rstrip()]
            if _BEGINS_ONE in line:
                tick()
    if process.returncode:
        raise GraderError(
            f"`{' '.join(words)}` failed:\n  " + "\n  ".join(seen),
            file=log,
            remedy="read the whole log there",
        )

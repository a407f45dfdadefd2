"""What a Dask worker does: hand batches to processes of its own that grade, and mind those."""

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.errors import GraderError
from autograder.grading.cluster.batch import Batch
from autograder.grading.cluster.sameness import difference
from autograder.grading.job import Graded

_idle: list["Station"] = []
_lock = threading.Lock()


class StationEnded(Exception):  # noqa: N818 # what became of a submission, not a bug
    """A process that grades ended in the midst of its work."""


class Station:
    """One process that grades, as its Dask worker holds it."""

    def __init__(self, place: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "autograder.grading.cluster.station"],
            # what this process can import, that one can
            env={
                **os.environ,
                "TMPDIR": str(place),
                "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C is for the Dask worker; with it this ends
            start_new_session=True,
        )

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(self, question: object) -> None:
        """Ask; as many answers follow as there are submissions in a batch, or one."""
        assert self._process.stdin is not None
        try:
            pickle.dump(question, self._process.stdin)
            self._process.stdin.flush()
        except OSError:
            raise StationEnded from None

    def hear(self) -> Any:
        """Wait for the next answer.

        Raises
        ------
        StationEnded
            If there will be none.
        """
        assert self._process.stdout is not None
        try:
            return pickle.load(self._process.stdout)  # noqa: S301 # from our own process
        except (EOFError, OSError, pickle.UnpicklingError):
            raise StationEnded from None

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue


def look(modules: Sequence[str]) -> Mapping[str, str]:
    """The facts of this machine."""
    with _station() as station:
        station.ask(tuple(modules))
        found: Mapping[str, str] = station.hear()
        return found


def grade_batch(batch: Batch) -> list[Graded | Exception]:
    """Grade submissions one after the other.

    Returns
    -------
    list
        In their order. Where a process ended twice in the midst of one, `StationEnded`.

    Raises
    ------
    GraderError
        If this machine is not like the command's.
    """
    differs = difference(batch.expected, look(batch.modules))
    if differs:
        raise GraderError(f"on {_name()} {differs}", remedy=REMEDY)
    answers: list[Graded | Exception] = []
    total = len(batch.submissions)
    ended_at = -1
    while len(answers) < total:
        try:
            with _station() as station:
                station.ask(replace(batch, submissions=batch.submissions[len(answers) :]))
                while len(answers) < total:
                    answers.append(station.hear())
        except StationEnded as error:
            if ended_at == len(answers):
                answers.append(error)
            else:
                ended_at = len(answers)
    return answers


REMEDY = "bring that machine to the command's state and start its worker again"


@contextmanager
def _station() -> Iterator[Station]:
    """One that nobody else asks meanwhile; kept for later, unless something went wrong."""
    with _lock:
        station = _idle.pop() if _idle else None
    if station is None or not station.alive:
        station = Station(_place())
    try:
        yield station
    except BaseException:
        station.end()
        raise
    with _lock:
        _idle.append(station)


def _place() -> Path:
    """Where its files lie: in the folder that Dask clears up, also after a worker was killed."""
    from distributed import get_worker

    folder = Path(get_worker().local_directory)
    # students' processes may be another user's, and have a folder in there
    folder.chmod(0o711)
    place = folder / "autograder"
    place.mkdir(mode=0o711, exist_ok=True)
    return place


def _name() -> str:
    from distributed import get_worker

    return str(get_worker().address)

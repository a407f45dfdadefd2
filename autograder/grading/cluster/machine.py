"""What a Dask worker does: hand batches to processes of its own that grade, and mind those."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from autograder.errors import GraderError
from autograder.examiner.child import Child, ChildEnded
from autograder.grading.cluster.batch import Batch
from autograder.grading.cluster.sameness import difference
from autograder.grading.job import Graded

_STATION = "autograder.grading.cluster.station"
_idle: list[Child] = []
_lock = threading.Lock()


def look(modules: Sequence[str]) -> Mapping[str, str]:
    """The facts of this machine."""
    with _station() as station:
        station.ask(tuple(modules))
        found: Mapping[str, str] = station.hear(watched=False)
        return found


def grade_batch(batch: Batch) -> list[Graded | Exception]:
    """Grade submissions one after the other.

    Returns
    -------
    list
        In their order. Where a process ended twice in the midst of one, `ChildEnded`.

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
        except ChildEnded as error:
            if ended_at == len(answers):
                answers.append(error)
            else:
                ended_at = len(answers)
    return answers


REMEDY = "bring that machine to the command's state and start its worker again"


@contextmanager
def _station() -> Iterator[Child]:
    """One that nobody else asks meanwhile; kept for later, unless something went wrong."""
    with _lock:
        station = _idle.pop() if _idle else None
    if station is None or not station.alive:
        station = Child(_STATION, {"TMPDIR": str(_place())})
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

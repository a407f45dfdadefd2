"""One process of the pool, as the command holds it: given jobs, heard, watched, ended."""

import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pickle import PicklingError
from typing import Any, Generic, TypeVar

from autograder.examiner.child import ChildEnded, bound_memory
from autograder.examiner.notes import listen
from autograder.examiner.watch import Watch

J = TypeVar("J")
R = TypeVar("R")
# seconds for a process that has nothing more to do
_PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class _Ready:
    """It waits for its first job."""


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of the job that it was given first."""

    outcome: Any


class Examiner(Generic[J, R]):
    """A process that does one job after the other.

    Attributes
    ----------
    jobs : deque
        What it was given and has not done; the first is under way.
    is_ready : bool
        Whether it has begun with a job: what ends it before is none of a job's doing.
    """

    def __init__(
        self, context: ForkServerContext, work: Callable[[J], R], begin: Callable[[], None]
    ) -> None:
        self.channel, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, work, begin), daemon=True)
        self.jobs: deque[J] = deque()
        self.is_ready = False
        self._process.start()
        theirs.close()
        assert self._process.pid is not None
        self._pid = self._process.pid
        self._watch = Watch(self._pid)

    def give(self, job: J) -> None:
        """Give it a job to do after those it has."""
        self.jobs.append(job)
        with suppress(OSError):  # it is gone, as will be heard
            self.channel.send(job)

    def hear(self) -> Iterator[tuple[J, R | Exception]]:
        """The jobs that it has done.

        Raises
        ------
        ChildEnded
            If it is gone.
        """
        try:
            while self.channel.poll():
                match self.channel.recv():
                    case _Ready():
                        self.is_ready = True
                        self._watch.begin()
                    case _Done(outcome=outcome):
                        self._watch.begin()
                        yield self.jobs.popleft(), outcome
                    case note:
                        self._watch.hear(note)
        except (EOFError, OSError):
            raise ChildEnded from None

    def look(self) -> None:
        """Keep its deadline.

        Raises
        ------
        ChildEnded
            If it overran.
        """
        # what it has just said is heard first: it may have done its job, or begun another step
        if self.is_ready and self.jobs and not self.channel.poll():
            overrun = self._watch.look()
            if overrun:
                raise ChildEnded(overrun)

    def leave(self) -> None:
        """Let it end: at once, if it is at work or may be."""
        if self.jobs or not self.is_ready:
            self._process.kill()
        self.channel.close()

    def end(self) -> None:
        """End it and wait until it has."""
        self.leave()
        self._process.join(_PATIENCE)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        self._process.close()


def _serve(channel: Connection, work: Callable[[J], R], begin: Callable[[], None]) -> None:
    """In the process: do what comes until nobody sends any more."""
    begin()
    bound_memory()
    listen(channel.send)
    channel.send(_Ready())
    while True:
        try:
            job: J = channel.recv()
        except EOFError:
            return
        try:
            outcome: Any = work(job)
        except Exception as error:  # told by the command
            error.add_note(traceback.format_exc())
            outcome = error
        try:
            channel.send(_Done(outcome))
        except (PicklingError, TypeError, AttributeError) as error:
            channel.send(_Done(RuntimeError(f"{outcome!r:.500} cannot be sent: {error}")))

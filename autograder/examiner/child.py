"""A process that grades, as the one that started it holds it: asked, heard, watched, ended.

What a student's data may do to trusted code, it does to that process. The one that holds it hears
its notes, keeps its deadline, and never looks at a student's values.
"""

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from autograder.examiner.limits import TICK, Limits
from autograder.examiner.notes import Note, listen
from autograder.examiner.watch import Overrun, Watch

# over its deadline's memory it is ended by who looks at it; this holds while nobody looks
_BACKSTOP = 2


class ChildEnded(Exception):  # noqa: N818 # what became of a submission, not a bug
    """It ended in the midst of its work, or was ended.

    Attributes
    ----------
    overrun : Overrun or None
        What it used too much of.
    """

    def __init__(self, overrun: Overrun | None = None) -> None:
        super().__init__(overrun)
        self.overrun = overrun


class Child:
    """A process of our own that answers questions; it is exec'd, and holds zygotes of its own.

    Parameters
    ----------
    module : str
        What it runs: a module that calls `questions`.
    environment : mapping, optional
        What it has in addition to our own.
    """

    def __init__(self, module: str, environment: Mapping[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module],
            # what this process can import, that one can
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path),
                **(environment or {}),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C is for us; with us it ends
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to = Connection(os.dup(self._process.stdin.fileno()), readable=False)
        self._from = Connection(os.dup(self._process.stdout.fileno()), writable=False)
        self._process.stdin.close()
        self._process.stdout.close()
        self._watch = Watch(self._process.pid)

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(self, question: object) -> None:
        """Ask; as many answers follow as it is asked for."""
        self._watch.begin()
        try:
            self._to.send(question)
        except OSError:
            raise ChildEnded from None

    def hear(self, *, watched: bool = True) -> Any:
        """Wait for the next answer, and keep the deadline of what is under way.

        Raises
        ------
        ChildEnded
            If there will be none.
        """
        while True:
            try:
                if self._from.poll(TICK):
                    heard = self._from.recv()
                    if not isinstance(heard, Note):
                        self._watch.begin()
                        return heard
                    self._watch.hear(heard)
                    continue
            except (EOFError, OSError):
                raise ChildEnded from None
            if watched and (overrun := self._watch.look()):
                self.end()
                raise ChildEnded(overrun)

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        for connection in (self._to, self._from):
            with suppress(OSError):
                connection.close()


def questions() -> Iterator[tuple[Any, Connection]]:
    """In a child: what is asked, one after the other, and where the answers go.

    It ends with the process that asks.
    """
    # nothing that is printed, and no process that is started here, may reach the answers
    answers = Connection(os.dup(1), readable=False)
    os.dup2(2, 1)
    listen(answers.send)
    bound_memory()
    heard: queue.SimpleQueue[Any] = queue.SimpleQueue()
    asked = Connection(os.dup(0), writable=False)

    def wait_for_questions() -> None:
        try:
            while True:
                heard.put(asked.recv())
        except (EOFError, OSError):
            # nobody waits for what is under way; zygotes end when they hear nothing from us
            os._exit(0)

    threading.Thread(target=wait_for_questions, daemon=True).start()
    while True:
        yield heard.get(), answers


def bound_memory() -> None:
    """Let the kernel refuse this process far more memory than it may have.

    Its resident set is watched from outside, as a worker's is, since that is what a machine runs
    out of; but who watches may be held up while the gradebook is.
    """
    import resource  # Windows has none

    with suppress(OSError, ValueError):
        most = _data_bytes() + _BACKSTOP * Limits().memory
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _data_bytes() -> int:
    """Private writable memory of this process, which RLIMIT_DATA counts."""
    for line in Path("/proc/self/status").read_text("ascii", errors="replace").splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0

"""A Dask scheduler and workers as commands of this environment, each in a session of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path


class DaskCluster:
    """One scheduler on this machine, and the workers that were started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self._port}"
        self.workers: list[subprocess.Popen[bytes]] = []
        self._scheduler = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", str(self._port), "--no-dashboard"
        )
        self._until_it_says("dask_scheduler", "Scheduler at")

    def add_worker(self) -> subprocess.Popen[bytes]:
        """Start a worker that grades one submission at a time."""
        local = str(self._folder / "local")
        worker = self._start(
            "dask_worker", self.address, "--nthreads", "1", "--no-dashboard",
            "--local-directory", local,
        )  # fmt: skip
        self.workers.append(worker)
        self._until_it_says("dask_worker", "Registered to", len(self.workers))
        return worker

    def close(self) -> None:
        """End all of it."""
        for process in (*self.workers, self._scheduler):
            kill(process)

    def _start(self, command: str, *words: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{command}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{command}", *words],
                env={**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _until_it_says(self, command: str, words: str, times: int = 1) -> None:
        log = self._folder / f"{command}.log"
        until = time.monotonic() + 120
        while log.read_text("utf-8", "replace").count(words) < times:
            assert time.monotonic() < until, log.read_text("utf-8", "replace")[-3000:]
            time.sleep(0.1)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a command and all of its session at once, as when a machine loses its power."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[DaskCluster]:
    """Hold a scheduler and its workers."""
    folder.mkdir()
    found = DaskCluster(folder)
    try:
        for _ in range(workers):
            found.add_worker()
        yield found
    finally:
        found.close()


def grading(
    root: Path, *options: str, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """Begin to grade the small course."""
    return subprocess.Popen(
        [sys.executable, "-m", "autograder", "grade", "week1", *options],
        cwd=root,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )

"""The processes of a command, by what they are, and what they hold.

A command that leads a session of its own is followed by that: nothing of the grader's leaves it.
"""

import os
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

COMMAND, FORKSERVER, EXAMINER, ZYGOTE, WORKER = (
    "command", "forkserver", "examiner", "zygote", "worker",
)  # fmt: skip


_ZYGOTE = "autograder.worker.zygote"
_PAGE = os.sysconf("SC_PAGE_SIZE")


def processes(session: int) -> dict[int, str]:
    """What runs in a session: for each process what it is, or else its command line."""
    parents: dict[int, int] = {}
    lines: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        # it may be gone by now
        with suppress(OSError):
            state, parent, _, leader = _status(folder)
            if int(leader) == session and state != "Z":
                pid = int(folder.name)
                parents[pid] = int(parent)
                lines[pid] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return {pid: _kind(pid, session, lines, parents) for pid in lines}


def _status(folder: Path) -> list[str]:
    # the name in brackets may hold anything
    return (folder / "stat").read_text("utf-8").rpartition(")")[2].split()[:4]


def _kind(pid: int, session: int, lines: Mapping[int, str], parents: Mapping[int, int]) -> str:
    if pid == session:
        return COMMAND
    if "multiprocessing.forkserver" in lines[pid]:
        return (
            EXAMINER if "multiprocessing.forkserver" in lines.get(parents[pid], "") else FORKSERVER
        )
    if _ZYGOTE not in lines[pid]:
        return lines[pid]
    # a fork keeps the command line of what it was forked from
    forks, parent = 0, parents[pid]
    while _ZYGOTE in lines.get(parent, ""):
        forks, parent = forks + 1, parents[parent]
    # what the command itself started forks twins, and those fork workers
    twins = 1 if parent == session else 0
    return ZYGOTE if forks <= twins else WORKER


def find(session: int, kind: str, seconds: float = 30.0) -> int:
    """Wait for a process of a kind."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for pid, what in processes(session).items():
            if what == kind:
                return pid
        time.sleep(0.002)
    raise AssertionError(f"no {kind} was seen in {seconds:g} s")


def outliving(session: int, seconds: float = 20.0) -> dict[int, str]:
    """What of a session is still there after a while."""
    until = time.monotonic() + seconds
    while (left := processes(session)) and time.monotonic() < until:
        time.sleep(0.05)
    return left


def end_all(session: int) -> None:
    """End what is left of a session that we started."""
    for pid in processes(session):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def memory(pid: int) -> int:
    """Resident bytes of a process; 0 if it is gone.

    What it shares counts whole: the end of another that shared it is no growth.
    """
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _PAGE
    return 0


def descriptors(pid: int) -> int:
    """Open file descriptors of a process; 0 if it is gone."""
    with suppress(OSError):
        return len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208 # only counted
    return 0

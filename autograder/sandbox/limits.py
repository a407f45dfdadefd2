"""What one worker may use up, and the kernel's limits that hold it to that."""

import math
import os
from dataclasses import dataclass, field
from pathlib import Path

# Other workers of the same user may start threads at the same time, and so may its other programs.
# A worker that takes this room for itself is made nicer still (`examiner.meter`).
_HEADROOM = 256
# A framework has pools of a thread for each processor: Keras on JAX starts 20 threads where there
# are two, on TensorFlow 8. More would only take a neighbour's turns.
_THREADS, _THREADS_A_PROCESSOR = 32, 8


def _default_threads() -> int:
    return _THREADS + _THREADS_A_PROCESSOR * (os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Limits:
    """A worker's share of the machine, for its whole life.

    The kernel kills a worker at its CPU limit (SIGKILL); every other limit is an error that the
    student's code sees. A limit above what this process may have anyway is lowered to that.

    Parameters
    ----------
    cpu_seconds : float
        CPU time of all threads together, rounded up to whole seconds.
    memory_bytes : int
        Private writable memory (RLIMIT_DATA): what a program really asks for. Clever code can
        dirty more than it holds writable at one time, so the examiner watches the resident set.
    address_space_bytes : int
        All mappings (RLIMIT_AS), the last bound on that cleverness. TensorFlow maps 2.4 GB for a
        small model: leave room.
    processes : int
        Threads, in effect: the system call filter refuses new processes.
    open_files : int
        Open file descriptors.
    file_bytes : int
        Size of one file.
    """

    cpu_seconds: float = 300
    memory_bytes: int = 2 << 30
    address_space_bytes: int = 4 << 30
    processes: int = field(default_factory=_default_threads)
    open_files: int = 256
    file_bytes: int = 64 << 20


def apply_limits(limits: Limits, *, shared_user: bool) -> None:
    """Hold this process to its limits, soft and hard.

    Call it after `unshare(CLONE_NEWUSER)`: before, RLIMIT_NPROC counts every process of the user.

    Parameters
    ----------
    limits : Limits
        What to hold it to.
    shared_user : bool
        Whether other processes run as this user in this user namespace; they count too, so
        `processes` is then taken on top of those running now, with room for other workers.
    """
    import resource  # Windows has none

    processes = limits.processes
    if shared_user:
        processes += _tasks_of(os.getuid()) + _HEADROOM
    cpu = math.ceil(limits.cpu_seconds)
    stack, _ = resource.getrlimit(resource.RLIMIT_STACK)
    wanted = {
        resource.RLIMIT_CPU: cpu,
        resource.RLIMIT_DATA: limits.memory_bytes,
        resource.RLIMIT_AS: limits.address_space_bytes,
        # RLIMIT_DATA does not count the stack: it may not be raised
        resource.RLIMIT_STACK: stack,
        resource.RLIMIT_NPROC: processes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        # 0 does not stop a core_pattern that pipes to a program (systemd, apport); 1 does both
        resource.RLIMIT_CORE: 1,
    }
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY and (value == resource.RLIM_INFINITY or value > hard):
            value = hard
        resource.setrlimit(kind, (value, value))


def _tasks_of(uid: int) -> int:
    """Count the threads of a user; those that end meanwhile do not matter."""
    tasks = 0
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            if process.stat().st_uid == uid:
                # a folder's link count is 2 plus one for each folder in it: its threads
                tasks += (process / "task").stat().st_nlink - 2
        except OSError:
            continue
    return tasks

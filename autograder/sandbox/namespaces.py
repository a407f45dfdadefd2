"""Tier 1's own part: a machine of the worker's own, with nobody else on it.

The order of forks. `unshare(CLONE_NEWPID)` moves only later children, so the process that enters
(the *outer*) forks once more, and its child is the first of the new pid namespace: pid 1, the
worker itself. When pid 1 dies, the kernel kills whatever else lives there; so killing the worker
is killing everything. The outer runs no student code: it waits, and ends as the worker ended. If
the outer is killed instead (or dies with the zygote), the kernel kills the worker in turn.

Root and others come by the right to mount in different ways. An ordinary user, or root in a
container, becomes the master of a new user namespace. Real root mounts as root, since the
interpreter may lie in a folder that only root may enter, and becomes an ordinary user afterwards.
"""

import os
import resource
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from autograder.sandbox import housekeeping, identity, kernel, view

# <linux/sched.h>
_CLONE_NEWNS, _CLONE_NEWUTS, _CLONE_NEWIPC = 0x0002_0000, 0x0400_0000, 0x0800_0000
_CLONE_NEWUSER, _CLONE_NEWPID, _CLONE_NEWNET = 0x1000_0000, 0x2000_0000, 0x4000_0000

_ID_INSIDE = 1000  # who the worker is to itself, the same on every machine


def needs_own_users() -> bool:
    """Tell whether the right to mount takes a new user namespace."""
    return not identity.holds(identity.CAP_SYS_ADMIN)


def fork_into_pid_namespace() -> tuple[int, int]:
    """Go on as pid 1 of a new pid namespace; the calling process stays behind and waits.

    Returns
    -------
    pid : int
        The worker's pid as the outer sees it.
    lifeline : int
        A file descriptor that reports end of file once the outer is dead.
    """
    zygote = os.getppid()
    if needs_own_users():
        uid, gid = os.geteuid(), os.getegid()
        kernel.call("unshare", _CLONE_NEWPID | _CLONE_NEWUSER)
        _map_ids(uid, gid)
    else:
        kernel.call("unshare", _CLONE_NEWPID)
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        try:
            os.write(writing, f"{pid}\n".encode())
            _wait(pid, zygote, lifeline=writing)
        finally:
            # whatever happened: the outer never returns into the caller's code
            os._exit(os.EX_OSERR)
    os.close(writing)
    told = b""
    while not told.endswith(b"\n"):
        # nothing told: the outer is dead, and the lifeline will say so
        told += os.read(reading, 16) or b"0\n"
    return int(told), reading


def settle(readable: Iterable[Path], scratch_bytes: int) -> None:
    """Take a network, ipc, host name and file system of our own.

    Called by pid 1 of the new pid namespace. Its file system is then `view.build`'s.
    """
    kernel.call("unshare", _CLONE_NEWNS | _CLONE_NEWNET | _CLONE_NEWIPC | _CLONE_NEWUTS)
    kernel.call("sethostname", b"worker", len(b"worker"))
    view.build(readable, scratch_bytes)


def _map_ids(uid: int, gid: int) -> None:
    """Make `uid` and `gid` the only ones of the new user namespace; no others may be mapped."""
    # the kernel insists on `deny`: who could leave a group might reach what it is barred from
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{_ID_INSIDE} {uid} 1"),
        ("gid_map", f"{_ID_INSIDE} {gid} 1"),
    ):
        Path("/proc/self", name).write_text(text, encoding="ascii")


def _wait(pid: int, zygote: int, *, lifeline: int) -> NoReturn:
    """Be the outer process: keep nothing open but the lifeline, and end as the worker ends."""
    housekeeping.close_all_but([lifeline])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    identity.die_with(zygote)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)

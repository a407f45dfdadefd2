"""Who the worker is: an unprivileged user without capabilities that dies with its parent."""

import ctypes
import errno
import os
import signal
from collections.abc import Iterable
from pathlib import Path

from autograder.sandbox import kernel

# <linux/capability.h>
CAP_CHOWN, CAP_DAC_READ_SEARCH, CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN = 0, 2, 6, 7, 21
_LINUX_CAPABILITY_VERSION_3 = 0x20080522

NOBODY = 65534
# Above every range that distributions hand out, and a pid fits on top.
_FIRST_WORKER_UID = 0x7000_0000


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def holds(*capabilities: int) -> bool:
    """Tell whether all of these are in force; root in a container often lacks some."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    held = int(status.partition("\nCapEff:\t")[2].split("\n", 1)[0], 16)
    return all(held >> capability & 1 for capability in capabilities)


def worker_id(pid: int) -> int | None:
    """Choose the user that a worker of root's becomes: one of its own, named after its process.

    Then RLIMIT_NPROC counts its threads only, and the kernel's oldest rule already forbids it
    signals to anybody else. A container may have fewer users: then it is nobody. None if we may
    not change at all: as an ordinary user, or as a container's root who is one outside.
    """
    if os.geteuid() or not holds(CAP_CHOWN, CAP_SETGID, CAP_SETUID):
        return None
    maps = [Path("/proc/self", name).read_text(encoding="ascii") for name in ("uid_map", "gid_map")]
    for wanted in (_FIRST_WORKER_UID + pid, NOBODY):
        if all(_has(rows, wanted) for rows in maps):
            return wanted
    return None


def _has(rows: str, wanted: int) -> bool:
    """Tell whether a map of /proc/self (first inside, first outside, count) has a number."""
    ranges = [(int(first), int(count)) for first, _, count in map(str.split, rows.splitlines())]
    return any(first <= wanted < first + count for first, count in ranges)


def leave_root(uid: int, *, keep_capabilities: bool = False) -> None:
    """Become the user and group `uid` and nothing else.

    Parameters
    ----------
    uid : int
        From `worker_id`.
    keep_capabilities : bool
        Whether capabilities stay permitted (not effective) until `drop_capabilities`.
    """
    if keep_capabilities:
        kernel.prctl(kernel.PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    _own_proc()


def _own_proc() -> None:
    """Take /proc/self back, which a change of user hands to root: a process must read its own."""
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)


def drop_bounding_set() -> None:
    """Give up every capability that executing a file could bring back."""
    for capability in range(64):
        try:
            kernel.prctl(kernel.PR_CAPBSET_DROP, capability)
        except OSError as error:
            # EINVAL: past the last one this kernel knows. EPERM: an ordinary user, who may not;
            # no_new_privs makes the set meaningless for it.
            if error.errno in (errno.EINVAL, errno.EPERM):
                return
            raise


def drop_capabilities(keep: Iterable[int] = ()) -> None:
    """Hold no capability but `keep`, of those permitted now."""
    kernel.prctl(kernel.PR_CAP_AMBIENT, kernel.PR_CAP_AMBIENT_CLEAR_ALL)
    low = sum(1 << capability for capability in keep)
    header = _Header(_LINUX_CAPABILITY_VERSION_3, 0)
    sets = (_Sets * 2)(_Sets(low, low, 0), _Sets(0, 0, 0))
    kernel.call("capset", ctypes.byref(header), ctypes.byref(sets))


def closed_to(uid: int, paths: Iterable[Path]) -> bool:
    """Tell whether file modes keep the user `uid` from one of `paths`, as root's own folders do.

    Takes the place of that user for a moment, which is what access(2) was made for.
    """
    os.setgroups([])
    os.setresgid(uid, uid, 0)
    os.setresuid(uid, uid, 0)
    try:
        return not all(os.access(path, os.R_OK) for path in paths)
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)
        _own_proc()


def gain_nothing() -> None:
    """Set no_new_privs: no file that we could execute raises our rights."""
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)


def die_with(parent: int) -> None:
    """Ask for SIGKILL when the parent dies; end at once if it is dead already.

    Changing user or capabilities clears the request: call it after those.

    Parameters
    ----------
    parent : int
        As getppid gave it when the parent was alive; 0 for a parent in another pid namespace,
        whose death before this call is for the caller to notice.
    """
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(os.EX_OSERR)

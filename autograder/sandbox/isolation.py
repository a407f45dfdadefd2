"""The layers of tiers 1 and 2, in the order in which each may still be applied."""

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from autograder.sandbox import identity, landlock_rules, namespaces, syscalls, view
from autograder.sandbox.defences import Defence
from autograder.sandbox.limits import Limits, apply_limits

_MYSELF = Path("/proc/self")
# What libraries ask of their own process. The rest of that folder tells of the network, of mounts
# and of which pages of a library's file lie in memory.
_OF_MYSELF = tuple(
    _MYSELF / name for name in ("cmdline", "comm", "limits", "maps", "stat", "statm", "status")
)


def prepare(readable: Sequence[Path], by_name: Sequence[Path] = ()) -> None:
    """Work out beforehand, in a zygote, what does not depend on the worker."""
    view.plan_view((*readable, *view.interpreter_paths(), *by_name))
    syscalls.template()


def isolate(
    readable: Sequence[Path],
    scratch: Path | None,
    *,
    scratch_bytes: int,
    limits: Limits,
    layers: Collection[Defence],
    by_name: Sequence[Path] = (),
) -> tuple[int, Path]:
    """Apply `layers` to this process for good.

    Parameters
    ----------
    readable : sequence of Path
        What to read besides the libraries.
    scratch : Path or None
        The only folder to write in; None for namespaces (tier 1) and a folder in memory.
    scratch_bytes : int
        Size of that folder in memory.
    limits : Limits
        What may be used up.
    layers : collection of Defence
        All, but in tests.
    by_name : sequence of Path
        Folders to read from and not to list; only Landlock tells the difference.

    Returns
    -------
    pid : int
        Of this process, as the zygote sees it.
    home : Path
        The scratch folder as this process sees it.
    """
    if len(os.listdir("/proc/self/task")) > 1:  # noqa: PTH208 (the other is slower)
        # Landlock and the filter would bind one thread only
        raise RuntimeError("a process with several threads cannot become a worker")
    readable = [*readable, *view.interpreter_paths()]
    own_users = scratch is None and namespaces.needs_own_users()
    if scratch is None:
        pid, lifeline = namespaces.fork_into_pid_namespace()
        namespaces.settle([*readable, *by_name], scratch_bytes)
        parent, home = 0, view.SCRATCH
    else:
        pid, lifeline = os.getpid(), None
        parent, home = os.getppid(), scratch
    if os.getpgrp() != os.getpid():
        # a signal to the worker's group or from its terminal concerns nobody else
        os.setsid()

    uid = None
    if Defence.IDENTITY in layers:
        uid = _give_up_privileges(pid, [*readable, *by_name], scratch)
    if Defence.LIMITS in layers:
        apply_limits(limits, shared_user=not own_users and uid in (None, identity.NOBODY))
    identity.gain_nothing()
    identity.die_with(parent)
    if lifeline is not None:
        _check(lifeline)
    if Defence.LANDLOCK in layers and (scratch is not None or landlock_rules.abi()):
        # namespaces hold without Landlock; nothing but Landlock hides files without namespaces
        about = [path for path in (*view.MACHINE, *_OF_MYSELF) if path.exists()]
        landlock_rules.confine(
            readable=[*readable, *about],
            writable=[home, *view.DEVICES],
            by_name=by_name,
            listed=[_MYSELF],
        )
    if Defence.SYSCALLS in layers:
        # last: it refuses what the other layers are made of
        syscalls.refuse(os.getpid())
    return pid, home


def _give_up_privileges(pid: int, readable: Sequence[Path], scratch: Path | None) -> int | None:
    """Become an unprivileged user if we may, and drop capabilities; tell which user, if another.

    Root's Python or its course may lie in a folder that is closed to others. In a view of its own
    it does not; else the worker keeps the one capability to read there, and Landlock alone decides
    what. A container's root without that capability stays who it is.
    """
    uid = identity.worker_id(pid)
    closed = False
    if uid is not None and scratch is not None:
        closed = identity.closed_to(uid, [*readable, scratch.parent])
    if closed and not identity.holds(identity.CAP_DAC_READ_SEARCH):
        uid = None
    identity.drop_bounding_set()
    if uid is not None:
        if scratch is not None:
            os.chown(scratch, uid, uid)
        identity.leave_root(uid, keep_capabilities=closed)
    identity.drop_capabilities([identity.CAP_DAC_READ_SEARCH] if closed and uid is not None else [])
    return uid


def _check(lifeline: int) -> None:
    """End if the outer process died before it was agreed that we die with it."""
    os.set_blocking(lifeline, False)
    try:
        os.read(lifeline, 1)
    except BlockingIOError:
        os.close(lifeline)
    else:
        os._exit(os.EX_OSERR)

"""The layers of tiers 1 and 2, in the order in which each may still be applied."""

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from autograder.sandbox import identity, landlock_rules, namespaces, syscalls, view
from autograder.sandbox.defences import Defence
from autograder.sandbox.limits import Limits, apply_limits

_MYSELF = Path("/proc/self")


def prepare(readable: Sequence[Path]) -> None:
    """Work out beforehand, in a zygote, what does not depend on the worker."""
    view.plan_view((*readable, *view.interpreter_paths()))
    syscalls.template()


def isolate(
    readable: Sequence[Path],
    scratch: Path | None,
    *,
    scratch_bytes: int,
    limits: Limits,
    layers: Collection[Defence],
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
    if scratch is None:
        pid, lifeline = namespaces.fork_into_pid_namespace()
        namespaces.settle(readable, scratch_bytes)
        parent, home = 0, view.SCRATCH
    else:
        pid, lifeline = os.getpid(), None
        parent, home = os.getppid(), scratch
    if os.getpgrp() != os.getpid():
        # a signal to the worker's group or from its terminal concerns nobody else
        os.setsid()

    # an ordinary user has the numbers of a new user namespace for itself
    shared_user = scratch is not None
    if Defence.IDENTITY in layers:
        uid = identity.worker_id(pid) if os.geteuid() == 0 else None
        identity.drop_bounding_set()
        if uid is None:
            identity.drop_capabilities()
        else:
            shared_user = uid == identity.NOBODY
            _leave_root(uid, readable, scratch)
    if Defence.LIMITS in layers:
        apply_limits(limits, shared_user=shared_user)
    identity.gain_nothing()
    identity.die_with(parent)
    if lifeline is not None:
        _check(lifeline)
    if Defence.LANDLOCK in layers and (scratch is not None or landlock_rules.abi()):
        # namespaces hold without Landlock; nothing but Landlock hides files without namespaces
        about = [path for path in (*view.MACHINE, _MYSELF) if path.exists()]
        landlock_rules.confine(readable=[*readable, *about], writable=[home, *view.DEVICES])
    if Defence.SYSCALLS in layers:
        # last: it refuses what the other layers are made of
        syscalls.refuse(os.getpid())
    return pid, home


def _leave_root(uid: int, readable: Sequence[Path], scratch: Path | None) -> None:
    if scratch is None:
        identity.leave_root(uid)
        identity.drop_capabilities()
        return
    os.chown(scratch, uid, uid)
    identity.leave_root(uid, keep_capabilities=True)
    # root's Python may lie in a folder that is closed to others; then Landlock alone decides
    closed = identity.closed_to_us([*readable, scratch])
    identity.drop_capabilities(keep=[identity.CAP_DAC_READ_SEARCH] if closed else [])


def _check(lifeline: int) -> None:
    """End if the outer process died before it was agreed that we die with it."""
    os.set_blocking(lifeline, False)
    try:
        os.read(lifeline, 1)
    except BlockingIOError:
        os.close(lifeline)
    else:
        os._exit(os.EX_OSERR)

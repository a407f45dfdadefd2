"""The one way into the sandbox: what a freshly forked child does before any student code."""

import os
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from autograder.errors import GraderError
from autograder.sandbox import housekeeping
from autograder.sandbox.defences import Defence
from autograder.sandbox.limits import Limits, apply_limits
from autograder.sandbox.tiers import Tier

if sys.platform == "linux":
    from autograder.sandbox import isolation


def prepare(readable: Iterable[Path], by_name: Iterable[Path] = ()) -> None:
    """Do what is the same for every worker; a zygote that calls it saves each of them 2 ms."""
    if sys.platform == "linux":
        isolation.prepare([Path(path) for path in readable], [Path(path) for path in by_name])


def enter(
    tier: Tier,
    *,
    scratch_bytes: int,
    readable: Iterable[Path],
    limits: Limits,
    keep_fds: Collection[int],
    scratch: Path | None = None,
    environment: Mapping[str, str] | None = None,
    without: Collection[Defence] = (),
    by_name: Iterable[Path] = (),
) -> int:
    """Turn this process into a worker that can do no harm, and return in it.

    To be called in a child that was forked from a zygote with a single thread. At tier 1 it forks
    once more: the caller goes on in the inner process, and the zygote's own child waits and ends
    as that ends (`namespaces`). After an error the process is in no defined state: it must end.

    Parameters
    ----------
    tier : Tier
        What this machine gives, from `detect`. At tier 3 nothing is isolated: only limits,
        working folder, environment and file descriptors are set.
    scratch_bytes : int
        How much a worker may write. At tier 1 in all (in memory), else per file.
    readable : iterable of Path
        Files and folders to read, with all they hold, besides Python's and the system's libraries.
    limits : Limits
        What a worker may use up.
    keep_fds : collection of int
        File descriptors that stay open; 0, 1 and 2 become /dev/null unless named here. Never a
        folder's.
    scratch : Path, optional
        The working folder at tiers 2 and 3, from the parent's `scratch_folder`, which removes it.
        Tier 1 needs none: its own is in memory and leaves nothing.
    environment : mapping, optional
        Variables to set besides HOME, TMPDIR and the like; nothing else is inherited.
    without : collection of Defence
        For tests only: layers to leave out.
    by_name : iterable of Path
        Folders of which a worker may read the files whose names it knows, and no list.

    Returns
    -------
    int
        The worker's pid as the zygote sees it: kill it, and read its CPU time and resident set
        from /proc under this number.

    Raises
    ------
    GraderError
        If this machine refuses a part of the tier.
    """
    layers = frozenset(Defence) - frozenset(without)
    paths, folders = [Path(path) for path in readable], [Path(path) for path in by_name]
    for path in (*paths, *folders):
        if not path.is_absolute() or not path.exists():
            raise GraderError(
                f"a worker is to read {path}, which is not there",
                remedy="give absolute paths of files that exist",
            )
    if tier is Tier.NAMESPACES and Defence.NAMESPACES in layers:
        scratch = None
    elif scratch is None:
        raise ValueError(f"tier {tier.value} needs a scratch folder")
    limits = replace(limits, file_bytes=min(limits.file_bytes, scratch_bytes))
    if Defence.DESCRIPTORS in layers:
        housekeeping.close_descriptors(keep_fds)
    try:
        pid, home = _isolate(tier, paths, scratch, scratch_bytes, limits, layers, folders)
    except OSError as error:
        raise GraderError(
            f"this machine refuses tier {tier.value} of the sandbox: {error}",
            remedy="let `choose.choose_tier` find out what it gives",
        ) from error
    housekeeping.move_in(home)
    if Defence.ENVIRONMENT in layers:
        housekeeping.set_environment(home, environment or {})
    return pid


def _isolate(
    tier: Tier,
    readable: list[Path],
    scratch: Path | None,
    scratch_bytes: int,
    limits: Limits,
    layers: Collection[Defence],
    by_name: list[Path],
) -> tuple[int, Path]:
    if scratch is not None and tier is Tier.NONE:
        if sys.platform == "linux" and Defence.LIMITS in layers:
            apply_limits(limits, shared_user=True)
        return os.getpid(), scratch
    if sys.platform != "linux":
        raise GraderError(f"tier {tier.value} of the sandbox needs Linux")
    return isolation.isolate(
        readable,
        scratch,
        scratch_bytes=scratch_bytes,
        limits=limits,
        layers=layers,
        by_name=by_name,
    )

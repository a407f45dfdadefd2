"""The file system as a worker of tier 1 sees it: what it must read, and a scratch folder."""

import ctypes
import functools
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from autograder.sandbox import kernel

SCRATCH = Path("/worker")

# <sys/mount.h>
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 1, 2, 4, 8
_MS_BIND, _MS_REC, _MS_PRIVATE = 1 << 12, 1 << 14, 1 << 18
_MNT_DETACH = 2
# <linux/mount.h>
_MOUNT_SETATTR = 442
_MOUNT_ATTR_RDONLY, _MOUNT_ATTR_NOSUID, _MOUNT_ATTR_NODEV = 1, 2, 4
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000

_OLD = Path("/.old")  # where the host's files stand while the view is built

DEVICES = tuple(Path("/dev") / name for name in ("null", "zero", "full", "random", "urandom"))
# How many processors and how much memory there are: Keras' backends ask.
MACHINE = tuple(Path("/proc") / name for name in ("cpuinfo", "meminfo", "stat"))
# No more of /usr: in a container the course itself may stand in /usr/src.
_SYSTEM = (
    "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib",
    "/usr/share/fonts", "/usr/share/zoneinfo", "/etc/ld.so.cache", "/etc/localtime",
    "/sys/devices/system/cpu",
)  # fmt: skip
_OF_A_PREFIX = ("lib", "lib64", "pyvenv.cfg")


class _MountAttr(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_uint64) for name in ("attr_set", "attr_clr", "propagation", "userns_fd")
    )


@functools.cache
def interpreter_paths() -> tuple[Path, ...]:
    """List what this Python needs to run: its libraries and the system's."""
    prefixes = dict.fromkeys((sys.prefix, sys.base_prefix))
    wanted = [*_SYSTEM, *(f"{prefix}/{name}" for prefix in prefixes for name in _OF_A_PREFIX)]
    return tuple(Path(path) for path in wanted if os.path.exists(path))  # noqa: PTH110 # quicker


def build(readable: Iterable[Path], scratch_bytes: int) -> None:
    """Make the minimal view this process's root, for good.

    The process must be alone in its mount namespace and the first of its pid namespace, with
    CAP_SYS_ADMIN over both. All is read-only but the scratch folder, a file system in memory that
    nobody else sees and that goes with the last process in it.

    Parameters
    ----------
    readable : iterable of Path
        Absolute. A path that leads through a symbolic link is found under both its names.
    scratch_bytes : int
        Size of the scratch folder.
    """
    plan = plan_view(tuple(readable))
    # no mount of ours shows on the host, and none of the host's appears here later
    _mount(None, "/", None, _MS_REC | _MS_PRIVATE)
    stand = "/usr"  # any folder: the pivot uncovers it again
    _mount("tmpfs", stand, "tmpfs", _MS_NOSUID | _MS_NODEV, "size=1m,mode=0755")
    old = f"{stand}{_OLD}"
    Path(old).mkdir()
    kernel.call("pivot_root", os.fsencode(stand), os.fsencode(old))
    os.chdir("/")

    for target, source in plan.binds:
        _bind(f"{_OLD}{source}", target)
        _restrict(target, _MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID | _MOUNT_ATTR_NODEV)
    for link, target in plan.links:
        os.makedirs(os.path.dirname(link), exist_ok=True)  # noqa: PTH103, PTH120
        os.symlink(target, link)  # noqa: PTH211
    for device in DEVICES:
        _bind(f"{_OLD}{device}", str(device))
        _restrict(str(device), _MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID)
    closed = _MS_NOSUID | _MS_NODEV | _MS_NOEXEC
    Path("/proc").mkdir()
    # before the old root goes: the kernel grants a /proc only to who can see a whole one already
    _mount("proc", "/proc", "proc", closed | _MS_RDONLY)
    SCRATCH.mkdir()
    options = f"size={scratch_bytes},nr_inodes=16384,mode=0777"
    _mount("tmpfs", str(SCRATCH), "tmpfs", closed, options)

    kernel.call("umount2", os.fsencode(_OLD), _MNT_DETACH)
    _OLD.rmdir()
    _restrict("/", _MOUNT_ATTR_RDONLY, deep=False)


class Plan(NamedTuple):
    """What stands where in the view: mounts (parents first) and symbolic links."""

    binds: list[tuple[str, str]]
    links: list[tuple[str, str]]


@functools.cache
def plan_view(readable: tuple[Path, ...]) -> Plan:
    """Plan `build`'s work; remembered, so that a zygote may do it before it forks."""
    places: dict[str, str] = {}
    links: dict[str, str] = {}
    for path in readable:
        # links must be followed now: later an absolute one would lead back into the view
        place, real = os.path.abspath(path), os.path.realpath(path)  # noqa: PTH100
        places[real] = real
        if place != real:
            # a link is quicker than a mount, but a link's own folder must be a real one
            plain = os.path.realpath(os.path.dirname(place)) == os.path.dirname(place)  # noqa: PTH120
            (links if plain else places)[place] = real
    # what lies behind a link is reached through it
    covered = set(links)

    def is_covered(place: str) -> bool:
        while place != "/" and place not in covered:
            place = os.path.dirname(place)  # noqa: PTH120
        return place != "/"

    binds: list[tuple[str, str]] = []
    for place in sorted(places, key=lambda name: name.count("/")):
        if not is_covered(place):
            covered.add(place)
            binds.append((place, places[place]))
    wanted = [(link, real) for link, real in links.items() if not is_covered(os.path.dirname(link))]  # noqa: PTH120
    return Plan(binds, wanted)


def _bind(source: str, target: str) -> None:
    if os.path.isdir(source):  # noqa: PTH112
        os.makedirs(target, exist_ok=True)  # noqa: PTH103
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o644))
    _mount(source, target, None, _MS_BIND | _MS_REC)


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str = "") -> None:
    words = [None if word is None else word.encode() for word in (source, target, kind)]
    try:
        kernel.call("mount", *words, flags, data.encode())
    except OSError as error:
        error.filename = target
        raise


def _restrict(target: str, attributes: int, *, deep: bool = True) -> None:
    """Add restrictions to a mount; unlike a remount it need not repeat those in force."""
    wanted = _MountAttr(attr_set=attributes)
    kernel.call(
        "syscall", _MOUNT_SETATTR, _AT_FDCWD, os.fsencode(target), _AT_RECURSIVE if deep else 0,
        ctypes.byref(wanted), ctypes.sizeof(wanted),
    )  # fmt: skip

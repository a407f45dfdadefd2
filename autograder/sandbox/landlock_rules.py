"""Landlock: the files a worker may touch, and no signal or abstract socket beyond itself.

PyPI's `landlock` (1.0.0.dev5) knows neither network rules nor scopes, so the three system calls
are made here.
"""

import ctypes
import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import GraderError
from autograder.sandbox import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every processor

# <linux/landlock.h>
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1
_EXECUTE = 1 << 0
_WRITE_FILE = 1 << 1
_READ_FILE = 1 << 2
_READ_DIR = 1 << 3
_REMOVE_DIR = 1 << 4
_REMOVE_FILE = 1 << 5
_MAKE_DIR = 1 << 7
_MAKE_REG = 1 << 8
_MAKE_FIFO = 1 << 10
_MAKE_SYM = 1 << 12
_REFER = 1 << 13
_TRUNCATE = 1 << 14
_IOCTL_DEV = 1 << 15
_NET_BIND_TCP_CONNECT_TCP = 0b11
_SCOPE_ABSTRACT_UNIX_SOCKET_SIGNAL = 0b11

_ABI_1_RIGHTS = (1 << 13) - 1
_READ = _READ_FILE | _READ_DIR
_SCRATCH = (
    _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _MAKE_FIFO
    | _MAKE_SYM | _REFER | _TRUNCATE
)  # fmt: skip
# What may be granted on a file rather than on a folder.
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV


class _Ruleset(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def abi() -> int:
    """Ask the kernel for its version of Landlock; 0 where it has none or it is switched off."""
    try:
        return kernel.call("syscall", _CREATE_RULESET, None, 0, _CREATE_RULESET_VERSION)
    except OSError as error:
        if error.errno in (errno.ENOSYS, errno.EOPNOTSUPP):
            return 0
        raise


def confine(
    *,
    readable: Iterable[Path],
    writable: Iterable[Path],
    by_name: Iterable[Path] = (),
    listed: Iterable[Path] = (),
) -> None:
    """Allow this process to read `readable` and to use `writable`, and nothing else.

    Needs no_new_privs. What an older kernel cannot refuse (ABI 1 cannot refuse `truncate`, only
    ABI 4 knows TCP, only ABI 6 signals) the system call filter refuses as well. Metadata is not
    covered: whether a file exists, and its size, remain visible.

    Parameters
    ----------
    readable : iterable of Path
        Files, and folders with all they hold.
    writable : iterable of Path
        Folders to read and write in, and devices such as /dev/null.
    by_name : iterable of Path
        Folders whose files may be read by who knows their names, and that may not be listed.
    listed : iterable of Path
        Folders that may be listed, and whose files may not be read.

    Raises
    ------
    GraderError
        If the kernel has no Landlock.
    """
    version = abi()
    if version == 0:
        raise GraderError("this kernel offers no Landlock")
    handled = _ABI_1_RIGHTS
    for right, since in ((_REFER, 2), (_TRUNCATE, 3), (_IOCTL_DEV, 5)):
        handled |= right if version >= since else 0
    attributes = _Ruleset(
        handled,
        _NET_BIND_TCP_CONNECT_TCP if version >= 4 else 0,
        _SCOPE_ABSTRACT_UNIX_SOCKET_SIGNAL if version >= 6 else 0,
    )
    # older kernels accept the longer structure as long as what they do not know is 0
    ruleset = kernel.call(
        "syscall", _CREATE_RULESET, ctypes.byref(attributes), ctypes.sizeof(attributes), 0
    )
    try:
        for paths, rights in (
            (readable, _READ),
            (by_name, _READ_FILE),
            (listed, _READ_DIR),
            (writable, _SCRATCH),
        ):
            for path in paths:
                _allow(ruleset, path, rights & handled)
        kernel.call("syscall", _RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            rights &= _OF_FILES
        rule = _PathBeneath(rights, place)
        kernel.call("syscall", _ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(place)

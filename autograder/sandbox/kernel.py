"""Calls of the Linux kernel that Python 3.11's standard library does not offer."""

import ctypes
import functools
import os
import platform
from typing import TYPE_CHECKING

from autograder.errors import GraderError

if TYPE_CHECKING:
    from _ctypes import _CArgObject

# <linux/prctl.h>
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4


@functools.cache
def _libc() -> ctypes.CDLL:
    # not at import: this module is imported on every system, also where there is no libc
    return ctypes.CDLL(None, use_errno=True)


def call(function: str, *arguments: "int | bytes | _CArgObject | None") -> int:
    """Call a function of the C library; -1 becomes an `OSError` that names the function."""
    # a bare int would travel as 32 bits, and `syscall` and `prctl` take longs
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    result: int = getattr(_libc(), function)(*words)
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{function}: {os.strerror(number)}")
    return result


def prctl(option: int, *arguments: int) -> int:
    """Call prctl(2); what is not given is 0, which several options insist on."""
    padded = (*arguments, 0, 0, 0, 0)[:4]
    return call("prctl", option, *padded)


def machine() -> str:
    """Name the processor family whose system call numbers we know.

    Raises
    ------
    GraderError
        If this is another one.
    """
    name = platform.machine()
    if name not in ("x86_64", "aarch64"):
        raise GraderError(
            f"the sandbox does not know the system calls of a {name} processor",
            remedy="grade on x86_64 or aarch64",
        )
    return name

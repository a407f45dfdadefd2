"""What every worker gets, isolated or not: its folder, its environment, its file descriptors."""

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path


def close_descriptors(keep: Collection[int]) -> None:
    """Close every file descriptor but `keep`; 0, 1 and 2 become /dev/null instead.

    Raises
    ------
    ValueError
        If one of `keep` is a folder's: through it the whole disk would be in reach.
    """
    for number in keep:
        if stat.S_ISDIR(os.fstat(number).st_mode):
            raise ValueError(f"file descriptor {number} is a folder's: a worker may not keep it")
    null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    for number in {0, 1, 2} - set(keep) - {null}:
        os.dup2(null, number)
    close_all_but({0, 1, 2, *keep})


def close_all_but(keep: Collection[int]) -> None:
    """Close every file descriptor but `keep`.

    Those that are there are looked up: `os.closerange` may miss what is above a lowered limit, and
    takes a second for a high one where Python was built for an old C library.
    """
    folder = "/proc/self/fd" if sys.platform == "linux" else "/dev/fd"
    for number in map(int, os.listdir(folder)):  # noqa: PTH208 # numbers, not paths
        if number not in keep:
            # the one that listed the folder is gone already
            with contextlib.suppress(OSError):
                os.close(number)


def move_in(scratch: Path) -> None:
    """Work in `scratch`, and let nobody else read what is written."""
    os.umask(0o077)
    os.chdir(scratch)


def set_environment(scratch: Path, extra: Mapping[str, str]) -> None:
    """Replace the environment by one that says nothing about the grader."""
    home = str(scratch)
    os.environ.clear()
    os.environ |= {
        "HOME": home,
        "TMPDIR": home,
        "USER": "student",
        "LOGNAME": "student",
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "IPYTHONDIR": f"{home}/.ipython",
        "MPLCONFIGDIR": f"{home}/.matplotlib",
        "MPLBACKEND": "agg",
        **extra,
    }
    tempfile.tempdir = None  # the zygote's choice, if it made one

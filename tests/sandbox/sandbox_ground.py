"""What attacks aim at, and the list of them.

A refusal is an OSError or a MemoryError; anything else that an attack raises is a mistake in it.
"""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Ground:
    """What an attack may aim at: made anew for each one by the host."""

    token: str  # stands in the secret, in the victim's environment and in the host's
    secret: Path  # the grader's, mode 600
    gradebook: Path
    grader: Path  # the folder of both
    outside: Path  # an empty folder of the grader's
    readable: Path  # a folder that the worker may read; holds table.csv
    address: int  # where the token stands in the host's memory
    host: int
    victim: int  # a process of the grader's
    tcp: int
    udp: int
    abstract: str
    stream: Path
    datagram: Path
    home: Path
    inherited: int  # a descriptor of the secret's that the host forgot to close


Attack = Callable[[Ground], Any]
# Those that end the host are not for a run of all.
DEADLY: dict[str, Attack] = {}
ATTACKS: dict[str, Attack] = {}
# What an ordinary user cannot do even without a sandbox.
FOR_ROOT: set[str] = set()
# What only a file system of the worker's own prevents.
FOR_NAMESPACES = {"write_many_files"}


def attack(function: Attack) -> Attack:
    ATTACKS[function.__name__] = function
    return function


def deadly_attack(function: Attack) -> Attack:
    DEADLY[function.__name__] = function
    return function


def attack_of_root(function: Attack) -> Attack:
    FOR_ROOT.add(function.__name__)
    return attack(function)


def checked(name: str, *words: object) -> int:
    """Call the C library, -1 becomes an OSError."""
    result = getattr(libc, name)(
        *[ctypes.c_long(word) if isinstance(word, int) else word for word in words]
    )
    if result == -1:
        raise OSError(ctypes.get_errno(), name)
    return result


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]

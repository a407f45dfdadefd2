"""The system call filter, checked against an independent table and by running it in Python."""

import ctypes
import errno
import os
import socket
from collections.abc import Sequence

import pytest

from autograder.sandbox import bpf, syscalls
from autograder.sandbox.syscall_numbers import NUMBERS

MACHINES = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
ALLOW, KILL, ERROR = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
PID = 4321


def verdict(machine: str, name: str, *arguments: int, audit: int | None = None) -> int:
    """Run the filter as the kernel does; a list of 32 bit words stands for struct seccomp_data."""
    number = NUMBERS[name][("x86_64", "aarch64").index(machine)] if name in NUMBERS else int(name)
    assert number is not None
    program = bpf.assemble(
        machine, syscalls._refusals(machine), newest=syscalls._NEWEST, unknown=errno.ENOSYS
    )
    words = [number, audit or MACHINES[machine], 0, 0]
    for argument in (*arguments, 0, 0, 0, 0, 0, 0)[:6]:
        words += [argument & 0xFFFF_FFFF, argument >> 32 & 0xFFFF_FFFF]
    found = interpret([(*head, PID if k == syscalls._ITSELF else k) for *head, k in program], words)
    return 0 if found == ALLOW else found


def interpret(program: Sequence[Sequence[int]], words: list[int]) -> int:
    accumulator, place = 0, 0
    while True:
        code, yes, no, operand = program[place]
        place += 1
        if code == 0x06:
            return operand
        if code == 0x20:
            accumulator = words[operand // 4]
        elif code == 0x54:
            accumulator &= operand
        else:
            taken = accumulator == operand if code == 0x15 else accumulator > operand
            assert code in (0x15, 0x25)
            place += yes if taken else no


def refused(number: int) -> int:
    return ERROR | number


TRUNC = os.O_TRUNC
NEW_THREAD = 0x3D0F00  # what glibc passes for a thread
CASES = [
    ("ptrace", (), refused(errno.EPERM)),
    ("fchmodat", (), refused(0)),
    ("clone3", (), refused(errno.ENOSYS)),
    ("clone", (NEW_THREAD,), 0),
    ("clone", (0x1200011,), refused(errno.EAGAIN)),  # a process, as glibc's fork makes one
    ("clone", (NEW_THREAD | 0x1000_0000,), refused(errno.EAGAIN)),
    ("kill", (PID, 9), 0),
    ("kill", (PID + 1, 9), refused(errno.EPERM)),
    ("kill", (0, 9), refused(errno.EPERM)),
    ("kill", (-1, 9), refused(errno.EPERM)),
    ("kill", (-PID, 9), refused(errno.EPERM)),
    ("kill", (PID + 1 + (1 << 32), 9), refused(errno.EPERM)),
    ("prlimit64", (0, 7), 0),
    ("prlimit64", (PID, 7), 0),
    ("prlimit64", (PID + 1, 7), refused(errno.EPERM)),
    ("socket", (socket.AF_INET, 1), refused(errno.EAFNOSUPPORT)),
    ("socket", (socket.AF_UNIX, 1), refused(errno.EAFNOSUPPORT)),
    ("socketpair", (socket.AF_UNIX, 1 | 0x80800), 0),
    ("socketpair", (socket.AF_UNIX, 2), refused(errno.EAFNOSUPPORT)),
    ("socketpair", (socket.AF_INET, 1), refused(errno.EAFNOSUPPORT)),
    ("openat", (0, 0, os.O_RDONLY), 0),
    ("openat", (0, 0, os.O_WRONLY | TRUNC | os.O_CREAT), 0),
    ("openat", (0, 0, os.O_RDWR | TRUNC), 0),
    ("openat", (0, 0, os.O_RDONLY | TRUNC), refused(errno.EACCES)),
    ("openat", (0, 0, 3 | TRUNC), refused(errno.EACCES)),
    ("fcntl", (3, 4), 0),
    ("fcntl", (3, 8), refused(errno.EPERM)),
    ("ioctl", (3, 0x5401), 0),
    ("ioctl", (3, 0x5412), refused(errno.EPERM)),
    ("prctl", (15,), 0),
    ("prctl", (1,), refused(errno.EPERM)),
    ("mmap", (0, 4096, 3, 0x22), 0),
    ("mmap", (0, 4096, 3, 0x01), 0),
    ("mmap", (0, 4096, 3, 0x20022), 0),  # a thread's stack
    ("mmap", (0, 4096, 3, 0x21), refused(errno.ENOMEM)),
    ("mmap", (0, 4096, 3, 0x122), refused(errno.ENOMEM)),
    ("0", (), 0),
    ("463", (), refused(errno.ENOSYS)),
    (str(0x4000_0000), (), refused(errno.ENOSYS)),  # x32
]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("name", "arguments", "expected"), CASES, ids=[f"{name}{words}" for name, words, _ in CASES]
)
def test_the_filter_decides(
    machine: str, name: str, arguments: tuple[int, ...], expected: int
) -> None:
    assert verdict(machine, name, *arguments) == expected


@pytest.mark.parametrize("machine", MACHINES)
def test_another_processors_calls_kill(machine: str) -> None:
    assert verdict(machine, "0", audit=0x4000_0003) == KILL


@pytest.mark.parametrize("machine", MACHINES)
def test_numbers_are_those_of_libseccomp(machine: str) -> None:
    try:
        library = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        pytest.skip("needs libseccomp2")
    resolve = library.seccomp_syscall_resolve_name_arch
    ours, theirs, unknown = {}, {}, []
    for name, numbers in NUMBERS.items():
        number = resolve(ctypes.c_uint32(MACHINES[machine]), name.encode())
        if number == -1:
            unknown.append(name)  # newer than the library
            continue
        ours[name] = numbers[("x86_64", "aarch64").index(machine)]
        # a negative number stands for a call that this processor does not have
        theirs[name] = number if number >= 0 else None
    assert ours == theirs
    assert len(unknown) < 5

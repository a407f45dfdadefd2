"""A system call filter as a program of classic BPF, the language seccomp understands.

`pyseccomp` would need the shared library libseccomp, which pip cannot install, and Debian 12's
knows no call newer than 2023; a filter of one shape (a verdict for each number) needs only what
follows.
"""

import ctypes
import struct
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from autograder.sandbox import kernel

# <linux/seccomp.h>
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_FILTER_FLAG_SPEC_ALLOW = 1 << 2
_KILL_PROCESS = 0x8000_0000
_ERRNO = 0x0005_0000
_ALLOW = 0x7FFF_0000
_NUMBER_AT, _MACHINE_AT, _ARGUMENTS_AT = 0, 4, 16  # offsets in struct seccomp_data

# <linux/bpf_common.h>
_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_AND = 0x54  # BPF_ALU | BPF_AND | BPF_K
_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_GREATER = 0x25  # BPF_JMP | BPF_JGT | BPF_K
_RETURN = 0x06  # BPF_RET | BPF_K

_AUDIT_ARCH = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
_SECCOMP_SYSCALL = {"x86_64": 317, "aarch64": 277}

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, operand


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether the low 32 bits of an argument, under a mask, are one of some values.

    The kernel reads the arguments that we test as 32 bits, so the high half may hold anything.
    """

    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Refusal:
    """One system call that ends in an error.

    Parameters
    ----------
    number : int
        The call, on this processor.
    error : int
        Its errno; 0 lets the call seem to succeed without having done anything.
    unless : sequence of Condition
        The call is let through if all of these hold.
    when : Condition, optional
        The call is refused only if this holds.
    """

    number: int
    error: int
    unless: tuple[Condition, ...] = ()
    when: Condition | None = None


def assemble(
    machine: str,
    refusals: Sequence[Refusal],
    *,
    allowed: Iterable[int],
    newest: int,
    other: int,
    unknown: int,
) -> list[Instruction]:
    """Write the filter: each number up to `newest` has a verdict, and none above it passes.

    Parameters
    ----------
    refusals : sequence of Refusal
        Calls with an error of their own, or whose arguments decide.
    allowed : iterable of int
        Calls that pass.
    newest : int
        The last call that somebody has judged.
    other : int
        The error of every other call up to there.
    unknown : int
        The error of a later one (ENOSYS: the C library then falls back to an older call). On
        x86_64 that covers the x32 calls, whose numbers have bit 30 set; calls of another
        processor's mode kill the process.
    """
    program = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 1, 0, _AUDIT_ARCH[machine]),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    verdicts = {number: [(_RETURN, 0, 0, _ALLOW)] for number in allowed}
    verdicts |= {refusal.number: _body(refusal) for refusal in refusals}
    refuse = [(_RETURN, 0, 0, _ERRNO | other)]
    # neighbours with the same verdict share it, so that the common calls are found soon
    for body, numbers in groupby(range(newest + 1), lambda number: verdicts.get(number, refuse)):
        program += [(_GREATER, len(body), 0, max(numbers)), *body]
    return [*program, (_RETURN, 0, 0, _ERRNO | unknown)]


def _body(refusal: Refusal) -> list[Instruction]:
    """Decide a call that has been recognised; each way through ends in a return."""
    refuse = (_RETURN, 0, 0, _ERRNO | refusal.error)
    allow = (_RETURN, 0, 0, _ALLOW)
    if refusal.when is not None:
        return [*_test(refusal.when, [refuse]), allow]
    body = [refuse]
    if refusal.unless:
        inner = [allow]
        for test in reversed(refusal.unless):
            inner = _test(test, inner)
        body = [*inner, refuse]
    return body


def _test(test: Condition, then: list[Instruction]) -> list[Instruction]:
    """Run `then` if the test holds, else go on behind it."""
    compare = []
    for place, value in enumerate(test.values):
        others = len(test.values) - place - 1
        # a match jumps over the other comparisons; the last mismatch jumps over `then`
        compare.append((_EQUAL, others, 0 if others else len(then), value))
    # little-endian: the low half comes first
    load = (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * test.argument)
    return [load, (_AND, 0, 0, test.mask), *compare, *then]


class _Fprog(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def install(program: Sequence[Instruction], machine: str) -> None:
    """Apply a filter to this process for good; needs no_new_privs."""
    assert sys.byteorder == "little"
    packed = b"".join(struct.pack("HBBI", *instruction) for instruction in program)
    description = _Fprog(len(program), packed)
    kernel.call(
        "syscall",
        _SECCOMP_SYSCALL[machine],
        _SECCOMP_SET_MODE_FILTER,
        # without it kernels before 5.16 slow the student's numerics down (a Spectre mitigation)
        _SECCOMP_FILTER_FLAG_SPEC_ALLOW,
        ctypes.byref(description),
    )

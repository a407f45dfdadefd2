"""The system calls that a worker is refused, and why; everything else passes.

A list of refusals rather than of permissions: numpy, Keras and its backends must run with every
C library. What is newer than the list is refused as well, so a future call is not a hole.
"""

import errno
import functools
import os
import socket

from autograder.sandbox import bpf, kernel
from autograder.sandbox.bpf import Condition, Refusal
from autograder.sandbox.syscall_numbers import NUMBERS

_NEWEST = 462  # mseal, Linux 6.10: the last call that this list has judged

_ITSELF = 0x7FFF_FFFF  # stands for the pid; Linux gives out none so high
_CLONE_THREAD = 0x0001_0000
_CLONE_ANY_NEW_NAMESPACE = 0x7E02_0080
_SOCK_NONBLOCK_CLOEXEC = 0x0008_0800
_MAP_SHARED, _MAP_ANONYMOUS, _MAP_GROWSDOWN = 0x01, 0x20, 0x100
_F_SETOWN, _F_SETSIG, _F_SETOWN_EX, _F_SETLEASE, _F_NOTIFY = 8, 10, 15, 1024, 1026
_TIOCSTI, _TIOCLINUX, _FIOSETOWN, _SIOCSPGRP = 0x5412, 0x541C, 0x8901, 0x8902
_O_TRUNC_AND_ACCESS_MODE = os.O_TRUNC | os.O_ACCMODE
_UNCOUNTED_MASK = _MAP_SHARED | _MAP_ANONYMOUS | _MAP_GROWSDOWN
_UNCOUNTED = (
    _MAP_SHARED | _MAP_ANONYMOUS,
    *(_MAP_GROWSDOWN | rest for rest in (0, _MAP_SHARED, _MAP_ANONYMOUS)),
    _UNCOUNTED_MASK,
)

# fmt: off
# Nothing a notebook does needs these.
_NEVER = (
    # other programs; other processes' signals, memory and share of the processors
    "execve", "execveat", "tkill", "pidfd_send_signal", "pidfd_open", "pidfd_getfd",
    "ptrace", "process_vm_readv", "process_vm_writev", "kcmp",
    "process_madvise", "process_mrelease", "migrate_pages", "move_pages",
    "setpriority", "ioprio_set", "sched_setscheduler", "sched_setparam", "sched_setattr",
    # names in the network; what outlives its maker
    "connect", "bind", "listen", "accept", "accept4",
    "shmget", "semget", "msgget", "mq_open", "keyctl", "add_key", "request_key",
    # the whole machine's disks
    "sync", "syncfs",
    # ways around Landlock's paths
    "open_by_handle_at", "name_to_handle_at", "inotify_init", "inotify_init1", "fanotify_init",
    "mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount", "mount_setattr",
    "fsopen", "fsconfig", "fsmount", "fspick", "unshare", "setns",
    # large parts of the kernel, with a history of holes
    "io_uring_setup", "io_uring_enter", "io_uring_register", "bpf", "perf_event_open",
    "userfaultfd", "personality", "modify_ldt", "syslog",
)

# Landlock does not cover a file's metadata, and its truncation only since ABI 3. Namespaces would
# make these harmless; refused everywhere, a grade does not depend on the tier.
_METADATA = (
    "truncate", "chown", "fchown", "lchown", "fchownat",
    "utime", "utimes", "futimesat", "utimensat",
    "setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr",
)
# fmt: on

# IPython's start makes its folder private and does not survive a refusal.
_SUCCEED_WITHOUT_EFFECT = ("chmod", "fchmod", "fchmodat", "fchmodat2")

# The C library has an older way: clone, openat, a temporary file.
_ABSENT = ("clone3", "openat2", "memfd_create", "memfd_secret")

# A new process could outlive the worker. Threads come through clone.
_TRY_AGAIN = ("fork", "vfork")


def refuse(pid: int) -> None:
    """Apply the filter to this process for good; needs no_new_privs.

    Parameters
    ----------
    pid : int
        This process as it sees itself; it may signal nobody else.
    """
    bpf.install(program(pid), kernel.machine())


def program(pid: int) -> list[bpf.Instruction]:
    """Assemble the filter for the process `pid`."""
    return [
        (code, yes, no, pid if operand == _ITSELF else operand)
        for code, yes, no, operand in template()
    ]


@functools.cache
def template() -> list[bpf.Instruction]:
    """Assemble it but for the pid; remembered, so that a zygote may do it before it forks."""
    machine = kernel.machine()
    return bpf.assemble(machine, _refusals(machine), newest=_NEWEST, unknown=errno.ENOSYS)


def _refusals(machine: str) -> list[Refusal]:
    column = ("x86_64", "aarch64").index(machine)
    found = []

    def add(
        *names: str, error: int, unless: tuple[Condition, ...] = (), when: Condition | None = None
    ) -> None:
        for name in names:
            number = NUMBERS[name][column]
            if number is not None:
                found.append(Refusal(number, error, unless, when))

    add(*_NEVER, *_METADATA, error=errno.EPERM)
    add(*_SUCCEED_WITHOUT_EFFECT, error=0)
    add(*_ABSENT, error=errno.ENOSYS)
    add(*_TRY_AGAIN, error=errno.EAGAIN)
    thread = Condition(0, (_CLONE_THREAD,), mask=_CLONE_THREAD | _CLONE_ANY_NEW_NAMESPACE)
    add("clone", error=errno.EAGAIN, unless=(thread,))

    # without a pid namespace the grader is in reach: it runs as the same user
    itself = Condition(0, (_ITSELF,))
    add(
        "kill",
        "tgkill",
        "rt_sigqueueinfo",
        "rt_tgsigqueueinfo",
        error=errno.EPERM,
        unless=(itself,),
    )
    add("prlimit64", "sched_setaffinity", error=errno.EPERM, unless=(Condition(0, (0, _ITSELF)),))
    # SIGIO by another name: F_SETOWN chooses the process, F_SETSIG the signal
    owner = Condition(1, (_F_SETOWN, _F_SETSIG, _F_SETOWN_EX, _F_SETLEASE, _F_NOTIFY))
    add("fcntl", error=errno.EPERM, when=owner)
    add(
        "ioctl",
        error=errno.EPERM,
        when=Condition(1, (_TIOCSTI, _TIOCLINUX, _FIOSETOWN, _SIOCSPGRP)),
    )
    add("prctl", error=errno.EPERM, when=Condition(0, (kernel.PR_SET_PDEATHSIG,)))

    # asyncio, hence IPython, wakes itself through a pair of stream sockets; a datagram socket
    # could still send to any name
    stream = Condition(1, (socket.SOCK_STREAM,), mask=~_SOCK_NONBLOCK_CLOEXEC & 0xFFFF_FFFF)
    add("socket", error=errno.EAFNOSUPPORT)
    add("socketpair", error=errno.EAFNOSUPPORT, unless=(Condition(0, (socket.AF_UNIX,)), stream))

    # before ABI 3 of Landlock, opening to read or for nothing with O_TRUNC empties the file
    emptying = (os.O_TRUNC, os.O_TRUNC | os.O_ACCMODE)
    add("open", error=errno.EACCES, when=Condition(1, emptying, mask=_O_TRUNC_AND_ACCESS_MODE))
    add("openat", error=errno.EACCES, when=Condition(2, emptying, mask=_O_TRUNC_AND_ACCESS_MODE))

    # memory that RLIMIT_DATA does not count
    add("mmap", error=errno.ENOMEM, when=Condition(3, _UNCOUNTED, mask=_UNCOUNTED_MASK))
    return found

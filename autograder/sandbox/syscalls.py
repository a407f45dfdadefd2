"""The system calls that a worker may make; every other is refused, known to us or not.

The list was made from what runs: Python, IPython, NumPy, pandas, matplotlib and Keras on JAX,
TensorFlow and torch under strace. A call that is not on it ends in an error: in ENOSYS where a C
library or a framework then takes an older way, else in EPERM.
"""

import errno
import functools
import os
import socket

from autograder.sandbox import bpf, kernel
from autograder.sandbox.bpf import Condition, Refusal
from autograder.sandbox.syscall_numbers import NUMBERS

_NEWEST = 471  # the last call of `NUMBERS`; a later one is answered as if the kernel had none

# fmt: off
_FILES = (
    "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "sendfile",
    "creat", "close", "close_range", "dup", "dup2", "dup3", "pipe", "pipe2",
    "lseek", "ftruncate", "umask", "getcwd", "chdir", "fchdir", "getdents", "getdents64",
    "stat", "fstat", "lstat", "newfstatat", "statx", "access", "faccessat", "faccessat2",
    "readlink", "readlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir",
    "unlink", "unlinkat", "link", "linkat", "symlink", "symlinkat",
)
_WAITING = (
    "poll", "ppoll", "select", "pselect6", "epoll_create", "epoll_create1", "epoll_ctl",
    "epoll_wait", "epoll_pwait", "eventfd", "eventfd2",
    "shutdown", "getsockname", "getpeername", "getsockopt",
)
_MEMORY = ("brk", "munmap", "mremap", "mprotect")
_ITSELF_AND_THREADS = (
    "exit", "exit_group", "futex", "set_robust_list", "rseq", "set_tid_address", "arch_prctl",
    "sched_yield", "sched_get_priority_max", "sched_get_priority_min",
    # JAX asks them of each of its threads, whose numbers a filter cannot know
    "sched_getaffinity", "sched_getscheduler", "sched_getparam",
    "getpid", "getppid", "gettid", "getpgrp", "getuid", "geteuid", "getgid", "getegid",
    "getresuid", "getresgid", "getgroups", "capget", "wait4", "waitid",
    "getrlimit", "setrlimit", "getrusage", "times", "uname", "sysinfo", "getcpu", "getrandom",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigsuspend",
    "rt_sigtimedwait", "sigaltstack", "pause", "alarm", "getitimer", "setitimer",
    "restart_syscall",
)
_CLOCK = ("nanosleep", "gettimeofday", "time")
_ALLOWED = (*_FILES, *_WAITING, *_MEMORY, *_ITSELF_AND_THREADS, *_CLOCK)

# IPython's start makes its folder private and does not survive a refusal. A lock on a library's
# file would be seen by other students' workers, and a flush to the disk would slow them down.
_SUCCEED_WITHOUT_EFFECT = (
    "chmod", "fchmod", "fchmodat", "fchmodat2", "flock", "fsync", "fdatasync", "msync",
)

# The C library or a framework has another way: clone, openat, a temporary file, preadv. Several
# of them would tell which library files lie in the page cache, which any student's code can change.
_ABSENT = (
    "clone3", "openat2", "memfd_create", "memfd_secret", "preadv2", "pwritev2", "copy_file_range",
    "splice", "tee", "vmsplice", "sync_file_range", "epoll_pwait2", "futex_waitv", "futex_wait",
    "futex_wake", "futex_requeue", "membarrier", "get_mempolicy", "set_mempolicy", "mbind",
    "pkey_alloc", "pkey_free", "pkey_mprotect", "mseal", "map_shadow_stack", "rseq_slice_yield",
    "fadvise64", "readahead", "mincore", "cachestat", "process_madvise",
    "io_uring_setup", "io_uring_enter", "io_uring_register", "statfs", "fstatfs",
    "getxattrat", "setxattrat", "listxattrat", "removexattrat", "file_getattr", "file_setattr",
)

# `shutil.copystat` passes over these errors and no other.
_WITHOUT_ATTRIBUTES = (
    "getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr",
)
# The C library writes zeros instead.
_UNSUPPORTED = ("fallocate",)

# A new process could outlive the worker. Threads come through clone.
_TRY_AGAIN = ("fork", "vfork")

# Which process they ask about, or act on, is their first argument.
_OF_ITSELF = ("getpgid", "getsid", "prlimit64")
_SIGNALS = ("kill", "tgkill")
# fmt: on

_ITSELF = 0x7FFF_FFFF  # stands for the pid; Linux gives out none so high
_CLONE_THREAD = 0x0001_0000
_CLONE_ANY_NEW_NAMESPACE = 0x7E02_0080
_SOCK_NONBLOCK_CLOEXEC = 0x0008_0800
_MAP_SHARED, _MAP_ANONYMOUS, _MAP_GROWSDOWN = 0x01, 0x20, 0x100
_O_TRUNC_AND_ACCESS_MODE = os.O_TRUNC | os.O_ACCMODE
_UNCOUNTED_MASK = _MAP_SHARED | _MAP_ANONYMOUS | _MAP_GROWSDOWN
_UNCOUNTED = (
    _MAP_SHARED | _MAP_ANONYMOUS,
    *(_MAP_GROWSDOWN | rest for rest in (0, _MAP_SHARED, _MAP_ANONYMOUS)),
    _UNCOUNTED_MASK,
)
# Duplicate, and read or write the flags of a descriptor. Not its owner or signal (SIGIO reaches
# any process), not leases and record locks (others see them), not a larger pipe (memory that no
# limit counts).
_F_DUPFD_TO_SETFL, _F_DUPFD_CLOEXEC, _F_GETPIPE_SZ = range(5), 1030, 1032
_TCGETS, _TIOCGWINSZ, _FIONREAD, _FIONBIO, _FIONCLEX, _FIOCLEX = (
    0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451,
)  # fmt: skip
_PR_GET_DUMPABLE, _PR_SET_NAME, _PR_GET_NAME, _PR_CAPBSET_READ, _PR_SET_VMA = (
    3, 15, 16, 23, 0x5356_4D41,
)  # fmt: skip
# NORMAL, RANDOM, SEQUENTIAL, DONTNEED, FREE, DONTFORK, DOFORK, HUGEPAGE, NOHUGEPAGE, DONTDUMP,
# DODUMP. The others fetch or evict a file's pages, or find equal pages of other processes.
_MADVICE = (0, 1, 2, 4, 8, 10, 11, 14, 15, 16, 17)
# REALTIME to TAI. Other numbers are the CPU time of some process, anybody's.
_CLOCKS = tuple(range(12))


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
    return assemble(kernel.machine())


def assemble(machine: str) -> list[bpf.Instruction]:
    """Assemble the filter of a processor, with `_ITSELF` for the pid."""
    allowed = [number for name in _ALLOWED if (number := _number(name, machine)) is not None]
    return bpf.assemble(
        machine,
        _refusals(machine),
        allowed=allowed,
        newest=_NEWEST,
        other=errno.EPERM,
        unknown=errno.ENOSYS,
    )


def _number(name: str, machine: str) -> int | None:
    return NUMBERS[name][("x86_64", "aarch64").index(machine)]


def _refusals(machine: str) -> list[Refusal]:
    """List the calls that are refused with an error of their own, or only for some arguments."""
    found = []

    def add(
        *names: str, error: int, unless: tuple[Condition, ...] = (), when: Condition | None = None
    ) -> None:
        for name in names:
            number = _number(name, machine)
            if number is not None:
                found.append(Refusal(number, error, unless, when))

    add(*_SUCCEED_WITHOUT_EFFECT, error=0)
    add(*_ABSENT, error=errno.ENOSYS)
    add(*_WITHOUT_ATTRIBUTES, *_UNSUPPORTED, error=errno.EOPNOTSUPP)
    add(*_TRY_AGAIN, error=errno.EAGAIN)
    thread = Condition(0, (_CLONE_THREAD,), mask=_CLONE_THREAD | _CLONE_ANY_NEW_NAMESPACE)
    add("clone", error=errno.EAGAIN, unless=(thread,))

    # without a pid namespace the grader is in reach: it runs as the same user
    add(*_SIGNALS, error=errno.EPERM, unless=(Condition(0, (_ITSELF,)),))
    add(*_OF_ITSELF, error=errno.EPERM, unless=(Condition(0, (0, _ITSELF)),))
    clock = (Condition(0, _CLOCKS),)
    add("clock_gettime", "clock_getres", "clock_nanosleep", error=errno.EINVAL, unless=clock)

    commands = (*_F_DUPFD_TO_SETFL, _F_DUPFD_CLOEXEC, _F_GETPIPE_SZ)
    add("fcntl", error=errno.EPERM, unless=(Condition(1, commands),))
    requests = (_TCGETS, _TIOCGWINSZ, _FIONREAD, _FIONBIO, _FIONCLEX, _FIOCLEX)
    add("ioctl", error=errno.ENOTTY, unless=(Condition(1, requests),))
    options = (_PR_GET_DUMPABLE, _PR_SET_NAME, _PR_GET_NAME, _PR_CAPBSET_READ, _PR_SET_VMA)
    add("prctl", error=errno.EPERM, unless=(Condition(0, options),))

    # asyncio, hence IPython, wakes itself through a pair of stream sockets; a datagram socket
    # could still send to any name. Descriptors never travel, nor does out-of-band data.
    stream = Condition(1, (socket.SOCK_STREAM,), mask=~_SOCK_NONBLOCK_CLOEXEC & 0xFFFF_FFFF)
    add("socket", error=errno.EAFNOSUPPORT)
    add("socketpair", error=errno.EAFNOSUPPORT, unless=(Condition(0, (socket.AF_UNIX,)), stream))
    in_band = (Condition(3, (0,), mask=socket.MSG_OOB),)
    add("sendto", "recvfrom", error=errno.EOPNOTSUPP, unless=in_band)

    # before ABI 3 of Landlock, opening to read or for nothing with O_TRUNC empties the file
    emptying = (os.O_TRUNC, os.O_TRUNC | os.O_ACCMODE)
    add("open", error=errno.EACCES, when=Condition(1, emptying, mask=_O_TRUNC_AND_ACCESS_MODE))
    add("openat", error=errno.EACCES, when=Condition(2, emptying, mask=_O_TRUNC_AND_ACCESS_MODE))

    # memory that RLIMIT_DATA does not count
    add("mmap", error=errno.ENOMEM, when=Condition(3, _UNCOUNTED, mask=_UNCOUNTED_MASK))
    add("madvise", error=errno.EINVAL, unless=(Condition(2, _MADVICE),))
    return found

"""The system call filter, checked against an independent table and by running it in Python."""

import ctypes
import errno
import os
import re
import socket
from collections.abc import Sequence
from pathlib import Path

import pytest
from sandbox_arena import Host

from autograder.sandbox import syscalls
from autograder.sandbox.syscall_numbers import NUMBERS

MACHINES = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
ALLOW, KILL, ERROR = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
PID = 4321


def verdict(machine: str, name: str, *arguments: int, audit: int | None = None) -> int:
    """Run the filter as the kernel does; a list of 32 bit words stands for struct seccomp_data."""
    number = NUMBERS[name][("x86_64", "aarch64").index(machine)] if name in NUMBERS else int(name)
    assert number is not None
    program = syscalls.assemble(machine)
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
    ("ioctl", (3, 0x5412), refused(errno.ENOTTY)),
    ("prctl", (15,), 0),
    ("prctl", (1,), refused(errno.EPERM)),
    ("mmap", (0, 4096, 3, 0x22), 0),
    ("mmap", (0, 4096, 3, 0x01), 0),
    ("mmap", (0, 4096, 3, 0x20022), 0),  # a thread's stack
    ("mmap", (0, 4096, 3, 0x21), refused(errno.ENOMEM)),
    ("mmap", (0, 4096, 3, 0x122), refused(errno.ENOMEM)),
    ("read", (), 0),
    ("472", (), refused(errno.ENOSYS)),
    ("clock_gettime", (2,), 0),
    ("clock_gettime", (~PID << 3 | 2,), refused(errno.EINVAL)),  # the CPU time of a process
    ("clock_gettime", (-6 & 0xFFFF_FFFF,), refused(errno.EINVAL)),
    ("sendto", (3, 0, 1, 0), 0),
    ("sendto", (3, 0, 1, socket.MSG_OOB), refused(errno.EOPNOTSUPP)),
    ("recvfrom", (3, 0, 1, socket.MSG_OOB | socket.MSG_PEEK), refused(errno.EOPNOTSUPP)),
    ("fcntl", (3, 1030), 0),
    ("fcntl", (3, 1031), refused(errno.EPERM)),  # a larger pipe
    ("fcntl", (3, 6), refused(errno.EPERM)),  # a record lock
    ("fcntl", (3, 36), refused(errno.EPERM)),
    ("madvise", (0, 4096, 4), 0),
    ("madvise", (0, 4096, 21), refused(errno.EINVAL)),  # evicts pages of a file
    ("madvise", (0, 4096, 12), refused(errno.EINVAL)),  # finds equal pages of others
    ("prctl", (22, 2), refused(errno.EPERM)),  # another filter is memory that no limit counts
    ("flock", (3, 2), refused(0)),
    ("getsid", (PID + 1,), refused(errno.EPERM)),
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


# What no notebook needs and what has let somebody through, here or elsewhere.
# fmt: off
NEVER = (
    "shmget", "shmat", "shmdt", "shmctl", "msgget", "msgsnd", "msgrcv", "msgctl", "semget",
    "semop", "semtimedop", "semctl", "mq_open", "mq_unlink", "mq_timedsend", "mq_timedreceive",
    "mq_notify", "mq_getsetattr", "fadvise64", "readahead", "preadv2", "pwritev2", "mincore",
    "cachestat", "process_madvise", "remap_file_pages", "io_uring_setup", "io_uring_enter",
    "io_uring_register", "io_setup", "io_submit", "userfaultfd", "bpf", "perf_event_open",
    "keyctl", "add_key", "request_key", "name_to_handle_at", "open_by_handle_at", "memfd_create",
    "memfd_secret", "ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_open",
    "pidfd_getfd", "pidfd_send_signal", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
    "setpriority", "ioprio_set", "sched_setaffinity", "sched_setscheduler", "sched_setparam",
    "sched_setattr", "sched_getattr", "landlock_create_ruleset", "landlock_add_rule",
    "landlock_restrict_self", "seccomp", "unshare", "setns", "mount", "umount2", "move_mount",
    "open_tree", "fsopen", "pivot_root", "chroot", "statmount", "listmount", "execve", "execveat",
    "fork", "vfork", "clone3", "bind", "listen", "connect", "accept", "accept4", "sendmsg",
    "recvmsg", "sendmmsg", "recvmmsg", "setsockopt", "inotify_init", "inotify_init1",
    "fanotify_init", "signalfd4", "timer_create", "timerfd_create", "splice", "tee", "vmsplice",
    "mlock", "mlockall", "personality", "modify_ldt", "iopl", "ioperm", "membarrier", "syslog",
    "sync", "syncfs", "sync_file_range", "statfs", "fstatfs", "quotactl", "truncate", "utimensat",
    "setxattr", "removexattr", "chown", "fchown", "mknod", "mknodat", "reboot", "kexec_load",
    "init_module", "swapon", "acct", "setuid", "setresuid", "setgroups", "capset", "settimeofday",
    "clock_settime", "adjtimex", "listns",
)
# fmt: on


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", NEVER)
def test_what_no_notebook_needs_is_refused_whatever_its_arguments(machine: str, name: str) -> None:
    if NUMBERS[name][("x86_64", "aarch64").index(machine)] is None:
        pytest.skip("this processor has no such call")
    for arguments in ((), (PID,) * 6, (1, 2, 3, 0, 0, 0), (0xFFFF_FFFF_FFFF_FFFF,) * 6):
        found = verdict(machine, name, *arguments)
        assert found & ~0xFFFF == ERROR
        assert found & 0xFFFF != 0


@pytest.mark.parametrize("machine", MACHINES)
def test_every_number_has_a_verdict_and_none_passes_without_a_name(machine: str) -> None:
    column = ("x86_64", "aarch64").index(machine)
    named = {NUMBERS[name][column] for name in syscalls._ALLOWED}
    decided = {refusal.number for refusal in syscalls._refusals(machine)}
    assert not named & decided, "listed twice"
    assert max(filter(None, (row[column] for row in NUMBERS.values()))) == syscalls._NEWEST
    for number in range(1200):
        found = verdict(machine, str(number))
        if number in named:
            assert found == 0
        elif number > syscalls._NEWEST:
            assert found == refused(errno.ENOSYS)
        elif number not in decided:
            assert found == refused(errno.EPERM)


def test_the_kernel_refuses_what_the_table_says(host: Host, tier: int, user: str) -> None:
    """Every call that is refused whatever its arguments is made, and so are numbers of no call."""
    [report] = host("try_every_refused_call", tier=tier, user=user)
    assert "achieved" in report, report
    errors = {int(number): error for number, error in report["achieved"].items()}
    assert len(errors) > 300
    machine = os.uname().machine
    assert errors == {number: verdict(machine, str(number)) & 0xFFFF for number in errors}


def headers() -> dict[str, int]:
    """The numbers of this machine's own headers, if it has any."""
    for file in Path("/usr/include").glob("**/asm/unistd_64.h"):
        rows = re.findall(r"#define __NR_(\w+)\s+(\d+)", file.read_text("ascii"))
        return {name: int(number) for name, number in rows}
    return {}


def test_numbers_are_those_of_this_machines_headers() -> None:
    theirs = headers()
    if not theirs or os.uname().machine != "x86_64":
        pytest.skip("needs the kernel's headers")
    ours = {name: row[0] for name, row in NUMBERS.items() if row[0] is not None}
    newer = {name: number for name, number in theirs.items() if number > syscalls._NEWEST}
    assert {name: ours.get(name) for name in theirs} == theirs, f"judge these: {newer}"


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
    assert len(unknown) < 50

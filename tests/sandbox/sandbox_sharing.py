"""Attacks through what all programs share: page cache, clocks, IPC, locks, the kernel."""

import ctypes
import errno
import fcntl
import mmap
import os
import socket
import time
from pathlib import Path

from sandbox_ground import Ground, attack, checked

X86_64 = os.uname().machine == "x86_64"


def call(x86_64: int, aarch64: int, *words: object) -> int:
    return checked("syscall", x86_64 if X86_64 else aarch64, *words)


@attack
def ask_the_page_cache(ground: Ground) -> bool:
    file = os.open(ground.readable / "table.csv", os.O_RDONLY)
    rwf_nowait = 8
    try:
        return os.preadv(file, [bytearray(8)], 0, rwf_nowait) > 0
    except BlockingIOError:
        return True


@attack
def evict_from_the_page_cache(ground: Ground) -> bool:
    file = os.open(ground.readable / "table.csv", os.O_RDONLY)
    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    return True


@attack
def count_resident_pages(ground: Ground) -> bool:
    with (ground.readable / "table.csv").open("rb") as file:
        mapped = mmap.mmap(
            file.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ | mmap.PROT_WRITE
        )
    place, pages = ctypes.addressof(ctypes.c_char.from_buffer(mapped)), bytes(1)
    call(27, 232, place, len(mapped), pages)
    return True


@attack
def read_own_page_map(_: Ground) -> bool:
    with Path("/proc/self/smaps").open() as file:
        return bool(file.read(10))


@attack
def read_network_tables(_: Ground) -> bool:
    return len(Path("/proc/self/net/unix").read_text().splitlines()) > 1


@attack
def read_network_tables_of_a_thread(_: Ground) -> bool:
    path = Path(f"/proc/self/task/{os.getpid()}/net/unix")
    return len(path.read_text().splitlines()) > 1


@attack
def read_the_victims_cpu_time(ground: Ground) -> bool:
    return time.clock_gettime(~ground.victim << 3 | 2) >= 0


@attack
def ask_for_the_victims_session(ground: Ground) -> bool:
    return os.getsid(ground.victim) == ground.victim


@attack
def list_shared_memory(_: Ground) -> bool:
    shm_info = 14
    return call(31, 195, 0, shm_info, bytes(256)) >= 0


@attack
def list_message_queues(_: Ground) -> bool:
    msg_info = 12
    return call(71, 187, 0, msg_info, bytes(256)) >= 0


@attack
def list_semaphores(_: Ground) -> bool:
    sem_info = 19
    return call(66, 191, 0, 0, sem_info, bytes(256)) >= 0


@attack
def remove_a_posix_queue(_: Ground) -> bool:
    try:
        call(241, 181, b"no-such-queue")
    except OSError as error:
        if error.errno == errno.ENOENT:
            return True
        raise
    return True


@attack
def lock_a_readable_file(ground: Ground) -> bool:
    """Seems to succeed; what counts is whether another would see it."""
    with (
        (ground.readable / "table.csv").open() as one,
        (ground.readable / "table.csv").open() as two,
    ):
        fcntl.flock(one, fcntl.LOCK_EX)
        try:
            fcntl.flock(two, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    raise OSError("without effect")


@attack
def hold_record_locks(_: Ground) -> bool:
    with Path("mine").open("w") as file:
        fcntl.lockf(file, fcntl.LOCK_EX, 1, 0)
    Path("mine").unlink()
    return True


@attack
def send_out_of_band(_: Ground) -> bool:
    here, _there = socket.socketpair()
    return here.send(b"x", socket.MSG_OOB) == 1


@attack
def send_descriptors(_: Ground) -> bool:
    here, _there = socket.socketpair()
    return socket.send_fds(here, [b"x"], [0]) == 1


@attack
def pile_up_rules(_: Ground) -> bool:
    rights = (ctypes.c_uint64 * 1)(4)
    return call(444, 444, rights, 8, 0) > 0


@attack
def enlarge_a_pipe(_: Ground) -> bool:
    f_setpipe_sz = 1031
    return fcntl.fcntl(os.pipe()[1], f_setpipe_sz, 1 << 18) > 0


@attack
def set_a_timer(_: Ground) -> bool:
    number = ctypes.c_int()
    call(222, 107, 1, None, ctypes.byref(number))
    return True

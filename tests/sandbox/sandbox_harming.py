"""Attacks that exhaust the machine, leave something behind or take privileges."""

import errno
import mmap
import os
import struct
import sys
from pathlib import Path

from sandbox_ground import Ground, attack, attack_of_root, checked


@attack
def allocate(_: Ground) -> int:
    return len(bytes(3 << 30))


@attack
def map_shared_memory(_: Ground) -> int:
    return len(mmap.mmap(-1, 3 << 30))


@attack
def map_growing_memory(_: Ground) -> int:
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x100
    return len(mmap.mmap(-1, 3 << 30, flags=flags))


@attack
def allocate_in_a_nameless_file(_: Ground) -> int:
    return os.ftruncate(os.memfd_create("x"), 3 << 30) or 3 << 30


@attack
def write_200_mb(_: Ground) -> int:
    block = bytes(1 << 20)
    with Path("big").open("wb", buffering=0) as file:
        for _ in range(200):
            if file.write(block) < len(block):
                raise OSError(errno.EFBIG, "cut short")
    return Path("big").stat().st_size


@attack
def write_many_files(_: Ground) -> int:
    """Each small enough; only a size on the whole folder helps (tier 1)."""
    for number in range(20):
        Path(f"part{number}").write_bytes(bytes(10 << 20))
    return 20


@attack
def open_many_files(_: Ground) -> int:
    return len([os.open("/dev/null", os.O_RDONLY) for _ in range(900)])


@attack
def write_outside(ground: Ground) -> bool:
    (ground.outside / "left").write_text("x")
    return True


@attack
def write_into_readable(ground: Ground) -> bool:
    (ground.readable / "evil.pth").write_text("import evil")
    return True


@attack_of_root
def write_into_site_packages(_: Ground) -> bool:
    """Only tries: it opens numpy's own file to write, and leaves it alone."""
    numpy = Path(sys.prefix, "lib").glob("python*/site-packages/numpy/__init__.py")
    with next(numpy).open("r+"):
        return True


@attack
def write_into_home(ground: Ground) -> bool:
    (ground.home / ".bashrc").write_text("evil")
    return True


@attack
def empty_readable_file(ground: Ground) -> bool:
    """Opening to read may empty a file, and needs no right to write in Landlock's first ABI."""
    os.open(ground.readable / "table.csv", os.O_RDONLY | os.O_TRUNC)
    return (ground.readable / "table.csv").stat().st_size == 0


@attack
def truncate_secret(ground: Ground) -> bool:
    os.truncate(ground.secret, 0)
    return True


@attack
def write_by_hard_link(ground: Ground) -> bool:
    os.link(ground.readable / "table.csv", "mine.csv")
    Path("mine.csv").write_text("x")
    return True


@attack
def steal_by_renaming(ground: Ground) -> bool:
    (ground.readable / "table.csv").rename("mine.csv")
    return True


@attack
def remove_readable_file(ground: Ground) -> bool:
    (ground.readable / "table.csv").unlink()
    return True


@attack
def open_up_secret(ground: Ground) -> bool:
    """Seems to succeed, or is refused; what counts is the file's mode afterwards."""
    ground.secret.chmod(0o644)
    if ground.secret.stat().st_mode & 0o777 == 0o600:
        raise OSError("without effect")
    return True


@attack
def change_times(ground: Ground) -> bool:
    os.utime(ground.readable / "table.csv", (0, 0))
    return True


@attack
def change_attributes(ground: Ground) -> bool:
    os.setxattr(ground.readable / "table.csv", "user.mark", b"x")
    return True


@attack
def make_pipe_outside(ground: Ground) -> bool:
    os.mkfifo(ground.outside / "pipe")
    return True


@attack
def take_a_user_namespace(_: Ground) -> bool:
    clone_newuser = 0x1000_0000
    checked("unshare", clone_newuser)
    return True


@attack
def mount_something(_: Ground) -> bool:
    clone_newns, clone_newuser = 0x0002_0000, 0x1000_0000
    checked("unshare", clone_newns | (clone_newuser if os.getuid() else 0))
    checked("mount", b"tmpfs", os.fsencode(Path.cwd()), b"tmpfs", 0, None)
    return True


@attack_of_root
def join_the_hosts_namespaces(ground: Ground) -> bool:
    checked("setns", os.open(f"/proc/{ground.host}/ns/net", os.O_RDONLY), 0)
    return True


@attack_of_root
def escape_by_chroot(ground: Ground) -> bool:
    Path("jail").mkdir()
    os.chroot("jail")
    os.chdir("../" * 30)
    os.chroot(".")
    return ground.token in ground.secret.read_text()


@attack_of_root
def become_somebody_else(_: Ground) -> bool:
    os.setresuid(12345, 12345, 12345)
    return True


@attack_of_root
def make_a_device(_: Ground) -> bool:
    os.mknod("disk", 0o600 | 0o060000, os.makedev(8, 0))
    return True


@attack
def keep_a_key(_: Ground) -> bool:
    number = {"x86_64": 248, "aarch64": 217}[os.uname().machine]
    process_keyring = -2
    checked("syscall", number, b"user", b"name", b"payload", 7, process_keyring)
    return True


@attack
def disable_address_randomisation(_: Ground) -> bool:
    checked("personality", 0x0040000)
    return True


@attack_of_root
def load_a_kernel_program(_: Ground) -> bool:
    number = {"x86_64": 321, "aarch64": 280}[os.uname().machine]
    bpf_map_create, array = 0, 2
    checked("syscall", number, bpf_map_create, struct.pack("4I", array, 4, 4, 1) + bytes(64), 72)
    return True


@attack
def use_a_ring(_: Ground) -> bool:
    io_uring_setup = 425
    checked("syscall", io_uring_setup, 1, bytes(120))
    return True

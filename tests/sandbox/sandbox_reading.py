"""Attacks that read what is hidden."""

import ctypes
import os
import sqlite3
import struct
from pathlib import Path
from typing import Any

from sandbox_ground import Ground, attack, attack_of_root, checked, names


@attack_of_root
def read_shadow(_: Ground) -> str:
    return Path("/etc/shadow").read_text()[:4]


@attack
def read_secret(ground: Ground) -> bool:
    return ground.token in ground.secret.read_text()


@attack
def read_gradebook(ground: Ground) -> list[Any]:
    try:
        with sqlite3.connect(f"file:{ground.gradebook}?mode=ro&nolock=1", uri=True) as database:
            return database.execute("SELECT * FROM grade").fetchall()
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error


@attack
def change_gradebook(ground: Ground) -> bool:
    try:
        # record locks are refused, but who means harm needs none
        with sqlite3.connect(f"file:{ground.gradebook}?nolock=1", uri=True) as database:
            database.execute("UPDATE grade SET score = 100")
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error
    return True


@attack
def list_source(_: Ground) -> list[str]:
    return names(Path(__file__).parents[2] / "source")


@attack
def list_tests(_: Ground) -> list[str]:
    return names(Path(__file__).parent)


@attack
def list_folder_of_the_grader(ground: Ground) -> list[str]:
    return names(ground.grader)


@attack
def list_root(_: Ground) -> list[str]:
    return names(Path("/root" if os.getuid() == 0 else "/"))


@attack
def read_victims_environment(ground: Ground) -> bool:
    return ground.token in Path(f"/proc/{ground.victim}/environ").read_text()


@attack
def read_victims_command_line(ground: Ground) -> str:
    return Path(f"/proc/{ground.victim}/cmdline").read_text()


@attack
def read_hosts_environment(ground: Ground) -> bool:
    return ground.token in Path(f"/proc/{ground.host}/environ").read_text()


@attack
def read_hosts_command_line(ground: Ground) -> str:
    return Path(f"/proc/{ground.host}/cmdline").read_text()


@attack
def read_hosts_memory_as_a_file(ground: Ground) -> bool:
    with Path(f"/proc/{ground.host}/mem").open("rb", buffering=0) as memory:
        memory.seek(ground.address)
        return ground.token.encode() == memory.read(len(ground.token))


@attack
def read_hosts_memory_by_call(ground: Ground) -> bool:
    buffer = ctypes.create_string_buffer(len(ground.token))
    here, there = (ctypes.c_void_p * 2)(), (ctypes.c_void_p * 2)()
    here[0], here[1] = ctypes.addressof(buffer), len(ground.token)
    there[0], there[1] = ground.address, len(ground.token)
    checked("process_vm_readv", ground.host, here, 1, there, 1, 0)
    return buffer.raw == ground.token.encode()


@attack
def trace_victim(ground: Ground) -> bool:
    ptrace_seize = 0x4206
    checked("ptrace", ptrace_seize, ground.victim, 0, 0)
    return True


@attack
def walk_through_hosts_root(ground: Ground) -> list[str]:
    return names(Path(f"/proc/{ground.host}/root/etc"))


@attack
def walk_through_hosts_folder(ground: Ground) -> str:
    return str(Path(f"/proc/{ground.host}/cwd").readlink())


@attack
def read_inherited_descriptor(ground: Ground) -> bool:
    for number in range(3, 256):
        try:
            if ground.token.encode() in os.pread(number, 1000, 0):
                return True
        except OSError:
            continue
    raise OSError("nothing there")


@attack
def reopen_inherited_descriptor(ground: Ground) -> bool:
    return ground.token in Path(f"/proc/self/fd/{ground.inherited}").read_text()


@attack
def read_environment(ground: Ground) -> bool:
    if ground.token not in os.environ.values():
        raise OSError("not in the environment")
    return True


@attack
def read_by_symbolic_link(ground: Ground) -> bool:
    Path("link").symlink_to(ground.secret)
    return ground.token in Path("link").read_text()


@attack
def read_by_hard_link(ground: Ground) -> bool:
    os.link(ground.secret, "link")
    return ground.token in Path("link").read_text()


@attack
def read_by_relative_path(ground: Ground) -> bool:
    return ground.token in Path("../" * 30 + str(ground.secret)).read_text()


@attack_of_root
def read_by_handle(ground: Ground) -> bool:
    """The way out of containers: a file's handle needs no path."""
    handle = ctypes.create_string_buffer(struct.pack("Ii", 128, 0) + bytes(128))
    mount_id = ctypes.c_int()
    checked(
        "name_to_handle_at", -100, str(ground.secret).encode(), handle, ctypes.byref(mount_id), 0
    )
    place = os.open(ground.readable, os.O_RDONLY)
    return ground.token in os.fdopen(checked("open_by_handle_at", place, handle, 0)).read()


@attack
def watch_the_grader(ground: Ground) -> bool:
    watcher = checked("inotify_init1", 0)
    checked("inotify_add_watch", watcher, os.fsencode(ground.outside), 0xFFF)
    return True

"""Attacks on the network and on other processes."""

import fcntl
import os
import resource
import signal
import socket
import struct
import subprocess
import threading
import time
from pathlib import Path

from sandbox_ground import Ground, attack, attack_of_root, checked, deadly_attack


@attack
def call_loopback(ground: Ground) -> bool:
    socket.create_connection(("127.0.0.1", ground.tcp), timeout=2).close()
    return True


@attack
def send_datagram(ground: Ground) -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        return sender.sendto(b"hello", ("127.0.0.1", ground.udp))


@attack
def ask_name_server(ground: Ground) -> int:
    """What getaddrinfo would send, to a server that is there."""
    question = struct.pack("!6H", 7, 0x0100, 1, 0, 0, 0) + b"\7example\3com\0\0\1\0\1"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.connect(("127.0.0.1", ground.udp))
        return sender.send(question)


@attack
def listen_on_port(_: Ground) -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@attack
def call_abstract_socket(ground: Ground) -> bool:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect("\0" + ground.abstract)
    return True


@attack
def call_unix_socket(ground: Ground) -> bool:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(ground.stream))
    return True


@attack
def send_from_a_pair(ground: Ground) -> int:
    """A pair needs no name, but a datagram from it may be sent to one."""
    here, _there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    return here.sendto(b"hello", str(ground.datagram))


@attack
def talk_to_the_kernel(_: Ground) -> bool:
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()
    return True


@attack_of_root
def open_raw_socket(_: Ground) -> bool:
    socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).close()
    return True


@attack
def kill_victim(ground: Ground) -> bool:
    os.kill(ground.victim, signal.SIGKILL)
    return True


@attack
def stop_victim(ground: Ground) -> bool:
    os.kill(ground.victim, signal.SIGSTOP)
    return True


@deadly_attack
def kill_host(ground: Ground) -> bool:
    os.kill(ground.host, signal.SIGKILL)
    return True


@deadly_attack
def kill_everybody(_: Ground) -> bool:
    """Everybody who may be: to be tried without a sandbox only by a user whom nobody else is."""
    os.kill(-1, signal.SIGKILL)
    return True


@attack
def kill_victims_group(ground: Ground) -> bool:
    os.killpg(ground.victim, signal.SIGKILL)
    return True


@attack
def kill_victims_thread(ground: Ground) -> bool:
    checked("tgkill", ground.victim, ground.victim, signal.SIGKILL)
    return True


@attack
def kill_by_handle(ground: Ground) -> bool:
    signal.pidfd_send_signal(os.pidfd_open(ground.victim), signal.SIGKILL)
    return True


@attack
def kill_by_owner_of_a_socket(ground: Ground) -> bool:
    """The kernel itself sends the signal when the socket has something to read."""
    here, there = socket.socketpair()
    fcntl.fcntl(here, fcntl.F_SETOWN, ground.victim)
    f_setsig = 10
    fcntl.fcntl(here, f_setsig, signal.SIGKILL)
    fcntl.fcntl(here, fcntl.F_SETFL, os.O_ASYNC)
    there.send(b"now")
    return True


@attack
def kill_by_time_limit(ground: Ground) -> bool:
    resource.prlimit(ground.victim, resource.RLIMIT_CPU, (0, 0))
    return True


@attack
def starve_victim(ground: Ground) -> bool:
    os.setpriority(os.PRIO_PROCESS, ground.victim, 19)
    return True


@attack
def pin_victim(ground: Ground) -> bool:
    os.sched_setaffinity(ground.victim, {min(os.sched_getaffinity(0))})
    return True


@attack
def fork_bomb(_: Ground) -> int:
    children = []
    try:
        for _ in range(40):
            child = os.fork()
            if child == 0:
                time.sleep(5)
                os._exit(0)
            children.append(child)
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    return len(children)


@attack
def thread_bomb(_: Ground) -> int:
    """Only stacks of 64 kB, so that memory is not what stops it."""
    threading.stack_size(64 << 10)
    enough, threads = threading.Event(), []
    try:
        for _ in range(3000):
            thread = threading.Thread(target=enough.wait, daemon=True)
            thread.start()
            threads.append(thread)
    except RuntimeError as error:
        raise OSError(f"{error} after {len(threads)}") from error
    finally:
        enough.set()
        for thread in threads:
            thread.join()
    return len(threads)


@attack
def start_program(_: Ground) -> str:
    return subprocess.run(["/bin/echo", "hello"], capture_output=True, text=True).stdout


@attack
def spawn_program(_: Ground) -> int:
    child = os.posix_spawn("/bin/true", ["true"], {})
    return os.waitpid(child, 0)[0]


@attack
def leave_daemon(_: Ground) -> bool:
    """It holds the report's pipe, so the host sees whether it outlives the worker."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(2)
        os._exit(0)
    return True


@attack
def outlive_the_host(_: Ground) -> bool:
    pr_set_pdeathsig = 1
    checked("prctl", pr_set_pdeathsig, 0, 0, 0, 0)
    return True


@attack
def leave_shared_memory(_: Ground) -> bool:
    number = checked("shmget", 0, 4096, 0o1600)
    checked("shmctl", number, 0, None)
    return True


@attack
def leave_a_message_queue(_: Ground) -> bool:
    number = checked("msgget", 0, 0o1600)
    checked("msgctl", number, 0, None)
    return True


@attack
def leave_a_file_in_shared_memory(ground: Ground) -> bool:
    file = Path("/dev/shm") / ground.token  # noqa: S108
    file.write_text("still here")
    file.unlink()
    return True

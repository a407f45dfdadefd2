"""Stands for the zygote: forks one worker for each attack and says what came of it.

Run as `python -I sandbox_host.py '<json>'`; it prints one JSON object a line. A process of its own,
since pytest's may have threads, and since an attack that succeeds may kill it.
"""

import contextlib
import ctypes
import errno
import json
import os
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import sandbox_attacks
import sandbox_duties

from autograder.sandbox import bpf, choose, identity, kernel
from autograder.sandbox.entry import enter, prepare
from autograder.sandbox.limits import Limits
from autograder.sandbox.scratch import scratch_folder
from autograder.sandbox.tiers import Tier, describe

TOKEN: list[str] = []
FUNCTIONS = sandbox_attacks.ATTACKS | sandbox_attacks.DEADLY | sandbox_duties.DUTIES


def main() -> None:
    """Become the user wanted, then run what the order names."""
    order = json.loads(sys.argv[1])
    TOKEN.append(os.environ["GRADER_TOKEN"])
    if order.get("uid") is not None:
        become(order["uid"])
    if order.get("refuse"):
        refuse(order["refuse"])
    if order.get("probe"):
        found = choose.detect()
        probes = {tier.value: choose.probe(tier) for tier in (Tier.NAMESPACES, Tier.LANDLOCK)}
        said = describe(found.tier)
        say({"tier": found.tier.value, "probes": probes, "said": said})
    if order.get("duties"):
        sandbox_duties.warm_up()
    for name in order["names"]:
        with ground() as here:
            say({"name": name} | run(name, here, order))


def say(report: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(report) + "\n")
    sys.stdout.flush()


def become(uid: int) -> None:
    """Become an ordinary user who can read this Python, wherever it is installed."""
    closed = next(
        (path for path in Path(sys.base_prefix).parents if not path.stat().st_mode & 1), None
    )
    if closed is not None:
        # in a mount namespace of our own, an open folder stands in the closed one's place
        clone_newns, rec_private, bind = 0x0002_0000, 0x4_4000, 0x5000
        kernel.call("unshare", clone_newns)
        kernel.call("mount", None, b"/", None, rec_private, None)
        place = Path(tempfile.mkdtemp())
        source = os.fsencode(sys.base_prefix)
        kernel.call("mount", source, os.fsencode(place), None, bind, None)
        kernel.call("mount", b"tmpfs", os.fsencode(closed), b"tmpfs", 0, b"mode=0755")
        Path(sys.base_prefix).mkdir(parents=True)
        kernel.call("mount", os.fsencode(place), source, None, bind, None)
        kernel.call("umount2", os.fsencode(place), 2)
        place.rmdir()
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    # as an ordinary login has it; a change of user takes it away
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)


def refuse(what: list[str]) -> None:
    """Be a machine that offers less."""
    if "max_user_namespaces" in what:
        # the number holds within a user namespace, so first we need one; root is then like root
        # in a container that knows no other user
        uid = os.getuid()
        kernel.call("unshare", 0x1000_0000)
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/gid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/sys/user/max_user_namespaces").write_text("0")
        if uid:
            identity.drop_capabilities()
        return
    if "capabilities" in what:
        identity.drop_bounding_set()
        identity.drop_capabilities()
        return
    machine = kernel.machine()
    numbers = {"landlock": (444, errno.EOPNOTSUPP), "unshare": (272, errno.EPERM)}
    if machine == "aarch64":
        numbers["unshare"] = (97, errno.EPERM)
    program = bpf.assemble(
        machine,
        [bpf.Refusal(*numbers[name]) for name in what],
        allowed=range(1000),
        newest=999,
        other=errno.EPERM,
        unknown=errno.ENOSYS,
    )
    identity.gain_nothing()
    bpf.install(program, machine)


@contextlib.contextmanager
def ground() -> Iterator[sandbox_attacks.Ground]:
    """Lay out what attacks aim at."""
    [token] = TOKEN
    root = Path(tempfile.mkdtemp(prefix="ground-"))
    with contextlib.ExitStack() as held:
        held.callback(shutil.rmtree, root)
        for name in ("grader", "outside", "readable", "home"):
            (root / name).mkdir(mode=0o700 if name == "grader" else 0o755)
        secret = root / "grader" / "secret"
        secret.write_text(token)
        secret.chmod(0o600)
        (root / "readable" / "table.csv").write_text("a,b\n1,2\n")
        gradebook = root / "grader" / "gradebook.db"
        with contextlib.closing(sqlite3.connect(gradebook)) as database:
            database.execute("CREATE TABLE grade AS SELECT 1 AS score")
            database.commit()
        # it ends with the host: then nobody holds the other end of its stdin
        victim = subprocess.Popen(
            ["/bin/cat"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env={"GRADER_TOKEN": token},
            start_new_session=True,
        )
        held.callback(victim.wait)
        held.callback(victim.kill)
        settled(victim.pid)
        tcp = held.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        abstract = held.enter_context(socket.socket(socket.AF_UNIX))
        abstract.bind("\0" + str(root))
        stream = held.enter_context(socket.socket(socket.AF_UNIX))
        stream.bind(str(root / "stream"))
        datagram = held.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        datagram.bind(str(root / "datagram"))
        for server in (abstract, stream):
            server.listen()
        inherited = os.open(secret, os.O_RDONLY)
        os.set_inheritable(inherited, True)
        held.callback(os.close, inherited)
        memory = ctypes.create_string_buffer(token.encode())
        yield sandbox_attacks.Ground(
            token, secret, gradebook, root / "grader", root / "outside", root / "readable",
            ctypes.addressof(memory), os.getpid(), victim.pid, tcp.getsockname()[1],
            udp.getsockname()[1], str(root), root / "stream", root / "datagram", root / "home",
            inherited,
        )  # fmt: skip


def run(name: str, here: sandbox_attacks.Ground, order: dict[str, Any]) -> dict[str, Any]:
    """Fork a worker for one attack, as the examiner would: wait, then kill its one pid."""
    tier = Tier(order["tier"]) if order["tier"] else None
    reading, writing = os.pipe()
    # without namespaces a worker has a folder on the disk
    least = Tier.LANDLOCK if "namespaces" in order.get("without", ()) else tier
    with scratch_folder(least or Tier.NONE) as scratch:
        prepare([here.readable])
        child = os.fork()
        if child == 0:
            os.close(reading)
            worker(name, here, order, tier, scratch, writing)
        os.close(writing)
        report = listen(reading, child, order)
        with contextlib.suppress(ProcessLookupError):
            os.kill(report.get("pid", child), signal.SIGKILL)
        report["status"] = ended(child)
        report["outlived"] = not select.select([reading], [], [], 1)[0] or bool(os.read(reading, 1))
        os.close(reading)
    report["victim"] = settled(here.victim)
    if scratch is not None:
        report["left"] = scratch.exists()
    return report


def settled(victim: int) -> str:
    """What the kernel says of the victim (S: it sleeps) once it has nothing more to do.

    A busy machine lets it wait for its turn to begin, and to die.
    """
    until = time.monotonic() + 20
    while True:
        state = Path(f"/proc/{victim}/stat").read_text().rpartition(")")[2].split()[0]
        begun = state == "Z" or Path(f"/proc/{victim}/cmdline").read_bytes()
        if (begun and state != "R") or time.monotonic() > until:
            return state
        time.sleep(0.002)


def worker(
    name: str,
    here: sandbox_attacks.Ground,
    order: dict[str, Any],
    tier: Tier | None,
    scratch: Path | None,
    pipe: int,
) -> None:
    """Be the worker; never returns."""

    def tell(**what: Any) -> None:
        os.write(pipe, json.dumps(what, default=str).encode() + b"\n")

    try:
        if tier is None:
            os.chdir(scratch or "/")
        else:
            pid = enter(
                tier,
                scratch_bytes=50 << 20,
                readable=[here.readable],
                limits=Limits(**order.get("limits", {})),
                keep_fds=[pipe],
                scratch=scratch,
                without=order.get("without", ()),
            )
            tell(pid=pid)
        function = FUNCTIONS[name]
        tell(achieved=function(here))
    except (OSError, MemoryError) as error:
        tell(refused=f"{type(error).__name__}: {error}")
    except BaseException:
        tell(mistake=traceback.format_exc())
    finally:
        os._exit(0)


def listen(pipe: int, child: int, order: dict[str, Any]) -> dict[str, Any]:
    """Collect what the worker says until it is done, dead or out of time."""
    text, until = b"", time.monotonic() + order.get("patience", 20)
    while time.monotonic() < until:
        if select.select([pipe], [], [], 0.05)[0]:
            piece = os.read(pipe, 1 << 16)
            text += piece
            if not piece:
                break
            if order.get("announce") and b"pid" in text:
                say({"child": child} | json.loads(text.splitlines()[0]))
        elif os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break
    report: dict[str, Any] = {}
    for line in text.splitlines():
        report |= json.loads(line)
    return report


def ended(child: int) -> int | None:
    """Wait for the child; None if it does not die with what was killed."""
    for _ in range(200):
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    return None


if __name__ == "__main__":
    main()

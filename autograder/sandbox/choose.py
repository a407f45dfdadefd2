"""Find out what this machine gives: by trying to break out, never by its version."""

import functools
import json
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from autograder.errors import GraderError
from autograder.sandbox.scratch import scratch_folder
from autograder.sandbox.tiers import Tier

_PATIENCE = 20.0  # seconds for a probe on a busy machine
_DEATH = 2.0  # seconds for a killed worker to be gone; `canary`'s daemon lives longer


@dataclass(frozen=True, slots=True)
class Finding:
    """The best tier whose probe withstood everything, and what was wrong with better ones."""

    tier: Tier
    refused: Mapping[Tier, tuple[str, ...]]


def choose_tier(*, trust_students: bool = False) -> Tier:
    """Name the tier to run students' code in.

    Raises
    ------
    GraderError
        If this machine offers no isolation and students are not trusted.
    """
    finding = detect()
    if finding.tier is Tier.NONE and not trust_students:
        reasons = "; ".join(reason for reasons in finding.refused.values() for reason in reasons)
        raise GraderError(
            f"this machine cannot isolate students' code ({reasons})",
            remedy="grade on Linux 5.13 or newer, outside or inside a container, or pass "
            "--trust-students if you would run this code with your own hands",
        )
    return finding.tier


@functools.cache
def detect() -> Finding:
    """Probe the tiers, best first; once per process."""
    refused: dict[Tier, tuple[str, ...]] = {}
    for tier in (Tier.NAMESPACES, Tier.LANDLOCK):
        faults = probe(tier)
        if not faults:
            return Finding(tier, MappingProxyType(refused))
        refused[tier] = faults
    return Finding(Tier.NONE, MappingProxyType(refused))


def probe(tier: Tier) -> tuple[str, ...]:
    """Let a probe worker attack from within a tier.

    Returns
    -------
    tuple of str
        What it achieved, or why the tier is not to be had; empty if it withstood.
    """
    if sys.platform != "linux":
        return (f"tier {tier.value} needs Linux",)
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="canary-"))).resolve()
        token = secrets.token_hex(16)
        canary, outside, readable = folder / "canary", folder / "outside", folder / "readable"
        canary.write_text(token, encoding="utf-8")
        readable.write_text("welcome", encoding="utf-8")
        # a worker of root's is another user: what keeps it out must be the sandbox
        for path, mode in ((folder, 0o711), (canary, 0o644), (readable, 0o644)):
            path.chmod(mode)
        listener = held.enter_context(socket.create_server(("127.0.0.1", 0)))
        listener.setblocking(False)
        # it stands for the grader: same user, a secret in its environment
        victim = held.enter_context(
            subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", "import time; time.sleep(60)"],
                env={"CANARY": token},
                # Ctrl-C reaches it too, and it would show a traceback
                stderr=subprocess.DEVNULL,
            )
        )
        held.callback(victim.kill)
        scratch = held.enter_context(scratch_folder(tier))
        order = {
            "tier": tier.value,
            "scratch": scratch and str(scratch),
            "readable": str(readable),
            "canary": str(canary),
            "outside": str(outside),
            "port": listener.getsockname()[1],
            "victim": victim.pid,
        }
        report, outlived = _run(order)
        if "refused" in report:
            return (str(report["refused"]),)
        faults = {
            f"the probe could not work: {report.get('broken')}": report.get("works") != "welcome",
            "the probe did not finish": "done" not in report,
            "a file or an environment of the grader's was read": token in json.dumps(report),
            "a file was written outside": outside.exists(),
            "the network was reached": _was_called(listener),
            "a process of the grader's was signalled": victim.poll() is not None,
            "something outlived the worker": outlived,
        }
        return tuple(fault for fault, happened in faults.items() if happened)


def _run(order: Mapping[str, object]) -> tuple[dict[str, Any], bool]:
    """Start the probe, collect its report, kill its one pid, and see whether all is over."""
    command = [sys.executable, "-I", "-m", "autograder.sandbox.canary", json.dumps(order)]
    with subprocess.Popen(
        command, env={}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        pipe = process.stdout.fileno()
        text, ended = _read(pipe, _PATIENCE, until=b'"done"')
        report: dict[str, Any] = {"loot": []}
        for line in text.splitlines():
            entry = json.loads(line)
            report["loot"].append(entry.pop("loot", None))
            report |= entry
        outlived = False
        if not ended:
            os.kill(report.get("pid", process.pid), signal.SIGKILL)
            _, ended = _read(pipe, _DEATH)
            outlived = not ended
            process.kill()
        return report, outlived


def _read(pipe: int, seconds: float, *, until: bytes | None = None) -> tuple[bytes, bool]:
    """Read until a line with `until` is whole, the other end is closed, or time is up.

    Returns
    -------
    text : bytes
        What came, whole lines only.
    ended : bool
        Whether nobody holds the other end any more.
    """
    text = b""
    deadline = time.monotonic() + seconds
    while not (until and until in text and text.endswith(b"\n")):
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            break
        chunk = os.read(pipe, 1 << 16)
        if not chunk:
            return text[: text.rfind(b"\n") + 1], True
        text += chunk
    return text[: text.rfind(b"\n") + 1], False


def _was_called(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True

"""A worker lives no longer than it may, and its end is its outer's end."""

import json
import os
import signal
import time
from pathlib import Path

import pytest
from sandbox_arena import IS_ROOT, Host, Running

ALONE = 61234  # a user whom nobody else is


def test_a_worker_cannot_kill_the_host(host: Host, tier: int, user: str) -> None:
    [report] = host("kill_host", tier=tier, user=user)
    assert "PermissionError" in report["refused"]


def test_without_a_sandbox_it_can(user: str) -> None:
    with Running("kill_host", user=user) as host:
        assert host.process.wait(timeout=20) == -signal.SIGKILL


def test_a_worker_cannot_kill_everybody(host: Host, tier: int, user: str) -> None:
    [report] = host("kill_everybody", tier=tier, user=user)
    assert "PermissionError" in report["refused"]
    assert report["victim"] == "S"


@pytest.mark.skipif(not IS_ROOT, reason="needs a user whom nobody else is")
def test_without_a_sandbox_everybody_is_killed() -> None:
    with Running("kill_everybody", uid=ALONE) as host:
        assert host.process.wait(timeout=20) == -signal.SIGKILL


@pytest.mark.parametrize(
    ("name", "status"),
    [("leave_by_exit", 7), ("crash", -signal.SIGSEGV), ("compute_for_ever", -signal.SIGKILL)],
    ids=["exit", "crash", "cpu_limit"],
)
def test_the_hosts_child_ends_as_the_worker_ended(
    host: Host, tier: int, user: str, name: str, status: int
) -> None:
    [report] = host(name, tier=tier, user=user, limits={"cpu_seconds": 1})
    assert report["status"] == status


@pytest.mark.parametrize("name", ["sleep_on", "stop_oneself"])
def test_killing_the_one_pid_ends_it_all(host: Host, tier: int, user: str, name: str) -> None:
    [report] = host(name, tier=tier, user=user, patience=0.5)
    assert report["status"] == -signal.SIGKILL
    assert not report["outlived"]


def test_a_worker_dies_with_its_host(tier: int, user: str) -> None:
    with Running("sleep_on", tier=tier, user=user, announce=True) as host:
        outer, worker = pids(host)
        host.process.kill()
        assert is_gone(worker)
        assert is_gone(outer)


def test_a_worker_dies_with_the_outer_process(tier: int, user: str) -> None:
    with Running("sleep_on", tier=tier, user=user, announce=True) as host:
        outer, worker = pids(host)
        os.kill(outer, signal.SIGKILL)
        assert is_gone(worker)


def test_littered_scratch_folders_are_removed(host: Host, user: str) -> None:
    [report] = host("litter", tier=2, user=user)
    assert report["achieved"]
    assert not report["left"]


def pids(host: Running) -> tuple[int, int]:
    """The host's child and the worker, which are the same at tier 2."""
    assert host.process.stdout is not None
    said = json.loads(host.process.stdout.readline())
    return said["child"], said["pid"]


def is_gone(pid: int) -> bool:
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False

"""Users and tiers to attack from, and a host to run the attacks in (`sandbox_host.py`)."""

import json
import sys
from typing import Any

import pytest
from sandbox_arena import IS_ROOT, USERS, Host, Running

if sys.platform != "linux":
    collect_ignore_glob = ["*.py"]


@pytest.fixture(scope="session")
def host() -> Host:
    """Have a host run attacks or duties; one report for each."""

    def run(*names: str, **order: Any) -> list[Any]:
        with Running(*names, **order) as running:
            out, err = running.process.communicate(timeout=300)
            assert running.process.returncode == 0, err
            assert list(running.folder.iterdir()) == []
        return [json.loads(line) for line in out.splitlines()]

    return run


@pytest.fixture(scope="session", params=list(USERS))
def user(request: pytest.FixtureRequest) -> str:
    if request.param == "root" and not IS_ROOT:
        pytest.skip("needs root")
    return str(request.param)


@pytest.fixture(scope="session")
def machine(user: str, host: Host) -> dict[str, Any]:
    """What this machine gives to that user."""
    [found] = host(user=user, probe=True)
    return found


@pytest.fixture(scope="session", params=[1, 2], ids=["tier1", "tier2"])
def tier(request: pytest.FixtureRequest, machine: dict[str, Any]) -> int:
    if faults := machine["probes"][str(request.param)]:
        pytest.skip(f"this machine does not give it: {'; '.join(faults)}")
    return int(request.param)

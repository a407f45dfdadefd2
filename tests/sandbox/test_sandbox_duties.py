"""What a notebook needs still works inside."""

from typing import Any

import pytest
from sandbox_arena import Host

EXPECTED: dict[str, Any] = {
    "compute_with_numpy": 300.0**3,
    "read_table_with_pandas": 2,
    "save_figure": True,
    "run_threads": 90,
    "use_temporary_files": True,
    "run_cells": [21, 22, True],
    "run_event_loop": 5,
    "import_late": "colorsys",
    "tell_time_and_chance": True,
    "count_processors": True,
    "know_oneself": True,
    "learn_that_processes_are_refused": "refused",
    "signal_oneself": True,
}


@pytest.fixture(scope="session")
def done(host: Host, tier: int, user: str) -> dict[str, Any]:
    reports = host(*EXPECTED, tier=tier, user=user, duties=True)
    return {report["name"]: report for report in reports}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_worker_can(name: str, done: dict[str, Any]) -> None:
    assert done[name].get("achieved") == EXPECTED[name], done[name]


def test_the_environment_says_nothing_about_the_grader(host: Host, tier: int, user: str) -> None:
    [report] = host("see_a_bare_environment", tier=tier, user=user)
    seen = report["achieved"]
    assert seen["HOME"] == seen["TMPDIR"] == seen["cwd"]
    assert set(seen) == {
        "HOME", "TMPDIR", "USER", "LOGNAME", "PATH", "LANG", "IPYTHONDIR", "MPLCONFIGDIR",
        "MPLBACKEND", "cwd",
    }  # fmt: skip


def test_a_worker_is_an_ordinary_user_without_capabilities(
    host: Host, tier: int, user: str
) -> None:
    [report] = host("describe_identity", tier=tier, user=user)
    seen = report["achieved"]
    assert "0" not in seen["Uid"].split()
    assert (seen["Seccomp"], seen["NoNewPrivs"]) == ("2", "1")
    search_only = 1 << 2  # CAP_DAC_READ_SEARCH, where root's own folders must be read at tier 2
    allowed = search_only if user == "root" and tier == 2 else 0
    assert int(seen["CapEff"], 16) & ~allowed == 0
    assert int(seen["CapPrm"], 16) & ~allowed == 0

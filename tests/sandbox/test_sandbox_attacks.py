"""No attack gets anything in the sandbox; each gets something without."""

from typing import Any

import pytest
from sandbox_arena import IS_ROOT, Host
from sandbox_attacks import ATTACKS, FOR_NAMESPACES, FOR_ROOT

UNHARMED = "S"  # it sleeps, as the kernel says it


@pytest.fixture(scope="session")
def in_sandbox(host: Host, tier: int, user: str) -> dict[str, Any]:
    return {report["name"]: report for report in host(*ATTACKS, tier=tier, user=user)}


@pytest.fixture(scope="session")
def in_the_open(host: Host, user: str) -> dict[str, Any]:
    return {report["name"]: report for report in host(*ATTACKS, user=user)}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_and_harms_nobody(
    name: str, in_sandbox: dict[str, Any], tier: int
) -> None:
    if tier == 2 and name in FOR_NAMESPACES:
        pytest.skip("only namespaces prevent it")
    report = in_sandbox[name]
    assert "mistake" not in report, report["mistake"]
    assert "achieved" not in report
    assert report["refused"]
    assert report["status"] == 0
    assert not report["outlived"]
    assert report["victim"] == UNHARMED
    assert not report.get("left")


@pytest.mark.parametrize("name", ATTACKS)
def test_the_same_attack_succeeds_without_a_sandbox(
    name: str, in_the_open: dict[str, Any], user: str
) -> None:
    if name in FOR_ROOT and (user != "root" or not IS_ROOT):
        pytest.skip("an ordinary user cannot do it anyway")
    report = in_the_open[name]
    assert "mistake" not in report, report["mistake"]
    assert report.get("achieved"), report
    if name.startswith(("kill_victim", "kill_by_handle", "kill_by_owner", "stop_victim")):
        assert report["victim"] != UNHARMED
    if name == "leave_daemon":
        assert report["outlived"]


def test_what_only_namespaces_prevent_is_possible_at_tier_2(host: Host, user: str) -> None:
    for report in host(*FOR_NAMESPACES, tier=2, user=user):
        assert report["achieved"], "no longer: then say so in `describe` and drop the exception"
        assert not report["left"]

"""The tier is what this machine really gives."""

import sys

import pytest
from sandbox_arena import Host

from autograder.errors import GraderError
from autograder.sandbox import choose
from autograder.sandbox.tiers import Tier, describe


def test_the_probe_notices_every_kind_of_escape() -> None:
    assert choose.probe(Tier.NONE) == (
        "a file or an environment of the grader's was read",
        "a file was written outside",
        "the network was reached",
        "a process of the grader's was signalled",
        "something outlived the worker",
    )


@pytest.mark.parametrize(
    ("refused", "tier", "tier_of_root"),
    [
        (["unshare"], Tier.LANDLOCK, Tier.LANDLOCK),
        (["max_user_namespaces"], Tier.LANDLOCK, Tier.NAMESPACES),
        # the kernel maps root only for who holds CAP_SETFCAP
        (["capabilities"], Tier.NAMESPACES, Tier.LANDLOCK),
        (["landlock"], Tier.NAMESPACES, Tier.NAMESPACES),
        (["unshare", "landlock"], Tier.NONE, Tier.NONE),
    ],
    ids=["no_unshare", "no_user_namespaces", "bare_root", "no_landlock", "neither"],
)
def test_a_machine_that_offers_less_gets_a_lower_tier(
    host: Host,
    machine: dict[str, object],
    user: str,
    refused: list[str],
    tier: Tier,
    tier_of_root: Tier,
) -> None:
    if machine["tier"] != Tier.NAMESPACES:
        pytest.skip("this machine offers less already")
    [found] = host(user=user, probe=True, refuse=refused)
    assert found["tier"] == (tier_of_root if user == "root" else tier)
    # only what is there is promised
    assert ("Landlock" in found["said"]) == (
        found["tier"] != Tier.NONE and "landlock" not in refused
    )


def test_without_a_sandbox_students_must_be_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = choose.Finding(Tier.NONE, {Tier.LANDLOCK: ("no Landlock",)})
    monkeypatch.setattr(choose, "detect", lambda: finding)
    assert choose.choose_tier(trust_students=True) is Tier.NONE
    with pytest.raises(GraderError, match=r"no Landlock.*--trust-students"):
        choose.choose_tier()


def test_another_system_has_no_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert choose.probe(Tier.NAMESPACES) == ("tier 1 needs Linux",)


@pytest.mark.parametrize("tier", Tier)
def test_a_tier_says_what_it_does_not_protect(tier: Tier) -> None:
    said = describe(tier)
    assert said.startswith(f"Tier {tier.value}: ")
    assert said.count(".") == 1

"""What a machine can give to keep students' code in."""

import sys
from enum import IntEnum


class Tier(IntEnum):
    """How well a worker is isolated; a smaller number is better."""

    NAMESPACES = 1
    LANDLOCK = 2
    NONE = 3


def describe(tier: Tier) -> str:
    """Say in one sentence what a tier protects and what it does not, on this machine."""
    text = _DESCRIPTIONS[tier]
    if tier is Tier.NAMESPACES and not _has_landlock():
        text = text.replace("namespaces, Landlock, system call", "namespaces, system call")
    return text


def _has_landlock() -> bool:
    if sys.platform != "linux":
        return False
    from autograder.sandbox import landlock_rules

    return landlock_rules.abi() > 0


_DESCRIPTIONS = {
    Tier.NAMESPACES: (
        "Tier 1: student code runs on a machine of its own (namespaces, Landlock, system call "
        "filter) with neither network nor other processes nor your files, writes to memory only "
        "and dies as a whole; it shares the kernel, the processors and the memory."
    ),
    Tier.LANDLOCK: (
        "Tier 2: student code cannot open your files, use the network, signal or start processes "
        "(Landlock, system call filter), but it can see whether a file exists and how large it "
        "is, and together its files may fill the disk of the temporary folder."
    ),
    Tier.NONE: (
        "Tier 3: student code runs in a process of its own, which keeps hidden tests out of its "
        "memory and verdicts out of its hands; it can read, change and send whatever you can."
    ),
}

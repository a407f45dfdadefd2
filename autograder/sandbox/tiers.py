"""What a machine can give to keep students' code in."""

from enum import IntEnum


class Tier(IntEnum):
    """How well a worker is isolated; a smaller number is better."""

    NAMESPACES = 1
    LANDLOCK = 2
    NONE = 3


def describe(tier: Tier) -> str:
    """Say in one sentence what a tier protects and what it does not."""
    return _DESCRIPTIONS[tier]


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

"""Names of the sandbox's layers."""

from enum import StrEnum


class Defence(StrEnum):
    """One layer of the sandbox, so that a test can show what switching it off lets through."""

    DESCRIPTORS = "descriptors"
    ENVIRONMENT = "environment"
    NAMESPACES = "namespaces"
    IDENTITY = "identity"
    LIMITS = "limits"
    LANDLOCK = "landlock"
    SYSCALLS = "syscalls"

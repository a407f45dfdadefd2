"""Of a lock file, the part that some packages need."""

import re
from collections.abc import Collection
from pathlib import Path

from autograder.errors import GraderError

_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==")
_NEEDED_BY = re.compile(r"^ +#(?: via)? +(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?$")


def locked(lock: Path, wanted: Collection[str]) -> str:
    """Pins with hashes of these packages and of all that they need.

    Parameters
    ----------
    lock : Path
        As `uv pip compile --generate-hashes` writes it: below each pin stands who needs it.

    Raises
    ------
    GraderError
        If the file cannot be read or lacks one of them.
    """
    remedy = "restore the file, or make it anew with .ci/lock"
    try:
        lines = lock.read_text(encoding="utf-8").splitlines(keepends=True)
    except OSError as error:
        raise GraderError(f"cannot be read: {error.strerror}", file=lock, remedy=remedy) from None
    pins: dict[str, list[str]] = {}
    needed_by: dict[str, set[str]] = {}
    name = ""
    for line in lines:
        if pin := _PIN.match(line):
            name = pin["name"].lower()
        if not name:
            continue
        if other := _NEEDED_BY.match(line.rstrip("\n")):
            needed_by.setdefault(name, set()).add(other["name"].lower())
        elif not line.lstrip().startswith("#"):
            pins.setdefault(name, []).append(line)
    kept = {one.lower() for one in wanted}
    if missing := kept - pins.keys():
        raise GraderError(f"pins no {', '.join(sorted(missing))}", file=lock, remedy=remedy)
    while more := {one for one in pins if one not in kept and needed_by.get(one, set()) & kept}:
        kept |= more
    return "".join("".join(text) for one, text in pins.items() if one in kept)

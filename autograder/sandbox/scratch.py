"""The working folder of a worker without namespaces: its parent makes it and removes it."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.sandbox.tiers import Tier


@contextmanager
def scratch_folder(tier: Tier) -> Iterator[Path | None]:
    """Hold a folder for one worker; kill the worker before leaving.

    Yields
    ------
    Path or None
        What `enter` takes as `scratch`: nothing at tier 1, whose workers write to memory.
    """
    if tier is Tier.NAMESPACES:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="worker-")).resolve()
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder whose content was made to resist."""
    try:
        shutil.rmtree(folder)
    except (OSError, RecursionError):
        # folders without permissions, or nested deeper than Python recurses
        subprocess.run(["/bin/chmod", "-R", "u+rwX", folder], capture_output=True, check=False)
        subprocess.run(["/bin/rm", "-rf", folder], capture_output=True, check=True)

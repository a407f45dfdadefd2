"""A host at work, and the users it may be (`sandbox_host.py`)."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOST = Path(__file__).with_name("sandbox_host.py")
TOKEN = "token-" + "7" * 20
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
# To be root, or an ordinary user: who runs the tests, or nobody in root's place.
USERS = {"root": None, "ordinary": 65534 if IS_ROOT else None}

Host = Callable[..., list[dict[str, Any]]]


class Running:
    """A host at work, in a temporary folder that is empty when it is done."""

    def __init__(self, *names: str, tier: int = 0, user: str = "ordinary", **order: Any) -> None:
        order = {"names": names, "tier": tier, "uid": USERS[user]} | order
        self._folder = tempfile.TemporaryDirectory(prefix="sandbox-")
        self.folder = Path(self._folder.name)
        self.folder.chmod(0o777)
        kept = {key: os.environ[key] for key in ("COVERAGE_PROCESS_START",) if key in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(HOST), json.dumps(order)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"GRADER_TOKEN": TOKEN, "LANG": "C.UTF-8", "TMPDIR": str(self.folder)} | kept,
        )

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.communicate()
        self._folder.cleanup()

"""A probe worker: enters a tier of the sandbox, then tries to do what students must not.

Run by `choose.probe` as `python -I -m autograder.sandbox.canary '<json>'`. It reports on stdout,
one JSON object a line: its pid, what still works, what it got hold of. The parent does not trust
the report alone: it looks at what happened.
"""

import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.errors import GraderError
from autograder.sandbox.entry import enter
from autograder.sandbox.limits import Limits
from autograder.sandbox.tiers import Tier

_DAEMON_SECONDS = 3


def main() -> None:
    """Enter the tier that the parent names, and try everything."""
    order: dict[str, Any] = json.loads(sys.argv[1])
    try:
        pid = enter(
            Tier(order["tier"]),
            scratch_bytes=1 << 20,
            readable=[Path(order["readable"])],
            limits=Limits(cpu_seconds=10),
            keep_fds=[sys.stdout.fileno()],
            scratch=Path(order["scratch"]) if order["scratch"] else None,
        )
    except GraderError as error:
        _report(refused=error.message)
        return
    _report(pid=pid)
    try:
        _work(Path(order["readable"]))
    except (OSError, ImportError) as error:
        _report(broken=str(error))
        return
    attempts: list[Callable[[], object]] = [
        lambda: Path(order["canary"]).read_text(encoding="utf-8"),
        lambda: Path(f"/proc/{order['victim']}/environ").read_text(encoding="utf-8"),
        lambda: Path(order["outside"]).write_text("written", encoding="utf-8"),
        lambda: socket.create_connection(("127.0.0.1", order["port"]), timeout=1),
        lambda: os.kill(order["victim"], signal.SIGTERM),
        _leave_a_daemon,
    ]
    for attempt in attempts:
        try:
            _report(loot=str(attempt()))
        except OSError as error:
            _report(failed=str(error))
    _report(done=True)
    # to be killed: that this ends everything is the last thing to find out
    time.sleep(_DAEMON_SECONDS)


def _work(readable: Path) -> None:
    """Do what every worker must be able to: read, write, start a thread, import a module."""
    text = readable.read_text(encoding="utf-8")
    note = Path("note")
    note.write_text(text, encoding="utf-8")
    import colorsys  # not loaded so far: it must be found and read now

    assert colorsys.ONE_THIRD
    thread = threading.Thread(target=lambda: _report(works=note.read_text(encoding="utf-8")))
    thread.start()
    thread.join()


def _leave_a_daemon() -> None:
    """Start a process that holds stdout open after this one is dead."""
    if os.fork() == 0:
        os.setsid()
        time.sleep(_DAEMON_SECONDS)
        os._exit(0)


def _report(**found: object) -> None:
    os.write(1, json.dumps(found).encode() + b"\n")


if __name__ == "__main__":
    main()

"""A JupyterLab of its own: a home, a port and a token that nothing else of the machine shares."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# generous: a step takes a second or two on an idle machine, and CI's are slow and busy
START_SECONDS = 120
PATIENCE_MS = 90_000


@contextmanager
def running_lab(folder: Path, home: Path) -> Iterator[Callable[[], str]]:
    """Run what `make lab` runs in `folder`; what is yielded waits for the address to open."""
    home.mkdir(parents=True, exist_ok=True)
    root = ["--allow-root"] if os.geteuid() == 0 else []
    log = home / "lab.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [Path(sys.executable).parent / "jupyter", "lab", "--no-browser", "--port=0", *root],
            cwd=folder,
            env={
                "PATH": "/usr/bin:/bin",
                "HOME": str(home),
                "LANG": "C.UTF-8",
                # one runtime folder a server: its file names the port and the token
                "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            },
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield lambda: _address(server, home / "runtime", log)
        finally:
            server.terminate()  # it ends its kernels first
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _address(server: "subprocess.Popen[bytes]", runtime: Path, log: Path) -> str:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and server.poll() is None:
        for file in runtime.glob("jpserver-*.json"):
            try:
                facts = json.loads(file.read_text(encoding="utf-8"))
            except ValueError:
                continue  # half written
            return f"{facts['url']}lab?token={facts['token']}"
        time.sleep(0.1)  # a file appears: nothing to wait on but the clock
    raise AssertionError("JupyterLab did not start:\n" + log.read_text(errors="replace")[-3000:])

"""A PostgreSQL server of one's own: in a temporary folder, by an unprivileged user, on a socket."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# only its speed is given up, which a test would notice
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; Debian leaves them out of the PATH."""
    found = [Path(one).parent for one in [shutil.which("initdb")] if one]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: one.parent.name)
    return next((one.resolve() for one in found if (one / "pg_ctl").exists()), None)


class Server:
    """One server. `folder` holds its data and its socket, and is the unprivileged user's."""

    def __init__(self, folder: Path, binaries: Path, user: str | None) -> None:
        self.folder = folder
        self._binaries = binaries
        self._user = user

    def make(self) -> None:
        """Make its data, with a role `grader` that may do everything and needs no password."""
        self._run("initdb", "-U", "grader", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C")

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} {_FAST}"
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Hang up on everybody, and end."""
        self._run("pg_ctl", "-w", "-m", "fast", "stop")

    def address(self, database: str, role: str = "grader") -> str:
        """What `CourseDirectory.db_url` names it by."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.folder}"

    def connect(self, database: str = "postgres") -> Any:
        """A connection in which every statement stands for itself until `BEGIN`."""
        import psycopg

        return psycopg.connect(
            host=str(self.folder), user="grader", dbname=database, autocommit=True
        )

    def ask(self, question: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """The rows of an answer; none where there is no answer."""
        with self.connect(database) as connection:
            cursor = connection.execute(question)
            return list(cursor.fetchall()) if cursor.description else []

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [self._binaries / program, "-D", self.folder / "data", *words],
            user=self._user,
            group=pwd.getpwnam(self._user).pw_gid if self._user else None,
            extra_groups=[] if self._user else None,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            # the server would keep a pipe open
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )


@contextmanager
def server(binaries: Path) -> Iterator[Server]:
    """Make and start a server; end it, and leave nothing."""
    # PostgreSQL refuses to run as root
    user = "nobody" if os.geteuid() == 0 else None
    # a socket's path has at most 107 characters
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as place:
        folder = Path(place)
        if user:
            shutil.chown(folder, user)
            folder.chmod(0o711)
        one = Server(folder, binaries, user)
        one.make()
        one.start()
        try:
            yield one
        finally:
            one.stop()

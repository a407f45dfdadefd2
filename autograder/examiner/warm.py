"""A warm zygote, and the workers it forks, as the examiner holds them."""

import contextlib
import os
import select
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from autograder.errors import GraderError
from autograder.examiner.limits import TICK, Budget, WorkerDied
from autograder.sandbox.defences import Defence
from autograder.sandbox.scratch import scratch_folder
from autograder.sandbox.tiers import Tier
from autograder.wire.errors import WireClosed, WireError
from autograder.wire.frames import Frame, receive, send
from autograder.worker.order import TWIN, Order

_CREDENTIALS = struct.Struct("3i")


class Zygote:
    """One interpreter that has imported what an assignment needs and forks workers.

    Parameters
    ----------
    order : Order
        What it was told.
    control : socket
        Where it hears what it is to fork, from `launch`, or a new one for the twin of another.
    process : Popen, optional
        The interpreter, if it is our child.

    Raises
    ------
    GraderError
        If it does not get ready.
    """

    def __init__(
        self,
        order: Order,
        control: socket.socket,
        process: "subprocess.Popen[bytes] | None" = None,
    ) -> None:
        self.tier = Tier(order.tier)
        # without namespaces a worker has a folder on the disk, as at tier 2
        self._scratch = Tier.LANDLOCK if Defence.NAMESPACES in order.without else self.tier
        self._control = control
        self._process = process
        try:
            ready = control.recv(16) == b"ready"
        except OSError:
            ready = False
        if not ready:
            said = ""
            if process is not None and process.stderr is not None:
                said = process.stderr.read().decode(errors="replace")
            self.close()
            raise GraderError(f"the grader's worker does not start:\n{said[-2000:]}")

    @classmethod
    def twin(cls, order: Order, first: socket.socket) -> "Zygote":
        """Have a zygote that is told so through its control socket fork another, for us alone.

        Raises
        ------
        GraderError
            If it is gone.
        """
        ours, theirs = socket.socketpair()
        with theirs, contextlib.suppress(OSError):
            socket.send_fds(first, [TWIN], [theirs.fileno()])
        return cls(order, ours)

    def fork(self) -> "Worker":
        """Start a worker for one submission."""
        ours, theirs = socket.socketpair()
        with theirs:
            # the kernel then says which process spoke, whatever namespace it is in
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            held = ExitStack()
            scratch = held.enter_context(scratch_folder(self._scratch))
            try:
                place = str(scratch or "-").encode()
                socket.send_fds(self._control, [place], [theirs.fileno()])
                outer = int(self._control.recv(16) or b"0")
            except (OSError, ValueError):
                outer = 0
        if not outer:
            ours.close()
            held.close()
            raise WorkerDied("the zygote is gone")
        return Worker(ours, held)

    @property
    def alive(self) -> bool:
        """Whether the zygote still runs."""
        try:
            return bool(self._control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def close(self) -> None:
        """End the zygote, and wait for it if it is our child."""
        self._control.close()
        if self._process is not None:
            end(self._process)


def launch(order: Order, cache: Path) -> tuple[socket.socket, "subprocess.Popen[bytes]"]:
    """Start a zygote, and do not wait until it is ready.

    Parameters
    ----------
    order : Order
        What to import, and how the workers are confined.
    cache : Path
        A folder for matplotlib's font list, so that it is made once on a machine.

    Returns
    -------
    (control, process)
        For `Zygote`.
    """
    control, theirs = socket.socketpair()
    cache.mkdir(parents=True, exist_ok=True)
    environment = {
        "MPLCONFIGDIR": str(cache),
        "MPLBACKEND": "agg",
        "HOME": "/nonexistent",
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        # the order of a set must not change a grade
        "PYTHONHASHSEED": "0",
        **order.environment,
    }
    with theirs:
        # as -I, but for the variables, which are all ours: it would ignore the hash seed
        command = [sys.executable, "-s", "-P", "-m", "autograder.worker.zygote"]
        # it and all it forks are deaf to Ctrl-C, which is for the command
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process = subprocess.Popen(
                [*command, str(theirs.fileno()), order.as_text()],
                env=environment,
                cwd="/",
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return control, process


def end(process: "subprocess.Popen[bytes]", patience: float = 2.0) -> None:
    """Wait for a zygote whose control socket nobody holds any more."""
    if process.stderr is not None:
        process.stderr.close()
    try:
        process.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Worker:
    """One student's process. Whatever it sends is a reply to what was asked, or it is killed."""

    def __init__(self, channel: socket.socket, held: ExitStack) -> None:
        self._channel = channel
        self._held = held
        self._asked = 0
        self._pidfd = -1
        channel.settimeout(30)
        try:
            said, ancillary, *_ = channel.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size))
        except OSError:
            said, ancillary = b"", []
        if said != b"!":
            channel.close()
            held.close()
            raise WorkerDied("the worker did not start")
        self.pid = _CREDENTIALS.unpack(ancillary[0][2])[0]
        # a number may be given to another process; this handle never is
        with contextlib.suppress(OSError):
            self._pidfd = os.pidfd_open(self.pid)

    def ask(self, message: list[object], budget: Budget, buffers: Sequence[bytes] = ()) -> int:
        """Send a request.

        Returns
        -------
        int
            The number that its reply will bear.
        """
        self._asked += 1
        self.tell([message[0], self._asked, *message[1:]], budget, buffers)
        return self._asked

    def tell(self, message: object, budget: Budget, buffers: Sequence[bytes] = ()) -> None:
        """Send a message that is no request.

        Raises
        ------
        LimitReached
            If the worker is gone or does not read.
        """
        try:
            send(self._channel, Frame(message, list(buffers)), tick=(TICK, budget.check))
        except WireClosed:
            raise WorkerDied("the process ended") from None

    def hear(self, budget: Budget, **most: int) -> Frame:
        """Wait for the next frame, and look at the worker's use of the machine meanwhile.

        Parameters
        ----------
        most : int, optional
            As for `receive`.

        Raises
        ------
        LimitReached
            If it uses too much, ends, or breaks the rules of the wire.
        """
        try:
            return receive(self._channel, tick=(TICK, budget.check), **most)
        except WireClosed:
            raise WorkerDied("the process ended") from None
        except WireError as error:
            raise WorkerDied(f"the process broke the rules: {error}") from None

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        if self._pidfd < 0:
            return False
        return not select.select([self._pidfd], [], [], 0)[0]

    def kill(self) -> None:
        """End the process and all it started, and close the channel."""
        if self._pidfd >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            # its scratch folder can be removed only when it is gone
            select.select([self._pidfd], [], [], 10)
            os.close(self._pidfd)
            self._pidfd = -1
        self._channel.close()
        self._held.close()

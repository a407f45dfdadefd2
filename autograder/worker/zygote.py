"""The zygote: a warm interpreter that forks one worker for each submission.

Started as `python -s -P -m autograder.worker.zygote FD ORDER` in an environment of our own. It has
never held a hidden test, an expected value or a reference, and so neither has any fork of it.
It imports and runs nothing: a fork taken after Keras has computed would hang.
"""

import contextlib
import gc
import importlib
import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.sandbox.defences import Defence
from autograder.sandbox.entry import enter, prepare
from autograder.sandbox.limits import Limits
from autograder.sandbox.tiers import Tier
from autograder.worker.order import TWIN, Order

Serve = Callable[[socket.socket], None]


def main(arguments: Sequence[str]) -> None:
    """Import what is ordered, then fork a worker whenever the control socket asks for one.

    Asked for a twin, it forks itself: that hears what the socket it was given says.
    """
    control = socket.socket(fileno=int(arguments[0]))
    control.set_inheritable(False)
    order = Order.from_text(arguments[1])
    serve = _warm_up(order.modules)
    prepare(order.paths, order.folders)
    # what is imported stays: no worker need look for garbage in it, or copy its pages to do so
    gc.collect()
    gc.freeze()
    control.send(b"ready")
    while True:
        message, fds, *_ = socket.recv_fds(control, 4096, 1)
        _reap()
        if not message or not fds:
            return
        process = os.fork()
        if message == TWIN:
            if process == 0:
                control.close()
                control = socket.socket(fileno=fds[0])
                control.send(b"ready")
            else:
                os.close(fds[0])
            continue
        if process == 0:
            control.close()
            _become_worker(fds[0], order, message.decode(), serve)
        for fd in fds:
            os.close(fd)
        control.send(str(process).encode())


def _warm_up(modules: Sequence[str]) -> Serve:
    from autograder.worker.serve import Server
    from autograder.worker.shell import Shell, quiet_builtins

    for module in modules:
        # what is missing here fails in the student's own import, with its own message
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    quiet_builtins()
    shell = Shell()
    shell.inline_figures()

    def serve(channel: socket.socket) -> None:
        Server(channel, shell).serve()

    return serve


def _become_worker(fd: int, order: Order, scratch: str, serve: Serve) -> None:
    """Never returns: whatever happens, the fork ends here."""
    code = 70
    try:
        enter(
            Tier(order.tier),
            scratch_bytes=order.scratch,
            readable=order.paths,
            by_name=order.folders,
            limits=Limits(cpu_seconds=order.cpu_seconds, memory_bytes=order.memory),
            keep_fds=[fd],
            scratch=Path(scratch) if scratch != "-" else None,
            environment=order.environment,
            without=[Defence(name) for name in order.without],
        )
        channel = socket.socket(fileno=fd)
        # the kernel tells the examiner which process sent it
        channel.send(b"!")
        serve(channel)
        code = 0
    finally:
        os._exit(code)


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    main(sys.argv[1:])

"""Runs in a process of its own: the code cells of one notebook, one after another, as in Jupyter.

Standard input holds `{"cells": [[number, text], …], "limit": seconds}`. On standard output comes
a line of JSON when a cell begins, and one when it ends. What the cells print goes nowhere.
"""

import faulthandler
import json
import os
import re
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from IPython.core.compilerop import CachingCompiler
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from course.commands.run import STUCK

# a cell that swallows the interrupt ends the process this much later
_GRACE = 5.0
_SLEEPER = 10
_MOST_TIMEOUTS = 3
_MOST_TEXT = 2000
_NAME = re.compile(r"<cell (\d+)>")


class _Compiler(CachingCompiler):
    """Names the code of a cell for the cell, so that an error tells where it happened."""

    cell = 0

    def get_code_name(self, *_: object) -> str:
        """What stands for a file's name."""
        return f"<cell {self.cell}>"


class _Shell(InteractiveShell):
    compiler_class = _Compiler
    compile: _Compiler

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there is no window."""

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str, str]:  # noqa: ARG002
        """Do nothing: nobody sees the figures, so none is drawn."""
        return "inline", "agg"

    def _showtraceback(self, *_: object) -> None:
        """Print nothing: the error is told by the parent."""


class _Limit:
    """Interrupts the main thread when a cell has run too long.

    Seconds are those of the processor, so that a busy computer makes no difference; ten times as
    many on the clock catch a sleeper.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.fired = False

    @contextmanager
    def __call__(self, nowhere: TextIO) -> Iterator[None]:
        self.fired = False
        over = threading.Event()
        # the last resort: it works while compiled code lets no thread run
        last = _SLEEPER * self.seconds + 2 * _GRACE
        faulthandler.dump_traceback_later(last, exit=True, file=nowhere)
        threading.Thread(target=self._watch, args=[over], daemon=True).start()
        try:
            yield
        finally:
            over.set()
            faulthandler.cancel_dump_traceback_later()

    def _watch(self, over: threading.Event) -> None:
        began = time.process_time(), time.monotonic()

        def used() -> float:
            return max(time.process_time() - began[0], (time.monotonic() - began[1]) / _SLEEPER)

        while not over.wait(0.05 if used() < 1 else 0.5):
            if used() > self.seconds:
                break
        if over.is_set():
            return
        self.fired = True
        _interrupt()
        if not over.wait(_GRACE):
            os._exit(STUCK)


def _interrupt() -> None:
    """Interrupt the main thread."""
    if hasattr(signal, "pthread_kill"):
        # unlike interrupt_main, it wakes a sleeper
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    else:
        import _thread

        _thread.interrupt_main()


def main() -> None:
    """Run the cells that standard input names."""
    order = json.load(sys.stdin)
    say = open(os.dup(1), "w", encoding="ascii")  # noqa: PTH123, SIM115 # a descriptor, open to the end
    nowhere = open(os.devnull, "r+", encoding="utf-8")  # noqa: PTH123, SIM115
    for descriptor in (0, 1, 2):
        os.dup2(nowhere.fileno(), descriptor)
    # a parent in the background hands down an ignored SIGINT
    signal.signal(signal.SIGINT, signal.default_int_handler)
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    shell = _Shell.instance(config=config)
    limit, timeouts = _Limit(order["limit"]), 0
    for number, source in order["cells"]:
        if timeouts == _MOST_TIMEOUTS:
            break
        shell.compile.cell = number
        print(json.dumps({"begins": number}), file=say, flush=True)
        error = _run(shell, source, limit, nowhere)
        timeouts += limit.fired
        problem = _told(error, timed_out=limit.fired)
        print(json.dumps({"ends": number, "problem": problem}), file=say, flush=True)
    print(json.dumps({"done": True}), file=say, flush=True)
    # threads that a cell left behind would keep the process alive
    os._exit(0)


def _run(
    shell: InteractiveShell, source: str, limit: _Limit, nowhere: TextIO
) -> BaseException | None:
    try:
        with limit(nowhere):
            result = shell.run_cell(source, store_history=True)
            pyplot = sys.modules.get("matplotlib.pyplot")
            if pyplot is not None:
                pyplot.close("all")
    except BaseException as error:  # what IPython itself lets through
        return error
    found: BaseException | None = result.error_before_exec or result.error_in_exec
    if isinstance(found, KeyboardInterrupt) and not limit.fired:
        # somebody pressed Ctrl+C: stop at once, as the parent does
        os._exit(130)
    return found


def _told(error: BaseException | None, *, timed_out: bool) -> dict[str, Any] | None:
    """What the parent is told of an error: type, message, place and whether it is a stub's."""
    if error is None and not timed_out:
        return None
    if timed_out:
        return {"type": "Timeout", "message": "", "to_do": False, "cell": 0, "line": 0}
    assert error is not None
    try:
        message = error.msg if isinstance(error, SyntaxError) else str(error)
    except BaseException:  # a student's exception may do anything
        message = ""
    cell, line = _place(error)
    return {
        "type": type(error).__name__,
        "message": message[:_MOST_TEXT],
        "to_do": any(isinstance(one, NotImplementedError) for one in _chain(error)),
        "cell": cell,
        "line": line,
    }


def _place(error: BaseException) -> tuple[int, int]:
    """The innermost cell that an error came through, and the line of it; 0 if there is none."""
    if isinstance(error, SyntaxError):
        places = [(error.filename, error.lineno)]
    else:
        frames = traceback.extract_tb(error.__traceback__)
        places = [(frame.filename, frame.lineno) for frame in frames]
    for name, line in reversed(places):
        if found := _NAME.fullmatch(name or ""):
            return int(found[1]), line or 0
    return 0, 0


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__

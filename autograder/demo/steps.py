"""How far the demo is: one line that is written over on a terminal, a line a step elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

_WIDTH = 79


class Steps:
    """Times the steps of a run and shows the one that is under way."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream = stream or sys.stdout
        self._terminal = stream.isatty()
        self._seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str, what: str, total: int = 0) -> Iterator[Callable[[], None]]:
        """Show a step while it is under way.

        Parameters
        ----------
        name : str
            The kind of step; steps of one kind are added up.
        what : str
            What it works on.
        total : int
            How many pieces it has, where it counts them.

        Yields
        ------
        callable
            To be called for each piece.
        """
        began, done = time.monotonic(), 0
        self._show(f"{name} {what} …")

        def tick() -> None:
            nonlocal done
            done += 1
            self._show(f"{name} {what}  {done}/{total}")

        yield tick
        seconds = time.monotonic() - began
        self._seconds[name] = self._seconds.get(name, 0) + seconds
        self._show("")
        if not self._terminal:
            print(f"{name:9}  {seconds:4.0f} s  {what}", file=self._stream, flush=True)

    @property
    def summary(self) -> str:
        """What each kind of step took."""
        return " · ".join(f"{name} {seconds:.0f} s" for name, seconds in self._seconds.items())

    def _show(self, text: str) -> None:
        if self._terminal:
            print(f"\r{text[:_WIDTH]:{_WIDTH}}", end="" if text else "\r", file=self._stream)
            self._stream.flush()

"""A line that says how far a run is, how fast, and how long it will take."""

import sys
import time
from typing import TextIO


class Progress:
    """Counts what is done. On a terminal one line is written over and over; else none."""

    def __init__(self, total: int, what: str, stream: TextIO = sys.stderr) -> None:
        self._total = total
        self._what = what
        self._stream = stream
        self._began = time.monotonic()
        self.done = 0

    @property
    def rate(self) -> float:
        """Pieces a second since the beginning."""
        return self.done / max(time.monotonic() - self._began, 1e-9)

    def step(self) -> None:
        """Count one more."""
        self.done += 1
        if not self._stream.isatty():
            return
        width = 24
        filled = width * self.done // self._total
        left = (self._total - self.done) / max(self.rate, 1e-9)
        self._stream.write(
            f"\r{'█' * filled}{'░' * (width - filled)} {self.done}/{self._total} {self._what}"
            f"  {self.rate:.1f}/s  {left:.0f} s left "
        )
        self._stream.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._stream.isatty():
            self._stream.write("\r" + " " * 79 + "\r")
            self._stream.flush()

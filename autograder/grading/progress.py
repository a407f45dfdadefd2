"""A line that says how far a run is, how fast, and how long it will take."""

import sys
import time
from typing import TextIO


def duration(seconds: float) -> str:
    """A time as a person reads it: `41 s`, `4 min 19 s`, `1 h 2 min`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes == 0:
        return f"{rest} s"
    hours, minutes_left = divmod(minutes, 60)
    return f"{hours} h {minutes_left} min" if hours else f"{minutes} min {rest} s"


def pace(done: int, seconds: float) -> str:
    """How fast, in brackets, or nothing if there was nothing: `1.4 a second`, `one in 37 s`."""
    if not done:
        return ""
    each = seconds / done
    return f" (one in {duration(each)})" if each > 1 else f" ({done / seconds:.1f} a second)"


class Progress:
    """Counts what is done. On a terminal one line is written over and over; else none."""

    def __init__(self, total: int, what: str, stream: TextIO = sys.stderr) -> None:
        self._total = total
        self._what = what
        self._stream = stream
        self._began = time.monotonic()
        self.done = 0

    def step(self) -> None:
        """Count one more."""
        self.done += 1
        if not self._stream.isatty():
            return
        width = 24
        filled = width * self.done // self._total
        seconds = time.monotonic() - self._began
        left = seconds / self.done * (self._total - self.done)
        self._stream.write(
            f"\r{'█' * filled}{'░' * (width - filled)} {self.done}/{self._total} {self._what}"
            f"{pace(self.done, seconds)}  {duration(left)} left ".ljust(30)
        )
        self._stream.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._stream.isatty():
            self._stream.write("\r" + " " * 79 + "\r")
            self._stream.flush()

"""The outputs of a student's cells in nbformat's form, cut off where they are too many."""

from typing import Any

from autograder.worker import caps

Output = dict[str, Any]


class Room:
    """What a whole notebook may still show."""

    def __init__(self) -> None:
        self.left = caps.NOTEBOOK
        self.pieces = caps.PIECES
        self.silent = False


class Outputs:
    """The outputs of one cell: `caps.CELL` bytes of them, and no more than the notebook has left.

    Where something is left out, one sentence says so, and nothing comes after it.
    """

    def __init__(self, room: Room) -> None:
        self._items: list[Output] = []
        # pieces of the stream that is the last item: to add each to its text would take longer
        # the longer it gets
        self._pending: list[str] = []
        self._room = room
        self._left = min(caps.CELL, room.left)
        self._cut = False

    @property
    def items(self) -> list[Output]:
        """All so far."""
        if self._pending:
            self._items[-1]["text"] = "".join(self._pending)
            self._pending = [self._items[-1]["text"]]
        return self._items

    def stream(self, name: str, text: str) -> None:
        """Add text that was printed to `stdout` or `stderr`."""
        if self._cut or not text:
            return
        last = self._items[-1] if self._items else None
        if last is None or last["output_type"] != "stream" or last["name"] != name:
            if not self._take(caps.PIECE):
                return
            self._items.append({"output_type": "stream", "name": name, "text": ""})
        kept = text[: self._left + 1]
        if caps.size_of(kept) > self._left:
            self._pending.append(caps.shortened(kept, self._left))
            self._end()
        else:
            self._pending.append(kept)
            self._left -= caps.size_of(kept)
            self._room.left -= caps.size_of(kept)

    def rich(self, kind: str, data: dict[str, Any], **more: Any) -> None:
        """Add a display of some MIME types; one that does not fit is left out whole."""
        kept = {str(key): value for key, value in data.items() if isinstance(value, str)}
        if self._fits(sum(len(key) + len(value) for key, value in kept.items())) and self._take(
            caps.PIECE + sum(caps.size_of(key + value) for key, value in kept.items())
        ):
            self._items.append({"output_type": kind, "data": kept, "metadata": {}, **more})

    def error(self, name: str, message: str, trace: list[str]) -> None:
        """Add an exception that ended a cell."""
        texts = (name, message, *trace)
        if self._take(caps.PIECE + sum(caps.size_of(text) for text in texts)):
            self._items.append(
                {"output_type": "error", "ename": name, "evalue": message, "traceback": trace}
            )

    def _fits(self, size: int) -> bool:
        """Whether a piece may fit, by its characters; it is not encoded only to be left out."""
        if size > self._left:
            self._end()
        return not self._cut

    def _take(self, size: int) -> bool:
        """Make room for another piece, or end the output here."""
        if size > self._left or self._room.pieces <= 0:
            self._end()
        if self._cut:
            return False
        self._close_stream()
        self._left -= size
        self._room.left -= size
        self._room.pieces -= 1
        return True

    def _close_stream(self) -> None:
        if self._pending:
            self._items[-1]["text"] = "".join(self._pending)
            self._pending = []

    def _end(self) -> None:
        if self._cut:
            return
        self._close_stream()
        self._cut = True
        if not self._room.silent:
            last = self._items[-1] if self._items else None
            if last is not None and last["output_type"] == "stream":
                last["text"] += caps.CUT
            else:
                self._items.append({"output_type": "stream", "name": "stderr", "text": caps.CUT})
        # where it is the notebook that has no room, it is said once: the cells below stay empty
        self._room.silent |= self._left == self._room.left or self._room.pieces <= 0
        if self._room.silent:
            self._room.left = 0

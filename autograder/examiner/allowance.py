"""How much output of a whole notebook is kept, whatever a worker says of it."""

from typing import Any

from autograder.worker import caps


class Allowance:
    """Counts what a notebook shows. A worker keeps to it too, unless its student forges replies."""

    def __init__(self) -> None:
        self._left = caps.NOTEBOOK
        self._pieces = caps.PIECES
        # the sentences that say so where a worker has cut are not counted against it
        self._notices = caps.size_of(caps.CUT)

    def take(self, outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Keep what fits of a cell's outputs, with a sentence where the rest is left out."""
        kept: list[dict[str, Any]] = []
        for output in outputs:
            self._pieces -= 1
            self._left -= _size(output)
            if self._pieces < 0 or self._left < -self._notices:
                if self._notices:
                    kept.append({"output_type": "stream", "name": "stderr", "text": caps.CUT})
                self._left = self._pieces = self._notices = 0
                break
            kept.append(output)
        return kept


def _size(output: dict[str, Any]) -> int:
    texts = [*output.get("data", {}).values(), *output.get("traceback", ())]
    texts += [output.get(name, "") for name in ("text", "evalue", "ename")]
    return sum(map(caps.size_of, texts))

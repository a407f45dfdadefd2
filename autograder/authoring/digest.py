"""A digest of what an author writes in a notebook: its cells' kinds and texts."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any


def cells_digest(cells: Sequence[Mapping[str, Any]]) -> str:
    """Digest of the cells, the same for every way nbformat may store or run them."""
    content = [
        (cell["cell_type"], "".join(cell["source"]))  # a string or a list of lines
        for cell in cells
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()

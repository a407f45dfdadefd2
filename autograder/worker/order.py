"""What the trusted side tells a zygote when it starts it, as one argument."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

# asks a zygote for another that has imported the same; where a worker's folder is named otherwise
TWIN = b"+"


@dataclass(frozen=True, slots=True)
class Order:
    """How the zygote and its workers are to be.

    Attributes
    ----------
    modules : tuple of str
        What to import before the first fork.
    readable : tuple of str
        Files and folders that a worker may read, besides Python's and the system's libraries.
    by_name : tuple of str
        Folders of which it may read the files whose names it knows.
    memory : int
        Bytes of memory of a worker.
    scratch : int
        Bytes that a worker may write.
    environment : dict
        Variables that a worker sees.
    without : tuple of str
        For tests only: layers of the sandbox to leave out, by `Defence`.
    """

    tier: int
    modules: tuple[str, ...]
    readable: tuple[str, ...]
    memory: int
    cpu_seconds: float
    scratch: int
    environment: dict[str, str]
    without: tuple[str, ...] = ()
    by_name: tuple[str, ...] = ()

    def as_text(self) -> str:
        """The order as a command line argument."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Order":
        """Read what `as_text` wrote."""
        data = json.loads(text)
        for name in ("modules", "readable", "without", "by_name"):
            data[name] = tuple(data[name])
        return cls(**data)

    @property
    def paths(self) -> list[Path]:
        """`readable` as paths."""
        return [Path(path) for path in self.readable]

    @property
    def folders(self) -> list[Path]:
        """`by_name` as paths."""
        return [Path(path) for path in self.by_name]

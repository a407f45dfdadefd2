"""The one error an instructor is meant to read."""

from pathlib import Path


class GraderError(Exception):
    """An instructor's mistake: where it stands and how to mend it.

    Parameters
    ----------
    message : str
        What is wrong, one sentence without a full stop at its end.
    remedy : str
        What to do next, one sentence.
    file : Path or str, optional
        The file to open.
    line : int, optional
        The 1-based line in it.
    """

    def __init__(
        self,
        message: str,
        *,
        remedy: str = "",
        file: Path | str | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.file = file
        self.line = line

    def __str__(self) -> str:
        """Render as `file:line: message; remedy`, the form editors turn into a link."""
        place = ""
        if self.file is not None:
            place = f"{self.file}:{self.line}: " if self.line is not None else f"{self.file}: "
        return place + self.message + (f"; {self.remedy}" if self.remedy else "")

"""What an address of the Jupyter server shows: a page of formgrader, a student's file, another."""

import re
from collections.abc import Collection
from enum import Enum, auto
from urllib.parse import unquote


class Place(Enum):
    """What stands at an address."""

    OTHER = auto()
    PAGE = auto()  # of formgrader
    ANSWER = auto()  # of formgrader's API, which its scripts read
    FILE = auto()  # that a student handed in
    SHOWN = auto()  # made of what a student handed in, to be looked at


# nbgrader's own scripts, sheets and fonts
_OWN = re.compile(r"formgrader/(?:static|fonts|submissions/components)/")
_BESIDE = re.compile(r"formgrader/submissions/[^/]+/(?!(?:next|prev)(?:_incorrect)?/?\Z).")
FOLDERS = frozenset({"autograded", "downloaded", "feedback", "submitted"})


def place(path: str, base_url: str, folders: Collection[str] = FOLDERS) -> Place:
    """Tell what the server shows at a path.

    Parameters
    ----------
    path : str
        Of the request, as it came.
    base_url : str
        Below which the server lives.
    folders : collection of str
        In which a course keeps what students handed in.

    Examples
    --------
    >>> place("/lab/formgrader/submissions/5/", "/lab/").name
    'PAGE'
    >>> place("/files/week/subm%69tted/kim/a.html", "/").name
    'FILE'
    """
    # a path may hold `..`, or `.` twice, or an escape: the folder's name stays in it
    rest = unquote(path).removeprefix(base_url.rstrip("/")).lstrip("/")
    if rest.split("/")[0] == "formgrader":
        if _OWN.match(rest):
            return Place.OTHER
        if rest.startswith("formgrader/api/"):
            return Place.ANSWER
        return Place.FILE if _BESIDE.match(rest) else Place.PAGE
    kind, *parts = rest.split("/")
    # some file systems do not tell SUBMITTED from submitted
    named = [part.casefold() for part in parts[:-1]]
    if kind not in {"files", "nbconvert"} or not set(folders).intersection(named):
        return Place.OTHER
    if kind == "nbconvert" or "feedback" in named:
        return Place.SHOWN
    return Place.FILE

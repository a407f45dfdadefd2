"""Text as it is: nothing that a terminal or a browser would act on, and not without end."""

import re

_MOST = 20_000
# colours and cursor moves; titles, links and other strings up to their end; what else ESC begins
_ANSI = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]"
)
_LINE_ENDS = re.compile(r"\r+\n|\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
# they make a line read otherwise than it runs
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: object, most: int = _MOST) -> str:
    r"""Take out of a text what is no text, and cut it where it is too long.

    Parameters
    ----------
    text : object
        A string, or what a notebook stores in its place: a list of lines. Anything else is empty.
    most : int
        So many characters are kept; what follows is counted and said.

    Returns
    -------
    str
        Line ends are `\n`. A mark that turns the direction of writing shows as U+FFFD, so that
        who reads code sees that something stood there.
    """
    if isinstance(text, list):
        text = "".join(part for part in text if isinstance(part, str))
    if not isinstance(text, str):
        return ""
    # terminal sequences add length that nobody sees; no text needs more of them than of letters
    shown = _ANSI.sub("", text[: 4 * most])
    shown = _BIDI.sub("\ufffd", _CONTROL.sub("", _LINE_ENDS.sub("\n", shown)))
    left = len(shown) - most + max(len(text) - 4 * most, 0)
    return shown if left <= 0 else f"{shown[:most]}\n… cut here, {left} characters more"

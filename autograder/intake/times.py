"""When a student handed in, as `timestamp.txt` says it: a time that all read alike, or none."""

import re
from datetime import datetime
from pathlib import Path

from autograder.intake.read import read_timestamp

# what the documentation tells to write; nbgrader's exchange writes fractions of a second, too
ACCEPTED = "2027-03-17 09:00:00 Asia/Seoul"
_FORM = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)"
    r"(?:[ T](?P<time>\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(?P<offset>Z|[+-]\d\d:\d\d)?"
    r"(?: (?P<zone>[A-Za-z]\S*))?)?"
)


def is_time(text: str) -> bool:
    """Whether a text is a time as `ACCEPTED`, the zone one that is known (UTC if there is none).

    nbgrader reads more, and some of it wrongly: `monday` as the next one, `+0900` as 15 minutes,
    a zone that it does not know as UTC.
    """
    found = _FORM.fullmatch(text)
    if found is None or (found["offset"] and found["zone"]):
        return False
    try:
        datetime.fromisoformat(f"{found['date']} {found['time'] or '00:00'}")
    except ValueError:
        return False
    return found["zone"] is None or _is_zone(found["zone"])


def hand_in_time(folder: Path) -> str:
    """The time of a hand-in; empty if none is written, or none that can be read."""
    text = read_timestamp(folder)
    return text if is_time(text) else ""


def no_time(student: str, assignment: str, text: str) -> str:
    """What an instructor should read of a text that is no time."""
    return (
        f"submitted/{student}/{assignment}/timestamp.txt holds no time of {student}: "
        f"{text[:50]!r}. Write it as {ACCEPTED}; until then it counts as handed in on time"
    )


def _is_zone(name: str) -> bool:
    from dateutil.tz import gettz  # type: ignore[import-untyped]

    return gettz(name) is not None

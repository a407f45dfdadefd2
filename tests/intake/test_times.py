"""A time is written in one form, which everybody reads alike; whatever else is none."""

from pathlib import Path

import pytest

from autograder.intake.times import hand_in_time, is_time

TIMES = {
    "2027-03-17 09:00:00 Asia/Seoul": True,
    "2027-03-17 09:00 Asia/Seoul": True,
    "2015-02-02 15:58:23.948203 America/Los_Angeles": True,
    "2026-03-02 10:00:00 UTC": True,
    "2026-03-02 10:00:00": True,
    "2026-03-02T10:00:00Z": True,
    "2026-03-02 10:00:00+09:00": True,
    "2026-03-02": True,
    "": False,
    "yesterday": False,
    "monday": False,
    "10": False,
    "03/04/2027 10:00": False,
    "17.03.2027 09:00:00": False,
    "2027-02-30 09:00:00 Asia/Seoul": False,
    "2027-03-17 25:00:00": False,
    # nbgrader would read these as UTC, and as 15 minutes
    "2027-03-17 09:00:00 Asia/Soul": False,
    "2027-03-17 09:00:00 +0900": False,
    "2027-03-17 09:00:00+09:00 Asia/Seoul": False,
    "2027-03-17 09:00:00 Asia/Seoul\nlate": False,
}


@pytest.mark.parametrize(("text", "valid"), TIMES.items(), ids=[repr(one) for one in TIMES])
def test_a_time_is_of_one_form_and_a_known_zone(tmp_path: Path, text: str, valid: bool) -> None:
    assert is_time(text) is valid
    (tmp_path / "timestamp.txt").write_text(f"{text}\n", encoding="utf-8")
    assert hand_in_time(tmp_path) == (text if valid else "")

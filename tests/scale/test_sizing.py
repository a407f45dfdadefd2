"""The page about sizes says what the model says."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "benchmarks"))

from sizing import DAYS, cores_for, page  # noqa: E402 # behind the path


def test_the_page_has_the_tables_that_the_script_prints() -> None:
    written = (ROOT / "docs" / "sizing.md").read_text(encoding="utf-8")
    for part in page(DAYS).split("\n\n"):
        assert part in written, "run `python benchmarks/sizing.py` and paste what it prints"


def test_more_cores_help_until_the_writer_is_always_busy() -> None:
    for day in DAYS:
        assert day.minutes(3_000, 8) < day.minutes(3_000, 4) < day.minutes(3_000, 2)
        beyond = 2 * day.saturated
        assert day.minutes(3_000, beyond) == day.minutes(3_000, 2 * beyond)
        assert cores_for(day, 30_000, within=0.1) < beyond


def test_a_larger_class_is_never_given_fewer_cores() -> None:
    for day in DAYS:
        cores = [cores_for(day, students, within=60) for students in (30, 300, 3_000, 30_000)]
        assert cores == sorted(cores)
        assert day.minutes(300, cores[1]) <= 60

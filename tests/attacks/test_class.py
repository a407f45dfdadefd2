"""A class with hostile students among honest ones, graded by the command, with a real gradebook."""

import csv
import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from hall import POINTS, SECRETS, Hall, attacks, found_in, open_hall

HOSTILE = (
    "A02_source_folder", "A15_inputs_through_a_visible_test", "B01_patched_checks",
    "B13_os_exit", "C04_not_graded", "C06_duplicate_ids", "C13_extra_credit", "C18_nonsense",
    "D01_endless_loop", "D07_kill_everybody", "E03_linked_notebook", "E06_script",
    "R12_spam", "R17_kill_by_number", "R18_daemon", "R19_surrogates", "X06_deep_json",
    "X14_fake_log_lines", "X15_deep_cell_type",
)  # fmt: skip
TIMES = ("nan", "0001-01-01 00:00:00", "9999-12-31 23:59:59", "2020-01-01 00:00:00 +99:99", "\0")
# a script that a browser would run; as text its brackets are escaped
ALIVE = r"<script>alert|<[a-z][^<>]*\bon(?:error|load)=|href=.javascript:"
# folders that an instructor's upload of a class could bring
NO_IDS = ("=cmd|'calc'!A0", "-rf", "@SUM(1)", "a\u202eb", "e\u0301tienne", "a b", "x" * 65)


@pytest.mark.slow
def test_hostile_students_change_nothing_for_anybody() -> None:
    with open_hall() as hall:
        (hall.root / "gradebook.db").unlink()
        scores = hand_in(hall)
        type_in(hall, "nbgrader", "generate_assignment", "week1")
        done = type_in(hall, "autograder", "grade", "week1")
        assert "FAILED" not in done.stderr
        assert done.stderr.count("passed over") == len(NO_IDS)
        control = ("\x1b[2J", "\x1b]0", "\u202e", "\0")
        assert found_in(done.stdout + done.stderr, (*SECRETS, *control)) == []
        assert still_running(str(hall.root)) == []
        assert list(temporary(hall).iterdir()) == []

        type_in(hall, "nbgrader", "generate_feedback", "week1")
        type_in(hall, "nbgrader", "export")
        with (hall.root / "grades.csv").open(encoding="utf-8", newline="") as file:
            rows = {row["student_id"]: row for row in csv.DictReader(file)}
        assert {student: float(row["score"]) for student, row in rows.items()} == scores

        results = list((hall.root / "results").rglob("*.json"))
        assert {file.stem for file in results} == set(scores)
        for file in results:
            data = json.loads(file.read_text("utf-8"))
            assert data.pop("fingerprint")
            assert data["max_score"] == POINTS
            assert found_in(json.dumps(data), SECRETS) == []
        pages = list((hall.root / "feedback").rglob("*.html"))
        # who handed in a file that is no notebook reads on it why
        assert len(pages) == len(scores)
        for page in pages:
            html = page.read_text("utf-8")
            text = unescape(re.sub(r"<[^>]+>", "", html))
            assert found_in(text, SECRETS) == [], page
            assert re.findall(ALIVE, html) == [], page


def temporary(hall: Hall) -> Path:
    return hall.root.parent / "of_the_command"


def type_in(hall: Hall, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command as an instructor does, with a home and temporary files of its own."""
    for folder in (temporary(hall), hall.root.parent / "home"):
        folder.mkdir(mode=0o755, exist_ok=True)
    done = subprocess.run(
        [str(Path(sys.executable).parent / words[0]), *words[1:]],
        cwd=hall.root,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(hall.root.parent / "home"),
            "TMPDIR": str(temporary(hall)),
            "LANG": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done


def hand_in(hall: Hall) -> dict[str, float]:
    """Write all submissions; the scores that they must get."""
    scores = {"aaa-honest": POINTS, "mmm-honest": POINTS, "zzz-honest": POINTS}
    by_name = {attack.name: attack for attack in attacks()}
    for name in HOSTILE:
        hall.hand_in(name, by_name[name])
        scores[name] = float(by_name[name].expected["points"])
    for number, text in enumerate(TIMES):
        folder = hall.honest(f"time-{number}").folder
        (folder / "timestamp.txt").write_text(text, encoding="utf-8")
        scores[folder.parent.name] = POINTS
    for student in (*(name for name in scores if name.endswith("honest")), *NO_IDS):
        hall.honest(student)
    return scores


def still_running(word: str) -> list[str]:
    """Command lines of processes that name the course or work in it."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            place = os.readlink(folder / "cwd")  # noqa: PTH115 # the folder may be gone
        except OSError:
            continue
        if word in line or place.startswith(word):
            found.append(f"{folder.name} {line}")
    return found

"""A machine that stops: what was promised to last lasts, and what did not is graded anew."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from classroom import STUDENTS, Classroom

from autograder.files import append_line, write_all_whole, write_whole
from autograder.grading.autograded import is_whole

RESULTS, NOTEBOOK, TIME = "results/small/{}.json", "autograded/{}/small/scale.ipynb", (
    "autograded/{}/small/timestamp.txt"
)  # fmt: skip


def empty(_content: bytes) -> bytes:
    """A name without content, as XFS or ext4 may leave it."""
    return b""


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def zeros(content: bytes) -> bytes:
    """The length is there, the blocks are not."""
    return bytes(len(content))


def zero_tail(content: bytes) -> bytes:
    return content[: len(content) // 2] + bytes(len(content) - len(content) // 2)


def gone(_content: bytes) -> None:
    return None


DAMAGES: list[tuple[str, Callable[[bytes], bytes | None]]] = [
    *((NOTEBOOK, damage) for damage in (empty, half, zeros, zero_tail, gone)),
    *((RESULTS, damage) for damage in (empty, half, zeros, zero_tail, gone)),
    *((TIME, damage) for damage in (empty, zeros, gone)),
]


def kept(classroom: Classroom) -> dict[str, bytes]:
    """What a run leaves of the class, but for its record, which varies."""
    return {
        path.relative_to(classroom.root).as_posix(): path.read_bytes()
        for place in ("results", "autograded")
        for path in sorted((classroom.root / place).rglob("*"))
        if path.is_file() and path.name[0] != "."
    }


@pytest.mark.slow
def test_what_a_stopped_machine_tore_is_graded_anew_and_nothing_else(classroom: Classroom) -> None:
    assert classroom.grade() == 0
    before = kept(classroom)
    for student, (place, damage) in zip(STUDENTS, DAMAGES, strict=False):
        file = classroom.root / place.format(student)
        content = damage(file.read_bytes())
        file.unlink()
        if content is not None:
            file.write_bytes(content)
    assert classroom.grade() == 0
    assert f"{len(STUDENTS)} submissions, {len(DAMAGES)} to grade" in classroom.output
    assert kept(classroom) == before
    classroom.assert_all_right()
    assert classroom.grade() == 0
    assert f"{len(STUDENTS)} submissions, 0 to grade" in classroom.output


@pytest.mark.parametrize(
    "damage", [empty, half, zeros, zero_tail, gone], ids=lambda one: one.__name__
)
@pytest.mark.parametrize("name", ["scale.ipynb", "timestamp.txt"])
def test_a_torn_file_is_not_whole(
    tmp_path: Path, name: str, damage: Callable[[bytes], bytes | None]
) -> None:
    content = {"scale.ipynb": b'{"cells": []}\n', "timestamp.txt": b"2026-03-09 09:00:00 UTC"}
    for each, text in content.items():
        (tmp_path / each).write_bytes(text)
    assert is_whole(tmp_path, ["scale"], dated=True)
    torn = damage(content[name])
    (tmp_path / name).unlink()
    if torn is not None:
        (tmp_path / name).write_bytes(torn)
    # half of a time is a text like any other
    assert is_whole(tmp_path, ["scale"], dated=True) == (name == "timestamp.txt" and damage is half)


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What reaches the disk and what gets its name, in order."""
    seen: list[tuple[str, str]] = []
    fsync, replace = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        seen.append(("lasts", Path(f"/proc/self/fd/{descriptor}").readlink().name))
        fsync(descriptor)

    def replaced(old: Path, new: Path) -> None:
        seen.append(("named", Path(new).name))
        replace(old, new)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    return seen


def test_a_file_lasts_before_it_has_its_name_and_its_name_before_anything_goes_on(
    tmp_path: Path, events: list[tuple[str, str]]
) -> None:
    write_whole(tmp_path / "new" / "deep" / "a.json", "{}")
    assert events[:2] == [("lasts", ".a.json.part"), ("named", "a.json")]
    # the folder, and those in which new folders lie
    assert set(events[2:]) == {("lasts", "deep"), ("lasts", "new"), ("lasts", tmp_path.name)}
    events.clear()
    write_whole(tmp_path / "new" / "deep" / "a.json", "[]")
    assert events == [("lasts", ".a.json.part"), ("named", "a.json"), ("lasts", "deep")]


def test_the_names_of_several_files_are_made_to_last_at_once(
    tmp_path: Path, events: list[tuple[str, str]]
) -> None:
    write_all_whole({tmp_path / name: name for name in ("a", "b", "c")}, 0o444)
    assert events == [
        *(event for name in "abc" for event in (("lasts", f".{name}.part"), ("named", name))),
        ("lasts", tmp_path.name),
    ]
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {
        name: name for name in "abc"
    }
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o444}


def test_a_line_lasts_when_it_is_added(tmp_path: Path, events: list[tuple[str, str]]) -> None:
    append_line(tmp_path / "log", "one")
    assert events == [("lasts", "log"), ("lasts", tmp_path.name)]
    events.clear()
    append_line(tmp_path / "log", "two")
    assert events == [("lasts", "log")]
    assert (tmp_path / "log").read_text("utf-8").split() == ["one", "two"]


def test_a_process_that_is_killed_while_it_writes_leaves_the_old_file_or_the_new(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.json"
    script = (
        "import sys\nfrom pathlib import Path\nfrom autograder.files import write_whole\n"
        "texts = ['a' * 300_000, 'b' * 300_000]\nprint('begun', flush=True)\n"
        "while True:\n    for text in texts:\n        write_whole(Path(sys.argv[1]), text)\n"
    )
    write_whole(file, "a" * 300_000)
    for wait in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(file)], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"begun\n"
            time.sleep(wait / 100)
            process.kill()
        assert file.read_text("utf-8") in {"a" * 300_000, "b" * 300_000}

"""What was handed in is read as a regular file of a sane size, or refused in one sentence."""

import json
import os
import socket
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from autograder.intake.cells import text_of
from autograder.intake.read import (
    MAX_BYTES,
    MAX_CELLS,
    Rejected,
    find_submissions,
    misnamed,
    read_cells,
    read_timestamp,
)
from autograder.intake.student_ids import valid_student


def notebook(*cells: Any) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


CELL = {"cell_type": "code", "source": ["x = 1\n", "y = 2"], "metadata": {}}


def write(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_the_cells_of_a_notebook_are_read(tmp_path: Path) -> None:
    assert read_cells(write(tmp_path / "a.ipynb", notebook(CELL, CELL))) == [CELL, CELL]


def test_what_is_no_cell_is_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", notebook(5, None, "x", [CELL], CELL))
    assert read_cells(path) == [CELL]


CORRUPT: dict[str, bytes] = {
    "empty": b"",
    "cut": b'{"cells": [',
    "no_json": b"<html>",
    "no_utf8": b'{"cells": "\xff\xfe"}',
    "zeros": bytes(1000),
    "deep_lists": b"[" * 1_000_000,
    "deep_cells": b'{"cells":' * 500_000,
    "digits": b'{"cells": [' + b"9" * 100_000 + b"]}",
    "zip": b"PK\x03\x04",
}


@pytest.mark.parametrize("content", CORRUPT.values(), ids=CORRUPT)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(content)
    with pytest.raises(Rejected, match="damaged"):
        read_cells(path)


OTHERS: dict[str, tuple[Any, str]] = {
    "number": (5, "not a notebook"),
    "null": (None, "not a notebook"),
    "list": ([CELL], "not a notebook"),
    "no_cells": ({"metadata": {}}, "not a notebook"),
    "cells_of_a_dict": ({"cells": {"0": CELL}}, "not a notebook"),
    "format_3": ({"nbformat": 3, "worksheets": [{"cells": []}]}, "old format"),
    "too_many_cells": (notebook(*[{}] * (MAX_CELLS + 1)), f"more than {MAX_CELLS} cells"),
}


@pytest.mark.parametrize(("content", "said"), OTHERS.values(), ids=OTHERS)
def test_what_is_no_notebook_of_today_is_refused(tmp_path: Path, content: Any, said: str) -> None:
    with pytest.raises(Rejected, match=said):
        read_cells(write(tmp_path / "a.ipynb", content))


def test_a_file_that_is_not_there_was_not_handed_in(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="not handed in"):
        read_cells(tmp_path / "a.ipynb")


@pytest.mark.parametrize("target", ["real.ipynb", "/etc/passwd", "nowhere", "a.ipynb"])
def test_a_link_is_refused_wherever_it_leads(tmp_path: Path, target: str) -> None:
    write(tmp_path / "real.ipynb", notebook(CELL))
    (tmp_path / "a.ipynb").symlink_to(target)
    with pytest.raises(Rejected, match="link"):
        read_cells(tmp_path / "a.ipynb")


def descriptors() -> int:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def test_a_folder_a_pipe_and_a_socket_are_refused_and_waited_for_by_nobody(tmp_path: Path) -> None:
    before = descriptors()
    (tmp_path / "folder.ipynb").mkdir()
    os.mkfifo(tmp_path / "pipe.ipynb")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.ipynb"))
        for name in ("folder", "pipe", "socket"):
            with pytest.raises(Rejected, match=r"regular file|cannot be opened"):
                read_cells(tmp_path / f"{name}.ipynb")
    assert descriptors() == before


def test_a_device_is_refused() -> None:
    with pytest.raises(Rejected, match="regular file"):
        read_cells(Path("/dev/zero"))


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)  # a hole: it takes no place on the disk
    with pytest.raises(Rejected, match="larger than 20 MB"):
        read_cells(path)
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(Rejected, match="larger than 20 MB"):
        read_cells(path)


SOURCES: dict[str, tuple[Any, str]] = {
    "text": ("x = 1", "x = 1"),
    "lines": (["x = 1\n", "y"], "x = 1\ny"),
    "none": (None, ""),
    "number": (5, ""),
    "mixed": (["x", 5], ""),
    "dict": ({"x": "y"}, ""),
    "half_a_character": ("x = '\ud800'", "x = '?'"),
    "halves_in_two_lines": (["'\ud83d", "\ude00'"], "'??'"),
    "korean": ("'경사'", "'경사'"),
}


@pytest.mark.parametrize(("source", "text"), SOURCES.values(), ids=SOURCES)
def test_the_text_of_a_cell_can_always_be_written_to_a_file(source: Any, text: str) -> None:
    assert text_of({"source": source}) == text
    text.encode("utf-8")


KOREAN = "김철수"
IDS = {
    "bitdiddle": True,
    "2026-12345": True,
    "kim.chul_su@uni.ac.kr": True,
    "Ødegård": True,
    KOREAN: True,
    unicodedata.normalize("NFD", KOREAN): False,
    unicodedata.normalize("NFD", "Ødegård"): False,
    "a" * 64: True,
    "a" * 65: False,
    "": False,
    ".": False,
    "..": False,
    ".hidden": False,
    "-rf": False,
    "_x": False,
    "@x": False,
    "../../etc": False,
    "a/b": False,
    "a\\b": False,
    "a b": False,
    "a\n": False,
    "a\0b": False,
    "a\tb": False,
    "=cmd|'/c calc'!A1": False,
    "=1+1": False,
    "+1": False,
    "a\u202eb": False,  # right-to-left override
    "a\u2066b": False,  # isolate
    "a\u200db": False,  # zero-width joiner
    "a\ufeffb": False,  # byte order mark
    "a\x1b[31m": False,
    "<b>": False,
    "a'b": False,
    'a"b': False,
    "a,b": False,
    "a;b": False,
    "a$b": False,
    "a%2e": False,
    "a\udcff": False,  # a byte that is no UTF-8, as Python reads it from a file system
}


@pytest.mark.parametrize(("name", "valid"), IDS.items(), ids=[ascii(name)[:40] for name in IDS])
def test_only_a_plain_name_is_a_students_id(name: str, valid: bool) -> None:
    assert valid_student(name) is valid


def submitted(root: Path, student: str) -> Path:
    folder = root / student / "week1"
    folder.mkdir(parents=True)
    write(folder / "a.ipynb", notebook(CELL))
    return folder


def test_submissions_are_found_in_the_order_of_ids(tmp_path: Path) -> None:
    for student in ("zoe", "adam", KOREAN):
        submitted(tmp_path, student)
    (tmp_path / "other" / "week2").mkdir(parents=True)
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    found, refused = find_submissions(tmp_path, "week1")
    assert [one.student for one in found] == ["adam", "zoe", KOREAN]
    assert refused == []


def test_strange_folders_are_named_and_passed_over(tmp_path: Path) -> None:
    elsewhere = submitted(tmp_path / "elsewhere", "eve")
    root = tmp_path / "submitted"
    submitted(root, "good")
    submitted(root, "=cmd")
    submitted(root, ".hidden")
    (root / "linked").symlink_to(elsewhere.parent)
    (root / "half").mkdir()
    (root / "half" / "week1").symlink_to(elsewhere)
    found, refused = find_submissions(root, "week1")
    assert [one.student for one in found] == ["good"]
    assert len(refused) == 3
    text = "\n".join(refused)
    assert "'linked' is a link" in text
    assert "'half'/week1 is a link" in text
    assert "'=cmd' cannot be a student's id" in text


def test_a_name_that_is_no_utf8_can_be_printed(tmp_path: Path) -> None:
    try:
        (tmp_path / "submitted" / os.fsdecode(b"a\xff") / "week1").mkdir(parents=True)
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    found, [reason] = find_submissions(tmp_path / "submitted", "week1")
    assert found == []
    reason.encode("utf-8")


def test_nothing_submitted_is_no_error(tmp_path: Path) -> None:
    assert find_submissions(tmp_path / "submitted", "week1") == ([], [])


MISNAMED = {
    "a_copy_of_one": (["broadcasting (1)"], {"broadcasting": "broadcasting (1)"}),
    "a_copy_of_one_that_is_there": (["broadcasting", "broadcasting (1)"], {}),
    "each_of_two": (
        ["my_score_function", "Broadcasting-final"],
        {"broadcasting": "Broadcasting-final", "score_function": "my_score_function"},
    ),
    "two_of_one": (["broadcastin", "broadcasting (2)"], {"broadcasting": "broadcasting (2)"}),
    "one_that_resembles_none": (["Untitled"], {}),
    "one_that_resembles_none_and_one_missing": (
        ["broadcasting", "Untitled"],
        {"score_function": "Untitled"},
    ),
    "nothing": ([], {}),
}


@pytest.mark.parametrize(("there", "meant"), MISNAMED.values(), ids=MISNAMED)
def test_a_renamed_notebook_is_proposed_once_for_the_one_that_it_resembles(
    tmp_path: Path, there: list[str], meant: dict[str, str]
) -> None:
    for name in there:
        (tmp_path / f"{name}.ipynb").touch()
    assert misnamed(tmp_path, ["broadcasting", "score_function"]) == [
        f"{name}.ipynb is missing; is it '{other}.ipynb'?" for name, other in meant.items()
    ]


def test_the_timestamp_is_read_if_it_is_a_small_regular_file(tmp_path: Path) -> None:
    assert read_timestamp(tmp_path) == ""
    stamp = tmp_path / "timestamp.txt"
    stamp.write_text("2026-03-02 10:00:00 UTC\n", encoding="utf-8")
    assert read_timestamp(tmp_path) == "2026-03-02 10:00:00 UTC"
    stamp.write_bytes(b"\xff" * 10)
    read_timestamp(tmp_path).encode("utf-8")
    stamp.write_text("x" * 1000, encoding="utf-8")
    assert read_timestamp(tmp_path) == ""
    stamp.unlink()
    stamp.symlink_to("/etc/hostname")
    assert read_timestamp(tmp_path) == ""

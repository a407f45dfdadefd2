"""`python -m course check`, on notebooks as students save them."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.utils import compute_checksum
from saved_notebooks import answered, cell, released, write

from course.commands.line import main
from course.commands.notebooks import Unreadable, checksum, read
from course.commands.odd import odd_cells
from course.commands.released import as_json, recognise, released_as

ROOT = Path(__file__).resolve().parents[2]
TWICE = answered("twice", "y = 2 * x")
ROOT_OF = answered("root", "y = x ** 0.5 if x >= 0 else int('no')")
Check = Callable[..., tuple[int, str]]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Check:
    """Save these cells as a notebook, check it, and hand back exit code and what was said."""
    monkeypatch.chdir(tmp_path)

    def run(*cells: dict[str, Any], words: tuple[str, ...] = ()) -> tuple[int, str]:
        write(tmp_path / "numbers.ipynb", list(cells))
        code = main(["check", "numbers.ipynb", *words])
        return code, capsys.readouterr().out

    return run


def with_answers(*answers: dict[str, Any]) -> list[dict[str, Any]]:
    """The released notebook with these cells in place of the stubs of their names."""
    named = {one["metadata"]["nbgrader"]["grade_id"]: one for one in answers}
    return [
        named.get(one["metadata"].get("nbgrader", {}).get("grade_id"), one) for one in released()
    ]


# --- The verdicts


def test_each_check_is_done_to_do_or_wrong_with_points_and_the_first_failure(check: Check) -> None:
    code, said = check(*with_answers(answered("twice", "y = x + 3")))
    assert code == 1
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert "wrong twice 1 point" in lines
    assert "when graded twice, negative 2 points" in lines
    assert "to do root 3 points" in lines
    assert "to do why 2 points graded by a person" in lines
    assert "first check that fails: twice (section “Twice”)" in lines
    assert "check_equal(twice(2), 4, 'twice(2)')" in lines
    assert "twice(2): got 5, expected 4." in lines
    assert "public checks passed: 0 of 2" in lines
    assert "points so far: 0 of the 4 that the public checks can tell" in lines
    assert "decided when graded: 4 points more (other inputs, written answers)" in lines


def test_all_public_checks_passed_is_success_and_never_called_all_tests(check: Check) -> None:
    code, said = check(*with_answers(TWICE, ROOT_OF))
    assert code == 0
    assert "public checks passed: 2 of 2" in said
    assert "points so far: 4 of the 4" in said
    assert "When graded, these checks are tried with other inputs too." in said
    assert "all tests" not in said.lower()


def test_what_is_still_to_do_can_be_allowed_but_not_what_is_wrong(check: Check) -> None:
    assert check(*with_answers(TWICE))[0] == 1
    assert check(*with_answers(TWICE), words=("--allow-to-do",))[0] == 0
    wrong = with_answers(answered("twice", "y = 'no'"))
    assert check(*wrong, words=("--allow-to-do",))[0] == 1


def test_an_untouched_notebook_is_to_do_without_being_run(check: Check, tmp_path: Path) -> None:
    cells = [cell("open('ran', 'w').close()"), *released()]
    code, said = check(*cells)
    assert code == 1
    assert "to do: no answer is written in the saved file" in said
    assert not (tmp_path / "ran").exists()
    assert check(*cells[:1], *with_answers(TWICE))[0] == 1
    assert (tmp_path / "ran").exists()


def test_an_answer_that_still_raises_is_to_do_and_the_line_is_named(check: Check) -> None:
    forgotten = answered("twice", "y = 2 * x\n    raise NotImplementedError('…')")
    _, said = check(*with_answers(forgotten))
    assert "next to do: twice" in said
    assert "still stands in your answer: delete it" in said


def test_an_answer_that_does_not_run_is_told_once_with_its_line(check: Check) -> None:
    _, said = check(*with_answers(answered("twice", "y = (2 * x")))
    assert "its answer does not run: SyntaxError" in said
    assert "(line 2 of your cell)" in said


def test_an_error_inside_an_answer_names_the_line_of_the_answer(check: Check) -> None:
    _, said = check(*with_answers(answered("twice", "y = two * x")))
    assert "NameError: name 'two' is not defined (line 2 of your cell)" in said


def test_a_set_up_cell_that_fails_is_named_first(check: Check) -> None:
    cells = with_answers(TWICE)
    cells.insert(2, cell("import no_such_framework", "more"))
    _, said = check(*cells)
    assert "the set-up cell 'more' does not run: ModuleNotFoundError" in said


# --- What cells may do


def test_an_endless_loop_costs_its_own_check_only(check: Check) -> None:
    endless = answered("twice", "y = 0\n    while True: y += 1")
    _, said = check(*with_answers(endless, ROOT_OF), words=("--limit", "0.5"))
    assert "it took too long. Is there a loop that does not end?" in said
    assert "public checks passed: 1 of 2" in said


def test_ctrl_c_does_not_wait_for_an_endless_loop(tmp_path: Path) -> None:
    endless = answered("twice", "open('begun', 'w').close(); y = sum(range(10**12))")
    write(tmp_path / "numbers.ipynb", with_answers(endless))
    process = subprocess.Popen(
        [sys.executable, "-m", "course", "check"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "begun").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert errors.strip() == "interrupted"


def test_a_cell_that_ends_python_leaves_the_verdicts_before_it(check: Check) -> None:
    cells = with_answers(TWICE, answered("root", "import os; os._exit(0)"))
    _, said = check(*cells)
    assert "it ended Python, or could not be stopped" in said
    assert "public checks passed: 1 of 2" in said


def test_cells_run_in_the_notebooks_folder_without_input_and_print_nowhere(
    check: Check, tmp_path: Path
) -> None:
    (tmp_path / "two.txt").write_text("2", encoding="utf-8")
    (tmp_path / "helper.py").write_text("by = int(open('two.txt').read())", encoding="utf-8")
    code, said = check(
        cell("import helper\n%matplotlib inline\n!echo loud\nprint('loud'); print('{}')"),
        cell("answer = input()"),
        cell("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"),
        *with_answers(answered("twice", "y = helper.by * x"), ROOT_OF),
    )
    assert code == 0, said
    assert "loud" not in said


def test_what_a_student_wrote_cannot_steer_the_terminal(check: Check) -> None:
    _, said = check(*with_answers(answered("twice", r"raise ValueError('\x1b[2J\x07 x')")))
    assert "ValueError:  x" in said
    assert "\x1b" not in said
    assert "\x07" not in said


def test_a_loop_that_reads_its_own_source_is_seen(check: Check) -> None:
    code, _ = check(
        cell("from course.checks import check_no_loops", "more"),
        *with_answers(TWICE, ROOT_OF),
        cell("check_no_loops(twice, 'twice')", "test_twice_loops", points=1),
    )
    assert code == 0


# --- What looks odd


def test_nbgraders_checksum_is_recomputed_without_nbgrader() -> None:
    count = 0
    for path in sorted((ROOT / "release").rglob("*.ipynb"))[:4]:
        for one in nbformat.read(path, as_version=4).cells:
            if meta := one.metadata.get("nbgrader"):
                assert checksum(one.cell_type, one.source, meta) == compute_checksum(one)
                assert meta.checksum == compute_checksum(one)
                count += 1
    assert count > 100


def test_an_edited_check_is_not_believed(check: Check) -> None:
    cells = with_answers(answered("twice", "y = 5"), ROOT_OF)
    cells[4]["source"] = "check_equal(twice(2), 5, 'twice(2)')"
    code, said = check(*cells)
    assert code == 1
    assert "edited, and graded as released: test_twice" in said
    assert "public checks passed: 1 of 2" in said


def test_deleted_and_doubled_cells_are_told_by_what_was_released(tmp_path: Path) -> None:
    known = released_as(read(write(tmp_path / "week1/numbers.ipynb", released())), "week1")
    cells = released()
    kept = [*cells[:3], *cells[4:-2], cells[-1], cells[-1]]
    notebook = read(write(tmp_path / "other name.ipynb", kept))
    assert recognise(notebook, [known]) is known
    assert list(odd_cells(notebook, known)) == [
        "there more than once, and only the first counts: why",
        "deleted, and put back when graded: test_root",
        "deleted, and graded as empty: twice. Get the notebook again and copy your answers into it",
    ]


def test_a_deleted_check_counts_as_not_passed(tmp_path: Path) -> None:
    from course.commands.judge import Status, judge

    known = released_as(read(write(tmp_path / "numbers.ipynb", released())), "week1")
    notebook = read(write(tmp_path / "numbers.ipynb", released()[:-2]))
    verdict = judge(notebook, known, None)
    assert [(row.name, row.points) for row in verdict.rows if row.status is Status.DELETED] == [
        ("root", 3)
    ]
    assert verdict.points_of == 4


def test_what_was_released_is_stored_and_read_again(tmp_path: Path) -> None:
    known = released_as(read(write(tmp_path / "numbers.ipynb", released())), "week1")
    stored = json.loads(as_json([known]))["week1/numbers"]
    assert stored["points"] == {"test_twice": 1, "test_root": 3}
    assert stored["answers"] == ["twice", "root", "why"]
    assert list(stored["checksums"]) == [
        "setup", "twice", "test_twice", "test_twice_negative", "root", "test_root", "why"
    ]  # fmt: skip


def test_cells_run_out_of_order_are_noticed(check: Check) -> None:
    cells = with_answers(answered("twice", "y = 2 * x", count=5))
    cells[4]["execution_count"] = 3
    assert "run in another order than they stand in" in check(*cells)[1]
    cells[4]["execution_count"] = 6
    assert "another order" not in check(*cells)[1]


def test_a_pass_that_only_the_open_kernel_knows_is_noticed(check: Check) -> None:
    cells = with_answers(answered("twice", "y = by * x", count=2), ROOT_OF)
    cells[4]["execution_count"] = 3
    _, said = check(*cells)
    assert "passed when you last ran it, but fails from a fresh start: test_twice" in said
    assert "written, but not run before you saved: root" in said


def test_an_output_older_than_the_answer_is_noticed(check: Check) -> None:
    cells = with_answers(TWICE, ROOT_OF)
    cells[4] = cell(cells[4]["source"], "test_twice", points=1, count=3, failed=True)
    code, said = check(*cells)
    assert code == 0
    assert "failed when you last ran it, but passes now: test_twice" in said


# --- Files and usage


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("not json", "damaged at line 1"),
        ('{"cells": [\n<<<<<<< HEAD\n', "both versions of a conflict"),
        ('{"worksheets": [], "nbformat": 3}', "old format"),
        ("[]", "no notebook"),
        ('{"cells": 7}', "no notebook"),
        ("[" * 100_000, "no"),
    ],
    ids=["empty", "not_json", "git_conflict", "format_3", "a_list", "cells_a_number", "deep"],
)
def test_a_file_that_is_no_notebook_is_told_with_a_way_out(
    tmp_path: Path, text: str, why: str
) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable, match=why):
        read(path)


def test_a_damaged_notebook_among_others_fails_the_check_and_hides_nothing(
    check: Check, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.ipynb").write_text("", encoding="utf-8")
    assert check(*with_answers(TWICE, ROOT_OF), words=(".",))[0] == 1
    write(tmp_path / ".ipynb_checkpoints" / "numbers.ipynb", released())
    write(tmp_path / "mine.ipynb", [cell("1 + 1")])
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "broken.ipynb\n  cannot be checked: it is empty" in said
    assert "public checks passed: 2 of 2" in said
    assert "checkpoints" not in said
    assert "mine" not in said


@pytest.mark.parametrize("words", [["nowhere"], ["two.txt"], ["."]])
def test_wrong_usage_has_its_own_exit_code(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "two.txt").write_text("2", encoding="utf-8")
    assert main(["check", *words]) == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_the_same_is_written_as_data(check: Check, tmp_path: Path) -> None:
    check(*with_answers(TWICE), words=("--json", "out.json"))
    data = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (data["public_checks_passed"], data["public_checks"]) == (1, 2)
    assert (data["points_so_far"], data["points_public"]) == (1, 4)
    [notebook] = data["notebooks"]
    assert [row["status"] for row in notebook["cells"]] == [
        "done", "when graded", "to do", "to do"
    ]  # fmt: skip


def test_students_type_python_dash_m_course(tmp_path: Path) -> None:
    write(tmp_path / "한글 이름.ipynb", with_answers(TWICE, ROOT_OF))
    done = subprocess.run(
        [sys.executable, "-m", "course", "check"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "한글 이름.ipynb" in done.stdout
    told = subprocess.run(
        [sys.executable, "-m", "course", "check", "--help"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "exit codes: 0 every public check passes; 1 not yet; 2 wrong usage" in told

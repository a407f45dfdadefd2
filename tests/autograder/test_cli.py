import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cli import BUG, INTERRUPTED, USAGE, main
from autograder.course_tree import CourseTree
from autograder.release.build import build

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("words", [[], ["build"], ["verify"], ["demo"]], ids=lambda w: " ".join(w))
def test_help_explains_each_command_and_option(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*words, "--help"])
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    assert "usage: autograder" in said
    assert len(said.splitlines()) > 8


def test_wrong_usage_has_its_own_exit_code() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["bild"])
    assert stopped.value.code == USAGE


def test_outside_a_course_the_error_says_where_to_go(tmp_path: Path, command: Command) -> None:
    done = command("autograder", "verify", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: no course here")
    assert "--course" in done.stderr


def test_a_course_can_be_named(mini: CourseTree, tmp_path: Path, command: Command) -> None:
    done = command("autograder", "--course", str(mini.root), "build", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "written  release/week1/scale.ipynb" in done.stdout


def test_a_course_is_found_from_a_folder_below(mini: CourseTree, command: Command) -> None:
    done = command("autograder", "build", "--check", cwd=mini.root / "source" / "week1")
    assert done.returncode == 1
    assert "source/week1/scale.ipynb: missing; run `autograder build`" in done.stdout
    assert "2 stale" in done.stdout


def test_a_bug_is_loud_and_has_its_own_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken inside")

    monkeypatch.setattr(CourseTree, "find", broken)
    assert main(["build"]) == BUG
    said = capsys.readouterr().err
    assert "RuntimeError: broken inside" in said
    assert "this is a bug in autograder" in said


def test_an_interrupt_has_its_own_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(CourseTree, "find", interrupted)
    assert main(["build"]) == INTERRUPTED


def test_an_error_does_nothing_to_the_terminal(command: Command, mini: CourseTree) -> None:
    build(mini)
    results = mini.root / "results" / "week1"
    results.mkdir(parents=True)
    (results / "kim\x1b]0;x\x07\x1b[2J.json").write_text("{", encoding="utf-8")
    done = command("autograder", "report", "week1", cwd=mini.root)
    assert "kim.json: cannot be read as results" in done.stderr
    assert "\x1b" not in done.stderr

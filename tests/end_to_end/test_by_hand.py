"""The commands an instructor types, in a fresh checkout that has no gradebook."""

import csv
import re
import shutil
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from autograder.authoring.load import load
from autograder.authoring.markers import HIDDEN, inside
from autograder.course_tree import CourseTree
from autograder.demo.sample_class import hand_in, lessons, sample_class

ROOT = Path(__file__).resolve().parent.parent.parent
ASSIGNMENT = "day01_numpy"
Command = Callable[..., subprocess.CompletedProcess[str]]


def git(checkout: Path, *words: str) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    done = subprocess.run(
        ["git", *identity, *words], cwd=checkout, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The working tree as git would clone it, committed."""
    folder = tmp_path / "clone"
    for name in git(ROOT, "ls-files", "-co", "--exclude-standard", "-z").split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "All")
    return folder


def hidden_lines(tree: CourseTree) -> set[str]:
    """Lines that stand in hidden tests and nowhere in sight."""
    secret, seen = set(), set()
    for path in tree.notebooks(ASSIGNMENT):
        for cell in load(path, tree.root / "course").cells:
            hidden = inside(cell.source, HIDDEN)
            for number, line in enumerate(cell.source.split("\n")):
                (secret if number in hidden else seen).add(line.strip())
    return {line for line in secret - seen if len(line) > 20}


@pytest.mark.slow
def test_every_command_works_and_leaves_git_clean(checkout: Path, command: Command) -> None:
    tree = CourseTree(checkout)
    students = sample_class(lessons(tree, ASSIGNMENT))
    chosen = [one for one in students if one.id.endswith(("all_right", "zeros", "name_error"))]
    hand_in(chosen, lessons(tree, ASSIGNMENT), checkout / "submitted")

    for words in (
        ("generate_assignment", ASSIGNMENT),
        ("autograde", ASSIGNMENT),
        ("generate_feedback", ASSIGNMENT),
        ("export",),
    ):
        done = command("nbgrader", *words, cwd=checkout)
        assert done.returncode == 0, done.stderr[-3000:]
        assert git(checkout, "status", "--porcelain") == "", words

    with (checkout / "grades.csv").open(encoding="utf-8", newline="") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    auto = sum(load(path, tree.root / "course").auto_points for path in tree.notebooks(ASSIGNMENT))
    assert scores == {
        "s01-all_right": auto,
        "s04-zeros": 0,
        "s05-name_error": 0,
    }

    pages = sorted((checkout / "feedback").rglob("*.html"))
    assert len(pages) == len(chosen) * len(tree.notebooks(ASSIGNMENT))
    secret = hidden_lines(tree)
    assert len(secret) > 20
    for page in pages:
        text = unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")))
        assert [line for line in secret if line in text] == []
        assert "HIDDEN TESTS" not in text

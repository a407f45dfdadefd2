"""A student finishes a released notebook in JupyterLab without ever touching a mouse."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages import expect
from running_lab import running_lab

from autograder.course_tree import CourseTree
from autograder.release.build import build

# JupyterLab asks whether it may fetch news, and the question would take the keys
_NO_NEWS = '{"fetchNews": "false", "checkForUpdates": false}'
_NEWS = "lab/user-settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
ANSWERS = {
    "def double": "def double(X):\n    return 2.0 * np.asarray(X, dtype=float)",
    "def row_sums": (
        "def row_sums(X):\n    if X.ndim != 2:\n        raise ValueError('2-D')\n"
        "    return X.sum(axis=1)"
    ),
    "Why rows?": "**Why rows?**\n\nEach row holds one example.",
}


@pytest.mark.browser
def test_a_notebook_is_finished_with_the_keyboard_alone(
    mini: CourseTree, tmp_path: Path, open_lab: Callable[[str], Any]
) -> None:
    build(mini)
    folder, home = tmp_path / "student", tmp_path / "home"
    shutil.copytree(mini.root / "release", folder)
    news = home / ".jupyter" / _NEWS
    news.parent.mkdir(parents=True)
    news.write_text(_NO_NEWS, encoding="utf-8")
    with running_lab(folder, home) as address:
        lab = open_lab(address())
        expect(lab.locator(".jp-Launcher")).to_be_visible()
        palette(lab, "open from path")
        expect(lab.locator(".jp-Dialog input")).to_be_focused()
        lab.keyboard.type("week1/scale.ipynb")
        lab.keyboard.press("Enter")
        expect(lab.locator("#jp-main-statusbar")).to_contain_text("| Idle")

        left = dict(ANSWERS)
        for number in range(cells(lab).count()):
            expect(active(lab)).to_have_attribute("data-windowed-list-index", str(number))
            said = active(lab).inner_text()
            for begin in [one for one in left if one in said and "check_" not in said]:
                lab.keyboard.press("Enter")
                expect(lab.locator(".cm-content:focus")).to_have_count(1)
                lab.keyboard.press("ControlOrMeta+A")
                lab.keyboard.insert_text(left.pop(begin))
                lab.keyboard.press("Escape")
            lab.keyboard.press("Shift+Enter")
        assert left == {}

        lab.keyboard.press("Escape")
        palette(lab, "restart kernel and run all cells")
        expect(lab.locator(".jp-Dialog")).to_be_visible()
        lab.keyboard.press("Enter")
        expect(lab.locator(".jp-Dialog")).to_have_count(0)
        expect(lab.locator(".jp-NotebookPanel .jp-OutputArea img")).to_be_visible()
        with lab.expect_response(lambda one: one.request.method == "PUT"):
            lab.keyboard.press("ControlOrMeta+S")

    saved = json.loads((folder / "week1/scale.ipynb").read_text(encoding="utf-8"))["cells"]
    ended = [out["output_type"] for one in saved for out in one.get("outputs", [])]
    assert "error" not in ended
    assert "display_data" in ended
    assert "Each row holds one example." in "".join(map(str, (one["source"] for one in saved)))


def palette(lab: Any, words: str) -> None:
    """Choose a command by its name."""
    lab.keyboard.press("ControlOrMeta+Shift+C")
    expect(lab.locator(".lm-CommandPalette-input")).to_be_focused()
    lab.keyboard.type(words)
    expect(lab.locator(".lm-CommandPalette-item.lm-mod-active")).to_contain_text(
        words.capitalize(), ignore_case=True
    )
    lab.keyboard.press("Enter")


def cells(lab: Any) -> Any:
    """Every cell of the notebook."""
    return lab.locator(".jp-NotebookPanel .jp-Cell")


def active(lab: Any) -> Any:
    """The cell that takes the keys."""
    return lab.locator(".jp-NotebookPanel .jp-Cell.jp-mod-active")

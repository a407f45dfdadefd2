"""JupyterLab and formgrader as their users touch them. Each step waits for what it brings."""

import re
from typing import Any

from playwright.sync_api import expect
from running_lab import PATIENCE_MS

expect.set_options(timeout=PATIENCE_MS)


def choose(lab: Any, menu: str, entry: str) -> None:
    """Choose an entry of JupyterLab's menu bar."""
    lab.get_by_role("menuitem", name=menu, exact=True).click()
    lab.locator(".lm-Menu-itemLabel").get_by_text(entry, exact=True).click()


def open_file(lab: Any, path: str) -> None:
    """Open a file by its path, as *File > Open from Path…* does."""
    choose(lab, "File", "Open from Path…")
    lab.locator(".jp-Dialog input").fill(path)
    lab.locator(".jp-Dialog").get_by_role("button", name="Open").click()


def page_shown(lab: Any) -> Any:
    """The HTML page on the screen, which JupyterLab shows without running its scripts."""
    return lab.frame_locator(".jp-HTMLViewer:not(.lm-mod-hidden) iframe")


# formgrader -----------------------------------------------------------------------------------


def formgrader(lab: Any) -> Any:
    """Open formgrader from the menu, and return the frame it lives in."""
    choose(lab, "Nbgrader", "Formgrader")
    return lab.frame_locator("#formgrader-iframe iframe")


def row(frame: Any, name: str) -> Any:
    """The line of formgrader's table that holds `name`."""
    return frame.locator("tbody tr", has_text=name)


def press(frame: Any, name: str, icon: str) -> None:
    """Press one of the icons in a line, and wait until formgrader reports its success."""
    row(frame, name).locator(f".{icon} a").click()
    expect(frame.locator(".modal.in .modal-title, .modal.show .modal-title")).to_have_text(
        "Success"
    )


def dismiss(frame: Any) -> None:
    """Close formgrader's message."""
    frame.locator(".modal").get_by_role("button", name="OK").click()
    expect(frame.locator(".modal")).to_have_count(0)


# a notebook -----------------------------------------------------------------------------------


def cell(lab: Any, text: str) -> Any:
    """The cell in which `text` is written, of the notebook on the screen."""
    # a traceback below another cell may quote it
    written = lab.locator(".jp-InputArea", has_text=text)
    return lab.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").filter(has=written)


def write(lab: Any, old: str, new: str) -> None:
    """Replace the whole text of the cell that holds `old`, as by typing."""
    cell(lab, old).locator(".jp-InputArea .cm-content").click()
    lab.keyboard.press("ControlOrMeta+A")
    lab.keyboard.insert_text(new)


def run_all(lab: Any) -> None:
    """Run every cell from the top, once the kernel listens: before, JupyterLab drops the wish."""
    expect(lab.locator("#jp-main-statusbar")).to_contain_text("| Idle")
    choose(lab, "Run", "Run All Cells")


def expect_silence(lab: Any, text: str) -> None:
    """Expect the cell that holds `text` to have run without a word."""
    expect(cell(lab, text).locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]"))
    expect(cell(lab, text).locator(".jp-OutputArea-output")).to_have_count(0)

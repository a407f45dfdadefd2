"""Take docs/pictures/*.png anew: JupyterLab, feedback and report, as built just now.

    .venv/bin/python docs/make_pictures.py

A sample class is graded in build/pictures. Needs Chromium (`.ci/browser` gets it) and about two
minutes. Look at the pictures before you commit them.
"""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WORK = ROOT / "build" / "pictures"
# the browser's walk knows how to start JupyterLab and how to use it
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from pages import cell, expect, open_file, write  # noqa: E402
from running_lab import running_lab  # noqa: E402

ASSIGNMENT, NOTEBOOK = "day01_numpy", "broadcasting"
# one who made a mistake that the catalogue knows
STUDENT = "divides_by_the_brightest_pixel"
LESSON = "day04_neural_networks/training.ipynb"
WRONG = '''def center_columns(X):
    """Subtract from each column its mean."""
    return X - X.mean(axis=1, keepdims=True)'''
_SETTINGS = {
    # JupyterLab asks whether it may fetch news
    "apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',
}


def main() -> None:
    """Build what is shown, then take every picture."""
    demo, lab = WORK / "demo", WORK / "lab"
    autograder = Path(sys.executable).parent / "autograder"
    words = (autograder, "demo", ASSIGNMENT, "--into", demo)
    subprocess.run(words, cwd=ROOT, check=True)  # noqa: S603 # our own command
    shutil.rmtree(lab, ignore_errors=True)
    for notebook in (LESSON, f"{ASSIGNMENT}/{NOTEBOOK}.ipynb"):
        (lab / notebook).parent.mkdir(parents=True)
        shutil.copy(ROOT / "release" / notebook, lab / notebook)
    with sync_playwright() as playwright, chromium(playwright) as browser:
        feedback(browser, demo)
        report(browser, demo)
        with running_lab(lab, settled(WORK / "home")) as address:
            notebooks(browser, address())


def settled(home: Path) -> Path:
    """A home with the settings that JupyterLab would ask for."""
    for name, text in _SETTINGS.items():
        file = home / ".jupyter/lab/user-settings/@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return home


@contextmanager
def chromium(playwright: Any) -> Iterator[Any]:
    """Chromium; its own sandbox refuses to start as root."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    unconfined = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=found, args=unconfined)
    yield browser
    browser.close()


def feedback(browser: Any, demo: Path) -> None:
    """The top of a page of feedback, and a test that failed with what was recognised."""
    [file] = demo.glob(f"feedback/*-{STUDENT}/{ASSIGNMENT}/{NOTEBOOK}.html")
    page = browser.new_page(viewport={"width": 900, "height": 760})
    page.goto(file.as_uri())
    keep("feedback", page.screenshot())


def report(browser: Any, demo: Path) -> None:
    """The top of the report, and the map of the class."""
    page = browser.new_page(viewport={"width": 1100, "height": 820})
    page.goto((demo / "report" / f"{ASSIGNMENT}.html").as_uri())
    keep("report", page.screenshot())
    page.locator("section[aria-labelledby=map]").scroll_into_view_if_needed()
    keep("report_map", page.locator("section[aria-labelledby=map]").screenshot())


def notebooks(browser: Any, address: str) -> None:
    """The opening of a lesson, and a check that says what is wrong."""
    page = browser.new_page(viewport={"width": 1100, "height": 800})
    page.goto(address)
    open_file(page, LESSON)
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(panel.locator("img").first).to_be_visible()
    page.keyboard.press("Control+B")
    keep("lesson", panel.screenshot())

    open_file(page, f"{ASSIGNMENT}/{NOTEBOOK}.ipynb")
    setup = cell(page, "import matplotlib.pyplot").first
    expect(setup).to_be_visible()
    expect(page.locator("#jp-main-statusbar")).to_contain_text(f"{NOTEBOOK}.ipynb")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle")
    setup.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    write(page, "def center_columns", WRONG)
    page.keyboard.press("Shift+Enter")  # the answer
    page.keyboard.press("Control+Enter")  # its check
    check = cell(page, "center_columns(np.array").first
    expect(check).to_contain_text("CheckFailed")
    cell(page, "def center_columns").first.evaluate("cell => cell.scrollIntoView()")
    keep("check", panel.screenshot())


def keep(name: str, png: bytes) -> None:
    """Write a picture with 256 colours: a third of the size, and nobody sees the difference."""
    PICTURES.mkdir(exist_ok=True)
    file = PICTURES / f"{name}.png"
    with Image.open(io.BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(
            256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
        few.save(file, optimize=True)
    sys.stdout.write(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    main()

"""`.ci/install`: uv in seconds, pip alone where uv is not to be had, and nothing unpinned."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_locks import entries

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "iniconfig"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty environment, the script with its pinned uv, and a lock of one small package."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    (tmp_path / ".ci").mkdir()
    for name in ("install", "uv.lock"):
        shutil.copy(ROOT / ".ci" / name, tmp_path / ".ci" / name)
    (tmp_path / "small.lock").write_text(entries("requirements-dev.lock")[PACKAGE])
    return tmp_path


def install(place: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [place / ".ci" / "install", place / "venv", place / "small.lock"],
        capture_output=True,
        text=True,
        check=False,
    )


def installed(place: Path) -> set[str]:
    listed = subprocess.run(
        [place / "venv/bin/python", "-m", "pip", "list", "--format=freeze"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(re.findall(r"^([\w-]+)==", listed.stdout, flags=re.MULTILINE))


def wrong_hashes(file: Path) -> None:
    text = re.sub("sha256:[0-9a-f]{64}", "sha256:" + "0" * 64, file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_uv_installs_a_lock_and_says_what_it_does(place: Path) -> None:
    done = install(place)
    assert done.returncode == 0, done.stderr
    assert {"uv", PACKAGE} <= installed(place)
    assert "what small.lock pins: 1 packages" in done.stdout
    assert "pip does it alone" not in done.stdout


@pytest.mark.slow
def test_pip_installs_alone_where_the_pinned_uv_is_not_to_be_had(place: Path) -> None:
    wrong_hashes(place / ".ci" / "uv.lock")
    done = install(place)
    assert done.returncode == 0, done.stderr
    assert "pip does it alone" in done.stdout
    assert PACKAGE in installed(place)
    assert "uv" not in installed(place), "a uv that is not the pinned one is never installed"


@pytest.mark.slow
def test_a_package_that_is_not_the_pinned_one_is_installed_by_neither(place: Path) -> None:
    wrong_hashes(place / "small.lock")
    done = install(place)
    assert done.returncode != 0
    assert PACKAGE not in installed(place)

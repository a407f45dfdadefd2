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


def test_every_requirements_file_and_lock_is_installed_by_ci() -> None:
    files = {file.name for file in ROOT.glob("requirements*")} | {"uv.lock"}
    scripts = [*(ROOT / ".ci").iterdir(), ROOT / "Makefile"]
    commands = "\n".join(
        line
        for script in scripts
        if script.suffix != ".lock"
        for line in script.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        if not line.lstrip().startswith("#") and re.search(r"-r |\binstall ", line)
    )
    # the lock holds what this one asks for
    installed = {name for name in files if name in commands} | {"requirements-dev.txt"}
    assert installed == files


def test_every_step_of_ci_is_a_job_of_the_workflow() -> None:
    steps = re.search(r"^steps=\((.*)\)$", (ROOT / ".ci/run").read_text(), flags=re.MULTILINE)
    jobs = re.search(r"step: \[(.*)\]", (ROOT / ".github/workflows/ci.yml").read_text())
    assert steps
    assert jobs
    assert jobs[1].split(", ") == steps[1].split()


def test_an_unknown_step_of_ci_is_told_before_anything_is_done() -> None:
    done = subprocess.run(
        [ROOT / ".ci/run", "lint", "unti"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "there is no step 'unti'; the steps are: lint unit" in done.stderr
    assert done.stdout == ""

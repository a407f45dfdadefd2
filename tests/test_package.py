"""The wheel holds all that the installed commands need, and nothing of the course's answers."""

import subprocess
import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("autograder", "course")


def tracked(package: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", package],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}


def test_the_wheel_holds_every_file_of_the_packages_and_the_tables(tmp_path: Path) -> None:
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    with zipfile.ZipFile(wheel) as archive:
        every = {name for name in archive.namelist() if ".dist-info/" not in name}
    placed = {name for name in every if ".data/data/" in name}
    assert [name.partition("/data/")[2] for name in placed] == [
        "etc/jupyter/jupyter_server_config.d/deep_learning_basics.json"
    ]
    inside = every - placed
    wanted = set().union(*map(tracked, PACKAGES))
    tables = {f"course/_data/{file.name}" for file in (ROOT / "data").glob("*.csv")}
    assert {Path(name).suffix for name in wanted} >= {
        ".py",
        ".txt",
        ".j2",
        ".css",
        ".html",
        ".json",
    }
    assert inside == wanted | tables

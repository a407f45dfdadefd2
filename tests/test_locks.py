"""The locks install on any later day: a newer release of a pinned package changes nothing.

Older pips resolve `name[extra]` as a candidate of its own. With --require-hashes they accept it
only if the lock pins the name together with that extra; a lock that says `name==1` works until
the day on which a newer release comes out, and never again.
"""

import importlib.metadata
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
# what Python 3.11.0 shipped; Python 3.11 is the oldest that the course supports
OLDEST_PIP = "22.3"


def entries(lock: str) -> dict[str, str]:
    """Each pinned package's lines in a lock, by its canonical name."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    return {canonicalize_name(pinned(block).name): block for block in blocks}


def pinned(block: str) -> Requirement:
    return Requirement(block.split("\\")[0].strip())


def extras_asked_for(lock: str) -> Iterator[tuple[str, Requirement]]:
    """Who requires a package with an extra, and how; of what is installed here."""
    for name, block in entries(lock).items():
        yield from ((name, wanted) for wanted in required(name, block) if wanted.extras)


def required(name: str, block: str) -> list[Requirement]:
    """What an installed package requires here with the extras that its lock pins."""
    try:
        lines = importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return []  # for another platform
    extras = ["", *pinned(block).extras]
    return [
        wanted
        for wanted in map(Requirement, lines)
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": one}) for one in extras)
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_extra_that_a_locked_package_asks_for_is_pinned(lock: str) -> None:
    kept = {name: pinned(block).extras for name, block in entries(lock).items()}
    missing = [
        f"{name} requires {wanted}"
        for name, wanted in extras_asked_for(lock)
        if not wanted.extras <= kept[canonicalize_name(wanted.name)]
    ]
    assert not missing, f"{lock} loses extras: run .ci/lock"
    assert list(extras_asked_for(lock)), "nothing asks for an extra: the test sees nothing"


def test_every_direct_requirement_is_pinned_with_its_extras() -> None:
    for requirements, lock in zip(("requirements.txt", "requirements-dev.txt"), LOCKS, strict=True):
        kept = {name: pinned(block).extras for name, block in entries(lock).items()}
        for line in (ROOT / requirements).read_text(encoding="utf-8").splitlines():
            text = line.split("#")[0].strip()
            if text and not text.startswith("-"):
                wanted = Requirement(text)
                assert wanted.extras <= kept[canonicalize_name(wanted.name)], (lock, text)


def needed_by(name: str, lock: str) -> list[str]:
    """A package of a lock and all that it requires here, by name."""
    locked, names, waiting = entries(lock), [], [name]
    while waiting:
        name = waiting.pop()
        if name in names:
            continue
        names.append(name)
        waiting += [canonicalize_name(wanted.name) for wanted in required(name, locked[name])]
    return names


def newer_release(folder: Path, name: str) -> None:
    """Put a release of a package that is newer than any other into a folder of wheels."""
    folder.mkdir(exist_ok=True)
    stem = f"{name.replace('-', '_')}-9999"
    extras = "".join(
        f"Provides-Extra: {extra}\n" for extra in ("css", "toml", "format-nongpl", "binary")
    )
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as wheel:
        about = f"Metadata-Version: 2.1\nName: {name}\nVersion: 9999\n{extras}"
        wheel.writestr(f"{stem}.dist-info/METADATA", about)
        tags = "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        wheel.writestr(f"{stem}.dist-info/WHEEL", tags)
        wheel.writestr(f"{stem}.dist-info/RECORD", "")


@pytest.fixture(scope="module")
def oldest_pip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("oldest_pip")
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    python = place / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", f"pip=={OLDEST_PIP}"], check=True)
    return python


@pytest.mark.slow
@pytest.mark.parametrize("lock", LOCKS)
def test_the_oldest_pip_installs_a_lock_on_the_day_a_newer_release_is_out(
    lock: str, oldest_pip: Path, tmp_path: Path
) -> None:
    asking = dict(extras_asked_for(lock))
    names = {needed for name in asking for needed in needed_by(name, lock)}
    for wanted in asking.values():
        newer_release(tmp_path / "wheels", canonicalize_name(wanted.name))
    part = "".join(entries(lock)[name] for name in sorted(names))

    def install(text: str) -> "subprocess.CompletedProcess[str]":
        (tmp_path / "part.lock").write_text(text, encoding="utf-8")
        words = ["install", "--dry-run", "--require-hashes", "-r", tmp_path / "part.lock"]
        return subprocess.run(
            [oldest_pip, "-m", "pip", *words, "--find-links", tmp_path / "wheels"],
            capture_output=True,
            text=True,
            check=False,
        )

    done = install(part)
    assert done.returncode == 0, done.stderr
    assert "9999" not in done.stdout
    # without its extras the same lock is refused, so the newer release was seen
    stripped = install(re.sub(r"^([\w.-]+)\[[^]]*\]==", r"\1==", part, flags=re.MULTILINE))
    assert stripped.returncode != 0
    assert "all requirements must have their versions pinned" in stripped.stderr

"""Put the edition where it is wanted: a folder, a zip, or a git repository."""

import hashlib
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from autograder.errors import GraderError
from autograder.files import write_zip

# what we made there, so that nothing else is ever overwritten or removed
RECORD = ".edition.json"
_EXECUTABLE = frozenset({"binder/postBuild"})
_HEADS = 8


def write_folder(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Bring a folder up to date.

    Returns
    -------
    list of str
        The files that were written or removed.

    Raises
    ------
    GraderError
        If the folder holds anything that no earlier run made, or that somebody edited since;
        nothing is written then.
    """
    wanted = {**files, RECORD: _record(files)}
    known = _known(folder)
    _refuse_foreign(folder, files, known)
    changed = []
    for name in sorted(known.keys() - files.keys()):
        (folder / name).unlink(missing_ok=True)
        _drop_empty(folder, (folder / name).parent)
        changed.append(name)
    # A run that is cut short can be taken up again: the record says what was there, or all that
    # will be.
    for name in [*files, RECORD] if known else [RECORD, *files]:
        target = folder / name
        if target.is_file() and target.read_bytes() == wanted[name]:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(wanted[name])
        target.chmod(0o755 if name in _EXECUTABLE else 0o644)
        changed.append(name)
    return changed


def write_archive(files: Mapping[str, bytes], file: Path, top: str) -> None:
    """Write a zip whose files lie in the folder `top`; the same edition gives the same bytes.

    Raises
    ------
    GraderError
        If something else is there, or it cannot be written.
    """
    inside = {f"{top}/{name}": content for name, content in files.items()}
    write_zip(inside, file, {f"{top}/{name}" for name in _EXECUTABLE}, "--zip")


def commit(folder: Path, branch: str) -> bool:
    """Commit all of a folder, in a repository of its own.

    Returns
    -------
    bool
        Whether there was anything to commit.

    Raises
    ------
    GraderError
        If git is missing or refuses.
    """
    if not (folder / ".git").exists():
        _git(folder, "init", "--quiet", f"--initial-branch={branch}")
    _git(folder, "add", "--all")
    if not _git(folder, "status", "--porcelain"):
        return False
    _git(folder, "commit", "--quiet", "--no-verify", "--message", "Publish the student edition")
    return True


def _git(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words],  # noqa: S607 # the user's own git
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise GraderError("git is not installed", remedy="install it, or leave out --git") from None
    if done.returncode:
        raise GraderError(
            f"`git {words[0]}` in {folder} failed: {done.stderr.strip()}",
            remedy="the files are in place; mend it and run the same command again",
        )
    return done.stdout


def _record(files: Mapping[str, bytes]) -> bytes:
    digests = {name: _digest(content) for name, content in files.items()}
    note = "What `autograder publish` made. It overwrites these files, and refuses if one differs."
    return (json.dumps({"note": note, "files": digests}, indent=1) + "\n").encode()


def _known(folder: Path) -> dict[str, str]:
    record = folder / RECORD
    if not record.is_file():
        return {}
    try:
        found: dict[str, str] = json.loads(record.read_text(encoding="utf-8"))["files"]
    except (ValueError, KeyError, TypeError):
        raise GraderError(
            "cannot be read: somebody edited it",
            file=record,
            remedy="restore it, or name another folder with --into",
        ) from None
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in found):
        raise GraderError("names files elsewhere", file=record, remedy="remove the folder")
    return found


def _refuse_foreign(folder: Path, files: Mapping[str, bytes], known: Mapping[str, str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise GraderError(f"{folder} is no folder", remedy="name another one with --into")
    foreign = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (
            name == RECORD
            or name.split("/")[0] == ".git"
            or (path.is_dir() and not path.is_symlink())
        ):
            continue
        fine = {known.get(name)} | ({_digest(files[name])} if name in files and known else set())
        if path.is_symlink() or _digest(path.read_bytes()) not in fine:
            foreign.append(f"{name}{' (edited)' if name in known else ''}")
    if foreign:
        more = f" and {len(foreign) - _HEADS} more" if len(foreign) > _HEADS else ""
        raise GraderError(
            f"{folder} holds what no earlier run made: {', '.join(foreign[:_HEADS])}{more}",
            remedy="move that away, or name another folder with --into",
        )


def _drop_empty(root: Path, folder: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

"""What must be the same on every machine, so that a grade does not depend on where it was given."""

import functools
import hashlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import autograder
import course
from course.datasets import NAMES, data_path
from course.keras_backend import backend_settings

TIER = "sandbox tier"
# why no better one is to be had
WHY = "sandbox refused"
_CODE = "the grader's code"
_TABLES = "the course's tables"
_BACKEND = "Keras's backend"
_ALWAYS = ("numpy", "pandas", "matplotlib", "ipython", "nbformat")
# by what a lesson imports: what then decides a score too
_WITH = {
    "keras": ("keras", "jax", "jaxlib"),
    "sklearn": ("scikit-learn",),
    "tensorflow": ("tensorflow",),
    "torch": ("torch",),
}


@functools.cache
def facts(modules: Sequence[str]) -> Mapping[str, str]:
    """What decides the scores of a lesson that imports these modules, as it is here.

    Taken once per process: files that change later are not what it runs.
    """
    roots = {module.partition(".")[0] for module in modules}
    found = {
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
        _CODE: _digest(
            path
            for package in (autograder, course)
            for path in Path(str(package.__file__)).parent.rglob("*.py")
        ),
        _TABLES: _digest(data_path(name) for name in NAMES),
    }
    wanted = [*_ALWAYS, *(name for root in sorted(roots & set(_WITH)) for name in _WITH[root])]
    found |= {name: _version(name) for name in wanted}
    if "keras" in roots:
        try:
            found[_BACKEND] = backend_settings()["KERAS_BACKEND"]
        except ImportError:
            found[_BACKEND] = "none"
    return found


def difference(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """Say what differs and how, for a message; empty if nothing does."""
    said = []
    for name, mine in here.items():
        theirs = there.get(name, "unknown")
        if mine == theirs:
            continue
        if name in {_CODE, _TABLES}:
            said.append(f"{name} differ" if name == _TABLES else f"{name} differs")
        else:
            said.append(f"{name} is {theirs} there and {mine} here")
    return ", ".join(said)


def _digest(files: Iterable[Path]) -> str:
    """Of names and contents, wherever the files lie."""
    total = hashlib.sha256()
    for name, content in sorted((f"{path.parent.name}/{path.name}", path) for path in files):
        total.update(name.encode() + b"\0")
        total.update(hashlib.sha256(content.read_bytes()).digest())
    return total.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"

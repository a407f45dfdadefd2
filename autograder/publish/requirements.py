"""What students install: the course's own list without bounds, which would replace Colab's own."""

import re
import tomllib
from pathlib import Path

from autograder.errors import GraderError

# what only instructors need, and what Colab, Binder and VS Code bring themselves
_NOT_FOR_STUDENTS = frozenset({"jupyterlab", "nbgrader", "pytest"})
_LINE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)[^;#]*(?P<marker>;[^#]*)?(?:#.*)?$")


def names(file: Path) -> list[str]:
    """The packages of a requirements file, without versions, with markers.

    Raises
    ------
    GraderError
        If the file cannot be read.
    """
    found = []
    for line in read_text(file).splitlines():
        match = _LINE.match(line)
        if match and match["name"].lower() not in _NOT_FOR_STUDENTS:
            found.append(unbounded(line))
    return found


def unbounded(requirement: str) -> str:
    """One requirement without its versions: `torch>=2 ; marker` reads `torch ; marker`."""
    match = _LINE.match(requirement)
    assert match, requirement
    marker = (match["marker"] or "").lstrip(";").strip()
    return f"{match['name']} ; {marker}" if marker else match["name"]


def requirements(root: Path) -> dict[str, str]:
    """The requirements files of the edition."""
    base = "\n".join([*names(root / "requirements.txt"), "ipykernel"])
    files = {
        "requirements.txt": "# No versions: on Google Colab or Binder, what is there stays.\n"
        f"{base}\n# the course itself: this folder\n.\n",
        # Binder installs the course in postBuild: it reads this file before it has the others
        "binder/requirements.txt": f"{base}\n",
    }
    for framework in ("tensorflow", "torch"):
        name = f"requirements-{framework}.txt"
        files[name] = (
            f"# For the optional day 7: pip install -r {name}\n# (Google Colab has it.)\n"
            + "".join(f"{one}\n" for one in names(root / name))
        )
    return files


def pyproject(root: Path) -> str:
    """The project file of the edition: `course`, installable, with its tables inside."""
    file = root / "pyproject.toml"
    try:
        project = tomllib.loads(read_text(file))["project"]
        python = re.search(r">=\s*([\d.]+)", project["requires-python"])
        needed = [unbounded(one) for one in project["dependencies"]]
        name, version = project["name"], project["version"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise GraderError(
            f"cannot be read as a project: {error}", file=file, remedy="restore it"
        ) from None
    lines = "".join(f'    "{one}",\n' for one in needed)
    return f"""[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "{version}"
description = "Deep Learning Basics: the student edition."
readme = "README.md"
license-files = ["LICENSE"]
requires-python = ">={python[1] if python else "3.11"}"
dependencies = [
{lines}]

[tool.hatch.build.targets.wheel]
packages = ["course"]
"""


def read_text(file: Path) -> str:
    """A file of the instructor's course.

    Raises
    ------
    GraderError
        If it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise GraderError(
            f"cannot be read: {error.strerror}",
            file=file,
            remedy="the student edition is made from it; restore it",
        ) from None

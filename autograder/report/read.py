"""Read the results of a class. What a student wrote is made harmless here, once."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import GraderError
from autograder.examiner.results import Status

Key = tuple[str, str]  # notebook, grade_id


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one test of one student ended. `tags`: names of the recognised mistakes."""

    score: float
    max_score: float
    reason: Status
    output: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One student's results. `tier`: the sandbox's, 1 to 3."""

    student: str
    score: float
    tier: int
    verdicts: Mapping[Key, Verdict]


def read_class(root: Path, assignment: str) -> tuple[Result, ...]:
    """Read `results/<assignment>/*.json`, by student.

    Raises
    ------
    GraderError
        If there is none, or one cannot be read.
    """
    folder = root / "results" / assignment
    found = [_read(file) for file in sorted(folder.glob("*.json")) if file.name[0] != "."]
    if not found:
        raise GraderError(
            f"there are no results of {assignment!r} in {folder}",
            remedy=f"run `autograder grade {assignment}`",
        )
    return tuple(sorted(found, key=lambda result: result.student))


def _read(file: Path) -> Result:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        verdicts = {
            (str(test["notebook"]), str(test["name"])): _verdict(test) for test in data["tests"]
        }
        return Result(tame(data["student"]), float(data["score"]), int(data["tier"]), verdicts)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise GraderError(
            f"cannot be read as results: {type(error).__name__}",
            file=file,
            remedy="delete the file and run `autograder grade` again",
        ) from None


def _verdict(test: Mapping[str, Any]) -> Verdict:
    return Verdict(
        float(test["score"]),
        float(test["max_score"]),
        Status(test["reason"]),
        tame(test["output"]),
        tuple(tame(tag) for tag in test["tags"]),
    )


def tame(text: str) -> str:
    """Replace what would not stand on a page as it is read.

    Control characters, lone surrogates, and marks that turn the line round become one sign; line
    ends become spaces.
    """
    text = " ".join(text.splitlines())
    return "".join("\ufffd" if unicodedata.category(char)[0] == "C" else char for char in text)

"""One file of results for each submission: what was found, without what varies from run to run."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.examiner.results import Status
from autograder.grading.job import Graded


@dataclass(frozen=True, slots=True)
class Change:
    """A score that a new run changed."""

    student: str
    notebook: str
    grade_id: str
    before: float
    after: float


def results_file(root: Path, assignment: str, student: str) -> Path:
    """Where the results of one submission lie."""
    return root / "results" / assignment / f"{student}.json"


def read_results(file: Path) -> dict[str, Any]:
    """The results of an earlier run; empty if there are none that can be read."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def as_data(graded: Graded, assignment: str) -> dict[str, Any]:
    """The results of one submission as JSON data."""
    tests = [
        {
            "name": test.grade_id,
            "number": f"{name}.{test.grade_id}",
            "notebook": name,
            "score": test.points,
            "max_score": test.max_points,
            "status": "passed" if test.status is Status.PASSED else "failed",
            "reason": str(test.status),
            "output": test.message,
            "visibility": "visible",
            "tags": list(test.misconceptions),
        }
        for name, notebook in graded.notebooks.items()
        for test in notebook.result.tests
    ]
    return {
        "student": graded.student,
        "assignment": assignment,
        "score": graded.points,
        "max_score": sum(test["max_score"] for test in tests),
        "tier": max(notebook.result.tier for notebook in graded.notebooks.values()),
        "fingerprint": graded.fingerprint,
        "tests": tests,
    }


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """The scores that differ between two results of one student."""
    scores = {test["number"]: test["score"] for test in before.get("tests", [])}
    return [
        Change(
            after["student"],
            test["notebook"],
            test["name"],
            scores.get(test["number"], 0.0),
            test["score"],
        )
        for test in after["tests"]
        if before and scores.get(test["number"]) != test["score"]
    ]


def write_whole(file: Path, text: str, mode: int = 0o644) -> None:
    """Write a file so that it is there whole or not at all, also if the machine stops."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.write_text(text, encoding="utf-8")
    part.chmod(mode)
    os.replace(part, file)  # noqa: PTH105 # the atomic one


def write_results(root: Path, assignment: str, data: dict[str, Any]) -> None:
    """Write the results of one submission."""
    file = results_file(root, assignment, data["student"])
    write_whole(file, json.dumps(data, indent=1, ensure_ascii=False) + "\n")

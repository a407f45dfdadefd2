"""One file of results for each submission: what was found, without what varies from run to run.

The file has the form of Gradescope's `results.json`
(https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format), which leaves room
for keys of one's own. `results.schema.json`, beside this module, says what every key holds.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.examiner.results import Status
from autograder.feedback.plain import plain
from autograder.files import write_whole
from autograder.grading.job import Graded, GradedNotebook

SCHEMA = Path(__file__).with_name("results.schema.json")


@dataclass(frozen=True, slots=True)
class Change:
    """A score, or what can be scored, that a new run changed. Points, None where no such test is.

    Attributes
    ----------
    most_before, most_after : float or None
        The points of the test.
    """

    student: str
    notebook: str
    grade_id: str
    before: float | None
    after: float | None
    most_before: float | None = None
    most_after: float | None = None

    def __str__(self) -> str:
        """`0 → 1`; with the points where those changed: `1/1 → 2/2`."""
        if self.most_before == self.most_after:
            return f"{_points(self.before)} → {_points(self.after)}"
        return f"{_points(self.before, self.most_before)} → {_points(self.after, self.most_after)}"


def _points(score: float | None, most: float | None = None) -> str:
    if score is None:
        return "no such test"
    return f"{score:g}" if most is None else f"{score:g}/{most:g}"


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
    """The results of one submission as JSON data, in the form that `SCHEMA` describes.

    All of it may be shown to the student: what only an instructor may read stays out.
    """
    tests = [
        {
            "name": test.grade_id,
            "number": f"{chapter}.{number}",
            "notebook": name,
            "score": test.points,
            "max_score": test.max_points,
            "status": "passed" if test.status is Status.PASSED else "failed",
            "reason": str(test.status),
            "output": plain(test.message),
            "output_format": "text",
            "visibility": "visible",
            "tags": list(test.misconceptions),
        }
        for chapter, (name, notebook) in enumerate(graded.notebooks.items(), 1)
        for number, test in enumerate(notebook.result.tests, 1)
    ]
    summaries = {name: _summary(notebook) for name, notebook in graded.notebooks.items()}
    most = sum(summary["max_score"] for summary in summaries.values())
    return {
        "student": graded.student,
        "assignment": assignment,
        "score": graded.points,
        "max_score": most,
        "output": _in_words(graded, most),
        "output_format": "text",
        "visibility": "visible",
        # what is printed while grading is for the instructor
        "stdout_visibility": "hidden",
        "tier": max(notebook.result.tier for notebook in graded.notebooks.values()),
        "fingerprint": graded.fingerprint,
        "tests": tests,
        "extra_data": {"notebooks": summaries},
    }


def _in_words(graded: Graded, most: float) -> str:
    tests = [test for notebook in graded.notebooks.values() for test in notebook.result.tests]
    passed = sum(test.status is Status.PASSED for test in tests)
    lines = [
        f"{passed} of {len(tests)} automatic tests passed: {graded.points:g} of {most:g} points."
    ]
    for name, notebook in graded.notebooks.items():
        if notebook.rejected:
            lines.append(f"{name}: {plain(notebook.rejected)}")
    return "\n".join(lines)


def _summary(notebook: GradedNotebook) -> dict[str, Any]:
    tests = notebook.result.tests
    return {
        "score": sum(test.points for test in tests),
        "max_score": sum(test.max_points for test in tests),
        "rejected": plain(notebook.rejected),
    }


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """What differs between two results of one student; nothing if `before` is empty."""
    if not before:
        return []
    old = {(test["notebook"], test["name"]): test for test in before.get("tests", [])}
    new = {(test["notebook"], test["name"]): test for test in after["tests"]}
    found = [
        Change(
            after["student"],
            *key,
            *(test.get(key, {}).get("score") for test in (old, new)),
            *(test.get(key, {}).get("max_score") for test in (old, new)),
        )
        for key in new | old
    ]
    return [one for one in found if (one.before, one.most_before) != (one.after, one.most_after)]


def write_results(root: Path, assignment: str, data: dict[str, Any]) -> None:
    """Write the results of one submission."""
    file = results_file(root, assignment, data["student"])
    write_whole(file, json.dumps(data, indent=1, ensure_ascii=False) + "\n")

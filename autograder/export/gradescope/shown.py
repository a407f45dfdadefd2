"""Results with Gradescope's own keys only: what it does with others it does not say."""

from collections.abc import Mapping, Sequence
from typing import Any

VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")
_UNGRADED = (
    "Your files have arrived, but they could not be graded. This is no score, and it is probably "
    "not your doing: your instructor can see what went wrong, and can have it graded again without "
    "you."
)
_LATER = "Your files were graded. What came out is shown later."
_OF_A_TEST = ("number", "score", "max_score", "status", "output", "output_format", "tags")


def shown(data: Mapping[str, Any], notes: Sequence[str], visibility: str) -> dict[str, Any]:
    """What Gradescope stores of one submission, and shows to its student.

    Parameters
    ----------
    data : mapping
        Results as `grading.results.as_data` makes them: all of it fit for the student.
    notes : sequence of str
        What else the student should know at once.
    visibility : str
        When students may see tests and points, one of `VISIBILITIES`.
    """
    # the first line counts points, which are not for everyone now
    summary, *rejected = data["output"].splitlines()
    lines = [summary if visibility == "visible" else _LATER, *notes]
    return {
        "score": data["score"],
        "output": "\n".join([*lines, *rejected]),
        "output_format": "text",
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "tests": [
            {
                "name": f"{test['notebook']}: {test['name']}",
                "visibility": visibility,
                **{key: test[key] for key in _OF_A_TEST},
            }
            for test in data["tests"]
        ],
        "extra_data": {
            **data["extra_data"],
            **{key: data[key] for key in ("assignment", "max_score", "tier", "fingerprint")},
        },
    }


def ungraded() -> dict[str, Any]:
    """What a student reads whose submission could not be graded: no score, which is not 0."""
    return {
        "output": _UNGRADED,
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
    }

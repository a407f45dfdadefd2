"""results/<assignment>/<student>.json: real ones fit the written schema, wrong ones do not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from autograder.examiner.results import CellResult, NotebookResult, Status
from autograder.grading.job import Graded, GradedNotebook
from autograder.grading.results import SCHEMA, as_data, write_whole

VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
# https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format
GRADESCOPE = {
    "score", "execution_time", "output", "output_format", "test_output_format",
    "test_name_format", "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard",
}  # fmt: skip
GRADESCOPE_TEST = {
    "score", "max_score", "status", "name", "name_format", "number", "output", "output_format",
    "tags", "visibility", "extra_data",
}  # fmt: skip


def results(root: Path) -> dict[str, dict[str, Any]]:
    files = sorted((root / "results/week1").glob("*.json"))
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)


def test_what_grading_writes_fits_the_schema(graded: Path) -> None:
    found = results(graded)
    assert list(found) == ["00123", "kim", "lee@uni.kr", "nasty", "park"]
    for data in found.values():
        VALIDATOR.validate(data)


def test_every_key_is_gradescopes_or_marked_as_ours() -> None:
    schema = VALIDATOR.schema
    for known, described in (
        (GRADESCOPE, schema["properties"]),
        (GRADESCOPE_TEST, schema["$defs"]["test"]["properties"]),
    ):
        ours = {key for key, said in described.items() if said["description"].startswith("Ours.")}
        assert ours == set(described) - known


def test_the_results_say_what_concerns_the_whole_submission(graded: Path) -> None:
    found = results(graded)
    assert found["kim"]["output"] == "3 of 4 automatic tests passed: 2.5 of 4.5 points."
    assert found["park"]["output"] == (
        "0 of 4 automatic tests passed: 0 of 4.5 points.\n"
        f"scale: {found['park']['tests'][0]['output']}"
    )
    assert "damaged" in found["park"]["output"]
    assert found["kim"]["extra_data"] == {
        "notebooks": {"scale": {"score": 2.5, "max_score": 4.5, "rejected": ""}}
    }
    assert [test["number"] for test in found["kim"]["tests"]] == ["1.1", "1.2", "1.3", "1.4"]


def test_no_control_sign_reaches_what_a_student_is_shown() -> None:
    test = CellResult("test_f", 0.0, 1.0, Status.FAILED, "ValueError: \x00a\x1b[2Jb\u202ec", "f(7)")
    notebook = GradedNotebook(NotebookResult((test,), tier=1), "")
    data = as_data(Graded("kim", "", "0" * 64, {"week": notebook}), "week1")
    VALIDATOR.validate(data)
    assert data["tests"][0]["output"] == "ValueError: ab\ufffdc"
    # what only an instructor may read
    assert "f(7)" not in json.dumps(data)


WRONG: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no score": lambda data: data.pop("score"),
    "no student": lambda data: data.pop("student"),
    "a score in words": lambda data: data.update(score="4"),
    "a negative score": lambda data: data.update(score=-1),
    "an unknown visibility": lambda data: data.update(visibility="public"),
    "an unknown format": lambda data: data["tests"][0].update(output_format="markdown"),
    "an unknown status": lambda data: data["tests"][0].update(
        status="ok", reason="failed", score=0
    ),
    "a reason that contradicts the status": lambda data: data["tests"][0].update(reason="timeout"),
    "points for a failed test": lambda data: data["tests"][0].update(
        status="failed", reason="failed"
    ),
    "a test without a notebook": lambda data: data["tests"][0].pop("notebook"),
    "a number that is none": lambda data: data["tests"][0].update(number="scale.test_double"),
    "tags in one text": lambda data: data["tests"][0].update(tags="a, b"),
    "the instructor's detail": lambda data: data["tests"][0].update(detail="assert f(7) == 49"),
    "a time": lambda data: data.update(execution_time=1.5),
    "a fingerprint that is cut": lambda data: data.update(fingerprint="abc"),
    "tier 0": lambda data: data.update(tier=0),
    "no notebooks": lambda data: data.update(extra_data={}),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_a_wrong_document_is_refused(
    graded: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    data = results(graded)["00123"]
    change(data)
    with pytest.raises(ValidationError):
        VALIDATOR.validate(data)


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    folder.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_whole(folder, "text")
    assert list(tmp_path.iterdir()) == [folder]

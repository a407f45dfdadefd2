"""An answer that eats memory costs its student the test at hand, and nobody else anything."""

import shutil

import pytest
from classroom import POINTS, STUDENTS, Classroom

# only where a test asks for the doubles of whole numbers, so that the other tests go on
ONCE = "if X.dtype.kind == 'i':\\n        "
DOUBLE = "doubled = 2.0"


@pytest.mark.slow
def test_who_runs_out_of_memory_loses_that_test_and_nothing_else(classroom: Classroom) -> None:
    for name in STUDENTS[3:]:
        shutil.rmtree(classroom.root / "submitted" / name)
    # little by little; and all at once
    hoard = "hoard = []\\n        while True: hoard.append(np.ones(2**24))"
    at_once = "np.ones(2**28)"
    for name, greed in (("s00", hoard), ("s01", at_once)):
        classroom.answer(name, DOUBLE, f"{ONCE}{greed}\\n    {DOUBLE}")
    assert classroom.grade() == 0
    results = classroom.results()
    assert results["amy"]["score"] == POINTS
    for name in ("s00", "s01"):
        tests = results[name]["tests"]
        reasons = [test["reason"] for test in tests]  # type: ignore[attr-defined]
        assert reasons == ["passed", "failed", "passed", "passed"], name
        assert "Your code raised an error of its own there" in tests[1]["output"]  # type: ignore[index]
    assert classroom.grade("--dry-run") == 0
    assert "3 submissions, 0 to grade" in classroom.output

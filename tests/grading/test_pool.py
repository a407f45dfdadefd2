"""Jobs over processes: one that dies harms no other."""

import os

import pytest

from autograder.examiner.child import ChildEnded
from autograder.grading.pool import cores, run_jobs


def square(number: int) -> int:
    if number == 3:
        os._exit(1)
    if number == 4:
        raise ValueError("four")
    return number * number


@pytest.mark.parametrize("processes", [1, 3])
def test_a_job_that_ends_its_process_costs_only_itself(processes: int) -> None:
    results = dict(run_jobs([1, 2, 3, 4, 5, 6], square, processes))
    assert isinstance(results.pop(3), ChildEnded)
    assert str(results.pop(4)) == "four"
    assert results == {1: 1, 2: 4, 5: 25, 6: 36}


def test_no_jobs_start_no_process() -> None:
    assert list(run_jobs([], square, 2)) == []


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1

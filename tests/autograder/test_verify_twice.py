"""The reference is graded twice, and a cell that flickers is named."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from verifying import give_the_right_shape, proof

from autograder.course_tree import CourseTree

Edit = Callable[[str, str], None]
REFUSES = 'check_raises(ValueError, lambda: row_sums(np.arange(3.0)), "row_sums of a vector")'
# how often the cell has run before: with the whole notebook, twice in this process, twice in
# isolation, where test cells run in this process too
WHOLE, FIRST, SECOND, THIRD, FOURTH = range(5)
REMEDY = "draw random numbers from a generator with a seed, made in the cell itself"


@pytest.fixture(autouse=True)
def _counted(mini: CourseTree, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    monkeypatch.setattr(np, "runs", itertools.count(), raising=False)
    # it would be drawn in a process of its own, where nothing counts
    edit('# %% [markdown] picture="bars"', "# %% [markdown]")
    give_the_right_shape(mini)


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        pytest.param(
            FIRST, "flickers: the reference failed (AssertionError: 1), then passed", id="1"
        ),
        pytest.param(
            SECOND, "flickers: the reference passed, then failed (AssertionError: 2)", id="2"
        ),
        pytest.param(
            THIRD,
            "flickers in isolation: the reference failed (AssertionError: 3), then passed",
            id="3",
        ),
        pytest.param(
            FOURTH,
            "flickers in isolation: the reference passed, then failed (AssertionError: 4)",
            id="4",
        ),
    ],
)
def test_a_cell_that_passes_only_sometimes_is_named(
    mini: CourseTree, edit: Edit, run: int, expected: str
) -> None:
    edit(REFUSES, f"run = next(np.runs)\nassert run != {run}, run\n{REFUSES}")
    failures = proof(mini).failures
    (failure,) = [text for text in failures if "flickers" in text]
    assert failure.endswith(f"test_row_sums_refuses_vectors {expected}; {REMEDY}")
    assert "refuses the reference" not in "".join(failures)


def test_a_reason_that_names_another_address_is_no_flicker(mini: CourseTree, edit: Edit) -> None:
    edit(REFUSES, f"assert False, hex(id(np) + next(np.runs))\n{REFUSES}")
    failures = proof(mini).failures
    assert not any("flickers" in failure for failure in failures), failures
    assert any("test_row_sums_refuses_vectors refuses the reference: " in text for text in failures)
    assert any("refuses the reference in isolation" in text for text in failures)


def test_a_setup_that_draws_other_numbers_each_time_is_noticed(
    mini: CourseTree, edit: Edit
) -> None:
    edit(
        "import numpy as np\n",
        "import numpy as np\n\nchance = next(getattr(np, 'runs', iter([0])))\n",
    )
    # the setup runs for the catalogue and the first grade, for the whole notebook, for the second
    edit(REFUSES, f"assert chance != 2\n{REFUSES}")
    assert any("test_row_sums_refuses_vectors flickers: " in text for text in proof(mini).failures)

import numpy as np
import pytest

from autograder.verify.degenerate import DEGENERATE, EqualsEverything, NoDifference, emptied, filled


def test_filled_keeps_shape_and_kind() -> None:
    like = filled((np.ones((2, 3)), np.arange(4), 2, 1.5, True, "a", [1], {"k": 2.0}), 0.0)
    assert [getattr(item, "shape", item) for item in like] == [
        (2, 3),
        (4,),
        0,
        0.0,
        False,
        "",
        [0],
        {"k": 0.0},
    ]
    assert like[1].dtype == np.arange(4).dtype


def test_nan_fills_integers_as_floats() -> None:
    assert np.isnan(filled(np.arange(3), np.nan)).all()


def test_emptied_keeps_the_rank() -> None:
    assert emptied(np.ones((3, 2))).shape == (0, 2)


def test_the_object_equals_whatever_it_is_compared_with() -> None:
    thing = EqualsEverything()
    assert thing == 3
    assert not thing != 3  # noqa: SIM202 # the operator is what is tested
    assert abs(thing - 3) < 1e-9


def test_the_object_without_a_difference_passes_a_naive_comparison() -> None:
    thing = NoDifference()
    assert float(abs(thing - 3.0)) < 1e-9
    assert np.abs(3.0 - thing) == 0.0


@pytest.mark.parametrize("name", DEGENERATE)
def test_no_degenerate_answer_changes_its_argument(name: str) -> None:
    x = np.arange(3.0)

    def reference(x: np.ndarray) -> np.ndarray:
        x[:] = 7.0
        return x

    DEGENERATE[name](reference, {})(x)
    assert x.tolist() == [0.0, 1.0, 2.0]

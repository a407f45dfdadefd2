import pytest

from autograder.authoring.markers import (
    HIDDEN,
    SOLUTION,
    MarkerError,
    inside,
    regions,
    without_regions,
)

CELL = """\
a
    ### BEGIN SOLUTION
    b
    ### END SOLUTION
c
### BEGIN HIDDEN TESTS
d
e
### END HIDDEN TESTS"""


def test_regions_are_found_with_their_lines() -> None:
    assert regions(CELL) == [(SOLUTION, 1, 3), (HIDDEN, 5, 8)]


def test_inside_excludes_the_fences() -> None:
    assert inside(CELL, HIDDEN) == {6, 7}


def test_a_region_goes_with_its_fences_and_nothing_else() -> None:
    assert without_regions(CELL, HIDDEN) == "\n".join(CELL.split("\n")[:5])
    assert without_regions(CELL, SOLUTION).split("\n")[:2] == ["a", "c"]


@pytest.mark.parametrize(
    "line",
    [
        "### BEGIN HIDDEN TEST",
        "### BEGIN SOLUTIONS",
        "## BEGIN SOLUTION",
        "###BEGIN SOLUTION",
        "### begin solution",
        "### BEGIN  SOLUTION",
        "### BEGIN SOLUTION:",
        "# BEGIN HIDDEN TESTS",
        "### END HIDDEN_TESTS",
        "### BEGIN SOLUTON",
        "x = 1  ### BEGIN SOLUTION",
        "### BEGIN MARK SCHEME",
    ],
)
def test_a_misspelt_marker_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(MarkerError, match="looks like a marker but is none") as caught:
        regions(f"a\n{line}\nb")
    assert caught.value.offset == 1
    assert "### BEGIN HIDDEN TESTS" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        pytest.param("### BEGIN SOLUTION\nx", 0, "never closed", id="never closed"),
        pytest.param("x\n### END SOLUTION", 1, "closes nothing", id="never opened"),
        pytest.param(
            "### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION",
            1,
            "inside the region that line 1",
            id="nested",
        ),
        pytest.param("### BEGIN SOLUTION\n### END HIDDEN TESTS", 1, "closes nothing", id="crossed"),
    ],
)
def test_unbalanced_markers_are_refused_with_their_line(
    text: str, offset: int, message: str
) -> None:
    with pytest.raises(MarkerError, match=message) as caught:
        regions(text)
    assert caught.value.offset == offset


def test_ordinary_words_are_no_markers() -> None:
    assert regions("# The tests begin here, and end with a solution.\nbegin = 1") == []

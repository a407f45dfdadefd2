"""A text that is handed in is parsed on the trusted side only if that costs next to nothing."""

import textwrap

import pytest
from exam_room import lesson, sit
from test_changed_arguments import within

from autograder.examiner.examine import StudentCell
from autograder.examiner.remote import make_remote
from autograder.examiner.results import Status
from autograder.examiner.sources import submitted_sources
from course._loops import first_loop
from course.checks import check_no_loops
from course.sources import LONGEST_SOURCE, read_own_source, set_source_reader, source_of

DOUBLE = "def double(x):\n    return 2 * x\n"
LOOP = "def double(x):\n    return np.array([2 * one for one in x])\n"
CHECK = "check_no_loops(double, 'double')"
LONG = "a = 1\n" + "a;" * 30_000
TOO_LONG = "more than 50,000 characters; write nothing but the function there"


@pytest.mark.parametrize(
    "answers",
    [[f"{DOUBLE}{LONG}"], [f"{LONG}\n{DOUBLE}"], [DOUBLE, f"{LONG}\n{LOOP}"]],
    ids=["function_first", "function_last", "loop_later"],
)
def test_a_function_in_a_long_cell_is_not_parsed_and_the_test_says_so(answers: list[str]) -> None:
    [result] = sit(lesson(CHECK), *answers).tests
    assert result.status is Status.FAILED
    assert TOO_LONG in result.message


def test_five_megabytes_are_not_parsed() -> None:
    # each of them would take gigabytes, and one minute of one call into C
    cells = [f"# double\n{'a;' * 2_500_000}", DOUBLE]
    double = make_remote(None, ["mine", 0, "function", "double", ["call"]], "double")  # type: ignore[arg-type]
    with submitted_sources(cells), pytest.raises(AssertionError, match="more than 50,000"):
        check_no_loops(double, "double")


def test_many_cells_that_name_a_function_are_not_parsed() -> None:
    exam = lesson(CHECK)
    cells = [StudentCell(f"b{i}", f"# double\n{'a = 1;' * 8000}") for i in range(20)]
    [result] = sit(exam, DOUBLE, *cells).tests
    assert "its name stands in more than 200,000 characters of cells" in result.message


def test_a_long_cell_that_names_no_function_of_a_test_harms_nothing() -> None:
    exam = lesson(CHECK)
    [result] = sit(exam, f"text = '{'x' * 100_000}'", DOUBLE).tests
    assert result.status is Status.PASSED


@pytest.mark.parametrize("name", ["double", "ｄouble", "ⅆouble"], ids=ascii)
def test_the_later_function_counts_in_whatever_letters_it_is_written(name: str) -> None:
    exam = lesson(CHECK)
    [result] = sit(exam, DOUBLE, LOOP.replace("double", name)).tests
    assert "goes through values one by one" in result.message


def test_nothing_too_long_reaches_the_parser() -> None:
    with pytest.raises(ValueError, match="more than 50,000 characters"):
        first_loop(DOUBLE + "#" * LONGEST_SOURCE)
    before = set_source_reader(lambda _: DOUBLE + "#" * LONGEST_SOURCE)
    try:
        with pytest.raises(AssertionError, match="more than 50,000 characters"):
            source_of("double")
    finally:
        set_source_reader(before)
    assert before is read_own_source
    assert source_of(textwrap.dedent)


def test_what_is_parsed_costs_the_examiner_next_to_nothing() -> None:
    code = (
        "import ast, resource, sys\n"
        "from autograder.examiner.sources import _definition\n"
        f"text = 'def double():\\n ' + 'a;' * {LONGEST_SOURCE // 2 - 10}\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "assert _definition(text, 'double')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000)"
    )
    assert within(60, code) == "True\n"

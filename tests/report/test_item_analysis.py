"""Difficulty, discrimination and what deserves a second look, on classes made by hand."""

from math import sqrt

import pytest

from autograder.examiner.results import Status
from autograder.feedback.wording import NOT_WRITTEN
from autograder.report.items import Item, analyse, discrimination
from autograder.report.mistakes import count_mistakes, recognised_share
from autograder.report.outcomes import Outcome, Sheet, sheets
from autograder.report.questions import Chapter, Question
from autograder.report.read import Result, Verdict
from autograder.report.second_look import second_look

# tests 1 and 2 are of one stub, test 3 is of another
QUESTIONS = (
    Question(1, "book", "test_f", "f", "", 1.0, "", "visible"),
    Question(2, "book", "test_f_large", "f", "large", 2.0, "Think.", "hidden"),
    Question(3, "book", "test_g", "g", "", 1.0, "", "both"),
)
CHAPTERS = (Chapter("book", "A book", QUESTIONS, {"sums_rows": "Which axis?"}),)
VERDICTS = {
    "+": (Status.PASSED, "", ()),
    "-": (Status.FAILED, "got 1, expected 2", ()),
    "m": (Status.FAILED, "It looks as if your code sums rows.", ("sums_rows",)),
    "e": (Status.FAILED, "Your code does one of these", ("sums_rows", "is_empty")),
    "0": (Status.FAILED, NOT_WRITTEN, ()),
    "h": (Status.FAILED, "A check that runs only when graded failed.", ()),
    "t": (Status.TIMEOUT, "too long", ()),
    "x": (Status.MISSING, "The file is damaged", ()),
}


def class_of(*answers: str) -> tuple[Sheet, ...]:
    """One student for each text; one letter of it for each question."""
    results = []
    for number, letters in enumerate(answers):
        verdicts = {}
        for question, letter in zip(QUESTIONS, letters, strict=True):
            reason, output, tags = VERDICTS[letter]
            score = question.points if letter == "+" else 0.0
            verdicts[question.key] = Verdict(score, question.points, reason, output, tags)
        total = sum(verdict.score for verdict in verdicts.values())
        results.append(Result(f"s{number:02d}", total, 1, verdicts))
    return sheets(results, QUESTIONS)


def items_of(*answers: str) -> tuple[Item, ...]:
    return analyse(QUESTIONS, class_of(*answers))


def suspected(title: str, *answers: str) -> list[int]:
    found = second_look(items_of(*answers), len(answers))
    return [item.question.number for one in found if one.title == title for item in one.items]


def test_discrimination_is_the_point_biserial_correlation_worked_out_by_hand() -> None:
    # M1 = 3, M0 = 1, s = sqrt(2), p = 1/2
    found = discrimination([True, True, False, False], [4.0, 2.0, 2.0, 0.0])
    assert found == pytest.approx((3 - 1) / sqrt(2) * sqrt(0.25), abs=1e-12)
    # M1 = 7/3, M0 = 4, s = sqrt(5/4 + …) worked out for unequal groups: p = 3/4
    rest = [1.0, 2.0, 4.0, 4.0]
    mean = 11 / 4
    spread = sqrt(sum((one - mean) ** 2 for one in rest) / 4)
    expected = (7 / 3 - 4) / spread * sqrt(3 / 16)
    assert discrimination([True, True, True, False], rest) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("passed", "rest"),
    [
        pytest.param([True, True, True], [1.0, 2.0, 3.0], id="all passed"),
        pytest.param([False, False], [1.0, 2.0], id="all failed"),
        pytest.param([True, False], [2.0, 2.0], id="all others equal"),
        pytest.param([True], [2.0], id="one student"),
        pytest.param([], [], id="nobody"),
    ],
)
def test_where_nothing_varies_there_is_no_discrimination(
    passed: list[bool], rest: list[float]
) -> None:
    assert discrimination(passed, rest) is None


def test_the_rest_score_leaves_the_tests_own_points_out() -> None:
    # with its own 2 points, test 2 would correlate with itself; all the rest is equal
    assert items_of("++-", "+--", "++-", "+--")[1].discrimination is None


def test_an_answer_never_written_is_no_wrong_one_for_the_hidden_tests_of_its_stub_either() -> None:
    [sheet] = class_of("0h-")
    assert list(sheet.outcomes.values()) == [
        Outcome.NOT_WRITTEN,
        Outcome.NOT_WRITTEN,
        Outcome.WRONG,
    ]


def test_a_stub_of_which_one_test_passes_was_written() -> None:
    [sheet] = class_of("+0-")
    assert list(sheet.outcomes.values()) == [Outcome.PASSED, Outcome.WRONG, Outcome.WRONG]


def test_difficulty_is_the_share_of_those_who_answered() -> None:
    item = items_of("+++", "-++", "00+", "xxx", "+++")[0]
    assert (item.answered, item.passed, item.blank) == (3, 2, 2)
    assert item.share == pytest.approx(2 / 3, abs=1e-12)
    assert items_of("00+")[0].share is None


def test_a_mistake_counts_once_a_student_and_is_undecided_only_if_never_alone() -> None:
    pupils = class_of("me+", "em+", "e++", "+++")
    other, first = count_mistakes(CHAPTERS, pupils)
    assert (first.words, first.target, first.hint) == ("sums rows", "f", "Which axis?")
    assert first.students == ("s00", "s01", "s02")
    assert first.undecided == ("s02",)
    assert first.tests == (1, 2)
    assert other.students == other.undecided == ("s00", "s01", "s02")
    assert recognised_share(class_of("m-+", "0h-")) == (1, 3)


def test_a_test_that_nobody_passes_is_suspected_from_three_answers_on() -> None:
    assert suspected("Nobody passes", "-++", "-++", "0h+") == []
    assert suspected("Nobody passes", "-++", "-++", "-++") == [1]


def test_a_test_that_everybody_who_answered_passes_is_named_without_alarm() -> None:
    title = "Everybody who answered passes"
    assert suspected(title, "+-+", "+++", "++0") == [1]
    found = second_look(items_of("+-+", "+++", "++0"), 3)
    assert [one.urgent for one in found if one.title == title] == [False]


def test_negative_discrimination_is_suspected_only_in_a_class_large_enough() -> None:
    # whoever passes test 3 fails all else
    title = "The better students fail"
    pairs = ["++-", "--+"]
    assert suspected(title, *pairs * 9) == []
    assert suspected(title, *pairs * 10) == [3]


def test_unrecognised_failures_of_who_passes_nothing_are_no_hint_at_the_catalogue() -> None:
    title = "Failed in ways nobody has catalogued"
    assert suspected(title, "---", "---", "---") == []
    assert suspected(title, "--+", "--+", "m-+") == [2]


def test_a_test_left_blank_by_most_and_one_that_stops_several_are_suspected() -> None:
    assert suspected("Left blank by most", "++0", "++0", "+++") == [3]
    assert suspected("It stops several students", "+t+", "+t+", "+t+") == [2]

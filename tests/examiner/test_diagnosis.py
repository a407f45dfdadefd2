"""A failed test names the mistake behind it, and never one that it is not."""

from dataclasses import replace
from pathlib import Path

import pytest
from exam_room import hidden, lesson, sit

from autograder.examiner.lesson import Lesson, LessonCell
from autograder.examiner.results import CellResult, Status

REFERENCE = "def f(X, k=1.0):\n    return k * X.mean(axis=0)"
CATALOGUE = '''
from autograder.catalogue import alternative, misconception


@misconception("f", loses=["test_f"])
def sums_the_rows(X, k=1.0):
    """Do you divide by N?"""
    return k * X.sum(axis=0)


@misconception("f", loses=["test_f"])
def averages_each_row(X, k=1.0):
    """Which axis holds the examples?"""
    return k * X.mean(axis=1)


@misconception("f", loses=["test_f_factor"])
def forgets_the_factor(X, k=1.0):
    """What is k for?"""
    return X.mean(axis=0)


@misconception("f", loses=["test_f_factor"])
def takes_the_factor_for_two(X, k=1.0):
    """Is k always 2?"""
    return X.mean(axis=0) if k == 1.0 else 2.0 * X.mean(axis=0)


@misconception("f", loses=["test_f"])
def spoils_its_argument(X, k=1.0):
    """Whose array is X?"""
    X /= len(X)
    return k * X.sum(axis=0)


@misconception("f", loses=["test_f"])
def divides_the_text(X, k=1.0):
    """Is k a number?"""
    return X.mean(axis=0) / str(k)


@misconception("f", loses=["test_f"])
def never_ends(X, k=1.0):
    """Is there a way out?"""
    while True:
        pass


@alternative("f")
def by_hand(X, k=1.0):
    return k * X.sum(axis=0) / len(X)
'''
FIRST = "X = np.arange(6.0).reshape(2, 3)\ncheck_array(f(X), [1.5, 2.5, 3.5], 'f(X)')"
FACTOR = hidden("check_array(f(np.arange(6.0).reshape(3, 2), 4.5), [9.0, 13.5], 'f(X, 4.5)')")
SECRET = ("9.0", "13.5", "4.5")


@pytest.fixture
def exam(tmp_path: Path) -> Lesson:
    catalogue = tmp_path / "f.py"
    # the endless one would cost each of these tests its time limit
    text = CATALOGUE.replace("    while True:\n        pass", "    return None")
    catalogue.write_text(text, encoding="utf-8")
    return with_catalogue(catalogue)


def with_catalogue(catalogue: Path) -> Lesson:
    given = lesson(FIRST, FACTOR, stubs=["f(X, k)"])
    setup, first, factor = given.cells
    solution = LessonCell("f", "f", "solution", REFERENCE, 0, "", None, frozenset())
    tests = [replace(first, target="f"), replace(factor, target="f", hint="Try another k.")]
    return replace(given, cells=(setup, solution, *tests), catalogue=catalogue)


def body(text: str) -> str:
    return f"def f(X, k=1.0):\n    {text}"


def sat(exam: Lesson, answer: str) -> list[CellResult]:
    return list(sit(exam, answer).tests)


RECOGNISED = {
    "sum": ("return k * np.sum(X, axis=0)", ["sums_the_rows"]),
    "sum_in_a_loop": ("return k * sum(row for row in X)", ["sums_the_rows"]),
    "axis": ("return k * np.array([row.mean() for row in X])", ["averages_each_row"]),
    "in_place": ("X /= 2.0 if len(X) == 2 else 3.0; return k * X.sum(0)", ["spoils_its_argument"]),
    "same_exception": ("return X.mean(axis=0) / '1.0'", ["divides_the_text"]),
}


@pytest.mark.parametrize(("text", "names"), RECOGNISED.values(), ids=RECOGNISED)
def test_a_known_mistake_is_named_with_its_hint(exam: Lesson, text: str, names: list[str]) -> None:
    first, _ = sat(exam, body(text))
    assert list(first.misconceptions) == names
    assert first.message.endswith(first.diagnosis)
    assert first.message.removesuffix(first.diagnosis).rstrip().endswith((".", "?", "!"))
    assert first.diagnosis.startswith(f"It looks as if your code {names[0].replace('_', ' ')}. ")
    assert first.diagnosis.endswith("?")


NOT_THAT_MISTAKE = {
    # each agrees with a catalogued mistake on the first test only
    "sum_of_two_rows": "return k * (X[0] + X[1])",
    "sum_without_the_factor": "return np.sum(X, axis=0)",
    # ... or fails alike for another reason
    "another_exception": "raise TypeError('not yet')",
    "no_answer": "raise NotImplementedError",
    "nearly": "return k * np.sum(X, axis=0) + 1e-6",
    "other_type": "return list(k * np.sum(X, axis=0))",
    "other_dtype": "return (k * np.sum(X, axis=0)).astype('float32')",
}


@pytest.mark.parametrize("text", NOT_THAT_MISTAKE.values(), ids=NOT_THAT_MISTAKE)
def test_another_mistake_is_not_taken_for_a_known_one(exam: Lesson, text: str) -> None:
    for result in sat(exam, body(text)):
        assert result.status is Status.FAILED
        assert result.misconceptions == ()
        assert result.diagnosis == ""


def test_mistakes_that_no_test_tells_apart_are_both_named(exam: Lesson, tmp_path: Path) -> None:
    twin = tmp_path / "twins.py"
    more = '\n\n@misconception("f", loses=["test_f"])\ndef adds_up(X, k=1.0):\n    """Adds?"""\n'
    text = (tmp_path / "f.py").read_text(encoding="utf-8")
    twin.write_text(f"{text}{more}    return k * np.add.reduce(X)\n", encoding="utf-8")
    first, _ = sat(replace(exam, catalogue=twin), body("return k * X.sum(axis=0)"))
    assert first.misconceptions == ("sums_the_rows", "adds_up")
    assert first.diagnosis == (
        "Your code does one of these: (a) it sums the rows. Do you divide by N? "
        "(b) it adds up. Adds?"
    )


def test_a_hidden_failure_is_explained_without_what_is_hidden(exam: Lesson) -> None:
    first, factor = sat(exam, body("return X.mean(axis=0)"))
    assert first.status is Status.PASSED
    assert factor.misconceptions == ("forgets_the_factor",)
    assert factor.message == (
        "A check that runs only when graded failed. "
        "It looks as if your code forgets the factor. What is k for?"
    )
    assert not any(number in factor.message for number in SECRET)


def test_an_unknown_mistake_gets_the_hint_of_the_test(exam: Lesson) -> None:
    _, factor = sat(exam, body("return X.mean(axis=0) * k ** 2"))
    assert factor.misconceptions == ()
    assert factor.message.endswith("failed. Try another k.")


def test_right_answers_are_not_diagnosed(exam: Lesson) -> None:
    for result in sat(exam, body("return k * X.sum(axis=0) / len(X)")):
        assert (result.status, result.misconceptions) == (Status.PASSED, ())


def test_a_catalogued_mistake_that_never_ends_ends_the_search_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from autograder.examiner import explain

    monkeypatch.setattr(explain, "_SECONDS", 0.5)
    catalogue = tmp_path / "f.py"
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    first, factor = sat(with_catalogue(catalogue), body("return k * X.sum(axis=0)"))
    assert [first.status, factor.status] == [Status.FAILED, Status.FAILED]
    assert first.diagnosis == ""


def test_a_value_instead_of_a_function_is_diagnosed_too(tmp_path: Path) -> None:
    catalogue = tmp_path / "answers.py"
    catalogue.write_text(
        "from autograder.catalogue import misconception\n\n"
        '@misconception("answers", loses=["test_answers"])\n'
        'def swaps_them():\n    """Which is which?"""\n    return {"a": 2, "b": 1}\n',
        encoding="utf-8",
    )
    given = lesson("check_equal(answers, {'a': 1, 'b': 2}, 'answers')")
    setup, test = given.cells
    source = "answers = {'a': 1, 'b': 2}"
    solution = LessonCell("answers", "answers", "solution", source, 0, "", None, frozenset())
    exam = replace(
        given,
        cells=(setup, solution, replace(test, target="answers")),
        stubs={"answers": ()},
        catalogue=catalogue,
    )
    [result] = sit(exam, "answers = {'a': 2, 'b': 1}").tests
    assert result.misconceptions == ("swaps_them",)
    [result] = sit(exam, "answers = {'a': 2, 'b': 3}").tests
    assert result.misconceptions == ()


def test_arguments_are_compared_as_they_were_before_the_test_used_them_again(exam: Lesson) -> None:
    setup, solution, first, factor = exam.cells
    text = "X = np.ones((2, 3))\nscores = f(X)\nX[:] = 9.0\ncheck_array(scores, [1, 1, 1], 's')"
    again = replace(exam, cells=(setup, solution, replace(first, source=text), factor))
    [result, _] = sat(again, body("return k * X.sum(0)"))
    assert result.misconceptions == ("sums_the_rows",)


def test_a_sign_is_a_call_that_went_wrong_and_not_one_that_went_well(
    exam: Lesson, tmp_path: Path
) -> None:
    setup, solution, first, factor = exam.cells
    text = f"f(np.ones((2, 3)))\n{factor.source}"
    again = replace(exam, cells=(setup, solution, first, replace(factor, source=text)))
    catalogue = tmp_path / "refuses.py"
    more = (
        '\n\n@misconception("f", loses=["test_f_factor"])\n'
        'def refuses_a_factor(X, k=1.0):\n    """Why refuse?"""\n    if k != 1.0:\n'
        "        raise TypeError('no factor')\n    return X.mean(axis=0)\n"
    )
    catalogue.write_text((tmp_path / "f.py").read_text(encoding="utf-8") + more, encoding="utf-8")
    again = replace(again, catalogue=catalogue)
    refusal = "if k != 1.0: raise TypeError('{}')\n    return X.mean(axis=0)"
    _, named = sat(again, body(refusal.format("no factor")))
    assert named.misconceptions == ("refuses_a_factor",)
    _, other = sat(again, body(refusal.format("not yet")))
    assert other.misconceptions == ()


def test_nothing_is_said_when_a_call_was_too_much_to_keep(
    exam: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    from autograder.diagnosis import calls

    monkeypatch.setattr(calls, "_MAX_CALLS", 1)
    # on the first call it is `sums_the_rows`, on the one that is not kept it is not
    for result in sat(exam, body("return k * (X[0] + X[1])")):
        assert (result.status, result.misconceptions) == (Status.FAILED, ())

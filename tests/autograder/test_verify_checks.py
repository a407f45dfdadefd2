"""The single checks of a cell are found, and one can be taken out without moving a line."""

import ast

import pytest

from autograder.verify.checks import find_checks, with_marks, without

CELL = '''\
### BEGIN HIDDEN TESTS
x = "größer"; check_array(x, [1], "größer"); y = 2
check_close(
    double(3),  # a comment
    6,
    """two
lines""",
); z = 3
for n in range(3):
    if n: check_equal(n, n, "n")
    else:
        assert n == 0
with open("x") as file:
    checks.check_raises(ValueError, lambda: f(file), "f")
try:
    check_equal(1, 1, "one")
finally:
    check_equal(2, 2, "two")
def check_mine(a):
    check_equal(a, a, "a")
got = check_equal(3, 3, "three")
print(check_equal(4, 4, "four"))
check_mine(5)
### END HIDDEN TESTS'''


def test_checks_are_found_in_order_wherever_they_run() -> None:
    assert [(check.line, check.text) for check in find_checks(CELL)] == [
        (2, 'x = "größer"; check_array(x, [1], "größer"); y = 2'),
        (3, "check_close("),
        (10, 'if n: check_equal(n, n, "n")'),
        (12, "assert n == 0"),
        (14, 'checks.check_raises(ValueError, lambda: f(file), "f")'),
        (16, 'check_equal(1, 1, "one")'),
        (18, 'check_equal(2, 2, "two")'),
        (23, "check_mine(5)"),
    ]


@pytest.mark.parametrize("number", range(8))
def test_without_a_check_the_cell_runs_and_every_other_line_stays(number: int) -> None:
    check = find_checks(CELL)[number]
    less = without(CELL, check)
    assert [found.line for found in find_checks(less)] == [
        found.line for found in find_checks(CELL) if found != check
    ]
    assert other_lines(less) == other_lines(CELL)


def other_lines(text: str) -> list[tuple[int, str]]:
    return [
        (node.lineno, ast.dump(node))
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign | ast.FunctionDef)
    ]


def test_marks_say_which_checks_are_reached() -> None:
    text = "if far: check_a(1)\nfor _ in (1, 2): check_b()\nassert (1 ==\n 1); check_a(2)"
    checks = find_checks(text)
    marked = with_marks(text, checks)
    assert len(marked.split("\n")) == len(text.split("\n"))
    for far, expected in ((True, [0, 1, 1, 2, 3]), (False, [1, 1, 2, 3])):
        reached: list[int] = []
        names = {"far": far, "check_a": id, "check_b": int, "__reached__": reached.append}
        exec(marked, names)  # noqa: S102 # the text above
        assert reached == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("# kept: a slide\ncheck_a(1)", "a slide", id="the line above"),
        pytest.param("check_a(1)  # kept: a slide", "a slide", id="the same line"),
        pytest.param("check_a(\n    1,  # kept: a slide\n)", "a slide", id="a line of its own"),
        pytest.param("check_a(\n    1\n)  # kept: a slide", "a slide", id="its last line"),
        pytest.param("#kept:a slide\ncheck_a(1)", "a slide", id="without spaces"),
        pytest.param("# kept: a\n# slide\ncheck_a(1)", "a slide", id="over two lines"),
        pytest.param("# why\n# kept: a slide\ncheck_a(1)", "a slide", id="below another comment"),
        pytest.param("if 1:\n    # kept: a slide\n    check_a(1)", "a slide", id="indented"),
        pytest.param("# kept: a slide\n### BEGIN HIDDEN TESTS\ncheck_a(1)", "", id="a fence"),
        pytest.param("# kept: a slide\n\ncheck_a(1)", "", id="a line between"),
        pytest.param("# kept: a slide\nx = 1\ncheck_a(1)", "", id="a statement between"),
        pytest.param("x = 1  # kept: a slide\ncheck_a(1)", "", id="of the statement above"),
        pytest.param("# kept:\ncheck_a(1)", "", id="no reason"),
        pytest.param("check_a('# kept: a slide')", "", id="a text, no comment"),
        pytest.param("# not kept: a slide\ncheck_a(1)", "", id="other words"),
    ],
)
def test_a_comment_says_why_a_check_stays(text: str, reason: str) -> None:
    (check,) = find_checks(text)
    assert check.kept == reason

"""Every mistake that plain nbgrader lets pass is refused, with file, line and remedy."""

from collections.abc import Callable

import pytest

from autograder.authoring.load import load
from autograder.course_tree import CourseTree
from autograder.errors import GraderError

Edit = Callable[[str, str], None]
DOUBLE = '# %% tests="double" points=1'
HINTED = '# %% tests="double" idea="integers"'
CHECK = 'check_raises(ValueError, lambda: row_sums(np.arange(3.0)), "row_sums of a vector")'


def refusal(mini: CourseTree) -> GraderError:
    (path,) = mini.notebooks()
    with pytest.raises(GraderError) as caught:
        load(path, mini.root / "course")
    return caught.value


def test_the_unchanged_fixture_is_accepted(mini: CourseTree) -> None:
    (path,) = mini.notebooks()
    notebook = load(path, mini.root / "course")
    assert (notebook.auto_points, notebook.manual_points) == (4.5, 0.5)


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "remedy"),
    [
        pytest.param(
            DOUBLE,
            '# %% test="double" points=1',
            17,
            "unknown option `test`",
            "did you mean `tests`?",
            id="a misspelt role",
        ),
        pytest.param(
            DOUBLE,
            "# %% tests double",
            17,
            "`tests double` after `# %%` is a title, not a role",
            'write a role as `solution="name"`, or put the words into a markdown cell',
            id="a bare word",
        ),
        pytest.param(
            DOUBLE,
            '# %% tests="doubel" points=1',
            17,
            'tests="doubel" names no solution',
            'did you mean "double"?',
            id="tests of no solution",
        ),
        pytest.param(
            DOUBLE,
            '# %%tests="double" points=1',
            17,
            "is not a cell marker",
            "begin a cell with `# %%`, then a space or the end of the line",
            id="a marker without a space",
        ),
        pytest.param(
            DOUBLE,
            '# %% tests="row_sums" points=1 idea="early"',
            17,
            "'test_row_sums_early' stands before the solution it tests",
            "move it below",
            id="tests before the solution",
        ),
        pytest.param(
            DOUBLE,
            '# %% tests="double"',
            17,
            "a `tests` cell without points",
            "add `points=1`",
            id="tests without points",
        ),
        pytest.param(
            DOUBLE,
            '# %% tests="double" points=-1',
            17,
            "points=-1 is not a positive number",
            "write points=1",
            id="negative points",
        ),
        pytest.param(
            DOUBLE,
            '# %% tests="double" points=true',
            17,
            "points=True is not a positive number",
            "write points=1",
            id="points that are no number",
        ),
        pytest.param(
            '# %% locked="setup"',
            '# %% locked="setup" points=1',
            5,
            "`points` means nothing on a `locked` cell",
            "a `locked` cell takes `timeout`",
            id="points on an ungraded cell",
        ),
        pytest.param(
            '# %% locked="setup"',
            "# %% points=1",
            5,
            "`points` on a cell without a role",
            "give it one of",
            id="points without a role",
        ),
        pytest.param(
            '# %% locked="setup"',
            '# %% locked="setup" show="setup"',
            5,
            "a cell with two roles: locked and show",
            "split it into one cell a role",
            id="two roles",
        ),
        pytest.param(
            '# %% solution="double"',
            '# %% solution="the double"',
            10,
            "solution='the double' is not a name",
            'write solution="letters_digits_and_underscores"',
            id="a role that is no name",
        ),
        pytest.param(
            '# %% solution="double"',
            '# %% [markdown] solution="double"',
            10,
            "`solution` on a markdown cell",
            "make it a code cell",
            id="a solution in markdown",
        ),
        pytest.param(
            HINTED,
            '# %% tests="double"',
            19,
            "grade_id 'test_double' stands already on line 17",
            'give this test another `idea="…"`',
            id="duplicate ids",
        ),
        pytest.param(
            '# %% show="bars"',
            '# %% show="setup"',
            39,
            "grade_id 'setup' stands already on line 5",
            "choose another name",
            id="duplicate ids of other roles",
        ),
        pytest.param(
            "    sums = X.sum(axis=1)",
            "    sums = X.sum(axis=1)\n    ### END SOLUTION\n    ### BEGIN SOLUTION",
            31,
            "an empty SOLUTION region",
            "fill it or drop the markers",
            id="an empty region",
        ),
        pytest.param(
            "def row_sums(X):",
            "double = 3\ndef row_sums(X):",
            23,
            "'double' is bound by the solution cells 'double' and 'row_sums'",
            "rename one: each name belongs to one solution",
            id="one name bound twice",
        ),
        pytest.param(
            "def double(X):",
            "def twice(X):",
            10,
            "solution 'double' is not bound in its cell",
            "name the role after what the cell defines: twice",
            id="a solution that is not there",
        ),
        pytest.param(
            "def double(X):",
            "from numpy import float64 as np\ndef double(X):",
            10,
            "'np' is also bound by the locked cell 'setup'",
            "rename the stub",
            id="a name of a locked cell",
        ),
        pytest.param(
            "def double(X):",
            "def abs(x): return x\ndef double(X):",
            10,
            "'abs' is also bound by Python's builtins",
            "rename the stub",
            id="a builtin",
        ),
        pytest.param(
            "def double(X):",
            "def load_score(): return 1\ndef double(X):",
            10,
            "'load_score' is also bound by course.datasets",
            "rename the stub",
            id="a name of the course package",
        ),
        pytest.param(
            '# %% solution="double"',
            '# %% solution="double" mutates="Y"',
            10,
            "mutates='Y' is no parameter of 'double'",
            "name a parameter of the function",
            id="mutates no parameter",
        ),
        pytest.param(
            CHECK,
            "row_sums(np.ones((2, 3)))[0] == 3",
            37,
            "'test_row_sums_refuses_vectors' ends in a value, which nbgrader reads as a score",
            "end it in a `check_…(…)` call or an assignment",
            id="a trailing value",
        ),
        pytest.param(
            "### BEGIN HIDDEN TESTS\ncheck_array(row_sums",
            "row_sums\n### BEGIN HIDDEN TESTS\ncheck_array(row_sums",
            32,
            "'test_row_sums' ends in a value",
            "end it in a `check_…(…)` call",
            id="a trailing value once the hidden region is gone",
        ),
        pytest.param(
            CHECK,
            "# nothing",
            37,
            "'test_row_sums_refuses_vectors' tests nothing",
            "write a check",
            id="an empty test",
        ),
        pytest.param(
            CHECK,
            "%timeit row_sums(3)",
            38,
            "not valid Python",
            "magics and shell lines do not run when grading",
            id="a magic",
        ),
        pytest.param(
            "from course.checks import check_array, check_raises",
            "from course.checks import check_array, check_raises\nsums = [row_sums]",
            5,
            "the locked cell 'setup' uses the student's 'row_sums'",
            'make it `show="setup"`',
            id="a locked cell that calls the student",
        ),
        pytest.param(
            '# %% [markdown] picture="bars"',
            '# %% [markdown] picture="bar"',
            43,
            'picture="bar" names no show cell',
            "show cells: bars",
            id="a picture of nothing",
        ),
        pytest.param(
            "![two bars, of height 6 and 14]",
            "![]",
            43,
            "the text does not place the picture 'bars'",
            "write `![what it shows](attachment:bars.png)`",
            id="a picture without words",
        ),
        pytest.param(
            "# # Scale",
            "# # Scale\n# ### BEGIN SOLUTION\n# x\n# ### END SOLUTION",
            3,
            "a SOLUTION region in a plain cell",
            "give the cell a `solution=` role or drop the markers",
            id="a region in prose",
        ),
        pytest.param(
            "# %% [markdown]\n# # Scale",
            "import this\n# %% [markdown]\n# # Scale",
            1,
            "text before the first cell",
            "begin the file with a line `# %%`",
            id="text before the first cell",
        ),
        pytest.param(
            "    doubled = 2.0 * np.asarray(X, dtype=float)\n    ### END SOLUTION",
            "    doubled = 2.0 * np.asarray(X, dtype=float)\n    ### END SOLUTON",
            15,
            "'### END SOLUTON' looks like a marker but is none",
            "write exactly `### BEGIN SOLUTION`",
            id="a misspelt marker",
        ),
    ],
)
def test_a_mistake_is_refused_with_file_line_and_remedy(
    mini: CourseTree, edit: Edit, old: str, new: str, line: int, message: str, remedy: str
) -> None:
    edit(old, new)
    error = refusal(mini)
    assert (error.file, error.line) == ("source/week1/scale.py", line)
    assert message in error.message
    assert remedy in error.remedy


def test_a_solution_without_a_region_is_refused(mini: CourseTree, edit: Edit) -> None:
    edit("    ### BEGIN SOLUTION\n    doubled", "    doubled")
    edit("dtype=float)\n    ### END SOLUTION", "dtype=float)")
    error = refusal(mini)
    assert (error.line, error.message) == (10, "solution 'double' has no solution region")


def test_a_cell_marker_inside_a_string_is_refused(mini: CourseTree, edit: Edit) -> None:
    edit("figure, axes", 'text = """\n# %% in a string\n"""\nfigure, axes')
    assert "jupytext finds" in refusal(mini).message


def test_a_file_that_is_not_utf8_is_refused_by_name(mini: CourseTree) -> None:
    (path,) = mini.notebooks()
    path.text.write_bytes("# %% [markdown]\n# 경사".encode("euc-kr"))
    error = refusal(mini)
    assert str(error).startswith("source/week1/scale.py: not UTF-8")

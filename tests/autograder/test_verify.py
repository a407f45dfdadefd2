"""Verify passes what is sound and names what is not."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from verifying import edit_catalogue, give_the_right_shape, proof

from autograder.course_tree import CourseTree
from autograder.release.build import build

Edit = Callable[[str, str], None]
EMPTY = "### BEGIN HIDDEN TESTS\ncheck_array(double(np.array([[7], [-9]])), [[14.0], [-18.0]]"


@pytest.fixture(autouse=True)
def _no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")


def test_a_sound_notebook_is_proven_and_counted(mini: CourseTree) -> None:
    give_the_right_shape(mini)
    result = proof(mini)
    assert result.failures == ()
    assert (result.stubs, result.tests, result.points, result.manual_points) == (2, 4, 4.5, 0.5)
    assert (result.misconceptions, result.alternatives) == (4, 2)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            'check_array(double(np.array([[7], [-9]])), [[14.0], [-18.0]], "double of integers")',
            "anything = 1",
            "scale.py:19: test_double_integers gives its points to the untouched stub",
            id="an emptied test",
        ),
        pytest.param(
            'check_array(double(np.array([[7], [-9]])), [[14.0], [-18.0]], "double of integers")',
            "assert np.shape(double(np.array([[7], [-9]]))) == (2, 1)",
            "scale.py:19: test_double_integers gives its points to zeros",
            id="a test weakened to a shape check",
        ),
        pytest.param(
            'check_array(double(np.array([[7], [-9]])), [[14.0], [-18.0]], "double of integers")',
            "assert np.allclose(double(np.array([[7], [-9]])), [[14.0], [-18.0]])",
            "scale.py:19: test_double_integers gives its points to an empty array",
            id="a test that np.allclose lets empty arrays pass",
        ),
        pytest.param(
            'check_array(double(np.array([[7], [-9]])), [[14.0], [-18.0]], "double of integers")',
            "assert abs(double(np.array([[7]])) - 14.0) < 1e-9",
            "scale.py:19: test_double_integers gives its points to an object without a difference",
            id="a test that computes with the answer before it looks at its type",
        ),
        pytest.param(
            'check_array(double(np.array([[7], [-9]])), [[14.0], [-18.0]], "double of integers")',
            "check_array(double(np.array([[7], [-9]])), [[14.0], [-17.0]], 'double')",
            "scale.py:19: test_double_integers refuses the reference: CheckFailed",
            id="a test that refuses the reference",
        ),
        pytest.param(
            "    ### BEGIN SOLUTION\n    doubled = 2.0 * np.asarray(X, dtype=float)\n",
            "    doubled = 2.0 * np.asarray(X, dtype=float)\n    return doubled\n"
            "    ### BEGIN SOLUTION\n    pass\n",
            "scale.py:19: test_double gives its points to the untouched stub",
            id="a stub that leaks its answer",
        ),
        pytest.param(
            "# This is what you should see.",
            "#     doubled = 2.0 * np.asarray(X, dtype=float)",
            "shows 'doubled = 2.0 * np.asarray(X, dtype=float)', a line of double (solution)",
            id="prose that shows the answer",
        ),
        pytest.param(
            'check_array(double(np.array([[7], [-9]])), [[14.0], [-18.0]], "double of integers")',
            "assert double(np.array([[7], [-9]])).tolist() == [[14.0], [-18.0]]\n"
            "assert isinstance(double, type(lambda: 0))",
            "test_double_integers refuses the reference in isolation: AssertionError",
            id="a test that asks what it cannot ask in isolation",
        ),
        pytest.param(
            'axes.set_ylabel("sum")',
            'axes.set_ylabel("sum")\nimport warnings\nwarnings.warn("careful")',
            "the solved notebook fails here: UserWarning: careful",
            id="a warning",
        ),
    ],
)
def test_what_is_unsound_is_named(
    mini: CourseTree, edit: Edit, old: str, new: str, expected: str
) -> None:
    if "fails here" in expected or "refuses the reference" in expected:
        # the picture would refuse it before the proof does
        edit('# %% [markdown] picture="bars"', "# %% [markdown]")
    edit(old, new)
    failures = proof(mini).failures
    line = next((text for text in failures if expected.split(": ", 1)[-1] in text), None)
    assert line is not None, failures


def test_what_an_answer_writes_lies_in_nobodys_folder(
    mini: CourseTree, edit: Edit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_the_right_shape(mini)
    edit("import numpy as np", "import numpy as np\nfrom pathlib import Path")
    edit("    doubled = 2.0", '    Path("kept.txt").write_text("mine")\n    doubled = 2.0')
    here = tmp_path / "here"
    here.mkdir()
    (here / "kept.txt").write_text("another's", encoding="utf-8")
    monkeypatch.chdir(here)
    build(mini)
    assert proof(mini).failures == ()
    assert (here / "kept.txt").read_text(encoding="utf-8") == "another's"


def test_an_endless_answer_is_stopped_and_named(mini: CourseTree, edit: Edit) -> None:
    edit('# %% tests="double" points=1', '# %% tests="double" points=1 timeout=0.5')
    edit_catalogue(
        mini,
        "    return X.sum(axis=0)\n",
        "    return X.sum(axis=0)[: len(X)]\n\n\n"
        '@misconception("double", loses=["test_double_integers"])\n'
        'def never_ends(X):\n    """Endless."""\n    while X.dtype == float: pass\n'
        "    return 2 * X\n",
    )
    (failure,) = proof(mini).failures
    assert "never_ends also loses test_double: TooSlow: took longer than 0.5 s" in failure


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            '"double", loses=["test_double_integers"]',
            '"double", loses=["test_double", "test_double_integers"]',
            "misconceptions/scale.py:6: keeps_the_type should lose test_double but passes it",
            id="it declares too much",
        ),
        pytest.param(
            '["test_double", "test_double_integers"]',
            '["test_double"]',
            "squares also loses test_double_integers: CheckFailed",
            id="it declares too little",
        ),
        pytest.param(
            "np.add(X, X, dtype=float)",
            "np.add(X, X)",
            "adds also loses test_double_integers: CheckFailed",
            id="an alternative loses marks",
        ),
        pytest.param(
            '@misconception("double", loses=["test_double_integers"])',
            '@misconception("doubel", loses=["test_double_integers"])',
            "keeps_the_type names doubel, which the notebook does not have",
            id="an unknown stub",
        ),
        pytest.param(
            '    """You square. Try 3 by hand."""\n',
            "",
            "misconception 'squares' has no docstring; say in its docstring",
            id="no hint",
        ),
        pytest.param(
            "from autograder.catalogue import alternative, misconception",
            "from autograder.catalogue import alternative, misconception\n1 / 0",
            "does not run: ZeroDivisionError",
            id="a catalogue that does not run",
        ),
    ],
)
def test_a_wrong_catalogue_is_named(mini: CourseTree, old: str, new: str, expected: str) -> None:
    edit_catalogue(mini, old, new)
    failures = proof(mini).failures
    assert any(expected in failure for failure in failures), failures


def test_a_test_that_no_misconception_loses_is_named(mini: CourseTree) -> None:
    (path,) = mini.notebooks()
    text = path.misconceptions.read_text(encoding="utf-8")
    path.misconceptions.write_text(text.split('@misconception("row_sums"')[0], encoding="utf-8")
    failures = [text for text in proof(mini).failures if "no misconception" in text]
    assert [text.split(": ")[1].split()[0] for text in failures] == [
        "test_row_sums",
        "test_row_sums_refuses_vectors",
    ]


def test_the_command_prints_a_line_a_notebook_and_the_same_as_data(
    mini: CourseTree, command: Callable[..., object]
) -> None:
    give_the_right_shape(mini)
    build(mini)
    done = command("autograder", "verify", "--json", "out/proof.json", cwd=mini.root)
    assert done.returncode == 0, done.stdout + done.stderr  # type: ignore[attr-defined]
    lines = done.stdout.splitlines()  # type: ignore[attr-defined]
    assert lines[0].split() == [
        "notebook",
        "stubs",
        "tests",
        "points",
        "misconceptions",
        "alternatives",
        "seconds",
    ]
    assert lines[1].split()[:6] == ["week1/scale", "2", "4", "4.5", "4", "2"]
    assert lines[1].endswith("proven")
    data = json.loads((mini.root / "out/proof.json").read_text(encoding="utf-8"))
    assert data["passed"] is True
    (row,) = data["notebooks"]
    assert {key: row[key] for key in ("stubs", "tests", "points", "failures")} == {
        "stubs": 2,
        "tests": 4,
        "points": 4.5,
        "failures": [],
    }


def test_the_command_fails_for_an_edited_release(
    mini: CourseTree, command: Callable[..., object]
) -> None:
    build(mini)
    release = mini.root / "release/week1/scale.ipynb"
    release.write_text(release.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = command("autograder", "verify", cwd=mini.root)
    assert done.returncode == 1  # type: ignore[attr-defined]
    assert "release/week1/scale.ipynb: differs from its source; run" in done.stderr  # type: ignore[attr-defined]

"""A check that no misconception would miss is listed, and no other."""

import json
from collections.abc import Callable

import numpy as np
import pytest
from verifying import add_to_catalogue, give_the_right_shape, proof

from autograder.authoring.cells import Cell, Notebook, Role
from autograder.course_tree import CourseTree
from autograder.release.build import build
from autograder.verify.command import run
from autograder.verify.thorough import Removals, Unnoticed

Edit = Callable[[str, str], None]
SQUARE = (
    'check_array(row_sums(np.array([[1.0, 2.5], [4.0, 8.0]])), [3.5, 12.0], "row_sums of a square")'
)
VISIBLE = (
    'check_array(row_sums(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])), [6.0, 16.0], "row_sums")'
)
TRANSPOSES = '''\
@misconception("row_sums", loses=["test_row_sums", "test_row_sums_refuses_vectors"])
def turns_square_tables(X):
    """Square tables are turned."""
    return X.sum(axis=0 if X.shape == (2, 2) else -1)
'''


@pytest.fixture(autouse=True)
def _sound(mini: CourseTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    give_the_right_shape(mini)


def unnoticed(mini: CourseTree) -> list[str]:
    found = proof(mini, thorough=True).thorough
    assert found is not None
    return [check.text for check in found.unnoticed]


def test_two_checks_that_only_the_same_mistake_loses_are_both_listed(mini: CourseTree) -> None:
    result = proof(mini, thorough=True)
    assert result.failures == ()
    assert result.thorough is not None
    assert result.thorough.checks == 5
    file = "source/week1/scale.py"
    assert result.thorough.unnoticed == (
        Unnoticed(file, 33, "test_row_sums", VISIBLE),
        Unnoticed(file, 35, "test_row_sums", SQUARE),
    )
    assert str(result.thorough.unnoticed[0]) == f"{file}:33: test_row_sums: {VISIBLE}"


def test_a_check_that_one_mistake_needs_is_not_listed(mini: CourseTree) -> None:
    add_to_catalogue(mini, TRANSPOSES)
    assert unnoticed(mini) == [VISIBLE]


def test_without_thorough_nothing_is_taken_out(mini: CourseTree) -> None:
    assert proof(mini).thorough is None


def test_a_check_that_is_kept_for_a_reason_is_listed_apart(mini: CourseTree, edit: Edit) -> None:
    edit(VISIBLE, f"# kept: by hand\n{VISIBLE}")
    found = proof(mini, thorough=True).thorough
    assert found is not None
    assert [check.text for check in found.unnoticed] == [SQUARE]
    assert [(check.line, check.kept) for check in found.kept] == [(34, "by hand")]


def test_a_needed_check_needs_no_reason_and_is_not_listed_with_one(
    mini: CourseTree, edit: Edit
) -> None:
    add_to_catalogue(mini, TRANSPOSES)
    edit(SQUARE, f"{SQUARE}  # kept: a square")
    found = proof(mini, thorough=True).thorough
    assert found is not None
    assert found.kept == ()


def test_asserts_and_checks_in_loops_are_single_checks(mini: CourseTree, edit: Edit) -> None:
    edit(
        SQUARE,
        "for n in (2, 3):\n"
        '    check_array(row_sums(np.eye(n)), np.ones(n), "row_sums of an identity")\n'
        "assert n == 3",
    )
    assert unnoticed(mini) == [
        'check_array(row_sums(np.eye(n)), np.ones(n), "row_sums of an identity")',
        "assert n == 3",
    ]


def test_a_cell_that_nothing_loses_is_a_failure_and_not_listed_too(mini: CourseTree) -> None:
    (path,) = mini.notebooks()
    text = path.misconceptions.read_text(encoding="utf-8")
    path.misconceptions.write_text(text.split('@misconception("row_sums"')[0], encoding="utf-8")
    result = proof(mini, thorough=True)
    assert sum("is lost by no misconception" in failure for failure in result.failures) == 2
    assert result.thorough is not None
    assert result.thorough.unnoticed == ()


def test_what_one_run_writes_into_the_data_no_other_reads(mini: CourseTree, edit: Edit) -> None:
    edit(
        "import numpy as np\n", "import numpy as np\n\ntable = np.array([[1.0, 2.0], [3.0, 5.0]])\n"
    )
    edit(
        SQUARE,
        'check_unchanged(lambda: row_sums(table), "row_sums", X=table)\n'
        'check_array(row_sums(table), [3.0, 8.0], "row_sums of the table")',
    )
    edit("import check_array, check_raises", "import check_array, check_raises, check_unchanged")
    add_to_catalogue(
        mini,
        '@misconception("row_sums", loses=["test_row_sums", "test_row_sums_refuses_vectors"])\n'
        'def spoils_its_argument(X):\n    """Is X unchanged?"""\n'
        "    sums = X.sum(axis=-1)\n    X[...] = 0.0\n    return sums\n",
    )
    texts = unnoticed(mini)
    assert not any(text.startswith("check_unchanged") for text in texts), texts


def test_a_mistake_that_is_not_the_same_twice_is_a_failure(mini: CourseTree) -> None:
    add_to_catalogue(
        mini,
        'calls = []\n\n@misconception("double", loses=["test_double_integers"])\n'
        'def wrong_once(X):\n    """Only once."""\n    calls.append(X.dtype)\n'
        "    return 2.0 * X + (calls.count(X.dtype) == 1 and X.dtype == int)\n",
    )
    failures = proof(mini, thorough=True).failures
    assert [text.split(": ", 1)[1] for text in failures] == [
        "wrong_once flickers: it lost test_double_integers, then passed it"
    ]


def test_an_endless_answer_is_not_asked_again_for_checks_that_it_passed() -> None:
    test = "check_small(1)\ncheck_small(2)\ncheck_small(3)\ncheck_small(4)"
    cell = Cell("code", test, 1, 2, Role.TESTS, "test_a", target="a", timeout=0.2)
    removals = Removals(Notebook("week1", "scale", "scale.py", (cell,)), lambda _: None)
    hung: list[int] = []

    def check_small(n: int) -> None:
        hung.extend([n] * (n == 3))
        while n == 3:
            pass

    names = {"check_small": check_small}
    assert list(removals.attempt(names, {"test_a"})) == []
    # once to see where it hangs; without that check it does not
    assert hung == [3]
    assert [check.line for check in removals.result().unnoticed] == [2, 3, 5]


def test_progress_names_the_notebook(mini: CourseTree) -> None:
    said: list[str] = []
    proof(mini, thorough=True, say=said.append)
    assert said[0] == "week1/scale: taking out each of 5 checks"


def test_the_command_lists_what_is_not_missed_and_is_content(
    mini: CourseTree, edit: Edit, capfd: pytest.CaptureFixture[str]
) -> None:
    edit(VISIBLE, f"# kept: by hand\n{VISIBLE}")
    build(mini)
    data = mini.root / "out/proof.json"
    assert run(mini.root, None, 1, data, thorough=True)
    said, told = capfd.readouterr()
    assert "week1/scale: taking out each of 5 checks" in told
    assert said.splitlines()[2:5] == [
        f"UNNOTICED  source/week1/scale.py:36: test_row_sums: {SQUARE}",
        f"KEPT  source/week1/scale.py:34: test_row_sums: {VISIBLE}  # by hand",
        "1 notebooks, 4 test cells, 4.5 automatic points: all proven; "
        "5 checks, 1 that no misconception would miss, 1 more kept",
    ]
    (row,) = json.loads(data.read_text(encoding="utf-8"))["notebooks"]
    assert row["thorough"] == {
        "checks": 5,
        "unnoticed": [
            {
                "file": "source/week1/scale.py",
                "line": 36,
                "grade_id": "test_row_sums",
                "text": SQUARE,
                "kept": "",
            }
        ],
        "kept": [
            {
                "file": "source/week1/scale.py",
                "line": 34,
                "grade_id": "test_row_sums",
                "text": VISIBLE,
                "kept": "by hand",
            }
        ],
    }


def test_the_commands_option_and_its_help(mini: CourseTree, command: Callable[..., object]) -> None:
    build(mini)
    done = command("autograder", "verify", "--thorough", "week1/scale", cwd=mini.root)
    assert done.returncode == 0, done.stderr  # type: ignore[attr-defined]
    assert "2 that no misconception would miss" in done.stdout  # type: ignore[attr-defined]
    done = command("autograder", "verify", "--help", cwd=mini.root)
    assert "# kept: <reason>" in " ".join(done.stdout.split())  # type: ignore[attr-defined]


def test_copies_of_data_keep_what_belongs_together() -> None:
    from autograder.verify.wrong_run import fresh

    table = np.arange(6.0)
    names = {"table": table, "rng": np.random.default_rng(0), "other": [1], "f": len}
    copies = fresh(names, "check(table, rng, f)")
    copies["table"][0] = 9.0
    copies["rng"].random()
    assert table[0] == 0.0
    assert names["rng"].random() == np.random.default_rng(0).random()
    assert copies["other"] is names["other"]
    assert copies["f"] is len

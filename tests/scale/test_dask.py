"""`autograder grade --scheduler` on a real cluster: nothing is lost, and nothing is different."""

import json
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from dask_cluster import DaskCluster, cluster, grading, kill
from nbgrader.api import Gradebook
from own_gradebook import copy_config, release

from autograder.course_tree import CourseTree
from autograder.demo.sample_class import hand_in, lessons, sample_class
from autograder.errors import GraderError
from autograder.grading.cluster.batch import Batch, pack_submission, unpack_submission
from autograder.grading.cluster.sameness import difference, facts
from autograder.grading.job import Job
from autograder.grading.machines import machines
from autograder.intake.read import MAX_BYTES, Rejected, Submission, read_cells
from autograder.release.build import build

ROOT = Path(__file__).resolve().parent.parent.parent
STUDENTS = 16
TEST = "check_array(double(np.array([[7], [-9]]))"
# a test that ends the grader for two answers, which nothing of a student's can do from outside
TRAPS = f"""\
import os
if double(1.0).max() == 13.0:
    os._exit(9)  # the process that grades
if double(1.0).max() == 14.0:
    os.kill(os.getppid(), 9)  # its Dask worker
    os._exit(9)
{TEST}"""
ANSWER = "doubled = 2.0 * np.asarray(X, dtype=float)"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A released course, and a class that takes its time, not graded yet."""
    root = tmp_path_factory.mktemp("dask") / "course"
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", root)
    copy_config(root)
    (root / "course").symlink_to(ROOT / "course")
    text = root / "source/week1/scale.py"
    words = text.read_text(encoding="utf-8").replace(TEST, TRAPS).split("# %% show=")
    text.write_text(words[0] + "# %% [markdown] manual=" + words[1].split("manual=")[1], "utf-8")
    tree = CourseTree(root)
    build(tree)
    taught = lessons(tree, "week1")
    sample = [one for one in sample_class(taught, STUDENTS + 1) if "endless" not in one.id]
    hand_in(sample, taught, root / "submitted")
    for student in sorted((root / "submitted").iterdir()):
        answer(root, student.name, ANSWER, f"import time; time.sleep(0.1); {ANSWER}")
    release(root, "week1")
    return root


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Path:
    root = tmp_path / "course"
    shutil.copytree(template, root, symlinks=True)
    return root


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    pytest.importorskip("distributed", reason="needs Dask: requirements-cluster.txt")
    with cluster(tmp_path_factory.mktemp("cluster") / "two", 2) as found:
        yield found


def answer(root: Path, student: str, old: str, new: str) -> None:
    file = root / "submitted" / student / "week1" / "scale.ipynb"
    text = file.read_text("utf-8")
    file.write_text(text.replace(old, new), encoding="utf-8")


def some_right_one(root: Path, which: int = 0) -> str:
    return sorted(path.name for path in (root / "submitted").glob("*all_right*"))[which]


def rows(root: Path) -> dict[str, dict[str, tuple[float | None, bool]]]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        return {
            submission.student_id: {
                grade.cell.name: (grade.auto_score, bool(grade.needs_manual_grade))
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in book.assignment_submissions("week1")
        }


def written(root: Path) -> dict[str, bytes]:
    paths = [*root.glob("results/*/[!.]*.json"), *root.glob("autograded/*/*/*.ipynb")]
    return {str(path.relative_to(root)): path.read_bytes() for path in paths}


def said(process: subprocess.Popen[str], code: int) -> str:
    output, errors = process.communicate(timeout=240)
    assert process.returncode == code, output + errors
    return output + errors


@pytest.mark.whole_course
def test_a_worker_killed_in_mid_run_costs_nothing_and_all_is_as_graded_here(
    two_workers: DaskCluster, course: Path, tmp_path: Path
) -> None:
    here = tmp_path / "here"
    shutil.copytree(course, here, symlinks=True)
    refused = course / "submitted" / some_right_one(course) / "week1" / "scale.ipynb"
    for root in (course, here):
        (root / refused.relative_to(course)).unlink()
        (root / refused.relative_to(course)).symlink_to("/etc/passwd")
    process = grading(course, "--scheduler", two_workers.address)
    until = time.monotonic() + 120
    while len(list(course.glob("results/week1/[!.]*.json"))) < 2:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)
    kill(two_workers.workers[0])
    told = said(process, 0)
    two_workers.add_worker()
    assert f"2 workers at {two_workers.address}, 2 submissions at a time" in told
    assert f"{STUDENTS} graded in" in told
    said(grading(here), 0)
    assert rows(course) == rows(here)
    assert len(rows(course)) == STUDENTS
    assert written(course) == written(here)
    # and a run here finds nothing left to do
    assert f"{STUDENTS} submissions, 0 to grade" in said(grading(course), 0)


@pytest.mark.slow
@pytest.mark.parametrize("here", [True, False], ids=["on_this_machine", "on_the_cluster"])
def test_who_ends_the_grader_or_its_worker_scores_0_and_nobody_else_does(
    request: pytest.FixtureRequest, course: Path, here: bool
) -> None:
    # on this machine what is called the worker is that from which all graders are forked
    grader, worker = some_right_one(course, 0), some_right_one(course, 1)
    answer(course, grader, ANSWER, "doubled = np.full(np.shape(X), 13.0)")
    answer(course, worker, ANSWER, "doubled = np.full(np.shape(X), 14.0)")
    where = [] if here else ["--scheduler", request.getfixturevalue("two_workers").address]
    told = said(grading(course, *where), 0)
    assert f"{STUDENTS} graded in" in told
    for student in (grader, worker):
        data = json.loads((course / "results/week1" / f"{student}.json").read_text("utf-8"))
        assert data["score"] == 0
        assert {test["reason"] for test in data["tests"]} == {"died"}
        assert "It ended the grader itself" in data["output"]
        assert "np.full" in (course / "autograded" / student / "week1/scale.ipynb").read_text()
    others = [one for one in rows(course) if "all_right" in one and one not in {grader, worker}]
    for student in others:
        assert sum(score or 0 for score, _ in rows(course)[student].values()) == 4.5
    # the machine may have been at fault
    assert f"{STUDENTS} submissions, 2 to grade" in said(grading(course, "--dry-run"), 0)


@pytest.mark.slow
def test_workers_with_other_tables_are_refused_before_anything_is_written(
    two_workers: DaskCluster, course: Path, tmp_path: Path
) -> None:
    tables = tmp_path / "tables"
    shutil.copytree(ROOT / "data", tables)
    with (tables / "zoo.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    before = sorted(course.iterdir())
    process = grading(
        course, "--scheduler", two_workers.address, environment={"COURSE_DATA": str(tables)}
    )
    told = said(process, 1)
    assert "on tcp://127.0.0.1:" in told
    assert "the course's tables differ; bring that machine to the command's state" in told
    assert sorted(course.iterdir()) == before


def refusal(scheduler: str, jobs: int | None = None) -> str:
    with (
        pytest.raises(GraderError) as caught,
        machines({}, jobs, scheduler, trust_students=False),
    ):
        pass
    return str(caught.value)


def test_a_scheduler_that_is_not_there_is_named_with_the_command_that_starts_one() -> None:
    pytest.importorskip("distributed", reason="needs Dask: requirements-cluster.txt")
    with warnings.catch_warnings():  # `connected` adds a filter
        told = refusal("tcp://127.0.0.1:9")
    assert "no scheduler answers at tcp://127.0.0.1:9" in told
    assert "start one with `dask scheduler`" in told


def test_without_dask_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = refusal("tcp://127.0.0.1:9")
    assert "--scheduler needs Dask distributed" in told
    assert "requirements-cluster.txt" in told


def test_jobs_are_counted_where_they_are_done() -> None:
    assert "--jobs is for this machine" in refusal("tcp://127.0.0.1:9", jobs=2)


def test_what_differs_is_named_with_both_values() -> None:
    here = {"Python": "3.11", "numpy": "2.1.0", "the grader's code": "ab"}
    assert difference(here, here) == ""
    assert difference(here, {**here, "numpy": "2.2.0"}) == "numpy is 2.2.0 there and 2.1.0 here"
    assert difference(here, {**here, "the grader's code": "cd"}) == "the grader's code differs"
    assert difference(here, {}).startswith("Python is unknown there")


def test_frameworks_must_be_the_same_only_where_a_lesson_needs_them() -> None:
    assert "keras" not in facts(("numpy", "course.checks"))
    assert "keras" in facts(("numpy", "keras"))


@pytest.mark.parametrize("kind", ["missing", "link", "folder", "large", "damaged", "right"])
def test_a_file_is_refused_there_for_the_reason_it_is_refused_here(
    kind: str, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    file = here / "scale.ipynb"
    match kind:
        case "link":
            file.symlink_to("/etc/passwd")
        case "folder":
            file.mkdir()
        case "large":
            with file.open("wb") as stream:
                stream.truncate(MAX_BYTES + 1)
        case "damaged":
            file.write_bytes(b'{"cells": [\xff')
        case "right":
            file.write_text('{"cells": [{"cell_type": "code", "source": "1"}]}', "utf-8")
    job = Job(tmp_path, "week1", ("scale",), Submission("amy", here), 1)
    packed = (("amy", pack_submission(job)),)
    batch = Batch("week1", ("scale",), (), {}, packed, {}, 1, job.limits)
    again = unpack_submission(batch, 0, tmp_path, there)
    assert again.submission.student == "amy"

    def found(folder: Path) -> object:
        try:
            return read_cells(folder / "scale.ipynb")
        except Rejected as error:
            return str(error)

    assert found(there) == found(here)

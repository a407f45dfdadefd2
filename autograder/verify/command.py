"""`autograder verify`: prove every notebook, print a table and what fails."""

import dataclasses
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from autograder.course_tree import CourseTree, NotebookPath
from autograder.errors import GraderError
from autograder.examiner.compiled import keep_for_proofs
from autograder.examiner.lesson import read_lesson
from autograder.release.build import stale_files
from autograder.verify.prove import Proof, prove
from autograder.verify.thorough import Thorough

COLUMNS = ("stubs", "tests", "points", "misconceptions", "alternatives")


def run(
    course: Path | None,
    which: str | None,
    jobs: int | None,
    data: Path | None,
    *,
    thorough: bool = False,
) -> bool:
    """Verify, print one line a notebook, and write the data file if asked.

    Parameters
    ----------
    thorough : bool
        Also list the single checks that no misconception would miss; they are no failures.

    Returns
    -------
    bool
        Whether everything holds.
    """
    tree = CourseTree.find(course)
    paths = tree.select(which)
    if not paths:
        raise GraderError(
            f"there is no notebook in {tree.root / 'source'}",
            remedy="write source/<assignment>/<notebook>.py first",
        )
    # plots are drawn to be proven, never to be seen
    os.environ["MPLBACKEND"] = "Agg"
    # hundreds of answers train models of a few shapes
    keep_for_proofs(tree.root)
    width = max(len(str(path)) for path in paths)
    print(f"{'notebook':{width}}  " + "  ".join(COLUMNS) + "  seconds")
    paths = _provable(paths, width)
    proofs = []
    # a fresh interpreter each: a notebook may leave any state behind, such as Keras's backend
    with ProcessPoolExecutor(
        jobs or os.cpu_count(), mp_context=get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        for proof in pool.map(partial(prove, thorough=thorough, say=_say), paths):
            proofs.append(proof)
            print(_row(proof, width), flush=True)
    try:
        stale = [
            f"{file.file}: {file.reason}; run `autograder build`"
            for file in stale_files(tree, which)
        ]
    except GraderError:
        # the text that does not compile is among the failures already
        stale = []
    _print_checks([proof.thorough for proof in proofs if proof.thorough])
    _print_failures(proofs, stale)
    if data is not None:
        write_data(data, proofs, stale)
        print(f"written  {data}")
    return not stale and not any(proof.failures for proof in proofs)


def _provable(paths: Sequence[NotebookPath], width: int) -> list[NotebookPath]:
    """Leave out, with a word, what needs a package that is not installed.

    Raises
    ------
    GraderError
        If nothing is left.
    """
    kept = []
    for path in paths:
        lesson = read_lesson(path.source) if path.source.is_file() else None
        if lesson is None or not lesson.missing:
            kept.append(path)
            continue
        if len(paths) == 1:
            lesson.require()
        print(f"{path!s:{width}}  left out: {' and '.join(lesson.missing)} not installed")
    return kept


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _row(proof: Proof, width: int) -> str:
    values = [f"{getattr(proof, name):>{len(name)}g}" for name in COLUMNS]
    verdict = f"{len(proof.failures)} FAILED" if proof.failures else "proven"
    name = f"{proof.assignment}/{proof.notebook}"
    return f"{name:{width}}  " + "  ".join(values) + f"  {proof.seconds:7.1f}  {verdict}"


def _print_failures(proofs: Sequence[Proof], stale: Sequence[str]) -> None:
    failures = [failure for proof in proofs for failure in proof.failures] + list(stale)
    for failure in failures:
        print(f"FAILED  {failure}", file=sys.stderr)
    tests = sum(proof.tests for proof in proofs)
    points = sum(proof.points for proof in proofs)
    print(
        f"{len(proofs)} notebooks, {tests} test cells, {points:g} automatic points: "
        + (f"{len(failures)} failures" if failures else "all proven")
        + _counted([proof.thorough for proof in proofs if proof.thorough])
    )


def _print_checks(found: Sequence[Thorough]) -> None:
    for check in [check for one in found for check in one.unnoticed]:
        print(f"UNNOTICED  {check}")
    for check in [check for one in found for check in one.kept]:
        print(f"KEPT  {check}  # {check.kept}")


def _counted(found: Sequence[Thorough]) -> str:
    if not found:
        return ""
    checks = sum(one.checks for one in found)
    unnoticed = sum(len(one.unnoticed) for one in found)
    kept = sum(len(one.kept) for one in found)
    return f"; {checks} checks, {unnoticed} that no misconception would miss, {kept} more kept"


def write_data(file: Path, proofs: Sequence[Proof], stale: Sequence[str]) -> None:
    """Write the verdict as JSON: per notebook its counts and failures, and the stale files."""
    file.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "passed": not stale and not any(proof.failures for proof in proofs),
        "stale": list(stale),
        "notebooks": [dataclasses.asdict(proof) for proof in proofs],
    }
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")

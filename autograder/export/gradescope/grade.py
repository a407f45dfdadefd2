"""Grade one submission inside Gradescope's container: `run_autograder` runs this.

There is no gradebook: Gradescope keeps the scores, and takes off what comes late.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.errors import GraderError
from autograder.examiner.lesson import read_lessons
from autograder.export.gradescope.handed_in import put_in_place, who
from autograder.export.gradescope.shown import VISIBILITIES, shown
from autograder.files import write_whole
from autograder.grading.job import Graded, Job, grade
from autograder.grading.pool import run_jobs
from autograder.grading.results import as_data
from autograder.intake.read import Submission
from autograder.quick_start import skip_slow_imports
from autograder.sandbox.choose import choose_tier
from autograder.sandbox.tiers import describe
from course.keras_backend import choose_backend


def main(arguments: Sequence[str] | None = None) -> int:
    """Grade, print what an instructor wants to see, and write what the student sees.

    Returns
    -------
    int
        0, or 1 if it could not be graded; nothing is written then.
    """
    options = _parser().parse_args(arguments)
    skip_slow_imports()
    try:
        graded, notes = grade_one(
            Path.cwd(),
            options.assignment,
            options.submission,
            student=who(options.metadata) if options.metadata else "student",
            trust_students=options.trust_students,
        )
    except GraderError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    data = as_data(graded, options.assignment)
    result = json.dumps(shown(data, notes, options.visibility), indent=1, ensure_ascii=False)
    write_whole(options.results, f"{result}\n")
    for line in (*notes, *data["output"].splitlines()):
        sys.stdout.write(f"{graded.student}: {line}\n")
    return 0


def grade_one(
    root: Path, assignment: str, handed_in: Path, *, student: str, trust_students: bool
) -> tuple[Graded, list[str]]:
    """Grade the notebooks among these files in the best sandbox that this container gives.

    Parameters
    ----------
    root : Path
        The part of the course that the zip holds.

    Returns
    -------
    (graded, notes)
        `notes`: what the student should know of missing files.

    Raises
    ------
    GraderError
        If the container gives no sandbox and students are not trusted, or grading broke off.
    """
    lessons = read_lessons(sorted((root / "source" / assignment).glob("*.ipynb")))
    for lesson in lessons.values():
        lesson.require()
    if any("keras" in lesson.modules for lesson in lessons.values()):
        choose_backend()
    tier = choose_tier(trust_students=trust_students)
    sys.stdout.write(f"{describe(tier)}\n")
    with TemporaryDirectory(prefix="handed-in-") as place:
        notes = put_in_place(handed_in, list(lessons), Path(place))
        job = Job(root, assignment, tuple(lessons), Submission(student, Path(place)), tier)
        # in a process of its own, so that what ends it does not end this one
        [(_, graded)] = run_jobs([job], grade, processes=1)
    if isinstance(graded, Exception):
        raise GraderError(
            f"grading broke off: {type(graded).__name__}: {graded}",
            remedy="is it memory? Give the container more in the autograder's settings",
        )
    return graded, notes


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="grade", description=__doc__)
    parser.add_argument("--assignment", required=True)
    parser.add_argument("--submission", type=Path, required=True)
    parser.add_argument("--metadata", type=Path)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--visibility", choices=VISIBILITIES, default=VISIBILITIES[0])
    parser.add_argument("--trust-students", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""`autograder grade`: grade a class into nbgrader's gradebook."""

import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course_tree import CourseTree
from autograder.errors import GraderError
from autograder.examiner.compiled import compiles, is_compiled, keep_for_proofs
from autograder.examiner.lesson import Lesson, read_lessons
from autograder.examiner.zygotes import needed_modules
from autograder.files import write_all_whole
from autograder.grading.autograded import is_whole
from autograder.grading.background import Results, Runner, in_background
from autograder.grading.job import Graded, Job, fingerprint, handed_in
from autograder.grading.last_run import Record, last_run_file, read_last_run
from autograder.grading.machines import machines
from autograder.grading.mishaps import told_of_the_disk
from autograder.grading.progress import Progress, duration, pace
from autograder.grading.results import (
    Change,
    as_data,
    changes,
    read_results,
    results_file,
    write_results,
)
from autograder.intake.read import (
    SECRET,
    Submission,
    find_submissions,
    misnamed,
    read_secret,
)
from autograder.intake.times import hand_in_time, is_time
from autograder.release.released import refuse_other_cells
from autograder.sandbox.tiers import Tier, describe
from course.keras_backend import choose_backend


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asked for."""

    course: Path | None
    assignment: str
    students: tuple[str, ...] = ()
    jobs: int | None = None
    force: bool = False
    dry_run: bool = False
    trust_students: bool = False
    scheduler: str | None = None


def run(options: Options) -> bool:
    """Grade, print a table, and say whether every submission has its result.

    Raises
    ------
    GraderError
        If course, assignment, gradebook or sandbox do not allow grading; nothing is written.
    """
    tree = CourseTree.find(options.course)
    lessons = read_lessons(path.source for path in tree.notebooks(options.assignment))
    for lesson in lessons.values():
        lesson.require()
    submissions, refused = find_submissions(tree.root / "submitted", options.assignment)
    submissions = _chosen(submissions, options.students)
    for reason in refused:
        print(f"passed over: {reason}", file=sys.stderr)
    if not submissions:
        raise GraderError(
            f"no submission in {tree.root / 'submitted'}/*/{options.assignment}",
            remedy="put each student's notebooks into submitted/<student>/<assignment>/",
        )
    with machines(
        lessons, options.jobs, options.scheduler, trust_students=options.trust_students
    ) as (tier, runner):
        return _grade_due(tree, options, lessons, submissions, tier, runner)


def _grade_due(
    tree: CourseTree,
    options: Options,
    lessons: dict[str, Lesson],
    submissions: list[Submission],
    tier: Tier,
    runner: Runner,
) -> bool:
    jobs = [
        Job(tree.root, options.assignment, tuple(lessons), submission, tier)
        for submission in submissions
    ]
    due = [job for job in jobs if options.force or not _is_current(job)]
    for job in due:
        for note in misnamed(job.submission.folder, job.notebooks):
            print(f"{job.submission.student}: {note}", file=sys.stderr)
    print(f"{len(submissions)} submissions, {len(due)} to grade")
    print(describe(tier))
    for lesson in lessons.values():
        if due and options.scheduler is None and not is_compiled(lesson, tree.root):
            print(f"{lesson.name}: its models are compiled first, once; this takes half a minute")
    if options.dry_run:
        for job in due:
            print(f"would grade {job.submission.student}")
        return True
    return _grade_all(tree, options, lessons, jobs, due, runner)


def _chosen(submissions: Sequence[Submission], students: Sequence[str]) -> list[Submission]:
    unknown = set(students) - {one.student for one in submissions}
    if unknown:
        raise GraderError(
            f"no submission of {', '.join(sorted(unknown))}", remedy="look into submitted/"
        )
    return [one for one in submissions if not students or one.student in students]


def _is_current(job: Job) -> bool:
    file = results_file(job.root, job.assignment, job.submission.student)
    dated = hand_in_time(job.submission.folder)
    return (
        read_results(file).get("fingerprint") == fingerprint(job)
        and is_whole(_autograded(job), job.notebooks, dated=bool(dated))
        # a time that somebody has written, or mended, reaches the gradebook
        and dated == hand_in_time(_autograded(job))
    )


def _autograded(job: Job) -> Path:
    return job.root / "autograded" / job.submission.student / job.assignment


def _grade_all(
    tree: CourseTree,
    options: Options,
    lessons: dict[str, Lesson],
    jobs: list[Job],
    due: list[Job],
    runner: Runner,
) -> bool:
    began = time.monotonic()
    modules = needed_modules([name for lesson in lessons.values() for name in lesson.modules])
    if "keras" in modules:
        # before the processes are forked, which import it
        choose_backend()
    if any(compiles(lesson) for lesson in lessons.values()):
        # catalogued answers are run there, to be compared with those of students
        keep_for_proofs(tree.root)
    record = Record(last_run_file(tree.root, options.assignment))
    failed: list[tuple[str, Exception]] = []
    changed: list[Change] = []
    # grading begins while this process still imports nbgrader, which takes seconds
    with told_of_the_disk(), in_background(due, runner) as stream:
        from autograder.grading.gradebook import open_book

        with open_book(tree.root) as book:
            refuse_other_cells(
                tree.root,
                {
                    options.assignment: {
                        path.name: path.source for path in tree.notebooks(options.assignment)
                    }
                },
            )
            book.check(
                options.assignment,
                {
                    name: {cell.grade_id: (cell.points, cell.source) for cell in lesson.tests}
                    for name, lesson in lessons.items()
                },
            )
            started = {job.submission.student for job in due}
            again = [
                job
                for job in jobs
                if job.submission.student not in started
                and not book.is_graded(options.assignment, job.submission.student)
            ]
            progress = Progress(len(due) + len(again), "submissions")

            def write(results: Results) -> None:
                for job, graded in results:
                    if isinstance(graded, Exception):
                        failed.append((job.submission.student, graded))
                    else:
                        data, found = _keep(job, graded, record)
                        changed.extend(found)
                        book.record(options.assignment, graded)
                        # last: who has results is not graded again
                        write_results(job.root, job.assignment, data)
                    progress.step()

            write(stream)
            with in_background(again, runner) as rest:
                write(rest)
            progress.end()
            penalties = book.penalties(options.assignment)
    record.finish()
    _report(tree, options.assignment, jobs, changed, failed, penalties)
    seconds = time.monotonic() - began
    print(
        f"{progress.done} graded in {duration(seconds)}{pace(progress.done, seconds)}, "
        f"{len(jobs) - progress.done} unchanged"
    )
    return not failed


def _keep(job: Job, graded: Graded, record: Record) -> tuple[dict[str, Any], list[Change]]:
    """Write the autograded notebooks of one submission.

    Returns
    -------
    (results, changes)
        What is to be written of it, and what of that is new.
    """
    folder = _autograded(job)
    if folder.exists():
        shutil.rmtree(folder)
    files = {folder / f"{name}.ipynb": book.text for name, book in graded.notebooks.items()}
    if is_time(graded.timestamp):
        files[folder / "timestamp.txt"] = graded.timestamp
    files[folder / SECRET] = read_secret(job.submission.folder)
    write_all_whole({file: text for file, text in files.items() if text}, 0o444)
    before = read_results(results_file(job.root, job.assignment, graded.student))
    after = as_data(graded, job.assignment)
    changed = changes(before, after)
    # first: a run that is killed in between finds the same change once more
    record.add(
        graded.student,
        {name: round(notebook.result.cpu, 2) for name, notebook in graded.notebooks.items()},
        changed,
        handed_in(job),
    )
    return after, changed


def _report(
    tree: CourseTree,
    assignment: str,
    jobs: list[Job],
    changed: list[Change],
    failed: list[tuple[str, Exception]],
    penalties: Mapping[str, float],
) -> None:
    width = max(len(job.submission.student) for job in jobs)
    for job in jobs:
        student = job.submission.student
        data = read_results(results_file(tree.root, assignment, student))
        if not data:
            continue
        reasons: dict[str, int] = {}
        for test in data["tests"]:
            if test["reason"] not in {"passed", "failed"}:
                reasons[test["reason"]] = reasons.get(test["reason"], 0) + 1
        notes = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
        lost = penalties.get(student, 0.0)
        if lost:
            late = f"{data['score']:g}, less {lost:g} for handing in late"
            notes = f"{late}, {notes}" if notes else late
        # of points given by hand a penalty may take some, too
        points = max(data["score"] - lost, 0)
        print(f"{student:{width}}  {points:>6g}/{data['max_score']:g}  {notes}".rstrip())
    for change in sorted(changed, key=lambda one: one.student):
        print(f"changed  {change.student}  {change.notebook}.{change.grade_id}  {change}")
    run = read_last_run(last_run_file(tree.root, assignment))
    for reason in ("handed in anew", "same hand-in as before"):
        whose = sorted({one.student for one in changed if run.because(one.student) == reason})
        if whose:
            print(f"{reason}: {', '.join(whose)}")
    for student, error in failed:
        print(f"FAILED  {student}: {error}", file=sys.stderr)

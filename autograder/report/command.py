"""`autograder report`: one page about a graded assignment."""

from pathlib import Path

from autograder.course_tree import CourseTree
from autograder.files import write_output
from autograder.grading.last_run import last_run_file, read_last_run
from autograder.intake.read import find_submissions
from autograder.report.items import analyse
from autograder.report.mistakes import count_mistakes
from autograder.report.numbers import overview
from autograder.report.outcomes import sheets
from autograder.report.page import Report, number, render
from autograder.report.questions import read_chapters
from autograder.report.read import read_class
from autograder.report.second_look import second_look

# names that one line of the terminal holds
_SHOWN = 4


def run(course: Path | None, assignment: str, output: Path | None = None) -> Path:
    """Write the report of an assignment, and print what is on top of it.

    Parameters
    ----------
    output : Path, optional
        The file to write (default: `build/report/<assignment>.html` in the course).

    Raises
    ------
    GraderError
        If there is no such assignment, it is not graded, or the file cannot be written.
    """
    tree = CourseTree.find(course)
    report = collect(tree, assignment)
    target = output or tree.root / "build" / "report" / f"{assignment}.html"
    write_output(target, render(report))
    seen = report.overview
    print(
        f"{assignment}: {seen.graded} graded of {seen.submitted} submitted, "
        f"mean {number(seen.mean)} and median {number(seen.median)} of {number(seen.most)}"
    )
    for one in report.suspicions:
        if one.urgent and one.items:
            names = [item.question.grade_id for item in one.items]
            rest = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            print(f"{one.title.lower()}: {', '.join(names[:_SHOWN])}{rest}")
    print(f"report  {target}")
    return target


def collect(tree: CourseTree, assignment: str) -> Report:
    """Work out everything that the report shows."""
    chapters = read_chapters(tree, assignment)
    questions = [question for chapter in chapters for question in chapter.questions]
    results = read_class(tree.root, assignment)
    points = {question.key: question.points for question in questions}
    stale = [
        result.student
        for result in results
        if points != {key: verdict.max_score for key, verdict in result.verdicts.items()}
    ]
    submissions, _ = find_submissions(tree.root / "submitted", assignment)
    handed_in = {submission.student for submission in submissions}
    pages = sheets(results, questions)
    items = analyse(questions, pages)
    return Report(
        assignment,
        # results stay when a hand-in is moved away
        overview(chapters, pages, len(handed_in | {result.student for result in results})),
        chapters,
        pages,
        items,
        count_mistakes(chapters, pages),
        second_look(items, len(pages)),
        read_last_run(last_run_file(tree.root, assignment)),
        tuple(stale),
        tuple(sorted(handed_in - {result.student for result in results})),
    )

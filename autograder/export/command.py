"""`autograder export`: write what other programs read."""

from dataclasses import dataclass
from pathlib import Path

from autograder.course_tree import CourseTree
from autograder.errors import GraderError
from autograder.export.junit import junit_xml
from autograder.files import write_output
from autograder.grading.results import results_file
from autograder.intake.read import find_submissions
from autograder.report.read import read_class


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written. `notes`: what to know before it is used."""

    file: Path
    notes: tuple[str, ...] = ()


def export_junit(course: Path | None, assignment: str, output: Path | None) -> Written:
    """Write the results of a class as JUnit XML, and print how many tests failed.

    Raises
    ------
    GraderError
        If there is no such assignment, it is not graded, or the file cannot be written.
    """
    tree = CourseTree.find(course)
    tree.notebooks(assignment)
    results = read_class(tree.root, assignment)
    file = _write(tree, assignment, "junit.xml", output, junit_xml(assignment, results))
    reasons = [one.reason for result in results for one in result.verdicts.values()]
    failed = sum(reason != "passed" for reason in reasons)
    print(f"{assignment}: {len(reasons)} tests of {len(results)} students, {failed} failed")
    print(f"written  {file}")
    return Written(file)


def export_github(course: Path | None, assignment: str, output: Path | None) -> Written:
    """Write a class's table for a job's summary, and print annotations for the job's page.

    Raises
    ------
    GraderError
        If there is no such assignment, or nothing of it was handed in or graded.
    """
    from autograder.export.github import Class, annotations, summary

    tree = CourseTree.find(course)
    tree.notebooks(assignment)
    submissions, passed_over = find_submissions(tree.root / "submitted", assignment)
    graded = any(results_file(tree.root, assignment, one.student).is_file() for one in submissions)
    # where nobody is graded it says so, unless nobody handed in
    results = read_class(tree.root, assignment) if graded or not submissions else ()
    there = {one.student for one in results}
    ungraded = [one.student for one in submissions if one.student not in there]
    told = Class(assignment, results, ungraded, passed_over)
    file = _write(tree, assignment, "github.md", output, summary(told))
    for line in annotations(told):
        print(line)
    print(f"written  {file}")
    return Written(file)


def export_gradescope(
    course: Path | None,
    assignment: str,
    output: Path | None,
    *,
    visibility: str,
    trust_students: bool,
) -> Written:
    """Write Gradescope's zip, and print what to set there.

    Raises
    ------
    GraderError
        If a built notebook is stale or a file is missing, or the zip cannot be written.
    """
    from autograder.export.gradescope import archive
    from autograder.release.build import stale_files

    tree = CourseTree.find(course)
    if stale := stale_files(tree, assignment):
        raise GraderError(
            f"not what its source builds to: {', '.join(one.file for one in stale)}",
            remedy="run `autograder build`",
        )
    files = archive.make_files(tree, archive.Wanted(assignment, visibility, trust_students))
    target = output or tree.root / "build" / "export" / f"{assignment}.gradescope.zip"
    archive.write(files, target)
    lessons = archive.lessons(tree, assignment)
    points = sum(cell.points for lesson in lessons for cell in lesson.tests)
    size, minutes = archive.container(lessons)
    kilobytes = target.stat().st_size // 1000
    print(f"{assignment}: {len(files)} files, {kilobytes} kB")
    print(f"written  {target}")
    print("\nOn Gradescope, in the assignment's settings:")
    print(f"  autograder points   {points:g}")
    print(f"  container           {size}")
    print(f"  timeout             {minutes} minutes")
    print("  image               Ubuntu 22.04 or newer")
    print("The zip holds the answers. Give it to Gradescope and to nobody else.")
    return Written(target)


def export_grades(
    course: Path | None, platform: str, assignment: str, output: Path | None, **options: object
) -> Written:
    """Write the grades of an assignment for `platform`, canvas or moodle, and print what to do.

    Parameters
    ----------
    options
        Traits of the exporter, such as `ids`, which go before the course's configuration.

    Raises
    ------
    GraderError
        If there is nothing to export, or the file cannot be written.
    """
    from autograder.export.canvas import CanvasExport
    from autograder.export.grades import open_gradebook
    from autograder.export.moodle import MoodleExport

    exporter = {"canvas": CanvasExport, "moodle": MoodleExport}[platform]
    tree = CourseTree.find(course)
    tree.notebooks(assignment)
    with open_gradebook(tree.root) as (gradebook, config):
        plugin = exporter(config=config, assignment=[assignment], student=[], **options)
        made = plugin.make(gradebook)
    file = _write(tree, assignment, f"{plugin.kind}.csv", output, made.text)
    print(f"{assignment}: {made.grades} grades out of {made.most:g} for {plugin.platform}")
    print(f"written  {file}")
    return Written(file, made.notes)


def _write(tree: CourseTree, assignment: str, kind: str, output: Path | None, text: str) -> Path:
    target = output or tree.root / "build" / "export" / f"{assignment}.{kind}"
    write_output(target, text)
    return target

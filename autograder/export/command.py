"""`autograder export`: write what other programs read."""

from dataclasses import dataclass
from pathlib import Path

from autograder.course_tree import CourseTree
from autograder.export.junit import junit_xml
from autograder.files import write_output
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

"""The arguments of `autograder export`. Nothing heavy is imported before one of them is asked."""

import argparse
import sys
from pathlib import Path
from typing import Any

_FORMS = """\
forms:
  junit    results/ASSIGNMENT/ as JUnit XML: one test suite for each notebook of each student.
           For CI. Automatic tests only.
  canvas   grades as CSV for Canvas: Grades > Import.
  moodle   grades as CSV for Moodle: Grades > Import > CSV file.
  github   results/ASSIGNMENT/ as a Markdown table, for the summary of a GitHub Actions job, and
           annotations on stdout: .github/workflows/grade.yml uses it.
  gradescope
           a zip that makes Gradescope grade ASSIGNMENT in the same sandbox, and with the same
           tests, as here.

canvas and moodle read the gradebook: points given by hand count, late penalties are taken off.
They name on stderr whose written answers nobody has graded yet, and who has no grade: who has
none has no line, so that importing overwrites nothing. `autograder export canvas --help` says
more. The same through nbgrader, for several assignments at once:

  nbgrader export --exporter autograder.export.canvas.CanvasExport --to grades.csv
  nbgrader export --exporter autograder.export.moodle.MoodleExport --to grades.csv

and in nbgrader_config.py, for instance, c.MoodleExport.identify_by = "email".
"""
_IDS = """\
ids: students are known here by their folder in submitted/. If {platform} knows them by other ids,
write a CSV file with a column `student_id`, which holds these names, and columns titled
{titles} and give it with --ids.
{more}"""
_CANVAS = """\
A file that Canvas exported serves as it is if its SIS Login ID is the student's folder.
Without --ids, the folder's name is the SIS Login ID.

column: Canvas takes a column for an assignment that it has if the title is that assignment's
exactly, or is its title and number as in Canvas's own export, "Loss (4711)". Any other title
makes a new assignment; Canvas asks before it does.
"""
_MOODLE = """\
Without --ids, the folder's name is the username (or idnumber), and the email comes from the
gradebook. Moodle refuses the whole file if it does not know one of the students.

In Moodle choose encoding UTF-8 and separator comma, identify the user by the first column, and
map the column to a grade item whose maximum grade is the number of points, and the column
"... feedback" to its feedback. Moodle refuses grades above 100 unless the site allows unlimited
grades: --out-of 100 rescales them.
"""
_GRADESCOPE = """\
On Gradescope: choose Ubuntu 22.04 or newer, upload the zip, and give the container in its settings
what the command prints at its end. The build ends with a trial: its log names the sandbox's tier.
Points for written answers are given by hand there. Where students may hand in again and again
and read each result at once, a few bits of the hidden inputs get out each time (docs/sandbox.md):
--visibility after_due_date closes that.

The zip holds the answers. Give it to Gradescope and to nobody else.
"""


def add_export(commands: Any) -> None:
    """Add the command to `autograder`'s own."""
    export = commands.add_parser(
        "export",
        help="results for CI, grades for Canvas or Moodle (CSV), an autograder for Gradescope",
        description="Writes results, grades or the grader itself in the form that another program "
        "reads. Nothing else changes.",
        epilog=_FORMS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    forms = export.add_subparsers(required=True, metavar="FORM")

    junit = forms.add_parser(
        "junit",
        help="automatic tests as JUnit XML, for CI",
        description="Writes results/ASSIGNMENT/*.json as JUnit XML: one test suite for each "
        "notebook of each student, with score, max_score and sandbox_tier as properties. A test "
        "that did not pass is a failure; its type says how it ended (failed, timeout, memory, "
        "died, missing), its message is what the student reads. It names students.",
    )
    _common(junit, "junit.xml")
    junit.set_defaults(run=_junit)

    canvas = _platform(
        forms,
        "canvas",
        "Canvas",
        _IDS.format(
            platform="Canvas",
            titles='"ID", "SIS User ID", "SIS Login ID", "Student" or "Section", any of them,',
            more=_CANVAS,
        ),
    )
    canvas.set_defaults(run=_grades, platform="canvas")

    moodle = _platform(
        forms,
        "moodle",
        "Moodle",
        _IDS.format(platform="Moodle", titles='"username", "email" or "idnumber",', more=_MOODLE),
    )
    moodle.add_argument(
        "--identify-by",
        choices=("username", "email", "idnumber"),
        help="what Moodle finds a student by (default: username)",
    )
    moodle.set_defaults(run=_grades, platform="moodle")

    github = forms.add_parser(
        "github",
        help="a table and annotations, for GitHub Actions",
        description="Writes results/ASSIGNMENT/*.json as a Markdown table for the summary of a job "
        "(append the file to $GITHUB_STEP_SUMMARY), and prints annotations as workflow commands: "
        "an error for each submission that has no results, a warning for each that has a notebook "
        "missing or damaged, or that ended a worker, a notice for the class. It names students: "
        "the repository must be private.",
    )
    _common(github, "github.md")
    github.set_defaults(run=_github)

    gradescope = forms.add_parser(
        "gradescope",
        help="a zip for Gradescope's autograder",
        description="Writes the zip that Gradescope takes under Configure Autograder: one "
        "assignment with its\nhidden tests and the reference, this grader, pinned packages, "
        "setup.sh and run_autograder.\nStudents' code runs in the best sandbox that the container "
        "gives and reads none of it. The same\ncourse gives the same bytes.",
        epilog=_GRADESCOPE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    gradescope.add_argument("assignment", metavar="ASSIGNMENT", help="such as day01_numpy")
    gradescope.add_argument(
        "--to",
        type=Path,
        metavar="FILE.zip",
        help="where to write it (default: build/export/ASSIGNMENT.gradescope.zip of the course)",
    )
    gradescope.add_argument(
        "--visibility",
        choices=("visible", "after_due_date", "after_published", "hidden"),
        default="visible",
        help="when students may see points and messages (default: visible, at once)",
    )
    gradescope.add_argument(
        "--trust-students",
        action="store_true",
        help="grade even where the container gives no sandbox: their code can then read the tests",
    )
    gradescope.set_defaults(run=_gradescope)


def _platform(forms: Any, name: str, shown: str, epilog: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = forms.add_parser(
        name,
        help=f"grades as CSV, for {shown}",
        description=f"Writes the grades of one assignment as CSV for {shown}, from nbgrader's "
        "gradebook: with\npoints given by hand, less late penalties. It names students.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _common(parser, f"{name}.csv")
    parser.add_argument("--ids", metavar="FILE", help=f"CSV file with {shown}'s ids of students")
    parser.add_argument(
        "--column", metavar="TITLE", help="title of the grades' column (default: ASSIGNMENT)"
    )
    parser.add_argument(
        "--out-of", type=float, metavar="POINTS", help="rescale grades to POINTS (default: leave)"
    )
    return parser


def _common(parser: argparse.ArgumentParser, kind: str) -> None:
    parser.add_argument("assignment", metavar="ASSIGNMENT", help="such as day01_numpy")
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help=f"where to write it (default: build/export/ASSIGNMENT.{kind} of the course)",
    )


def _junit(options: argparse.Namespace) -> int:
    from autograder.export.command import export_junit

    export_junit(options.course, options.assignment, options.output)
    return 0


def _grades(options: argparse.Namespace) -> int:
    from autograder.export.command import export_grades

    asked = {
        name: value
        for name in ("ids", "column", "out_of", "identify_by")
        if (value := getattr(options, name, None)) is not None
    }
    written = export_grades(
        options.course, options.platform, options.assignment, options.output, **asked
    )
    for note in written.notes:
        sys.stderr.write(f"note: {note}\n")
    return 0


def _github(options: argparse.Namespace) -> int:
    from autograder.export.command import export_github

    export_github(options.course, options.assignment, options.output)
    return 0


def _gradescope(options: argparse.Namespace) -> int:
    from autograder.export.command import export_gradescope

    export_gradescope(
        options.course,
        options.assignment,
        options.to,
        visibility=options.visibility,
        trust_students=options.trust_students,
    )
    return 0

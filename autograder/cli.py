"""The `autograder` command line: reads arguments, prints, turns errors into exit codes."""

import argparse
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from autograder.errors import GraderError
from autograder.export.arguments import add_export
from autograder.feedback.plain import plain
from autograder.publish.arguments import add_publish
from autograder.quick_start import skip_slow_imports

DONE, MISTAKE, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130

_EPILOG = """\
exit codes: 0 done; 1 something for you to mend, named with file and line; 2 wrong usage;
3 a bug in autograder; 130 interrupted.
"""
_NEW = """\
names: lower-case letters, digits and underscores, a letter first. Assignments are listed in the
order of their names, hence day08_, not day8_. The notebook's name becomes its title; change it in
the first cell. Which cells there are: docs/authors.md.
"""
_PART = "ASSIGNMENT[/NOTEBOOK]"
_PART_HELP = (
    "only this assignment, such as day01_numpy, or only one notebook of it, such as "
    "day01_numpy/broadcasting (default: all)"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns
    -------
    int
        The exit code, as `autograder --help` lists them.
    """
    options = _parser().parse_args(arguments)
    skip_slow_imports()
    try:
        code: int = options.run(options)
    except GraderError as error:
        # it may name a file or quote a text of a student's, on which a terminal would act
        print(f"error: {plain(str(error))}", file=sys.stderr)
        return MISTAKE
    except KeyboardInterrupt:
        print(f"interrupted{getattr(options, 'goes_on', '')}", file=sys.stderr)
        return INTERRUPTED
    except Exception:  # the last resort: a bug is told loudly, with its own exit code
        traceback.print_exc()
        print("error: this is a bug in autograder; please report the lines above", file=sys.stderr)
        return BUG
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="autograder",
        description="Builds, proves and grades the course. Start with `autograder verify`.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--course",
        type=Path,
        metavar="FOLDER",
        help="the course (default: the folder you are in, or the first one above it that is one)",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser(
        "build",
        help="build source and release notebooks from the text sources",
        description="Compiles source/<assignment>/<notebook>.py to the instructor's .ipynb beside "
        "it and, through nbgrader, to release/<assignment>/<notebook>.ipynb. Nothing is written "
        "unless every text compiles; fresh files are not touched.",
    )
    build.add_argument("which", nargs="?", metavar=_PART, help=_PART_HELP)
    build.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a built file is stale"
    )
    build.add_argument(
        "--overwrite",
        action="store_true",
        help="discard what somebody edited in a built notebook instead of in its text",
    )
    build.set_defaults(run=_build)

    new = commands.add_parser(
        "new",
        help="begin a notebook: a small exercise that is whole and proven, to be changed",
        description="Writes source/<assignment>/<notebook>.py and its catalogue of wrong answers, "
        "misconceptions/<notebook>.py: one small exercise with every kind of cell (prose, setup, "
        "stub, visible and hidden test, plot, written answer). It builds and verifies as it is. "
        "Change it step by step, and verify after each. The assignment may be new. Nothing that "
        "is there is touched.",
        epilog=_NEW,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    new.add_argument("which", metavar="ASSIGNMENT/NOTEBOOK", help="such as day08_topic/notebook")
    new.set_defaults(run=_new)

    verify = commands.add_parser(
        "verify",
        help="prove that every test accepts right answers and refuses wrong ones",
        description="For every notebook: the reference earns all automatic points, the released "
        "stub none, degenerate answers (None, NaN, empty, zeros, ...) none, each catalogued "
        "misconception loses exactly the test cells it declares, each alternative loses nothing; "
        "built files are fresh and release/ holds no marker, answer or stray file.",
    )
    verify.add_argument("which", nargs="?", metavar=_PART, help=_PART_HELP)
    verify.add_argument(
        "--thorough",
        action="store_true",
        help="also take out every single check, one at a time, and list those whose removal no "
        "catalogued misconception notices; a comment `# kept: <reason>` on the line above "
        "explains one that stays",
    )
    verify.add_argument("--json", type=Path, metavar="FILE", help="write the same as data")
    verify.add_argument(
        "--jobs", type=int, metavar="N", help="notebooks at a time (default: one a core)"
    )
    verify.set_defaults(run=_verify)

    grade = commands.add_parser(
        "grade",
        help="grade submissions in isolation, on all cores, into nbgrader's gradebook",
        description="Grades submitted/<student>/<assignment>/*.ipynb: students' code runs in "
        "sandboxed processes, hidden tests in another. Writes autograded/, results/ and the "
        "gradebook, as nbgrader autograde would. Unchanged submissions are not graded again; an "
        "interrupted run goes on where it stopped.",
    )
    grade.add_argument("assignment", metavar="ASSIGNMENT", help="such as day01_numpy")
    grade.add_argument(
        "--student", action="append", default=[], metavar="ID", help="only this student; repeatable"
    )
    grade.add_argument(
        "--jobs", type=int, metavar="N", help="submissions at a time (default: one a core)"
    )
    grade.add_argument("--force", action="store_true", help="grade the unchanged ones again too")
    grade.add_argument(
        "--dry-run", action="store_true", help="say what would be graded, and write nothing"
    )
    grade.add_argument(
        "--trust-students",
        action="store_true",
        help="grade where no sandbox is to be had; students' code can then do all that you can",
    )
    grade.add_argument(
        "--scheduler",
        metavar="tcp://HOST:PORT",
        help="grade on other machines: a Dask scheduler's address. Start `dask scheduler` on one "
        "of them and `dask worker tcp://HOST:8786 --nthreads CORES` on each, with the same "
        "checkout installed. Hidden tests and submissions travel there: use a network of your "
        "own, or Dask's tls:// (default: this machine alone)",
    )
    grade.set_defaults(run=_grade, goes_on="; the same command goes on where it stopped")

    report = commands.add_parser(
        "report",
        help="one page about a graded class: scores, mistakes, tests worth a second look",
        description="Writes one HTML page from results/<assignment>/ and the built notebooks: the "
        "class at a glance, questions that deserve a second look, mistakes by frequency, each "
        "test's difficulty and discrimination, how tests ended, what the last run changed. It "
        "needs no network and no gradebook. It names students: keep it to yourself.",
    )
    report.add_argument("assignment", metavar="ASSIGNMENT", help="such as day01_numpy")
    report.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="where to write it (default: build/report/<assignment>.html of the course)",
    )
    report.set_defaults(run=_report)

    add_export(commands)
    add_publish(commands)

    demo = commands.add_parser(
        "demo",
        help="grade a sample class with nbgrader, from release to feedback",
        description="Makes a sample class in FOLDER, for one assignment or the whole course, and "
        "does what `nbgrader generate_assignment`, `autograder grade`, `nbgrader "
        "generate_feedback`, `autograder report` and `nbgrader export` do. Touches nothing else. "
        "`make demo` runs it for a class of 12 on day02_loss, `make demo-course` on all.",
    )
    demo.add_argument(
        "assignment",
        nargs="?",
        metavar="ASSIGNMENT",
        help="only this one (default: the whole course)",
    )
    demo.add_argument(
        "--students",
        type=int,
        default=0,
        metavar="N",
        help="how many, at least 11 (default: 24 in one assignment, 12 in the whole course)",
    )
    demo.add_argument(
        "--into",
        type=Path,
        default=None,
        metavar="FOLDER",
        help="where the sample course is made anew (default: build/demo of the course)",
    )
    demo.set_defaults(run=_demo)
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _build(options: argparse.Namespace) -> int:
    from autograder.course_tree import CourseTree
    from autograder.release.build import build, stale_files

    tree = CourseTree.find(options.course)
    if options.check:
        stale = stale_files(tree, options.which)
        for file in stale:
            print(f"{file.file}: {file.reason}; run `autograder build`")
        print(f"{len(stale)} stale" if stale else "every built file is fresh")
        return MISTAKE if stale else DONE
    changed = build(
        tree,
        options.which,
        progress=lambda name: _say(f"building {name}"),
        overwrite=options.overwrite,
    )
    for file in changed:
        print(f"{'written' if (tree.root / file.file).exists() else 'removed'}  {file.file}")
    print(f"{len(changed)} files changed" if changed else "every built file was fresh")
    return DONE


def _new(options: argparse.Namespace) -> int:
    from autograder.new.command import run

    run(options.course, options.which)
    return DONE


def _verify(options: argparse.Namespace) -> int:
    from autograder.verify.command import run

    holds = run(
        options.course, options.which, options.jobs, options.json, thorough=options.thorough
    )
    return DONE if holds else MISTAKE


def _report(options: argparse.Namespace) -> int:
    from autograder.report.command import run

    run(options.course, options.assignment, options.output)
    return DONE


def _demo(options: argparse.Namespace) -> int:
    from autograder.demo.command import run

    run(options.course, options.assignment, options.into, options.students)
    return DONE


def _grade(options: argparse.Namespace) -> int:
    from autograder.grading.command import Options, run

    done = run(
        Options(
            options.course,
            options.assignment,
            tuple(options.student),
            options.jobs,
            options.force,
            options.dry_run,
            options.trust_students,
            options.scheduler,
        )
    )
    return DONE if done else MISTAKE

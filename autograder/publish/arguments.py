"""The words of `autograder publish`."""

import argparse
from pathlib import Path
from typing import Any


def add_publish(commands: Any) -> None:
    """Add the command to `autograder`'s own."""
    publish = commands.add_parser(
        "publish",
        help="make the student edition: notebooks and course, without any answer",
        description="Makes what students get, as a folder, a zip or a git repository ready to "
        "push: the released notebooks, `course` as a package with its tables inside, "
        "requirements, a README, a workflow that checks on push. Before anything is written it "
        "is searched for answers, hidden tests and the catalogue of mistakes. It needs neither "
        "autograder nor nbgrader. Your own course stays private.",
    )
    publish.add_argument(
        "assignments", nargs="*", metavar="ASSIGNMENT", help="only these (default: all)"
    )
    publish.add_argument(
        "--into",
        type=Path,
        metavar="FOLDER",
        help="the folder to make or bring up to date (default: build/students of the course). "
        "One that holds anything else is refused",
    )
    publish.add_argument(
        "--zip", type=Path, metavar="FILE", help="write a zip; without --into, only that"
    )
    publish.add_argument(
        "--git", action="store_true", help="also commit the folder, in a repository of its own"
    )
    publish.add_argument(
        "--url",
        metavar="https://github.com/OWNER/REPO",
        help="where students will find it, for links that open Colab, Binder and VS Code; with "
        "/tree/BRANCH if the branch is not main",
    )
    publish.set_defaults(run=_publish)


def _publish(options: argparse.Namespace) -> int:
    from autograder.publish.command import Options, run

    run(
        Options(
            options.course,
            tuple(options.assignments),
            options.into,
            options.zip,
            options.git,
            options.url,
        )
    )
    return 0

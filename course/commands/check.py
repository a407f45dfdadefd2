"""`python -m course check`: run the public checks of saved notebooks."""

import argparse
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from course.commands import table
from course.commands.find import NotFound, find
from course.commands.judge import Status, judge
from course.commands.notebooks import Notebook, Role, Unreadable, read
from course.commands.released import recognise, released
from course.commands.run import LIMIT, CannotRun, run, stop
from course.commands.table import Report

PASSED, NOT_PASSED, USAGE = 0, 1, 2


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Say what the command takes."""
    parser = commands.add_parser(
        "check",
        help="run the public checks of saved notebooks",
        description="Runs each notebook in a fresh process, as Kernel > Restart Kernel and Run All "
        "Cells would, and says which of its public checks pass: those that you can read. Your "
        "files are not changed. Only what is saved counts. When graded, your functions are tried "
        "with other inputs too.",
        epilog="exit codes: 0 every public check passes; 1 not yet; 2 wrong usage.",
    )
    parser.add_argument(
        "places",
        nargs="*",
        metavar="NOTEBOOK or FOLDER",
        help="what to check (default: every notebook in this folder and below)",
    )
    parser.add_argument(
        "--allow-to-do",
        action="store_true",
        help="exit 0 also while answers are still to do, if nothing that is written is wrong",
    )
    parser.add_argument(
        "--limit",
        type=_seconds,
        default=LIMIT,
        metavar="SECONDS",
        help=f"how much computing time one cell may use (default: {LIMIT:g})",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the same as data")
    parser.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """Check and print; the exit code."""
    try:
        paths = find(options.places)
    except NotFound as error:
        print(f"error: {error}", file=sys.stderr)
        return USAGE
    try:
        with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
            try:
                found = list(pool.map(lambda path: _report(path, options.limit), paths))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                stop()
                raise
    except CannotRun as error:
        print(f"error: {error}", file=sys.stderr)
        return USAGE
    reports = [one for one in found if one is not None]
    if not reports:
        places = " ".join(options.places) or str(Path.cwd())
        print(f"error: no notebook of the course in {places}", file=sys.stderr)
        return USAGE
    for report in reports:
        # the summary says enough of those that nobody has begun
        if len(reports) == 1 or table.worth_a_look(report):
            print("\n".join(table.details(report)), end="\n\n")
    print("\n".join(table.summary(reports)))
    if options.json:
        content = json.dumps(table.as_data(reports), indent=1, ensure_ascii=False)
        options.json.write_text(content + "\n", encoding="utf-8")
    return PASSED if all(_good(one, options.allow_to_do) for one in reports) else NOT_PASSED


def _report(path: Path, limit: float) -> Report | None:
    """What is to be said of one file; None if it has no test cell of the course."""
    try:
        notebook = read(path)
    except Unreadable as error:
        return Report(path, None, str(error))
    known = recognise(notebook, released())
    if known is None and not notebook.having(Role.TEST):
        return None
    # an untouched stub passes no check: nothing to run, and nothing to install for it
    ends = run(notebook, limit) if _anything_to_run(notebook) else None
    return Report(path, judge(notebook, known, ends))


def _anything_to_run(notebook: Notebook) -> bool:
    return any(not cell.untouched for cell in notebook.having(Role.ANSWER))


def _good(report: Report, allow_to_do: bool) -> bool:
    accepted = {Status.DONE, Status.TO_DO} if allow_to_do else {Status.DONE}
    return report.verdict is not None and all(
        row.status in accepted for row in report.verdict.judged
    )


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 3600:
        raise argparse.ArgumentTypeError("give a number of seconds, 1 to 3600")
    return seconds

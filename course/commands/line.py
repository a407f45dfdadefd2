"""The command line of the course: `python -m course check`, `python -m course submit`."""

import argparse
import contextlib
import io
import sys
from collections.abc import Sequence

from course.commands import check, submit


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # an old console that cannot show a letter shows a mark instead of stopping
            with contextlib.suppress(ValueError):
                stream.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(
        prog="python -m course",
        description="For students: check your notebooks before you hand them in, and pack them.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check.add_to(commands)
    submit.add_to(commands)
    options = parser.parse_args(arguments)
    try:
        code: int = options.run(options)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return code

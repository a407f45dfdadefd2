"""Grade one class with plain `nbgrader autograde` and with `autograder grade`, in turns.

    python benchmarks/bench.py [--students 20] [--plain 5] [--assignment small]

Prints CPU and wall time a submission, their ratios, and the distance from the limit: the CPU time
of the same cells in one warm interpreter with nothing around it. Plain nbgrader grades a few of
the class, evenly drawn from it. What is compiled once for a Keras lesson is part of our time, and
its share is printed. Nothing is asserted.
"""

import argparse
import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# the class's own database must not learn of this one
sys.path.append(str(ROOT / "tests"))

from own_gradebook import copy_config  # noqa: E402 # behind the path

from autograder.course_tree import CourseTree  # noqa: E402
from autograder.demo.sample_class import hand_in, lessons, sample_class  # noqa: E402
from autograder.release.build import build  # noqa: E402

# patience on the clock, so that a busy machine does not end the peer's run
PLAIN = """\
c = get_config()
c.GenerateAssignment.force = True
c.CourseDirectory.ignore = ["*.py"]
c.Execute.timeout = c.Execute.iopub_timeout = 600
"""
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took, all its descendants included."""

    cpu: float
    wall: float


def measured(command: list[str], cwd: Path) -> Cost:
    """Run a command and add up the CPU time of every process that it started."""
    known = children()
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    reap(known)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, wall)


def children() -> set[int]:
    """The processes that we started, or that came to us as orphans."""
    files = Path("/proc/self/task").glob("*/children")
    return {int(pid) for file in files for pid in file.read_text("ascii").split()}


def reap(known: set[int]) -> None:
    """Wait for the orphans of what was run, which come to us: we are the subreaper.

    Parameters
    ----------
    known : set of int
        Those that were there before: some last as long as this process.
    """
    while others := children() - known:
        for pid in others:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def make_course(root: Path, assignment: str, students: int) -> CourseTree:
    """A course of one assignment with a class of right, half right and wrong submissions."""
    if assignment == "small":
        shutil.copytree(ROOT / "benchmarks" / "small" / "source", root / "source")
        assignment = "small"
    else:
        shutil.copytree(ROOT / "source" / assignment, root / "source" / assignment)
    copy_config(root)
    for name in ("course", "data"):
        (root / name).symlink_to(ROOT / name)
    tree = CourseTree(root)
    build(tree)
    taught = lessons(tree, assignment)
    # an endless loop measures a time limit, not a grader
    everyone = [one for one in sample_class(taught, students + 1) if "endless" not in one.id]
    hand_in(everyone[:students], taught, root / "submitted")
    return tree


def ours(root: Path, assignment: str) -> Cost:
    """One run of `autograder grade` over the class, from an empty gradebook."""
    _forget(root)
    _run(root, "nbgrader", "generate_assignment", assignment)
    return measured([sys.executable, "-m", "autograder", "grade", assignment], root)


def once(root: Path, assignment: str) -> float:
    """CPU seconds that a lesson takes before its first submission is graded, ever."""
    if not (root / "build" / "compiled").is_dir():
        return 0.0
    shutil.rmtree(root / "build" / "compiled")
    one = sorted(path.name for path in (root / "submitted").iterdir())[0]
    command = [sys.executable, "-m", "autograder", "grade", assignment, "--student", one, "--force"]
    first, again = measured(command, root), measured(command, root)
    return first.cpu - again.cpu


def plain(root: Path, assignment: str, students: int) -> Cost:
    """One run of plain `nbgrader autograde`, without our configuration, over some of the class."""
    other = root.parent / f"{root.name}-plain"
    shutil.rmtree(other, ignore_errors=True)
    other.mkdir()
    (other / "nbgrader_config.py").write_text(PLAIN, encoding="utf-8")
    shutil.copytree(root / "source", other / "source")
    for path in other.glob("source/*/*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            cell["metadata"].pop("course", None)
        path.write_text(json.dumps(notebook), encoding="utf-8")
    folders = sorted((root / "submitted").iterdir())
    for number in range(students):
        folder = folders[number * len(folders) // students]
        shutil.copytree(folder, other / "submitted" / folder.name)
    _run(other, "nbgrader", "generate_assignment", assignment)
    return measured([sys.executable, "-m", "nbgrader", "autograde", assignment], other)


def limit(root: Path, assignment: str) -> float:
    """CPU seconds a submission where one warm interpreter runs the same cells, plots included."""
    script = Path(__file__).with_name("warm_interpreter.py")
    done = subprocess.run(
        [sys.executable, str(script), str(root), assignment],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.split()[-1])


def _forget(root: Path) -> None:
    for name in ("autograded", "results", "gradebook.db"):
        path = root / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)


def _run(root: Path, *words: str) -> None:
    subprocess.run([sys.executable, "-m", *words], cwd=root, capture_output=True, check=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--assignment", default="small", help="small, or one of the course's")
    parser.add_argument("--students", type=int, nargs="+", default=[20, 200])
    parser.add_argument("--plain", type=int, default=5, help="submissions for plain nbgrader")
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    os.environ["MPLBACKEND"] = "Agg"
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        print(f"{options.assignment}: {os.cpu_count()} cores, seconds a submission")
        print(f"{'':24}{'CPU':>8}{'wall':>8}")
        for students in options.students:
            root = Path(scratch).resolve() / f"class{students}"
            root.mkdir()
            make_course(root, options.assignment, students)
            few = min(options.plain, students)
            theirs = plain(root, options.assignment, few)
            mine = ours(root, options.assignment)
            floor = limit(root, options.assignment)
            print(f"plain nbgrader ({few}){'':6}{theirs.cpu / few:8.3f}{theirs.wall / few:8.3f}")
            print(f"autograder ({students}){'':8}{mine.cpu / students:8.3f}", end="")
            print(f"{mine.wall / students:8.3f}")
            print(f"the cells alone{'':9}{floor:8.3f}")
            if compiled := once(root, options.assignment):
                print(
                    f"once a lesson: {compiled:.1f} CPU s, {compiled / students:.3f} a submission"
                )
            last = (
                f"cpu_ratio={theirs.cpu / few / (mine.cpu / students):.1f} "
                f"wall_ratio={theirs.wall / few / (mine.wall / students):.1f} "
                f"limit_ratio={mine.cpu / students / floor:.2f}"
            )
        print(last)


if __name__ == "__main__":
    main()

"""Measure what one day of the course costs on this machine, for the model of `sizing.py`."""

import ctypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bench import ROOT, children, make_course, measured, reap
from sizing import Day

# how processes are told apart
sys.path.append(str(ROOT / "tests" / "faults"))

from running import COMMAND, EXAMINER, FORKSERVER, WORKER, ZYGOTE, processes

from autograder.grading.command import _keep
from autograder.grading.gradebook import open_book
from autograder.grading.job import Job, grade
from autograder.grading.last_run import Record, last_run_file
from autograder.grading.results import write_results
from autograder.intake.read import Submission
from autograder.sandbox.choose import choose_tier

_LOOK = 0.5  # seconds between two looks
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER
_JOBS = "2"
_WRITTEN = 20
_KINDS = (COMMAND, FORKSERVER, EXAMINER, ZYGOTE, WORKER)


# for each kind of process the proportional set size of its largest, bytes
Sizes = dict[str, int]


def measure(name: str, students: int) -> str:
    """Grade a class of one day, and say what it cost as a line of `sizing.py`."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    os.environ["MPLBACKEND"] = "Agg"
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    with tempfile.TemporaryDirectory(prefix="sizing-") as scratch:
        root = Path(scratch).resolve()
        # workers of root's are another user
        root.chmod(0o755)
        # enough to have a right one among them
        tree = make_course(root, name, 12)
        _all_right(root / "submitted", students)
        _run(root, "nbgrader", "generate_assignment", name)
        everyone = sorted(path.name for path in (root / "submitted").iterdir())
        first, _ = _grade(root, name, everyone[:1])
        again, _ = _grade(root, name, everyone[:1])
        empty = _size(root)
        cpu, seen = _grade(root, name, everyone[1:])
        more = len(everyone) - 2
        notebooks = len(tree.notebooks(name))
        compiles = (root / "build" / "compiled").is_dir()
        disk = (_size(root) - empty) / (more + 1)
        before_feedback = _size(root)
        feedback = _feedback(root, name, everyone[-1])
        disk += _size(root) - before_feedback
        write = _writing(root, name, everyone[0], [path.name for path in tree.notebooks(name)])
    each = (cpu - again) / more
    largest = {kind: size / 2**20 for kind, size in seen.items()}
    print(f"{name}: {students} students, {notebooks} notebooks each; MB of each kind of process:")
    print("  " + ", ".join(f"{kind} {size:.0f}" for kind, size in sorted(largest.items())))
    return repr(
        Day(
            name,
            round(each, 3),
            round(write, 4),
            round(again - each, 1),
            round(first - again, 1) if compiles else 0.0,
            round(largest[COMMAND] + largest.get(FORKSERVER, 0)),
            round(sum(largest.get(kind, 0) for kind in (EXAMINER, ZYGOTE, WORKER))),
            round(disk / 2**20, 3),
            round(feedback, 2),
        )
    )


def _all_right(submitted: Path, students: int) -> None:
    """Keep one right submission, as often: whoever answers all makes the machine do all."""
    for folder in submitted.iterdir():
        if not folder.name.endswith("all_right"):
            shutil.rmtree(folder)
    [right] = submitted.iterdir()
    for number in range(1, students):
        shutil.copytree(right, submitted / f"{right.name}_{number}")


def _grade(root: Path, name: str, students: Sequence[str]) -> tuple[float, Sizes]:
    """Grade these; CPU seconds of all processes, and what was seen of them."""
    words = [word for student in students for word in ("--student", student)]
    known, before, seen = children(), _spent(), Sizes()
    with subprocess.Popen(
        [sys.executable, "-m", "autograder", "grade", name, "--force", "--jobs", _JOBS, *words],
        cwd=root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        while process.poll() is None:
            time.sleep(_LOOK)
            for pid, kind in processes(process.pid).items():
                if kind in _KINDS:
                    seen[kind] = max(seen.get(kind, 0), _pss(pid))
    if process.returncode:
        sys.exit(f"autograder grade {name} ended with {process.returncode}")
    reap(known)
    return _spent() - before, seen


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _pss(pid: int) -> int:
    """Memory of a process with its share of what others hold too, bytes."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _writing(root: Path, name: str, student: str, notebooks: Sequence[str]) -> float:
    """CPU seconds to write one more student's notebooks, scores and results."""
    submission = Submission(student, root / "submitted" / student / name)
    job = Job(root, name, tuple(notebooks), submission, choose_tier())
    graded = grade(job)
    record = Record(last_run_file(root, name))
    with open_book(root) as book:
        began = time.process_time()
        for number in range(_WRITTEN):
            one = replace(job, submission=replace(submission, student=f"another{number}"))
            same = replace(graded, student=one.submission.student)
            data, _ = _keep(one, same, record)
            book.record(name, same)
            write_results(root, name, data)
        return (time.process_time() - began) / _WRITTEN


def _feedback(root: Path, name: str, student: str) -> float:
    """CPU seconds of `nbgrader generate_feedback` for one more student."""
    # the second finds nothing to do
    first, again = (
        measured(
            [sys.executable, "-m", "nbgrader", "generate_feedback", name, "--student", student],
            root,
        ).cpu
        for _ in range(2)
    )
    return first - again


def _size(root: Path) -> int:
    """Bytes of what grading and feedback have written."""
    files = [
        path
        for place in ("autograded", "results", "feedback")
        for path in (root / place).rglob("*")
        if path.is_file()
    ]
    return sum(path.stat().st_blocks * 512 for path in [*files, root / "gradebook.db"])


def _run(root: Path, *words: str) -> None:
    subprocess.run([sys.executable, "-m", *words], cwd=root, capture_output=True, check=True)

"""Grade a large class over several assignments, and look for what is lost, doubled or left over.

    python benchmarks/soak.py [--submissions 1000] [--jobs N]

Each assignment is graded by one `autograder grade`, as an instructor types it. Meanwhile resident
memory and file descriptors of its processes are looked at, and afterwards what remains of them.
Seven of a hundred submissions are hostile or damaged. Ends with 1 if a submission has no result
or two, has other points than it must have, if anything is left over, or if within a run of the
command its memory or its zygote's grows by more than 20 MB, or its rate falls to less than half;
that is judged from 500 submissions on, for fewer end before a rate can be told from chance.
"""

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# the attacks, and how processes are told apart
sys.path[:0] = [str(ROOT / "tests" / room) for room in ("attacks", "faults", "")]

from nbgrader.api import Gradebook  # noqa: E402 # behind the paths
from running import COMMAND, EXAMINER, ZYGOTE, descriptors, memory, outliving, processes  # noqa: E402
from soak_class import SHARES, Entry, hand_in_all, make_course  # noqa: E402

from autograder.grading.last_run import last_run_file  # noqa: E402
from autograder.grading.results import read_results, results_file  # noqa: E402

_WATCHED = (COMMAND, EXAMINER, ZYGOTE)
_LOOK = 0.5  # seconds between two looks
# beyond these it is no longer flat: growth from the second quarter of a run to its last
_GROWTH_MB, _GROWTH_DESCRIPTORS = 20.0, 8
_SLOWEST = 0.5  # of the first third's rate
_TELLING = 500  # submissions, to judge a rate

_ENOUGH = 5  # of anything, to speak of a change


@dataclass(slots=True)
class Watch:
    """What one run's processes held, look by look: the largest of each kind."""

    memory: dict[str, list[int]] = field(default_factory=lambda: {kind: [] for kind in _WATCHED})
    files: dict[str, list[int]] = field(default_factory=lambda: {kind: [] for kind in _WATCHED})


@dataclass(frozen=True, slots=True)
class Run:
    """One assignment, graded.

    Attributes
    ----------
    rates : (float, float)
        Submissions a second in the first and the last third, from the first result on.
    growth : mapping
        For each kind of process, MB from the second quarter of the run to the last.
    left : list of str
        What should be gone.
    """

    seconds: float
    rates: tuple[float, float]
    growth: dict[str, float]
    peak: dict[str, float]
    left: list[str]


def grade(root: Path, assignment: str, jobs: int | None) -> Run:
    """Grade one assignment and watch."""
    temporary = root.parent / f"tmp-{assignment}"
    temporary.mkdir(mode=0o755)
    command = [sys.executable, "-m", "autograder", "grade", assignment]
    began = time.monotonic()
    with (
        (root / f"{assignment}.log").open("w") as log,
        subprocess.Popen(
            [*command, *(["--jobs", str(jobs)] if jobs else [])],
            cwd=root,
            env={**os.environ, "TMPDIR": str(temporary)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
        _watched(process.pid) as watch,
    ):
        process.wait()
    seconds = time.monotonic() - began
    if process.returncode:
        print((root / f"{assignment}.log").read_text("utf-8")[-3000:], file=sys.stderr)
    left = [f"process {pid}: {what}" for pid, what in outliving(process.pid).items()]
    left += [f"temporary {path.name}" for path in temporary.iterdir()]
    left += [str(path.relative_to(root)) for path in root.rglob("*.part")]
    left += [
        f"{kind} held {most} more descriptors at its end"
        for kind, counts in watch.files.items()
        if (most := int(_growth(counts))) > _GROWTH_DESCRIPTORS
    ]
    return Run(
        seconds,
        _rates(root, assignment),
        {kind: _growth(sizes) / 2**20 for kind, sizes in watch.memory.items()},
        {kind: max(sizes, default=0) / 2**20 for kind, sizes in watch.memory.items()},
        left,
    )


@contextmanager
def _watched(session: int) -> Iterator[Watch]:
    watch, over = Watch(), threading.Event()

    def look() -> None:
        while not over.wait(_LOOK):
            found = processes(session)
            for kind in _WATCHED:
                pids = [pid for pid, what in found.items() if what == kind]
                # between two notebooks there may be none
                if sizes := [size for size in map(memory, pids) if size]:
                    watch.memory[kind].append(max(sizes))
                    watch.files[kind].append(max(map(descriptors, pids)))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()


def _growth(values: list[int]) -> float:
    """From the second quarter, when all is imported, to the last."""
    quarter = len(values) // 4
    if quarter < _ENOUGH:
        return 0.0
    return statistics.median(values[-quarter:]) - statistics.median(values[quarter : 2 * quarter])


def _rates(root: Path, assignment: str) -> tuple[float, float]:
    written = sorted(
        path.stat().st_mtime for path in (root / "results" / assignment).glob("*.json")
    )
    third = len(written) // 3
    if third < _ENOUGH:
        return 1.0, 1.0
    first, last = written[:third], written[-third:]
    return tuple((third - 1) / max(part[-1] - part[0], 1e-9) for part in (first, last))  # type: ignore[return-value]


def check(root: Path, entries: list[Entry]) -> dict[str, list[str]]:
    """Compare what was handed in with results and gradebook: what is lost, doubled, wrong."""
    lost, doubled, wrong = [], [], []
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "deep_learning_basics") as book:
        for assignment in SHARES:
            mine = {one.student: one for one in entries if one.assignment == assignment}
            rows = list(book.assignment_submissions(assignment))
            seen = [row.student_id for row in rows]
            doubled += [f"{assignment} {name}: twice in the gradebook" for name in _twice(seen)]
            record = last_run_file(root, assignment).read_text("utf-8")
            doubled += [
                f"{assignment} {name}: graded more than once"
                for name in mine
                if record.count(f'"student": "{name}", "cpu"') > 1
            ]
            scores = {
                row.student_id: [
                    grade.auto_score
                    for notebook in row.notebooks
                    for grade in notebook.grades
                    if grade.cell.cell_type == "code"
                ]
                for row in rows
            }
            for name, entry in mine.items():
                data = read_results(results_file(root, assignment, name))
                given = scores.get(name, [])
                if not data or not given or None in given:
                    lost.append(f"{assignment} {name}")
                elif sum(given) != data["score"] or entry.points not in (None, data["score"]):
                    wrong.append(f"{assignment} {name}: {sum(given):g}, {data['score']:g}")
    return {"lost": lost, "duplicated": doubled, "wrong": wrong}


def _twice(names: list[str]) -> list[str]:
    return [name for name, same in itertools.groupby(sorted(names)) if len(list(same)) > 1]


def main() -> int:
    """Grade, check and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--submissions", type=int, default=1000, metavar="N", help="in all (default: 1000)"
    )
    parser.add_argument("--jobs", type=int, metavar="N", help="at a time (default: one a core)")
    options = parser.parse_args()
    os.environ["MPLBACKEND"] = "Agg"
    with tempfile.TemporaryDirectory(prefix="soak-") as scratch:
        place = Path(scratch).resolve()
        # workers of root's are another user
        place.chmod(0o755)
        hall = make_course(place / "course")
        entries = hand_in_all(hall, options.submissions)
        print(
            f"{len(entries)} submissions handed in; MB resident at most, and growth within the run"
        )
        print(f"{'':14}{'count':>6}{'s':>7}{'/s':>7}{'last/first':>11}", end="")
        print("".join(f"{kind:>16}" for kind in _WATCHED), flush=True)
        runs = {}
        for name in SHARES:
            run = runs[name] = grade(hall.root, name, options.jobs)
            count = sum(one.assignment == name for one in entries)
            print(f"{name:14}{count:6}{run.seconds:7.1f}{count / run.seconds:7.1f}", end="")
            print(f"{run.rates[1] / max(run.rates[0], 1e-9):11.2f}", end="")
            print(
                "".join(f"{run.peak[kind]:9.0f}{run.growth[kind]:+7.1f}" for kind in _WATCHED),
                flush=True,
            )
        found = check(hall.root, entries)
    left = [f"{name}: {what}" for name, run in runs.items() for what in run.left]
    grown = [
        f"{name}: the {kind} grew by {run.growth[kind]:.0f} MB"
        for name, run in runs.items()
        for kind in (COMMAND, ZYGOTE)
        if run.growth[kind] > _GROWTH_MB
    ]
    ratio = statistics.geometric_mean(run.rates[1] / run.rates[0] for run in runs.values())
    if ratio < _SLOWEST and len(entries) >= _TELLING:
        grown.append(f"the last third took {1 / ratio:.1f} times as long as the first")
    for line in (*itertools.chain(*found.values()), *left, *grown):
        print(f"  {line}")
    print(
        f"submissions={len(entries)} lost={len(found['lost'])} "
        f"duplicated={len(found['duplicated'])} leftovers={len(left)} "
        f"rate_last_over_first={ratio:.2f}"
    )
    return 1 if left or grown or any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())

"""How much faster two are than one: processes of this machine, and Dask workers on it.

    python benchmarks/speed_up.py [--students 150] [--assignment small]

Rates are those of the last two thirds of the results, so that starting up is left out; in the CPU
seconds it is. Both tell little on a machine that is busy with other things.
"""

import argparse
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import ROOT, make_course

sys.path.append(str(ROOT / "tests" / "scale"))

from dask_cluster import cluster

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--students", type=int, default=150, metavar="N")
    parser.add_argument("--assignment", default="small", help="small, or one of the course's")
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    os.environ["MPLBACKEND"] = "Agg"
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    name = options.assignment
    with tempfile.TemporaryDirectory(prefix="speed-") as scratch:
        root = Path(scratch).resolve() / "course"
        root.mkdir()
        # workers of root's are another user
        root.parent.chmod(0o755)
        make_course(root, name, options.students)
        words = [sys.executable, "-m", "nbgrader", "generate_assignment", name]
        subprocess.run(words, cwd=root, capture_output=True, check=True)
        print(f"{options.students} submissions of {name}, {os.cpu_count()} cores, ", end="")
        print(f"load {os.getloadavg()[0]:.1f}")
        print(f"{'':22}{'a second':>10}{'times':>8}{'CPU s each':>12}")
        rates = {}
        for count in (1, 2):
            before = _spent()
            rates["processes", count] = _rate(root, name, "--jobs", str(count))
            _print("processes", count, rates, (_spent() - before) / options.students)
        for count in (1, 2):
            before = _spent()
            with cluster(Path(scratch) / f"cluster{count}", count) as found:
                rates["Dask workers", count] = _rate(root, name, "--scheduler", found.address)
            _print("Dask workers", count, rates, (_spent() - before) / options.students)


def _rate(root: Path, name: str, *where: str) -> float:
    """Grade all anew, and say how many results were written a second."""
    words = [sys.executable, "-m", "autograder", "grade", name, "--force", *where]
    subprocess.run(words, cwd=root, capture_output=True, check=True)
    written = sorted(path.stat().st_mtime for path in (root / "results" / name).glob("[!.]*.json"))
    # by then all have started
    later = written[len(written) // 3 :]
    return (len(later) - 1) / max(later[-1] - later[0], 1e-9)


def _print(kind: str, count: int, rates: dict[tuple[str, int], float], cpu: float) -> None:
    rate = rates[kind, count]
    print(f"{count} {kind:20}{rate:10.2f}{rate / rates[kind, 1]:8.2f}{cpu:12.3f}", flush=True)


def _spent() -> float:
    """CPU seconds of all that was started from here and has ended, orphans too."""
    while True:  # they come to us: we are the subreaper
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                break
        except ChildProcessError:
            break
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()

"""What a class needs: cores, memory, minutes and disk, from a small model of measured figures.

    python benchmarks/sizing.py [--within 60] [--cores-each 16]
    python benchmarks/sizing.py --measure day01_numpy [--students 8]

Prints the tables of docs/sizing.md. The figures stand below, each with the machine and the command
that measured it; `--measure` takes those of one day anew, on this machine, and prints the line.
"""

import argparse
import sys
from dataclasses import dataclass

CLASSES = (30, 300, 3_000, 30_000)
_CORES = (2, 4, 8, 16, 32, 64, 128, 256)


@dataclass(frozen=True, slots=True)
class Day:
    """What one day of the course costs.

    Attributes
    ----------
    cpu : float
        CPU seconds a submission, of all processes.
    write : float
        The part of `cpu` that the one command spends, which owns the gradebook.
    start : float
        CPU seconds of a command before the first result: imports, sandbox, warm processes.
    compiled : float
        CPU seconds once a day, until its lessons' models are compiled; 0 without Keras.
    command_mb, each_mb : float
        Memory of the command, and of each submission that is graded at a time.
    disk_mb : float
        A submission's place on the disk, in autograded/, results/, feedback/ and the gradebook.
    feedback : float
        CPU seconds a submission for `nbgrader generate_feedback`.
    """

    name: str
    cpu: float
    write: float
    start: float
    compiled: float
    command_mb: float
    each_mb: float
    disk_mb: float
    feedback: float

    def minutes(self, students: int, cores: int) -> float:
        """How long a class takes on so many cores that do nothing else."""
        # starting up is spread over no more than two cores
        first = (self.start + self.compiled) / 2
        # the one writer's work does not spread
        each = max(self.cpu / cores, self.write)
        return (first + students * each) / 60

    def gigabytes(self, cores: int) -> float:
        """Memory of all processes with one submission a core, GB."""
        return (self.command_mb + cores * self.each_mb) / 1024

    @property
    def saturated(self) -> int:
        """Cores beyond which more give nothing: the writer is always busy."""
        return round(self.cpu / self.write)


# by `python benchmarks/sizing.py --measure DAY`, which prints such a line; where: docs/sizing.md
DAYS = (
    Day("day01_numpy", 3.652, 0.0972, 4.1, 0.0, 186, 138, 2.049, 1.04),
    Day("day05_keras", 10.255, 0.1168, 6.6, 33.5, 363, 374, 1.6, 1.34),
)


def cores_for(day: Day, students: int, within: float) -> int:
    """The smallest usual number of cores that ends within so many minutes, or that saturates."""
    for cores in _CORES:
        if day.minutes(students, cores) <= within or cores >= day.saturated:
            return cores
    return _CORES[-1]


def command(day: Day, cores: int, each: int) -> str:
    """What to type for that many cores, on machines with `each`."""
    if cores <= each:
        return f"autograder grade {day.name} --jobs {cores}"
    return f"autograder grade {day.name} --scheduler tcp://HOST:8786"


def table(days: tuple[Day, ...], within: float, each: int) -> str:
    """One row a class and day."""
    lines = [
        "| students | day | CPU hours | cores | memory, GB | minutes | disk, GB | command |",
        "|--:|---|--:|--:|--:|--:|--:|---|",
    ]
    for students in CLASSES:
        for day in days:
            cores = cores_for(day, students, within)
            machines = -(-cores // each)
            where = f"{cores}" if machines == 1 else f"{cores} ({machines} × {each})"
            lines.append(
                f"| {students:,} | {day.name} | {students * day.cpu / 3600:,.1f} | {where} "
                f"| {day.gigabytes(cores):,.1f} | {day.minutes(students, cores):,.1f} "
                f"| {students * day.disk_mb / 1024:,.1f} | `{command(day, cores, each)}` |"
            )
    return "\n".join(lines)


def figures(days: tuple[Day, ...]) -> str:
    """What the model is made of, one row a day."""
    lines = [
        "| day | CPU s a submission | of these the writer's | start, CPU s | compiled once, CPU s "
        "| the command, MB | each at a time, MB | disk, MB | feedback, CPU s | saturates at |",
        "|---|" + "--:|" * 9,
    ]
    lines += [
        f"| {day.name} | {day.cpu:.2f} | {day.write:.3f} | {day.start:.0f} | {day.compiled:.0f} "
        f"| {day.command_mb:.0f} | {day.each_mb:.0f} | {day.disk_mb:.2f} | {day.feedback:.1f} "
        f"| {day.saturated} cores, {1 / day.write:.0f} a second |"
        for day in days
    ]
    return "\n".join(lines)


def page(days: tuple[Day, ...], within: float = 60, each: int = 16) -> str:
    """Both tables."""
    where = f"Within {within:g} minutes, on machines of {each} cores that do nothing else:"
    return f"{figures(days)}\n\n{where}\n\n{table(days, within, each)}"


def main() -> None:
    """Print the tables, or measure a day."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--within", type=float, default=60, metavar="MINUTES", help="time there is (default: 60)"
    )
    parser.add_argument(
        "--cores-each", type=int, default=16, metavar="N", help="cores of a machine (default: 16)"
    )
    parser.add_argument("--measure", metavar="DAY", help="measure a day here, and print its line")
    parser.add_argument(
        "--students", type=int, default=8, metavar="N", help="to measure with (default: 8)"
    )
    options = parser.parse_args()
    if options.measure:
        from sizing_measure import measure

        if options.students < 4:
            parser.error("--students: at least 4")
        print(measure(options.measure, options.students))
        return
    print(page(DAYS, options.within, options.cores_each))


if __name__ == "__main__":
    sys.exit(main())

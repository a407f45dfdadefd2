"""What must work inside the sandbox, each a small function that returns something to look at."""

import asyncio
import ctypes
import io
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sandbox_attacks import Ground

from autograder.sandbox import kernel, syscalls

DUTIES: dict[str, Callable[[Ground], Any]] = {}


def duty(function: Callable[[Ground], Any]) -> Callable[[Ground], Any]:
    DUTIES[function.__name__] = function
    return function


def warm_up() -> None:
    """Import what a zygote imports."""
    import matplotlib as mpl

    mpl.use("agg")
    import IPython.core.interactiveshell
    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd

    assert all((IPython, np, pd, plt))


@duty
def compute_with_numpy(_: Ground) -> float:
    import numpy as np

    return float((np.ones((300, 300)) @ np.ones((300, 300))).sum())


@duty
def read_table_with_pandas(ground: Ground) -> int:
    import pandas as pd

    return int(pd.read_csv(ground.readable / "table.csv")["b"].sum())


@duty
def save_figure(_: Ground) -> bool:
    import matplotlib.pyplot as plt

    buffer = io.BytesIO()
    plt.plot([1, 2, 3])
    plt.title("Korean: 경사하강법")
    plt.savefig(buffer)
    return buffer.getvalue().startswith(b"\x89PNG")


@duty
def run_threads(_: Ground) -> int:
    with ThreadPoolExecutor(8) as pool:
        return sum(pool.map(lambda number: number * 2, range(10)))


@duty
def use_temporary_files(_: Ground) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a")
        file.write_text("x")
        Path("copy").touch()
        shutil.copyfile(file, "copy")
        Path("copy").rename("moved")
        return Path("moved").read_text() == "x" and Path(folder).is_relative_to(Path.cwd())


@duty
def run_cells(_: Ground) -> list[Any]:
    """IPython's start makes its folders private, and its loop wakes itself by a socket pair."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    first = shell.run_cell("x = 20\nx + 1")
    second = shell.run_cell("import asyncio\nawait asyncio.sleep(0.01)\nx + 2")
    return [first.result, second.result, first.success and second.success]


@duty
def run_event_loop(_: Ground) -> int:
    async def main() -> int:
        await asyncio.sleep(0)
        return 5

    return asyncio.run(main())


@duty
def import_late(_: Ground) -> str:
    import colorsys
    import wave

    assert wave
    return "colorsys" if colorsys.__name__ in sys.modules else ""


@duty
def tell_time_and_chance(_: Ground) -> bool:
    random.seed(3)
    before = time.time()
    time.sleep(0.01)
    drawn = random.random()  # noqa: S311 (a student's)
    return time.time() > before and drawn < 1 and len(os.urandom(4)) == 4


@duty
def count_processors(_: Ground) -> bool:
    return (os.cpu_count() or 0) > 0 and "processor" in Path("/proc/cpuinfo").read_text()


@duty
def know_oneself(_: Ground) -> bool:
    status = Path("/proc/self/status").read_text()
    return "NoNewPrivs:\t1" in status and threading.active_count() == 1


@duty
def learn_that_processes_are_refused(_: Ground) -> str:
    """As an error to catch, not as a death."""
    try:
        os.fork()
    except BlockingIOError:
        return "refused"
    return "forked"


@duty
def signal_oneself(_: Ground) -> bool:
    heard = []
    signal.signal(signal.SIGUSR1, lambda *_: heard.append(1))
    os.kill(os.getpid(), signal.SIGUSR1)
    signal.raise_signal(signal.SIGUSR1)
    return len(heard) == 2


@duty
def see_a_bare_environment(_: Ground) -> dict[str, str]:
    return dict(os.environ) | {"cwd": os.getcwd()}  # noqa: PTH109


@duty
def describe_identity(_: Ground) -> dict[str, Any]:
    fields = dict(
        line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines()
    )
    return {
        key: fields[key] for key in ("Uid", "CapEff", "CapPrm", "CapBnd", "Seccomp", "NoNewPrivs")
    }


@duty
def try_every_refused_call(_: Ground) -> dict[int, int]:
    """Make each call that the filter refuses outright, and some that no kernel has; its errno."""
    machine = kernel.machine()
    passing = {syscalls._number(name, machine) for name in syscalls._ALLOWED}
    # the kernel never shows these to a filter, and ends a process that its probes did not call from
    passing |= {syscalls._number(name, machine) for name in ("uprobe", "uretprobe")}
    # with arguments of 0 they may do something
    passing |= {row.number for row in syscalls._refusals(machine) if row.unless or row.when}
    syscall, errors = ctypes.CDLL(None, use_errno=True).syscall, {}
    for number in {*range(700), *range(1 << 30, (1 << 30) + 600)} - passing:
        ctypes.set_errno(0)
        syscall(ctypes.c_long(number), *[ctypes.c_long(0)] * 6)
        errors[number] = ctypes.get_errno()
    return errors


# What ends a worker, or does not end by itself.


@duty
def leave_by_exit(_: Ground) -> None:
    os._exit(7)


@duty
def crash(_: Ground) -> None:
    ctypes.string_at(0)


@duty
def compute_for_ever(_: Ground) -> None:
    while True:
        pass


@duty
def stop_oneself(_: Ground) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.kill(os.getpid(), signal.SIGSTOP)
    time.sleep(60)


@duty
def sleep_on(_: Ground) -> None:
    time.sleep(60)


@duty
def litter(_: Ground) -> bool:
    """Folders nested deeper than Python recurses, and one without permissions."""
    Path("closed").mkdir(mode=0)
    for _ in range(1500):
        Path("d").mkdir()
        os.chdir("d")
    return True

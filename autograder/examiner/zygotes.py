"""The zygotes of this process, one for each set of modules, started when first needed."""

import atexit
import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import course
from autograder.errors import GraderError
from autograder.examiner.limits import Limits
from autograder.examiner.warm import Zygote, end, launch
from autograder.worker.order import Order
from course.keras_backend import FRAMEWORK_SETTINGS, backend_settings

SCRATCH = 64 * 2**20
# what modules import only when they are used, and every lesson that imports them will: each
# submission would pay for it again (2 CPU s with torch, at its first optimiser)
_LATER = {
    "course.datasets": "pandas",
    "course.plots": "matplotlib.pyplot",
    "torch": "torch._dynamo",
}
# seconds until zygotes that do not end by themselves are ended
_PATIENCE = 2.0
_running: dict[str, Zygote] = {}
# those of the command's, which every process that grades may have a twin of
_shared: dict[str, socket.socket] = {}


def warm_zygote(modules: Sequence[str], tier: int, limits: Limits) -> Zygote:
    """The zygote for what a lesson imports; one that died is replaced."""
    return zygote_for(order_for(needed_modules(modules), tier, limits))


def zygote_for(order: Order) -> Zygote:
    """The zygote of this process for an order: a twin of the command's, if it shares one."""
    key = order.as_text()
    found = _running.get(key)
    if found is None or not found.alive:
        if found is not None:
            found.close()
        if not _running:
            atexit.register(close_all)
        _running[key] = found = _twin(order) or Zygote(order, *launch(order, font_cache()))
    return found


def _twin(order: Order) -> Zygote | None:
    first = _shared.get(order.as_text())
    try:
        return Zygote.twin(order, first) if first is not None else None
    except GraderError:
        # it was killed, or could not import: our own does, or says why not
        return None


def _hold(sockets: Mapping[str, socket.socket]) -> None:
    _shared.update(sockets)


@contextmanager
def shared_zygotes(orders: Iterable[Order]) -> Iterator[Callable[[], None]]:
    """Start zygotes that several processes share, so that each import is paid for once.

    Yields
    ------
    callable
        What each of these processes is to call first; it travels there with the sockets.
    """
    wanted = {order.as_text(): order for order in orders}
    started = {key: launch(order, font_cache()) for key, order in wanted.items()}
    try:
        yield partial(_hold, {key: control for key, (control, _) in started.items()})
    finally:
        for control, _ in started.values():
            control.close()
        # all of them have heard: who waits for the first waits for the others too
        patience = time.monotonic() + _PATIENCE
        for _, process in started.values():
            end(process, max(0.1, patience - time.monotonic()))


def order_for(modules: Sequence[str], tier: int, limits: Limits) -> Order:
    """What a zygote is told: what workers may read, use and see."""
    package = Path(course.__file__).resolve().parent
    readable = [package, package.parent / "data"]
    # one thread: a fork with threads may hang, and a class on few cores gains nothing by them
    environment = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")}
    # for a student who imports matplotlib where the lesson does not
    environment["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    # set here, since a zygote has nothing of our environment, and before it imports any of them
    if "keras" in modules:
        environment |= backend_settings()
    for framework in FRAMEWORK_SETTINGS:
        if framework in modules:
            environment |= FRAMEWORK_SETTINGS[framework]
    own = os.environ.get("COURSE_DATA")
    if own:
        # resolved once, here: a worker's folder is another
        folder = Path(own).resolve()
        readable.append(folder)
        environment["COURSE_DATA"] = str(folder)
    return Order(
        tier=tier,
        modules=tuple(modules),
        readable=tuple(str(path) for path in readable if path.exists()),
        memory=limits.memory,
        cpu_seconds=limits.notebook + limits.cell,
        scratch=SCRATCH,
        environment=environment,
    )


def needed_modules(modules: Sequence[str]) -> tuple[str, ...]:
    """What to import beforehand for a lesson that imports these modules."""
    later = (_LATER[module] for module in modules if module in _LATER)
    return tuple(dict.fromkeys((*modules, *later)))


def close_all() -> None:
    """End every zygote of this process."""
    while _running:
        _running.popitem()[1].close()


def font_cache() -> Path:
    """Where matplotlib keeps its list of fonts between runs of the grader."""
    base = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(base) / "autograder" / "matplotlib"

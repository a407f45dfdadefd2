"""The zygotes of this process, one for each set of modules, started when first needed."""

import atexit
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import course
from autograder.examiner.limits import Limits
from autograder.examiner.warm import Zygote
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
_running: dict[tuple[str, Limits], Zygote] = {}


def warm_zygote(
    modules: Sequence[str],
    tier: int,
    limits: Limits,
    *,
    readable: Sequence[Path] = (),
    environment: Mapping[str, str] | None = None,
) -> Zygote:
    """The zygote for what a lesson imports; one that died is replaced.

    Parameters
    ----------
    readable : sequence of Path, optional
        What its workers may read besides the usual.
    environment : mapping, optional
        Variables they see besides the usual.
    """
    order = order_for(needed_modules(modules), tier, limits)
    order = replace(
        order,
        readable=(*order.readable, *(str(path) for path in readable)),
        environment={**order.environment, **(environment or {})},
    )
    key = (order.as_text(), limits)
    found = _running.get(key)
    if found is None or not found.alive:
        if found is not None:
            found.close()
        found = Zygote(order, font_cache())
        if not _running:
            atexit.register(close_all)
        _running[key] = found
    return found


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

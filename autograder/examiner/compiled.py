"""What Keras compiles on JAX: done once by the reference, read by every student's worker.

Compiling is most of the work of training a small model. A worker may read the folder and not
write to it, so one student's code never runs in another's process.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autograder.examiner.examine import Examination, student_cells
from autograder.examiner.lesson import Lesson
from autograder.examiner.limits import Limits
from autograder.examiner.warm import Zygote
from autograder.examiner.zygotes import font_cache, needed_modules, order_for, warm_zygote
from autograder.sandbox.tiers import Tier
from course.keras_backend import backend_settings

_FOLDER = "JAX_COMPILATION_CACHE_DIR"
_SECONDS = "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS"
# without it the path of the folder is part of what names an entry
_NO_PATH = {"JAX_PERSISTENT_CACHE_ENABLE_XLA_CACHES": "none"}
_KEEP_ALL = {**_NO_PATH, _SECONDS: "0", "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1"}
# what a student compiles is kept nowhere
_KEEP_NOTHING = {**_NO_PATH, _SECONDS: "1000000"}


def lesson_zygote(lesson: Lesson, root: Path, tier: int, limits: Limits) -> Zygote:
    """The zygote for a lesson, with what its reference compiled.

    Parameters
    ----------
    root : Path
        The course. What is compiled lies in its `build/compiled/`, filled when the lesson is
        first graded.
    """
    lesson.require()
    if not compiles(lesson):
        return warm_zygote(lesson.modules, tier, limits)
    folder = compiled_by_reference(lesson, root, limits)
    return warm_zygote(
        lesson.modules,
        tier,
        limits,
        readable=[folder],
        environment={_FOLDER: str(folder), **_KEEP_NOTHING},
    )


def compiles(lesson: Lesson) -> bool:
    """Whether a lesson's models are compiled before they run."""
    return "keras" in lesson.modules and backend_settings()["KERAS_BACKEND"] == "jax"


def keep_for_proofs(root: Path) -> None:
    """Let this process and those it starts keep what the author's own answers compile."""
    folder = root.resolve() / "build" / "compiled" / f"proofs-{_machine()}"
    os.environ.update({_FOLDER: str(folder), **_KEEP_ALL})


def is_compiled(lesson: Lesson, root: Path) -> bool:
    """Whether nothing is left to do before the lesson's first submission is graded."""
    return not compiles(lesson) or _folder(lesson, root).is_dir()


def compiled_by_reference(lesson: Lesson, root: Path, limits: Limits) -> Path:
    """Run the reference once, outside of any sandbox, and keep what it compiles."""
    folder = _folder(lesson, root)
    store = folder.parent
    store.mkdir(parents=True, exist_ok=True)
    with _alone(store / f"{folder.name}.lock"):
        if not folder.is_dir():
            filling = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=store))
            try:
                _run_reference(lesson, filling, limits)
                # workers may run as another user
                filling.chmod(0o755)
                for entry in filling.iterdir():
                    entry.chmod(0o644)
                filling.rename(folder)
            except BaseException:
                shutil.rmtree(filling, ignore_errors=True)
                raise
    return folder


def _run_reference(lesson: Lesson, folder: Path, limits: Limits) -> None:
    order = order_for(needed_modules(lesson.modules), Tier.NONE, limits)
    environment = {**order.environment, _FOLDER: str(folder), **_KEEP_ALL}
    zygote = Zygote(replace(order, environment=environment), font_cache())
    with contextlib.closing(zygote):
        # its verdicts are of no interest here: `autograder verify` proves them
        Examination(lesson, student_cells(lesson, {}), zygote, limits).run()


def _folder(lesson: Lesson, root: Path) -> Path:
    """Named for all that decides what is compiled, so that nothing stale is ever read."""
    parts = [[cell.source for cell in lesson.cells], _machine()]
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
    return root.resolve() / "build" / "compiled" / f"{lesson.name}-{digest}"


def _machine() -> str:
    """Digest of the versions that compile and of the processor that runs what they make."""
    parts = [*(_version(name) for name in ("keras", "jax", "jaxlib", "numpy")), _processor()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    """What this machine's processor can do: code compiled for another may not run on it."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith(("flags", "Features")):
                return line
    return ""


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process at a time; the others wait and find the work done."""
    import fcntl  # Windows has none

    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

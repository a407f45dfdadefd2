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
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autograder.examiner.examine import Examination, student_cells
from autograder.examiner.lesson import Lesson
from autograder.examiner.limits import Limits
from autograder.examiner.warm import Zygote, launch
from autograder.examiner.zygotes import font_cache, needed_modules, order_for, zygote_for
from autograder.sandbox.tiers import Tier
from autograder.worker.order import Order
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
    if compiles(lesson):
        compile_with_references([lesson], root, limits)
    return zygote_for(lesson_order(lesson, root, tier, limits))


def lesson_order(lesson: Lesson, root: Path, tier: int, limits: Limits) -> Order:
    """What the zygote for a lesson is told; for all that import the same, it is one."""
    order = order_for(needed_modules(lesson.modules), tier, limits)
    if not compiles(lesson):
        return order
    folder = _folder(root)
    folder.mkdir(parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o777 != 0o711:
        # workers may run as another user; what else the reference compiled is not theirs to see
        folder.chmod(0o711)
    return replace(
        order,
        by_name=(*order.by_name, str(folder)),
        environment={**order.environment, _FOLDER: str(folder), **_KEEP_NOTHING},
    )


def compiles(lesson: Lesson) -> bool:
    """Whether a lesson's models are compiled before they run."""
    return "keras" in lesson.modules and backend_settings()["KERAS_BACKEND"] == "jax"


def keep_for_proofs(root: Path) -> None:
    """Let this process and those it starts keep what the author's own answers compile."""
    os.environ.update({_FOLDER: str(_proofs(root)), **_KEEP_ALL})


def is_compiled(lesson: Lesson, root: Path) -> bool:
    """Whether nothing is left to do before the lesson's first submission is graded."""
    return not compiles(lesson) or _mark(lesson, root).is_file()


def compile_with_references(lessons: Iterable[Lesson], root: Path, limits: Limits) -> Path:
    """Run each reference once, outside of any sandbox, and keep what it compiles.

    Returns
    -------
    Path
        The folder of what this course's lessons compiled on this machine. Every entry is named
        by what it was compiled from, so that nothing stale is ever read.
    """
    folder = _folder(root)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder.parent / f"{folder.name}.lock"):
        missing = [lesson for lesson in lessons if not _mark(lesson, root).is_file()]
        if missing:
            with tempfile.TemporaryDirectory(prefix="filling-", dir=folder.parent) as filling:
                _add(folder, Path(filling))
                _run_references(missing, Path(filling), limits)
                _add(Path(filling), folder)
            # the catalogue's answers train models of the same shapes
            _add(folder, _proofs(root))
        for lesson in missing:
            _mark(lesson, root).touch()
    return folder


def _run_references(lessons: Iterable[Lesson], folder: Path, limits: Limits) -> None:
    running: dict[str, Zygote] = {}
    with contextlib.ExitStack() as stack:
        for lesson in lessons:
            order = order_for(needed_modules(lesson.modules), Tier.NONE, limits)
            environment = {**order.environment, _FOLDER: str(folder), **_KEEP_ALL}
            order = replace(order, environment=environment)
            if order.as_text() not in running:
                zygote = Zygote(order, *launch(order, font_cache()))
                running[order.as_text()] = stack.enter_context(contextlib.closing(zygote))
            zygote = running[order.as_text()]
            # its verdicts are of no interest here: `autograder verify` proves them
            Examination(lesson, student_cells(lesson, {}), zygote, limits).run()


def _add(these: Path, folder: Path) -> None:
    """Copy entries into a folder that others read meanwhile: each is there whole or not at all."""
    folder.mkdir(exist_ok=True)
    for entry in these.iterdir():
        if not (folder / entry.name).exists():
            part = folder / f".{entry.name}.{os.getpid()}"
            shutil.copyfile(entry, part)
            part.chmod(0o644)
            part.replace(folder / entry.name)


def _proofs(root: Path) -> Path:
    folder = _folder(root)
    return folder.with_name(f"proofs-{folder.name}")


def _folder(root: Path) -> Path:
    return root.resolve() / "build" / "compiled" / _machine()


def _mark(lesson: Lesson, root: Path) -> Path:
    """A file that says that this lesson, as it stands, has been compiled on this machine."""
    text = json.dumps([cell.source for cell in lesson.cells])
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    folder = _folder(root)
    return folder.parent / f"{folder.name}.{lesson.name}-{digest}"


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

"""Put the name of the mistake behind a failed test into its result."""

import contextlib
import io
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.catalogue import Entry, load_catalogue
from autograder.diagnosis.calls import Recorder
from autograder.diagnosis.match import matches
from autograder.examiner.lesson import Lesson
from autograder.examiner.limits import OutOfTime
from autograder.examiner.notes import limited_step
from autograder.examiner.results import CellResult, Status
from autograder.feedback import wording
from course.keras_backend import FRAMEWORK_SETTINGS

# CPU seconds for one answer on all its arguments, which the student's code may have made larger
_SECONDS = 10.0
# ... and for all answers of a notebook together
ALL_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class _Material:
    """What students' answers are compared with."""

    names: dict[str, Any]
    mistakes: dict[str, list[Entry]]


# of this process: a class is graded by the same few lessons
_known: dict[tuple[Path, tuple[str, ...]], _Material] = {}


def explain(
    lesson: Lesson, results: Iterable[CellResult], recorder: Recorder
) -> tuple[CellResult, ...]:
    """Say of each failed test which catalogued mistake it shows, where one is recognised."""
    results = tuple(results)
    targets = {cell.grade_id: cell.target for cell in lesson.tests}
    failed: dict[str, list[str]] = {}
    for result in results:
        if result.status is Status.FAILED:
            failed.setdefault(targets[result.grade_id], []).append(result.grade_id)
    if not failed or lesson.catalogue is None:
        return results
    material = _material(lesson, lesson.catalogue)
    found: dict[str, list[Entry]] = {}
    heavy = {"keras", *FRAMEWORK_SETTINGS} & set(lesson.modules)
    until = time.process_time() + ALL_SECONDS

    def guard() -> contextlib.AbstractContextManager[None]:
        left = until - time.process_time()
        if left <= 0:
            raise OutOfTime(f"the search took longer than {ALL_SECONDS:g} s")
        return limited_step(min(_SECONDS, left))

    for stub, tests in failed.items():
        calls = [call for call in recorder.calls if call.name == stub]
        if stub in recorder.partial or stub not in material.names:
            continue
        if heavy and all(call.raised for call in calls):
            # the reference would train a model in this process, and nothing could be compared
            continue
        # a search that takes too long or too much says nothing
        with contextlib.suppress(OutOfTime, MemoryError):
            found |= matches(
                calls,
                tests,
                material.names[stub],
                material.mistakes.get(stub, []),
                guard,
            )
    hints = {cell.grade_id: cell.hint for cell in lesson.tests}
    return tuple(
        _explained(result, found[result.grade_id], hints[result.grade_id])
        if result.grade_id in found
        else result
        for result in results
    )


def _explained(result: CellResult, entries: list[Entry], hint: str) -> CellResult:
    said = wording.recognised([(entry.name, entry.hint) for entry in entries])
    if not said:
        return result
    # the hint is for those whose mistake nobody knows
    message = result.message.removesuffix(hint).rstrip() if hint else result.message
    if not message.endswith((".", "?", "!")):
        message += "."
    return replace(
        result,
        message=f"{message} {said}",
        diagnosis=said,
        misconceptions=tuple(entry.name for entry in entries),
    )


def _material(lesson: Lesson, catalogue: Path) -> _Material:
    """Run the reference and load the catalogue, once for each version of a lesson."""
    key = (catalogue, tuple(cell.source for cell in lesson.cells))
    if key not in _known:
        names: dict[str, Any] = {"__name__": "__main__"}
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            for cell in lesson.cells:
                if cell.role in {"locked", "solution"}:
                    exec(compile(cell.source, f"<{cell.grade_id}>", "exec"), names)  # noqa: S102 # ours
            entries = load_catalogue(catalogue, str(catalogue), names)
        mistakes: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.loses:
                mistakes.setdefault(entry.target, []).append(entry)
        _known[key] = _Material(names, mistakes)
    return _known[key]

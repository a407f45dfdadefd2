"""Let one submission of a notebook sit its exam, whatever befalls the zygote meanwhile."""

import logging
from collections.abc import Sequence
from pathlib import Path

from autograder.examiner.compiled import lesson_zygote
from autograder.examiner.deadline import (
    around_examination,
    before_any_submission,
    deadline_of,
)
from autograder.examiner.examine import Examination, NoWorkerError, StudentCell
from autograder.examiner.lesson import Lesson
from autograder.examiner.limits import Limits
from autograder.examiner.notes import tell
from autograder.examiner.results import NotebookResult

log = logging.getLogger(__name__)
_ATTEMPTS = 3


def examine(
    lesson: Lesson, cells: Sequence[StudentCell], root: Path, tier: int, limits: Limits
) -> NotebookResult:
    """Grade one notebook with the lesson's zygote, and with a new one if that is killed.

    What a student's code does cannot reach the zygote; a machine short of memory can. Nothing of
    a broken attempt counts.

    Raises
    ------
    GraderError
        If no worker can be had, three times in a row.
    """
    for _ in range(_ATTEMPTS - 1):
        try:
            return _attempt(lesson, cells, root, tier, limits)
        except NoWorkerError as error:
            log.warning("%s: %s; trying again", lesson.name, error.message)
    return _attempt(lesson, cells, root, tier, limits)


def _attempt(
    lesson: Lesson, cells: Sequence[StudentCell], root: Path, tier: int, limits: Limits
) -> NotebookResult:
    tell(before_any_submission(limits))
    zygote = lesson_zygote(lesson, root, tier, limits)
    tell(deadline_of(lesson, limits))
    result = Examination(lesson, cells, zygote, limits).run()
    tell(around_examination(limits))
    return result

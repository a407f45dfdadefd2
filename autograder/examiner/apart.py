"""Grade a notebook in a process of its own, which is ended from outside if it overruns.

`nbgrader autograde` and formgrader hold the gradebook and the server that an instructor works
with: neither may hang, or fill the memory, by what a student handed in.
"""

import atexit
import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from autograder.examiner.child import Child, ChildEnded, questions
from autograder.examiner.examine import StudentCell
from autograder.examiner.lesson import Lesson
from autograder.examiner.limits import Limits
from autograder.examiner.results import NotebookResult, Status, nothing
from autograder.examiner.sitting import examine
from autograder.feedback import wording
from autograder.quick_start import skip_slow_imports

log = logging.getLogger(__name__)
_children: list[Child] = []
# formgrader may grade in several threads
_turn = threading.Lock()


def examine_apart(
    lesson: Lesson, cells: Sequence[StudentCell], root: Path, tier: int, limits: Limits
) -> NotebookResult:
    """Grade one notebook as `examine` does. What ends its process twice scores 0.

    Raises
    ------
    GraderError
        As `examine`.
    """
    question = (lesson, cells, root.resolve(), tier, limits)
    why = None
    with _turn:
        for _ in range(2):
            child = _child()
            try:
                child.ask(question)
                answer = child.hear()
            except ChildEnded as ended:
                why = ended.overrun
                log.warning("%s: the process that grades it ended; trying again", lesson.name)
                _forget(child)
                continue
            except BaseException:
                # Ctrl-C: it may be at anything
                _forget(child)
                raise
            if isinstance(answer, Exception):
                raise answer
            assert isinstance(answer, NotebookResult)
            return answer
    return nothing(lesson, wording.gave_up(why), tier, Status.DIED)


def _child() -> Child:
    if not _children:
        _children.append(Child(__name__))
        atexit.register(end_all)
    return _children[0]


def _forget(child: Child) -> None:
    child.end()
    _children.remove(child)


def end_all() -> None:
    """End the processes that grade; the next submission starts another."""
    while _children:
        _children.pop().end()


def main() -> None:
    """Answer until nobody asks any more."""
    skip_slow_imports()
    for (lesson, cells, root, tier, limits), answers in questions():
        try:
            answers.send(examine(lesson, cells, root, tier, limits))
        except Exception as error:  # raised where it was asked
            answers.send(error)


if __name__ == "__main__":
    main()

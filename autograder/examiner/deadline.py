"""The deadline of one submission of a notebook, from the limits of its cells and tests."""

from autograder.examiner.explain import ALL_SECONDS
from autograder.examiner.lesson import Lesson
from autograder.examiner.limits import WALL_FACTOR, Limits
from autograder.examiner.notes import SLACK, Deadline
from autograder.examiner.testcell import DECODING, WORDING

# CPU seconds for what has no limit of its own: locked cells, outputs, reading and writing
_MARGIN = 60.0


def deadline_of(lesson: Lesson, limits: Limits) -> Deadline:
    """What grading a submission may cost at most, if the examiner keeps every limit itself.

    It is never reached by a submission whose cells and tests are all stopped at theirs.
    """
    # a test with visible and hidden lines runs twice
    each = [2 * ((test.timeout or limits.test) + DECODING + WORDING) for test in lesson.tests]
    cpu = sum(each) + ALL_SECONDS + SLACK + _MARGIN
    return Deadline(cpu, WALL_FACTOR * limits.notebook + cpu, limits.memory)


def before_any_submission(limits: Limits) -> Deadline:
    """The deadline while nothing of a student's is under way: references compile for minutes."""
    return Deadline(float("inf"), float("inf"), limits.memory)


def around_examination(limits: Limits) -> Deadline:
    """The deadline for reading a submission, and for writing down what was found."""
    return Deadline(_MARGIN, WALL_FACTOR * _MARGIN, limits.memory)

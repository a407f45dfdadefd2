"""Run one test cell on the trusted side and say how it ended."""

import ast
import builtins
import contextlib
import io
import traceback
import types
from collections.abc import Mapping
from typing import Any

from autograder.authoring.names import bound, used
from autograder.examiner.lesson import LessonCell
from autograder.examiner.limits import LimitReached, OutOfMemory, OutOfTime
from autograder.examiner.notes import limited_step
from autograder.examiner.received import clip
from autograder.examiner.remote import AuthorError, StudentError
from autograder.examiner.results import CellResult, Status
from autograder.examiner.session import Session
from autograder.feedback import wording

# CPU seconds that this side may need to read the largest answer that may travel
DECODING = 2.0
# ... and to put the error that it led to into words: a message may hold all of an answer
WORDING = 2.0


def run_test(
    cell: LessonCell, trusted: Mapping[str, Any], session: Session, *, secret: bool
) -> CellResult:
    """Run a test cell against the student's names.

    Not `secret`, only what stands above its first hidden line is run, and what fails there is
    told in full. `secret`, all of it is run, and whatever fails is told in the words for hidden
    checks: by then the student's code may have seen hidden inputs, and could have put them into
    the answer that a visible line would quote.

    A name is looked up in what the cell itself defines, then in the locked cells, then in the
    builtins, and only then in the worker: a student cannot shadow `np`, `abs` or `check_array`.
    A test that asks a student's object what it must not (`AuthorError`) fails, and says in
    `detail` what to write instead.
    """
    session.violations, session.printed = [], 0
    namespace: dict[str, Any] = {**trusted, "__name__": "__main__", "__builtins__": builtins}
    tree = ast.parse(cell.source if secret else cell.opening)
    filename = f"<{cell.grade_id}>"
    sink = io.StringIO()
    try:
        with (
            limited_step(session.budget.seconds + DECODING),
            contextlib.redirect_stdout(sink),
            contextlib.redirect_stderr(sink),
        ):
            for name in sorted(used(tree) - bound(tree) - set(namespace) - set(dir(builtins))):
                with contextlib.suppress(KeyError):
                    namespace[name] = session.get(name)
            exec(compile(tree, filename, "exec"), namespace)  # noqa: S102 # the author's own test
    except LimitReached as error:
        return _limited(cell, session, error)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        try:
            with limited_step(WORDING):
                return _failed(cell, session, error, filename, secret=secret)
        except LimitReached as slow:
            return _limited(cell, session, slow)
        except MemoryError:
            return _limited(cell, session, OutOfMemory("its error is too large to be told"))
    if session.violations:
        said = f"{session.violations[0]} Return a new value and leave the arguments as they are."
        return _result(cell, session, Status.FAILED, said, said)
    return _result(cell, session, Status.PASSED)


def _result(  # one argument a field
    cell: LessonCell,
    session: Session,
    status: Status,
    message: str = "",
    detail: str = "",
    line: int | None = None,
) -> CellResult:
    return CellResult(
        grade_id=cell.grade_id,
        points=cell.points if status is Status.PASSED else 0.0,
        max_points=cell.points,
        status=status,
        message=clip(message),
        detail=clip(detail),
        line=line,
        cpu=round(session.budget.used, 3),
    )


def _limited(cell: LessonCell, session: Session, error: LimitReached) -> CellResult:
    status, words = Status.DIED, wording.ENDED
    if isinstance(error, OutOfTime):
        status, words = Status.TIMEOUT, wording.TOO_LONG
    elif isinstance(error, OutOfMemory):
        status, words = Status.MEMORY, wording.TOO_LARGE
    return _result(cell, session, status, words, str(error))


def _failed(
    cell: LessonCell, session: Session, error: BaseException, filename: str, *, secret: bool
) -> CellResult:
    line = _line(error.__traceback__, filename)
    name = error.kind if isinstance(error, StudentError) else type(error).__name__
    detail = "".join(traceback.format_exception_only(error)).strip()
    if secret:
        said = wording.hidden_failure(name, cell.hint)
        # feedback must not take it for a visible line, whose message it would show
        line = line if line in cell.hidden else None
    else:
        named = name == "CheckFailed" or isinstance(error, StudentError)
        said = str(error) if named else f"{name}: {error}".rstrip(": ")
        if name == "NotImplementedError":
            said = wording.NOT_WRITTEN
        elif isinstance(error, AuthorError):
            # the reference has passed: it is this answer that is of a strange kind
            said = wording.NOT_PLAIN
    return _result(cell, session, Status.FAILED, said, detail, line)


def _line(trace: types.TracebackType | None, filename: str) -> int | None:
    """The outermost line of the test cell that the error passed through."""
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == filename:
            return trace.tb_lineno
        trace = trace.tb_next
    return None

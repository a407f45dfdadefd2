"""What a failed check raises, and how its message is put together."""

from types import TracebackType
from typing import NoReturn


class CheckFailed(AssertionError):  # noqa: N818 - a verdict on an answer, not a bug
    """An answer is not right yet; the message says in what way."""

    # Students and test authors meet the class as a part of course.checks.
    __module__ = "course.checks"

    def _render_traceback_(self) -> list[str]:
        """Show the line of the check and the message; IPython calls this.

        It would show the last frame of all, which is ours and says nothing to a student.
        """
        from IPython.core.getipython import get_ipython

        shell = get_ipython()
        assert shell is not None  # nobody else asks
        trace = _without_hidden_end(self.__traceback__)
        lines: list[str] = shell.InteractiveTB.structured_traceback(
            type(self), self, trace, tb_offset=1
        )
        return lines


def fail(problem: str, hint: str | None, cause: BaseException | None = None) -> NoReturn:
    """Raise CheckFailed with the problem as a sentence, the hint as the next one.

    Raises
    ------
    CheckFailed
        Always.
    """
    # pytest and IPython leave such frames out: the test line counts
    __tracebackhide__ = True
    sentences = [problem] if hint is None else [problem, hint]
    raise CheckFailed(" ".join(_closed(sentence) for sentence in sentences)) from cause


def _without_hidden_end(trace: TracebackType | None) -> TracebackType | None:
    if trace is None:
        return None
    rest = _without_hidden_end(trace.tb_next)
    if rest is None and trace.tb_frame.f_locals.get("__tracebackhide__"):
        return None
    return TracebackType(rest, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)


def _closed(sentence: str) -> str:
    sentence = sentence.strip()
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."

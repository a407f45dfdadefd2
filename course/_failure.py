"""What a failed check raises, and how its message is put together."""

from typing import NoReturn


class CheckFailed(AssertionError):  # noqa: N818 - a verdict on an answer, not a bug
    """An answer is not right yet; the message says in what way."""

    # Students and test authors meet the class as a part of course.checks.
    __module__ = "course.checks"


def fail(problem: str, hint: str | None, cause: BaseException | None = None) -> NoReturn:
    """Raise CheckFailed with the problem as a sentence, the hint as the next one.

    Raises
    ------
    CheckFailed
        Always.
    """
    # pytest and IPython leave such frames out (IPython shows the last one): the test line counts.
    __tracebackhide__ = True
    sentences = [problem] if hint is None else [problem, hint]
    raise CheckFailed(" ".join(_closed(sentence) for sentence in sentences)) from cause


def _closed(sentence: str) -> str:
    sentence = sentence.strip()
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."

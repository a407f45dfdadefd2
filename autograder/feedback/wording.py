"""The words in which a student learns of a failed test."""

from collections.abc import Sequence

NOT_WRITTEN = "Not written yet."
TOO_LONG = "This took longer than the time limit. Is there a loop that never ends?"
TOO_LARGE = "This used more memory than it may. Is an array much larger than it needs to be?"
ENDED = "Your code ended the whole Python process here."
NOT_PLAIN = (
    "Your code returned an object of a class of its own here. "
    "Return a number, a text, a list, an array or a table."
)
_AGAIN = "That may not be its fault: it is tried again when the class is next graded."
# why a submission is given up
_GAVE_UP = {
    "time": "Grading it took longer than all its time limits together, twice.",
    "memory": "Grading it took more memory than it may, twice.",
    None: "It ended the grader itself, twice.",
}
# common mistakes; with all sixty builtin exceptions to choose from, an answer could tell much
# of the hidden inputs
_TELLABLE = frozenset(
    [
        "AttributeError",
        "IndexError",
        "KeyError",
        "NameError",
        "TypeError",
        "UnboundLocalError",
        "ValueError",
        "ZeroDivisionError",
    ]
)
# what a test raises by itself: check_…, assert, pytest.raises, and a refused question
_VERDICTS = frozenset({"CheckFailed", "AssertionError", "Failed", "AuthorError"})


# of more mistakes that fit, none is worth naming
_MOST = 3


def recognised(mistakes: Sequence[tuple[str, str]]) -> str:
    """Name the mistakes that explain a failure, each with its hint; nothing if they are many.

    Parameters
    ----------
    mistakes : sequence of (name, hint)
        As catalogued; the name is that of a function.
    """
    if not 0 < len(mistakes) <= _MOST:
        return ""
    spoken = [f"{name.replace('_', ' ')}. {hint}" for name, hint in mistakes]
    if len(spoken) == 1:
        return f"It looks as if your code {spoken[0]}"
    return "Your code does one of these: " + " ".join(
        f"({letter}) it {text}" for letter, text in zip("abc", spoken, strict=False)
    )


def gave_up(overrun: str | None = None) -> str:
    """Say why nothing of a submission is graded: the grader had to be ended, or ended, twice.

    Parameters
    ----------
    overrun : "time", "memory" or None
        What was used up.
    """
    return f"{_GAVE_UP[overrun]} {_AGAIN}"


def hidden_failure(error: str, hint: str, *, by_answer: bool = True) -> str:
    """Say that a check which runs only when graded failed, without what it checks.

    Parameters
    ----------
    error : str
        Type of the exception. Its message stays out: it could carry hidden inputs.
    hint : str
        What the test's author wants a student to think about; may be empty.
    by_answer : bool
        Whether the exception came out of the student's code.
    """
    if error == "NotImplementedError":
        return NOT_WRITTEN
    words = ["A check that runs only when graded failed."]
    if by_answer and error not in _VERDICTS:
        # the name of a student's own class could be made of the hidden inputs
        named = error if error in _TELLABLE else "an error of its own"
        words.append(f"Your code raised {named} there.")
    if hint:
        words.append(hint)
    return " ".join(words)

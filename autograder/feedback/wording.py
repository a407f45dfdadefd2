"""The words in which a student learns of a failed test."""

NOT_WRITTEN = "Not written yet."
TOO_LONG = "This took longer than the time limit. Is there a loop that never ends?"
TOO_LARGE = "This used more memory than it may. Is an array much larger than it needs to be?"
ENDED = "Your code ended the whole Python process here."


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
    if by_answer and error not in {"CheckFailed", "AssertionError"}:
        words.append(f"Your code raised {error} there.")
    if hint:
        words.append(hint)
    return " ".join(words)

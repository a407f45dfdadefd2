"""What is said of a run's pace is true, and in a unit that a person reads."""

import io

import pytest

from autograder.grading.progress import Progress, duration, pace

PACES = {
    (7, 258.5): " (one in 37 s)",
    (3, 40.5): " (one in 14 s)",
    (3, 4.0): " (one in 1.3 s)",
    (60, 30.0): " (2.0 a second)",
    (2, 7200.0): " (one in 1 h 0 min)",
    (0, 5.0): "",
}
DURATIONS = {
    0.26: "0.3 s",
    9.94: "9.9 s",
    9.99: "10.0 s",
    40.5: "40 s",
    59.6: "1 min 0 s",
    258.5: "4 min 18 s",
    3725: "1 h 2 min",
}


@pytest.mark.parametrize(("done", "said"), PACES.items())
def test_the_pace_is_true_of_the_time_that_is_said(done: tuple[int, float], said: str) -> None:
    assert pace(*done) == said


@pytest.mark.parametrize(("seconds", "said"), DURATIONS.items())
def test_a_time_is_said_as_people_say_it(seconds: float, said: str) -> None:
    assert duration(seconds) == said


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_has_one_line_that_is_cleared_at_the_end() -> None:
    stream = Terminal()
    progress = Progress(2, "submissions", stream)
    progress.step()
    progress.step()
    progress.end()
    assert "1/2 submissions" in stream.getvalue()
    assert "2/2 submissions" in stream.getvalue()
    longest = max(len(line) for line in stream.getvalue().split("\r"))
    assert longest <= 79
    assert stream.getvalue().endswith("\r" + " " * 79 + "\r")

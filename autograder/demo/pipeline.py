"""From release to export in one process: what an instructor's commands do when they are typed.

nbgrader takes seconds to import. The commands of a term, typed one after another, pay them each
time; here the same converters and plugins run in this process, in the course's own folder.
"""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from traitlets.config import Config

from autograder.errors import GraderError

LOG = "demo.log"
_BEGINS_A_NOTEBOOK = "Converting notebook "
_log = logging.getLogger("autograder.demo")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The steps of a term for one course; what they print goes to its log."""

    root: Path
    config: Config
    log: TextIO
    ticks: "_Ticks"

    def release(self, assignment: str) -> None:
        """Do what `nbgrader generate_assignment` does."""
        from nbgrader.converters import GenerateAssignment

        self._convert(GenerateAssignment, assignment)

    def grade(self, assignment: str) -> None:
        """Do what `autograder grade` does."""
        from autograder.grading.command import Options, run

        with redirect_stdout(self.log):
            graded = run(Options(self.root, assignment))
        if not graded:
            raise self._failed(f"grading {assignment}")

    def feedback(self, assignment: str, tick: Callable[[], None]) -> None:
        """Do what `nbgrader generate_feedback` does; `tick` is called for each notebook."""
        from nbgrader.converters import GenerateFeedback

        self.ticks.tick = tick
        self._convert(GenerateFeedback, assignment)

    def report(self, assignment: str) -> None:
        """Do what `autograder report` does, into `report/`."""
        from autograder.report.command import run

        with redirect_stdout(self.log):
            run(self.root, assignment, self.root / "report" / f"{assignment}.html")

    def export(self) -> None:
        """Do what `nbgrader export` does."""
        from nbgrader.api import Gradebook
        from nbgrader.plugins import CsvExportPlugin

        with Gradebook(f"sqlite:///{self.root}/gradebook.db") as book:
            CsvExportPlugin(config=self.config).export(book)

    def _convert(self, converter: type, assignment: str) -> None:
        from nbgrader.coursedir import CourseDirectory

        place = CourseDirectory(config=self.config, root=str(self.root), assignment_id=assignment)
        work = converter(coursedir=place, config=self.config)
        work.log = _log
        try:
            work.start()
        except SystemExit as error:  # nbgrader ends so when a notebook cannot be converted
            raise self._failed(f"{converter.__name__} of {assignment}") from error

    def _failed(self, step: str) -> GraderError:
        return GraderError(
            f"{step} failed", file=self.root / LOG, remedy="read the last lines of that log"
        )


class _Ticks(logging.Handler):
    """Counts the notebooks that a converter begins."""

    def __init__(self) -> None:
        super().__init__()
        self.tick: Callable[[], None] = lambda: None

    def emit(self, record: logging.LogRecord) -> None:
        if _BEGINS_A_NOTEBOOK in record.getMessage():
            self.tick()


@contextmanager
def pipeline(root: Path) -> Iterator[Pipeline]:
    """Enter a course's folder; on leaving it, all is as it was.

    Parameters
    ----------
    root : Path
        A folder with `nbgrader_config.py` and `source/`.
    """
    from autograder.release.config import course_config

    with (
        (root / LOG).open("a", encoding="utf-8") as log,
        # nbgrader looks for source/ and writes grades.csv where it is started
        chdir(root),
        _own_settings(root),
    ):
        ticks = _Ticks()
        handlers: list[logging.Handler] = [ticks, logging.StreamHandler(log)]
        loggers = [_log, logging.getLogger("traitlets")]
        before = [(logger.handlers, logger.propagate, logger.level) for logger in loggers]
        for logger in loggers:
            logger.handlers, logger.propagate = handlers, False
            logger.setLevel(logging.INFO)
        try:
            yield Pipeline(root, course_config(root), log, ticks)
        finally:
            for logger, (handlers, propagate, level) in zip(loggers, before, strict=True):
                logger.handlers, logger.propagate = handlers, propagate
                logger.setLevel(level)


@contextmanager
def _own_settings(root: Path) -> Iterator[None]:
    """The user's own Jupyter and IPython settings must not change a grade."""
    own = {"IPYTHONDIR": str(root / ".ipython"), "JUPYTER_CONFIG_DIR": str(root / ".jupyter")}
    before = {name: os.environ.get(name) for name in own}
    os.environ |= own
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value

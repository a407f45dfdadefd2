"""The page that leads to all that the demo made."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from autograder.demo.scores import Score
from autograder.files import write_output


def write_index(file: Path, tables: Mapping[str, list[Score]]) -> None:
    """Write a page with every score, each a link to its feedback, and the reports.

    Parameters
    ----------
    tables : mapping
        By assignment, every student's scores.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    students = len(next(iter(tables.values())))
    page = environment.get_template("index.html").render(tables=tables, students=students)
    write_output(file, page)

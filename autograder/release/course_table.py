"""The README's course table, made from the notebooks' own texts."""

import re
from collections.abc import Sequence

from autograder.authoring.cells import Notebook, Role
from autograder.errors import GraderError

BEGIN, END = "<!-- course-table -->", "<!-- /course-table -->"
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_TIME = re.compile(r"\*\*Time\*\* about (\d+) minutes")
_POINTS = re.compile(r"\*\*Points\*\* (\d+(?:\.\d+)?)")


def stated(notebook: Notebook) -> tuple[str, int, float]:
    """Title, minutes and points that a notebook's first cell promises.

    Raises
    ------
    GraderError
        If one of them is missing, or the points are not those of its cells.
    """
    text = notebook.cells[0].source
    title, time, points = (pattern.search(text) for pattern in (_TITLE, _TIME, _POINTS))
    if notebook.cells[0].kind != "markdown" or not (title and time and points):
        raise GraderError(
            "the first cell states no title, time or points",
            file=notebook.file,
            line=1,
            remedy="begin with `# Title` and `**Time** about 60 minutes · **Points** 20`",
        )
    total = notebook.auto_points + notebook.manual_points
    if float(points[1]) != total:
        raise GraderError(
            f"the first cell promises {points[1]} points, the cells give {total:g}",
            file=notebook.file,
            line=1,
            remedy=f"write `**Points** {total:g}`",
        )
    return title[1].strip(), int(time[1]), float(points[1])


def table(notebooks: Sequence[Notebook]) -> str:
    """The table in Markdown, one row a notebook."""
    rows = [
        "| assignment | notebook | stubs | test cells | points | minutes |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for notebook in notebooks:
        title, minutes, points = stated(notebook)
        link = f"release/{notebook.assignment}/{notebook.name}.ipynb"
        stubs, tests = len(notebook.having(Role.SOLUTION)), len(notebook.having(Role.TESTS))
        rows.append(
            f"| {notebook.assignment} | [{title}]({link}) "
            f"| {stubs} | {tests} | {points:g} | {minutes} |"
        )
    return "\n".join(rows)


def with_table(readme: str, notebooks: Sequence[Notebook]) -> str:
    """The README with its table made anew; unchanged if it has no place for one."""
    head, begin, rest = readme.partition(BEGIN)
    _old, end, tail = rest.partition(END)
    if not begin or not end:
        return readme
    return f"{head}{BEGIN}\n{table(notebooks)}\n{END}{tail}"

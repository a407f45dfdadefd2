"""nbgrader preprocessor: the table of scores that stands on top of a page."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution, is_task

from autograder.feedback.as_released import read_facts
from autograder.feedback.plain import plain

_REASON = 220
WRITTEN = "Written answers"
PASSED, PART, LOST, WAITS = "passed", "part", "lost", "waits"


@dataclass(frozen=True, slots=True)
class Row:
    """One graded cell.

    Attributes
    ----------
    group : str
        The function that it tests; of written answers `WRITTEN`.
    name : str
        What it is about, in words.
    state : str
        `PASSED`, `PART` of the points, `LOST` or `WAITS` for a person.
    said : str
        Why, where points are missing or a person gave them.
    """

    grade_id: str
    group: str
    name: str
    points: float
    most: float
    state: str
    said: str = ""
    comment: bool = False

    @property
    def is_test(self) -> bool:
        """Whether a machine decided."""
        return self.group != WRITTEN


@dataclass(frozen=True, slots=True)
class Scores:
    """All that the top of a page says. Points are those of the gradebook."""

    title: str
    points: float
    most: float
    penalty: float
    rows: tuple[Row, ...]

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """Rows by what they test, in the notebook's order, written answers last."""
        found: dict[str, list[Row]] = {row.group: [] for row in [*self.tests, *self.rows]}
        for row in self.rows:
            found[row.group].append(row)
        return list(found.items())

    @property
    def tests(self) -> list[Row]:
        """What a machine decided."""
        return [row for row in self.rows if row.is_test]

    @property
    def passed(self) -> int:
        """How many tests have all their points."""
        return sum(row.state == PASSED for row in self.tests)

    @property
    def first_lost(self) -> Row | None:
        """Where to begin: later tests often fail for the same reason."""
        return next((row for row in self.tests if row.state in {LOST, PART}), None)

    @property
    def waiting(self) -> list[Row]:
        """Answers that a person has yet to read."""
        return [row for row in self.rows if row.state == WAITS]


class SumUp(NbGraderPreprocessor):  # type: ignore[misc] # untyped base
    """Put `Scores` into `resources["scores"]`, and each cell's `Row` into its metadata."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Read a notebook that has its grades and reasons already."""
        place = resources["nbgrader"]
        facts = read_facts(Path("source") / place["assignment"] / f"{place['notebook']}.ipynb")
        stubs = [
            cell.metadata.nbgrader.grade_id
            for cell in nb.cells
            if is_solution(cell) and not is_grade(cell)
        ]
        rows = []
        for cell in nb.cells:
            if is_grade(cell) or is_task(cell):
                grade_id = cell.metadata.nbgrader.grade_id
                row = _row(cell, *_words(cell, facts.get(grade_id, {}).get("idea"), stubs))
                rows.append(row)
                cell.metadata["row"] = row
        title = facts.get("", {}).get("title") or place["notebook"].replace("_", " ")
        resources["scores"] = Scores(
            title, place["score"], place["max_score"], place["late_penalty"], tuple(rows)
        )
        return nb, resources


def _words(cell: NotebookNode, idea: str | None, stubs: list[str]) -> tuple[str, str]:
    """Of a test, the function and what is tested of it; of a written answer, its subject."""
    grade_id: str = cell.metadata.nbgrader.grade_id
    name = grade_id.removeprefix("test_")
    if is_solution(cell) or is_task(cell):
        return WRITTEN, grade_id.replace("_", " ")
    if idea is not None:
        stub = name.removesuffix(f"_{idea}")
    else:
        named = [stub for stub in stubs if f"{name}_".startswith(f"{stub}_")]
        stub = max(named, key=len, default=name)
        idea = name[len(stub) + 1 :]
    return stub, idea.replace("_", " ") or "basic test"


def _row(cell: NotebookNode, group: str, name: str) -> Row:
    meta, grade = cell.metadata.nbgrader, cell.metadata.get("grade", {})
    points, most = float(meta.get("score") or 0), float(meta.get("points") or 0)
    why = cell.metadata.get("why", {})
    reason = f"{why.get('said', '')} {why.get('advice', '')}".strip()
    comment = str(meta.get("comment") or "")
    waits = bool(grade.get("waits"))
    state = WAITS if waits else PASSED if points >= most else PART if points > 0 else LOST
    if group == WRITTEN:
        said = "A person will read it." if waits else ""
        # nbgrader's own remark on an answer that was left as it was
        said = "Not answered." if state == LOST and comment == "No response." else said
    elif grade.get("by_hand"):
        said = f"Points given by hand. {reason}".rstrip()
    else:
        said = "" if state == PASSED else reason or "No reason was recorded."
    return Row(
        meta.grade_id,
        group,
        name,
        points,
        most,
        state,
        _short(said),
        bool(comment) and comment != "No response.",
    )


def _short(text: str) -> str:
    text = " ".join(plain(text).split())
    return text if len(text) <= _REASON else f"{text[:_REASON].rsplit(' ', 1)[0]} …"

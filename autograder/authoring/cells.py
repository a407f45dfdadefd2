"""What a cell of the text source is: data, no behaviour."""

from dataclasses import dataclass, field
from enum import StrEnum

from autograder.authoring.markers import HIDDEN, SOLUTION, without_regions


class Role(StrEnum):
    """What a cell is for. A cell without a role is the student's own to change."""

    PLAIN = "plain"
    SOLUTION = "solution"
    TESTS = "tests"
    LOCKED = "locked"
    SHOW = "show"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a text source.

    Attributes
    ----------
    kind : str
        `code` or `markdown`.
    line, first_line : int
        1-based lines of its `# %%` marker and of its first line of text.
    grade_id : str
        nbgrader's name of the cell; empty for a plain cell.
    target : str
        The solution that a test cell tests.
    timeout : float or None
        CPU seconds that the cell may use, if it differs from the default.
    picture : str
        The `show` cell whose figure, drawn with the reference, this markdown cell embeds.
    """

    kind: str
    source: str
    line: int
    first_line: int
    role: Role = Role.PLAIN
    grade_id: str = ""
    target: str = ""
    idea: str = ""
    hint: str = ""
    points: float | None = None
    timeout: float | None = None
    mutates: tuple[str, ...] = ()
    picture: str = ""

    @property
    def visible(self) -> str:
        """The test lines that a student sees: the cell without its hidden region."""
        return without_regions(self.source, HIDDEN)

    @property
    def given(self) -> str:
        """The lines of a solution cell that a student is given."""
        return without_regions(self.source, SOLUTION)

    @property
    def all_hidden(self) -> bool:
        """Whether a test cell would be empty once its hidden region is gone."""
        return self.role is Role.TESTS and not self.visible.strip()


@dataclass(frozen=True, slots=True)
class Notebook:
    """A parsed text source. `file` is how messages name it."""

    assignment: str
    name: str
    file: str
    cells: tuple[Cell, ...] = field(default_factory=tuple)

    def having(self, *roles: Role) -> list[Cell]:
        """The cells with one of these roles, in order."""
        return [cell for cell in self.cells if cell.role in roles]

    def cell(self, grade_id: str) -> Cell:
        """The cell of this grade_id; `KeyError` if there is none."""
        for cell in self.cells:
            if grade_id and cell.grade_id == grade_id:
                return cell
        raise KeyError(grade_id)

    @property
    def auto_points(self) -> float:
        """Points that the hidden and visible tests give."""
        return sum(cell.points or 0 for cell in self.having(Role.TESTS))

    @property
    def manual_points(self) -> float:
        """Points that a person gives."""
        return sum(cell.points or 0 for cell in self.having(Role.MANUAL))

"""Whether two gradings of one class gave the same: results, gradebook, notebooks, pages.

    python tests/end_to_end/same_outcome.py BEFORE AFTER

compares two course folders, such as those that `autograder demo --into FOLDER` makes with two
versions of the grader. It prints what differs and exits 1, or says how much is the same. A change
that is meant to move code and nothing else is proven with it.
"""

import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDERS = {"results": "*.json", "autograded": "*", "feedback": "*", "report": "*.html"}
# the report shows CPU seconds, which no two runs share
_SECONDS = re.compile(rb'<td class="n more"[^>]*>[^<]*</td>|<td class="n">[0-9.]+ s</td>')
_ROWS = """
select student.id, assignment.name, notebook.name, base_cell.name, base_cell.type,
       grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade
from grade
join submitted_notebook on submitted_notebook.id = grade.notebook_id
join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
join student on student.id = submitted_assignment.student_id
join assignment on assignment.id = submitted_assignment.assignment_id
join notebook on notebook.id = submitted_notebook.notebook_id
join base_cell on base_cell.id = grade.cell_id
"""
_COMMENTS = """
select student.id, base_cell.name, comment.auto_comment, comment.manual_comment
from comment
join submitted_notebook on submitted_notebook.id = comment.notebook_id
join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
join student on student.id = submitted_assignment.student_id
join base_cell on base_cell.id = comment.cell_id
"""
_SUBMISSIONS = "select student_id, timestamp, extension from submitted_assignment"


def files(root: Path) -> dict[str, bytes]:
    """Every file that grading makes, by its path in the course."""
    return {
        file.relative_to(root).as_posix(): _SECONDS.sub(b"", file.read_bytes())
        for folder, pattern in FOLDERS.items()
        for file in sorted((root / folder).rglob(pattern))
        if file.is_file()
    }


def rows(root: Path) -> list[tuple[object, ...]]:
    """Every grade and comment and the times of the submissions, sorted, without random keys."""
    with sqlite3.connect(root / "gradebook.db") as book:
        every = [row for query in (_ROWS, _COMMENTS, _SUBMISSIONS) for row in book.execute(query)]
    book.close()
    return sorted(every, key=repr)


def differences(before: Path, after: Path) -> Iterator[str]:
    """A line for each thing that is not the same."""
    old, new = files(before), files(after)
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            yield f"{name} is gone"
        elif name not in old:
            yield f"{name} is new"
        elif old[name] != new[name]:
            yield f"{name} differs"
    old_rows, new_rows = rows(before), rows(after)
    yield from (f"the gradebook lost {row}" for row in old_rows if row not in new_rows)
    yield from (f"the gradebook has gained {row}" for row in new_rows if row not in old_rows)


def main() -> int:
    """Compare the two folders that the command line names."""
    before, after = map(Path, sys.argv[1:3])
    different = list(differences(before, after))
    same = f"the same: {len(files(after))} files, {len(rows(after))} rows"
    sys.stdout.write("\n".join(different or [same]) + "\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())

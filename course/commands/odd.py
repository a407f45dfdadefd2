"""What looks odd in a saved notebook: edited and deleted cells, state that a fresh start lacks."""

from collections.abc import Iterator

from course.commands.notebooks import Cell, Notebook, Role
from course.commands.released import Released
from course.commands.run import Ends


def edited(cell: Cell, known: Released | None) -> bool:
    """Whether a cell differs from what was released; without a list, from what it itself says."""
    if known is not None and cell.grade_id in known.checksums:
        return known.checksums[cell.grade_id] != cell.now
    return not cell.untouched


def odd_cells(notebook: Notebook, known: Released | None) -> Iterator[str]:
    """Say which given cells were edited, deleted or doubled."""
    given = [cell for cell in notebook.cells if cell.role in (Role.TEST, Role.LOCKED)]
    changed = [cell.grade_id for cell in given if edited(cell, known)]
    if changed:
        yield f"edited, and graded as released: {', '.join(dict.fromkeys(changed))}"
    names = [cell.grade_id for cell in notebook.cells if cell.grade_id]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        yield f"there more than once, and only the first counts: {', '.join(twice)}"
    if known is None:
        return
    gone = [name for name in known.checksums if name not in names]
    given_back = [name for name in gone if name not in known.answers]
    if given_back:
        yield f"deleted, and put back when graded: {', '.join(given_back)}"
    lost = [name for name in gone if name in known.answers]
    if lost:
        yield (
            f"deleted, and graded as empty: {', '.join(lost)}. Get the notebook again and copy "
            "your answers into it"
        )


def _broken_setup(notebook: Notebook, ends: Ends) -> Iterator[str]:
    """The first set-up cell that fails by itself: what comes after it fails with it."""
    for cell in notebook.cells:
        problem = ends.get(cell.number)
        if cell.role is Role.TEST:
            return
        if cell.role is Role.LOCKED and problem is not None and not problem.to_do:
            yield f"the set-up cell {cell.grade_id!r} does not run: {problem.said()}"
            return


def odd_state(notebook: Notebook, ends: Ends | None) -> Iterator[str]:
    """Say where what the student saw in Jupyter is not what the saved file gives."""
    counts = [cell.count for cell in notebook.cells if cell.count is not None]
    if counts != sorted(set(counts)):
        yield (
            "its cells were run in another order than they stand in. "
            "In Jupyter, choose Kernel, then Restart Kernel and Run All Cells"
        )
    if ends is None:
        return
    yield from _broken_setup(notebook, ends)
    was_run = [cell for cell in notebook.cells if cell.count is not None]
    unrun = [
        cell.grade_id
        for cell in notebook.having(Role.ANSWER)
        if cell.count is None and not cell.untouched
    ]
    if was_run and unrun:
        yield f"written, but not run before you saved: {', '.join(unrun)}"
    for before, now, advice in (
        (
            True,
            False,
            "passed when you last ran it, but fails from a fresh start: {}. It uses "
            "something that you changed or deleted since",
        ),
        (
            False,
            True,
            "failed when you last ran it, but passes now: {}. What you see in Jupyter "
            "is older than your answer; run all cells and save",
        ),
    ):
        names = [
            cell.grade_id
            for cell in notebook.having(Role.TEST)
            if cell.count is not None
            and cell.number in ends
            and cell.tests_something
            and (not cell.failed) is before
            and (ends[cell.number] is None) is now
        ]
        if names:
            yield advice.format(", ".join(names))

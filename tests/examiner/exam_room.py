"""Lessons made by hand, and students who sit for them: real zygote, real worker, real sandbox."""

import ast
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.authoring.markers import HIDDEN, inside
from autograder.authoring.names import bound, imported_modules, parameters
from autograder.examiner.examine import Examination, StudentCell
from autograder.examiner.lesson import Lesson, LessonCell
from autograder.examiner.limits import Limits
from autograder.examiner.results import CellResult, NotebookResult
from autograder.examiner.warm import Zygote
from autograder.examiner.zygotes import warm_zygote
from autograder.sandbox.choose import choose_tier

SETUP = """\
import asyncio
import contextlib
import io
import itertools

import numpy as np
import pandas as pd
import pytest

from course.checks import (
    CheckFailed, check_array, check_close, check_equal, check_no_loops, check_raises,
)
"""


@dataclass(frozen=True)
class Test:
    """A test cell: its text, and what else an author can say of it."""

    __test__ = False

    source: str
    hint: str = ""
    timeout: float | None = None
    points: float = 1.0


def lesson(
    *tests: str | Test,
    stubs: Sequence[str] = (),
    mutates: Mapping[str, Sequence[str]] | None = None,
    classes: Sequence[str] = (),
    setup: str = SETUP,
) -> Lesson:
    """A notebook of a setup cell and test cells.

    Parameters
    ----------
    stubs : sequence of str
        Heads of functions that the student is to write, such as "double(X)".
    mutates : mapping, optional
        The arguments that a stub may change.
    classes : sequence of str
        Classes that the student is to write.
    """
    cells = [_cell("setup", "locked", setup)]
    parameter_names: dict[str, tuple[str, ...]] = dict.fromkeys(classes, ())
    for head in stubs:
        tree = ast.parse(f"def {head}: ...")
        for name in bound(tree):
            parameter_names[name] = parameters(tree, name) or ()
    for number, given in enumerate(tests, 1):
        test = given if isinstance(given, Test) else Test(given)
        cells.append(_cell(f"test_{number}", "tests", test.source, test))
    return Lesson(
        name="by_hand",
        cells=tuple(cells),
        modules=tuple(imported_modules(ast.parse(setup))),
        stubs=parameter_names,
        mutable={name: frozenset(labels) for name, labels in (mutates or {}).items()},
        classes=frozenset(classes),
    )


def _cell(name: str, role: str, source: str, test: Test | None = None) -> LessonCell:
    return LessonCell(
        id=name,
        grade_id=name,
        role=role,
        source=source,
        points=test.points if test else 0.0,
        hint=test.hint if test else "",
        timeout=test.timeout if test else None,
        hidden=frozenset(line + 1 for line in inside(source, HIDDEN)),
    )


def hidden(text: str) -> str:
    """The text of a test, fenced as hidden."""
    return f"### BEGIN HIDDEN TESTS\n{text}\n### END HIDDEN TESTS"


def sit(exam: Lesson, *answers: str | StudentCell, limits: Limits | None = None) -> NotebookResult:
    """Grade a student whose cells these are."""
    limits = limits or Limits()
    cells = [StudentCell(cell.id, cell.source) for cell in exam.locked]
    for number, answer in enumerate(answers, 1):
        given = answer if isinstance(answer, StudentCell) else StudentCell(f"a{number}", answer)
        cells.append(given)
    return Examination(exam, cells, zygote(exam.modules, limits), limits).run()


def verdict(answer: str, test: str | Test, **more: object) -> CellResult:
    """Grade one answer by one test."""
    [result] = sit(lesson(test, **more), answer).tests  # type: ignore[arg-type]
    return result


def zygote(modules: Sequence[str], limits: Limits) -> Zygote:
    return warm_zygote(modules, tier(), limits)


@functools.cache
def tier() -> int:
    return choose_tier()

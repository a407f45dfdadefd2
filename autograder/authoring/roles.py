"""From the options on a `# %%` line to a role, or a refusal that says how to mend it."""

import difflib
import re
from collections.abc import Mapping
from typing import Any

from autograder.authoring.cells import Cell, Role
from autograder.errors import GraderError

# option that gives a cell its role -> the further options it takes
ROLES: dict[Role, frozenset[str]] = {
    Role.SOLUTION: frozenset({"mutates", "timeout"}),
    Role.TESTS: frozenset({"idea", "points", "hint", "timeout"}),
    Role.LOCKED: frozenset({"timeout"}),
    Role.SHOW: frozenset({"timeout"}),
    Role.MANUAL: frozenset({"points"}),
}
_OPTIONS = sorted({"picture", *(role.value for role in ROLES)}.union(*ROLES.values()))
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def cell_with_role(
    *, kind: str, source: str, options: Mapping[str, Any], line: int, first: int, file: str
) -> Cell:
    """Check the options of one cell and build it.

    Raises
    ------
    GraderError
        For an unknown or misspelt option, two roles, a missing or wrong value.
    """

    def refuse(message: str, remedy: str) -> GraderError:
        return GraderError(message, file=file, line=line, remedy=remedy)

    _refuse_unknown(options, refuse)
    given = [role for role in ROLES if role.value in options]
    if len(given) > 1:
        raise refuse(
            f"a cell with two roles: {' and '.join(given)}", "split it into one cell a role"
        )
    if not given:
        if kind == "markdown" and set(options) == {"picture"}:
            picture = _name(options, "picture", refuse)
            return Cell(kind=kind, source=source, line=line, first_line=first, picture=picture)
        if options:
            name = next(iter(options))
            raise refuse(
                f"`{name}` on a cell without a role",
                f"give it one of {', '.join(f'`{role}=`' for role in ROLES)}, or drop `{name}`",
            )
        return Cell(kind=kind, source=source, line=line, first_line=first)

    role = given[0]
    for name in options:
        if name != role.value and name not in ROLES[role]:
            raise refuse(
                f"`{name}` means nothing on a `{role}` cell",
                f"a `{role}` cell takes {_listed(ROLES[role])}",
            )
    expected_kind = "markdown" if role is Role.MANUAL else "code"
    if kind != expected_kind:
        raise refuse(f"`{role}` on a {kind} cell", f"make it a {expected_kind} cell")

    target = _name(options, role.value, refuse)
    idea = _name(options, "idea", refuse) if "idea" in options else ""
    grade_id = target
    if role is Role.TESTS:
        grade_id = f"test_{target}" + (f"_{idea}" if idea else "")
    if role in {Role.TESTS, Role.MANUAL} and "points" not in options:
        raise refuse(f"a `{role}` cell without points", "add `points=1`")
    return Cell(
        kind=kind,
        source=source,
        line=line,
        first_line=first,
        role=role,
        grade_id=grade_id,
        target=target if role is Role.TESTS else "",
        idea=idea,
        hint=_text(options, "hint", refuse),
        points=_positive(options, "points", refuse),
        timeout=_positive(options, "timeout", refuse),
        mutates=tuple(_text(options, "mutates", refuse).replace(",", " ").split()),
    )


def _refuse_unknown(options: Mapping[str, Any], refuse: Any) -> None:
    for name in options:
        if name == "title":
            # jupytext reads bare words after `# %%` as a title
            words = options["title"]
            raise refuse(
                f"`{words}` after `# %%` is a title, not a role",
                'write a role as `solution="name"`, or put the words into a markdown cell',
            )
        if name not in _OPTIONS:
            near = difflib.get_close_matches(name, _OPTIONS, n=1)
            raise refuse(
                f"unknown option `{name}`",
                f"did you mean `{near[0]}`?" if near else f"options are {_listed(_OPTIONS)}",
            )


def _listed(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names)) or "no option"


def _name(options: Mapping[str, Any], key: str, refuse: Any) -> str:
    value = options[key]
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise refuse(
            f"{key}={value!r} is not a name",
            f'write {key}="letters_digits_and_underscores"',
        )
    return value


def _text(options: Mapping[str, Any], key: str, refuse: Any) -> str:
    value = options.get(key, "")
    if not isinstance(value, str) or (key in options and not value.strip()):
        raise refuse(f"{key}={value!r} is not a sentence", f'write {key}="…" or drop it')
    return value


def _positive(options: Mapping[str, Any], key: str, refuse: Any) -> float | None:
    if key not in options:
        return None
    value = options[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise refuse(f"{key}={value!r} is not a positive number", f"write {key}=1")
    return value

"""Write docs/commands.md: every command and option, in the words of its own `--help`.

    .venv/bin/python docs/make_commands.py

`tests/test_docs.py` fails while the page says anything else than the commands do.
"""

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import autograder.cli
import course.commands.line

PAGE = Path(__file__).parent / "commands.md"
# what students type needs nothing but `course`, and stands last: this page is for instructors
MAINS = (autograder.cli.main, course.commands.line.main)
_HEAD = """\
# Commands

Every command and option, as `--help` tells it. Written by
[make_commands.py](make_commands.py): change the command's own words, not this page.

"""
_CODE = re.compile(r"(`[^`]*`)")


class _Reached(BaseException):
    """The parser is complete."""


def parsers() -> Iterator[argparse.ArgumentParser]:
    """Every command's parser, each before those of its own commands."""
    for main in MAINS:
        yield from _below(_parser_of(main))


def actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """The arguments and options of one command, without `--help` and without its commands."""
    return [
        one
        for one in parser._actions
        if not isinstance(one, argparse._HelpAction | argparse._SubParsersAction)
    ]


def commands(parser: argparse.ArgumentParser) -> dict[str, str]:
    """What a command's own commands are called, and the line that introduces each."""
    group = _group(parser)
    return {one.dest: one.help or "" for one in group._choices_actions} if group else {}


def page() -> str:
    """The page as it should be."""
    found = list(parsers())
    rows = "\n".join(
        f"| [`{parser.prog} {name}`](#{_anchor(f'{parser.prog} {name}')}) | {_plain(said)} |"
        for parser in found
        for name, said in commands(parser).items()
    )
    return _HEAD + f"| command | |\n|---|---|\n{rows}\n\n" + "\n".join(map(_section, found))


def _parser_of(main: Callable[[Sequence[str]], int]) -> argparse.ArgumentParser:
    caught: list[argparse.ArgumentParser] = []

    def parse_args(self: argparse.ArgumentParser, *_: object) -> None:
        caught.append(self)
        raise _Reached

    with patch.object(argparse.ArgumentParser, "parse_args", parse_args):
        try:
            main([])
        except _Reached:
            return caught[0]
    raise AssertionError(f"{main} reads no arguments")


def _below(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    if group := _group(parser):
        for one in group.choices.values():
            yield from _below(one)


def _group(parser: argparse.ArgumentParser) -> "argparse._SubParsersAction[Any] | None":
    groups = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return next(groups, None)


def _anchor(words: str) -> str:
    return re.sub(r"[^\w -]", "", words.lower()).replace(" ", "-")


def _section(parser: argparse.ArgumentParser) -> str:
    own = actions(parser)
    words = [parser.prog, *map(_synopsis, sorted(own, key=lambda one: not one.option_strings))]
    if group := _group(parser):
        words.append(f"{group.metavar} …")
    parts = [f"## {parser.prog}", f"    {' '.join(words)}", _plain(parser.description or "")]
    if own:
        rows = "\n".join(f"| `{_bars(_name(one))}` | {_plain(_help(parser, one))} |" for one in own)
        parts.append(f"| | |\n|---|---|\n{rows}")
    if parser.epilog:
        parts.append(f"```text\n{parser.epilog.rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


def _synopsis(action: argparse.Action) -> str:
    name = _name(action)
    if action.option_strings:
        return name if action.required else f"[{name}]"
    many = f"{name} …" if action.nargs in {"*", "+"} else name
    return f"[{many}]" if action.nargs in {"*", "?"} else many


def _name(action: argparse.Action) -> str:
    shown = action.metavar or ("|".join(action.choices) if action.choices else action.dest)
    if not action.option_strings:
        return str(shown)
    flag = action.option_strings[-1]
    return flag if action.nargs == 0 else f"{flag} {shown}"


def _help(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    return parser._get_formatter()._expand_help(action) if action.help else ""


def _plain(text: str) -> str:
    """Text that Markdown shows as it is, but for what stands in backticks."""
    pieces = _CODE.split(" ".join(text.split()))
    escaped = (
        one if one.startswith("`") else re.sub(r"([*\[\]\\])", r"\\\1", one).replace("<", "&lt;")
        for one in pieces
    )
    return _bars("".join(escaped))


def _bars(text: str) -> str:
    # a bar would end the cell of a table even in backticks
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

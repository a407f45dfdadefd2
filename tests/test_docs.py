"""The written words hold: links lead somewhere, commands exist, messages are those of the code."""

import argparse
import ast
import importlib.util
import math
import re
import shlex
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from nbgrader.apps.nbgraderapp import NbGraderApp
from PIL import Image

from autograder.examiner.limits import Limits
from autograder.examiner.results import Status
from autograder.feedback import wording
from autograder.sandbox.limits import _THREADS, _THREADS_A_PROCESSOR
from autograder.worker import caps

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    [
        *DOCS.glob("*.md"),
        *(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG", "SECURITY")),
    ]
)
GUIDES = [page for page in PAGES if page.name != "CHANGELOG.md"]
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def ids(path: Path) -> str:
    return path.name


def prose(page: Path) -> str:
    """A page without its fenced code, in which brackets are no links."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


# links and pictures ---------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to a page's headings."""
    headings = re.findall(r"^#+ +(.*)$", prose(page), flags=re.MULTILINE)
    words = (re.sub(r"\]\([^)]*\)", "", heading) for heading in headings)
    return {re.sub(r"[^\w -]", "", one.strip().lower()).replace(" ", "-") for one in words}


def links(page: Path) -> list[tuple[bool, str, str]]:
    """Each link: whether it is a picture, its words, where it leads."""
    code = re.compile(r"`[^`\n]*`")
    return [
        (bool(mark), words, target)
        for mark, words, target in LINK.findall(code.sub("code", prose(page)))
    ]


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for _, _, target in links(page):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            lost.append(target)
    assert lost == []


def test_every_guide_can_be_reached_from_the_readme() -> None:
    reached, left = set(), [ROOT / "README.md"]
    while left:
        page = left.pop()
        reached.add(page)
        targets = (target.partition("#")[0] for _, _, target in links(page))
        files = {(page.parent / name).resolve() for name in targets if name.endswith(".md")}
        left += [file for file in files - reached if file.is_file()]
    assert set(GUIDES) <= reached


def test_every_picture_has_words_for_those_who_cannot_see_it_and_is_small() -> None:
    shown = {
        (page.parent / target).resolve(): words
        for page in PAGES
        for is_picture, words, target in links(page)
        if is_picture
    }
    assert set(shown) == set((DOCS / "pictures").glob("*.png"))
    for file, words in shown.items():
        assert len(words) >= 60, f"{file.name}: {words!r} says too little"
        assert file.stat().st_size <= 150_000, file.name
        with Image.open(file) as picture:
            assert picture.width <= 1200, file.name


# commands -------------------------------------------------------------------------------------


@cache
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_commands", DOCS / "make_commands.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def parsers() -> dict[str, argparse.ArgumentParser]:
    return {parser.prog: parser for parser in generator().parsers()}


def test_every_command_and_option_says_what_it_does() -> None:
    silent = []
    for program, parser in parsers().items():
        silent += [program] if not parser.description else []
        silent += [
            f"{program} {name}" for name, said in generator().commands(parser).items() if not said
        ]
        silent += [f"{program} {one.dest}" for one in generator().actions(parser) if not one.help]
    assert silent == []


def test_the_page_of_commands_says_what_the_commands_say() -> None:
    written = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert written == generator().page(), "run .venv/bin/python docs/make_commands.py"


def test_the_page_of_commands_names_every_command_and_long_option() -> None:
    # by the parsers themselves, not by the generator: it might forget one
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    for program, parser in parsers().items():
        section = page.partition(f"\n## {program}\n")[2].partition("\n## ")[0]
        assert section, program
        for option in parser._option_string_actions:
            assert option in {"-h", "--help"} or f"`{option}" in section, f"{program} {option}"


def quoted(page: Path) -> list[str]:
    """Every command of ours, of nbgrader and of make that a page quotes."""
    text = page.read_text(encoding="utf-8")
    inline = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", FENCE.sub("", text))
    fenced = [line for block in FENCE.findall(text) for line in block.split("\n")]
    indented = [line[4:] for line in text.split("\n") if line.startswith("    ")]
    found = []
    for line in (*inline, *fenced, *indented):
        words = re.sub(r"^\s*(\$ |\.venv/bin/|[A-Z_]+=\S+ )*", "", line)
        words = re.split(r"\s+#\s|\s[|&]+\s", words)[0].strip()
        if re.match(r"(autograder|nbgrader|make|python -m course)( [a-z<-]|$)", words):
            found.append(words)
    return found


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))


def complaint(words: str) -> str:
    """What is wrong with a quoted command; nothing if it could be typed."""
    if "…" in words or "COMMAND" in words or "FORM" in words or words.endswith("--help"):
        return ""
    if words in parsers():
        return ""  # its name, in a sentence
    program, *rest = shlex.split(words)
    if program == "make":
        unknown = {word for word in rest if "=" not in word} - targets()
        return f"no target {unknown}" if unknown else ""
    if program == "nbgrader":
        return "" if not rest or rest[0] in NbGraderApp().subcommands else f"no command {rest[0]}"
    if program == "python":
        program, rest = "python -m course", rest[2:]
    try:
        if rest:
            parsers()[program].parse_args(rest)
    except SystemExit:
        return "it is refused"
    return ""


@pytest.mark.parametrize("page", [page for page in GUIDES if page.name != "commands.md"], ids=ids)
def test_every_quoted_command_can_be_typed(page: Path) -> None:
    wrong = {words: said for words in quoted(page) if (said := complaint(words))}
    assert wrong == {}


@pytest.mark.parametrize(
    "words",
    [
        "autograder grade day01_numpy --all",
        "autograder garde day01_numpy",
        "python -m course submit release/day01_numpy",
        "nbgrader generate_assignement day01_numpy",
        "make demos",
    ],
)
def test_a_command_that_does_not_exist_would_be_noticed(words: str) -> None:
    assert complaint(words)


# messages -------------------------------------------------------------------------------------


@cache
def said_by_the_code() -> str:
    """Every piece of text in `autograder`, `course` and the Makefile, one after another."""
    pieces = [(ROOT / "Makefile").read_text(encoding="utf-8")]
    for package in ("autograder", "course"):
        for file in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    parts = (one.value for one in node.values if isinstance(one, ast.Constant))
                    # a gap in a message is filled when it is said
                    pieces.append("\0".join(map(str, parts)))
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    pieces.append(node.value)
    return "\n".join(pieces)


def rows(page: Path) -> list[list[str]]:
    """The cells of every row of a page's tables, heads left out."""
    lines = re.findall(r"^\|(.*)\|$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [[cell.strip() for cell in line.split("|")] for line in lines if "---" not in line]


# what others say, or what is a word for a whole family of messages
FOREIGN = {"submission_secret.txt", "alembic", "misspelt", "No module named 'course'"}


def test_every_message_in_the_troubleshooting_is_one_that_is_said() -> None:
    unsaid = []
    for first, *_ in rows(DOCS / "troubleshooting.md"):
        for message in re.findall(r"`([^`]+)`", first):
            if message in FOREIGN:
                continue
            # names, numbers and what is left out stand in for something else each time
            parts = re.split(
                r"…|'[^']*'|\d+(?:\.\d+)*|<[^>]+>|\bday\w+|submitted/\S+|\btorch\b", message
            )
            unsaid += [
                part
                for one in parts
                if len(part := one.strip(" ,;:.")) > 3 and part not in said_by_the_code()
            ]
    assert unsaid == []


QUOTED_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_promise_of_the_sandbox_names_a_test_that_exists() -> None:
    page = (ROOT / "docs" / "sandbox.md").read_text("utf-8")
    part = page.partition("## Each promise, and what proves it")[2].partition("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10
    for row in rows:
        assert QUOTED_TEST.search(row), f"no test: {row}"
    for file, name in QUOTED_TEST.findall(page):
        assert f"def {name}(" in (ROOT / file).read_text("utf-8"), f"{file} has no {name}"


def test_the_limits_of_the_sandbox_are_those_of_the_code() -> None:
    page = (ROOT / "docs" / "sandbox.md").read_text("utf-8")
    mib = 2**20
    assert f"{caps.CELL // mib} MiB of UTF-8 |" in page
    assert f"{caps.NOTEBOOK // mib} MiB of UTF-8, {caps.PIECES} pieces" in page
    assert f"| {_THREADS}, and {_THREADS_A_PROCESSOR} for each processor;" in page
    limits = Limits()
    for seconds in (limits.cell, limits.test, limits.notebook):
        assert f"{seconds:g} CPU seconds" in page
    # verdicts but that a cell is missing, kinds of error that are told, any other, not written
    outcomes = len(Status) - 1 + len(wording._TELLABLE) + 2
    assert f"one of {outcomes} outcomes" in page
    assert f"log2 {outcomes} = {math.log2(outcomes):.1f} bits" in page

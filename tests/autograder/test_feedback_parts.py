"""The parts that clean what a student wrote, one by one."""

import json
import time
from pathlib import Path

import pytest
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat.v4 import new_code_cell, new_output

from autograder.feedback.formulas import NotTeXError, formula, mathml
from autograder.feedback.plain import plain
from autograder.feedback.prose import prose
from autograder.feedback.safe_html import safe_html
from autograder.feedback.tidy import tidy_outputs

ROOT = Path(__file__).resolve().parent.parent.parent


class Formulas(IPythonRenderer):
    """What nbconvert takes for formulas."""

    def __init__(self) -> None:
        super().__init__(escape=False)
        self.found: list[str] = []

    def block_math(self, body: str) -> str:
        self.found.append(body)
        return ""

    def inline_math(self, body: str) -> str:
        self.found.append(body)
        return ""

    def latex_environment(self, name: str, body: str) -> str:
        self.found.append(f"\\begin{{{name}}}{body}\\end{{{name}}}")
        return ""

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        return text


def formulas_of(file: Path) -> list[str]:
    renderer = Formulas()
    for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            MarkdownWithMath(renderer=renderer).render("".join(cell["source"]))
    return renderer.found


def test_every_formula_of_the_course_becomes_mathml() -> None:
    found = {tex for file in (ROOT / "source").rglob("*.ipynb") for tex in formulas_of(file)}
    assert len(found) > 500
    for tex in sorted(found):
        made = mathml(tex, block=False)
        # a command that is not known would stand there by its name
        assert "<mi>\\" not in made, tex


@pytest.mark.parametrize(
    ("tex", "gone"),
    [
        pytest.param(r"\text{<script>x</script>}", "<script", id="text"),
        pytest.param(r"\text{&lt;script>x}", "<script", id="escaped text"),
        pytest.param(r"\href{javascript:x}{y}", "href=", id="link"),
        pytest.param(r"\style{position:fixed}{y}", "style=", id="style"),
        pytest.param(r"\class{total}{y}", "class=", id="class"),
        pytest.param(r'x \text{" onclick="x}', '" onclick', id="alternative text"),
    ],
)
def test_a_formula_holds_no_markup_of_its_writer(tex: str, gone: str) -> None:
    made = formula(tex, block=False)
    assert made.startswith("<math ")
    assert gone not in made


@pytest.mark.parametrize(
    "tex", [r"\frac{1}{", "x^{" * 600, "x" * 3000], ids=["open", "deep", "long"]
)
def test_what_is_no_formula_stays_as_it_was_written(tex: str) -> None:
    with pytest.raises(NotTeXError):
        mathml(tex, block=False)
    assert formula(tex, block=False) == Markup("<code>${}$</code>").format(tex)


def test_a_formula_does_not_get_into_an_attribute() -> None:
    made = prose('<p title="\n\n$$\\text{ onmouseover=x }$$\n\n">quoted</p>')
    assert "title" not in made
    assert "<math" not in made.partition("quoted")[0].partition(">")[0]


def test_a_missing_attachment_or_a_mark_of_a_formula_does_not_stop_the_page() -> None:
    assert "[gone]" in prose("![gone](attachment:gone.png)")
    assert "after" in prose("&#xE000;7&#xE001; &#xE000;0&#xE001; after")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("\x1b[1;31mred\x1b[0m", "red", id="colour"),
        pytest.param("\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b", "ab", id="title and link"),
        pytest.param("\x9b2Ja\x00\x08\x7f\x85b", "ab", id="control characters"),
        pytest.param("50%\r100%\r\ndone\tnow", "50%\n100%\ndone\tnow", id="line ends"),
        pytest.param("a\u202eb\u2066", "a\ufffdb\ufffd", id="direction"),
        pytest.param(["a", "\x1b[2J", 7, "b"], "ab", id="list of lines"),
        pytest.param(None, "", id="no text"),
        pytest.param("x" * 30, "x" * 20 + "\n… cut here, 10 characters more", id="too long"),
    ],
)
def test_a_text_is_text(text: object, shown: str) -> None:
    assert plain(text, 20) == shown


def test_classes_of_code_and_tables_stay_and_those_of_our_page_do_not() -> None:
    assert safe_html('<table class="dataframe"><tr><th>1</th></tr></table>')
    made = safe_html('<p class="page-head">a</p><span class="k">b</span><p class="k total">c</p>')
    assert made == '<p>a</p><span class="k">b</span><p>c</p>'


@pytest.mark.parametrize(
    "html",
    ["<div>" * 100_000, "<table>" + "<b>x" * 50_000, "<b><i></p>" * 30_000, "<style>" * 100_000],
    ids=["div", "table", "formatting", "style"],
)
def test_html_that_would_take_minutes_is_not_read(html: str) -> None:
    start = time.process_time()
    output = new_output("display_data", {"text/html": html, "text/plain": "the text beside it"})
    cell = new_code_cell("", outputs=[output] * 3)
    tidy_outputs(cell)
    assert [dict(one.data) for one in cell.outputs] == [{"text/plain": "the text beside it"}] * 3
    # CPU seconds; with bleach alone one of them takes more than twenty
    assert time.process_time() - start < 5


def test_a_flood_of_outputs_is_cut_and_said() -> None:
    pictures = [new_output("display_data", {"image/png": "AAAA"}) for _ in range(80)]
    cell = new_code_cell("", outputs=pictures)
    tidy_outputs(cell)
    assert len(cell.outputs) == 51
    assert "after the first 50" in cell.outputs[-1].text
    many = [new_output("stream", name="stdout", text="x" * 100) for _ in range(2000)]
    cell = new_code_cell("", outputs=many)
    tidy_outputs(cell)
    assert len(cell.outputs) == 1
    assert "cut here, 140000 characters more" in cell.outputs[0].text

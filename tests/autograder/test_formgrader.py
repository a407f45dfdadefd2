"""Formgrader's page of a submission, made as formgrader makes it: no student's word acts there."""

import base64
import re
from html.parser import HTMLParser
from typing import Any

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension

from autograder.course_tree import CourseTree

SCRIPT = "<script>steal()</script>"
PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
WRITTEN = {
    "script": SCRIPT,
    "script after a formula": f"$x$ {SCRIPT}",
    "handler": "<img src=x onerror=steal()>",
    "open handler": "<img src=x onerror=steal() ",
    "javascript link": "[x](javascript:steal())",
    "entity in a link": "[x](java&#115;cript:steal())",
    "data link": "[x](data:text/html,<script>steal()</script>)",
    "frame": '<iframe srcdoc="&lt;script&gt;steal()&lt;/script&gt;"></iframe>',
    "svg": "<svg><animate onbegin=steal() attributeName=x></svg>",
    "mathml": '<math><maction actiontype="statusline" xlink:href="javascript:steal()">x</math>',
    "style": "<style>body { background: url(https://steal.example) }</style>",
    "picture elsewhere": "![x](https://steal.example/x.png)",
    "form": '<form action="https://steal.example"><button formaction="javascript:steal()">',
    "closing tags": "</div></div></body><script>steal()</script>",
    "formula": r"$\href{javascript:steal()}{x}$ $\text{<script>steal()</script>}$",
    "template": "{{ steal() }} {% raw %}",
    "fenced code": "```<script>steal()</script>\n<script>steal()</script>\n```",
    "base": "<base href='https://steal.example'><meta http-equiv=refresh content='0;url=//x'>",
}
OUTPUTS: dict[str, dict[str, Any]] = {
    "html": {"text/html": SCRIPT},
    "javascript": {"application/javascript": "steal()"},
    "svg": {"image/svg+xml": "<svg onload=steal()></svg>"},
    "widget": {"application/vnd.jupyter.widget-view+json": {"model_id": SCRIPT}},
    "latex": {"text/latex": f"$x$ {SCRIPT}"},
    "markdown": {"text/markdown": SCRIPT},
    "mermaid": {"text/vnd.mermaid": SCRIPT},
    "picture": {"image/png": f'x" onerror="steal()" {PIXEL}'},
    "text": {"text/plain": SCRIPT},
}


class Acting(HTMLParser):
    """Whatever of a page could run, load or lead away."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "base", "meta", "form", "svg", "style"}:
            self.found.append(f"{tag} {attrs}")
        for name, value in attrs:
            leads = name in {"src", "href", "action", "formaction", "xlink:href", "srcdoc"}
            if name.startswith("on") or (leads and tag != "script"):
                self.found.append(f"{tag} {name}={value}")


@pytest.fixture
def page(mini: CourseTree, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make formgrader's page of a notebook with nbgrader's own configuration and template."""
    monkeypatch.chdir(mini.root)
    extension = FormgradeExtension()
    extension.initialize([])
    exporter = HTMLExporter(config=extension.config)
    names = {
        "assignment_id": "week1",
        "notebook_id": "scale",
        "submission_id": "5",
        "index": 0,
        "total": 2,
        "base_url": "/lab",
        "student": "kim",
        "last_name": "Kim",
        "first_name": "Min",
        "notebook_path": "autograded/kim/week1/scale.ipynb",
    }

    def made(*cells: Any, metadata: Any = None, **changed: str) -> str:
        notebook = new_notebook(cells=list(cells), metadata=metadata or {})
        html, _ = exporter.from_notebook_node(notebook, resources=names | changed)
        return str(html)

    return made


@pytest.fixture
def usual(page: Any) -> list[str]:
    """What acts on the page of a notebook without a word of a student's."""
    return Acting(page(new_markdown_cell("nothing"))).found


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("graded", [True, False], ids=["an answer", "an added cell"])
def test_a_written_answer_shows_words(page: Any, usual: list[str], text: str, graded: bool) -> None:
    cell = new_markdown_cell(text)
    if graded:
        cell.metadata.nbgrader = mark("why")
    assert Acting(page(cell)).found == usual


@pytest.mark.parametrize("data", OUTPUTS.values(), ids=OUTPUTS)
def test_an_output_shows_no_more_than_text_and_pictures(
    page: Any, usual: list[str], data: dict[str, Any]
) -> None:
    isolated = {"text/html": {"isolated": True}, "filenames": {"image/png": "x"}}
    output = new_output("display_data", data, metadata=isolated)
    assert Acting(page(new_code_cell("1", outputs=[output]))).found == usual


def test_raw_cells_names_and_metadata_show_words(page: Any, usual: list[str]) -> None:
    broken = new_code_cell("1", execution_count=1, metadata={"tags": [f'"{SCRIPT}']})
    broken.metadata.nbgrader = mark(f'"{SCRIPT}')
    metadata = {
        "language_info": {"name": f'x"{SCRIPT}', "pygments_lexer": f'x"{SCRIPT}'},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"x": SCRIPT}},
    }
    names = dict.fromkeys(("first_name", "last_name", "student"), f'"{SCRIPT}')
    html = page(
        new_raw_cell(SCRIPT), broken, metadata=metadata, **names, notebook_path=f'"{SCRIPT}'
    )
    assert Acting(html).found == usual
    assert html.count("steal()") >= 2, "the words themselves are shown"


def test_no_script_reads_the_page_for_formulas(page: Any) -> None:
    html = page(new_markdown_cell("$a_1^2$ and\n\n$$\\frac{1}{N}\\sum_i L_i$$"))
    assert "<msubsup" in html
    assert "mathjax.js" not in html.lower()
    assert "cdnjs" not in html


def test_nbgraders_own_script_does_not_wait_for_what_is_not_there(page: Any) -> None:
    # it takes keys, and moves to the next answer, once MathJax says that it has begun
    html = page(new_markdown_cell("$x$"))
    assert html.index("var MathJax") < html.index("toggle_name(true)")
    assert 'hear("End")' in html


def test_tables_have_columns_and_pictures_no_red_frame(page: Any) -> None:
    html = page(new_markdown_cell("| minutes | points |\n|---|---|\n| 5 | 1 |"))
    assert "<th>minutes</th>" in html
    sheet = html.partition("<style>")[2].partition("</style>")[0]
    assert re.search(r"#notebook \.rendered_html td \{[^}]*padding", sheet)
    assert re.search(r"#notebook img \{[^}]*border: none", sheet)


def test_points_that_are_no_number_leave_a_page(page: Any, usual: list[str]) -> None:
    cell = new_markdown_cell("x")
    cell.metadata.nbgrader = mark("why") | {"points": SCRIPT}
    html = page(cell)
    assert Acting(html).found == usual
    assert "/ 0.0" in html


def test_a_grader_still_gives_points_and_comments(page: Any) -> None:
    written = new_markdown_cell("**Because** of `axis`.")
    written.metadata.nbgrader = mark("why", points=2)
    picture = new_markdown_cell("![a sketch](attachment:sketch.png)")
    picture.attachments = nbformat.from_dict({"sketch.png": {"image/png": PIXEL}})
    html = page(written, picture, new_code_cell("x = 1 < 2"))
    assert re.search(r'<input[^>]*id="why"', html)
    assert '<textarea class="comment tabbable" id="why-comment"' in html
    assert "/ 2.0" in html
    assert "<strong>Because</strong>" in html
    assert f'src="data:image/png;base64,{PIXEL}"' in html
    assert "a sketch" in html


def mark(grade_id: str, points: float = 1) -> dict[str, Any]:
    return {
        "grade_id": grade_id,
        "grade": True,
        "solution": True,
        "locked": False,
        "points": points,
        "schema_version": 3,
    }

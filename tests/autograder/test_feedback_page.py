"""The page of feedback, made by the real nbgrader: scores on top, and nothing alive in it."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from own_gradebook import copy_config

from autograder.course_tree import CourseTree
from autograder.feedback.page import policy
from autograder.release.build import build

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
RIGHT = {
    "double": "return 2.0 * np.asarray(X, dtype=float)",
    "row_sums": "if X.ndim != 2: raise ValueError('2-D')\n    return X.sum(1)",
}
# each of them changes the title of the page if it runs
RUN = "document.title='RAN'"
HTML = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}><script>{RUN}</script></svg>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe><iframe src=https://evil.test></iframe>",
    f"<object data='data:text/html,<script>{RUN}</script>'></object><embed src=https://evil.test>",
    "<form action=https://evil.test><input autofocus onfocus=" + RUN + "><button>x</button></form>",
    f"<a href=\"javascript:{RUN}\">a</a><a href=' java\tscript:{RUN}'>b</a>",
    "<a href='data:text/html,x'>c</a><a href='#top'>d</a><a href=//evil.test>e</a>",
    "<style>@import url(https://evil.test/a.css); body { display: none }</style>",
    "<link rel=stylesheet href=https://evil.test/a.css><base href=https://evil.test/>",
    "<meta http-equiv=refresh content='0;url=https://evil.test'><img src=https://evil.test/pixel.png>",
    "<div style='position:fixed;inset:0' class='page-head total' id=top onclick="
    + RUN
    + ">z</div>",
    "<math><mtext><table><mglyph><style><!--</style>"
    f'<img title="--&gt;&lt;img src=x onerror={RUN}&gt;">',
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>"></noscript>',
    f"<table background=https://evil.test/t.png><tr><td onmouseover={RUN}>cell</td></tr></table>",
    "<video src=https://evil.test/v autoplay></video><audio src=https://evil.test/a></audio>",
]
# what markdown makes of formulas, links and pictures
MARKDOWN = [
    f"[x](javascript:{RUN}) [y](data:text/html;base64,eA==) ![z](https://evil.test/z.png)",
    "![gone](attachment:gone.png) ![svg](attachment:a.svg)",
    rf"$\text{{<script>{RUN}</script>}}$ $\href{{javascript:{RUN}}}{{x}}$ $\class{{total}}{{x}}$",
    f'<p title="\n\n$$\\text{{ onmouseover={RUN} x= }}$$\n\n">quoted</p>',
    "&#xE000;0&#xE001; &#57344;99999&#57345; \ue0000\ue001 $x$",
    "```mermaid\ngraph TD; A-->B\n```",
    "$" + "x^{" * 900 + "$",
    "> " * 500 + "deep " + "**[" * 500,
]
CODE = f"""
from IPython.display import HTML, Latex, Markdown, display
import pandas as pd
for html in {HTML!r}:
    display(HTML(html))
for text in {MARKDOWN!r}:
    display(Markdown(text))
display(Latex(r"$$\\text{{<script>{RUN}</script>}} \\frac{{1}}{{2}}$$"))
display(pd.DataFrame({{"weight": [1.5, 2.5]}}, index=["cat", "<script>{RUN}</script>"]))
print("\\x1b[31mred\\x1b[0m \\x1b]0;title\\x07bell\\x07 \\x1b[2Jgone \\u202eright-to-left")
print("long" * 5000)
print("<script>{RUN}</script>")
"""
FORBIDDEN = {
    "script", "iframe", "object", "embed", "form", "input", "button", "link", "base", "svg",
    "video", "audio", "noscript", "template", "frame", "select", "textarea", "mglyph",
}  # fmt: skip


class Parts(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._in_style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._in_style = tag == "style"

    def handle_endtag(self, _tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._in_style else data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def hand_in(
    root: Path, student: str, bodies: dict[str, str], extra: list[dict[str, object]]
) -> None:
    notebook = json.loads((root / "release/week1/scale.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in bodies:
            cell["source"] = f"def {name}(X):\n    {bodies[name]}\n"
        elif name == "why_rows" and extra:
            cell["source"] = "\n\n".join(["My answer.", *MARKDOWN[:5], *HTML])
    notebook["cells"] += extra
    folder = root / "submitted" / student / "week1"
    folder.mkdir(parents=True)
    (folder / "scale.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def nbgrader(root: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of which three students have their feedback; of one, a person graded the answer."""
    root = tmp_path_factory.mktemp("pages")
    shutil.copytree(ROOT / "tests/fixtures/mini", root, dirs_exist_ok=True)
    copy_config(root)
    build(CourseTree(root))
    hostile: list[dict[str, object]] = [
        {
            "cell_type": "code", "id": "show", "metadata": {}, "source": CODE,
            "outputs": [], "execution_count": None,
        },
        *({"cell_type": "markdown", "id": f"say{number}", "metadata": {}, "source": text,
           "attachments": {"a.svg": {"image/svg+xml": "PHN2Zy8+"}, "p": {"image/png": '"><x'}}}
          for number, text in enumerate([*MARKDOWN, *HTML])),
    ]  # fmt: skip
    hand_in(root, "mallory", RIGHT, hostile)
    hand_in(root, "half", RIGHT | {"double": "return 2 * X"}, [])
    answer: list[dict[str, object]] = []
    hand_in(root, "read", RIGHT, answer)
    for student in ("half", "read"):
        file = root / "submitted" / student / "week1/scale.ipynb"
        file.write_text(
            file.read_text("utf-8").replace("*Write your answer here", "One row, one example. *"),
            encoding="utf-8",
        )
    for step in ("generate_assignment", "autograde"):
        nbgrader(root, step, "week1")
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        grade = book.find_grade("why_rows", "scale", "week1", "read")
        grade.manual_score, grade.needs_manual_grade = 0.25, False
        comment = book.find_comment("why_rows", "scale", "week1", "read")
        comment.manual_comment = f"Think of **columns**. <script>{RUN}</script>"
        book.db.commit()
    nbgrader(root, "generate_feedback", "week1")
    return root


@pytest.fixture(scope="module")
def page(course: Path) -> Callable[[str], Parts]:
    return lambda student: Parts(file_of(course, student).read_text(encoding="utf-8"))


def file_of(course: Path, student: str) -> Path:
    return course / "feedback" / student / "week1/scale.html"


def rows(course: Path, student: str) -> list[str]:
    html = file_of(course, student).read_text(encoding="utf-8")
    table = html.partition('<table class="scores">')[2].partition("</table>")[0]
    cells = [re.sub(r"<[^>]+>", " ", row) for row in table.split("<tr")[1:]]
    return [" ".join(row.partition(">")[2].split()) for row in cells]


def test_the_table_names_each_test_its_points_and_why_points_are_missing(course: Path) -> None:
    assert rows(course, "half") == [
        "Test Points Result",
        "double 1 / 3",
        "basic test 1 / 1 ✓ passed",
        "integers 0 / 2 ✗ A check that runs only when graded failed. It looks as if your code "
        "keeps the type. You return the type that came in. What does the docstring ask for?",
        "row_sums 1.5 / 1.5",
        "basic test 1 / 1 ✓ passed",
        "refuses vectors 0.5 / 0.5 ✓ passed",
        "Written answers 0 / 0.5",
        "why rows – / 0.5 … A person will read it.",
        "Total 2.5 / 5 without 1 written answer",
    ]


def test_an_answer_that_waits_for_a_person_is_told_from_one_that_a_person_graded(
    course: Path, page: Callable[[str], Parts]
) -> None:
    waiting = " ".join(page("half").text.split())
    assert "1 written answer is still to be graded by a person: up to 0.5 more points." in waiting
    graded = page("read").text
    assert "still to be graded" not in graded
    assert "why rows 0.25 / 0.5 ◐ graded There is a comment." in rows(course, "read")
    assert "Think of columns." in graded


def test_every_link_inside_the_page_leads_somewhere(page: Callable[[str], Parts]) -> None:
    parts = page("half")
    places = {attributes["id"] for _, attributes in parts.tags if "id" in attributes}
    links = {one["href"][1:] for one in parts.all("a") if one["href"].startswith("#")}
    assert {"test_double_integers", "top"} <= links <= places


def test_what_a_hostile_student_wrote_leaves_nothing_active(page: Callable[[str], Parts]) -> None:
    parts = page("mallory")
    assert "My answer." in parts.text
    names = {tag for tag, _ in parts.tags}
    assert names & FORBIDDEN == set()
    for tag, attributes in parts.tags:
        assert [name for name in attributes if name.startswith("on")] == [], tag
        assert {"style", "background", "srcset", "formaction", "srcdoc"}.isdisjoint(attributes)
        assert re.match(r"#|https?://|mailto:|\Z", attributes.get("href", "")), attributes
        assert re.match(r"data:image/(png|jpeg);base64,|\Z", attributes.get("src", "")), attributes
    assert [one.get("http-equiv") for one in parts.all("meta") if "http-equiv" in one] == [
        "Content-Security-Policy"
    ]
    assert len(parts.all("style")) == 1
    # our own look cannot be put on
    assert len([one for one in parts.all("header") if one.get("class") == "page-head"]) == 1
    assert len([one for _, one in parts.tags if one.get("id") == "top"]) == 1


def test_control_characters_and_terminal_colours_are_gone_and_a_turn_of_direction_shows(
    course: Path, page: Callable[[str], Parts]
) -> None:
    html = file_of(course, "mallory").read_text(encoding="utf-8")
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html) == []
    text = page("mallory").text
    assert "red bell gone \ufffdright-to-left" in text
    # it stands in the student's own source only
    assert text.count("[31m") == 1
    # a print of markup is the text that was printed
    assert f"\n<script>{RUN}</script>" in text
    assert "… cut here" not in text
    assert "long" * 5000 in text


def test_a_table_stays_a_table_with_headers(page: Callable[[str], Parts]) -> None:
    parts = page("mallory")
    assert "weight" in parts.text
    html_order = [tag for tag, _ in parts.tags]
    start = next(n for n, (_, one) in enumerate(parts.tags) if one.get("class") == "dataframe")
    assert html_order[start + 1 : start + 5] == ["thead", "tr", "th", "th"]


def test_a_students_own_plot_is_on_the_page(page: Callable[[str], Parts]) -> None:
    drawn = [one["src"] for one in page("half").all("img")]
    # what should be seen, from the lesson, and what this student's code drew
    assert len(drawn) == 2
    assert all(source.startswith("data:image/png;base64,iVBOR") for source in drawn)


def test_every_picture_has_words_for_those_who_cannot_see_it(page: Callable[[str], Parts]) -> None:
    own, lesson = [one["alt"] for one in page("half").all("img")]
    assert lesson == "two bars, of height 6 and 14"
    assert own == "Picture drawn by the code above: bars"


def test_the_policy_of_the_page_allows_its_own_style_and_nothing_else(course: Path) -> None:
    html = file_of(course, "half").read_text(encoding="utf-8")
    assert policy().startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert policy().replace("'", "&#39;") in html


def test_the_same_results_give_the_same_bytes(course: Path) -> None:
    before = file_of(course, "mallory").read_bytes()
    nbgrader(course, "generate_feedback", "week1", "--student", "mallory", "--force")
    assert file_of(course, "mallory").read_bytes() == before


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
@pytest.mark.parametrize("policed", [True, False], ids=["with its policy", "without its policy"])
def test_in_a_browser_no_script_runs_and_nothing_is_fetched(
    course: Path, tmp_path: Path, policed: bool
) -> None:
    html = file_of(course, "mallory").read_text(encoding="utf-8")
    if not policed:
        html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    file = tmp_path / "page.html"
    file.write_text(html, encoding="utf-8")
    for control in (False, True):
        if control:
            # the measuring itself: here a script runs and an image is asked for
            alive = f"<script>{RUN}</script><img src=http://evil.test/pixel.png></body>"
            file.write_text(
                re.sub(r"<meta http-equiv[^>]*>", "", html).replace("</body>", alive), "utf-8"
            )
        title, asked = in_browser(file, tmp_path / "net.json")
        assert (title == "RAN") is control
        assert asked is control


def in_browser(file: Path, log: Path) -> tuple[str, bool]:
    """The title that a page has after all scripts, and whether it asked for another host."""
    assert CHROMIUM is not None
    done = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000",
            "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={log.parent / 'profile'}", f"--log-net-log={log}", "--dump-dom",
            file.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title is not None
    return title[1], "evil.test" in log.read_text(encoding="utf-8", errors="replace")

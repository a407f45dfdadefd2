"""A formula stays where it was written: it neither covers what is ours nor makes a page endless."""

from pathlib import Path
from typing import Any

import pytest

from autograder.feedback.page import TEMPLATES
from autograder.feedback.prose import prose

pytestmark = pytest.mark.browser
SHEETS = ["course_feedback/page.css", "formgrade/formgrade.css"]
PAGE = (
    "<style>{sheet}</style><div id=notebook><p id=score style='height:60em'>Score</p>"
    "<div class='prose rendered_html'>{words}</div></div>"
)
# what is painted where the student's word would lie
SEEN = """() => {
  const at = document.querySelector("mtext").getBoundingClientRect();
  return document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2).tagName;
}"""


@pytest.fixture
def show(browser: Any, request: pytest.FixtureRequest) -> Any:
    page = browser.new_page(viewport={"width": 1000, "height": 3000})
    sheet = Path(TEMPLATES, request.param).read_text(encoding="utf-8")

    def shown(words: str) -> Any:
        page.set_content(PAGE.format(sheet=sheet, words=prose(words)))
        return page

    yield shown
    page.close()


@pytest.mark.parametrize("show", SHEETS, indirect=True)
def test_a_raised_word_does_not_cover_what_stands_above(show: Any) -> None:
    raised = r"\smash{\raise{30em}{\text{76 of 76}}}"
    for words in (f"a ${raised}$ b", f"$${raised}$$", f"$x^{{{raised}}}$"):
        assert show(words).evaluate(SEEN) == "P", words
    assert show(r"a $x_i^2 + \text{word}$ b").evaluate(SEEN) == "mtext"


@pytest.mark.parametrize("show", SHEETS, indirect=True)
def test_a_rule_does_not_make_the_page_endless(show: Any) -> None:
    for words in (r"a $\rule{1px}{99999em}$ b", r"$$\rule{1px}{1e5em}$$", r"$\raise{7777px}x$"):
        assert show(words).evaluate("document.documentElement.scrollHeight") < 5_000, words

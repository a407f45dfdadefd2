"""The page that a student gets: nbgrader's feedback with a template of our own."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import nbgrader.server_extensions.formgrader
from jinja2 import Environment
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbformat import NotebookNode
from traitlets.config import Config

from autograder.feedback.plain import plain
from autograder.feedback.prose import prose

TEMPLATES = Path(__file__).parent / "templates"
NBGRADERS_TEMPLATES = Path(nbgrader.server_extensions.formgrader.__file__).parent / "templates"
# highlighting takes long on what is no Python
_MOST_CODE = 30_000
# and on a line of dotted names a time that grows with the square of its length
_MOST_LINE = 1_000


class FeedbackPage(HTMLExporter):
    """nbconvert's exporter of HTML, in which whatever is not known to be clean is escaped."""

    @property
    def default_config(self) -> Config:
        """Our template; nbgrader names its own for every HTMLExporter, formgrader's too."""
        ours = Config(
            {
                "FeedbackPage": {
                    "template_name": "course_feedback",
                    "extra_template_basedirs": [str(TEMPLATES), str(NBGRADERS_TEMPLATES)],
                    "extra_template_paths": [str(NBGRADERS_TEMPLATES)],
                    # what is set for formgrader's page is not for this one
                    "preprocessors": [],
                    "filters": {},
                },
            }
        )
        theirs: Config = super().default_config.copy()
        theirs.merge(ours)
        return theirs

    def from_notebook_node(  # type: ignore[override] # as in nbconvert itself
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **more: Any
    ) -> tuple[str, dict[str, Any]]:
        """Make the page without HTMLExporter's second reading of it, which takes half the time."""
        made: tuple[str, dict[str, Any]] = TemplateExporter.from_notebook_node(
            self, nb, resources, **more
        )
        return made

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """Return nbconvert's filters, and ours."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "prose", _prose
        yield "highlight_code", code
        yield "plain", plain
        yield "points", points

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        environment.globals["sheet"] = Markup(_sheet())  # noqa: S704 # ours
        environment.globals["policy"] = policy()
        return environment


def _prose(cell: Mapping[str, Any]) -> Markup:
    return prose(cell["source"], cell.get("attachments"))


@lru_cache(2048)
def code(source: str) -> Markup:
    """Python with its colours; what is too long for that, without."""
    text = plain(source, 2 * _MOST_CODE)
    if len(text) > _MOST_CODE or max(map(len, text.split("\n"))) > _MOST_LINE:
        return Markup('<div class="highlight"><pre>{}</pre></div>').format(text)
    return Markup(_highlighter()(text))  # noqa: S704 # pygments escapes


@cache
def _highlighter() -> Highlight2HTML:
    return Highlight2HTML(pygments_lexer="ipython3")


def points(number: float) -> str:
    """Points as people write them.

    >>> points(2.0), points(0.5), points(1 / 3)
    ('2', '0.5', '0.33')
    """
    return f"{round(number, 2):g}"


@cache
def _sheet() -> str:
    return (TEMPLATES / "course_feedback" / "page.css").read_text(encoding="utf-8")


def policy() -> str:
    """What a browser may do with the page: show it, its pictures and this one style sheet."""
    digest = base64.b64encode(hashlib.sha256(_sheet().encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )

"""Markdown to safe HTML, with formulas and the pictures that a cell carries."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autograder.feedback.formulas import formula
from autograder.feedback.plain import plain
from autograder.feedback.safe_html import safe_html

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PLACE = re.compile("\ue000([0-9]{1,5})\ue001")
_RASTER = ("image/png", "image/jpeg", "image/gif")


def prose(source: str, attachments: Mapping[str, Any] | None = None) -> Markup:
    """Render the markdown of one cell.

    Parameters
    ----------
    attachments : mapping, optional
        By name, each picture as a mapping of its type to base64. Other types are left out.
    """
    # a class has the same lesson: each of its texts is rendered once
    return _rendered(plain(source), json.dumps(attachments or {}, sort_keys=True, default=str))


@lru_cache(512)
def _rendered(source: str, attachments: str) -> Markup:
    try:
        renderer = _Renderer(json.loads(attachments))
        html = safe_html(MarkdownWithMath(renderer=renderer).render(_PRIVATE.sub("", source)))
    except (RecursionError, ValueError, IndexError, KeyError, AttributeError, TypeError):
        # what a student wrote can be more than the parser bears
        html = None
    if html is None:
        return Markup("<pre>{}</pre>").format(source)
    made = dict(enumerate(renderer.formulas))
    # a mark that an entity spelt may count further than there are formulas, or name one a thousand
    # times: each stands once, so that a page grows no more than with what was written
    return Markup(_PLACE.sub(lambda mark: made.pop(int(mark[1]), ""), html))  # noqa: S704


class _Renderer(IPythonRenderer):
    """nbconvert's, but a formula leaves a mark, which cleaning cannot harm, for itself."""

    def __init__(self, attachments: dict[str, Any]) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self.formulas: list[Markup] = []
        self._pictures = attachments

    def block_math(self, body: str) -> str:
        return self._mark(formula(body, block=True))

    def inline_math(self, body: str) -> str:
        return self._mark(formula(body, block=False))

    def latex_environment(self, name: str, body: str) -> str:
        return self._mark(formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", block=True))

    def block_mermaidjs(self, code: str) -> str:
        # it would need a script to become a picture
        return str(Markup("<pre><code>{}</code></pre>").format(code.strip()))

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        """A picture of the cell's own; of any other, which would be fetched, its description."""
        kinds = self._pictures.get(url.removeprefix("attachment:"))
        for kind in _RASTER:
            if url.startswith("attachment:") and isinstance(kinds, dict) and kind in kinds:
                source = f"data:{kind};base64,{kinds[kind]}"
                spoken = Markup(text).striptags()  # noqa: S704 # cleaned with all the rest
                return str(Markup('<img src="{}" alt="{}">').format(source, spoken))
        return f"<em>[{text or 'a picture that is not here'}]</em>"

    def _mark(self, made: Markup) -> str:
        self.formulas.append(made)
        return f"\ue000{len(self.formulas) - 1}\ue001"

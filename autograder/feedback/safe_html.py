"""HTML that a student may have written, reduced to text, tables and pictures."""

import re
from functools import cache
from typing import Any

from markupsafe import Markup

_TAGS = frozenset(
    re.findall(
        "[a-z0-9]+",
        "a abbr b blockquote br caption code col colgroup dd del details div dl dt em "
        "h1 h2 h3 h4 h5 h6 hr i img kbd li mark ol p pre q s samp small span strong sub summary "
        "sup table tbody td tfoot th thead tr u ul var",
    )
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"alt", "height", "src", "title", "width"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
# with their content: it is no text
_WHOLE = frozenset(
    re.findall(
        "[a-z]+",
        "iframe math noembed noframes noscript object script select style svg template textarea "
        "title xmp",
    )
)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z")
_PICTURES = re.compile(r"data:image/[a-z]+;base64,[A-Za-z0-9+/=]*")
_LINK = re.compile(r"(?:https?://|mailto:)[^\s]*\Z", re.IGNORECASE)
# those of highlighted code and of pandas' tables; our page's own names are longer
_CLASSES = re.compile(r"(?:(?:highlight|dataframe|[a-z][a-z0-9]{0,2})(?: |\Z))+\Z")
_NUMBER = re.compile(r"[0-9]{1,4}\Z")
# nested tags take a time that grows with the square of their number: 0.2 s for so many lists
MOST_TAGS = 10_000
MOST_LETTERS = 200_000
# a parser opens each <b> that was not closed again in every paragraph that follows
_REPEATED = re.compile(
    r"<(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b", re.IGNORECASE
)
_MOST_REPEATED = 1_000_000
_MOST_GROWTH = 3


def safe_html(html: str) -> Markup | None:
    """Keep what can neither run, nor load, nor look like a part of our page.

    Links lead to the web only, pictures are those that the text itself holds. No style, id,
    form, frame, SVG or foreign MathML is left; of classes only those of code and tables.

    Returns
    -------
    Markup or None
        None if there is more of it than can be read in a reasonable time, or no nh3 to read it.
    """
    letters = len(_PICTURES.sub("", html))
    tags = html.count("<")
    if tags > MOST_TAGS or letters > MOST_LETTERS:
        return None
    if tags * len(_REPEATED.findall(html)) > _MOST_REPEATED:
        return None
    cleaner = _cleaner()
    if cleaner is None:
        return None
    kept = cleaner.clean(html)
    # entities and the words that a link gets may make it grow, repeated tags too much
    if len(kept) > len(html) + _MOST_GROWTH * max(letters, 10_000):
        return None
    return Markup(kept)  # noqa: S704 # just cleaned


@cache
def _cleaner() -> Any:
    try:
        import nh3
    except ModuleNotFoundError:
        # an environment older than the requirement: a configuration that cannot be imported would
        # leave formgrader without any of its settings, and a page of plain texts is safe
        return None
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_WHOLE),
        attributes={"*": {"class"}, **_ATTRIBUTES},
        attribute_filter=_kept,
        url_schemes={"http", "https", "mailto", "data"},
        url_relative="deny",
        link_rel="noopener noreferrer",
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    return value if _is_kept(tag, name, value) else None


def _is_kept(tag: str, name: str, value: str) -> bool:
    # what stands for a formula must not become one inside an attribute, whose quotes it would end
    if any("\ue000" <= letter <= "\uf8ff" for letter in value):
        return False
    if name == "class":
        return _CLASSES.match(value) is not None
    if name not in _ATTRIBUTES.get(tag, ()):
        return False
    match name:
        case "href":
            return _LINK.match(value) is not None
        case "src":
            return _PICTURE.match(value) is not None
        case "width" | "height" | "colspan" | "rowspan" | "start":
            return _NUMBER.match(value) is not None
        case _:
            return True

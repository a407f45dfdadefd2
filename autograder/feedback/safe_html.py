"""HTML that a student may have written, reduced to text, tables and pictures."""

import re

import bleach  # type: ignore[import-untyped, unused-ignore]
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
_WHOLE = re.compile(
    r"<(style|script|svg|math|iframe|object|template|noscript|select|textarea|title)\b"
    r".*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z")
_PICTURES = re.compile(r"data:image/[a-z]+;base64,[A-Za-z0-9+/=]*")
_LINK = re.compile(r"(?:https?://|mailto:)[^\s]*\Z", re.IGNORECASE)
# those of highlighted code and of pandas' tables; our page's own names are longer
_CLASSES = re.compile(r"(?:(?:highlight|dataframe|[a-z][a-z0-9]{0,2})(?: |\Z))+\Z")
_NUMBER = re.compile(r"[0-9]{1,4}\Z")
# bleach takes a time that grows with the square of open tags; a table of 60 × 20 has 2700
MOST_TAGS = 4_000
MOST_LETTERS = 200_000


def safe_html(html: str) -> Markup | None:
    """Keep what can neither run, nor load, nor look like a part of our page.

    Links lead to the web only, pictures are those that the text itself holds. No style, id,
    form, frame, SVG or foreign MathML is left; of classes only those of code and tables.

    Returns
    -------
    Markup or None
        None if there is more of it than can be read in a reasonable time.
    """
    if html.count("<") > MOST_TAGS or len(_PICTURES.sub("", html)) > MOST_LETTERS:
        return None
    kept = bleach.clean(
        _WHOLE.sub("", html),
        tags=_TAGS,
        attributes=_is_kept,
        protocols={"http", "https", "mailto", "data"},
        strip=True,
        strip_comments=True,
    )
    return Markup(kept)  # noqa: S704 # just cleaned


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

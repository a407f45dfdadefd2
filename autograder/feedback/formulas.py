r"""TeX to MathML when the page is made, so that a browser needs no script and no network.

`latex2mathml` finds the tree. It is written out here: its own text takes escapes back, and
`\text{<script>}` would be a script; `\href`, `\style` and `\class` would come through too.
"""

import re
from functools import lru_cache
from html import escape, unescape
from itertools import zip_longest
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup

# of no formula that is meant to be read
_MOST = 2_000
_LONG = 30
_WORDS = re.compile("[a-z]+")
_TAGS = frozenset(
    _WORDS.findall(
        "math mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle merror mpadded mphantom "
        "msub msup msubsup munder mover munderover mmultiscripts mprescripts none "
        "mtable mtr mtd menclose"
    )
)
_ATTRIBUTES = frozenset(
    _WORDS.findall(
        "accent accentunder columnalign columnlines depth display displaystyle fence form height "
        "linethickness lspace mathvariant maxsize minsize movablelimits notation rowlines rspace "
        "scriptlevel separator stretchy symmetric width voffset"
    )
)
# no length of three digits, nor in powers of ten: \rule could make a page of a kilometre
_VALUE = re.compile(r"(?!(?:.*[^.0-9])?[0-9]{3}|.*[0-9][eE][+-]?[0-9])[A-Za-z0-9.+ -]{0,40}\Z")


class NotTeXError(ValueError):
    """A text that no formula can be made of."""


def formula(tex: str, *, block: bool) -> Markup:
    """A formula in MathML; what is none stays as it was written.

    Parameters
    ----------
    tex : str
        Without its dollar signs.
    block : bool
        Whether it stands on a line of its own.
    """
    try:
        made = Markup(mathml(tex, block=block))  # noqa: S704 # escaped where it is written out
        # browsers do not break a formula into lines; on a phone a long one scrolls
        long = not block and len(tex) > _LONG
        return Markup('<span class="formula">{}</span>').format(made) if long else made
    except NotTeXError:
        fence = "$$" if block else "$"
        return Markup("<code>{}</code>").format(f"{fence}{tex}{fence}")


@lru_cache(4096)
def mathml(tex: str, *, block: bool) -> str:
    """Convert one formula.

    Raises
    ------
    NotTeXError
        If it cannot be converted.
    """
    try:
        from latex2mathml.converter import (  # type: ignore[import-not-found, unused-ignore]
            convert_to_element,
        )
    except ModuleNotFoundError as error:
        # where the environment is older than the requirement, a page with TeX is better than none
        raise NotTeXError("latex2mathml is not installed") from error
    if len(tex) > _MOST:
        raise NotTeXError("too long")
    try:
        tree = convert_to_element(tex, display="block" if block else "inline")
    except Exception as error:  # a student's TeX; the converter stumbles in many ways
        raise NotTeXError(tex) from error
    # for those who listen to the page or copy from it
    return _written(tree).replace("<math", f'<math alttext="{escape(tex.strip())}"', 1)


def _names_function(element: "ElementTree.Element[Any]") -> bool:
    base = element[0] if element.tag in {"msub", "msup", "munder"} and len(element) else element
    return base.tag == "mi" and len(base.text or "") > 1 and (base.text or "").isalpha()


def _written(element: "ElementTree.Element[Any]") -> str:
    inside = escape(unescape(element.text or ""))
    for child, after in zip_longest(element, element[1:]):
        inside += _written(child) + escape(unescape(child.tail or ""))
        # browsers set log x as logx
        if after is not None and after.tag != "mo" and _names_function(child):
            inside += '<mspace width="0.17em"></mspace>'
    if element.tag not in _TAGS:
        return inside
    attributes = "".join(
        f' {name}="{value}"'
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and _VALUE.match(value)
    )
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>"

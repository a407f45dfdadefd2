"""What may be a student's id: nothing that only looks like another's, and nothing unseen."""

import unicodedata
from collections.abc import Collection, Iterable

from autograder.intake.lookalikes import LOOKALIKES, shapes

_MARKS = frozenset("._@-")
# letters to Unicode, and blank on every screen
_BLANK = frozenset("\u115f\u1160\u3164\uffa0")
# scripts that are written together: Korean, Japanese and Chinese, each also with Latin letters
_TOGETHER = (
    {"LATIN", "HANGUL", "CJK"},
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"},
    {"LATIN", "CJK", "BOPOMOFO"},
)
_SHOWN = 3


def why_no_id(name: str) -> str:
    """Why a name cannot be a student's id; empty if it can.

    Letters of one script, digits 0 to 9 and `._@-`, first a letter or digit, at most 64, composed
    (NFC) and unchanged by compatibility (NFKC): no path, no formula, no character that only looks
    like another, is not seen, or turns the line round.
    """
    if not name:
        return "it is empty"
    if len(name) > 64 or len(name.encode("utf-8", "replace")) > 200:
        return "it is longer than 64 characters"
    for odd, what in (
        (_decomposed(name), "it is not composed (NFC):"),
        ([char for char in name if not char.isalnum() and char not in _MARKS], "it holds"),
        ([char for char in name if char in _BLANK], "it holds, unseen,"),
        ([char for char in name if _looks_plain(char)], "it only looks plain:"),
        ([char for char in name if _is_jamo(char)], "it holds half a syllable:"),
        (
            [one for one in name if unicodedata.category(one)[0] == "N" and not one.isascii()],
            "its digits are not 0 to 9:",
        ),
        (strangers(name), "it mixes scripts:"),
    ):
        if odd:
            return f"{what} {code_points(odd)}"
    return "" if name[0].isalnum() else "it does not begin with a letter or digit"


def valid_student(name: str) -> bool:
    """Whether a name may be a student's id."""
    return not why_no_id(name)


def code_points(text: Iterable[str]) -> str:
    """Characters by number and name: `U+0441 CYRILLIC SMALL LETTER ES`."""
    chars = list(dict.fromkeys(text))
    shown = [f"U+{ord(one):04X} {unicodedata.name(one, '(no name)')}" for one in chars[:_SHOWN]]
    return ", ".join(shown) + (", …" if len(chars) > _SHOWN else "")


def unseen(text: str) -> list[str]:
    """Characters that show nothing, or move what stands beside them: controls, formats, blanks."""
    return [
        char
        for char in text
        if unicodedata.category(char) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
        or char in _BLANK
        # a grapheme joiner, vowels of old Khmer, variation selectors
        or char in "\u034f\u17b4\u17b5"
        or "\ufe00" <= char <= "\ufe0f"
        or "\u180b" <= char <= "\u180f"
        or "\U000e0100" <= char <= "\U000e01ef"
    ]


def strangers(text: str) -> list[str]:
    """Letters of another script than the text's; none if its scripts are written together."""
    scripts = {char: _script(char) for char in text if char.isalpha()}
    used = set(scripts.values())
    if len(used) < 2 or any(used <= together for together in _TOGETHER):
        return []
    letters = [scripts[char] for char in text if char in scripts]
    usual = (script for script in ("LATIN", "HANGUL", "CJK") if script in used)
    home = next(usual, max(sorted(used), key=letters.count))
    return [char for char in text if char in scripts and scripts[char] != home]


def lookalikes(names: Collection[str], known: Collection[str] = ()) -> dict[str, str]:
    """For each name that a reader may take for another's, why it is refused.

    Parameters
    ----------
    names : collection of str
        Ids that come in. Where one is plain (ASCII) and another only looks so, the plain one is
        taken for right.
    known : collection of str
        Ids of the gradebook. None of them is refused.
    """
    mine = _by_shape(known)
    plain = _by_shape([*known, *(one for one in names if one.isascii())])
    refused = {}
    for name in set(names) - set(known):
        owners = mine if name.isascii() else plain
        whose = {owners[shape] for shape in shapes(name) if shape in owners}
        if whose:
            other = min(whose)
            strange = [char for char in name if char not in other] or name
            refused[name] = f"it looks like {other!r}, but has {code_points(strange)}"
    return refused


def _by_shape(names: Collection[str]) -> dict[str, str]:
    return {shape: name for name in sorted(names, reverse=True) for shape in shapes(name)}


def _script(char: str) -> str:
    return unicodedata.name(char, "NONE").split()[0]


def _looks_plain(char: str) -> bool:
    """Whether a character is a variant of a plain one; Turkish has an i without a dot."""
    variant = unicodedata.normalize("NFKC", char) != char
    return variant or (char in LOOKALIKES and _script(char) == "LATIN" and char != "ı")


def _is_jamo(char: str) -> bool:
    return _script(char) == "HANGUL" and not "가" <= char <= "힣"


def _decomposed(name: str) -> list[str]:
    composed = unicodedata.normalize("NFC", name)
    return [] if composed == name else [char for char in name if char not in composed] or [*name]

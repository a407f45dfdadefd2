"""An id is refused, character by character, where it only looks like another or hides something."""

import unicodedata
from pathlib import Path

import pytest

from autograder.intake.lookalikes import LOOKALIKES
from autograder.intake.read import find_submissions
from autograder.intake.student_ids import lookalikes, unseen, why_no_id

REFUSED = {
    "alice\u3164": "U+3164 HANGUL FILLER",
    "alice\u115f": "U+115F HANGUL CHOSEONG FILLER",
    "bоb": "U+043E CYRILLIC SMALL LETTER O",
    "Кіm": "U+041A CYRILLIC CAPITAL LETTER KA, U+0456",
    "αb": "U+03B1 GREEK SMALL LETTER ALPHA",
    "bᴏb": "U+1D0F LATIN LETTER SMALL CAPITAL O",
    "ｂob": "U+FF42 FULLWIDTH LATIN SMALL LETTER B",
    "\U0001d7d9": "U+1D7D9 MATHEMATICAL DOUBLE-STRUCK DIGIT ONE",
    "ſam": "U+017F LATIN SMALL LETTER LONG S",
    "ﬁn": "U+FB01 LATIN SMALL LIGATURE FI",
    "x²": "U+00B2 SUPERSCRIPT TWO",
    "kim٣": "U+0663 ARABIC-INDIC DIGIT THREE",
    "ㅣee": "U+3163 HANGUL LETTER I",
    "\u1175": "U+1175 HANGUL JUNGSEONG I",
    unicodedata.normalize("NFD", "김"): "U+1100 HANGUL CHOSEONG KIYEOK",
    "bob\u200d": "U+200D ZERO WIDTH JOINER",
    "\u2067bob": "U+2067 RIGHT-TO-LEFT ISOLATE",
    "bob\ufe0f": "U+FE0F VARIATION SELECTOR-16",
    "bob\U000e0041": "U+E0041 TAG LATIN CAPITAL LETTER A",
    "bobʹ": "U+02B9 MODIFIER LETTER PRIME",
    "김а": "U+0430 CYRILLIC SMALL LETTER A",
    "a b": "U+0020 SPACE",
    "a" * 65: "64",
    "\U00020000" * 64: "64",
    "": "empty",
    "-x": "begin",
}
TAKEN = [
    "20231234",
    "김철수",
    "홍길동B",
    "Иван.Петренко",
    "Ødegård",
    "山田太郎",
    "ヤマダ-2",
    "Ιωάννης",
    "ışık",
]


@pytest.mark.parametrize(("name", "why"), REFUSED.items(), ids=[ascii(one)[:30] for one in REFUSED])
def test_a_deceptive_id_is_refused_by_its_code_points(name: str, why: str) -> None:
    assert why in why_no_id(name)


@pytest.mark.parametrize("name", TAKEN)
def test_an_honest_id_of_one_script_is_taken(name: str) -> None:
    assert why_no_id(name) == ""
    assert unseen(name) == []


def test_what_looks_like_a_known_id_is_refused_and_the_known_one_never() -> None:
    known = ["alice", "copa", "mike", "2023", "сергей"]
    names = ["a1ice", "сора", "rnike", "2O23", "Alice", "bob", "сергей", "alice"]
    refused = lookalikes(names, known)
    assert set(refused) == {"a1ice", "сора", "rnike", "2O23", "Alice"}
    assert "looks like 'copa', but has U+0441 CYRILLIC SMALL LETTER ES" in refused["сора"]


def test_of_ids_that_come_together_the_plain_one_is_right() -> None:
    assert set(lookalikes(["copa", "сора", "u1", "ul"])) == {"сора"}


def test_every_lookalike_is_one_composed_letter() -> None:
    assert len(LOOKALIKES) > 300
    for char in LOOKALIKES:
        assert char.isalnum()
        assert not char.isascii()
        assert unicodedata.normalize("NFKC", char) == char


def test_a_deceptive_folder_is_passed_over_by_name_and_others_are_found(tmp_path: Path) -> None:
    for name in ("bob", "bоb", "alice\u3164", "copa", "сора", "Петренко"):
        (tmp_path / name / "week1").mkdir(parents=True)
    found, refused = find_submissions(tmp_path, "week1")
    assert [one.student for one in found] == ["bob", "copa", "Петренко"]
    said = "\n".join(refused)
    for points in ("U+043E CYRILLIC SMALL LETTER O", "U+3164 HANGUL FILLER", "looks like 'copa'"):
        assert points in said

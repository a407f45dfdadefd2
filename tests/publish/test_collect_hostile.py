"""Hand-ins that claim to be another's, in every way that a file can: nobody loses a grade."""

import os
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import zip_bombs
from hostile_course import PATH, Case, collect, collected, hand_out, make_course, notebook
from hostile_course import zipped as zipped_bytes
from nbgrader.api import Gradebook

BOB, EVE, KIM, LEE = map(notebook, ("bob", "eve", "kim", "lee"))
IDS = [(one, "", "", "") for one in ("alice", "bob", "carol", "eve", "kim", "lee")]
NAMED = [
    ("20230001", "Bob", "Smith", "bob@uni.ac.kr"),
    ("20230002", "Eve", "Jones", "eve.j@uni.ac.kr"),
    ("20230003", "철수", "김", "chulsu@uni.ac.kr"),
    ("20230004", "Иван", "Петренко", "ivan@uni.ac.kr"),
]
EDITION = "deep-learning-basics/notebooks"

IDENTITY = {
    "folders_of_others_inside": Case(
        {
            "bob_1_hw.zip": {f"bob/{PATH}": BOB},
            "eve_2_hw.zip": {f"bob/{PATH}": EVE, f"carol/sub/{PATH}": EVE, f"dave/{PATH}": EVE},
        },
        {"bob": "bob", "eve": "eve"},
        ["eve handed it in, and inside it names bob"],
        IDS,
        # the platform had it later, and it is another's all the same
        {"eve_2_hw.zip": 3600},
    ),
    "folders_of_others_inside_and_no_roster": Case(
        {"bob.zip": {PATH: BOB}, "eve.zip": {f"bob/{PATH}": EVE, f"carol/{PATH}": EVE}},
        {"bob": "bob"},
        ["NOT COLLECTED (1)", "eve.zip", "inside it says bob, carol", "no roster"],
    ),
    "alone_and_no_roster": Case(
        {"eve.zip": {f"bob/{PATH}": EVE}}, {}, ["NOT COLLECTED (1)", "inside it says bob"]
    ),
    "alone_and_many_inside": Case(
        {"eve_1_hw.zip": {f"{one}/{PATH}": EVE for one in ("bob", "carol", "alice")}},
        {"eve": "eve"},
        ["inside it names alice, bob, carol"],
        IDS,
    ),
    "another's_name_at_the_end": Case(
        {"eve_2_bob.zip": {PATH: EVE}, "mallory_3_bob.zip": {f"bob/{PATH}": EVE}},
        {"eve": "eve"},
        ["NOT COLLECTED (1)", "mallory_3_bob.zip", "names nobody in the gradebook"],
        IDS,
    ),
    "another's_name_on_a_zip_in_the_zip": Case(
        {"eve_2_hw.zip": {"bob.zip": zipped_bytes({f"bob/{PATH}": EVE})}},
        {"eve": "eve"},
        ["inside it names bob"],
        IDS,
    ),
    "a_date_of_tomorrow": Case(
        {
            "bob_1_hw.zip": {PATH: BOB},
            "eve_2_hw.zip": zipped_bytes({f"bob/{PATH}": EVE}, year=2107),
        },
        {"bob": "bob", "eve": "eve"},
        ["inside it names bob"],
        IDS,
    ),
    "a_later_date_inside": Case(
        {
            "bob_1_hw.zip": {PATH: BOB},
            "bob_9_hw.zip": zipped_bytes({PATH: EVE}, year=2107),
        },
        {"bob": "bob"},
        ["bob handed scale.ipynb in again later: bob_1_hw.zip", "bob_9_hw.zip"],
        IDS,
        {"bob_1_hw.zip": 60},
    ),
    "a_platform's_time_of_tomorrow": Case(
        {"bob_1_hw.zip": {PATH: BOB}, "bob_9_hw.zip": {PATH: EVE}, "lee.zip": {PATH: LEE}},
        {"lee": "lee"},
        ["NOT COLLECTED (1)", "bob_1_hw.zip, bob_9_hw.zip", "a time that cannot be"],
        IDS,
        {"bob_9_hw.zip": 2_000_000_000},
    ),
    "two_of_one_moment": Case(
        {"bob_1_hw.zip": {PATH: BOB}, "bob_2_hw.zip": {PATH: EVE}, "lee.zip": {PATH: LEE}},
        {"lee": "lee"},
        ["NOT COLLECTED (1)", "do not tell which is later", "bob_1_hw.zip", "bob_2_hw.zip"],
        IDS,
    ),
    "the_same_file_twice": Case(
        {"bob_1_hw.zip": {PATH: BOB}, "bob_1_hw (1).zip": {PATH: BOB}},
        {"bob": "bob"},
        ["1 notebook of 1 student collected; nothing left"],
        IDS,
    ),
    "the_course_folder": Case(
        {
            "kim_1_2_homework.zip": {f"{EDITION}/{PATH}": KIM},
            "lee_1_2_homework.zip": {f"{EDITION}/{PATH}": LEE},
        },
        {"kim": "kim", "lee": "lee"},
        ["nothing left"],
        IDS,
    ),
    "the_course_folder_and_no_roster": Case(
        {
            "kim_1_2_homework.zip": {f"{EDITION}/{PATH}": KIM},
            "lee_1_2_homework.zip": {f"{EDITION}/{PATH}": LEE},
        },
        {},
        ["NOT COLLECTED (2)", "kim_1_2_homework.zip", "lee_1_2_homework.zip", "Import a roster"],
    ),
    "the_folders_of_the_course": Case(
        {
            f"{name}.zip": {f"{name}/{PATH}": EVE}
            for name in ("notebooks", "Source", "release", "submitted", "week1", "scale", "course")
        },
        {},
        ["NOT COLLECTED (7)"],
    ),
    "the_course_folder_unpacked": Case(
        {f"notebooks/{PATH}": KIM, f"release/{PATH}": LEE}, {}, ["NOT COLLECTED (2)"]
    ),
    "names_and_addresses": Case(
        {
            "Eve Jones_81_assignsubmission_file_/week1/scale.ipynb": EVE,
            "smithbob_LATE_12_34_week1.zip": {f"20230002/{PATH}": BOB},
            "김철수_83_hw.zip": {f"x/{PATH}": KIM},
            "ivan_84_hw.zip": {PATH: LEE},
        },
        {"20230001": "bob", "20230002": "eve", "20230003": "kim", "20230004": "lee"},
        ["20230001 handed it in, and inside it names 20230002"],
        NAMED,
    ),
    "a_name_of_two": Case(
        {"Kim Su_1_hw.zip": {PATH: KIM}, "c.zip": {PATH: LEE}},
        {"c": "lee"},
        ["NOT COLLECTED (1)", "may be each of these: a, b"],
        [("a", "Su", "Kim", ""), ("b", "Kim", "Su", ""), ("c", "Su", "Lee", "")],
    ),
    "half_a_name": Case(
        {"Kim_1_hw.zip": {PATH: KIM}, "Su_2_hw.zip": {PATH: KIM}, "c.zip": {PATH: LEE}},
        {"c": "lee"},
        ["NOT COLLECTED (2)"],
        [("a", "Su", "Kim", ""), ("c", "Min", "Lee", "")],
    ),
    "bare_and_unknown": Case(
        {
            "bob_1_scale.ipynb": BOB,
            "lee_2_3_hw/scale.ipynb": LEE,
            "eve_2_letter.hwp": b"x",
            "kim.tar.gz": b"x",
            "carol.rar": b"x",
        },
        {},
        [
            "NOT COLLECTED (5)",
            "It is bob's",
            "submitted/bob/week1/",
            "submitted/lee/week1/",
            "letter.hwp",
            "kim.tar.gz",
            "carol.rar",
        ],
        IDS,
    ),
    "not_alone_and_called_submissions": Case(
        {"submissions.zip": {f"bob/{PATH}": EVE}, "bob.zip": {PATH: BOB}},
        {"bob": "bob"},
        ["NOT COLLECTED (1)", "submissions.zip", "let it lie alone"],
        IDS,
    ),
    "another's_name_in_two_pieces": Case(
        {
            "bo_b.zip": {PATH: EVE},
            "eve_j.zip": {PATH: EVE},
            "Bob_Smith_1_hw.zip": {PATH: BOB},
            "김_철수_1_hw.zip": {PATH: KIM},
        },
        {"20230001": "bob", "20230003": "kim"},
        ["NOT COLLECTED (2)", "'bo_b' names nobody", "'eve_j' names nobody"],
        NAMED,
    ),
    "alone_and_called_as_a_class_is": Case(
        {"all.smith_55_hw.zip": {f"bob/{PATH}": EVE, "carol.zip": zipped_bytes({PATH: EVE})}},
        {"all.smith": "eve"},
        ["inside it names bob"],
        [*IDS, ("all.smith", "", "", "")],
    ),
    "alone_and_full_name_as_a_class_is": Case(
        {"submissions.zip": {"Class Kim_5_file_/bob.zip": zipped_bytes({PATH: EVE})}},
        {"20230009": "eve"},
        ["1 notebook of 1 student"],
        [*IDS, ("20230009", "Class", "Kim", "ck@uni.ac.kr")],
    ),
    "alone_and_shown_as_a_class_is": Case(
        {"submissions.zip": {f"Class Clown_5_assignsubmission_file_/bob/{PATH}": EVE}},
        {},
        ["NOT COLLECTED (1)", "Class Clown"],
        IDS,
    ),
    "below_the_platform's_level": Case(
        {
            "submissions.zip": {
                "bob_1_/hw.zip": zipped_bytes({PATH: BOB}),
                f"eve_2_/bob/{PATH}": EVE,
                "eve_2_/carol.zip": zipped_bytes({f"carol/{PATH}": EVE}),
            }
        },
        {"bob": "bob", "eve": "eve"},
        ["inside it names bob", "inside it names carol"],
        IDS,
    ),
}

LOOKALIKES = {
    "unseen_letter": Case(
        {
            "alice.zip": {PATH: KIM},
            "alice\u3164.zip": {PATH: EVE},
            "alice\u200b_1.zip": {PATH: EVE},
        },
        {"alice": "kim"},
        ["NOT COLLECTED (2)", "U+3164 HANGUL FILLER", "U+200B ZERO WIDTH SPACE"],
        IDS,
    ),
    "unseen_letter_and_no_roster": Case(
        {"alice.zip": {PATH: KIM}, "alice\u3164.zip": {PATH: EVE}, "al\u00adice.zip": {PATH: EVE}},
        {"alice": "kim"},
        ["NOT COLLECTED (2)", "U+3164 HANGUL FILLER", "U+00AD SOFT HYPHEN"],
    ),
    "letters_of_another_script": Case(
        {"bоb_1_hw.zip": {PATH: EVE}, "b\u03bfb.zip": {PATH: EVE}, "bob_1.zip": {PATH: BOB}},
        {"bob": "bob"},
        [
            "NOT COLLECTED (2)",
            "looks like 'bob', but has U+043E CYRILLIC SMALL LETTER O",
            "U+03BF GREEK SMALL LETTER OMICRON",
        ],
        IDS,
    ),
    "letters_of_another_script_and_no_roster": Case(
        {"bоb.zip": {PATH: EVE}, "сора.zip": {PATH: EVE}, "copa.zip": {PATH: BOB}},
        {"copa": "bob"},
        [
            "NOT COLLECTED (2)",
            "it mixes scripts: U+043E CYRILLIC SMALL LETTER O",
            "it looks like 'copa', but has U+0441 CYRILLIC SMALL LETTER ES",
        ],
    ),
    "a_name_in_letters_of_another_script": Case(
        {"Eve J\u043enes_1_hw.zip": {PATH: EVE}, "김철수_2_hw.zip": {PATH: KIM}},
        {"20230003": "kim"},
        ["NOT COLLECTED (1)", "U+043E CYRILLIC SMALL LETTER O"],
        NAMED,
    ),
    "variants_of_letters": Case(
        {"ｂｏｂ.zip": {PATH: EVE}, "\U0001d41bob.zip": {PATH: EVE}, "ɑlice.zip": {PATH: EVE}},
        {},
        [
            "NOT COLLECTED (3)",
            "U+FF42 FULLWIDTH",
            "U+1D41B MATH",
            "U+0251 LATIN SMALL LETTER ALPHA",
        ],
        IDS,
    ),
    "turned_round": Case(
        {"\u202ebob.zip": {PATH: EVE}, "bob\u2066_1.zip": {PATH: EVE}},
        {},
        ["NOT COLLECTED (2)", "U+202E RIGHT-TO-LEFT OVERRIDE", "U+2066 LEFT-TO-RIGHT ISOLATE"],
        IDS,
    ),
    "capitals_alone": Case(
        {"Bob.zip": {PATH: EVE}, "bob.zip": {PATH: BOB}, "lee.zip": {PATH: LEE}},
        {"lee": "lee"},
        ["NOT COLLECTED (2)", "differs from it by capitals alone"],
    ),
    "capitals_alone_and_a_roster": Case(
        {"Bob.zip": {PATH: EVE}, "bob.zip": {PATH: BOB}, "LEE.zip": {PATH: LEE}},
        {"bob": "bob", "lee": "lee"},
        ["bob handed scale.ipynb in again later: bob.zip"],
        IDS,
        {"bob.zip": 60},
    ),
    "digits_for_letters": Case(
        {"al1ce.zip": {PATH: EVE}, "a1ice.zip": {PATH: EVE}},
        {},
        ["NOT COLLECTED (2)", "it looks like 'alice', but has U+0031 DIGIT ONE"],
        IDS,
    ),
    "honest_names_of_one_script": Case(
        {
            "Иван Петренко_1_hw.zip": {PATH: LEE},
            "김철수 (1).zip": {PATH: KIM},
            "Ødegård.zip": {PATH: BOB},
        },
        {"20230004": "lee", "20230003": "kim", "Ødegård": "bob"},
        ["nothing left"],
        [*NAMED, ("Ødegård", "", "", "")],
    ),
}

# for each hand-in of eve: what the table says of it
BOMBS = {
    "zeros": (zip_bombs.zeros(19), "packed more than 200 to one"),
    "more_zeros": (zip_bombs.zeros(100), "larger than 20 MB"),
    "many_zips": (zip_bombs.many_zips(120), "more than 10 zips"),
    "zip_in_zip_in_zip": (zip_bombs.nested(3), "a zip in a zip in a zip"),
    "a_zip_of_zeros": (zipped_bytes({"a.zip": bytes(60 * 2**20)}), "larger than 50 MB"),
    "zips_of_zeros": (
        zipped_bytes({f"{one}.zip": bytes(30 * 2**20) for one in range(5)}),
        "packed more than 200 to one",
    ),
    "overlapping": (zip_bombs.overlapping(100), "lie over one another"),
    "many_files": (zipped_bytes({f"{one}.txt": b"" for one in range(1001)}), "more than 1000"),
    "many_copies": (zipped_bytes({f"{one}/{PATH}": EVE for one in range(99)}), "99 notebooks"),
    "encrypted": (zip_bombs.encrypted(), "encrypted"),
    "says_little": (zip_bombs.says_little(), "cannot be read"),
    "says_much": (zip_bombs.says_much(), "larger than 20 MB"),
    "zip64_of_nothing": (zip_bombs.zip64_of_nothing(), "cannot be"),
    "long_list": (zip_bombs.long_list(), "list of files is too long"),
    "link": (zip_bombs.of_kind(0o120000), "a link or a device"),
    "device": (zip_bombs.of_kind(0o020000), "a link or a device"),
    "pipe": (zip_bombs.of_kind(0o010000), "a link or a device"),
    "lzma": (zip_bombs.packed_with(zipfile.ZIP_LZMA), "a way that is not read"),
    "bzip2": (zip_bombs.packed_with(zipfile.ZIP_BZIP2), "a way that is not read"),
    "absolute": (zipped_bytes({f"/submitted/bob/{PATH}": EVE}), "leads out of the zip"),
    "upwards": (zipped_bytes({f"a/../../{PATH}": EVE}), "leads out of the zip"),
    "backslashes": (zipped_bytes({"..\\..\\week1\\scale.ipynb": EVE}), "leads out of the zip"),
    "drive": (zipped_bytes({f"C:/{PATH}": EVE}), "leads out of the zip"),
    "null": (
        zipped_bytes({f"{PATH}@.txt": EVE}).replace(b"@", b"\0"),
        "U+0000 NULL",
    ),
    "long_name": (zipped_bytes({f"{'a' * 300}/{PATH}": EVE}), "name is too long"),
    "long_path": (zipped_bytes({"abc/" * 500 + PATH: EVE}), "name is too long"),
    "twice": (
        zipped_bytes({PATH: EVE, "week1/scalf.ipynb": BOB}).replace(b"scalf", b"scale"),
        "differ, and both may be eve's",
    ),
    "no_zip": (b"PK\x03\x04" + bytes(100), "cannot be read as a zip"),
}


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the course, in which nbgrader is started."""
    root = tmp_path / "class"
    root.mkdir()
    monkeypatch.chdir(root)
    return root


def check(root: Path, case: Case, capsys: pytest.CaptureFixture[str]) -> str:
    make_course(root, case.roster)
    hand_out(root, case)
    collect()
    said = capsys.readouterr().err
    assert collected(root) == case.collected
    folders = {path.name for path in (root / "submitted").glob("*")}
    assert folders == set(case.collected)
    assert [words for words in case.told if words not in said] == [], said
    return said


@pytest.mark.parametrize("case", IDENTITY.values(), ids=IDENTITY)
def test_who_handed_in_is_what_the_platform_wrote(
    at_home: Path, case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    check(at_home, case, capsys)


@pytest.mark.parametrize("case", LOOKALIKES.values(), ids=LOOKALIKES)
def test_nobody_is_taken_for_whom_the_name_looks_like(
    at_home: Path, case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    check(at_home, case, capsys)


def test_no_zip_harms_the_machine_or_another_student(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_course(at_home, [*IDS, *((f"eve.{name}", "", "", "") for name in BOMBS)])
    archive: dict[str, bytes | Mapping[str, bytes]] = {
        f"eve.{name}.zip": content for name, (content, _) in BOMBS.items()
    }
    hand_out(at_home, Case({"bob.zip": {PATH: BOB}, **archive, "kim.zip": {PATH: KIM}}, {}, []))
    tracemalloc.start()
    collect()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    said = capsys.readouterr().err
    assert collected(at_home) == {"bob": "bob", "kim": "kim"}
    assert f"NOT COLLECTED ({len(BOMBS)})" in said
    blocks = {block.split("\n")[0].split(" › ")[0]: block for block in said.split("\n  eve.")[1:]}
    wrong = {
        name: blocks.get(f"{name}.zip")
        for name, (_, why) in BOMBS.items()
        if why.replace("eve's", f"eve.{name}'s") not in blocks.get(f"{name}.zip", "")
    }
    assert wrong == {}
    # one notebook, and not what the zips say
    assert peak < 100 * 2**20


def test_a_thousand_odd_files_bury_nobody_elses_row(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = {f"week1/{'x' * 200}\u202e{one}.ipynb": EVE for one in range(900)}
    case = Case(
        {"eve.zip": {PATH: EVE, **odd}, "bob.zip": odd},
        {"eve": "eve"},
        ["and 897 more", "NOT COLLECTED (1)", "\\u202e"],
        IDS,
    )
    said = check(at_home, case, capsys)
    assert len(said) < 4000
    assert "\u202e" not in said


def test_files_that_differ_by_capitals_alone_are_told_and_the_released_name_counts(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two = {"week1/SCALE.ipynb": EVE, PATH: BOB, "Week1/scale.ipynb": EVE}
    case = Case({"bob.zip": two}, {"bob": "bob"}, ["differ by capitals alone"], IDS)
    check(at_home, case, capsys)


def test_the_platforms_folder_may_hold_a_file_of_any_size(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_course(at_home, IDS)
    hand_out(at_home, Case({"eve/week1/scale.ipynb": EVE, "bob.zip": {PATH: BOB}}, {}, []))
    with (at_home / "downloaded/week1/archive/eve/week1/scale.ipynb").open("r+b") as file:
        file.truncate(2**40)
    (at_home / "downloaded/week1/archive/kim").symlink_to(at_home / "source")
    os.mkfifo(at_home / "downloaded/week1/archive/lee.zip")
    collect()
    said = capsys.readouterr().err
    assert collected(at_home) == {"bob": "bob"}
    for words in ("larger than 20 MB", "kim\n", "lee.zip\n", "It is a link or no file"):
        assert words in said


def test_a_lookalike_of_an_earlier_hand_in_is_refused(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(at_home, Case({"copa.zip": {PATH: BOB}}, {"copa": "bob"}, []), capsys)
    (at_home / "downloaded/week1/archive/copa.zip").unlink()
    hand_out(at_home, Case({"сора.zip": {PATH: EVE}, "c0pa.zip": {PATH: EVE}}, {}, []))
    collect("--force")
    said = capsys.readouterr().err
    assert collected(at_home) == {"copa": "bob"}
    assert "U+0441 CYRILLIC SMALL LETTER ES" in said
    assert "U+0030 DIGIT ZERO" in said


def test_what_was_collected_before_stays_where_a_person_must_decide(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(at_home, Case({"bob.zip": {PATH: BOB}}, {"bob": "bob"}, [], IDS), capsys)
    two = Case({"bob.zip": {PATH: EVE}, "bob (1).zip": {PATH: LEE}}, {}, [])
    hand_out(at_home, two)
    collect("--force")
    assert "do not tell which is later" in capsys.readouterr().err
    assert collected(at_home) == {"bob": "bob"}


def test_students_whom_grading_has_met_are_no_roster(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_course(at_home, [("bob", "", "", "")])
    with Gradebook(f"sqlite:///{at_home}/gradebook.db", "deep_learning_basics") as book:
        book.add_assignment("week0")
        # as its own autograding does, it warns of a flush when it adds a submission
        with book.db.no_autoflush:
            book.add_submission("week0", "bob")
    hand_out(at_home, Case({"lee.zip": {PATH: LEE}}, {}, []))
    collect()
    assert collected(at_home) == {"lee": "lee"}
    assert "There is no roster in the gradebook" in capsys.readouterr().err


def test_a_time_written_by_hand_is_never_deleted(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(
        at_home,
        Case(
            {"bob.zip": {PATH: BOB}, "kim.zip": {PATH: KIM}}, {"bob": "bob", "kim": "kim"}, [], IDS
        ),
        capsys,
    )
    late, wrong = (at_home / f"submitted/{one}/week1/timestamp.txt" for one in ("bob", "kim"))
    late.write_text("2027-03-17 09:00:00 Asia/Seoul\n", encoding="utf-8")
    wrong.write_text("yesterday", encoding="utf-8")
    hand_out(at_home, Case({"bob_2_.zip": {PATH: EVE}}, {}, [], (), {"bob_2_.zip": 60}))
    for _ in range(2):
        collect("--force")
        said = capsys.readouterr().err
        assert collected(at_home) == {"bob": "eve", "kim": "kim"}
        assert late.read_text(encoding="utf-8") == "2027-03-17 09:00:00 Asia/Seoul\n"
        assert wrong.read_text(encoding="utf-8") == "yesterday"
    assert "It says 2027-03-17 09:00:00 Asia/Seoul, and is kept." in said
    assert "submitted/kim/week1/timestamp.txt holds no time of kim: 'yesterday'" in said
    # nor one of a strange kind
    wrong.unlink()
    wrong.symlink_to(late)
    collect("--force")
    assert wrong.is_symlink()
    assert collected(at_home) == {"bob": "eve", "kim": "kim"}
    assert "Write the time into a file" in capsys.readouterr().err


def test_a_folder_that_is_missing_is_an_error(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_course(at_home)
    with pytest.raises(SystemExit):
        collect()
    assert "downloaded/week1/archive: put into it what the platform handed out" in (
        capsys.readouterr().err
    )

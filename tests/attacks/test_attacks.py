"""Every hostile submission gets the verdict it must get, and harms nobody after it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hall import POINTS, Attack, Hall, attacks, found_in, open_hall, outliving, seen

from autograder.grading.results import as_data
from autograder.sandbox.choose import probe
from autograder.sandbox.tiers import Tier

ATTACKS = attacks()


@pytest.fixture(scope="module")
def hall() -> Iterator[Hall]:
    with open_hall() as hall:
        yield hall


@pytest.fixture(scope="module", params=[1, 2], ids=["tier1", "tier2"])
def tier(request: pytest.FixtureRequest) -> int:
    if faults := probe(Tier(request.param)):
        pytest.skip(f"this machine does not give it: {'; '.join(faults)}")
    return int(request.param)


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_an_attack_gets_its_verdict_and_harms_nobody(hall: Hall, tier: int, attack: Attack) -> None:
    if tier not in attack.expected.get("tiers", (1, 2)):
        pytest.skip("this tier does not prevent it, and says so")
    watched = attack.expected.get("watched", False)
    if watched:
        # zygotes of this process, by which those of the other are told
        assert hall.grade(hall.honest(), tier).points == POINTS
    graded = hall.grade(hall.hand_in("mallory", attack), tier, watched=watched)

    book = graded.notebooks["exam"]
    tests = book.result.tests
    said = [f"{test.grade_id} {test.points:g} {test.status}: {test.message}" for test in tests]
    assert graded.points == attack.expected["points"], said
    assert len(tests) == 5
    assert sum(test.max_points for test in tests) == POINTS
    assert found_in(seen(graded), attack.forbidden) == []
    assert len(seen(graded)) < attack.expected.get("most", 200_000)
    data = {**as_data(graded, "week1"), "fingerprint": ""}
    assert found_in(repr(data), attack.forbidden) == []
    if "says" in attack.expected:
        assert attack.expected["says"] in "\n".join(test.message for test in tests)

    assert outliving() == set()
    assert list(Path(tempfile.gettempdir()).iterdir()) == []
    assert hall.extra_credit == 1
    assert hall.grade(hall.honest(), tier).points == POINTS


def test_an_honest_wrong_answer_scores_nothing(hall: Hall, tier: int) -> None:
    submission = hall.honest("wrong")
    file = submission.folder / "exam.ipynb"
    text = file.read_text("utf-8").replace("return 2.0", "return 1.0").replace("3.0 * X", "X")
    file.write_text(text, encoding="utf-8")
    assert hall.grade(submission, tier).points == 0

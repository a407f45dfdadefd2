"""What is aimed at the examiner is real: each reaches trusted code where its rule is missing."""

from collections.abc import Iterator
from typing import Any

import pytest
from hall import LIMITS, POINTS, Attack, Hall, attacks, open_hall

from autograder.examiner import session
from autograder.examiner.child import Child, ChildEnded
from autograder.examiner.watch import Overrun, Watch
from autograder.grading.cluster.batch import Batch, pack_lesson, pack_submission
from autograder.grading.job import Graded, Job
from autograder.sandbox.choose import probe
from autograder.sandbox.tiers import Tier
from autograder.wire import arrays, generators, tables, values


@pytest.fixture(scope="module")
def hall() -> Iterator[Hall]:
    with open_hall() as hall:
        yield hall


def any_state(inner: Any) -> Any:
    """Whatever numpy takes."""
    return inner


def in_any_shape(value: Any) -> tuple[int, ...]:
    return tuple(value)


def uncounted(_self: values.Decoder, array: Any) -> Any:
    return array


Rule = tuple[object, str, object]
UNCHECKED: Rule = (arrays, "_keep_promises", lambda _kind, _data: None)
# Where a rule stands, its name, and what takes its place; of two, either alone withstands.
RULES: dict[str, tuple[Rule, ...]] = {
    "R70_even_increment": ((generators, "_STATES", {"PCG64": any_state}),),
    "R71_truth_of_255": (UNCHECKED,),
    "R72_letters_beyond_unicode": (
        UNCHECKED,
        (values, "_OF_FORGERIES", (TypeError, ValueError)),
    ),
    "R73_number_of_4000_digits": ((values, "_LARGEST", 1 << 20_000),),
    "R74_many_views": ((values.Decoder, "_again", uncounted),),
    "R76_thousands_of_columns": ((tables, "MAX_COLUMNS", 10**6),),
    "R77_flags_of_an_object": ((session, "_MAX_FLAGS", 10**7),),
    "R78_nothing_by_billions": ((arrays, "shape_from", in_any_shape),),
    "R79_label_of_megabytes": ((tables, "MAX_LABEL", 10**8),),
}


@pytest.fixture(scope="module")
def tier() -> int:
    tier = next((one for one in (1, 2) if not probe(Tier(one))), None)
    if tier is None:
        pytest.skip("this machine gives no sandbox")
    return tier


@pytest.mark.parametrize("name", RULES)
def test_without_its_rule_what_was_sent_reaches_the_test(
    hall: Hall, tier: int, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attack = named(name)
    # the first test cell: of what it gets, the others are told nothing
    first = said(hall.grade(hall.hand_in("mallory", attack), tier))
    assert attack.expected["says"] in first
    for rule in RULES[name]:
        monkeypatch.setattr(*rule)
    first = said(hall.grade(hall.hand_in("mallory", attack), tier))
    assert attack.expected["says"] not in first


def test_without_somebody_who_watches_the_gigabytes_are_there(
    hall: Hall, tier: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    attack = named("D79_broadcast_to_gigabytes")
    monkeypatch.setattr(Watch, "look", lambda _: None)
    graded = hall.grade(hall.hand_in("mallory", attack), tier, watched=True)
    # every test but the one that it computed whole was passed
    assert graded.points == POINTS - 1


def test_the_process_that_grades_for_a_dask_worker_is_watched_too(hall: Hall, tier: int) -> None:
    attack = named("D79_broadcast_to_gigabytes")
    handed_in = [hall.honest(), hall.hand_in("mallory", attack)]
    jobs = [Job(hall.root, "week1", ("exam",), one, tier, LIMITS) for one in handed_in]
    batch = Batch(
        "week1",
        ("exam",),
        ("numpy", "course.checks"),
        pack_lesson(hall.root, "week1", ("exam",)),
        tuple((job.submission.student, pack_submission(job)) for job in jobs),
        {},
        tier,
        LIMITS,
    )
    child = Child("autograder.grading.cluster.station")
    try:
        child.ask(batch)
        assert child.hear().points == POINTS
        with pytest.raises(ChildEnded) as ended:
            child.hear()
        assert ended.value.overrun is Overrun.MEMORY
    finally:
        child.end()


def named(name: str) -> Attack:
    [found] = [attack for attack in attacks() if attack.name == name]
    return found


def said(graded: Graded) -> str:
    """What the first test cell says."""
    return graded.notebooks["exam"].result.tests[0].message

"""The attacks are real: each gets through where its defence is missing."""

import builtins
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hall import (
    HERE,
    LIMITS,
    ROOT,
    SECRETS,
    Attack,
    Hall,
    answer,
    attacks,
    found_in,
    open_hall,
    outliving,
)

from autograder.examiner import session
from autograder.examiner.allowance import Allowance
from autograder.examiner.examine import Examination
from autograder.examiner.lesson import read_lesson
from autograder.examiner.outputs import cells_to_run
from autograder.examiner.restore import restore
from autograder.examiner.results import CellResult
from autograder.examiner.session import Session
from autograder.examiner.warm import Zygote, launch
from autograder.examiner.zygotes import font_cache, order_for, warm_zygote
from autograder.feedback import wording
from autograder.intake.read import read_cells
from autograder.intake.rebuild import rebuild
from autograder.intake.template import read_template
from autograder.sandbox.choose import probe
from autograder.sandbox.defences import Defence
from autograder.sandbox.tiers import Tier

NAIVE = [attack for attack in attacks() if attack.expected.get("naive")]
FALLS = [attack for attack in attacks() if "falls" in attack.expected]


@pytest.fixture(scope="module")
def hall() -> Iterator[Hall]:
    with open_hall() as hall:
        yield hall


@pytest.fixture(scope="module")
def naive_grader() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, str(HERE / "naive_grader.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def in_one_process(hall: Hall, attack: Attack) -> Path:
    """A submission as plain nbgrader lays it out: the hidden tests beside the answers."""
    submitted = hall.hand_in("mallory", attack).folder
    notebook = json.loads((submitted / "exam.ipynb").read_text("utf-8"))
    for cell in hall.source["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade") and not meta["solution"]:
            answer(notebook, meta["grade_id"])["source"] = cell["source"]
    folder = hall.root / "autograded" / "mallory" / "week1"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "exam.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder


@pytest.mark.parametrize("attack", NAIVE, ids=[attack.name for attack in NAIVE])
def test_in_one_process_the_attack_gains_points_or_secrets(
    hall: Hall, naive_grader: subprocess.Popen[str], attack: Attack
) -> None:
    assert naive_grader.stdin is not None
    assert naive_grader.stdout is not None
    naive_grader.stdin.write(f"{in_one_process(hall, attack)}\n")
    naive_grader.stdin.flush()
    report = json.loads(naive_grader.stdout.readline())
    gained = report["points"] - attack.expected["points"]
    assert gained > 0 or found_in(report["seen"], attack.forbidden), report


def gains(hall: Hall, attack: Attack, zygote: Zygote) -> str:
    """What an attack achieves with the workers of a zygote; empty if nothing."""
    lesson = read_lesson(hall.root / "source" / "week1" / "exam.ipynb")
    template = read_template(hall.root, "week1", "exam")
    submitted = read_cells(hall.hand_in("mallory", attack).folder / "exam.ipynb")
    cells = cells_to_run(rebuild(submitted, template.cells, template.stubs), lesson)
    result = Examination(lesson, cells, zygote, LIMITS).run()
    points = sum(test.points for test in result.tests)
    if points > attack.expected["points"]:
        return f"{points:g} points"
    seen = json.dumps(result.outputs) + "".join(test.message for test in result.tests)
    return ", ".join(found_in(seen, attack.forbidden))


@contextmanager
def lacking(tier: Tier, *without: str) -> Iterator[Zygote]:
    """A zygote whose workers lack some layers of the sandbox."""
    order = order_for(("numpy", "course.checks"), tier, LIMITS)
    order = replace(order, without=without)
    zygote = Zygote(order, *launch(order, font_cache()))
    try:
        yield zygote
    finally:
        zygote.close()


@pytest.mark.parametrize("attack", FALLS, ids=[attack.name for attack in FALLS])
def test_without_its_layer_of_the_sandbox_the_attack_gets_through(
    hall: Hall, attack: Attack
) -> None:
    tier, without = Tier(attack.expected["falls"]["tier"]), attack.expected["falls"]["without"]
    if faults := probe(tier):
        pytest.skip(f"this machine does not give it: {'; '.join(faults)}")
    if Defence.IDENTITY in without and os.geteuid() != 0:
        pytest.skip("an ordinary user has no other identity to take")
    with lacking(tier, *without) as zygote:
        assert gains(hall, attack, zygote)
    if len(without) > 1:
        # they stand for each other
        for one in without:
            with lacking(tier, one) as zygote:
                assert gains(hall, attack, zygote) == ""


class Everything:
    """Holds whatever is asked for."""

    def __contains__(self, _item: object) -> bool:
        return True


def in_order(self: Examination) -> tuple[CellResult, ...]:
    """Run hidden lines where they stand, before visible ones of later tests."""
    return tuple(self._test(cell, secret=bool(cell.hidden)) for cell in self._lesson.tests)


def as_raised(_self: Session, raised: dict[str, str], _what: str) -> Exception:
    """Raise whatever builtin exception the student's code raised."""
    kind: type[Exception] = getattr(builtins, raised["type"], Exception)
    return kind(raised["message"])


def restored_in_silence(old: object, new: object) -> bool:
    """Put a changed argument back and say that nothing changed."""
    restore(old, new)
    return False


# A rule of the engine that is switched off: where it stands, its name, and what takes its place.
RULES: dict[str, tuple[object, str, object]] = {
    "A14_exception_named_for_inputs": (wording, "_TELLABLE", Everything()),
    "A15_inputs_through_a_visible_test": (Examination, "_test_all", in_order),
    "B21_mutation_under_another_name": (session, "restore", restored_in_silence),
    "B22_stop_iteration": (Session, "_error", as_raised),
    "B23_arithmetic_judge": (session, "ARITHMETIC", frozenset()),
    "R40_forged_flood": (Allowance, "take", lambda _self, outputs: outputs),
    "R15_forged_outputs": (
        session, "clean_outputs", lambda raw: [one for one in raw if isinstance(one, dict)]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_without_a_rule_of_the_engine_the_attack_gets_through(
    hall: Hall, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tier = next((one for one in (1, 2) if not probe(Tier(one))), None)
    if tier is None:
        pytest.skip("this machine gives no sandbox")
    [attack] = [attack for attack in attacks() if attack.name == name]
    zygote = warm_zygote(("numpy", "course.checks"), tier, LIMITS)
    assert gains(hall, attack, zygote) == ""
    monkeypatch.setattr(*RULES[name])
    assert gains(hall, attack, zygote)


def test_a_process_that_outlives_its_worker_would_be_noticed(hall: Hall) -> None:
    if faults := probe(Tier.LANDLOCK):
        pytest.skip(f"this machine does not give it: {'; '.join(faults)}")
    [attack] = [attack for attack in attacks() if attack.name == "D05_fork"]
    with lacking(Tier.LANDLOCK, "syscalls") as zygote:
        assert gains(hall, attack, zygote)
        left = outliving(0.2)
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        assert left
        assert outliving() == set()


def test_every_layer_of_the_sandbox_is_shown_to_be_needed() -> None:
    assert {name for attack in FALLS for name in attack.expected["falls"]["without"]} == {
        str(defence) for defence in Defence
    }


def test_the_secrets_stand_in_the_source_and_not_in_the_release(hall: Hall) -> None:
    assert found_in(json.dumps(hall.release), SECRETS) == []
    computed = {"15454"}  # 3 * 5151.5, which the test computes itself
    assert set(found_in(json.dumps(hall.source), SECRETS)) == set(SECRETS) - computed

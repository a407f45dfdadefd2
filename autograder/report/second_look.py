"""Questions that deserve a second look by their author."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.report.items import ENOUGH, Item

# of fewer students no pattern can be seen
FEW = 3
# of a large class a few always do something odd
SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One reason to look again, and the questions it concerns."""

    title: str
    advice: str
    items: tuple[Item, ...]
    urgent: bool = True


def second_look(items: Sequence[Item], students: int) -> tuple[Suspicion, ...]:
    """Every reason, also those that concern no question; the gravest first.

    Parameters
    ----------
    students : int
        How many are graded.
    """

    def having(holds: Callable[[Item], bool]) -> tuple[Item, ...]:
        return tuple(item for item in items if holds(item))

    several = max(FEW, SHARE * students)
    puzzling = having(lambda item: len(item.puzzling) >= several)
    return (
        Suspicion(
            "Nobody passes",
            "Does the test ask for more than the text says? If it does, change the test and grade "
            "again.",
            having(lambda item: item.answered >= FEW and not item.passed),
        ),
        Suspicion(
            "The better students fail",
            "Who passes it does worse elsewhere (negative discrimination). Is a right answer "
            f"refused, or a wrong one accepted? Told from {ENOUGH} answers on; chance can do it.",
            having(lambda item: item.is_sure and (item.discrimination or 0) < 0),
        ),
        Suspicion(
            "It stops several students",
            "Time, memory or a process that ended. Is the limit too tight for an honest answer?",
            having(lambda item: item.stopped >= several),
        ),
        Suspicion(
            "Failed in ways nobody has catalogued",
            "Several who pass other tests fail, and no mistake was recognised. Read two of their "
            "answers: the mistake they share belongs in the catalogue.",
            tuple(sorted(puzzling, key=lambda item: -len(item.puzzling))),
        ),
        Suspicion(
            "Left blank by most",
            "More than half wrote no answer. Was there time for it? Is the text clear?",
            having(lambda item: students >= FEW and item.blank > students / 2),
        ),
        Suspicion(
            "Everybody who answered passes",
            "Right for a first check. Among hidden tests it says that the class has it.",
            having(lambda item: item.answered >= FEW and item.passed == item.answered),
            urgent=False,
        ),
    )

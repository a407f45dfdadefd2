"""No text and no expected value of a hidden test is ever in the memory of a worker."""

import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hall import LIMITS, Hall, open_hall

from autograder.examiner.examine import Examination, StudentCell, student_cells
from autograder.examiner.lesson import Lesson, read_lesson
from autograder.examiner.warm import Worker, Zygote
from autograder.examiner.zygotes import warm_zygote
from autograder.sandbox.choose import probe
from autograder.sandbox.tiers import Tier

# no number that is round in binary: its bytes would be found by chance
INPUTS = {
    "double": 4337.265953827161,
    "double, second": -77.12498327561,
    "triple": 5151.539180276431,
}
EXPECTED = {name: (2 if name.startswith("double") else 3) * x for name, x in INPUTS.items()}
TEXTS = {
    "label of double": b"hushed quokka",
    "label of triple": b"grumpy numbat",
    "written answer": b"shy wombat",
    "marker": b"BEGIN HIDDEN TESTS",
    "expected, as it is written": b"8674.53",
    "input, as it is written": b"4337.26",
}
# Wrong, so that no expected value is computed in the worker by the answer itself.
WRONG = {"double": "def double(X):\n    return 0.0 * np.asarray(X)", "triple": "triple = double"}


@pytest.fixture(scope="module")
def hall() -> Iterator[Hall]:
    with open_hall() as hall:
        yield hall


@pytest.fixture(params=[1, 2], ids=["tier1", "tier2"])
def tier(request: pytest.FixtureRequest) -> int:
    if faults := probe(Tier(request.param)):
        pytest.skip(f"this machine does not give it: {'; '.join(faults)}")
    return int(request.param)


@pytest.fixture
def lesson(hall: Hall) -> Lesson:
    return read_lesson(hall.root / "source" / "week1" / "exam.ipynb")


class Watched:
    """A zygote whose workers are looked at when all tests have run, before they are ended."""

    def __init__(self, zygote: Zygote, look: Callable[[int], None]) -> None:
        self.tier = zygote.tier
        self._zygote, self._look = zygote, look

    @property
    def alive(self) -> bool:
        return self._zygote.alive

    def fork(self) -> Worker:
        worker = self._zygote.fork()
        end = worker.kill

        def look_first() -> None:
            assert worker.alive
            self._look(worker.pid)
            end()

        worker.kill = look_first  # type: ignore[method-assign]
        return worker


def memory(pid: int) -> Iterator[bytes]:
    """Every mapping that a process may read, one at a time."""
    lines = Path(f"/proc/{pid}/maps").read_text("utf-8").splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as file:
        for line in lines:
            span, rights, *rest = line.split(maxsplit=5)
            first, last = (int(number, 16) for number in span.split("-"))
            # what is mapped from a file and cannot be written holds that file's bytes
            if rights[0] != "r" or (rights[1] != "w" and len(rest) > 3):
                continue
            try:
                file.seek(first)
                yield file.read(last - first)
            except (OSError, OverflowError, ValueError):
                continue  # [vvar] and the like


def hits(zygote: Zygote, lesson: Lesson, cells: Sequence[StudentCell]) -> dict[str, int]:
    """Grade, and count what is found in the worker when the last test has run."""
    needles = {f"text: {name}": text for name, text in TEXTS.items()}
    for kind, values in (("expected", EXPECTED), ("input", INPUTS)):
        needles |= {f"{kind}: {name}": struct.pack("<d", x) for name, x in values.items()}
    counts = dict.fromkeys(needles, 0)
    looked = []

    def look(pid: int) -> None:
        looked.append(pid)
        for piece in memory(pid):
            for name, needle in needles.items():
                counts[name] += piece.count(needle)

    watched = Watched(zygote, look)
    try:
        Examination(lesson, cells, watched, LIMITS).run()  # type: ignore[arg-type]
    except PermissionError:
        pytest.skip("this user may not read a worker's memory")
    assert len(looked) == 1
    return counts


def test_a_worker_never_holds_a_hidden_test_or_an_expected_value(lesson: Lesson, tier: int) -> None:
    zygote = warm_zygote(lesson.modules, tier, LIMITS)
    # visible lines fail with this answer, and the hidden ones of their own cells are run
    counts = hits(zygote, lesson, student_cells(lesson, texts(lesson)))
    found = {name: count for name, count in counts.items() if count}
    # the last input travelled, as bytes of an array: it shows that the probe finds what is there
    assert "input: triple" in found
    assert set(found) <= {f"input: {name}" for name in INPUTS}


def test_the_same_probe_finds_all_where_tests_run_in_the_worker(lesson: Lesson) -> None:
    tier = next((one for one in (1, 2) if not probe(Tier(one))), None)
    if tier is None:
        pytest.skip("this machine gives no sandbox")
    zygote = warm_zygote(lesson.modules, tier, LIMITS)
    own = student_cells(lesson, texts(lesson))
    naive = [*own, *(StudentCell(test.id, test.source) for test in lesson.tests)]
    counts = hits(zygote, lesson, naive)
    missed = {name for name, count in counts.items() if not count}
    # it is of no cell's text that the code is run; and one value is computed, then freed
    assert missed <= {"text: written answer", "expected: triple"}


def texts(lesson: Lesson) -> dict[str, str]:
    """The wrong answers by the ids of their cells."""
    return {cell.id: WRONG[cell.grade_id] for cell in lesson.cells if cell.grade_id in WRONG}

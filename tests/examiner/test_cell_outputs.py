"""Outputs of a student's cells: kept as Jupyter would, within a cap, and as plain text only."""

import base64
import json
from typing import Any

import nbformat
import pytest
from exam_room import lesson, sit

from autograder.examiner.allowance import Allowance
from autograder.examiner.received import clean_outputs
from autograder.examiner.results import NotebookResult, Status
from autograder.worker import caps
from autograder.worker.outputs import Outputs, Room

MEGABYTE = 2**20
EXAM = lesson("assert f() == 1")
F = "\ndef f():\n    return 1"


def outputs_of(cell: str, name: str = "a1") -> list[dict[str, Any]]:
    result = sit(EXAM, cell + F)
    assert result.tests[0].status is Status.PASSED, result.tests[0].detail
    return result.outputs[name]


def size(result: NotebookResult) -> int:
    return len(json.dumps(result.outputs))


SHOWN: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "nothing": ("x = 1", []),
    "printed": (
        "print('a')\nprint('b')",
        [{"output_type": "stream", "name": "stdout", "text": "a\nb\n"}],
    ),
    "stderr": (
        "import sys\nprint('e', file=sys.stderr)",
        [{"output_type": "stream", "name": "stderr", "text": "e\n"}],
    ),
    "html": (
        "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))",
        [
            {
                "output_type": "display_data",
                "data": {
                    "text/plain": "<IPython.core.display.HTML object>",
                    "text/html": "<b>x</b>",
                },
                "metadata": {},
            }
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "outputs"), SHOWN.values(), ids=SHOWN)
def test_a_cells_outputs_are_kept(cell: str, outputs: list[dict[str, Any]]) -> None:
    assert outputs_of(cell) == outputs


def test_the_value_of_the_last_line_is_shown() -> None:
    result = sit(EXAM, F, "f() + 1")
    [shown] = result.outputs["a2"]
    assert shown["output_type"] == "execute_result"
    assert shown["data"] == {"text/plain": "2"}


@pytest.mark.parametrize("show", ["", "\nplt.show()"], ids=["left_open", "shown"])
def test_a_figure_becomes_one_png(show: str) -> None:
    result = sit(EXAM, F, f"import matplotlib.pyplot as plt\n_ = plt.plot([1, 2]){show}")
    [shown] = result.outputs["a2"]
    assert shown["output_type"] == "display_data"
    assert base64.b64decode(shown["data"]["image/png"]).startswith(b"\x89PNG")


DRAWN = """\
class Counted(plt.Line2D):
    times = 0
    def draw(self, renderer):
        Counted.times += 1
        super().draw(renderer)
figure, axes = plt.subplots(figsize=(3, 2), dpi=50, layout={layout!r})
axes.add_line(Counted([0, 1], [0, 1]))
axes.set(xlabel="x", ylabel="y")
{more}
"""


@pytest.mark.parametrize(
    ("layout", "more", "times", "size"),
    [
        ("constrained", "", 1, (150, 100)),
        # what is cropped to must be known before it is drawn
        (None, "axes.text(2, 0, 'far outside')", 2, None),
        ("constrained", "figure.set_layout_engine('none')", 2, None),
    ],
)
def test_a_figure_that_makes_room_for_its_labels_is_drawn_once(
    layout: str | None, more: str, times: int, size: tuple[int, int] | None
) -> None:
    exam = lesson("assert f() == 1", stubs=["f()"], setup="import matplotlib.pyplot as plt")
    result = sit(exam, F, DRAWN.format(layout=layout, more=more), "print(Counted.times)")
    [shown] = [one for one in result.outputs["a2"] if one["output_type"] == "display_data"]
    picture = base64.b64decode(shown["data"]["image/png"])
    drawn = tuple(int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert result.outputs["a3"][0]["text"] == f"{times}\n"
    assert (drawn == (150, 100)) == (size is not None)


def test_a_worker_looks_for_no_garbage_in_what_its_zygote_imported() -> None:
    result = sit(EXAM, F, "import gc\nprint(gc.get_freeze_count() > 10_000)")
    assert result.outputs["a2"] == [{"output_type": "stream", "name": "stdout", "text": "True\n"}]


FLOODS = {
    "one_print_of_50_MB": "print('x' * 50_000_000)",
    "many_prints": "for i in range(200_000):\n    print('line', i, 'x' * 50)",
    "displays": "from IPython.display import display\nfor i in range(5000):\n    display(i)",
    "rich_displays": (
        "from IPython.display import HTML, display\n"
        "for i in range(5000):\n    display(HTML('x' * 10_000))"
    ),
    "one_rich_display": "from IPython.display import HTML\nHTML('x' * 50_000_000)",
    "both_streams": (
        "import sys\nfor i in range(100_000):\n    print('x' * 50)\n    print('y', file=sys.stderr)"
    ),
    "error_message": "class E(Exception):\n    def __str__(self): return 'x' * 5_000_000\nraise E",
    "last_value": "'x' * 50_000_000",
}


@pytest.mark.parametrize("cell", FLOODS.values(), ids=FLOODS)
def test_a_flood_of_output_is_cut(cell: str) -> None:
    result = sit(EXAM, F, cell)
    assert result.tests[0].status is Status.PASSED
    # as JSON, in which a line break takes two characters and each output some names
    assert size(result) < 2 * MEGABYTE


def test_a_cut_output_says_so_and_the_next_cell_has_its_own_room() -> None:
    result = sit(EXAM, F, FLOODS["one_print_of_50_MB"], "print('next')")
    assert "output was cut here" in result.outputs["a2"][-1]["text"]
    assert result.outputs["a3"][0]["text"] == "next\n"


NOTEBOOKS = {
    "emoji": "print('😀' * 1_040_000)",
    "figures_of_text": "from IPython.display import HTML, display\ndisplay(HTML('é' * 500_000))",
    "errors": "class E(Exception):\n    def __str__(self): return '😀' * 2000\n"
    "for _ in range(300): get_ipython().showsyntaxerror() or get_ipython().showtraceback("
    "(E, E(), None))",
    "many_pieces": "import sys\nfor _ in range(300):\n    print()\n    print(file=sys.stderr)",
}
TO_FEEDBACK = caps.NOTEBOOK + 3 * len(caps.CUT)


def bytes_of(outputs: dict[str, list[dict[str, Any]]]) -> int:
    return len(json.dumps(outputs, ensure_ascii=False).encode("utf-8", "replace"))


@pytest.mark.parametrize("cell", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_output_is_cut_for_the_whole_notebook_and_says_so_once(cell: str) -> None:
    result = sit(EXAM, "print('honest')" + F, *[cell] * 12)
    assert result.tests[0].status is Status.PASSED
    assert result.outputs["a1"] == [{"output_type": "stream", "name": "stdout", "text": "honest\n"}]
    # names and brackets of each piece beside its text
    assert bytes_of(result.outputs) < TO_FEEDBACK + 100 * caps.PIECES
    assert sum(map(len, result.outputs.values())) <= caps.PIECES + 3
    cuts = repr(list(result.outputs.values())).count("The output was cut here")
    # a cell of its own length, and the notebook
    assert 1 <= cuts <= 3
    assert result.outputs["a13"] == []


@pytest.mark.parametrize(
    "text", ["x" * caps.CELL, "é" * (caps.CELL // 2 + 5), "😀" * caps.CELL, "\ud83d" * caps.CELL]
)
def test_a_text_is_cut_by_its_bytes_and_between_its_characters(text: str) -> None:
    outputs = Outputs(Room())
    for piece in (text[:5], text[5:7], text[7:]):
        outputs.stream("stdout", piece)
    [shown] = outputs.items
    kept = shown["text"].removesuffix(caps.CUT)
    assert text.startswith(kept)
    assert caps.CELL - caps.PIECE - 4 < caps.size_of(kept) <= caps.CELL
    assert shown["text"].endswith(caps.CUT)


def test_a_worker_that_says_more_is_cut_by_the_examiner() -> None:
    one = {"output_type": "stream", "name": "stdout", "text": "😀" * 200_000}
    allowance = Allowance()
    kept = [allowance.take(clean_outputs([one] * 5)) for _ in range(20)]
    shown = [output for cell in kept for output in cell]
    assert sum(caps.size_of(output["text"]) for output in shown) <= TO_FEEDBACK
    assert [output["text"] for output in shown].count(caps.CUT) == 1
    empty = [{**one, "text": ""}] * 1500
    allowance = Allowance()
    assert sum(len(allowance.take(empty)) for _ in range(9)) <= caps.PIECES + 1


def test_a_reply_with_outputs_may_be_no_larger_than_they_may_be() -> None:
    forges = (
        "import gc\nfrom autograder.worker.serve import Server\n"
        "[server] = [one for one in gc.get_objects() if type(one) is Server]\n"
        "server._shell.run = lambda source: ([[] for _ in range(9_000_000)], False)"
    )
    result = sit(EXAM, F, forges, "1")
    assert "ended" in result.outputs["a3"][0]["evalue"]


@pytest.mark.parametrize("where", ["stdout", "stderr", "__stdout__", "__stderr__"])
def test_what_functions_print_in_a_test_is_no_output(where: str) -> None:
    prints = f"import sys\ndef f():\n    print('heard', file=sys.{where})\n    return 1"
    result = sit(EXAM, prints)
    assert result.tests[0].status is Status.PASSED
    assert "heard" not in repr(result)


def test_what_a_thread_prints_during_tests_is_no_output() -> None:
    prints = (
        "import threading, time\ndef run():\n    while True:\n        print('heard')\n"
        "        time.sleep(0.001)\nstarted = []\n"
        "def f():\n    threading.Thread(target=run, daemon=True).start()\n    time.sleep(0.1)\n"
        "    return 1"
    )
    result = sit(lesson("f()", "assert f() == 1"), prints)
    assert "heard" not in repr(result.outputs)


HALF_A_PAIR = {
    "printed": "print('\\ud800')",
    "displayed": "'\\udfff'",
    "raised": "raise ValueError('\\ud83d')",
    "class_name": "raise type('E\\ud83d', (Exception,), {})",
    "test_message": "def g():\n    raise ValueError('\\ud800')",
}


@pytest.mark.parametrize("cell", HALF_A_PAIR.values(), ids=HALF_A_PAIR)
def test_half_a_character_can_be_written_to_a_file(cell: str) -> None:
    result = sit(lesson("assert f() == 1", "g()"), F, cell)
    repr_of_all = [result.outputs, [[t.message, t.detail] for t in result.tests]]
    json.dumps(repr_of_all, ensure_ascii=False).encode("utf-8")


JUNK: dict[str, Any] = {
    "nothing": None,
    "text": "outputs",
    "numbers": [1, 2.5, None, True],
    "lists": [[], [[]]],
    "unknown_type": [{"output_type": "pager", "text": "x"}],
    "no_type": [{"text": "x"}],
    "stream_of_numbers": [{"output_type": "stream", "name": "stdout", "text": 5}],
    "stream_elsewhere": [{"output_type": "stream", "name": "../x", "text": "x"}],
    "data_of_lists": [{"output_type": "display_data", "data": []}],
    "error_without_trace": [{"output_type": "error", "ename": "E", "evalue": "x"}],
}


@pytest.mark.parametrize("raw", JUNK.values(), ids=JUNK)
def test_what_is_no_output_is_left_out(raw: Any) -> None:
    assert clean_outputs(raw) == []


FORGED: dict[str, dict[str, Any]] = {
    "script": {
        "output_type": "display_data",
        "data": {"application/javascript": "alert(1)", "text/plain": "x", "text/html": 5},
        "metadata": {"x": "y"},
        "transient": {},
    },
    "result": {"output_type": "execute_result", "data": {}, "execution_count": "many"},
    "error": {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["a", 5, None]},
    "stream": {"output_type": "stream", "name": "stdout", "text": "t", "more": [1]},
}


@pytest.mark.parametrize("raw", FORGED.values(), ids=FORGED)
def test_a_forged_output_becomes_a_valid_one(raw: dict[str, Any]) -> None:
    [output] = clean_outputs([raw])
    cell = nbformat.v4.new_code_cell("", outputs=[nbformat.from_dict(output)])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    assert "javascript" not in repr(output)


def test_forged_outputs_have_a_cap_of_their_own() -> None:
    one = {"output_type": "stream", "name": "stdout", "text": "x" * 100_000}
    assert len(json.dumps(clean_outputs([one] * 1000))) < 3 * MEGABYTE
    assert len(clean_outputs([{**one, "text": ""}] * 100_000)) <= 20_000

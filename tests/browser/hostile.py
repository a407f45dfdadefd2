"""A class that hands in everything in vectors.toml, graded by the real commands."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell
from nbgrader.api import Gradebook
from own_gradebook import copy_config

from autograder.course_tree import CourseTree
from autograder.release.build import build

ROOT = Path(__file__).resolve().parent.parent.parent
VECTORS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "vectors.toml").read_text(encoding="utf-8")
)
WRITTEN = [text for kind in VECTORS["written"].values() for text in kind.values()]
HTML = [
    text
    for kind in ("html", "svg", "mathml", "mutation")
    for text in VECTORS["written"][kind].values()
]
NAMES = list(VECTORS["name"].values())
# graded by `autograder grade`, by `nbgrader autograde`, and by a version that cleaned nothing
STUDENTS = ("mallory", "trudy", "earlier")
_OUTPUTS_A_CELL = 40
_SOLVED = {
    "double": "return 2.0 * np.asarray(X, dtype=float)",
    "row_sums": "if X.ndim != 2: raise ValueError(X)\n    return X.sum(axis=1)",
}


def hostile_class(root: Path) -> None:
    """Make a course of one notebook in `root`, hand in, grade, give feedback and report."""
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", root)
    copy_config(root)
    build(CourseTree(root))
    for student in STUDENTS:
        _hand_in(root, student)
    _run(root, "nbgrader", "generate_assignment", "week1")
    _run(root, "autograder", "grade", "week1", "--student", "mallory", "--student", "earlier")
    _run(root, "nbgrader", "autograde", "week1", "--student", "trudy")
    _as_left_by_an_earlier_version(root)
    with gradebook(root) as book:
        for number, name in enumerate(NAMES):
            book.update_or_create_student(
                f"{number}{name}".replace("/", "\N{FRACTION SLASH}"),
                first_name=name,
                last_name=name,
                email=name,
            )
        for student in STUDENTS:
            names = {"first_name": NAMES[0], "last_name": NAMES[1], "email": NAMES[2]}
            book.update_or_create_student(student, **names)
            comment = book.find_comment("why_rows", "scale", "week1", student)
            comment.manual_comment = "\n\n".join(WRITTEN)
        book.db.commit()
    for student in STUDENTS[:2]:
        _run(root, "nbgrader", "generate_feedback", "week1", "--student", student)
    _run(root, "autograder", "report", "week1")


def gradebook(root: Path) -> Any:
    """Open a course's gradebook."""
    return Gradebook(f"sqlite:///{root / 'gradebook.db'}", "deep_learning_basics")


def _run(root: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]


def _hand_in(root: Path, student: str) -> None:
    notebook = nbformat.read(root / "release/week1/scale.ipynb", 4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in _SOLVED:
            cell.source = f"def {name}(X):\n    {_SOLVED[name]}\n"
        elif name == "why_rows":
            cell.source = "My answer.\n\n" + "\n\n".join(WRITTEN[:60])
            cell.attachments = _attachments()
    notebook.cells += [new_markdown_cell(text) for text in WRITTEN]
    notebook.cells += [new_raw_cell(text) for text in HTML[:20]]
    notebook.cells += [new_code_cell(code) for code in _shown_by_code()]
    folder = root / "submitted" / student / "week1"
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "scale.ipynb")
    for name, text in VECTORS["file"].items():
        (folder / name).write_text(text, encoding="utf-8")


def _attachments() -> dict[str, dict[str, str]]:
    return {name: {kind: data} for name, kind, data in VECTORS["attachment"].values()}


def _shown_by_code() -> list[str]:
    """Code that puts out everything: as HTML, under every type, printed, and raised."""
    outputs = [{"text/html": text} for text in HTML]
    outputs += [{kind: text} for kind, text in VECTORS["output"].items()]
    shares = [outputs[at : at + _OUTPUTS_A_CELL] for at in range(0, len(outputs), _OUTPUTS_A_CELL)]
    cells = [
        f"from IPython.display import display\nfor data in {share!r}:\n    display(data, raw=True)"
        for share in shares
    ]
    printed = list(VECTORS["printed"].values())
    cells.append(
        f"import sys\nfor text in {printed!r}:\n    print(text)\n    sys.stderr.write(text)"
    )
    return [*cells, *(f"raise type('<img src=x onerror=steal()>', (Exception,), {{}})({text!r})"
                      for text in printed)]  # fmt: skip


def _as_left_by_an_earlier_version(root: Path) -> None:
    """What nobody has cleaned in autograded/: a notebook's outputs and metadata, and files."""
    for name, text in VECTORS["file"].items():
        (root / "autograded" / "trudy" / "week1" / name).write_text(text, encoding="utf-8")
    file = root / "autograded" / "earlier" / "week1" / "scale.ipynb"
    notebook = json.loads(file.read_text(encoding="utf-8"))
    cells = [new_markdown_cell(text) for text in WRITTEN]
    for name, kind, data in VECTORS["attachment"].values():
        cells.append(new_markdown_cell(f"![x](attachment:{name}) ![x](<attachment:{name}>)"))
        cells[-1].attachments = {name: {kind: data}}
    outputs = [new_output("display_data", {"text/html": text}) for text in HTML]
    outputs += [
        new_output("display_data", {kind: text}) for kind, text in VECTORS["output"].items()
    ]
    cells += [new_code_cell("shown", outputs=outputs[at : at + 30]) for at in range(0, 300, 30)]
    for text in VECTORS["printed"].values():
        error = new_output("error", ename=text, evalue=text, traceback=[text])
        cells.append(new_code_cell("x", outputs=[error, new_output("stream", text=text)]))
    for text in VECTORS["metadata"].values():
        cells += _marked(notebook, json.loads(text))
    # what would swallow the rest of the page
    cells.append(new_markdown_cell("<plaintext><img src=x onerror=steal()>"))
    notebook["cells"] += json.loads(json.dumps(cells))
    file.chmod(0o644)
    file.write_text(json.dumps(notebook), encoding="utf-8")


def _marked(notebook: dict[str, Any], facts: dict[str, Any]) -> list[Any]:
    """Cells with metadata, and the rest of it for the notebook."""
    output = new_output("display_data", {"image/png": "iVBORw0KGgo="})
    output.metadata = facts.pop("output", {})
    stream = new_output("stream", text="x")
    stream.name = facts.pop("stream", "stdout")
    cells = [new_code_cell("x = 1", outputs=[output, stream]), new_markdown_cell("x")]
    cells.append(new_raw_cell("<b>x"))
    # nbformat would look closer at what is handed to its functions
    for cell in cells:
        cell["metadata"] = facts.get("cell", {})
    notebook["metadata"] |= {key: what for key, what in facts.items() if key != "cell"}
    return cells

"""Each interface of others that we rely on without their promise, used as we use it.

docs/private-interfaces.md says where and what for. A test here bears the interface's name, so that
a new release that breaks one says so before anything else fails.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from own_gradebook import ROOT, copy_config
from private_uses import private_uses

PAGE = (ROOT / "docs/private-interfaces.md").read_text(encoding="utf-8")
Test = Callable[[Path], None]
INTERFACES: dict[str, Test] = {}
# needs seconds, or a package that the development environment has not
SLOW = {"JAX: files of the compilation cache", "torch: torch._dynamo"}


def interface(name: str) -> Callable[[Test], Test]:
    def remember(test: Test) -> Test:
        INTERFACES[name] = test
        return test

    return remember


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.slow if name in SLOW else ())
        for name in re.findall(r"^\| \*\*(.+?)\*\* \|", PAGE, re.MULTILINE)
    ],
)
def test_what_we_rely_on_is_as_we_use_it(name: str, tmp_path: Path) -> None:
    INTERFACES[name](tmp_path)


def test_the_page_lists_what_is_tested_here() -> None:
    assert re.findall(r"^\| \*\*(.+?)\*\* \|", PAGE, re.MULTILINE) == list(INTERFACES)


def test_the_page_names_only_files_that_there_are() -> None:
    for row in re.findall(r"^\| \*\*.+", PAGE, re.MULTILINE):
        files = re.findall(r"`([\w/]+\.(?:py|j2))`", row.split("|")[2])
        assert files, row
        for file in files:
            assert (ROOT / file).is_file(), file


@pytest.mark.parametrize("package", ["autograder", "course"])
def test_every_private_use_is_on_the_page(package: str) -> None:
    unknown = {
        f"{use} in {path.relative_to(ROOT)}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for use in private_uses(path, ROOT)
        if f"`{use}`" not in PAGE
    }
    assert not unknown, "put these on docs/private-interfaces.md, each with a test here"


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("import nbgrader\nnbgrader._hidden()", "_hidden"),
        ("from nbconvert._private import x", "nbconvert._private"),
        ("from numpy.lib import _shape", "_shape"),
        ("import torch._dynamo as d", "torch._dynamo"),
        ("def f(client):\n    return client._handles", "_handles"),
        ("LATER = {'torch': 'torch._dynamo'}", "torch._dynamo"),
        ("import sys\nsys.modules['lark'] = None", "lark"),
        ("import sys\nsys.modules.setdefault('lark', None)", "lark"),
        ("from nbconvert import HTMLExporter\nclass A(HTMLExporter):\n _create_environment = None",
         "_create_environment"),
        ("from nbconvert import HTMLExporter\nclass A(HTMLExporter):\n"
         " def f(self):\n  return self._init_filters", "_init_filters"),
    ],
    ids=["attribute", "module", "name", "import", "object", "text", "module taken out",
         "module kept out", "method replaced", "method called"],
)  # fmt: skip
def test_a_new_private_use_is_noticed(tmp_path: Path, text: str, use: str) -> None:
    file = tmp_path / "new.py"
    file.write_text(text, encoding="utf-8")
    assert private_uses(file, ROOT) == {use}


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos._exit(0)",
        "class A:\n def __init__(self):\n  self._x = 1\n def f(self, other):\n  return other._x",
        "from course._look import COLORS",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n from _ctypes import _CArgObject",
    ],
    ids=["documented", "our own", "our own module", "for type checkers"],
)
def test_what_is_documented_or_our_own_is_not_private(tmp_path: Path, text: str) -> None:
    file = tmp_path / "new.py"
    file.write_text(text, encoding="utf-8")
    assert private_uses(file, ROOT) == set()


def alone(script: str, folder: Path, **environment: str) -> Any:
    """Run a script in a process of its own; the last line that it prints, read as JSON."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        cwd=folder,
        env={**os.environ, "HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def gradebook(folder: Path) -> Any:
    """A gradebook with one student's submission of one notebook of two cells."""
    from nbgrader.api import Gradebook

    from autograder.release.config import course_config

    # nbgrader starts `alembic` by its bare name
    copy_config(folder)
    course_config(folder)
    book = Gradebook(f"sqlite:///{folder}/gradebook.db", "course")
    book.add_assignment("week1")
    book.add_notebook("scale", "week1")
    book.add_grade_cell("test_double", "scale", "week1", max_score=2, cell_type="code")
    book.add_grade_cell("why", "scale", "week1", max_score=1, cell_type="markdown")
    book.add_solution_cell("why", "scale", "week1")
    book.add_student("ann")
    with book.db.no_autoflush:
        book.add_submission("week1", "ann")
    return book


@interface("nbgrader: Gradebook.db and Gradebook.engine")
def _(folder: Path) -> None:
    from nbgrader.api import Grade

    with gradebook(folder) as book:
        assert book.engine.dialect.name == "sqlite"
        grade = book.db.query(Grade).filter(Grade.auto_score.is_(None)).first()
        grade.auto_score = 2.0
        book.db.flush()
        book.db.rollback()
        assert book.find_submission("week1", "ann").score == 0


@interface("nbgrader: alembic by its bare name")
def _(folder: Path) -> None:
    script = """
import json, os
from pathlib import Path
from autograder.release.config import course_config
course_config(Path())
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps(book.db.connection().exec_driver_sql(
        "SELECT count(*) FROM alembic_version").scalar()))
"""
    copy_config(folder)
    assert alone(script, folder, PATH="/usr/bin:/bin") == 1


@interface("nbgrader: what the database said, behind InvalidEntry")
def _(folder: Path) -> None:
    from nbgrader.api import InvalidEntry
    from sqlalchemy.exc import IntegrityError

    from autograder.release.database import origin

    with gradebook(folder) as book, pytest.raises(InvalidEntry) as refused:
        book.add_student("ann")
    assert isinstance(origin(refused.value), IntegrityError)


@interface("nbgrader: AssignLatePenalties.plugin_inst")
def _(_folder: Path) -> None:
    from nbgrader.preprocessors import AssignLatePenalties
    from traitlets.config import Config

    config = Config({"LateSubmissionPlugin": {"penalty_method": "zero"}})
    penalties = AssignLatePenalties(config=config)
    penalties.init_plugin()
    assert penalties.plugin_inst.late_submission_penalty("ann", 5.0, 60.0) == 5.0


@interface("nbgrader: GetGrades._get_score and GetGrades._get_comment")
def _(folder: Path) -> None:
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    from autograder.feedback.grades import ReadGrades

    with gradebook(folder) as book:
        book.find_grade("test_double", "scale", "week1", "ann").auto_score = 2.0
        book.find_comment("why", "scale", "week1", "ann").manual_comment = "Good."
        book.find_grade("why", "scale", "week1", "ann").needs_manual_grade = True
        book.db.commit()
        place = {"assignment": "week1", "notebook": "scale", "student": "ann"}
        place["db_url"] = f"sqlite:///{folder}/gradebook.db"
        marks = {"schema_version": 3, "locked": False, "task": False}
        code, text = new_code_cell("1"), new_markdown_cell("because")
        code.metadata.nbgrader = {**marks, "grade": True, "solution": False}
        text.metadata.nbgrader = {**marks, "grade": True, "solution": True}
        code.metadata.nbgrader |= {"grade_id": "test_double", "points": 2, "cell_type": "code"}
        text.metadata.nbgrader |= {"grade_id": "why", "points": 1, "cell_type": "markdown"}
        ReadGrades().preprocess(new_notebook(cells=[code, text]), {"nbgrader": place})
    assert code.metadata.nbgrader["score"] == 2.0
    assert text.metadata.nbgrader["comment"] == "Good."
    assert text.metadata.grade == {"waits": True, "by_hand": False}


@interface('nbgrader: resources["nbgrader"]')
def _(folder: Path) -> None:
    from nbgrader.converters import Autograde
    from nbgrader.coursedir import CourseDirectory

    file = folder / "submitted/ann/week1/scale.ipynb"
    course = CourseDirectory(root=str(folder), assignment_id="week1", student_id="ann")
    found = Autograde(coursedir=course).init_single_notebook_resources(str(file))["nbgrader"]
    wanted = {"assignment": "week1", "notebook": "scale", "student": "ann"}
    assert {key: found[key] for key in wanted} == wanted


@interface("nbgrader: ZipCollectApp._format_collect_path")
def _(folder: Path) -> None:
    from nbgrader.apps import ZipCollectApp
    from nbgrader.coursedir import CourseDirectory

    from autograder.collect.names import CollectByFolder

    app = ZipCollectApp()
    app.coursedir = CourseDirectory(root=str(folder), assignment_id="week1")
    collector = CollectByFolder(parent=app)
    extracted = folder / "downloaded/week1/extracted"
    file = str(extracted / "ann/week1/scale.ipynb")
    assert collector.collect(file) == {"student_id": "ann", "file_id": "scale.ipynb"}
    assert collector.collect(str(extracted / "zip/ann/week1/scale.ipynb")) is None


@interface("nbgrader: formgrader's templates")
def _(folder: Path) -> None:
    from nbconvert.exporters import HTMLExporter
    from nbformat.v4 import new_markdown_cell, new_notebook

    from autograder.feedback.formgrader import TEMPLATE_FOLDERS
    from autograder.feedback.page import FeedbackPage
    from autograder.release.config import course_config

    copy_config(folder)
    exporter = HTMLExporter(config=course_config(folder), template_name="formgrade")
    exporter.extra_template_basedirs = TEMPLATE_FOLDERS
    names = dict.fromkeys(("index", "total"), 0) | dict.fromkeys(
        ("assignment_id", "notebook_id", "submission_id", "base_url", "student", "last_name",
         "first_name", "notebook_path"), "<b>"
    )  # fmt: skip
    notebook = new_notebook(cells=[new_markdown_cell("$x$ <script>steal()</script>")])
    html, _ = exporter.from_notebook_node(notebook, resources=names)
    assert "<math" in html
    assert "steal()</script>" not in html
    # ours in the place of nbgrader's, which reads what students wrote
    assert "mathjax.js" not in html.lower()
    assert "cdnjs" not in html
    template = FeedbackPage().environment.get_template("index.html.j2")
    assert template.filename is not None
    assert Path(template.filename).is_relative_to(ROOT / "autograder")


@interface("nbconvert: TemplateExporter._create_environment")
def _(_folder: Path) -> None:
    from autograder.feedback.page import FeedbackPage

    environment = FeedbackPage().environment
    assert environment.autoescape is True
    assert environment.from_string("{{ '<' }} {{ policy }}").render().startswith("&lt; default-src")


@interface("nbconvert: markdown_mistune.IPythonRenderer and MarkdownWithMath")
def _(_folder: Path) -> None:
    from autograder.feedback.prose import prose

    text = (
        "*a* $x$\n\n$$y$$\n\n\\begin{equation}z\\end{equation}\n\n![p](attachment:p.png) "
        "![far](https://far.example/p.png)\n\n```mermaid\ngraph\n```"
    )
    html = prose(text, {"p.png": {"image/png": "aGk="}})
    assert html.count("<math") == 3
    assert '<img src="data:image/png;base64,aGk=" alt="p">' in html
    assert "<em>a</em>" in html
    assert "[far]" in html
    assert "<pre><code>graph</code></pre>" in html


SHELL = """
import json
from autograder.worker.shell import Shell
shell = Shell()
shell.inline_figures()
cells = ["1 / 0", "6 * 7", "from IPython.display import HTML, display\\ndisplay(HTML('<b>'))",
         "import matplotlib.pyplot as plt\\nfig, ax = plt.subplots(layout='constrained')"]
print(json.dumps([shell.run(cell) for cell in cells]))
"""


def shell_outputs(folder: Path) -> list[Any]:
    environment = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    outputs: list[Any] = alone("import matplotlib\n" + SHELL, folder, **environment)
    return outputs


@interface("IPython: InteractiveShell._showtraceback")
def _(folder: Path) -> None:
    [[error], failed], *_ = shell_outputs(folder)
    assert failed
    assert (error["output_type"], error["ename"]) == ("error", "ZeroDivisionError")
    assert error["evalue"] == "division by zero"
    assert any("1 / 0" in line for line in error["traceback"])


@interface("IPython: DisplayHook and DisplayPublisher")
def _(folder: Path) -> None:
    _, [[result], _], [[display], _], _ = shell_outputs(folder)
    assert (result["output_type"], result["data"]) == ("execute_result", {"text/plain": "42"})
    assert display["output_type"] == "display_data"
    assert display["data"]["text/html"] == "<b>"


@interface("matplotlib-inline: backend_inline and the formatter of figures")
def _(folder: Path) -> None:
    *_, [[figure], failed] = shell_outputs(folder)
    assert not failed
    assert figure["data"]["image/png"].startswith("iVBOR")


@interface("IPython: compilerop.CachingCompiler")
def _(folder: Path) -> None:
    order = {"cells": [[4, "x = 1"], [7, "y = 2\n1 / 0"]], "limit": 30}
    done = subprocess.run(
        [sys.executable, "-c", "from course.commands.child import main; main()"],
        input=json.dumps(order),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    problem = told[3]["problem"]
    assert (problem["type"], problem["cell"], problem["line"]) == ("ZeroDivisionError", 7, 2)
    assert done.stderr == ""


@interface("jsonschema: rfc3987_syntax")
def _(folder: Path) -> None:
    script = """
import json, sys
from autograder.quick_start import skip_slow_imports
skip_slow_imports()
import nbformat
nbformat.validate(nbformat.v4.new_notebook())
print(json.dumps("lark" in sys.modules))
"""
    assert alone(script, folder) is False


@interface("multiprocessing: forkserver and resource_tracker")
def _(folder: Path) -> None:
    script = """
import json, signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from autograder.grading.pool import _start_forkserver
_start_forkserver()
with ProcessPoolExecutor(1, get_context("forkserver")) as pool:
    theirs = pool.submit(signal.pthread_sigmask, signal.SIG_BLOCK, []).result()
ours = signal.pthread_sigmask(signal.SIG_BLOCK, [])
print(json.dumps([signal.SIGINT in theirs, signal.SIGINT in ours]))
"""
    assert alone(script, folder) == [True, False]


@interface("multiprocessing: util.get_temp_dir")
def _(folder: Path) -> None:
    script = """
import json, operator, tempfile
from autograder.grading.pool import get_temp_dir, run_jobs
[(_, theirs)] = run_jobs([tempfile.gettempdir], operator.call, 1)
print(json.dumps([get_temp_dir(), theirs]))
"""
    ours, theirs = alone(script, folder, TMPDIR="/tmp")  # noqa: S108 # a socket's name is short
    assert ours == theirs
    # the command has removed it at its end
    assert not Path(ours).exists()


JAX = """
import json, os
import jax
hits = []
jax.monitoring.register_event_listener(lambda event, **_: hits.append(event))
jax.jit(lambda x: (x @ x).sum() * 3)(jax.numpy.ones((7, 7))).block_until_ready()
print(json.dumps(["/jax/compilation_cache/cache_hits" in hits,
                  sorted(os.listdir(os.environ["JAX_COMPILATION_CACHE_DIR"]))]))
"""


@interface("JAX: files of the compilation cache")
def _(folder: Path) -> None:
    from autograder.examiner.compiled import _FOLDER, _KEEP_ALL, _KEEP_NOTHING, _add

    filled, read = folder / "filled", folder / "read"
    filled.mkdir()
    hit, entries = alone(JAX, folder, **_KEEP_ALL, **{_FOLDER: str(filled)})
    assert not hit
    assert entries
    _add(filled, read)
    # another folder, which nobody may write to
    hit, kept = alone(JAX, folder, **_KEEP_NOTHING, **{_FOLDER: str(read)})
    assert hit
    assert [name for name in kept if name not in entries] == []


@interface("torch: torch._dynamo")
def _(folder: Path) -> None:
    pytest.importorskip("torch", reason="needs torch: .ci/frameworks and .ci/unpinned run it")
    script = """
import importlib, json, sys
from autograder.examiner.zygotes import needed_modules
for module in needed_modules(["torch"]):
    importlib.import_module(module)
before = set(sys.modules)
import torch
w = torch.zeros(3, requires_grad=True)
torch.optim.SGD([w], lr=0.1).zero_grad()
print(json.dumps(len(set(sys.modules) - before)))
"""
    assert alone(script, folder, OMP_NUM_THREADS="1") < 20


DASK = """
import json, warnings
from distributed import Client, LocalCluster, get_worker
def place():
    return get_worker().local_directory
with LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as c:
    with Client(c.scheduler_address, set_as_default=False) as client:
        facts = [client.scheduler.address == c.scheduler_address, client.status,
                 sum(client.nthreads().values()), bool(client.submit(place).result())]
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            client.submit(len, bytes(20_000_000)).result()
    facts += [client.status, [str(one.message)[:19] for one in told]]
print(json.dumps(facts))
"""


@interface("distributed: Client.scheduler, Client.status and get_worker().local_directory")
def _(folder: Path) -> None:
    connected, status, threads, place, ended, _told = alone(DASK, folder)
    assert connected
    assert (status, ended) == ("running", "closed")
    assert threads == 2
    assert place


@interface("distributed: the warning of a large graph")
def _(folder: Path) -> None:
    *_, told = alone(DASK, folder)
    assert "Sending large graph" in told


@interface("hatchling: builders.wheel.WheelBuilder")
def _(folder: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder

    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"]))
    assert wheel.endswith(".whl")

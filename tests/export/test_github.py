"""`autograder export github`, and the workflow that grades an instructor's repository with it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from handing_in import ON_TIME, RIGHT, hand_in
from markdown_it import MarkdownIt

from autograder.cli import main
from autograder.course_tree import CourseTree
from autograder.examiner.results import Status
from autograder.export.github import Class, annotations, code, command, summary
from autograder.report.read import Result, Verdict

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
STUDENTS_WORKFLOW = ROOT / "autograder" / "publish" / "templates" / "check.yml"
# SchemaStore's schema of workflows (Apache License 2.0), as check-jsonschema 0.39.0 carries it
SCHEMA = Path(__file__).with_name("github-workflow.schema.json")
GRADE = ROOT / ".github" / "workflows" / "grade.yml"
HOSTILE = "::error::`<img src=x onerror=alert(1)>`|**@all** [x](http://e.test)\n# %0A::set-env"


def result(student: str, reason: Status = Status.PASSED, said: str = "") -> Result:
    verdict = Verdict(2.0 * (reason is Status.PASSED), 2.0, reason, said, ())
    return Result(student, verdict.score, 2, {("scale", "test_double"): verdict})


def cells_of(markdown: str) -> list[list[str]]:
    """The rows of the first table, as a reader of GitHub's dialect sees them, in HTML."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)
    rows = re.findall(r"<tr>(.*?)</tr>", html.partition("</table>")[0], re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


# --- The table and the annotations


def test_the_summary_has_a_row_for_each_student_and_says_the_tier(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "summary.md"
    where = ["--course", str(graded), "export", "github", "week1", "--output", str(file)]
    assert main(where) == 0
    text = file.read_text(encoding="utf-8")
    assert "5 graded, 0 not; mean 2.3, median 2.5 of 4.5 automatic points." in text
    assert re.search(r"\nTier [123]: student code", text)
    head, *rows = cells_of(text)
    assert head == ["student", "points", "<code>scale</code>", "what happened"]
    assert [row[:3] for row in rows] == [
        ["<code>00123</code>", "4.5/4.5", "4.5/4.5"],
        ["<code>kim</code>", "2.5/4.5", "2.5/4.5"],
        ["<code>lee@uni.kr</code>", "4.5/4.5", "4.5/4.5"],
        ["<code>nasty</code>", "0/4.5", "0/4.5"],
        ["<code>park</code>", "0/4.5", "0/4.5"],
    ]
    assert rows[4][3] == "<code>scale</code> The file is damaged: it cannot be read as a notebook."
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "::warning file=submitted/park/week1/scale.ipynb,title=scale::park: The file is damaged: "
        "it cannot be read as a notebook.",
        "::notice title=week1::5 graded, 0 not; mean 2.3, median 2.5 of 4.5 automatic points",
        f"written  {file}",
    ]


def test_who_has_no_result_is_an_error_and_what_is_no_folder_a_warning(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "course"
    shutil.copytree(graded, root, symlinks=True)
    (root / "results/week1/kim.json").unlink()
    (root / "submitted/::set-env\nx/week1").mkdir(parents=True)
    assert main(["--course", str(root), "export", "github", "week1"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == ("::error file=submitted/kim/week1,title=not graded::kim has no results")
    assert said[1].startswith("::warning title=passed over::'::set-env")
    assert said[1].endswith("cannot be a student's id: it holds U+003A COLON, U+000A (no name)")
    text = (root / "build/export/week1.github.md").read_text(encoding="utf-8")
    assert "**Not graded:** <code>kim</code>" in text
    assert "4 graded, 1 not" in text
    shutil.rmtree(root / "results")
    assert main(["--course", str(root), "export", "github", "week1"]) == 0
    assert "::notice title=week1::nobody is graded" in capsys.readouterr().out


def test_hostile_text_is_text_in_the_table() -> None:
    told = Class("week1", [result(HOSTILE, Status.MISSING, HOSTILE)], [HOSTILE], [HOSTILE])
    text = summary(told)
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert not re.search(r"<(img|a|strong>@|h1)", html)
    [_, row] = cells_of(text)
    assert len(row) == 4
    assert "&lt;img src=x onerror=alert(1)&gt;" in row[0]
    assert "|**@all** [x](http://e.test)" in row[0]
    # outside of code GitHub itself would make something of these, after Markdown
    assert not re.search(r"[@|<`*\[]", code(HOSTILE).removeprefix("<code>").removesuffix("</code>"))


def test_hostile_text_is_no_workflow_command() -> None:
    told = Class("week1", [result(HOSTILE, Status.MISSING, HOSTILE)], [HOSTILE], [HOSTILE])
    lines = annotations(told)
    assert len(lines) == 4
    for line in lines:
        assert re.match(r"::(error|warning|notice) [^:\n]*::", line)
        assert not re.search(r"[\r\n]", line)
    escaped = command("error", "100%\r\nsure: a,b", "a:b,c%\n.ipynb", "t")
    assert escaped == "::error file=a%3Ab%2Cc%25 .ipynb,title=t::100%25 sure: a,b"


def test_there_are_never_more_annotations_than_github_shows() -> None:
    many = [result(f"s{number:03}", Status.TIMEOUT) for number in range(40)]
    lines = annotations(Class("week1", many, [f"u{number}" for number in range(11)]))
    assert sum(line.startswith("::warning") for line in lines) == 10
    assert sum(line.startswith("::error") for line in lines) == 10
    assert "::warning title=week1::and 31 more: see the table" in lines
    assert "s000: 1 timeout" in lines[10]


def test_a_large_class_stays_below_what_a_summary_may_hold() -> None:
    text = summary(Class("week1", [result(f"student-{number}") for number in range(4000)]))
    assert len(text.encode()) < 2**20 / 8
    assert "of 4000 rows are too many here; the artifact has them all." in text


# --- The workflow


@pytest.mark.parametrize("file", [*WORKFLOWS, STUDENTS_WORKFLOW], ids=lambda file: file.name)
def test_a_workflow_is_valid_and_its_scripts_are_bash(file: Path) -> None:
    # JSON has no key `true`, which YAML 1.1 makes of `on`
    workflow = {("on" if key is True else key): value for key, value in read(file).items()}
    jsonschema.validate(workflow, json.loads(SCHEMA.read_text(encoding="utf-8")))
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            if "run" in step:
                done = subprocess.run(
                    ["bash", "-n"], input=step["run"], text=True, capture_output=True, check=False
                )
                assert done.returncode == 0, done.stderr
                assert "${{" not in step["run"], "what an event says belongs into env"


def test_the_schema_finds_a_misspelt_key() -> None:
    workflow = read(GRADE)
    workflow["on"] = workflow.pop(True)
    workflow["jobs"]["grade"]["steps"][1]["runs"] = "true"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(workflow, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_the_grading_workflow_has_no_rights_and_keeps_no_token() -> None:
    workflow = read(GRADE)
    assert workflow["permissions"] == {"contents": "read"}
    assert set(workflow[True]) == {"push", "schedule", "workflow_dispatch"}
    assert workflow[True]["push"] == {"paths": ["submitted/**"]}
    [job] = workflow["jobs"].values()
    assert "permissions" not in job
    assert job["steps"][0]["with"] == {"persist-credentials": False}
    text = GRADE.read_text(encoding="utf-8")
    assert "secrets." not in text
    assert "trust-students" not in text


def read(file: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


class Runner:
    """The `run:` steps of the workflow, in order, as a runner has bash do them."""

    def __init__(self, course: Path, place: Path) -> None:
        self.course = course
        self.summary, self._outputs = place / "summary.md", place / "output"
        self.log = ""
        self.known: dict[str, str] = {}

    def run(self, **known: str) -> list[str]:
        """Run all steps but the installation; the names of those that failed."""
        self.known = {"inputs.assignment": "", "github.event.repository.private": "true"} | known
        failed = []
        [job] = read(GRADE)["jobs"].values()
        for step in job["steps"]:
            condition = step.get("if", "").removeprefix("${{").removesuffix("}}").strip()
            wanted = condition.removeprefix("!cancelled() && ").removesuffix(" != ''")
            if "run" not in step or step["run"] == "make setup":
                continue
            if condition and not self.known.get(wanted):
                continue
            if failed and not condition.startswith("!cancelled()"):
                continue
            if self._step(step):
                failed.append(step["name"])
        return failed

    def _step(self, step: dict[str, Any]) -> int:
        self._outputs.write_text("", encoding="utf-8")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.course.parent),
            "LANG": "C.UTF-8",
            "GITHUB_OUTPUT": str(self._outputs),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_TOKEN": "ghs_" + "secret" * 6,
            "ACTIONS_RUNTIME_TOKEN": "ey_" + "secret" * 6,
            **{
                key: re.sub(
                    r"\$\{\{ *(.*?) *\}\}", lambda found: self.known.get(found[1], ""), text
                )
                for key, text in step.get("env", {}).items()
            },
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.course,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        self.log += done.stdout
        for line in self._outputs.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            self.known[f"steps.{step['id']}.outputs.{name}"] = value
        return done.returncode


SPY = """import os
    from pathlib import Path
    found = [repr(dict(os.environ))]
    for number in range(1, 5000):
        try: found.append(Path(f"/proc/{number}/environ").read_text())
        except OSError: pass
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_ENV"):
        try: Path(os.environ[name]).write_text("stolen")
        except (KeyError, OSError): pass
    raise ValueError(" ".join(found))"""


@pytest.fixture
def repository(graded: Path, tmp_path: Path) -> Path:
    """An instructor's checkout with a week's hand-ins; what `make setup` makes is this Python's."""
    root = tmp_path / "checkout"
    for part in ("source", "release"):
        shutil.copytree(graded / part, root / part)
    shutil.copy(graded / "nbgrader_config.py", root)
    (root / "course").symlink_to(ROOT / "course")
    (root / ".venv").symlink_to(sys.prefix)
    return root


@pytest.mark.slow
def test_the_workflow_grades_what_was_handed_in_and_shows_it(
    repository: Path, tmp_path: Path
) -> None:
    hand_in(repository, "kim", RIGHT, ON_TIME, wrote=True)
    hand_in(repository, "spy", {"double": SPY}, ON_TIME, wrote=False)
    folder = repository / "submitted/spy/week1"
    (folder / "scale.ipynb").rename(folder / "scale.bak")
    shutil.copy(folder / "scale.bak", folder / "::error::x\n::add-mask::week1.ipynb")
    (folder / "scale.bak").rename(folder / "scale.ipynb")
    runner = Runner(repository, tmp_path)
    assert runner.run() == [], runner.log
    [_, kim, spy] = cells_of(runner.summary.read_text(encoding="utf-8"))
    assert kim[:2] == ["<code>kim</code>", "4.5/4.5"]
    assert spy[:2] == ["<code>spy</code>", "0/4.5"]
    assert (repository / "feedback/kim/week1/scale.html").is_file()
    assert (repository / "build/export/week1.junit.xml").is_file()
    # between the two lines with the token no line is a command
    [token] = re.findall(r"^::stop-commands::([0-9a-f]{40})$", runner.log, re.MULTILINE)
    [_, after] = runner.log.split(f"\n::{token}::\n")
    assert "::notice title=week1::2 graded, 0 not" in after
    assert "add-mask" not in after
    # what the spy saw stands in the message of its visible test, and in no other place
    said = (repository / "results/week1/spy.json").read_text(encoding="utf-8")
    assert "'USER': 'student'" in said
    for file in (path for path in repository.rglob("*") if path.is_file()):
        if not file.is_relative_to(repository / ".venv"):
            assert b"secretsecret" not in file.read_bytes(), file
    assert "stolen" not in runner.summary.read_text(encoding="utf-8")


def test_without_hand_ins_in_public_or_for_another_assignment_nothing_is_graded(
    repository: Path, tmp_path: Path
) -> None:
    runner = Runner(repository, tmp_path)
    assert runner.run() == []
    assert runner.log.startswith("::notice title=nothing to grade::")
    hand_in(repository, "kim", RIGHT, ON_TIME, wrote=True)
    runner = Runner(repository, tmp_path)
    assert runner.run(**{"github.event.repository.private": "false"}) == ["What was handed in"]
    assert "This repository is public" in runner.log
    assert Runner(repository, tmp_path).run(**{"inputs.assignment": "week2; touch x"}) == []
    assert not (repository / "results").exists()
    assert not (repository / "x").exists()


@pytest.mark.slow
def test_a_course_that_cannot_be_graded_fails_the_job_and_says_who_has_nothing(
    repository: Path, tmp_path: Path
) -> None:
    hand_in(repository, "kim", RIGHT, ON_TIME, wrote=True)
    (repository / "source/week1/scale.ipynb").unlink()
    assert CourseTree(repository).assignments() == ["week1"]
    runner = Runner(repository, tmp_path)
    assert runner.run() == ["Was everything graded?"]
    assert "::error file=submitted/kim/week1,title=not graded::kim has no results" in runner.log
    assert "::error title=not all was graded::week1: see the log" in runner.log
    assert "nobody is graded" in runner.summary.read_text(encoding="utf-8")

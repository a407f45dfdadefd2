"""`autograder export gradescope`: its zip's scripts, in a folder laid out as Gradescope does."""

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from handing_in import RIGHT, notebook_with
from own_gradebook import copy_config

from autograder.authoring.load import load
from autograder.cli import main
from autograder.course_tree import CourseTree
from autograder.demo.answers import reference, solutions
from autograder.errors import GraderError
from autograder.export.gradescope.archive import Wanted, lessons, make_files
from autograder.export.gradescope.archive import container as container_for
from autograder.export.gradescope.handed_in import put_in_place, who
from autograder.export.gradescope.locked import locked
from autograder.export.gradescope.shown import shown
from autograder.release.build import build

ROOT = Path(__file__).resolve().parents[2]
SANDBOX = ROOT / "tests" / "sandbox"
# https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format
TOP = {
    "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format",
    "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard",
}  # fmt: skip
OF_A_TEST = {
    "score", "max_score", "status", "name", "name_format", "number", "output", "output_format",
    "tags", "visibility", "extra_data",
}  # fmt: skip
METADATA = {"users": [{"email": "kim@uni.kr", "id": 7, "name": "Kim"}], "previous_submissions": []}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course, built, with the real package, tables and lock."""
    root = tmp_path_factory.mktemp("gradescope") / "course"
    shutil.copytree(ROOT / "tests" / "fixtures" / "mini", root)
    for name in ("course", "data"):
        (root / name).symlink_to(ROOT / name)
    for name in ("requirements.txt", "requirements-dev.lock"):
        shutil.copy(ROOT / name, root)
    copy_config(root)
    text = root / "source/week1/scale.py"
    # no picture: drawing it takes longer than all else
    head, tail = text.read_text(encoding="utf-8").split("# %% show=")
    text.write_text(head + "# %% [markdown] manual=" + tail.split("manual=")[1], encoding="utf-8")
    build(CourseTree(root))
    return root


@pytest.fixture(scope="module")
def archive(course: Path) -> Path:
    assert main(["--course", str(course), "export", "gradescope", "week1"]) == 0
    return course / "build/export/week1.gradescope.zip"


class Container:
    """A folder as Gradescope's harness lays it out."""

    def __init__(self, archive: Path, root: Path) -> None:
        self.root = root
        # one for all, as in an image: matplotlib lists its fonts once
        self._home = archive.parent / "home"
        for name in ("source", "submission", "results"):
            (root / name).mkdir(parents=True)
        with zipfile.ZipFile(archive) as opened:
            for entry in opened.infolist():
                opened.extract(entry, root / "source")
                (root / "source" / entry.filename).chmod(entry.external_attr >> 16)
        shutil.copy(root / "source/run_autograder", root / "run_autograder")
        (root / "submission_metadata.json").write_text(json.dumps(METADATA), encoding="utf-8")
        self.said = ""

    def submit(self, bodies: Mapping[str, str], name: str = "scale.ipynb") -> None:
        notebook = notebook_with(self.root / "source/class", bodies)
        file = self.root / "submission" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(notebook), encoding="utf-8")

    def run(self, *refused: str, python: str | None = sys.executable) -> dict[str, Any]:
        """Run `run_autograder`, on a machine that refuses what is named, and read its results."""
        self.script("run_autograder", *refused, python=python)
        found: dict[str, Any] = json.loads(
            (self.root / "results/results.json").read_text(encoding="utf-8")
        )
        return found

    def script(self, name: str, *refused: str, python: str | None) -> None:
        less = (
            f"import os, sys; sys.path[:0] = [{str(SANDBOX)!r}]\n"
            f"import sandbox_host; sandbox_host.refuse({list(refused)})\n"
            "os.execv(sys.argv[1], sys.argv[1:])"
        )
        command = [str(self.root / name)]
        done = subprocess.run(
            [sys.executable, "-c", less, *command] if refused else command,
            cwd=self.root,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self._home),
                "AUTOGRADER_ROOT": str(self.root),
                "SECRET_OF_THE_PLATFORM": "secret" * 5,
            }
            | ({"AUTOGRADER_PYTHON": python} if python else {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=1200,
            check=False,
        )
        self.said = done.stdout
        assert done.returncode == 0, done.stdout


@pytest.fixture
def container(archive: Path, tmp_path: Path) -> Container:
    return Container(archive, tmp_path / "autograder")


# --- What comes out


def test_right_answers_get_every_point_in_gradescopes_own_words(container: Container) -> None:
    # as `python -m course submit` packs it, and Gradescope unpacks it
    container.submit(RIGHT, "20231234/week1/scale.ipynb")
    results = container.run()
    assert "kim@uni.kr: 4 of 4 automatic tests passed: 4.5 of 4.5 points." in container.said
    assert container.said.startswith("Tier ")
    assert set(results) <= TOP
    assert results["score"] == 4.5
    assert results["output"] == "4 of 4 automatic tests passed: 4.5 of 4.5 points."
    assert (results["visibility"], results["stdout_visibility"]) == ("visible", "hidden")
    assert all(set(test) <= OF_A_TEST for test in results["tests"])
    assert [(test["name"], test["score"], test["status"]) for test in results["tests"]] == [
        ("scale: test_double", 1.0, "passed"),
        ("scale: test_double_integers", 2.0, "passed"),
        ("scale: test_row_sums", 1.0, "passed"),
        ("scale: test_row_sums_refuses_vectors", 0.5, "passed"),
    ]
    assert results["extra_data"]["tier"] in {1, 2, 3}


THIEF = """from pathlib import Path
    root, found = Path({root!r}), []
    for name in ("course/__init__.py", "source/week1/scale.ipynb", "release/week1/scale.ipynb",
                 "source/week1/misconceptions/scale.py", "autograder/cli.py"):
        try: found.append("read " + name + str(len((root / "source/class" / name).read_bytes())))
        except OSError as error: found.append("shut")
    for name in ("submission_metadata.json", "submission/scale.ipynb", "results/results.json"):
        try: found.append("read " + (root / name).read_text())
        except OSError as error: found.append("shut")
    for name in ("results/results.json", "results/other.json", "source/class/course/checks.py",
                 "source/run_autograder", "run_autograder"):
        try: (root / name).write_text("mine"); found.append("wrote " + name)
        except OSError as error: found.append("shut")
    for number in range(1, 3000):
        try: found.append(Path(f"/proc/{{number}}/environ").read_text())
        except OSError as error: pass
    raise ValueError("; ".join(found))"""


@pytest.mark.parametrize(
    "refused",
    [pytest.param((), marks=pytest.mark.slow), ("unshare",)],
    ids=["best_tier", "as_in_docker"],
)
def test_a_thief_reads_no_test_and_writes_no_result(
    container: Container, refused: tuple[str, ...]
) -> None:
    container.submit(RIGHT | {"double": THIEF.format(root=str(container.root))})
    before = {path: path.read_bytes() for path in files(container.root / "source")}
    results = container.run(*refused)
    if refused and "Tier 3" not in container.said:
        assert "Tier 2" in container.said
    first, hidden, *_ = results["tests"]
    # the package that students import is there for them: the thief does try
    said = first["output"].removeprefix("ValueError: ").split("; ")
    assert said[0].startswith("read course/__init__.py")
    assert said[1:13] == ["shut"] * 12
    assert "secretsecret" not in json.dumps(results)
    assert results["score"] == 1.5
    assert {path: path.read_bytes() for path in files(container.root / "source")} == before
    assert not (container.root / "results/other.json").exists()
    # what a hidden test holds, its student does not read
    assert hidden["output"].endswith("What is the dtype of 2 * X if X holds integers?")
    for secret in ("double of integers", "-18.0", "row_sums of a square"):
        assert secret not in json.dumps(results)


def files(folder: Path) -> list[Path]:
    ours = ("__pycache__", "build")
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not set(path.relative_to(folder).parts) & set(ours)
    ]


@pytest.mark.slow
def test_a_notebook_under_another_name_is_told_which_name_is_awaited(container: Container) -> None:
    container.submit(RIGHT, "scale (1).ipynb")
    results = container.run()
    assert results["score"] == 0
    assert results["output"].splitlines() == [
        "0 of 4 automatic tests passed: 0 of 4.5 points.",
        "scale.ipynb is missing: hand in a file of exactly this name. Is it 'scale (1).ipynb'? "
        "Then rename it.",
        "scale: The notebook was not handed in.",
    ]


# --- What keeps it from grading


def test_without_a_sandbox_nobody_is_graded(container: Container) -> None:
    container.submit(RIGHT)
    results = container.run("unshare", "landlock")
    assert "error: this machine cannot isolate students' code" in container.said
    assert "was not graded (exit code 1)" in container.said
    assert set(results) == {"output", "output_format", "visibility", "stdout_visibility"}
    assert "This is no score" in results["output"]


@pytest.mark.slow
def test_without_a_sandbox_who_is_trusted_is_graded(container: Container) -> None:
    container.submit(RIGHT)
    script = container.root / "run_autograder"
    text = script.read_text(encoding="utf-8")
    told = text.replace("--visibility visible", "--visibility visible --trust-students")
    script.write_text(told, encoding="utf-8")
    assert container.run("unshare", "landlock")["score"] == 4.5
    assert "Tier 3" in container.said


def test_however_it_ends_the_student_reads_that_there_is_no_score(container: Container) -> None:
    for python in ("/bin/false", "/nonexistent"):
        (container.root / "results/results.json").unlink(missing_ok=True)
        results = container.run(python=python)
        assert "score" not in results
        assert "could not be graded" in results["output"]
        assert "was not graded" in container.said


# --- What goes in


def test_the_zip_holds_one_assignment_and_what_grades_it(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        modes = {one.filename: stat.S_IMODE(one.external_attr >> 16) for one in opened.infolist()}
        dates = {one.date_time for one in opened.infolist()}
    assert names == sorted(names)
    assert {name for name, mode in modes.items() if mode == 0o755} == {"setup.sh", "run_autograder"}
    assert set(modes.values()) == {0o755, 0o644}
    # an hour of the day would make other bytes of the same course
    assert dates == {(1980, 1, 1, 0, 0, 0)}
    assert {name for name in names if "week1" in name} == {
        "class/source/week1/scale.ipynb",
        "class/source/week1/misconceptions/scale.py",
        "class/release/week1/scale.ipynb",
    }
    every = {f"class/autograder/{one.relative_to(ROOT / 'autograder')}" for one in package()}
    assert every <= set(names)
    assert not [name for name in names if "__pycache__" in name or "/." in name]


def package() -> list[Path]:
    return [
        path for path in (ROOT / "autograder").rglob("*") if path.suffix in {".py", ".json", ".sh"}
    ]


def test_the_same_course_gives_the_same_bytes(archive: Path, course: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    words = ["--course", str(course), "export", "gradescope", "week1", "--to", str(again)]
    assert main(words) == 0
    assert again.read_bytes() == archive.read_bytes()
    again.write_text("no zip", encoding="utf-8")
    assert main(words) == 1
    assert again.read_text(encoding="utf-8") == "no zip"


def test_what_was_asked_for_stands_in_the_script_and_a_stale_course_is_refused(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a.zip"
    words = ["--course", str(course), "export", "gradescope", "week1", "--to", str(target)]
    assert main([*words, "--trust-students", "--visibility", "after_due_date"]) == 0
    said = capsys.readouterr().out
    assert "autograder points   4.5\n" in said
    assert "The zip holds the answers." in said
    with zipfile.ZipFile(target) as opened:
        script = opened.read("run_autograder").decode()
    assert "--assignment week1 --visibility after_due_date --trust-students" in script
    assert "@" not in script
    release = course / "release/week1/scale.ipynb"
    before = release.read_bytes()
    release.write_bytes(before.replace(b"# Scale", b"# Scales"))
    try:
        assert main(words) == 1
        assert "release/week1/scale.ipynb; run `autograder build`" in capsys.readouterr().err
    finally:
        release.write_bytes(before)


def test_a_day_that_needs_more_packages_brings_their_list_and_wants_more_room() -> None:
    tree = CourseTree(ROOT)
    files = make_files(tree, Wanted("day07_frameworks", "visible", False))
    wanted = {name for name in files if name.startswith("requirements")}
    more = {"requirements-tensorflow.txt", "requirements-torch.txt"}
    assert wanted == {"requirements.txt", *more}
    assert container_for(lessons(tree, "day07_frameworks"))[0].startswith("4 GB")
    assert container_for(lessons(tree, "day01_numpy")) == ("3 GB or more, 1 CPU or more", 15)


def test_scripts_are_bash(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        for name in ("setup.sh", "run_autograder"):
            text = opened.read(name)
            assert text.startswith(b"#!/usr/bin/env bash\n")
            subprocess.run(["bash", "-n"], input=text, check=True)


def test_a_lock_is_cut_down_to_what_is_wanted_and_what_that_needs() -> None:
    text = locked(ROOT / "requirements-dev.lock", {"jinja2", "matplotlib"})
    pins = {line.partition("==")[0] for line in text.splitlines() if "==" in line}
    assert pins >= {"jinja2", "markupsafe", "matplotlib", "numpy", "pillow", "python-dateutil"}
    assert not pins & {"playwright", "nbgrader", "jupytext", "ruff"}
    assert all(line.startswith("    --hash=") or "==" in line for line in text.splitlines())
    with pytest.raises(GraderError, match="pins no no-such-package"):
        locked(ROOT / "requirements-dev.lock", {"no-such-package"})


# --- What was handed in


def test_notebooks_are_found_wherever_they_lie_and_links_are_not_followed(tmp_path: Path) -> None:
    top, place, outside = (tmp_path / name for name in ("top", "place", "outside"))
    for folder in (top / "b/c", place, outside):
        folder.mkdir(parents=True)
    (outside / "three.ipynb").write_text("secret", encoding="utf-8")
    (top / "linked").symlink_to(outside)
    (top / "b/c/one.ipynb").write_text("deep", encoding="utf-8")
    (top / "b/one.ipynb").write_text("near", encoding="utf-8")
    (top / "two.ipynb").symlink_to(outside / "three.ipynb")
    os.mkfifo(top / "four.ipynb")
    (top / "\u202e\x1b[1m.ipynb").write_text("", encoding="utf-8")
    notes = put_in_place(top, ["one", "two", "three", "four"], place)
    assert (place / "one.ipynb").read_text(encoding="utf-8") == "near"
    assert (place / "two.ipynb").is_symlink()
    assert not (place / "three.ipynb").exists()
    assert not (place / "four.ipynb").exists()
    assert notes[0] == "one.ipynb is there 2 times; graded: 'b/one.ipynb'."
    assert [note.partition(" is missing")[0] for note in notes[1:]] == ["three.ipynb", "four.ipynb"]
    assert not [sign for note in notes for sign in note if not sign.isprintable()]


@pytest.mark.parametrize(
    ("metadata", "name"),
    [
        ('{"users": [{"email": "kim@uni.kr", "id": 7}]}', "kim@uni.kr"),
        ('{"users": [{"email": "../../x y", "id": 7}]}', "7"),
        ('{"users": []}', "student"),
        ('{"users": [null]}', "student"),
        ("[", "student"),
    ],
    ids=["email", "strange_email", "nobody", "null", "damaged"],
)
def test_a_student_is_known_by_email_or_number(metadata: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / "submission_metadata.json"
    file.write_text(metadata, encoding="utf-8")
    assert who(file) == name
    assert who(tmp_path / "absent.json") == "student"


def test_before_points_may_be_seen_no_word_counts_them() -> None:
    test = {
        "name": "test_double", "number": "1.1", "notebook": "scale", "score": 1.0, "max_score": 2.0,
        "status": "failed", "reason": "failed", "output": "no", "output_format": "text",
        "visibility": "visible", "tags": [],
    }  # fmt: skip
    data = {
        "score": 1.0, "max_score": 2.0, "output": "1 of 2 tests passed.\nscale: damaged.",
        "tests": [test], "extra_data": {"notebooks": {}}, "assignment": "week1", "tier": 2,
        "fingerprint": "0",
    }  # fmt: skip
    late = shown(data, ["b.ipynb is missing"], "after_due_date")
    assert late["output"].splitlines()[1:] == ["b.ipynb is missing", "scale: damaged."]
    assert "1 of 2" not in late["output"]
    assert late["visibility"] == late["tests"][0]["visibility"] == "after_due_date"


# --- The whole, as Gradescope does it


@pytest.mark.whole_course
def test_set_up_from_the_network_in_a_clean_folder_the_real_course_grades(tmp_path: Path) -> None:
    target = tmp_path / "day01.zip"
    words = ["--course", str(ROOT), "export", "gradescope", "day01_numpy", "--to", str(target)]
    assert main(words) == 0
    container = Container(target, tmp_path / "autograder")
    container.script("source/setup.sh", python=None)
    assert "0 of 66 automatic tests passed" in container.said
    assert "warning" not in container.said
    pip = [str(container.root / "env/bin/python"), "-m", "pip", "list", "--format=freeze"]
    installed = subprocess.run(pip, capture_output=True, text=True, check=True).stdout
    assert "numpy==" in installed
    assert "nbgrader" not in installed
    points = 0.0
    for path in CourseTree(ROOT).notebooks("day01_numpy"):
        lesson = load(path, ROOT / "course")
        points += lesson.auto_points
        answers = {cell.grade_id: reference(cell) for cell in solutions(lesson)}
        notebook = json.loads(path.release.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = answers.get(name, cell["source"])
        text = json.dumps(notebook)
        (container.root / f"submission/{path.name}.ipynb").write_text(text, encoding="utf-8")
    for refused in ((), ("unshare",)):
        assert container.run(*refused, python=None)["score"] == points, container.said

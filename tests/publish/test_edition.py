"""What students get, and that it tells nothing."""

import json
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from autograder.course_tree import CourseTree
from autograder.errors import GraderError
from autograder.publish.address import Address
from autograder.publish.command import checked_edition
from autograder.publish.edition import Files, make_edition
from autograder.publish.secrets import Secrets

NOTEBOOK = "notebooks/week1/scale.ipynb"
ADDRESS = Address("lab", "dl-basics")


@pytest.fixture(scope="session")
def secrets(whole: CourseTree) -> Secrets:
    return Secrets.of(whole)


def notebook_text(files: Files) -> str:
    cells = json.loads(files[NOTEBOOK])["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)


# --- What is in it


def test_it_holds_notebooks_package_tables_and_what_students_need(edition: Files) -> None:
    assert set(edition) >= {
        NOTEBOOK,
        "README.md",
        "LICENSE",
        ".gitignore",
        ".github/workflows/check.yml",
        "pyproject.toml",
        "requirements.txt",
        "requirements-tensorflow.txt",
        "requirements-torch.txt",
        "binder/postBuild",
        "course/__main__.py",
        "course/checks.py",
        "course/commands/check.py",
        "course/commands/released.json",
        "course/_data/zoo.csv",
        "course/_data/README.md",
    }


def test_it_holds_nothing_of_the_instructors(edition: Files) -> None:
    tops = {name.partition("/")[0] for name in edition}
    assert not tops & {"source", "autograder", "tests", "data", "release", "nbgrader_config.py"}
    assert not [name for name in edition if "misconceptions" in name or "__pycache__" in name]
    python = [name for name in edition if name.endswith(".py")]
    assert all(name.startswith("course/") for name in python)


def test_requirements_have_no_versions_and_suit_colab(edition: Files) -> None:
    lines = edition["requirements.txt"].decode().splitlines()
    named = [line for line in lines if not line.startswith("#")]
    assert {"numpy", "pandas", "matplotlib", "keras", "jax", "scikit-learn"} <= set(named)
    # Colab's own would be replaced, or are of no use to students
    assert not {"jupyterlab", "nbgrader", "pytest"} & set(named)
    assert named[-1] == "."
    for name in ("requirements-tensorflow.txt", "requirements-torch.txt", "requirements.txt"):
        text = edition[name].decode()
        assert not re.search(r"^[^#;]*[<>=~]", text, re.MULTILINE), text
    assert (
        'tensorflow-cpu ; platform_machine == "x86_64"'
        in edition["requirements-tensorflow.txt"].decode()
    )


def test_the_package_needs_no_version_either(edition: Files) -> None:
    project = tomllib.loads(edition["pyproject.toml"].decode())["project"]
    assert project["dependencies"] == ["matplotlib", "numpy", "pandas"]
    assert project["requires-python"] == ">=3.11"


def test_the_workflow_is_valid_and_checks_on_push(edition: Files) -> None:
    workflow = yaml.safe_load(edition[".github/workflows/check.yml"])
    assert "push" in workflow[True]  # YAML 1.1 reads `on` so
    steps = workflow["jobs"]["check"]["steps"]
    assert any("python -m course check" in step.get("run", "") for step in steps)
    assert workflow["permissions"] == {"contents": "read"}


def test_every_link_of_the_readme_leads_somewhere(edition: Files) -> None:
    targets = re.findall(r"\]\((?!https?:|vscode:)([^)#]+)", edition["README.md"].decode())
    assert NOTEBOOK in targets
    assert not [target for target in targets if target not in edition]


def test_the_readme_says_how_to_check_and_submit(edition: Files) -> None:
    readme = edition["README.md"].decode()
    assert "python -m course check notebooks/week1" in readme
    assert "python -m course submit notebooks/week1 --student" in readme
    assert "20231234/week1/scale.ipynb" in readme
    for place in ("JupyterLab", "VS Code", "Colab"):
        assert f"**{place}" in readme or f"**Google {place}" in readme
    assert "None" not in readme


def test_with_an_address_each_notebook_opens_in_colab_and_binder(whole: CourseTree) -> None:
    files = make_edition(whole, ["week1"], ADDRESS)
    readme = files["README.md"].decode()
    assert f"https://colab.research.google.com/github/lab/dl-basics/blob/main/{NOTEBOOK}" in readme
    assert f"https://mybinder.org/v2/gh/lab/dl-basics/main?urlpath=lab/tree/{NOTEBOOK}" in readme
    assert "vscode://vscode.git/clone?url=https://github.com/lab/dl-basics.git" in readme
    cells = json.loads(files[NOTEBOOK])["cells"]
    first = next(cell for cell in cells if cell["cell_type"] == "code")
    assert "%pip install --quiet git+https://github.com/lab/dl-basics" in "".join(first["source"])
    assert "nbgrader" not in first["metadata"]


def test_the_cell_for_colab_does_nothing_elsewhere(whole: CourseTree, tmp_path: Path) -> None:
    path = tmp_path / "scale.ipynb"
    path.write_bytes(make_edition(whole, ["week1"], ADDRESS)[NOTEBOOK])
    from course.commands.notebooks import read
    from course.commands.run import run

    notebook = read(path)
    first = next(cell for cell in notebook.cells if cell.kind == "code")
    ends = run(replace(notebook, cells=(first,)))
    assert ends == {first.number: None}


@pytest.mark.parametrize(
    ("text", "branch"),
    [
        ("https://github.com/lab/dl-basics", "main"),
        ("https://github.com/lab/dl-basics.git", "main"),
        ("https://github.com/lab/dl-basics/tree/2026/spring", "2026/spring"),
    ],
)
def test_an_address_may_name_a_branch(text: str, branch: str) -> None:
    assert Address.parse(text) == Address("lab", "dl-basics", branch)


@pytest.mark.parametrize(
    "text",
    [
        "https://gitlab.com/a/b",
        "github.com/a/b",
        "https://github.com/a",
        "https://github.com/a/b)c",
    ],
)
def test_another_address_is_refused(text: str) -> None:
    with pytest.raises(GraderError, match="no repository on GitHub"):
        Address.parse(text)


def test_the_same_course_gives_the_same_bytes(whole: CourseTree, edition: Files) -> None:
    assert make_edition(whole, ["week1"], None) == edition


def test_the_tables_are_found_inside_the_package(edition: Files, tmp_path: Path) -> None:
    for name, content in edition.items():
        if name.startswith("course/"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
    code = "from course.datasets import data_path; print(data_path('zoo.csv'))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(tmp_path / "course" / "_data" / "zoo.csv")


# --- What is not in it


def test_nothing_of_the_course_is_told(edition: Files, secrets: Secrets) -> None:
    assert list(secrets.leaks(edition)) == []
    everything = b"\n".join(edition.values()).decode("utf-8", "replace")
    for told in ("double of integers", "Which axis holds the examples", "keeps_the_type"):
        assert told not in everything


@pytest.mark.parametrize(
    ("line", "whose"),
    [
        ("doubled = 2.0 * np.asarray(X, dtype=float)", "(double)"),
        ("check_array(double(np.array([[7], [-9]])), [[14.0]", "(test_double_integers)"),
        ("return np.add(X, X, dtype=float)", "(adds)"),
        ("You square. Try 3 by hand.", "(squares)"),
        ("What is the dtype of 2 * X if X holds integers?", "(test_double_integers)"),
        ("### BEGIN SOLUTION", "marker"),
    ],
    ids=["answer", "hidden_test", "catalogue", "catalogue_hint", "hint", "marker"],
)
def test_a_secret_in_a_notebook_or_the_readme_is_found(
    line: str, whose: str, whole: CourseTree, edition: Files, secrets: Secrets
) -> None:
    source = (whole.root / "source/week1/scale.py").read_text(encoding="utf-8")
    source += (whole.root / "source/week1/misconceptions/scale.py").read_text(encoding="utf-8")
    full = next(one.strip() for one in source.splitlines() if line in one)
    full = line if "idea=" in full or '"""' in full else full
    notebook = json.loads(edition[NOTEBOOK])
    notebook["cells"][0]["source"] = f"# Scale\n    {full}\n"
    for name, content in ((NOTEBOOK, json.dumps(notebook)), ("README.md", f"# Hi\n\n{full}\n")):
        found = list(secrets.leaks({**edition, name: content.encode()}))
        assert any(one.startswith(f"{name} shows") and whose in one for one in found), found


def test_an_answer_in_the_package_is_found_and_a_chance_line_is_not(
    edition: Files, secrets: Secrets
) -> None:
    answer = (
        'def row_sums(X):\n    if X.ndim != 2:\n        raise ValueError(f"X must be 2-D, not '
        '{X.ndim}-D")\n    sums = X.sum(axis=1)\n'
    )
    found = list(secrets.leaks({**edition, "course/help.py": answer.encode()}))
    assert any("(row_sums)" in one for one in found)
    # one of two lines of a catalogued answer
    chance = b"def totals(X):\n    return X @ np.ones(X.shape[1])\n"
    assert not list(secrets.leaks({**edition, "course/help.py": chance}))


@pytest.mark.parametrize(
    "name", ["source/week1/scale.py", "autograder/cli.py", "tests/x.py", "gradebook.db", "a.py"]
)
def test_a_file_that_does_not_belong_is_found(name: str, edition: Files, secrets: Secrets) -> None:
    assert f"{name} does not belong there" in list(secrets.leaks({**edition, name: b""}))


def test_outputs_and_what_only_the_grader_knows_are_found(edition: Files, secrets: Secrets) -> None:
    notebook = json.loads(edition[NOTEBOOK])
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "42"}]
    cell["metadata"]["course"] = {"role": "locked"}
    found = list(secrets.leaks({**edition, NOTEBOOK: json.dumps(notebook).encode()}))
    assert [one for one in found if "has outputs" in one]
    assert [one for one in found if "what only the grader is to know" in one]


def test_a_stale_release_is_not_published(whole: CourseTree) -> None:
    path = whole.root / "release/week1/scale.ipynb"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"# Scale", b"# Scales"))
    try:
        with pytest.raises(GraderError, match="not what its source builds to") as caught:
            checked_edition(whole, ["week1"])
        assert caught.value.remedy == "run `autograder build`"
    finally:
        path.write_bytes(before)

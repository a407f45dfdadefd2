"""`autograder export junit`: valid XML whatever a student did, with what a student may read."""

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from autograder.cli import main

# what jenkinsci's junit-10.xsd allows: the attributes and children of each element
ALLOWED = {
    "testsuites": ({"name", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors", "skipped"},
        {"properties", "testcase"},
    ),
    "properties": (set(), {"property"}),
    "property": ({"name", "value"}, set()),
    "testcase": ({"name", "classname"}, {"failure"}),
    "failure": ({"type", "message"}, set()),
}
REQUIRED = {
    "testsuite": {"name", "tests", "failures", "errors"},
    "property": {"name", "value"},
    "testcase": {"name"},
}
Element = ElementTree.Element


def junit(root: Path, file: Path) -> Element:
    assert main(["--course", str(root), "export", "junit", "week1", "--output", str(file)]) == 0
    return ElementTree.fromstring(file.read_bytes())  # noqa: S314 # our own file


@pytest.fixture
def tree(graded: Path, tmp_path: Path) -> Element:
    return junit(graded, tmp_path / "junit.xml")


def suite(tree: Element, student: str) -> Element:
    return next(one for one in tree if one.get("name") == f"week1.scale.{student}")


def test_elements_and_attributes_are_those_that_ci_systems_know(tree: Element) -> None:
    assert tree.tag == "testsuites"
    for element in tree.iter():
        attributes, children = ALLOWED[element.tag]
        assert set(element.attrib) <= attributes, element.tag
        assert set(element.attrib) >= REQUIRED.get(element.tag, set()), element.tag
        assert {child.tag for child in element} <= children, element.tag


def test_counts_are_those_of_the_elements(tree: Element) -> None:
    for one in (tree, *tree):
        assert int(one.get("tests", "")) == len(list(one.iter("testcase")))
        assert int(one.get("failures", "")) == len(list(one.iter("failure")))
    # CI systems tell tests apart by these two
    names = [(case.get("classname"), case.get("name")) for case in tree.iter("testcase")]
    assert len(names) == len(set(names)) == 20


def test_a_suite_is_one_notebook_of_one_student_with_its_points(tree: Element) -> None:
    assert [one.get("name") for one in tree] == [
        f"week1.scale.{student}" for student in ("00123", "kim", "lee@uni.kr", "nasty", "park")
    ]
    found = {one.get("name"): one.get("value") for one in suite(tree, "kim").iter("property")}
    assert found.pop("sandbox_tier") in {"1", "2", "3"}
    assert found == {
        "assignment": "week1",
        "notebook": "scale",
        "student": "kim",
        "score": "2.5",
        "max_score": "4.5",
    }


def test_a_failure_says_what_the_student_reads_and_nothing_that_is_hidden(
    tree: Element, graded: Path
) -> None:
    [failure] = suite(tree, "kim").iter("failure")
    assert failure.get("type") == "failed"
    assert "You return the type that came in." in failure.get("message", "")
    assert failure.text == f"0 of 2 points. {failure.get('message')}"
    assert {one.get("type") for one in suite(tree, "park").iter("failure")} == {"missing"}
    assert len(list(suite(tree, "park").iter("failure"))) == 4
    source = (graded / "source/week1/scale.py").read_text(encoding="utf-8")
    text = ElementTree.tostring(tree, encoding="unicode")
    for hidden in ("double of integers", "row_sums of a square", "-18.0"):
        assert hidden in source
        assert hidden not in text


def test_xml_is_valid_whatever_a_student_raised(tree: Element) -> None:
    first = next(suite(tree, "nasty").iter("failure")).get("message", "")
    assert "end" in first
    assert "</failure>" in first
    assert not [sign for sign in first if ord(sign) < 32 or 0xD800 <= ord(sign) < 0xE000]


def test_xml_is_valid_whatever_stands_in_a_result(graded: Path, tmp_path: Path) -> None:
    root = tmp_path / "course"
    for part in ("source", "results"):
        shutil.copytree(graded / part, root / part)
    shutil.copy(graded / "nbgrader_config.py", root)
    file = root / "results/week1/kim.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    every = "".join(map(chr, [*range(0x300), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x1F600, 0x10FFFF]))
    data["tests"][0] |= {"status": "failed", "reason": "failed", "score": 0, "output": every}
    file.write_text(json.dumps(data), encoding="utf-8")
    found = next(suite(junit(root, tmp_path / "a.xml"), "kim").iter("failure")).get("message", "")
    assert "<=>?@A" in found
    assert "\U0001f600" in found
    junit(root, tmp_path / "b.xml")
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()


def test_who_is_not_graded_or_does_not_exist_is_said(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--course", str(graded), "export", "junit", "week2"]) == 1
    assert "choose from: week1" in capsys.readouterr().err
    shutil.copytree(graded / "source", tmp_path / "source")
    shutil.copy(graded / "nbgrader_config.py", tmp_path)
    assert main(["--course", str(tmp_path), "export", "junit", "week1"]) == 1
    assert "run `autograder grade week1`" in capsys.readouterr().err
    assert not (tmp_path / "build").exists()

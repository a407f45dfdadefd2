"""Results as JUnit XML, which CI systems read.

There is no one standard. This keeps to what Jenkins's `junit-10.xsd` (jenkinsci/xunit-plugin)
allows and GitLab, GitHub's reporters and Jenkins read: `testsuites`, `testsuite`, `properties`,
`testcase`, `failure`. No times: the same results give the same bytes.
"""

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree

from autograder.examiner.results import Status
from autograder.report.read import Result, Verdict


def junit_xml(assignment: str, results: Sequence[Result]) -> str:
    """Write one test suite for each notebook of each student.

    Parameters
    ----------
    results : sequence of Result
        As `read_class` gives them: no text in them holds what XML cannot.

    Returns
    -------
    str
        The document. A failure says what the student reads of it.
    """
    root = ElementTree.Element("testsuites", name=assignment)
    for result in results:
        for notebook, tests in groupby(result.verdicts.items(), key=lambda pair: pair[0][0]):
            root.append(_suite(assignment, result, notebook, {k[1]: v for k, v in tests}))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, 0)) for suite in root)))
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(
    assignment: str, result: Result, notebook: str, tests: dict[str, Verdict]
) -> ElementTree.Element:
    where = f"{assignment}.{notebook}.{result.student}"
    suite = ElementTree.Element(
        "testsuite",
        name=where,
        tests=str(len(tests)),
        failures=str(sum(one.reason is not Status.PASSED for one in tests.values())),
        errors="0",
        skipped="0",
    )
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in {
        "assignment": assignment,
        "notebook": notebook,
        "student": result.student,
        "score": f"{sum(one.score for one in tests.values()):g}",
        "max_score": f"{sum(one.max_score for one in tests.values()):g}",
        "sandbox_tier": str(result.tier),
    }.items():
        ElementTree.SubElement(properties, "property", name=name, value=value)
    for name, one in tests.items():
        case = ElementTree.SubElement(suite, "testcase", name=name, classname=where)
        if one.reason is not Status.PASSED:
            failure = ElementTree.SubElement(
                case, "failure", type=str(one.reason), message=one.output
            )
            failure.text = f"{one.score:g} of {one.max_score:g} points. {one.output}"
    return suite

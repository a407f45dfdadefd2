"""A teacher and a student in real JupyterLabs, from *generate* to the feedback they both read."""

import os
import pwd
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages import (
    cell,
    choose,
    dismiss,
    expect,
    expect_silence,
    formgrader,
    open_file,
    page_shown,
    press,
    row,
    run_all,
    write,
)

from autograder.course_tree import CourseTree
from autograder.demo.sample_class import hand_in, lessons, sample_class

Keep = Callable[[Any, str], None]
STUDENT = pwd.getpwuid(os.getuid()).pw_name  # as nbgrader's exchange names whoever submits
LATE = "s01-all_right"
NOT_DOUBLE = "def double(X):\n    return np.asarray(X)"
# right for floats, which the student can check; not for integers, which a hidden test tries
NEARLY_DOUBLE = "def double(X):\n    return 2 * np.asarray(X)"
ROW_SUMS = """\
def row_sums(X):
    if X.ndim != 2:
        raise ValueError("2-D, please")
    return X.sum(axis=1)"""
HIDDEN = "double of integers"


@pytest.mark.browser
def test_from_generate_to_feedback_in_the_browser(
    classroom: Any, open_lab: Callable[[str], Any], keep: Keep
) -> None:
    teacher = open_lab(classroom.teacher_lab)
    release(teacher, keep)

    student = open_lab(classroom.student_lab)
    fetch(student, keep)
    answer(student, keep)
    submit(student, keep)

    hand_in_late(classroom.course)
    collect_and_autograde(teacher, keep)
    # 0 of 2 points in the hidden test, and the written answer waits for a person
    assert scores(classroom.course) == {STUDENT: (2.5, 0), LATE: (4.5, 4.5)}
    grade_by_hand(teacher, keep)
    assert scores(classroom.course) == {STUDENT: (3.0, 0), LATE: (4.5, 4.5)}
    give_feedback(teacher, keep)

    read_feedback(student, classroom.student, keep)
    read_late(teacher, keep)


def release(teacher: Any, keep: Keep) -> None:
    frame = formgrader(teacher)
    expect(row(frame, "week1").locator(".status")).to_have_text("draft")
    keep(teacher, "formgrader")

    row(frame, "week1").locator(".edit a").click()
    frame.locator(".modal-duedate").fill("2098-12-31T23:59")
    frame.locator(".modal .save").click()
    expect(row(frame, "week1").locator(".duedate")).to_contain_text("2098-12-31")

    press(frame, "week1", "assign")
    keep(teacher, "generated")
    dismiss(frame)
    row(frame, "week1").locator(".preview a").click()
    teacher.locator(".jp-DirListing-item", has_text="scale.ipynb").dblclick()
    expect(cell(teacher, "Checked when graded: double, integers")).to_be_visible()
    expect(cell(teacher, "def double")).to_contain_text("raise NotImplementedError")
    expect(cell(teacher, HIDDEN)).to_have_count(0)
    keep(teacher, "preview")

    frame = formgrader(teacher)
    press(frame, "week1", "release")
    dismiss(frame)
    expect(row(frame, "week1").locator(".status")).to_have_text("released")
    keep(teacher, "released")


def fetch(student: Any, keep: Keep) -> None:
    choose(student, "Nbgrader", "Assignment List")
    listed = student.locator("#nbgrader-assignment-list")
    listed.get_by_role("button", name="Fetch", exact=True).click()
    expect(listed.get_by_role("button", name="Submit", exact=True)).to_be_visible()
    keep(student, "fetched")
    listed.get_by_text("week1", exact=True).click()
    listed.get_by_text("scale", exact=True).click()
    expect(cell(student, "def double")).to_be_visible()


def answer(student: Any, keep: Keep) -> None:
    check = "check_array(double(np.array([[1.0, -2.0, 3.0]]))"
    run_all(student)
    expect(cell(student, check)).to_contain_text("NotImplementedError: Write your answer here")
    cell(student, check).scroll_into_view_if_needed()
    keep(student, "untouched")

    write(student, "def double", NOT_DOUBLE)
    run_all(student)
    expect(cell(student, check)).to_contain_text("got [[1.0, -2.0, 3.0]], expected")
    cell(student, check).scroll_into_view_if_needed()
    keep(student, "check_fails")

    write(student, "def double", NEARLY_DOUBLE)
    write(student, "def row_sums", ROW_SUMS)
    cell(student, "Why rows?").dblclick()
    write(student, "Why rows?", "**Why rows?**\n\nEach row holds one example.")
    run_all(student)
    expect_silence(student, check)
    expect_silence(student, "check_raises(ValueError")
    expect(cell(student, "axes.bar").locator("img")).to_be_visible()
    cell(student, "def double").scroll_into_view_if_needed()
    keep(student, "checks_pass")
    with student.expect_response(lambda answer: saves(answer, "week1/scale.ipynb")):
        choose(student, "File", "Save Notebook")


def saves(answer: Any, path: str) -> bool:
    asked = answer.request
    return asked.method == "PUT" and asked.url.split("?")[0].endswith(f"/api/contents/{path}")


def submit(student: Any, keep: Keep) -> None:
    choose(student, "Nbgrader", "Assignment List")
    listed = student.locator("#nbgrader-assignment-list")
    listed.get_by_role("button", name="Submit", exact=True).click()
    expect(listed.get_by_text("There are no submitted assignments.")).to_be_hidden()
    keep(student, "submitted")


def hand_in_late(course: Path) -> None:
    [found] = lessons(CourseTree(course), "week1")
    [late] = [one for one in sample_class([found]) if one.id == LATE]
    hand_in([late], [found], course / "submitted")
    stamp = course / "submitted" / LATE / "week1" / "timestamp.txt"
    stamp.write_text("2099-01-01 00:00:00 UTC")


def collect_and_autograde(teacher: Any, keep: Keep) -> None:
    frame = formgrader(teacher)
    press(frame, "week1", "collect")
    dismiss(frame)
    expect(row(frame, "week1").locator(".num-submissions")).to_have_text("2")
    row(frame, "week1").locator(".num-submissions a").click()
    for one in (STUDENT, LATE):
        press(frame, one, "autograde")
        expect(frame.locator(".modal")).to_contain_text("ExecuteInIsolation")
        if one == STUDENT:
            keep(teacher, "autograded")
        dismiss(frame)
    expect(row(frame, STUDENT).locator(".status")).to_have_text("needs manual grading")
    expect(row(frame, STUDENT).locator(".score")).to_have_text("2.5 / 5")
    keep(teacher, "submissions")


def grade_by_hand(teacher: Any, keep: Keep) -> None:
    frame = teacher.frame_locator("#formgrader-iframe iframe")
    frame.get_by_role("link", name="Manual Grading").click()
    frame.get_by_role("link", name="week1").click()
    frame.get_by_role("link", name="scale").click()
    # the numbers go by ids that are drawn at random
    chosen = row(frame, "2.5 / 5").get_by_role("link", name="Submission #")
    expect(chosen).to_be_visible()
    keep(teacher, "manual_grading")
    # what is typed before both have come is lost
    with (
        teacher.expect_response(lambda answer: "/api/grades" in answer.url),
        teacher.expect_response(lambda answer: "/api/comments" in answer.url),
    ):
        chosen.click()
    expect(frame.locator("#why_rows.needs_manual_grade")).to_be_visible()
    frame.locator("#why_rows").fill("0.5")
    with teacher.expect_response(lambda answer: "/api/grade/" in answer.url):
        frame.locator("#why_rows").press("Tab")
    frame.locator("#why_rows-comment").fill("Yes, and a column?")
    with teacher.expect_response(lambda answer: "/api/comment/" in answer.url):
        frame.locator("#why_rows-comment").press("Tab")
    keep(teacher, "written_answer")


def give_feedback(teacher: Any, keep: Keep) -> None:
    frame = teacher.frame_locator("#formgrader-iframe iframe")
    frame.get_by_role("link", name="Manual Grading").click()
    frame.get_by_role("link", name="Manage Assignments").click()
    press(frame, "week1", "generate-feedback")
    dismiss(frame)
    row(frame, "week1").locator(".num-submissions a").click()
    # nbgrader sends feedback back only to who used the exchange: the late one did not
    press(frame, STUDENT, "release-feedback")
    keep(teacher, "feedback_given")
    dismiss(frame)


def read_feedback(student: Any, folder: Path, keep: Keep) -> None:
    choose(student, "Nbgrader", "Assignment List")
    listed = student.locator("#nbgrader-assignment-list")
    listed.get_by_role("button", name="Fetch Feedback").click()
    expect(listed.get_by_text("view feedback")).to_be_visible()
    keep(student, "feedback_fetched")
    [file] = folder.glob("week1/feedback/*/scale.html")
    open_file(student, str(file.relative_to(folder)))
    page = page_shown(student)
    expect(page.get_by_text("You return the type that came in.").first).to_be_visible()
    expect(page.get_by_text("Yes, and a column?").first).to_be_visible()
    expect(page.get_by_text(HIDDEN)).to_have_count(0)
    keep(student, "feedback")


def read_late(teacher: Any, keep: Keep) -> None:
    open_file(teacher, f"feedback/{LATE}/week1/scale.html")
    expect(page_shown(teacher).get_by_text("Handed in late")).to_be_visible()
    keep(teacher, "feedback_of_the_late_one")


def scores(course: Path) -> dict[str, tuple[float, float]]:
    """Score and late penalty of each student, from nbgrader's own gradebook."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "deep_learning_basics") as book:
        return {
            one.student.id: (one.score, one.late_submission_penalty)
            for one in book.assignment_submissions("week1")
        }

"""The record of the last run, beside the results."""

from pathlib import Path

from autograder.grading.last_run import LastRun, Record, last_run_file, read_last_run
from autograder.grading.results import Change, changes

UP = Change("s1", "book", "test_f", 0.0, 1.0, 1.0, 1.0)


def test_what_is_recorded_is_read_back(tmp_path: Path) -> None:
    file = last_run_file(tmp_path, "week1")
    record = Record(file)
    record.add("s2", {"book": 0.5}, [])
    record.add("s1", {"book": 1.25}, [UP])
    record.finish()
    found = read_last_run(file)
    assert found == LastRun(("s1", "s2"), (UP,), {"s2": {"book": 0.5}, "s1": {"book": 1.25}})


def test_the_record_is_not_taken_for_a_students_results(tmp_path: Path) -> None:
    Record(last_run_file(tmp_path, "week1")).add("s1", {}, [])
    assert last_run_file(tmp_path, "week1").is_file()
    assert list((tmp_path / "results").rglob("*.json")) == []


def test_a_new_run_forgets_the_changes_of_the_last_and_keeps_the_cpu_time(tmp_path: Path) -> None:
    file = tmp_path / "record"
    first = Record(file)
    first.add("s1", {"book": 1.0}, [UP])
    first.finish()
    second = Record(file)
    second.add("s2", {"book": 2.0}, [])
    second.finish()
    assert read_last_run(file) == LastRun(("s2",), (), {"s1": {"book": 1.0}, "s2": {"book": 2.0}})


def test_a_run_that_grades_nobody_leaves_the_record_alone(tmp_path: Path) -> None:
    file = tmp_path / "record"
    first = Record(file)
    first.add("s1", {}, [UP])
    first.finish()
    Record(file).finish()
    assert read_last_run(file).changes == (UP,)


def test_what_a_killed_run_changed_is_told_with_what_its_successor_changes(tmp_path: Path) -> None:
    file = tmp_path / "record"
    Record(file).add("s1", {}, [UP])
    with file.open("a", encoding="utf-8") as torn:
        torn.write('{"student": "s2", "cpu')
    second = Record(file)
    # graded again, after the test was changed once more
    second.add("s1", {}, [Change("s1", "book", "test_f", 1.0, 2.0, 1.0, 2.0)])
    second.finish()
    assert read_last_run(file).changes == (Change("s1", "book", "test_f", 0.0, 2.0, 1.0, 2.0),)


def test_new_scores_come_with_a_new_hand_in_or_with_the_same(tmp_path: Path) -> None:
    file = tmp_path / "record"
    first = Record(file)
    for student in ("s1", "s2"):
        first.add(student, {}, [], "a")
    first.add("s3", {}, [])
    first.finish()
    for _ in range(2):
        # the first is killed: its successor still knows what there was before both
        second = Record(file)
        second.add("s1", {}, [UP], "b")
    for student in ("s2", "s3", "s4"):
        second.add(student, {}, [], "a")
    second.finish()
    run = read_last_run(file)
    assert [run.because(f"s{number}") for number in range(1, 5)] == [
        "handed in anew", "same hand-in as before", "", "",
    ]  # fmt: skip
    third = Record(file)
    third.add("s4", {}, [], "a")
    third.finish()
    assert read_last_run(file).handed_in == {"s1": "b", "s2": "a", "s3": "a", "s4": "a"}
    assert read_last_run(file).because("s1") == ""


def results(*tests: tuple[str, float, float]) -> dict[str, object]:
    return {
        "student": "s1",
        "tests": [
            {"notebook": "book", "name": name, "score": score, "max_score": most}
            for name, score, most in tests
        ],
    }


def test_a_change_of_points_is_told_also_where_the_score_stays() -> None:
    before = results(("a", 0, 1), ("b", 1, 1), ("c", 1, 1), ("d", 1, 1))
    after = results(("a", 0, 2), ("b", 0, 1), ("c", 1, 1), ("e", 0, 3))
    assert {one.grade_id: str(one) for one in changes(before, after)} == {
        "a": "0/1 → 0/2",
        "b": "1 → 0",
        "d": "1/1 → no such test",
        "e": "no such test → 0/3",
    }
    assert changes({}, after) == []

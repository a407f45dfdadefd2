"""Grading twice gives equal results."""

from exam_room import lesson, sit

from autograder.examiner.zygotes import close_all


def test_the_order_of_a_set_is_the_same_in_every_run() -> None:
    said = []
    for _ in range(3):
        result = sit(lesson("ok = 1"), "print(list({'beta', 'alpha', 'delta', 'gamma'}))")
        said.append([output["text"] for shown in result.outputs.values() for output in shown])
        # the next run has an interpreter of its own
        close_all()
    assert said[0] != []
    assert said == [said[0]] * 3

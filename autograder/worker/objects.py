"""The student's objects that stay in the worker, each under a number."""

import builtins
from typing import Any

from autograder.wire.errors import WireError


class Objects:
    """Gives numbers to objects that are not plain data and finds them again."""

    def __init__(self) -> None:
        self._by_number: list[Any] = []
        self._numbers: dict[int, int] = {}

    def describe(self, value: Any) -> list[Any]:
        """What the other side learns of an object: number, type, name, what it can do."""
        number = self._numbers.get(id(value))
        if number is None:
            # kept alive here, so that its id is not given to another object
            number = len(self._by_number)
            self._by_number.append(value)
            self._numbers[id(value)] = number
        kind = type(value)
        name = getattr(value, "__name__", "") if isinstance(value, type) or callable(value) else ""
        return [
            number,
            str(kind.__name__)[:100],
            name[:100] if type(name) is str else "",
            [
                flag
                for flag, has in (
                    ("call", callable(value)),
                    ("iter", hasattr(kind, "__iter__")),
                    ("next", hasattr(kind, "__next__")),
                    ("len", hasattr(kind, "__len__")),
                    ("class", isinstance(value, type)),
                )
                if has
            ],
        ]

    def find(self, number: object) -> Any:
        """The object of a number.

        Raises
        ------
        WireError
            If there is none.
        """
        if type(number) is not int or not 0 <= number < len(self._by_number):
            raise WireError("no such object")
        return self._by_number[number]


def raised(error: BaseException, cell_prefix: str) -> dict[str, Any]:
    """What the other side learns of an exception: its kind, message and the student's line."""
    kind = type(error)
    genuine = getattr(builtins, kind.__name__, None) is kind
    try:
        message = str(error)[:2000]
    except BaseException:  # a student's exception may do anything
        message = ""
    place = None
    frame = error.__traceback__
    while frame is not None:
        code = frame.tb_frame.f_code
        if cell_prefix in code.co_filename:
            place = [code.co_name[:100], frame.tb_lineno]
        frame = frame.tb_next
    return {"type": kind.__name__[:100], "genuine": genuine, "message": message, "place": place}

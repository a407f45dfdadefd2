"""One conversation with a worker: names, calls, callbacks, and arguments put back in place."""

import builtins
import re
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.diagnosis.calls import Recorder
from autograder.examiner.lesson import Lesson
from autograder.examiner.limits import Budget, WorkerDied
from autograder.examiner.received import clean_outputs, clean_text
from autograder.examiner.remote import (
    ARITHMETIC,
    AuthorError,
    Remote,
    StudentError,
    make_remote,
    origin_of,
    remote_node,
)
from autograder.examiner.restore import restore
from autograder.examiner.warm import Worker
from autograder.wire.errors import WireError
from autograder.wire.frames import Frame
from autograder.wire.values import Decoder, Encoder
from autograder.worker import caps

_MAX_NESTED = 50
_MAX_PRINTED = 2**16
# ... and by all the calls of a test cell
_MAX_PRINTED_IN_ALL = 2**22
# what a worker says of an object: it cuts names itself
_MAX_NAME = 100
_MAX_FLAGS = 8
_MAX_SAID = 2000


class Session:
    """Asks a worker for values. `budget`, `violations` and `printed` are set anew for each cell.

    Attributes
    ----------
    violations : list of str
        Arguments that a function changed and did not declare, in the student's terms.
    printed : int
        Characters that calls have printed.
    sources : dict
        The submitted text of each cell that binds a function, by the function's name.
    """

    def __init__(
        self, worker: Worker, lesson: Lesson, budget: Budget, recorder: Recorder | None = None
    ) -> None:
        self.worker = worker
        self._recorder = recorder or Recorder(())
        self.budget = budget
        self.violations: list[str] = []
        self.printed = 0
        self._lesson = lesson
        self._callbacks: list[Callable[..., Any]] = []
        self._nested = 0

    def run_cell(self, source: str) -> tuple[list[dict[str, Any]], bool]:
        """Run a student's cell.

        Returns
        -------
        (outputs, failed)

        Raises
        ------
        LimitReached
            If the worker is stopped or ends.
        """
        number = self.worker.ask(["run", source], self.budget)
        reply, _ = self._reply(number, most=caps.FRAME)
        return clean_outputs(reply.get("outputs")), bool(reply.get("failed"))

    def get(self, name: str) -> Any:
        """The value of a student's name, or a proxy of it.

        Raises
        ------
        KeyError
            If the student's code does not bind it.
        """
        number = self.worker.ask(["get", name], self.budget)
        reply, buffers = self._reply(number)
        if "unsendable" in reply:
            raise StudentError("ValueError", f"{name} is too large or nested too deep")
        if "value" not in reply:
            raise KeyError(name)
        value = self._decode(reply["value"], buffers, [], origin=name)
        if not isinstance(value, Remote):
            self._recorder.end(self._recorder.begin(name), value)
        return value

    def do(self, what: str, *args: Any, **kwargs: Any) -> Any:
        """Let the worker call, look up or compute, and return what it says.

        Raises
        ------
        StudentError, or the builtin exception that the student's code raised
        LimitReached
            If the worker is stopped or ends.
        """
        if what in ARITHMETIC:
            self._allow_arithmetic(args)
        if what != "call":
            return self._do(what, args, kwargs)
        call = self._recorder.begin(origin_of(args[0]), args[1:], kwargs)
        try:
            value = self._do(what, args, kwargs)
        except Exception as error:
            kind = error.kind if isinstance(error, StudentError) else type(error).__name__
            self._recorder.end(call, raised=(kind, str(error).removeprefix(f"{kind}: ")))
            raise
        self._recorder.end(call, value, after=(*args[1:], *kwargs.values()))
        return value

    def _do(self, what: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        encoder = Encoder(self._describe)
        try:
            node = encoder.encode((args, kwargs))
        except WireError as error:
            raise AuthorError(
                f"an argument cannot be sent to the student's code: {error}"
            ) from None
        number = self.worker.ask(["do", what, node], self.budget, encoder.buffers)
        reply, buffers = self._reply(number)
        self._put_back(what, args, kwargs, reply, buffers)
        if isinstance(reply.get("printed"), str):
            text = reply["printed"][: min(_MAX_PRINTED, _MAX_PRINTED_IN_ALL - self.printed)]
            self.printed += len(text)
            sys.stdout.write(text)
        if "raised" in reply:
            raise self._error(reply["raised"], what)
        if "value" not in reply:
            raise StudentError("TypeError", "the result is too large or nested too deep")
        return self._decode(reply["value"], buffers, encoder.sent, origin=_origin(what, args))

    def _allow_arithmetic(self, operands: tuple[Any, ...]) -> None:
        """Refuse arithmetic with an object of a class that the exercise does not ask for.

        In `abs(answer - expected) < 1e-9` it would be told the expected value and be the judge.
        """
        for operand in operands:
            if isinstance(operand, Remote):
                root = re.split(r"[.(]", origin_of(operand))[0]
                if root not in self._lesson.classes:
                    raise AuthorError(
                        f"a test must not compute with a student's {type(operand).__name__}; "
                        "check its type first, as check_close and check_array do"
                    )

    def _reply(self, number: int, **most: int) -> tuple[dict[str, Any], list[bytes]]:
        while True:
            frame = self.worker.hear(self.budget, **most)
            match frame.message:
                case ["re", int(answered), dict(reply)] if answered == number:
                    return reply, frame.buffers
                case ["callback", int(called), node]:
                    self._call_back(called, node, frame)
                case _:
                    raise WorkerDied("it answered what was not asked")

    def _call_back(self, number: int, node: Any, frame: Frame) -> None:
        if not 0 <= number < len(self._callbacks) or self._nested >= _MAX_NESTED:
            raise WorkerDied("it called what was not given")
        match self._decode(node, frame.buffers, []):
            case (tuple() as args, dict() as kwargs):
                pass
            case _:
                raise WorkerDied("it called in an unknown way")
        self._nested += 1
        try:
            result = self._callbacks[number](*args, **kwargs)
            encoder = Encoder(self._describe)
            answer = {"value": encoder.encode(result)}
            self.worker.tell(["back", answer], self.budget, encoder.buffers)
        except (Exception, WireError):
            # the student's code learns that it failed, not how: the text may be hidden
            self.worker.tell(["back", {}], self.budget)
        finally:
            self._nested -= 1

    def _put_back(
        self,
        what: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        reply: dict[str, Any],
        buffers: list[bytes],
    ) -> None:
        match reply.get("after"):
            case None:
                return
            case [node, int(shift)] if 0 <= shift <= len(buffers):
                match self._decode(node, buffers[shift:], []):
                    case (tuple() as new_args, dict() as new_kwargs):
                        pass
                    case _:
                        return
            case _:
                return
        # the name that the test used: what a function calls itself could be anything
        name = origin_of(args[0]) if args and isinstance(args[0], Remote) else ""
        parameters = self._lesson.stubs.get(name, ()) if what == "call" else ()
        allowed = self._lesson.mutable.get(name, frozenset())
        changed = []
        for i, (old, new) in enumerate(zip(args, new_args, strict=False)):
            if restore(old, new):
                # the first is the function itself
                changed.append(parameters[i - 1] if 0 < i <= len(parameters) else "")
        for label, old in kwargs.items():
            if label in new_kwargs and restore(old, new_kwargs[label]):
                changed.append(label)
        self.violations += [
            f"{name or 'Your code'} changed its argument {label}".rstrip() + "."
            for label in changed
            if label not in allowed
        ]

    def _error(self, raised: Any, what: str) -> Exception:
        match raised:
            case {"type": str(kind), "genuine": bool(genuine), "message": str(message)}:
                kind, message = clean_text(kind[:100]), clean_text(message[:_MAX_SAID])
                builtin = getattr(builtins, kind, None)
                if (
                    genuine
                    and isinstance(builtin, type)
                    and issubclass(builtin, Exception)
                    and builtin not in (StopIteration, StopAsyncIteration)
                ):
                    try:
                        return builtin(message)
                    except TypeError:
                        # some, such as UnicodeDecodeError, want more than a message
                        return StudentError(kind, message)
                if genuine and builtin is StopIteration and what == "next":
                    # anywhere else it would end a loop of the test's own, and its checks with it
                    return StopIteration()
                return StudentError(kind, message)
        raise WorkerDied("it raised in an unknown way")

    def _decode(
        self, node: Any, buffers: list[bytes], owners: list[np.ndarray], origin: str = ""
    ) -> Any:
        def resolve(rest: list[Any]) -> Any:
            return self._resolve(rest, origin)

        try:
            return Decoder(buffers, resolve, owners).decode(node)
        except WireError as error:
            raise WorkerDied(f"it sent {error}") from None

    def _describe(self, value: Any) -> list[Any]:
        if isinstance(value, Remote):
            return remote_node(value)
        if callable(value):
            self._callbacks.append(value)
            return ["callback", len(self._callbacks) - 1]
        raise AuthorError(
            f"a {type(value).__name__} cannot be passed to a student's function; "
            "pass plain data, arrays, tables or functions"
        )

    def _resolve(self, rest: list[Any], origin: str) -> Any:
        match rest:
            case ["mine", int(), str(kind), str(name), [*flags]] if len(
                flags
            ) <= _MAX_FLAGS and all(
                isinstance(text, str) and len(text) <= _MAX_NAME for text in (kind, name, *flags)
            ):
                return make_remote(self, rest, origin)
            case ["callback", int(number)] if 0 <= number < len(self._callbacks):
                return self._callbacks[number]
        raise WireError("an object of an unknown kind")


def _origin(what: str, args: tuple[Any, ...]) -> str:
    """What a result is called in a message: the name that the test used, and what it did to it."""
    # of `2 + x` it is the second
    origin = next((origin_of(one) for one in args if isinstance(one, Remote)), "")
    done = {"call": "()", "attribute": f".{args[1]}" if len(args) > 1 else ""}
    # cut, for a chain of a thousand nodes would be named in full at each of them
    return (origin + done.get(what, ""))[:100] if origin else ""

"""One conversation with a worker: names, calls, callbacks, and arguments put back in place."""

import builtins
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.examiner.lesson import Lesson
from autograder.examiner.limits import Budget, WorkerDied
from autograder.examiner.remote import (
    AuthorError,
    Remote,
    StudentError,
    make_remote,
    remote_node,
)
from autograder.examiner.restore import restore
from autograder.examiner.warm import Worker
from autograder.wire.errors import WireError
from autograder.wire.frames import Frame
from autograder.wire.values import Decoder, Encoder

_MAX_NESTED = 50


class Session:
    """Asks a worker for values. `budget` is set anew for each cell; `violations` too.

    Attributes
    ----------
    violations : list of str
        Arguments that a function changed and did not declare, in the student's terms.
    sources : dict
        The submitted text of each cell that binds a function, by the function's name.
    """

    def __init__(self, worker: Worker, lesson: Lesson, budget: Budget) -> None:
        self.worker = worker
        self.budget = budget
        self.violations: list[str] = []
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
        reply, _ = self._reply(number)
        outputs = reply.get("outputs")
        return (outputs if isinstance(outputs, list) else []), bool(reply.get("failed"))

    def get(self, name: str) -> Any:
        """The value of a student's name, or a proxy of it.

        Raises
        ------
        KeyError
            If the student's code does not bind it.
        """
        number = self.worker.ask(["get", name], self.budget)
        reply, buffers = self._reply(number)
        if "value" not in reply:
            raise KeyError(name)
        return self._decode(reply["value"], buffers, [])

    def do(self, what: str, *args: Any, **kwargs: Any) -> Any:
        """Let the worker call, look up or compute, and return what it says.

        Raises
        ------
        StudentError, or the builtin exception that the student's code raised
        LimitReached
            If the worker is stopped or ends.
        """
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
            sys.stdout.write(reply["printed"])
        if "raised" in reply:
            raise self._error(reply["raised"])
        if "value" not in reply:
            raise StudentError("TypeError", "the result is too large or nested too deep")
        return self._decode(reply["value"], buffers, encoder.sent)

    def _reply(self, number: int) -> tuple[dict[str, Any], list[bytes]]:
        while True:
            frame = self.worker.hear(self.budget)
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
        name = remote_node(args[0])[3] if args and isinstance(args[0], Remote) else ""
        parameters = self._lesson.stubs.get(name) if what == "call" else None
        allowed = self._lesson.mutable.get(name, frozenset())
        for i, (old, new) in enumerate(zip(args, new_args, strict=False)):
            # the first is the function itself
            label = parameters[i - 1] if parameters and 0 < i <= len(parameters) else ""
            if restore(old, new) and parameters is not None and label not in allowed:
                self.violations.append(f"{name} changed its argument {label}.")
        for label, old in kwargs.items():
            changed = label in new_kwargs and restore(old, new_kwargs[label])
            if changed and parameters is not None and label not in allowed:
                self.violations.append(f"{name} changed its argument {label}.")

    def _error(self, raised: Any) -> Exception:
        match raised:
            case {"type": str(kind), "genuine": bool(genuine), "message": str(message)}:
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
                if genuine and builtin is StopIteration:
                    return StopIteration()
                return StudentError(kind, message)
        raise WorkerDied("it raised in an unknown way")

    def _decode(self, node: Any, buffers: list[bytes], owners: list[np.ndarray]) -> Any:
        try:
            return Decoder(buffers, self._resolve, owners).decode(node)
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

    def _resolve(self, rest: list[Any]) -> Any:
        match rest:
            case ["mine", int(), str(), str(), [*flags]] if all(isinstance(f, str) for f in flags):
                return make_remote(self, rest)
            case ["callback", int(number)] if 0 <= number < len(self._callbacks):
                return self._callbacks[number]
        raise WireError("an object of an unknown kind")

"""The worker's loop: run cells, then answer calls. Whatever it is asked, it answers one frame."""

import io
import operator
import socket
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

from autograder.wire.errors import WireClosed, WireError
from autograder.wire.frames import Frame, receive, send
from autograder.wire.values import Decoder, Encoder
from autograder.worker.objects import Objects, raised
from autograder.worker.shell import Shell

MAX_PRINTED = 2**16
_FORWARDED = (
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "matmul",
    "neg",
    "pos",
    "abs",
    "lt",
    "le",
    "gt",
    "ge",
    "getitem",
    "setitem",
    "delitem",
)
_OPERATORS: dict[str, Callable[..., Any]] = {name: getattr(operator, name) for name in _FORWARDED}
_OPERATORS |= {
    "attribute": getattr,
    "set_attribute": setattr,
    "length": len,
    "iterate": iter,
    "next": next,
    "text": str,
    "float": float,
    "int": int,
    "call": lambda function, *args, **kwargs: function(*args, **kwargs),
    "names": dir,
}


class Server:
    """Answers one examiner over one channel."""

    def __init__(self, channel: socket.socket, shell: Shell) -> None:
        self._channel = channel
        self._shell = shell
        self._objects = Objects()

    def serve(self) -> None:
        """Answer until the examiner is gone."""
        while True:
            try:
                frame = receive(self._channel)
            except WireClosed:
                return
            self._answer(frame)

    def _answer(self, frame: Frame) -> None:
        match frame.message:
            case ["run", number, str(source)]:
                outputs, failed = self._shell.run(source)
                self._reply(number, {"outputs": outputs, "failed": failed})
            case ["get", number, str(name)]:
                names = self._shell.names
                if name not in names:
                    self._reply(number, {"missing": True})
                else:
                    self._reply(number, *self._told(names[name], []))
            case ["do", number, str(what), node]:
                self._do(number, what, node, frame.buffers)
            case _:
                raise WireError("a request of an unknown kind")

    def _do(self, number: int, what: str, node: Any, buffers: list[bytes]) -> None:
        decoder = Decoder(buffers, self._resolve)
        args, kwargs = decoder.decode(node)
        owners = decoder.received
        printed = _Printed()
        try:
            with redirect_stdout(printed), redirect_stderr(io.StringIO()):
                value = _OPERATORS[what](*args, **kwargs)
        except WireClosed:
            raise
        except BaseException as error:  # whatever it is, it is the student's
            reply: dict[str, Any] = {"raised": raised(error, "ipython-input")}
            told: list[bytes] = []
        else:
            reply, told = self._told(value, owners)
        after = self._changed((args, kwargs), node, buffers, told)
        if after is not None:
            reply["after"] = after
        if printed.text:
            reply["printed"] = printed.text
        self._reply(number, reply, told)

    def _told(self, value: Any, owners: list[Any]) -> tuple[dict[str, Any], list[bytes]]:
        """A value as a reply and its buffers."""
        encoder = self._encoder(owners)
        try:
            return {"value": encoder.encode(value)}, encoder.buffers
        except Exception as error:  # a student's object may do anything when it is looked at
            return {"unsendable": type(error).__name__}, []

    def _changed(self, given: Any, node: Any, buffers: list[bytes], into: list[bytes]) -> Any:
        """The arguments as they are after the call, if it changed them; else None."""
        probe = self._encoder([])
        try:
            now = probe.encode(given)
        except Exception:  # likewise
            return None
        if now == node and probe.buffers == buffers:
            return None
        shift = len(into)
        into.extend(probe.buffers)
        return [now, shift]

    def _reply(
        self, number: int, reply: dict[str, Any], buffers: list[bytes] | None = None
    ) -> None:
        try:
            send(self._channel, Frame(["re", number, reply], buffers or []))
        except WireError as error:
            send(self._channel, Frame(["re", number, {"unsendable": str(error)}]))

    def _encoder(self, owners: list[Any]) -> Encoder:
        return Encoder(self._describe, owners)

    def _describe(self, value: Any) -> list[Any]:
        if isinstance(value, _Callback):
            return ["callback", value.number]
        return ["mine", *self._objects.describe(value)]

    def _resolve(self, rest: list[Any]) -> Any:
        match rest:
            case ["mine", number, *_]:
                return self._objects.find(number)
            case ["callback", int(number)]:
                return _Callback(number, self)
        raise WireError("something that is not known here")

    def call_back(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function of the test; meanwhile the examiner may ask for more."""
        encoder = self._encoder([])
        node = encoder.encode((args, kwargs))
        send(self._channel, Frame(["callback", number, node], encoder.buffers))
        while True:
            frame = receive(self._channel)
            match frame.message:
                case ["back", {"value": node}]:
                    return Decoder(frame.buffers, self._resolve).decode(node)
                case ["back", _]:
                    raise RuntimeError("the function that the test passed raised an error")
            self._answer(frame)


class _Callback:
    """A function of the test, as the student's code meets it."""

    def __init__(self, number: int, server: Server) -> None:
        self.number = number
        self._server = server

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._server.call_back(self.number, args, kwargs)


class _Printed(io.TextIOBase):
    """What a call prints, up to a cap: a test may look at it, feedback never does."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += str(text)[: MAX_PRINTED - len(self.text)]
        return len(text)

    def writable(self) -> bool:
        return True


def unraisable_is_silent() -> None:
    """Errors in destructors and threads say nothing: nobody reads this process's stderr."""
    sys.unraisablehook = lambda *_: None

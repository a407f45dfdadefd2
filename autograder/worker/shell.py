"""An IPython shell that runs a student's cells and keeps their outputs, within a cap."""

import base64
import builtins
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.worker.outputs import Output, Outputs, Room


class _Stream(io.TextIOBase):
    """Stands for `sys.stdout` or `sys.stderr`."""

    def __init__(self, name: str, shell: "Shell") -> None:
        self._name, self._shell = name, shell

    def write(self, text: str) -> int:
        self._shell.outputs.stream(self._name, str(text))
        return len(text)

    def writable(self) -> bool:
        return True


class _Publisher(DisplayPublisher):
    def publish(self, data: dict[str, Any], **_: Any) -> None:  # type: ignore[override] # fewer
        encoded = {key: _text(value) for key, value in data.items()}
        _IPython.recorder.outputs.rich("display_data", encoded)


class _Hook(DisplayHook):
    def write_output_prompt(self) -> None:
        """Print no prompt."""

    def write_format_data(self, format_dict: dict[str, Any], *_: Any) -> None:
        encoded = {key: _text(value) for key, value in format_dict.items()}
        _IPython.recorder.outputs.rich("execute_result", encoded, execution_count=self.prompt_count)


class _IPython(InteractiveShell):
    displayhook_class = _Hook
    display_pub_class = _Publisher
    recorder: "Shell"

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there is no window to integrate with."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        name = getattr(etype, "__name__", "Error")
        try:
            text = str(evalue)
        except BaseException:  # a student's exception may do anything
            text = ""
        lines = [line[:4000] for line in "\n".join(stb).split("\n")][-60:]
        self.recorder.outputs.error(str(name)[:200], text[:2000], lines)


def _text(value: Any) -> Any:
    if isinstance(value, bytes):
        import base64

        return base64.b64encode(value).decode("ascii")
    return value


class Shell:
    """One student's session.

    Made in the zygote, so that a fork has it ready; used in one worker only.
    """

    def __init__(self) -> None:
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.cache_size = 0
        self._room = Room()
        self.outputs = Outputs(self._room)
        _IPython.recorder = self
        self.ip = _IPython.instance(config=config)
        self._streams = {name: _Stream(name, self) for name in ("stdout", "stderr")}

    @property
    def names(self) -> dict[str, Any]:
        """The student's names."""
        found: dict[str, Any] = self.ip.user_ns
        return found

    def inline_figures(self) -> None:
        """Let figures become outputs, as they do in Jupyter, if matplotlib is there."""
        if "matplotlib" in sys.modules:
            self.ip.enable_matplotlib("inline")  # type: ignore[no-untyped-call]
            display = self.ip.display_formatter
            assert display is not None
            _draw_once(display.formatters["image/png"])
            # interactive figures are drawn when they change, and again when they are shown
            sys.modules["matplotlib"].interactive(False)

    @contextmanager
    def recording(self) -> Iterator[Outputs]:
        """Collect what is printed and displayed meanwhile."""
        self.outputs = Outputs(self._room)
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self._streams["stdout"], self._streams["stderr"]
        try:
            yield self.outputs
        finally:
            sys.stdout, sys.stderr = before

    def run(self, source: str) -> tuple[list[Output], bool]:
        """Run one cell.

        Returns
        -------
        (outputs, failed)
        """
        with self.recording() as outputs:
            result = self.ip.run_cell(source, store_history=True, silent=False)  # type: ignore[no-untyped-call]
            self._show_figures()
        return outputs.items, not result.success

    def _show_figures(self) -> None:
        """Let the figures that a cell left open become its outputs, as Jupyter does."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None:
            return
        try:
            if pyplot.get_fignums():
                from matplotlib_inline.backend_inline import show

                show(close=True)  # type: ignore[no-untyped-call]
        except Exception:  # a student's figure may do anything when it is drawn
            self.ip.showtraceback()


def _draw_once(formatter: Any) -> None:
    """Draw figures that make room for their labels themselves once, at their own size.

    Jupyter draws each twice: the first time only to learn what a crop must leave in.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    cropped = formatter.for_type(Figure)

    def draw(figure: Figure) -> Any:
        canvas, engine = figure.canvas, figure.get_layout_engine()
        if (
            isinstance(engine, ConstrainedLayoutEngine)
            and isinstance(canvas, FigureCanvasAgg)
            and figure.axes
        ):
            file = io.BytesIO()
            canvas.print_png(file)  # type: ignore[no-untyped-call]
            return base64.b64encode(file.getvalue()).decode()
        return cropped(figure)

    formatter.for_type(Figure, draw)


def quiet_builtins() -> None:
    """Take away what would wait for a person."""

    def no_input(*_: object) -> str:
        raise EOFError("there is nobody to answer when a notebook is graded")

    builtins.input = no_input
    builtins.breakpoint = lambda *_, **__: None

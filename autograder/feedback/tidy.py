"""What a student's code put out, made fit for a page that others open."""

import re
from functools import lru_cache
from typing import Any

from nbformat import NotebookNode

from autograder.feedback.formulas import formula
from autograder.feedback.plain import plain
from autograder.feedback.prose import prose
from autograder.feedback.safe_html import safe_html

_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*\Z")
# of one cell: nobody reads more, and a page of a hundred megabytes opens nowhere
_MOST_OUTPUTS = 50
_MOST_TEXT = 60_000
_MOST_PICTURE = 4_000_000
_DOLLARS = re.compile(r"\A\s*(\${1,2}|\\\[|\\\()(.*?)(\${1,2}|\\\]|\\\))\s*\Z", re.DOTALL)


def tidy_outputs(cell: NotebookNode) -> None:
    """Clean the outputs of a code cell, in place.

    Of each output the richest form that is safe stays, and its plain text; HTML and formulas
    are `Markup` afterwards, so that a template which escapes all else prints them as they are.
    """
    left = _MOST_TEXT
    kept = []
    for output in _joined(cell.get("outputs", []))[:_MOST_OUTPUTS]:
        if output.output_type == "stream":
            output["text"] = plain(output.get("text"), max(left, 200))
            left -= len(output["text"])
        elif output.output_type == "error":
            trace = output.get("traceback")
            lines = [plain(line) for line in trace if isinstance(line, str)] if trace else []
            output["ename"] = plain(output.get("ename"), 200)
            output["evalue"] = plain(output.get("evalue"), 2_000)
            output["traceback"] = [plain("\n".join(lines), max(left, 200))]
            left -= len(output["traceback"][0])
        else:
            output["data"] = _data(output.get("data", {}), max(left, 200))
            output["metadata"] = NotebookNode()
            left -= sum(len(one) for kind, one in output["data"].items() if "image" not in kind)
        kept.append(output)
    if len(kept) < len(cell.get("outputs", [])) and len(kept) == _MOST_OUTPUTS:
        more = f"… the outputs after the first {_MOST_OUTPUTS} are not shown\n"
        kept.append(NotebookNode(output_type="stream", name="stdout", text=more))
    if "outputs" in cell:
        cell.outputs = kept


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Streams that follow one another as one: each `print` may have been stored alone."""
    joined: list[NotebookNode] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if (
            last is not None
            and output.output_type == last.output_type == "stream"
            and output.name == last.name
        ):
            joined[-1] = NotebookNode(last, text=_text(last) + _text(output))
        else:
            joined.append(output)
    return joined


def _text(output: NotebookNode) -> str:
    text = output.get("text", "")
    return "".join(text) if isinstance(text, list) else str(text)


def _data(data: dict[str, Any], most: int) -> NotebookNode:
    kept = NotebookNode()
    for kind in ("image/png", "image/jpeg"):
        picture = data.get(kind)
        if isinstance(picture, str) and len(picture) < _MOST_PICTURE and _BASE64.match(picture):
            kept[kind] = picture
    if isinstance(html := data.get("text/html"), str) and (clean := _html(html)) is not None:
        kept["text/html"] = clean
    if isinstance(text := data.get("text/markdown"), str):
        kept["text/markdown"] = prose(text)
    if isinstance(tex := data.get("text/latex"), str):
        found = _DOLLARS.match(plain(tex))
        kept["text/latex"] = formula(found[2] if found else plain(tex), block=True)
    if "text/plain" in data:
        kept["text/plain"] = plain(data["text/plain"], most)
    return kept


@lru_cache(256)
def _html(html: str) -> Any:
    # no cut: half a table is worse than the text that stands beside it
    return safe_html(plain(html, 400_000))

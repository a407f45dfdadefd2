"""Texts and outputs that a worker sent, made harmless: a student may have forged them."""

from typing import Any

# characters that anybody reads of a verdict
_MAX_WORDS = 5000
# the worker keeps to 1 MB a cell; this is for one that does not
_MAX_TEXT = 2 * 2**20
_MAX_OUTPUTS = 20_000
_MIME = frozenset(
    {"text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg"}
)


def clean_text(text: str) -> str:
    """A text that can be written to a file: half a surrogate pair becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def clip(text: str) -> str:
    """What is kept of a message in which a student's value may stand whole."""
    text = clean_text(text[: _MAX_WORDS + 1])
    return text if len(text) <= _MAX_WORDS else f"{text[:_MAX_WORDS]} …"


def clean_outputs(raw: object) -> list[dict[str, Any]]:
    """Rebuild the outputs of a cell in nbformat's form; what is none of them is left out."""
    found: list[dict[str, Any]] = []
    left = _MAX_TEXT
    for one in raw[:_MAX_OUTPUTS] if isinstance(raw, list) else []:
        output = _clean(one)
        left -= sum(len(text) for text in _texts(output))
        if left < 0:
            break
        if output:
            found.append(output)
    return found


def _clean(one: object) -> dict[str, Any]:
    match one:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
            return {"output_type": "stream", "name": name, "text": clean_text(text)}
        case {"output_type": "display_data" | "execute_result" as kind, "data": dict(data)}:
            kept = {
                mime: clean_text(value)
                for mime, value in data.items()
                if mime in _MIME and isinstance(value, str)
            }
            more = {"execution_count": None} if kind == "execute_result" else {}
            return {"output_type": kind, "data": kept, "metadata": {}, **more}
        case {
            "output_type": "error",
            "ename": str(name),
            "evalue": str(said),
            "traceback": [*trace],
        }:
            return {
                "output_type": "error",
                "ename": clean_text(name),
                "evalue": clean_text(said),
                "traceback": [clean_text(line) for line in trace if isinstance(line, str)],
            }
    return {}


def _texts(output: dict[str, Any]) -> list[str]:
    data = output.get("data", {})
    return [
        *data.values(),
        *output.get("traceback", ()),
        output.get("text", ""),
        output.get("evalue", ""),
        output.get("ename", ""),
    ]

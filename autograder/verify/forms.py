"""The form of a value: what is left of it when its numbers are forgotten."""

from typing import Any

import numpy as np

# a model, a class's object, a function: nothing can be said of these
OPAQUE = "object"
_SCALARS = {
    "b": "boolean",
    "i": "number",
    "u": "number",
    "f": "number",
    "c": "complex",
    "U": "str",
    "S": "bytes",
}


def form(value: Any) -> Any:
    """Describe type and shape, so that equal descriptions mean the same type and shape.

    Numbers are alike, however wide; so are a number and an array of no axes that holds one, as
    `check_close` takes both. Lists, tuples and dictionaries are described part by part.
    """
    match value:
        case None:
            return "None"
        case np.ndarray() if value.ndim:
            kind = "i" if value.dtype.kind == "u" else value.dtype.kind
            return (type(value).__name__, kind, value.shape)
        case np.ndarray() | np.generic():
            return _SCALARS.get(value.dtype.kind, value.dtype.kind)
        case bool() | int() | float() | complex():
            return _SCALARS[np.dtype(type(value)).kind]
        case str() | bytes() | set() | frozenset():
            return type(value).__name__
        case tuple() | list():
            return (type(value).__name__, tuple(form(item) for item in value))
        case dict():
            return (type(value).__name__, {key: form(item) for key, item in value.items()})
    if type(value).__module__.partition(".")[0] == "pandas":
        return (type(value).__name__, getattr(value, "shape", ()))
    return OPAQUE

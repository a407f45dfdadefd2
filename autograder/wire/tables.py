"""DataFrames and Series as typed columns."""

from collections.abc import Callable
from typing import Any

from autograder.wire.errors import WireError

Node = list[Any]
Encode = Callable[[Any], Any]
Decode = Callable[[Any], Any]


def is_table(value: object) -> bool:
    """Whether a value is exactly a pandas DataFrame, Series or Index, without importing pandas."""
    kind = type(value)
    return kind.__module__.partition(".")[0] == "pandas" and kind.__name__ in {
        "DataFrame",
        "Series",
        "Index",
        "RangeIndex",
    }


def table_node(value: Any, encode: Encode) -> Node | None:
    """Describe a table by its columns; None if a column holds what may not travel."""
    kind = type(value).__name__
    if kind in {"Index", "RangeIndex"}:
        column = _column(value)
        return None if column is None else ["index", encode(column), encode(value.name)]
    index = _column(value.index)
    if index is None:
        return None
    if kind == "Series":
        column = _column(value)
        if column is None:
            return None
        return ["series", encode(column), encode(index), encode(value.name)]
    names = list(value.columns)
    columns = [_column(value.iloc[:, i]) for i in range(len(names))]
    if any(column is None for column in columns):
        return None
    return [
        "frame",
        [encode(name) for name in names],
        [encode(column) for column in columns],
        encode(index),
    ]


def _column(column: Any) -> Any:
    """A column's values as a plain array, or as a list of text; None for anything else."""
    kind = getattr(column.dtype, "kind", "O")
    if kind in "biufcmM" and getattr(column.dtype, "tz", None) is None:
        return column.to_numpy()
    values = column.tolist()
    if all(type(value) is str or value is None or value != value for value in values):
        return [value if type(value) is str else None for value in values]
    return None


def table_from(node: Node, decode: Decode) -> Any:
    """Build a table from its description.

    Raises
    ------
    WireError
        If columns and index do not belong together.
    """
    import pandas as pd

    try:
        match node:
            case ["index", values, name]:
                return pd.Index(decode(values), name=decode(name))
            case ["series", values, index, name]:
                return pd.Series(decode(values), index=decode(index), name=decode(name))
            case ["frame", [*names], [*columns], index]:
                rows = decode(index)
                frame = pd.DataFrame(
                    {i: decode(column) for i, column in enumerate(columns)}, index=rows
                )
                frame.columns = pd.Index([decode(name) for name in names])
                return frame
    except (ValueError, TypeError) as error:
        raise WireError(f"a table that does not fit together: {type(error).__name__}") from None
    raise WireError("a table that is not described whole")

"""DataFrames and Series as typed columns."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.wire.errors import WireError

# pandas keeps each column apart, and does much for each
MAX_COLUMNS = 10_000
# letters; a label stands in every message about its column
MAX_LABEL = 1000
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
    rows = _column(value.index)
    if rows is None:
        return None
    if kind == "Series":
        column = _column(value)
        if column is None:
            return None
        index = ["index", encode(rows), encode(value.index.name)]
        return ["series", encode(column), index, encode(value.name)]
    names = list(value.columns)
    if len(names) > MAX_COLUMNS:
        return None
    columns = [_column(value.iloc[:, i]) for i in range(len(names))]
    if any(column is None for column in columns):
        return None
    return [
        "frame",
        [encode(name) for name in names],
        [encode(column) for column in columns],
        ["index", encode(rows), encode(value.index.name)],
        encode(value.columns.name),
    ]


def _column(column: Any) -> Any:
    """A column's values as a plain array, or as a list of text; None for anything else."""
    kind = getattr(column.dtype, "kind", "O")
    if kind in "biufcmM" and getattr(column.dtype, "tz", None) is None:
        plain = column.to_numpy()
        # pandas' own dtypes may become objects where a value is missing
        return plain if plain.dtype.kind != "O" else None
    values = column.tolist()
    if all(type(value) is str or value is None or value != value for value in values):
        return [value if type(value) is str else None for value in values]
    return None


def _rows(node: Any, decode: Decode) -> Any:
    match node:
        case ["index", *_]:
            return table_from(node, decode)
    raise WireError("a table without an index")


def _values(column: Any) -> Any:
    """A column that arrived: pandas must meet nothing but plain values."""
    if type(column) is np.ndarray and column.ndim == 1:
        return column
    if type(column) is list and all(value is None or type(value) is str for value in column):
        return column
    raise WireError("a table with a column of something else")


def _name(name: Any) -> Any:
    """The name of a column, or a tuple of names."""
    if type(name) is tuple:
        return tuple(_name(part) for part in name)
    if type(name) is str and len(name) > MAX_LABEL:
        raise WireError("a table with a name that is too long")
    if name is None or type(name) in (str, int, float, bool):
        return name
    if isinstance(name, np.generic):
        return name
    raise WireError("a table with an impossible name")


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
                return pd.Index(_values(decode(values)), name=_name(decode(name)))
            case ["series", values, index, name]:
                column = _values(decode(values))
                return pd.Series(column, index=_rows(index, decode), name=_name(decode(name)))
            case ["frame", [*names], [*columns], index, name]:
                if len(names) > MAX_COLUMNS or len(columns) > MAX_COLUMNS:
                    raise WireError("a table of too many columns")
                # in the order of `table_node`, for both sides number the arrays as they come
                labels = [_name(decode(name)) for name in names]
                data = {i: _values(decode(column)) for i, column in enumerate(columns)}
                frame = pd.DataFrame(data, index=_rows(index, decode))
                frame.columns = pd.Index(labels, name=_name(decode(name)))
                return frame
    except (ValueError, TypeError) as error:
        raise WireError(f"a table that does not fit together: {type(error).__name__}") from None
    raise WireError("a table that is not described whole")

"""The course's three tables: exam scores, diabetes and the zoo.

Each loader returns a plain pandas DataFrame with named columns. The files are found wherever a
notebook runs; `data/README.md` says where each table comes from and what not to use it for.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from course._tables import (
    DataError,
    Row,
    check_widths,
    is_number,
    labels,
    numbers,
    read_rows,
    without_header,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

__all__ = ["DataError", "data_path", "load_diabetes", "load_score", "load_zoo"]

SCORE = ("exam1", "exam2", "exam3", "final")
# fmt: off
DIABETES = (
    "pregnancies", "glucose", "blood_pressure", "skin_thickness", "insulin", "bmi", "pedigree",
    "age", "diabetic",
)
ZOO = (
    "animal", "hair", "feathers", "eggs", "milk", "airborne", "aquatic", "predator", "toothed",
    "backbone", "breathes", "venomous", "fins", "legs", "tail", "domestic", "catsize", "type",
)
# fmt: on

# The names under which a table may lie in a COURSE_DATA folder, in this order.
NAMES = {
    "score.csv": ("score.csv",),
    "diabetes.csv": ("diabetes.csv", "data-03-diabetes.csv"),
    "zoo.csv": ("zoo.csv",),
}


def data_path(name: str) -> Path:
    """Return where a table's file lies, whatever the current folder is.

    Three places are searched: the folder that the environment variable `COURSE_DATA` names,
    `data/` beside the package in a checkout, and the copy inside an installed package. A
    `COURSE_DATA` folder need not hold every table: what it lacks comes from the other two.

    Parameters
    ----------
    name : "score.csv", "diabetes.csv" or "zoo.csv". In `COURSE_DATA` the diabetes table may
        also be called "data-03-diabetes.csv"; "diabetes.csv" wins if both are there.

    Returns
    -------
    Absolute path of an existing file.

    Raises
    ------
    ValueError
        If `name` is no table of this course, or `COURSE_DATA` is a relative path.
    NotADirectoryError
        If `COURSE_DATA` names something that is not a folder.
    FileNotFoundError
        If no place holds the file.

    Examples
    --------
    >>> data_path("zoo.csv").name
    'zoo.csv'
    """
    if name not in NAMES:
        raise ValueError(f"the course has no table {name!r}; its tables are {', '.join(NAMES)}")
    package = Path(__file__).resolve().parent
    checkout = package.parent / "data"
    candidates = [package / "_data" / name]
    # Another project's `data` folder may lie beside an installed package.
    if (checkout / "README.md").is_file():
        candidates.insert(0, checkout / name)
    folder = _course_data()
    if folder is not None:
        candidates = [folder / alias for alias in NAMES[name]] + candidates
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    places = ", ".join(dict.fromkeys(str(candidate.parent) for candidate in candidates))
    raise FileNotFoundError(
        f"{name} is in none of these folders: {places}. Install the course again, or restore the "
        "checkout with `git checkout -- data`"
    )


def _course_data() -> Path | None:
    """Return the folder that COURSE_DATA names, or None if it is not set."""
    value = os.environ.get("COURSE_DATA", "")
    if not value:
        return None
    folder = Path(value).expanduser()
    if not folder.is_absolute():
        # Notebooks are graded in folders of their own, where it would mean another place.
        raise DataError(
            f"COURSE_DATA={value}: the path is relative; give the whole path, such as "
            f"{folder.resolve()}"
        )
    if not folder.is_dir():
        raise NotADirectoryError(
            f"COURSE_DATA={value}: this is not a folder; name the folder that holds your tables, "
            "or unset COURSE_DATA to use the course's own"
        )
    return folder


def load_score() -> pd.DataFrame:
    """Load three exam scores and the final score of 25 students.

    Returns
    -------
    DataFrame, shape (25, 4), float64. Columns exam1, exam2, exam3 (points out of 100) and final
    (points out of 200).

    Raises
    ------
    DataError
        If the file is not such a table; the message names file, line and remedy.
    FileNotFoundError, NotADirectoryError
        If the file is not found; see `data_path`.

    Notes
    -----
    "Test Scores for General Psychology", data set mlr03.

    Examples
    --------
    >>> load_score().head(2)
       exam1  exam2  exam3  final
    0   73.0   80.0   75.0  152.0
    1   93.0   88.0   93.0  185.0
    """
    import pandas as pd

    rows = without_header(read_rows(data_path("score.csv")), SCORE)
    check_widths(rows, SCORE)
    return pd.DataFrame(numbers(rows, SCORE), columns=list(SCORE))


def load_diabetes() -> pd.DataFrame:
    """Load eight measurements a row, and whether the row is that of a diabetic.

    The shipped table is synthetic: no row describes a person. An instructor who holds the lectures'
    file puts it into the `COURSE_DATA` folder instead. That file has no column names and calls
    the diabetic 0; it is recognised by its first row being numbers, and its label is turned
    round, so that 1 means diabetic here whichever file is loaded.

    Returns
    -------
    DataFrame, shape (759, 9). Eight float64 columns, each scaled to [-1, 1]: pregnancies
    (count), glucose (mg/dL), blood_pressure (mm Hg), skin_thickness (mm), insulin (mu U/mL), bmi
    (kg/m^2), pedigree (score), age (years); 0 stands for a missing value and for the least value
    of the column. Then `diabetic`, int64: 1 = diabetic, 0 = not.

    Raises
    ------
    DataError
        If the file is not such a table; the message names file, line and remedy.
    FileNotFoundError, NotADirectoryError
        If the file is not found; see `data_path`.

    Examples
    --------
    >>> table = load_diabetes()
    >>> X, y = table.drop(columns="diabetic").to_numpy(), table["diabetic"].to_numpy()
    >>> X.shape[1], sorted(set(y.tolist()))
    (8, [0, 1])
    """
    import pandas as pd

    rows = read_rows(data_path("diabetes.csv"))
    headerless = any(is_number(field) for field in rows[0].fields)
    body = rows if headerless else without_header(rows, DIABETES)
    check_widths(body, DIABETES)
    values = numbers(body, DIABETES)
    _check_scaled(body, values[:, :-1])
    label = labels(body, "diabetic", values[:, -1], 2, "correct it or delete the line")
    table = pd.DataFrame(values[:, :-1], columns=list(DIABETES[:-1]))
    table["diabetic"] = 1 - label if headerless else label
    return table


def _check_scaled(rows: Sequence[Row], features: npt.NDArray[np.float64]) -> None:
    """Refuse raw measurements: files that hold them mostly have the label the other way round."""
    for row, values in zip(rows, features, strict=True):
        for name, value in zip(DIABETES, values, strict=False):
            if abs(value) > 1.0:
                raise row.error(
                    f"{name} is {value:g}, outside [-1, 1]; this looks like the unscaled file: "
                    "use the lectures' scaled data-03-diabetes.csv, or the course's own table"
                )


def load_zoo() -> pd.DataFrame:
    """Load the traits and the type of 101 animals.

    Only 59 rows of traits are distinct, so a random split puts copies of training rows into the
    test part: split by distinct rows.

    Returns
    -------
    DataFrame, shape (101, 18). `animal` is the name (text; "frog" twice), sixteen float64
    columns are traits: legs a count (0, 2, 4, 5, 6 or 8), the others 1 = yes, 0 = no. `type`,
    int64: 0 mammal, 1 bird, 2 reptile, 3 fish, 4 amphibian, 5 insect, 6 other invertebrate.

    Raises
    ------
    DataError
        If the file is not such a table; the message names file, line and remedy.
    FileNotFoundError, NotADirectoryError
        If the file is not found; see `data_path`.

    Notes
    -----
    Zoo, UCI Machine Learning Repository (Forsyth, 1990), CC BY 4.0; there the types are 1 to 7.

    Examples
    --------
    >>> load_zoo()[["animal", "milk", "legs", "type"]].head(2)
         animal  milk  legs  type
    0  aardvark   1.0   4.0     0
    1  antelope   1.0   4.0     0
    """
    import pandas as pd

    rows = without_header(read_rows(data_path("zoo.csv")), ZOO)
    check_widths(rows, ZOO)
    values = numbers(rows, ZOO, first=1)
    remedy = "UCI's own file counts from 1: subtract 1 from each type"
    table = pd.DataFrame(values[:, :-1], columns=list(ZOO[1:-1]))
    table.insert(0, "animal", [row.fields[0] for row in rows])
    table["type"] = labels(rows, "type", values[:, -1], 7, remedy)
    return table

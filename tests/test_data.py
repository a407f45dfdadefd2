"""The shipped tables are what `data/README.md` says, and teach what the lessons rely on."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

DATA = Path(__file__).resolve().parents[1] / "data"
README = (DATA / "README.md").read_text(encoding="utf-8")
AGGREGATES = json.loads((DATA / "diabetes_aggregates.json").read_text(encoding="utf-8"))
FEATURES = AGGREGATES["columns"]
MAY_BE_MISSING = AGGREGATES["zero_means_missing"]
TRAIN, TEST = slice(0, 600), slice(600, 759)

Floats = npt.NDArray[np.float64]

each_class = pytest.mark.parametrize(
    ("label", "group"), [(0, "negative"), (1, "positive")], ids=["negative", "positive"]
)


@pytest.fixture(scope="module")
def diabetes() -> pd.DataFrame:
    return pd.read_csv(DATA / "diabetes.csv")


@pytest.fixture(scope="module", name="X")
def features(diabetes: pd.DataFrame) -> Floats:
    return diabetes[FEATURES].to_numpy()


@pytest.fixture(scope="module")
def y(diabetes: pd.DataFrame) -> npt.NDArray[np.int64]:
    return diabetes["diabetic"].to_numpy()


def with_ones(X: Floats) -> Floats:
    return np.column_stack([X, np.ones(len(X))])


def newton(X: Floats, y: npt.NDArray[np.int64]) -> Floats:
    """Return the unpenalised logistic optimum, shape (D + 1,), the bias last."""
    A = with_ones(X)
    w = np.zeros(A.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-A @ w))
        step = np.linalg.solve((A.T * (p * (1 - p))) @ A, A.T @ (y - p))
        w = w + step
        if np.abs(step).max() < 1e-10:
            return w
    raise AssertionError("no finite optimum: the classes can be separated")


def descend(X: Floats, y: npt.NDArray[np.int64]) -> Floats:
    """Return what 1000 plain steps of 0.1 from zero reach, shape (D + 1,), the bias last."""
    A = with_ones(X)
    w = np.zeros(A.shape[1])
    for _ in range(1000):
        w = w - 0.1 * A.T @ (1 / (1 + np.exp(-A @ w)) - y) / len(y)
    return w


def accuracy(w: Floats, X: Floats, y: npt.NDArray[np.int64]) -> float:
    return float(np.mean((with_ones(X) @ w > 0) == y))


def copy_of_script(folder: Path) -> Path:
    for name in ("make_diabetes.py", "diabetes_aggregates.json"):
        shutil.copy(DATA / name, folder)
    return folder / "make_diabetes.py"


def run(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, script, *arguments], capture_output=True, text=True, check=False
    )


# --- The files and their datasheets


@pytest.mark.parametrize("name", ["score.csv", "diabetes.csv", "zoo.csv"])
def test_readme_gives_the_sha256_of_each_table(name: str) -> None:
    section = README.split(f"\n## {name}\n")[1].split("\n## ")[0]
    stated = re.findall(r"sha256 `([0-9a-f]{64})`", section)
    assert stated == [hashlib.sha256((DATA / name).read_bytes()).hexdigest()]


@pytest.mark.parametrize("name", ["score.csv", "diabetes.csv", "zoo.csv"])
def test_tables_end_lines_the_same_way_on_every_system(name: str) -> None:
    content = (DATA / name).read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")


def test_score_is_what_its_datasheet_says() -> None:
    table = pd.read_csv(DATA / "score.csv")
    assert list(table) == ["exam1", "exam2", "exam3", "final"]
    assert table.shape == (25, 4)
    exams = table[["exam1", "exam2", "exam3"]].to_numpy()
    assert (exams.min(), exams.max()) == (46, 100)
    assert (table["final"].min(), table["final"].max()) == (101, 196)


def test_zoo_is_what_its_datasheet_says() -> None:
    table = pd.read_csv(DATA / "zoo.csv")
    traits = table.drop(columns=["animal", "type"])
    assert traits.shape == (101, 16)
    assert table["type"].value_counts().sort_index().to_dict() == dict(
        enumerate([41, 20, 5, 13, 4, 8, 10])
    )
    assert set(traits["legs"]) == {0, 2, 4, 5, 6, 8}
    assert set(traits.drop(columns="legs").to_numpy().ravel()) == {0, 1}
    assert len(traits.drop_duplicates()) == 59
    frogs = table[table["animal"] == "frog"]
    assert sorted(frogs["venomous"]) == [0, 1]
    assert table["animal"].duplicated().sum() == 1
    assert "girl" in set(table["animal"])


def test_zoo_table_of_types_in_the_readme_matches_the_file() -> None:
    stated = re.findall(r"^  \| (\d) \| (\d+) \| [a-z ]+ \|$", README, flags=re.MULTILINE)
    counts = pd.read_csv(DATA / "zoo.csv")["type"].value_counts().sort_index()
    assert [(int(kind), int(n)) for kind, n in stated] == list(counts.items())


def test_aggregates_say_where_they_come_from() -> None:
    assert "NIDDK" in AGGREGATES["source"]
    assert "1988" in AGGREGATES["source"]
    assert "No row" in AGGREGATES["source"]


# --- The script that draws the diabetes table


def test_script_rewrites_the_same_bytes(tmp_path: Path) -> None:
    done = run(copy_of_script(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "diabetes.csv").read_bytes() == (DATA / "diabetes.csv").read_bytes()
    assert hashlib.sha256((DATA / "diabetes.csv").read_bytes()).hexdigest() in done.stdout


def test_check_accepts_the_shipped_table_and_writes_nothing(tmp_path: Path) -> None:
    script = copy_of_script(tmp_path)
    table = Path(shutil.copy2(DATA / "diabetes.csv", tmp_path))
    before = table.stat().st_mtime_ns
    assert run(script, "--check").returncode == 0
    assert table.stat().st_mtime_ns == before


@pytest.mark.parametrize("state", ["changed", "absent"])
def test_check_refuses_another_table_and_says_what_to_do(tmp_path: Path, state: str) -> None:
    script = copy_of_script(tmp_path)
    table = tmp_path / "diabetes.csv"
    other = (DATA / "diabetes.csv").read_bytes().replace(b"\n", b"\r\n")
    if state == "changed":
        table.write_bytes(other)
    done = run(script, "--check")
    assert done.returncode == 1
    assert str(table) in done.stdout
    assert "Run `python data/make_diabetes.py`" in done.stdout
    assert (table.read_bytes() if table.exists() else b"") == (other if state == "changed" else b"")


# --- What the synthetic table keeps of the original


def test_diabetes_has_the_size_and_columns_of_the_lectures_file(diabetes: pd.DataFrame) -> None:
    assert list(diabetes) == [*FEATURES, "diabetic"]
    assert len(diabetes) == 759
    assert diabetes["diabetic"].value_counts().to_dict() == {0: 496, 1: 263}
    assert not diabetes.isna().any(axis=None)
    assert diabetes[FEATURES].abs().max(axis=None) <= 1


def test_diabetes_repeats_no_row(diabetes: pd.DataFrame) -> None:
    assert not diabetes.duplicated().any()


@pytest.mark.parametrize("column", FEATURES)
@each_class
def test_missing_rates_are_those_of_the_class(
    diabetes: pd.DataFrame, column: str, label: int, group: str
) -> None:
    stated = AGGREGATES["classes"][group]["columns"][column]["missing_rate"]
    if column in MAY_BE_MISSING:
        rows = diabetes[diabetes["diabetic"] == label]
        # Half a row of rounding.
        assert abs((rows[column] == 0).mean() - stated) <= 0.5 / len(rows) + 1e-12
    else:
        assert stated == 0


def test_insulin_is_missing_wherever_skin_thickness_is(diabetes: pd.DataFrame) -> None:
    without_skin = diabetes[diabetes["skin_thickness"] == 0]
    assert len(without_skin) > 0
    assert (without_skin["insulin"] == 0).all()


def test_missing_percentages_in_the_readme_match_the_file(diabetes: pd.DataFrame) -> None:
    sentence = README.split("Missing: ")[1].split(" of the rows")[0]
    stated = re.findall(r"([a-z ]+) ([\d.]+) %", sentence)
    assert {name.strip().replace(" ", "_"): float(share) for name, share in stated} == {
        name: round(100 * (diabetes[name] == 0).mean(), 1) for name in MAY_BE_MISSING
    }


def test_zero_never_stands_for_a_small_raw_value_written_as_minus_one(
    diabetes: pd.DataFrame,
) -> None:
    assert (diabetes[FEATURES] > -1).all(axis=None)
    assert (diabetes["pregnancies"] == 0).any()
    assert (diabetes["age"] == 0).any()


def raw_values(diabetes: pd.DataFrame, column: str, label: int) -> pd.Series:
    """Undo the scaling by the table of the README; missing values are left out."""
    row = re.search(rf"^  \| `{column}` \|.*?\| ([\d.]+) \| ([\d.]+) \|", README, re.MULTILINE)
    assert row is not None
    low, high = float(row[1]), float(row[2])
    scaled = diabetes.loc[diabetes["diabetic"] == label, column]
    scaled = scaled[scaled != 0] if column in MAY_BE_MISSING else scaled.replace(0.0, -1.0)
    return (scaled + 1) / 2 * (high - low) + low


@pytest.mark.parametrize("column", FEATURES)
@each_class
def test_columns_are_spread_as_in_the_class(
    diabetes: pd.DataFrame, column: str, label: int, group: str
) -> None:
    stated = AGGREGATES["classes"][group]["columns"][column]
    values = raw_values(diabetes, column, label)
    # A mean of the 128 least complete values has a standard error of 0.09 sd.
    assert abs(values.mean() - stated["mean"]) < 0.15 * stated["sd"]
    assert 0.8 < values.std() / stated["sd"] < 1.2
    low, high = AGGREGATES["range"][column]
    assert low - 1e-3 <= values.min()
    assert values.max() <= high + 1e-3
    for share in ("25", "50", "75"):
        drawn = (values < stated["percentiles"][share]).mean()
        at_or_below = (values <= stated["percentiles"][share] + 1e-3).mean()
        assert drawn - 0.12 < float(share) / 100 < at_or_below + 0.12


@pytest.mark.parametrize("column", [c for c in FEATURES if c not in ("bmi", "pedigree")])
def test_counts_and_whole_units_stay_whole(diabetes: pd.DataFrame, column: str) -> None:
    for label in (0, 1):
        values = raw_values(diabetes, column, label)
        assert np.abs(values - values.round()).max() < 2e-3


@each_class
def test_ranks_are_correlated_as_in_the_class(
    diabetes: pd.DataFrame, label: int, group: str
) -> None:
    rows = diabetes.loc[diabetes["diabetic"] == label, FEATURES]
    present = rows.replace({name: {0.0: np.nan} for name in MAY_BE_MISSING}).replace(0.0, -1.0)
    off = present.corr("spearman").to_numpy() - np.array(AGGREGATES["classes"][group]["spearman"])
    assert np.abs(off).max() < 0.2
    assert np.sqrt(np.mean(off**2)) < 0.08


# --- What the lessons rely on


def test_logistic_optimum_is_right_for_three_quarters_of_the_rows(
    X: Floats, y: npt.NDArray[np.int64]
) -> None:
    assert 0.75 <= accuracy(newton(X, y), X, y) <= 0.80


def test_glucose_is_the_strongest_feature(X: Floats, y: npt.NDArray[np.int64]) -> None:
    correlations = np.abs(np.corrcoef(X, y, rowvar=False)[:-1, -1])
    assert FEATURES[int(correlations.argmax())] == "glucose"
    weights = newton((X - X.mean(axis=0)) / X.std(axis=0), y)[:-1]
    assert FEATURES[int(np.abs(weights).argmax())] == "glucose"
    assert weights[FEATURES.index("glucose")] > 0


@pytest.mark.parametrize("part", [TRAIN, TEST], ids=["train", "test"])
def test_both_parts_of_the_split_have_a_similar_base_rate(
    y: npt.NDArray[np.int64], part: slice
) -> None:
    assert 0.60 <= 1 - y[part].mean() <= 0.70


def test_logistic_optimum_of_the_training_part_generalises(
    X: Floats, y: npt.NDArray[np.int64]
) -> None:
    assert 0.72 <= accuracy(newton(X[TRAIN], y[TRAIN]), X[TEST], y[TEST]) <= 0.80


def test_plain_gradient_descent_beats_guessing_the_larger_class(
    X: Floats, y: npt.NDArray[np.int64]
) -> None:
    w = descend(X[TRAIN], y[TRAIN])
    assert accuracy(w, X[TRAIN], y[TRAIN]) >= 0.74
    assert accuracy(w, X[TEST], y[TEST]) >= 1 - y[TEST].mean() + 0.05

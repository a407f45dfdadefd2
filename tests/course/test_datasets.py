"""The loaders find the tables anywhere, and refuse a bad file with place and remedy."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from course.datasets import DataError, data_path, load_diabetes, load_score, load_zoo

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["score.csv", "diabetes.csv", "zoo.csv"]
LOADERS: dict[str, Callable[[], pd.DataFrame]] = {
    "score.csv": load_score,
    "diabetes.csv": load_diabetes,
    "zoo.csv": load_zoo,
}


@pytest.fixture(autouse=True)
def _own_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_DATA", raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that COURSE_DATA names."""
    folder = tmp_path / "mine"
    folder.mkdir()
    monkeypatch.setenv("COURSE_DATA", str(folder))
    return folder


def lines_of(name: str) -> list[str]:
    return (ROOT / "data" / name).read_text(encoding="utf-8").splitlines()


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def lectures_file(path: Path, *comments: str) -> Path:
    """Write our table the way the lectures' file is: no names, and 1 = not diabetic."""
    rows = [line.rsplit(",", 1) for line in lines_of("diabetes.csv")[1:]]
    return write(path, [*comments, *(f"{row},{1 - int(label)}" for row, label in rows)])


# --- What comes out


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_those_of_the_file(name: str) -> None:
    assert list(LOADERS[name]()) == lines_of(name)[0].split(",")


def test_score_is_all_numbers() -> None:
    table = load_score()
    assert table.shape == (25, 4)
    assert set(table.dtypes) == {np.dtype("float64")}
    assert table.iloc[0].tolist() == [73.0, 80.0, 75.0, 152.0]
    assert table.iloc[-1].tolist() == [96.0, 93.0, 95.0, 192.0]


def test_diabetes_has_float_features_and_an_integer_label() -> None:
    table = load_diabetes()
    assert table.shape == (759, 9)
    assert set(table.dtypes[:-1]) == {np.dtype("float64")}
    assert table["diabetic"].dtype == np.dtype("int64")
    expected = np.array([line.split(",") for line in lines_of("diabetes.csv")[1:]], dtype=float)
    np.testing.assert_array_equal(table.to_numpy(), expected)


def test_zoo_keeps_the_names_and_has_float_traits_and_an_integer_type() -> None:
    table = load_zoo()
    assert table.shape == (101, 18)
    assert table["animal"].tolist() == [line.split(",")[0] for line in lines_of("zoo.csv")[1:]]
    assert set(table.dtypes.iloc[1:-1]) == {np.dtype("float64")}
    assert table["type"].dtype == np.dtype("int64")
    expected = [line.split(",")[1:] for line in lines_of("zoo.csv")[1:]]
    np.testing.assert_array_equal(table.iloc[:, 1:].to_numpy(), np.array(expected, dtype=float))


@pytest.mark.parametrize("name", NAMES)
def test_each_call_returns_a_table_of_its_own(name: str) -> None:
    first = LOADERS[name]()
    first.iloc[0, 1] = 99.0
    assert LOADERS[name]().iloc[0, 1] != 99.0


# --- Where files are found


@pytest.mark.parametrize("name", NAMES)
def test_checkout_is_found_from_any_folder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    write(tmp_path / "data" / name, ["not", "ours"])
    monkeypatch.chdir(tmp_path)
    assert data_path(name) == ROOT / "data" / name


def test_unknown_table_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ValueError, match=r"no table 'socre\.csv'; its tables are score\.csv, dia"):
        data_path("socre.csv")


@pytest.mark.parametrize("name", NAMES)
def test_course_data_comes_first(name: str, folder: Path) -> None:
    shutil.copy(ROOT / "data" / name, folder)
    assert data_path(name) == folder / name


def test_a_table_that_course_data_lacks_is_ours(folder: Path) -> None:
    shutil.copy(ROOT / "data" / "score.csv", folder)
    assert data_path("score.csv") == folder / "score.csv"
    assert data_path("zoo.csv") == ROOT / "data" / "zoo.csv"


def test_lectures_name_is_used_unless_our_name_is_there(folder: Path) -> None:
    lectures = lectures_file(folder / "data-03-diabetes.csv")
    assert data_path("diabetes.csv") == lectures
    ours = lectures_file(folder / "diabetes.csv")
    assert data_path("diabetes.csv") == ours


def test_empty_course_data_means_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_DATA", "")
    assert data_path("zoo.csv") == ROOT / "data" / "zoo.csv"


@pytest.mark.parametrize("kind", ["absent", "file"])
def test_course_data_that_is_no_folder_is_named(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "tables"
    if kind == "file":
        place.write_text("")
    monkeypatch.setenv("COURSE_DATA", str(place))
    with pytest.raises(NotADirectoryError) as caught:
        load_score()
    assert f"COURSE_DATA={place}: this is not a folder" in str(caught.value)
    assert "unset COURSE_DATA" in str(caught.value)


def test_relative_course_data_is_refused_with_the_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tables").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSE_DATA", "tables")
    with pytest.raises(DataError) as caught:
        load_score()
    assert "COURSE_DATA=tables: the path is relative" in str(caught.value)
    assert str(tmp_path / "tables") in str(caught.value)


def installed(site: Path, *, tables: bool) -> Path:
    """Lay out the package as an installed wheel does, and return its folder."""
    package = site / "course"
    shutil.copytree(ROOT / "course", package, ignore=shutil.ignore_patterns("__pycache__", "_data"))
    if tables:
        (package / "_data").mkdir()
        for name in NAMES:
            shutil.copy(ROOT / "data" / name, package / "_data")
    return package


def run_installed(site: Path, code: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    program = (
        f"import sys; sys.path.insert(0, {str(site)!r}); from course.datasets import *; {code}"
    )
    return subprocess.run(
        [sys.executable, "-I", "-c", program], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", NAMES)
def test_installed_package_carries_its_tables(name: str, tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    package = installed(site, tables=True)
    # The `data` folder of some other project, without our README.
    (site / "data").mkdir()
    write(site / "data" / name, ["not", "ours"])
    loader = LOADERS[name].__name__
    done = run_installed(site, f"print(data_path({name!r}), {loader}().shape)", elsewhere)
    assert done.stdout == f"{package / '_data' / name} {LOADERS[name]().shape}\n", done.stderr


def test_missing_tables_are_reported_with_the_places_searched(tmp_path: Path) -> None:
    package = installed(tmp_path / "site", tables=False)
    done = run_installed(tmp_path / "site", "load_zoo()", tmp_path)
    error = done.stderr.splitlines()[-1]
    assert error.startswith("FileNotFoundError: zoo.csv is in none of these folders")
    assert str(package / "_data") in error
    assert "Install the course again" in error


def test_import_does_not_wait_for_pandas(tmp_path: Path) -> None:
    installed(tmp_path / "site", tables=False)
    done = run_installed(tmp_path / "site", "print('pandas' in sys.modules)", tmp_path)
    assert done.stdout == "False\n", done.stderr


# --- Forms that are accepted


@pytest.mark.parametrize("name", ["diabetes.csv", "data-03-diabetes.csv"])
@pytest.mark.parametrize("comments", [(), ("# a copy", "#-0.5,1,2")], ids=["bare", "commented"])
def test_lectures_file_gives_the_same_table(
    folder: Path, name: str, comments: tuple[str, ...]
) -> None:
    ours = pd.read_csv(ROOT / "data" / "diabetes.csv")
    lectures_file(folder / name, *comments)
    pd.testing.assert_frame_equal(load_diabetes(), ours, check_exact=True)


def test_our_own_form_is_not_turned_round(folder: Path) -> None:
    ours = pd.read_csv(ROOT / "data" / "diabetes.csv")
    write(folder / "data-03-diabetes.csv", ["# with names", *lines_of("diabetes.csv")])
    pd.testing.assert_frame_equal(load_diabetes(), ours, check_exact=True)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "dress",
    [
        pytest.param(lambda text: "# source: UCI\n#\n" + text, id="comments_on_top"),
        pytest.param(lambda text: "\ufeff" + text, id="byte_order_mark"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="windows_line_ends"),
        pytest.param(lambda text: text.replace(",", " , "), id="spaces"),
        pytest.param(lambda text: "\n" + text + "\n \n", id="blank_lines"),
        pytest.param(lambda text: '"' + text.replace(",", '","', 1), id="quotes"),
        pytest.param(lambda text: text.rstrip("\n"), id="no_last_line_end"),
    ],
)
def test_harmless_differences_change_nothing(
    folder: Path, name: str, dress: Callable[[str], str]
) -> None:
    ours = LOADERS[name]()
    text = (ROOT / "data" / name).read_text(encoding="utf-8")
    (folder / name).write_bytes(dress(text).encode())
    pd.testing.assert_frame_equal(LOADERS[name](), ours, check_exact=True)


# --- Refusals: each names file, line and remedy


def assert_refused(path: Path, line: int, *parts: str) -> None:
    with pytest.raises(DataError) as caught:
        LOADERS["diabetes.csv" if "diabetes" in path.name else path.name]()
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}: ")
    for part in parts:
        assert part in message


def changed(name: str, line: int, column: int, field: str) -> list[str]:
    """Return our file's lines with one field changed; `line` counts from 1."""
    lines = lines_of(name)
    fields = lines[line - 1].split(",")
    fields[column] = field
    lines[line - 1] = ",".join(fields)
    return lines


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"], ids=["bytes", "blank", "#"])
def test_empty_file_is_refused(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    assert_refused(folder / name, 1, "holds no table", "copy it again")


@pytest.mark.parametrize("name", NAMES)
def test_names_without_rows_are_refused(folder: Path, name: str) -> None:
    path = write(folder / name, ["# note", lines_of(name)[0]])
    assert_refused(path, 2, "no rows follow", "copy the file again")


@pytest.mark.parametrize("name", NAMES)
def test_other_column_names_are_refused(folder: Path, name: str) -> None:
    header = lines_of(name)[0]
    path = write(folder / name, ["# note", *changed(name, 1, 1, "Exam_2")])
    assert_refused(path, 2, "the columns are", "Exam_2", f"rename or reorder them to {header}")


@pytest.mark.parametrize("name", NAMES)
def test_columns_in_another_order_are_refused(folder: Path, name: str) -> None:
    lines = [",".join(line.split(",")[::-1]) for line in lines_of(name)]
    assert_refused(write(folder / name, lines), 1, "rename or reorder")


@pytest.mark.parametrize("name", ["score.csv", "zoo.csv"])
def test_missing_column_names_are_refused(folder: Path, name: str) -> None:
    header, *rows = lines_of(name)
    path = write(folder / name, rows)
    assert_refused(path, 1, "numbers where the column names should be", f"before it: {header}")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("change", ["one_more", "one_less", "semicolons"])
def test_wrong_number_of_fields_is_refused(folder: Path, name: str, change: str) -> None:
    lines = lines_of(name)
    width = len(lines[0].split(","))
    row, found = {
        "one_more": (lines[6] + ",0", width + 1),
        "one_less": (lines[6].rsplit(",", 1)[0], width - 1),
        "semicolons": (lines[6].replace(",", ";"), 1),
    }[change]
    path = write(folder / name, ["# note", *lines[:6], row, *lines[7:]])
    assert_refused(path, 8, f"{found} fields where {width} are needed", "add or remove commas")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field", ["many", "", "nan", "inf", "#1"])
def test_field_that_is_no_finite_number_is_refused(folder: Path, name: str, field: str) -> None:
    column = lines_of(name)[0].split(",")[2]
    path = write(folder / name, changed(name, 9, 2, field))
    assert_refused(path, 9, f"{column} is {field!r}", "not a finite number", "delete the line")


def test_line_numbers_count_blank_lines_too(folder: Path) -> None:
    lines = changed("score.csv", 4, 0, "x")
    path = write(folder / "score.csv", ["", *lines[:2], "", *lines[2:]])
    assert_refused(path, 6, "exam1 is 'x'")


@pytest.mark.parametrize("name", ["score.csv", "diabetes.csv"])
def test_comment_below_the_top_is_refused(folder: Path, name: str) -> None:
    lines = lines_of(name)
    path = write(folder / name, [*lines[:3], "# later", *lines[3:]])
    assert_refused(path, 4, "fields where")


def test_bytes_that_are_no_utf8_are_refused(folder: Path) -> None:
    path = folder / "zoo.csv"
    path.write_bytes(b"# one\n# \xb5\xbf\xb9\xb0\n")
    assert_refused(path, 2, "not UTF-8", "CSV UTF-8")


@pytest.mark.parametrize("label", ["2", "-1", "0.5"])
@pytest.mark.parametrize("headerless", [False, True], ids=["named", "headerless"])
def test_diabetes_label_other_than_0_or_1_is_refused(
    folder: Path, label: str, headerless: bool
) -> None:
    lines = changed("diabetes.csv", 12, 8, label)[1 if headerless else 0 :]
    path = write(folder / "diabetes.csv", lines)
    assert_refused(
        path, 11 if headerless else 12, f"diabetic is {label}, not one of 0, 1", "correct"
    )


@pytest.mark.parametrize("kind", ["7", "-1", "1.5"])
def test_zoo_type_out_of_range_is_refused(folder: Path, kind: str) -> None:
    path = write(folder / "zoo.csv", changed("zoo.csv", 5, 17, kind))
    assert_refused(path, 5, f"type is {kind}, not one of 0, 1, 2, 3, 4, 5, 6", "subtract 1")


@pytest.mark.parametrize("headerless", [False, True], ids=["named", "headerless"])
@pytest.mark.parametrize("value", ["148", "-1.01"])
def test_unscaled_diabetes_file_is_refused(folder: Path, headerless: bool, value: str) -> None:
    lines = changed("diabetes.csv", 3, 1, value)[1 if headerless else 0 :]
    path = write(folder / "diabetes.csv", lines)
    expected = f"glucose is {value}, outside [-1, 1]"
    assert_refused(path, 2 if headerless else 3, expected, "use the lectures' scaled")


def test_headerless_file_with_a_bad_first_line_is_still_known(folder: Path) -> None:
    path = lectures_file(folder / "data-03-diabetes.csv")
    lines = path.read_text().splitlines()
    write(path, ["o.5," + lines[0].split(",", 1)[1], *lines[1:]])
    assert_refused(path, 1, "pregnancies is 'o.5'")

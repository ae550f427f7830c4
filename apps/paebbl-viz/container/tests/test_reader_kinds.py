"""What the reader makes of columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from paebbl_viz.reader.ingest import Ingested, ingest
from paebbl_viz.store.dataset import Dataset, Origin
from paebbl_viz.store.frames import pandas_frame, polars_frame

ORIGIN = Origin("file", "Local file", "data.csv", 0.0)


def read(path: Path, tmp_path: Path) -> tuple[Ingested, Dataset]:
    folder = tmp_path / f"columns-{path.stem}"
    folder.mkdir()
    found = ingest(path, folder)
    data = Dataset(
        folder, "x", found.sha256, found.size, found.rows, found.delimiter, found.columns, found.notes, ORIGIN
    )
    return found, data


@pytest.mark.parametrize(
    ("cells", "kind", "first"),
    [
        (["1", "2.5", "-3e2"], "number", 1.0),
        (["true", "FALSE", "True"], "bool", True),
        (["yes", "no", "yes"], "bool", True),
        (["a", "b", "a"], "category", "a"),
        (["007", "008", "123"], "category", "007"),
        (["12345678901234567", "1", "2"], "category", "12345678901234567"),
        (["2025-01-31", "2025-02-01", ""], "time", "2025-01-31"),
        (["31.01.2025", "01.02.2025", "02.02.2025"], "time", "2025-01-31"),
        (["31/01/2025", "01/02/2025", "02/02/2025"], "time", "2025-01-31"),
        (["01/31/2025", "02/01/2025", "02/02/2025"], "time", "2025-01-31"),
        (["Jan 31 2025", "Feb 1 2025", "Feb 2 2025"], "time", "2025-01-31"),
        (["2025-01-31T06:30:00Z", "2025-01-31T06:30:00.5+02:00", ""], "time", "2025-01-31 06:30"),
        (["2025-01-31 06:30", "2025-01-31 07:00", ""], "time", "2025-01-31 06:30"),
    ],
)
def test_the_kind_follows_from_all_cells(cells, kind, first, write_csv, tmp_path):
    path = write_csv("row,value\n" + "".join(f"{i},{cell}\n" for i, cell in enumerate(cells)))
    found, data = read(path, tmp_path)
    assert found.columns[1].kind == kind
    value = polars_frame(data)["value"][0]
    assert (str(value)[: len(first)] if kind == "time" else value) == first


def test_missing_words_are_missing_among_numbers_but_text_among_words(write_csv, tmp_path):
    found, data = read(write_csv("n,t\n1,NA\nNA,b\n5,\nnan,c\n3,b\n"), tmp_path)
    assert [column.missing for column in found.columns] == [2, 1]
    frame = polars_frame(data)
    assert frame["n"].to_list() == [1.0, None, 5.0, None, 3.0]
    assert frame["t"].to_list() == ["NA", "b", None, "c", "b"]


def test_one_odd_cell_makes_a_column_text_and_is_named(write_csv, tmp_path):
    path = write_csv("a,b\n" + "".join(f"{i},{i}\n" for i in range(30)) + "1,about 5\n")
    found, _ = read(path, tmp_path)
    assert found.columns[1].kind == "text"
    assert found.notes == ("'b' is treated as text, because one cell is no number: the first is 'about 5' in row 31.",)


def test_an_odd_cell_after_the_sample_is_found_too(write_csv, tmp_path):
    path = write_csv("a,b\n" + "".join(f"{i},{i}\n" for i in range(5000)) + "1,x\n")
    found, _ = read(path, tmp_path)
    assert [column.kind for column in found.columns] == ["number", "text"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter, write_csv, tmp_path):
    found, data = read(write_csv(f"a{delimiter}b\n1{delimiter}x\n2{delimiter}y\n"), tmp_path)
    assert [column.name for column in data.columns] == ["a", "b"]
    assert found.rows == 2


def test_decimal_commas_are_numbers_where_semicolons_separate(write_csv, tmp_path):
    _, data = read(write_csv("a;b\n1,5;1.234,5\n2,25;7\n"), tmp_path)
    assert polars_frame(data)["a"].to_list() == [1.5, 2.25]
    assert polars_frame(data)["b"].to_list() == [1234.5, 7.0]


@pytest.mark.parametrize(
    ("content", "note"),
    [
        ("stadt,n\nZürich,1\n".encode(), None),
        ("\ufeffstadt,n\nZürich,1\n".encode(), None),
        ("stadt,n\nZürich,1\n".encode("latin-1"), "Windows-1252"),
        ("stadt,n\nZürich,1\n".encode("utf-16"), "UTF-16"),
        (b"stadt,n\n" + "Zürich,1\n".encode("latin-1") + "Zürich,2\n".encode(), "mixes encodings"),
        (b"stadt,n\rZ\xc3\xbcrich,1\r", None),
        (b"stadt,n\r\nZ\xc3\xbcrich,1\r\n", None),
    ],
)
def test_encodings_and_line_ends_are_read(content, note, write_csv, tmp_path):
    found, data = read(write_csv(content), tmp_path)
    assert [column.name for column in data.columns] == ["stadt", "n"]
    assert polars_frame(data)["stadt"][0] == "Zürich"
    assert note is None or note in found.notes[0]


def test_quoted_cells_keep_separators_quotes_and_line_breaks(write_csv, tmp_path):
    _, data = read(write_csv('a,b\n"x, ""y""\nz",1\n5" pipe,2\n'), tmp_path)
    assert polars_frame(data)["a"].to_list() == ['x, "y"\nz', '5" pipe']


def test_unnamed_and_repeated_columns_get_names_of_their_own(write_csv, tmp_path):
    found, _ = read(write_csv("a,,a\n1,2,3\n"), tmp_path)
    assert [column.name for column in found.columns] == ["a", "column_2", "a (2)"]
    assert len(found.notes) == 2


def test_lines_without_any_value_are_no_rows(write_csv, tmp_path):
    found, _ = read(write_csv("a,b\n\n1,2\n\n,\n3,4\n\n"), tmp_path)
    assert found.rows == 2


def test_pandas_and_polars_frames_hold_the_same(write_csv, tmp_path):
    content = "n,t,c,b,w\n1,2025-01-01,x,yes,alpha\n,,,,word\n3,2025-01-03,y,no,gamma\n"
    _, data = read(write_csv(content), tmp_path)
    pandas = pandas_frame(data)
    polars = polars_frame(data)
    assert polars["n"].to_list() == [1.0, None, 3.0]
    assert pandas["n"].isna().sum() == polars["n"].null_count()
    assert [str(cell)[:10] for cell in pandas["t"].dropna()] == [str(cell)[:10] for cell in polars["t"].drop_nulls()]
    assert list(pandas["c"].dropna()) == polars["c"].drop_nulls().to_list()
    assert list(pandas["b"].dropna()) == polars["b"].drop_nulls().to_list()

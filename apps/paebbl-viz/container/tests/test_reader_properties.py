"""Any table that is written as CSV is read as the same table; any bytes are read or refused, and nothing else."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from paebbl_viz.errors import BadData
from paebbl_viz.reader.ingest import Limits, ingest
from paebbl_viz.rows import cells
from paebbl_viz.store.dataset import Dataset, Origin

# Slow machines are no failures of the reader.
TRIES = settings(max_examples=30, deadline=None)
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"))
WORDS = st.text(LETTERS | st.sampled_from('",;\t|\n='), max_size=12).map(lambda text: text.strip() or "x")
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=8).map(lambda text: f"n{text.strip()}"), min_size=1, max_size=5)


def read(content: bytes) -> tuple[Dataset, list[list[str | None]]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.csv"
        path.write_bytes(content)
        columns = Path(folder) / "columns"
        columns.mkdir()
        found = ingest(path, columns, limits=Limits(bytes=1_000_000, columns=300))
        origin = Origin("file", "Local file", "data.csv", 0.0)
        data = Dataset(columns, "x", found.sha256, found.size, found.rows, found.delimiter, found.columns, (), origin)
        rows = data.row_numbers(slice(None))
        return data, [cells(data, column, rows) for column in data.columns]


def write(rows: list[list[str]], delimiter: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode()


@TRIES
@given(NAMES, st.data(), st.sampled_from(",;\t|"))
def test_text_comes_back_as_it_was(names, draw, delimiter):
    rows = draw.draw(st.lists(st.lists(WORDS, min_size=len(names), max_size=len(names)), min_size=1, max_size=8))
    # One word that is neither a number nor a date nor missing keeps every column text.
    rows.append(["word"] * len(names))
    data, columns = read(write([names, *rows], delimiter))
    assert data.rows == len(rows)
    if len(names) > 1:
        assert [list(column) for column in columns] == [[row[i] for row in rows] for i in range(len(names))]


@TRIES
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=32) | st.none(), min_size=1, max_size=30))
def test_numbers_come_back_to_the_last_bit(values):
    content = "row,value\n" + "".join(
        f"r{i},{'' if value is None else repr(value)}\n" for i, value in enumerate(values)
    )
    data, _ = read(content.encode())
    column = data.by_name["value"]
    if any(value is not None for value in values):
        assert column.kind == "number"
        assert column.missing == sum(value is None for value in values)
        assert column.minimum == min(value for value in values if value is not None)


@TRIES
@given(st.lists(st.datetimes(min_value=datetime(1900, 1, 1)), min_size=1, max_size=10), st.data())
def test_moments_come_back_in_every_form(moments, draw):
    form = draw.draw(st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M", "%d-%b-%Y"]))
    shown = [moment.strftime(form) for moment in moments]
    data, columns = read(("row,value\n" + "".join(f"r{i},{text}\n" for i, text in enumerate(shown))).encode())
    assert data.by_name["value"].kind == "time"
    assert [str(cell)[:10] for cell in columns[1]] == [moment.strftime("%Y-%m-%d") for moment in moments]


@TRIES
@given(st.binary(max_size=400) | st.text(st.sampled_from('a1,;"\n\r\t.-é\0'), max_size=120).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_sentence(content):
    try:
        data, _ = read(content)
    except BadData as error:
        assert str(error).count("\n") == 0
        assert len(str(error)) < 600
    else:
        assert data.rows >= 1

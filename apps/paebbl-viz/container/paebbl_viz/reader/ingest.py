"""From a CSV file to a folder of typed columns; the one entrance of the reader.

The file is streamed: first its bytes (is it text?), then its rows (as many cells as the header?), then its columns
(what kind?).  Memory holds a column at a time, never the table.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from paebbl_viz.errors import BadData
from paebbl_viz.reader.dialect import DELIMITER_NAMES, Header, read_header
from paebbl_viz.reader.encoding import to_utf8, with_line_feeds
from paebbl_viz.reader.infer import Reading, choose_readings
from paebbl_viz.reader.rows import check_plain_rows, rewrite_quoted_rows
from paebbl_viz.reader.scan import Scan, scan
from paebbl_viz.store.columns import Column
from paebbl_viz.store.write import write_column


@dataclass(frozen=True)
class Limits:
    """What a file may be at most."""

    bytes: int = 2_000_000_000
    columns: int = 2_000


@dataclass(frozen=True)
class Ingested:
    """What was understood of a file."""

    sha256: str
    size: int
    rows: int
    delimiter: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...]


def ingest(
    source: Path, folder: Path, *, limits: Limits | None = None, name: str | None = None, seen: Scan | None = None
) -> Ingested:
    """Reads `source` into column files in `folder`, which must exist.

    `name` is what the file is called in errors; @default - its own name.  `seen` is what `scan` said of it; @default -
    it is scanned now.  Raises BadData for a file that is no table.
    """
    limits = limits or Limits()
    file_name = name or source.name
    seen = seen or scan(source, max_bytes=limits.bytes)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        path, notes = _as_utf8(source, seen, Path(scratch))
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = read_header(file, file_name=file_name, max_columns=limits.columns)
        path = _checked(path, seen, header, file_name, Path(scratch))
        rows = _scan_csv(path, header)
        with _plain_errors(file_name):
            readings = choose_readings(rows, header.names, header.delimiter)
            typed = Path(scratch) / "typed.arrow"
            cleaned = rows.select(reading.cell() for reading in readings)
            cleaned.select(reading.parsed() for reading in readings).sink_ipc(typed, compression="uncompressed")
            path.unlink() if path.parent == Path(scratch) else None
            columns, height = _write_columns(typed, readings, folder)
    if height == 0:
        raise BadData(f"'{file_name}' has column names but no rows.", "Add at least one row below the header.")
    all_notes = (*notes, *header.notes, *(note for reading in readings for note in reading.notes))
    return Ingested(seen.sha256, seen.size, height, DELIMITER_NAMES[header.delimiter], tuple(columns), all_notes)


def _as_utf8(source: Path, seen: Scan, scratch: Path) -> tuple[Path, list[str]]:
    path, notes = source, []
    if seen.encoding != "utf-8":
        path = scratch / "utf8.csv"
        notes = to_utf8(source, path, encoding=seen.encoding)
    if seen.lone_returns:
        fed = scratch / "lines.csv"
        with_line_feeds(path, fed)
        path = fed
    return path, notes


def _checked(path: Path, seen: Scan, header: Header, file_name: str, scratch: Path) -> Path:
    width = len(header.names)
    if seen.quoted or seen.encoding == "utf-16":
        plain = scratch / "rows.csv"
        rewrite_quoted_rows(path, plain, delimiter=header.delimiter, width=width, file_name=file_name)
        return plain
    check_plain_rows(path, delimiter=header.delimiter, width=width, file_name=file_name)
    return path


def _scan_csv(path: Path, header: Header) -> pl.LazyFrame:
    """Every cell as text; rows without any cell (blank lines) are no rows."""
    names = list(header.names)
    rows = pl.scan_csv(
        path,
        separator=header.delimiter,
        has_header=False,
        skip_rows=0,
        schema=dict.fromkeys(names, pl.String),
        glob=False,
    ).slice(1)
    return rows.filter(pl.any_horizontal(pl.all().is_not_null()))


def _write_columns(typed: Path, readings: list[Reading], folder: Path) -> tuple[list[Column], int]:
    columns = []
    height = 0
    table = pl.scan_ipc(typed, glob=False)
    for index, reading in enumerate(readings):
        cells = table.select(pl.col(reading.name)).collect().to_series()
        height = len(cells)
        if height:
            columns.append(write_column(folder, index, cells.rechunk()))
    return columns, height


@contextmanager
def _plain_errors(file_name: str) -> Iterator[None]:
    """Nothing that the checks let pass should fail here; if it does, the reader of the page still gets a sentence."""
    try:
        yield
    except pl.exceptions.PolarsError as error:
        reason = str(error).splitlines()[0][:200]
        raise BadData(
            f"'{file_name}' cannot be read as a table ({reason}).", "Export it again as CSV and try again."
        ) from error

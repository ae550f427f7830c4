"""The filtered rows as a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import numpy as np
from flask import Blueprint, Response, request
from numpy.typing import NDArray

from paebbl_viz.errors import BadRequest
from paebbl_viz.filters import parse_filters
from paebbl_viz.rows import cells, order_rows
from paebbl_viz.shown import shown_data
from paebbl_viz.store.dataset import Dataset

blueprint = Blueprint("download", __name__)

ROWS_AT_ONCE = 5_000
# A spreadsheet runs a cell that starts like this as a formula; a leading apostrophe makes it text again.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("/download.csv")
def download() -> Response:
    data = shown_data().data
    selection = parse_filters(data, request.args)
    sort = request.args.get("sort", "")
    if sort and sort.removeprefix("-") not in data.by_name:
        raise BadRequest(f"The data have no column '{sort[:80]}' to sort by.")
    rows = order_rows(selection, sort)
    name = data.origin.name.rsplit(".", 1)[0]
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "-" for letter in name)
    part = "" if selection.count == data.rows else f"-{selection.count}-rows"
    response = Response(_lines(data, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{safe}-{data.sha256[:8]}{part}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _lines(data: Dataset, rows: NDArray[np.intp]) -> Iterator[str]:
    """Written piece by piece, so that a download of millions of rows needs no more memory than one of thousands."""
    yield _csv([[_safe(column.name) for column in data.columns]])
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = rows[start : start + ROWS_AT_ONCE]
        columns = []
        for column in data.columns:
            found = cells(data, column, part)
            words = column.kind in ("text", "category")
            columns.append([_safe(cell) if words else cell for cell in found])
        yield _csv(list(map(list, zip(*columns, strict=True))))


def _safe(cell: str | None) -> str | None:
    return f"'{cell}" if cell and cell.startswith(FORMULA_STARTS) else cell


def _csv(rows: list[list[str | None]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()

"""The rows themselves: page by page, sorted by any column."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, request

from paebbl_viz.errors import BadRequest
from paebbl_viz.filters import parse_filters
from paebbl_viz.page import render
from paebbl_viz.rows import cells, order_rows
from paebbl_viz.shown import shown_data

blueprint = Blueprint("table", __name__)

PAGE_ROWS = 50
# A table of more columns shows these first; the others are a click away, so that the page stays light.
PAGE_COLUMNS = 25


@blueprint.get("/table")
def table() -> str:
    shown = shown_data()
    data = shown.data
    selection = parse_filters(data, request.args)
    sort = request.args.get("sort", "")
    name = sort.removeprefix("-")
    if sort and name not in data.by_name:
        raise BadRequest(f"The data have no column '{name[:80]}' to sort by.")
    pages = max(1, -(-selection.count // PAGE_ROWS))
    page = min(pages, max(1, request.args.get("page", 1, type=int)))
    first = request.args.get("columns", 1, type=int)
    first = max(1, min(first, len(data.columns)))
    columns = data.columns[first - 1 : first - 1 + PAGE_COLUMNS]
    rows = order_rows(selection, sort, PAGE_ROWS * page)[PAGE_ROWS * (page - 1) :]
    args = [pair for pair in request.args.items(multi=True) if pair[1]]

    def address(**changes: object) -> str:
        kept = [pair for pair in args if pair[0] not in changes]
        return "?" + urlencode([*kept, *((key, str(value)) for key, value in changes.items() if value)])

    return render(
        "table.html",
        shown,
        selection,
        columns=columns,
        first_column=first,
        page_columns=PAGE_COLUMNS,
        lines=list(
            zip((rows + 1).tolist(), zip(*(cells(data, column, rows) for column in columns), strict=True), strict=True)
        ),
        sort=sort,
        page=page,
        pages=pages,
        address=address,
        download=f"/download.csv?{urlencode([*selection.query(), *([('sort', sort)] if sort else [])])}",
    )

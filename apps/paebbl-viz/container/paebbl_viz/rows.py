"""Rows as people read them: in an order, and cell by cell in words."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from paebbl_viz import labels
from paebbl_viz.filters import Selection
from paebbl_viz.store.columns import NOT_A_TIME, Column
from paebbl_viz.store.dataset import Dataset

# As many cells are Python's own strings at a time.
TEXTS_AT_ONCE = 50_000


def order_rows(selection: Selection, sort: str, most: int | None = None) -> NDArray[np.intp]:
    """Row numbers in the order of `sort` ('column' or '-column'), missing values last; the first `most` of them."""
    data = selection.data
    rows = data.row_numbers(selection.rows)
    name = sort.removeprefix("-")
    if not name:
        return rows[:most]
    down = sort.startswith("-")
    if data.by_name[name].kind == "text":
        return rows[_order_texts(data, name, rows, down=down, most=most)]
    keys = data.array(name)[rows]
    here = data.present(name, rows)
    ranked = np.flatnonzero(here)
    values = keys[ranked]
    if most is not None and most < len(values) // 4 and values.dtype.kind in "fiu":
        # Enough to know the smallest few: a partition is ten times cheaper than sorting a million.
        edge = np.partition(values, -most)[-most] if down else np.partition(values, most - 1)[most - 1]
        near = values >= edge if down else values <= edge
        ranked, values = ranked[near], values[near]
    order = np.argsort(values, kind="stable")
    if down:
        order = len(values) - 1 - np.argsort(values[::-1], kind="stable")[::-1]
    ordered = np.concatenate([ranked[order], np.flatnonzero(~here)])
    return rows[ordered[:most]]


def _order_texts(data: Dataset, name: str, rows: NDArray[np.intp], *, down: bool, most: int | None) -> NDArray[np.intp]:
    """Places in `rows`.  Every cell takes the memory of its own letters: one long note does not widen all others."""
    parts = [
        pl.Series("text", data.texts(name, rows[start : start + TEXTS_AT_ONCE]), dtype=pl.String)
        for start in range(0, len(rows), TEXTS_AT_ONCE)
    ]
    if not parts:
        return rows
    frame = pl.concat(parts).to_frame().with_row_index("place").lazy()
    ordered = frame.sort("text", descending=down, nulls_last=True, maintain_order=True).select("place")
    return (ordered if most is None else ordered.head(most)).collect()["place"].to_numpy().astype(np.intp)


def cells(data: Dataset, column: Column, rows: NDArray[np.intp]) -> list[str | None]:
    """The cells of a column in these rows, as words; None where missing."""
    if column.kind == "text":
        return data.texts(column.name, rows)
    values = data.array(column.name)[rows].tolist()
    if column.kind == "number":
        return [None if value != value else _number(column, value) for value in values]
    if column.kind == "time":
        return [None if value == NOT_A_TIME else _moment(column, value) for value in values]
    known = len(column.values)
    return [column.values[code] if code < known else None for code in values]


def _number(column: Column, value: float) -> str:
    return str(int(value)) if column.integer else repr(value)


def _moment(column: Column, value: int) -> str:
    if column.date_only or value % 60_000 == 0:
        return labels.moment(value, date_only=column.date_only)
    whole, rest = divmod(value, 1000)
    return str(np.datetime64(value, "ms") if rest else np.datetime64(whole, "s")).replace("T", " ")

"""Filters in the address of a page: `in.COLUMN=value` (may repeat), `min.COLUMN=`, `max.COLUMN=`.

A row without a value in a filtered column is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, reduce

import numpy as np
import polars as pl
from numpy.typing import NDArray
from werkzeug.datastructures import MultiDict

from paebbl_viz import labels
from paebbl_viz.errors import BadRequest
from paebbl_viz.fast.window import Window, parse_window
from paebbl_viz.store.columns import NOT_A_TIME, Column
from paebbl_viz.store.dataset import ALL_ROWS, Dataset, Rows
from paebbl_viz.store.frames import polars_frame

DAY_MS = 86_400_000
# So many comparisons of all rows are faster than one look-up of each row.
FEW_VALUES = 8


@dataclass(frozen=True)
class Filter:
    """One condition: `values` for categories, `low` and `high` (both included) for numbers and times.

    `query` is the pair or pairs of the address that made it.
    """

    column: Column
    query: tuple[tuple[str, str], ...]
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    def words(self) -> str:
        """What the chip above the chart says."""
        name = labels.label(self.column.name)
        if self.values:
            return f"{name}: {', '.join(self.values)}"
        low, high = (self._end(end) for end in (self.low, self.high))
        if low and high:
            return f"{name}: {low} to {high}"
        return f"{name}: from {low}" if low else f"{name}: up to {high}"

    def _end(self, end: float | None) -> str:
        if end is None:
            return ""
        return labels.moment(end, date_only=self.column.date_only) if self.column.kind == "time" else labels.number(end)

    def mask(self, data: Dataset) -> NDArray[np.bool_]:
        values = data.array(self.column.name)
        if self.column.kind in ("category", "bool"):
            codes = [self.column.values.index(value) for value in self.values]
            if len(codes) <= FEW_VALUES:
                return reduce(np.logical_or, [values == code for code in codes])
            wanted = np.zeros(np.iinfo(values.dtype).max + 1, dtype=np.bool_)
            wanted[codes] = True
            return wanted[values]
        conditions = []
        if self.low is not None:
            conditions.append(values >= self.low)
        if self.high is not None:
            conditions.append(values <= self.high)
            if self.column.kind == "time" and self.low is None:
                conditions.append(values != NOT_A_TIME)  # which is below everything; a missing number fails by itself
        return reduce(np.logical_and, conditions)


@dataclass(frozen=True)
class Selection:
    """The rows of a dataset that pass all filters."""

    data: Dataset
    filters: tuple[Filter, ...]
    window: Window = field(default=Window())
    version: str = ""

    @cached_property
    def rows(self) -> Rows:
        if not self.filters:
            return ALL_ROWS
        kept = self.filters[0].mask(self.data)
        for other in self.filters[1:]:
            kept &= other.mask(self.data)
        return np.flatnonzero(kept)

    @cached_property
    def count(self) -> int:
        if len(self.filters) == 1 and self.filters[0].values:
            # Known since the file was read: no need to look at the rows.
            column = self.filters[0].column
            return sum(column.histogram[column.values.index(value)] for value in self.filters[0].values)
        return self.data.rows if isinstance(self.rows, slice) else len(self.rows)

    def frame(self, names: list[str] | None = None) -> pl.DataFrame:
        """The selected rows as a polars data frame."""
        return polars_frame(self.data, names, self.rows)

    def query(self) -> list[tuple[str, str]]:
        """The address of the same rows elsewhere: with the version, where one is looked at before it is published."""
        own = [("version", self.version)] if self.version else []
        return own + [pair for item in self.filters for pair in item.query]


def parse_filters(data: Dataset, args: MultiDict[str, str]) -> Selection:
    """Raises BadRequest for a filter that the data do not allow; empty values are no filter."""
    found: list[Filter] = []
    wanted = {key.split(".", 1)[1] for key in args if key.startswith(("in.", "min.", "max."))}
    for name in wanted - set(data.by_name):
        if any(value.strip() for prefix in ("in", "min", "max") for value in args.getlist(f"{prefix}.{name}")):
            raise BadRequest(f"The data have no column '{name}': take that filter away.")
    for column in data.columns:
        if column.name not in wanted:
            continue
        one = _values(column, args) if column.kind in ("category", "bool", "text") else _range(column, args)
        if one:
            found.append(one)
    return Selection(data, tuple(found), parse_window(args), args.get("version", ""))


def _values(column: Column, args: MultiDict[str, str]) -> Filter | None:
    key = f"in.{column.name}"
    values = tuple(dict.fromkeys(value for value in args.getlist(key) if value))
    if not values:
        return None
    if unknown := [value for value in values if value not in column.values]:
        raise BadRequest(f"The column '{column.name}' has no value '{unknown[0][:80]}': take that filter away.")
    values = tuple(sorted(values, key=column.values.index))
    return Filter(column, tuple((key, value) for value in values), values=values)


def _range(column: Column, args: MultiDict[str, str]) -> Filter | None:
    ends: dict[str, float | None] = {"min": None, "max": None}
    query = []
    for prefix in ends:
        text = args.get(f"{prefix}.{column.name}", "").strip()
        if text:
            ends[prefix] = (
                _number(column, text) if column.kind == "number" else _moment(column, text, end=prefix == "max")
            )
            query.append((f"{prefix}.{column.name}", text))
    if not query:
        return None
    return Filter(column, tuple(query), low=ends["min"], high=ends["max"])


def _number(column: Column, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not np.isfinite(value):
        raise BadRequest(f"The filter of '{column.name}' must be a number, got: {text[:80]}")
    return value


def _moment(column: Column, text: str, *, end: bool) -> float:
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(f"The filter of '{column.name}' must be a date like 2025-01-31, got: {text[:80]}") from error
    milliseconds = when.replace(tzinfo=when.tzinfo or UTC).timestamp() * 1000
    # 'up to 31 January' means the whole of that day.
    return milliseconds + DAY_MS - 1 if end and len(text) == 10 else milliseconds

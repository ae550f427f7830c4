"""Data frames of a dataset: polars or pandas, the asked columns and rows only."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from paebbl_viz.store.columns import NOT_A_TIME, open_text
from paebbl_viz.store.dataset import ALL_ROWS, Dataset, Rows

if TYPE_CHECKING:
    import pandas as pd


def polars_frame(data: Dataset, names: list[str] | None = None, rows: Rows = ALL_ROWS) -> pl.DataFrame:
    """Numbers are Float64, times Datetime, categories Enum; missing cells are null."""
    return pl.DataFrame([_series(data, name, rows) for name in (names or list(data.by_name))])


def _series(data: Dataset, name: str, rows: Rows) -> pl.Series:
    column = data.by_name[name]
    if column.kind == "text":
        return _text_series(data, name, rows)
    values = data.array(name)[rows]
    series = pl.Series(name, values)
    if column.kind == "number":
        return series.fill_nan(None) if column.missing else series
    if column.kind == "time":
        if column.missing:
            series = pl.select(pl.when(series != NOT_A_TIME).then(series).alias(name)).to_series()
        return series.cast(pl.Datetime("ms"))
    if column.missing:
        series = pl.select(pl.when(series != data.missing_code(name)).then(series).alias(name)).to_series()
    if column.kind == "bool":
        return series == 1
    return series.cat.to(pl.Enum(column.values))


def _text_series(data: Dataset, name: str, rows: Rows) -> pl.Series:
    if not isinstance(rows, slice):
        return pl.Series(name, data.texts(name, rows), dtype=pl.String)
    content, offsets = open_text(data.folder, data.by_name[name], data.rows)
    blob = content.tobytes()
    bounds = offsets.tolist()
    cells = [blob[start:end].decode("utf-8") or None for start, end in itertools.pairwise(bounds)]
    return pl.Series(name, cells, dtype=pl.String)


def pandas_frame(data: Dataset, names: list[str] | None = None, rows: Rows = ALL_ROWS) -> pd.DataFrame:
    """Numbers are float64, times datetime64[ms], categories pandas categories; missing cells are NaN, NaT or None."""
    import pandas as pd  # a large import that only the views that ask for pandas should pay for

    def cells(name: str) -> Any:
        column = data.by_name[name]
        if column.kind == "text":
            return np.array(_text_series(data, name, rows).to_list(), dtype=object)
        values = data.array(name)[rows]
        if column.kind == "number":
            return np.array(values)
        if column.kind == "time":
            return np.array(values).view("datetime64[ms]")  # NOT_A_TIME is NaT's own bit pattern
        codes = values.astype(np.int32)
        codes[values == data.missing_code(name)] = -1
        if column.kind == "bool":
            return pd.array(np.where(codes < 0, None, codes == 1), dtype="boolean")
        return pd.Categorical.from_codes(codes, categories=list(column.values))

    return pd.DataFrame({name: cells(name) for name in (names or list(data.by_name))})

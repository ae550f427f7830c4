"""Writes one column of a table into its raw file and returns what is known about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from paebbl_viz.store.columns import NOT_A_TIME, Column, code_dtype

# A text column with at most this many different values can be a colour or a filter ...
MOST_CATEGORIES = 1_000
# ... if its values repeat: up to 20 always can, more only with five rows each.
ALWAYS_CATEGORIES = 20
ROWS_PER_CATEGORY = 5
TEXT_ROWS_AT_ONCE = 100_000
DAY_MS = 86_400_000
HISTOGRAM_STEPS = 24


def write_column(folder: Path, index: int, cells: pl.Series) -> Column:
    """`cells` is of type Float64, Datetime('ms'), Boolean or String."""
    file = f"{index:05d}"
    target = folder / file
    if cells.dtype == pl.Float64:
        return _write_number(target, cells)
    if cells.dtype == pl.Boolean:
        return _write_codes(
            target, cells.replace_strict({True: "yes", False: "no"}, return_dtype=pl.String), "bool", ("no", "yes")
        )
    if cells.dtype == pl.String:
        unique = cells.n_unique() - (cells.null_count() > 0)
        repeats = unique <= ALWAYS_CATEGORIES or unique * ROWS_PER_CATEGORY <= len(cells)
        if 0 < unique <= MOST_CATEGORIES and repeats and (unique < len(cells) or len(cells) <= ALWAYS_CATEGORIES):
            values = tuple(cells.unique().drop_nulls().sort().to_list())
            return _write_codes(target, cells, "category", values)
        return _write_text(target, cells, unique)
    return _write_time(target, cells)


def _write_number(target: Path, cells: pl.Series) -> Column:
    # JSON and pixels know no infinity; it counts as missing.
    values = cells.fill_null(np.nan).to_numpy().astype(np.float64, copy=True)
    values[~np.isfinite(values)] = np.nan
    values.tofile(target)
    present = values[~np.isnan(values)]
    whole = bool(present.size) and bool(np.all(present == np.floor(present)))
    return Column(
        cells.name,
        "number",
        target.name,
        missing=len(values) - present.size,
        minimum=float(present.min()) if present.size else None,
        maximum=float(present.max()) if present.size else None,
        integer=whole,
        histogram=_histogram(present),
    )


def _write_time(target: Path, cells: pl.Series) -> Column:
    moments = cells.cast(pl.Datetime("ms")).to_physical()
    moments.fill_null(NOT_A_TIME).to_numpy().astype(np.int64).tofile(target)
    present = moments.drop_nulls()
    low, high = present.min(), present.max()
    return Column(
        cells.name,
        "time",
        target.name,
        missing=moments.null_count(),
        minimum=float(low) if isinstance(low, int) else None,
        maximum=float(high) if isinstance(high, int) else None,
        histogram=_histogram(present.to_numpy()),
        date_only=len(present) > 0 and bool((present % DAY_MS == 0).all()),
    )


def _write_codes(target: Path, cells: pl.Series, kind: str, values: tuple[str, ...]) -> Column:
    dtype = code_dtype(len(values))
    missing_code = np.iinfo(dtype).max
    codes = cells.cast(pl.Enum(values)).to_physical().cast(pl.UInt32).fill_null(missing_code)
    codes.to_numpy().astype(dtype).tofile(target)
    counts = np.bincount(codes.to_numpy(), minlength=missing_code + 1)[: len(values)]
    return Column(
        cells.name,
        kind,
        target.name,
        missing=cells.null_count(),
        unique=int((counts > 0).sum()),
        values=values,
        histogram=tuple(int(count) for count in counts),
    )


def _write_text(target: Path, cells: pl.Series, unique: int) -> Column:
    filled = cells.fill_null("")
    offsets = np.zeros(len(filled) + 1, dtype=np.int64)
    np.cumsum(filled.str.len_bytes().to_numpy(), out=offsets[1:])
    offsets.tofile(target.with_name(f"{target.name}.offsets"))
    with target.open("wb") as file:
        for start in range(0, len(filled), TEXT_ROWS_AT_ONCE):
            file.write("".join(filled.slice(start, TEXT_ROWS_AT_ONCE).to_list()).encode("utf-8"))
    return Column(cells.name, "text", target.name, missing=cells.null_count(), unique=unique)


def _histogram(present: NDArray[Any]) -> tuple[int, ...]:
    if not present.size:
        return ()
    low, high = float(present.min()), float(present.max())
    if not np.isfinite(high - low) or high <= low:
        return (int(present.size),)
    counts, _ = np.histogram(present, bins=HISTOGRAM_STEPS, range=(low, high))
    return tuple(int(count) for count in counts)

"""The rows under the cursor: what a reduced chart stands for, with the exact values of the data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.fast.groups import pieces_of, usable_index
from paebbl_viz.filters import Selection

# More rows than a person reads while pointing.
MOST_ROWS = 5


@dataclass(frozen=True)
class Spot:
    """A place on a chart and how far around it counts, all in the units of the axes (times: milliseconds)."""

    x: float
    y: float
    reach_x: float
    reach_y: float


def nearby(selection: Selection, x: str, y: str, spot: Spot) -> tuple[int, NDArray[np.intp]]:
    """(how many rows are within reach, the numbers of the nearest of them, nearest first)."""
    data = selection.data
    rows = _column_of_rows(selection, x, spot)
    values, along = data.array(y)[rows], data.array(x)[rows]
    with np.errstate(invalid="ignore"):
        close = np.flatnonzero((np.abs(values - spot.y) <= spot.reach_y) & (np.abs(along - spot.x) <= spot.reach_x))
    across, up = (along[close] - spot.x) / spot.reach_x, (values[close] - spot.y) / spot.reach_y
    order = np.argsort(across * across + up * up, kind="stable")[:MOST_ROWS]
    return len(close), rows[close[order]]


def _column_of_rows(selection: Selection, x: str, spot: Spot) -> NDArray[np.intp]:
    """The selected rows that are within reach along x, and perhaps a few more."""
    low, high = spot.x - spot.reach_x, spot.x + spot.reach_x
    index = usable_index(selection, x, ())
    if index is not None:
        spans = [index.span(piece, low, high) for piece in pieces_of(selection, index)]
        return np.concatenate([index.order[part] for part in spans]).astype(np.intp)
    rows = selection.data.row_numbers(selection.rows)
    along = selection.data.array(x)[rows]
    return rows[(along >= low) & (along <= high)]

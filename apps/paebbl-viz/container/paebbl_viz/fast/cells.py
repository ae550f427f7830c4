"""Points: one real point for each cell of a few pixels, so that the picture stays what all points would draw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Points are drawn 5 px wide: of two in one cell of this size one is hidden by the other, in CSS px.
CELL_PX = 3


class Grid:
    """The cells of a plot area; `x` and `y` are its ranges."""

    def __init__(self, x: tuple[float, float], y: tuple[float, float], width: int, height: int) -> None:
        self.columns = max(1, int(width / CELL_PX))
        self.rows = max(1, int(height / CELL_PX))
        self._x, self._y = x, y
        self._x_scale = (self.columns - 1e-6) / max(x[1] - x[0], 1e-300)
        self._y_scale = (self.rows - 1e-6) / max(y[1] - y[0], 1e-300)

    def pick(self, x: NDArray[Any], y: NDArray[Any]) -> NDArray[np.intp]:
        """The positions of one point in each cell that has any; points outside and missing ones are left out."""
        with np.errstate(invalid="ignore"):
            along = (x - self._x[0]) * self._x_scale
            up = (y - self._y[0]) * self._y_scale
            kept = np.flatnonzero((along >= 0) & (along < self.columns) & (up >= 0) & (up < self.rows))
        cell = along[kept].astype(np.intp) * self.rows + up[kept].astype(np.intp)
        order = scattered(len(cell))
        return kept[self._last(cell[order], order)]

    def pick_sorted(
        self, along: NDArray[np.float64], up: NDArray[Any], spans: Sequence[slice], *, certain: bool
    ) -> NDArray[np.int32]:
        """The same for points that lie in the order of x within each of `spans`, which hold what is in the range of x.

        `certain` promises that every `up` is there and in the range of y.  Much faster than `pick`: the column of a
        cell needs no arithmetic, neighbours fall into the same few cells, and the last of a cell, which is the one that
        is drawn, is of any colour, because the order of x knows no colours.  Several spans are mixed for that.
        """
        edges = np.linspace(*self._x, self.columns + 1)
        cells = [self._cells(along[part], up[part], edges, certain=certain) for part in spans]
        positions = [np.arange(part.start, part.stop, dtype=np.int32) for part in spans]
        if len(spans) == 1:
            return self._last(cells[0], positions[0])
        order = scattered(sum(len(part) for part in cells))
        return self._last(np.concatenate(cells)[order], np.concatenate(positions)[order])

    def _cells(
        self, along: NDArray[np.float64], up: NDArray[Any], edges: NDArray[np.float64], *, certain: bool
    ) -> NDArray[np.intp]:
        bounds = np.searchsorted(along, edges)
        bounds[-1] = len(along)
        cell = np.repeat(np.arange(self.columns) * self.rows, np.diff(bounds))
        kind = up.dtype.type
        height = (up - kind(self._y[0])) * kind(self._y_scale)
        if certain:
            cell += np.minimum(height.astype(np.int32), self.rows - 1)
            return cell
        with np.errstate(invalid="ignore"):
            inside = (height >= 0) & (height < self.rows)
            cell += height.astype(np.int32)
        cell[~inside] = self.columns * self.rows
        return cell

    def _last(self, cell: NDArray[np.intp], positions: NDArray[np.int32]) -> NDArray[np.int32]:
        """The last position in each cell; the cell after all others is for what is not drawn."""
        chosen = np.full(self.columns * self.rows + 1, -1, dtype=np.int32)
        chosen[cell] = positions
        return chosen[:-1][chosen[:-1] >= 0]


@lru_cache(maxsize=4)
def scattered(count: int) -> NDArray[np.int32]:
    """Every number below `count` once, in an order without a pattern and the same each time.

    The last point of a cell is the one that is drawn: in the order of the rows it would always be of the last colour.
    """
    if count < 2:
        return np.arange(count, dtype=np.int32)
    step = int(count * 0.6180339887) | 1
    while math.gcd(step, count) != 1:
        step += 1
    return (np.arange(count, dtype=np.int64) * step % count).astype(np.int32)

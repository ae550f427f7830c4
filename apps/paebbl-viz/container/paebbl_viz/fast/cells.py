"""Points: one real point for each cell of a few pixels, so that the picture stays what all points would draw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Points are drawn 5 px wide: of two in one cell of this size one is hidden by the other, in CSS px.
CELL_PX = 3
EDGE = 1e-3
NO_POINT = -1
ROWS_AT_ONCE = 16_384


class Grid:
    """The cells of a plot area; `x` and `y` are its ranges."""

    def __init__(self, x: tuple[float, float], y: tuple[float, float], width: int, height: int) -> None:
        self.columns = max(1, int(width / CELL_PX))
        self.rows = max(1, int(height / CELL_PX))
        self._x, self._y = x, y
        # A little less than all of it, so that even in 32 bits the last value is in the last cell and not after it.
        self._x_scale = (self.columns - EDGE) / max(x[1] - x[0], 1e-300)
        self._y_scale = (self.rows - EDGE) / max(y[1] - y[0], 1e-300)
        self._edges = np.linspace(*x, self.columns + 1)

    def pick(self, x: NDArray[Any], y: NDArray[Any]) -> NDArray[np.intp]:
        """The positions of one point in each cell that has any; points outside and missing ones are left out."""
        with np.errstate(invalid="ignore"):
            along = (x - self._x[0]) * self._x_scale
            up = (y - self._y[0]) * self._y_scale
            kept = np.flatnonzero((along >= 0) & (along < self.columns) & (up >= 0) & (up < self.rows))
        cell = along[kept].astype(np.intp) * self.rows + up[kept].astype(np.intp)
        order = scattered(len(cell))
        last = self._empty()
        last[cell[order]] = order
        return kept[_filled(last)]

    def pick_sorted(
        self, along: NDArray[np.float64], up: NDArray[Any], spans: Sequence[slice], *, certain: bool
    ) -> NDArray[np.int32]:
        """The same for points that lie in the order of x within each of `spans`, which hold what is in the range of x.

        `certain` promises that every `up` is there and in the range of y.  Much faster than `pick`: the column of a
        cell needs no arithmetic, and the last of a cell, which is the one that is drawn, is of any colour, because the
        order of x knows no colours.  Several spans are mixed for that.
        """
        edges = [part.start + np.searchsorted(along[part], self._edges) for part in spans]
        for part, bounds in zip(spans, edges, strict=True):
            bounds[-1] = part.stop
        # A few columns at a time, so that all that is needed for them stays in the processor's cache.
        rows = sum(part.stop - part.start for part in spans)
        step = max(1, self.columns * ROWS_AT_ONCE // max(1, rows))
        last = self._empty()
        for first in range(0, self.columns, step):
            here = [bounds[first : first + step + 1] for bounds in edges]
            cells = [self._cells(first, bounds, up, certain=certain) for bounds in here]
            positions = [np.arange(bounds[0], bounds[-1], dtype=np.int32) for bounds in here]
            if len(spans) == 1:
                last[cells[0]] = positions[0]
            else:
                order = scattered(sum(map(len, positions)))
                last[np.concatenate(cells)[order]] = np.concatenate(positions)[order]
        return _filled(last)

    def _cells(self, first: int, bounds: NDArray[np.intp], up: NDArray[Any], *, certain: bool) -> NDArray[np.intp]:
        """The cells of the points of some columns from `first` on, which begin and end at `bounds`."""
        counts = np.diff(bounds)
        cell = np.repeat(np.arange(first, first + len(counts)) * self.rows, counts)
        values = up[bounds[0] : bounds[-1]]
        kind = values.dtype.type
        height = values - kind(self._y[0])
        height *= kind(self._y_scale)
        if certain:
            cell += height.astype(np.int32)
            return cell
        with np.errstate(invalid="ignore"):
            cell += height.astype(np.int32)
            cell[~((height >= 0) & (height < self.rows))] = self.columns * self.rows
        return cell

    def _empty(self) -> NDArray[np.int32]:
        """A place for the last point of each cell; the one after all others is for what is not drawn."""
        return np.full(self.columns * self.rows + 1, NO_POINT, dtype=np.int32)


def _filled(last: NDArray[np.int32]) -> NDArray[np.int32]:
    cells = last[:-1]
    return cells[cells != NO_POINT]


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

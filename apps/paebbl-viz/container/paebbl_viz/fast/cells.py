"""Points: one real point for each cell of a few pixels, so that the picture stays what all points would draw."""

from __future__ import annotations

import math
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
        self._x0, self._y0 = x[0], y[0]
        self._x_scale = (self.columns - 1e-6) / max(x[1] - x[0], 1e-300)
        self._y_scale = (self.rows - 1e-6) / max(y[1] - y[0], 1e-300)

    def pick(self, x: NDArray[Any], y: NDArray[Any]) -> NDArray[np.intp]:
        """The positions of one point in each cell that has any; points outside and missing ones are left out."""
        with np.errstate(invalid="ignore"):
            along = _scaled(x, self._x0, self._x_scale)
            up = _scaled(y, self._y0, self._y_scale)
            inside = (along >= 0) & (along < self.columns) & (up >= 0) & (up < self.rows)
            kept = None if inside.all() else np.flatnonzero(inside)
            if kept is not None:
                along, up = along[kept], up[kept]
            cell = along.astype(np.int32) * np.int32(self.rows) + up.astype(np.int32)
        chosen = np.full(self.columns * self.rows, -1, dtype=np.int32)
        order = scattered(len(cell))
        chosen[cell[order]] = order
        found: NDArray[np.intp] = chosen[chosen >= 0].astype(np.intp)
        return found if kept is None else kept[found]


def _scaled(values: NDArray[Any], low: float, scale: float) -> NDArray[Any]:
    """In 32 bits where the values have no more: twice as fast."""
    kind = np.float32 if values.dtype == np.float32 else np.float64
    return (values - kind(low)) * kind(scale)


@lru_cache(maxsize=2)
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

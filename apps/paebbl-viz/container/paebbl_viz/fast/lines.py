"""Lines: the lowest and the highest value for each step of the width, so that no spike is lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass
class Envelope:
    """Lowest and highest value in each of `steps` equal steps of [low, high]; NaN where there is none."""

    low: float
    high: float
    steps: int

    def __post_init__(self) -> None:
        self.least = np.full(self.steps, np.nan, dtype=np.float32)
        self.most = np.full(self.steps, np.nan, dtype=np.float32)

    def edges(self) -> Floats:
        return np.linspace(self.low, self.high, self.steps + 1)

    def add_sorted(self, x: NDArray[np.generic], least: NDArray[np.float32], most: NDArray[np.float32]) -> None:
        """Adds values in the order of `x`; `least` and `most` are the same array for single values."""
        bounds = np.searchsorted(x, self.edges().astype(x.dtype) if x.dtype.kind == "i" else self.edges())
        bounds[-1] = np.searchsorted(x, self.high, side="right")
        starts, ends = bounds[:-1], bounds[1:]
        filled = np.flatnonzero(ends > starts)
        if not filled.size:
            return
        # Only non-empty steps, whose ends are the next one's starts: then `reduceat` needs no second look.
        first, last = starts[filled[0]], ends[filled[-1]]
        at = starts[filled] - first
        self.least[filled] = np.fmin(self.least[filled], np.fmin.reduceat(least[first:last], at))
        self.most[filled] = np.fmax(self.most[filled], np.fmax.reduceat(most[first:last], at))

    def zigzag(self) -> NDArray[np.float32]:
        """Lowest, highest, lowest, highest, ...: what a line through them looks like is what all points look like."""
        found = np.empty(self.steps * 2, dtype=np.float32)
        found[0::2] = self.least
        found[1::2] = self.most
        return found

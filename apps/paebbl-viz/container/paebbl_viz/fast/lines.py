"""Lines: the lowest and the highest value for each step of the width, so that no spike is lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Steps:
    """`count` equal steps from `low` to `high`."""

    low: float
    high: float
    count: int

    @cached_property
    def edges(self) -> Floats:
        return np.linspace(self.low, self.high, self.count + 1)


class Runs:
    """Where each step begins in something that is in the order of `x`; the same for every column that is drawn."""

    def __init__(self, x: NDArray[Any], steps: Steps) -> None:
        bounds = np.searchsorted(x, steps.edges)
        bounds[-1] = np.searchsorted(x, steps.high, side="right")
        # Only non-empty steps, whose ends are the next one's starts: then `reduceat` needs no second look.
        self.filled = np.flatnonzero(bounds[1:] > bounds[:-1])
        first, last = (int(bounds[0]), int(bounds[-1])) if self.filled.size else (0, 0)
        self.span = slice(first, last)
        self.starts = bounds[self.filled] - first


@dataclass
class Envelope:
    """Lowest and highest value in each step; NaN where there is none."""

    steps: Steps
    kind: Any = np.float32
    least: NDArray[Any] = field(init=False)
    most: NDArray[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.least = np.full(self.steps.count, np.nan, dtype=self.kind)
        self.most = np.full(self.steps.count, np.nan, dtype=self.kind)

    def add_sorted(self, x: NDArray[Any], least: NDArray[Any], most: NDArray[Any]) -> None:
        """Adds values in the order of `x`; `least` and `most` are the same array for single values."""
        self.add(Runs(x, self.steps), least, most)

    def add(self, runs: Runs, least: NDArray[Any], most: NDArray[Any]) -> None:
        if not runs.filled.size:
            return
        low = np.fmin.reduceat(least[runs.span], runs.starts)
        high = np.fmax.reduceat(most[runs.span], runs.starts)
        if len(low) == self.steps.count:
            np.fmin(self.least, low, out=self.least)
            np.fmax(self.most, high, out=self.most)
            return
        self.least[runs.filled] = np.fmin(self.least[runs.filled], low)
        self.most[runs.filled] = np.fmax(self.most[runs.filled], high)

    def add_few(self, steps: NDArray[np.intp], values: NDArray[Any]) -> None:
        """Adds values one by one, each to its step."""
        np.fmin.at(self.least, steps, values)
        np.fmax.at(self.most, steps, values)

    def zigzag(self) -> NDArray[Any]:
        """Lowest, highest, lowest, highest, ...: what a line through them looks like is what all points look like."""
        found = np.empty(self.steps.count * 2, dtype=self.kind)
        found[0::2] = self.least
        found[1::2] = self.most
        return found

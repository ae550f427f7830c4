"""The lowest and the highest value of blocks of rows: of 8, of 16, of 32, and so on.

Whatever part of a table is on the screen, there is a level with just enough blocks for it, so that drawing a line costs
the same for a thousand rows of it as for a hundred million.  A column's levels lie one after the other in one file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SMALLEST = 8
# Fewer blocks than this are never asked for: a screen is wider.
FEWEST_BLOCKS = 256


@dataclass(frozen=True)
class Level:
    """Blocks of `rows` rows each: `x` of their first row, their lowest and their highest value."""

    rows: int
    x: NDArray[np.float64]
    lowest: NDArray[Any]
    highest: NDArray[Any]


def build(values: NDArray[Any], extreme: np.ufunc) -> NDArray[Any]:
    """All levels of `extreme` (np.fmin or np.fmax)."""
    found = extreme.reduceat(values, np.arange(0, len(values), SMALLEST)) if len(values) else values
    levels = [found]
    while len(found) > FEWEST_BLOCKS:
        found = extreme.reduceat(found, np.arange(0, len(found), 2))
        levels.append(found)
    return np.concatenate(levels)


def firsts(along: NDArray[np.float64]) -> NDArray[np.float64]:
    """All levels of the x of the first row of each block."""
    return np.concatenate([along[::rows] for rows in _sizes(len(along))])


def levels(rows: int, x: NDArray[np.float64], lowest: NDArray[Any], highest: NDArray[Any]) -> list[Level]:
    """The parts of what `firsts` and `build` made."""
    found = []
    start = 0
    for size in _sizes(rows):
        end = start + -(-rows // size)
        found.append(Level(size, x[start:end], lowest[start:end], highest[start:end]))
        start = end
    return found


def coarsest(levels: list[Level], most_rows: int) -> Level | None:
    """The level with the largest blocks of at most so many rows."""
    return next((level for level in reversed(levels) if level.rows <= most_rows), None)


def _sizes(rows: int) -> list[int]:
    sizes = [SMALLEST]
    while -(-rows // sizes[-1]) > FEWEST_BLOCKS:
        sizes.append(sizes[-1] * 2)
    return sizes

"""How many bits a picture of a column needs."""

from __future__ import annotations

from typing import Any

import numpy as np

from paebbl_viz.store.columns import Column

# Of the 24 bits of a 32-bit float, 12 must be left for the range: then the error is a quarter of a pixel of a thousand.
MOST_RANGES_FROM_ZERO = 4_096
# Whole numbers up to here are exact in 32 bits.
MOST_WHOLE = 2**24


def float_type(column: Column) -> Any:
    """float32 where that draws the same picture, else float64: a pressure of 101,325.1 to 101,325.3 needs all bits."""
    if column.minimum is None or column.maximum is None:
        return np.float32
    far = max(abs(column.minimum), abs(column.maximum))
    if column.kind == "number" and column.integer and far <= MOST_WHOLE:
        return np.float32
    return np.float32 if far <= (column.maximum - column.minimum) * MOST_RANGES_FROM_ZERO else np.float64

"""The ranges of a chart's axes: what was zoomed to, else what the drawn rows span, as the axes in the browser do.

Anything wider would waste steps and cells on places where nothing is drawn: a filter that leaves a tenth of the range
would be shown with a tenth of the detail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.fast.groups import Group
from paebbl_viz.fast.index import Index
from paebbl_viz.fast.window import Window
from paebbl_viz.filters import Selection
from paebbl_viz.store.columns import NOT_A_TIME
from paebbl_viz.store.dataset import Dataset

Ends = tuple[float, float]


def x_range(selection: Selection, groups: Sequence[Group], x: str, window: Window) -> Ends:
    """Of the rows of all groups; `x` is a column of numbers or times."""
    if window.x is not None:
        return window.x
    column = selection.data.by_name[x]
    if not selection.filters and column.minimum is not None and column.maximum is not None:
        return around([(column.minimum, column.maximum)])
    return around(ends for group in groups for ends in _x_ends(selection.data, group, x))


def y_range(index: Index, names: Iterable[str], spans: Sequence[slice], window: Window) -> Ends:
    """Of the columns `names`, which share an axis, at the positions of `spans`."""
    if window.y is not None:
        return window.y
    return around(index.extremes(name, part.start, part.stop) for name in names for part in spans)


def around(parts: Iterable[Ends]) -> Ends:
    """What holds all of the parts, never empty; a part without values is (inf, -inf)."""
    found = list(parts)
    low, high = min((low for low, _ in found), default=np.inf), max((high for _, high in found), default=-np.inf)
    if low > high:
        return 0.0, 1.0
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def ends_of(values: NDArray[np.floating] | NDArray[np.integer]) -> Ends:
    """The lowest and the highest of values of which some may be missing."""
    if values.dtype.kind == "i":
        values = values[values != NOT_A_TIME]
        return (float(values.min()), float(values.max())) if len(values) else (np.inf, -np.inf)
    low, high = np.fmin.reduce(values, initial=np.nan), np.fmax.reduce(values, initial=np.nan)
    return (float(low), float(high)) if low <= high else (np.inf, -np.inf)


def _x_ends(data: Dataset, group: Group, x: str) -> list[Ends]:
    if group.index is None:
        return [ends_of(data.array(x)[group.all_rows()])]
    along = group.index.along
    return [
        (float(along[piece.start]), float(along[piece.end - 1])) for piece in group.pieces if piece.end > piece.start
    ]

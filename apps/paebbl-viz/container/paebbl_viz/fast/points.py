"""Points of a chart: one for each cell of the screen, whichever colour it has.

Where colours overlap, none is always on top: the picture keeps the mixture that all points would show.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.fast.cells import Grid
from paebbl_viz.fast.charts import SMALL, shown_range, span
from paebbl_viz.fast.groups import MISSING, OTHER, groups, largest, pieces_of, usable_index
from paebbl_viz.fast.index import Index, Piece
from paebbl_viz.fast.window import Window
from paebbl_viz.filters import Selection


@dataclass(frozen=True)
class Cloud:
    """What to draw: `parts[column][group]` are positions of `index`, or numbers of rows without one."""

    names: list[str]
    parts: list[list[NDArray[np.integer]]]
    reduced: bool
    index: Index | None = None

    def rows(self, part: NDArray[np.integer]) -> NDArray[np.integer]:
        """The numbers of the rows of a part."""
        return part if self.index is None else self.index.order[part]


def cloud(selection: Selection, x: str, ys: tuple[str, ...], colour: str | None, window: Window) -> Cloud:
    """`colour` is a column of categories; `x` any column, `ys` are columns of numbers."""
    index = usable_index(selection, x, ())
    if index is not None:
        return _of_index(selection, index, x, ys, colour, window)
    found = groups(selection, colour)
    names = [group.name for group in found]
    parts: list[NDArray[np.integer]] = [group.all_rows() for group in found]
    numeric = selection.data.by_name[x].kind in ("number", "time")
    if sum(len(part) for part in parts) <= SMALL or not numeric:
        return Cloud(names, [parts] * len(ys), reduced=False)
    rows = np.concatenate(parts)
    ends = np.cumsum([len(part) for part in parts])
    drawn: list[list[NDArray[np.integer]]] = []
    for y in ys:
        grid = Grid(shown_range(selection, window, x), _up(selection, y, window), window.width, window.height)
        kept = np.sort(grid.pick(selection.data.array(x)[rows], selection.data.array(y)[rows]))
        drawn.append([rows[part] for part in np.split(kept, np.searchsorted(kept, ends[:-1]))])
    return Cloud(names, drawn, reduced=True)


def _of_index(
    selection: Selection, index: Index, x: str, ys: tuple[str, ...], colour: str | None, window: Window
) -> Cloud:
    pieces = pieces_of(selection, index)
    names, place_of = _groups_of_index(index, pieces, colour)
    low, high = shown_range(selection, window, x)
    spans = [slice(*span(index, piece, low, high)) for piece in pieces]
    everything = sum(part.stop - part.start for part in spans) <= SMALL
    parts = []
    for y in ys:
        if everything:
            found = np.concatenate([np.arange(part.start, part.stop, dtype=np.int32) for part in spans])
        else:
            column = selection.data.by_name[y]
            grid = Grid((low, high), _up(selection, y, window), window.width, window.height)
            certain = not column.missing and window.y is None
            found = grid.pick_sorted(index.along, index.values(y), spans, certain=certain)
        parts.append(_split(index, found, colour, place_of, len(names)))
    left_out = sum(piece.end - piece.start for piece in pieces) > SMALL
    return Cloud(names, parts, left_out, index)


def _groups_of_index(
    index: Index, pieces: tuple[Piece, ...], colour: str | None
) -> tuple[list[str], NDArray[np.uint8]]:
    """(the names of the groups, the group of each code)."""
    if colour is None:
        return [""], np.zeros(0, dtype=np.uint8)
    values = (*index.data.by_name[colour].values, MISSING)
    counts = np.sum([index.count(colour, piece) for piece in pieces], axis=0)
    named, rest = largest(counts)
    place_of = np.full(len(values), len(named), dtype=np.uint8)
    place_of[named] = np.arange(len(named))
    return [values[code] for code in named] + ([OTHER] if rest else []), place_of


def _split(
    index: Index, found: NDArray[np.int32], colour: str | None, place_of: NDArray[np.uint8], count: int
) -> list[NDArray[np.integer]]:
    if colour is None:
        return [found]
    place = place_of[index.codes(colour)[found]]
    # Of 8 bits and stable: sorted in linear time, and what was in the order of x stays so.
    ends = np.cumsum(np.bincount(place, minlength=count))
    return np.split(found[np.argsort(place, kind="stable")], ends[:-1])


def _up(selection: Selection, y: str, window: Window) -> tuple[float, float]:
    column = selection.data.by_name[y]
    return window.y or (column.minimum or 0.0, column.maximum if column.maximum is not None else 1.0)

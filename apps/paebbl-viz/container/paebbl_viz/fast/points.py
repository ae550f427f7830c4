"""Points of a chart: one for each cell of the screen, whichever colour it has.

Where colours overlap, none is always on top: the picture keeps the mixture that all points would show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.fast.cells import Grid
from paebbl_viz.fast.charts import SMALL
from paebbl_viz.fast.groups import MISSING, OTHER, Group, groups, largest, pieces_of, usable_index
from paebbl_viz.fast.index import Index, Piece
from paebbl_viz.fast.ranges import around, ends_of, x_range, y_range
from paebbl_viz.fast.window import Window
from paebbl_viz.filters import Selection


@dataclass(frozen=True)
class Picked:
    """The points of one column that are drawn: `positions` of an index, or numbers of rows without one, and for each
    group its places in them.

    Values are taken for all groups at once, because the positions are nearly in order: taken group by group, the same
    stretch of memory would be read again for each.
    """

    positions: NDArray[np.integer]
    places: list[NDArray[np.integer] | slice]

    def take(self, values: NDArray[Any]) -> list[NDArray[Any]]:
        """The values of each group; `values` has one for each position."""
        taken = values[self.positions]
        return [taken[place] for place in self.places]

    def rows(self, index: Index | None) -> list[NDArray[np.integer]]:
        """The numbers of the rows of each group."""
        return [self.positions[place] for place in self.places] if index is None else self.take(index.order)


@dataclass(frozen=True)
class Cloud:
    """What to draw: the names of the groups, and the points of each column."""

    names: list[str]
    columns: list[Picked]
    reduced: bool
    index: Index | None = None


def cloud(selection: Selection, x: str, ys: tuple[str, ...], colour: str | None, window: Window) -> Cloud:
    """`colour` is a column of categories; `x` any column, `ys` are columns of numbers on the same axis."""
    index = usable_index(selection, x, ())
    if index is not None:
        return _of_index(selection, index, x, ys, colour, window)
    found = groups(selection, colour)
    names = [group.name for group in found]
    parts: list[NDArray[np.integer]] = [group.all_rows() for group in found]
    numeric = selection.data.by_name[x].kind in ("number", "time")
    if sum(len(part) for part in parts) <= SMALL or not numeric:
        return Cloud(names, [_side_by_side(parts)] * len(ys), reduced=False)
    drawn = _of_rows(selection, parts, x, ys, x_range(selection, found, x, window))
    return Cloud(names, drawn, reduced=True)


def _of_rows(
    selection: Selection, parts: list[NDArray[np.integer]], x: str, ys: tuple[str, ...], across: tuple[float, float]
) -> list[Picked]:
    """For each column the rows of each part that are drawn."""
    data, window = selection.data, selection.window
    along = [data.array(x)[part] for part in parts]
    inside = [np.flatnonzero((values >= across[0]) & (values <= across[1])) for values in along]
    parts = [part[here] for part, here in zip(parts, inside, strict=True)]
    if sum(len(part) for part in parts) <= SMALL:
        return [_side_by_side(parts)] * len(ys)
    rows = np.concatenate(parts)
    x_values = np.concatenate([values[here] for values, here in zip(along, inside, strict=True)])
    columns = [data.array(y)[rows] for y in ys]
    grid = Grid(across, window.y or around(map(ends_of, columns)), window.width, window.height)
    firsts = np.cumsum([len(part) for part in parts])[:-1]
    drawn = []
    for values in columns:
        kept = np.sort(grid.pick(x_values, values))
        drawn.append(_side_by_side([rows[part] for part in np.split(kept, np.searchsorted(kept, firsts))]))
    return drawn


def _side_by_side(parts: list[NDArray[np.integer]]) -> Picked:
    ends = np.cumsum([len(part) for part in parts]).tolist()
    return Picked(
        np.concatenate(parts) if parts else np.empty(0, dtype=np.intp),
        [slice(end - len(part), end) for part, end in zip(parts, ends, strict=True)],
    )


def _of_index(
    selection: Selection, index: Index, x: str, ys: tuple[str, ...], colour: str | None, window: Window
) -> Cloud:
    pieces = pieces_of(selection, index)
    names, place_of = _groups_of_index(index, pieces, colour)
    across = x_range(selection, [Group("", index=index, pieces=pieces)], x, window)
    spans = [index.span(piece, *across) for piece in pieces]
    if sum(part.stop - part.start for part in spans) <= SMALL:
        everything = np.concatenate([np.arange(part.start, part.stop, dtype=np.int32) for part in spans])
        found = [everything] * len(ys)
    else:
        grid = Grid(across, y_range(index, ys, spans, window), window.width, window.height)
        found = [
            grid.pick_sorted(index.along, index.values(y), spans, certain=_certain(selection, y, window)) for y in ys
        ]
    left_out = sum(piece.end - piece.start for piece in pieces) > SMALL
    return Cloud(names, [_split(index, part, colour, place_of, len(names)) for part in found], left_out, index)


def _certain(selection: Selection, y: str, window: Window) -> bool:
    """Whether every value is there and on the screen."""
    return window.y is None and not selection.data.by_name[y].missing


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
) -> Picked:
    if colour is None:
        return Picked(found, [slice(None)])
    place = place_of[index.codes(colour)[found]]
    # Of 8 bits and stable: sorted in linear time, and what was in the order of x stays so.
    ends = np.cumsum(np.bincount(place, minlength=count))
    return Picked(found, [*np.split(np.argsort(place, kind="stable"), ends[:-1])])

"""The rows of each colour of a chart: from an index where one answers the filters, else row by row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.fast.index import Index, Piece, index_of
from paebbl_viz.filters import Selection
from paebbl_viz.viewing.theme import COLOURS

# More groups than colours that can be told apart are one group, 'other'.
MOST_GROUPS = len(COLOURS)
OTHER = "other"
MISSING = "missing"
# An index pays only in tables of more rows.
INDEX_ROWS = 50_000


@dataclass(frozen=True)
class Group:
    """Rows of one colour: either row numbers in any order, or pieces of an index."""

    name: str
    rows: NDArray[np.intp] | None = None
    index: Index | None = None
    pieces: tuple[Piece, ...] = ()

    @property
    def count(self) -> int:
        return sum(piece.end - piece.start for piece in self.pieces) if self.rows is None else len(self.rows)

    def all_rows(self) -> NDArray[np.intp]:
        if self.rows is not None:
            return self.rows
        assert self.index is not None  # noqa: S101 - a group has rows or an index
        parts = [self.index.order[piece.start : piece.end] for piece in self.pieces]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)  # type: ignore[return-value]


def groups_for_axis(selection: Selection, x: str, colour: str | None) -> list[Group]:
    """Groups for a chart along `x`, the largest with their own names, the rest as 'other'."""
    index = usable_index(selection, x, (colour,) if colour else ())
    if index is None:
        return groups(selection, colour)
    if colour is None:
        return [Group("", index=index, pieces=pieces_of(selection, index))]
    values = (*selection.data.by_name[colour].values, MISSING)
    pieces = {code: pieces_of(selection, index, code) for code in range(len(values))}
    counts = np.array([sum(piece.end - piece.start for piece in pieces[code]) for code in range(len(values))])
    named, rest = largest(counts)
    found = [Group(values[code], index=index, pieces=pieces[code]) for code in named]
    if rest:
        found.append(Group(OTHER, index=index, pieces=tuple(piece for code in rest for piece in pieces[code])))
    return found


def pieces_of(selection: Selection, index: Index, *codes: int) -> tuple[Piece, ...]:
    """The pieces of an index that `usable_index` gave: one for each value of the filter."""
    firsts = [[item.column.values.index(value)] for item in selection.filters for value in item.values] or [[]]
    return tuple(index.piece(*first, *codes) for first in firsts)


def groups(selection: Selection, colour: str | None) -> list[Group]:
    """The same row by row, which any filter allows."""
    data = selection.data
    rows = data.row_numbers(selection.rows)
    if colour is None:
        return [Group("", rows)]
    values = (*data.by_name[colour].values, MISSING)
    codes = np.minimum(data.array(colour)[rows].astype(np.int64), len(values) - 1)
    named, rest = largest(np.bincount(codes, minlength=len(values)))
    found = [Group(values[code], rows[codes == code]) for code in named]
    if rest:
        found.append(Group(OTHER, rows[np.isin(codes, rest)]))
    return found


def largest(counts: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """(the codes that get a group of their own, those that share 'other')."""
    by_size = [int(code) for code in np.argsort(-counts, kind="stable") if counts[code]]
    if len(by_size) <= MOST_GROUPS:
        return sorted(by_size), []
    return sorted(by_size[: MOST_GROUPS - 1]), by_size[MOST_GROUPS - 1 :]


def usable_index(selection: Selection, x: str, by: tuple[str, ...]) -> Index | None:
    """An index answers at most one filter, of categories and of another column than those of `by`."""
    data = selection.data
    if data.rows < INDEX_ROWS or data.by_name[x].kind not in ("number", "time"):
        return None
    filters = selection.filters
    if len(filters) > 1 or any(not item.values or item.column.name in by for item in filters):
        return None
    return index_of(data, x, (*(item.column.name for item in filters), *by))

"""Lines of a group of rows, reduced to what the window shows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.fast.groups import Group
from paebbl_viz.fast.index import Index, Piece
from paebbl_viz.fast.lines import Envelope, Floats, Runs
from paebbl_viz.fast.precision import float_type
from paebbl_viz.fast.window import Window
from paebbl_viz.filters import Selection

# So many rows are drawn one by one: reducing them would save nothing that can be felt.
SMALL = 4_000
# One step of a line for this many pixels.
STEP_PX = 2
# A step that holds this many blocks is taken from blocks: its edges are then off by less than a sixth of a step, which
# is a third of a pixel.
BLOCKS_PER_STEP = 6

# What a trace holds, and whether rows were left out.
Line = tuple[dict[str, Any], bool]


def shown_range(selection: Selection, window: Window, x: str) -> tuple[float, float]:
    """The range of `x` on the screen: zoomed to, or filtered to, or all."""
    column = selection.data.by_name[x]
    low, high = window.x or (column.minimum or 0.0, column.maximum or 0.0)
    for item in selection.filters:
        if item.column.name == x and window.x is None:
            low = max(low, item.low) if item.low is not None else low
            high = min(high, item.high) if item.high is not None else high
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def lines(selection: Selection, group: Group, x: str, names: tuple[str, ...], window: Window) -> list[Line]:
    """For each of the columns `names`: `x` or `x0` and `dx`, and `y` of a trace; and whether it is reduced."""
    low, high = shown_range(selection, window, x)
    found = [
        Envelope(low, high, max(50, window.width // STEP_PX), float_type(selection.data.by_name[name]))
        for name in names
    ]
    if group.index is not None:
        return _lines_of_index(group.index, group.pieces, names, found)
    return _lines_of_rows(selection, group.all_rows(), x, names, found)


def span(index: Index, piece: Piece, low: float, high: float) -> tuple[int, int]:
    """The positions of a piece that are inside of [low, high]."""
    along = index.along[piece.start : piece.end]
    return (
        piece.start + int(np.searchsorted(along, low)),
        piece.start + int(np.searchsorted(along, high, side="right")),
    )


def _lines_of_rows(
    selection: Selection, rows: NDArray[Any], x: str, names: tuple[str, ...], found: list[Envelope]
) -> list[Line]:
    along = selection.data.array(x)[rows]
    order = np.argsort(along, kind="stable")
    rows, along = rows[order], along[order]
    here = slice(int(np.searchsorted(along, found[0].low)), int(np.searchsorted(along, found[0].high, side="right")))
    if here.stop - here.start <= SMALL:
        # One more on each side, so that the line leaves the screen in the right direction.
        here = slice(max(0, here.start - 1), here.stop + 1)
        points = along[here].astype(np.float64)
        columns = [
            selection.data.array(name)[rows[here]].astype(one.kind) for name, one in zip(names, found, strict=True)
        ]
        return [({"x": points, "y": values}, len(along) > SMALL) for values in columns]
    runs = Runs(along[here], found[0].edges())
    for name, one in zip(names, found, strict=True):
        values = selection.data.array(name)[rows[here]].astype(one.kind)
        one.add(runs, values, values)
    return [_zigzag(one) for one in found]


def _lines_of_index(
    index: Index, pieces: tuple[Piece, ...], names: tuple[str, ...], found: list[Envelope]
) -> list[Line]:
    spans = [span(index, piece, found[0].low, found[0].high) for piece in pieces]
    count = sum(stop - start for start, stop in spans)
    if count <= SMALL:
        wider = [
            slice(max(start - 1, piece.start), min(stop + 1, piece.end))
            for piece, (start, stop) in zip(pieces, spans, strict=True)
        ]
        return [(cells, False) for cells in _every_point(index, wider, names)]
    edges = found[0].edges()
    for start, stop in spans:
        level = _level(index, names[0], (stop - start) // (found[0].steps * BLOCKS_PER_STEP))
        if level is None:
            runs = Runs(index.along[start:stop], edges)
            for name, one in zip(names, found, strict=True):
                values = index.values(name)[start:stop]
                one.add(runs, values, values)
        else:
            _add_blocks(index, level, start, stop, names, found, edges)
    return [_zigzag(one) for one in found]


def _level(index: Index, name: str, most_rows: int) -> int | None:
    """The number of the level with the largest blocks of at most so many rows."""
    fitting = [place for place, level in enumerate(index.levels(name)) if level.rows <= most_rows]
    return fitting[-1] if fitting else None


def _add_blocks(
    index: Index, number: int, start: int, stop: int, names: tuple[str, ...], found: list[Envelope], edges: Floats
) -> None:
    """Whole blocks from the level, and row by row what is left at both ends."""
    levels = [index.levels(name)[number] for name in names]
    rows = levels[0].rows
    blocks = slice(-(-start // rows), stop // rows)
    runs = Runs(levels[0].x[blocks], edges)
    ends = (slice(start, blocks.start * rows), slice(blocks.stop * rows, stop))
    along = np.concatenate([index.along[end] for end in ends])
    steps = np.minimum(np.searchsorted(edges, along, side="right") - 1, len(edges) - 2)
    for name, level, one in zip(names, levels, found, strict=True):
        one.add(runs, level.lowest[blocks], level.highest[blocks])
        if len(along):
            one.add_few(steps, np.concatenate([index.values(name)[end] for end in ends]))


def _every_point(index: Index, spans: list[slice], names: tuple[str, ...]) -> list[dict[str, Any]]:
    along = np.concatenate([index.along[part] for part in spans])
    columns = [np.concatenate([index.values(name)[part] for part in spans]) for name in names]
    if len(spans) > 1:
        order = np.argsort(along, kind="stable")
        along, columns = along[order], [values[order] for values in columns]
    return [{"x": along, "y": values} for values in columns]


def _zigzag(envelope: Envelope) -> Line:
    """Even steps need no x for each point: the first and the distance are enough."""
    step = (envelope.high - envelope.low) / envelope.steps
    x = {"x0": envelope.low + step / 4, "dx": step / 2}
    return {**x, "y": envelope.zigzag(), "connectgaps": True}, True

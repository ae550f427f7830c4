"""Lines and points of a group of rows, reduced to what the window shows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.fast.cells import Grid
from paebbl_viz.fast.groups import Group
from paebbl_viz.fast.index import BLOCK, Index, Piece
from paebbl_viz.fast.lines import Envelope
from paebbl_viz.fast.window import Window
from paebbl_viz.filters import Selection

# So many rows are drawn one by one: reducing them would save nothing that can be felt.
SMALL = 4_000
# One step of a line for this many pixels.
STEP_PX = 2
# A step that holds this many blocks is taken from blocks: its edges are then off by less than a sixth of a step, which
# is a third of a pixel.
BLOCKS_PER_STEP = 6


def shown_range(selection: Selection, window: Window, x: str) -> tuple[float, float]:
    """The range of `x` on the screen: zoomed to, or filtered to, or all."""
    column = selection.data.by_name[x]
    low, high = window.x or (column.minimum or 0.0, column.maximum or 0.0)
    for item in selection.filters:
        if item.column.name == x and window.x is None:
            low = max(low, item.low) if item.low is not None else low
            high = min(high, item.high) if item.high is not None else high
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def line(selection: Selection, group: Group, x: str, y: str, window: Window) -> tuple[dict[str, Any], bool]:
    """(`x` or `x0` and `dx`, and `y` of a trace; whether it is reduced)."""
    low, high = shown_range(selection, window, x)
    if group.index is None:
        rows = group.all_rows()
    else:
        spans = [_span(group.index, piece, low, high) for piece in group.pieces]
        if sum(stop - start for start, stop in spans) > SMALL:
            return _line_of_index(group.index, group.pieces, x, y, Envelope(low, high, _steps(window)))
        rows = np.concatenate([group.index.order[start:stop] for start, stop in spans])
    along, values = selection.data.array(x)[rows], selection.data.array(y)[rows]
    order = np.argsort(along, kind="stable")
    along, values = along[order], values[order]
    here = slice(int(np.searchsorted(along, low)), int(np.searchsorted(along, high, side="right")))
    if here.stop - here.start <= SMALL:
        # One more on each side, so that the line leaves the screen in the right direction.
        wider = slice(max(0, here.start - 1), here.stop + 1)
        return {"x": along[wider].astype(np.float64), "y": values[wider]}, len(along) > SMALL
    envelope = Envelope(low, high, _steps(window))
    envelope.add_sorted(along, *_twice(values))
    return _zigzag(envelope), True


def points(selection: Selection, groups: list[Group], x: str, y: str, window: Window) -> list[NDArray[np.intp]]:
    """The rows to draw of each group: one for each cell of the screen, whichever colour it has.

    Where colours overlap, none is always on top: the picture keeps the mixture that all points would show.
    """
    column = selection.data.by_name[y]
    along = shown_range(selection, window, x)
    up = window.y or (column.minimum or 0.0, column.maximum or 1.0)
    index = groups[0].index
    if index is None:
        rows = np.concatenate([group.all_rows() for group in groups])
        cells = selection.data.array(x)[rows], selection.data.array(y)[rows]
    else:
        spans = [slice(piece.start, piece.end) for group in groups for piece in group.pieces]
        rows = np.concatenate([index.order[span] for span in spans])
        cells = tuple(np.concatenate([index.from_minimum(name)[span] for span in spans]) for name in (x, y))  # type: ignore[assignment]
        along = _less(along, selection.data.by_name[x].minimum)
        up = _less(up, column.minimum)
    found = Grid(along, up, window.width, window.height).pick(*cells)
    found.sort()
    ends = np.searchsorted(found, np.cumsum([group.count for group in groups]))
    return [rows[part] for part in np.split(found, ends[:-1])]


def _line_of_index(
    index: Index, pieces: tuple[Piece, ...], x: str, y: str, envelope: Envelope
) -> tuple[dict[str, Any], bool]:
    for piece in pieces:
        start, stop = _span(index, piece, envelope.low, envelope.high)
        first, last = -(-start // BLOCK), stop // BLOCK
        raw = [(start, stop)]
        if last - first >= envelope.steps * BLOCKS_PER_STEP:
            least, most = index.extremes(y)
            envelope.add_sorted(index.block_x[first:last], least[first:last], most[first:last])
            raw = [(start, first * BLOCK), (last * BLOCK, stop)]
        for begin, end in raw:
            if end > begin:
                rows = index.order[begin:end]
                envelope.add_sorted(index.data.array(x)[rows], *_twice(index.data.array(y)[rows]))
    return _zigzag(envelope), True


def _span(index: Index, piece: Piece, low: float, high: float) -> tuple[int, int]:
    """The positions of a piece that can be inside of [low, high], to the block."""
    first, last = -(-piece.start // BLOCK), piece.end // BLOCK
    if last <= first:
        return piece.start, piece.end
    along = index.block_x[first:last]
    begin = first + int(np.searchsorted(along, low)) - 1
    end = first + int(np.searchsorted(along, high, side="right"))
    return (
        begin * BLOCK if begin >= first else piece.start,
        end * BLOCK if end < last else piece.end,
    )


def _less(ends: tuple[float, float], base: float | None) -> tuple[float, float]:
    return ends[0] - (base or 0.0), ends[1] - (base or 0.0)


def _steps(window: Window) -> int:
    return max(50, window.width // STEP_PX)


def _twice(values: NDArray[Any]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    single = values.astype(np.float32)
    return single, single


def _zigzag(envelope: Envelope) -> dict[str, Any]:
    """Even steps need no x for each point: the first and the distance are enough."""
    step = (envelope.high - envelope.low) / envelope.steps
    return {"x0": envelope.low + step / 4, "dx": step / 2, "y": envelope.zigzag(), "connectgaps": True}

"""Lines of groups of rows, reduced to what the window shows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.fast.groups import Group
from paebbl_viz.fast.index import Index, Piece
from paebbl_viz.fast.lines import Envelope, Runs, Steps
from paebbl_viz.fast.precision import float_type
from paebbl_viz.fast.pyramid import Level, coarsest
from paebbl_viz.fast.ranges import x_range
from paebbl_viz.fast.window import Window
from paebbl_viz.filters import Selection

# So many rows are drawn one by one: reducing them would save nothing that can be felt.
SMALL = 4_000
# One step of a line for this many pixels.
STEP_PX = 2
FEWEST_STEPS = 50
# A step that holds this many blocks is taken from blocks: its edges are then off by less than a sixth of a step, which
# is a third of a pixel.
BLOCKS_PER_STEP = 6

# What a trace holds, and whether rows were left out.
Line = tuple[dict[str, Any], bool]


def steps_of(window: Window, low: float, high: float) -> Steps:
    """The steps of a line from `low` to `high` over the width of a window."""
    return Steps(low, high, max(FEWEST_STEPS, window.width // STEP_PX))


def lines(
    selection: Selection, groups: list[Group], x: str, names: tuple[str, ...], window: Window
) -> list[list[Line]]:
    """For each group and each of the columns `names`: `x`, or `x0` and `dx`, and `y` of a trace; and whether it is
    reduced.
    """
    steps = steps_of(window, *x_range(selection, groups, x, window))
    kinds = [float_type(selection.data.by_name[name]) for name in names]
    drawn = []
    for group in groups:
        found = [Envelope(steps, kind) for kind in kinds]
        if group.index is not None:
            drawn.append(_lines_of_index(group.index, group.pieces, names, found))
        else:
            drawn.append(_lines_of_rows(selection, group.all_rows(), x, names, found))
    return drawn


def _lines_of_rows(
    selection: Selection, rows: NDArray[Any], x: str, names: tuple[str, ...], found: list[Envelope]
) -> list[Line]:
    steps = found[0].steps
    if selection.data.by_name[x].missing:
        rows = rows[selection.data.present(x, rows)]
    along = selection.data.array(x)[rows]
    order = np.argsort(along, kind="stable")
    rows, along = rows[order], along[order]
    here = slice(int(np.searchsorted(along, steps.low)), int(np.searchsorted(along, steps.high, side="right")))
    if here.stop - here.start <= SMALL:
        # One more on each side, so that the line leaves the screen in the right direction.
        here = slice(max(0, here.start - 1), here.stop + 1)
        points = along[here].astype(np.float64)
        columns = [
            selection.data.array(name)[rows[here]].astype(one.kind) for name, one in zip(names, found, strict=True)
        ]
        return [({"x": points, "y": values}, len(along) > SMALL) for values in columns]
    runs = Runs(along[here], steps)
    for name, one in zip(names, found, strict=True):
        values = selection.data.array(name)[rows[here]].astype(one.kind)
        one.add(runs, values, values)
    return [_zigzag(one) for one in found]


def _lines_of_index(
    index: Index, pieces: tuple[Piece, ...], names: tuple[str, ...], found: list[Envelope]
) -> list[Line]:
    steps = found[0].steps
    spans = [index.span(piece, steps.low, steps.high) for piece in pieces]
    if sum(part.stop - part.start for part in spans) <= SMALL:
        wider = [
            slice(max(part.start - 1, piece.start), min(part.stop + 1, piece.end))
            for piece, part in zip(pieces, spans, strict=True)
        ]
        return [(cells, False) for cells in _every_point(index, wider, names)]
    levels = [index.levels(name) for name in names]
    for part in spans:
        most_rows = (part.stop - part.start) // (steps.count * BLOCKS_PER_STEP)
        chosen = [level for one in levels if (level := coarsest(one, most_rows))]
        if chosen:
            _add_blocks(index, chosen, part, names, found)
            continue
        runs = Runs(index.along[part], steps)
        for name, one in zip(names, found, strict=True):
            values = index.values(name)[part]
            one.add(runs, values, values)
    return [_zigzag(one) for one in found]


def _add_blocks(index: Index, levels: list[Level], part: slice, names: tuple[str, ...], found: list[Envelope]) -> None:
    """Whole blocks of one level for each column, and row by row what is left at both ends."""
    steps, rows = found[0].steps, levels[0].rows
    blocks = slice(-(-part.start // rows), part.stop // rows)
    runs = Runs(levels[0].x[blocks], steps)
    ends = (slice(part.start, blocks.start * rows), slice(blocks.stop * rows, part.stop))
    along = np.concatenate([index.along[end] for end in ends])
    places = np.minimum(np.searchsorted(steps.edges, along, side="right") - 1, steps.count - 1)
    for name, level, one in zip(names, levels, found, strict=True):
        one.add(runs, level.lowest[blocks], level.highest[blocks])
        if len(along):
            one.add_few(places, np.concatenate([index.values(name)[end] for end in ends]))


def _every_point(index: Index, spans: list[slice], names: tuple[str, ...]) -> list[dict[str, Any]]:
    along = np.concatenate([index.along[part] for part in spans])
    columns = [np.concatenate([index.values(name)[part] for part in spans]) for name in names]
    if len(spans) > 1:
        order = np.argsort(along, kind="stable")
        along, columns = along[order], [values[order] for values in columns]
    return [{"x": along, "y": values} for values in columns]


def _zigzag(envelope: Envelope) -> Line:
    """Even steps need no x for each point: the first and the distance are enough."""
    steps = envelope.steps
    step = (steps.high - steps.low) / steps.count
    x = {"x0": steps.low + step / 4, "dx": step / 2}
    return {**x, "y": envelope.zigzag(), "connectgaps": True}, True

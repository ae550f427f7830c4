"""Reduces a finished figure of a data scientist's view: traces with more points than a screen can show."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.fast.cells import Grid
from paebbl_viz.fast.charts import SMALL, steps_of
from paebbl_viz.fast.lines import Runs, Steps
from paebbl_viz.fast.ranges import around, ends_of
from paebbl_viz.fast.window import Window

# Everything that a trace may hold one of for each point.
PER_POINT = ("x", "y", "text", "hovertext", "customdata", "ids")
PER_POINT_MARKER = ("color", "size", "opacity", "symbol")
# Up to so many points SVG is as fast as WebGL, and the small bundle can draw them.
MOST_SVG_POINTS = 40_000


def reduce_figure(figure: dict[str, Any], window: Window) -> bool:
    """Changes the traces in place and says whether points were left out."""
    traces = [trace for trace in figure["data"] if trace.get("type", "scatter") in ("scatter", "scattergl")]
    big = [trace for trace in traces if _length(trace) > SMALL]
    by_axes: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for trace in big:
        by_axes.setdefault((trace.get("xaxis", "x"), trace.get("yaxis", "y")), []).append(trace)
    reduced = sum(_reduce_axes(group, window) for group in by_axes.values()) > 0
    if sum(_length(trace) for trace in traces) <= MOST_SVG_POINTS:
        for trace in traces:
            trace["type"] = "scatter"
    return reduced


def _length(trace: dict[str, Any]) -> int:
    x, y = trace.get("x"), trace.get("y")
    return len(y) if isinstance(x, np.ndarray) and isinstance(y, np.ndarray) and len(x) == len(y) else 0


def _reduce_axes(traces: list[dict[str, Any]], window: Window) -> bool:
    spans = [(_numbers(trace["x"]), _numbers(trace["y"])) for trace in traces]
    usable = [(trace, x, y) for trace, (x, y) in zip(traces, spans, strict=True) if x is not None and y is not None]
    if not usable:
        return False
    ordered = [bool((x[1:] >= x[:-1]).all()) for _, x, _ in usable]
    across = window.x or around(_ends(x, inside) for (_, x, _), inside in zip(usable, ordered, strict=True))
    here = [_inside(x, across) if inside else slice(None) for (_, x, _), inside in zip(usable, ordered, strict=True)]
    up = window.y or around(ends_of(y[part]) for (_, _, y), part in zip(usable, here, strict=True))
    grid = Grid(across, up, window.width, window.height)
    steps = steps_of(window, *across)
    for (trace, x, y), inside, part in zip(usable, ordered, here, strict=True):
        mode = trace.get("mode", "lines")
        if inside and "markers" not in mode and trace.get("fill", "none") == "none":
            _keep(trace, _line_points(x, y, steps))
        elif inside and "lines" not in mode:
            _keep(trace, grid.pick_sorted(x, y, [part], certain=False))
        elif "lines" not in mode:
            _keep(trace, np.sort(grid.pick(x, y)))
    return True


def _ends(x: NDArray[np.float64], ordered: bool) -> tuple[float, float]:
    return (float(x[0]), float(x[-1])) if ordered else ends_of(x)


def _inside(x: NDArray[np.float64], across: tuple[float, float]) -> slice:
    return slice(int(np.searchsorted(x, across[0])), int(np.searchsorted(x, across[1], side="right")))


def _line_points(x: NDArray[np.float64], y: NDArray[np.float64], steps: Steps) -> NDArray[np.intp]:
    """The real points with the lowest and the highest value of each step; one that is missing where all are."""
    runs = Runs(x, steps)
    if not runs.filled.size:
        return np.empty(0, dtype=np.intp)
    values = y[runs.span]
    lengths = np.diff(runs.starts, append=len(values))
    step = np.repeat(np.arange(len(lengths)), lengths)
    found = []
    for extreme in (np.fmin, np.fmax):
        hits = np.flatnonzero(values == np.repeat(extreme.reduceat(values, runs.starts), lengths))
        found.append(hits[np.diff(step[hits], prepend=-1) > 0])
    found.append(np.delete(runs.starts, step[found[0]]))
    return np.unique(np.concatenate(found)) + runs.span.start


def _keep(trace: dict[str, Any], kept: NDArray[np.integer]) -> None:
    length = _length(trace)
    for holder, keys in ((trace, PER_POINT), (trace.get("marker", {}), PER_POINT_MARKER)):
        for key in keys:
            value = holder.get(key)
            if isinstance(value, np.ndarray) and len(value) == length:
                holder[key] = value[kept]
            elif isinstance(value, list | tuple) and len(value) == length:
                holder[key] = [value[place] for place in kept]


def _numbers(values: NDArray[Any]) -> NDArray[np.float64] | None:
    return values.astype(np.float64, copy=False) if values.dtype.kind in "fiu" else None

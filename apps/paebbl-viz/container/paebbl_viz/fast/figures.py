"""Reduces a finished figure of a data scientist's view: traces with more points than a screen can show."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.fast.cells import Grid
from paebbl_viz.fast.charts import SMALL, STEP_PX
from paebbl_viz.fast.lines import Envelope
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
    x_range = window.x or _range([x for _, x, _ in usable])
    y_range = window.y or _range([y for _, _, y in usable])
    grid = Grid(x_range, y_range, window.width, window.height)
    for trace, x, y in usable:
        mode = trace.get("mode", "lines")
        ordered = bool((x[1:] >= x[:-1]).all())
        if ordered and "markers" not in mode and trace.get("fill", "none") == "none":
            _keep(trace, _line_points(x, y, x_range, window))
        elif ordered and "lines" not in mode:
            ends = np.searchsorted(x, x_range[0]), np.searchsorted(x, x_range[1], side="right")
            _keep(trace, grid.pick_sorted(x, y, [slice(*(int(end) for end in ends))], certain=False))
        elif "lines" not in mode:
            _keep(trace, np.sort(grid.pick(x, y)))
    return True


def _line_points(x: NDArray[Any], y: NDArray[Any], x_range: tuple[float, float], window: Window) -> NDArray[np.intp]:
    """The real points with the lowest and the highest value of each step."""
    envelope = Envelope(*x_range, max(50, window.width // STEP_PX))
    bounds = np.searchsorted(x, envelope.edges())
    bounds[-1] = np.searchsorted(x, x_range[1], side="right")
    starts = bounds[:-1][bounds[1:] > bounds[:-1]]
    if not starts.size:
        return np.empty(0, dtype=np.intp)
    step = np.repeat(np.arange(len(starts)), np.diff([*starts, bounds[-1]]))
    values = y[starts[0] : bounds[-1]]
    by_value = np.lexsort((values, step))
    ends = np.searchsorted(step, np.arange(len(starts)), side="right") - 1
    begins = np.searchsorted(step, np.arange(len(starts)))
    found = np.concatenate([by_value[begins], by_value[ends]])
    return np.unique(found) + starts[0]


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


def _range(arrays: list[NDArray[np.float64]]) -> tuple[float, float]:
    low = min(float(np.nanmin(array)) for array in arrays)
    high = max(float(np.nanmax(array)) for array in arrays)
    return (low, high) if high > low else (low - 0.5, low + 0.5)

"""The figures of the views that fit any data, made from the mapped columns without a data frame where that pays."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from paebbl_viz import labels
from paebbl_viz.fast import charts
from paebbl_viz.fast.groups import Group, groups, groups_for_axis
from paebbl_viz.filters import Selection
from paebbl_viz.store.columns import NOT_A_TIME
from paebbl_viz.store.dataset import Dataset
from paebbl_viz.viewing.theme import COLOURS, SCALE_STEPS

EVERY = {"hour": "1h", "day": "1d", "week": "1w", "month": "1mo", "quarter": "1q", "year": "1y"}
HOUR_MS = 3_600_000


def axis(data: Dataset, name: str, **more: Any) -> dict[str, Any]:
    """An axis with its words and unit, of the type that its values need."""
    kind = {"time": "date", "number": "linear"}.get(data.by_name[name].kind, "category")
    return {"title": {"text": labels.label(name)}, "type": kind, **more}


def plain(data: Dataset, name: str, rows: Any) -> NDArray[Any]:
    """Values as Plotly takes them: floats with NaN, or words with None."""
    values = data.array(name)[rows]
    column = data.by_name[name]
    if column.kind == "number":
        return values
    if column.kind == "time":
        return np.where(values == NOT_A_TIME, np.nan, values.astype(np.float64))
    words = np.array([*column.values, None], dtype=object)
    return words[np.minimum(values, len(column.values))]


def points(
    selection: Selection, x: str, y: str, colour: str | None, *, lines: bool, also: str | None = None
) -> dict[str, Any]:
    """Points, or lines in the order of `x`; `also` is a second column on the same axis."""
    data, window = selection.data, selection.window
    by_number = colour is not None and data.by_name[colour].kind == "number"
    numeric = data.by_name[x].kind in ("number", "time")
    found = groups_for_axis(selection, x, None if by_number else colour)
    every = sum(group.count for group in found) <= charts.SMALL or not numeric
    traces = []
    reduced = False
    drawn = (
        _rows_to_draw(selection, found, x, (y, also) if also else (y,), every=every) if not (lines and numeric) else {}
    )
    for value, place, group in [(value, *item) for value in ((y, also) if also else (y,)) for item in enumerate(found)]:
        shade = COLOURS[(place + (len(found) if value == also else 0)) % len(COLOURS)]
        marker: dict[str, Any] = {"size": 5, "opacity": 0.65, "color": shade}
        if lines and numeric:
            cells, less = charts.line(selection, group, x, value, window)
        else:
            rows, less = drawn[value, place], not every
            cells = {"x": plain(data, x, rows), "y": plain(data, value, rows).astype(np.float32)}
            if by_number and colour:
                marker |= {"color": plain(data, colour, rows), "coloraxis": "coloraxis"}
        reduced = reduced or less
        name = " · ".join(part for part in (group.name, labels.label(value) if also else "") if part)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines" if lines else "markers",
                **cells,
                "name": name,
                "marker": marker,
                "line": {"width": 1.5, "color": shade},
                "showlegend": bool(name),
            }
        )
    layout: dict[str, Any] = {"xaxis": axis(data, x), "yaxis": axis(data, y)}
    if also:
        layout["yaxis"]["title"]["text"] += f" · {labels.label(also)}"
    if by_number and colour:
        layout["coloraxis"] = {"colorscale": SCALE_STEPS, "colorbar": {"title": {"text": labels.label(colour)}}}
    elif colour:
        layout["legend"] = {"title": {"text": labels.label(colour)}}
    return {"data": traces, "layout": layout, "reduced": reduced}


def _rows_to_draw(
    selection: Selection, found: list[Group], x: str, values: tuple[str, ...], *, every: bool
) -> dict[tuple[str, int], NDArray[np.intp]]:
    """The rows of each column and group."""
    drawn: dict[tuple[str, int], NDArray[np.intp]] = {}
    for value in values:
        if every:
            parts = [group.all_rows() for group in found]
        else:
            parts = charts.points(selection, found, x, value, selection.window)
        drawn |= {(value, place): part for place, part in enumerate(parts)}
    return drawn


def histogram(
    selection: Selection, name: str, split_by: str | None, *, steps: int, logarithmic: bool
) -> dict[str, Any]:
    """Counts are made here: the browser gets one number for each bar, whatever the number of rows."""
    data = selection.data
    column = data.by_name[name]
    traces = []
    edges: NDArray[np.float64] | None = None
    if column.kind in ("number", "time"):
        present = selection.data.present(name, selection.rows)
        values = data.array(name)[selection.rows][present].astype(np.float64)
        if logarithmic and column.kind == "number" and (values > 0).any():
            edges = np.geomspace(values[values > 0].min(), values.max(), steps + 1)
        elif values.size:
            edges = np.histogram_bin_edges(values, bins=steps)
    for place, group in enumerate(groups(selection, split_by)):
        rows = group.all_rows()
        trace: dict[str, Any] = {"type": "bar", "name": group.name, "showlegend": bool(group.name)}
        trace["marker"] = {"color": COLOURS[place % len(COLOURS)], "line": {"width": 0}}
        if edges is None:
            counts = np.bincount(data.array(name)[rows], minlength=len(column.values))[: len(column.values)]
            trace |= {"x": list(column.values), "y": counts}
        else:
            cells = data.array(name)[rows][data.present(name, rows)]
            counts, _ = np.histogram(cells.astype(np.float64), bins=edges)
            trace |= {"x": (edges[:-1] + edges[1:]) / 2, "y": counts, "width": np.diff(edges)}
        traces.append(trace)
    along = axis(
        data, name, **({"type": "log"} if logarithmic and edges is not None and column.kind == "number" else {})
    )
    layout = {
        "xaxis": along,
        "yaxis": {"title": {"text": "Rows"}},
        "barmode": "stack",
        "bargap": 0 if edges is not None else 0.15,
    }
    if split_by:
        layout["legend"] = {"title": {"text": labels.label(split_by)}}
    return {"data": traces, "layout": layout}


def over_time(
    selection: Selection, time: str, value: str, split_by: str | None, *, summary: str, every: str
) -> dict[str, Any]:
    data = selection.data
    step = EVERY.get(every) or _step(selection, time)
    traces = []
    for place, group in enumerate(groups(selection, split_by)):
        rows = group.all_rows()
        frame = pl.DataFrame({"time": data.array(time)[rows], "value": data.array(value)[rows]})
        frame = frame.filter(pl.col("time") != NOT_A_TIME, pl.col("value").is_not_nan())
        when = pl.col("time").cast(pl.Datetime("ms")).dt.truncate(step)
        number = pl.col("value")
        how = {
            "mean": number.mean(),
            "median": number.median(),
            "sum": number.sum(),
            "minimum": number.min(),
            "maximum": number.max(),
            "count": number.count(),
        }[summary]
        line = frame.group_by(when).agg(how).sort("time")
        shade = COLOURS[place % len(COLOURS)]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers" if line.height <= 60 else "lines",
                "x": line["time"].to_physical().to_numpy().astype(np.float64),
                "y": line["value"].to_numpy(),
                "name": group.name,
                "showlegend": bool(group.name),
                "line": {"width": 2, "color": shade},
                "marker": {"size": 5, "color": shade},
            }
        )
    words = f"{labels.label(value)}, {summary}" if summary != "count" else "Rows"
    layout: dict[str, Any] = {"xaxis": axis(data, time), "yaxis": {"title": {"text": words}}}
    if split_by:
        layout["legend"] = {"title": {"text": labels.label(split_by)}}
    return {"data": traces, "layout": layout}


def _step(selection: Selection, time: str) -> str:
    """The finest of hour to year that leaves at most about 400 steps."""
    values = selection.data.array(time)[selection.rows]
    values = values[values != NOT_A_TIME]
    span = int(values.max() - values.min()) if values.size else 0
    for hours, step in ((1, "1h"), (24, "1d"), (24 * 7, "1w"), (24 * 30, "1mo"), (24 * 91, "1q")):
        if span <= hours * HOUR_MS * 400:
            return step
    return "1y"

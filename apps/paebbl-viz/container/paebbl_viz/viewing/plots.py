"""The figures of the views that fit any data, made from the mapped columns without a data frame where that pays."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from paebbl_viz import labels
from paebbl_viz.fast import charts
from paebbl_viz.fast.groups import groups, groups_for_axis
from paebbl_viz.fast.points import cloud
from paebbl_viz.fast.precision import float_type
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
    data = selection.data
    by_number = colour is not None and data.by_name[colour].kind == "number"
    split_by = None if by_number else colour
    values = (y, also) if also else (y,)
    if lines and data.by_name[x].kind in ("number", "time"):
        names, cells, reduced = _lines(selection, x, values, split_by)
    else:
        names, cells, reduced = _points(selection, x, values, split_by, by_number=colour if by_number else None)
    traces = []
    for number, (value, place) in enumerate(itertools.product(values, range(len(names)))):
        shade = COLOURS[number % len(COLOURS)]
        name = " · ".join(part for part in (names[place], labels.label(value) if also else "") if part)
        marker = {"size": 5, "opacity": 0.65, "color": shade, **cells[number].pop("marker", {})}
        traces.append(
            {
                "type": "scatter",
                "mode": "lines" if lines else "markers",
                **cells[number],
                "name": name,
                "meta": {"x": x, "y": value},
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


# The names of the groups, what the traces hold (of each column the groups), and whether rows were left out.
Cells = tuple[list[str], list[dict[str, Any]], bool]


def _lines(selection: Selection, x: str, values: tuple[str, ...], colour: str | None) -> Cells:
    found = groups_for_axis(selection, x, colour)
    drawn = charts.lines(selection, found, x, values, selection.window)
    cells = [lines[place] for place in range(len(values)) for lines in drawn]
    return [group.name for group in found], [one for one, _ in cells], any(less for _, less in cells)


def _points(
    selection: Selection, x: str, values: tuple[str, ...], colour: str | None, *, by_number: str | None
) -> Cells:
    data = selection.data
    found = cloud(selection, x, values, colour, selection.window)
    index = found.index
    cells: list[dict[str, Any]] = []
    for value, picked in zip(values, found.columns, strict=True):
        rows = picked.rows(index) if index is None or by_number else []
        if index is not None:
            along, up = picked.take(index.along), picked.take(index.values(value))
        else:
            kind = float_type(data.by_name[value])
            along, up = [plain(data, x, part) for part in rows], [data.array(value)[part].astype(kind) for part in rows]
        parts: list[dict[str, Any]] = [
            {"x": x_values, "y": y_values} for x_values, y_values in zip(along, up, strict=True)
        ]
        if by_number:
            for one, part in zip(parts, rows, strict=True):
                one["marker"] = {"color": plain(data, by_number, part), "coloraxis": "coloraxis"}
        cells += parts
    return found.names, cells, found.reduced


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

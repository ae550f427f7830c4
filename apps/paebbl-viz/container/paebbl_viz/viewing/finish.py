"""From the figure that a view returned to the JSON that the browser draws."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from paebbl_viz import labels
from paebbl_viz.errors import ViewFailed
from paebbl_viz.fast.figures import reduce_figure
from paebbl_viz.fast.window import Window
from paebbl_viz.store.dataset import Dataset

# What static/vendor/plotly-lean.min.js can draw; everything else gets the full bundle.
LEAN_TRACES = frozenset({"scatter", "bar", "box", "heatmap", "histogram"})
TYPED = {"f8": "f8", "f4": "f4", "i1": "i1", "i2": "i2", "i4": "i4", "u1": "u1", "u2": "u2", "u4": "u4"}


def as_figure(made: Any, file_name: str) -> dict[str, Any]:
    """{"data", "layout"} of what a view returned, not yet reduced.  Raises ViewFailed when that is no figure."""
    if isinstance(made, dict) and "data" in made:
        return _with_numbers_for_dates(made)
    if hasattr(made, "data") and hasattr(made, "layout"):
        layout = made.layout.to_plotly_json()
        layout.pop("template", None)
        return _with_numbers_for_dates({"data": [trace.to_plotly_json() for trace in made.data], "layout": layout})
    raise ViewFailed(f"{file_name}: the view must return a Plotly figure, got: {type(made).__name__}")


def finish(figure: dict[str, Any], data: Dataset, window: Window) -> tuple[dict[str, Any], str, bool]:
    """Returns (figure, bundle, whether it was reduced); one that says whether it is reduced is left as it is."""
    reduced = bool(figure.pop("reduced")) if "reduced" in figure else reduce_figure(figure, window)
    _tell_columns(figure, data)
    _name_axes(figure, data)
    figure = {"data": [_plain(trace) for trace in figure["data"]], "layout": _plain(figure["layout"])}
    traces = {trace.get("type", "scatter") for trace in figure["data"]}
    return figure, "lean" if traces <= LEAN_TRACES else "full", reduced


def _tell_columns(figure: dict[str, Any], data: Dataset) -> None:
    """In `meta` of points whose axes are titled by columns, so that the page can ask for the rows under the cursor."""
    titles = {}
    for key in ("x", "y"):
        title = figure["layout"].get(f"{key}axis", {}).get("title")
        titles[key] = title.get("text") if isinstance(title, dict) else title
    if all(title in data.by_name for title in titles.values()):
        for trace in figure["data"]:
            if trace.get("type", "scatter") in ("scatter", "scattergl"):
                trace.setdefault("meta", dict(titles))


def _name_axes(figure: dict[str, Any], data: Dataset) -> None:
    """Column names become words with units where the figure shows a bare column name."""
    layout = figure["layout"]
    titled = [value for key, value in layout.items() if key.startswith(("xaxis", "yaxis")) and isinstance(value, dict)]
    titled += [layout.get("legend", {})]
    titled += [axis.get("colorbar", {}) for key, axis in layout.items() if key.startswith("coloraxis")]
    for item in titled:
        title = item.get("title")
        if isinstance(title, dict) and title.get("text") in data.by_name:
            title["text"] = labels.label(title["text"])
    for trace in figure["data"]:
        template = trace.get("hovertemplate")
        if isinstance(template, str):
            trace["hovertemplate"] = "<br>".join(_name_hover(part, data) for part in template.split("<br>"))


def _name_hover(part: str, data: Dataset) -> str:
    name, separator, rest = part.partition("=")
    return f"{labels.label(name)}: {rest}" if separator and name in data.by_name else part


def _with_numbers_for_dates(figure: dict[str, Any]) -> dict[str, Any]:
    layout = figure.setdefault("layout", {})
    for trace in figure["data"]:
        for axis in ("x", "y"):
            values = trace.get(axis)
            if isinstance(values, np.ndarray) and values.dtype.kind == "M":
                trace[axis] = _milliseconds(values)
                key = f"{axis}axis{str(trace.get(f'{axis}axis', axis))[1:]}"
                layout.setdefault(key, {}).setdefault("type", "date")
    return figure


def _milliseconds(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """A quarter of the bytes of ISO dates, and no parsing in the browser."""
    found = values.astype("datetime64[ms]")
    return np.where(np.isnat(found), np.nan, found.astype(np.int64).astype(np.float64))


AS_IT_IS = frozenset({str, int, bool, type(None)})


def _plain(value: Any) -> Any:
    if type(value) in AS_IT_IS:
        return value
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.ndarray):
        return _typed(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value


def _typed(values: np.ndarray[Any, Any]) -> Any:
    """Numbers travel as base64 of their bytes, which the browser maps without parsing."""
    if values.dtype.kind == "M":
        return [
            None if text == "NaT" else text for text in np.datetime_as_string(values.astype("datetime64[ms]")).tolist()
        ]
    if values.dtype.kind in "iu" and values.dtype.itemsize == 8:
        fits = not values.size or (values.min() >= -(2**31) and values.max() < 2**31)
        values = values.astype(np.int32 if fits else np.float64)
    code = values.dtype.str[1:]
    if code not in TYPED or values.ndim > 2:
        return [_plain(item) for item in values.tolist()]
    spec: dict[str, Any] = {"dtype": code, "bdata": base64.b64encode(np.ascontiguousarray(values).data).decode("ascii")}
    if values.ndim == 2:
        spec["shape"] = f"{values.shape[0]}, {values.shape[1]}"
    return spec

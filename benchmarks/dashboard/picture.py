"""Is a reduced scatter the picture that all points would draw?  Both are painted as marks of 5 px and compared."""

from __future__ import annotations

import base64
import json
import urllib.request
from typing import Any

import numpy as np
import polars as pl

import queries

WIDTH, HEIGHT = 1000, 600
RADIUS = 2


def overlap(base: str, data: str, region: str = "north") -> float:
    """The share of the pixels with ink in either picture on which both have ink; the lower of the two columns."""
    address = base + queries.ours(**{"p.draw": "points", "in.region": region})
    with urllib.request.urlopen(address, timeout=120) as answer:
        traces = json.load(answer)["figure"]["data"]
    full = pl.scan_csv(data, try_parse_dates=True).filter(pl.col("region") == region)
    table = full.select(pl.col("time").cast(pl.Datetime("ms")), "temperature", "pressure").collect()
    columns = ("temperature", "pressure")
    moments = table["time"].to_physical().to_numpy().astype(float)
    across = moments.min(), moments.max()
    up = min(table[name].min() for name in columns), max(table[name].max() for name in columns)
    found = []
    for name in columns:
        mine = [trace for trace in traces if trace["meta"]["y"] == name]
        drawn = [np.concatenate([_numbers(trace[axis]) for trace in mine]) for axis in ("x", "y")]
        one, other = _ink(moments, table[name].to_numpy(), across, up), _ink(*drawn, across, up)
        found.append((one & other).sum() / (one | other).sum())
    return round(float(min(found)), 3)


def _numbers(cells: dict[str, str]) -> np.ndarray[Any, Any]:
    return np.frombuffer(base64.b64decode(cells["bdata"]), cells["dtype"]).astype(float)


def _ink(x: Any, y: Any, across: tuple[float, float], up: tuple[float, float]) -> np.ndarray[Any, Any]:
    picture = np.zeros((WIDTH + 2 * RADIUS + 2, HEIGHT + 2 * RADIUS + 2), dtype=bool)
    column = ((x - across[0]) / (across[1] - across[0]) * WIDTH).astype(int)
    row = ((y - up[0]) / (up[1] - up[0]) * HEIGHT).clip(0, HEIGHT).astype(int)
    for right in range(-RADIUS, RADIUS + 1):
        for above in range(-RADIUS, RADIUS + 1):
            if right * right + above * above <= (RADIUS + 0.5) ** 2:
                picture[column + right + RADIUS, row + above + RADIUS] = True
    return picture

"""Makes the CSV of the benchmark: 12 columns, the same bytes for the same number of rows.

python make_data.py ROWS FILE
"""

from __future__ import annotations

import sys

import numpy as np
import polars as pl

ROWS_AT_ONCE = 1_000_000


def make(rows: int, path: str, seed: int = 20260105) -> None:
    rng = np.random.default_rng(seed)
    start = np.datetime64("2024-01-01T00:00:00", "ms")
    step_ms = 365 * 86_400_000 // rows
    level = 0.0
    with open(path, "wb") as file:
        for first in range(0, rows, ROWS_AT_ONCE):
            count = min(ROWS_AT_ONCE, rows - first)
            walk = level + np.cumsum(rng.normal(0, 30 / np.sqrt(rows), count))
            level = float(walk[-1])
            moments = start + (np.arange(first, first + count) * step_ms).astype("timedelta64[ms]")
            pl.DataFrame(
                {
                    "time": moments,
                    "region": rng.choice(["north", "south", "east", "west", "centre"], count),
                    "kind": rng.choice(["a", "b", "c", "d"], count),
                    "site": rng.choice([f"s{number}" for number in range(40)], count),
                    "temperature": np.round(20 + walk + rng.normal(0, 2, count), 3),
                    "pressure": np.round(60 + 0.5 * walk + rng.normal(0, 5, count), 3),
                    "flow": np.round(rng.gamma(2, 3, count), 3),
                    "ph": np.round(rng.normal(7, 0.3, count), 3),
                    "load": np.round(rng.random(count) * 100, 3),
                    "power": np.round(rng.normal(500, 60, count), 2),
                    "events": rng.integers(0, 1000, count),
                    "ok": rng.choice(["true", "false"], count),
                }
            ).write_csv(file, include_header=first == 0, datetime_format="%Y-%m-%dT%H:%M:%S%.3f")


if __name__ == "__main__":
    make(int(sys.argv[1]), sys.argv[2])

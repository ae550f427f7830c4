"""A filter that leaves a small part of the ranges is drawn with all of the detail that the screen has."""

from __future__ import annotations

import base64

import numpy as np
import polars as pl
import pytest
from test_fast import overlap

START = 1_700_000_000_000
ROWS = 120_000


@pytest.fixture(scope="module")
def corner(tmp_path_factory):
    """An app and its table, whose 'small' rows fill a fiftieth of the range of time and of the values."""
    from paebbl_viz.app import create_app
    from paebbl_viz.settings import Settings

    folder = tmp_path_factory.mktemp("corner")
    rng = np.random.default_rng(3)
    small = np.arange(ROWS) % 2 == 0
    frame = pl.DataFrame(
        {
            "time": np.where(small, rng.random(ROWS) * 2e6, rng.random(ROWS) * 1e8).astype(np.int64) + START,
            "kind": np.where(small, "small", "large"),
            "value": np.round(np.where(small, rng.random(ROWS), rng.normal(0, 25, ROWS)), 4),
            "load": rng.integers(0, 100, ROWS),
        }
    )
    path = folder / "corner.csv"
    frame.with_columns(pl.col("time").cast(pl.Datetime("ms"))).write_csv(path, datetime_format="%Y-%m-%dT%H:%M:%S%.3f")
    app = create_app(Settings(data_file=path, state_dir=folder / "state", log_level="ERROR", hot_reload="off"))
    return app.test_client(), frame


def numbers(cells) -> np.ndarray:
    return np.frombuffer(base64.b64decode(cells["bdata"]), cells["dtype"]).astype(float)


# With two filters no index can answer, and the rows are looked at one by one.
@pytest.mark.parametrize("more", ["", "&min.load=0"])
def test_points_of_a_corner_cover_the_picture_of_all_of_them(corner, more):
    client, frame = corner
    address = f"/views/explore/figure.json?p.x=time&p.y=value&in.kind=small{more}"
    trace = client.get(address).get_json()["figure"]["data"][0]
    rows = frame.filter(pl.col("kind") == "small")
    full = rows["time"].to_numpy(), rows["value"].to_numpy()
    drawn = numbers(trace["x"]), numbers(trace["y"])
    assert len(drawn[0]) < len(full[0])
    assert overlap(full, drawn) >= 0.9


@pytest.mark.parametrize("more", ["", "&min.load=0"])
def test_a_line_of_a_corner_has_as_many_steps_as_any_other(corner, more):
    client, frame = corner
    address = f"/views/explore/figure.json?p.x=time&p.y=value&in.kind=small&p.draw=lines{more}"
    trace = client.get(address).get_json()["figure"]["data"][0]
    times = frame.filter(pl.col("kind") == "small")["time"]
    assert np.isfinite(numbers(trace["y"])).mean() > 0.99
    assert trace["x0"] == pytest.approx(times.min(), abs=2 * trace["dx"])
    assert trace["x0"] + trace["dx"] * len(numbers(trace["y"])) == pytest.approx(times.max(), abs=2 * trace["dx"])


def test_two_columns_on_one_axis_share_its_cells(corner):
    """Each alone would get cells for the whole height, of which it fills a part."""
    client, _ = corner
    address = "/views/explore/figure.json?p.x=time&p.y=value&in.kind=small"
    alone, both = (
        [len(numbers(trace["x"])) for trace in client.get(query).get_json()["figure"]["data"]]
        for query in (address, f"{address}&p.also=load")
    )
    assert both[0] < alone[0] / 10


def test_a_moment_that_is_missing_is_no_point_of_a_line(make_app, write_csv):
    rows = "".join(f"2026-01-{1 + i % 28:02},{i}\n" for i in range(40)) + ",99\n"
    client = make_app(data_file=write_csv(f"day,value\n{rows}")).test_client()
    trace = client.get("/views/explore/figure.json?p.x=day&p.y=value&p.draw=lines").get_json()["figure"]["data"][0]
    assert len(numbers(trace["x"])) == 40
    assert numbers(trace["x"]).min() > 0

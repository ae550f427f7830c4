"""Whatever part of a large table is on the screen, the envelope is right, and few blocks are looked at."""

from __future__ import annotations

import numpy as np
import pytest

from paebbl_viz.fast import pyramid
from paebbl_viz.fast.precision import float_type
from paebbl_viz.store.columns import Column


@pytest.mark.parametrize("rows", [1, 7, 8, 9, 4_000, 100_003])
def test_every_block_of_every_level_has_its_own_extremes(rows):
    rng = np.random.default_rng(rows)
    x, y = np.sort(rng.random(rows)), rng.normal(size=rows).astype(np.float32)
    y[::7] = np.nan
    lowest, highest = pyramid.build(y, np.fmin), pyramid.build(y, np.fmax)
    found = pyramid.levels(rows, pyramid.firsts(x), lowest, highest)
    assert sum(len(level.x) for level in found) == len(lowest) == len(highest)
    for level in found:
        parts = [y[start : start + level.rows] for start in range(0, rows, level.rows)]
        np.testing.assert_array_equal(level.x, x[:: level.rows])
        present = [part[~np.isnan(part)] for part in parts]
        np.testing.assert_array_equal(level.lowest, [part.min() if part.size else np.nan for part in present])
        np.testing.assert_array_equal(level.highest, [part.max() if part.size else np.nan for part in present])
    assert len(found[-1].x) <= pyramid.FEWEST_BLOCKS


@pytest.fixture(scope="module")
def huge(tmp_path_factory):
    """A table in which the levels matter: one colour, a million rows."""
    import polars as pl

    from paebbl_viz.app import create_app
    from paebbl_viz.settings import Settings

    folder = tmp_path_factory.mktemp("huge")
    rng = np.random.default_rng(11)
    count = 400_000
    frame = pl.DataFrame({"x": np.sort(rng.random(count)) * 1e6, "y": np.cumsum(rng.normal(size=count))})
    path = folder / "huge.csv"
    frame.write_csv(path)
    app = create_app(Settings(data_file=path, state_dir=folder / "state", log_level="ERROR", hot_reload="off"))
    return app.extensions["paebbl_viz"].library.current().data, frame


@pytest.mark.parametrize(("low", "high"), [(0.0, 1e6), (12_345.6, 987_654.3), (400_000.0, 560_000.0), (5e5, 5.2e5)])
def test_a_window_of_a_large_table_shows_its_extremes_and_each_step_nearly_its_own(huge, low, high):
    from paebbl_viz.fast.charts import lines
    from paebbl_viz.fast.groups import groups_for_axis
    from paebbl_viz.fast.window import Window
    from paebbl_viz.filters import Selection

    data, frame = huge
    selection = Selection(data, (), Window(x=(low, high)))
    (group,) = groups_for_axis(selection, "x", None)
    assert group.index is not None
    (((cells, reduced),),) = lines(selection, [group], "x", ("y",), selection.window)
    x, y = frame["x"].to_numpy(), frame["y"].to_numpy().astype(np.float32)
    inside = (x >= low) & (x <= high)
    x, y = x[inside], y[inside]
    assert reduced
    assert (np.nanmin(cells["y"]), np.nanmax(cells["y"])) == (y.min(), y.max())
    step = np.minimum(((x - low) / (high - low) * 500).astype(int), 499)
    exact = [(y[step == at].min(), y[step == at].max()) for at in range(500)]
    # Where blocks are looked at, a step may have a few rows of its neighbour, and none of anybody else.
    close = np.abs(np.array(exact) - cells["y"].reshape(-1, 2)).max(axis=1)
    assert np.median(close) <= np.ptp(y) / 200


def column(low, high, *, integer=False):
    return Column("a", "number", "0", 0, minimum=low, maximum=high, integer=integer)


def test_32_bits_are_used_only_where_they_draw_the_same_picture():
    assert float_type(column(0.0, 1.0)) is np.float32
    assert float_type(column(-40.0, 1_000.0)) is np.float32
    assert float_type(column(0, 2**24, integer=True)) is np.float32
    assert float_type(column(101_325.1, 101_325.3)) is np.float64
    assert float_type(column(1_700_000_000, 1_700_000_900, integer=True)) is np.float64


def test_points_far_from_zero_and_close_together_keep_their_places(make_app, write_csv):
    import base64

    values = [101_325.1 + number * 0.001 for number in range(100)]
    path = write_csv("a,b\n" + "".join(f"{number},{value:.3f}\n" for number, value in enumerate(values)))
    client = make_app(data_file=path).test_client()
    answer = client.get("/views/explore/figure.json?p.x=a&p.y=b").get_json()
    drawn = answer["figure"]["data"][0]["y"]
    found = np.frombuffer(base64.b64decode(drawn["bdata"]), drawn["dtype"])
    assert found.tolist() == [round(value, 3) for value in values]


def test_equal_moments_are_drawn_in_all_colours(make_app, write_csv):
    """A file in the order of its kinds, which all have the same moments: the last kind must not cover the others."""
    rows = [f"{number},{number % 50},{kind}" for number in range(20_000) for kind in "abc"]
    path = write_csv("x,y,kind\n" + "\n".join(rows) + "\n")
    client = make_app(data_file=path).test_client()
    answer = client.get("/views/explore/figure.json?p.x=x&p.y=y&p.colour=kind").get_json()
    counts = [len(trace["y"]["bdata"]) for trace in answer["figure"]["data"]]
    assert len(counts) == 3
    assert max(counts) < 1.3 * min(counts)

"""Large tables: less is sent, and the picture stays the same."""

from __future__ import annotations

import base64

import numpy as np
import polars as pl
import pytest

from paebbl_viz.fast.cells import Grid
from paebbl_viz.fast.groups import groups, groups_for_axis
from paebbl_viz.fast.lines import Envelope, Steps

ROWS = 60_000
START = 1_700_000_000_000


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """An app with a table that is large enough for an index, and the table."""
    from paebbl_viz.app import create_app
    from paebbl_viz.settings import Settings

    folder = tmp_path_factory.mktemp("large")
    rng = np.random.default_rng(7)
    frame = pl.DataFrame(
        {
            "time": pl.Series(START + rng.permutation(ROWS) * 1000).cast(pl.Datetime("ms")),
            "region": rng.choice(["north", "south", "east"], ROWS, p=[0.2, 0.3, 0.5]),
            "kind": rng.choice(["a", "b"], ROWS),
            "value": np.round(rng.normal(0, 1, ROWS), 3),
            "load": np.round(rng.random(ROWS) * 100, 3),
        }
    ).with_columns(pl.when(pl.int_range(pl.len()) % 50 == 7).then(None).otherwise(pl.col("value")).alias("value"))
    path = folder / "large.csv"
    frame.write_csv(path, datetime_format="%Y-%m-%dT%H:%M:%S")
    app = create_app(Settings(data_file=path, state_dir=folder / "state", log_level="ERROR", hot_reload="off"))
    return app, frame


def ask(app, **query):
    from urllib.parse import urlencode

    pairs = {"p.x": "time", "p.y": "value", "p.colour": "kind", **query}
    return app.test_client().get(f"/views/explore/figure.json?{urlencode(pairs, doseq=True)}").get_json()


def numbers(cells) -> np.ndarray:
    return np.frombuffer(base64.b64decode(cells["bdata"]), cells["dtype"]).astype(float)


def window(frame, **kept):
    for name, value in kept.items():
        frame = frame.filter(pl.col(name) == value)
    return frame


@pytest.mark.parametrize("query", [{}, {"in.region": "north"}, {"in.region": ["north", "east"]}, {"min.load": "20"}])
def test_a_line_keeps_the_lowest_and_the_highest_value_of_every_step(large, query):
    app, frame = large
    answer = ask(app, **query, **{"p.draw": "lines"})
    if "in.region" in query:
        frame = frame.filter(pl.col("region").is_in(np.atleast_1d(query["in.region"]).tolist()))
    if "min.load" in query:
        frame = frame.filter(pl.col("load") >= 20)
    assert answer["reduced"] is True
    assert answer["rows"] == frame.height
    for trace, kind in zip(answer["figure"]["data"], ("a", "b"), strict=True):
        drawn = numbers(trace["y"])
        values = frame.filter(pl.col("kind") == kind)["value"]
        assert len(drawn) <= 1000
        assert np.nanmin(drawn) == pytest.approx(values.min())
        assert np.nanmax(drawn) == pytest.approx(values.max())
        assert (np.diff(drawn.reshape(-1, 2), axis=1)[~np.isnan(drawn[::2])] >= 0).all()


def test_blocks_and_rows_give_the_same_envelope_to_a_sixth_of_a_step():
    rng = np.random.default_rng(1)
    x = np.sort(rng.random(100_000))
    y = rng.normal(size=100_000).astype(np.float32)
    exact, blocks = Envelope(Steps(0, 1, 100)), Envelope(Steps(0, 1, 100))
    exact.add_sorted(x, y, y)
    starts = np.arange(0, len(y), 8)
    blocks.add_sorted(x[::8], np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts))
    assert np.nanmin(blocks.least) == np.nanmin(exact.least)
    assert np.mean(blocks.most == exact.most) > 0.95


def test_an_envelope_is_what_brute_force_finds():
    rng = np.random.default_rng(2)
    x = np.sort(np.concatenate([rng.random(300) * 0.3, 0.8 + rng.random(300) * 0.2]))
    y = rng.normal(size=600).astype(np.float32)
    y[::9] = np.nan
    envelope = Envelope(Steps(0.05, 0.95, 40))
    envelope.add_sorted(x[:250], y[:250], y[:250])
    envelope.add_sorted(x[250:], y[250:], y[250:])
    edges = envelope.steps.edges
    for step in range(40):
        last = step == 39
        inside = (x >= edges[step]) & ((x <= edges[step + 1]) if last else (x < edges[step + 1]))
        values = y[inside & ~np.isnan(y)]
        wanted = (values.min(), values.max()) if len(values) else (np.nan, np.nan)
        np.testing.assert_equal((envelope.least[step], envelope.most[step]), wanted)


def test_zooming_in_shows_every_point(large):
    app, frame = large
    low, high = START + 10_000_000, START + 11_000_000
    answer = ask(app, **{"p.draw": "lines", "in.region": "north", "zx": f"{low},{high}"})
    for trace, kind in zip(answer["figure"]["data"], ("a", "b"), strict=True):
        rows = window(frame, region="north", kind=kind).sort("time")
        moments = rows["time"].to_physical().to_numpy()
        inside = (moments >= low) & (moments <= high)
        drawn = numbers(trace["x"])
        assert set(moments[inside].tolist()) <= set(drawn.astype(int).tolist())
        assert len(drawn) <= inside.sum() + 2


def test_points_that_are_drawn_are_real_and_cover_the_full_picture(large):
    app, frame = large
    answer = ask(app, **{"in.region": "east"})
    assert answer["reduced"] is True
    drawn = []
    for trace, kind in zip(answer["figure"]["data"], ("a", "b"), strict=True):
        rows = window(frame, region="east", kind=kind).drop_nulls()
        x, y = rows["time"].to_physical().to_numpy(), rows["value"].to_numpy()
        real = set(zip(x.tolist(), y.astype(np.float32).tolist(), strict=True))
        part = numbers(trace["x"]), numbers(trace["y"])
        assert set(zip(part[0].astype(int).tolist(), part[1].tolist(), strict=True)) <= real
        drawn.append(part)
    rows = window(frame, region="east").drop_nulls()
    full = rows["time"].to_physical().to_numpy(), rows["value"].to_numpy()
    both = tuple(np.concatenate([part[axis] for part in drawn]) for axis in (0, 1))
    assert len(both[0]) < 0.8 * len(full[0])
    assert overlap(full, both) >= 0.9
    # No colour is always on top: both have about the share of the points that they have of the rows.
    assert 0.45 < len(drawn[0][0]) / len(both[0]) < 0.55


def overlap(full, drawn, width=1000, height=600, radius=2) -> float:
    """The share of the pixels that either picture has ink on, on which both have: markers are 5 px wide."""

    def picture(points):
        ink = np.zeros((width + 2 * radius + 1, height + 2 * radius + 1), dtype=bool)
        x = ((points[0] - full[0].min()) / np.ptp(full[0]) * width).astype(int)
        y = ((points[1] - full[1].min()) / np.ptp(full[1]) * height).astype(int)
        for right in range(2 * radius + 1):
            for up in range(2 * radius + 1):
                ink[x + right, y + up] = True
        return ink

    first, second = picture(full), picture(drawn)
    return (first & second).sum() / (first | second).sum()


def test_an_index_holds_the_same_rows_as_a_look_at_every_row(large):
    from werkzeug.datastructures import MultiDict

    from paebbl_viz.filters import parse_filters

    app, _ = large
    data = app.extensions["paebbl_viz"].library.current().data
    for args in ({}, {"in.region": "south"}):
        selection = parse_filters(data, MultiDict(args))
        fast, slow = groups_for_axis(selection, "time", "kind"), groups(selection, "kind")
        assert [group.name for group in fast] == [group.name for group in slow]
        for one, other in zip(fast, slow, strict=True):
            assert one.index is not None
            assert sorted(one.all_rows().tolist()) == other.all_rows().tolist()
            assert (np.diff(data.array("time")[one.all_rows()]) >= 0).all()


def test_a_grid_leaves_out_what_is_missing_or_outside():
    grid = Grid((0, 10), (0, 10), 30, 30)
    x = np.array([1.2, np.nan, 2.0, 11.0, 10.0, 1.3])
    y = np.array([1.2, 2.0, np.nan, 3.0, 10.0, 1.3])
    assert sorted(grid.pick(x, y).tolist()) in ([0, 4], [4, 5])


@pytest.mark.parametrize(
    "code", ["px.scatter(f, x='time', y='value', color='kind')", "px.line(f.sort('time'), x='time', y='value')"]
)
def test_a_plain_plotly_figure_is_reduced_too(large, tmp_path, code):
    from paebbl_viz.fast.window import Window
    from paebbl_viz.filters import Selection
    from paebbl_viz.viewing.registry import load_view
    from paebbl_viz.viewing.run import draw

    path = tmp_path / "mine.py"
    path.write_text(f"import plotly.express as px\ndef mine(f): return {code}\n")
    data = large[0].extensions["paebbl_viz"].library.current().data
    whole = draw(load_view(path), Selection(data, ()), {})
    assert (whole.bundle, whole.reduced) == ("lean", True)
    assert sum(len(numbers(trace["y"])) for trace in whole.figure["data"]) < ROWS / 1.2
    near = draw(load_view(path), Selection(data, (), Window(x=(START, START + 60_000))), {})
    assert sum(len(numbers(trace["y"])) for trace in near.figure["data"]) <= 62


@pytest.mark.parametrize("query", ["zx=1", "zx=2,1", "zx=a,b", "zy=nan,1"])
def test_a_window_that_cannot_be_is_refused(client, query):
    assert client.get(f"/views/explore/figure.json?{query}").status_code == 400


def test_an_answer_in_memory_skips_flask_and_new_data_make_it_unreachable(make_app, write_csv):
    path = write_csv("a,b\n" + "".join(f"{i},{i}\n" for i in range(100)))
    app = make_app(data_file=path, hot_reload="off")
    services, client = app.extensions["paebbl_viz"], app.test_client()
    address = "/views/explore/figure.json"
    asked = []
    app.before_request(lambda: asked.append(1))
    first = client.get(address, headers={"Accept-Encoding": "br"})
    asked.clear()
    again = client.get(address, headers={"Accept-Encoding": "br"})
    known = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert asked == []
    assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"])
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert (known.status_code, known.data) == (304, b"")
    write_csv("a,b\n1,2\n3,4\n")
    services.refresher.refresh()
    assert client.get(address).get_json()["rows"] == 2
    assert asked == [1]


def test_the_cache_holds_no_more_bytes_than_it_may():
    from paebbl_viz.cache import AnswerCache

    cache = AnswerCache(100_000)
    rng = np.random.default_rng(3)
    for number in range(50):
        cache.get_or_make(number, lambda: rng.bytes(9_000))
        assert cache.held_bytes <= 100_000
    made = []
    cache.get_or_make(49, lambda: made.append(1) or b"")
    cache.get_or_make("giant", lambda: rng.bytes(60_000))
    assert (made, cache.held_bytes <= 100_000) == ([], True)


def test_the_answer_that_nobody_asked_for_the_longest_goes_first():
    from paebbl_viz.cache import AnswerCache

    cache = AnswerCache(100_000)
    rng = np.random.default_rng(3)
    made = []

    def ask(key):
        return cache.get_or_make(key, lambda: made.append(key) or rng.bytes(24_000))

    for key in ("a", "b", "c", "d", "a", "e"):
        ask(key)
    assert made == ["a", "b", "c", "d", "e"]
    for key in ("a", "c", "d", "e"):
        ask(key)
    assert made == ["a", "b", "c", "d", "e"]
    ask("b")
    assert made == ["a", "b", "c", "d", "e", "b"]

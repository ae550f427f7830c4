"""New data come with the indexes that the data before had."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from paebbl_viz.fast import index as indexes
from paebbl_viz.reader import child
from paebbl_viz.reader.ingest import Limits
from paebbl_viz.store.versions import Current, Versions

ASK = "/views/explore/figure.json?p.x=time&p.y=value&p.colour=kind&in.region=north&p.draw="


def table(path, seed, **more):
    rng = np.random.default_rng(seed)
    rows = 60_000
    columns = {
        "time": pl.Series(1_700_000_000_000 + np.arange(rows) * 1000).cast(pl.Datetime("ms")),
        "region": rng.choice(["north", "south"], rows),
        "kind": rng.choice(["a", "b"], rows),
        "value": rng.normal(size=rows),
    }
    frame = pl.DataFrame({**more, **columns})
    frame.write_csv(path, datetime_format="%Y-%m-%dT%H:%M:%S")
    return path


@pytest.fixture
def app(make_app, tmp_path):
    made = make_app(data_file=table(tmp_path / "data.csv", 1), state_dir=tmp_path / "state", hot_reload="off")
    for how in ("lines", "points"):
        assert made.test_client().get(ASK + how).get_json()["reduced"]
    return made


def read(path, state):
    return child.read_in_child(path, state, limits=Limits(), name="data.csv")


def test_whoever_asks_after_a_refresh_finds_the_index_made(app, tmp_path, monkeypatch):
    versions = Versions(tmp_path / "state")
    # A new column in front moves all others.
    version = read(table(tmp_path / "data.csv", 2, extra=np.zeros(60_000)), tmp_path / "state")
    before = versions.current()
    assert version != before.version
    old, new = (versions.folder / name for name in (before.version, version))
    made = [len(list(folder.glob("index-*/*"))) for folder in (old, new)]
    assert made[0] == made[1] >= 2 * len(("order", "offsets", "x", "of.json", "values", "codes"))
    versions.show(Current(version, before.origin))
    monkeypatch.setattr(indexes, "_make", lambda *_: pytest.fail("an index was made in a request"))
    monkeypatch.setattr(indexes, "_publish", lambda *_: pytest.fail("a file of an index was made in a request"))
    for how in ("lines", "points"):
        assert app.test_client().get(ASK + how).get_json()["reduced"]


def test_an_index_of_columns_that_are_gone_is_not_missed(app, tmp_path):
    path = tmp_path / "data.csv"
    table(path, 3)
    pl.read_csv(path).drop("kind", "value").write_csv(path)
    version = read(path, tmp_path / "state")
    folders = list((Versions(tmp_path / "state").folder / version).glob("index-*"))
    assert len(folders) == 1  # the one for the points, without the colours


def test_an_index_that_cannot_be_made_costs_time_and_not_the_data(app, tmp_path, caplog, monkeypatch):
    monkeypatch.setattr(child.LOGGER, "propagate", True)
    versions = Versions(tmp_path / "state")
    for description in (versions.folder / versions.current().version).glob("index-*/of.json"):
        description.write_text("{")
    with caplog.at_level("WARNING", logger="paebbl_viz"):
        version = read(table(tmp_path / "data.csv", 4), tmp_path / "state")
    assert versions.has(version)
    assert "indexes were not made" in caplog.text

"""A reduced chart still tells the exact values of what is under the cursor."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

START = 1_700_000_000_000
ROWS = 60_000


@pytest.fixture(scope="module", params=["sorted", "shuffled"])
def table(request, tmp_path_factory):
    from paebbl_viz.app import create_app
    from paebbl_viz.settings import Settings

    folder = tmp_path_factory.mktemp("under")
    rng = np.random.default_rng(5)
    order = np.arange(ROWS) if request.param == "sorted" else rng.permutation(ROWS)
    frame = pl.DataFrame(
        {
            "time": pl.Series(START + order * 1000).cast(pl.Datetime("ms")),
            "region": rng.choice(["north", "south"], ROWS),
            "pressure_pa": np.round(101_325 + rng.normal(size=ROWS), 6),
            "note": [f"note {number}" for number in range(ROWS)],
        }
    ).with_columns(pl.when(pl.int_range(pl.len()) % 9 == 0).then(None).otherwise("pressure_pa").alias("pressure_pa"))
    path = folder / "table.csv"
    frame.write_csv(path, datetime_format="%Y-%m-%dT%H:%M:%S")
    app = create_app(Settings(data_file=path, state_dir=folder / "state", log_level="ERROR", hot_reload="off"))
    return app.test_client(), frame.with_columns(frame["time"].to_physical().alias("time"))


@pytest.mark.parametrize(
    "filters", ["", "in.region=north", "in.region=north&in.region=south", "min.pressure_pa=101325"]
)
def test_the_rows_within_reach_are_those_that_brute_force_finds_nearest_first(table, filters):
    client, frame = table
    at, reach = (START + 30_000_000, 101_325.5), (80_000, 0.3)
    query = f"x=time&y=pressure_pa&at={at[0]},{at[1]}&reach={reach[0]},{reach[1]}&{filters}"
    answer = client.get(f"/points.json?{query}").get_json()
    if filters == "in.region=north":
        frame = frame.filter(pl.col("region") == "north")
    if filters.startswith("min."):
        frame = frame.filter(pl.col("pressure_pa") >= 101_325)
    across, up = (pl.col("time") - at[0]) / reach[0], (pl.col("pressure_pa") - at[1]) / reach[1]
    found = frame.filter(across.abs() <= 1, up.abs() <= 1).sort(across**2 + up**2)
    assert answer["count"] == found.height > 5
    named = [dict(row) for row in answer["rows"]]
    assert [row["Note"] for row in named] == found["note"].head(5).to_list()
    assert [float(row[1][1]) for row in answer["rows"]] == found["pressure_pa"].head(5).to_list()


def test_nothing_within_reach_is_no_error(table):
    answer = table[0].get("/points.json?x=time&y=pressure_pa&at=0,0&reach=1,1").get_json()
    assert answer == {"count": 0, "rows": []}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "x=gone&y=pressure_pa&at=1,1&reach=1,1",
        "x=time&y=note&at=1,1&reach=1,1",
        "x=time&y=pressure_pa&at=1&reach=1,1",
        "x=time&y=pressure_pa&at=1,nan&reach=1,1",
        "x=time&y=pressure_pa&at=1,1&reach=0,1",
        "x=time&y=pressure_pa&at=1,1&reach=1,1&in.region=east",
    ],
)
def test_a_question_that_cannot_be_is_refused_in_words(table, query):
    answer = table[0].get(f"/points.json?{query}")
    assert answer.status_code == 400


def test_charts_say_which_columns_they_show_so_that_the_page_can_ask(table, make_app, tmp_path):
    client, _ = table
    figure = client.get("/views/explore/figure.json?p.x=time&p.y=pressure_pa&p.draw=lines").get_json()["figure"]
    assert figure["data"][0]["meta"] == {"x": "time", "y": "pressure_pa"}
    folder = tmp_path / "views"
    folder.mkdir()
    (folder / "mine.py").write_text(
        "import plotly.express as px\ndef mine(f): return px.scatter(f, x='uptake_kg', y='energy_kwh')\n"
    )
    data = tmp_path / "small.csv"
    data.write_text("uptake_kg,energy_kwh\n1,2\n3,4\n")
    own = make_app(data_file=data, views_dir=folder, state_dir=tmp_path / "own").test_client()
    figure = own.get("/views/mine/figure.json").get_json()["figure"]
    assert figure["data"][0]["meta"] == {"x": "uptake_kg", "y": "energy_kwh"}

"""Views are plain functions in files: what becomes of them on their pages."""

from __future__ import annotations

import base64
import os

import numpy as np
import pytest

GOOD = """
import plotly.express as px

def my_view(frame, steps: int = 7, share: float = 0.5, fast: bool = True, name: str = "x"):
    \"\"\"My view. What it shows.\"\"\"
    assert isinstance(steps, int) and isinstance(share, float) and isinstance(fast, bool)
    return px.histogram(frame, x="temperature_c", nbins=steps, title=f"{steps} {share} {fast} {name}")
"""


@pytest.fixture
def with_views(make_app, tmp_path):
    """An app whose views are the given files."""
    folder = tmp_path / "views"
    folder.mkdir()

    def make(**files: str):
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text)
        return make_app(views_dir=folder, hot_reload="on"), folder

    return make


def test_one_file_adds_one_page_with_words_from_the_docstring(with_views):
    app, _ = with_views(my_view=GOOD)
    client = app.test_client()
    page = client.get("/views/my-view").text
    assert "<h1>My view</h1>" in page
    assert "<p>What it shows.</p>" in page
    assert "My view" in client.get("/").text


def test_parameters_become_controls_and_reach_the_function(with_views):
    app, _ = with_views(my_view=GOOD)
    client = app.test_client()
    page = client.get("/views/my-view?p.steps=9").text
    assert 'name="p.steps" value="9" step="1"' in page
    assert 'name="p.fast" value="on" checked' in page
    query = "p.steps=9&p.share=2&p.fast=off&p.name=hello"
    answer = client.get(f"/views/my-view/figure.json?{query}").get_json()
    assert answer["figure"]["layout"]["title"]["text"] == "9 2.0 False hello"
    assert client.get("/views/my-view/figure.json?p.steps=many").status_code == 400


def test_axes_carry_words_and_units(with_views):
    app, _ = with_views(my_view=GOOD)
    figure = app.test_client().get("/views/my-view/figure.json").get_json()["figure"]
    assert figure["layout"]["xaxis"]["title"]["text"] == "Temperature (°C)"
    assert figure["data"][0]["hovertemplate"].startswith("Temperature (°C): ")
    assert "template" not in figure["layout"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("def broken(frame):\n    return 1 / 0\n", "broken.py, line 2: ZeroDivisionError"),
        ("def broken(frame)\n    pass\n", "broken.py, line 1: SyntaxError"),
        ("import nothing_of_that_name\n", "ModuleNotFoundError"),
        ("def broken(frame):\n    return 'text'\n", "must return a Plotly figure, got: str"),
        ("def broken(frame, needed):\n    return None\n", "the parameter 'needed' must have a default"),
        ("x = 1\n", "the file has no function"),
        ("def a(f): pass\ndef b(f): pass\n", "the file has 2 functions"),
        ("raise SystemExit(3)\n", "ended the program"),
    ],
)
def test_a_broken_view_shows_its_error_on_its_own_page_and_nowhere_else(with_views, text, says):
    app, _ = with_views(broken=text, my_view=GOOD)
    client = app.test_client()
    answer = client.get("/views/broken/figure.json").get_json()
    assert answer["kind"] == "view_failed"
    assert says in answer["error"]
    assert client.get("/views/broken").status_code == 200
    assert client.get("/views/my-view/figure.json").get_json()["figure"]["data"]
    assert client.get("/").status_code == 200
    assert says not in client.get("/").text


def test_an_error_is_not_remembered(with_views, tmp_path):
    """What failed for a moment works again with the next request, without newer data."""
    marker = tmp_path / "there"
    text = f"import plotly.graph_objects as go\ndef one(frame):\n    open({str(marker)!r})\n    return go.Figure()\n"
    app, _ = with_views(one=text)
    client = app.test_client()
    assert client.get("/views/one/figure.json").get_json()["kind"] == "view_failed"
    marker.touch()
    assert "figure" in client.get("/views/one/figure.json").get_json()


@pytest.mark.parametrize(
    "text",
    [
        "NEEDS = ('nothing',)\ndef needy(frame): ...\n",
        "def needy(frame): return frame['nothing']\n",
        "import polars as pl\ndef needy(frame): return frame.select(pl.col('nothing'))\n",
        "import pandas as pd\ndef needy(frame: pd.DataFrame): return frame['nothing']\n",
    ],
)
def test_a_view_for_other_columns_says_which_it_needs(with_views, text):
    app, _ = with_views(needy=text)
    answer = app.test_client().get("/views/needy/figure.json").get_json()
    assert answer["kind"] == "view_needs_columns"
    assert "nothing" in answer["error"]


def test_a_view_that_asks_for_pandas_gets_pandas(with_views):
    text = (
        "from __future__ import annotations\nimport pandas as pd\nimport plotly.express as px\n"
        "def one(frame: pd.DataFrame):\n    assert type(frame) is pd.DataFrame\n"
        "    return px.line(frame.groupby('feedstock', observed=True).temperature_c.mean())\n"
    )
    app, _ = with_views(one=text)
    assert app.test_client().get("/views/one/figure.json").get_json()["figure"]["data"]


def test_filters_decide_which_rows_a_view_gets(with_views):
    app, _ = with_views(
        one="import plotly.graph_objects as go\ndef one(f): return go.Figure(layout={'title': str(f.height)})\n"
    )
    answer = app.test_client().get("/views/one/figure.json?in.reactor=R1&in.shift=night").get_json()
    assert int(answer["figure"]["layout"]["title"]["text"]) == answer["rows"] < 3200


def test_a_changed_file_is_loaded_again(with_views):
    app, folder = with_views(my_view=GOOD)
    client = app.test_client()
    assert client.get("/views/my-view/figure.json").get_json()["bundle"] == "lean"
    path = folder / "my_view.py"
    path.write_text(
        "import plotly.graph_objects as go\ndef my_view(f):\n    'New words'\n    return go.Figure(go.Pie())\n"
    )
    os.utime(path, ns=(1, 1))
    assert client.get("/views/my-view/figure.json").get_json()["bundle"] == "full"
    assert "New words" in client.get("/views/my-view").text


def test_the_same_question_is_answered_from_memory_and_with_304(client):
    first = client.get("/views/explore/figure.json", headers={"Accept-Encoding": "br"})
    again = client.get(
        "/views/explore/figure.json", headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]}
    )
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    other = client.get("/views/explore/figure.json?p.draw=lines", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_numbers_travel_typed_and_times_as_milliseconds(client):
    figure = client.get("/views/explore/figure.json").get_json()["figure"]
    xs = np.frombuffer(base64.b64decode(figure["data"][0]["x"]["bdata"]), figure["data"][0]["x"]["dtype"])
    assert figure["layout"]["xaxis"]["type"] == "date"
    assert xs.min() == 1736153280000


@pytest.mark.parametrize("kind", ["feedstock", "temperature_c", "on_spec", "-"])
def test_explore_colours_by_any_column(client, kind):
    answer = client.get(f"/views/explore/figure.json?p.colour={kind}&p.x=pressure_bar&p.y=conversion_pct").get_json()
    assert len(answer["figure"]["data"]) == {"feedstock": 5, "temperature_c": 1, "on_spec": 2, "-": 1}[kind]


def test_many_groups_become_the_largest_and_the_rest(client):
    names = [
        trace["name"] for trace in client.get("/views/explore/figure.json?p.colour=batch").get_json()["figure"]["data"]
    ]
    assert len(names) == 7
    assert names[-1] == "other"


@pytest.mark.parametrize("summary", ["mean", "median", "sum", "minimum", "maximum", "count"])
@pytest.mark.parametrize("every", ["automatic", "hour", "day", "week", "month", "quarter", "year"])
def test_time_series_summarise_every_period(client, summary, every):
    answer = client.get(f"/views/time-series/figure.json?p.summary={summary}&p.every={every}").get_json()
    assert answer["figure"]["data"][0]["x"]


@pytest.mark.parametrize("column", ["temperature_c", "started_at", "feedstock", "on_spec"])
def test_a_distribution_counts_every_row(client, column):
    answer = client.get(f"/views/distribution/figure.json?p.column={column}&p.split_by=shift").get_json()
    counts = [
        np.frombuffer(base64.b64decode(trace["y"]["bdata"]), trace["y"]["dtype"]).sum()
        for trace in answer["figure"]["data"]
    ]
    assert sum(counts) == 3200

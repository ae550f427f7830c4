"""Public files that nobody made for this app: every page works on each of them."""

from __future__ import annotations

import pytest
from conftest import FIXTURES

from paebbl_viz.viewing.registry import View

FILES = sorted(path.name for path in FIXTURES.glob("*.csv"))
KINDS = {
    "gapminder-health-income.csv": {"country": "text", "income": "number", "region": "category"},
    "seattle-weather.csv": {"date": "time", "temp_max": "number", "weather": "category"},
    "stocks.csv": {"symbol": "category", "date": "time", "price": "number"},
    "us-employment.csv": {"month": "time", "nonfarm": "number"},
}


@pytest.mark.parametrize("name", FILES)
def test_every_page_works_on_a_public_file(name, make_app):
    app = make_app(data_file=FIXTURES / name)
    client = app.test_client()
    services = app.extensions["paebbl_viz"]
    data = services.library.current().data
    for column, kind in KINDS[name].items():
        assert data.by_name[column].kind == kind
        assert column in client.get("/").text or column.capitalize() in client.get("/").text
    assert client.get("/table").status_code == 200
    views: list[View] = services.registry.all()
    fitting = [view for view in views if not view.lacks(data)]
    assert {"explore", "distribution"} <= {view.slug for view in fitting}
    for view in views:
        assert client.get(f"/views/{view.slug}").status_code == 200
        answer = client.get(f"/views/{view.slug}/figure.json").get_json()
        if view in fitting:
            assert answer["figure"]["data"], view.slug
            assert answer["rows"] == data.rows
        else:
            assert answer["kind"] == "view_needs_columns"
            assert view.lacks(data)[0] in answer["error"]


@pytest.mark.parametrize("name", FILES)
def test_a_download_read_again_is_the_same_table(name, make_app, tmp_path):
    first = make_app(data_file=FIXTURES / name)
    again = tmp_path / "again.csv"
    again.write_bytes(first.test_client().get("/download.csv").data)
    second = make_app(data_file=again, state_dir=tmp_path / "second")
    old, new = (app.extensions["paebbl_viz"].library.current().data for app in (first, second))
    assert new.rows == old.rows
    assert new.columns == old.columns

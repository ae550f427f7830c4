import pytest
from dashboard.app import create_app
from dashboard.chart import figure, load
from flask.testing import FlaskClient


@pytest.fixture
def client() -> FlaskClient:
    return create_app().test_client()


def test_the_page_shows_the_chart(client: FlaskClient) -> None:
    page = client.get("/")

    assert page.status_code == 200
    assert "plotly-graph-div" in page.text
    assert f"{len(load())} measurements" in page.text


def test_the_chart_has_a_line_for_each_feedstock() -> None:
    data = load()

    assert {line.name for line in figure(data).data} == set(data["feedstock"])


def test_the_load_balancer_gets_its_answer(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200


def test_the_page_asks_no_other_site_for_anything(client: FlaskClient) -> None:
    assert 'src="http' not in client.get("/").text

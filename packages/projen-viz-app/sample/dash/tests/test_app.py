import pytest
from dashboard.app import data, draw, feedstocks, server
from flask.testing import FlaskClient


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def test_the_page_asks_for_its_layout(client: FlaskClient) -> None:
    assert client.get("/").status_code == 200
    assert f"{len(data)} measurements" in client.get("/_dash-layout").text


def test_the_chart_has_a_line_for_each_feedstock_that_is_chosen() -> None:
    assert {line.name for line in draw(feedstocks[:2]).data} == set(feedstocks[:2])


def test_the_load_balancer_gets_its_answer(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200


def test_the_page_asks_no_other_site_for_anything(client: FlaskClient) -> None:
    assert 'src="http' not in client.get("/").text

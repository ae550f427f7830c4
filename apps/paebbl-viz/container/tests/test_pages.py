"""The frame around every page: source, user, safety, errors, files."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import brotli
import plotly
import pytest

ADDRESSES = ("/", "/table", "/views/explore", "/views/uptake-over-time")


def identity(email: str) -> dict[str, str]:
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in ({}, {"sub": "7", "email": email})
    ]
    return {"x-amzn-oidc-identity": "7", "x-amzn-oidc-data": ".".join([*parts, "c2ln"])}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_says_which_data_it_shows(client, address):
    text = client.get(address).text
    assert "Synthetic" in text
    assert "clean.csv" in text
    assert "3,200 rows" in text
    assert re.search(r"version <code title=\"SHA-256 [0-9a-f]{64}\">[0-9a-f]{8}</code>", text)


def test_other_data_are_not_called_synthetic(make_app, write_csv):
    client = make_app(data_file=write_csv("a,b\n1,2\n")).test_client()
    assert "Synthetic" not in client.get("/").text


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_signed_in_user_is_named_and_can_sign_out(client, address):
    text = client.get(address, headers=identity("ada@example.com")).text
    assert "ada@example.com" in text
    assert 'href="/logout"' in text


def test_without_sign_in_there_is_no_sign_out(client):
    assert "/logout" not in client.get("/").text


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "....", "e30.W10.c2ln", "e30.////.c2ln"])
def test_a_broken_identity_header_harms_nothing(client, token):
    text = client.get("/", headers={"x-amzn-oidc-identity": "some-subject", "x-amzn-oidc-data": token}).text
    assert "some-subject" in text


def test_a_name_cannot_bring_markup_into_the_page(client):
    assert "<script>alert" not in client.get("/", headers=identity("<script>alert(1)</script>")).text


@pytest.mark.parametrize("address", [*ADDRESSES, "/nothing-here", "/views/explore/figure.json", "/healthz"])
def test_every_answer_forbids_foreign_hosts_and_inline_scripts(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_hold_no_inline_code_and_no_foreign_address(client, address):
    text = client.get(address).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\son\w+=|style=|javascript:", text)
    assert not re.findall(r"(?:src|href|action)=\"(?:https?:)?//", text)


def test_errors_are_pages_without_a_stack_trace(client):
    missing = client.get("/nothing-here")
    assert (missing.status_code, "does not exist" in missing.text) == (404, True)
    wrong = client.get("/table?sort=nothing")
    assert (wrong.status_code, "Traceback" in wrong.text) == (400, False)


def test_an_unexpected_error_is_a_page_and_a_log_line(make_app):
    app = make_app()
    app.add_url_rule("/boom", view_func=lambda: 1 / 0)
    answer = app.test_client().get("/boom")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_static_files_are_kept_for_ever_under_the_address_of_their_content(client):
    address = re.search(r'href="(/static/[0-9a-f]+/app\.css)"', client.get("/").text)
    assert address is not None
    answer = client.get(address[1], headers={"Accept-Encoding": "br"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"color-scheme" in brotli.decompress(answer.data)
    old = client.get("/static/0000/app.css")
    assert (old.status_code, old.headers["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "nothing.js", "vendor/LICENSE", "vendor"])
def test_nothing_but_the_static_files_is_served(client, name):
    assert client.get(f"/static/0000/{name}").status_code == 404


@pytest.mark.parametrize("bundle", ["plotly-lean", "plotly-strict"])
def test_both_plotting_bundles_are_served_compressed(client, bundle):
    plain = client.get(f"/static/0000/vendor/{bundle}.min.js")
    packed = client.get(f"/static/0000/vendor/{bundle}.min.js", headers={"Accept-Encoding": "br"})
    assert plain.content_type == "text/javascript; charset=utf-8"
    assert brotli.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3


def test_the_bundles_are_of_the_version_that_the_figures_are_made_for(client):
    """After an update of plotly: `scripts/make-plotly-bundle.mjs`."""
    texts = [client.get(f"/static/0/vendor/{name}.min.js").text[:300] for name in ("plotly-lean", "plotly-strict")]
    texts.append((Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text("utf-8")[:300])
    assert len({re.search(r"plotly\.js[^\d]*(\d+\.\d+\.\d+)", text)[1] for text in texts}) == 1


def test_the_full_bundle_sets_no_inline_style_which_the_policy_forbids(client):
    assert '.attr("style",' not in client.get("/static/0/vendor/plotly-strict.min.js").text


def test_maps_come_from_here(client):
    page = client.get("/views/explore").text
    folder = re.search(r'data-maps="(/static/[0-9a-f]{16}/vendor/topojson/)"', page)[1]
    answer = client.get(f"{folder}europe_110m.json")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content_type.startswith("application/json")
    assert answer.get_json()["type"] == "Topology"


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_pages_travel_in_the_encoding_that_the_browser_takes(client, encoding):
    answer = client.get("/", headers={"Accept-Encoding": encoding})
    assert answer.headers.get("Content-Encoding", "identity") == encoding


def test_health_needs_no_data_and_says_little(client):
    assert (client.get("/healthz").status_code, client.get("/healthz").data) == (200, b"ok\n")
    assert client.get("/readyz").text.startswith("ready: 3200 rows")

"""Metrics: what is counted, in which form, and that they do not depend on the level of the log."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from paebbl_viz import logs, metrics
from paebbl_viz.metrics import RequestMeter, class_of


@pytest.fixture
def lines(monkeypatch):
    """The lines of metrics, as they would be written."""
    found: list[dict] = []

    class Catch(logs.logging.Handler):
        def emit(self, record):
            found.append(json.loads(logs.JsonFormatter().format(record)))

    handler = Catch()
    metrics.LOGGER.addHandler(handler)
    yield found
    metrics.LOGGER.removeHandler(handler)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"),
        ("/table", "page"),
        ("/views/explore", "page"),
        ("/views/explore/figure.json", "figure"),
        ("/download.csv", "download"),
        ("/upload", "upload"),
        ("/upload/0/check", "upload"),
        ("/uploads", "other"),
        ("/refresh", "other"),
        ("/wp-admin.php", "other"),
    ],
)
def test_addresses_fall_into_a_few_classes(path, kind):
    assert class_of(path) == kind


def test_a_minute_of_requests_is_one_line_for_each_class(lines):
    meter = RequestMeter()
    meter.observe("/", 200, 12.5)
    meter.observe("/views/a/figure.json", 200, 0.2, cached=True)
    meter.observe("/views/b/figure.json", 500, 30.0, cached=False)
    meter.flush()
    meter.flush()
    page, figure = lines
    assert (page["Class"], page["Requests"], page["Errors"], page["Latency"]) == ("page", 1, 0, [12.5])
    assert "CacheHits" not in page
    assert (figure["Requests"], figure["Errors"], figure["Latency"], figure["CacheHits"]) == (2, 1, [0.2, 30.0], 1)
    definition = figure["_aws"]["CloudWatchMetrics"][0]
    assert (definition["Namespace"], definition["Dimensions"]) == ("PaebblViz", [["Class"]])
    assert {one["Name"]: one["Unit"] for one in definition["Metrics"]} == {
        "Requests": "Count",
        "Errors": "Count",
        "Latency": "Milliseconds",
        "CacheHits": "Count",
    }


def test_of_many_requests_a_sample_is_told_and_all_are_counted(lines):
    meter = RequestMeter()
    for number in range(5_000):
        meter.observe("/", 200, float(number))
    meter.flush()
    assert lines[0]["Requests"] == 5_000
    assert len(lines[0]["Latency"]) == 100
    # A sample of the first hundred only would have a mean of 50.
    assert 1_500 < sum(lines[0]["Latency"]) / 100 < 3_500


def test_metrics_are_told_also_where_only_errors_are_logged(lines):
    logs.set_up("ERROR")
    metrics.tell({"DataProblem": (1.0, "Count")})
    assert lines[0]["DataProblem"] == 1.0
    assert lines[0]["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [[]]


def test_requests_are_counted_with_what_the_cache_gave(make_app, lines):
    client = make_app().test_client()
    metrics.REQUESTS.flush()
    lines.clear()
    for address in ("/", "/healthz", "/views/operating-window/figure.json", "/views/operating-window/figure.json"):
        assert client.get(address).status_code == 200
    metrics.REQUESTS.flush()
    assert {line["Class"]: (line["Requests"], line.get("CacheHits")) for line in lines} == {
        "page": (1, None),
        "figure": (2, 1),
    }


def test_every_metric_is_documented_and_every_documented_one_exists():
    folder = Path(__file__).parent.parent
    code = "".join(path.read_text(encoding="utf-8") for path in (folder / "paebbl_viz").rglob("*.py"))
    told = set(re.findall(r'"([A-Z][A-Za-z]+)"\]?(?:: | = )\([^\n]*"(?:Count|Milliseconds)"', code))
    documented = re.findall(
        r"^\| `([A-Z][A-Za-z]+)` \|", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(told) >= 9
    assert set(documented) == told

"""Athena: what is asked, what of it is shown, when it is asked again, and every way in which it fails."""

from __future__ import annotations

import json
import time
import urllib.request
from itertools import pairwise
from pathlib import Path

import boto3
import pytest
from fake_athena import FakeAthena
from faults import ATHENA
from scripted_source import read_here
from test_fault_matrix import assert_last_good, stage  # noqa: F401 - a fixture

from paebbl_viz.app import create_app
from paebbl_viz.refresher import Refresher
from paebbl_viz.settings import Settings
from paebbl_viz.sources.athena import AthenaExtract, OwnQuery
from paebbl_viz.sources.athena_queries import AthenaQueries
from paebbl_viz.sources.athena_table import Table
from paebbl_viz.sources.base import SourceFailed
from paebbl_viz.sources.configured import configured_sources
from paebbl_viz.sources.local import LocalFile
from paebbl_viz.sources.s3 import aws_client

ROWS = [["when", "reactor", "yield"], ["2026-01-01 00:00:00.000", "R1", "1.5"], ["2026-01-02 00:00:00.000", "R2", None]]


@pytest.fixture
def athena(aws):
    """Queues what moto answers to the next queries, in order; returns what it was asked."""
    boto3.client("s3").create_bucket(Bucket="data")

    def answer(*answers):
        results = [
            {
                "rows": [
                    {"Data": [{"VarCharValue": cell} if cell is not None else {} for cell in row]} for row in rows
                ],
                "column_info": [],
            }
            for rows in answers
        ]
        body = json.dumps({"results": results}).encode()
        request = urllib.request.Request(f"{aws}/moto-api/static/athena/query-results", data=body, method="POST")
        request.add_header("Content-Type", "application/json")
        urllib.request.urlopen(request).close()

    return answer


def asked() -> list[str]:
    client = boto3.client("athena")
    found = [
        client.get_query_execution(QueryExecutionId=query)["QueryExecution"]
        for query in client.list_query_executions()["QueryExecutionIds"]
    ]
    return [one["Query"] for one in found]


def count(rows: int, newest: str = "2026-01-02") -> list[list[str]]:
    return [["row_count", "newest"], [str(rows), newest]]


def source(question=None, *, every=0.0, max_bytes=10_000_000, longest=5.0) -> AthenaExtract:
    queries = AthenaQueries(output="s3://data/answers/", poll_seconds=0.01, longest_seconds=longest)
    return AthenaExtract(queries, question or Table("lab.runs"), every_seconds=every, max_bytes=max_bytes)


def test_a_small_table_is_taken_whole_and_shown_by_every_view(athena, new_state):
    athena(count(2), ROWS)
    app = create_app(Settings(state_dir=new_state("state"), log_level="ERROR"))
    library = app.extensions["paebbl_viz"].library
    question = Table("lab.runs", columns=("when", "reactor", "yield"), time_column="when")
    Refresher(library, [source(question), LocalFile()], None, read=read_here).refresh()
    data = library.current().data
    assert [(column.name, column.kind) for column in data.columns] == [
        ("when", "time"),
        ("reactor", "category"),
        ("yield", "number"),
    ]
    assert data.by_name["yield"].missing == 1
    client = app.test_client()
    page = client.get("/").text
    assert "Athena" in page
    assert "all 2 rows" in page
    assert client.get("/views/time-series/figure.json").get_json()["rows"] == 2
    assert "R2" in client.get("/download.csv").text
    assert asked()[1] == 'SELECT "when", "reactor", "yield" FROM "lab"."runs" ORDER BY "when"'


def test_a_large_table_is_sampled_and_the_header_says_so(athena, tmp_path):
    athena(count(40_000_000), ROWS)
    question = Table("lab.runs", time_column="when", days=30, most_rows=1_000_000)
    fetched = source(question).fetch(None, tmp_path)
    assert fetched.origin.detail == "a random sample, about 1 in 41 of 40,000,000 rows of the last 30 days"
    window = """ WHERE "when" >= current_timestamp - INTERVAL '30' DAY"""
    assert asked() == [
        f'SELECT count(*) AS row_count, CAST(max("when") AS varchar) AS newest FROM "lab"."runs"{window}',
        f'SELECT * FROM "lab"."runs" TABLESAMPLE BERNOULLI (2.45000000){window} ORDER BY "when" LIMIT 1000000',
    ]


def test_an_unchanged_table_is_looked_at_and_not_extracted_again(athena, tmp_path):
    athena(count(2), ROWS, count(2), count(3), ROWS)
    found = source()
    first = found.fetch(None, tmp_path)
    assert found.fetch(first.tag, tmp_path) is None
    assert found.fetch(first.tag, tmp_path) is not None
    assert len(asked()) == 5


def test_it_is_not_asked_more_often_than_allowed_also_after_a_restart(athena, tmp_path):
    athena(count(2), ROWS)
    first = source(every=3600).fetch(None, tmp_path)
    assert source(every=3600).fetch(first.tag, tmp_path) is None
    assert len(asked()) == 2


def test_a_query_that_fails_is_not_asked_again_before_its_time_and_not_told_as_recovered(
    stage,  # noqa: F811 - the fixture
    athena,
    monkeypatch,
):
    athena(count(2), [["a", "b"], ["1", "2"], ["3", "4"]], count(3))
    found = source(every=3600)
    app, refresher = stage(found)
    current = app.extensions["paebbl_viz"].library.current
    now = time.time()
    monkeypatch.setattr("paebbl_viz.sources.athena.time.time", lambda: now + 4000)
    monkeypatch.setattr(AthenaQueries, "download", failing_download)
    for _ in range(2):
        refresher.refresh()
        assert "The query failed" in current().current.problem
    assert len(asked()) == 4
    monkeypatch.setattr("paebbl_viz.sources.athena.time.time", lambda: now + 8000)
    refresher.refresh()
    assert len(asked()) > 4


def failing_download(self, sql, path, *, max_bytes):
    self._run(sql)
    raise SourceFailed("The query failed: GENERIC_INTERNAL_ERROR.")


def test_a_first_query_that_fails_is_billed_once_in_its_time(athena, monkeypatch, tmp_path):
    athena(count(2), ROWS)
    monkeypatch.setattr(AthenaQueries, "download", failing_download)
    found = source(every=3600)
    for _ in range(3):
        with pytest.raises(SourceFailed, match="The query failed"):
            found.fetch(None, tmp_path)
    assert len(asked()) == 2


def test_a_query_that_was_never_started_is_tried_again_with_the_next_round(athena, monkeypatch, tmp_path):
    athena(count(2), ROWS)
    found = source(every=3600)
    monkeypatch.setattr("paebbl_viz.sources.s3.ATTEMPTS", 1)
    monkeypatch.setenv("AWS_ENDPOINT_URL_ATHENA", "http://127.0.0.1:9")
    aws_client.cache_clear()
    with pytest.raises(SourceFailed, match="Athena cannot be reached"):
        found.fetch(None, tmp_path)
    monkeypatch.delenv("AWS_ENDPOINT_URL_ATHENA")
    aws_client.cache_clear()
    assert found.fetch(None, tmp_path) is not None


@pytest.mark.parametrize(
    ("environ", "context"),
    [
        ({"PAEBBL_ATHENA_TABLE": "lab.runs"}, {"Database": "lab"}),
        ({"PAEBBL_ATHENA_TABLE": "s3tables.lab.runs"}, {"Catalog": "s3tables", "Database": "lab"}),
        ({"PAEBBL_ATHENA_SQL": "SELECT 1", "PAEBBL_ATHENA_DATABASE": "lab"}, {"Database": "lab"}),
        ({"PAEBBL_ATHENA_SQL": "SELECT 1"}, {}),
    ],
)
def test_queries_run_in_the_database_of_the_table(aws, monkeypatch, environ, context):
    fake = FakeAthena()
    monkeypatch.setenv("AWS_ENDPOINT_URL_ATHENA", fake.url)
    aws_client.cache_clear()
    with pytest.raises(SourceFailed):
        configured_sources(Settings.from_env(environ))[0].fetch(None, Path("/nowhere"))
    fake.close()
    assert fake.started == [context]


def test_after_a_day_an_unchanged_count_proves_nothing(athena, tmp_path):
    athena(count(2), ROWS)
    at, seen = json.loads(source().fetch(None, tmp_path).tag)
    athena(count(2), ROWS)
    assert source().fetch(json.dumps([at - 90_000, seen]), tmp_path) is not None


def test_a_query_of_ones_own_runs_as_it_is(athena, tmp_path):
    athena(ROWS)
    fetched = source(OwnQuery("SELECT a, avg(b) FROM c GROUP BY a")).fetch(None, tmp_path)
    assert asked() == ["SELECT a, avg(b) FROM c GROUP BY a"]
    assert fetched.path.read_text().startswith('"when","reactor","yield"\n')


def test_an_answer_that_is_too_large_is_not_downloaded(athena, tmp_path):
    athena(count(2), ROWS)
    with pytest.raises(SourceFailed, match="more than the limit"):
        source(max_bytes=10).fetch(None, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_table_without_rows_is_said(athena, tmp_path):
    athena(count(0))
    with pytest.raises(SourceFailed, match=r"The table 'lab.runs' has no rows of the last 7 days"):
        source(Table("lab.runs", time_column="when", days=7)).fetch(None, tmp_path)


def test_names_cannot_leave_their_quotes():
    sql = Table("lab.runs", columns=('a" FROM x --',)).extract(["5", ""]).sql
    assert sql == 'SELECT "a"" FROM x --" FROM "lab"."runs"'


@pytest.mark.parametrize("fault", ATHENA)
def test_athena_that_fails(stage, athena, fault, monkeypatch):  # noqa: F811 - the fixture
    athena(count(2), [["a", "b"], ["1", "2"], ["3", "4"]])
    found = source(longest=0.1)
    app, refresher = stage(found)
    fake = FakeAthena()
    fake.fault = fault
    monkeypatch.setattr("paebbl_viz.sources.s3.ATTEMPTS", 1)
    monkeypatch.setenv("AWS_ENDPOINT_URL_ATHENA", fake.url)
    aws_client.cache_clear()
    try:
        refresher.refresh()
        assert_last_good(app, "Athena", ATHENA[fault])
        problem = app.extensions["paebbl_viz"].library.current().current.problem
        assert "s3cret" not in problem
        assert "111122223333" not in problem
        assert fake.stopped == (["query-1"] if fault == "never ends" else [])
    finally:
        fake.close()


def test_a_busy_athena_is_left_alone_for_a_minute(athena, monkeypatch, tmp_path):
    fake = FakeAthena()
    fake.fault = "throttled"
    monkeypatch.setattr("paebbl_viz.sources.s3.ATTEMPTS", 1)
    monkeypatch.setenv("AWS_ENDPOINT_URL_ATHENA", fake.url)
    aws_client.cache_clear()
    with pytest.raises(SourceFailed) as caught:
        source().fetch(None, tmp_path)
    fake.close()
    assert caught.value.retry_after == 60


def test_the_settings_make_the_source():
    environ = {
        "PAEBBL_ATHENA_TABLE": "lab.runs",
        "PAEBBL_ATHENA_COLUMNS": "a, b",
        "PAEBBL_ATHENA_TIME_COLUMN": "t",
        "PAEBBL_ATHENA_DAYS": "7",
        "PAEBBL_ATHENA_ROWS": "10",
        "PAEBBL_ATHENA_OUTPUT": "s3://data/x/",
        "PAEBBL_ATHENA_WORKGROUP": "team",
    }
    found = configured_sources(Settings.from_env(environ))[0]
    assert isinstance(found, AthenaExtract)
    assert found.question == Table("lab.runs", ("a", "b"), "t", 7, 10)
    assert (found.queries.workgroup, found.queries.output) == ("team", "s3://data/x/")
    keys = [source(Table("lab.runs", days=days)).key for days in (1, 2, 3)]
    assert all(one != other for one, other in pairwise(keys))

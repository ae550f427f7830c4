"""Every source with every fault: the page goes on showing the last good data, and says why they are not newer."""

from __future__ import annotations

import boto3
import httpx
import pytest
from test_bad_input import BAD
from test_refresher import read_here

from paebbl_viz.app import create_app
from paebbl_viz.refresher import Refresher
from paebbl_viz.settings import Settings
from paebbl_viz.sources.entra import EntraTokens
from paebbl_viz.sources.local import LocalFile
from paebbl_viz.sources.s3 import S3File, aws_client
from paebbl_viz.sources.sharepoint import SharePointFile

GOOD = b"a,b\n1,2\n3,4\n"
SERVER_FAULTS = (
    "401",
    "403",
    "404",
    "429",
    "500",
    "503",
    "hang",
    "reset",
    "html",
    "truncated",
    "short",
    "trickle",
    "zip bomb",
    "download-403",
    "download-410",
)
LIMIT = 10_000_000


@pytest.fixture
def stage(new_state):
    """An app, and the function that lets it refresh from a source."""

    def make(source):
        app = create_app(Settings(state_dir=new_state("state"), log_level="ERROR", max_columns=2000))
        library = app.extensions["paebbl_viz"].library
        refresher = Refresher(library, [source, LocalFile()], None, read=read_here)
        refresher.refresh()
        assert library.current().data.rows == 2
        assert library.current().current.problem is None
        return app, refresher

    return make


def assert_last_good(app, label: str) -> None:
    shown = app.extensions["paebbl_viz"].library.current()
    assert shown.data.rows == 2
    assert shown.current.problem.startswith(f"{label}: ")
    page = app.test_client().get("/table")
    assert page.status_code == 200
    assert "Newer data could not be had" in page.text
    assert "tempauth" not in page.text


@pytest.fixture
def sharepoint(microsoft):
    microsoft.content = GOOD
    tokens = EntraTokens("tenant", "client", login=microsoft.url)
    return SharePointFile(
        tokens,
        site="contoso.sharepoint.com:/sites/lab",
        file="clean.csv",
        max_bytes=LIMIT,
        graph=f"{microsoft.url}/v1.0",
        timeout=httpx.Timeout(1),
        whole_download_seconds=0.5,
    )


@pytest.mark.parametrize("fault", SERVER_FAULTS)
def test_sharepoint_that_fails(stage, sharepoint, microsoft, fault):
    app, refresher = stage(sharepoint)
    microsoft.content = b"a,b\n" + b"9,9\n" * 50
    microsoft.fault = fault
    refresher.refresh()
    assert_last_good(app, "SharePoint")


@pytest.mark.parametrize("name", BAD)
def test_sharepoint_with_a_file_that_is_no_table(stage, sharepoint, microsoft, name):
    app, refresher = stage(sharepoint)
    microsoft.content = BAD[name][0]
    refresher.refresh()
    assert_last_good(app, "SharePoint")


@pytest.mark.parametrize("name", BAD)
def test_s3_with_a_file_that_is_no_table(stage, aws, name):
    client = boto3.client("s3")
    client.create_bucket(Bucket="data")
    client.put_object(Bucket="data", Key="clean.csv", Body=GOOD)
    app, refresher = stage(S3File("data", key_name="clean.csv", max_bytes=LIMIT))
    client.put_object(Bucket="data", Key="clean.csv", Body=BAD[name][0])
    refresher.refresh()
    assert_last_good(app, "S3")


@pytest.mark.parametrize("fault", ["gone", "bucket gone", "too large", "unreachable"])
def test_s3_that_fails(stage, aws, fault, monkeypatch):
    client = boto3.client("s3")
    client.create_bucket(Bucket="data")
    client.put_object(Bucket="data", Key="clean.csv", Body=GOOD)
    source = S3File("data", key_name="clean.csv", max_bytes=1000)
    app, refresher = stage(source)
    if fault == "too large":
        client.put_object(Bucket="data", Key="clean.csv", Body=GOOD * 500)
    elif fault == "unreachable":
        monkeypatch.setattr("paebbl_viz.sources.s3.ATTEMPTS", 1)
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        aws_client.cache_clear()
    else:
        client.delete_object(Bucket="data", Key="clean.csv")
        if fault == "bucket gone":
            client.delete_bucket(Bucket="data")
    refresher.refresh()
    assert_last_good(app, "S3")


@pytest.mark.parametrize("name", BAD)
def test_a_local_file_that_becomes_no_table(write_csv, make_app, name):
    path = write_csv(GOOD)
    app = make_app(data_file=path)
    library = app.extensions["paebbl_viz"].library
    refresher = Refresher(library, [LocalFile(path)], None, read=read_here)
    refresher.refresh()
    write_csv(BAD[name][0])
    refresher.refresh()
    assert_last_good(app, "Local file")

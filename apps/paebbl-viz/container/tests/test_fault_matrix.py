"""Every source with every fault: the page goes on showing the last good data, and says why they are not newer."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import time
from pathlib import Path

import boto3
import httpx
import pytest
from fake_s3 import FakeS3
from faults import MACHINE, PAGE, READ, REFUSED, S3, SHAREPOINT, UPLOADS, count, render
from scripted_source import read_here

from paebbl_viz.app import create_app
from paebbl_viz.reader.child import read_in_child
from paebbl_viz.refresher import Refresher
from paebbl_viz.settings import Settings
from paebbl_viz.sources.entra import EntraTokens
from paebbl_viz.sources.local import LocalFile
from paebbl_viz.sources.s3 import S3File, aws_client
from paebbl_viz.sources.sharepoint import SharePointFile

GOOD = b"a,b\n1,2\n3,4\n"
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


def assert_last_good(app, label: str, words: str) -> None:
    shown = app.extensions["paebbl_viz"].library.current()
    assert shown.data.rows == 2
    assert shown.current.problem.startswith(f"{label}: ")
    assert words in shown.current.problem
    assert "111122223333" not in shown.current.problem
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


@pytest.mark.parametrize("fault", SHAREPOINT)
def test_sharepoint_that_fails(stage, sharepoint, microsoft, fault):
    app, refresher = stage(sharepoint)
    microsoft.content = b"a,b\n" + b"9,9\n" * 50
    microsoft.fault = fault
    refresher.refresh()
    assert_last_good(app, "SharePoint", SHAREPOINT[fault])


@pytest.mark.parametrize("name", REFUSED)
def test_sharepoint_with_a_file_that_is_no_table(stage, sharepoint, microsoft, name):
    app, refresher = stage(sharepoint)
    microsoft.content = REFUSED[name][0]
    refresher.refresh()
    assert_last_good(app, "SharePoint", REFUSED[name][1].replace("bad.csv", "clean.csv"))


@pytest.mark.parametrize("name", REFUSED)
def test_s3_with_a_file_that_is_no_table(stage, aws, name):
    client = boto3.client("s3")
    client.create_bucket(Bucket="data")
    client.put_object(Bucket="data", Key="clean.csv", Body=GOOD)
    app, refresher = stage(S3File("data", key_name="clean.csv", max_bytes=LIMIT))
    client.put_object(Bucket="data", Key="clean.csv", Body=REFUSED[name][0])
    refresher.refresh()
    assert_last_good(app, "S3", REFUSED[name][1].replace("bad.csv", "clean.csv"))


@pytest.mark.parametrize("fault", S3)
def test_s3_that_fails(stage, aws, fault, monkeypatch):
    client = boto3.client("s3")
    client.create_bucket(Bucket="data")
    client.put_object(Bucket="data", Key="clean.csv", Body=GOOD)
    app, refresher = stage(S3File("data", key_name="clean.csv", max_bytes=5_000))
    fake = FakeS3(fault)
    if fault == "too large":
        client.put_object(Bucket="data", Key="clean.csv", Body=GOOD * 500)
    elif fault in ("gone", "bucket gone"):
        client.delete_object(Bucket="data", Key="clean.csv")
        if fault == "bucket gone":
            client.delete_bucket(Bucket="data")
    else:
        for name, value in {"ATTEMPTS": 1, "READ_SECONDS": 0.5, "WHOLE_DOWNLOAD_SECONDS": 0.3}.items():
            monkeypatch.setattr(f"paebbl_viz.sources.s3.{name}", value)
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9" if fault == "unreachable" else fake.url)
        aws_client.cache_clear()
    refresher.refresh()
    fake.close()
    assert_last_good(app, "S3", S3[fault])


@pytest.mark.parametrize("name", REFUSED)
def test_a_local_file_that_becomes_no_table(write_csv, make_app, name):
    path = write_csv(GOOD)
    app = make_app(data_file=path)
    library = app.extensions["paebbl_viz"].library
    refresher = Refresher(library, [LocalFile(path)], None, read=read_here)
    refresher.refresh()
    write_csv(REFUSED[name][0])
    refresher.refresh()
    assert_last_good(app, "Local file", REFUSED[name][1].replace("bad.csv", "data.csv"))


@pytest.mark.parametrize("name", READ)
def test_a_file_that_is_odd_is_read_and_what_is_odd_is_remarked(write_csv, make_app, name):
    odd = READ[name]
    app = make_app(data_file=write_csv(odd.content), max_columns=2_000)
    data = app.extensions["paebbl_viz"].library.current().data
    assert ", ".join(f"{column.name}: {column.kind}" for column in data.columns) == odd.columns
    assert odd.remark in " ".join(data.notes)
    assert bool(odd.remark) == bool(data.notes)
    client = app.test_client()
    for address in ("/", "/table", "/views/explore", "/download.csv"):
        assert client.get(address).status_code == 200


def test_a_full_disk_loses_nothing_and_is_said(stage, write_csv, monkeypatch):
    """The limit of the size of files fails as a full disk does, in the process that reads."""
    path = write_csv(GOOD)
    app, refresher = stage(LocalFile(path))
    refresher._read_file = read_in_child
    write_csv(b"a,b\n" + b"".join(b"%d,word %d\n" % (number, number) for number in range(200_000)))
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    copied = shutil.copyfile

    def copy(source, target):
        copied(source, target)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, usual[1]))

    monkeypatch.setattr("paebbl_viz.sources.local.shutil.copyfile", copy)
    try:
        refresher.refresh()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert_last_good(app, "Local file", "The server could not read 'data.csv'")
    assert not list(refresher.library.versions.state.glob("new-*"))


def test_a_disk_that_is_full_during_the_fetch_is_said(stage, write_csv, monkeypatch):
    source = LocalFile(write_csv(GOOD))
    app, refresher = stage(source)
    monkeypatch.setattr(source, "fetch", raise_(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))
    refresher.refresh()
    assert_last_good(app, "Local file", "The file cannot be kept here (No space left on device).")


def test_a_round_that_fails_unforeseen_is_told_to_the_alarm_and_not_the_last(stage, write_csv, monkeypatch):
    source = LocalFile(write_csv(GOOD))
    app, refresher = stage(source)
    told, rounds = [], []
    monkeypatch.setattr("paebbl_viz.metrics.tell", lambda values, **_: told.append(values))
    monkeypatch.setattr("paebbl_viz.refresher.LOCAL_SECONDS", 0.0)
    monkeypatch.setattr("paebbl_viz.refresher.LOOK_SECONDS", 0.01)
    monkeypatch.setattr(source, "fetch", lambda *_: rounds.append(1) or raise_(RuntimeError("x"))())
    refresher.start()
    deadline = time.monotonic() + 30
    while len(rounds) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    refresher.stop()
    assert len(rounds) >= 3
    assert told[0] == {"DataProblem": (1.0, "Count")}
    assert app.extensions["paebbl_viz"].library.current().data.rows == 2


def raise_(error):
    def fail(*_args):
        raise error

    return fail


def test_the_page_about_faults_says_what_is_tested():
    """After a change of the tables: `python tests/faults.py`."""
    assert count() >= 40
    assert PAGE.read_text(encoding="utf-8") == render()
    names = {name for _, name in (*MACHINE.values(), *UPLOADS.values())}
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert not [name for name in names if f"def {name}(" not in tests]

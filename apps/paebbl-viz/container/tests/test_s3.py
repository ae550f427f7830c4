"""S3: one key or the newest below a prefix, conditional, and the copy of the last good file."""

from __future__ import annotations

import boto3
import pytest

from paebbl_viz.sources.base import Fetched, SourceFailed
from paebbl_viz.sources.last_good import LastGoodCopies
from paebbl_viz.sources.s3 import S3File, aws_client
from paebbl_viz.store.dataset import Origin


@pytest.fixture
def bucket(aws):
    client = boto3.client("s3")
    client.create_bucket(Bucket="data")
    client.put_bucket_versioning(Bucket="data", VersioningConfiguration={"Status": "Enabled"})
    return client


def test_a_key_is_downloaded_once_and_again_when_it_changed(bucket, tmp_path):
    bucket.put_object(Bucket="data", Key="in/clean.csv", Body=b"a\n1\n")
    source = S3File("data", key_name="in/clean.csv", max_bytes=1000)
    first = source.fetch(None, tmp_path)
    assert first.path.read_bytes() == b"a\n1\n"
    assert first.origin.name == "clean.csv"
    assert first.origin.detail.startswith("version ")
    assert source.fetch(first.tag, tmp_path) is None
    bucket.put_object(Bucket="data", Key="in/clean.csv", Body=b"a\n2\n")
    assert source.fetch(first.tag, tmp_path).path.read_bytes() == b"a\n2\n"


def test_the_newest_csv_below_a_prefix_is_taken(bucket, tmp_path):
    for name, body in (
        ("in/b.csv", b"old"),
        ("in/a.csv", b"new"),
        ("in/note.txt", b"no"),
        ("other/z.csv", b"no"),
        ("in/e.csv", b""),
    ):
        bucket.put_object(Bucket="data", Key=name, Body=body)
    bucket.put_object(Bucket="data", Key="in/b.csv", Body=b"newest")
    source = S3File("data", prefix="in/", max_bytes=1000)
    fetched = source.fetch(None, tmp_path)
    listing = {
        item["Key"]: item["LastModified"] for item in bucket.list_objects_v2(Bucket="data", Prefix="in/")["Contents"]
    }
    newest = max(("in/a.csv", "in/b.csv"), key=lambda key: (listing[key], key))
    assert fetched.origin.name == newest.removeprefix("in/")
    assert source.fetch(fetched.tag, tmp_path) is None


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (S3File("data", key_name="nothing.csv", max_bytes=10), "NoSuchKey"),
        (S3File("no-such-bucket", key_name="a.csv", max_bytes=10), "NoSuchBucket"),
        (S3File("data", prefix="empty/", max_bytes=10), "no CSV file below"),
        (S3File("data", key_name="big.csv", max_bytes=10), "more than the limit"),
    ],
)
def test_every_fault_is_one_sentence(bucket, tmp_path, source, says):
    bucket.put_object(Bucket="data", Key="big.csv", Body=b"x" * 11)
    with pytest.raises(SourceFailed, match=says):
        source.fetch(None, tmp_path)


def test_an_unreachable_s3_is_one_sentence(bucket, tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    aws_client.cache_clear()
    monkeypatch.setattr("paebbl_viz.sources.s3.ATTEMPTS", 1)
    with pytest.raises(SourceFailed, match="cannot be reached"):
        S3File("data", key_name="a.csv", max_bytes=10).fetch(None, tmp_path)


def test_the_last_good_copy_comes_back_with_its_origin(bucket, tmp_path):
    copies = LastGoodCopies("data", "last-good/")
    source = S3File("elsewhere", key_name="k.csv", max_bytes=10)
    assert copies.load(source, tmp_path) is None
    path = tmp_path / "file.csv"
    path.write_bytes(b"a\n1\n")
    origin = Origin("sharepoint", "SharePoint", "Zürich µ.csv", 5.0)
    copies.save(source, Fetched(path, origin, '"tag",1'))
    found = copies.load(source, tmp_path)
    assert (found.path.read_bytes(), found.origin, found.tag) == (b"a\n1\n", origin, '"tag",1')

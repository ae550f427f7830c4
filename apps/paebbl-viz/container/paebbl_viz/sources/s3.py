"""A file in an S3 bucket: one key, or the newest CSV below a prefix."""

from __future__ import annotations

import itertools
import os
import time
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from paebbl_viz.sources.base import Fetched, SourceFailed
from paebbl_viz.store.dataset import Origin

CHUNK = 1024 * 1024
# One page of a listing has 1,000 keys; more than this many pages is no folder that people drop files into.
MOST_PAGES = 50
CONNECT_SECONDS = 5
READ_SECONDS = 20
ATTEMPTS = 3
# A server that sends a byte now and then never runs into the timeout of a read: this is for the whole file.
WHOLE_DOWNLOAD_SECONDS = 600.0


@cache
def _session() -> Any:
    """One for all clients: it keeps the descriptions of services, which take longest to read."""
    import boto3

    return boto3.session.Session()


@cache
def aws_client(service: str) -> Any:
    """A client that gives up: a hanging service must not hang the refresher.  Made once, because that is slow."""
    from botocore.config import Config

    # A form for another region than us-east-1 must name that region's host: the browser is sent on otherwise, to a host
    # that the page may not talk to.  Servers of tests have one host for all buckets.
    local = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    config = Config(
        s3={"addressing_style": "auto" if local else "virtual"},
        # A presigned form of the older kind works neither in new regions nor with encrypted buckets.
        signature_version="s3v4" if service == "s3" else None,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
    )
    return _session().client(service, config=config)


def aws_reason(error: Exception) -> str:
    """What AWS said, by its code; without the message, which may name accounts and roles."""
    response = getattr(error, "response", None) or {}
    return str(response.get("Error", {}).get("Code") or type(error).__name__)


class S3File:
    """Exactly one of `key_name` and `prefix` is set."""

    kind = "s3"
    label = "S3"

    def __init__(self, bucket: str, *, key_name: str = "", prefix: str = "", max_bytes: int) -> None:
        self.bucket = bucket
        self.key_name = key_name
        self.prefix = prefix
        self.max_bytes = max_bytes
        self.key = f"s3:{bucket}:{key_name or prefix + '*'}"

    def fetch(self, tag: str | None, folder: Path) -> Fetched | None:
        from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

        try:
            client = aws_client("s3")
            name = self.key_name or self._newest(client)
            known_name, _, known_etag = (tag or "").rpartition("|")
            condition = {"IfNoneMatch": known_etag} if known_name == name else {}
            answer = client.get_object(Bucket=self.bucket, Key=name, **condition)
            path = folder / "s3.csv"
            save_body(answer, path, max_bytes=self.max_bytes)
        except ClientError as error:
            if aws_reason(error) in ("304", "NotModified"):
                return None
            raise SourceFailed(f"S3 answered {aws_reason(error)}.") from error
        except (BotoCoreError, HTTPClientError, OSError) as error:
            raise SourceFailed(f"S3 cannot be reached ({type(error).__name__}).") from error
        version = answer.get("VersionId")
        detail = f"version {version}" if version and version != "null" else ""
        # What was published on the upload page has the name that it had there, and its publisher.
        about = answer.get("Metadata", {})
        title = unquote(about.get("title", "")) or name.rsplit("/", 1)[-1]
        who = f"published by {unquote(about['who'])}" if about.get("who") else detail
        origin = Origin("s3", "S3", title, answer["LastModified"].timestamp(), detail=who)
        return Fetched(path, origin, f"{name}|{answer['ETag']}")

    def _newest(self, client: Any) -> str:
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix)
        found = [item for page in itertools.islice(pages, MOST_PAGES) for item in page.get("Contents", [])]
        files = [item for item in found if item["Key"].lower().endswith(".csv") and item["Size"] > 0]
        if not files:
            raise SourceFailed(f"There is no CSV file below '{self.prefix}' in the bucket yet.")
        return str(max(files, key=lambda item: (item["LastModified"], item["Key"]))["Key"])


def save_body(answer: Any, path: Path, *, max_bytes: int, what: str = "The file in S3") -> None:
    """Writes an answer of `get_object` into a file.  Raises SourceFailed for one too large, cut short or too slow."""
    from urllib3.exceptions import HTTPError

    if answer["ContentLength"] > max_bytes:
        raise SourceFailed(f"{what} has {answer['ContentLength'] / 1e6:,.0f} MB, more than the limit.")
    size = 0
    deadline = time.monotonic() + WHOLE_DOWNLOAD_SECONDS
    try:
        with path.open("wb") as file, answer["Body"] as body:
            # As the bytes come: waiting for a whole chunk of them would look at the clock only once in a while.
            while chunk := body.read1(CHUNK):
                file.write(chunk)
                size += len(chunk)
                if time.monotonic() > deadline:
                    raise SourceFailed(f"{what} took too long to arrive.")
    except HTTPError as error:
        raise SourceFailed(f"{what} did not arrive ({type(error).__name__}).") from error
    if size != answer["ContentLength"]:
        raise SourceFailed(f"{what} was cut short.")

"""Files that people drop: straight from the browser into S3, looked at, then published or thrown away.

    PREFIX/incoming/<id>.csv              dropped, nobody sees it yet
    PREFIX/published/<time>-<id>.csv      published; the newest is what the S3 source shows

Publishing makes a new object and never overwrites one, so that two people at the same time lose nothing, and bringing
an old version back is publishing it again.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from paebbl_viz.errors import BadRequest
from paebbl_viz.sources.base import SourceFailed
from paebbl_viz.sources.s3 import aws_client, aws_reason, save_body

UPLOAD_ID = re.compile(r"[0-9a-f]{32}")
PUBLISHED_NAME = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{32}\.csv")
FORM_SECONDS = 600
CONTENT_TYPE = "text/csv"
LISTED = 50
REPLACED = "The file was replaced since it was looked at: drop it again."


@dataclass(frozen=True)
class Published:
    """A published file: `name` is its key's end, `title` what it was called on the computer of who dropped it."""

    name: str
    title: str
    who: str
    when: datetime
    size: int


@dataclass(frozen=True)
class Page:
    """Some of the published files, the newest first.

    `newest` is the name of the newest of all; `older` is where the next page begins, None where there are no more.
    """

    items: list[Published]
    newest: str | None
    older: str | None


class Uploads:
    def __init__(self, bucket: str, prefix: str, max_bytes: int) -> None:
        self.bucket = bucket
        self.prefix = prefix
        self.max_bytes = max_bytes

    def form(self) -> dict[str, Any]:
        """A form with which a browser may store one file of an allowed size and type under one key, for ten minutes."""
        upload = uuid.uuid4().hex
        fields = {"Content-Type": CONTENT_TYPE}
        conditions = [fields, ["content-length-range", 1, self.max_bytes]]
        with _plain_errors():
            made = aws_client("s3").generate_presigned_post(
                self.bucket, self._incoming(upload), Fields=fields, Conditions=conditions, ExpiresIn=FORM_SECONDS
            )
        return {"id": upload, **made}

    def download(self, upload: str, path: Path) -> str:
        """Returns the tag of what was written into `path`.

        Raises SourceFailed when it is not there or larger than allowed, whatever the form said.
        """
        with _plain_errors():
            answer = aws_client("s3").get_object(Bucket=self.bucket, Key=self._incoming(upload))
            save_body(answer, path, max_bytes=self.max_bytes, what="The file")
            return str(answer["ETag"])

    def publish(self, upload: str, tag: str, *, title: str, who: str) -> str:
        """Publishes exactly what `download` gave with this tag: the form can be used again as long as it is valid.

        The condition of the copy is what counts; emulators of S3 do not know it.
        """
        source = self._incoming(upload)
        with _plain_errors():
            now = aws_client("s3").head_object(Bucket=self.bucket, Key=source)["ETag"]
        if now != tag:
            raise BadRequest(REPLACED)
        return self._copy(source, title=title, who=who, CopySourceIfMatch=tag)

    def bring_back(self, name: str, *, who: str) -> str:
        old = self._published(name)
        with _plain_errors():
            title = unquote(aws_client("s3").head_object(Bucket=self.bucket, Key=old)["Metadata"].get("title", name))
        return self._copy(old, title=title, who=who)

    def discard(self, upload: str) -> None:
        with _plain_errors():
            aws_client("s3").delete_object(Bucket=self.bucket, Key=self._incoming(upload))

    def published(self, *, before: str = "") -> Page:
        """The newest first; keys begin with the time, so that S3's order is theirs.  `before` is a name."""
        last = self._published(before) if before else ""
        client = aws_client("s3")
        with _plain_errors():
            pages = client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=f"{self.prefix}published/"
            )
            found = [item for page in pages for item in page.get("Contents", [])]
            found.sort(key=lambda item: item["Key"], reverse=True)
            rest = [item for item in found if not last or item["Key"] < last]
            # Who and when is with each file itself: it is asked for those of one page only.
            heads = [client.head_object(Bucket=self.bucket, Key=item["Key"])["Metadata"] for item in rest[:LISTED]]
        items = [
            Published(
                item["Key"].rsplit("/", 1)[-1],
                unquote(head.get("title", "")),
                unquote(head.get("who", "")),
                item["LastModified"],
                item["Size"],
            )
            for item, head in zip(rest, heads, strict=False)
        ]
        newest = found[0]["Key"].rsplit("/", 1)[-1] if found else None
        return Page(items, newest, items[-1].name if len(rest) > len(items) else None)

    def _copy(self, source: str, *, title: str, who: str, **condition: str) -> str:
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}Z-{uuid.uuid4().hex}.csv"
        with _plain_errors():
            aws_client("s3").copy_object(
                Bucket=self.bucket,
                Key=self._published(name),
                CopySource={"Bucket": self.bucket, "Key": source},
                MetadataDirective="REPLACE",
                ContentType=CONTENT_TYPE,
                Metadata={"title": quote(title[:200]), "who": quote(who[:200])},
                **condition,
            )
        return name

    def _incoming(self, upload: str) -> str:
        if not UPLOAD_ID.fullmatch(upload):
            raise BadRequest("That is no upload.")
        return f"{self.prefix}incoming/{upload}.csv"

    def _published(self, name: str) -> str:
        if not PUBLISHED_NAME.fullmatch(name):
            raise BadRequest("That is no published version.")
        return f"{self.prefix}published/{name}"


class _plain_errors:  # noqa: N801 - reads as the statement that it is
    """AWS's errors as SourceFailed, by code."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        if isinstance(error, ClientError) and aws_reason(error) == "PreconditionFailed":
            raise BadRequest(REPLACED) from error
        if isinstance(error, ClientError | BotoCoreError):
            raise SourceFailed(f"S3 answered {aws_reason(error)}.") from error

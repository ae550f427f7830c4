"""A copy of the last good file in S3, so that a new task has it when the source does not answer."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from paebbl_viz.logs import LOGGER
from paebbl_viz.sources.base import Fetched, Source, SourceFailed
from paebbl_viz.sources.s3 import aws_client, aws_reason, save_body
from paebbl_viz.store.dataset import Origin


class LastGoodCopies:
    """One object for each source below `prefix`; the origin travels as metadata of the object."""

    def __init__(self, bucket: str, prefix: str) -> None:
        self.bucket = bucket
        self.prefix = prefix

    def save(self, source: Source, fetched: Fetched) -> bool:
        """Whether the copy could be saved; one that could not is logged and not more: the data are good and shown."""
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        # Metadata of S3 are ASCII; names of files are not.
        metadata = {"origin": json.dumps(asdict(fetched.origin)), "tag": json.dumps(fetched.tag)}
        try:
            aws_client("s3").upload_file(
                str(fetched.path), self.bucket, self._name(source), ExtraArgs={"Metadata": metadata}
            )
        except (BotoCoreError, ClientError, Boto3Error) as error:
            LOGGER.warning(
                "the last good copy could not be saved",
                extra={"event": "copy_not_saved", "source": source.kind, "reason": aws_reason(error)},
            )
            return False
        return True

    def load(self, source: Source, folder: Path) -> Fetched | None:
        """The last good file of a source, None when there is none or S3 does not answer either."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            answer = aws_client("s3").get_object(Bucket=self.bucket, Key=self._name(source))
            path = folder / "last-good.csv"
            save_body(answer, path, max_bytes=answer["ContentLength"])
            origin = Origin(**json.loads(answer["Metadata"]["origin"]))
            return Fetched(path, origin, json.loads(answer["Metadata"]["tag"]))
        except (BotoCoreError, ClientError, SourceFailed, KeyError, ValueError, TypeError, OSError) as error:
            LOGGER.warning(
                "there is no last good copy",
                extra={"event": "no_copy", "source": source.kind, "reason": aws_reason(error)},
            )
            return None

    def _name(self, source: Source) -> str:
        return f"{self.prefix}{source.kind}-{hashlib.sha256(source.key.encode()).hexdigest()[:12]}.csv"

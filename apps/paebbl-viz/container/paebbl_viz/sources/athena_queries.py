"""Runs a query in Athena and fetches its answer: start, wait, download, and give up in time."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from paebbl_viz.sources.base import SourceFailed
from paebbl_viz.sources.retry import DEFAULT_RETRY_SECONDS
from paebbl_viz.sources.s3 import aws_client, aws_reason, save_body

POLL_SECONDS = 1.0
# A query that scans what a dashboard should show takes seconds; one that is queued or runs longer is stopped.
LONGEST_SECONDS = 600.0
BUSY = ("ThrottlingException", "TooManyRequestsException")
# Athena's own words may name accounts, roles and buckets; its codes do not.
CODE = re.compile(r"^[A-Z][A-Z0-9_]{3,60}(?=:|$)")
CATEGORIES = {1: "an error of the service", 2: "an error in the query or a missing permission"}


class AthenaQueries:
    """`output` is an 's3://bucket/folder/'; without it the workgroup must say where answers go.

    `database` is where tables are that a query names without one, `catalog` where that is; `started` counts queries.
    """

    def __init__(
        self,
        *,
        workgroup: str = "",
        output: str = "",
        database: str = "",
        catalog: str = "",
        poll_seconds: float = POLL_SECONDS,
        longest_seconds: float = LONGEST_SECONDS,
    ) -> None:
        self.workgroup = workgroup
        self.output = output
        self.context = {"Catalog": catalog, "Database": database}
        self.started = 0
        self.poll_seconds = poll_seconds
        self.longest_seconds = longest_seconds

    def one_row(self, sql: str) -> list[str]:
        """The cells of the first row of the answer.  Raises SourceFailed."""
        query, _ = self._run(sql)
        with _plain_errors():
            # The first row of an answer are the names of its columns.
            rows = aws_client("athena").get_query_results(QueryExecutionId=query, MaxResults=2)["ResultSet"]["Rows"]
            return [str(cell.get("VarCharValue", "")) for cell in rows[1]["Data"]]

    def download(self, sql: str, path: Path, *, max_bytes: int) -> None:
        """Writes the answer as CSV.  Raises SourceFailed, also when it is larger than `max_bytes`."""
        _, address = self._run(sql)
        parts = urlsplit(address)
        if parts.scheme != "s3" or not parts.path.endswith(".csv"):
            raise SourceFailed("Athena did not say where the answer is: set 'PAEBBL_ATHENA_OUTPUT'.")
        with _plain_errors():
            answer = aws_client("s3").get_object(Bucket=parts.netloc, Key=parts.path.lstrip("/"))
            save_body(answer, path, max_bytes=max_bytes, what="The answer of Athena")

    def _run(self, sql: str) -> tuple[str, str]:
        """The id of the finished query and the address of its answer."""
        with _plain_errors():
            client = aws_client("athena")
            where = {"ResultConfiguration": {"OutputLocation": self.output}} if self.output else {}
            group = {"WorkGroup": self.workgroup} if self.workgroup else {}
            context = {name: value for name, value in self.context.items() if value}
            asked = {"QueryString": sql, "QueryExecutionContext": context, **where, **group}
            query = str(client.start_query_execution(**asked)["QueryExecutionId"])
            self.started += 1
            deadline = time.monotonic() + self.longest_seconds
            while True:
                found = client.get_query_execution(QueryExecutionId=query)["QueryExecution"]
                status = found["Status"]
                if status["State"] == "SUCCEEDED":
                    return query, str(found.get("ResultConfiguration", {}).get("OutputLocation", ""))
                if status["State"] in ("FAILED", "CANCELLED"):
                    raise _failure(status)
                if time.monotonic() > deadline:
                    # Stopped, because what it goes on scanning would be paid for.
                    client.stop_query_execution(QueryExecutionId=query)
                    raise SourceFailed(f"The query took longer than {self.longest_seconds / 60:.0f} minutes.")
                time.sleep(self.poll_seconds)


def _failure(status: dict[str, Any]) -> SourceFailed:
    if status["State"] == "CANCELLED":
        return SourceFailed("The query was stopped, by somebody or by the workgroup's limit of scanned data.")
    code = CODE.match(str(status.get("StateChangeReason", "")))
    category = CATEGORIES.get(status.get("AthenaError", {}).get("ErrorCategory", 0), "an error")
    return SourceFailed(f"The query failed: {code[0] if code else category}.")


@contextmanager
def _plain_errors() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

    try:
        yield
    except ClientError as error:
        wait = DEFAULT_RETRY_SECONDS if aws_reason(error) in BUSY else 0.0
        raise SourceFailed(f"AWS answered {aws_reason(error)}.", retry_after=wait) from error
    except (BotoCoreError, HTTPClientError, OSError) as error:
        raise SourceFailed(f"Athena cannot be reached ({type(error).__name__}).") from error
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise SourceFailed("Athena gave an answer that is not understood.") from error

"""A table in Athena (Parquet on S3) that is larger than this machine: a bounded extract of it, with the same views.

Athena answers in seconds and bills what it scans, so no page ever waits for it.  The refresher asks for as much as the
machine holds, the answer goes through the same reader as every other file, and the header says how much of the table
is shown:

- up to `most_rows` rows are taken as they are;
- of more, a random sample of about that many, which keeps shapes, shares and scatter, but not every extreme;
- `days` limits the table to a recent window, before anything is sampled;
- a query of one's own instead of a table may aggregate as it likes (see `OwnQuery`).
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from paebbl_viz.sources.athena_queries import AthenaQueries
from paebbl_viz.sources.base import Fetched, SourceFailed
from paebbl_viz.store.dataset import Origin

# A table whose rows were corrected without one more or less looks unchanged: after this time it is read anew.
AT_LEAST_SECONDS = 86_400.0


@dataclass(frozen=True)
class Extract:
    """What to ask for: `sql`, and in words how much of the table that is."""

    sql: str
    words: str = ""


class Question(Protocol):
    """What is extracted: a table (see `athena_table.py`) or a query of one's own.

    `name` is for people, `key` tells two of them apart.
    """

    @property
    def name(self) -> str: ...

    @property
    def key(self) -> str: ...

    def look(self) -> str:
        """A cheap query whose one row changes when the data do; empty when there is none."""
        ...

    def extract(self, seen: list[str]) -> Extract:
        """The query for the rows; `seen` is what `look` answered.  Raises SourceFailed when there are none."""
        ...


@dataclass(frozen=True)
class OwnQuery:
    """A SELECT that already says how much is wanted; it runs whenever it is due, in `database`."""

    sql: str
    name: str = "query"
    database: str = ""

    @property
    def key(self) -> str:
        return f"{self.database}: {self.sql}" if self.database else self.sql

    def look(self) -> str:
        return ""

    def extract(self, seen: list[str]) -> Extract:  # noqa: ARG002 - nothing was looked at
        return Extract(self.sql)


class AthenaExtract:
    """Asks at most every `every_seconds`, because every question has a price, also one that fails."""

    kind = "athena"
    label = "Athena"

    def __init__(self, queries: AthenaQueries, question: Question, *, every_seconds: float, max_bytes: int) -> None:
        self.queries = queries
        self.question = question
        self.every_seconds = every_seconds
        self.max_bytes = max_bytes
        self.key = f"athena:{question.key}"
        self._looked_at = 0.0
        self._failed_at = 0.0
        self._failure: SourceFailed | None = None

    def fetch(self, tag: str | None, folder: Path) -> Fetched | None:
        extracted_at, known = _read_tag(tag)
        now = time.time()
        if self._failure is not None and now - self._failed_at < self.every_seconds:
            raise self._failure.with_traceback(None)
        if known is not None and now - max(extracted_at, self._looked_at) < self.every_seconds:
            return None
        started = self.queries.started
        try:
            fetched = self._ask(extracted_at, known, folder, now)
        except SourceFailed as error:
            # What never became a query was not billed: it is tried again with the next round.
            self._failure, self._failed_at = (error, now) if self.queries.started > started else (None, 0.0)
            raise
        self._failure, self._looked_at = None, now
        return fetched

    def _ask(self, extracted_at: float, known: list[str] | None, folder: Path, now: float) -> Fetched | None:
        look = self.question.look()
        seen = self.queries.one_row(look) if look else []
        if look and seen == known and now - extracted_at < AT_LEAST_SECONDS:
            return None
        wanted = self.question.extract(seen)
        path = folder / "athena.csv"
        self.queries.download(wanted.sql, path, max_bytes=self.max_bytes)
        origin = Origin("athena", "Athena", self.question.name, now, detail=wanted.words)
        return Fetched(path, origin, json.dumps([now, seen]))


def _read_tag(tag: str | None) -> tuple[float, list[str] | None]:
    try:
        at, seen = json.loads(tag or "")
        return float(at), list(seen)
    except (ValueError, TypeError):
        return 0.0, None

"""A table as a question to Athena: which columns, which days, and how many of its rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from paebbl_viz.sources.athena import Extract
from paebbl_viz.sources.base import SourceFailed

TABLE_NAME = re.compile(r"\w+(\.\w+){1,2}")
# A random sample has a little more or less than was asked for; asking for less keeps the limit from cutting it.
MARGIN = 0.98


@dataclass(frozen=True)
class Table:
    """`name` is 'database.table'; no `columns` means all.

    `time_column` gives the rows their order, and together with `days` keeps those of the last days only.
    """

    name: str
    columns: tuple[str, ...] = ()
    time_column: str = ""
    days: int = 0
    most_rows: int = 1_000_000

    @property
    def key(self) -> str:
        return repr((self.name, self.columns, self.time_column, self.days, self.most_rows))

    def look(self) -> str:
        """How many rows there are and how new the newest is: Parquet's footers and one column, whatever the size."""
        newest = f"CAST(max({_quoted(self.time_column)}) AS varchar)" if self.time_column else "''"
        return f"SELECT count(*) AS row_count, {newest} AS newest FROM {self._from}{self._where}"  # noqa: S608 - quoted

    def extract(self, seen: list[str]) -> Extract:
        rows = int(seen[0]) if seen and seen[0].isdecimal() else 0
        if rows == 0:
            raise SourceFailed(f"The table '{self.name}' has no rows{self._window}.")
        what = ", ".join(map(_quoted, self.columns)) or "*"
        order = f" ORDER BY {_quoted(self.time_column)}" if self.time_column else ""
        if rows <= self.most_rows:
            sql = f"SELECT {what} FROM {self._from}{self._where}{order}"  # noqa: S608 - names are quoted
            return Extract(sql, f"all {rows:,} rows{self._window}")
        percent = 100 * MARGIN * self.most_rows / rows
        sampled = f"{self._from} TABLESAMPLE BERNOULLI ({percent:.8f})"
        sql = f"SELECT {what} FROM {sampled}{self._where}{order} LIMIT {self.most_rows}"  # noqa: S608 - names are quoted
        return Extract(sql, f"a random sample, about 1 in {100 / percent:,.0f} of {rows:,} rows{self._window}")

    @property
    def _from(self) -> str:
        return ".".join(map(_quoted, self.name.split(".")))

    @property
    def _where(self) -> str:
        if not self.days:
            return ""
        return f" WHERE {_quoted(self.time_column)} >= current_timestamp - INTERVAL '{self.days}' DAY"

    @property
    def _window(self) -> str:
        return f" of the last {self.days} days" if self.days else ""


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))

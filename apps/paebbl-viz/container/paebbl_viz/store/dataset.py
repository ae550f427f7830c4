"""One version of the data, ready to be read: immutable, and shared by all workers through the page cache."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.store.columns import NOT_A_TIME, Column, open_column, open_text

Rows = NDArray[np.intp] | slice
ALL_ROWS = slice(None)


@dataclass(frozen=True)
class Origin:
    """Where a file came from.

    `kind` is 'bundled', 'file', 's3', 'athena', 'sharepoint' or 'upload'; `label` is that in words; `modified` is when
    the file itself changed last, in seconds since 1970; `synthetic` marks made-up data.
    """

    kind: str
    label: str
    name: str
    modified: float
    synthetic: bool = False
    detail: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Dataset:
    """A table on disk with all that is known about it."""

    folder: Path
    id: str
    sha256: str
    size: int
    rows: int
    delimiter: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...]
    origin: Origin

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def _open(self) -> dict[str, NDArray[Any]]:
        return {}

    @cached_property
    def _lock(self) -> Lock:
        return Lock()

    def names(self, *kinds: str) -> list[str]:
        """The names of the columns of these kinds, in the order of the file."""
        return [column.name for column in self.columns if column.kind in kinds]

    def array(self, name: str) -> NDArray[Any]:
        """The mapped file of a column that is not text: numbers, milliseconds or codes (see `store.columns`)."""
        found = self._open.get(name)
        if found is None:
            with self._lock:
                found = self._open.setdefault(name, open_column(self.folder, self.by_name[name], self.rows))
        return found

    def missing_code(self, name: str) -> int:
        return int(np.iinfo(self.array(name).dtype).max)

    def present(self, name: str, rows: Rows = ALL_ROWS) -> NDArray[np.bool_]:
        """Which of the rows have a value in this column (not for text)."""
        values = self.array(name)[rows]
        kind = self.by_name[name].kind
        if kind == "number":
            return ~np.isnan(values)
        return values != (NOT_A_TIME if kind == "time" else self.missing_code(name))

    def texts(self, name: str, rows: NDArray[np.intp]) -> list[str | None]:
        """The cells of a text column in these rows; None where missing."""
        data, offsets = open_text(self.folder, self.by_name[name], self.rows)
        starts, ends = offsets[rows], offsets[rows + 1]
        return [
            bytes(data[start:end]).decode("utf-8") if end > start else None
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]

    def row_numbers(self, rows: Rows) -> NDArray[np.intp]:
        return np.arange(self.rows)[rows] if isinstance(rows, slice) else rows

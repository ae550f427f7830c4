"""A table on disk as one raw file for each column, which all workers map into memory and share.

- number: float64, NaN where missing
- time: int64 milliseconds since 1970 (UTC or local, as in the file), `NOT_A_TIME` where missing
- bool and category: uint8 or uint16 codes into `values`, the highest code where missing
- text: the UTF-8 bytes of all cells in a row, and int64 offsets (one more than there are rows)
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

NOT_A_TIME = np.iinfo(np.int64).min
KINDS = ("number", "time", "bool", "category", "text")


@dataclass(frozen=True)
class Column:
    """What is known about a column without reading it.

    `minimum` and `maximum` are numbers (time: milliseconds), None for text or when everything is missing.
    """

    name: str
    kind: str
    file: str
    missing: int
    unique: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    integer: bool = False
    date_only: bool = False
    values: tuple[str, ...] = field(default=())
    # Rows in equal steps from `minimum` to `maximum`, or for each of `values`: the small picture on the home page.
    histogram: tuple[int, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(data: dict[str, Any]) -> Column:
        return Column(**{**data, "values": tuple(data["values"]), "histogram": tuple(data["histogram"])})

    @property
    def filterable(self) -> bool:
        return self.kind in ("category", "bool") or (self.kind in ("number", "time") and self.minimum is not None)


def code_dtype(values: int) -> type[np.unsignedinteger[Any]]:
    """The smallest unsigned type that holds `values` codes and one more for missing."""
    return np.uint8 if values < 255 else np.uint16


def open_column(folder: Path, column: Column, rows: int) -> NDArray[Any]:
    """Maps a column's file; nothing is read before it is touched.  Text has two files: see `open_text`."""
    dtype: Any = {"number": np.float64, "time": np.int64}.get(column.kind) or code_dtype(len(column.values))
    # A plain view of the map: every operation on a `memmap` itself pays for being one.
    return np.memmap(folder / column.file, dtype=dtype, mode="r", shape=(rows,)).view(np.ndarray)


def open_text(folder: Path, column: Column, rows: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The bytes and the offsets of a text column."""
    offsets: NDArray[np.int64] = np.memmap(
        folder / f"{column.file}.offsets", dtype=np.int64, mode="r", shape=(rows + 1,)
    )
    size = int(offsets[-1])
    if size == 0:  # an empty file cannot be mapped
        return np.empty(0, dtype=np.uint8), offsets
    return np.memmap(folder / column.file, dtype=np.uint8, mode="r", shape=(size,)), offsets

"""Rows in the order of the x axis within each pair of (filter value, colour), with the extremes of every 8 of them.

A query for one region and four colours then looks at four pieces that lie in order, and in a large table not at their
rows but at blocks: its cost hardly depends on the number of rows.  An index is made by the first query of its kind and
lies as mapped files beside the columns, shared by all workers.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.store.dataset import Dataset

BLOCK = 8
# Pairs of columns with more combinations than this are not worth an index: their pieces are too small.
MOST_KEYS = 4_096


@dataclass(frozen=True)
class Piece:
    """Positions `start` to `end` of the index: the rows of one filter value and one colour."""

    start: int
    end: int


class Index:
    """The index of `data` over `x`, within `by` (none, one or two columns of categories)."""

    def __init__(self, data: Dataset, x: str, by: tuple[str, ...], folder: Path) -> None:
        self.data = data
        self.x = x
        self.by = by
        self.folder = folder
        self._extremes: dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
        self._values: dict[str, NDArray[np.float32]] = {}
        self.sizes = tuple(len(data.by_name[name].values) + 1 for name in by)

    @cached_property
    def order(self) -> NDArray[np.int32]:
        return np.memmap(self.folder / "order", dtype=np.int32, mode="r").view(np.ndarray)

    @cached_property
    def offsets(self) -> NDArray[np.int64]:
        return np.fromfile(self.folder / "offsets", dtype=np.int64)

    @cached_property
    def block_x(self) -> NDArray[np.float64]:
        """The x of the first row of each block."""
        return np.memmap(self.folder / "block-x", dtype=np.float64, mode="r").view(np.ndarray)

    def piece(self, *codes: int) -> Piece:
        key = 0
        for code, size in zip(codes, self.sizes, strict=True):
            key = key * size + code
        return Piece(int(self.offsets[key]), int(self.offsets[key + 1]))

    def from_minimum(self, name: str) -> NDArray[np.float32]:
        """A column in the order of the index, counted from its minimum: so 32 bits are precise to a hair of a pixel."""
        found = self._values.get(name)
        if found is None:
            path = self.folder / f"values-{self.data.by_name[name].file}"
            if not path.exists():
                low = self.data.by_name[name].minimum or 0.0
                _publish(path, (self.data.array(name)[self.order] - low).astype(np.float32))
            found = self._values[name] = np.memmap(path, dtype=np.float32, mode="r").view(np.ndarray)
        return found

    def extremes(self, y: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The lowest and the highest `y` of each block."""
        found = self._extremes.get(y)
        if found is None:
            found = self._extremes[y] = self._open_extremes(y)
        return found

    def _open_extremes(self, y: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        path = self.folder / f"extremes-{self.data.by_name[y].file}"
        if not path.exists():
            values = self.data.array(y)[self.order].astype(np.float32)
            starts = np.arange(0, len(values), BLOCK)
            _publish(path, np.concatenate([np.fmin.reduceat(values, starts), np.fmax.reduceat(values, starts)]))
        both = np.memmap(path, dtype=np.float32, mode="r").view(np.ndarray)
        return both[: len(both) // 2], both[len(both) // 2 :]


_making = Lock()
_open: dict[tuple[Path, str, tuple[str, ...]], Index] = {}


def index_of(data: Dataset, x: str, by: tuple[str, ...]) -> Index | None:
    """The index, made now if it is not there; None where one would not pay."""
    keys = int(np.prod([len(data.by_name[name].values) + 1 for name in by], dtype=np.int64))
    if keys > MOST_KEYS or data.by_name[x].missing or data.rows >= 2**31:
        return None
    known = _open.get((data.folder, x, by))
    if known is not None:
        return known
    name = blake2b(repr((x, by)).encode(), digest_size=8).hexdigest()
    folder = data.folder / f"index-{name}"
    with _making:
        if not folder.exists():
            _make(data, x, by, keys, folder)
        for other in [key for key in _open if not key[0].exists()]:
            del _open[other]
        return _open.setdefault((data.folder, x, by), Index(data, x, by, folder))


def _make(data: Dataset, x: str, by: tuple[str, ...], keys: int, folder: Path) -> None:
    scratch = Path(tempfile.mkdtemp(prefix="making-", dir=data.folder))
    try:
        along = data.array(x)
        order = np.arange(data.rows, dtype=np.int32)
        if data.rows > 1 and not bool((along[1:] >= along[:-1]).all()):
            order = np.argsort(along, kind="stable").astype(np.int32)
        key = np.zeros(data.rows, dtype=np.uint16)
        for name in by:
            count = len(data.by_name[name].values)
            key = key * np.uint16(count + 1) + np.minimum(data.array(name), count).astype(np.uint16)
        # Stable and of 16 bits: numpy sorts such keys digit by digit, in linear time.
        order = order[np.argsort(key[order], kind="stable")]
        order.tofile(scratch / "order")
        np.concatenate([[0], np.cumsum(np.bincount(key, minlength=keys))]).astype(np.int64).tofile(scratch / "offsets")
        along[order[::BLOCK]].astype(np.float64).tofile(scratch / "block-x")
        if not folder.exists():
            scratch.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _publish(path: Path, values: NDArray[np.float32]) -> None:
    """Two workers may make the same file at the same time: each writes its own, the last name wins, both are right."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        values.tofile(file)
    Path(file.name).replace(path)

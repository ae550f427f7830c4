"""Rows in the order of the x axis within each combination of some columns of categories, as mapped files.

A query for one region and four colours then looks at four pieces that lie in order, and in a large table not at their
rows but at blocks of them (`fast.pyramid`): its cost hardly depends on the number of rows.  An index is made by the
first query of its kind and lies beside the columns, shared by all workers.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paebbl_viz.fast import pyramid
from paebbl_viz.fast.precision import float_type
from paebbl_viz.store.columns import code_dtype, open_column
from paebbl_viz.store.dataset import Dataset

# Goes up when the files change their meaning.
LAYOUT = 3
# The file of an index that says what it is of.
DESCRIPTION = "of.json"
# So many are held open: those of data that are no longer shown go when they are the oldest.
MOST_OPEN = 16
# Columns with more combinations than this are not worth an index: their pieces are too small.
MOST_KEYS = 4_096
# The extremes of many rows are those of at least so many blocks.
ENOUGH_BLOCKS = 64


@dataclass(frozen=True)
class Piece:
    """Positions `start` to `end` of the index: the rows of one combination."""

    start: int
    end: int


class Index:
    """The index of `data` over `x`, within `by` (none, one or two columns of categories)."""

    def __init__(self, data: Dataset, x: str, by: tuple[str, ...], folder: Path) -> None:
        self.data = data
        self.x = x
        self.by = by
        self.folder = folder
        self._arrays: dict[tuple[str, str], NDArray[Any]] = {}
        self._counts: dict[tuple[str, Piece], NDArray[np.int64]] = {}
        self._levels: dict[str, list[pyramid.Level]] = {}
        self.sizes = tuple(len(data.by_name[name].values) + 1 for name in by)

    @cached_property
    def order(self) -> NDArray[np.int32]:
        """The number of the row at each position."""
        return _map(self.folder / "order", np.int32)

    @cached_property
    def offsets(self) -> list[int]:
        return np.fromfile(self.folder / "offsets", dtype=np.int64).tolist()

    @cached_property
    def along(self) -> NDArray[np.float64]:
        """`x` at each position: ascending within a piece."""
        return _map(self.folder / "x", np.float64)

    def piece(self, *codes: int) -> Piece:
        key = 0
        for code, size in zip(codes, self.sizes, strict=True):
            key = key * size + code
        return Piece(self.offsets[key], self.offsets[key + 1])

    def span(self, piece: Piece, low: float, high: float) -> slice:
        """The positions of a piece whose x is inside of [low, high]."""
        along = self.along[piece.start : piece.end]
        ends = np.searchsorted(along, low), np.searchsorted(along, high, side="right")
        return slice(piece.start + int(ends[0]), piece.start + int(ends[1]))

    def values(self, name: str) -> NDArray[Any]:
        """A column of numbers or times at each position, in as many bits as a picture of it needs."""
        column = self.data.by_name[name]
        return self._array("values", name, float_type(column), lambda order: self._column(name)[order])

    def codes(self, name: str) -> NDArray[Any]:
        """A column of categories at each position; what is missing has the code after the last."""
        count = len(self.data.by_name[name].values)
        return self._array("codes", name, code_dtype(count), lambda order: np.minimum(self._column(name), count)[order])

    def count(self, name: str, piece: Piece) -> NDArray[np.int64]:
        """How many rows of a piece have each code of a column of categories."""
        found = self._counts.get((name, piece))
        if found is None:
            size = len(self.data.by_name[name].values) + 1
            found = np.bincount(self.codes(name)[piece.start : piece.end], minlength=size)
            self._counts[name, piece] = found
        return found

    def levels(self, name: str) -> list[pyramid.Level]:
        """The lowest and the highest value of blocks of rows, from small blocks to large ones."""
        found = self._levels.get(name)
        if found is None:
            kind = float_type(self.data.by_name[name])
            self.values(name)  # makes the file
            file = self.folder / f"values-{self.data.by_name[name].file}"
            lowest = self._array("lowest", name, kind, lambda _: pyramid.build(_map(file, kind), np.fmin))
            highest = self._array("highest", name, kind, lambda _: pyramid.build(_map(file, kind), np.fmax))
            found = self._levels[name] = pyramid.levels(len(self.order), self._starts, lowest, highest)
        return found

    def extremes(self, name: str, start: int, stop: int) -> tuple[float, float]:
        """The lowest and the highest value of a column at these positions; (inf, -inf) where all are missing."""
        values = self.values(name)
        lowest = highest = [values[start:stop]]
        level = pyramid.coarsest(self.levels(name), (stop - start) // ENOUGH_BLOCKS)
        if level is not None:
            blocks = slice(-(-start // level.rows), stop // level.rows)
            ends = [values[start : blocks.start * level.rows], values[blocks.stop * level.rows : stop]]
            lowest, highest = [level.lowest[blocks], *ends], [level.highest[blocks], *ends]
        low = np.fmin.reduce([np.fmin.reduce(part, initial=np.nan) for part in lowest])
        high = np.fmax.reduce([np.fmax.reduce(part, initial=np.nan) for part in highest])
        return (float(low), float(high)) if low <= high else (np.inf, -np.inf)

    @cached_property
    def _starts(self) -> NDArray[np.float64]:
        """`x` at the first position of each block, for all levels."""
        return self._array("starts", self.x, np.float64, lambda _: pyramid.firsts(_map(self.folder / "x", np.float64)))

    def _column(self, name: str) -> NDArray[Any]:
        """Mapped for a moment: what was read to make a file must not be this process's memory for ever."""
        return open_column(self.data.folder, self.data.by_name[name], self.data.rows)

    def _array(self, what: str, name: str, dtype: Any, make: Callable[[NDArray[Any]], NDArray[Any]]) -> NDArray[Any]:
        found = self._arrays.get((what, name))
        if found is None:
            path = self.folder / f"{what}-{self.data.by_name[name].file}"
            if not path.exists():
                _publish(path, make(_map(self.folder / "order", np.int32)).astype(dtype, copy=False))
            found = self._arrays[what, name] = _map(path, dtype)
        return found


_making = Lock()
_open: dict[tuple[Path, str, tuple[str, ...]], Index] = {}


def index_of(data: Dataset, x: str, by: tuple[str, ...]) -> Index | None:
    """The index, made now if it is not there; None where one would not pay."""
    known = _open.get((data.folder, x, by))
    if known is not None:
        return known
    keys = int(np.prod([len(data.by_name[name].values) + 1 for name in by], dtype=np.int64))
    if keys > MOST_KEYS or data.by_name[x].missing or data.rows >= 2**31:
        return None
    name = blake2b(repr((LAYOUT, x, by)).encode(), digest_size=8).hexdigest()
    folder = data.folder / f"index-{name}"
    # One thread of one worker: all others that ask for it wait, and find it.
    with _making, (data.folder / "index.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _make(data, x, by, keys, folder)
        for other in [key for key in _open if not key[0].exists()]:
            del _open[other]
        while len(_open) >= MOST_OPEN:
            del _open[next(iter(_open))]
        return _open.setdefault((data.folder, x, by), Index(data, x, by, folder))


def _make(data: Dataset, x: str, by: tuple[str, ...], keys: int, folder: Path) -> None:
    scratch = Path(tempfile.mkdtemp(prefix="making-", dir=data.folder))
    try:
        along = open_column(data.folder, data.by_name[x], data.rows)
        order = _by_value(along)
        offsets = np.array([0, data.rows])
        if by:
            key = np.zeros(data.rows, dtype=np.uint16)
            for name in by:
                count = len(data.by_name[name].values)
                codes = open_column(data.folder, data.by_name[name], data.rows)
                key = key * np.uint16(count + 1) + np.minimum(codes, count).astype(np.uint16)
            offsets = np.concatenate([[0], np.cumsum(np.bincount(key, minlength=keys))])
            # Stable and of 16 bits: numpy sorts such keys digit by digit, in linear time.
            order = order[np.argsort(key[order], kind="stable")]
        order.tofile(scratch / "order")
        offsets.astype(np.int64).tofile(scratch / "offsets")
        along[order].astype(np.float64).tofile(scratch / "x")
        (scratch / DESCRIPTION).write_text(json.dumps({"x": x, "by": by}), encoding="utf-8")
        scratch.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _by_value(along: NDArray[Any]) -> NDArray[np.int32]:
    """The rows by their value, and equal ones in an order without a pattern.

    Of many points in one place the last one is drawn: in the order of the file it might always be of one colour.
    """
    ahead = along[1:] > along[:-1]
    if bool(ahead.all()):
        return np.arange(len(along), dtype=np.int32)
    shuffled = np.random.default_rng(len(along)).permutation(len(along)).astype(np.int32)
    return shuffled[np.argsort(along[shuffled], kind="stable")]


def _map(path: Path, dtype: Any) -> NDArray[Any]:
    """Nothing is read before it is touched; an empty file cannot be mapped."""
    if path.stat().st_size == 0:
        return np.empty(0, dtype=dtype)
    return np.memmap(path, dtype=dtype, mode="r").view(np.ndarray)


def _publish(path: Path, values: NDArray[Any]) -> None:
    """Two workers may make the same file at the same time: each writes its own, the last name wins, both are right."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        values.tofile(file)
    Path(file.name).replace(path)

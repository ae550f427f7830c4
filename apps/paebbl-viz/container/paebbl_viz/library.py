"""What the pages ask for data: `Library.current()`, which never waits for a network or for a file to be read."""

from __future__ import annotations

import fcntl
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from paebbl_viz.errors import BadData, NoData
from paebbl_viz.reader.child import read_in_child
from paebbl_viz.reader.ingest import Limits
from paebbl_viz.settings import BUNDLED_FILE, Settings
from paebbl_viz.sources.local import LocalFile
from paebbl_viz.store.dataset import Dataset
from paebbl_viz.store.versions import Current, Versions, version_id

# A file of more bytes is read in a process of its own, or this one would keep the memory that it took.
LARGE_BYTES = 5_000_000


@dataclass(frozen=True)
class Shown:
    """The data of this moment and what there is to say about them."""

    data: Dataset
    current: Current
    preview: bool = False


class Library:
    """Keeps the data that are shown; safe for many threads and many workers on one machine."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.versions = Versions(settings.state)
        self.limits = Limits(bytes=settings.max_file_mb * 1_000_000, columns=settings.max_columns)
        self._lock = Lock()
        self._stamp: tuple[int, int] | None = None
        self._shown: Shown | None = None
        self._problem: str | None = None

    def current(self) -> Shown:
        """The data to show now; raises NoData when there never were any."""
        stamp = self.versions.stamp()
        if stamp is None or stamp != self._stamp:
            self._load(stamp)
        if self._shown is None:
            raise NoData(self._problem or "No data have been read yet. Try again in a moment.")
        return self._shown

    def prepare(self) -> None:
        """Has something to show before the first request: the local file, unless better data are there from before.

        Only reads local files; other sources are asked by the refresher.
        """
        path = self.settings.data_file or BUNDLED_FILE
        with self.writing():
            current = self.versions.current()
            remote = self.settings.data_file is None and current is not None and current.version is not None
            if remote and current and current.origin and current.origin.kind not in ("bundled", "file"):
                return
            now = time.time()
            try:
                origin = LocalFile(path).origin(path.stat().st_mtime if path.is_file() else 0.0)
                version = self.version_of(path) or self._read(path)
                if current is None or (current.version, current.origin) != (version, origin):
                    self.versions.show(Current(version, origin, checked_at=now, changed_at=now))
            except BadData as error:
                self.versions.show(Current(None, None, problem=str(error), problem_since=now, checked_at=now))

    def _read(self, path: Path) -> str:
        if path.is_file() and path.stat().st_size > LARGE_BYTES:
            return read_in_child(path, self.versions.state, limits=self.limits, name=path.name)
        return self.versions.add(path, limits=self.limits)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time among all workers of the machine."""
        with (self.versions.state / "writer.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def version_of(self, path: Path) -> str | None:
        """The version that was made of these very bytes, if it is still there."""
        if not path.is_file():
            return None
        with path.open("rb") as file:
            version = version_id(hashlib.file_digest(file, "sha256").hexdigest())
        return version if self.versions.has(version) else None

    def _load(self, stamp: tuple[int, int] | None) -> None:
        with self._lock:
            if stamp is not None and stamp == self._stamp:
                return
            current = self.versions.current()
            if current is not None and current.version and current.origin:
                known = self._shown
                same = known is not None and known.data.id == current.version and known.data.origin == current.origin
                data = known.data if known and same else self.versions.open(current.version, current.origin)
                self._shown = Shown(data, current)
            else:
                self._shown = None
                self._problem = current.problem if current else None
            self._stamp = stamp

"""The versions of the data on disk, and which one is shown: `current.json`, replaced in one step.

    STATE/versions/<id>/   column files and table.json, never changed once they are there
    STATE/current.json     which version is shown, since when, and what went wrong if something did

A reader sees the old version or the new one, never half of one: a version gets its final name only when it is whole.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from paebbl_viz.reader.ingest import Ingested, Limits, ingest
from paebbl_viz.reader.scan import scan
from paebbl_viz.store.columns import Column
from paebbl_viz.store.dataset import Dataset, Origin

# Goes up when the files change their meaning, so that a newer app never reads an older one's files.
FORMAT = 1
KEPT_VERSIONS = 3
# A version this young may be about to be shown, in seconds.
YOUNG_SECONDS = 60


@dataclass(frozen=True)
class Current:
    """What is shown now.

    `version` is None when nothing readable was ever found, and then `problem` says why; with a version, `problem` says
    why a newer or better source is not shown.  Times are in seconds since 1970.
    """

    version: str | None
    origin: Origin | None
    problem: str | None = None
    problem_since: float | None = None
    checked_at: float = 0.0
    changed_at: float = 0.0


def version_id(sha256: str) -> str:
    """What a version of a file with this fingerprint is called."""
    return f"{sha256[:16]}-{FORMAT}"


class Versions:
    """The folder of all versions, for one writer at a time and any number of readers."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.folder = state / "versions"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._pointer = state / "current.json"

    def add(self, source: Path, *, limits: Limits, name: str | None = None) -> str:
        """Reads a file into a new version and returns its id; raises BadData and leaves nothing behind.

        The same bytes under another name or tag, or after a restart, are not read again.
        """
        seen = scan(source, max_bytes=limits.bytes)
        version = version_id(seen.sha256)
        if self.has(version):
            return version
        scratch = Path(tempfile.mkdtemp(prefix="new-", dir=self.state))
        try:
            found = ingest(source, scratch, limits=limits, name=name, seen=seen)
            (scratch / "table.json").write_text(json.dumps(_to_json(found)), encoding="utf-8")
            target = self.folder / version
            if target.exists():
                return version
            scratch.rename(target)
            return version
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def has(self, version: str) -> bool:
        return (self.folder / version / "table.json").is_file()

    def modified(self, version: str) -> float:
        return (self.folder / version).stat().st_mtime

    def open(self, version: str, origin: Origin) -> Dataset:
        """Maps a version; its files stay readable even when it is removed later."""
        folder = self.folder / version
        table = json.loads((folder / "table.json").read_text(encoding="utf-8"))
        columns = tuple(Column.from_json(column) for column in table.pop("columns"))
        return Dataset(folder, version, columns=columns, notes=tuple(table.pop("notes")), origin=origin, **table)

    def stamp(self) -> tuple[int, int] | None:
        """Changes whenever `show` was called; costs one system call."""
        try:
            found = self._pointer.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns

    def current(self) -> Current | None:
        try:
            data: dict[str, Any] = json.loads(self._pointer.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        origin = data.pop("origin")
        return Current(**data, origin=Origin(**origin) if origin else None)

    def show(self, current: Current) -> None:
        """Makes `current` what every worker shows from its next request on."""
        with tempfile.NamedTemporaryFile("w", dir=self.state, delete=False, encoding="utf-8") as file:
            json.dump(asdict(current), file)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(self._pointer)
        self._forget_old(current.version)

    def _forget_old(self, shown: str | None) -> None:
        by_age = sorted(self.folder.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
        for folder in by_age[KEPT_VERSIONS:]:
            if folder.name != shown and time.time() - folder.stat().st_mtime > YOUNG_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _to_json(found: Ingested) -> dict[str, Any]:
    data = {**vars(found)}
    data["columns"] = [column.to_json() for column in found.columns]
    return data

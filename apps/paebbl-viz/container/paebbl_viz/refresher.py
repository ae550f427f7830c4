"""Keeps the data fresh in the background: fetches, checks, swaps; a request never waits for it.

One worker of a machine does this, the one that holds `refresher.lock`; the others see the new version through
`current.json`.  When a source fails, what was good stays, and every page says since when and why.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import shutil
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TextIO

from paebbl_viz import events
from paebbl_viz.errors import BadData, ReadingFailed, ReadingStopped
from paebbl_viz.library import LARGE_BYTES, Library
from paebbl_viz.logs import LOGGER
from paebbl_viz.reader.child import read_in_child
from paebbl_viz.reader.ingest import Limits
from paebbl_viz.sources.base import Fetched, Source, SourceFailed
from paebbl_viz.sources.last_good import LastGoodCopies
from paebbl_viz.store.dataset import Origin
from paebbl_viz.store.versions import Current

# How often the refresher looks whether somebody pressed the button, in seconds.
LOOK_SECONDS = 1.0
# Pressing the button again within this time changes nothing, in seconds.
PATIENCE_SECONDS = 5.0
# A file of this machine costs one system call to look at, so that a change shows at once, in seconds.
LOCAL_SECONDS = 2.0
LOCAL_KINDS = ("bundled", "file")
# The folder of files whose last good copy could not be saved yet.
UNSAVED = "unsaved"
# How often a problem that lasts is told to the alarm, in seconds: its period must not depend on that of the rounds.
REPEAT_SECONDS = 60.0
# A file that could not be read here, for lack of memory or time, is tried again after this, in seconds.
AGAIN_SECONDS = 600.0


class Read(Protocol):
    """Reads a file into a version in a state folder and returns its id; raises BadData."""

    def __call__(self, source: Path, state: Path, *, limits: Limits, name: str) -> str: ...


@dataclass(frozen=True)
class Known:
    """What is remembered of a source between two looks: its tag, the version made of it, and when it may be asked."""

    tag: str | None = None
    version: str | None = None
    origin: Origin | None = None
    not_before: float = 0.0


@dataclass(frozen=True)
class Refused:
    """A file that is no table, by its tag: neither downloaded nor read again before it changes or `until`."""

    tag: str
    error: BadData
    until: float

    def stands(self) -> bool:
        return time.monotonic() < self.until


class Refresher:
    """`start()` makes the thread; `refresh()` is one round, for the thread and for tests."""

    def __init__(
        self, library: Library, sources: list[Source], copies: LastGoodCopies | None, *, read: Read = read_in_child
    ) -> None:
        self.library = library
        self.sources = sources
        self.copies = copies
        self._read_file = read
        self._state = library.versions.state
        self._memory = self._state / "sources.json"
        self._request = self._state / "refresh-requested"
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock_file: TextIO | None = None
        self._round_started = 0.0
        # Not kept over a restart: another limit, or a better reader, may take the file.
        self._refused: dict[str, Refused] = {}
        self._unsaved: dict[str, Fetched] = {}
        self._broken = False

    def start(self) -> None:
        """Starts the thread once; it ends with the process."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="refresher", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=60)
        if self._lock_file is not None:
            self._lock_file.close()

    def request(self) -> None:
        """Somebody pressed 'refresh now'."""
        self._request.touch()

    def refresh(self) -> None:
        """Asks the sources in their order until one has data, and shows those.  Never raises for a source's failure."""
        self._round_started = time.perf_counter()
        before = self.library.versions.current()
        memory = self._load_memory()
        reasons: list[str] = []
        for source in self.sources:
            try:
                known = self._ask(source, memory)
            except (SourceFailed, BadData, OSError) as error:
                # What is no fault of the source is one of this machine, such as a full disk.
                words = (
                    f"The file cannot be kept here ({error.strerror})." if isinstance(error, OSError) else str(error)
                )
                reasons.append(f"{source.label}: {words}")
                self._remember_failure(source, memory, error)
                kept = self._kept(source, memory)
                if kept is None:
                    continue
                known = kept
            self._show(source, known, reasons, before)
            return
        self._show_nothing(reasons, before)

    def _ask(self, source: Source, memory: dict[str, Known]) -> Known:
        known = memory.get(source.key, Known())
        if known.not_before > time.time():
            seconds = round(known.not_before - time.time())
            raise SourceFailed(f"it asked to wait another {seconds} s.", retry_after=known.not_before - time.time())
        self._save_again(source)
        there = known.version is not None and self.library.versions.has(known.version)
        refused = self._refused.get(source.key)
        if refused is not None and not refused.stands():
            refused = None
        tag = refused.tag if refused else known.tag if there else None
        with tempfile.TemporaryDirectory(prefix="fetch-", dir=self._state) as folder:
            fetched = source.fetch(tag, Path(folder))
            if refused is not None and (fetched is None or fetched.tag == refused.tag):
                raise refused.error.with_traceback(None)
            if fetched is None:
                return self._remember(source, memory, replace(known, not_before=0.0))
            found = self._read_or_refuse(source, fetched, first=not there)
            if found.version != known.version:
                self._save(source, fetched)
        return self._remember(source, memory, found)

    def _read_or_refuse(self, source: Source, fetched: Fetched, *, first: bool) -> Known:
        self._refused.pop(source.key, None)
        try:
            return self._read(fetched, first=first)
        except BadData as error:
            until = time.monotonic() + AGAIN_SECONDS if isinstance(error, ReadingFailed) else float("inf")
            self._refused[source.key] = Refused(fetched.tag, error, until)
            raise

    def _save(self, source: Source, fetched: Fetched) -> None:
        """Keeps what could not be saved: the source gives the file only once."""
        if self.copies is None or source.kind in LOCAL_KINDS:
            return
        old = self._unsaved.pop(source.key, None)
        if self.copies.save(source, fetched):
            if old is not None:
                old.path.unlink(missing_ok=True)
            return
        folder = self._state / UNSAVED
        kept = folder / f"{hashlib.sha256(source.key.encode()).hexdigest()[:16]}.csv"
        # A full disk has no room for it: the data are good and shown all the same.
        with contextlib.suppress(OSError):
            folder.mkdir(exist_ok=True)
            fetched.path.replace(kept)
            self._unsaved[source.key] = replace(fetched, path=kept)

    def _save_again(self, source: Source) -> None:
        waiting = self._unsaved.get(source.key)
        if waiting is not None and self.copies is not None and self.copies.save(source, waiting):
            del self._unsaved[source.key]
            waiting.path.unlink(missing_ok=True)

    def _read(self, fetched: Fetched, *, first: bool) -> Known:
        """`first` is whether nothing of this source is known, as after a start: then its bytes may be there already."""
        # While people read, even the look whether a large file is known is left to the process that reads it.
        here = first or fetched.path.stat().st_size <= LARGE_BYTES
        version = (self.library.version_of(fetched.path) if here else None) or self._read_file(
            fetched.path, self._state, limits=self.library.limits, name=fetched.origin.name
        )
        return Known(fetched.tag, version, fetched.origin)

    def _kept(self, source: Source, memory: dict[str, Known]) -> Known | None:
        """The last good data of a source that fails now: of this machine, else the copy in S3."""
        known = memory.get(source.key, Known())
        if known.version and known.origin and self.library.versions.has(known.version):
            return known
        if self.copies is None or source.kind in LOCAL_KINDS:
            return None
        with tempfile.TemporaryDirectory(prefix="fetch-", dir=self._state) as folder:
            copy = self.copies.load(source, Path(folder))
            if copy is None:
                return None
            try:
                found = self._read(copy, first=True)
            except BadData as error:
                LOGGER.warning("the last good copy is unreadable", extra={"event": "bad_copy", "reason": str(error)})
                return None
        return self._remember(source, memory, replace(found, not_before=known.not_before))

    def _show(self, source: Source, known: Known, reasons: list[str], before: Current | None) -> None:
        assert known.version is not None and known.origin is not None  # noqa: S101 - so says the type of both callers
        now = time.time()
        problem = " ".join(reasons) or None
        same = before is not None and before.version == known.version and before.origin == known.origin
        since = before.problem_since if before and before.problem and problem else (now if problem else None)
        changed = before.changed_at if same and before else now
        if same and before and problem == before.problem and source.kind in LOCAL_KINDS:
            return  # a file of this machine is looked at every few seconds, which is no news
        with self.library.writing():
            self.library.versions.show(Current(known.version, known.origin, problem, since, now, changed))
        self._tell(before, problem, shown=source.label, version=known.version, changed=not same)

    def _show_nothing(self, reasons: list[str], before: Current | None) -> None:
        """No source ever had data: what is shown stays, and if nothing is, the pages say why."""
        now = time.time()
        problem = " ".join(reasons)
        version, origin = (before.version, before.origin) if before else (None, None)
        since = before.problem_since if before and before.problem else now
        with self.library.writing():
            self.library.versions.show(
                Current(version, origin, problem, since, now, before.changed_at if before else now)
            )
        self._tell(before, problem, shown=origin.label if origin else "nothing", version=version, changed=False)

    def _tell(self, *what: Any, **about: Any) -> None:
        events.tell(*what, **about, milliseconds=(time.perf_counter() - self._round_started) * 1000)

    def _remember(self, source: Source, memory: dict[str, Known], known: Known) -> Known:
        memory[source.key] = known
        self._save_memory(memory)
        return known

    def _remember_failure(self, source: Source, memory: dict[str, Known], error: Exception) -> None:
        wait = getattr(error, "retry_after", 0.0)
        known = memory.get(source.key, Known())
        if wait and known.not_before <= time.time():
            self._remember(source, memory, replace(known, not_before=time.time() + wait))

    def _load_memory(self) -> dict[str, Known]:
        try:
            data: dict[str, Any] = json.loads(self._memory.read_text(encoding="utf-8"))
            return {
                key: Known(**{**one, "origin": Origin(**one["origin"]) if one["origin"] else None})
                for key, one in data.items()
            }
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return {}

    def _save_memory(self, memory: dict[str, Known]) -> None:
        scratch = self._memory.with_suffix(".new")
        scratch.write_text(json.dumps({key: asdict(known) for key, known in memory.items()}), encoding="utf-8")
        scratch.replace(self._memory)

    def _run(self) -> None:
        while not self._stop.is_set():
            if self._leads():
                self._lead()
            self._stop.wait(LOOK_SECONDS * 5)

    def _leads(self) -> bool:
        file = (self._state / "refresher.lock").open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._lock_file = file
        return True

    def _lead(self) -> None:
        last = 0.0
        shutil.rmtree(self._state / UNSAVED, ignore_errors=True)
        threading.Thread(target=self._repeat, name="problem", daemon=True).start()
        local = all(source.kind in LOCAL_KINDS for source in self.sources)
        every = LOCAL_SECONDS if local else self.library.settings.refresh_seconds
        while not self._stop.is_set():
            asked = self._request.exists()
            due = time.monotonic() - last >= every
            if due or last == 0.0 or (asked and time.monotonic() - last >= PATIENCE_SECONDS):
                self._request.unlink(missing_ok=True)
                try:
                    self.refresh()
                    self._broken = False
                except ReadingStopped:
                    LOGGER.info("reading was stopped; it is done again", extra={"event": "reading_stopped"})
                except Exception:  # noqa: BLE001 - a full disk now must not end refreshing for ever
                    LOGGER.exception("refreshing failed", extra={"event": "refresh_failed"})
                    self._broken = True
                    events.tell_problem()
                last = time.monotonic()
            self._stop.wait(LOOK_SECONDS)

    def _repeat(self) -> None:
        """Tells a problem until it is over: rounds may be an hour apart, and one may take minutes."""
        while not self._stop.wait(REPEAT_SECONDS):
            now = self.library.versions.current()
            if self._broken or (now is not None and now.problem):
                events.tell_problem()

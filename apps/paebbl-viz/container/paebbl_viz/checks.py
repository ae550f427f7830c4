"""Looks at dropped files in the background, one at a time on this machine; whoever waits asks again and again.

    FOLDER/<upload>.lock    locked by the worker that looks at it; holds what it does now
    FOLDER/<upload>.json    what was found; gone once it was told

The next question may reach another worker, so that all of this is on disk.  A worker that dies loses its locks, and the
next question begins anew.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from paebbl_viz.errors import BadRequest, ReadingStopped, VizError
from paebbl_viz.logs import LOGGER
from paebbl_viz.sources.uploads import UPLOAD_ID

Found = dict[str, Any]

# A small file is understood within the first question; longer than this no request waits, in seconds.
WAIT_SECONDS = 2.0
# So many files may wait in one worker.
MOST_WAITING = 8
# What nobody asked for any more, in seconds.
OLD_SECONDS = 3600.0
WAITING, READING = "waiting", "reading"
FAILED = {"problem": "The file could not be looked at.", "next_step": "The error is in the log.", "line": None}


class TooManyChecks(VizError):
    """Nothing is wrong with the file: it may come again in a moment."""

    code = "too_many_checks"
    status = 429


class Checks:
    """Safe for the threads of all workers of one machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._under_way = 0
        self._lock = threading.Lock()

    def ask(self, upload: str, look: Callable[[], Found]) -> Found:
        """What `look` found, or `{"state": "waiting"}` or `{"state": "reading"}` while that takes its time."""
        if not UPLOAD_ID.fullmatch(upload):
            raise BadRequest("That is no upload.")
        self.folder.mkdir(exist_ok=True)
        found = self._take(upload)
        if found is not None:
            return found
        mine = self._locked(upload)
        if mine is None:
            # Under way: only the first question waits, so that those who wait keep no threads from those who read.
            return {"state": self._state(upload)}
        # It may have been found between the two looks.
        found = self._take(upload)
        if found is not None:
            mine.close()
            return found
        self._begin(upload, look, mine).join(WAIT_SECONDS)
        return self._take(upload) or {"state": self._state(upload)}

    def forget(self, upload: str) -> None:
        for ending in ("json", "lock"):
            self._path(upload, ending).unlink(missing_ok=True)

    def _begin(self, upload: str, look: Callable[[], Found], mine: TextIO) -> threading.Thread:
        with self._lock:
            if self._under_way >= MOST_WAITING:
                mine.close()
                raise TooManyChecks("Many files are being looked at just now. Drop yours again in a minute.")
            self._under_way += 1
        self._tidy()
        thread = threading.Thread(target=self._look, args=(upload, look, mine), name="check", daemon=True)
        thread.start()
        return thread

    def _look(self, upload: str, look: Callable[[], Found], mine: TextIO) -> None:
        try:
            _say(mine, WAITING)
            with (self.folder / "one.lock").open("w") as turn:
                fcntl.flock(turn, fcntl.LOCK_EX)
                _say(mine, READING)
                self._keep(upload, look())
        except ReadingStopped:
            LOGGER.info("a check was stopped; it is done again", extra={"event": "check_stopped"})
        except Exception:  # noqa: BLE001 - whoever waits must hear of it
            LOGGER.exception("a check failed", extra={"event": "check_failed"})
            self._keep(upload, FAILED)
        finally:
            with self._lock:
                self._under_way -= 1
            mine.close()

    def _keep(self, upload: str, found: Found) -> None:
        scratch = self._path(upload, "new")
        scratch.write_text(json.dumps(found), encoding="utf-8")
        scratch.replace(self._path(upload, "json"))

    def _take(self, upload: str) -> Found | None:
        path = self._path(upload, "json")
        try:
            found: Found = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        self.forget(upload)
        return found

    def _locked(self, upload: str) -> TextIO | None:
        file = self._path(upload, "lock").open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        return file

    def _state(self, upload: str) -> str:
        try:
            return READING if self._path(upload, "lock").read_text() == READING else WAITING
        except FileNotFoundError:
            return WAITING

    def _tidy(self) -> None:
        for path in self.folder.glob("*.json"):
            # Another worker may be quicker.
            with contextlib.suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > OLD_SECONDS:
                    path.unlink()

    def _path(self, upload: str, ending: str) -> Path:
        return self.folder / f"{upload}.{ending}"


def _say(file: TextIO, state: str) -> None:
    file.truncate(0)
    file.write(state)
    file.flush()

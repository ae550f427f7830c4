"""A file of this machine: the bundled one, or the one that the configuration names."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from paebbl_viz.settings import BUNDLED_FILE
from paebbl_viz.sources.base import Fetched, SourceFailed
from paebbl_viz.store.dataset import Origin

# A file that somebody copies here grows until it is whole; so long it must not have changed, in seconds.
SETTLED_SECONDS = 1.0


class LocalFile:
    """`bundled` marks the example that comes with the app, which is made up."""

    def __init__(self, path: Path = BUNDLED_FILE) -> None:
        bundled = path == BUNDLED_FILE
        self.path = path
        self.kind = "bundled" if bundled else "file"
        self.key = f"{self.kind}:{path}"
        self.label = "Bundled example" if bundled else "Local file"

    def fetch(self, tag: str | None, folder: Path) -> Fetched | None:
        try:
            found = self.path.stat()
            now = _tag(found)
            # What is written just now is not asked for before it is whole: the next look is only seconds away.
            if now == tag or (tag is not None and time.time() - found.st_mtime < SETTLED_SECONDS):
                return None
            copy = folder / "local.csv"
            shutil.copyfile(self.path, copy)
            if tag is not None and _tag(self.path.stat()) != now:
                return None
        except OSError as error:
            raise SourceFailed(f"The file '{self.path.name}' cannot be read ({error.strerror}).") from error
        return Fetched(copy, self.origin(found.st_mtime), now)

    def origin(self, modified: float) -> Origin:
        return Origin(self.kind, self.label, self.path.name, modified, synthetic=self.kind == "bundled")


def _tag(found: os.stat_result) -> str:
    return f"{found.st_mtime_ns}-{found.st_size}-{found.st_ino}"

"""A file of this machine: the bundled one, or the one that the configuration names."""

from __future__ import annotations

import shutil
from pathlib import Path

from paebbl_viz.settings import BUNDLED_FILE
from paebbl_viz.sources.base import Fetched, SourceFailed
from paebbl_viz.store.dataset import Origin


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
            now = f"{found.st_mtime_ns}-{found.st_size}-{found.st_ino}"
            if now == tag:
                return None
            copy = folder / "local.csv"
            shutil.copyfile(self.path, copy)
        except OSError as error:
            raise SourceFailed(f"The file '{self.path.name}' cannot be read ({error.strerror}).") from error
        return Fetched(copy, self.origin(found.st_mtime), now)

    def origin(self, modified: float) -> Origin:
        return Origin(self.kind, self.label, self.path.name, modified, synthetic=self.kind == "bundled")

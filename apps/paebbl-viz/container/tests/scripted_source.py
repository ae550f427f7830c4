"""A source and a place for copies that do what the test says, and a refresher that asks them."""

from __future__ import annotations

from paebbl_viz.library import Library
from paebbl_viz.refresher import Refresher
from paebbl_viz.settings import Settings
from paebbl_viz.sources.base import Fetched
from paebbl_viz.sources.local import LocalFile
from paebbl_viz.store.dataset import Origin
from paebbl_viz.store.versions import Versions

GOOD = b"a,b\n1,2\n3,4\n"


def read_here(source, state, *, limits, name):
    """Without the process of its own, which test_child.py and the file that changes go through."""
    return Versions(state).add(source, limits=limits, name=name)


class Scripted:
    """A source whose next answer the test decides: bytes, None (unchanged) or an error."""

    kind = "sharepoint"
    label = "SharePoint"

    def __init__(self, key="one"):
        self.key = key
        self.answer = GOOD
        self.tags = []

    def fetch(self, tag, folder):
        self.tags.append(tag)
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer is None:
            return None
        path = folder / "file.csv"
        path.write_bytes(self.answer)
        return Fetched(path, Origin(self.kind, self.label, "sheet.csv", 1.0), f"tag-{len(self.answer)}")


class Copies:
    def __init__(self):
        self.saved = {}
        self.works = True

    def save(self, source, fetched):
        if self.works:
            self._save(source, fetched)
        return self.works

    def _save(self, source, fetched):
        self.saved[source.key] = (fetched.path.read_bytes(), fetched.origin, fetched.tag)

    def load(self, source, folder):
        if source.key not in self.saved:
            return None
        body, origin, tag = self.saved[source.key]
        path = folder / "copy.csv"
        path.write_bytes(body)
        return Fetched(path, origin, tag)


def refresher_of(*sources, state, copies=None, **settings):
    """A library in the folder `state` and a refresher of it, with the bundled file as the last source."""
    library = Library(Settings(state_dir=state, **settings))
    library.prepare()
    return library, Refresher(library, [*sources, LocalFile()], copies, read=read_here)

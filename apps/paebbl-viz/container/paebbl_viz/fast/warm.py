"""Makes for new data the indexes that the data before had, so that nobody who reads waits for them.

Called by the process that reads the file, before anybody sees the new version.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from paebbl_viz.fast.groups import INDEX_ROWS
from paebbl_viz.fast.index import DESCRIPTION, Index, index_of
from paebbl_viz.store.dataset import Dataset

AXES = ("number", "time")
CATEGORIES = ("category", "bool")


def warm(old: Dataset, new: Dataset) -> int:
    """The number of indexes that were made; what the new data have no column for is left out."""
    if new.rows < INDEX_ROWS:
        return 0
    return sum(_again(folder, old, new) for folder in old.folder.glob("index-*") if (folder / DESCRIPTION).is_file())


def _again(folder: Path, old: Dataset, new: Dataset) -> bool:
    about: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    x, by = str(about["x"]), tuple(about["by"])
    if not (_has(new, x, AXES) and all(_has(new, name, CATEGORIES) for name in by)):
        return False
    index = index_of(new, x, by)
    if index is None:
        return False
    names = {column.file: column.name for column in old.columns}
    for file in folder.iterdir():
        what, _, number = file.name.partition("-")
        _make(index, what, names.get(number, ""))
    return True


def _make(index: Index, what: str, name: str) -> None:
    if what == "codes" and _has(index.data, name, CATEGORIES):
        index.codes(name)
    elif what in ("values", "lowest") and _has(index.data, name, AXES):
        index.values(name)
        if what == "lowest":
            index.levels(name)


def _has(data: Dataset, name: str, kinds: tuple[str, ...]) -> bool:
    return name in data.by_name and data.by_name[name].kind in kinds

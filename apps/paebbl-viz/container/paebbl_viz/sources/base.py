"""The interface of all sources."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from paebbl_viz.errors import VizError
from paebbl_viz.store.dataset import Origin


class SourceFailed(VizError):
    """The source did not give a file; the text says why and holds no secret and no pre-authenticated address.

    `retry_after` are seconds during which the source asked not to be asked again.
    """

    code = "source_failed"

    def __init__(self, reason: str, *, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Fetched:
    """A new file at `path`, which the caller removes; `tag` is what the source wants to be asked with next time."""

    path: Path
    origin: Origin
    tag: str


class Source(Protocol):
    """A place where the newest file can be asked for.

    `key` tells two configurations of one kind apart; `label` is for people.
    """

    kind: str
    key: str
    label: str

    def fetch(self, tag: str | None, folder: Path) -> Fetched | None:
        """The file, written into `folder`; None when it is still the one of `tag`.  Raises SourceFailed."""
        ...

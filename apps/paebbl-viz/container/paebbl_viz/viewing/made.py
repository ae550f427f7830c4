"""Figures that views made, before they were reduced to a window: a zoom then costs the reduction and not the view."""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

import numpy as np

from paebbl_viz.fast.flights import Flights

# Two zooms of one figure at the same time cost one run of its view; whoever waited so long runs it alone, in seconds.
PATIENCE_SECONDS = 120.0
# A figure's own objects beside its arrays, in bytes.
FRAME_BYTES = 20_000


class MadeFigures:
    """The least recently used figures go first when `most_bytes` are reached."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._figures: OrderedDict[Hashable, tuple[dict[str, Any], int]] = OrderedDict()
        self._lock = Lock()
        self._flights = Flights[dict[str, Any]]()

    def get_or_make(self, key: Hashable, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """A figure as {"data", "layout"}, to be changed as one likes; its arrays are shared and stay as they are."""
        figure = self._get(key) or self._flights.share(
            key, PATIENCE_SECONDS, lambda: self._get(key) or self._put(key, make())
        )
        return {"data": [_copy(trace) for trace in figure["data"]], "layout": copy.deepcopy(figure["layout"])}

    def _get(self, key: Hashable) -> dict[str, Any] | None:
        with self._lock:
            found = self._figures.get(key)
            if found is None:
                return None
            self._figures.move_to_end(key)
            return found[0]

    def _put(self, key: Hashable, figure: dict[str, Any]) -> dict[str, Any]:
        size = FRAME_BYTES + _bytes(figure["data"])
        if size > self.most_bytes:
            return figure
        with self._lock:
            _, old = self._figures.pop(key, (None, 0))
            self._figures[key] = (figure, size)
            self.bytes += size - old
            while self.bytes > self.most_bytes:
                self.bytes -= self._figures.popitem(last=False)[1][1]
        return figure


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return value


def _bytes(value: Any) -> int:
    if isinstance(value, np.ndarray):
        # An array of objects holds words of about this length.
        return value.nbytes + (50 * value.size if value.dtype == object else 0)
    if isinstance(value, dict):
        return sum(_bytes(item) for item in value.values())
    if isinstance(value, list | tuple):
        return sum(_bytes(item) for item in value)
    return 8

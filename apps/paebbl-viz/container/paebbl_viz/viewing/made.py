"""Figures that views made, before they were reduced to a window: a zoom then costs the reduction and not the view."""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

import numpy as np

from paebbl_viz.fast.flights import Flights
from paebbl_viz.fast.shelf import Shelf

# Two zooms of one figure at the same time cost one run of its view; whoever waited so long runs it alone, in seconds.
PATIENCE_SECONDS = 120.0
# A figure's own objects beside its arrays, in bytes.
FRAME_BYTES = 20_000
# Of the memory, for figures that were asked for once.
SHARE_OF_ONCE = 0.25
# How many of those that were let go are recognized when they are asked for again.
KEYS_OF_GONE = 500


class MadeFigures:
    """At most `most_bytes` of figures; those that were asked for once go first, then the least recently used.

    Who explores asks for other rows with every click: a quarter of the memory is enough for figures that nobody has
    come back to, and what was asked for again stays (the 2Q policy, Johnson and Shasha 1994).
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._once = Shelf[dict[str, Any]]()
        self._again = Shelf[dict[str, Any]]()
        # Keys, as numbers, of figures that were asked for once and let go.
        self._gone: OrderedDict[int, None] = OrderedDict()
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
            found = self._once.take(key) or self._again.take(key)
            if found is None:
                return None
            self._again.add(key, *found)
            return found[0]

    def _put(self, key: Hashable, figure: dict[str, Any]) -> dict[str, Any]:
        size = FRAME_BYTES + _bytes(figure["data"])
        if size > self.most_bytes:
            return figure
        with self._lock:
            self._once.take(key)
            self._again.take(key)
            shelf = self._again if hash(key) in self._gone else self._once
            shelf.add(key, figure, size)
            while len(self._once) > 1 and self._once.bytes > self.most_bytes * SHARE_OF_ONCE:
                self._let_go_of_the_oldest()
            while self.held_bytes > self.most_bytes:
                # But not the new one, which alone is small enough.
                if len(self._again) > (1 if shelf is self._again else 0):
                    self._again.drop_oldest()
                else:
                    self._let_go_of_the_oldest()
        return figure

    @property
    def held_bytes(self) -> int:
        """What is held now."""
        return self._once.bytes + self._again.bytes

    def _let_go_of_the_oldest(self) -> None:
        self._gone[hash(self._once.drop_oldest())] = None
        if len(self._gone) > KEYS_OF_GONE:
            self._gone.popitem(last=False)


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

"""Values with their sizes, the oldest first, so that those that were not asked for the longest can go."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Shelf(Generic[T]):
    """Knows how many bytes it holds. Not safe for threads: whoever has it has a lock."""

    def __init__(self) -> None:
        self.bytes = 0
        self._values: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def add(self, key: Hashable, value: T, size: int) -> None:
        """As the newest, in place of what the key had."""
        self.take(key)
        self._values[key] = (value, size)
        self.bytes += size

    def get(self, key: Hashable) -> T | None:
        """The newest from now on."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def take(self, key: Hashable) -> tuple[T, int] | None:
        """Value and size, which are no longer on it."""
        found = self._values.pop(key, None)
        if found is not None:
            self.bytes -= found[1]
        return found

    def drop_oldest(self) -> Hashable:
        """The key that had it."""
        key, (_, size) = self._values.popitem(last=False)
        self.bytes -= size
        return key

"""The same thing is made once, however many want it at the same time: the others get what the first one made."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Event, Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class _Flight(Generic[T]):
    """One making, and what came of it."""

    def __init__(self) -> None:
        self.landed = Event()
        self.result: T | None = None
        self.error: BaseException | None = None


class Flights(Generic[T]):
    """Safe for the threads of one worker."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._under_way: dict[Hashable, _Flight[T]] = {}

    def share(self, key: Hashable, seconds: float, make: Callable[[], T]) -> T:
        """What `make` gives or raises, for all who ask for `key` while it is being made.

        Whoever waited for `seconds` makes it without the others.
        """
        with self._lock:
            flight = self._under_way.get(key)
            mine = flight is None
            if flight is None:
                flight = self._under_way[key] = _Flight()
        if not mine:
            if not flight.landed.wait(seconds):
                return make()
            if flight.error is not None:
                raise flight.error
            return flight.result  # type: ignore[return-value]
        try:
            flight.result = make()
            return flight.result
        except BaseException as error:
            flight.error = error
            raise
        finally:
            with self._lock:
                del self._under_way[key]
            flight.landed.set()

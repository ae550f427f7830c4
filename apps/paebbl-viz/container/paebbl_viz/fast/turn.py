"""Whose turn it is to compute: one at a time, in the order in which they came, and nobody waits for ever."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turn:
    """Two threads that compute at once on one interpreter take longer than one after the other, and twice the memory.

    `with turn.of(seconds):` waits for the turn, but behind somebody who takes long no longer than `seconds`.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[Lock] = deque()
        self._taken = False

    @contextmanager
    def of(self, seconds: float) -> Iterator[None]:
        mine = self._take(seconds)
        try:
            yield
        finally:
            if mine:
                self._give()

    def _take(self, seconds: float) -> bool:
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            ticket = Lock()
            ticket.acquire()
            self._waiting.append(ticket)
        if ticket.acquire(timeout=seconds):
            return True
        with self._lock:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
                return False
        return True  # it came in the very moment in which the patience ended

    def _give(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

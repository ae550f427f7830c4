"""Frees what making a figure leaves behind.

Plotly's figures are cycles, which only Python's collector frees, and it counts objects, not the millions of numbers in
them: left alone, a worker would hold a dozen figures that nobody wants any more.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any

# A collection that takes longer looks at what will stay anyway, such as a library that a view brought in, in seconds.
LONG_SECONDS = 0.002
# Giving memory back to the machine takes about a millisecond: not after each figure of many, in seconds.
PAUSE_SECONDS = 1.0


class Leftovers:
    """`with leftovers.freed():` around the making of a figure; safe for many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._makers = 0
        self._gave_back_at = 0.0

    @contextmanager
    def freed(self) -> Iterator[None]:
        with self._lock:
            self._makers += 1
        try:
            yield
        finally:
            with self._lock:
                self._makers -= 1
                started = time.thread_time()
                gc.collect()
                # What somebody else is just making must not be taken for something that stays.
                if self._makers == 0 and time.thread_time() - started > LONG_SECONDS:
                    gc.freeze()
                if time.monotonic() - self._gave_back_at > PAUSE_SECONDS:
                    self._gave_back_at = time.monotonic()
                    # Another C library has no such function, and no need of it.
                    with contextlib.suppress(AttributeError):
                        _libc().malloc_trim(0)


@cache
def _libc() -> Any:
    return ctypes.CDLL(None)

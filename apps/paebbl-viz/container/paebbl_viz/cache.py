"""Answers that were given before, bounded by the bytes they hold; safe for the threads of one worker."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

import brotli

from paebbl_viz.fast.flights import Flights
from paebbl_viz.fast.shelf import Shelf
from paebbl_viz.fast.turn import Turn

# Bodies below this gain nothing from compression.
WORTH_COMPRESSING = 1_000
# Figures are numbers in base64: any effort undoes the base64, and more saves a tenth at four times the time.
BROTLI_QUALITY = 0
# One figure is made at a time, but behind another view that takes long nobody waits longer than this, in seconds.
PATIENCE_SECONDS = 0.5
# Whoever wants the same as somebody before gets that answer, however long it takes, up to this.
SAME_PATIENCE_SECONDS = 120.0


@dataclass(frozen=True)
class Answer:
    """A body with its fingerprint, in Brotli where that pays: the plain one is only made for who cannot take it."""

    etag: str
    packed: bytes | None
    plain: bytes | None

    @staticmethod
    def of(body: bytes) -> Answer:
        packed = brotli.compress(body, quality=BROTLI_QUALITY) if len(body) >= WORTH_COMPRESSING else None
        # What is sent is half as long; and SHA-256 is made in hardware nearly everywhere.
        etag = sha256(body if packed is None else packed).hexdigest()[:24]
        return Answer(etag, packed, body if packed is None else None)

    @property
    def body(self) -> bytes:
        if self.plain is not None:
            return self.plain
        return brotli.decompress(self.packed or b"")

    @property
    def size(self) -> int:
        return len(self.plain or b"") + len(self.packed or b"") + 500


class AnswerCache:
    """The least recently used answers go first when `most_bytes` are reached."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._answers = Shelf[Answer]()
        self._lock = Lock()
        self._turn = Turn()
        self._flights = Flights[Answer]()

    @property
    def held_bytes(self) -> int:
        """What is held now."""
        return self._answers.bytes

    def get_or_make(self, key: Hashable, make: Callable[[], bytes]) -> Answer:
        """Raises what `make` raises, and then remembers nothing."""
        found = self._get(key)
        return found or self._flights.share(key, SAME_PATIENCE_SECONDS, lambda: self._make(key, make))

    def _make(self, key: Hashable, make: Callable[[], bytes]) -> Answer:
        # It may have been made between the look and the turn.
        found = self._get(key)
        if found is not None:
            return found
        with self._turn.of(PATIENCE_SECONDS):
            answer = Answer.of(make())
        self._put(key, answer)
        return answer

    def _get(self, key: Hashable) -> Answer | None:
        with self._lock:
            return self._answers.get(key)

    def _put(self, key: Hashable, answer: Answer) -> None:
        if answer.size > self.most_bytes // 4:
            return  # one giant must not push out everything else
        with self._lock:
            self._answers.add(key, answer, answer.size)
            while self._answers.bytes > self.most_bytes:
                self._answers.drop_oldest()

"""Metrics as log lines in CloudWatch's embedded metric format: no call to any service, and no agent beside the app.

They leave through a logger of their own, so that an alarm never falls silent because somebody wants fewer log lines.
"""

from __future__ import annotations

import atexit
import logging
import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

NAMESPACE = "PaebblViz"
LOGGER = logging.getLogger("paebbl_viz.metrics")
LOGGER.setLevel(logging.INFO)

FLUSH_SECONDS = 60.0
# What the format allows for one metric in one line: of more requests in a minute, a random choice.
MOST_VALUES = 100

Value = float | list[float]


def tell(values: Mapping[str, tuple[Value, str]], **dimensions: str) -> None:
    """One line with `{name: (value, unit)}`; a list of values becomes a distribution."""
    definition = {
        "Namespace": NAMESPACE,
        "Dimensions": [list(dimensions)],
        "Metrics": [{"Name": name, "Unit": unit} for name, (_, unit) in values.items()],
    }
    LOGGER.info(
        "metric",
        extra={
            "event": "metric",
            "_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [definition]},
            **dimensions,
            **{name: value for name, (value, _) in values.items()},
        },
    )


def class_of(path: str) -> str:
    """A handful of classes: a metric for each address would cost more than the dashboard."""
    if path.endswith("/figure.json"):
        return "figure"
    if path == "/download.csv":
        return "download"
    if path == "/upload" or path.startswith("/upload/"):
        return "upload"
    return "page" if path in ("/", "/table") or path.startswith("/views/") else "other"


@dataclass
class _Tally:
    requests: int = 0
    errors: int = 0
    hits: int = 0
    asked: int = 0
    latency: list[float] = field(default_factory=list)

    def add(self, status: int, milliseconds: float, cached: bool | None) -> None:
        self.requests += 1
        self.errors += status >= 500
        self.asked += cached is not None
        self.hits += cached is True
        if len(self.latency) < MOST_VALUES:
            self.latency.append(milliseconds)
        elif (place := random.randrange(self.requests)) < MOST_VALUES:  # noqa: S311 - a sample, not a secret
            self.latency[place] = milliseconds


class RequestMeter:
    """Counts the requests of one worker and tells them once a minute, a line for each class that was asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tallies: dict[str, _Tally] = {}
        self._started = False

    def start(self) -> None:
        """Tells what was counted every minute, and the rest when the process ends."""
        if not self._started:
            self._started = True
            atexit.register(self.flush)
            threading.Thread(target=self._run, name="metrics", daemon=True).start()

    def observe(self, path: str, status: int, milliseconds: float, cached: bool | None = None) -> None:
        """`cached` is whether the answer was remembered, None where answers never are."""
        kind = class_of(path)
        with self._lock:
            tally = self._tallies.get(kind)
            if tally is None:
                tally = self._tallies[kind] = _Tally()
            tally.add(status, milliseconds, cached)

    def flush(self) -> None:
        with self._lock:
            tallies, self._tallies = self._tallies, {}
        for kind, tally in tallies.items():
            values: dict[str, tuple[Value, str]] = {
                "Requests": (tally.requests, "Count"),
                "Errors": (tally.errors, "Count"),
                "Latency": (tally.latency, "Milliseconds"),
            }
            if tally.asked:
                values["CacheHits"] = (tally.hits, "Count")
            tell(values, Class=kind)

    def _run(self) -> None:
        while True:
            time.sleep(FLUSH_SECONDS)
            self.flush()


REQUESTS = RequestMeter()

"""A server whose every answer costs the same CPU time: what the slowest of many is due to the queue alone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

SECONDS = float(os.environ.get("BENCH_CPU_MS", "1")) / 1000


def app(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    until = time.thread_time() + SECONDS
    while time.thread_time() < until:
        pass
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]

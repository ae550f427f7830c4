"""Refreshes while colleagues read: twenty readers of never-seen lines, and a new CSV in the middle of it.

Beside it the same load on a server whose every answer costs the same: twenty readers without a pause queue for the
processors, and what the slowest of them waits for there is not the app's.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

import load
import queries
import servers
from make_data import make

# Of make_data's columns these are the rows of about 100 MB.
ROWS = 1_200_000
READERS = 20
# A refresh that takes longer is a failure.
MOST_SECONDS = 180


def run(seconds: int, rounds: int) -> dict[str, object]:
    """`quiet` is the load alone, in one part more than `rounds`; in `refresh` the file is replaced after the start.

    `constant` is the same load in as many parts as `refresh`, on the server that only computes.
    """
    with servers.scratch() as folder:
        data, newer = folder / "data.csv", folder / "newer.csv"
        make(ROWS, str(data))
        make(ROWS, str(newer), seed=1)
        with servers.serve("ours", str(data)) as (base, pid):
            for region in queries.REGIONS:
                queries.size(base + queries.ours(**{"p.draw": "lines", "in.region": region}), "br")
            before = version(base)
            addresses = queries.never_seen("lines")
            load.run(base, addresses, clients=READERS, seconds=3)
            computed = servers.cpu_seconds(pid)
            quiet = [load.run(base, addresses, clients=READERS, seconds=seconds) for _ in range(rounds + 1)]
            cpu_ms = (servers.cpu_seconds(pid) - computed) * 1000 / sum(part["requests"] for part in quiet)
            seen: dict[str, float] = {}
            swap = threading.Thread(target=_swap, args=(base, before, newer, data, seen))
            swap.start()
            # Until a while after the new version is shown, however long that takes on a busy machine.
            parts = [load.run(base, addresses, clients=READERS, seconds=seconds)]
            while swap.is_alive():
                parts.append(load.run(base, addresses, clients=READERS, seconds=seconds))
            parts.append(load.run(base, addresses, clients=READERS, seconds=seconds))
            if "seconds" not in seen:
                raise RuntimeError(f"the new file was not shown within {MOST_SECONDS} s")
            memory = round(servers.memory_mb(pid))
        with servers.serve("constant", cpu_ms=cpu_ms) as (base, _):
            load.run(base, ["/"], clients=READERS, seconds=3)
            constant = [load.run(base, ["/"], clients=READERS, seconds=seconds) for _ in parts]
        return {
            "megabytes": round(data.stat().st_size / 1e6),
            "readers": READERS,
            "cpu_ms_per_request": round(cpu_ms, 3),
            "constant": _judged(constant),
            "quiet": _judged(quiet),
            "refresh": _judged(parts),
            "shown_after_seconds": round(seen["seconds"], 1),
            "memory_mb": memory,
            "parts": {"constant": constant, "quiet": quiet, "refresh": parts},
        }


def _swap(base: str, before: str, newer: Path, data: Path, seen: dict[str, float]) -> None:
    time.sleep(1)
    start = time.monotonic()
    # In pieces, not in one step: a half-written file must not reach a reader either.  In the idle moments of the
    # processors, since whoever writes it, SharePoint or a colleague, computes on a machine of its own.
    copy = ["dd", f"if={newer}", f"of={data}", "bs=1M", "status=none"]
    subprocess.run(["nice", "-n", "19", *copy], check=True)
    while time.monotonic() - start < MOST_SECONDS:
        if version(base) != before:
            seen["seconds"] = time.monotonic() - start
            return
        time.sleep(0.5)


def version(base: str) -> str:
    """What the server shows: the tag of an answer that changes with the data."""
    address = base + queries.ours(**{"p.draw": "lines", "in.region": "north", "zx": "1704067200000,1704067300000"})
    with urllib.request.urlopen(address, timeout=60) as answer:
        body: dict[str, Any] = json.load(answer)
    return json.dumps(body["figure"]["data"][0]["y"])


def _judged(parts: list[dict[str, float]]) -> dict[str, float]:
    median = statistics.median(part["median_ms"] for part in parts)
    slowest = max(part["slowest_ms"] for part in parts)
    return {
        "requests_per_second": round(statistics.mean(part["requests_per_second"] for part in parts), 2),
        "median_ms": median,
        "p99_ms": max(part["p99_ms"] for part in parts),
        "slowest_ms": slowest,
        "slowest_by_median": round(slowest / median, 1),
        "failed": sum(part["failed"] for part in parts),
    }
